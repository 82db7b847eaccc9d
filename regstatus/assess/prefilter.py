"""Hints: which of many patterns can match a text at all, told for all of them in one pass.

The rules of reading are 140 patterns with the words of up to forty languages. Nearly all of
them match nothing in nearly every clause, and to find that out one by one costs a
millisecond. RE2's filter knows which letters each pattern cannot do without, and one
pass of a few microseconds over the text tells which of them stand there, and whether in their
order. Only patterns for which they do are tried, with Python's own `re`. So a hint never decides
anything: it says «not here» where that is certain, and «look» otherwise.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from regstatus.base.first_letters import compiled
from regstatus.base.relaxed import is_odd, relaxed
from regstatus.model.vocabulary import fill, languages


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return compiled(pattern, re.IGNORECASE)


class LazyPattern:
    """A pattern of which only those parts are tried for which a hint says that they may match.

    Where the pattern is nothing but `{section.key}`, each language is a part. A part is compiled
    on its first try, for most are never needed in one run.

    Args:
        pattern: For Python's `re`, without case; words of languages stand in it by their name,
            `{ban.passive}`.
        hint: A simpler pattern that is found wherever this one is, if one is known: where many
            patterns share a long part, its words make the filter large and tell little.
    """

    def __init__(self, pattern: str, *, hint: str | None = None) -> None:
        self.source = pattern
        self._hint = hint
        _HINTED.append(self)

    @cached_property
    def whole(self) -> re.Pattern[str]:
        """The pattern of all languages, which does not look at any hint."""
        return _compiled(fill(self.source))

    def parts(self) -> Iterator[tuple[str, str]]:
        """Each part, with what is found wherever it is."""
        hints = languages(self._hint or self.source, ".+")
        return zip(languages(self.source), hints, strict=True)

    def tried(self, text: str) -> Sequence[re.Pattern[str]]:
        """The parts that can match `text`, or any part of it; no other answer than none is certain."""
        known = hints(text)
        if known is None:
            return (self.whole,)
        return [_compiled(part) for part in known[self]] if self in known else ()

    def may(self, text: str) -> bool:
        """Whether it can match `text`, or any part of it; no other answer than no is certain."""
        return bool(self.tried(text))

    def found(self, text: str, *, of: str | None = None) -> bool:
        """Whether it matches somewhere in `text`; see `search`."""
        return any(part.search(text) for part in self.tried(of or text))

    def search(self, text: str, *span: int, of: str | None = None) -> re.Match[str] | None:
        """As `re.Pattern.search`; to be told which text it is a piece `of` makes many tries needless."""
        parts = self.tried(of or text)
        if len(parts) < 2:
            return parts[0].search(text, *span) if parts else None
        found = (part.search(text, *span) for part in parts)
        return min((match for match in found if match), key=re.Match.start, default=None)

    def match(self, text: str, *span: int, of: str | None = None) -> re.Match[str] | None:
        """As `re.Pattern.match`; see `search`."""
        for part in self.tried(of or text):
            if match := part.match(text, *span):
                return match
        return None

    def fullmatch(self, text: str, *span: int) -> re.Match[str] | None:
        """As `re.Pattern.fullmatch`."""
        for part in self.tried(text):
            if match := part.fullmatch(text, *span):
                return match
        return None

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        parts = self.tried(text)
        if len(parts) < 2:
            yield from parts[0].finditer(text, *span) if parts else ()
            return
        found = [match for one in parts for match in one.finditer(text, *span)]
        end = 0
        for match in sorted(found, key=re.Match.start):
            if match.start() >= end:
                end = match.end()
                yield match

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """As `re.Pattern.sub`."""
        return self.whole.sub(new, text) if self.may(text) else text


_HINTED: list[LazyPattern] = []
_of_list = cache(LazyPattern)


class Words:
    """Some lists of a section of words, each a pattern by the name of its list: `ban.passive`."""

    def __init__(self, section: str, names: str) -> None:
        for name in names.split():
            setattr(self, name, _of_list(f"{{{section}.{name}}}"))

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> LazyPattern: ...


@cache
def _filter() -> tuple[Callable[[str], list[int] | None], list[tuple[LazyPattern, str]]]:
    """The filter of all parts of all patterns, which are made when their modules are imported."""
    from regstatus.base import re2

    meant, options = re2.Filter(), re2.Options()
    options.max_mem, options.never_capture, options.log_errors = 64 << 20, True, False
    parts = [(one, part, hint) for one in _HINTED for part, hint in one.parts()]
    for _, _, hint in parts:
        meant.Add(f"(?i){relaxed(hint, apart=True)}", options)
    meant.Add("regstatus", options)  # a filter in which nothing can be told is no filter
    meant.Compile()
    return meant.Match, [(one, part) for one, part, _ in parts]


@lru_cache(maxsize=2048)
def hints(text: str) -> dict[LazyPattern, list[str]] | None:
    """The parts of patterns that may match a text, in order; None where nothing can be told."""
    if is_odd(text):
        return None
    match, parts = _filter()
    known: dict[LazyPattern, list[str]] = {}
    for number in sorted(match(text) or ()):
        if number < len(parts):
            one, part = parts[number]
            known.setdefault(one, []).append(part)
    return known


def may_any(text: str, patterns: Iterable[LazyPattern]) -> bool:
    """Whether one of some patterns can match `text`; no other answer than no is certain."""
    known = hints(text)
    return known is None or not known.keys().isdisjoint(patterns)
