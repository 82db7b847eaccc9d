"""Vocabulary: the words of languages, which are data: one file a language in `languages/`.

The Python that reads knows grammar and no language. A pattern names the words that it needs,
`{ban.passive}`, and gets those of all languages: the phrases of `[ban] passive`. The files are
checked and put together by `make languages`, for reading forty of them takes longer than a page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regstatus.base.first_letters import compiled
from regstatus.model.canonical import digest

PUT_TOGETHER = [Path(__file__).with_name("languages") / "all.json"]
"""The one file that is read, when the first pattern is needed."""
_ROLE = re.compile(r"\{([a-z]\w*\.[a-z]\w*)\}")


@cache
def _known() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(PUT_TOGETHER[0].read_text(encoding="utf-8"))
    return found


@cache
def words_digest() -> str:
    """Digest of the words of all languages."""
    return digest(PUT_TOGETHER[0].read_bytes())


def table(section: str) -> dict[str, Any]:
    """The entries of a section in all languages."""
    found: dict[str, Any] = _known()["tables"][section]
    return found


def fill(pattern: str, inner: str | None = None) -> str:
    """A pattern with the words of all languages in the place of each `{section.key}`.

    `inner` stands for words within words, as numbers within ages; None for themselves.
    """

    def words(role: re.Match[str]) -> str:
        return f"(?:{'|'.join(languages(role[0], inner))})"

    return _ROLE.sub(words, pattern)


def languages(pattern: str, inner: str | None = None) -> list[str]:
    """As `fill`, for each language where the pattern is nothing but `{section.key}`."""
    role = _ROLE.fullmatch(pattern)
    if role is None:
        return [fill(pattern, inner)]
    found = _known()["patterns"][role[1]]
    return [fill(words) if inner is None else _ROLE.sub(inner, words) for words in found]


class WordPattern:
    """A pattern for Python's `re` with words of languages, `{ban.passive}`; compiled on its first use."""

    def __init__(self, pattern: str, flags: int = re.IGNORECASE) -> None:
        self.source = pattern
        self._flags = flags

    if TYPE_CHECKING:
        search: Callable[..., re.Match[str] | None]
        match: Callable[..., re.Match[str] | None]
        fullmatch: Callable[..., re.Match[str] | None]
        finditer: Callable[..., Iterator[re.Match[str]]]
        sub: Callable[..., str]

    def __getattr__(self, name: str) -> Any:
        """As `re.Pattern`, whose methods are looked for but once."""
        found = compiled(fill(self.source), self._flags)
        for method in ("search", "match", "fullmatch", "finditer", "sub"):
            setattr(self, method, getattr(found, method))
        return getattr(found, name)
