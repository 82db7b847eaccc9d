"""Comparison: what differs between two versions of one record, as typed events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from regstatus.base.front_page import keyless
from regstatus.decide.citations import citation, document_of
from regstatus.decide.days_of_law import law_days, period_on
from regstatus.decide.layer import Layer
from regstatus.decide.softening import Lift, lifted, lifts, shown
from regstatus.model.change import Change
from regstatus.model.law import Status, Substance, about
from regstatus.model.words import EventKind

if TYPE_CHECKING:
    from regstatus.model.shapes import ContradictionData, RecordData


class Comparison:
    """Two versions of one record, and what differs between them for one day."""

    def __init__(self, old: RecordData, new: RecordData, on: date) -> None:
        self.old, self.new, self.on = old, new, on
        self.before, self.after = Layer(old["id"], old, on), Layer(new["id"], new, on)

    def _told(self, kind: EventKind, says: str, **facts: Any) -> Change:
        return Change(
            kind=kind,
            jurisdiction=self.new["id"],
            observed=self.on.isoformat(),
            sentence=f"{self.new['name']}: {says}",
            **facts,
        )

    def changes(self) -> Iterator[Change]:
        """All that differs, in the order in which it is told."""
        yield from self._contradictions()
        freed = list(lifts(self.before, self.after))
        moved: dict[str | None, str | None] = {}
        for change in self._statuses_moved():
            moved[change.substance] = change.law_date
            # A law that moved and freed something is told once, as that.
            if change.kind is EventKind.CORRECTION or change.substance not in {i[0] for i in freed}:
                yield change
        for lift in freed:
            yield lifted(lift, self.on, self.after, law_date=moved.get(lift[0]))
        yield from self._later(freed)
        yield from self._terms(only=("probably", "accounts") if moved else None)
        yield from self._future()
        yield from self._grades()
        yield from self._citations()

    def _later(self, told: list[Lift]) -> Iterator[Change]:
        """What became laxer for days to come alone, each thing once."""
        days = law_days(self.old) | law_days(self.new)
        for day in sorted(day for day in days if day > self.after.on):
            before, after = self.before.then(day), self.after.then(day)
            if before.beyond or after.beyond:
                continue
            was, now = before.plain(), after.plain()
            for lift in lifts(before, after):
                # An enacted change that is altered before its day is told as that.
                if lift not in told and (not lift[0] or was.status(lift[0]) is now.status(lift[0])):
                    why = f" from {day} on: a person corrected or reviewed the record"
                    yield lifted(lift, self.on, after, why=why)
                told.append(lift)

    def _statuses_moved(self) -> Iterator[Change]:
        # A contradiction has its own event; here only the two timelines are compared.
        before, after = self.before.plain(), self.after.plain()
        attested = min(self.old["attested"], (self.on - timedelta(days=1)).isoformat())
        then_before, then_after = before.then(attested), after.then(attested)
        for substance in Substance:
            was, now = before.status(substance), after.status(substance)
            if was == now:
                continue
            went = f"{about(str(was))} to {about(str(now))}"
            since, latest = after.begun(substance)
            when = f"on {since or 'an unknown day'}"
            if since is None and latest is not None:
                when = f"by {latest} at the latest"
            kind = EventKind.STATUS_CHANGED
            says = f"{about(substance)} went from {went} {when}."
            rewritten = then_before.status(substance) != then_after.status(substance)
            another = bool(self.old.get("own")) != bool(self.new.get("own"))
            if another or rewritten or Status.UNKNOWN in {was, now}:
                kind, since = EventKind.CORRECTION, None
                said = f"it said {about(str(was))}, it now says {about(str(now))}."
                what, end = "was wrong or incomplete", " The law itself did not move."
                if another:
                    what, end = "is by another file", ""
                says = f"our record of {about(substance)} {what}: {said}{end}"
            yield self._told(
                kind,
                says,
                substance=str(substance),
                before=str(was),
                after=str(now),
                law_date=since,
                **shown(after),
            )

    def _terms(self, only: tuple[str, ...] | None) -> Iterator[Change]:
        before, after = period_on(self.old, self.on), period_on(self.new, self.on)
        if before is None or after is None:
            return
        said = ({**after}, {**before})
        known = dict.fromkeys((*_FIRST, "challenged", *sorted({*after, *before} - _OWN)))
        for key in only or known:
            # A fact that an older version did not code yet reads as one that it left out.
            now, was = (period.get(key) or None for period in said)
            if was != now:
                yield self._told(
                    EventKind.TERMS_CHANGED,
                    f"{_name(key)} went from {_plain(was)} to {_plain(now)}.",
                    before=_plain(was),
                    after=_plain(now),
                    law_date=None if after.get("from_at_latest") else after["from"],
                )

    def _future(self) -> Iterator[Change]:
        before, after = (
            {
                day: law_of(layer.plain().then(day))
                for day in law_days(layer.record)
                if day > layer.on
            }
            for layer in (self.before, self.after)
        )
        for day in sorted({*before, *after}):
            if before.get(day) == after.get(day):
                continue
            says = f"the change announced for {day} is no longer expected."
            if day in after:
                says = f"from {day} the law will be: {law_of(self.after.then(day))}."
            facts = {"before": before.get(day), "after": after.get(day), "law_date": day}
            yield self._told(EventKind.FUTURE_CHANGE, says, **facts)

    def _contradictions(self) -> Iterator[Change]:
        before, after = _keyed(self.old), _keyed(self.new)
        still = {(item["document"], item["about"]) for item in self.new["contradictions"]}
        for key in sorted({*before, *after}):
            item = after.get(key) or before[key]
            name, subject = item["document"], item["about"]
            document = self.new["documents"].get(name) or document_of(self.old, name)
            facts = {"document": name, "url": keyless(document["url"])}
            if key not in before:
                quoted = item["recorded_quote"]
                yield self._told(
                    EventKind.CONTRADICTED,
                    f"on {about(subject)}, {document['title']} says {item['observed']}, "
                    + _against(item),
                    substance=subject if subject in set(Substance) else None,
                    before=item["recorded"],
                    after=item["observed"],
                    quote=item["quote"],
                    details=(f"recorded: “{quoted}”",) if quoted else (),
                    **facts,
                )
            elif key not in after and (name, subject) not in still:
                still.add((name, subject))
                says = f"{document['title']} ({name}) is no longer in its source file."
                if name in self.new["documents"]:
                    agree = f"and the record agree again on {about(subject)}"
                    says = f"{document['title']} {agree}."
                yield self._told(EventKind.CONTRADICTION_RESOLVED, says, **facts)

    def _grades(self) -> Iterator[Change]:
        before, after = period_on(self.old, self.on), period_on(self.new, self.on)
        if before is None or after is None or before["statuses"] != after["statuses"]:
            return
        moved: dict[tuple[str, str], list[str]] = {}
        for substance, grade in after["grades"].items():
            was = before["grades"].get(substance, "none")
            if was != grade:
                moved.setdefault((was, grade), []).append(about(substance))
        for (was, grade), names in moved.items():
            yield self._told(
                EventKind.GRADE_CHANGED,
                f"what is known of {', '.join(names)} went from {about(was)} to {about(grade)}.",
                before=was,
                after=grade,
            )

    def _citations(self) -> Iterator[Change]:
        was, now = (
            [citation(layer.record, name)["text"] for name in layer.instruments()]
            for layer in (self.before, self.after)
        )
        if set(was) != set(now):
            yield self._told(
                EventKind.CITATION_CHANGED,
                f"the record now rests on {'; '.join(now) or 'no instrument'}.",
                before="; ".join(was),
                after="; ".join(now),
            )
        for name, document in self.new["documents"].items():
            earlier = self.old["documents"].get(name)
            if earlier and earlier["url"] != document["url"]:
                yield self._told(
                    EventKind.SOURCE_MOVED,
                    f"{document['title']} is now read at {keyless(document['url'])}.",
                    before=keyless(earlier["url"]),
                    after=keyless(document["url"]),
                    document=name,
                    url=keyless(document["url"]),
                )


_FIRST = ("minimum_age", "seven_oh_cap", "schedule", "limits", "duties", "may", "penalties")
"""The terms that are told before others."""
_NAMES = {
    "seven_oh_cap": "7-OH limit",
    "may": "what one may do",
    "challenged": "court challenge",
    "probably": "what it probably is",
    "accounts": "the ground of what it probably is",
}
"""Those that are not called as their keys are."""
_OWN = {"from", "from_at_latest", "until", "basis", "summary", "instruments", "statuses", "grades"}
"""What a period says that has an event of its own, or is no term."""


def _keyed(record: RecordData) -> dict[tuple[str, str, str, str, str], ContradictionData]:
    return {
        (c["document"], c["about"], c["observed"], c.get("undoes") or "", str(sorted(c["sets"].items()))): c
        for c in record["contradictions"]
    }  # fmt: skip


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
    effect = "The record is the stricter of both and stands until it is reviewed."
    if stricter:
        effect = f"Until it is reviewed, answers take the stricter reading: {stricter}."
    return f"the record says {about(item['recorded'])}. {effect}"


def _name(key: str) -> str:
    return _NAMES.get(key, key.replace("_", " "))


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        words = [
            f"{k} {'yes' if v is True else 'no' if v is False else v}"
            for k, v in sorted(value.items())
        ]
        return ", ".join(words) or "not recorded"
    if isinstance(value, list):
        value = "; ".join(value)
    return "not recorded" if value is None else str(value)


def law_of(layer: Layer) -> str:
    """The statuses and terms of a layer in one line: a law may change the ones or the others."""
    leans = {name: f", probably {word}" for name, word in layer.probably.items()}
    held = layer.substances().items()
    said = ", ".join(f"{name} {status}{leans.get(name, '')}" for name, status in held)
    terms = {name: layer.fact(name) for name in _FIRST}
    return "; ".join(
        [said, *(f"{_name(key)} {_plain(value)}" for key, value in terms.items() if value)]
    )
