"""Hints: which of many patterns can match a text at all, told for all of them in one pass.

The rules of reading are some 250 patterns with the words of thirty languages. Nearly all of
them match nothing in nearly every clause, and to find that out one by one costs a
millisecond. RE2's filter knows which letters each pattern cannot do without, and one
pass of a few microseconds over the text tells which of them stand there. Only patterns for
which they do are tried, with Python's own `re`. So a hint never decides anything: it says
«not here» where that is certain, and «look» otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache

__all__ = ["LazyPattern", "hints", "relaxed"]

# RE2 does not know how Python's `re` folds these (dotted and dotless i, ligatures, …).
_ODD_CASE = re.compile("[\u0130\u0131\u0390\u03b0\u1fd3\u1fe3\ufb05\ufb06\u1c80-\u1c88]")
_ANY = "(?s:.)"
_BEYOND = r"\x{80}-\x{10FFFF}"
# Classes are widened, never narrowed: beyond ASCII anything may be a letter, a digit, a space.
_WIDE = {"w": f"0-9A-Za-z_{_BEYOND}", "s": rf"\t-\r\x1c-\x20{_BEYOND}", "d": f"0-9{_BEYOND}"}
_AROUND = re.compile(r"\(\?<?[=!]")
_OPENS = re.compile(r"\((?:\?P<\w+>|\?-i:|\?:)?")
_TIMES = re.compile(r"\{(\d*)(,?)(\d*)\}")
_LACKS = re.compile(r"\\[WSD]")
_CODE = re.compile(r"\\u([0-9a-fA-F]{4})")
_FEW = 3
_ALWAYS, _UNKNOWN = -1, -2


def _class_end(pattern: str, at: int) -> int:
    """The place after a character class that opens at a place."""
    at += 1
    at += pattern[at] == "^"
    at += pattern[at] == "]"
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1


def _group_end(pattern: str, at: int) -> int:
    """The place after a group that opens at a place."""
    depth = 0
    while True:
        if pattern[at] == "\\":
            at += 2
            continue
        if pattern[at] == "[":
            at = _class_end(pattern, at)
            continue
        depth += (pattern[at] == "(") - (pattern[at] == ")")
        at += 1
        if not depth:
            return at


def _escaped(pattern: str, at: int) -> tuple[str, int]:
    """What a backslash and what follows it become."""
    sign, at = pattern[at + 1], at + 2
    if sign in "bBAZ":
        return "", at
    if sign in _WIDE:
        return f"[{_WIDE[sign]}]", at
    if sign in "WSD":
        return _ANY, at
    if sign in "xu":
        end = at + (2 if sign == "x" else 4)
        return f"\\x{{{pattern[at:end]}}}", end
    return (sign if ord(sign) > 0x7F else f"\\{sign}"), at


def _class(inside: str) -> str:
    """A character class, widened; one that is told by what it lacks becomes anything."""
    if inside[0] == "^" or _LACKS.search(inside):
        return _ANY
    for sign, wide in _WIDE.items():
        inside = inside.replace(f"\\{sign}", wide)
    inside = _CODE.sub(r"\\x{\1}", inside).replace("[", r"\[")
    return f"[{inside}]"


def relaxed(pattern: str) -> str:
    """A pattern for RE2 that matches wherever `pattern` does, and elsewhere too.

    Word borders, anchors and what is looked for around a match are left out, classes are
    widened and long repeats are unbounded. Back references are not understood.
    """
    out: list[str] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            piece, at = _escaped(pattern, at)
        elif char in "^$":
            piece, at = "", at + 1
        elif char == "[":
            end = _class_end(pattern, at)
            piece, at = _class(pattern[at + 1 : end - 1]), end
        elif char == "(" and _AROUND.match(pattern, at):
            piece, at = "", _group_end(pattern, at)
        elif char == "(" and (opens := _OPENS.match(pattern, at)):
            piece, at = "(?:", opens.end()
        elif char == "{" and (times := _TIMES.match(pattern, at)):
            least, comma, most = times.groups()
            few = int((most if comma else least) or _FEW + 1) <= _FEW
            piece = times.group() if few else "+" if int(least or 0) else "*"
            at = times.end()
        else:
            piece, at = char, at + 1
        out.append(piece)
    return "".join(out)


_UNTOUCHED = re.compile(r"\\.|\(\?P<\w+>", re.DOTALL)
# These have an ASCII letter for their other case, and what is lower in part is not lower.
_NOT_LOWER = re.compile(r"[ıİſ\u212a]|\(\?-i")


def _lower(pattern: str) -> str:
    """A pattern without case as one for ASCII texts in lower case."""
    if _NOT_LOWER.search(pattern):
        raise ValueError("a pattern that cannot be lowered")
    out: list[str] = []
    end = 0
    for kept in _UNTOUCHED.finditer(pattern):
        out += (pattern[end : kept.start()].lower(), kept.group())
        end = kept.end()
    return "".join((*out, pattern[end:].lower()))


class LazyPattern:
    """A compiled pattern that is only tried where a hint says that it may match.

    It is compiled on its first try, for most patterns are never needed in one run.

    Args:
        pattern: For Python's `re`.
        flags: For Python's `re`.
        hint: A simpler pattern that is found wherever this one is, if one is known: where many
            patterns share a long part, its words make the filter large and tell little.
        often: True for a pattern that the filter cannot rule out. Where a text is ASCII, it is
            first tried in lower case: `re` passes over a word by its first letter only if case
            counts.
    """

    __slots__ = ("__dict__", "flags", "hint", "number", "often", "pattern")

    def __init__(
        self, pattern: str, flags: int = 0, *, hint: str | None = None, often: bool = False
    ) -> None:
        self.pattern = pattern
        self.flags = flags
        self.often = often
        self.hint = hint or pattern
        self.number = _UNKNOWN
        _HINTED.append(self)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self.pattern, self.flags)

    @cached_property
    def lowered(self) -> re.Pattern[str]:
        """The same for ASCII texts in lower case."""
        return re.compile(_lower(self.pattern), self.flags & ~re.IGNORECASE)

    def may(self, text: str) -> bool:
        """Whether it can match `text`, or any part of it; no other answer than no is certain."""
        if self.number == _ALWAYS:
            return True
        known = hints(text)
        return known is None or self.number < 0 or self.number in known

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        if self.often and text.isascii():
            if self.lowered.search(text.lower(), *span) is None:
                return None
            return self.compiled.search(text, *span)
        return self.compiled.search(text, *span) if self.may(text) else None

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self.compiled.match(text, *span) if self.may(text) else None

    def fullmatch(self, text: str, *span: int) -> re.Match[str] | None:
        """As `re.Pattern.fullmatch`."""
        return self.compiled.fullmatch(text, *span) if self.may(text) else None

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self.compiled.finditer(text, *span) if self.may(text) else iter(())

    def findall(self, text: str) -> list[str]:
        """As `re.Pattern.findall`, for a pattern of at most one group."""
        if self.often and text.isascii() and self.lowered.search(text.lower()) is None:
            return []
        return self.compiled.findall(text) if self.may(text) else []

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """As `re.Pattern.sub`."""
        return self.compiled.sub(new, text) if self.may(text) else text


_HINTED: list[LazyPattern] = []
_FILTERS: list[Callable[[str], list[int] | None]] = []


def _filter() -> Callable[[str], list[int] | None]:
    """Build the filter of all patterns that there are by now; those that come later go without."""
    import re2

    meant, options = re2.Filter(), re2.Options()
    for one in _HINTED:
        meant.Add(_source(one), options)
    meant.Add("regstatus", options)  # a filter in which nothing can be told is no filter
    meant.Compile()
    always = set(meant.Match("", True) or ())  # noqa: FBT003  (its arguments have no names)
    for number, one in enumerate(_HINTED):
        one.number = _ALWAYS if number in always else number
    return lambda text: meant.Match(text, True)  # noqa: FBT003


def _source(one: LazyPattern) -> str:
    fold = "(?i)" if one.flags & re.IGNORECASE else ""
    return f"{fold}{relaxed(one.hint)}"


@lru_cache(maxsize=2048)
def hints(text: str) -> frozenset[int] | None:
    """The numbers of the patterns that may match a text; None where nothing can be told."""
    if not _FILTERS:
        _FILTERS.append(_filter())
    if not text.isascii() and _ODD_CASE.search(text):
        return None
    try:
        return frozenset(_FILTERS[0](text) or ())
    except UnicodeEncodeError:  # half of a surrogate pair
        return None
