"""Sections: which passages of a text stand under which headings, and which are law on what is named."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

LOWEST = 1000
"""The level of words that introduce a list: below all headings."""
_NEAR, _REACH = 3, 10
"""Passages before and behind one that are beside it, and that may be of its section."""
_LABEL = re.compile(
    r"\W*(?P<word>[^\W\d_]{1,12}|§{1,2})?\W{0,3}(?P<number>\d[\d.:-]*\d[a-z]?|\d{1,3})\b"
)

Path = tuple[int, ...]
"""The numbers of the headings above a passage, outermost first."""


def leads(lines: Sequence[str]) -> dict[int, tuple[int, int]]:
    """What introduces a list is as good as a heading of what follows, the lowest of all."""
    return {n: (LOWEST, 0) for n, line in enumerate(lines) if line.endswith((":", "：", ":—"))}


def outline(levels: Mapping[int, tuple[int, int]], size: int) -> list[Path]:
    """For each passage the headings above it."""
    above: Path = ()
    found = []
    for number in range(size):
        depth = levels.get(number)
        if depth is not None:
            above = tuple(head for head in above if levels[head] < depth)
        found.append(above)
        above = above if depth is None else (*above, number)
    return found


def last_of(lines: Sequence[str], titles: set[str]) -> list[int]:
    """For each passage the number of the last before it that is one of some titles, or -1."""
    at, found = -1, []
    for number, line in enumerate(lines):
        found.append(at)
        at = number if line in titles else at
    return found


def beside(some: Iterable[int], at: Sequence[int]) -> set[int]:
    """The entries in passages beside those of some others."""
    near = {at[one] + step for one in some for step in range(-_NEAR, _NEAR + 1)}
    return {number for number, passage in enumerate(at) if passage in near}


def under(some: set[int], sections: Sequence[Path]) -> set[int]:
    """The passages under some of the headings."""
    return {n for n, path in enumerate(sections) if not some.isdisjoint(path)}


def same_section(some: set[int], sections: Sequence[Path]) -> set[int]:
    """The passages of the sections of some, not far from them, and of those that have some for a heading."""
    found = {n for n, path in enumerate(sections) if not some.isdisjoint(path[-1:])}
    for one in some:
        near = range(max(one - _REACH, 0), min(one + _REACH + 1, len(sections)))
        found.update(n for n in near if sections[n] == sections[one])
    return found


def stretch(some: set[int], sections: Sequence[Path]) -> set[int]:
    """The passages of the sections of some, up to not far behind the last."""
    held = {sections[n][-1:] for n in some}
    end = max(some, default=-1) + _REACH + 1
    return {n for n, path in enumerate(sections[:end]) if path[-1:] in held}


def citations(headings: Iterable[str]) -> list[re.Pattern[str]]:
    """Patterns of words that speak of a section by the number in its heading: «chapter 2», «444.002»."""
    found = []
    for heading in headings:
        label = _LABEL.match(heading)
        if label is None or not (label["word"] or len(label["number"]) > 3):
            continue
        word = re.escape((label["word"] or "")[:5])
        joined = (
            rf"{word}\w*\W{{0,3}}(?:\d[\d.:-]*\W+(?:\w{{1,4}}\W+)?){{0,2}}"
            if word
            else r"(?<![\w.])"
        )
        number = re.escape(label["number"].rstrip("."))
        found.append(re.compile(rf"{joined}{number}(?![\w-])(?!\.\d)", re.IGNORECASE))
    return found


def runs(numbers: Sequence[int]) -> list[list[int]]:
    """Numbers that follow each other, together."""
    together = groupby(enumerate(numbers), lambda one: one[1] - one[0])
    return [[number for _, number in run] for _, run in together]
