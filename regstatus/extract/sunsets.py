"""Sunsets: provisions that begin or end on a day that a sentence of theirs names.

«This subsection (2) is repealed, effective July 1, 2021» ends what stands round it, and «Effective
July 1, 2031, a person shall not:» begins what follows. A mark in brackets behind an entry dates the
entry alone. Each passage gets its days, so that it speaks only while it is law.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from regstatus.extract.force import BARE, BRACKETED, SLASHED, read_force
from regstatus.model.sieve import Sieve
from regstatus.model.text import Passage
from regstatus.model.vocabulary import WordPattern
from regstatus.model.written_days import DATE, parse_date

_ENDS = WordPattern(rf"{{force.ends_itself}}\W{{0,3}}(?P<when>{DATE})(?P<rest>.{{0,80}})")
_TOLD = WordPattern(r"\b{force.told}$")
_STARTS = WordPattern(
    rf"(?:\W*(?:\(\w{{1,5}}\)|\w{{1,3}}[.)])\s*){{0,3}}"
    rf"(?:(?P<through>{{force.through}})|(?P<until>{{force.until}})|{{force.starts}})\W{{0,2}}(?P<when>{DATE})\W"
)
_THROUGH = WordPattern(r"{force.through}\W*$")
_CONDITION = WordPattern("{repeal.not_yet}|{force.conditions}|{placement.conditions}")
_BEGINS = WordPattern(rf"{{force.begins_itself}}\W{{0,3}}(?P<when>{DATE})")
_ACT_BEGINS = WordPattern(
    rf"(?:{{force.sections_of}}\s+)?{{force.act_begins}}\W{{0,3}}(?P<when>{DATE})"
)
_FROM = WordPattern(
    rf"[\[(]\s*(?:{{force.from}}|{{force.starts}})\W{{0,2}}(?P<when>{DATE})\s*[\])]"
)
_HEADED = WordPattern(rf"(?:{{force.begins}}|{{force.starts}})\W{{0,2}}(?P<when>{DATE})")
_PERIOD = WordPattern(
    rf"[\[(][^\])]{{0,60}}?(?P<first>{DATE})\W{{0,3}}(?:{{cut.to}}|{{force.until}}|[-–—])\W{{0,3}}(?P<last>{DATE})\s*[\])]"
)
_SOME_DAY = WordPattern("{force.some_day}")
_SMALL, _SECTIONS = WordPattern("{force.small_parts}"), WordPattern("{force.sections}")
_NUMBER = r"\d+(?:[-.:]\d+)*"
_SECTION = WordPattern(
    rf"\W*(?:(?:{{force.sections}}|[^\W\d_]{{3}}\.|§)\s*|(?=\d+[-.:]\d))(?P<number>{_NUMBER})\b"
)
_OPENS = re.compile(r"\W*(?P<number>\d+(?:[-.:]\d+)+)\.?\s")
_DATED = WordPattern(r"\d\d\d\d|\d[-/]\d\d?[-/]\d\d")
_RULES = (_ENDS, _STARTS, _BEGINS, _ACT_BEGINS, _HEADED)
"""What is found, beside a day, in every text that says something of its days: in nearly none."""
_LONGEST = 600
"""Characters of a passage that can be a provision of its own: longer ones hold many."""
_ABOVE = 3
"""Passages above the first heading of a page, and between them and it."""
_LABELS = re.compile(r"\(\w{1,4}\)")
_Scope = tuple[tuple[str, ...], str]
"""Headings, and the labels of a provision below them; it is meant with all that is below it."""


@dataclass(frozen=True, slots=True)
class _Days:
    """What sentences say of the force of one scope, with the first of them."""

    words: str
    since: date | None = None
    until: date | None = None
    some_day: bool = False


class _Scopes:
    """The days of each scope and of single passages, gathered before any passage gets them."""

    def __init__(self, passages: tuple[Passage, ...]) -> None:
        self.passages = passages
        self._of: dict[_Scope | int, _Days] = {}

    def add(self, scope: _Scope | int, days: _Days) -> None:
        """The earliest end counts, and the first beginning."""
        if known := self._of.get(scope):
            ends = min(filter(None, (known.until, days.until)), default=None)
            since, some_day = known.since or days.since, known.some_day or days.some_day
            days = _Days(known.words, since, ends, some_day)
        self._of[scope] = days

    def dated(self) -> tuple[Passage, ...]:
        """The passages with the days of all scopes in which they stand."""
        if not self._of:
            return self.passages
        labelled = {scope[0] for scope in self._of if isinstance(scope, tuple) and scope[1]}
        above = cache(lambda path: self._told(_above(path)))
        out = list(self.passages)
        for number, one in enumerate(out):
            own = number in self._of or one.kind == "heading" or one.headings in labelled
            if told := self._told((number, *_scopes(one))) if own else above(one.headings):
                out[number] = _dated(one, told)
        return tuple(out)

    def _told(self, scopes: Iterable[_Scope | int]) -> list[_Days]:
        return [*filter(None, map(self._of.get, scopes))]

    def under(self, number: int) -> _Scope | int:
        """A passage with all that stands under the same headings, or under it if it is one.

        What stands above the first heading of a page speaks of all that is under that one.
        """
        own = self.passages[number]
        if not own.headings and own.kind != "heading" and number < _ABOVE:
            near = self.passages[number + 1 : number + 1 + _ABOVE]
            own = next((one for one in near if one.kind == "heading"), own)
        path = (*own.headings, own.text) if own.kind == "heading" else own.headings
        return (path, "") if path else number

    def sections(self, numbers: str) -> Iterator[int]:
        """The passages of the sections with one of these numbers, such as «2 and 3»."""
        wanted = {*re.findall(_NUMBER, numbers)}
        opened: _Scope = ((), "")
        for place, one in enumerate(self.passages):
            heads = {found["number"] for found in map(_SECTION.match, one.headings) if found}
            if not heads and (opens := _OPENS.match(one.text)):
                opened = one.headings, opens["number"]
            if wanted & (heads or {opened[1] if opened[0] == one.headings else ""}):
                yield place

    def begun(self, number: int, begins: re.Match[str]) -> _Scope | int:
        """The provision that a sentence of it begins: a part of a section, or else the section."""
        own, part = self.passages[number], begins["part"]
        if part is None and own.kind != "heading":  # a mark in brackets
            return number
        if part and _SMALL.fullmatch(part):
            labels = _LABELS.findall(begins["label"]) or _LABELS.findall(own.anchor or "")[:1]
            return (own.headings, "".join(labels)) if labels else number
        return self.under(number)

    def ended(self, number: int, ends: re.Match[str]) -> Iterable[_Scope | int]:
        """The provisions that end: one that ends itself may be the whole text.

        A note that tells what an older act says of itself ends no more than the note's section.
        """
        own = self.passages[number]
        if ends["numbers"]:
            return self.sections(ends["numbers"])
        if ends["inner"]:
            return [(own.headings, "".join(_LABELS.findall(ends["inner"])))]
        part = ends["part"] or ""
        if _SMALL.fullmatch(part) or _SECTIONS.fullmatch(part):
            return [self.begun(number, ends)]
        return [self.under(number) if _TOLD.search(own.text[: ends.start()]) else ((), "")]


def _dated(passage: Passage, told: Sequence[_Days]) -> Passage:
    since, until, repealed = passage.valid_from, passage.valid_until, passage.repealed
    words = passage.dated_by
    for days in told:
        before = until, repealed
        # What bears a day of its own does not begin by the sentence.
        bears = since or until
        until = min(filter(None, (until, days.until)), default=None)
        repealed = repealed or days.some_day
        since = since or days.since
        if (until, repealed) != before or not bears:
            words = words or days.words
    own = passage.text, passage.headings, passage.anchor, passage.kind
    return Passage(*own, since, until, repealed, passage.linked, words)


def _above(path: tuple[str, ...]) -> Iterator[_Scope]:
    """The whole text, and what stands under each heading."""
    return ((path[:depth], "") for depth in range(len(path) + 1))


def _scopes(passage: Passage) -> Iterator[_Scope]:
    """All scopes in which a passage stands: those of its headings, its own as one, and its labels."""
    yield from _above(passage.headings)
    if passage.kind == "heading":
        yield (*passage.headings, passage.text), ""
    path = ""
    for label in _LABELS.findall(passage.anchor or ""):
        path += label
        yield passage.headings, path


def dated_by_sentences(passages: tuple[Passage, ...], sieve: Sieve) -> tuple[Passage, ...]:
    """The passages, each with the days of force that sentences of the text give it."""
    out = list(passages)
    scopes = _Scopes(passages)
    dated = sieve.may(_DATED)
    among = Sieve([one.text if number in dated else "" for number, one in enumerate(passages)])
    marked = among.may(_FROM, _PERIOD) | sieve.may(BRACKETED, BARE) & dated | sieve.may(SLASHED)
    speak = marked | sieve.may(_SOME_DAY) | among.may(*_RULES)
    acts: list[tuple[date, str]] = []
    begun: tuple[Passage, _Days] | None = None
    for number, passage in enumerate(passages):
        text = passage.text
        if begun and _goes_on(begun[0], passage):
            scopes.add(number, begun[1])
        else:
            begun = None
        if number not in speak or passage.kind == "note":
            continue
        short = len(text) <= _LONGEST
        if short and (begins := sieve.search(_SOME_DAY, number)):
            scopes.add(scopes.begun(number, begins), _Days(begins[0], some_day=True))
        if not any(char.isdigit() for char in text[:_LONGEST]):
            continue
        if ends := among.search(_ENDS, number):
            day = parse_date(ends["when"])
            if day and _THROUGH.search(text[: ends.start("when")]):
                day += timedelta(days=1)
            if day and not _CONDITION.search(ends["rest"]):
                for scope in scopes.ended(number, ends):
                    scopes.add(scope, _Days(ends[0], until=day))
        if (act := among.search(_ACT_BEGINS, number)) and (day := parse_date(act["when"])):
            if act["numbers"] is None:
                acts.append((day, act[0]))
            for place in scopes.sections(act["numbers"]) if act["numbers"] else ():
                scopes.add(place, _Days(act[0], since=day))
        if not short:
            continue
        if (begins := among.search(_BEGINS, number)) and (day := parse_date(begins["when"])):
            for scope in {number, scopes.begun(number, begins)}:
                scopes.add(scope, _Days(begins[0], since=day))
        starts = _STARTS.match(text) if number in among.may(_STARTS) else None
        if starts is None and passage.kind == "heading":
            starts = among.search(_HEADED, number)
        if starts:
            if days := _opened(starts):
                heads = passage.kind == "heading"
                scopes.add(scopes.under(number) if heads else number, days)
                begun = begun or (None if heads else (passage, days))
        elif passage.kind != "heading" and number in marked and ("[" in text or "(" in text):
            out[number] = _marked(passage)
    if acts:  # the sentences of amending acts stand beside the first one
        day, words = min(acts)
        scopes.add(((), ""), _Days(words, since=day))
    scopes.passages = tuple(out)
    return scopes.dated()


def _opened(opens: re.Match[str]) -> _Days | None:
    """The days of what opens with «Effective July 1, 2031,» or «Until 1 March 2025,»."""
    day, groups = parse_date(opens["when"]), opens.groupdict()
    if day is None:
        return None
    if groups.get("through") or groups.get("until"):
        return _Days(opens.string, until=day + timedelta(days=bool(groups["through"])))
    return _Days(opens.string, since=day)


def _marked(passage: Passage) -> Passage:
    """A passage with the days that a mark in brackets gives it alone."""
    force = read_force(passage.text)
    if force and force.text:
        since, until = passage.valid_from or force.since, passage.valid_until or force.until
        return replace(passage, valid_from=since, valid_until=until)
    if later := _FROM.search(passage.text):
        return replace(passage, valid_from=passage.valid_from or parse_date(later["when"]))
    period = _PERIOD.search(passage.text)
    first, last = (period and parse_date(period[name]) for name in ("first", "last"))
    if period and first and last and first < last < date.max:
        return replace(
            passage,
            valid_from=passage.valid_from or first,
            valid_until=passage.valid_until or last + timedelta(days=1),
            dated_by=period[0],
        )
    return passage


def _goes_on(begun: Passage, passage: Passage) -> bool:
    """Whether a passage is a part of one before that begins on a day."""
    anchor, below = begun.anchor or "", passage.anchor or ""
    inner = bool(anchor) and below.startswith(anchor) and below != anchor
    opens = not anchor and begun.text.rstrip()[-1:] in {":", "—", "-"}
    return passage.headings == begun.headings and (inner or opens)
