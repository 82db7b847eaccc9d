"""Secret keys, hidden again wherever a host repeats them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Mapping


class Secrets:
    """Keys in use for one document; knows how to hide them again.

    A host may echo a key in a redirect, a header or a JSON body, and all of
    those end in reports and archives that are published.
    """

    def __init__(self, found: Mapping[str, str]) -> None:
        self._hidden: list[tuple[str, str]] = []
        for name, value in found.items():
            if value:
                forms = {value, quote(value, safe=""), quote(value), quote_plus(value)}
                # As a host writes it into JSON that repeats our question.
                forms |= {json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]}
                self._hidden += [(form, f"{{env:{name}}}") for form in forms]
        self._hidden.sort(key=lambda pair: -len(pair[0]))

    def mask(self, words: str) -> str:
        """The words with each key replaced by its placeholder."""
        for value, name in self._hidden:
            words = words.replace(value, name)
        return words

    def mask_bytes(self, body: bytes) -> bytes:
        """The same for a body; keys of fewer than eight characters could be ordinary words."""
        for value, name in self._hidden:
            if len(value) >= 8:
                body = body.replace(value.encode(), name.encode())
        return body
