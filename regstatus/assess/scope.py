"""Scope: which clauses speak of kratom, and which of something else on the same page.

A page may hold the kratom chapter between one on tobacco and one on alcohol; a
consumer code may have one item on kratom among a hundred. An age or a duty
counts only where the clause itself, what governs it, its section or its chapter
is about kratom.
"""

from collections.abc import Sequence
from functools import lru_cache

from regstatus.assess.clauses import Clause, by_sections
from regstatus.assess.lexicon import find_terms
from regstatus.assess.prefilter import LazyPattern
from regstatus.model.sieve import Sieve
from regstatus.model.vocabulary import WordPattern

# A law may never say the name and still be its law: the Czech act speaks of another category.
_TOPIC = WordPattern("{scope.topics}")

_CHAPTER = WordPattern(r"^\W*({division.chapters})")
_OTHER = LazyPattern("{scope.other_goods}")
_SECTION_NUMBER = WordPattern(
    r"^\W*(?:§+\s*|{clause.numbers_of_sections}\s*)?(?P<family>(?:\d+[A-Za-z]{0,2}[-.:])+)\d+"
)


@lru_cache(maxsize=1024)
def _is_topic(text: str) -> bool:
    """Whether `text` names kratom, or the legal category that was made for it."""
    return bool(find_terms(text)) or bool(_TOPIC.search(text))


def _names(clause: Clause) -> bool:
    return any(not term.contextual for term in clause.terms)


def _families(sections: dict[int, list[Clause]]) -> set[int]:
    """Sections numbered alike (6.40.010, 6.40.020, …), where at least half of them name kratom."""
    families: dict[str, dict[str, list[int]]] = {}
    for number, section in sections.items():
        first = section[0]
        for words in (first.text, *first.passage.headings[-1:]):
            match = _SECTION_NUMBER.match(words)
            if match:
                of_family = families.setdefault(match["family"], {})
                of_family.setdefault(match[0], []).append(number)  # its heading, and its text
                break
    about: set[int] = set()
    for members in families.values():
        named = sum(any(_names(c) for n in own for c in sections[n]) for own in members.values())
        if named * 2 >= len(members) > 1:
            about.update(*members.values())
    return about


def mark_about_kratom(clauses: Sequence[Clause], title: str | None, texts: Sieve) -> None:
    """Tell each clause, of which the texts are given, whether what it says is said of kratom.

    A clause that names tobacco or another good and not kratom never is.
    """
    topics, others = texts.holding(_TOPIC), texts.holding(_OTHER)
    headings = {heading for clause in clauses for heading in clause.passage.headings}
    titles = {*filter(_is_topic, headings)}

    # A short act may name its subject in one section, and its penalties in another.
    short = sum(map(_names, clauses)) * 3 >= len(clauses)
    titled = bool(title and _is_topic(title)) or (
        short and others.isdisjoint(clause.text for clause in clauses)
    )
    sections = by_sections(clauses)
    # A clause is also spoken of by what stands directly under it.
    governing = {lead for clause in clauses if clause.terms for lead in clause.leads[-1:]}
    # Such a section is about kratom as a whole, not in one of many items.
    dense = {n for n, section in sections.items() if sum(map(_names, section)) * 3 >= len(section)}
    dense |= _families(sections)
    chapter: tuple[str, bool] | None = None
    for clause in clauses:
        if clause.start == 0 and len(clause.passage.text) < 250:
            opening = _CHAPTER.match(clause.passage.text)
            if opening:
                names = _is_topic(clause.passage.text)
                word = opening.group(1).lower()
                if names or chapter is None or chapter[0] == word:
                    chapter = (word, names)
        own = bool(clause.terms) or clause.text in topics
        wide = (
            titled
            or not titles.isdisjoint(clause.passage.headings)
            or clause.section in dense
            or (chapter is not None and chapter[1])
            or any(lead.terms for lead in clause.leads)
            or clause in governing
        )
        clause.about = own or (wide and clause.text not in others)
