"""Definitions: whether a clause merely says what a word means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from regstatus.assess.clauses import Clause, without_marks
from regstatus.assess.lexicon import find_terms, may_name
from regstatus.assess.prefilter import LazyPattern
from regstatus.assess.schedules import DRUGS

__all__ = ["controlled_class", "defines", "defines_kratom"]

_QUOTED = r"[\"“”„«»‘’'「『]\s*(?P<word>[^\"“”„«»「」『』]{2,90}?)\s*[\"“”»’'」』]"
_MEANS = (
    r"(?:has\s+the\s+(?:same\s+)?meaning|have\s+the\s+meaning|means?\b|shall\s+mean|"
    r"is\s+(?:hereby\s+)?defined|refers?\s+to|shall\s+refer|bedeutet|bezeichnet|ist\b|sind\b|"
    r"znamená|oznacza|sign?ifie|désigne|significa|bermaksud|ertinya|adalah)"
)
_INCLUDES = r"(?:shall\s+)?(?:also\s+)?includes?\b"
_DEFINITION = LazyPattern(
    # “Kratom” or “kratom product” means …; “Kratom product”, a food …
    rf"{_QUOTED}(?:\s*(?:,|or|and|,\s*or)\s*[\"“][^\"“”]{{2,60}}[\"”])*\s*,?\s*(?:[:–—-]\s*)?"
    rf"(?:as\s+used\s+in\s+[^,;]{{3,60}},?\s*)?(?:{_MEANS}|{_INCLUDES}|,?\s(?:a|an|any|the)\s)",
    re.IGNORECASE,
)
_UNQUOTED = LazyPattern(
    r"^\W*(?:the\s+term\s+|as\s+used\s+in\s+[^,;]{3,60},\s*)?(?P<word>[A-Za-zÀ-ž][^.;:,\"“]{2,60}?)"
    r"\s*(?:[:–—-]\s*)?(?:means?\b(?!\s+(?:of|to|that))|shall\s+mean|is\s+defined\s+as|has\s+the\s+(?:same\s+)?meaning)",
    re.IGNORECASE,
)
# KRATOM: any part of the plant …, under a heading «Definitions».
_CAPITALS = re.compile(
    r"^\W*(?P<word>[A-Z][A-Z ()/-]{2,50})\s*[:.–—-]+\s*(?:A|An|Any|The|All|Means)\b"
)
_FOREIGN = LazyPattern(
    r"\bim\s+sinne\s+(?:dieses|dieser|des)\b|\b(?:se\s+)?rozumí\b|\brozumie\b|\brozumieć\b|"
    r"\bavses\b|\bforstås\b|\btarkoitetaan\b|\bmõistetakse\b|\bon\s+entend\s+par\b|\bs'entend\b|"
    r"\bse\s+entiende\s+por\b|\bentende-se\b|\bsi\s+intend(?:e|ono)\b|\bwordt\s+(?:onder\b.{1,60}\s)?verstaan\b|"
    r"\bmenes\b|\bátt\s+við\b|\bizpratnē\b|\bsuprantam\w+|\balkalmazásában\b|\bifade\s+eder\b|\bпо\s+смисъла\s+на\b|"
    r"\bpomeni(?:jo)?\b|\bpodrazum(?:ij)?eva\w*|\bподразумева\w*|\bνο(?:είται|ούνται)|\byang\s+dimaksud\s+dengan\b|"
    r"\bđược\s+hiểu\s+là\b|"
    r"\bпонима(?:ется|ются)\b|\bозначає\b|\bозначает\b|\bse\s+înțelege\b|หมายความว่า|หมายถึง|"
    r"をいう|이란\b|라\s?함은|(?:是|係|本法所称)指",
    re.IGNORECASE,
)
# Defining one of these is controlling what the definition holds.
_CONTROLLED = LazyPattern(
    r"synthetic\s+drug|controlled\s+(?:dangerous\s+)?substance|dangerous\s+drug|regulated\s+drug|"
    r"prohibited\s+(?:plant|substance|drug)|hallucinogenic\s+plant|hallucinogen|narcotic|scheduled|"
    r"schedule\s+[IVX\d]|illegal\s+drug|designer\s+drug|intoxicating\s+(?:substance|compound)|"
    r"(?:novel|new|illicit)\s+(?:synthetic|psychoactive)|synthetic\s+(?:opioid|opiate)|"
    r"betäubungsmittel|narkotika|stupéfiant|estupefaciente|stupefacent",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def _defined_word(text: str) -> str | None:
    """The word that a clause defines («» where it cannot be told), or None."""
    match = _DEFINITION.search(text) or _UNQUOTED.search(without_marks(text))
    if match:
        return match["word"]
    if not _FOREIGN.search(text):
        return None
    # «Narkotika im Sinne dieses Gesetzes sind …»: what follows is no mere meaning of a word.
    first = next(iter(find_terms(text)), None)
    return None if first and DRUGS.search(text[: first.start]) else ""


def _governing_word(clause: Clause, clauses: Sequence[Clause]) -> str | None:
    capitals = _CAPITALS.match(clause.text)
    if capitals:
        near = " ".join((*clause.passage.headings[-2:], *(clauses[i].text for i in clause.leads)))
        if re.search(r"definition|following\s+(?:words|terms)", near, re.IGNORECASE):
            return capitals["word"]
    for said in (clause, *(clauses[i] for i in reversed(clause.leads))):
        word = _defined_word(said.text)
        if word is not None:
            return word
    return None


def defines(clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether the clause, or a clause that governs it, gives a word its meaning and no more."""
    word = _governing_word(clause, clauses)
    return word is not None and not _CONTROLLED.search(word)


def defines_kratom(clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether the word that is given a meaning is kratom itself.

    What the definition of a kratom product leaves out is no exclusion from a law.
    """
    word = _governing_word(clause, clauses)
    return bool(word and may_name(word, alone=True))


def controlled_class(clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether the clause helps to define a class that is controlled as such."""
    word = _governing_word(clause, clauses)
    return bool(word and _CONTROLLED.search(word))
