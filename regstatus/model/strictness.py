"""Strictest: of several statuses, permissions, ages and 7-OH limits, the one that governs.

Layers of law, periods, and what open contradictions set are all laid together by
these rules, so that no order in which things were read or found can soften an answer.
"""

from __future__ import annotations

import re

from regstatus.model.law import SUBSTANCES, Permission, Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_ORDER = ("yes", "depends", "limited", "unknown", "no")
"""Permissions from most to least permissive; what is not known is no yes."""

_AMOUNT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([^\d].*)")

_AT_LEAST = "ratio"
"""The one unit of which more is stricter: so many parts of mitragynine to one of 7-OH, at least."""


def strictest_permission(values: Iterable[Permission | None]) -> Permission:
    """The strictest of several permissions; unknown where none is given."""
    known = [value for value in values if value is not None]
    return max(known, key=_ORDER.index, default=Permission.UNKNOWN)


def strictest_status(values: Iterable[Status | None]) -> Status | None:
    """The strictest of several statuses; None where none is given."""
    known = [value for value in values if value is not None]
    return max(known, key=lambda status: status.severity, default=None)


def strictest_cap(values: Iterable[str | None]) -> str | None:
    """The lowest limit for each unit, in compact form; None where none is given."""
    best = _parts("; ".join(value for value in values if value))
    return "; ".join(words for _, words in best.values()) or None


def limits(text: str | None) -> dict[str, float]:
    """`0.5 mg/g; 1 mg/serving` as unit to amount; the strictest where a unit stands twice."""
    return {unit: amount for unit, (amount, _) in _parts(text).items()}


def laxer(about: str, was: Any, now: Any) -> bool:
    """Whether a fact of law is in any way laxer than it was; None is none.

    It is about a substance (statuses), `minimum_age`, `seven_oh_cap` or an activity (permissions).
    """
    if about in SUBSTANCES:
        ranks = (Status(value or Status.UNREGULATED).severity for value in (was, now))
        return next(ranks) > next(ranks)
    if about == "minimum_age":
        return (now or 0) < (was or 0)
    if about == "seven_oh_cap":
        after = limits(now)
        return any(
            unit not in after or _stricter(unit, amount, after[unit])
            for unit, amount in limits(was).items()
        )
    return _ORDER.index(now or "yes") < _ORDER.index(was or "yes")


def _stricter(unit: str, amount: float, than: float) -> bool:
    return amount > than if unit == _AT_LEAST else amount < than


def _parts(text: str | None) -> dict[str, tuple[float, str]]:
    """By unit its amount and the words of the limit; words that are no amount stand for themselves."""
    found: dict[str, tuple[float, str]] = {}
    for part in filter(None, (part.strip() for part in (text or "").split(";"))):
        match = _AMOUNT.fullmatch(part)
        unit = " ".join(match[2].split()) if match else part
        amount = float(match[1]) if match else 0.0
        if unit not in found or _stricter(unit, amount, found[unit][0]):
            found[unit] = amount, part
    return found
