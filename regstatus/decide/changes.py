"""Changes: what differs between two snapshots, as typed events with one plain sentence each.

The law moved (`status_changed`) is kept apart from we were wrong (`correction`):
if the newer record also says something else of the day up to which the older one
was attested, the past was rewritten, and that is a correction. If it agrees on that
day and differs later, the law moved. Whatever the cause, an answer that became
laxer is told as `restriction_lifted`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from regstatus.decide.comparison import Comparison, law_of
from regstatus.decide.days_of_law import law_days
from regstatus.decide.layer import Layer
from regstatus.decide.softening import lifted, lifts
from regstatus.model.canonical import canonical
from regstatus.model.change import Change
from regstatus.model.words import EventKind

if TYPE_CHECKING:
    from regstatus.model.shapes import RecordData

    Records = Mapping[str, RecordData]


def compare(before: Records, after: Records, on: date) -> list[Change]:
    """Every change of fact between two versions for the day of the newer run, UTC, by jurisdiction."""
    day, changes = on.isoformat(), list[Change]()
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        if old and new:
            if old != new:
                # In one order of keys, whichever the writers had: an order is no fact.
                old, new = (json.loads(canonical(record)) for record in (old, new))
                changes += _whose(old, new, Comparison(old, new, on).changes())
        elif new:
            kind, sentence = EventKind.RECORD_ADDED, f"{new['name']} is now recorded."
            added = Change(kind=kind, jurisdiction=key, observed=day, sentence=sentence)
            changes += _whose(None, new, [added])
        elif old:
            kind = EventKind.RECORD_WITHDRAWN
            sentence = f"The record of {old['name']} was withdrawn; its status is now unknown."
            changes.append(Change(kind=kind, jurisdiction=key, observed=day, sentence=sentence))
    return changes


def _whose(old: RecordData | None, new: RecordData, changes: Iterable[Change]) -> Iterator[Change]:
    """Changes of a record, each with the words that it is by a user's own file, or was, if it is."""
    mark = "By a source file of one's own, not the project's." if new.get("own") else ""
    if not mark and old and old.get("own"):
        mark = "It is by the project's source file again, no more by one's own."
    for change in changes:
        yield replace(change, sentence=f"{change.sentence} {mark}") if mark else change


def flips(before: Records, after: Records, on: date) -> list[str]:
    """Ids of jurisdictions in which any substance's status differs on the day, for the flip budget."""
    return [
        key
        for key, was in sorted(before.items())
        if Layer(key, was, on).substances() != Layer(key, after.get(key), on).substances()
    ]


def reached(records: Records, since: date, on: date) -> Iterator[Change]:
    """Enacted changes whose day came after one run and up to another, and what became laxer by them."""
    for key, record in records.items():
        days, starts = law_days(record), {period["from"] for period in record["timeline"][1:]}
        for day in sorted(day for day in days if since.isoformat() < day <= on.isoformat()):
            after = Layer(key, record, date.fromisoformat(day))
            before = Layer(key, record, date.fromisoformat(day) - timedelta(days=1))
            if day in starts:
                law = law_of(after)
                yield Change(
                    kind=EventKind.EFFECTIVE_DATE_REACHED,
                    jurisdiction=key,
                    observed=on.isoformat(),
                    sentence=f"{record['name']}: the law of {day} is now in force: {law}.",
                    before=law_of(before),
                    after=law,
                    law_date=day,
                    details=(after.summary,) if after.summary else (),
                )
            for lift in lifts(before, after):
                yield lifted(lift, on, after, law_date=day)
