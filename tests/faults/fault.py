"""A fault: one way to fail, how the host plays it, and the names that are right for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.faults.kinds import Kind
from tests.faults.stage import Stage

RIGHT = "read"
"""Stands for no failure at all: the document must be read, and read right."""


@dataclass(frozen=True)
class Fault:
    """One way to fail.

    Attributes:
        name: For the ids of cases.
        outcomes: The names that are right for it; `RIGHT` where it must be read all the same.
        play: Makes the host misbehave; what it returns changes the settings of the run.
        says: Words that the sentence in the report must hold.
        allowed: Further right names for some kinds.
        secure: The host is behind TLS with a certificate that nobody vouches for.
    """

    name: str
    outcomes: frozenset[str]
    play: Callable[[Stage], dict[str, Any] | None]
    says: str = ""
    allowed: dict[str, str] = field(default_factory=dict)
    secure: bool = False

    def right_for(self, kind: Kind) -> frozenset[str]:
        """The names that are right where this kind meets the fault."""
        return self.outcomes | set(self.allowed.get(kind.name, "").split())


def fault(name: str, outcomes: str, play: Any, says: str = "", **more: Any) -> Fault:
    """A fault; the outcomes are words."""
    return Fault(name, frozenset(outcomes.split()), play, says, **more)


def page(text: str, status: int = 200, **headers: str) -> Callable[[Stage], None]:
    """The host sends a page of HTML instead."""

    def play(stage: Stage) -> None:
        sent = {"Content_Type": "text/html; charset=utf-8", **headers}
        stage.put(text.encode(), status, **sent)

    return play


def status(status: int, **headers: str) -> Callable[[Stage], None]:
    return page(f"<html><head><title>{status}</title></head><body>{status}</body></html>", status,
                 **headers)  # fmt: skip


def to(location: str, status: int = 302) -> Callable[[Stage], None]:
    return page("", status, Location=location)


def body(make: Callable[[Stage], bytes], **headers: str | None) -> Callable[[Stage], None]:
    return lambda stage: stage.put(make(stage), **headers)
