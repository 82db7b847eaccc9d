"""Period checks: first hearings that pass for first days, facts that contradict, proposals overtaken."""

import re
from collections.abc import Iterator

from regstatus.catalog.toml import Loc
from regstatus.model.law import PERMISSIONS, Permission, Status, Substance
from regstatus.model.source import Source

_HEARD = re.compile(r"\b(in force by|at the latest|is presumed|by the end of)\b", re.IGNORECASE)
"""Words of a summary that give a day by which a law was there, and not the day on which it began."""
_UNREAD = r"[^.;,]*\b(?:not|never|nor)\b(?: \w+)? (?:read|attested|seen|shown|known)\b"
_UNREAD_LIST = re.compile(rf"\b(?:lists?|schedules?|annex(?:es)?|tables?){_UNREAD}", re.IGNORECASE)
_SAID_BY = re.compile(r"\bsays?\b|\baccording to\b", re.IGNORECASE)
_UNREAD_OF = {
    name: re.compile(rf"\b{word}\b{_UNREAD}", re.IGNORECASE)
    for name, word in (("possess", "possession"), ("sell", "sale"), ("import_", "import"))
}
"""Words of a summary by which nobody knows what the law says of an activity."""
_LEANS = re.compile(
    r"\b(?:probably|likely|leans? to|leaning to)\b[^.;,]*\b(?:ban\w*|prohib\w+|forbid\w*)",
    re.IGNORECASE,
)
_CLOSED = {Status.BANNED, Status.SALE_PROHIBITED}
_OPEN = {Status.UNREGULATED, Status.UNKNOWN}


def period_faults(source: Source) -> Iterator[tuple[Loc, str]]:
    """What is wrong with the days and facts of each period, with the key and the remedy."""
    for index in range(len(source.timeline)):
        yield from _first_day_faults(source, index)
        yield from _coherence_faults(source, index)
        yield from _silence_faults(source, index)
    for index, item in enumerate(source.pending):
        if item.earliest and item.earliest < item.as_of:
            why = (
                f"{item.earliest} lies before as_of, when it was still pending: give a later day, or "
                "leave earliest out where none is known"
            )
            yield ("pending", index, "earliest"), why
    for index, conflict in enumerate(source.conflicts):
        leans = _LEANS.search(conflict.held)
        if leans and not any(period.probably for period in source.timeline):
            remedy = "write probably and its accounts in the period, or what is missing for that"
            yield ("conflicts", index, "held"), f"«{leans[0]}» stands in words alone: {remedy}"


def _first_day_faults(source: Source, index: int) -> Iterator[tuple[Loc, str]]:
    """A `from` on which people only heard of the law, or which nobody knows."""
    period, here = source.timeline[index], ("timeline", index)
    first, statuses = period.from_, period.by_substance()
    if first is None:
        if set(statuses.values()) - _OPEN:
            why = (
                "a restriction needs its first day: write from, with from_at_latest = true if it is "
                "only the first day that is known, and a period of unknown before it"
            )
            yield here, why
        return
    if not period.from_at_latest:
        began = {item.effective for item in source.instruments if item.id in period.instruments}
        heard = _HEARD.search(period.summary or "")
        if (first == source.attested or heard) and first not in began:
            said = f"the summary says «{heard[0]}»" if heard else "it is the day of attestation"
            why = (
                f"{first} may be only the first day that is known ({said}): write from_at_latest = "
                "true, or the day of force as effective of an instrument of the period"
            )
            yield (*here, "from"), why
    elif index:
        before = source.timeline[index - 1]
        was = before.by_substance() if before.until in {None, first} else {}
        for name in Substance:
            old = was.get(name, Status.UNKNOWN)
            if old is not Status.UNKNOWN and old is not statuses.get(name):
                why = (
                    f"the period before says that {name} was {old} up to {first}, which is not known: "
                    "give it an earlier until, the last day for which it is known, or write unknown"
                )
                yield (*here, "from_at_latest"), why


def _coherence_faults(source: Source, index: int) -> Iterator[tuple[Loc, str]]:
    """Facts of one period of which only one can be true."""
    period, here = source.timeline[index], ("timeline", index)
    statuses = period.by_substance()
    if Status.AGE_RESTRICTED in statuses.values() and period.minimum_age is None:
        yield here, 'age_restricted needs minimum_age; "minors" without a number is 18'
    head = statuses.get(Substance.LEAF, next(iter(statuses.values()), None))
    if head in _CLOSED:
        if period.sell not in {None, Permission.NO}:
            why = (
                f"{head} closes every lawful sale to people: leave sell out, or take another status"
            )
            yield (*here, "sell"), why
        duties = ("duties",) if any(period.duties.values()) else ()
        for name in ("minimum_age", *duties):
            if getattr(period, name):
                why = f"nobody may sell under {head}, so no duty of a seller holds: leave it out"
                yield (*here, name), why


def _silence_faults(source: Source, index: int) -> Iterator[tuple[Loc, str]]:
    """What a summary calls unread, and a field beside it allows."""
    period, here = source.timeline[index], ("timeline", index)
    summary, statuses = period.summary or "", period.by_substance()
    unread = _UNREAD_LIST.search(summary)
    if unread and Status.UNREGULATED in statuses.values() and not _SAID_BY.search(summary):
        why = (
            f"«{unread[0]}»: the silence of what was not read is no law; write unknown, or who "
            "says that nothing names it (vendors alone do not count)"
        )
        yield (*here, "summary"), why
    head = statuses.get(Substance.LEAF, Status.UNKNOWN)
    for name, words in _UNREAD_OF.items():
        activity = name.rstrip("_")
        allowed = getattr(period, name) or PERMISSIONS[head][activity]
        if allowed not in {Permission.NO, Permission.UNKNOWN} and (found := words.search(summary)):
            yield (*here, activity), f'«{found[0]}»: write {activity} = "unknown"'
