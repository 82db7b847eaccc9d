"""Kinds of events, as `event_kinds.toml` has them: where each is told, how much it matters, in what words."""

import tomllib
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

_TABLE = tomllib.loads(Path(__file__).with_name("event_kinds.toml").read_text(encoding="utf-8"))

GROUPS: dict[str, str] = _TABLE["groups"]
"""Of the pages, with their headings."""

SECTIONS: dict[str, str] = _TABLE["sections"]
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
    """True for what is no fact of law: it stands in the report of its run, not in a version, list or
    feed; told while a run is held, it is not told again after it."""


KINDS: dict[str, Kind] = {
    kind: Kind(**{**told, "level": Level(told["level"])}) for kind, told in _TABLE["kinds"].items()
}


def told_of(kind: str) -> Kind:
    """What is told of a kind; one that this release does not know may matter most."""
    return KINDS.get(kind) or Kind("record", Level.HIGH, "records", kind)
