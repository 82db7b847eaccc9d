"""Prohibitions: what a text forbids outright, not merely below an age or above a cap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regstatus.assess.ages import speaks_of_age
from regstatus.assess.banwords import (
    ACTIVE,
    ACTS,
    GUILTY,
    MEDICAL,
    OBJECT,
    OFFENDER,
    PASSIVE,
    PLAIN,
    QUALIFIED,
    SOMEWHERE,
)
from regstatus.assess.clauses import Clause
from regstatus.assess.definitions import defines
from regstatus.assess.exclusions import excluded
from regstatus.assess.lexicon import Term
from regstatus.assess.partly import NOT_FORBIDDEN, PARTLY
from regstatus.assess.prefilter import LazyPattern
from regstatus.assess.quotes import place
from regstatus.model.finding import Prohibition
from regstatus.model.words import Activity, Substance

__all__ = ["Banned", "outright", "prohibitions"]


@dataclass(frozen=True, slots=True)
class Banned:
    """An outright prohibition: the clause, the terms it forbids and the activities."""

    clause: Clause
    terms: tuple[Term, ...]
    activities: tuple[Activity, ...]
    rule: str


_OPEN = LazyPattern(r"(?:[:—–]|\bthat|\bwhich|\bif)\s*$", re.IGNORECASE)
_QUOTED = re.compile(r"\([^)]*\)|[\"“”'‘’]")
_CONTENT = LazyPattern(r"\s*products?,?\s+(?:that\s+|which\s+)?(?:contain|with\b)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;:]|,?\s+(?:and|or)\s+(?:any\s+person\s+who|whoever|violat)|\[")
_NOT_BANNED = LazyPattern(
    r"\bnot\s+(?:be\s+)?(?:unlawful|illegal|prohibited|banned|an\s+offen[sc]e)|\bwhereas\b|\bnothing\s+in\b|"
    r"\bnot\s+be\s+construed|\bcounty\s+or\s+municipality\s+(?:may|shall)|\bpolitical\s+subdivision",
    re.IGNORECASE,
)
_NARROWS = LazyPattern(r"\b(?:that|which|who|whose|if|when|where|unless)\W*$", re.IGNORECASE)
_LISTS = LazyPattern(r"\b(?:following|any\s+of|including|namely)\b", re.IGNORECASE)
_LEAD_OPEN = LazyPattern(r"[:：—–-]\s*$|\bfollowing\W*$|\bto\s*$", re.IGNORECASE)


def _plain(words: str) -> bool:
    """Whether nothing but acts and goods is named; what is not plain English is not judged here."""
    return all(word in PLAIN for word in re.findall(r"[a-z']+", _QUOTED.sub(" ", words.lower())))


def _plain_object(words: str, offset: int, terms: Sequence[Term]) -> bool:
    """Whether nothing after the first name narrows the goods; names of places may follow."""
    end = _SENTENCE_END.search(words, terms[-1].end - offset)
    words = MEDICAL.sub("", words[: end.start() if end else len(words)])
    if words.isupper():
        return True  # capitals hide the names of places; the other tests must do
    for written in sorted({term.written for term in terms}, key=len, reverse=True):
        words = words.replace(written, " ")
    rest = re.sub(r"\b[A-Z]\w*", " ", _QUOTED.sub(" ", words))
    return all(word in PLAIN for word in re.findall(r"[a-z']+", rest))


def _activities(words: str) -> tuple[Activity, ...]:
    return tuple(activity for activity, pattern in ACTS if pattern.search(words))


def _objects(clause: Clause, clauses: Sequence[Clause], start: int) -> tuple[Term, ...]:
    """The terms after `start` that nothing narrows, or none."""
    text = clause.text
    terms = tuple(t for t in clause.terms if t.start >= start)
    if not terms:
        return ()
    if any(_CONTENT.match(text[t.end :]) for t in terms):
        return ()  # only a product with some content is meant
    if not _plain_object(text[terms[0].start :], terms[0].start, terms):
        return ()
    acts = OBJECT.sub("", text[start : terms[0].start])
    if QUALIFIED.search(acts) or QUALIFIED.search(MEDICAL.sub("", text[terms[0].end :])):
        return ()
    if _OPEN.search(text.rstrip()) and not text.rstrip().endswith("whether"):
        return ()  # what follows narrows it
    return tuple(t for t in terms if excluded(clause, t, clauses) is None)


def _read(clause: Clause, clauses: Sequence[Clause]) -> Iterator[Banned]:
    text = clause.text
    governing = [clauses[i] for i in clause.leads]
    everything = " ".join((*(lead.text for lead in governing), text))
    if speaks_of_age(everything) or _NOT_BANNED.search(everything) or defines(clause, clauses):
        return
    if NOT_FORBIDDEN.search(everything):
        return
    for trigger in ACTIVE.finditer(text):
        terms = _objects(clause, clauses, trigger.end())
        if terms and _plain(text[trigger.end() : terms[0].start]):
            acts = _activities(text[trigger.end() : terms[-1].end])
            if acts:
                yield Banned(clause, terms, acts, "ban-active")
                return
        head = [t for t in clause.terms if t.end <= trigger.start()]
        acts = _activities(text[trigger.end() : trigger.end() + 90])
        forbids = re.search(r"illegal|unlawful", trigger.group(), re.IGNORECASE)
        if head and acts and forbids and not QUALIFIED.search(text[head[-1].end :]):
            yield Banned(clause, tuple(head), acts, "ban-passive")
            return
    if PASSIVE.search(text) and not QUALIFIED.search(MEDICAL.sub("", text)):
        acts = _activities(text)
        terms = tuple(t for t in clause.terms if excluded(clause, t, clauses) is None)
        english = re.search(
            r"\b(?:prohibited|unlawful|illegal|banned|forbidden)\b", text, re.IGNORECASE
        )
        plain = (
            _plain(clause.body[: len(clause.body) - len(text) + terms[0].start] if terms else "")
            if english
            else not (SOMEWHERE.search(text) or PARTLY.search(text))
        )
        if acts and terms and plain:
            yield Banned(clause, terms, acts, "ban-passive")
            return
    offender = OFFENDER.search(text)
    if offender and GUILTY.search(text):
        terms = tuple(t for t in clause.terms if t.start >= offender.end())
        guilty = GUILTY.search(text, terms[0].end) if terms else None
        if terms and (guilty or "commits" in offender.group().lower()):
            reach = text[offender.end() : guilty.start() if guilty else len(text)]
            object_ = text[offender.end() : terms[0].start]
            if (
                _activities(reach)
                and _plain(object_)
                and not QUALIFIED.search(OBJECT.sub("", reach))
            ):
                yield Banned(clause, terms, _activities(reach), "ban-offender")
                return
    for lead in reversed(governing):
        trigger_in_lead = ACTIVE.search(lead.text)
        shape = lead.text.rstrip()
        if not trigger_in_lead or not _LEAD_OPEN.search(shape) or _NARROWS.search(shape):
            continue
        if any(t.start > trigger_in_lead.end() for t in lead.terms) and not _LISTS.search(shape):
            continue  # the goods are named above; the items only narrow them
        acts = _activities(lead.text[trigger_in_lead.end() :])
        body = clause.body
        if not acts:  # «it is unlawful to: (a) possess kratom»
            acts = _activities(body[:160])
        elif not _plain(lead.text[trigger_in_lead.end() :]):
            continue
        terms = _objects(clause, clauses, 0)
        if acts and terms and _plain(body[: max(0, len(body) - len(text) + terms[0].start)]):
            yield Banned(clause, terms, acts, "ban-list")
            return


def outright(clauses: Sequence[Clause], about: Sequence[bool]) -> tuple[Banned, ...]:
    """Every outright prohibition of kratom or an alkaloid, in reading order."""
    found: list[Banned] = []
    for clause in clauses:
        if about[clause.index] and clause.terms and clause.speaks:
            found.extend(_read(clause, clauses))
    return tuple(found)


def prohibitions(banned: Sequence[Banned]) -> tuple[Prohibition, ...]:
    """The prohibitions of a text, each activity once for a substance."""
    found: dict[tuple[Activity, Substance], Prohibition] = {}
    for ban in banned:
        for term in ban.terms:
            substance = substance_of(ban.clause, term)
            for activity in ban.activities:
                where = place(ban.clause, term.start, term.end, ban.rule)
                found.setdefault(
                    (activity, substance),
                    Prohibition(activity=activity, substance=substance, place=where),
                )
    return tuple(found.values())


_SYNTHETIC_BEFORE = LazyPattern(
    r"(?<!non)(?<!non-)\b(?:(?:fully\s+)?(?:semi-?\s?)?synthe(?:tic|si[sz]ed)|synthetically\s+\w+)(?:\s+or\s+\S+)?\s+$",
    re.IGNORECASE,
)


def substance_of(clause: Clause, term: Term) -> Substance:
    """What is really controlled: «synthetic mitragynine» is not mitragynine."""
    if _SYNTHETIC_BEFORE.search(clause.text[: term.start]):
        return Substance.DERIVATIVES
    return term.substance
