"""Judge: in what a readable text departs from what its source file expects it to say."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from regstatus.model.document import Document
from regstatus.model.finding import Finding, Place
from regstatus.model.law import PERMISSIONS, Activity, Permission, Status, Substance
from regstatus.model.record import Period
from regstatus.model.strictness import laxer, limits
from regstatus.model.words import Context, Reads

__all__ = ["FORBIDDEN", "Difference", "claims", "judge", "place_of"]


class Difference(NamedTuple):
    """One expectation that a readable text does not meet."""

    about: str
    recorded: str
    observed: str
    sets: dict[str, str | int]
    place: Place | None


def judge(
    document: Document,
    finding: Finding,
    current: Period | None,
    *,
    coming: Sequence[Period] = (),
    moved: Container[str] = (),
) -> tuple[Difference, ...]:
    """Say in what a readable text departs from what its source file expects; nothing if it confirms.

    Args:
        document: What the file expects.
        finding: What the text says.
        current: The period of the day.
        coming: Those after it: what a text says beyond its file counts on their days, too.
        moved: Facts of which the record says otherwise than when the file was attested. That a
            text still says there what its file expects is no reason to be laxer than the text.
    """
    if document.reads is Reads.FEED:
        return ()
    differences = [
        *_terms(document, finding, current, coming, moved),
        *_age(document, finding, current, coming, moved),
        *_cap(document, finding, current, coming, moved),
        *_prohibitions(document, finding, current, moved),
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


def claims(document: Document, finding: Finding) -> Iterator[tuple[str, dict[str, str | int]]]:
    """All by which a text can make an answer stricter, whatever the record says: about what, and how."""
    for substance in Substance:
        if finding.says(substance) == "listed":
            yield (
                str(substance),
                {str(substance): str(_listed_status(document, finding, substance))},
            )
    for prohibition in finding.prohibitions if document.reads is Reads.STATUTE else ():
        sets: dict[str, str | int] = {str(prohibition.activity): str(Permission.NO)}
        if implied := _IMPLIED.get(prohibition.activity):
            sets[str(prohibition.substance)] = str(implied)
        yield str(prohibition.substance), sets
    if finding.minimum_age:
        yield "minimum_age", {"minimum_age": finding.minimum_age.years}
    if finding.seven_oh_cap:
        yield "seven_oh_cap", {"seven_oh_cap": finding.seven_oh_cap}


def _any_listed(finding: Finding) -> bool:
    return any(mention.context is Context.LISTED for mention in finding.mentions)


def _status(period: Period | None, substance: Substance) -> Status:
    return (period.statuses if period else {}).get(substance, Status.UNKNOWN)


def _terms(
    document: Document,
    finding: Finding,
    current: Period | None,
    coming: Sequence[Period],
    moved: Container[str],
) -> Iterator[Difference]:
    expectations = document.shows.terms()
    for substance in Substance:
        expected, observed = expectations.get(substance), finding.says(substance)
        recorded, listed = _status(current, substance), Status.UNREGULATED
        if observed == "listed":
            listed = _listed_status(document, finding, substance)
        stricter = listed.severity > recorded.severity
        # An exclusion names what it leaves out, so it also meets `named`.
        met = observed == expected or (expected == "named" and observed == "excluded")
        if expected is None:
            # A schedule that lists what nobody asked it about is stricter than the record.
            if not (stricter and document.reads is Reads.SCHEDULE):
                continue
            expected = f"{recorded}, and nothing of it in this list"
        elif met:
            if not (stricter and substance in moved):
                continue
            expected = str(recorded)
        counts = any(listed.severity > _status(p, substance).severity for p in (current, *coming))
        yield Difference(
            str(substance),
            expected,
            observed,
            {str(substance): str(listed)} if counts else {},
            place_of(finding, substance, observed),
        )


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


def _age(
    document: Document,
    finding: Finding,
    current: Period | None,
    coming: Sequence[Period],
    moved: Container[str],
) -> Iterator[Difference]:
    expected = document.shows.minimum_age
    if expected is None:
        return
    found = finding.minimum_age
    if found is None:
        yield Difference("minimum_age", str(expected), "none found", {}, None)
        return
    recorded = current.minimum_age if current else None
    if found.years == expected:
        if "minimum_age" not in moved or found.years <= (recorded or 0):
            return
        expected = recorded or 0
    others = [period.minimum_age or 0 for period in coming if _sold(period, Substance.LEAF)]
    sets: dict[str, str | int] = {}
    if any(found.years > years for years in (recorded or expected, *others)):
        sets = {"minimum_age": found.years}
    yield Difference("minimum_age", str(expected or "no age"), str(found.years), sets, found.place)


def _sold(period: Period, substance: Substance) -> bool:
    """Whether a substance may be sold at all: what may not has no terms to be stricter in."""
    usual = PERMISSIONS[_status(period, substance)][Activity.SELL]
    return Permission.NO not in {Permission(usual), period.may.get(Activity.SELL)}


def _cap(
    document: Document,
    finding: Finding,
    current: Period | None,
    coming: Sequence[Period],
    moved: Container[str],
) -> Iterator[Difference]:
    expected = document.shows.seven_oh_cap
    if expected is None:
        return
    found, observed = finding.seven_oh_cap, limits(finding.seven_oh_cap)
    recorded: str | None = expected
    if all(observed.get(unit) == amount for unit, amount in limits(expected).items()):
        recorded = current.seven_oh_cap if current else None
        if "seven_oh_cap" not in moved or not laxer("seven_oh_cap", found, recorded):
            return
    others = [period.seven_oh_cap for period in coming if _sold(period, Substance.SEVEN_OH)]
    sets: dict[str, str | int] = {}
    if found and any(laxer("seven_oh_cap", found, cap) for cap in (recorded, *others)):
        sets = {"seven_oh_cap": found}
    place = next((cap.place for cap in finding.caps if cap.substance is Substance.SEVEN_OH), None)
    yield Difference("seven_oh_cap", recorded or "no limit", found or "none found", sets, place)


def _prohibitions(
    document: Document, finding: Finding, current: Period | None, moved: Container[str]
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
        if activity in document.shows.prohibits and not (activity in moved or substance in moved):
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
    status = _status(current, substance)
    implied = _IMPLIED.get(activity, Status.UNREGULATED)
    if implied.severity > status.severity:
        return str(status), {str(substance): str(implied)}
    usual = Permission(PERMISSIONS[status][activity])
    recorded = (current.may.get(activity) if current else None) or usual
    if recorded is Permission.NO:
        return "", {}
    return f"{activity} {recorded}", {str(activity): str(Permission.NO)}
