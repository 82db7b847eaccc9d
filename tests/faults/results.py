"""What the cases of the fault suite really did; the summary at the end is counted from here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One case, as observed.

    Attributes:
        case: Its id.
        wrong: The answers that a reader would have got otherwise than the law has it.
        lost: Ids of records that were missing or not the same bytes.
    """

    case: str
    wrong: tuple[str, ...]
    lost: tuple[str, ...]


RESULTS: list[Result] = []


def summary(results: list[Result]) -> str | None:
    """One line for the end of a test run; None where no case was played."""
    if not results:
        return None
    cases = {result.case for result in results}
    wrong = sum(len(result.wrong) for result in results)
    lost = sum(len(result.lost) for result in results)
    return f"fault suite: {len(cases)} cases, {wrong} wrong answers, {lost} lost records"
