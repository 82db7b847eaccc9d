"""Fields: values out of an API's answer, taken only in the form in which they were promised.

Whatever is missing, empty or of another form raises `BadAnswer`, which becomes a named
failure: a wrong answer must never be read as a text that says nothing.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from regstatus.base.safe import one_line
from regstatus.model.words import Format, Outcome

if TYPE_CHECKING:
    from regstatus.fetch.visit import FetchContext
    from regstatus.model.text import Page


class BadAnswer(Exception):  # noqa: N818  (becomes a Page, never reaches a caller)
    """An answer that is not the document that was asked for.

    Attributes:
        outcome: The name it gets on the Page.
        problem: One sentence.
    """

    def __init__(self, problem: str, outcome: Outcome = Outcome.BROKEN) -> None:
        super().__init__(problem)
        self.outcome = outcome
        self.problem = one_line(problem)


def parsed(page: Page) -> Any:
    """The JSON of an answer."""
    try:
        return json.loads(page.body)
    except (ValueError, RecursionError):
        raise BadAnswer("The answer is not JSON.") from None


def pick(value: Any, *path: str) -> Any:
    """The value at a path of keys; None where there is none."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def entries(value: Any, what: str) -> list[Any]:
    """A list."""
    if not isinstance(value, list):
        raise BadAnswer(f"The answer holds no {what}; its form is not the one that was promised.")
    return value


def text(value: Any, what: str) -> str:
    """Words that are there."""
    if not isinstance(value, str):
        raise BadAnswer(f"The answer holds no {what}; its form is not the one that was promised.")
    if not value.strip():
        raise BadAnswer(f"The {what} in the answer is empty.", Outcome.EMPTY)
    return value


def day(value: Any, what: str) -> date:
    """A day as APIs write it: `2026-11-22`, `20261122`, with or without a time, or milliseconds."""
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / 1000, UTC).date()
        if isinstance(value, str):
            head = value.strip().partition("T")[0]
            if head.replace("-", "").isdecimal():
                return date.fromisoformat(head)
    except (ValueError, OverflowError, OSError):
        pass
    raise BadAnswer(f"The {what} in the answer is no day: {one_line(str(value), 60)!r}.")


def made(visit: FetchContext, answer: Any, page: Page) -> Page:
    """The document as JSON, with nothing in it that changes from one asking to the next."""
    body = json.dumps(answer, ensure_ascii=False, indent=1, sort_keys=True).encode()
    if len(body) < visit.request.min_bytes:
        problem = f"Only {len(body)} bytes, at least {visit.request.min_bytes} were expected."
        return visit.fail(Outcome.EMPTY, problem, at=page)
    return visit.made(body, Format.JSON, page)
