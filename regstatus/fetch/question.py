"""Question: a small body that is posted to an official interface, to ask and to change nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LARGEST = 16_384
"""Most bytes that a question may have; what is longer is no question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, with `{env:NAME}` wherever a key belongs.

    Attributes:
        fields: Names and values; in a form they are all text.
        form: Send it as a form; else as JSON.
        bearer: The access token to show (`Authorization: Bearer …`), or None.
    """

    fields: Mapping[str, Any]
    form: bool = False
    bearer: str | None = None

    def headers(self, fill: Callable[[str], str]) -> dict[str, str]:
        """The headers that go with the body."""
        kind = "application/x-www-form-urlencoded" if self.form else "application/json"
        found = {"Content-Type": kind}
        if self.bearer is not None:
            found["Authorization"] = f"Bearer {fill(self.bearer)}"
        return found

    def body(self, fill: Callable[[str], str]) -> bytes:
        """The body with its keys; they are filled in first, so that each is quoted as it must be."""
        if self.form:
            return urlencode(
                {name: fill(str(value)) for name, value in self.fields.items()}
            ).encode()
        return json.dumps(_filled(dict(self.fields), fill), ensure_ascii=False).encode()


def _filled(value: Any, fill: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return fill(value)
    if isinstance(value, dict):
        return {name: _filled(entry, fill) for name, entry in value.items()}
    if isinstance(value, list):
        return [_filled(entry, fill) for entry in value]
    return value
