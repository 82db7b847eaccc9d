"""Opened: a heading that stands open while the passages below it are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["Opened"]


@dataclass(slots=True, eq=False)
class Opened:
    """A heading that stands open, and what it says of the passages below it.

    Attributes:
        kind: What replaces it: `h2.0`, `section`, `generic`, …
        rank: Its depth; smaller is outer.
        text: Its words, without marks of force.
        pinpoint: How a citation points to it, if it is a section or an article.
        bare: Whether it is a label whose name may follow.
        shape: Its kind of law, where markup gave its depth.
        note: Whether what stands below is annotation.
        annotation: Whether it stands in an annotation itself.
        since: First day of force.
        until: First day no longer in force.
        repealed: Whether what stands below is repealed, or waits for its day.
    """

    kind: str
    rank: float
    text: str
    pinpoint: str | None = None
    bare: bool = False
    shape: str = ""
    note: bool = False
    annotation: bool = False
    since: date | None = None
    until: date | None = None
    repealed: bool = False
