"""Provisions: what a text forbids outright, and the duties of those who make or sell kratom.

What is forbidden merely below an age or above a cap is a limit.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regstatus.assess.clauses import Clause
from regstatus.assess.definitions import defines
from regstatus.assess.exclusions import left_out
from regstatus.assess.lexicon import Term
from regstatus.assess.limits import speaks_of_age
from regstatus.assess.prefilter import LazyPattern
from regstatus.model.finding import Duty, Prohibition
from regstatus.model.law import DUTIES, Activity, Substance
from regstatus.model.vocabulary import WordPattern, table


@dataclass(frozen=True, slots=True)
class Banned:
    """An outright prohibition: the clause, the terms it forbids and the activities."""

    clause: Clause
    terms: tuple[Term, ...]
    activities: tuple[Activity, ...]
    rule: str


_ACTS = {
    activity: LazyPattern(f"{{act.{activity}}}")
    for activity in (Activity.POSSESS, Activity.SELL, Activity.IMPORT)
}
_ACTIVE = LazyPattern("{ban.active}")
_PASSIVE = LazyPattern("{ban.passive}")
_OFFENDER = LazyPattern("{ban.offender}")
_GUILTY = LazyPattern("{ban.guilty}")
# Words by which a prohibition reaches only some products or ways.
_QUALIFIED = LazyPattern("{ban.narrowed}")
# In languages whose plain words are not known a ban is given up for any word that may narrow it:
# to those without a licence, to schools, to machines, to food, above an amount. What is missed
# so is told as a changed text; a ban that is none would alarm people for nothing.
_PARTLY = LazyPattern("{ban.partly}")
# A doctor's or a researcher's exception leaves a prohibition outright.
_MEDICAL = LazyPattern("{ban.medical}")
_OBJECT = LazyPattern("{ban.object}")
_OPEN = WordPattern("{ban.opens}")
_QUOTED = re.compile(r"\([^)]*\)|[\"“”'‘’]")
_CONTENT = LazyPattern("{ban.content}")
_SENTENCE_END = WordPattern("{ban.sentence_ends}")
_NOT_BANNED = LazyPattern("{ban.denied}")
_NARROWS = WordPattern("{ban.narrows}")
_LISTS = LazyPattern("{ban.lists}")
_LEAD_OPEN = WordPattern("{ban.lead_opens}")
_FORBIDS = LazyPattern("{ban.forbids}")
_COMMITS = LazyPattern("{ban.commits}")
_JUDGED = LazyPattern("{ban.words}")


def _plain(words: str) -> bool:
    """Whether nothing but acts and goods is named; signs of other alphabets are not judged here."""
    plain = table("ban.plain")
    return all(word in plain for word in re.findall(r"[a-z']+", _QUOTED.sub(" ", words.lower())))


def _plain_object(words: str, offset: int, terms: Sequence[Term]) -> bool:
    """Whether nothing after the first name narrows the goods; names of places may follow."""
    end = _SENTENCE_END.search(words, terms[-1].end - offset)
    words = _MEDICAL.sub("", words[: end.start() if end else len(words)])
    if words.isupper():
        return True  # capitals hide the names of places; the other tests must do
    for written in sorted({term.written for term in terms}, key=len, reverse=True):
        words = words.replace(written, " ")
    return _plain(re.sub(r"\b[A-Z]\w*", " ", _QUOTED.sub(" ", words)))


def _activities(words: str) -> tuple[Activity, ...]:
    return tuple(activity for activity, pattern in _ACTS.items() if pattern.search(words))


def _objects(clause: Clause, start: int) -> tuple[Term, ...]:
    """The terms after `start` that nothing narrows, or none."""
    text = clause.text
    terms = tuple(t for t in clause.terms if t.start >= start)
    if not terms or any(_CONTENT.match(text[t.end :]) for t in terms):
        return ()  # only a product with some content is meant
    if not _plain_object(text[terms[0].start :], terms[0].start, terms):
        return ()
    acts = _OBJECT.sub("", text[start : terms[0].start])
    if _QUALIFIED.search(acts) or _QUALIFIED.search(_MEDICAL.sub("", text[terms[0].end :])):
        return ()
    if _OPEN.search(text.rstrip()):
        return ()  # what follows narrows it
    return tuple(t for t in terms if t not in left_out(clause))


def _read(clause: Clause) -> Iterator[Banned]:
    text = clause.text
    everything = f"{clause.governing} {text}" if clause.leads else text
    if speaks_of_age(everything) or _NOT_BANNED.search(everything) or defines(clause):
        return
    for trigger in _ACTIVE.finditer(text):
        terms = _objects(clause, trigger.end())
        acts = _activities(text[trigger.end() : terms[-1].end]) if terms else ()
        if acts and _plain(text[trigger.end() : terms[0].start]):
            yield Banned(clause, terms, acts, "ban-active")
            return
        head = [t for t in clause.terms if t.end <= trigger.start()]
        acts = _activities(text[trigger.end() : trigger.end() + 90])
        forbids = _FORBIDS.search(trigger.group())
        if head and acts and forbids and not _QUALIFIED.search(text[head[-1].end :]):
            yield Banned(clause, tuple(head), acts, "ban-passive")
            return
    if _PASSIVE.search(text) and not _QUALIFIED.search(_MEDICAL.sub("", text)):
        acts = _activities(text)
        terms = tuple(t for t in clause.terms if t not in left_out(clause))
        plain = (
            _plain(clause.body[: len(clause.body) - len(text) + terms[0].start] if terms else "")
            if _JUDGED.search(text)
            else not _PARTLY.search(text)
        )
        if acts and terms and plain:
            yield Banned(clause, terms, acts, "ban-passive")
            return
    offender = _OFFENDER.search(text)
    if offender and _GUILTY.search(text):
        terms = tuple(t for t in clause.terms if t.start >= offender.end())
        guilty = _GUILTY.search(text, terms[0].end) if terms else None
        if terms and (guilty or _COMMITS.search(offender.group())):
            reach = text[offender.end() : guilty.start() if guilty else len(text)]
            object_ = text[offender.end() : terms[0].start]
            if (
                _activities(reach)
                and _plain(object_)
                and not _QUALIFIED.search(_OBJECT.sub("", reach))
            ):
                yield Banned(clause, terms, _activities(reach), "ban-offender")
                return
    for lead in reversed(clause.leads):
        trigger_in_lead = _ACTIVE.search(lead.text)
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
        terms = _objects(clause, 0)
        if acts and terms and _plain(body[: max(0, len(body) - len(text) + terms[0].start)]):
            yield Banned(clause, terms, acts, "ban-list")
            return


def outright(clauses: Sequence[Clause]) -> tuple[Banned, ...]:
    """Every outright prohibition of kratom or an alkaloid, in reading order."""
    ours = (clause for clause in clauses if clause.about and clause.terms and clause.speaks)
    return tuple(ban for clause in ours for ban in _read(clause))


def prohibitions(banned: Sequence[Banned]) -> tuple[Prohibition, ...]:
    """The prohibitions of a text, each activity once for a substance."""
    found: dict[tuple[Activity, Substance], Prohibition] = {}
    for ban in banned:
        for term in ban.terms:
            substance = substance_of(ban.clause, term)
            for activity in ban.activities:
                where = ban.clause.place(term.start, term.end, ban.rule)
                one = Prohibition(activity=activity, substance=substance, place=where)
                found.setdefault((activity, substance), one)
    return tuple(found.values())


_SYNTHETIC_BEFORE = LazyPattern("{ban.synthetic_before}")


def substance_of(clause: Clause, term: Term) -> Substance:
    """What is really controlled: «synthetic mitragynine» is not mitragynine."""
    if _SYNTHETIC_BEFORE.search(clause.text[: term.start]):
        return Substance.DERIVATIVES
    return term.substance


_PATTERNS = {name: LazyPattern(f"{{duty.{name}}}") for name in DUTIES if name != "synthetic_ban"}
_BINDING = LazyPattern("{duty.binding}")
_FORBIDDING = LazyPattern("{duty.forbidding}")
_SYNTHETIC = LazyPattern("{duty.synthetic}")
_NO_SYNTHETIC = LazyPattern("{duty.no_synthetic}")


def duties(clauses: Sequence[Clause]) -> tuple[Duty, ...]:
    """Each duty found in provisions about kratom, once, at its first binding words."""
    found: dict[str, Duty] = {}
    for clause in clauses:
        if not (clause.about and clause.speaks):
            continue
        text, governing = clause.text, clause.governing
        if "synthetic_ban" not in found and (ban := _synthetic(clause, governing)):
            found["synthetic_ban"] = ban
        matches = {
            name: match
            for name, pattern in _PATTERNS.items()
            if name not in found and (match := pattern.search(text))
        }
        if not matches or not (_BINDING.search(text) or _BINDING.search(governing)):
            continue
        if not defines(clause):
            for name, match in matches.items():
                found[name] = Duty(name=name, place=clause.place(*match.span(), "duty"))
    return tuple(found[name] for name in DUTIES if name in found)


def _synthetic(clause: Clause, governing: str) -> Duty | None:
    """A ban on synthetic alkaloids: as forbidden content, or left out of the lawful product."""
    alkaloids = [t for t in clause.terms if t.substance is not Substance.LEAF]
    for match in _SYNTHETIC.finditer(clause.text):
        if not any(match.start() - 12 <= t.start <= match.end() + 60 for t in alkaloids):
            continue
        before = clause.text[: match.start()]
        rule = "duty-definition" if _NO_SYNTHETIC.search(before) else "duty"
        if rule != "duty" or _FORBIDDING.search(before) or _FORBIDDING.search(governing):
            return Duty(name="synthetic_ban", place=clause.place(*match.span(), rule))
    return None
