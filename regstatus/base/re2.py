"""RE2, or in its place Python's `re` where there is no wheel of it (musl, a Python that is too new).

The stand-in says the same, and takes longer. It backtracks: what meets a page runs in the confined
child, which is ended when it takes too long, and for the rest patterns are ours and words are short.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from types import SimpleNamespace
from typing import Any, NamedTuple

_NOT_KNOWN = re.compile(r"\\[^1-9]|(\\[1-9]|\(\?(?![:>imsU-]))", re.DOTALL)
_CLASSES = re.compile(r"\\[wsdbWSDB]")
_ESCAPE_OR_CLASS = re.compile(r"\\.|\[(?:\\.|[^\]\\])+\]", re.DOTALL)
_BEYOND = r"\x{80}-\x{10FFFF}"
_CODE = re.compile(r"\\x\{([0-9a-fA-F]+)\}")


class _Span(NamedTuple):
    """A match in bytes of UTF-8."""

    first: int
    behind: int

    def start(self) -> int:
        return self.first

    def span(self) -> tuple[int, int]:
        return self


@lru_cache(maxsize=2)
def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogateescape"))


class _Pattern:
    """What is asked here of a compiled pattern; in bytes, places are counted in bytes.

    One that never captures is a hint for `search`, which says that it may match: to look would take
    longer than the pattern does for which it stands.
    """

    def __init__(self, text: str, flags: int, *, hint: bool) -> None:
        self._text, self._flags, self._hint = text, flags, hint
        if not hint:
            _ = self._meant  # now, so that a fault is told

    @cached_property
    def _meant(self) -> re.Pattern[str]:
        return re.compile(_translated(self._text), self._flags)

    def search(self, text: str | bytes, at: int = 0) -> Any:
        if self._hint:
            return _Span(at, at) if at < len(text) else None
        return self._meant.search(text if isinstance(text, str) else _decoded(text), at)

    def finditer(self, data: bytes) -> Iterator[_Span]:
        text, at, size = _decoded(data), 0, 0
        for match in self._meant.finditer(text):
            first = size + _size(text[at : match.start()])
            at, size = match.end(), first + _size(match[0])
            yield _Span(first, size)


class _Set:
    """Several patterns, of which it is asked which match."""

    def __init__(self) -> None:
        self._found: list[Callable[[str], object]] = []

    @classmethod
    def SearchSet(cls) -> "_Set":  # noqa: N802
        return cls()

    @classmethod
    def MatchSet(cls, _: object) -> "_Set":  # noqa: N802
        return _Filter()

    def Add(self, text: str) -> None:  # noqa: N802
        self._found.append(re.compile(_translated(text)).search)

    def Compile(self) -> None:  # noqa: N802
        """Nothing to do."""

    def Match(self, text: str) -> Sequence[int]:  # noqa: N802
        return [number for number, found in enumerate(self._found) if found(text)]


class _Filter(_Set):
    """Hints, too: each may match."""

    def Add(self, text: str, _: object = None) -> None:  # noqa: ARG002, N802
        self._found.append(lambda _: True)


def _translated(text: str) -> str:
    def narrowed(found: re.Match[str]) -> str:
        # Without case, `re` takes a tenth of a second for such a class, and there are hundreds.
        rest = found[0].replace(_BEYOND, "")
        return found[0] if rest == found[0] else rf"(?:{rest}|[^\x00-\x7f])"

    text = _ESCAPE_OR_CLASS.sub(narrowed, text)
    return _CODE.sub(lambda code: re.escape(chr(int(code[1], 16))), text)


class _Options(SimpleNamespace):
    Encoding = SimpleNamespace(LATIN1=None)
    case_sensitive, never_capture = True, False


def _compile(text: str | bytes, options: Any = None) -> Any:
    if isinstance(text, bytes):
        return re.compile(text)
    for refused in filter(None, _NOT_KNOWN.findall(text)):
        kind = "escape sequence" if refused[0] == "\\" else "perl operator"
        raise re.error(f"invalid {kind}: {refused}")
    text.encode()  # what is half of a character is refused here, too
    folds = options is not None and not options.case_sensitive
    ascii_only = text.isascii() and _CLASSES.search(text) is not None
    flags = re.IGNORECASE * folds | re.ASCII * ascii_only
    return _Pattern(text, flags, hint=options is not None and options.never_capture)


try:
    from re2 import Filter, Options, Set, compile, error  # noqa: A004

    _ONCE = "(?:"  # it never backtracks
except ImportError:
    _ONCE = "(?>"
    Filter, Options, Set, error = _Filter, _Options, _Set, re.error
    compile = _compile  # noqa: A001


def once(pattern: str) -> str:
    """A group of which one match is enough: of two ways to it the second is not tried."""
    return f"{_ONCE}{pattern})"


__all__ = ["Filter", "Options", "Set", "compile", "error", "once"]
