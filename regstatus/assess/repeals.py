"""Repeals: what stands under «[Repealed]» and speaks no more.

A repealed *section* is silent as a whole. A repealed *entry* of a list is silent alone:
its neighbours, which may be new, go on speaking.
"""

from __future__ import annotations

import re
from dataclasses import replace

from regstatus.assess.clauses import Clause, by_headings, without_marks
from regstatus.assess.lexicon import Term
from regstatus.assess.prefilter import LazyPattern
from regstatus.model.vocabulary import WordPattern

__all__ = ["without_repealed"]

_REPEALED = LazyPattern(r"[\[((<]\s*{repeal.marks}(?![^\W\d_])|{repeal.sentences}")
_IS_REPEALED = LazyPattern("{repeal.verbs}")
# The number or title with which a section begins; «(5)» begins an entry.
_TITLE = WordPattern(r"^\W*(?:§|{clause.titles}|\d+[A-Za-z]{0,2}[-.:]\d|\d+[a-z]?\s*§)")
# The name of an entry, and what parts a mark behind it from the next entry.
_NAME = re.compile(r"[^\W\d_]{3}|[\u3040-\u9fff\uac00-\ud7af]{2}")
_NEXT_ENTRY = re.compile(r"[^\])）>,;|]{0,40}[\])）>]\s*[,;、]")
_ALONE = WordPattern(r"^\W*{repeal.alone}\W*$")


def _repealed_title(text: str) -> bool:
    return bool(_TITLE.match(text) and _REPEALED.search(text[:220]))


def _silent_sections(clauses: tuple[Clause, ...]) -> set[int]:
    """Sections that are repealed as a whole: by their title, or with nothing else but notes in them."""
    sections: dict[int, list[Clause]] = {}
    for clause in clauses:
        sections.setdefault(clause.section, []).append(clause)
    gone: set[int] = set()
    for number, section in sections.items():
        spoken = [clause for clause in section if clause.passage.kind != "note"]
        if spoken and _repealed_title(spoken[0].passage.text if spoken[0].start == 0 else ""):
            if len({clause.number for clause in spoken}) > 1 and len(spoken[0].passage.text) >= 160:
                continue
            gone.add(number)
        elif (
            spoken
            and all(_ALONE.match(clause.text) for clause in spoken[1:] or spoken)
            and (len(spoken) == 1 or _TITLE.match(spoken[0].passage.text))
        ):
            gone.add(number)
    return gone


def _repealed_terms(clause: Clause) -> tuple[Term, ...]:
    """The names that a mark in a clause silences: all, save those of the entries behind it.

    «Heroin (gestrichen), Mitragynin»: the mark stands behind another entry's name.
    """
    mark = _REPEALED.search(clause.text[:220])
    if mark is None or _IS_REPEALED.search(clause.text) or mark.group()[0] not in "[(（<":
        return clause.terms
    before = without_marks(clause.text[: mark.start()])
    if _TITLE.match(clause.text) or not _NAME.search(before):
        return clause.terms
    if not _NEXT_ENTRY.match(clause.text, mark.end()):
        return clause.terms
    silent = tuple(term for term in clause.terms if term.start < mark.end())
    named = {term.substance for term in silent}
    return tuple(t for t in clause.terms if t in silent or t.substance in named)


def without_repealed(
    clauses: tuple[Clause, ...],
) -> tuple[tuple[Clause, ...], tuple[Clause, ...]]:
    """Part what speaks from what is repealed.

    Returns:
        All clauses, the repealed ones without their terms; and the repealed ones as they were.
    """
    gone = _silent_sections(clauses)
    headed = by_headings(clauses, _repealed_title)

    def whole(clause: Clause) -> bool:
        return clause.section in gone or headed[clause.passage.headings]

    def silent(clause: Clause) -> tuple[Term, ...]:
        return clause.terms if whole(clause) else _repealed_terms(clause)

    out = tuple(
        clause
        for clause in clauses
        if whole(clause)
        or (
            clause.terms
            and (_IS_REPEALED.search(clause.text) or _REPEALED.search(clause.text[:220]))
        )
    )
    out = tuple(replace(c, terms=terms) for c in out if (terms := silent(c)) or not c.terms)
    if not out:
        return clauses, ()
    withdrawn = {clause.index: clause.terms for clause in out}
    kept = tuple(
        replace(c, terms=tuple(t for t in c.terms if t not in withdrawn[c.index]))
        if c.index in withdrawn
        else c
        for c in clauses
    )
    return kept, out
