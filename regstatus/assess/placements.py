"""Placements: sentences that place a name in a schedule, take it out, or say that it stands in none.

A verb alone places nothing («dodaje się» adds anything to anything), and neither does the noun («narcotic»);
only both in one sentence do.

«Kratom stryks ur bilaga 1» and «พืชกระท่อมไม่เป็นยาเสพติดให้โทษ» have the noun and often the verb of a
placement, and enact its contrary. English has its own words in `exclusions` and `repeals`;
here are its open lists («the following are removed from Schedule I:») and «no longer».
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from regstatus.assess.clauses import Clause
from regstatus.assess.lexicon import Term
from regstatus.assess.prefilter import LazyPattern, Words
from regstatus.model.vocabulary import WordPattern

_NEAR = 160
"""Characters between a name and the verb that is said of it."""
_OPENING = 240
"""Characters between a verb and the colon of the list that it opens."""

_PLACEMENT = Words("placement", "verbs nouns another")
# «If any alkaloid of kratom is considered a controlled substance, …» supposes, and places nothing.
_SUPPOSES = WordPattern(
    r"^\W*{placement.conditions}\b[^,;:]*$|"
    r"\b{placement.conditions}\s+(?:[^\W\d_]+\s+){0,2}[\"“„«(]?$"
)
_REMOVAL = Words("removal", "verbs insertions")
# What a name is said not to be, or not to stand in; the copula is in it, so that
# «soweit nicht in Anlage II aufgeführt» is no denial.
_DENIED = LazyPattern(
    r"{removal.denials}\s+(?:[^\W\d_][\w'’-]*\s+){0,5}?[^\W\d_]*?(?:{drug_law.words}|{removal.list_words})|"
    r"{removal.denying_sentences}",
    hint=r"(?:{drug_law.words}|{removal.list_words}|{removal.denying_sentences})",
)
# «… pokud nejsou uvedeny v jiné příloze»: a condition or a relative clause denies nothing.
_UNLESS = WordPattern(r"{removal.unless}\W+(?:\w+\W+){0,2}$")
_THAI = re.compile("[\u0e00-\u0e7f]")
_Span = tuple[int, int]


@lru_cache(maxsize=256)
def designates(text: str) -> bool:
    """Whether a sentence has the verb and the noun of a placement; each of its terms asks."""
    verbs = _PLACEMENT.verbs.finditer(text) if _PLACEMENT.nouns.search(text) else ()
    return any(
        not _PLACEMENT.another.search(text[max(0, v.start() - 80) : v.start()]) for v in verbs
    )


def conditional(before: str) -> bool:
    """Whether the words before a name make its sentence a condition."""
    return _SUPPOSES.search(before) is not None


def _denials(text: str) -> Iterator[_Span]:
    for match in _DENIED.finditer(text):
        if not _UNLESS.search(text[max(0, match.start() - 40) : match.start()]):
            yield match.span()


def _verbs(text: str) -> Iterator[_Span]:
    """Where a text takes something out; a mark in brackets belongs to the entry before it."""
    for match in _REMOVAL.verbs.finditer(text):
        if text[: match.start()].rstrip(" \t")[-1:] not in {"(", "[", "<", "（"}:
            yield match.span()


def _distance(text: str, span: _Span, term: Term) -> int | None:
    """How far a verb stands from a name, or None where it is not said of it."""
    start, end = span
    if start >= term.end:
        return gap if (gap := start - term.end) <= _NEAR else None
    gap = max(0, term.start - end)
    if gap <= _NEAR:
        return gap
    colon = max(text.find(sign, end, term.start) for sign in ":：")
    return gap if 0 <= colon - end <= _OPENING else None


def _nearest(text: str, spans: Sequence[_Span], term: Term) -> int | None:
    found = [far for span in spans if (far := _distance(text, span, term)) is not None]
    return min(found, default=None)


@lru_cache(maxsize=256)
def _opens_removal(text: str) -> bool | None:
    """Whether words above a list take its items out (True), put them in (False) or neither."""
    out = [end for _, end in _verbs(text)]
    put = [match.end() for match in _REMOVAL.insertions.finditer(text)]
    if out and (not put or max(out) > max(put)):
        return True
    return False if put or _PLACEMENT.verbs.search(text) else None


@lru_cache(maxsize=256)
def _verbs_of(text: str) -> tuple[tuple[_Span, ...], tuple[_Span, ...]]:
    """Where a sentence takes out or denies, and where it puts in; each of its terms asks."""
    against = (*_denials(text), *_verbs(text))
    if not against:
        return (), ()
    spans = [
        match.span()
        for match in (*_REMOVAL.insertions.finditer(text), *_PLACEMENT.verbs.finditer(text))
    ]
    free = [p for p in spans if not any(a < p[1] and p[0] < b for a, b in against)]
    return against, tuple(free)


def removed(clause: Clause, term: Term) -> bool:
    """Whether a term is taken out of a list, or said not to stand in one.

    The sentence itself decides, by the verb that is nearest to the name; if it has none,
    the words that open the list it stands in, and then the heading right above it.
    """
    text = clause.text
    against, placing = _verbs_of(text)
    far = _nearest(text, against, term)
    if far is not None:
        near = _nearest(text, placing, term)
        return near is None or far <= near
    for lead in reversed(clause.leads):
        said = _opens_removal(lead.text)
        if said is not None:
            return said
    before = clause.before if clause.start else None
    if before and _THAI.search(text) and _opens_removal(before.text):
        return True  # cut at a space, in the midst of a sentence
    path = clause.passage.headings
    return bool(path) and clause.passage.kind != "heading" and _opens_removal(path[-1]) is True
