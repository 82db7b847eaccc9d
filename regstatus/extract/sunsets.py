"""Sunsets: provisions that begin or end on a day that a sentence of theirs names.

«This subsection (2) is repealed, effective July 1, 2021» ends what stands round it, and «Effective
July 1, 2031, a person shall not:» begins what follows. A mark in brackets behind an entry dates the
entry alone. Each passage gets its days, so that it speaks only while it is law.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from regstatus.extract.force import read_force
from regstatus.model.text import Passage
from regstatus.model.vocabulary import WordPattern
from regstatus.model.written_days import DATE, parse_date

_ENDS = WordPattern(rf"{{force.ends_itself}}\W{{0,3}}(?P<when>{DATE})(?P<rest>.{{0,80}})")
_STARTS = WordPattern(
    rf"(?:\W*(?:\(\w{{1,5}}\)|\w{{1,3}}[.)])\s*){{0,3}}{{force.starts}}\W{{0,2}}(?P<when>{DATE})\W"
)
_THROUGH = WordPattern(r"{force.through}\W*$")
_CONDITION = WordPattern("{repeal.not_yet}|{force.conditions}|{placement.conditions}")
_BEGINS = WordPattern(rf"{{force.begins_itself}}\W{{0,3}}(?P<when>{DATE})")
_FROM = WordPattern(
    rf"[\[(]\s*(?:{{force.from}}|{{force.starts}})\W{{0,2}}(?P<when>{DATE})\s*[\])]"
)
_HEADED = WordPattern(rf"(?:{{force.begins}}|{{force.starts}})\W{{0,2}}(?P<when>{DATE})")
_SMALL = {"subsection", "paragraph", "subparagraph", "subdivision", "clause", "item", "entry"}
_SECTIONS = {"section", "rule", "article"}
_LONGEST = 600
"""Characters of a passage that can be a provision of its own: longer ones hold many."""
_MARKS = 200
"""Sentences that date others in one text: each is asked of all passages, and a hostile page has many."""
_LABELS = re.compile(r"\(\w{1,4}\)")


def dated_by_sentences(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """The passages, each with the days of force that sentences of the text give it."""
    out = list(passages)
    marks = 0
    for number, passage in enumerate(passages):
        text = passage.text
        if marks > _MARKS:
            break
        if passage.kind == "note" or not any(char.isdigit() for char in text[:_LONGEST]):
            continue
        if ends := _ENDS.search(text):
            marks += 1
            day = parse_date(ends["when"])
            if day and _THROUGH.search(ends[0][: ends.start("when") - ends.start()]):
                day = date.fromordinal(day.toordinal() + 1)
            if day and not _CONDITION.search(ends["rest"]):
                for index in _ended(passages, number, ends):
                    out[index] = _until(out[index], day)
        if len(text) > _LONGEST:
            continue
        starts = _STARTS.match(text)
        if starts is None and passage.kind == "heading":
            starts = _HEADED.search(text)
        if begins := _BEGINS.search(text):
            marks += 1
            day = parse_date(begins["when"])
            for index in _under(passages, number) if day else ():
                out[index] = replace(out[index], valid_from=out[index].valid_from or day)
        if starts:
            marks += 1
            day = parse_date(starts["when"])
            for index in _begun(passages, number) if day else ():
                out[index] = replace(out[index], valid_from=out[index].valid_from or day)
        elif passage.kind != "heading" and ("[" in text or "(" in text):
            force, mine, later = read_force(text), out[number], _FROM.search(text)
            if force and force.text:
                since, until = mine.valid_from or force.since, mine.valid_until or force.until
                out[number] = replace(mine, valid_from=since, valid_until=until)
            elif later:
                since = mine.valid_from or parse_date(later["when"])
                out[number] = replace(mine, valid_from=since)
    return tuple(out)


def _until(passage: Passage, day: date) -> Passage:
    known = passage.valid_until
    return replace(passage, valid_until=min(known, day) if known else day)


def _ended(passages: tuple[Passage, ...], number: int, ends: re.Match[str]) -> list[int]:
    """The passages of the provision that ends itself."""
    own, part = passages[number], ends["part"].lower()
    if part in _SMALL:
        labels = _LABELS.findall(ends["label"]) or _LABELS.findall(own.anchor or "")[:1]
        if not labels:
            return [number]
        path = "".join(labels)
        return [
            n
            for n, one in enumerate(passages)
            if one.headings == own.headings and _starts_with_labels(one.anchor or "", path)
        ]
    return _under(passages, number) if part in _SECTIONS else list(range(len(passages)))


def _under(passages: tuple[Passage, ...], number: int) -> list[int]:
    """A passage, and those under the same headings, or under it where it is a heading."""
    own = passages[number]
    path = (*own.headings, own.text) if own.kind == "heading" else own.headings
    if not path:
        return [number]
    return [n for n, p in enumerate(passages) if n == number or p.headings[: len(path)] == path]


def _starts_with_labels(anchor: str, path: str) -> bool:
    """Whether the labels of a pinpoint such as `44-5(2)(b)` begin with some others."""
    at = anchor.find("(")
    return at >= 0 and anchor[at:].startswith(path)


def _begun(passages: tuple[Passage, ...], number: int) -> list[int]:
    """A passage that begins on a day, and the parts of it that follow."""
    own, found = passages[number], [number]
    if own.kind == "heading":
        return _under(passages, number)
    opens = own.text.rstrip()[-1:] in {":", "—", "-"}
    anchor = own.anchor or ""
    for index in range(number + 1, len(passages)):
        one = passages[index]
        below = one.anchor or ""
        inner = bool(anchor) and below.startswith(anchor) and below != anchor
        if one.headings != own.headings or not (inner or (opens and not anchor)):
            break
        found.append(index)
    return found
