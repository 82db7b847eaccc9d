"""Repeals: what stands under «[Repealed]» and speaks no more.

A repealed *section* is silent as a whole. A repealed *entry* of a list is silent alone:
its neighbours, which may be new, go on speaking.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from regstatus.assess.clauses import Clause, by_sections, without_marks
from regstatus.assess.lexicon import Term
from regstatus.assess.prefilter import LazyPattern
from regstatus.model.sieve import Sieve
from regstatus.model.vocabulary import WordPattern

_REPEALED = LazyPattern(r"[\[((<]\s*{repeal.marks}(?![^\W\d_])|{repeal.sentences}")
_IS_REPEALED = LazyPattern("{repeal.verbs}")
# The number or title with which a section begins; «(5)» begins an entry.
_TITLE = WordPattern(r"^\W*(?:§|{clause.titles}|\d+[A-Za-z]{0,2}[-.:]\d|\d+[a-z]?\s*§)")
# The name of an entry, and what parts a mark behind it from the next entry.
_NAME = re.compile(r"[^\W\d_]{3}|[\u3040-\u9fff\uac00-\ud7af]{2}")
_NEXT_ENTRY = re.compile(r"[^\])）>,;|]{0,40}[\])）>]\s*[,;、]")
_ALONE = WordPattern(r"^\W*{repeal.alone}\W*$")


@lru_cache(maxsize=1024)
def _repealed_title(text: str) -> bool:
    return bool(_TITLE.match(text) and _REPEALED.search(text[:220], of=text))


def _silent_sections(clauses: Sequence[Clause], may: set[str]) -> set[int]:
    """Sections that are repealed as a whole: by their title, or with nothing else but notes in them."""
    gone: set[int] = set()
    for number, section in by_sections(clauses).items():
        spoken = [clause for clause in section if clause.passage.kind != "note"]
        opens = spoken[0].passage.text if spoken and spoken[0].start == 0 else ""
        if opens in may and _repealed_title(opens):
            if len({clause.number for clause in spoken}) > 1 and len(opens) >= 160:
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


def take_repealed(clauses: Sequence[Clause], texts: Sieve) -> list[Clause]:
    """Take from clauses, whose texts are given, the names that are repealed.

    Returns:
        What was repealed: copies of its clauses with the names that they have lost.
    """
    may = {*texts.among(_REPEALED, _IS_REPEALED)}
    gone = _silent_sections(clauses, may)
    out = []
    for clause in clauses:
        headings, text = clause.passage.headings, clause.text
        whole = clause.section in gone or any(map(_repealed_title, may.intersection(headings)))
        if not whole and not (
            clause.terms
            and text in may
            and (_IS_REPEALED.search(text) or _REPEALED.search(text[:220], of=text))
        ):
            continue
        silent = clause.terms if whole else _repealed_terms(clause)
        if silent or not clause.terms:
            out.append(replace(clause, terms=silent))
            clause.terms = tuple(term for term in clause.terms if term not in silent)
    return out
