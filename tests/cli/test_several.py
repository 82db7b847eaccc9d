"""Several places at once, ids by pattern, and questions that are asked back with their statuses."""

import csv
import io
import json
import unicodedata

import pytest

import regstatus
from regstatus.base.errors import AmbiguousJurisdiction, UnknownJurisdiction
from regstatus.cli import main
from tests.conftest import ROOT

STORE = str(ROOT / "snapshots")
DAY = "2026-11-30"


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.setenv("REGSTATUS_SNAPSHOTS", STORE)

    def ask(*words):
        status = main([*words])
        out = capsys.readouterr()
        return status, out.out, out.err

    return ask


def rows(out):
    """The ids of the lines of a comparison."""
    lines = [line for line in out.splitlines()[1:] if " · snapshot " not in line]
    return [line.split()[0] for line in lines if ": " not in line]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        (["US-TX", "US-LA", "US-AL"], ["US-TX", "US-LA", "US-AL"]),
        (["us-oh", "TH", "de-by"], ["US-OH", "TH", "DE-BY"]),
        (["US", "US-TX"], ["US", "US-TX"]),  # and no Texas in the United States
        (["34285", "62002-1234"], ["US-FL/zip-34285", "US-IL/zip-62002"]),
        (["texas", "new", "mexico", "Ohio"], ["US-TX", "US-NM", "US-OH"]),
        (
            ["California", "Kentucky"],
            ["US-CA", "US-KY"],
        ),  # there is a town of California in Kentucky
        (["Austin, TX", "Boise, ID"], ["US-TX/austin", "US-ID/boise"]),
        (["27.1,-82.45", "40.7,-74"], ["US-FL/at-27.1,-82.45", "US-NY/at-40.7,-74"]),
        (["US-CA", "US-CA/san-diego"], ["US-CA", "US-CA/san-diego"]),
    ],
)
def test_several_places_are_compared_in_a_line_each(run, typed, ids):
    status, out, err = run("lookup", *typed)
    assert (status, rows(out)) == (0, ids), err
    assert "not legal advice" in out


@pytest.mark.parametrize(
    ("typed", "ident"),
    [
        (["new", "mexico"], "US-NM"), (["Peru,", "IN"], "US-IN/peru"), (["Peru", "Indiana"], "US-IN/peru"),
        (["Delaware,", "Ohio"], "US-OH/delaware"), (["FL", "34285"], "US-FL/zip-34285"),
        (["New", "York", "New", "York"], "US-NY/new-york"), (["27.1", "-82.45"], "US-FL/at-27.1,-82.45"),
    ],
)  # fmt: skip
def test_words_that_name_one_place_are_one_place(run, typed, ident):
    status, out, _ = run("lookup", *typed, "--json")
    assert (status, json.loads(out)["jurisdiction"]["id"]) == (0, ident)


@pytest.mark.parametrize(
    "typed", [["Sprngfield", "Texas"], ["Cook", "Conty", "IL"], ["Nowhere", "at", "all"]]
)
def test_one_place_with_a_slip_is_not_taken_for_several(run, typed):
    status, out, err = run("lookup", *typed)
    assert (status, out) == (2, "")
    assert f"'{' '.join(typed)}'" in err


@pytest.mark.parametrize(
    ("typed", "ids", "told"),
    [
        (["US-TX", "US-XX", "US-AL"], ["US-TX", "US-AL"], ["'US-XX'"]),
        (["Texas", "Nowhereland", "Alabama"], ["US-TX", "US-AL"], ["'Nowhereland'"]),
        (["34285", "00000", "92101"], ["US-FL/zip-34285", "US-CA/zip-92101"], ["00000 is no ZIP code"]),
        (["US-QQ", "US-ZZ"], [], ["'US-QQ'", "'US-ZZ'"]),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_told_and_loses_none_of_the_others(run, typed, ids, told):
    status, out, err = run("lookup", *typed)
    assert (status, rows(out)) == (2, ids)
    assert [words for words in told if words not in err] == []


def test_a_comparison_says_what_each_answer_says_in_every_form(run):
    ids = ["US-GA", "US-CA", "TH", "US-KS", "US-TX/bridgeport"]
    alone = [regstatus.lookup(ident, on=DAY, snapshots=STORE) for ident in ids]
    _, out, _ = run("lookup", *ids, "--on", DAY, "--format", "csv")
    for row, answer in zip(csv.DictReader(io.StringIO(out)), alone, strict=True):
        assert row["id"] == answer.id
        assert {name: row[name] for name in answer.substances} == answer.substances
        assert row["seven_oh_cap"] == (answer["seven_oh_cap"] or "")
    _, out, _ = run("lookup", *ids, "--on", DAY, "--json")
    assert [one["substances"] for one in json.loads(out)] == [one.substances for one in alone]
    _, out, _ = run("lookup", *ids, "--on", DAY, "--format", "ndjson")
    assert [json.loads(line)["jurisdiction"]["id"] for line in out.splitlines()] == ids
    _, out, _ = run("lookup", *ids, "--on", DAY)
    for line, answer in zip(out.splitlines()[1:], alone, strict=False):
        brief = {"sale_prohibited": "no sale", "age_restricted": "age only"}
        words = (brief.get(word, word) for word in answer.substances.values())
        assert [word for word in words if word not in line] == []
        assert f"{answer.minimum_age or ''}" in line
        assert answer.freshness in line


@pytest.mark.parametrize(
    "typed",
    [["US-TX", "US-LA", "US-AL"], ["92101", "34285", "62002"], ["TH", "MY", "AU", "US", "US-CA"]],
)
def test_a_comparison_fits_a_terminal(run, typed):
    _, out, _ = run("lookup", *typed)
    wide = {"W": 2, "F": 2}
    widths = [
        sum(wide.get(unicodedata.east_asian_width(c), 1) for c in line) for line in out.splitlines()
    ]
    assert max(widths) <= 80
    assert len(widths) <= 24


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["92101", "US-TX"], "US-CA/zip-92101: may lie in San Diego: leaf"),
        (["US-TX", "US-IL"], "US-IL: stricter inside: "),
        (["US-TX", "US"], "US: stricter inside: "),
    ],
)
def test_a_comparison_tells_where_it_may_be_stricter(run, typed, told):
    found = run("lookup", *typed)[1]
    assert told in found


@pytest.mark.parametrize(
    ("patterns", "fits"),
    [
        (["US-T*"], lambda key: key.startswith("US-T")),
        (["us-t*", "th"], lambda key: key.startswith("US-T") or key == "TH"),
        (["*/san-*"], lambda key: "/san-" in key),
        (["US-[AO]?"], lambda key: len(key) == 5 and key[:4] in {"US-A", "US-O"}),
    ],
)
def test_a_list_keeps_the_ids_that_fit_a_pattern(run, patterns, fits):
    options = [word for pattern in patterns for word in ("--only", pattern)]
    status, out, _ = run("list", *options, "--json", "--on", DAY)
    every = json.loads(run("list", "--json", "--on", DAY)[1])
    ids = [item["jurisdiction"]["id"] for item in every]
    assert status == 0
    assert [one["jurisdiction"]["id"] for one in json.loads(out)] == [*filter(fits, ids)] != []


@pytest.mark.parametrize("pattern", ["XX-*", "US-T", "Texas"])
def test_a_pattern_that_fits_no_id_is_a_mistake_and_is_named(run, pattern):
    status, out, err = run("list", "--only", "US-*", "--only", pattern)
    assert (status, out) == (2, "")
    assert repr(pattern) in err


@pytest.mark.parametrize(
    "words", [["-33.9,151.2"], ["-33.9", "151.2"], ["-6.1,39.2"], ["-34.6,-58.4"]]
)
@pytest.mark.parametrize("option", [["--on", DAY], ["--substance", "7-oh"], ["--format", "csv"]])
def test_a_point_in_the_south_needs_no_dashes_in_front(run, words, option):
    for typed in ([*words, *option], [*option, *words]):
        status, out, err = run("lookup", *typed)
        assert status == 0, err
        assert words[0].partition(",")[0].lstrip("-").rstrip("0") in out or "AR" in out


def asked_back(text, **more):
    with pytest.raises((UnknownJurisdiction, AmbiguousJurisdiction)) as caught:
        regstatus.lookup(text, snapshots=STORE, on=DAY, **more)
    return caught.value


def plain(status):
    return str(status).replace("_", " ")


@pytest.mark.parametrize(
    "typed",
    [
        "Georgia",
        "Springfield",
        "la",
        "Portland",
        "San Juan",
        "Korea",
        "Alabma",
        "Seatle",
        "Berlinn",
    ],
)
@pytest.mark.parametrize("substance", ["leaf", "7-oh"])
def test_each_place_that_is_offered_stands_with_its_status_in_a_word(run, typed, substance):
    error = asked_back(typed, substance=substance)
    for text in error.offered:
        ident = text.rpartition("(")[2].rstrip(")")
        answer = regstatus.lookup(ident, snapshots=STORE, on=DAY, substance=substance)
        assert error.statuses[text].startswith(plain(answer.status))
    for text in error.offered[:12]:
        assert f"{text}: {error.statuses[text]}" in str(error)
    status, out, err = run("lookup", typed, "--on", DAY, "--substance", substance)
    assert (status, out) == (2, "")
    assert str(error) in err


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Georgia", "US-GA"), ("Portland", "US-OR/portland"), ("Birmingham", "US-AL/birmingham"),
        ("San Juan", "US-PR/san-juan"), ("Washington", "US-WA"), ("Toledo", "US-OH/toledo"), ("LA.", "US-LA"),
    ],
)  # fmt: skip
def test_the_likeliest_place_is_offered_first(typed, first):
    assert f"({first})" in asked_back(typed).offered[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Seatle", "Seattle"), ("Chicagoo", "Chicago"), ("Berlinn", "Berlin"), ("Ukrain", "Ukraine"),
        ("Bangkokk", "Bangkok"), ("Philadelfia", "Philadelphia"), ("Queensladn", "Queensland"),
    ],
)  # fmt: skip
def test_a_slip_is_answered_with_what_is_most_like_it(typed, meant):
    offered = asked_back(typed).offered
    assert offered[0].startswith(f"{meant} (")
    runs = {typed.lower()[at : at + 3] for at in range(len(typed) - 2)}
    assert [text for text in offered if not any(run in text.lower() for run in runs)] == []


@pytest.mark.parametrize("typed", ["Xqzzvk", "Nowhereville, XX", "12"])
def test_what_is_like_no_place_is_offered_none(typed):
    assert asked_back(typed).offered == ()


@pytest.mark.parametrize(
    ("typed", "ident"),
    [
        ("Panama City, Panama", "PA"), ("Kuwait City, Kuwait", "KW"), ("Guatemala City, Guatemala", "GT"),
        ("Singapore, Singapore", "SG"), ("Quebec City, Quebec", "CA-QC"),
        ("Panama City, FL", "US-FL/panama-city"),
        ("Oklahoma City, Oklahoma", "US-OK/oklahoma-city"), ("Mexico City, Mexico", "MX-CMX"),
    ],
)  # fmt: skip
def test_the_city_of_a_country_is_that_countrys(typed, ident):
    assert regstatus.lookup(typed, snapshots=STORE, on=DAY).id == ident


def test_a_town_with_the_name_of_a_foreign_capital_says_so():
    found = regstatus.lookup("Panama City", snapshots=STORE, on=DAY)
    assert "PA" in found["hint"].partition("Others")[2]


@pytest.mark.parametrize(
    ("point", "coast"),
    [("25.77,-80.0", "US-FL"), ("43.0,-70.3", "US-ME"), ("38.9,1.0", "ES"), ("-34.0,151.6", "AU")],
)
def test_a_point_off_a_coast_is_asked_back_with_the_coast(point, coast):
    error = asked_back(point)
    assert "off the coast near" in str(error)
    assert any(f"({coast})" in text for text in error.offered)


@pytest.mark.parametrize("point", ["0,-30", "25.7,-75", "89.9,0"])
def test_a_point_on_the_high_seas_is_off_no_coast(point):
    error = asked_back(point)
    assert "coast" not in str(error)
    assert error.offered == ()


@pytest.mark.parametrize(
    ("lat", "lon", "ident"),
    [("27.10", "-82.45", "US-FL/at-27.1,-82.45"), ("-34.6", "-58.4", "AR"), ("0", "-75", "CO")],
)
def test_latitude_and_longitude_have_options(run, lat, lon, ident):
    status, out, _ = run("lookup", "--lat", lat, "--lon", lon, "--json")
    assert (status, json.loads(out)["jurisdiction"]["id"]) == (0, ident)


@pytest.mark.parametrize("words", [[], ["--lat", "27"], ["US", "--lat", "27", "--lon", "-82"]])
def test_half_a_point_or_one_beside_a_name_is_refused(run, words):
    status, out, err = run("lookup", *words)
    assert (status, out) == (2, "")
    assert "--lat and --lon" in err


@pytest.mark.parametrize(
    ("point", "right", "there"),
    [
        ("-82.45,27.10", "27.1,-82.45", "United States"),
        ("-75,0", "0,-75", "Colombia"),
        ("13.4,52.5", "52.5,13.4", "Germany"),
        ("-58.4,-34.6", "-34.6,-58.4", "Argentina"),
    ],
)
def test_a_point_whose_longitude_stands_first_is_asked_back(point, right, there):
    with pytest.raises(UnknownJurisdiction, match=f"write {right}: that is in {there}"):
        regstatus.load(STORE).lookup(point)


@pytest.mark.parametrize("point", ["30,-80", "35,-72", "28,-72"])
def test_a_point_at_sea_is_not_sent_to_antarctica(point):
    with pytest.raises(UnknownJurisdiction) as caught:
        regstatus.load(STORE).lookup(point)
    assert "Antarctica" not in str(caught.value)
