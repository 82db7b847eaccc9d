"""Exclusions: whether a term is expressly left out by the words round it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from regstatus.assess.clauses import Clause
from regstatus.assess.leftout import EXCEPT_AFTER, EXCEPT_BEFORE, sets_apart, spares
from regstatus.assess.lexicon import Term
from regstatus.assess.prefilter import LazyPattern

__all__ = ["excluded", "left_out"]

_NEAR = 400
"""Characters before a name within which the words that leave it out begin, with room to spare."""

# «Unless specifically excepted or listed in another schedule» opens every schedule and excludes nothing.
_FORMULA = LazyPattern(
    r"\b(?:unless|except(?:\s+as)?|if\s+not)\s+(?:specifically|otherwise|expressly)?\s*"
    r"(?:excepted|exempted|excluded|listed|contained|included|provided|authorized|permitted|modified)"
    r"(?:\s*(?:,|or|and)\s*(?:unless\s+)?(?:specifically\s+)?(?:excepted|exempted|excluded|listed|contained|included)"
    r"(?:\s+(?:in|under|by)\s+(?:another|any\s+other)\s+\w+)?)*",
    re.IGNORECASE,
)
_BEFORE = (
    r"\b(?:do|does|did|shall|will|may)\s+not\s+(?:be\s+(?:construed|deemed)\s+to\s+)?include\b|\bnot\s+including\b|"
    r"\bexclud(?:es?|ing)\b|\bother\s+than\b|\bwith\s+the\s+exceptions?\s+of\b|\bexempt(?:s|ing)?\b|"
    r"\bapart\s+from\b|\bexcept(?:ing|ions?)?(?:\s+for)?\b(?!\s+(?:as|that|when|if|where|by|in|to|pursuant|under|"
    r"with|upon|otherwise|a\s+person|any\s+person|levo|dextro))|" + EXCEPT_BEFORE
)
_MARK_BEFORE = LazyPattern(_BEFORE, re.IGNORECASE)
_AFTER = LazyPattern(
    r"^[^.;:]{0,90}?(?:\b(?:is|are|shall\s+be|was|were)\s+(?:hereby\s+)?(?:specifically\s+)?(?:excluded|exempt(?:ed)?)\b)|"
    # Behind a comma or in brackets the word begins what is left out of the thing named.
    rf"^[^.;:,、(（]{{0,90}}?(?:{EXCEPT_AFTER})",
    re.IGNORECASE,
)
_NOT_CONTROLLED = LazyPattern(
    r"^[^.;:]{0,60}?\b(?:is|are|was|were|shall|may|does|do|has|have|had)(?:\s+not|n[’']t)\s+(?:(?:currently|presently|yet|now|"
    r"itself|federally|specifically|been|at\s+this\s+time)\s+){0,3}(?:be\s+)?(?:(?:a|an|considered|deemed|construed|classified|"
    r"treated|constitute|regarded|designated|listed|placed|included|federal|state|in|on|under|any)\s+(?:(?:to\s+be|as|a|an|the)\s+)*)?(?:controlled|scheduled?|narcotic|"
    r"dangerous\s+drug|illegal|prohibited|subject\s+to\s+(?:this|the)\s+(?:schedule|section|chapter))",
    re.IGNORECASE,
)
_NOT_APPLY = LazyPattern(
    r"\b(?:shall|does|do|will)\s+not\s+apply\s+to\s+(?:(?:the|any|a|plants?|leaf|leaves|products?|containing|of|natural|"
    r"raw|pure|botanical|unadulterated|or|and|to|@)[\s,]+){0,9}$",
    re.IGNORECASE,
)
# A new verb, or a list that begins anew, ends what an exclusion reaches.
_RESET = LazyPattern(
    r"[.;]|,?\s+\b(?:and|but|or)\s+(?:also\s+)?(?:does|do|shall|is|are|has|have|may|must|which|includes?|prepares?)\b|"
    r"\bbut\s+includ|\bprohibited\b|"
    r"\b(?:labels?|labell?ing|warnings?|statements?|information|servings?|address|certificates?|packaging|instructions)\b",
    re.IGNORECASE,
)
# «mixed with a substance other than kratom» speaks of adulteration and leaves nothing out.
_ADULTERANT = LazyPattern(
    r"\b(?:mixed|packed|contain\w*|adulterat\w*|contaminat\w*|combined|add(?:ed|s))\s+(?:\w+\s+){0,4}"
    r"(?:substances?|ingredients?|materials?|compounds?|drugs?)\s+(?:that\s+is\s+)?$",
    re.IGNORECASE,
)
_LEAD_END = LazyPattern(
    rf"(?:{_BEFORE}|\b(?:shall|does|do)\s+not\s+apply\s+to\b)"
    r"(?:\s+(?:any|all|one|or\s+more|of|the|following|either|both|to|such|substances?|products?|plants?|materials?|"
    r"items?)\b){0,8}\s*[,:：—–-]*\s*$",
    re.IGNORECASE,
)
_JOINED = LazyPattern(
    # «, a» is no «and» but the Hungarian article.
    r"\s*(?:products?|leaf|leaves)?(?:,?\s*(?:and|or|und|oder|et|y|e|ja|och|og|nebo|i|и|та)|\s+a)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_PERSON = LazyPattern(
    r"\b(?:person|individual|pharmac\w+|physician|practitioner|researcher|laborator\w+|retailer|processor|"
    r"law\s+enforcement|who|sale|possession|transfer)\b",
    re.IGNORECASE,
)


def _reaches(between: str) -> bool:
    """Whether an exclusion still holds after the words `between` it and a term."""
    if len(between) > 240 or _RESET.search(between):
        return False
    depth = 0
    for character in between:
        depth += (character == "(") - (character == ")")
        if depth < 0:  # the exclusion stood in a parenthesis that has closed
            return False
    return True


def _ends_after(text: str, terms: Sequence[Term]) -> list[int]:
    """For each term where the words end that may be said of it: at the next that «and» does not join."""
    ends = [len(text)] * len(terms)
    for number in range(len(terms) - 2, -1, -1):
        end, start = terms[number].end, terms[number + 1].start
        ends[number] = ends[number + 1] if _JOINED.fullmatch(text, end, start) else start
    return ends


def _others_marked(text: str, terms: Sequence[Term], number: int) -> str:
    """The words before a term with the names among them as «@»: «… not apply to @ or to kratom»."""
    end = terms[number].start
    start = max(0, end - _NEAR)
    words = text[start:end]
    for other in reversed(terms[:number]):
        if other.start < start:
            break
        words = f"{words[: other.start - start]}@{words[other.end - start :]}"
    return words


def _leaves_out(text: str, terms: Sequence[Term], number: int, end: int) -> str | None:
    """The rule by which the words round a term leave it out; `end` is where those behind it end."""
    start = terms[number].start
    near = max(0, start - _NEAR)
    before, after = text[near:start], text[terms[number].end : end]
    for match in _MARK_BEFORE.finditer(text, near, start):
        if _ADULTERANT.search(text, max(0, match.start() - _NEAR), match.start()):
            continue
        if _reaches(text[match.end() : start]):
            return "exclusion"
    if _NOT_APPLY.search(_others_marked(text, terms, number)) and not _PERSON.search(after[:60]):
        return "exclusion"
    if sets_apart(before) or spares(before, after):
        return "exclusion"
    if _NOT_CONTROLLED.match(after):
        return "not-controlled"
    return "exclusion" if _AFTER.match(after) else None


def left_out(clause: Clause, clauses: Sequence[Clause]) -> Mapping[Term, str]:
    """The names of a clause that are left out, each with its rule.

    A list asks it of every name for each of its names, so it is looked for once.
    """
    known: dict[Term, str] | None = clause.known.get("left out")
    if known is not None:
        return known
    known = clause.known["left out"] = {}
    text = _FORMULA.sub(lambda match: "_" * len(match.group()), clause.text)
    led = any(_LEAD_END.search(_FORMULA.sub("_", clauses[i].text)[-200:]) for i in clause.leads)
    for number, end in enumerate(_ends_after(text, clause.terms)):
        term = clause.terms[number]
        rule = _leaves_out(text, clause.terms, number, end)
        if rule is None and led and not _PERSON.search(text, 0, term.start):
            rule = "exclusion-list"
        if rule is not None:
            known[term] = rule
    return known


def excluded(clause: Clause, term: Term, clauses: Sequence[Clause]) -> str | None:
    """The rule by which a term is left out, or None."""
    return left_out(clause, clauses).get(term)
