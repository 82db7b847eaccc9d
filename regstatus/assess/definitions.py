"""Definitions: whether a clause merely says what a word means."""

from functools import lru_cache

from regstatus.assess.clauses import Clause, without_marks
from regstatus.assess.lexicon import find_terms
from regstatus.assess.prefilter import LazyPattern, Words
from regstatus.model.vocabulary import WordPattern

_QUOTED = r"[\"“”„«»‘’'「『]\s*(?P<word>[^\"“”„«»「」『』]{2,90}?)\s*[\"“”»’'」』]"
_QUOTED_WORD = LazyPattern(
    # “Kratom” or “kratom product” means …; “Kratom product”, a food …
    rf"{_QUOTED}(?:\s*(?:,|,?\s*{{clause.joins}})\s*[\"“][^\"“”]{{2,60}}[\"”])*\s*,?\s*(?:[:–—-]\s*)?"
    r"(?:{definition.as_used}\s+[^,;]{3,60},?\s*)?"
    r"(?:{definition.means}|{definition.includes}|,?\s{definition.articles}\s)"
)
_DEFINITION = Words("definition", "unquoted sentences headings controlled")
# KRATOM: any part of the plant …, under a heading «Definitions».
_CAPITALS = WordPattern("(?-i:{definition.capitals})")
# “Hemp product” means …. It does not include …
_GOES_ON = WordPattern(r"\W*(?:\w+\s+){1,4}?{definition.includes}")
_DRUGS = LazyPattern("{drug_law.words}")


@lru_cache(maxsize=1024)
def _defined_word(text: str) -> str | None:
    """The word that a clause defines («» where it cannot be told), or None."""
    match = _QUOTED_WORD.search(text) or _DEFINITION.unquoted.search(without_marks(text), of=text)
    if match:
        return match["word"]
    if not _DEFINITION.sentences.search(text):
        return None
    # «Narkotika im Sinne dieses Gesetzes sind …»: what follows is no mere meaning of a word.
    first = next(iter(find_terms(text)), None)
    return None if first and _DRUGS.search(text[: first.start]) else ""


@lru_cache(maxsize=1024)
def _governing_word(clause: Clause) -> str | None:
    capitals = _CAPITALS.match(clause.text)
    if capitals:
        near = " ".join((*clause.passage.headings[-2:], clause.governing))
        if _DEFINITION.headings.search(near):
            return capitals["word"]
    above = clause.before if clause.start and _GOES_ON.match(clause.text) else None
    said = (clause, *([above] if above else ()), *reversed(clause.leads))
    words = (_defined_word(one.text) for one in said)
    return next((word for word in words if word is not None), None)


def defines(clause: Clause) -> bool:
    """Whether the clause, or a clause that governs it, gives a word its meaning and no more."""
    word = _governing_word(clause)
    return word is not None and not _DEFINITION.controlled.search(word)


def defines_other(clause: Clause) -> bool:
    """Whether the word that is given a meaning names no drugs.

    What is no «eligible property», or no kratom product, is left out of no list.
    """
    word = _governing_word(clause) or ""
    return word != "" and not (_DEFINITION.controlled.search(word) or _DRUGS.search(word))


def controlled_class(clause: Clause) -> bool:
    """Whether the clause helps to define a class that is controlled as such."""
    word = _governing_word(clause)
    return bool(word and _DEFINITION.controlled.search(word))
