"""Scope: which clauses speak of kratom, and which of something else on the same page.

A page may hold the kratom chapter between one on tobacco and one on alcohol; a
consumer code may have one item on kratom among a hundred. An age or a duty
counts only where the clause itself, what governs it, its section or its chapter
is about kratom.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from regstatus.assess.clauses import Clause
from regstatus.assess.lexicon import find_terms

__all__ = ["about_kratom"]

_CHAPTER = re.compile(
    r"^\W*(chapter|article|part|subchapter|subpart|title|division|act|kapitel|hlava|rozdział|"
    r"kapitola|chapitre|capítulo|capo|titolo|titre|título|luku|กระทรวง|หมวด)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(tobacco|nicotine|vapor product|cigarettes?|alcohol(?:ic)?|liquor|beer|wine|cannabis|"
    r"marijuana|marihuana|hemp|cannabinoid|firearm|ammunition|gambling|lottery|tattoo|fireworks|"
    r"tianeptine|nitrous oxide|kava|tabák\w*|tabak\w*|alkohol\w*|tobak\w*|tupak\w*|tabac|tabaco|"
    r"tabacco|konop\w*)\b",
    re.IGNORECASE,
)


def _dense(section: Sequence[Clause]) -> bool:
    """Whether a section is about kratom as a whole, not in one of many items."""
    named = sum(1 for clause in section if any(not t.contextual for t in clause.terms))
    return named >= 2 and named * 4 >= len(section)


def about_kratom(clauses: Sequence[Clause], title: str | None) -> list[bool]:
    """For each clause, whether what it says is said of kratom.

    A clause that names tobacco or another good and not kratom never is.
    """
    titled = bool(title and find_terms(title))
    headed: dict[tuple[str, ...], bool] = {}
    sections: dict[int, list[Clause]] = {}
    governed: Counter[int] = Counter()
    for clause in clauses:
        path = clause.passage.headings
        if path not in headed:
            headed[path] = any(find_terms(heading) for heading in path)
        sections.setdefault(clause.section, []).append(clause)
        if clause.terms:
            # a clause is also spoken of by what stands directly under it
            governed.update(clause.leads[-1:])
    dense = {number for number, section in sections.items() if _dense(section)}
    about: list[bool] = []
    chapter: tuple[str, bool] | None = None
    for clause in clauses:
        if clause.start == 0 and len(clause.passage.text) < 250:
            opening = _CHAPTER.match(clause.passage.text)
            if opening:
                names = bool(find_terms(clause.passage.text))
                word = opening.group(1).lower()
                if names or chapter is None or chapter[0] == word:
                    chapter = (word, names)
        own = bool(clause.terms)
        wide = (
            titled
            or headed[clause.passage.headings]
            or clause.section in dense
            or (chapter is not None and chapter[1])
            or any(clauses[i].terms for i in clause.leads)
            or governed[clause.index] > 0
        )
        about.append(own or (wide and not _OTHER.search(clause.text)))
    return about
