"""JSON as hosts and people send it: parsed, and pointed into."""

from __future__ import annotations

import json
import re
from typing import Any

from regstatus.base.errors import ReadingError

__all__ = ["load_json", "pointed"]

_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)


def load_json(text: str) -> Any:
    """Parse JSON, with comments and trailing commas where people added them.

    Raises:
        ReadingError: Where it is no JSON, with the place.
    """
    text = text.lstrip("\ufeff \t\r\n")
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        raise ReadingError("The JSON is nested too deeply to be read.") from None
    except ValueError as error:
        problem = error
    if "//" in text or "/*" in text or re.search(r",\s*[}\]]", text):
        bare = _COMMENT.sub(lambda m: m.group(0) if m.group(0)[0] == '"' else " ", text)
        bare = _TRAILING.sub(lambda m: m.group(1) or "", bare)
        try:
            return json.loads(bare, strict=False)
        except (ValueError, RecursionError):
            pass
    raise ReadingError(f"The JSON is damaged: {problem}.")


def pointed(data: Any, pointer: str) -> Any:
    """The value at a JSON pointer (RFC 6901).

    Raises:
        ReadingError: Where nothing stands there.
    """
    value = data
    missing = ReadingError(f"The passage at the JSON pointer {pointer!r} was not found.")
    if pointer and not pointer.startswith("/"):
        raise missing
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            raise missing
    return value
