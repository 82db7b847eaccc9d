"""Lookup: from a question (place, day, substance) to an Answer.

A subdivision is not an island: an answer shows the locality, the state and the
country, and for each substance the strictest governs. A layer that nobody has
read is shown as unknown and never makes an answer more permissive.
"""

from __future__ import annotations

from datetime import UTC, date

from regstatus.base.errors import UnknownJurisdiction, quoted
from regstatus.decide.freshness import NEVER_CHECKED, WITHDRAWN, freshness
from regstatus.decide.layer import Layer, turns
from regstatus.model.canonical import seat
from regstatus.model.law import DUTIES, SUBSTANCES, Activity, Grade, Permission, Status
from regstatus.model.strictness import strictest_cap, strictest_permission
from regstatus.query.answer import DISCLAIMER, Answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from regstatus.catalog.places import Resolution
    from regstatus.model.shapes import (
        AnswerData,
        ContextData,
        DetailData,
        FreshnessData,
        SeatData,
        ShortAnswerData,
    )
    from regstatus.store.reader import Snapshot

__all__ = ["SHORT", "answer", "resolve", "shorten"]

SHORT = (
    "jurisdiction",
    "on",
    "zone",
    "status",
    "substances",
    "schedule",
    "minimum_age",
    "seven_oh_cap",
    "may",
    "since",
    "until",
    "summary",
    "grade",
    "basis",
    "freshness",
    "snapshot",
)
"""The keys of the short form of an answer."""

_ACTIVITIES = tuple(str(item) for item in Activity)


def resolve(snapshot: Snapshot, name: str) -> Resolution:
    """Find the jurisdiction that a person means, and what else the words may mean.

    Localities come from the snapshot.

    Raises:
        UnknownJurisdiction: With suggestions.
        AmbiguousJurisdiction: With the candidates.
    """
    from regstatus.catalog.places import Registry

    try:
        return Registry(snapshot.localities(name)).interpret(name)
    except UnknownJurisdiction:
        # Another spelling may share no word with the id; suggestions need all of them.
        return Registry(snapshot.localities()).interpret(name)


def answer(
    snapshot: Snapshot,
    name: str,
    *,
    on: date | None,
    now: datetime,
    substance: str | None = None,
) -> Answer:
    """Answer one question.

    Args:
        snapshot: The version that answers.
        name: An id, code, name or OCD id.
        on: The day of law time, local to the place; None for the day that it is in UTC, and the
            answer says that it is that.
        now: The present moment, UTC, for freshness.
        substance: One of the four substances; the leaf if None.

    Raises:
        UnknownJurisdiction: If no place goes by the name.
        AmbiguousJurisdiction: If several do.
        UsageError: If the substance is not one of the four.
    """
    if not isinstance(name, str):
        raise UnknownJurisdiction(
            quoted(name), why=f"{quoted(name)} is no name or code of a place."
        )
    asked = _substance(substance)
    zone = "UTC" if on is None else None
    on = on or now.astimezone(UTC).date()
    hint = None
    if record := snapshot.get(name) or snapshot.former.get(name):
        place = seat(record)
        if len(name) == 2:  # `AL` is Albania, and many who write it mean Alabama
            from regstatus.catalog.places import Registry

            hint = Registry().interpret(name).hint
    else:
        read = resolve(snapshot, name)
        place, hint = read.jurisdiction.to_dict(), read.hint
    ladder = _ladder(snapshot, place)
    names = {place["id"]: place["name"]}
    layers = [Layer(key, snapshot.get(key), on, names.get(key)) for key in ladder]
    return Answer(_compose(snapshot, place, layers, on, zone, now, asked, hint))


def _ladder(snapshot: Snapshot, place: SeatData) -> list[str]:
    """A place and what lies above it, nearest first.

    Records name what they lie in, so the registry is read only where one is missing:
    reading it would be a twentieth of a look-up.
    """
    ids = [place["id"]]
    above = place["parent"]
    while above is not None and above not in ids:
        ids.append(above)
        record = snapshot.get(above)
        if record is None:
            from regstatus.catalog.places import Registry

            ids.extend(upper.id for upper in Registry().ancestors(above))
            break
        above = record["parent"]
    return ids


def shorten(full: AnswerData) -> ShortAnswerData:
    """The short form of an answer, as `list` gives it: the same keys, fewer of them."""
    held: Mapping[str, Any] = full
    short: Any = {key: held[key] for key in SHORT}
    found: ShortAnswerData = short
    return found


def _substance(name: str | None) -> str | None:
    if name is None:
        return None
    from regstatus.model.law import substance

    return str(substance(name))


def _compose(
    snapshot: Snapshot,
    place: SeatData,
    layers: list[Layer],
    on: date,
    zone: str | None,
    now: datetime,
    asked: str | None,
    hint: str | None,
) -> AnswerData:
    head = asked or "leaf"
    own = layers[0]
    governing = {name: _governing(layers, name) for name in SUBSTANCES}
    status, lead = governing[head]
    may = {
        activity: strictest_permission(layer.may(activity, head) for layer in layers)
        for activity in _ACTIVITIES
    }
    ages = [layer.minimum_age for layer in layers if layer.minimum_age]
    clocks = snapshot.ledger
    fresh = _freshness(snapshot, layers, now)
    reviews = [item for layer in layers for item in layer.reviews()]
    return {
        "jurisdiction": place,
        "on": on.isoformat(),
        "zone": zone,
        "substance": asked,
        "status": str(status),
        "substances": {name: str(governing[name][0]) for name in SUBSTANCES},
        "details": {name: _detail(governing[name], name) for name in SUBSTANCES},
        "schedule": lead.fact("schedule") if lead else None,
        # Where a town forbids all sale, the age of the state's buyers is no answer.
        "minimum_age": None if may[Activity.SELL] is Permission.NO else max(ages, default=None),
        "seven_oh_cap": strictest_cap(layer.cap for layer in layers),
        "limits": [item for layer in layers for item in layer.limits()],
        "duties": _duties(layers),
        "may": {activity: str(permission) for activity, permission in may.items()},
        "penalties": lead.fact("penalties") if lead else None,
        "since": lead.since(head) if lead else None,
        "until": _until(layers, head, status),
        "summary": _summary(place, status, head, f"{on} ({zone})" if zone else str(on), lead)
        + ("" if asked else _stricter(status, governing)),
        "citations": [item for layer in _speaking(layers, governing) for item in layer.citations()],
        "evidence": [
            item for layer in _speaking(layers, governing) for item in layer.evidence(clocks)
        ],
        "grade": str(_grade(layers, head, status)),
        "basis": lead.basis if lead and status is not Status.UNKNOWN else None,
        "review": {"open": len(reviews), "contradictions": reviews} if reviews else None,
        "freshness": fresh,
        "upcoming": sorted(
            (item for layer in layers for item in layer.upcoming()), key=lambda item: item["from"]
        ),
        "history": own.history(),
        "layers": [layer.to_dict() for layer in layers],
        "context": _context(snapshot, layers[-1].id, on),
        "pending": [item for layer in layers for item in layer.pending()],
        "positions": [item for layer in layers for item in layer.positions()],
        "conflicts": [item for layer in layers for item in layer.conflicts()],
        "snapshot": {
            "version": snapshot.version,
            "digest": snapshot.digest,
            "created": snapshot.created,
            "origin": snapshot.origin,
            "warning": snapshot.warning,
        },
        "disclaimer": DISCLAIMER,
        "hint": hint,
    }


def _governing(layers: list[Layer], substance: str) -> tuple[Status, Layer | None]:
    """The strictest status of the layers that address a substance, and the layer that sets it."""
    best: tuple[Status, Layer | None] = (Status.UNKNOWN, None)
    weight = -1.0
    for layer in layers:
        status = layer.status(substance)
        if status is not None and _weight(layer, substance, status) > weight:
            best, weight = (status, layer), _weight(layer, substance, status)
    return best


def _weight(layer: Layer, substance: str, status: Status) -> float:
    leaf = layer.status("leaf")
    if status is Status.UNKNOWN and substance != "leaf" and leaf is not None:
        # Where a town bans the leaf and nobody has read what it says of the
        # alkaloids, a state's permission must not pass for the answer. A state's
        # prohibition still governs: it is the least that is known.
        least = Status.PRESCRIPTION_ONLY.severity - 0.5
        return max(status.severity, min(leaf.severity - 0.5, least))
    return status.severity


def _until(layers: list[Layer], substance: str, status: Status) -> str | None:
    """The first coming day on which the layers together will say something else, if one is enacted."""
    turning = {day for layer in layers if layer.record for day in turns(layer.record)}
    days = sorted(day for day in turning if day > layers[0].on)
    for day in days:
        then = [
            Layer(layer.id, layer.record, date.fromisoformat(day), layer.name) for layer in layers
        ]
        if _governing(then, substance)[0] is not status:
            return str(day)
    return None


def _grade(layers: list[Layer], substance: str, status: Status) -> Grade:
    """The weakest grade among the layers that give the governing status: no claim beyond its evidence."""
    if status is Status.UNKNOWN:
        return Grade.NONE
    grades = [layer.grade(substance) for layer in layers if layer.status(substance) is status]
    return min(grades, key=lambda grade: grade.rank, default=Grade.NONE)


def _detail(governing: tuple[Status, Layer | None], substance: str) -> DetailData:
    status, layer = governing
    return {
        "status": str(status),
        "since": layer.since(substance) if layer else None,
        "schedule": layer.fact("schedule") if layer and status is Status.BANNED else None,
        "grade": str(layer.grade(substance)) if layer else str(Grade.NONE),
        "by": layer.id if layer else None,
    }


def _speaking(
    layers: list[Layer], governing: Mapping[str, tuple[Status, Layer | None]]
) -> list[Layer]:
    """The place's own layer, and those above it that set some substance's status."""
    setting = {layer.id for _, layer in governing.values() if layer is not None}
    return [layer for index, layer in enumerate(layers) if index == 0 or layer.id in setting]


def _duties(layers: list[Layer]) -> dict[str, bool | None]:
    """A duty holds where any layer lays it down; null where no layer says either way."""
    found: dict[str, bool | None] = {}
    for name in DUTIES:
        values = [layer.duties.get(name) for layer in layers]
        found[name] = True if True in values else False if False in values else None
    return found


def _freshness(snapshot: Snapshot, layers: list[Layer], now: datetime) -> FreshnessData:
    """The place's own clocks; the state is the worst of all layers, as any may hide a ban."""
    order = ("fresh", "due", "stale")
    judged = [
        (layer, freshness(layer.record, snapshot.ledger, now, snapshot.known_until))
        for layer in layers
        if layer.record is not None
    ]
    if not judged or layers[0].record is None:
        return {
            "state": "stale",
            "verified_at": None,
            "attested": None,
            "attested_by": None,
            "limit_days": None,
            "check_by": None,
            "reasons": [WITHDRAWN if layers[0].id in snapshot.former else NEVER_CHECKED],
        }
    own = judged[0][1]
    for layer, other in judged[1:]:
        if order.index(other["state"]) > order.index("fresh"):
            own["reasons"] = own["reasons"] + [f"{layer.name}: {why}" for why in other["reasons"]]
        own["state"] = max(own["state"], other["state"], key=order.index)
    return own


def _context(snapshot: Snapshot, country: str, on: date) -> list[ContextData]:
    """What stands beside a country's law without being it: the Union, the conventions."""
    found: list[ContextData] = []
    for key in ("EU", "UN"):
        record = snapshot.get(key) if key != country else None
        if record and (not record["members"] or country in record["members"]):
            layer = Layer(key, record, on)
            found.append(
                {
                    "id": key,
                    "name": layer.name,
                    "summary": layer.summary,
                    "positions": layer.positions(),
                }
            )
    return found


_PHRASES = {
    Status.BANNED: "banned",
    Status.SALE_PROHIBITED: "not lawful to sell",
    Status.PRESCRIPTION_ONLY: "lawful on prescription only",
    Status.REGULATED: "regulated",
    Status.AGE_RESTRICTED: "subject to an age limit only",
    Status.UNREGULATED: "not named by any law that was found",
    Status.UNKNOWN: "of unknown status: do not take this for permission",
}


def _summary(place: SeatData, status: Status, substance: str, on: str, lead: Layer | None) -> str:
    what = {"leaf": "kratom leaf", "7-oh": "7-hydroxymitragynine"}.get(substance, substance)
    verb = "are" if substance == "derivatives" else "is"
    if substance == "derivatives":
        what = "kratom derivatives"
    by = f" (law of {lead.name})" if lead is not None and lead.id != place["id"] else ""
    sentence = f"On {on}, {what} {verb} {_PHRASES[status]} in {place['name']}{by}."
    return f"{sentence} {lead.summary}" if lead is not None and lead.summary else sentence


def _stricter(status: Status, governing: Mapping[str, tuple[Status, Layer | None]]) -> str:
    """What is stricter than the leaf, said in the same breath."""
    words = [
        f"{name} {other.replace('_', ' ')}"
        for name, (other, _) in governing.items()
        if other.severity > status.severity
    ]
    return f" Stricter: {', '.join(words)}." if words else ""
