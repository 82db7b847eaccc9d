"""The words of the law, each with its one meaning: what answers are written in.

These enumerations are the vocabulary of every file, answer and report. Their
values are what is written; `docs/codebook.md` gives each a coding rule and a
worked example. What an answer does without stands in `words`, because making an
enumeration costs a look-up time.
"""

from enum import StrEnum

from regstatus.base.errors import UsageError, quoted


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


SUBSTANCES = tuple(str(item) for item in Substance)
"""Their words, in the order in which lists and pages show them."""

CALLED = {
    Substance.LEAF: ("leaf", "kratom", "plant", "kratom leaf", "mitragyna speciosa", "powder"),
    Substance.MITRAGYNINE: ("mitragynine",),
    Substance.SEVEN_OH: (
        "7-oh", "7oh", "7 oh", "7-hydroxymitragynine", "hydroxymitragynine", "7-ohmg",
    ),
    Substance.DERIVATIVES: (
        "derivatives", "synthetic", "pseudoindoxyl", "mitragynine pseudoindoxyl",
        "mgm-15", "mgm-16", "mgm15", "mgm16",
    ),
}  # fmt: skip
"""The everyday names of each, in small letters."""


def substance(name: str) -> Substance:
    """Read a substance by one of its everyday names; a UsageError says which would do."""
    word = " ".join(name.casefold().split()) if isinstance(name, str) else None
    for found, names in CALLED.items():
        if word in names:
            return found
    raise UsageError(
        f"{quoted(name)} is not a substance that is tracked; ask for one of {', '.join(SUBSTANCES)}"
    )


def about(key: str) -> str:
    """A word of the record as people write it: `seven_oh_cap` is «the 7-OH limit»."""
    return {
        "seven_oh_cap": "the 7-OH limit",
        "minimum_age": "the minimum age",
        "leaf": "kratom leaf",
        "7-oh": "7-OH",
        "schedule": "the schedule",
        "period": "the period",
    }.get(key, key.replace("_", " "))


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
        return _BY_SEVERITY.index(self)


def said(status: str, probably: str | None = None) -> str:
    """A status as people read it, with what it probably is: «unknown, probably sale prohibited»."""
    return (f"{status}, probably {probably}" if probably else status).replace("_", " ")


_BY_SEVERITY = (
    "unregulated", "age_restricted", "unknown", "regulated",
    "prescription_only", "sale_prohibited", "banned",
)  # fmt: skip


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
        return ("none", "secondary", "official_notice", "official_text").index(self)


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


class FreshnessState(StrEnum):
    """What is wrong with a record today, if anything, from best to worst."""

    FRESH = "fresh"
    """A run proved it by the official text, and half of its limit is left."""
    ATTESTED = "attested"
    """So did a named person, who read the official text for at least a part of it."""
    DUE = "due"
    """Proven, but its turn is near, or something about it needs a look."""
    STALE = "stale"
    """Proven once, and that is too long ago, or the law may have moved since."""
    UNVERIFIED = "unverified"
    """Never proven: neither a run nor a person has read all the official text that settles it."""

    @property
    def trusted(self) -> bool:
        """Whether it may be relied on; who asks «is it stale?» means this."""
        return self not in {FreshnessState.STALE, FreshnessState.UNVERIFIED}


DUTIES = (
    "labelling", "testing", "registration", "age_verification", "synthetic_ban",
    "packaging", "advertising", "display", "premises", "penalties",
)  # fmt: skip
"""The duties that a statute may lay down; a record and a finding use the same names."""
