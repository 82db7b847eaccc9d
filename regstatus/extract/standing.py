"""Standing: what a page says of itself, above, below or beside its text, or in its metadata.

Offices leave old consolidations, archived pages and drafts at their addresses, with a banner, a
heading, a field or a title that says so. Such a text reads like law, and proves nothing of today.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, takewhile

from regstatus.extract.blocks import Block, Content, clean
from regstatus.extract.markup import KEYS
from regstatus.model.sieve import Sieve
from regstatus.model.vocabulary import WordPattern
from regstatus.model.written_days import DATE, parse_date

_OPENING, _CLOSING = 6, 2
"""Blocks in which a text says what it is."""
BANNER, _LABEL = 400, 70
"""Characters that a banner, and a mere label, has at most: longer is text of the law."""
_DISOWNING = WordPattern("{standing.sentences}")
_DISOWNING_LABEL = WordPattern(r"\W*(?:{standing.is}\s+)?{standing.labels}(?=\W|$)")
STATE = WordPattern(r"\W*(?:{standing.labels}|{standing.states})\b.{0,60}")
_ONLY_STATE = WordPattern(r"\W*{standing.states}\W*")
_STAMP = WordPattern(r"(?:{standing.labels}|{standing.states})")
_FIELD = WordPattern(r"\W*(?:\w+\s){0,2}{standing.fields}\s*(?:[:|：-]\s*){1,3}(?P<state>.{2,80})")
_BRACED = re.compile(r"[{\[*]")
_GONE = WordPattern(r"\W*{repeal.headings}\b")
_YEAR = re.compile(r"\d{4}")
_ENDED = WordPattern(rf"\W*{{standing.states}}\s*[:|]\s*(?P<day>{DATE})\W*")
_PIECES = re.compile(r"\s[-–—|:]\s")
IN_BRACKETS = re.compile(r"[\[(]([^\])]{3,60})[\])]")
_ELSEWHERE = WordPattern("{standing.elsewhere}")
_CURRENT = WordPattern(
    rf"{{standing.current}}\W{{0,3}}(?:[^.;|]{{0,60}}?)(?P<day>{DATE}|\b(?:19|20)\d\d\b)"
)
_UPDATED = WordPattern(
    rf"{{standing.updated}}\W{{0,3}}(?:[^.;|]{{0,60}}?)(?P<day>{DATE}|\b(?:19|20)\d\d\b)"
)
_EDITION = WordPattern(
    r"^\W*(?P<day>(?:19|20)\d\d)\W{0,3}(?:\w+\s){0,2}{standing.editions}"
    r"|(?P<year>(?:19|20)\d\d)\W{0,3}(?:\w+\s){0,2}{standing.editions}\W*$"
)
NO_FORCE = re.compile(r"(?:^|[\W_])not-?in-?force\b", re.IGNORECASE)
_NO = frozenset({"false", "no", "0"})


def disowned(content: Content) -> Iterator[str]:
    """The words by which a page says that its text is not the law in force."""
    blocks = content.blocks
    # A section or entry that was repealed may stand last, and says nothing of the others.
    last = (
        b.text
        for b in blocks[-_CLOSING:]
        if not (b.note or b.linked or b.kind == "item" or _GONE.match(b.text))
    )
    title = content.title or ""
    parts: tuple[str, ...] = (*_PIECES.split(title)[:-1], *IN_BRACKETS.findall(title))
    banners = (title, *parts, *_opening(blocks), *content.banners, *last)
    notes = tuple(_notes_above(blocks))
    dated = {words for words in notes if parse_date(words)}  # `ended` reads their day
    yield from (words for words in notes if words not in dated)
    for words in Sieve(banners).among(_DISOWNING, _DISOWNING_LABEL, _ONLY_STATE):
        told = _DISOWNING.search(words) if len(words) <= BANNER and words not in dated else None
        label = len(words) <= _LABEL and (
            _DISOWNING_LABEL.match(words) or _ONLY_STATE.fullmatch(words)
        )
        if label or (told and not _ELSEWHERE.search(words[: told.start()])):
            yield words
    for words in Sieve((*banners, *(b.text for b in blocks[: 5 * _OPENING]))).among(_FIELD):
        field = _FIELD.match(words) if len(words) <= 2 * _LABEL else None
        if field and STATE.fullmatch(field["state"]):
            yield words


def ended(content: Content) -> date | None:
    """The first day without force by a field or note above the text: «Repealed: 1 May 2001»."""
    above = [block.text for block in content.blocks[: 5 * _OPENING]]
    short = [words for words in above if len(words) <= _LABEL and _YEAR.search(words)]
    fields = map(_ENDED.fullmatch, Sieve(short).among(_ENDED))
    days = [field["day"] for field in fields if field]
    return next(filter(None, map(parse_date, (*days, *_notes_above(content.blocks)))), None)


def _notes_above(blocks: Sequence[Block]) -> Iterator[str]:
    """Notes in brackets, before any long text, that say of the whole that it has no force."""
    for block in takewhile(lambda block: len(block.text) <= BANNER, blocks[: 5 * _OPENING]):
        told = _DISOWNING.search(block.text) if _BRACED.match(block.text) else None
        if told and not any(map(str.isdecimal, block.text[: told.start()])):
            yield block.text


def as_of(content: Content) -> tuple[str, date] | None:
    """The newest day up to which a page says that its text was kept, with the words."""
    return _newest(content, _CURRENT, _EDITION)


def updated(content: Content) -> tuple[str, date] | None:
    """The newest day on which a page says that it was last changed, with the words."""
    return _newest(content, _UPDATED)


def _newest(content: Content, *patterns: WordPattern) -> tuple[str, date] | None:
    blocks = content.blocks
    ends = (*blocks[: 2 * _OPENING], *blocks[-2 * _CLOSING :])
    said = (content.title or "", *content.banners, *(block.text for block in ends))
    dated = [words for words in said if len(words) <= BANNER and _YEAR.search(words)]
    days = [
        (words[:160], day)
        for words in Sieve(dated).among(*patterns)
        for pattern in patterns
        for found in pattern.finditer(words)
        if (day := _day(found[found.lastindex or 0]))
    ]
    return max(days, key=lambda pair: pair[1], default=None)


def _day(words: str) -> date | None:
    """A day, or the end of the year where the language of its month is not known."""
    year = re.search(r"(?:19|20)\d\d", words)
    return parse_date(words) or (date(int(year[0]), 12, 31) if year else None)


def _opening(blocks: Sequence[Block]) -> Iterator[str]:
    """Where a text says what it is: its first words and headings."""
    for number, block in enumerate(blocks[:_OPENING]):
        heads = block.kind == "heading"
        part = heads and _GONE.match(block.text) and _heads_a_part(blocks, number)
        if not (block.note or block.linked or part) and (number < 2 or heads):
            yield block.text


def _heads_a_part(blocks: Sequence[Block], number: int) -> bool:
    """Whether markup ends what stands before a heading, or below it while the text goes on."""
    below = blocks[number + 1 :]
    ends = (n for n, b in enumerate(below) if b.kind == "close" and b.level <= blocks[number].level)
    rest = below[next(ends, len(below)) :]
    before = any(block.kind == "close" for block in blocks[:number])
    return before or any(block.kind != "close" for block in rest)


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """The last word of the name of a field: «eli:in_force», «DC.date.valid»."""
    return re.split(r"[:.]", name.lower())[-1].replace("-", "").replace("_", "")


def says_gone(name: str, value: str) -> bool:
    """Whether a field of data, by its name, says that the whole is not the law in force."""
    what = _field(name)
    if what == "gone":
        return clean(value).lower() not in {*_NO, "", "none", "null"}
    if what == "in_force":
        return clean(value).lower() in _NO or NO_FORCE.search(clean(value)) is not None
    return what == "states" and says_state(value)


@lru_cache(maxsize=4096)
def _field(name: str) -> str | None:
    """Of which kind a field is that may say so, by its name."""
    return next((what for what in ("gone", "in_force", "states") if bare(name) in KEYS[what]), None)


def says_state(words: str) -> bool:
    """Whether a mere label says that something is not the law in force."""
    words = clean(words)
    return len(words) <= _LABEL and STATE.fullmatch(words) is not None


def lines_that_stand_out(pages: Iterable[Sequence[str]]) -> list[str]:
    """Of the pages of a print: the first lines, and lines that come back on every page."""
    first, *others = pages
    top = [clean(line) for line in first]
    every = {line for line in top if len(line) <= _LABEL} if others else set()
    for page in others:
        every = every and every.intersection(map(clean, page))
    shouted = (line for line in chain(first, *others) if line.isupper() or "&" in line)
    every.update(
        line
        for line in map(clean, shouted)
        if len(line) <= _LABEL and line.isupper() and _STAMP.fullmatch(line)
    )
    return [*dict.fromkeys((*top[:8], *sorted(every)))]
