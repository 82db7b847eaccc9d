"""Lifts: in what one layer's answers became laxer, between two days or two versions of its record."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from regstatus.decide.citations import citation
from regstatus.decide.layer import Layer
from regstatus.decide.quotations import SAYS, quotations, says
from regstatus.model.change import Change
from regstatus.model.law import Activity, Permission, Substance, about, said
from regstatus.model.strictness import laxer
from regstatus.model.words import EventKind

Lift = tuple[str | None, str, str]
"""Something laxer than it was: the substance, if it is a status, what it was and what it is."""


def lifts(before: Layer, after: Layer) -> Iterator[Lift]:
    """In what the second layer is laxer than the first: status, permission, age, cap, duty or limit.

    A status that is laxer says all that follows from it: its permissions, and for the leaf its
    terms. What may not be sold has no terms to lose, and what was not known was no restriction.
    """
    freed: set[str] = set()
    for name in Substance:
        was, now = before.status(name), after.status(name)
        leaned, leans = before.probably.get(name), after.probably.get(name)
        if laxer(name, was, now) or (leaned and laxer(name, leaned, leans or now)):
            freed.add(name)
            sides = ((was, leaned), (now, leans))
            old, new = (said(str(known), word) if word else str(known) for known, word in sides)
            yield str(name), old, new
    for activity in Activity:
        for name in Substance:
            allowed, allows = before.may(activity, name), after.may(activity, name)
            known = allowed not in {None, Permission.UNKNOWN}
            if name not in freed and known and laxer(activity, allowed, allows):
                yield None, f"{activity} {name} {allowed}", f"{activity} {name} {allows or 'yes'}"
    if Substance.SEVEN_OH not in freed and _sold(before, after, Substance.SEVEN_OH):
        yield from _term("seven_oh_cap", before.cap, after.cap)
    if Substance.LEAF not in freed and _sold(before, after, Substance.LEAF):
        yield from _term("minimum_age", before.minimum_age, after.minimum_age)
        for duty, held in before.fact("duties").items():
            if held and not after.fact("duties").get(duty):
                yield None, f"{duty} required", f"{duty} not required"
        kept = {item["about"] for item in after.limits()}
        for item in before.limits():
            if item["about"] not in kept:
                yield None, f"limits on {item['about']}", f"no limits on {item['about']}"


def _sold(before: Layer, after: Layer, name: str) -> bool:
    return all(layer.may(Activity.SELL, name) is not Permission.NO for layer in (before, after))


def _term(name: str, was: int | str | None, now: int | str | None) -> Iterator[Lift]:
    if laxer(name, was, now):
        what = about(name).removeprefix("the ")
        yield None, f"{what} {was}", f"{what} {now or 'none'}"


def lifted(
    lift: Lift,
    on: date,
    after: Layer,
    *,
    law_date: str | None = None,
    why: str = ": a person corrected or reviewed the record",
) -> Change:
    """The event of a lift: on the day of a law that moved, else why it became laxer."""
    substance, was, now = lift
    what = f"{was} became {now}"
    if substance:
        what = f"{about(substance)} went from {about(was)} to {about(now)}"
    return Change(
        kind=EventKind.RESTRICTION_LIFTED,
        jurisdiction=after.id,
        observed=on.isoformat(),
        sentence=f"{after.name}: {what}{f' on {law_date}' if law_date else why}.",
        substance=substance,
        before=was,
        after=now,
        law_date=law_date,
        **shown(after),
    )


def shown(layer: Layer) -> dict[str, Any]:
    """Where the law that now answers can be read, and its words."""
    names = layer.instruments()
    return {
        "url": next((citation(layer.record, name)["url"] for name in names), None),
        "quote": next((i["quote"] for i in quotations(layer, {}) if says(i) == SAYS), None),
    }
