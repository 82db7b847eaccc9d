"""Values out of an API's answer, in the form in which they were promised; else `BadAnswer`.

A wrong answer must never be read as a text that says nothing.
"""

import base64
import json
from datetime import UTC, date, datetime
from typing import Any

from regstatus.base.safe import one_line
from regstatus.fetch.failure import BadAnswer, empty
from regstatus.fetch.hosts.adapters import FetchContext, Format, Page

_FORM = "its form is not the one that was promised."


def parsed(page: Page) -> Any:
    """The JSON of an answer."""
    try:
        return json.loads(page.chars())
    except (ValueError, RecursionError):
        raise BadAnswer("The answer is not JSON that can be read.") from None


def pick(value: Any, *path: str) -> Any:
    """The value at a path of keys; None where there is none."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def entries(value: Any, what: str) -> list[Any]:
    """A list."""
    if not isinstance(value, list):
        raise BadAnswer(f"The answer holds no {what}; {_FORM}")
    return value


def objects(value: Any, what: str) -> list[dict[str, Any]]:
    """A list of objects and of nothing else."""
    if any(not isinstance(entry, dict) for entry in entries(value, what)):
        raise BadAnswer(f"The {what} in the answer holds something else; {_FORM}")
    return list(value)


def listed(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; a single object stands for a list of one, anything else for none."""
    value = [value] if isinstance(value, dict) else value
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def text(value: Any, what: str) -> str:
    """Words that are there."""
    if not isinstance(value, str):
        raise BadAnswer(f"The answer holds no {what}; {_FORM}")
    if not value.strip():
        raise empty(f"The {what} in the answer is empty.")
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


def file_of(value: Any) -> bytes:
    """A file that an answer holds in base64; empty where it holds none."""
    try:
        return base64.b64decode(value, validate=True) if isinstance(value, str) else b""
    except ValueError:
        return b""


def json_page(visit: FetchContext, answer: Any, page: Page) -> Page:
    """The document, made out of what `page` brought, as JSON.

    It is written in one way, so that it changes only where its words do.
    """
    body = json.dumps(answer, ensure_ascii=False, indent=1, sort_keys=True).encode()
    return visit.made(body, Format.JSON, page, "The text")
