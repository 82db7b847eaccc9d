"""Levels: how much an event matters to someone who only wants to hear the most important."""

from __future__ import annotations

from enum import StrEnum

from regstatus.model.words import EventKind

__all__ = ["LEVELS", "Level", "level_of"]


class Level(StrEnum):
    """How much an event matters; what begins and what ends are of one level."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """Position in the order; larger is more."""
        return ("low", "medium", "high").index(self)


LEVELS: dict[EventKind, Level] = {
    EventKind.STATUS_CHANGED: Level.HIGH,
    EventKind.RESTRICTION_LIFTED: Level.HIGH,
    EventKind.EFFECTIVE_DATE_REACHED: Level.HIGH,
    EventKind.CONTRADICTED: Level.HIGH,
    EventKind.CONTRADICTION_RESOLVED: Level.HIGH,
    EventKind.CORRECTION: Level.HIGH,
    EventKind.RECORD_WITHDRAWN: Level.HIGH,
    EventKind.TERMS_CHANGED: Level.MEDIUM,
    EventKind.FUTURE_CHANGE: Level.MEDIUM,
    EventKind.LEAD: Level.MEDIUM,
    EventKind.BECAME_STALE: Level.MEDIUM,
    EventKind.REVERIFIED: Level.MEDIUM,
    EventKind.SOURCE_FAILING: Level.MEDIUM,
    EventKind.SOURCE_MOVED: Level.MEDIUM,
    EventKind.SOURCE_RECOVERED: Level.MEDIUM,
    EventKind.RECORD_ADDED: Level.LOW,
    EventKind.TEXT_CHANGED: Level.LOW,
    EventKind.CITATION_CHANGED: Level.LOW,
    EventKind.GRADE_CHANGED: Level.LOW,
    EventKind.SOURCE_SKIPPED: Level.LOW,
}


def level_of(kind: str) -> Level:
    """The level of a kind; one that this release does not know may matter most."""
    return LEVELS[EventKind(kind)] if kind in set(EventKind) else Level.HIGH
