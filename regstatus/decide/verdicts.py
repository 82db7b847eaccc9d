"""Judge: in what a readable text departs from what its source file expects it to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from regstatus.model.finding import Finding, Place
from regstatus.model.record import Period
from regstatus.model.source import Document
from regstatus.model.strictness import laxer, limits
from regstatus.model.words import (
    PERMISSIONS,
    Activity,
    Context,
    Permission,
    Reads,
    Status,
    Substance,
)

__all__ = ["Difference", "judge", "place_of"]


class Difference(NamedTuple):
    """One expectation that a readable text does not meet."""

    about: str
    recorded: str
    observed: str
    sets: dict[str, str | int]
    place: Place | None


def judge(document: Document, finding: Finding, current: Period | None) -> tuple[Difference, ...]:
    """Say in what a readable text departs from what its source file expects; nothing if it confirms."""
    if document.reads is Reads.FEED:
        return ()
    statuses = current.statuses if current else {}
    differences = [
        *_terms(document, finding, statuses),
        *_age(document, finding, current),
        *_cap(document, finding),
        *_prohibitions(document, finding, current),
    ]
    shows = document.shows
    if shows.schedule and finding.schedule != shows.schedule and _any_listed(finding):
        differences.append(
            Difference("schedule", shows.schedule, finding.schedule or "none", {}, None)
        )
    found = {duty.name for duty in finding.duties}
    differences.extend(
        Difference(f"duty: {name}", "required", "not found in the text", {}, None)
        for name in shows.duties
        if name not in found
    )
    differences.extend(
        Difference("wording", phrase.phrase, "not found in the text", {}, None)
        for phrase in finding.phrases
        if not phrase.found
    )
    return tuple(differences)


def _any_listed(finding: Finding) -> bool:
    return any(mention.context is Context.LISTED for mention in finding.mentions)


def _terms(
    document: Document, finding: Finding, statuses: Mapping[Substance, Status]
) -> Iterator[Difference]:
    asked: dict[Substance, str | None] = dict.fromkeys(Substance)
    asked.update(document.shows.terms())
    for substance, expected in asked.items():
        observed = finding.says(substance)
        if expected is None and not _stricter_listing(document, observed, statuses, substance):
            continue
        # An exclusion names what it leaves out, so it also meets `named`.
        if observed == expected or (expected == "named" and observed == "excluded"):
            continue
        recorded = statuses.get(substance, Status.UNKNOWN)
        sets: dict[str, str | int] = {}
        if observed == "listed":
            status = _listed_status(document, finding, substance)
            if status.severity > recorded.severity:
                sets = {str(substance): str(status)}
        yield Difference(
            str(substance),
            expected or f"{recorded}, and nothing of it in this list",
            observed,
            sets,
            place_of(finding, substance, observed),
        )


def _stricter_listing(
    document: Document, observed: str, statuses: Mapping[Substance, Status], substance: Substance
) -> bool:
    """Whether a schedule lists what nobody asked it about, and so is stricter than the record."""
    if document.reads is not Reads.SCHEDULE or observed != "listed":
        return False
    return document.listing.severity > statuses.get(substance, Status.UNKNOWN).severity


def _listed_status(document: Document, finding: Finding, substance: Substance) -> Status:
    """What a new listing means: in a schedule what its file says, in a statute what it forbids."""
    if document.reads is Reads.SCHEDULE:
        return document.listing
    forbidden = {p.activity for p in finding.prohibitions if p.substance == substance}
    if forbidden and Activity.POSSESS not in forbidden:
        return Status.SALE_PROHIBITED
    return Status.BANNED


def place_of(finding: Finding, substance: Substance, observed: str) -> Place | None:
    """Where a finding says what it says of a substance; None where it is silent."""
    wanted = {"listed": Context.LISTED, "excluded": Context.EXCLUDED}.get(observed)
    for mention in finding.mentions:
        if mention.substance == substance and wanted in {None, mention.context}:
            return mention.place
    return None


def _age(document: Document, finding: Finding, current: Period | None) -> Iterator[Difference]:
    expected = document.shows.minimum_age
    if expected is None:
        return
    found = finding.minimum_age
    if found is None:
        yield Difference("minimum_age", str(expected), "none found", {}, None)
    elif found.years != expected:
        recorded = (current.minimum_age if current else None) or expected
        sets: dict[str, str | int] = {}
        if found.years > recorded:
            sets = {"minimum_age": found.years}
        yield Difference("minimum_age", str(expected), str(found.years), sets, found.place)


def _cap(document: Document, finding: Finding) -> Iterator[Difference]:
    expected = document.shows.seven_oh_cap
    if expected is None:
        return
    observed = limits(finding.seven_oh_cap)
    if all(observed.get(unit) == amount for unit, amount in limits(expected).items()):
        return
    sets: dict[str, str | int] = {}
    if finding.seven_oh_cap and laxer("seven_oh_cap", finding.seven_oh_cap, expected):
        sets = {"seven_oh_cap": finding.seven_oh_cap}
    place = next((cap.place for cap in finding.caps if cap.substance is Substance.SEVEN_OH), None)
    yield Difference("seven_oh_cap", expected, finding.seven_oh_cap or "none found", sets, place)


def _prohibitions(
    document: Document, finding: Finding, current: Period | None
) -> Iterator[Difference]:
    found = {(p.activity, p.substance): p.place for p in finding.prohibitions}
    activities = {activity for activity, _ in found}
    for activity in document.shows.prohibits:
        if activity not in activities:
            yield Difference(
                f"prohibits {activity}", "forbidden", "not found in the text", {}, None
            )
    if document.reads is not Reads.STATUTE:
        return
    for (activity, substance), place in found.items():
        if activity in document.shows.prohibits:
            continue
        recorded, sets = _forbidden(activity, substance, current)
        if sets:
            yield Difference(str(substance), recorded, f"{activity} {FORBIDDEN}", sets, place)


FORBIDDEN = "is forbidden"
"""How a prohibition that was read is told."""

_IMPLIED = {Activity.POSSESS: Status.BANNED, Activity.SELL: Status.SALE_PROHIBITED}


def _forbidden(
    activity: Activity, substance: Substance, current: Period | None
) -> tuple[str, dict[str, str | int]]:
    """What the record says of an activity that a text forbids, and what answers must take instead."""
    status = (current.statuses if current else {}).get(substance, Status.UNKNOWN)
    implied = _IMPLIED.get(activity, Status.UNREGULATED)
    if implied.severity > status.severity:
        return str(status), {str(substance): str(implied)}
    usual = Permission(PERMISSIONS[status][activity])
    recorded = (current.may.get(activity) if current else None) or usual
    if recorded is Permission.NO:
        return "", {}
    return f"{activity} {recorded}", {str(activity): str(Permission.NO)}
