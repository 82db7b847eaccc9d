"""Kinds of events: for each, where it is told, how much it matters, and in what words; the one table.

Pages, reports, messages and versions all read it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from regstatus.model.words import EventKind

__all__ = [
    "GROUPS",
    "KINDS",
    "LEVELS",
    "OF_A_RUN",
    "SECTIONS",
    "Kind",
    "Level",
    "group_of",
    "level_of",
]

GROUPS = {
    "law": "The law moved",
    "record": "Our record changed",
    "texts": "Official texts",
    "watching": "The watching itself",
}
"""Of the pages, with their headings."""

SECTIONS = {
    "review": "To review first: official texts that contradict the record",
    "moved": "The law moved",
    "corrected": "Corrections: we were wrong",
    "texts": "Texts and citations",
    "leads": "Leads: announced, not law until read",
    "records": "Records",
    "trust": "Trust",
    "sources": "Sources",
}
"""Of a run's report, in its order, with their headings."""


class Level(StrEnum):
    """How much an event matters; what begins and what ends are of one level."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """Position in the order; larger is more."""
        return ("low", "medium", "high").index(self)


class Kind(NamedTuple):
    """What is told of one kind."""

    group: str
    """One of `GROUPS`."""
    level: Level
    """How much it matters to someone who only wants to hear the most important."""
    section: str
    """One of `SECTIONS`."""
    says: str
    """What happened, for people."""
    of_a_run: bool = False
    """True for an event of one run, which is no fact of law: see `OF_A_RUN`."""


_LOW, _MEDIUM, _HIGH = Level
KINDS: dict[str, Kind] = {
    EventKind.STATUS_CHANGED: Kind("law", _HIGH, "moved", "the law became stricter"),
    EventKind.RESTRICTION_LIFTED: Kind("law", _HIGH, "moved", "the answer became laxer"),
    EventKind.EFFECTIVE_DATE_REACHED: Kind("law", _HIGH, "moved", "an enacted day came"),
    EventKind.TERMS_CHANGED: Kind("law", _MEDIUM, "moved", "terms moved, the status did not"),
    EventKind.FUTURE_CHANGE: Kind(
        "law", _MEDIUM, "moved", "an enacted change to come was added, moved or dropped"
    ),
    EventKind.TEXT_CHANGED: Kind(
        "texts", _LOW, "texts", "the words of a document changed", of_a_run=True
    ),
    EventKind.CONTRADICTED: Kind("texts", _HIGH, "review", "a text says otherwise than the record"),
    EventKind.CONTRADICTION_RESOLVED: Kind("texts", _HIGH, "texts", "text and record agree again"),
    EventKind.LEAD: Kind(
        "texts", _MEDIUM, "leads", "an announcement; not law until read", of_a_run=True
    ),
    EventKind.GRADE_CHANGED: Kind("record", _LOW, "texts", "how well it is known moved"),
    EventKind.RECORD_ADDED: Kind("record", _LOW, "records", "a place is now recorded"),
    EventKind.RECORD_WITHDRAWN: Kind(
        "record", _HIGH, "records", "a record was taken out; the status is unknown"
    ),
    EventKind.CITATION_CHANGED: Kind("record", _LOW, "texts", "the record rests on other laws"),
    EventKind.CORRECTION: Kind("record", _HIGH, "corrected", "we were wrong; the law did not move"),
    EventKind.BECAME_STALE: Kind(
        "watching", _MEDIUM, "trust", "no longer to be trusted", of_a_run=True
    ),
    EventKind.REVERIFIED: Kind("watching", _MEDIUM, "trust", "proven again", of_a_run=True),
    EventKind.SOURCE_FAILING: Kind(
        "watching", _MEDIUM, "sources", "a document can no longer be read", of_a_run=True
    ),
    EventKind.SOURCE_RECOVERED: Kind(
        "watching", _MEDIUM, "sources", "it can be read again", of_a_run=True
    ),
    EventKind.SOURCE_MOVED: Kind("watching", _MEDIUM, "sources", "a document has another address"),
    EventKind.SOURCE_SKIPPED: Kind(
        "watching", _LOW, "sources", "a document was left out: its key is not set", of_a_run=True
    ),
}

OF_A_RUN = frozenset(kind for kind, told in KINDS.items() if told.of_a_run)
"""Events of one run, which are no facts of law: they stand in its report, not in a version, list or
feed; told while a run is held, they are not told again after it."""

LEVELS = {kind: told.level for kind, told in KINDS.items()}


def group_of(kind: str) -> str:
    """To which of `GROUPS` a kind belongs."""
    return KINDS[kind].group if kind in KINDS else "record"


def level_of(kind: str) -> Level:
    """The level of a kind; one that this release does not know may matter most."""
    return LEVELS.get(kind, Level.HIGH)
