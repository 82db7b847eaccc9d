"""Make `regstatus/web/pages/geometry.json`: the outlines that the two maps are drawn from.

For maintainers only; nothing that is installed needs it, and no page asks anyone
else for a map. The outlines come from two npm packages under the ISC licence:

    npm pack us-atlas@3.0.1 world-atlas@2.0.2
    PYTHONPATH=. python tools/make_map.py us-atlas-3.0.1.tgz world-atlas-2.0.2.tgz

Both packages hold TopoJSON: borders are kept once, as arcs, and a state is a list
of arcs. Arcs are thinned out before states are put together from them, so that two
neighbours keep the very same border and no gap opens between them.

What is drawn, and how:

- The states stand in the Albers projection of the file, Alaska and Hawaii moved
  below. The five territories are boxes in the corner, each at a scale of its own.
  Small states have a box at the side to point at, with a line to the true place.
- The world stands in Equal Earth: a country takes the room that its land takes.
  The sheet ends in the Bering Strait, not at 180 degrees, so that neither Russia
  nor Fiji is torn. Antarctica is left out, but for its dot.
- A place too small to be seen is a dot. Dots that would hide each other are moved
  apart, so a dot shows about where a place is; its `home` is where it lies.
- Everything is named by the ids of the registry. France, Norway and the
  Netherlands are taken apart into what ISO 3166-1 gives a code of its own.
- Western Sahara is one land, as ISO 3166 and the United Nations count it; the file
  draws its greater part as Morocco (`whole_sahara`).
- Four grounds carry no colour and no id (`NEUTRAL`): the files draw them apart
  from the state to which ISO 3166 counts them, or ISO counts them to none. Other
  rules are enforced there than the record of that state tells, so its colour
  would say what nobody checked.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import math
import sys
import tarfile
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from regstatus.catalog.places import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

OUT = Path(__file__).resolve().parents[1] / "regstatus" / "web" / "pages" / "geometry.json"
FORMAT = "regstatus-geometry/1"

Point = tuple[float, float]
Whole = tuple[int, int]
Box = tuple[float, float, float, float]
Spot = TypeVar("Spot", Point, Whole)
Rings = list[list[int]]
"""A polygon as the file has it: each ring a list of arcs, `~n` for arc n backwards."""

SOURCES = {
    "us-atlas": "U.S. Census Bureau, cartographic boundary files, 2017; public domain",
    "world-atlas": "Natural Earth, 1:50m admin 0 countries, version 4.1; public domain",
}
US_FILE, TERRITORY_FILE = "states-albers-10m.json", "states-10m.json"
WORLD_FILE = "countries-50m.json"
"""The finest that fits: Europe and the islands of Asia are crude in `countries-110m.json`."""

# ---------------------------------------------------------------- the hand tables

WORLD_PARTS: dict[str, tuple[tuple[str, Box], ...]] = {
    # numeric code of the file -> id, and the box (west, south, east, north) of its islands
    "250": (
        ("GF", (-56, 1, -50, 7)),
        ("GP", (-62, 15.6, -61, 16.8)),
        ("MQ", (-61.5, 14, -60, 15.2)),
        ("RE", (55, -22, 56, -20)),
        ("YT", (44.5, -13.5, 45.8, -12)),
    ),
    "578": (("SJ", (-10, 70, 0, 72)), ("SJ", (10, 74, 35, 82))),
    "528": (("BQ", (-70, 11, -62, 18)),),
    "554": (("TK", (-173, -10, -171, -8)),),
    "643": (("Crimea", (32, 44, 37, 46.4)),),
}
"""A ring belongs to the first box that holds its centre of gravity, else to the state itself."""

WORLD_NAMELESS: dict[str, str] = {
    "Kosovo": "XK",
    "N. Cyprus": "Northern Cyprus",
    "Somaliland": "Somaliland",
    "Siachen Glacier": "Siachen Glacier",
}
"""What the file draws without a code; the Indian Ocean Territories are two dots of `PLACES`."""

NEUTRAL = ("Crimea", "Northern Cyprus", "Siachen Glacier", "Somaliland")

PLACES: dict[str, Point] = {
    # Longitude and latitude of what no file draws, or draws only as scattered specks.
    "AQ": (11.0, -58.0),  # off the sheet; a dot at its lower edge
    "BV": (3.4, -54.4),
    "CC": (96.9, -12.2),
    "CX": (105.6, -10.5),
    "GI": (-5.35, 36.14),
    "KI": (173.0, 1.4),  # Tarawa, of islands spread over 4,000 km
    "TV": (179.2, -8.5),
    "UM": (-176.5, 0.5),  # Howland and Baker; the others lie 2,000 km around
}

DROPPED = ("Antarctica", "Ashmore and Cartier Is.", "Indian Ocean Ter.")

# ---------------------------------------------------------------- sizes, in units of a view

US_SCALE, US_SHIFT = 2.0, (-26.0, -16.0)
US_VIEW = (0, 0, 1956, 1212)
US_VIEWS = {"East coast": (1420, 0, 536, 880), "Territories": (1610, 850, 346, 262)}
US_GRAIN, US_SPECK = 2.5, 12.0
WORLD_SCALE, WORLD_VIEW = 738.8, (0, 0, 4000, 1780)
WORLD_SHIFT = (2000.0, 980.0)
WORLD_GRAIN, WORLD_SPECK = 2.2, 8.0
WORLD_CUT = -168.5
"""West of this meridian is the far east: in the Bering Strait no land is cut but one small isle."""
DOT, DOT_GAP = 10, 3
DOT_BELOW, DOT_TOO_BELOW = 48, 120
"""Below the first area a dot stands for the place; an island below the second has a dot as well."""
LABEL_ROOM = 34.0
"""More room than this makes no label better."""

CALLOUTS = {
    # the upper left corner of each box
    "VT": (1606, 92),
    "NH": (1692, 28),
    **{code: (1852, 356 + 62 * row) for row, code in enumerate(("MA", "RI", "CT", "NJ"))},
    **{code: (1852, 604 + 62 * row) for row, code in enumerate(("DE", "MD", "DC"))},
}
CALLOUT_SIZE = (92, 54)
INSETS = {
    # code of the file -> short form, upper left corner, and the islands that are drawn
    "72": ("PR", (1626, 868), (-68, 17, -65, 19)),
    "78": ("VI", (1736, 868), (-66, 17, -64, 19)),
    "66": ("GU", (1846, 868), (144, 13, 146, 14)),
    "69": ("MP", (1736, 986), (145, 14.7, 146, 15.4)),  # Saipan and Tinian, of a long chain
    "60": ("AS", (1846, 986), (-171, -15, -170, -14)),  # Tutuila; Manuʻa lies far to the east
}
INSET_SIZE, INSET_PAD = (100, 108), (10, 12, 10, 42)

CLOSE_UPS: dict[str, Box] = {
    # west, south, east, north
    "Africa": (-26, -36, 60, 38),
    "Americas": (-130, -56, -32, 62),
    "Asia": (30, -11, 148, 56),
    "Caribbean": (-92, 6, -56, 28),
    "Europe": (-26, 34, 45, 71),
    "Oceania": (108, -49, 190, 22),
}


# ---------------------------------------------------------------- TopoJSON


@dataclass(slots=True)
class Feature:
    """One place of a file: its code there, its name there, and its polygons as arcs."""

    code: str | None
    name: str
    polygons: list[Rings]


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """Undo the packing of the arcs: sums of differences, times a scale, plus a shift."""
    (kx, ky), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[Point]] = []
    for packed in topology["arcs"]:
        x = y = 0
        arc: list[Point] = []
        for dx, dy in packed:
            x, y = x + dx, y + dy
            arc.append((x * kx + x0, y * ky + y0))
        arcs.append(arc)
    return arcs


def features_of(topology: dict[str, Any], collection: str) -> list[Feature]:
    """The places of one collection of a file."""
    return [
        Feature(
            shape.get("id"),
            shape["properties"]["name"],
            shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]],
        )
        for shape in topology["objects"][collection]["geometries"]
    ]


def thinned(arc: list[Point], grain: float) -> list[Point]:
    """Leave out the points whose triangle with their neighbours is smaller than `grain` (Visvalingam).

    The ends stay, since other arcs meet there. A closed arc keeps a triangle.
    """
    last = len(arc) - 1
    least = 4 if arc[0] == arc[last] else 2
    before, after = list(range(-1, last)), list(range(1, last + 2))
    size = [math.inf] * len(arc)

    def measure(at: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = arc[before[at]], arc[at], arc[after[at]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    heap = []
    for at in range(1, last):
        size[at] = measure(at)
        heap.append((size[at], at))
    heapq.heapify(heap)
    left = len(arc)
    while heap and left > least:
        area, at = heapq.heappop(heap)
        if area != size[at]:
            continue  # measured again since
        if area >= grain:
            break
        size[at], left = math.nan, left - 1
        one, other = before[at], after[at]
        after[one], before[other] = other, one
        for near in (one, other):
            if 0 < near < last:
                # Never smaller than what went before it, or a curve would melt from one end.
                size[near] = max(area, measure(near))
                heapq.heappush(heap, (size[near], near))
    return [point for at, point in enumerate(arc) if not math.isnan(size[at])]


# ---------------------------------------------------------------- plane geometry


def area_of(ring: Iterable[Point]) -> float:
    """The signed area of a ring, closed or not."""
    points = list(ring)
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise([*points, points[0]])) / 2


def middle_of(ring: Sequence[Point]) -> Point:
    """The centre of gravity of a ring."""
    total = area_of(ring)
    if not total:
        return ring[0]
    x = y = 0.0
    for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
        cross = ax * by - bx * ay
        x, y = x + (ax + bx) * cross, y + (ay + by) * cross
    return x / (6 * total), y / (6 * total)


def room_at(x: float, y: float, rings: list[list[Whole]]) -> float:
    """The distance to the nearest border, negative outside."""
    inside, nearest = False, math.inf
    for ring in rings:
        for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
            dx, dy = bx - ax, by - ay
            length = dx * dx + dy * dy
            along = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / length)) if length else 0.0
            nearest = min(nearest, math.hypot(x - ax - along * dx, y - ay - along * dy))
    return nearest if inside else -nearest


def roomiest(rings: list[list[Whole]]) -> Whole:
    """The point where a label has room, and of those the one nearest to the middle."""
    mx, my = middle_of(rings[0])

    def worth(x: float, y: float) -> float:
        return min(room_at(x, y, rings), LABEL_ROOM) - math.hypot(x - mx, y - my) / 20

    west, south, east, north = bounds(rings[0])
    x, y, step = (west + east) / 2, (south + north) / 2, max(east - west, north - south) / 16
    span = 9
    while step > 0.5:
        _, x, y = max(
            (worth(x + i * step, y + j * step), x + i * step, y + j * step)
            for i in range(-span, span + 1)
            for j in range(-span, span + 1)
        )
        step, span = step / 2, 2
    return round(x), round(y)


def bounds(points: Iterable[Point]) -> Box:
    """The least and the greatest x and y."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def within(point: Point, box: Box) -> bool:
    """Whether a point lies in a box of least and greatest values."""
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def written(polygons: list[list[list[Whole]]]) -> str:
    """A path of whole numbers: one absolute move for each ring, then steps."""
    parts: list[str] = []
    for ring in (ring for polygon in polygons for ring in polygon):
        parts.append(f"M{ring[0][0]} {ring[0][1]}l")
        text = ""
        for (ax, ay), (bx, by) in pairwise(ring):
            for step in (bx - ax, by - ay):
                text += f"{step}" if step < 0 or not text else f" {step}"
        parts.append(text + "z")
    return "".join(parts)


def tidy(ring: list[Whole]) -> list[Whole]:
    """A ring without its closing point, repeats, spikes and points on a straight line."""
    kept: list[Whole] = []
    for point in ring[:-1]:
        while kept and kept[-1] == point:
            kept.pop()
        kept.append(point)
    at = 0
    while at < len(kept) and len(kept) > 2:
        (ax, ay), (bx, by), (cx, cy) = kept[at - 1], kept[at], kept[(at + 1) % len(kept)]
        if (bx - ax) * (cy - by) == (by - ay) * (cx - bx):
            del kept[at]
            at = max(0, at - 2)
        else:
            at += 1
    return kept


# ---------------------------------------------------------------- shapes from arcs


@dataclass(slots=True)
class Sheet:
    """The arcs of one file, laid on paper and thinned out."""

    arcs: list[list[Whole]]
    used: Counter[int] = field(default_factory=Counter)

    @classmethod
    def of(
        cls,
        arcs: list[list[Point]],
        features: list[Feature],
        onto: Callable[[Point], Point],
        grain: float,
    ) -> Sheet:
        """Lay the arcs on paper; points are thinned before they are rounded."""
        laid = [thinned([onto(point) for point in arc], grain) for arc in arcs]
        whole = [[(round(x), round(y)) for x, y in arc] for arc in laid]
        rings = (ring for feature in features for polygon in feature.polygons for ring in polygon)
        return cls(whole, Counter(_plain(arc) for ring in rings for arc in ring))

    def ring(self, arcs: list[int]) -> list[Whole]:
        """The points of a ring."""
        return tidy(joined(self.arcs, arcs))

    def alone(self, arcs: list[int]) -> bool:
        """Whether no other ring shares a border with this one: an island, or a hole of water."""
        return all(self.used[_plain(arc)] == 1 for arc in arcs)

    def polygons(self, shapes: list[Rings], speck: float) -> list[list[list[Whole]]]:
        """The polygons of a place, greatest first, without islands smaller than `speck`.

        The greatest stays in any case, and so does what borders on another place:
        there, a hole would be left in the land.
        """
        found = []
        for shape in shapes:
            rings = [
                ring
                for at, arcs in enumerate(shape)
                if len(ring := self.ring(arcs)) > 2
                and (at == 0 or not self.alone(arcs) or abs(area_of(ring)) >= speck)
            ]
            if rings:
                found.append((abs(area_of(rings[0])), self.alone(shape[0]), rings))
        found.sort(key=lambda polygon: -polygon[0])
        return [
            rings
            for at, (area, alone, rings) in enumerate(found)
            if at == 0 or not alone or area >= speck
        ]


def joined(arcs: list[list[Spot]], ring: list[int]) -> list[Spot]:
    """The points of a ring's arcs in order; where two arcs meet, the point comes once."""
    points: list[Spot] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def _plain(arc: int) -> int:
    return arc if arc >= 0 else ~arc


# ---------------------------------------------------------------- the two maps


def albers(point: Point) -> Point:
    """The file is projected; it only grows, so that whole numbers are fine enough."""
    return point[0] * US_SCALE + US_SHIFT[0], point[1] * US_SCALE + US_SHIFT[1]


def equal_earth(point: Point) -> Point:
    """Longitude and latitude in degrees to the paper: Šavrič, Patterson and Jenny, 2018."""
    lon, lat = point
    far = lon + 360 if lon < WORLD_CUT else lon
    turned = math.radians(far - (WORLD_CUT + 180))
    a = (1.340264, -0.081106, 0.000893, 0.003796)
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    slope = 9 * a[3] * t**8 + 7 * a[2] * t**6 + 3 * a[1] * t**2 + a[0]
    x = 2 * math.sqrt(3) * turned * math.cos(t) / (3 * slope)
    y = a[3] * t**9 + a[2] * t**7 + a[1] * t**3 + a[0] * t
    return x * WORLD_SCALE + WORLD_SHIFT[0], WORLD_SHIFT[1] - y * WORLD_SCALE


def us_map(states: dict[str, Any], lonlat: dict[str, Any]) -> dict[str, Any]:
    """The states, the district and the territories."""
    features = features_of(states, "states")
    sheet = Sheet.of(arcs_of(states), features, albers, US_GRAIN)
    by_name = {place.name: place for place in Registry().all() if place.parent == "US"}
    shapes: dict[str, Any] = {}
    for feature in features:
        place = by_name[feature.name]
        polygons = [
            rings
            for rings in sheet.polygons(feature.polygons, US_SPECK)
            if bounds(rings[0])[0] > 0  # the last specks of the Aleutians lie off the sheet
        ]
        shapes[place.id] = {
            "name": place.name,
            "at": roomiest(polygons[0]),
            "d": written(polygons),
        }
    wide, high = CALLOUT_SIZE
    for code, (x, y) in CALLOUTS.items():
        shape = shapes[f"US-{code}"]
        middle = (x + wide // 2, y + high // 2)
        # From the side of the box that looks at the state.
        start = (x, middle[1]) if shape["at"][0] < x else (middle[0], y + high)
        shape["line"] = (*start, *shape["at"])
        shape["box"], shape["at"] = (x, y, wide, high), middle
    shapes |= _territories(lonlat)
    return {"view": US_VIEW, "views": US_VIEWS, "neutral": [], "shapes": shapes}


def _territories(lonlat: dict[str, Any]) -> dict[str, Any]:
    """Each in a box of the same size, at a scale of its own, the label below the islands."""
    arcs = arcs_of(lonlat)
    found = {feature.code: feature for feature in features_of(lonlat, "states")}
    shapes: dict[str, Any] = {}
    left, top, right, bottom = INSET_PAD
    wide, high = INSET_SIZE
    for code, (short, (x, y), drawn_part) in INSETS.items():
        rings = [joined(arcs, polygon[0]) for polygon in found[code].polygons]
        rings = [ring for ring in rings if within(middle_of(ring), drawn_part)]
        squeeze = math.cos(math.radians(rings[0][0][1]))
        flat = [[(lon * squeeze, -lat) for lon, lat in ring] for ring in rings]
        x0, y0, x1, y1 = bounds(point for ring in flat for point in ring)
        scale = min((wide - left - right) / (x1 - x0), (high - top - bottom) / (y1 - y0))
        cx = x + left + (wide - left - right) / 2 - (x0 + x1) / 2 * scale
        cy = y + top + (high - top - bottom) / 2 - (y0 + y1) / 2 * scale
        drawn = [
            tidy([(round(a * scale + cx), round(b * scale + cy)) for a, b in ring]) for ring in flat
        ]
        drawn = sorted(
            (ring for ring in drawn if len(ring) > 2), key=lambda ring: -abs(area_of(ring))
        )
        shapes[f"US-{short}"] = {
            "name": Registry().get(f"US-{short}").name,
            "at": (x + wide // 2, y + high - 21),
            "box": (x, y, wide, high),
            "d": written([[ring] for ring in drawn]),
        }
    return shapes


def whole_sahara(arcs: list[list[Point]], features: list[Feature]) -> None:
    """Draw the border of Morocco and Western Sahara on its parallel, not on the berm.

    The coast of Morocco is cut where it meets the parallel, and a new arc laid from
    the corner with Algeria to the cut; the arc of the berm is used no more.
    """
    by_name = {feature.name: feature for feature in features}
    morocco, sahara = by_name["Morocco"], by_name["W. Sahara"]
    ((north, berm, coast),) = morocco.polygons[0]
    ((*others, last),) = sahara.polygons[0]
    assert last == ~berm
    corner = arcs[berm][0]
    shore = arcs[coast]
    # The coast runs northwards: its first point beyond the parallel, and the step that leads there.
    at = next(at for at, (_, lat) in enumerate(shore) if lat > corner[1])
    (ax, ay), (bx, by) = shore[at - 1], shore[at]
    cut = (ax + (bx - ax) * (corner[1] - ay) / (by - ay), corner[1])
    new = len(arcs)
    arcs += [[corner, cut], [cut, *shore[at:]], [*shore[:at], cut]]
    morocco.polygons[0] = [[north, new, new + 1]]
    sahara.polygons[0] = [[*others, new + 2, ~new]]


def world_map(topology: dict[str, Any]) -> dict[str, Any]:
    """Every code of ISO 3166-1, and Kosovo: an outline, a dot, or both where land borders on it."""
    arcs = arcs_of(topology)
    features = [f for f in features_of(topology, "countries") if f.name not in DROPPED]
    whole_sahara(arcs, features)
    sheet = Sheet.of(arcs, features, equal_earth, WORLD_GRAIN)
    by_code = {place.numeric: place.id for place in Registry().all() if place.numeric}
    grounds: dict[str, list[Rings]] = {}
    for feature in features:
        ident = by_code[feature.code] if feature.code else WORLD_NAMELESS[feature.name]
        for polygon in feature.polygons:
            outline = joined(arcs, polygon[0])
            lons = [lon for lon, _ in outline]
            if min(lons) < WORLD_CUT < max(lons) and max(lons) - min(lons) < 180:
                continue  # one small isle of the Aleutians lies across the edge of the sheet
            middle = middle_of(outline)
            parts = WORLD_PARTS.get(feature.code or "", ())
            owner = next((part for part, box in parts if within(middle, box)), ident)
            grounds.setdefault(owner, []).append(polygon)
    shapes: dict[str, Any] = {}
    homes: dict[str, Point] = {ident: equal_earth(place) for ident, place in PLACES.items()}
    for ident, polygons in sorted(grounds.items()):
        if ident not in NEUTRAL:
            shapes[ident] = _country(sheet, ident, polygons, homes)
    for ident in homes:
        shapes.setdefault(ident, {"name": Registry().get(ident).name, "dot": True})
    for ident, at in spread(homes).items():
        x, y = homes[ident]
        shapes[ident] |= {"at": at, "home": (round(x), round(y))}
    neutral = [
        {"name": name, "d": written(sheet.polygons(grounds[name], WORLD_SPECK))} for name in NEUTRAL
    ]
    return {
        "view": WORLD_VIEW,
        "r": DOT,
        "views": {name: _close_up(box) for name, box in CLOSE_UPS.items()},
        "neutral": neutral,
        "shapes": shapes,
    }


def _country(
    sheet: Sheet, ident: str, polygons: list[Rings], homes: dict[str, Point]
) -> dict[str, Any]:
    drawn = sheet.polygons(polygons, WORLD_SPECK)
    shape: dict[str, Any] = {"name": Registry().get(ident).name}
    land = sum(abs(area_of(rings[0])) for rings in drawn)
    islands = all(sheet.alone(rings[0]) for rings in polygons)
    if land >= DOT_BELOW or (land and not islands):
        # A small state between others keeps its ground, or there would be a hole in the land.
        shape["d"] = written(drawn)
    if land >= (DOT_TOO_BELOW if islands else DOT_BELOW) and ident not in homes:
        return shape | {"at": roomiest(drawn[0])}
    if ident not in homes:
        outlines = [joined(sheet.arcs, rings[0]) for rings in polygons]
        homes[ident] = middle_of(max(outlines, key=lambda ring: abs(area_of(ring))))
    return shape | {"dot": True}


def spread(homes: Mapping[str, Point]) -> dict[str, Whole]:
    """Move dots apart until none hides another, and no farther than that takes."""
    names = sorted(homes)
    spots = [list(homes[name]) for name in names]
    apart = 2 * DOT + DOT_GAP
    for turn in range(600):
        for spot, name in zip(spots, names, strict=True):
            pull = 0.03 if turn < 400 else 0
            spot[0] += (homes[name][0] - spot[0]) * pull
            spot[1] += (homes[name][1] - spot[1]) * pull
        for at, one in enumerate(spots):
            for other in spots[:at]:
                dx, dy = one[0] - other[0], one[1] - other[1]
                far = math.hypot(dx, dy)
                if far >= apart:
                    continue
                push = (apart - far) / 2 / (far or 1)
                dx, dy = (dx * push, dy * push) if far else (apart / 2, 0)
                one[0], one[1] = one[0] + dx, one[1] + dy
                other[0], other[1] = other[0] - dx, other[1] - dy
    return {name: (round(spot[0]), round(spot[1])) for name, spot in zip(names, spots, strict=True)}


def _close_up(box: Box) -> Whole | tuple[int, ...]:
    west, south, east, north = box
    edge = [
        equal_earth((lon, lat))
        for lon in (west, (west + east) / 2, east)
        for lat in (south, (south + north) / 2, north)
    ]
    x0, y0, x1, y1 = (round(value) for value in bounds(edge))
    return x0, y0, min(x1, WORLD_VIEW[2]) - x0, y1 - y0


# ---------------------------------------------------------------- in and out


def unpacked(tarball: Path, names: Iterable[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The JSON files of an npm package, and what they are: name, version, licence, digests."""
    with tarfile.open(tarball) as package:

        def read(name: str) -> bytes:
            member = package.extractfile(f"package/{name}")
            assert member is not None, name
            return member.read()

        meta = json.loads(read("package.json"))
        licence = read("LICENSE").decode()
        texts = {name: read(name) for name in names}
    about = {
        "name": meta["name"],
        "version": meta["version"],
        "licence": meta["license"],
        "licence_text": licence,  # its one condition: the notice goes where a copy goes
        "data": SOURCES[meta["name"]],
        "sha256": {name: hashlib.sha256(text).hexdigest() for name, text in texts.items()},
    }
    return {name: json.loads(text) for name, text in texts.items()}, about


def canonical(geometry: dict[str, Any]) -> str:
    """JSON with sorted keys and one shape on each line, so that a difference can be read."""

    def plain(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def table(rows: dict[str, Any], deep: int) -> str:
        lines = (
            f"{plain(key)}:{table(value, deep - 1) if deep and isinstance(value, dict) else plain(value)}"
            for key, value in sorted(rows.items())
        )
        return "{\n" + ",\n".join(lines) + "\n}"

    return table(geometry, 2) + "\n"


def main() -> None:
    """Write the file and say how large it is."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    us, about_us = unpacked(Path(sys.argv[1]), (US_FILE, TERRITORY_FILE))
    world, about_world = unpacked(Path(sys.argv[2]), (WORLD_FILE,))
    geometry: dict[str, Any] = {
        "format": FORMAT,
        "about": {"made_by": "tools/make_map.py; do not edit", "sources": [about_us, about_world]},
        "us": us_map(us[US_FILE], us[TERRITORY_FILE]),
        "world": world_map(world[WORLD_FILE]),
    }
    text = canonical(geometry)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(text, encoding="utf-8", newline="\n")
    for name in ("us", "world"):
        shapes = geometry[name]["shapes"].values()
        dots = sum("dot" in shape for shape in shapes)
        size = sum(len(shape.get("d", "")) for shape in shapes)
        print(f"{name}: {len(shapes)} shapes of which {dots} dots, {size} bytes of paths")
    print(f"{OUT.name}: {len(text.encode())} bytes")


if __name__ == "__main__":
    main()
