"""First letters: patterns for Python's `re` that look where a match can begin before they try one.

`re` tries a pattern at each place of a text. Where each of its words stands behind a word border, as
words of languages do, it knows no letters to look for, and comes to them by way of every alternative.
"""

import re
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_FEW = 3
"""Letters below which the alternatives themselves are tried as quickly."""
_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}
_STARTS = {sre.AT_BEGINNING, sre.AT_BEGINNING_STRING}
_NO_SIGNS = {sre.AT, sre.ASSERT, sre.ASSERT_NOT}


class _AnythingError(Exception):
    """Anything may stand at the beginning, or nothing."""


class _Firsts:
    """The signs with which a match may begin: behind a word border, and elsewhere."""

    def __init__(self) -> None:
        self.signs: tuple[set[str], set[str]] = (set(), set())

    def add(self, tokens: Any, *, bound: bool) -> bool:
        """Add those of some tokens; whether they may match without any sign."""
        for kind, value in tokens:
            if kind in _NO_SIGNS:
                if kind is sre.AT and value in _STARTS:
                    raise _AnythingError  # there is but one place to try
                bound = bound or (kind is sre.AT and value is sre.AT_BOUNDARY)
            elif kind is sre.LITERAL:
                self.signs[bound].add(re.escape(chr(value)))
                return False
            elif kind is sre.IN:
                self.signs[bound].update(map(_piece, value))
                return False
            elif not self._inner(kind, value, bound=bound):
                return False
        return True

    def _inner(self, kind: Any, value: Any, *, bound: bool) -> bool:
        if kind is sre.BRANCH:
            return sum(self.add(one, bound=bound) for one in value[1]) > 0
        if kind is sre.SUBPATTERN and not value[1]:
            return self.add(value[3], bound=bound)
        if kind is sre.ATOMIC_GROUP:
            return self.add(value, bound=bound)
        if kind in _REPEATS:
            return self.add(value[2], bound=bound) or value[0] == 0
        raise _AnythingError


def _piece(token: Any) -> str:
    """A piece of a class of signs."""
    kind, value = token
    if kind is sre.LITERAL:
        return re.escape(chr(value))
    if kind is sre.RANGE:
        return "-".join(re.escape(chr(end)) for end in value)
    if (kind, value) == (sre.CATEGORY, sre.CATEGORY_DIGIT):
        return r"\d"
    raise _AnythingError


def compiled(pattern: str, flags: int) -> re.Pattern[str]:
    """As `re.compile`; what it finds is the same, some times sooner."""
    firsts = _Firsts()
    try:
        empty = firsts.add(parser.parse(pattern, flags), bound=False)
    except _AnythingError:
        empty = True
    if empty or len(firsts.signs[True]) < _FEW or flags & re.VERBOSE:
        return re.compile(pattern, flags)
    free, bound = ("".join(sorted(signs)) for signs in firsts.signs)
    border = rf"(?:\b|(?=[{free}]))" if free else r"\b"
    return re.compile(f"(?=[{free}{bound}]){border}(?:{pattern})", flags)
