"""Review: what a person should look at, worst first: both sides and the next step; what may do harm."""

from __future__ import annotations

from datetime import date

from regstatus.base.front_page import keyless
from regstatus.decide.days_of_law import period_on
from regstatus.decide.freshness import passed, undecided
from regstatus.decide.layer import Layer
from regstatus.model.law import SUBSTANCES, FreshnessState, Grade, Status, about
from regstatus.query.together import governing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from typing import Any

    from regstatus.model import shapes
    from regstatus.store.reader import Snapshot

    Sign = tuple[int, str]

KINDS = ("contradiction", "doubtful", "passed", "conflict", "by_hand", "secondary")
"""From the most to the least pressing: a text says otherwise; a text is not trusted; a proposal may
be law by now; sources disagree; only people can read it; others say so and nobody read the law."""

_MEND = "read both; then mend the source file, or attest the text: regstatus attest"
_UPPERMOST = ("country", "state", "district", "territory", "context", "county")


def queue(snapshot: Snapshot, now: datetime) -> list[shapes.QueueItemData]:
    """Everything that a person should look at in the records of a version, at a moment, UTC."""
    found: list[tuple[tuple[int, int, int, str], Mapping[str, Any]]] = []
    for record in snapshot.records():
        for item in _items(record, snapshot.ledger, now.date()):
            rank = (KINDS.index(item["kind"]), depth(record), -item.pop("weight", 0), record["id"])
            place = {"jurisdiction": record["id"], "name": record["name"], "own": record["own"]}
            found.append((rank, {**place, **item}))
    found.sort(key=lambda pair: pair[0])
    items: Any = [{"rank": number, **item} for number, (_, item) in enumerate(found, start=1)]
    told: list[shapes.QueueItemData] = items
    return told


def depth(record: shapes.RecordData) -> int:
    """How far down a place lies, 0 for a country: what holds for many comes first."""
    level = record["level"]
    return _UPPERMOST.index(level) if level in _UPPERMOST else len(_UPPERMOST)


def _items(
    record: shapes.RecordData, clocks: Mapping[str, Mapping[str, Any]], today: date
) -> Iterator[dict[str, Any]]:
    """What is to be looked at in one record, each with how much hangs on it, its `weight`."""
    documents = record["documents"]
    for item in record["contradictions"]:
        document = documents.get(item["document"])
        yield {
            "weight": len(item["sets"]),
            "kind": "contradiction",
            "about": item["about"],
            "recorded": _quoted(item["recorded"], item["recorded_quote"]),
            "other": _quoted(item["observed"], item["quote"]),
            "next": f"{_MEND} {record['id']} --document {item['document']}",
            "url": keyless(document["url"]) if document else None,
        }
    for name, document in documents.items():
        clock = clocks.get(f"{record['id']}:{name}", {})
        if clock.get("outcome") == "doubtful":
            yield {
                "kind": "doubtful",
                "about": document["title"],
                "recorded": "what was last confirmed",
                "other": clock.get("problem") or "",
                "next": f"{_MEND} {record['id']} --document {name}",
                "url": keyless(document["url"]),
            }
    for pending in record["pending"]:
        if undecided(pending, today.isoformat()):
            day = pending["earliest"]
            since = f"Possible since {day}" if day else f"Not looked at since {pending['as_of']}"
            yield {
                "kind": "passed",
                "about": pending["citation"],
                "recorded": f"{pending['stage']} on {pending['as_of']}",
                "other": f"{pending['says']} {since}.",
                "next": "find out what became of it; move it to the timeline, or give a later day",
                "url": pending["url"],
            }
    for conflict in record["conflicts"]:
        first, *others = conflict["claims"]
        yield {
            "kind": "conflict",
            "about": conflict["about"],
            "recorded": f"{first} Held: {conflict['held']}",
            "other": " / ".join(others),
            "next": "read the law's own words, and attest them",
            "url": None,
        }
    attested = {entry["document"] for entry in record["attestations"]}
    for name, document in documents.items():
        if document["people_only"] and document["settles"] and name not in attested:
            yield {
                "weight": len(document["settles"]),
                "kind": "by_hand",
                "about": document["title"],
                "recorded": ", ".join(document["settles"]),
                "other": "no program can fetch it, and no person has read it",
                "next": f"save it, and: regstatus attest {record['id']} --document {name} --page FILE",
                "url": keyless(document["url"]),
            }
    yield from _secondary(record, today)


def _secondary(record: shapes.RecordData, today: date) -> Iterator[dict[str, Any]]:
    """The law of today, where others say so and nobody read it."""
    if (period := period_on(record, today)) is None:
        return
    told = {
        name: Status(status)
        for name, status in period["statuses"].items()
        if period["grades"].get(name) == Grade.SECONDARY
    }
    if told:
        yield {
            "weight": max(status.severity for status in told.values()),
            "kind": "secondary",
            "about": ", ".join(told),
            "recorded": ", ".join(f"{name} {status}" for name, status in told.items()),
            "other": "known from what others say; the official text was not read",
            "next": f"save the law's text, and: regstatus attest {record['id']}",
            "url": None,
        }


def _quoted(words: str, quote: str | None) -> str:
    return f"{words}: “{quote}”" if quote else words


RISKS = {
    "ban_missing": "A ban may be missing: recorded as open or unknown, and perhaps forbidden by now",
    "change_due": "A change is due: law that was to move, and was not read since",
    "old_reading": "An old reading, or none",
}
"""The kinds of risk, worst first, each with its heading."""

_CLOSED = Status.PRESCRIPTION_ONLY.severity
_PASSED, _LONG = 1, 2
"""How strong a sign a proposal is whose day has come, or at which nobody looked for long; freshness
says both among its reasons."""
_NEIGHBOURS = 3
"""Of fewer places beside one, most prove nothing."""


def by_risk(
    snapshot: Snapshot, states: Mapping[str, shapes.FreshnessData], now: datetime
) -> list[shapes.StaleItemData]:
    """The records with a reason not to trust them, worst first; `docs/reliability.md` has the rule."""
    today = now.date()
    layers = {record["id"]: Layer(record["id"], record, today) for record in snapshot.records()}
    beside: dict[str | None, list[Layer]] = {}
    unions = [layer for layer in layers.values() if layer.record["members"]]
    homes: dict[str, str | None] = {
        key: layer.record["parent"]
        or next((one.id for one in unions if key in one.record["members"]), None)
        for key, layer in layers.items()
    }
    for key, home in homes.items():
        beside.setdefault(home, []).append(layers[key])
    found: list[tuple[Any, shapes.StaleItemData]] = []
    for key, layer in layers.items():
        state, record = states[key], layer.record
        if not state["reasons"]:
            continue
        ladder = [layer]
        while (above := ladder[-1].record["parent"]) in layers:
            ladder.append(layers[above])
        statuses = {name: governing(ladder, name)[0] for name in SUBSTANCES}
        open_ = [name for name in SUBSTANCES if statuses[name].severity < _CLOSED]
        others = [one for one in beside[homes[key]] if one is not layer] if homes[key] else []
        missing = sorted(_missing(layer, open_, others, today), key=lambda sign: sign[0])
        moved = [
            _may_be(day, pending) if pending else f"changed on {day}, not read since"
            for day, pending in passed(record, state["as_of"] or "", today)
            if pending is None or pending["earliest"]
        ]
        risk = "ban_missing" if missing else "change_due" if moved else "old_reading"
        signs = [*missing, *((9, words) for words in moved), (9, _age(layer, state, today))]
        # What permits does more harm, where it is wrong, than what is unknown or forbids.
        leaf = statuses["leaf"].severity
        trusted = FreshnessState(state["state"]).trusted
        first, why = signs[0]
        order = ([*RISKS].index(risk), trusted, first, depth(record), leaf, state["as_of"], key)
        said = [words for strength, words in missing if strength not in {_PASSED, _LONG}]
        item: Any = {
            "id": key,
            "name": layer.name,
            "risk": risk,
            "why": why,
            "own": record["own"],
            **state,
            "reasons": [*said, *state["reasons"]],
        }
        found.append((order, item))
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


def _missing(layer: Layer, open_: list[str], others: list[Layer], today: date) -> Iterator[Sign]:
    """What says that something recorded as open or unknown may be forbidden by now, strongest first."""
    record = layer.record
    for name, likely in layer.probably.items():
        if name in open_:
            yield 0, f"by several accounts probably {about(likely)}: {about(name)}"
    for pending in record["pending"]:
        if set(pending["substances"] or open_).isdisjoint(open_):
            continue
        if day := undecided(pending, today.isoformat()):
            yield _PASSED if pending["earliest"] else _LONG, _may_be(day, pending)
    for name in open_:
        said = [status for one in others if (status := one.status(name)) is not None]
        closed = sum(status.severity >= _CLOSED for status in said)
        weak = layer.grade(name) is not Grade.OFFICIAL_TEXT
        if weak and len(said) >= _NEIGHBOURS and closed * 2 > len(said):
            yield 3, f"{closed} of {len(said)} beside it forbid {about(name)}"
    if layer.status("leaf") is Status.UNKNOWN:
        for conflict in record["conflicts"]:
            yield 4, f"disputed: {conflict['about']}"


def _may_be(day: str, pending: shapes.PendingData) -> str:
    long = f"was pending on {pending['as_of']}"
    since = f"may be law since {day}" if pending["earliest"] else long
    return f"{since}: {pending['citation']}"


def _age(layer: Layer, state: shapes.FreshnessData, today: date) -> str:
    """How well it is known, and how old that is."""
    days = (today - date.fromisoformat(state["as_of"] or "")).days
    grade = str(layer.grade("leaf")).replace("none", "no basis")
    return f"{about(grade)}, {days} days old, limit {state['limit_days']}"
