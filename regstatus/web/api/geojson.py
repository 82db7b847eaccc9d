"""The map as GeoJSON (RFC 7946): the shapes of the pages in degrees, with the list of statuses beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from math import asin, cos, degrees, sin, sqrt
from typing import Any, TypeAlias

from regstatus.query.answer import DISCLAIMER
from regstatus.query.formats import encoded
from regstatus.query.listings import LISTS, items
from regstatus.web.api.endpoints import about
from regstatus.web.edition import Edition
from regstatus.web.pages.maps import geometry
from regstatus.web.pages.projection import ALASKA, HAWAII, STATES

_SOURCES = (
    "U.S. Census Bureau (us-atlas), Natural Earth (world-atlas); thinned, for maps of large areas"
)

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = list[Point]


def features(edition: Edition, asked: Mapping[str, Any]) -> bytes:
    """The places of the list of statuses that the map draws, each with the columns of that list.

    Raises:
        UsageError: If what is asked is not understood; see `query.listings.items`.
    """
    found = items(edition, "status", asked)
    names, rows = LISTS["status"].table(found, asked)
    drawn = (dict(zip(names, row, strict=True)) for row in rows)
    kept = [
        {
            "type": "Feature",
            "id": said["id"],
            "geometry": outlines()[said["id"]],
            "properties": said,
        }
        for said in drawn
        if said["id"] in outlines()
    ]
    head = {"snapshot": about(edition), "count": len(kept), "disclaimer": DISCLAIMER}
    whole = {"type": "FeatureCollection", **head, "attribution": _SOURCES, "features": kept}
    return encoded(whole)


@cache
def outlines() -> dict[str, dict[str, Any] | None]:
    """The geometry of each place that the map draws, in degrees; of Antarctica there is none.

    A place too small for its outline is a point. Outlines are cut where they cross 180 degrees.
    """
    us, world = (geometry()[part]["shapes"] for part in ("us", "world"))
    found = {key: _geometry(shape, _conic(key)) for key, shape in us.items()}
    # The territories, which are insets among the states, lie where they are in the world.
    found |= {key: _geometry(shape, _equal_earth) for key, shape in world.items()}
    return {**found, "AQ": None}


def _geometry(shape: Mapping[str, Any], degrees_of: Callable[[Point], Point]) -> dict[str, Any]:
    polygons: list[list[Ring]] = []
    for drawn in _rings(shape.get("d", "")):
        ring = [*map(degrees_of, drawn)]
        if _area(ring) < 0 or not polygons:  # the sheets run clockwise, and a hole the other way
            polygons.append([])
        polygons[-1].append(ring[::-1])
    cut = [piece for polygon in polygons for piece in _pieces(polygon)]
    if not cut:
        return {"type": "Point", "coordinates": _rounded(degrees_of(shape["home"]))}
    return {"type": "MultiPolygon", "coordinates": cut}


def _rings(path: str) -> Iterator[Ring]:
    """The rings of a path that is one absolute move and then steps."""
    for x, y, steps in re.findall(r"M(\d+) (\d+)l([^z]+)z", path):
        ring = [(float(x), float(y))]
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            ring.append((ring[-1][0] + across, ring[-1][1] + down))
        yield ring


def _area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]))


def _pieces(polygon: list[Ring]) -> Iterator[list[Ring]]:
    """A polygon between 180 degrees west and east; what lies beyond comes in on the other side."""
    for turn in (0, -360, 360):
        moved = [[(x + turn, y) for x, y in ring] for ring in polygon]
        cut = [_half(_half(ring, 180, 1), -180, -1) for ring in moved]
        if len(cut[0]) > 2:
            yield [[*map(_rounded, [*ring, ring[0]])] for ring in cut if len(ring) > 2]


def _rounded(at: Point) -> Point:
    return round(at[0], 2), round(at[1], 2)


def _half(ring: Ring, at: float, side: int) -> Ring:
    """What of a ring lies west of a meridian (`side` 1), or east of it (-1)."""
    kept: Ring = []
    for (x1, y1), (x2, y2) in pairwise([*ring, *ring[:1]]):
        if (at - x1) * side >= 0:
            kept.append((x1, y1))
        if (x1 - at) * (x2 - at) < 0:
            kept.append((at, y1 + (y2 - y1) * (at - x1) / (x2 - x1)))
    return kept


def _equal_earth(at: Point) -> Point:
    """Degrees of a point of the sheet in Equal Earth (Šavrič, Patterson and Jenny, 2018)."""
    scale, middle, meridian = 738.8, (2000, 980), 11.5  # as in tools/make_map.py
    a = (1.340264, -0.081106, 0.000893, 0.003796)
    right, up = (at[0] - middle[0]) / scale, (middle[1] - at[1]) / scale
    t = up / a[0]
    for _step in range(8):  # Newton's; four are enough anywhere
        slope = 9 * a[3] * t**8 + 7 * a[2] * t**6 + 3 * a[1] * t**2 + a[0]
        t -= (a[3] * t**9 + a[2] * t**7 + a[1] * t**3 + a[0] * t - up) / slope
    slope = 9 * a[3] * t**8 + 7 * a[2] * t**6 + 3 * a[1] * t**2 + a[0]
    longitude = degrees(right * 3 * slope / (2 * sqrt(3) * cos(t))) + meridian
    return longitude, degrees(asin(2 * sin(t) / sqrt(3)))


def _conic(key: str) -> Callable[[Point], Point]:
    """What makes degrees of a point of the sheet of the states, which has Alaska and Hawaii elsewhere."""
    return {"US-AK": ALASKA, "US-HI": HAWAII}.get(key, STATES).degrees_of
