import json
import math
import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regstatus.catalog.places import Registry
from tools.make_map import (
    NEUTRAL,
    WORLD_SCALE,
    Feature,
    Sheet,
    arcs_of,
    area_of,
    bounds,
    canonical,
    equal_earth,
    joined,
    room_at,
    roomiest,
    spread,
    thinned,
    tidy,
    written,
)

FILE = Path(__file__).parents[2] / "regstatus" / "web" / "pages" / "geometry.json"
TEXT = FILE.read_text(encoding="utf-8")
GEOMETRY = json.loads(TEXT)
MOST_BYTES = 160_000
KM = 6371.007 / WORLD_SCALE
"""Kilometres of one unit of the world, where the globe is a ball of the same area."""

US, WORLD = GEOMETRY["us"]["shapes"], GEOMETRY["world"]["shapes"]


def rings(path):
    """Read a path back: an independent reader of what `written` writes."""
    assert re.fullmatch(r"(M\d+ \d+l(-?\d+ ?)+z)+", path), path[:60]
    found = []
    for x, y, steps in re.findall(r"M(\d+) (\d+)l([^z]+)z", path):
        at = (int(x), int(y))
        ring = [at]
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        assert len(numbers) % 2 == 0
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            at = (at[0] + dx, at[1] + dy)
            ring.append(at)
        found.append(ring)
    return found


def points(shape):
    return {point for ring in rings(shape["d"]) for point in ring}


def area(shape):
    return abs(sum(area_of(ring) for ring in rings(shape["d"])))


def land(shape):
    return rings(shape["d"]) if "d" in shape else []


# ------------------------------------------------------------------ the file


def test_the_file_is_canonical_and_small_enough_to_stand_in_a_page():
    assert canonical(GEOMETRY) == TEXT
    assert GEOMETRY["format"] == "regstatus-geometry/1"
    assert len(TEXT.encode()) < MOST_BYTES


def test_the_file_says_what_it_was_made_from_and_under_which_licence():
    sources = {source["name"]: source for source in GEOMETRY["about"]["sources"]}
    assert set(sources) == {"us-atlas", "world-atlas"}
    for source in sources.values():
        assert source["licence"] == "ISC"
        assert "Copyright" in source["licence_text"]
        assert "permission notice" in source["licence_text"]
        assert re.fullmatch(r"\d+\.\d+\.\d+", source["version"])
        assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in source["sha256"].values())


def test_every_shape_is_known_to_the_registry_by_its_id_and_its_name():
    for ident, shape in [*US.items(), *WORLD.items()]:
        assert Registry().get(ident).name == shape["name"]


def test_the_us_map_has_every_state_the_district_and_the_five_territories():
    assert set(US) == {place.id for place in Registry().all() if place.parent == "US"}
    assert len(US) == 56


def test_the_world_map_has_every_place_with_an_iso_code_and_kosovo():
    with_code = {place.id for place in Registry().all() if place.alpha2}
    assert set(WORLD) == with_code
    assert {"XK", "US", "US-PR", "AQ"} < set(WORLD)


def test_grounds_without_a_record_of_their_own_carry_no_id():
    neutral = GEOMETRY["world"]["neutral"]
    assert [ground["name"] for ground in neutral] == list(NEUTRAL)
    for ground in neutral:
        assert set(ground) == {"name", "d"}
        assert area(ground) > 0


# ------------------------------------------------------------------ every shape


@pytest.mark.parametrize("name", ["us", "world"])
def test_every_shape_lies_inside_the_view_and_can_be_pointed_at(name):
    x, y, wide, high = GEOMETRY[name]["view"]
    for ident, shape in GEOMETRY[name]["shapes"].items():
        assert set(shape) <= {"name", "at", "d", "dot", "home", "box", "line"}, ident
        assert "d" in shape or shape["dot"] is True, ident
        marks = [tuple(shape["at"])]
        if "d" in shape:
            marks += points(shape)
        if "box" in shape:
            left, top, width, height = shape["box"]
            marks += [(left, top), (left + width, top + height)]
            assert left < shape["at"][0] < left + width, ident
            assert top < shape["at"][1] < top + height, ident
        margin = GEOMETRY[name]["r"] if shape.get("dot") else 0
        x0, y0, x1, y1 = bounds(marks)
        assert x + margin <= x0 <= x1 <= x + wide - margin, ident
        assert y + margin <= y0 <= y1 <= y + high - margin, ident


@pytest.mark.parametrize("name", ["us", "world"])
def test_no_ring_is_smeared_over_the_edge_of_the_sheet(name):
    wide = GEOMETRY[name]["view"][2]
    for ident, shape in GEOMETRY[name]["shapes"].items():
        for ring in land(shape):
            left, _, right, _ = bounds(ring)
            # Russia, the widest land, takes two fifths of the sheet; its longest straight
            # line is far shorter than one that came back from the other side would be.
            assert right - left < wide * 0.45, ident
            assert max(math.dist(a, b) for a, b in pairwise(ring)) < wide / 7, ident


@pytest.mark.parametrize("name", ["us", "world"])
def test_every_ring_encloses_land_and_repeats_no_point(name):
    for ident, shape in GEOMETRY[name]["shapes"].items():
        for ring in land(shape):
            assert len(ring) > 2, ident
            assert area_of(ring) != 0, ident
            assert all(a != b for a, b in pairwise([*ring, ring[0]])), ident


@pytest.mark.parametrize("name", ["us", "world"])
def test_a_label_stands_on_the_land_that_it_names(name):
    for ident, shape in GEOMETRY[name]["shapes"].items():
        if not shape.get("dot") and "box" not in shape:
            assert room_at(*shape["at"], land(shape)) > 0, ident


# ------------------------------------------------------------------ neighbours and sizes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *[("TX", other) for other in ("OK", "NM", "AR", "LA")],
        *[("TN", other) for other in ("KY", "VA", "NC", "GA", "AL", "MS", "AR", "MO")],
        *[("MA", other) for other in ("VT", "NH", "NY", "CT", "RI")],
        *[("MD", other) for other in ("DC", "VA", "WV", "PA", "DE")],
        ("DC", "VA"),
        ("NJ", "PA"),
    ],
)
def test_neighbouring_states_share_their_border_to_the_point(one, other):
    assert len(points(US[f"US-{one}"]) & points(US[f"US-{other}"])) >= 2


@pytest.mark.parametrize(
    "pair",
    [
        "TH-MY",
        "TH-LA",
        "TH-MM",
        "TH-KH",
        "US-CA",
        "US-MX",
        "FR-DE",
        "FR-ES",
        "CN-RU",
        "CN-IN",
        "RU-KZ",
        "BR-GF",
        "ZA-LS",
        "SE-NO",
        "IL-PS",
        "RS-XK",
        "MY-ID",
        "MY-BN",
        "GB-IE",
        "DO-HT",
        "EH-MA",
        "LU-DE",
    ],
)
def test_neighbouring_countries_share_their_border_to_the_point(pair):
    one, other = pair.split("-")
    assert len(points(WORLD[one]) & points(WORLD[other])) >= 2


@pytest.mark.parametrize(
    ("ident", "thousand_km2"),
    [
        ("TH", 513),
        ("DE", 357),
        ("FR", 549),
        ("US", 9500),
        ("BR", 8516),
        ("AU", 7690),
        ("CD", 2345),
        ("MN", 1564),
        ("FI", 338),
        ("EH", 266),
        ("ID", 1905),
        ("MY", 330),
        ("NZ", 268),
        ("GL", 2166),
        ("GF", 84),
        ("RU", 17098),
    ],
)
def test_the_world_map_gives_every_land_the_room_that_it_takes(ident, thousand_km2):
    assert area(WORLD[ident]) * KM**2 / 1000 == pytest.approx(thousand_km2, rel=0.05)


def test_the_states_have_their_order_of_size():
    order = ["TX", "CA", "MT", "NM", "CO", "GA", "TN", "IN", "WV", "MD", "NJ", "CT", "DE", "RI"]
    sizes = [area(US[f"US-{code}"]) for code in [*order, "DC"]]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] / sizes[-2] == pytest.approx(695_662 / 2_706, rel=0.15)


def test_the_states_stand_where_they_do_on_any_map():
    west_to_east = ["WA", "MT", "ND", "WI", "NY", "ME"]
    north_to_south = ["ND", "SD", "NE", "KS", "OK", "TX"]
    assert sorted(west_to_east, key=lambda code: US[f"US-{code}"]["at"][0]) == west_to_east
    assert sorted(north_to_south, key=lambda code: US[f"US-{code}"]["at"][1]) == north_to_south


CITIES = {
    "TH": (100.5, 13.75),
    "US": (-98.5, 39.8),
    "PL": (21.0, 52.2),
    "BO": (-68.1, -16.5),
    "MN": (106.9, 47.9),
    "KE": (36.8, -1.3),
    "EH": (-13.0, 25.0),  # west of the berm, where the file has Morocco
    "LS": (28.2, -29.6),
    "GF": (-53.0, 4.0),
    "SJ": (14.0, 78.5),
    "UA": (30.5, 50.4),
    "XK": (20.9, 42.55),
    "NZ": (175.6, -39.0),
    "PG": (145.0, -6.5),
    "RU": (-173.3, 65.5),  # Chukotka, beyond 180 degrees
    "FJ": (178.0, -17.8),
}


@pytest.mark.parametrize("ident", CITIES)
def test_a_known_place_lies_in_its_country_and_in_no_other(ident):
    spot = equal_earth(CITIES[ident])
    holders = [
        name
        for name, shape in WORLD.items()
        if "d" in shape and room_at(*spot, rings(shape["d"])) > 0
    ]
    assert holders == [ident]


# ------------------------------------------------------------------ dots and boxes


def test_dots_do_not_hide_each_other_and_stay_near_their_place():
    dots = {ident: shape["at"] for ident, shape in WORLD.items() if shape.get("dot")}
    for one, other in combinations(dots, 2):
        assert math.dist(dots[one], dots[other]) >= 2 * GEOMETRY["world"]["r"], (one, other)
    for ident, place in {
        "SG": (103.8, 1.35),
        "MT": (14.4, 35.9),
        "BB": (-59.5, 13.2),
        "MF": (-63.1, 18.1),
        "AQ": (11, -58),
        "WS": (-172.1, -13.7),
        "US-GU": (144.8, 13.4),
    }.items():
        assert math.dist(dots[ident], equal_earth(place)) < 4 * GEOMETRY["world"]["r"], ident


def test_boxes_lie_over_no_state_and_over_no_other_box():
    boxes = {ident: shape["box"] for ident, shape in US.items() if "box" in shape}
    assert len(boxes) == 14
    for one, other in combinations(boxes.values(), 2):
        assert (
            one[0] + one[2] <= other[0]
            or other[0] + other[2] <= one[0]
            or one[1] + one[3] <= other[1]
            or other[1] + other[3] <= one[1]
        )
    for ident, shape in US.items():
        for owner, (x, y, wide, high) in boxes.items():
            if owner != ident:
                held = [
                    (a, b) for a, b in points(shape) if x <= a <= x + wide and y <= b <= y + high
                ]
                assert not held, (ident, owner)


def test_a_line_leads_from_the_edge_of_a_box_to_the_state_that_it_names():
    for shape in US.values():
        if "line" in shape:
            x, y, *end = shape["line"]
            left, top, wide, high = shape["box"]
            assert left <= x <= left + wide
            assert top <= y <= top + high
            assert room_at(*end, rings(shape["d"])) > 0


def test_close_ups_lie_inside_the_world():
    x, y, wide, high = GEOMETRY["world"]["view"]
    for left, top, width, height in GEOMETRY["world"]["views"].values():
        assert x <= left < left + width <= x + wide
        assert y <= top < top + height <= y + high


# ------------------------------------------------------------------ the maker

TINY = {
    # Two squares of side 10 with a crooked border between them.
    "transform": {"scale": [1, 1], "translate": [100, 200]},
    "arcs": [
        [[10, 0], [1, 2], [-1, 2], [0, 1], [0, 5]],
        [[10, 10], [-10, 0], [0, -10], [10, 0]],
        [[10, 0], [10, 0], [0, 10], [-10, 0]],
    ],
}


def test_arcs_are_sums_of_differences_scaled_and_moved():
    assert arcs_of(TINY)[0] == [(110, 200), (111, 202), (110, 204), (110, 205), (110, 210)]


@pytest.mark.parametrize("grain", [0, 1, 3, 40])
def test_two_neighbours_keep_one_border_however_much_is_left_out(grain):
    features = [Feature("1", "west", [[[0, 1]]]), Feature("2", "east", [[[2, ~0]]])]
    sheet = Sheet.of(arcs_of(TINY), features, lambda point: point, grain)
    west, east = (joined(sheet.arcs, ring) for ring in ([0, 1], [2, ~0]))
    assert west[0] == west[-1]
    assert east[0] == east[-1]
    total = abs(area_of(west)) + abs(area_of(east))
    assert total == 200
    assert len(sheet.arcs[0]) == {0: 5, 1: 4, 3: 2, 40: 2}[grain]
    assert not sheet.alone([0, 1])


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=40),
    st.floats(0, 500),
)
def test_thinning_keeps_the_ends_the_order_and_never_adds_a_point(arc, grain):
    kept = thinned(arc, grain)
    assert kept[0] == arc[0]
    assert kept[-1] == arc[-1]
    rest = iter(arc)
    assert all(point in rest for point in kept)
    assert len(kept) >= min(len(arc), 4 if arc[0] == arc[-1] else 2)


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=3, max_size=12, unique=True
    )
)
def test_a_tidied_ring_encloses_the_same_area_and_reads_back_as_written(ring):
    clean = tidy([*ring, ring[0]])
    assert area_of(clean) == area_of(ring)
    if len(clean) > 2:
        assert rings(written([[clean]])) == [clean]


def test_a_label_finds_the_arm_of_a_bent_land():
    bent = [(0, 0), (100, 0), (100, 10), (10, 10), (10, 100), (0, 100)]
    assert room_at(*roomiest([bent]), [bent]) > 3


def test_dots_at_one_place_are_parted_and_a_lonely_one_stays():
    spots = spread({"a": (100, 100), "b": (100, 100), "c": (500, 500)})
    assert math.dist(spots["a"], spots["b"]) >= 20
    assert spots["c"] == (500, 500)


def test_the_far_east_follows_the_east_without_a_tear():
    before, after = equal_earth((179.9, 65)), equal_earth((-179.9, 65))
    assert 0 < after[0] - before[0] < 5
