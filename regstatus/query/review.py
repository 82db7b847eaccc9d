"""Review: what a person should look at, worst first, each with both sides and the next step."""

from __future__ import annotations

from regstatus.decide.days_of_law import period_on
from regstatus.decide.freshness import undecided
from regstatus.model.law import Grade, Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime
    from typing import Any

    from regstatus.model import shapes
    from regstatus.store.reader import Snapshot

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
            place = {"jurisdiction": record["id"], "name": record["name"]}
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
            "url": document["url"] if document else None,
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
                "url": document["url"],
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
                "url": document["url"],
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
