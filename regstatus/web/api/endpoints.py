"""API: the JSON, CSV and NDJSON of every list and answer, made from an edition."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from regstatus.base.days import day_of
from regstatus.base.errors import SnapshotError, UsageError
from regstatus.catalog.places import ancestors
from regstatus.decide.layer import turns
from regstatus.model.canonical import digest
from regstatus.model.law import SUBSTANCES
from regstatus.model.substances import substance as read_substance
from regstatus.query.lists import LISTS as _TABLES
from regstatus.query.lists import csv_lines, status_filter
from regstatus.store.index import read_file
from regstatus.web.edition import Edition

if TYPE_CHECKING:
    from regstatus.model.shapes import AboutData, AnswerData, VersionFileData, VersionItemData

__all__ = [
    "FORMS",
    "LISTS",
    "SUBSTANCES",
    "VERSION_FILES",
    "about",
    "encoded",
    "listed",
    "map_data",
    "read_day",
    "status",
    "version",
    "version_file",
]

LISTS = ("status", "changes", "upcoming", "stale", "snapshots", "sources")
FORMS = {
    "json": (".json", "application/json"),
    "csv": (".csv", "text/csv; charset=utf-8"),
    "ndjson": (".ndjson", "application/x-ndjson"),
}
"""For each form, the end of its address and its media type."""

VERSION_FILES = {
    "snapshot.json": "application/json",
    "changes.json": "application/json",
    "report.md": "text/markdown; charset=utf-8",
}


def encoded(value: Any) -> bytes:
    """JSON as it is sent: UTF-8, one line, a line end."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate can come out of a spoilt page; it is escaped, not sent broken.
    return text.encode("utf-8", "backslashreplace") + b"\n"


def status(
    edition: Edition, name: str, *, on: date | None = None, substance: str | None = None
) -> AnswerData:
    """The answer to one question, as the command line and Python give it."""
    return edition.answer(name, on=on, substance=substance)


def about(edition: Edition) -> AboutData:
    """The version and moment that stand on every list."""
    snapshot = edition.snapshot
    return {
        "version": snapshot.version,
        "digest": snapshot.digest,
        "created": snapshot.created,
        "origin": snapshot.origin,
        "warning": snapshot.warning,
        "judged_at": f"{edition.moment:%Y-%m-%dT%H:%M:%SZ}",
    }


def listed(
    edition: Edition,
    name: str,
    form: str = "json",
    *,
    on: date | None = None,
    substance: str | None = None,
    since: str | None = None,
    jurisdiction: str | None = None,
    filters: dict[str, Any] | None = None,
) -> bytes:
    """One of the lists, filtered, in one form.

    Args:
        edition: The data.
        name: One of `LISTS`.
        form: One of `FORMS`.
        on: For `status`, the day of law time.
        substance: For `status`, whose status leads; for `changes`, only what touches it,
            or is about no single substance.
        since: For `changes`, a version or a day.
        jurisdiction: For `changes`, `sources` and `upcoming`, only this one.
        filters: For `status`, the arguments of `listing.status_filter`.

    Raises:
        UsageError: If a word is not understood.
        SnapshotError: If a file of changes is damaged.
    """
    items = _items(edition, name, on, substance, since, filters or {})
    if jurisdiction is not None:
        place = edition.answer(jurisdiction)["jurisdiction"]["id"]
        items = [item for item in items if item["jurisdiction"] == place]
    if form == "csv":
        columns, row = _TABLES[name]
        return csv_lines(columns, map(row, items)).encode("utf-8", "backslashreplace")
    if form == "ndjson":
        return b"".join(map(encoded, items))
    return encoded({"snapshot": about(edition), "count": len(items), "items": items})


def _items(
    edition: Edition,
    name: str,
    on: date | None,
    substance: str | None,
    since: str | None,
    filters: dict[str, Any],
) -> Sequence[Mapping[str, Any]]:
    if name == "status":
        keep = status_filter(**filters)
        return [item for item in edition.status(on=on, substance=substance) if keep(item)]
    if name == "changes":
        # Events about no single substance may be about this one: they are told all the same.
        about = None if substance is None else {None, str(read_substance(substance))}
        found = edition.events(since)
        return [item for item in found if about is None or item["substance"] in about]
    if name == "snapshots":
        return edition.versions
    if name == "upcoming":
        return edition.upcoming
    return edition.stale if name == "stale" else edition.documents


def version(entry: VersionItemData) -> VersionFileData:
    """One version: its index entry, and where its files are."""
    files = {name: f"{entry['id']}/{name}" for name in VERSION_FILES if name in entry["files"]}
    return {**entry, "links": files}


def version_file(edition: Edition, entry: VersionItemData, name: str) -> bytes:
    """The bytes of one file of a version, proven by the digest in the index.

    Raises:
        SnapshotError: If it is missing or damaged; what cannot be proven is not handed out.
    """
    try:
        data = read_file(edition.store.at(f"{entry['id']}/{name}"))
    except OSError as error:
        raise SnapshotError(f"{entry['id']}/{name}: {error.strerror or error}") from None
    if digest(data) != entry["files"].get(name):
        raise SnapshotError(f"{entry['id']}/{name}: its digest is not the one in the index")
    return data


def map_data(edition: Edition) -> dict[str, Any]:
    """For the map's slider: the status of each place and substance from each day on.

    `places` maps an id to, for each substance, a list of `[day, status]`; the first
    day is empty where it reaches back for ever. `days` are all days on which
    something changes. `stale` are the ids whose record is stale today.
    """
    found: dict[str, dict[str, list[list[str]]]] = {}
    for place in edition.places:
        if place.level not in _DRAWN:
            continue
        found[place.id] = _runs(edition, place.id)
    stale = [key for key, item in edition.answers.items() if item["freshness"]["state"] == "stale"]
    return {
        "today": edition.on.isoformat(),
        "days": [day.isoformat() for day in edition.days],
        "stale": [key for key in stale if key in found],
        "places": found,
    }


_DRAWN = frozenset({"country", "state", "district", "territory"})


def _runs(edition: Edition, key: str) -> dict[str, list[list[str]]]:
    """The days on which the place's own law or that above it moves, and what it then is."""
    own = {""}
    for above in (key, *(item.id for item in ancestors(key))):
        if record := edition.snapshot.get(above):
            own |= turns(record)
    runs: dict[str, list[list[str]]] = {name: [] for name in SUBSTANCES}
    for start in sorted(own):
        on = date.fromisoformat(start) if start else date(1, 1, 1)
        said = edition.answer(key, on=on)["substances"]
        for name in SUBSTANCES:
            if not runs[name] or runs[name][-1][1] != said[name]:
                runs[name].append([start, said[name]])
    return runs


def read_day(text: str | None, name: str = "on") -> date | None:
    """A day of a query; None where none is given.

    Raises:
        UsageError: If it is no day.
    """
    try:
        return day_of(text)
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from None
