"""The map, its table, the data behind its slider and the API: four ways to say one thing."""

from __future__ import annotations

import gzip
import json
import math
import re
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree, html

from regstatus.model.law import SUBSTANCES, FreshnessState, Status
from regstatus.model.law import said as said_of
from regstatus.query.formats import encoded
from regstatus.query.headline import inside
from regstatus.store.reader import Store
from regstatus.web.api import endpoints as api
from regstatus.web.edition import Edition
from regstatus.web.pages import maps
from regstatus.web.render import day
from regstatus.web.website import Site
from tests.support.make import NOON, publish, record

LEVELS = {"country", "state", "district", "territory"}
DAYS = ("2013-12-31", "2016-05-10", "2026-06-30", "2026-07-01", "2026-11-22", "2027-01-01")
HOSTILE = "</title></script><img src=x onerror=alert(1)>\"'&\u202e"


@pytest.fixture(scope="module")
def edition(site):
    return site.edition


@pytest.fixture(scope="module")
def index(site):
    return html.document_fromstring(text_of(site, "index.html"))


def text_of(site, path):
    return site.get(path).body.decode()


def drawn(document, name):
    """Id to title, fill and class of each shape of one map."""
    found = {}
    for link in document.xpath(f"//svg[@id='map-{name}']//a"):
        key = link.get("data-at")
        assert key not in found, f"{key} is drawn twice"
        fills = {part.get("fill") for part in link.xpath(".//*[@fill]")}
        found[key] = (link.xpath("string(title)"), fills, link.get("class"), link.get("href"))
    return found


def tabled(document):
    """Id to name, status and first day of each row of the tables, as words."""
    found = {}
    for row in document.xpath("//section[@id='table']//tbody/tr"):
        key = row.get("data-at")
        assert key not in found, f"{key} has two rows"
        found[key] = [cell.text_content().strip() for cell in row]
    return found


def test_a_map_draws_each_place_once_and_the_table_has_each_once(edition, index):
    places = {place.id for place in edition.places if place.level in LEVELS}
    us = {key for key in places if key.startswith("US-")}
    local = {key for key in edition.names if "/" in key and key in edition.snapshot}
    assert local
    assert set(drawn(index, "us")) == us | local
    assert set(drawn(index, "world")) == places - us | {
        f"US-{code}" for code in ("AS", "GU", "MP", "PR", "VI")
    }
    assert set(tabled(index)) == places


def test_every_shape_can_be_seen_and_pointed_at():
    for name in ("us", "world"):
        shapes = maps.geometry()[name]["shapes"]
        assert all(shape.keys() & {"d", "dot", "box"} for shape in shapes.values())
        above = [not shape.keys().isdisjoint({"dot", "box"}) for shape in shapes.values()]
        assert above == sorted(above), "land is never drawn over a dot or box"


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("substance", SUBSTANCES)
def test_map_and_api_say_the_same_on_any_day(edition, substance, on):
    shown = maps.Map(edition, substance, date.fromisoformat(on))
    for key, place in shown.drawn.items():
        said = edition.answer(key, on=date.fromisoformat(on))
        assert place.status == said["substances"][substance], key
        assert place.name == said["jurisdiction"]["name"]


@pytest.mark.parametrize("substance", SUBSTANCES)
def test_the_first_day_of_a_status_is_that_of_the_answer(edition, substance):
    for key, place in maps.Map(edition, substance).drawn.items():
        if place.status != "unknown":
            said = edition.answers[key]["details"][substance]
            assert (place.since, place.since_at_latest) == (
                said["since"], said["since_at_latest"],
            ), key  # fmt: skip


@pytest.mark.parametrize(
    ("substance", "year"), [("leaf", 2014), ("7-oh", 2026), ("derivatives", 2027)]
)
def test_shapes_table_and_api_say_the_same_on_a_past_map(site, edition, substance, year):
    document = html.document_fromstring(text_of(site, f"map/{substance}/{year}.html"))
    rows = tabled(document)
    shown = maps.Map(edition, substance, date(year, 1, 1))
    for name in ("us", "world"):
        for key, (title, fills, css, href) in drawn(document, name).items():
            said = edition.answer(key, on=date(year, 1, 1))
            status = said["substances"][substance]
            words = said_of(status, said["details"][substance]["probably"])
            stale = shown.veiled and not FreshnessState(shown.drawn[key].state).trusted
            assert title.startswith(f"{said['jurisdiction']['name']}: {words} (")
            stricter = stated(said, substance)
            how = ["stale"] * stale + ["inside"] * bool(stricter)
            assert fills == {f"url(#{'-'.join([name, status, *how])})"}
            assert css.split() == [f"s-{status}", *how]
            assert title.partition("; ")[2] == stricter
            day = f"{year}-01-01"
            assert href == f"../../j/{key}.html?on={day}&substance={substance}"
            if "/" not in key:
                assert (
                    " ".join(rows[key][0].split()) == f"{shown.drawn[key].name} {stricter}".strip()
                )
                assert rows[key][1] == words


def stated(answer, substance):
    """What is stricter inside, as the answer has it."""
    found = inside(answer["stricter_within"], substance)
    return f"stricter in {found}" if found else ""


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("substance", SUBSTANCES)
def test_a_map_says_where_it_is_stricter_inside_as_the_answer_does(edition, substance, on):
    shown = maps.Map(edition, substance, date.fromisoformat(on))
    for key, place in shown.drawn.items():
        said = edition.answer(key, on=date.fromisoformat(on))
        assert place.inside == inside(said["stricter_within"], substance), key


def test_the_data_of_the_slider_says_what_the_map_says(edition):
    data = json.loads(encoded(api.map_data(edition)))
    for on in DAYS:
        shown = maps.Map(edition, "leaf", date.fromisoformat(on))
        assert set(shown.drawn) == set(data["places"])
        for key, place in shown.drawn.items():
            runs = data["places"][key]["leaf"]
            assert [run[0] for run in runs] == sorted(run[0] for run in runs)
            assert place.status == [status for start, status, *_ in runs if start <= on][-1]
            assert (place.state in {"stale", "unverified"}) == (key in data["stale"])


def test_the_counts_are_those_of_the_table(edition, index):
    rows = tabled(index)
    for word in map(str, Status):
        for name, own in (("us", True), ("world", False)):
            count = sum(
                row[1].partition(", probably ")[0] == word.replace("_", " ")
                for key, row in rows.items()
                if key.startswith("US-") == own
            )
            cells = index.xpath(f"//*[@data-count='{name}-{word}']")
            assert cells
            assert {cell.text_content() for cell in cells} == {str(count)}


def test_each_status_has_a_word_a_colour_and_a_pattern_of_its_own(index):
    marks = set()
    for word in map(str, Status):
        for suffix in ("", "-stale"):
            for name in ("p", "us", "world"):
                (found,) = index.xpath(f"//pattern[@id='{name}-{word}{suffix}']")
                assert name == "p" or found.get("href") == f"#p-{word}{suffix}"
        (tile,) = index.xpath(f"//g[@id='t-{word}']")
        assert tile[0].get("class") == f"c-{word}"
        marks.add(tuple((path.get("class"), path.get("d")) for path in tile[1:]))
        (entry,) = index.xpath(
            f"//section[@aria-labelledby='legend']//li[.//*[@fill='url(#p-{word})']]"
        )
        assert word.replace("_", " ") in entry.text_content()
    assert len(marks) == len(Status)


def test_every_fill_names_a_pattern_that_is_there(index):
    known = set(index.xpath("//pattern/@id"))
    assert known.issuperset(
        re.fullmatch(r"url\(#(.+)\)", fill)[1] for fill in index.xpath("//@fill") if fill != "none"
    )
    ids = index.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_colours_are_given_for_every_status_by_day_and_by_night():
    css = (Path(maps.__file__).parents[1] / "static").joinpath("style.css").read_text()
    light, dark = css.split("@media screen and (prefers-color-scheme: dark)", 1)
    for word in map(str, Status):
        for part in (light, dark.split("/* Base", 1)[0]):
            assert re.search(rf"--{word}: #[0-9a-f]{{6}};", part), word
        assert f".c-{word} {{" in css
        assert re.search(rf"\.s-{word}::before", css)


SIGHT = {
    "common": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.1523, 1.0526, -0.2049), (0.1145, 0.7863, 0.0992), (-0.0039, -0.0481, 1.052)),
    "no green": ((0.3673, 0.8606, -0.228), (0.2801, 0.6725, 0.0474), (-0.0118, 0.0429, 0.969)),
    "no blue": ((1.2555, -0.0767, -0.1788), (-0.0784, 0.9308, 0.1476), (0.0047, 0.6914, 0.3039)),
}
"""How linear red, green and blue look to each eye (Machado, Oliveira and Fernandes, 2009)."""


def lab(colour, sight):
    """CIE L*a*b* of a colour as one kind of eye sees it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    red, green, blue = (
        min(1, max(0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in sight
    )
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("sight", SIGHT)
def test_every_eye_tells_the_colours_apart_by_day_and_by_night(sight):
    css = (Path(maps.__file__).parents[1] / "static").joinpath("style.css").read_text()
    for part in css.split("@media screen and (prefers-color-scheme: dark)", 1):
        colours = {word: re.search(rf"--{word}: (#\w{{6}});", part)[1] for word in map(str, Status)}
        for (one, first), (two, second) in combinations(colours.items(), 2):
            apart = math.dist(lab(first, SIGHT[sight]), lab(second, SIGHT[sight]))
            assert apart > 15, f"{one} and {two} look alike: {apart:.0f}"


def test_a_day_to_come_is_called_enacted_and_not_yet_in_force(site):
    text = text_of(site, f"map/leaf/{site.edition.on.year + 1}.html")
    assert "enacted, not yet in force" in text
    assert "will be" in text
    assert "enacted, not yet in force" not in text_of(site, "map/leaf/2020.html")


def test_records_that_nobody_proved_are_called_unverified_loudly(edition, index):
    (note,) = index.xpath("//p[contains(@class, 'note') and not(@hidden)]")
    recorded = [place for place in maps.Map(edition).drawn.values() if place.recorded]
    states = Counter(place.state for place in recorded)
    said = " ".join(note.text_content().split())
    assert f"All {len(recorded)} records are unverified or stale" in said
    assert f"{states['unverified']} unverified, {states['stale']} stale. Take" in said
    assert drawn(index, "us")["US-TN"][0] == "Tennessee: banned (kratom leaf), unverified"


def test_a_place_without_a_record_is_unknown_and_says_that_there_is_none(edition, index):
    for key, row in tabled(index).items():
        if key not in edition.snapshot:
            assert row[3] == "none"
    assert drawn(index, "world")["AQ"][0] == "Antarctica: unknown (kratom leaf), no record"


def test_the_maps_of_other_years_are_all_linked_and_all_there(site, index):
    linked = {link for link in index.xpath("//a/@href") if link.startswith("map/")}
    years = range(2014, site.edition.on.year + 2)
    assert linked == {f"map/{substance}/{year}.html" for substance in SUBSTANCES for year in years}
    assert linked == {path for path in site.paths if path.startswith("map/")}


def test_the_list_from_a_to_z_has_every_place_with_each_substance(site, edition):
    document = html.document_fromstring(text_of(site, "places.html"))
    rows = {}
    for row in document.xpath("//table[@class='az']//tr[th/a]"):
        key = row.xpath("string(th/a/@href)").removeprefix("j/").removesuffix(".html")
        rows[key] = [cell.text_content().strip() for cell in row.xpath("td")]
    assert set(rows) == {place.id for place in edition.places}
    for key, (*statuses, _) in rows.items():
        said = edition.answers[key]["details"]
        told = [said_of(said[name]["status"], said[name]["probably"]) for name in SUBSTANCES]
        assert statuses == told, key
    anchors = set(document.xpath("//*/@id"))
    assert all(link[1:] in anchors for link in document.xpath("//ul[@class='letters']//@href"))


@pytest.fixture
def hostile(tmp_path):
    """An edition whose words from outside are all hostile."""
    facts = {"id": "US-TX/evil", "name": HOSTILE, "level": "city", "parent": "US-TX"}
    publish(tmp_path, record(), {**record(), **facts}, origin=HOSTILE)
    store = Store(tmp_path)
    snapshot = store.load()
    snapshot.warning = HOSTILE
    return Site(Edition(store, snapshot, NOON))


def test_hostile_words_are_shown_as_words(hostile):
    for name in ("index.html", "places.html"):
        text = text_of(hostile, name)
        assert "<img" not in text
        assert "\u202e" not in text
        assert text.count("</script>") == text.count("<script")
        assert "&lt;img src=x" in text


def test_no_page_of_maps_breaks_the_content_security_policy(site):
    for path in ("index.html", "places.html", "map/leaf/2020.html"):
        document = html.document_fromstring(text_of(site, path))
        assert not document.xpath("//@style | //style | //@*[starts-with(name(), 'on')]")
        assert not document.xpath("//script[not(@src) and not(@type)]")
        asked = document.xpath("//script/@src | //img/@src | //link/@href")
        assert not [link for link in asked if "//" in link]


def test_the_script_stays_small():
    script = (Path(maps.__file__).parents[1] / "static").joinpath("site.js").read_bytes()
    assert len(gzip.compress(script)) < 9 * 1024, "as it is sent"


@pytest.mark.parametrize(
    ("share", "veiled"), [(0.0, False), (0.1, False), (0.5, True), (1.0, True)]
)
def test_the_few_records_that_can_be_relied_on_are_marked_else_the_others(
    edition, monkeypatch, share, veiled
):
    recorded = sorted(place.id for place in maps.Map(edition).recorded)
    fresh = set(recorded[: round(len(recorded) * share)])
    for key in recorded:
        state = "fresh" if key in fresh else "stale"
        monkeypatch.setitem(edition.answers[key]["freshness"], "state", state)
    shown = maps.Map(edition)
    assert (shown.veiled, shown.proven) == (veiled, len(fresh))
    marked = {key for key, place in shown.drawn.items() if place.mark == "proven"}
    assert marked == (set() if veiled else fresh)


def test_a_place_that_an_official_text_contradicts_is_marked(edition, monkeypatch):
    monkeypatch.setitem(edition.answers["TH"], "review", {"contradictions": []})
    assert {key for key, place in maps.Map(edition).drawn.items() if place.mark} == {"TH"}


def test_a_county_or_town_is_a_dot_where_its_county_lies(edition):
    shapes, dots = maps.geometry()["us"]["shapes"], maps.Map(edition).dots
    for town, state in (("US-CO/denver", "US-CO"), ("US-MS/tupelo", "US-MS")):
        (x, y), label = dots[town]["at"], shapes[state]["at"]
        assert math.hypot(x - label[0], y - label[1]) < 70
    spots = [tuple(dot["at"]) for dot in dots.values()]
    assert len(spots) == len(set(spots)), "none hides another"


@pytest.mark.parametrize("query", ["", "?on=2016-05-10", "?on=2027-01-01"])
@pytest.mark.parametrize("substance", SUBSTANCES)
def test_the_picture_of_the_maps_says_its_day_and_what_the_map_says(get, edition, substance, query):
    reply = get(f"/embed/map/{substance}.svg{query}")
    assert reply.status == 200
    assert reply.headers["content-type"].startswith("image/svg+xml")
    on = date.fromisoformat(query[4:]) if query else edition.on
    document = etree.fromstring(reply.body)
    texts = document.xpath("//*[local-name()='text']/text()")
    assert day(on) in " ".join(texts)
    titles = set(document.xpath("//*[local-name()='g']/*[local-name()='title']/text()"))
    for place in maps.Map(edition, substance, on).drawn.values():
        if "/" not in place.id:
            said = f"{place.name}: {said_of(place.status, place.probably)}"
            assert any(title.startswith(said) for title in titles), said


def test_a_picture_refuses_what_it_does_not_understand(get):
    assert get("/embed/map/leaf.svg?substance=7-oh").status == 400
    assert get("/embed/map/leaf.svg?on=yesterday").status == 400
    assert get("/embed/map/tea.svg").status == 404
