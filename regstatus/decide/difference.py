"""Difference: in what words differ from those last confirmed, and whether that may be trusted unread.

The words that were last confirmed were read, or looked at by a person. What is new beside them
may mean what no rule reads, and what is gone may be the half of a page. So new words that name
kratom, or ban, punish, list or repeal beside such a name, are for people; so is a text that lost
what the record rests on, or much of which is another. An entry for another drug, another section,
a date or a number is none of that.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import product
from typing import NamedTuple

from regstatus.assess.lexicon import find_terms
from regstatus.assess.prefilter import LazyPattern
from regstatus.assess.witness import names
from regstatus.base.safe import one_line
from regstatus.decide.amended import ENUMERATOR, amended
from regstatus.model.document import Document
from regstatus.model.written_days import DATE

_WEIGHTY = [
    LazyPattern(words)
    for words in (
        *("{ban.passive}", "{ban.active}", "{ban.words}", "{ban.offender}", "{ban.guilty}"),
        *("{ban.forbids}", "{ban.commits}", "{duty.penalties}", "{placement.verbs}"),
        *("{placement.nouns}", "{removal.verbs}", "{repeal.verbs}", "{repeal.sentences}"),
        *("{repeal.alone}", "{standing.sentences}", r"(?:^|[\[(])\W*{repeal.marks}"),
        *(r"(?:^|[\[(])\W*{force.begins}.{0,60}\d", "{force.ends}"),
    )
]
"""Words of ban, penalty, schedule, repeal or days of force, in all languages."""
_STANDING = LazyPattern(
    rf"{{standing.sentences}}|{{repeal.sentences}}|(?:{{force.ends}}|{{force.until}}).{{0,30}}?{DATE}"
)
_LABEL = LazyPattern(
    r"\W*(?:(?:{standing.is}|{standing.fields})\W+)?(?:{standing.labels}|{standing.states})(?:\W.{0,60})?"
)
_REMARK = 200
"""Words of a remark on the text itself, and the most characters of one; entries say less of themselves."""
_NEAR = 3
"""Passages before and behind one with a name that are beside it."""
_SHARE, _FEW = 10, 400
"""A text of which a tenth is gone is another; new words may be as many, or these characters."""
_LOST, _LEAST = 30, 2
"""A list that lost one in so many of its entries, and more than these, is cut."""
_SEARCHED = 500_000_000
"""Characters that are searched for changed passages, where they may only be cut otherwise."""
_LONG, _WINDOW = 40, 20_000
"""Letters of a passage that stands for itself wherever it stands; how far on it is looked for first."""
_CORRECTED, _LONG_WORD, _SAME = 30, 5, 0.85
"""Changed passages among which corrections are looked for; letters of a word; how alike its spellings are."""
_SHOWN = 120
_LOWEST = 1000
_WITHIN = re.compile(r"(?<=\S) (?=[(\[]\w{1,4}[)\]] |\d{1,4}[.)] )")
"""Where an entry begins within a passage: lines of print are set together by their width alone."""
# What stands between digits is a part of their number.
_LOOSE = re.compile(r"(?:(?<!\d)[.,]|[.,](?!\d)|[^\w.,<>≤≥%‰]|_)+")
_WORD = re.compile(r"[^\W\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]+|\w")
_YEAR = re.compile(r"(?:19|20)\d\d")

Heading = tuple[int, int]
"""Number of the passage that is a heading, and how many headings stand above it."""


class Changes(NamedTuple):
    """Why changed words may not be trusted, a sentence each."""

    new: tuple[str, ...]
    """What they say that was not said before: it stays doubtful until a person has looked."""
    lost: tuple[str, ...]
    """What they no longer say: the doubt ends when it is there again."""


def changes(
    before: str,
    after: str,
    headings: Sequence[Heading],
    document: Document,
    quotes: Sequence[str],
) -> Changes:
    """Lay the words of a document beside those that were last confirmed.

    Args:
        before: The words last confirmed, a passage a line.
        after: The words as they are now.
        headings: The headings among these.
        document: What the source file says of it.
        quotes: The words of it that instruments of the record quote.
    """
    if _squeezed(before) == _squeezed(after):
        return Changes((), ())
    both = _Both(before.split("\n"), after.split("\n"), document, quotes, dict(headings))
    return Changes(tuple(both.says()), tuple(both.lacks()))


class _Both:
    """Two texts of a document, as passages, and which of them stand in one alone."""

    def __init__(
        self,
        before: Sequence[str],
        after: Sequence[str],
        document: Document,
        quotes: Sequence[str],
        headings: Mapping[int, int],
    ) -> None:
        old, self._was_at = _entries(before)
        now, self._at = _entries(after)
        self._old, self._now, self._document, self._quotes = old, now, document, quotes
        self._other, self._gone = _other(now, old), _other(old, now)
        fresh = [n for n in self._other if self._at[n] not in headings]
        kept, harmless = amended(old, now, self._gone, fresh, _plain, _weighs)
        self._other = [n for n in self._other if n not in harmless]
        self._new = _elsewhere(self._other, now, old)
        self._gone = [n for n in _elsewhere(self._gone, old, now) if n not in kept]
        self._named = {n for n, line in enumerate(now) if find_terms(line)}
        self._named |= {n for n in self._other if names(now[n])}
        self._was_named = {n for n, line in enumerate(old) if find_terms(line)}
        few = len(self._gone) <= _CORRECTED and len(self._new) <= _CORRECTED
        pairs = product(self._gone, self._new) if few else ()
        mended = [(a, b) for a, b in pairs if _corrected(old[a], now[b])]
        self._spoilt, self._mended = {a for a, _ in mended}, {b for _, b in mended}
        levels = _leads(now)
        for number, passage in enumerate(self._at):
            if passage in headings:  # of two entries in one heading the second is below the first
                levels[number] = (
                    headings[passage],
                    number - self._at.index(passage, max(number - 9, 0)),
                )
        self._above = _outline(levels, len(now))

    def says(self) -> Iterator[str]:
        """The new passages that name kratom, or weigh beside a name, and the headings that moved."""
        cut = not self._was_named.isdisjoint(self._gone)
        for number in self._other if cut else self._new:
            if number in self._named:
                yield f"a passage with a name is new or changed: {_quoted(self._now[number])}"
        signs = [_squeezed(control) for control in self._document.controls]
        plain = [_squeezed(line) for line in self._now] if signs else ()
        pinned = {n for n, line in enumerate(plain) if any(sign in line for sign in signs)}
        pinned |= self._named
        heads = {head for number in pinned for head in self._above[number]}
        beside = _beside(self._named | heads, self._at)
        lists = {self._above[number][-1:] for number in pinned} - {()}
        for number in self._new:
            under = number in beside or not self._named.isdisjoint(self._above[number])
            under = under or self._above[number][-1:] in lists
            if number in self._named or number in self._mended:
                continue
            if under and _weighs(self._now[number]):
                weighs = "beside a name, a passage that may forbid or free is new or changed"
                yield f"{weighs}: {_quoted(self._now[number])}"
            elif _disowns(self._now[number]):
                told = _quoted(self._now[number])
                yield f"what the text may say of its own force is new: {told}"
        for number in sorted(self._moved(pinned.difference(self._other))):
            yield f"what is recorded stands under another heading: {_quoted(self._now[number])}"

    def _moved(self, pinned: set[int]) -> set[int]:
        """The headings above what the record rests on, and is as it was, that were not there before."""
        heads = {head for number in pinned for head in self._above[number]}
        gone = {_YEAR.sub("", _plain(self._old[n])) for n in self._gone}
        found = {
            n
            for n in heads.intersection(self._new)
            if _YEAR.sub("", _plain(self._now[n])) not in gone
        }
        now, old = ([_plain(line) for line in lines] for lines in (self._now, self._old))
        counted = Counter(now), Counter(old)
        titles = {now[head] for above in self._above for head in above[-1:]}
        # What stands on each page of a print is no heading of what follows.
        once = {title for title in titles if all(count[title] == 1 for count in counted)}
        before, after = _last(old, once), _last(now, once)
        places = {line: n for n, line in enumerate(old)}
        for number in pinned:
            if counted[0][now[number]] == counted[1][now[number]] == 1 and now[number] not in once:
                head = after[number]
                if (old[was] if (was := before[places[now[number]]]) >= 0 else "") != (
                    now[head] if head >= 0 else ""
                ):
                    found.add(max(head, 0))
        return found

    def lacks(self) -> Iterator[str]:
        """What the record rests on, and how much, is there no more."""
        old, now = self._old, self._now
        beside = _beside(self._was_named, self._was_at)
        for number in self._gone:
            if number in self._was_named:
                yield f"a passage with a name is gone or changed: {_quoted(old[number])}"
            elif number in beside - self._spoilt and _weighs(old[number]):
                yield f"beside a name, a passage that may forbid or free is gone: {_quoted(old[number])}"
        was, running = _squeezed(" ".join(old)), _squeezed(" ".join(now))
        for words in (*self._quotes, *self._document.shows.says):
            if _squeezed(words) in was and _squeezed(words) not in running:
                yield f"the words that the record quotes are there no more: {_quoted(words)}"
        gone, new = _words(old, self._gone), _words(now, self._new)
        for control in self._document.controls:
            if not self._holds(control):
                yield f"no passage with the control {_quoted(control)} is as it was"
        size = sum(map(len, old))
        less, more = (sum(len(w) * n for w, n in some.items()) for some in (gone - new, new - gone))
        if less * _SHARE > size or more > max(size // _SHARE, _FEW):
            yield f"much of the text is another: {less} characters are gone and {more} are new, of {size}"
        lost = sum(1 for n in self._gone if not _alike(_words(old, [n]), new))
        if self._document.complete and lost > max(_LEAST, len(old) // _LOST):
            yield f"the list is shorter: {lost} passages are gone, of {len(old)}"

    def _holds(self, control: str) -> bool:
        """Whether a passage with a control is as it was, or but a little changed."""
        sign = _squeezed(control)
        gone = {n for n in self._gone if sign in _squeezed(self._old[n])}
        if any(sign in _squeezed(line) for n, line in enumerate(self._old) if n not in gone):
            return True
        kept = [n for n in self._new if sign in _squeezed(self._now[n])]
        return not gone or any(
            a in self._spoilt
            or (
                _alike(_words(self._old, [a]), _words(self._now, [b]))
                and _alike(_words(self._now, [b]), _words(self._old, [a]))
            )
            for a in gone
            for b in kept
        )


def _entries(passages: Sequence[str]) -> tuple[list[str], list[int]]:
    """The entries of passages, and of each the number of the passage in which it stands."""
    found = [(entry, n) for n, passage in enumerate(passages) for entry in _WITHIN.split(passage)]
    return [entry for entry, _ in found], [number for _, number in found]


def _disowns(line: str) -> bool:
    """Whether a passage, and no entry of a list, says that something is not, or no longer, in force."""
    remark = len(line) <= _REMARK and not ENUMERATOR.match(line) and line[:1] not in "[("
    return remark and bool(_LABEL.fullmatch(line) or _STANDING.search(line))


def _beside(entries: Iterable[int], at: Sequence[int]) -> set[int]:
    """The entries in passages beside those of some others."""
    near = {at[one] + step for one in entries for step in range(-_NEAR, _NEAR + 1)}
    return {number for number, passage in enumerate(at) if passage in near}


def _weighs(line: str) -> bool:
    return any(one.search(line) for one in _WEIGHTY)


def _leads(lines: Sequence[str]) -> dict[int, tuple[int, int]]:
    """What introduces a list is as good as a heading of what follows, the lowest of all."""
    return {n: (_LOWEST, 0) for n, line in enumerate(lines) if line.endswith((":", "：", ":—"))}


def _corrected(before: str, after: str) -> bool:
    """Whether but the spelling of one long word differs: neither its beginning nor a number."""
    was, now = _WORD.findall(before.casefold()), _WORD.findall(after.casefold())
    differing = [pair for pair in zip(was, now, strict=False) if pair[0] != pair[1]]
    if len(was) != len(now) or len(differing) != 1:
        return False
    one, other = differing[0]
    long = min(len(one), len(other)) > _LONG_WORD and (one + other).isalpha()
    return long and one[:2] == other[:2] and SequenceMatcher(None, one, other).ratio() > _SAME


def _outline(levels: Mapping[int, tuple[int, int]], size: int) -> list[tuple[int, ...]]:
    """For each passage the numbers of the headings above it, outermost first."""
    above: tuple[int, ...] = ()
    found = []
    for number in range(size):
        depth = levels.get(number)
        if depth is not None:
            above = tuple(head for head in above if levels[head] < depth)
        found.append(above)
        above = above if depth is None else (*above, number)
    return found


def _last(lines: Sequence[str], titles: set[str]) -> list[int]:
    """For each passage the number of the last before it that is one of some titles, or -1."""
    at, found = -1, []
    for number, line in enumerate(lines):
        found.append(at)
        at = number if line in titles else at
    return found


def _words(lines: Sequence[str], numbers: Sequence[int]) -> Counter[str]:
    return Counter(word for n in numbers for word in _WORD.findall(lines[n].casefold()))


def _alike(some: Counter[str], others: Counter[str]) -> bool:
    """Whether most of some words are among others."""
    size, kept = (sum(len(w) * n for w, n in one.items()) for one in (some, some & others))
    return kept * 3 >= size * 2


def _other(lines: Sequence[str], others: Sequence[str]) -> list[int]:
    """The passages that stand in one text and not in the other, save for their numbers."""
    left = Counter(map(_plain, others))
    found = []
    for number, line in enumerate(map(_plain, lines)):
        left[line] -= 1
        if left[line] < 0 and line:
            found.append(number)
    return found


def _elsewhere(numbers: Sequence[int], lines: Sequence[str], others: Sequence[str]) -> list[int]:
    """Those of some passages whose words are not in the other text, however it is cut."""
    here, there = _squeezed(" ".join(lines)), _squeezed(" ".join(others))
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
        for words in map(_squeezed, near):
            if len(words) < _LONG:
                continue
            ahead = there.find(words, at, at + _WINDOW)
            if ahead >= 0 or there.count(words) >= here.count(words):
                at = max(ahead, at)
                break
        else:
            found.append(number)
    return found


def _plain(line: str) -> str:
    """A passage without its number: one more entry of a list moves the numbers of all others."""
    return _squeezed(ENUMERATOR.sub("", line)) or _squeezed(line)


def _squeezed(words: str) -> str:
    return _LOOSE.sub("", words).casefold()


def _quoted(words: str) -> str:
    return f"“{one_line(words, _SHOWN)}”"
