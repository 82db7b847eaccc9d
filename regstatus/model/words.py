"""The words of the law, each with its one meaning.

These enumerations are the vocabulary of every file, answer and report. Their
values are what is written; `docs/codebook.md` gives each a coding rule and a
worked example. Nothing here imports more than `enum`, because a look-up does.
"""

from enum import StrEnum


class Substance(StrEnum):
    """What a rule is about; one label for a whole jurisdiction would be wrong."""

    LEAF = "leaf"
    """The plant *Mitragyna speciosa* and its unenriched preparations."""
    MITRAGYNINE = "mitragynine"
    """The main alkaloid, as a substance."""
    SEVEN_OH = "7-oh"
    """7-hydroxymitragynine."""
    DERIVATIVES = "derivatives"
    """Pseudoindoxyl, MGM-15, MGM-16 and other (semi-)synthetic alkaloids."""


class Status(StrEnum):
    """The legal status of one substance, from most to least restrictive."""

    BANNED = "banned"
    """Controlled or prohibited; possession is an offence."""
    SALE_PROHIBITED = "sale_prohibited"
    """No lawful retail sale for people; possession is no offence."""
    PRESCRIPTION_ONLY = "prescription_only"
    """Lawful only as an authorised medicine or on prescription."""
    REGULATED = "regulated"
    """Lawful sale under kratom-specific duties."""
    AGE_RESTRICTED = "age_restricted"
    """Only an age limit."""
    UNREGULATED = "unregulated"
    """No rule names it; the grade says whether complete official texts were read."""
    UNKNOWN = "unknown"
    """No basis to say; never to be read as permission."""

    @property
    def severity(self) -> int:
        """Rank for «the strictest governs»; higher is stricter.

        `unknown` stands above the statuses that put no duty on a sale and below
        those that do: a layer nobody has read turns «unregulated» into
        «unknown», and can never soften a restriction that is known.
        """
        return _SEVERITY[self]


_SEVERITY: dict[str, int] = {
    "banned": 6,
    "sale_prohibited": 5,
    "prescription_only": 4,
    "regulated": 3,
    "unknown": 2,
    "age_restricted": 1,
    "unregulated": 0,
}


class Grade(StrEnum):
    """How well a status is known, from best to none."""

    OFFICIAL_TEXT = "official_text"
    """The law in force was read, by the machine or by a named person."""
    OFFICIAL_NOTICE = "official_notice"
    """An agency's or a court's own words."""
    SECONDARY = "secondary"
    """Others say so; the official text has not been read yet."""
    NONE = "none"
    """No basis; the status is then `unknown`."""

    @property
    def rank(self) -> int:
        """3 for `official_text` down to 0 for `none`; filters take a minimum."""
        return _GRADE_RANK[self]


_GRADE_RANK: dict[str, int] = {
    "official_text": 3,
    "official_notice": 2,
    "secondary": 1,
    "none": 0,
}


class Activity(StrEnum):
    """What a person may want to do."""

    POSSESS = "possess"
    SELL = "sell"
    IMPORT = "import"
    CULTIVATE = "cultivate"
    """Grow the tree; about the plant alone, whatever substance was asked for."""
    EXPORT = "export"


class Permission(StrEnum):
    """Whether an activity is lawful."""

    YES = "yes"
    LIMITED = "limited"
    """Lawful under conditions that the record names."""
    DEPENDS = "depends"
    """Differs with the product or the route; the record says on what."""
    NO = "no"
    UNKNOWN = "unknown"


_MEANT: dict[str, tuple[str, str, str]] = {
    "banned": ("no", "no", "no"),
    "sale_prohibited": ("yes", "no", "no"),
    "prescription_only": ("limited", "limited", "limited"),
    "regulated": ("yes", "limited", "depends"),
    "age_restricted": ("yes", "limited", "yes"),
    "unregulated": ("yes", "yes", "yes"),
    "unknown": ("unknown", "unknown", "unknown"),
}
PERMISSIONS: dict[str, dict[str, str]] = {
    status: {
        **dict(zip(("possess", "sell", "import"), meant, strict=True)),
        # Growing and sending abroad are other law: only a ban of the thing itself settles them.
        **dict.fromkeys(("cultivate", "export"), "no" if status == "banned" else "unknown"),
    }
    for status, meant in _MEANT.items()
}
"""What a status means for each activity, unless the law says otherwise (a period then does)."""

LIMITS = ("persons", "places", "means", "online", "packs", "content", "export")
"""What a law may limit beyond an age and a 7-OH cap; a period says how, in a few words each."""


class Reads(StrEnum):
    """What kind of official document a source is."""

    STATUTE = "statute"
    """A law or rule whose provisions speak of kratom; silence of it proves nothing."""
    SCHEDULE = "schedule"
    """A list of controlled substances; where complete, silence is evidence."""
    NOTICE = "notice"
    """An agency's or court's own words; not law by itself."""
    FEED = "feed"
    """Announces documents; never sets a status, only raises leads."""


class Format(StrEnum):
    """The form in which a document is sent."""

    HTML = "html"
    XML = "xml"
    JSON = "json"
    PDF = "pdf"
    TEXT = "text"


class UrlBasis(StrEnum):
    """How an address is known before its first live fetch."""

    SEEN = "seen"
    """Seen in a public copy or link."""
    PATTERN = "pattern"
    """Built from the pattern of a sibling address."""
    MEMORY = "memory"
    """Recalled; may be wrong."""


class Outcome(StrEnum):
    """What came of fetching one document; only the first two say anything of the law."""

    OK = "ok"
    UNCHANGED = "unchanged"
    BLOCKED = "blocked"
    """A bot wall, captcha, login or 401/403."""
    MOVED = "moved"
    """Redirected to a host or place that the source does not allow."""
    GONE = "gone"
    """404 or 410, or the host's own not-found page sent as a success."""
    EMPTY = "empty"
    """No body, or a shell without text."""
    MAINTENANCE = "maintenance"
    """A maintenance page, whatever its status."""
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"
    BROKEN = "broken"
    """Truncated, corrupt or undecodable."""
    TIMEOUT = "timeout"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    HTTP_ERROR = "http_error"
    """Any other status that is not a success."""
    ROBOTS = "robots"
    """The host's robots.txt forbids the address, or could not be had."""
    TLS = "tls"
    DNS = "dns"
    REFUSED = "refused"
    """The connection was refused or reset."""
    REDIRECT_LOOP = "redirect_loop"
    UNREADABLE = "unreadable"
    """Fetched, but the text lacks its positive controls or could not be read."""
    NO_LINK = "no_link"
    """An index page did not show the document that it should link to."""
    SKIPPED = "skipped"
    """Needs a key that is not set, or is for people only."""


class Context(StrEnum):
    """What a text does with a term that it names."""

    LISTED = "listed"
    """Placed in a schedule or list, or made the object of a prohibition."""
    EXCLUDED = "excluded"
    """Expressly left out."""
    DEFINED = "defined"
    """Given a meaning, no more."""
    REPEALED = "repealed"
    """Stands in repealed, expired or struck-out matter."""
    MENTIONED = "mentioned"
    """Named in passing: duties, history, titles, notes."""


class Verdict(StrEnum):
    """How a text and the recorded timeline stand to each other."""

    CONFIRMS = "confirms"
    CONTRADICTS = "contradicts"
    UNREADABLE = "unreadable"


class FreshnessState(StrEnum):
    """Whether a record may still be trusted."""

    FRESH = "fresh"
    DUE = "due"
    STALE = "stale"


class EventKind(StrEnum):
    """The kinds of change that a report tells of."""

    STATUS_CHANGED = "status_changed"
    RESTRICTION_LIFTED = "restriction_lifted"
    EFFECTIVE_DATE_REACHED = "effective_date_reached"
    TERMS_CHANGED = "terms_changed"
    """Age, caps, duties or schedule moved; the status did not."""
    FUTURE_CHANGE = "future_change"
    """An enacted change with a day still to come was added, moved or dropped."""
    TEXT_CHANGED = "text_changed"
    CONTRADICTED = "contradicted"
    CONTRADICTION_RESOLVED = "contradiction_resolved"
    GRADE_CHANGED = "grade_changed"
    BECAME_STALE = "became_stale"
    REVERIFIED = "reverified"
    SOURCE_FAILING = "source_failing"
    SOURCE_RECOVERED = "source_recovered"
    SOURCE_MOVED = "source_moved"
    SOURCE_SKIPPED = "source_skipped"
    """Needs a key that is not set: left out, and said once."""
    LEAD = "lead"
    """A feed announced a document that may matter; it is not law until read."""
    RECORD_ADDED = "record_added"
    RECORD_WITHDRAWN = "record_withdrawn"
    CITATION_CHANGED = "citation_changed"
    CORRECTION = "correction"
    """We were wrong; the law did not move."""


DUTIES = (
    "labelling",
    "testing",
    "registration",
    "age_verification",
    "synthetic_ban",
    "packaging",
    "advertising",
    "display",
    "premises",
    "penalties",
)
"""The duties that a statute may lay down; a record and a finding use the same names."""
