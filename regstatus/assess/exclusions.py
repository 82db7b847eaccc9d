"""Exclusions: whether a term is expressly left out by the words round it.

Each language says it in its own order: «s výjimkou kratomu» before the name, «kratomia
lukuun ottamatta» after it, «neattiecas uz kratomu» with the law as the subject.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from regstatus.assess.clauses import Clause
from regstatus.assess.lexicon import Term
from regstatus.assess.prefilter import LazyPattern, Words, may_any
from regstatus.model.vocabulary import WordPattern

_NEAR = 400
"""Characters before a name within which the words that leave it out begin, with room to spare."""

# «MitragynaS výjimkou»: the next cell, or line, was glued to a word.
_GLUED = re.compile("(?<=[a-zß-ÿ]{3})[a-zß-ÿ](?=[A-ZÁ-Þ])")
_EXCLUSION = Words(
    "exclusion", "formula before not_so narrowed not_controlled not_apply reset persons"
)
_AFTER = LazyPattern(
    # Behind a comma or in brackets the word begins what is left out of the thing named.
    r"^[^.;:]{0,90}?{exclusion.is_left_out}|^[^.;:,、(（]{0,90}?{exclusion.after}"
)
_LEAD_END = LazyPattern(
    r"(?:{exclusion.before}|{exclusion.does_not_apply})(?:\s+{exclusion.list_words}){0,8}\s*[,:：—–-]*\s*$|"
    r"{list.following}\s[^.;:]{0,60}?{exclusion.is_left_out}[^.;:]{0,60}[:：—]\s*$"
)
_JOINED = WordPattern(
    # «, a» is no «and» but the Hungarian article.
    r"\s*{exclusion.forms}?(?:,?\s*{exclusion.joins}|\s+{exclusion.joins_bare})\s+(?:{definition.articles}\s+)?"
)
# «alkaloids contained in the plant …»: the plant is told of, not entered.
SOURCE = LazyPattern("{source.words}")
_NO_ITEM = LazyPattern("{exclusion.persons}|{duty.binding}")
_OF_PERSONS = LazyPattern(r"{exclusion.persons}s?,?\s*$")
# «, dock inte kratom»: «not» is said of the next name alone, not of a verb or of a manner.
_APART = LazyPattern(
    r"[,(]\s*{exclusion.apart}\s+(?!{exclusion.apart_unless}\s)(?:[^\W\d_]+\s+){0,4}[\"“„«(]?$"
)
# «… does not apply to», up to the name itself: what stands between would narrow it.
_SPARES_BEFORE = LazyPattern(
    r"{exclusion.not_to}\s*[\"“„«(]?\s*(?:{exclusion.plant}\s+){0,2}[\"“„«(]?$"
)
# What follows the name may be no more than its case or a closing word: «kratomi suhtes».
_ENDS = re.compile(r"(?:\s+[^\W\d_]+){0,2}\W*")
_SPARES_AFTER = LazyPattern(r"\W{0,3}{exclusion.spares_after}")
_LEAVING = (
    _EXCLUSION.before, _EXCLUSION.not_apply, _EXCLUSION.not_controlled,
    _AFTER, _APART, _SPARES_BEFORE, _SPARES_AFTER,
)  # fmt: skip


def _reaches(between: str) -> bool:
    """Whether an exclusion still holds after the words `between` it and a term."""
    if len(between) > 240 or _EXCLUSION.reset.search(between):
        return False
    depth = 0
    for character in between:
        depth += (character == "(") - (character == ")")
        if depth < 0:  # the exclusion stood in a parenthesis that has closed
            return False
    return True


def _said_after(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Where the words begin and end that may be said of each term: up to the next that «and» does not join.

    A name that only tells where the one before comes from is passed over: «@, as it occurs in @, is not …».
    """
    said = [(term.end, len(text)) for term in terms]
    for number in range(len(terms) - 2, -1, -1):
        end, start = terms[number].end, terms[number + 1].start
        begins, ends = said[number + 1]
        if SOURCE.search(text, end, start):
            said[number] = begins, ends
        elif _JOINED.fullmatch(text, end, start):
            said[number] = end if begins == terms[number + 1].end else begins, ends
        else:
            said[number] = end, start
    return said


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


def _leaves_out(
    text: str, terms: Sequence[Term], number: int, behind: tuple[int, int]
) -> str | None:
    """The rule by which the words round a term leave it out; where those `behind` it begin and end."""
    if number == 0 and not may_any(text, _LEAVING):
        return None  # before any other name none is told of as «@»
    start = terms[number].start
    near = max(0, start - _NEAR)
    before, after = text[near:start], text[slice(*behind)]
    narrowed = _EXCLUSION.narrowed.match(after, of=text)
    for match in _EXCLUSION.before.finditer(text, near, start):
        if _EXCLUSION.not_so.search(text, max(0, match.start() - _NEAR), match.start()):
            continue  # «mixed with a substance other than …», «nothing shall be construed to exempt …»
        between = text[match.end() : start]
        if "," in between and _OF_PERSONS.search(text, max(0, match.start() - 24), match.start()):
            continue  # «by any person other than a common carrier, of a kratom product»
        if _EXCLUSION.persons.search(between, of=text):
            continue  # «an exception for the possession of kratom»: an act, or somebody
        if _reaches(between) and not narrowed:
            return "exclusion"
    marked = _others_marked(text, terms, number)
    if _EXCLUSION.not_apply.search(marked, of=None if "@" in marked else text) and not (
        narrowed or _EXCLUSION.persons.search(after[:60], of=text)
    ):
        return "exclusion"
    if _APART.search(before[-120:], of=text) or _SPARES_AFTER.match(after, of=text):
        return "exclusion"
    if _SPARES_BEFORE.search(before[-120:], of=text) and _ENDS.fullmatch(after):
        return "exclusion"
    if _EXCLUSION.not_controlled.match(after, of=text):
        return "not-controlled"
    return "exclusion" if _AFTER.match(after, of=text) else None


@lru_cache(maxsize=1024)
def left_out(clause: Clause) -> Mapping[Term, str]:
    """The names of a clause that are left out, each with its rule.

    A list asks it of every name for each of its names, so it is looked for once.
    """
    known: dict[Term, str] = {}
    text = _EXCLUSION.formula.sub(lambda match: "_" * len(match.group()), clause.text)
    text = _GLUED.sub(" ", text)
    leads = (_EXCLUSION.formula.sub("_", lead.text)[-_NEAR:] for lead in clause.leads)
    led = any(
        (last := _LEAD_END.search(lead, max(0, len(lead) - 200))) is not None
        and not _EXCLUSION.not_so.search(lead, 0, last.start())
        for lead in leads
    )
    for number, behind in enumerate(_said_after(text, clause.terms)):
        term = clause.terms[number]
        rule = _leaves_out(text, clause.terms, number, behind)
        if rule is None and led and not _NO_ITEM.search(text, 0, term.start):
            rule = "exclusion-list"
        if rule is not None:
            known[term] = rule
    return known
