"""What the cases of the proof harness came to; the line at the end is counted from here."""

from __future__ import annotations

from dataclasses import dataclass

MOST_DOUBTED = 0.03
"""The share of good pages that may be doubted."""


@dataclass(frozen=True)
class Proven:
    """One case, as observed.

    Attributes:
        case: Its id.
        good: Whether its later page still proves the record.
        wrong: Whether a reader would get a wrong answer.
        renewed: Whether a page that proves nothing was taken as proof.
        doubted: Whether a page that proves the record was not taken as proof.
    """

    case: str
    good: bool
    wrong: bool
    renewed: bool
    doubted: bool


PROVEN: list[Proven] = []


def proof_line(proven: list[Proven]) -> str | None:
    """One line for the end of a test run; None where no case was played."""
    if not proven:
        return None
    wrong, renewed = sum(one.wrong for one in proven), sum(one.renewed for one in proven)
    good, doubted = sum(one.good for one in proven), sum(one.doubted for one in proven)
    share = 100 * doubted / good if good else 0
    return (
        f"proof harness: {len(proven)} cases, {wrong} wrong answers, {renewed} wrongly renewed, "
        f"{doubted} of {good} good pages wrongly doubted ({share:.1f} %)"
    )
