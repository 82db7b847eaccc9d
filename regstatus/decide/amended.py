"""Amended: changed passages in which but an entry for another drug was added, or struck.

Prints and tables set several entries in one passage, so that an entry for another drug changes the
passage that bears a name or a control. It says nothing new where every former word stands as it
did, and what was put between them is an entry of its own.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from regstatus.assess.lexicon import find_terms
from regstatus.assess.prefilter import LazyPattern
from regstatus.assess.witness import names

ENUMERATOR = re.compile(
    r"^(?:[(\[]?(?:\d{1,4}[a-z]?|[ivxlcdm]{1,6}|([^\W\d_])\1?)[.)\]:]\s*)+|^\d+\s*(?:\|\s*|(?=[^\Wa-z\d_]))",
    re.IGNORECASE,
)
"""The number or letter of an entry, at the beginning of a line."""
_STRUCK = LazyPattern(r"[\W\d]*{repeal.marks}(?:\W[^;]{0,60})?\W*")
"""All that is left of an entry: «[Repealed];»."""
_NARROWS = LazyPattern(
    r"{exclusion.before}|{exclusion.after}|[%‰<>≤≥]"
    r"|(?<![^\W_])(?:{before_number.schedule}|{before_number.part})(?![^\W\d_])"
)
"""Words after which what follows means another thing, and headings."""
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_RUNNING = re.compile(r"(?<![\w-])[^\W\d_A-ZÀ-Þ][^\W\d_]+")
_NAME = re.compile(r"[^\W\d_]{5}")
_CLOSED = (")", "]", ";", ".", "|")
_LONGEST, _MOST, _REGIONS, _TOKENS = 120, 3, 30, 600
"""Characters of an entry, entries and regions that are looked at, and words of one region."""


class _Region(NamedTuple):
    """Lines in a row that stand in one text alone, from `start` to before `end`."""

    start: int
    end: int


def amended(
    old: Sequence[str],
    now: Sequence[str],
    gone: Sequence[int],
    new: Sequence[int],
    plain: Callable[[str], str],
    weighs: Callable[[str], bool],
) -> tuple[set[int], set[int]]:
    """The lines of `gone` whose words all stand there still, and those of `new` that say nothing new.

    Args:
        old: The lines last confirmed.
        now: The lines as they are now.
        gone: Numbers of the old lines that stand there no more.
        new: Numbers of the lines that did not stand there.
        plain: A line without its number.
        weighs: Whether words may forbid or free.
    """
    struck = [
        {n for n, line in enumerate(lines) if _STRUCK.fullmatch(ENUMERATOR.sub("", line))}
        for lines in (old, now)
    ]
    before = _regions(old, struck[0].union(gone), plain)
    after = _regions(now, struck[1].union(new), plain)
    kept: set[int] = set()
    harmless: set[int] = set()
    # Which of several marks of the same words is the new one cannot be told: all are, or none.
    unclear = len(after) > _REGIONS
    for neighbours, region in list(after.items())[:_REGIONS]:
        former = before.get(neighbours)
        found = (
            _compared(old, now, former, region, struck[1], weighs) if former and region else None
        )
        if found is None:
            unclear = unclear or region is None or not struck[1].isdisjoint(range(*region))
        else:
            harmless |= found
            kept |= set() if found & struck[1] or not former else {*range(*former)}
    return kept, harmless - struck[1] if unclear else harmless


def _regions(
    lines: Sequence[str], numbers: set[int], plain: Callable[[str], str]
) -> dict[tuple[str, str], _Region | None]:
    """The regions of some lines by the lines on both sides; None where these stand round several."""
    found: dict[tuple[str, str], _Region | None] = {}
    for start in sorted(numbers):
        if start - 1 in numbers:
            continue
        end = next(n for n in range(start + 1, len(lines) + 1) if n not in numbers)
        key = (
            plain(lines[start - 1]) if start else "",
            plain(lines[end]) if end < len(lines) else "",
        )
        found[key] = None if key in found else _Region(start, end)
    return found


def _compared(
    old: Sequence[str],
    now: Sequence[str],
    former: _Region,
    region: _Region,
    struck: set[int],
    weighs: Callable[[str], bool],
) -> set[int] | None:
    """The lines of a region that hold former words or stand for them; None where more changed."""
    a = " ".join(old[former.start : former.end]).split()
    at = [(n, word) for n in range(*region) for word in now[n].split()]
    b = [word for _, word in at]
    if max(len(a), len(b)) > _TOKENS:
        return None
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    changed = [code for code in codes if code[0] != "equal"]
    if len(changed) > _MOST:
        return None
    pinned = set(_named(b))
    for what, i1, i2, j1, j2 in changed:
        was, words = " ".join(a[i1:i2]), " ".join(b[j1:j2])
        if what == "insert" and _is_entry(words, weighs):
            fine = any(_apart(b, start, start + j2 - j1, pinned) for start in _slides(b, j1, j2))
        elif what == "replace" and struck.issuperset(n for n, _ in at[j1:j2]):
            fine = len(was) <= _LONGEST and not (names(was) or weighs(was) or names(words))
            fine = fine and pinned.isdisjoint({j1 - 1, j2})
        else:
            fine = False
        if not fine:
            return None
    return {at[n][0] for what, *_, j1, j2 in codes if what != "insert" for n in range(j1, j2)}


def _named(words: list[str]) -> Iterator[int]:
    """The words that are a part of a name."""
    text = " ".join(words)
    spans = [word.span() for word in re.finditer(r"\S+", text)]
    for term in find_terms(text):
        yield from (n for n, (a, b) in enumerate(spans) if a < term.end and b > term.start)


def _is_entry(words: str, weighs: Callable[[str], bool]) -> bool:
    """Whether words are an entry of a list that bears no name, and no sentence."""
    if len(words) > _LONGEST or names(words) or find_terms(words):
        return False
    if weighs(words) or _NARROWS.search(words):
        return False
    bare = _BRACKETS.sub(" ", words)
    running = _RUNNING.findall(bare)
    return _NAME.search(bare) is not None and (
        not running or [len(w) > 4 for w in running] == [True]
    )


def _slides(words: list[str], start: int, end: int) -> Iterator[int]:
    """Where words that were put in may begin: «a b a» may be «a» and «b a», or «a b» and «a»."""
    yield start
    for step in range(1, end - start + 1):
        if start - step < 0 or words[start - step] != words[end - step]:
            return
        yield start - step


def _apart(words: list[str], start: int, end: int, pinned: set[int]) -> bool:
    """Whether what was put in is no part of an entry with a name beside it."""
    if not pinned.isdisjoint(range(start, end)):
        return False
    if start - 1 not in pinned and end not in pinned:
        return True
    before = words[start - 1] if start else ";"
    return before.endswith(_CLOSED) and words[end - 1].endswith(_CLOSED)
