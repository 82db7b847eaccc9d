"""Alignment: which passages of two texts are the same, however they are cut, numbered or spaced."""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from regstatus.decide.amended import ENUMERATOR

_SEARCHED = 500_000_000
"""Characters that are searched for changed passages, where they may only be cut otherwise."""
_LONG, _WINDOW = 40, 20_000
"""Letters of a passage that stands for itself wherever it stands; how far on it is looked for first."""
_LONG_WORD, _SAME = 5, 0.85
"""Letters of a word that may be spelt otherwise; how alike its spellings are."""
_A_FEW = 2
"""Words of a passage, beside the shortest ones, that may be others."""
_WITHIN = re.compile(r"(?<=\S) (?=[(\[]\w{1,4}[)\]] |\d{1,4}[a-z]?[.)] )")
"""Where an entry begins within a passage: lines of print are set together by their width alone."""
# What stands between digits is a part of their number.
_LOOSE = re.compile(r"(?:(?<!\d)[.,]|[.,](?!\d)|[^\w.,<>≤≥%‰*†‡]|_)+")
_WORD = re.compile(r"[^\W\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]+|\w")


def entries(passages: Sequence[str]) -> tuple[list[str], list[int]]:
    """The entries of passages, and of each the number of the passage in which it stands."""
    found: list[str] = []
    at: list[int] = []
    for number, passage in enumerate(passages):
        first, *others = _WITHIN.split(passage)
        if first.rstrip(".").isalpha() and others:  # the heading «Chapter 2. Milk»
            first, *others = f"{first} {others[0]}", *others[1:]
        found += first, *others
        at += [number] * (1 + len(others))
    return found, at


def squeezed(words: str) -> str:
    """Words without case, spaces and most signs."""
    return _LOOSE.sub("", words).casefold()


def unnumbered(line: str) -> str:
    """A passage, squeezed, without its number: one more entry of a list moves the numbers of all others."""
    return squeezed(ENUMERATOR.sub("", line)) or squeezed(line)


def words_of(lines: Sequence[str], numbers: Sequence[int]) -> Counter[str]:
    """The words of some passages, counted."""
    return Counter(word for n in numbers for word in _WORD.findall(lines[n].casefold()))


def little_changed(before: str, after: str) -> bool:
    """Whether one passage is the other but for a few of its words and no number."""
    was, now = words_of([before], [0]), words_of([after], [0])
    new = [
        word
        for word in (now - was).elements()
        if len(word) > 2 or not (word.isalpha() and word.isascii())
    ]
    return len(new) <= _A_FEW and all(map(str.isalpha, new)) and alike(was, now) and alike(now, was)


def added(before: str, after: str) -> str:
    """What stands behind the words of one entry in another, if that begins anew; else all of the other."""
    was, now = (ENUMERATOR.sub("", line) for line in (before, after))
    was = was.rstrip(" .;,")
    behind = now[len(was) :].lstrip(" .;,")
    return behind if was and now.startswith(was) and not behind[:1].islower() else after


def alike(some: Counter[str], others: Counter[str]) -> bool:
    """Whether most of some words are among others."""
    size, kept = (sum(len(w) * n for w, n in one.items()) for one in (some, some & others))
    return kept * 3 >= size * 2


def corrected(before: str, after: str) -> bool:
    """Whether but the spelling of one long word differs: neither its beginning nor a number."""
    was, now = _WORD.findall(before.casefold()), _WORD.findall(after.casefold())
    differing = [pair for pair in zip(was, now, strict=False) if pair[0] != pair[1]]
    if len(was) != len(now) or len(differing) != 1:
        return False
    one, other = differing[0]
    long = min(len(one), len(other)) > _LONG_WORD and (one + other).isalpha()
    return long and one[:2] == other[:2] and SequenceMatcher(None, one, other).ratio() > _SAME


def unmatched(lines: Sequence[str], others: Sequence[str]) -> list[int]:
    """The passages that stand in one text and not in the other, save for their numbers."""
    left = Counter(map(unnumbered, others))
    found = []
    for number, line in enumerate(map(unnumbered, lines)):
        left[line] -= 1
        if left[line] < 0 and line:
            found.append(number)
    return found


def absent(numbers: Sequence[int], lines: Sequence[str], others: Sequence[str]) -> list[int]:
    """Those of some passages whose words are not in the other text, however it is cut."""
    here, there = squeezed(" ".join(lines)), squeezed(" ".join(others))
    if len(numbers) * len(there) > _SEARCHED:
        return list(numbers)
    found, at = [], 0
    for number in numbers:
        line = lines[number]
        near = (
            line,
            f"{lines[number - 1] if number else ''} {line}",
            " ".join(lines[number : number + 2]),
        )
        for words in map(squeezed, near):
            if len(words) < _LONG:
                continue
            ahead = there.find(words, at, at + _WINDOW)
            if ahead >= 0 or there.count(words) >= here.count(words):
                at = max(ahead, at)
                break
        else:
            found.append(number)
    return found
