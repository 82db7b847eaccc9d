"""The secret keys of one document: put in where they belong, hidden wherever a host repeats them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, quote_plus

from regstatus.model.request import Request

_PLACEHOLDER = re.compile(r"\{env:([A-Za-z_][A-Za-z0-9_]*)\}")


class Secrets:
    """Keys in use for one document, by name.

    A host may echo a key in a redirect, a header or a JSON body, and all of
    those end in reports and archives that are published.
    """

    def __init__(self, found: Mapping[str, str]) -> None:
        self.keys: dict[str, str] = {}
        self._hidden: list[tuple[str, str]] = []  # the longest first
        for name, value in found.items():
            self.learn(name, value)

    @classmethod
    def of(cls, request: Request, env: Mapping[str, str]) -> Secrets:
        """The keys that a request names; empty where they are not set."""
        texts = [request.url, *request.params.values()]
        names = [found for text in texts for found in _PLACEHOLDER.findall(text)]
        if "key_env" in request.params:
            names.append(request.params["key_env"])
        return cls({name: env.get(name, "").strip() for name in names})

    def learn(self, name: str, value: str) -> str:
        """Take a key, such as one that a host gave; its placeholder."""
        self.keys[name] = value
        placeholder = f"{{env:{name}}}"
        if value:
            forms = {value, quote(value, safe=""), quote(value), quote_plus(value)}
            # As a host writes it into JSON that repeats our question.
            forms |= {json.dumps(value)[1:-1], in_json(value)}
            self._hidden += [(form, placeholder) for form in forms]
            self._hidden.sort(key=lambda pair: -len(pair[0]))
        return placeholder

    def fill(self, words: str, write: Callable[[str], str] = str) -> str:
        """The words with each placeholder replaced by its key, as it is written in them."""
        known = self.keys
        return _PLACEHOLDER.sub(
            lambda found: write(known[found[1]]) if found[1] in known else found[0], words
        )

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


def in_json(words: str) -> str:
    """Words as they are written between the quotation marks of JSON."""
    return json.dumps(words, ensure_ascii=False)[1:-1]
