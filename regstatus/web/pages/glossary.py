"""Glossary: the words of the law and of the record, said to people in one short line each.

`docs/codebook.md` gives the rules; these lines say no more than it does.
"""

from __future__ import annotations

from regstatus.model.event_kinds import GROUPS, KINDS, OF_A_RUN
from regstatus.model.law import PERMISSIONS, Activity, Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from regstatus.web.edition import Edition

__all__ = [
    "ACTIVITIES",
    "BASES",
    "DUTIES",
    "FRESHNESS",
    "GRADES",
    "GROUPS",
    "KINDS",
    "LIMITS",
    "OF_A_RUN",
    "OUTCOMES",
    "PERMISSION_WORDS",
    "STATUSES",
    "SUBSTANCES",
    "URL_BASES",
    "about",
    "outcome",
    "permissions",
]

SUBSTANCES = {
    "leaf": "the plant Mitragyna speciosa: powder, tea and plain extracts",
    "mitragynine": "the main alkaloid, as a substance",
    "7-oh": "7-hydroxymitragynine",
    "derivatives": "pseudoindoxyl, MGM-15, MGM-16 and other synthetic or semi-synthetic alkaloids",
}
STATUSES = {
    "banned": "Controlled or prohibited; possession is an offence.",
    "sale_prohibited": "No lawful retail sale for people; possession is no offence.",
    "prescription_only": "Lawful only as an authorised medicine or on prescription.",
    "regulated": "Lawful sale under duties that are made for kratom.",
    "age_restricted": "Only an age limit.",
    "unregulated": "No rule names it. The grade says whether complete official texts were read.",
    "unknown": "No basis to say. Never to be read as permission.",
}
GRADES = {
    "official_text": "The law in force was read, by the machine or by a named person.",
    "official_notice": "An agency’s or a court’s own words were read.",
    "secondary": "Others say so; the official text has not been read yet.",
    "none": "No basis; the status is then unknown.",
}
BASES = {
    "express": "the law names the substance",
    "derived": "it follows from a definition or from another listing",
    "agency": "an agency enforces a general prohibition under general law",
    "silence": "lists that would name it do not",
}
FRESHNESS = {
    "fresh": "The official text was proven to say so within half of the time that a proof lasts.",
    "due": "Proven, but its turn is near, or something about it needs a look.",
    "stale": "Never proven by the official text, or too long ago, or the law may have moved since. "
    "It still answers; do not rely on it.",
}
ACTIVITIES = {
    "possess": "have it for yourself",
    "sell": "sell it to people",
    "import": "bring it into the place",
    "cultivate": "grow the tree",
    "export": "send or take it abroad",
}
PERMISSION_WORDS = {
    "yes": "lawful",
    "limited": "lawful under conditions that the law names",
    "depends": "differs with the product or the route",
    "no": "not lawful",
    "unknown": "not known, which is never permission",
}
DUTIES = {
    "labelling": "labels",
    "testing": "laboratory tests",
    "registration": "registration of products or sellers",
    "age_verification": "checking the buyer’s age",
    "synthetic_ban": "no synthetic alkaloids in products",
    "packaging": "packaging, such as child-proof closures",
    "advertising": "limits on advertising",
    "display": "limits on display in shops",
    "premises": "limits on where it is sold",
    "penalties": "penalties for breaking these duties",
}
LIMITS = {
    "persons": "to whom",
    "places": "where",
    "means": "by what means",
    "online": "online",
    "packs": "size of packs",
    "content": "content",
    "export": "export",
}
URL_BASES = {
    "seen": "this very address was seen in a public copy or link",
    "pattern": "built from the pattern of a similar address, not seen itself",
    "memory": "recalled by people; it may be wrong",
}
OUTCOMES = {
    "ok": "read",
    "unchanged": "unchanged since it was last read",
    "never fetched": "never fetched",
    "for people only": "checked by people, not by machine",
    "blocked": "blocked by a login or a robot check",
    "moved": "redirected to a host that is not allowed",
    "gone": "not found",
    "empty": "empty page",
    "maintenance": "maintenance page",
    "too_large": "too large",
    "wrong_type": "another form than expected",
    "broken": "broken in transfer",
    "timeout": "too slow",
    "rate_limited": "asked us to wait too long",
    "server_error": "fault of the host",
    "http_error": "refused by the host",
    "robots": "the host’s robots file forbids it",
    "tls": "its certificate failed",
    "dns": "its name does not resolve",
    "refused": "the connection was refused",
    "redirect_loop": "redirects without end",
    "unreadable": "fetched, but not readable as the law",
    "no_link": "its index page did not show it",
    "skipped": "left out: its key is not set",
}


def outcome(word: str) -> str:
    """The outcome of a fetch, for people."""
    return OUTCOMES.get(word, word)


def permissions() -> list[tuple[str, dict[str, str]]]:
    """For each status, what it means for each activity unless the law says otherwise."""
    return [
        (str(status), {str(name): PERMISSIONS[status][name] for name in Activity})
        for status in Status
    ]


def about(edition: Edition) -> dict[str, Any]:
    """What the page about this site shows: the words, and how much is recorded."""
    return {
        "permissions": permissions(),
        "recorded": len(edition.snapshot.ids),
        "places": len(edition.places),
        "documents": len(edition.documents),
    }
