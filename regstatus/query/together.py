"""Together: what the layers of law say as one, of a substance, on the day and on days to come."""

from __future__ import annotations

from datetime import date, timedelta

from regstatus.decide.citations import citation
from regstatus.decide.days_of_law import law_days, turns
from regstatus.decide.layer import Layer
from regstatus.model.law import SUBSTANCES, Activity, Grade, Permission, Status
from regstatus.model.strictness import strictest_cap, strictest_permission, strictest_status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from regstatus.model import shapes


def governing(layers: list[Layer], substance: str) -> tuple[Status, Layer | None]:
    """The strictest status of the layers that address a substance, and the layer that sets it."""
    said = [(status, layer) for layer in layers if (status := layer.status(substance)) is not None]
    return max(said, key=lambda item: weight(substance, *item), default=(Status.UNKNOWN, None))


def weight(substance: str, status: Status, layer: Layer) -> float:
    """The rank of what a layer says of a substance."""
    leaf = layer.status("leaf")
    if status is Status.UNKNOWN and substance != "leaf" and leaf is not None:
        # Where a town bans the leaf and nobody has read what it says of the
        # alkaloids, a state's permission must not pass for the answer. A state's
        # prohibition still governs: it is the least that is known.
        least = Status.PRESCRIPTION_ONLY.severity - 0.5
        return max(status.severity, min(leaf.severity - 0.5, least))
    return status.severity


def probably(layers: list[Layer], substance: str) -> str | None:
    """What it probably is, where several accounts call it stricter than what governs."""
    told = [Status(word) for layer in layers if (word := layer.probably.get(substance))]
    if not told:
        return None
    known, _ = governing(layers, substance)
    found = strictest_status([known, *told])
    return None if found is known else str(found)


def _told(layers: list[Layer], substance: str) -> tuple[str, str | None]:
    return str(governing(layers, substance)[0]), probably(layers, substance)


def until(layers: list[Layer], substance: str) -> str | None:
    """The first coming day on which the layers together will say something else, if one is enacted."""
    if any(layer.beyond for layer in layers):
        return None  # what nobody looked into ends with no law
    now = _told(layers, substance)
    for day in _coming(layers):
        eve, then = (_told(seen, substance) for seen in _around(layers, day))
        if eve != now:
            return None  # it was something else by a day of which nobody knows whether it was the first
        if then != now:
            return day
    return None


def _coming(layers: list[Layer]) -> list[str]:
    """The days after the one asked for on which the law of a layer moves, nearest first."""
    speaking = [layer for layer in layers if not layer.beyond]
    return sorted({day for layer in speaking for day in law_days(layer.record) if day > layer.on})


def upcoming(layers: list[Layer]) -> list[shapes.UpcomingData]:
    """Each coming day with what the layers together will say: no laxer than the answer for it."""
    found: list[shapes.UpcomingData] = []
    for day in _coming(layers):
        before, then = _around(layers, day)
        was, now = ({name: _told(seen, name) for name in SUBSTANCES} for seen in (before, then))
        together = {
            "status": now["leaf"][0],
            "substances": {name: status for name, (status, _) in now.items()},
            "probably": {name: word for name, (_, word) in now.items() if word},
            "changes": {name: now[name][0] for name in SUBSTANCES if was[name] != now[name]},
        }
        for layer, earlier in zip(then, before, strict=True):
            if day in law_days(layer.record):
                item: Any = {**_comes(layer, earlier, day), **together}
                found.append(item)
    return found


def _comes(layer: Layer, before: Layer, day: str) -> dict[str, Any]:
    """What the law of a coming day rests on in a layer; `before` is the same on its eve."""
    moved = [name for name in SUBSTANCES if layer.status(name) is not before.status(name)]
    cited = layer.fact("instruments") or ()
    grades = map(Grade, (layer.fact("grades") or {}).values())
    return {
        "jurisdiction": layer.id,
        "from": day,
        "lapse": bool(moved) and {layer.status(n) for n in moved} <= {None, Status.UNKNOWN},
        "summary": layer.summary,
        "citations": [citation(layer.record, name)["text"] for name in cited],
        "challenged": layer.fact("challenged"),
        "grade": str(min(grades, key=lambda grade: grade.rank, default="none")),
    }


def _around(layers: list[Layer], day: str) -> tuple[list[Layer], list[Layer]]:
    """The layers on the eve of a day, and on the day."""
    eve = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    return [layer.then(eve) for layer in layers], [layer.then(day) for layer in layers]


def cap(layers: list[Layer], substance: str, lead: Layer | None, *, closed: bool) -> str | None:
    """The 7-OH limits of what may be sold; of a substance that is closed the threshold of its ban."""
    leaf = strictest_permission(layer.may(Activity.SELL, "leaf") for layer in layers)
    if leaf is Permission.NO:
        return None
    if closed:
        return lead.cap if lead and substance == "7-oh" else None
    return strictest_cap(layer.cap for layer in layers)


def grade(layers: list[Layer], substance: str, status: Status) -> Grade:
    """The weakest grade among the layers that give the governing status: no claim beyond its evidence."""
    if status is Status.UNKNOWN:
        return Grade.NONE
    grades = [layer.grade(substance) for layer in layers if layer.status(substance) is status]
    return min(grades, key=lambda grade: grade.rank, default=Grade.NONE)


def _begun(
    layers: list[Layer], substance: str, status: Status, lead: Layer | None
) -> tuple[str | None, str | None]:
    """As `Layer.begun`: a town that forbids what its state forbade before begins nothing anew."""
    if lead is None or status is Status.UNKNOWN:
        return lead.begun(substance) if lead else (None, None)
    found = [layer.begun(substance) for layer in layers if layer.status(substance) is status]
    known = [since or latest for since, latest in found]
    first = min(filter(None, known), default=None)
    days = {day for layer in layers for day in turns(layer.record) if day <= layer.on}
    for day in sorted((day for day in days if day > (first or "0001-01-01")), reverse=True):
        if governing(_around(layers, day)[0], substance)[0] is not status:
            first = day  # another layer was stricter before, or nobody knows what it said
            break
    sure = (first, None) in found and (None, None) not in found
    return (first, None) if sure else (None, first)


def detail(
    layers: list[Layer], governing: tuple[Status, Layer | None], substance: str
) -> shapes.DetailData:
    """What is said of one substance: the status that governs, since when, by whose law, how well known."""
    status, layer = governing
    since, latest = _begun(layers, substance, status, layer)
    # Where a layer is stricter on the leaf and nobody read what it says here, more may be forbidden.
    unread = [
        other.status("leaf") or status
        for other in layers
        if other.status(substance) is Status.UNKNOWN
    ]
    return {
        "status": str(status),
        "probably": (leaning := probably(layers, substance)),
        "accounts": [
            account
            for other in layers
            if leaning and other.probably.get(substance) == leaning
            for account in other.fact("accounts")
        ],
        "since": since,
        "since_at_latest": latest,
        "at_least": status is not Status.UNKNOWN
        and any(leaf.severity > status.severity for leaf in unread),
        "schedule": layer.fact("schedule") if layer and status is Status.BANNED else None,
        "grade": str(layer.grade(substance)) if layer else str(Grade.NONE),
        "by": layer.id if layer else None,
    }
