"""Sieve: in which of many texts a pattern may stand, told for all of them in one pass.

Most patterns of reading hold the words of many languages and match in hardly any passage. RE2 reads
a whole document in the time in which Python's `re` tries such a pattern on a few passages.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from itertools import accumulate
from typing import Any, Protocol, cast

from regstatus.base.relaxed import is_odd, relaxed
from regstatus.model.vocabulary import WordPattern, fill


class _Sourced(Protocol):
    """A pattern for Python's `re`, in which words of languages stand by their names."""

    source: str

    @property
    def search(self) -> Callable[..., re.Match[str] | None]: ...

    def __hash__(self) -> int: ...


class Sieve:
    """Some texts, laid together.

    Args:
        texts: Each is a text of its own: no match reaches into the next.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        joined = "\n".join(texts)
        if joined.count("\n") >= len(texts):
            joined = "\n".join(text.replace("\n", " ") for text in texts)
        self._data = joined.encode("utf-8", "replace")
        self._ends = [*accumulate(map((1).__add__, map(len, self._data.split(b"\n"))))]
        odd = is_odd(joined)
        self._words = not self._data.isspace() and bool(self._data)
        self._found: dict[tuple[_Sourced, str | None], set[int]] = {}
        self._odd = {number for number, text in enumerate(texts) if odd and is_odd(text)}

    def may(self, *patterns: _Sourced, begins: str | None = None) -> set[int]:
        """Places of the texts in which one of the patterns may match; in no other text one does.

        With `begins` a match must stand at the beginning, or behind nothing but these signs.
        """
        # One by one: together they would have too many states.
        return set().union(*(self._may(pattern, begins) for pattern in patterns))

    def _may(self, pattern: _Sourced, begins: str | None) -> set[int]:
        if (known := self._found.get((pattern, begins))) is not None:
            return known
        found = self._found[pattern, begins] = set(self._odd)
        search, at = _automaton(pattern, begins).search, 0
        while self._words and (match := search(self._data, at)):
            place = bisect_right(self._ends, match.start())
            found.add(place)
            at = self._ends[place]
        return found

    def search(
        self, pattern: WordPattern, number: int, *, whole: bool = False
    ) -> re.Match[str] | None:
        """As `re.Pattern.search` in one of the texts; the first question looks through all of them.

        With `whole` as `re.Pattern.fullmatch`.
        """
        if number not in self._may(pattern, None):
            return None
        return (pattern.fullmatch if whole else pattern.search)(self.texts[number])

    def among(self, *patterns: _Sourced, begins: str | None = None) -> list[str]:
        """The texts, in order, in which one of the patterns may match; see `may`."""
        return [self.texts[number] for number in sorted(self.may(*patterns, begins=begins))]

    def holding(self, pattern: _Sourced) -> set[str]:
        """The texts in which a pattern matches."""
        return {text for text in self.among(pattern) if pattern.search(text)}


class Openings:
    """Some patterns, asked at once which of them a text may open with: far quicker than one by one.

    Args:
        patterns: Each is to match at the beginning of a text, or behind nothing but the signs that
            the text is without.
    """

    def __init__(self, *patterns: WordPattern) -> None:
        self.patterns = patterns

    @cached_property
    def _match(self) -> Callable[[str], Sequence[int] | None]:
        from regstatus.base import re2

        found = re2.Set.MatchSet(_options())
        for pattern in self.patterns:
            found.Add(f"(?i){relaxed(fill(pattern.source))}")
        found.Compile()
        return cast("Callable[[str], Sequence[int] | None]", found.Match)

    def of(self, text: str) -> Sequence[WordPattern]:
        """The patterns that may match at the beginning of a text, in order; no other does."""
        if is_odd(text):
            return self.patterns
        found = self._match(text)
        return [self.patterns[number] for number in sorted(found)] if found else ()


def _options() -> Any:
    from regstatus.base import re2

    options = re2.Options()
    options.max_mem, options.never_capture = 64 << 20, True
    return options


@cache
def _automaton(pattern: _Sourced, begins: str | None) -> Any:
    from regstatus.base import re2

    opens = "" if begins is None else f"^[{re.escape(begins)}]*" if begins else "^"
    wide = relaxed(fill(pattern.source), in_line=True)
    return re2.compile(f"(?im){opens}(?:{wide})", _options())
