"""Maps: what the two maps and their tables show for one day and one substance.

Drawing, table, legend and the slider all read `api.map_data`: they cannot differ.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from regstatus.catalog.places import name_key
from regstatus.model.law import Status
from regstatus.web.api import endpoints as api
from regstatus.web.edition import Edition

__all__ = [
    "FIRST_YEAR",
    "LABELS",
    "STATUSES",
    "Map",
    "Place",
    "geometry",
    "map_of",
    "rows",
    "years",
]

FIRST_YEAR = 2014
"""Where the slider begins: earlier law is on the pages of the places."""

LABELS = {
    "leaf": "kratom leaf",
    "mitragynine": "mitragynine",
    "7-oh": "7-OH",
    "derivatives": "other derivatives",
}
"""Each substance as a sentence says it."""

STATUSES = tuple(str(word) for word in Status)
"""In the order of the legend: from the strictest to the laxest, and then what is not known."""

_VIEWS = {"us": {"East coast": (1420, 0, 536, 880), "Territories": (1610, 850, 346, 262)}}
"""Closer views of the states; those of the world stand in its geometry."""

_SHAPE: dict[str, Any] = {"d": "", "dot": False, "box": None, "line": None}


@dataclass(frozen=True, slots=True)
class Place:
    """One place on one day.

    Attributes:
        id: In the registry.
        name: English name.
        status: Of the substance on the day.
        since: First day of that status; None where it reaches back for ever, or is not known.
        stale: Whether its record is stale today, whatever the day of the map.
        recorded: Whether it has a record of its own.
        state: Freshness of its record today.
        proven: Whether an official text ever confirmed its record.
    """

    id: str
    name: str
    status: str
    since: str | None
    stale: bool
    recorded: bool
    state: str
    proven: bool

    @property
    def note(self) -> str:
        """What the title of its shape adds to the status."""
        if not self.recorded:
            return ", no record"
        return ", stale" if self.stale else ""


@dataclass(frozen=True, slots=True)
class Map:
    """Both maps, their tables and their counts.

    Attributes:
        substance: Whose status is shown.
        on: The day of law time.
        ahead: Whether that day is still to come: enacted law, not yet in force.
        us: States, the District and territories, by name.
        world: Countries, by name.
        drawn: Every place by id, for the shapes.
        counts: For each status, how many of `us` and of `world` have it.
    """

    substance: str
    on: date
    ahead: bool
    us: tuple[Place, ...]
    world: tuple[Place, ...]
    drawn: dict[str, Place]
    counts: dict[str, tuple[int, int]]

    @property
    def recorded(self) -> int:
        """How many places have a record of their own."""
        return sum(place.recorded for place in self.drawn.values())

    @property
    def stale(self) -> int:
        """How many of those records are stale."""
        return sum(place.recorded and place.stale for place in self.drawn.values())

    @property
    def proven(self) -> int:
        """How many of those records an official text ever confirmed."""
        return sum(place.recorded and place.proven for place in self.drawn.values())


@cache
def geometry() -> dict[str, Any]:
    """The outlines of both maps, in the order in which they are drawn: dots and boxes last."""
    found = json.loads(Path(__file__).with_name("geometry.json").read_bytes())
    for name in ("us", "world"):
        part = found[name]
        shapes = sorted(part["shapes"].items(), key=_depth)
        part["shapes"] = {key: {**_SHAPE, **shape} for key, shape in shapes}
        part["views"] = part.get("views") or _VIEWS.get(name, {})
        part.setdefault("neutral", [])
    return dict(found)


def _depth(item: tuple[str, dict[str, Any]]) -> tuple[bool, str]:
    shape = item[1]
    return (bool(shape.get("dot") or shape.get("box")), str(shape["name"]))


def years(edition: Edition) -> range:
    """The years whose first of January has a map of its own."""
    return range(FIRST_YEAR, edition.on.year + 2)


_DATA: WeakKeyDictionary[Edition, dict[str, Any]] = WeakKeyDictionary()


def _data(edition: Edition) -> dict[str, Any]:
    """`api.map_data`, made once for each edition."""
    found = _DATA.get(edition)
    if found is None:
        found = _DATA[edition] = api.map_data(edition)
    return found


def map_of(edition: Edition, substance: str = "leaf", on: date | None = None) -> Map:
    """What the maps show.

    Args:
        edition: The data.
        substance: One of `LABELS`.
        on: The day of law time; the edition's own if left out.
    """
    on = on or edition.on
    data = _data(edition)
    stale = frozenset(data["stale"])
    drawn = {}
    for key, runs in data["places"].items():
        status, since = _said(runs[substance], on.isoformat())
        drawn[key] = Place(
            id=key,
            name=edition.answers[key]["jurisdiction"]["name"],
            status=status,
            since=since,
            stale=key in stale,
            recorded=key in edition.snapshot,
            state=edition.answers[key]["freshness"]["state"],
            proven=edition.answers[key]["freshness"]["verified_at"] is not None,
        )
    by_name = sorted(drawn.values(), key=lambda place: name_key(place.name))
    us = tuple(place for place in by_name if place.id.startswith("US-"))
    world = tuple(place for place in by_name if not place.id.startswith("US-"))
    here, there = (Counter(place.status for place in group) for group in (us, world))
    return Map(
        substance=substance,
        on=on,
        ahead=on > edition.on,
        us=us,
        world=world,
        drawn=drawn,
        counts={word: (here[word], there[word]) for word in STATUSES},
    )


def rows(edition: Edition) -> dict[str, list[dict[str, Any]]]:
    """Every place, cities and counties too, by the first letter of its name, from A to Z.

    Each row has `id`, `name`, `within` (the name of the place around it, or None), `level`,
    `substances` (status by substance, today), `recorded` and `state`.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for place in sorted(edition.places, key=lambda place: name_key(place.name)):
        answer = edition.answers[place.id]
        above = edition.answers.get(place.parent or "")
        letter = name_key(place.name)[:1].upper()
        found.setdefault(letter if letter.isascii() and letter.isalpha() else "Other", []).append(
            {
                "id": place.id,
                "name": place.name,
                "level": str(place.level),
                "within": above["jurisdiction"]["name"] if above else None,
                "substances": answer["substances"],
                "recorded": place.id in edition.snapshot,
                "state": answer["freshness"]["state"],
            }
        )
    return found


def _said(runs: list[list[str]], day: str) -> tuple[str, str | None]:
    """The status on a day, and the first day of it."""
    start, status = runs[bisect_right(runs, day, key=lambda run: run[0]) - 1]
    # Since when nothing is known says nothing of the law.
    return status, None if status == "unknown" else start or None
