"""Maps: what the two maps and their tables show for one day and one substance.

Drawing, table, legend and the slider all read `api.map_data`: they cannot differ.
"""

import json
import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from regstatus.catalog.places import Jurisdiction, name_key
from regstatus.catalog.places.outlines import middle
from regstatus.catalog.places.place_tables import fips
from regstatus.model.law import FreshnessState, Status
from regstatus.web.api import endpoints as api
from regstatus.web.edition import Edition
from regstatus.web.pages.projection import STATES

_FIRST_YEAR = 2014
"""Where the slider begins: earlier law is on the pages of the places."""
_FEW = 0.2
"""The share of records that can be relied on, below which these are marked instead of the others."""
_DOT = 11
"""Half the width of the dot of a town or county, in units of the drawing."""
_NOWHERE = [["", ""]]
"""The spans of what is stricter inside a place in which nothing ever is."""


class Place(NamedTuple):
    """One place on one day."""

    id: str
    name: str
    status: str
    since: str | None
    """First day of that status; None where it is not known."""
    since_at_latest: str | None
    """First day of which it is known, where its first day is not."""
    probably: str | None
    """What it probably is, where several accounts call it stricter."""
    state: str
    """Freshness of its record today, whatever the day of the map."""
    recorded: bool
    inside: str
    """Where it is stricter inside it, and how strict; empty where it is nowhere."""
    mark: str
    """`contradicted` by an official text, `proven` where few records are, or nothing."""


class Map:
    """Both maps, their tables and their counts, for a substance and a day of law time.

    `ahead` is whether that day is still to come: enacted law, not yet in force; `asked` is what the
    links to places carry along, for a page that shows another day or substance. `counts` says for
    each status how many of `us` (states, the District and territories) and of `world` have it.
    `recorded` are the drawn places that have a record, `proven` how many of them can be relied on.
    Where hardly any can (`veiled` is false), these are marked, and not the others. `dots` are the
    towns and counties of the US with a record of their own, as shapes on its map.
    """

    def __init__(self, edition: Edition, substance: str = "leaf", on: date | None = None) -> None:
        self.substance, self.on = substance, on or edition.on
        self.ahead = self.on > edition.on
        other = self.on != edition.on or substance != "leaf"
        self.asked = f"?on={self.on}&substance={substance}" if other else ""
        self.drawn: dict[str, Place] = {}
        data = api.map_data(edition)
        states = {key: edition.answers[key]["freshness"]["state"] for key in data["places"]}
        trusted = [
            FreshnessState(state).trusted
            for key, state in states.items()
            if key in edition.snapshot
        ]
        self.proven = sum(trusted)
        self.veiled = self.proven >= len(trusted) * _FEW
        for key, spans in data["places"].items():
            status, since, latest, probably = _said(_run(spans[substance], self.on))
            said = edition.answers[key]
            self.drawn[key] = Place(
                id=key,
                name=said["jurisdiction"]["name"],
                status=status,
                since=since,
                since_at_latest=latest,
                probably=probably,
                state=states[key],
                recorded=key in edition.snapshot,
                inside=_run(data["inside"].get(key, {}).get(substance, _NOWHERE), self.on)[1],
                mark="contradicted"
                if said["review"]
                else "proven"
                if not self.veiled and FreshnessState(states[key]).trusted
                else "",
            )
        self.recorded = [place for place in self.drawn.values() if place.recorded]
        self.dots = _dots(edition, (key for key in self.drawn if "/" in key))
        wide = (place for place in self.drawn.values() if "/" not in place.id)
        by_name = sorted(wide, key=lambda place: name_key(place.name))
        self.us = [place for place in by_name if place.id.startswith("US-")]
        self.world = [place for place in by_name if not place.id.startswith("US-")]
        here, there = (Counter(place.status for place in group) for group in (self.us, self.world))
        self.counts = {word: (here[word], there[word]) for word in map(str, Status)}


def _dots(edition: Edition, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The dots of counties and towns, by id: in the middle of their county, beside each other."""
    found: dict[str, dict[str, Any]] = {}
    taken: Counter[str] = Counter()
    for key in keys:
        county = fips(key, edition.names[key]) if key.startswith("US-") else None
        if county:
            step, taken[county] = taken[county], taken[county] + 1
            x, y = STATES.on_sheet(*middle(county))
            turn = step * math.tau / 6
            away = 2 * _DOT if step else 0
            at = [round(x + away * math.cos(turn)), round(y + away * math.sin(turn))]
            found[key] = {"at": at, "dot": True, "r": _DOT}
    return found


@cache
def geometry() -> dict[str, Any]:
    """The outlines of both maps, in the order in which they are drawn: dots and boxes last."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("geometry.json").read_bytes())
    for part in (found["us"], found["world"]):
        shapes = part["shapes"].items()
        part["shapes"] = dict(
            sorted(shapes, key=lambda item: ("dot" in item[1] or "box" in item[1], item[1]["name"]))
        )
    return found


def years(edition: Edition) -> range:
    """The years whose first of January has a map of its own."""
    return range(_FIRST_YEAR, edition.on.year + 2)


def letters(edition: Edition) -> dict[str, list[Jurisdiction]]:
    """Every place, cities and counties too, by the first letter of its name, from A to Z."""
    found: dict[str, list[Jurisdiction]] = {}
    for place in sorted(edition.places, key=lambda place: name_key(place.name)):
        letter = name_key(place.name)[:1].upper()
        known = letter.isascii() and letter.isalpha()
        found.setdefault(letter if known else "Other", []).append(place)
    return found


def _run(spans: list[list[str]], on: date) -> list[str]:
    """What holds on a day, of spans that each begin with their first one."""
    return spans[bisect_right(spans, on.isoformat(), key=lambda span: span[0]) - 1]


def _said(run: list[str]) -> tuple[str, str | None, str | None, str | None]:
    """The status, the first day of it, or the first one that is known, what is probable."""
    start, status, *more = run
    # Since when nothing is known says nothing of the law.
    first = None if status == "unknown" else start or None
    latest, probably = (*more, "", "")[:2]
    since = (None, first) if latest else (first, None)
    return (status, *since, probably or None)
