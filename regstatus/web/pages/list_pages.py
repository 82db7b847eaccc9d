"""Told: the events for people, by day and by version, and the watching itself."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from regstatus.model.event_kinds import GROUPS, KINDS, told_of
from regstatus.model.law import Status
from regstatus.query.lists import FOR_PEOPLE, NEVER_FETCHED
from regstatus.web.api.feeds import event_ids
from regstatus.web.edition import Edition

if TYPE_CHECKING:
    from regstatus.model.shapes import DocumentItemData

SHOWN = 200
"""Events on the page of changes; older ones stand on the pages of their versions."""

_GOOD = frozenset({"ok", "unchanged"})
_PARTS = {FOR_PEOPLE: "people", NEVER_FETCHED: "never", "skipped": "skipped"}
_SIDES = frozenset({*map(str, Status), None})


def changes(edition: Edition) -> dict[str, Any]:
    """The newest events by the day on which their version was written, newest first."""
    listed = events(edition)
    days: dict[str, list[dict[str, Any]]] = {}
    created = {entry["id"]: entry["created"] for entry in edition.versions}
    for event in listed[:SHOWN]:
        days.setdefault(created[event["version"]][:10], []).append(event)
    counted = Counter(event["group"] for event in listed[:SHOWN])
    return {
        "days": days,
        "total": len(listed),
        "shown": SHOWN,
        "groups": {name: (title, counted[name]) for name, title in GROUPS.items()},
        "kinds": KINDS,
    }


def version(edition: Edition, name: str) -> dict[str, Any]:
    """One version: its entry, its neighbours and its events."""
    ids = [entry["id"] for entry in edition.versions]
    at = ids.index(name)
    return {
        "entry": edition.versions[at],
        "older": ids[at - 1] if at else None,
        "newer": ids[at + 1] if at + 1 < len(ids) else None,
        "events": [event for event in events(edition) if event["version"] == name],
    }


@lru_cache(maxsize=2)
def events(edition: Edition) -> list[dict[str, Any]]:
    """Every event, newest version first, with the names and groups that people read."""
    names = edition.names
    return [
        {
            **event,
            "anchor": f"e-{key}",
            "group": told_of(event["kind"]).group,
            # A place whose record was withdrawn may have no page any more.
            "linked": event["jurisdiction"] in names,
            "name": names.get(event["jurisdiction"], event["jurisdiction"]),
            "statuses": {event["before"], event["after"]} <= _SIDES,
        }
        for key, event in event_ids(edition)
    ]


def upcoming(edition: Edition) -> dict[str, Any]:
    """Enacted changes by year."""
    years: dict[str, list[dict[str, Any]]] = {}
    for item in edition.upcoming:
        days = (date.fromisoformat(item["from"]) - edition.on).days
        years.setdefault(item["from"][:4], []).append({**item, "days": days})
    return {"years": years}


def sources(edition: Edition) -> dict[str, Any]:
    """The watched documents by what became of them, the worst first."""
    found: dict[str, list[DocumentItemData]] = {
        name: [] for name in ("failing", "never", "skipped", "read", "people")
    }
    for item in edition.documents:
        good = item["outcome"] in _GOOD and not item["failures"]
        found[_PARTS.get(item["outcome"], "read" if good else "failing")].append(item)
    found["failing"].sort(key=lambda item: (-item["failures"], item["key"]))
    return {"parts_": found}
