"""Lookup: from a question (place, day, substance) to an Answer.

A subdivision is not an island: an answer shows the locality, the state and the
country, and for each substance the strictest governs. A layer that nobody has
read is shown as unknown and never makes an answer more permissive.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date
from functools import lru_cache

from regstatus.base.errors import AskedBack, UnknownJurisdiction, UsageError, quoted
from regstatus.decide.citations import citation
from regstatus.decide.freshness import worst
from regstatus.decide.layer import Layer
from regstatus.decide.quotations import quotations
from regstatus.model.canonical import seat
from regstatus.model.law import DUTIES, SUBSTANCES, Activity, Permission, Status, said
from regstatus.model.law import substance as read_substance
from regstatus.model.strictness import strictest_permission
from regstatus.query import together
from regstatus.query.answer import DISCLAIMER, Answer
from regstatus.query.headline import inside, stricter, unsettled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from regstatus.catalog.places import Resolution
    from regstatus.catalog.places.atlas import Atlas
    from regstatus.model import shapes
    from regstatus.store.reader import Snapshot


def resolve(snapshot: Snapshot, name: str) -> Resolution:
    """Find the jurisdiction that a person means, and what else the words may mean.

    Raises:
        UnknownJurisdiction: With suggestions.
        AmbiguousJurisdiction: With the candidates.
    """
    from regstatus.catalog.places import Registry, name_key, table
    from regstatus.catalog.places.atlas import NICKNAMES

    # `LA` is the id of Laos, `la` a nickname; `AR-E` is Entre Ríos, and no spelling of ARE.
    asks = name_key(name) in NICKNAMES or (len(name) <= 6 and name[2:3] == "-")
    if not asks or name in table()["jurisdictions"]:
        registry = Registry(snapshot.localities(name))
        # Asked first whether it knows the words: suggestions, the slow part, are made once, below.
        if registry.readings(name) and not (read := registry.interpret(name)).bare_locality:
            return read
    # Another spelling may share no word with the id; suggestions need all of them.
    return _atlas(snapshot).fresh().interpret(name)


@lru_cache(maxsize=4)
def _atlas(snapshot: Snapshot) -> Atlas:
    from regstatus.catalog.places.atlas import Atlas

    return Atlas(snapshot.localities())


def answer(
    snapshot: Snapshot, name: str, *, on: date | None, now: datetime, substance: str | None = None
) -> Answer:
    """Answer one question; see `regstatus.lookup`.

    Where no day is named it is the one that it is in UTC, and the answer says so.
    """
    asked = None if substance is None else str(read_substance(substance))
    try:
        return _answered(snapshot, name, on, now, asked)
    except AskedBack as error:
        for text in error.offered:
            with suppress(UsageError):
                key = text.rpartition("(")[2].rstrip(")")  # `Georgia (US-GA)`
                told = _answered(snapshot, key, on, now, asked)
                error.statuses[text] = said(told["status"], told["probably"])
        raise


def _answered(
    snapshot: Snapshot, name: str, on: date | None, now: datetime, asked: str | None
) -> Answer:
    zone = "UTC" if on is None else None
    on = on or now.astimezone(UTC).date()
    head = asked or "leaf"
    place, read = _place(snapshot, name)
    ladder = _ladder(snapshot, place).items()
    passed_over = read.passed_over if read else ()
    layers = [
        Layer(key, snapshot.get(key), on, title) for key, title in ladder if key not in passed_over
    ]
    governing = {name: together.governing(layers, name) for name in SUBSTANCES}
    status, lead = governing[head]
    may = {
        activity: strictest_permission(layer.may(activity, head) for layer in layers)
        for activity in map(str, Activity)
    }
    closed = may[Activity.SELL] is Permission.NO  # no duty of a seller holds where nobody may sell
    ages = [layer.minimum_age for layer in layers if layer.minimum_age]
    reviews = [item for layer in layers for item in layer.reviews()]
    # The place's own layer speaks, and those above it that set some substance's status.
    setting = {layer.id for _, layer in governing.values() if layer is not None}
    speaking = [layer for layer in layers if layer is layers[0] or layer.id in setting]
    details = {name: together.detail(layers, governing[name], name) for name in SUBSTANCES}
    statuses = {name: str(governing[name][0]) for name in SUBSTANCES}
    lying_in = below(snapshot.ids, place["id"])
    within = stricter_within(snapshot, lying_in, on, statuses)
    possible = read.possible if read else ()
    rests_on = (*(one.id for one in layers), *possible, *lying_in)
    told: shapes.AnswerData = {
        "jurisdiction": place,
        "on": on.isoformat(),
        "zone": zone,
        "substance": asked,
        "status": str(status),
        "probably": details[head]["probably"],
        "substances": statuses,
        "details": details,
        "schedule": lead.fact("schedule") if lead else None,
        "minimum_age": None if closed else max(ages, default=None),
        "seven_oh_cap": together.cap(layers, head, lead, closed=closed),
        "limits": [
            item
            for layer in layers
            for item in layer.limits()
            if not closed or item["about"] == "export"
        ],
        "duties": dict.fromkeys(DUTIES) if closed else _duties(layers),
        "may": {activity: str(permission) for activity, permission in may.items()},
        "penalties": lead.fact("penalties") if lead else None,
        "since": details[head]["since"],
        "since_at_latest": details[head]["since_at_latest"],
        "until": together.until(layers, head),
        "challenged": next((held for at in speaking if (held := at.fact("challenged"))), None),
        "summary": _summary(place, details, head, f"{on} ({zone})" if zone else str(on), lead)
        + _inside(within, head)
        + ("" if asked else _beside(details)),
        "citations": [
            citation(layer.record, name) for layer in speaking for name in layer.instruments()
        ],
        "evidence": [item for layer in speaking for item in quotations(layer, snapshot.ledger)],
        "grade": str(together.grade(layers, head, status)),
        "basis": lead.basis_of(head) if lead and status is not Status.UNKNOWN else None,
        "review": {"open": len(reviews), "contradictions": reviews} if reviews else None,
        "freshness": worst(layers, snapshot, now, head),
        "upcoming": together.upcoming(layers),
        "history": layers[0].history(),
        "layers": [layer.to_dict() for layer in layers],
        "context": _context(snapshot, layers[-1].id, on),
        "pending": [item for layer in layers for item in layer.beside("pending")],
        "positions": [item for layer in layers for item in layer.beside("positions")],
        "conflicts": [item for layer in layers for item in layer.beside("conflicts")],
        "snapshot": version(snapshot, rests_on),
        "disclaimer": DISCLAIMER,
        "hint": read.hint if read else None,
        "note": read.note if read else None,
        "possible": [_other(snapshot, key, on) for key in possible],
        "stricter_within": within,
    }
    return Answer(told)


def version(snapshot: Snapshot, ids: Iterable[str]) -> shapes.VersionData:
    """Which version answers, and what of some records is neither official nor by the project's files."""
    facts = snapshot.facts()
    records = filter(None, map(snapshot.get, ids))
    if own := [record["id"] for record in records if record.get("own")]:
        said = f"{', '.join(own)} by a source file of one's own, not the project's"
        facts["origin"] = "; ".join(filter(None, (facts["origin"], said)))
    return facts


def _place(snapshot: Snapshot, name: str) -> tuple[shapes.SeatData, Resolution | None]:
    """Who is meant, and how the words were read where they are no id of a record."""
    if not isinstance(name, str):
        raise UnknownJurisdiction(
            quoted(name), why=f"{quoted(name)} is no name or code of a place."
        )
    record = snapshot.get(name) or snapshot.former.get(name)
    if record is None:
        read = resolve(snapshot, name)
        return read.jurisdiction.to_dict(), read
    if len(name) != 2:
        return seat(record), None
    from regstatus.catalog.places import Registry

    # `AL` is Albania, and many who write it mean Alabama.
    return seat(record), Registry().interpret(name)


def _other(snapshot: Snapshot, key: str, on: date) -> shapes.OtherPlaceData:
    """Another place with what its own law says of each substance."""
    layer = Layer(key, snapshot.get(key), on)
    said = {name: str(layer.status(name) or Status.UNKNOWN) for name in SUBSTANCES}
    return {"id": layer.id, "name": layer.name, "substances": said}


def stricter_within(
    snapshot: Snapshot, ids: Iterable[str], on: date, statuses: Mapping[str, str]
) -> list[shapes.OtherPlaceData]:
    """Those of the places inside whose own law is stricter than what is said of the whole, and in what.

    The strictest come first, of these the states.
    """
    found: list[shapes.OtherPlaceData] = []
    least = {name: Status(word).severity for name, word in statuses.items()}
    for ident in ids:
        other = _other(snapshot, ident, on)
        said = other["substances"].items()
        stricter = {n: s for n, s in said if Status(s).severity > least[n]}
        if stricter := {n: s for n, s in stricter.items() if s != Status.UNKNOWN}:
            found.append({"id": ident, "name": other["name"], "substances": stricter})

    def rank(item: shapes.OtherPlaceData) -> tuple[list[int], bool]:
        words = [item["substances"].get(name) for name in SUBSTANCES]
        return [-Status(word).severity if word else 1 for word in words], "/" in item["id"]

    return sorted(found, key=rank)


def below(ids: Iterable[str], key: str) -> list[str]:
    """Those of some ids that lie inside a place; `spokane-valley` lies in no `spokane`."""
    inside = (f"{key}/",) if "/" in key else (f"{key}-", f"{key}/")
    return [ident for ident in ids if ident.startswith(inside)]


def _inside(within: Sequence[shapes.OtherPlaceData], substance: str) -> str:
    """What a summary says of the places inside a place, if any is stricter."""
    words = inside(within, substance)
    return f" Inside it stricter in {words}." if words else ""


def timeless(found: Answer, substance: str) -> str:
    """The summary for a whole period: without its day, and what lies inside, which has its own days."""
    text = found.summary.removeprefix(f"On {found.on}, ")
    text = text.removesuffix(_inside(found["stricter_within"], substance))
    return text[:1].upper() + text[1:]


def _ladder(snapshot: Snapshot, place: shapes.SeatData) -> dict[str, str]:
    """The names of a place and of what lies above it by their ids, nearest first.

    The registry is read only where a record is missing: it would be a twentieth of a look-up.
    """
    found = {place["id"]: place["name"]}
    above = place["parent"]
    while above is not None and above not in found:
        record = snapshot.get(above)
        if record is None:
            places = _atlas(snapshot)
            upper = (places.get(above), *places.ancestors(above))
            return {**found, **{item.id: item.name for item in upper}}
        found[above] = record["name"]
        above = record["parent"]
    return found


def _duties(layers: list[Layer]) -> dict[str, bool | None]:
    """A duty holds where any layer lays it down; null where no layer says either way."""
    found: dict[str, bool | None] = {}
    for name in DUTIES:
        values = [layer.fact("duties").get(name) for layer in layers]
        found[name] = True if True in values else False if False in values else None
    return found


def _context(snapshot: Snapshot, country: str, on: date) -> list[shapes.ContextData]:
    """What stands beside a country's law without being it: the Union, the conventions."""
    found: list[shapes.ContextData] = []
    for key in ("EU", "UN"):
        record = snapshot.get(key) if key != country else None
        if record and (not record["members"] or country in record["members"]):
            layer = Layer(key, record, on)
            found.append(
                {
                    "id": key,
                    "name": layer.name,
                    "summary": layer.summary,
                    "positions": layer.beside("positions"),
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


def _summary(
    place: shapes.SeatData,
    details: Mapping[str, shapes.DetailData],
    substance: str,
    on: str,
    lead: Layer | None,
) -> str:
    what = {
        "leaf": "kratom leaf",
        "7-oh": "7-hydroxymitragynine",
        "derivatives": "kratom derivatives",
    }.get(substance, substance)
    verb = "are" if substance == "derivatives" else "is"
    by = f" (law of {lead.name})" if lead is not None and lead.id != place["id"] else ""
    status, probably = details[substance]["status"], details[substance]["probably"]
    phrase = f"{said(status, probably)}: do not take this for permission"
    if probably is None:
        phrase = _PHRASES[Status(status)]
    sentence = f"On {on}, {what} {verb} {phrase} in {place['name']}{by}."
    return f"{sentence} {lead.summary}" if lead is not None and lead.summary else sentence


def _beside(details: Mapping[str, shapes.DetailData]) -> str:
    """What is stricter than the leaf, or may be, said in the same breath."""
    above = [
        f"{name} {other}"
        for name, other in stricter(details).items()
        if not details[name]["at_least"]
    ]
    open_ = [
        name if words == Status.UNKNOWN else f"{name} ({words.removeprefix('unknown, ')})"
        for name, words in unsettled(details).items()
    ]
    return (f" Stricter: {', '.join(above)}." if above else "") + (
        f" Not known: {', '.join(open_)}." if open_ else ""
    )
