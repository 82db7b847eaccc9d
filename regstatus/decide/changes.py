"""Changes: what differs between two snapshots, as typed events with one plain sentence each.

The law moved (`status_changed`) is kept apart from we were wrong (`correction`):
if the newer record also says something else of the day up to which the older one
was attested, the past was rewritten, and that is a correction. If it agrees on that
day and differs later, the law moved. Whatever the cause, an answer that became
laxer is told as `restriction_lifted`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from regstatus.decide.layer import Layer, document_of, period_on, turns
from regstatus.decide.softening import Lift, lifts
from regstatus.model.canonical import canonical
from regstatus.model.change import Change
from regstatus.model.law import Status, Substance, about
from regstatus.model.words import EventKind

if TYPE_CHECKING:
    from regstatus.model.shapes import ContradictionData, RecordData

__all__ = ["compare", "flips", "reached"]

_Records = Mapping[str, "RecordData"]


def compare(before: _Records, after: _Records, on: date) -> list[Change]:
    """Every change of fact between two versions, judged for one day.

    Args:
        before: The older version's records, as JSON.
        after: The newer version's.
        on: The day of the newer run, UTC.

    Returns:
        Changes in the order of the jurisdictions' ids; none where both say the same.
    """
    changes: list[Change] = []
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        if old is None and new is not None:
            changes.append(
                _change(EventKind.RECORD_ADDED, new, on, f"{new['name']} is now recorded.")
            )
        elif new is None and old is not None:
            changes.append(
                _change(
                    EventKind.RECORD_WITHDRAWN,
                    old,
                    on,
                    f"The record of {old['name']} was withdrawn; its status is now unknown.",
                )
            )
        elif old is not None and new is not None and old != new:
            # In one order of keys, whichever the writers had: an order is no fact.
            old, new = (json.loads(canonical(record)) for record in (old, new))
            changes.extend(_pair(old, new, on))
    return changes


def flips(before: _Records, after: _Records, on: date) -> list[str]:
    """Ids of jurisdictions in which any substance's status differs on the day, for the flip budget."""
    found = []
    for key in sorted({*before, *after}):
        if key not in before:
            continue
        was, new = before[key], after.get(key)
        old, now = _layer(was, on), Layer(key, new, on, was["name"])
        if any(old.status(s) != now.status(s) for s in Substance):
            found.append(key)
    return found


def reached(records: _Records, since: date, on: date) -> Iterator[Change]:
    """Enacted changes whose day came after one run and up to another, and what became laxer by them."""
    for record in records.values():
        ends = {day for period in record["timeline"] for day in (period["from"], period["until"])}
        starts = {period["from"]: period for period in record["timeline"][1:]}
        for day in sorted(d for d in ends if d and since.isoformat() < d <= on.isoformat()):
            law_day = date.fromisoformat(day)
            before, after = _layer(record, law_day - timedelta(days=1)), _layer(record, law_day)
            if day in starts:
                yield _change(
                    EventKind.EFFECTIVE_DATE_REACHED,
                    record,
                    on,
                    f"{record['name']}: the law of {day} is now in force: {_statuses(after)}.",
                    substance=None,
                    before=_statuses(before),
                    after=_statuses(after),
                    law_date=day,
                    details=(after.summary,) if after.summary else (),
                )
            for lift in lifts(before, after):
                yield _lifted(lift, record, on, after, law_date=day)


def _lifted(
    lift: Lift,
    record: RecordData,
    on: date,
    after: Layer,
    *,
    law_date: str | None = None,
    why: str = ": a person corrected or reviewed the record",
) -> Change:
    substance, was, now = lift
    what = (
        f"{about(substance)} went from {about(was)} to {about(now)}"
        if substance
        else f"{was} became {now}"
    )
    why = f" on {law_date}" if law_date else why
    return _change(
        EventKind.RESTRICTION_LIFTED,
        record,
        on,
        f"{record['name']}: {what}{why}.",
        substance=substance and str(substance),
        before=was,
        after=now,
        law_date=law_date,
        **_shown(after),
    )


def _shown(layer: Layer) -> dict[str, str | None]:
    """Where the law that now answers can be read, and its words."""
    evidence = next(iter(layer.citations()), None)
    return {
        "url": evidence["url"] if evidence else None,
        "quote": next((e["quote"] for e in layer.evidence({})), None),
    }


def _layer(record: RecordData, on: date) -> Layer:
    return Layer(record["id"], record, on)


def _pair(old: RecordData, new: RecordData, on: date) -> Iterator[Change]:
    yield from _contradictions(old, new, on)
    before, after = _layer(old, on), _layer(new, on)
    lifted = list(lifts(before, after))
    moved: dict[str | None, str | None] = {}
    for change in _statuses_moved(old, new, on):
        moved[change.substance] = change.law_date
        # A law that moved and freed something is told once, as that.
        if change.kind is EventKind.CORRECTION or change.substance not in {i[0] for i in lifted}:
            yield change
    for lift in lifted:
        yield _lifted(lift, new, on, after, law_date=moved.get(lift[0]))
    yield from _later(old, new, on, lifted)
    if not moved:
        yield from _terms(old, new, on)
    yield from _future(old, new, on)
    yield from _grades(old, new, on)
    yield from _citations(old, new, on)


def _later(old: RecordData, new: RecordData, on: date, told: list[Lift]) -> Iterator[Change]:
    """What became laxer for days to come alone, each thing once."""
    for day in sorted(day for day in turns(old) | turns(new) if day > on.isoformat()):
        then = date.fromisoformat(day)
        was, now = _plain_layer(old, then), _plain_layer(new, then)
        after = _layer(new, then)
        for lift in lifts(_layer(old, then), after):
            # An enacted change that is altered before its day is told as that.
            if lift not in told and (not lift[0] or was.status(lift[0]) is now.status(lift[0])):
                why = f" from {day} on: a person corrected or reviewed the record"
                yield _lifted(lift, new, on, after, why=why)
            told.append(lift)


def _statuses_moved(old: RecordData, new: RecordData, on: date) -> Iterator[Change]:
    # A contradiction has its own event; here only the two timelines are compared.
    before, after = (_plain_layer(record, on) for record in (old, new))
    attested = min(date.fromisoformat(old["attested"]), on - timedelta(days=1))
    then_before, then_after = (_plain_layer(record, attested) for record in (old, new))
    for substance in Substance:
        was, now = before.status(substance), after.status(substance)
        if was == now:
            continue
        rewritten = then_before.status(substance) != then_after.status(substance)
        since = after.since(substance)
        if rewritten or Status.UNKNOWN in {was, now}:
            kind, since = EventKind.CORRECTION, None
            sentence = (
                f"{new['name']}: our record of {about(substance)} was wrong or incomplete: "
                f"it said {about(str(was))}, it now says {about(str(now))}. The law itself did not move."
            )
        else:
            kind = EventKind.STATUS_CHANGED
            sentence = (
                f"{new['name']}: {about(substance)} went from {about(str(was))} to {about(str(now))} "
                f"on {since or 'an unknown day'}."
            )
        yield _change(
            kind,
            new,
            on,
            sentence,
            substance=str(substance),
            before=str(was),
            after=str(now),
            law_date=since,
            **_shown(after),
        )


def _plain_layer(record: RecordData, on: date) -> Layer:
    return _layer({**record, "contradictions": []}, on)


_NAMES = {
    "minimum_age": "minimum age",
    "seven_oh_cap": "7-OH limit",
    "schedule": "schedule",
    "limits": "limits",
    "duties": "duties",
    "may": "what one may do",
    "penalties": "penalties",
    "challenged": "court challenge",
}
_OWN = {"from", "until", "basis", "summary", "instruments", "statuses", "grades"}
"""What a period says that has an event of its own, or is no term."""


def _terms(old: RecordData, new: RecordData, on: date) -> Iterator[Change]:
    before, after = period_on(old, on), period_on(new, on)
    if before is None or after is None:
        return
    said = ({**after}, {**before})
    for key in dict.fromkeys((*_NAMES, *sorted({*after, *before} - _OWN))):
        # A fact that an older version did not code yet reads as one that it left out.
        now, was = (period.get(key) or None for period in said)
        if was != now:
            name = _NAMES.get(key, key.replace("_", " "))
            yield _change(
                EventKind.TERMS_CHANGED,
                new,
                on,
                f"{new['name']}: {name} went from {_plain(was)} to {_plain(now)}.",
                before=_plain(was),
                after=_plain(now),
                law_date=after["from"],
            )


def _future(old: RecordData, new: RecordData, on: date) -> Iterator[Change]:
    def coming(record: RecordData) -> dict[str, str]:
        days = [day for p in record["timeline"] if (day := p["from"] or "") > on.isoformat()]
        return {day: _statuses(_plain_layer(record, date.fromisoformat(day))) for day in days}

    before, after = coming(old), coming(new)
    for day in sorted({*before, *after}):
        if before.get(day) == after.get(day):
            continue
        if day in after:
            will = _statuses(_layer(new, date.fromisoformat(day)))
            sentence = f"{new['name']}: from {day} the law will be: {will}."
        else:
            sentence = f"{new['name']}: the change announced for {day} is no longer expected."
        yield _change(
            EventKind.FUTURE_CHANGE,
            new,
            on,
            sentence,
            before=before.get(day),
            after=after.get(day),
            law_date=day,
        )


def _contradictions(old: RecordData, new: RecordData, on: date) -> Iterator[Change]:
    def keyed(record: RecordData) -> dict[tuple[str, str, str, str, str], ContradictionData]:
        return {
            (c["document"], c["about"], c["observed"], c.get("undoes") or "", str(sorted(c["sets"].items()))): c
            for c in record["contradictions"]
        }  # fmt: skip

    before, after = keyed(old), keyed(new)
    still = {(item["document"], item["about"]) for item in new["contradictions"]}
    for key in sorted({*before, *after}):
        item = after.get(key) or before[key]
        document = new["documents"].get(key[0]) or document_of(old, key[0])
        if key in after and key not in before:
            yield _change(
                EventKind.CONTRADICTED,
                new,
                on,
                f"{new['name']}: on {about(item['about'])}, {document['title']} says {item['observed']}, "
                + _against(item),
                substance=item["about"] if item["about"] in set(Substance) else None,
                before=item["recorded"],
                after=item["observed"],
                document=key[0],
                url=document["url"],
                quote=item["quote"],
                details=(f"recorded: “{item['recorded_quote']}”",)
                if item["recorded_quote"]
                else (),
            )
        elif key in before and key not in after and key[:2] not in still:
            still.add(key[:2])
            agree = f"and the record agree again on {about(item['about'])}"
            yield _change(
                EventKind.CONTRADICTION_RESOLVED,
                new,
                on,
                f"{new['name']}: {document['title']} "
                + (
                    f"{agree}."
                    if key[0] in new["documents"]
                    else f"({key[0]}) is no longer in its source file."
                ),
                document=key[0],
                url=document["url"],
            )


def _against(item: ContradictionData) -> str:
    """What a text contradicts, and what answers say until somebody has looked at it."""
    if item.get("undoes"):
        return (
            f"and not {item['recorded']}. No page lifts what was found before: the stricter reading "
            "stands until a person reviews it."
        )
    stricter = ", ".join(
        f"{about(name).removeprefix('the ')} {about(str(value))}"
        for name, value in item["sets"].items()
    )
    effect = (
        f"Until it is reviewed, answers take the stricter reading: {stricter}."
        if stricter
        else "The record is the stricter of both and stands until it is reviewed."
    )
    return f"the record says {about(item['recorded'])}. {effect}"


def _grades(old: RecordData, new: RecordData, on: date) -> Iterator[Change]:
    before, after = period_on(old, on), period_on(new, on)
    if before is None or after is None or before["statuses"] != after["statuses"]:
        return
    moved: dict[tuple[str, str], list[str]] = {}
    for substance, grade in after["grades"].items():
        was = before["grades"].get(substance, "none")
        if was != grade:
            moved.setdefault((was, grade), []).append(substance)
    for (was, grade), substances in moved.items():
        yield _change(
            EventKind.GRADE_CHANGED,
            new,
            on,
            f"{new['name']}: what is known of {', '.join(map(about, substances))} went from "
            f"{about(was)} to {about(grade)}.",
            before=was,
            after=grade,
        )


def _citations(old: RecordData, new: RecordData, on: date) -> Iterator[Change]:
    was, now = ([c["text"] for c in _layer(record, on).citations()] for record in (old, new))
    if set(was) != set(now):
        yield _change(
            EventKind.CITATION_CHANGED,
            new,
            on,
            f"{new['name']}: the record now rests on {'; '.join(now) or 'no instrument'}.",
            before="; ".join(was),
            after="; ".join(now),
        )
    for name, document in new["documents"].items():
        earlier = old["documents"].get(name)
        if earlier and earlier["url"] != document["url"]:
            yield _change(
                EventKind.SOURCE_MOVED,
                new,
                on,
                f"{new['name']}: {document['title']} is now read at {document['url']}.",
                before=earlier["url"],
                after=document["url"],
                document=name,
                url=document["url"],
            )


def _statuses(layer: Layer) -> str:
    return ", ".join(f"{name} {status}" for name, status in layer.substances().items())


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        words = [
            f"{k} {'yes' if v is True else 'no' if v is False else v}" for k, v in value.items()
        ]
        return ", ".join(words) or "none"
    return "none" if value is None else str(value)


def _change(kind: EventKind, record: RecordData, on: date, sentence: str, **facts: Any) -> Change:
    return Change(
        kind=kind, jurisdiction=record["id"], observed=on.isoformat(), sentence=sentence, **facts
    )
