"""The map as GeoJSON: the statuses of the list, at the places where they are."""

import csv
import io
import json
from itertools import pairwise

import pytest

from regstatus.web.api.geojson import outlines
from tests.web.test_geometry import US, WORLD
from tools.make_map import PLACES

BOXES = {
    # west, south, east, north, in degrees, as any atlas has them
    "US-CO": (-109.06, 36.99, -102.04, 41.00),
    "US-TX": (-106.65, 25.84, -93.51, 36.50),
    "US-FL": (-87.63, 24.52, -80.03, 31.00),
    "US-HI": (-160.25, 18.91, -154.81, 22.24),
    "US-PR": (-67.29, 17.91, -65.24, 18.52),
    "TH": (97.35, 5.61, 105.65, 20.46),
    "LS": (27.01, -30.68, 29.46, -28.57),
    "EH": (-17.10, 20.77, -8.67, 27.67),
    "GF": (-54.60, 2.11, -51.64, 5.78),
}
SPOTS = {"SG": (103.8, 1.3), "MT": (14.4, 35.9), "AI": (-63.1, 18.2), "US-GU": (144.8, 13.45)}


def points(key):
    return [at for rings in outlines()[key]["coordinates"] for ring in rings for at in ring]


def area(ring):
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


@pytest.mark.parametrize(("key", "box"), BOXES.items())
def test_shapes_lie_where_they_are(key, box):
    xs, ys = zip(*points(key), strict=True)
    found = (min(xs), min(ys), max(xs), max(ys))
    assert found == pytest.approx(box, abs=0.5 if key == "US-PR" else 0.2)


@pytest.mark.parametrize(("key", "spot"), {**SPOTS, "GI": PLACES["GI"], "KI": PLACES["KI"]}.items())
def test_a_place_too_small_for_a_shape_is_a_point_at_its_place_and_not_where_its_dot_was_moved(
    key, spot
):
    assert outlines()[key]["type"] == "Point"
    assert outlines()[key]["coordinates"] == pytest.approx(spot, abs=0.25)


def test_every_place_of_the_map_has_a_geometry_as_the_standard_wants_it():
    assert {*outlines()} == {*US, *WORLD}
    assert [key for key, shape in outlines().items() if shape is None] == ["AQ"]
    for key, shape in outlines().items():
        if shape and shape["type"] == "MultiPolygon":
            for outer, *holes in shape["coordinates"]:
                assert area(outer) > 0 > max([area(hole) for hole in holes], default=-1), key
                assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in (outer, *holes)), key
            assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points(key)), key
    assert len(outlines()["ZA"]["coordinates"][0]) == 2  # Lesotho is no part of it
    for rings in outlines()["RU"]["coordinates"]:  # cut where it crosses the line of dates
        assert max(x for x, _ in rings[0]) - min(x for x, _ in rings[0]) < 170


@pytest.mark.parametrize(
    "query",
    [
        "",
        "on=2026-07-01&substance=7-oh",
        "status=banned&country=US",
        "as_known_on=2026.11.22&fields=may",
    ],
)
def test_each_place_says_what_the_list_of_statuses_says(get, query):
    reply = get(f"/v1/map.geojson?{query}")
    assert reply.headers["content-type"] == "application/geo+json"
    rows = {
        row["id"]: row for row in csv.DictReader(io.StringIO(get(f"/v1/status.csv?{query}").text))
    }
    assert {item["id"] for item in reply.json["features"]} == {*rows} & {*US, *WORLD} != set()
    assert reply.json["count"] == len(reply.json["features"])
    for item in reply.json["features"]:
        said = {k: "" if v is None else str(v) for k, v in item["properties"].items()}
        assert said == rows[item["id"]]
        assert {"status", "grade", "freshness", "on", "version"} <= said.keys()


def test_the_map_is_published_and_refuses_what_the_list_refuses(get, site):
    published = json.loads(site.get("v1/map.geojson").body)
    assert published == get("/v1/map.geojson").json
    assert published["type"] == "FeatureCollection"
    for query in ("on=soon", "subtance=7-oh", "status=legal", "format=csv"):
        assert get(f"/v1/map.geojson?{query}").status == 400


def test_a_map_is_as_costly_as_a_list_of_a_day_of_its_own(tmp_path, serving):
    from tests.support.make import publish, record

    publish(tmp_path, record())
    asked = (
        "/v1/map.geojson",
        "/v1/status",
        "/v1/status?on=2026-01-01",
        "/v1/status?%6fn=2026-01-02",
        "/v1/status?fields=may",
    )
    with serving(tmp_path, limit="100/hour") as get:
        left = [get(target).headers["ratelimit"].split(";")[1] for target in asked]
    assert left == ["r=90", "r=89", "r=79", "r=69", "r=59"]
