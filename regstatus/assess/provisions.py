"""Provisions: what a text forbids outright, and the duties of those who make or sell kratom.

What is forbidden merely below an age or above a cap is a limit. Outright bans are read in English
alone, where the words that narrow none are known. In other languages a new sentence beside a name is
told as a changed text: a ban that is missed so makes a doubt, one that is none would alarm people.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regstatus.assess.clauses import Clause
from regstatus.assess.definitions import defines
from regstatus.assess.exclusions import left_out
from regstatus.assess.lexicon import Term
from regstatus.assess.limits import speaks_of_age
from regstatus.assess.prefilter import LazyPattern, Words, may_any
from regstatus.model.finding import Duty, Prohibition
from regstatus.model.law import DUTIES, Activity, Substance
from regstatus.model.vocabulary import table


@dataclass(frozen=True, slots=True)
class Banned:
    """An outright prohibition: the clause, the terms it forbids and the activities."""

    clause: Clause
    terms: tuple[Term, ...]
    activities: tuple[Activity, ...]
    rule: str


_ACTS = (Activity.POSSESS, Activity.SELL, Activity.IMPORT)
_ACT = Words("act", " ".join((*_ACTS, "use")))
_BAN = Words(
    "ban",
    "active passive offender guilty narrowed medical object content denied lists words "
    "synthetic_before opens sentence_ends narrows lead_opens",
)
_QUOTED = re.compile(r"\([^)]*\)|[\"“”'‘’]")


def _plain(words: str) -> bool:
    """Whether nothing but acts and goods is named."""
    plain = table("ban.plain")
    return all(word in plain for word in re.findall(r"[a-z']+", _QUOTED.sub(" ", words.lower())))


def _plain_object(words: str, offset: int, terms: Sequence[Term]) -> bool:
    """Whether nothing after the first name narrows the goods; names of places may follow."""
    end = _BAN.sentence_ends.search(words, terms[-1].end - offset)
    words = _BAN.medical.sub("", words[: end.start() if end else len(words)])
    if words.isupper():
        return True  # capitals hide the names of places; the other tests must do
    for written in sorted({term.written for term in terms}, key=len, reverse=True):
        words = words.replace(written, " ")
    return _plain(re.sub(r"\b[A-Z]\w*", " ", _QUOTED.sub(" ", words)))


def _activities(words: str) -> tuple[Activity, ...]:
    return tuple(act for act in _ACTS if getattr(_ACT, act).search(words))


def _objects(clause: Clause, start: int) -> tuple[Term, ...]:
    """The terms after `start` that nothing narrows, or none."""
    text = clause.text
    terms = tuple(t for t in clause.terms if t.start >= start)
    if not terms or any(_BAN.content.match(text[t.end :]) for t in terms):
        return ()  # only a product with some content is meant
    if not _plain_object(text[terms[0].start :], terms[0].start, terms):
        return ()
    acts = _BAN.object.sub("", text[start : terms[0].start])
    if _BAN.narrowed.search(acts) or _BAN.narrowed.search(
        _BAN.medical.sub("", text[terms[0].end :])
    ):
        return ()
    if _BAN.opens.search(text.rstrip()):
        return ()  # what follows narrows it
    return tuple(t for t in terms if t not in left_out(clause))


def _opens_list(text: str) -> bool:
    """Whether a sentence bans what a list below it names: «The following … may not be sold:»."""
    return bool(_BAN.opens.search(text.rstrip()) and _BAN.lists.search(text))


def _read(clause: Clause) -> Iterator[Banned]:
    text = clause.text
    for trigger in _BAN.active.finditer(text):
        terms = _objects(clause, trigger.end())
        acts = _activities(text[trigger.end() : terms[-1].end]) if terms else ()
        if acts and _plain(text[trigger.end() : terms[0].start]):
            yield Banned(clause, terms, acts, "ban-active")
            return
        head = [t for t in clause.terms if t.end <= trigger.start()]
        acts = _activities(text[trigger.end() : trigger.end() + 90])
        forbids = _BAN.words.search(trigger.group())
        if (
            head
            and acts
            and forbids
            and not _BAN.narrowed.search(text[head[-1].end :])
            and not _opens_list(text)
        ):
            yield Banned(clause, tuple(head), acts, "ban-passive")
            return
    if (
        _BAN.passive.search(text)
        and not _BAN.narrowed.search(_BAN.medical.sub("", text))
        and not _opens_list(text)
    ):
        acts = _activities(text)
        terms = tuple(t for t in clause.terms if t not in left_out(clause))
        before = len(clause.body) - len(text) + terms[0].start if terms else 0
        if acts and terms and _plain(clause.body[:before]):
            yield Banned(clause, terms, acts, "ban-passive")
            return
    offender = _BAN.offender.search(text)
    if offender and _BAN.guilty.search(text) and not _BAN.opens.search(text.rstrip()):
        terms = tuple(t for t in clause.terms if t.start >= offender.end())
        guilty = _BAN.guilty.search(text, terms[0].end) if terms else None
        if terms and (guilty or _BAN.guilty.search(offender.group())):
            reach = text[offender.end() : guilty.start() if guilty else len(text)]
            object_ = text[offender.end() : terms[0].start]
            if (
                _activities(reach)
                and _plain(object_)
                and not _BAN.narrowed.search(_BAN.object.sub("", reach))
            ):
                yield Banned(clause, terms, _activities(reach), "ban-offender")
                return
    for lead in reversed(clause.leads):
        trigger_in_lead = _BAN.active.search(lead.text)
        shape = lead.text.rstrip()
        if not trigger_in_lead or not _BAN.lead_opens.search(shape) or _BAN.narrows.search(shape):
            continue
        if _BAN.narrowed.search(shape, trigger_in_lead.end()):
            continue  # «shall not do any of the following unless the person holds a license:»
        if any(t.start > trigger_in_lead.end() for t in lead.terms) and not _BAN.lists.search(
            shape
        ):
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
    return tuple(ban for clause in ours for ban in _read(clause) if not _limited(clause))


def _limited(clause: Clause) -> bool:
    """Whether what reads like a ban reaches only people of some age, is denied, or defines a word."""
    everything = f"{clause.governing} {clause.text}" if clause.leads else clause.text
    return bool(speaks_of_age(everything) or _BAN.denied.search(everything) or defines(clause))


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


def substance_of(clause: Clause, term: Term) -> Substance:
    """What is really controlled: «synthetic mitragynine» is not mitragynine."""
    if _BAN.synthetic_before.search(clause.text[: term.start]):
        return Substance.DERIVATIVES
    return term.substance


_ON_LABELS = LazyPattern("{age.on_labels}")
_ALKALOID = LazyPattern("{cap.alkaloids}")
# «an alkaloid whose structure was chemically altered.»
_NEAR, _ENDS = 100, re.compile(r"\s*(?:[.;,)]|$)")
_NAMED = [name for name in DUTIES if name != "synthetic_ban"]
_DUTY = Words(
    "duty",
    " ".join(("permissive of_places binding forbidding synthetic no_synthetic", *_NAMED)),
)
_ANY_DUTY = [getattr(_DUTY, name) for name in _NAMED]


def duties(clauses: Sequence[Clause]) -> tuple[Duty, ...]:
    """Each duty found in provisions about kratom, once, at its first binding words."""
    found: dict[str, Duty] = {}
    for clause in clauses:
        if not (clause.about and clause.speaks):
            continue
        text, governing = clause.text, clause.governing
        if "synthetic_ban" not in found and (ban := _synthetic(clause, governing)):
            found["synthetic_ban"] = ban
        may = may_any(text, _ANY_DUTY)
        matches: dict[str, re.Match[str]] = {
            name: match
            for name in _NAMED
            if may
            and name not in found
            and (match := getattr(_DUTY, name).search(text))
            and not _DUTY.of_places.search(text, 0, match.start())
            and not _stated(clause, match.start())
        }
        if (
            not matches
            or _DUTY.permissive.search(text)
            or _DUTY.permissive.search(governing)
            or not (_DUTY.binding.search(text) or _DUTY.binding.search(governing))
        ):
            continue
        if not defines(clause):
            for name, match in matches.items():
                found[name] = Duty(name=name, place=clause.place(*match.span(), "duty"))
    return tuple(found[name] for name in DUTIES if name in found)


def _stated(clause: Clause, at: int) -> bool:
    """Whether a place stands in the words that a label shall bear: «states: “Not tested by …”»."""
    before = clause.passage.text[: clause.start + at]
    opens = max(before.rfind("“"), before.rfind('"') if before.count('"') % 2 else -1)
    return (
        opens >= 0
        and "”" not in before[opens:]
        and _ON_LABELS.search(before[:opens].rstrip(" :,—-")) is not None
    )


def _synthetic(clause: Clause, governing: str) -> Duty | None:
    """A ban on synthetic alkaloids: as forbidden content, or left out of the lawful product."""
    text = clause.text
    alkaloids = [t for t in clause.terms if t.substance is not Substance.LEAF]
    for match in _DUTY.synthetic.finditer(text):
        before = text[: match.start()]
        said_of = _ENDS.match(text, match.end()) and _ALKALOID.search(before[-_NEAR:])
        if not (
            said_of or any(match.start() - 12 <= t.start <= match.end() + 60 for t in alkaloids)
        ):
            continue
        if _DUTY.permissive.search(before) or _DUTY.permissive.search(governing):
            continue
        rule = "duty-definition" if _DUTY.no_synthetic.search(before) else "duty"
        forbids = _DUTY.forbidding.search(before) or _DUTY.forbidding.search(governing)
        forbids = forbids or _BAN.guilty.search(text, match.end())
        forbids = forbids or _BAN.passive.search(text, match.end())
        if rule != "duty" or (forbids and not _ACT.use.search(before)):
            return Duty(name="synthetic_ban", place=clause.place(*match.span(), rule))
    return None
