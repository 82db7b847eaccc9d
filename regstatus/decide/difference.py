"""Difference: in what words differ from those last confirmed, and whether that may be trusted unread.

The words that were last confirmed were read, or looked at by a person. What is new beside them
may mean what no rule reads, and what is gone may be the half of a page. So new words that name
kratom, or ban, punish, list or repeal beside such a name, are for people; so is a text that lost
what the record rests on, or much of which is another. An entry for another drug, another section,
a date or a number is none of that.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from regstatus.assess.lexicon import find_terms
from regstatus.assess.prefilter import LazyPattern
from regstatus.base.safe import one_line
from regstatus.model.document import Document

_WEIGHTY = [
    LazyPattern(f"{{{words}}}")
    for words in (
        *("ban.passive", "ban.active", "ban.words", "ban.offender", "ban.guilty", "ban.forbids"),
        *("duty.penalties", "placement.verbs", "placement.nouns", "removal.verbs", "repeal.marks"),
        *("repeal.verbs", "repeal.sentences", "repeal.alone", "standing.sentences"),
    )
]
"""Words of ban, penalty, schedule or repeal, in all languages."""
_NEAR = 3
"""Passages before and behind one with a name that are beside it."""
_SHARE, _FEW = 10, 400
"""A text of which a tenth is gone is another; new words may be as many, or these characters."""
_LOST, _LEAST = 30, 2
"""A list that lost one in so many of its entries, and more than these, is cut."""
_SEARCHED = 300
"""Changed passages that are looked for in the other text, where they may only be cut otherwise."""
_LONG = 40
"""Letters of a passage that stands for itself wherever it stands; a name of an entry does not."""
_SHOWN = 120
_ENUMERATOR = re.compile(r"^(?:[(\[]?\w{1,5}[.)\]:]\s*)+|^\d+\s+")
_WITHIN = re.compile(r"(?<=\S) (?=[(\[]\w{1,4}[)\]] |\d{1,4}[.)] )")
"""Where an entry begins within a passage: lines of print are set together by their width alone."""
_LOOSE = re.compile(r"[\W_]+")


class Changes(NamedTuple):
    """Why changed words may not be trusted, a sentence each."""

    new: tuple[str, ...]
    """What they say that was not said before: it stays doubtful until a person has looked."""
    lost: tuple[str, ...]
    """What they no longer say: the doubt ends when it is there again."""


def changes(before: str, after: str, document: Document, quotes: Sequence[str]) -> Changes:
    """Lay the words of a document beside those that were last confirmed.

    Args:
        before: The words last confirmed, a passage a line.
        after: The words as they are now.
        document: What the source file says of it.
        quotes: The words of it that instruments of the record quote.
    """
    if _squeezed(before) == _squeezed(after):
        return Changes((), ())
    whole = after.splitlines()
    at = [number for number, line in enumerate(whole) for _ in _WITHIN.split(line)]
    old, now = _entries(before.splitlines()), _entries(whole)
    gone, new = _other(old, now), _other(now, old)
    said = tuple(_new(now, new, at))
    return Changes(said, tuple(_lost(old, now, gone, new, document, quotes)))


def _entries(lines: Sequence[str]) -> list[str]:
    return [entry for line in lines for entry in _WITHIN.split(line)]


def _new(lines: Sequence[str], new: Sequence[int], at: Sequence[int]) -> Iterator[str]:
    """The new passages that name kratom, or weigh beside a name; `at` is where each of them stands."""
    names = {number for number, line in enumerate(lines) if find_terms(line)} if new else set()
    named = {at[number] for number in names}
    for number in new:
        beside = range(at[number] - _NEAR, at[number] + _NEAR + 1)
        if number in names:
            yield f"a passage with a name is new or changed: {_quoted(lines[number])}"
        elif not named.isdisjoint(beside) and any(one.search(lines[number]) for one in _WEIGHTY):
            weighs = "beside a name, a passage that may forbid or free is new or changed"
            yield f"{weighs}: {_quoted(lines[number])}"


def _lost(
    old: Sequence[str],
    now: Sequence[str],
    gone: Sequence[int],
    new: Sequence[int],
    document: Document,
    quotes: Sequence[str],
) -> Iterator[str]:
    """What the record rests on, and how much, is there no more."""
    for number in gone:
        if find_terms(old[number]):
            yield f"a passage with a name is gone or changed: {_quoted(old[number])}"
    was, running = _squeezed(" ".join(old)), _squeezed(" ".join(now))
    for words in (*quotes, *document.shows.says):
        if _squeezed(words) in was and _squeezed(words) not in running:
            yield f"the words that the record quotes are there no more: {_quoted(words)}"
    left = [_squeezed(line) for number, line in enumerate(old) if number not in set(gone)]
    for control in document.controls:
        if not any(_squeezed(control) in line for line in left):
            yield f"no passage with the control {_quoted(control)} is as it was"
    size = sum(map(len, old))
    dropped = Counter(word for number in gone for word in old[number].split())
    added = Counter(word for number in new for word in now[number].split())
    # Of a long passage in which a word is another, that word alone is another.
    less, more = (sum(map(len, some.elements())) for some in (dropped - added, added - dropped))
    if less * _SHARE > size or more > max(size // _SHARE, _FEW):
        yield f"much of the text is another: {less} characters are gone and {more} are new, of {size}"
    if document.complete and len(gone) - len(new) > max(_LEAST, len(old) // _LOST):
        yield f"the list is shorter: {len(gone)} passages are gone and {len(new)} are new, of {len(old)}"


def _other(lines: Sequence[str], others: Iterable[str]) -> list[int]:
    """The passages that stand in one text and not in the other, save for their numbers and breaks."""
    left = Counter(map(_plain, others))
    found = []
    for number, line in enumerate(map(_plain, lines)):
        left[line] -= 1
        if left[line] < 0 and line:
            found.append(number)
    if not 0 < len(found) <= _SEARCHED:
        return found
    here, there = _squeezed(" ".join(lines)), _squeezed(" ".join(others))
    return [
        number
        for number in found
        if (words := _squeezed(lines[number]))
        and (len(words) < _LONG or there.count(words) < here.count(words))
    ]


def _plain(line: str) -> str:
    """A passage without its number: one more entry of a list moves the numbers of all others."""
    return _squeezed(_ENUMERATOR.sub("", line)) or _squeezed(line)


def _squeezed(words: str) -> str:
    return _LOOSE.sub("", words).casefold()


def _quoted(words: str) -> str:
    return f"“{one_line(words, _SHOWN)}”"
