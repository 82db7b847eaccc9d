"""Which county and country a point on the map lies in, by the outlines of the Census and Natural Earth."""

from __future__ import annotations

from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from regstatus.catalog.places.place_tables import county, read_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_NEAR = {"counties": 0.03, "countries": 0.1}
"""Degrees: as far as the outlines may be wrong. Nearer to a border, both sides are told."""


_OFF_THE_COAST = 0.4
"""Degrees, about twice the territorial sea."""


class Hit(NamedTuple):
    """Where a point lies, and what is so near that it may lie there."""

    inside: str | None
    near: tuple[str, ...]


_Line = list[tuple[float, float]]


class _Shape(NamedTuple):
    box: tuple[float, float, float, float]
    rings: list[_Line]


def locate(kind: str, latitude: float, longitude: float, around: float | None = None) -> Hit:
    """The place of a kind, `counties` or `countries`, by FIPS code or id, in which a point lies.

    Args:
        kind: Which outlines.
        latitude: Degrees north.
        longitude: Degrees east.
        around: How near is near, in degrees; as far as the outlines may be wrong if left out.
    """
    y, slack = latitude, around or _NEAR[kind]
    inside: str | None = None
    near: list[str] = []
    for x in (longitude, longitude - 360, longitude + 360):
        for ident, shape in _shapes(kind).items():
            west, south, east, north = shape.box
            if not (west - slack <= x <= east + slack and south - slack <= y <= north + slack):
                continue
            if _contains(shape, x, y):
                inside = ident
            elif any(_touches(ring, x, y, slack) for ring in shape.rings):
                near.append(ident)
    return Hit(inside, tuple(one for one in near if one != inside))


def coasts(latitude: float, longitude: float) -> list[str]:
    """The states of the US and the countries off whose coast a point lies, at sea."""
    near = locate("counties", latitude, longitude, _OFF_THE_COAST).near
    states = dict.fromkeys(f"US-{county(fips)[0]}" for fips in near)
    others = locate("countries", latitude, longitude, _OFF_THE_COAST).near
    return [*states, *(one for one in others if one != "US" or not near)]


def middle(fips: str) -> tuple[float, float]:
    """The middle of a county, in degrees north and east: of the box around its outline."""
    west, south, east, north = _shapes("counties")[fips].box
    return (south + north) / 2, (west + east) / 2


@cache
def _shapes(kind: str) -> dict[str, _Shape]:
    data = read_table("outlines")[kind]
    (wide, high), (left, low) = data["transform"]["scale"], data["transform"]["translate"]
    arcs: list[_Line] = []
    for arc in data["arcs"]:  # steps from point to point
        across, up = (accumulate(steps) for steps in zip(*arc, strict=True))
        arcs.append([(x * wide + left, y * high + low) for x, y in zip(across, up, strict=True)])
    found = {}
    for ident, numbers in data["rings"].items():
        rings = [[*_joined(arcs, ring)] for ring in numbers]
        across_, up_ = zip(*(point for ring in rings for point in ring), strict=True)
        found[ident] = _Shape((min(across_), min(up_), max(across_), max(up_)), rings)
    return found


def _joined(arcs: list[_Line], ring: list[int]) -> Iterator[tuple[float, float]]:
    """The points of a ring; one that crosses the line of dates goes on beyond 180 degrees."""
    before, turn = None, 0.0
    for number in ring:
        for x, y in arcs[number] if number >= 0 else reversed(arcs[~number]):
            if before is not None and abs(x - before) > 180:
                turn += 360.0 if x < before else -360.0
            before = x
            yield x + turn, y


def _contains(shape: _Shape, x: float, y: float) -> bool:
    """Whether a line from the point to the east crosses the rings an odd number of times."""
    odd = False
    for ring in shape.rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd


def _touches(ring: _Line, x: float, y: float, slack: float) -> bool:
    for (x1, y1), (x2, y2) in pairwise(ring):
        if not (min(x1, x2) - slack <= x <= max(x1, x2) + slack):
            continue
        wide, high = x2 - x1, y2 - y1
        along = ((x - x1) * wide + (y - y1) * high) / (wide * wide + high * high or 1.0)
        along = max(0.0, min(1.0, along))
        if (x1 + along * wide - x) ** 2 + (y1 + along * high - y) ** 2 <= slack * slack:
            return True
    return False
