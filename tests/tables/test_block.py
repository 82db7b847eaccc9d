"""A block list says of every place what the verdict on an order there says, and says it once."""

import csv
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from regstatus.catalog.places.place_tables import county_id, read_table
from regstatus.catalog.profile_file import profile_of
from regstatus.cli import main
from regstatus.query.destination import Destination
from regstatus.query.verdict import SHIP, Screener
from regstatus.store.reader import Store
from regstatus.tables.block import COLUMNS, BlockList
from tests.conftest import ROOT

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
DAY = date(2026, 11, 30)
PROOF = "official_text:20y,official_notice:20y,secondary:20y"
SHOP = {
    "age_check": {"age": 21, "by": "document"}, "tests": {"by": "accredited", "certificate": True},
    "labelling": True, "packaging": True, "advertising": True, "display": True, "form": "powder",
    "synthetic": False, "appeals_to_children": False,
    "seven_oh": {"%": 0.5, "mg/g": 0.1, "mg/serving": 0.2, "mg/container": 0.3, "ratio": 200},
    "places": {name: {"read": True, "registered": True} for name in ("US-FL", "US-IL", "US-TX", "US-MO")},
    "products": {"Tea 7": {"substance": "leaf", "form": "powder"}},
}  # fmt: skip


@pytest.fixture(scope="module")
def snapshot():
    return Store(ROOT / "snapshots").load()


@pytest.fixture(scope="module", params=["without a profile", "with a profile"])
def screener(request, snapshot):
    return shop_of(snapshot, SHOP if request.param == "with a profile" else None)


def shop_of(snapshot, profile=SHOP, **more):
    """A shop that waives staleness, so that the law alone is looked at."""
    asked = {"country": "US", "sent_from": "US", "allow_stale": timedelta(days=9_999), **more}
    return Screener(snapshot, now=NOW, profile=profile and profile_of(profile), **asked)


def listed(screener, product="leaf", country="US", day=DAY):
    return [*BlockList(screener, product, day, NOW, country).rows()]


class Listed:
    """What a reader makes of a list."""

    def __init__(self, rows):
        self.countries = {row["country"] for row in rows if row["level"] == "country"}
        self.states = {f"US-{row['state']}" for row in rows if row["level"] == "state"}
        self.zips = {row["zip"]: row for row in rows if row["zip"]}
        self.counties = {
            (row["state"], row["county"]): row for row in rows if row["level"] == "county"
        }
        self.in_counties = {code for row in rows for code in row["zips"]}

    def blocks_zip(self, code):
        states = {county_id(fips)[:5] for fips in read_table("us_places")["zips"][code][1].split()}
        whole = "US" in self.countries or (states and states <= self.states)
        return bool(whole or code in self.zips or code in self.in_counties)


@pytest.mark.parametrize("product", ["leaf", "mitragynine", "7-oh", "derivatives"])
def test_every_zip_code_that_is_listed_does_not_ship_and_every_other_does(screener, product):
    found = Listed(listed(screener, product))
    codes = [*read_table("us_places")["zips"]]
    for code in {*codes[::41], *[*found.zips][::7], *found.in_counties, "34285", "62002", "92101"}:
        verdict = screener.verdict(Destination(zip=code), product, DAY).verdict
        assert found.blocks_zip(code) == (verdict != SHIP), code
        if code in found.zips:
            assert found.zips[code]["verdict"] == verdict


@pytest.mark.parametrize("product", ["leaf", "7-oh"])
def test_every_state_and_county_agrees_with_the_verdict_on_it(screener, product):
    rows = listed(screener, product)
    found = Listed(rows)
    inside = {(row["state"], row["county"]) for row in rows} | {
        (row["state"], "") for row in rows if row["level"] != "country"
    }
    for fips, (state, name) in [*read_table("us_places")["counties"].items()][::9]:
        verdict = screener.verdict(Destination(f"US-{state}", county=name), product, DAY).verdict
        whole = "US" in found.countries or f"US-{state}" in found.states
        whole = whole or (state, name) in found.counties
        assert not (whole and verdict == SHIP), fips
        assert whole or verdict == SHIP or (state, name) in inside, fips
    for state in {state for state, _ in read_table("us_places")["counties"].values()}:
        verdict = screener.verdict(f"US-{state}", product, DAY).verdict
        whole = "US" in found.countries or f"US-{state}" in found.states
        assert not (whole and verdict == SHIP), state
        assert whole or verdict == SHIP or (state, "") in inside, state


def test_nothing_is_listed_where_what_it_lies_in_is(screener):
    rows = listed(screener)
    found = Listed(rows)
    for row in rows:
        assert row["level"] in {"country", "state"} or f"US-{row['state']}" not in found.states
        assert row["level"] == "county" or (row["state"], row["county"]) not in found.counties
    assert not found.zips.keys() & found.in_counties


def test_a_county_that_bans_has_its_zip_codes_and_its_law(snapshot):
    found = Listed(listed(shop_of(snapshot)))
    row = found.counties["FL", "Sarasota County"]
    assert (row["verdict"], row["status"], row["id"]) == (
        "do not ship", "banned", "US-FL/sarasota-county",
    )  # fmt: skip
    assert {"34285", "34236", "34293"} <= {*row["zips"]}
    assert row["law"]
    assert (row["version"], row["on"]) == (snapshot.version, DAY.isoformat())
    assert "33101" not in {*found.zips, *found.in_counties}  # Miami


def test_a_zip_code_of_a_possible_layer_says_where_it_may_lie(snapshot):
    rows = listed(shop_of(snapshot))
    told = [row for row in rows if row["zip"] and "May lie in " in row["reason"]]
    assert {row["state"] for row in told} >= {"IL", "TX", ""}
    assert {row["verdict"] for row in told} == {"ask"}
    names = {snapshot.get(ident)["name"] for ident in snapshot.ids}
    for row in told:
        place = row["reason"].partition("May lie in ")[2].partition(", where")[0]
        assert place in names
        assert row["law"]
    others = [row for row in rows if row["zip"] and row not in told]
    assert {row["state"] for row in others} == {""}  # military, or of two states


def test_a_law_that_ended_or_begins_moves_the_list(snapshot):
    shop = shop_of(snapshot)
    for state, before, after in (
        ("TN", "2026-06-01", "2026-11-30"),
        ("IN", "2010-01-01", "2020-01-01"),
    ):
        was, then = (
            {row["state"]: row["status"] for row in listed(shop, day=date.fromisoformat(day))}
            for day in (before, after)
        )
        assert was.get(state) != "banned"
        assert then[state] == "banned"


@pytest.mark.parametrize("country", ["TH", "MA", "DE", "GB"])
def test_a_list_of_one_country_is_the_part_of_the_whole_list(snapshot, country):
    shop = shop_of(snapshot, country="all")
    whole = listed(shop, country=None)
    assert listed(shop, country=country) == [row for row in whole if row["country"] == country]


def test_every_country_has_a_row_or_ships(snapshot):
    shop = shop_of(snapshot, country="all")
    rows = listed(shop, country=None)
    blocked = {row["country"] for row in rows if row["level"] == "country"}
    for ident in (ident for ident in snapshot.ids if len(ident) == 2 and ident not in {"EU", "UN"}):
        verdict = shop.verdict(ident, "leaf", DAY).verdict
        assert ident in blocked or verdict == SHIP or any(r["country"] == ident for r in rows)
        assert ident not in blocked or verdict != SHIP


def run(capsys, *words):
    status = main([*words])
    out = capsys.readouterr()
    return status, out.out, out.err


@pytest.fixture
def shop(tmp_path, monkeypatch):
    monkeypatch.setenv("REGSTATUS_SNAPSHOTS", str(ROOT / "snapshots"))
    file = tmp_path / "shop.toml"
    file.write_text(
        'age_check = { age = 21, by = "document" }\n[products."Tea 7"]\nsubstance = "leaf"\n'
    )
    return file


ASKED = ("--format", "block", "--country", "US", "--from", "US", "--fresh-enough", PROOF)


def test_csv_and_json_say_the_same_and_have_the_columns_that_are_told(shop, tmp_path, capsys):
    at = tmp_path / "block"
    words = ("--profile", str(shop), "--substances", "leaf,7-oh,Tea 7", "--on", "2026-11-30")
    status, out, err = run(capsys, "export", str(at), *ASKED, *words)
    assert (status, err) == (0, "")
    whole = json.loads((at / "block.json").read_bytes())
    with (at / "block.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    assert tuple(rows[0]) == COLUMNS
    assert [{**item, "zips": " ".join(item["zips"])} for item in whole["items"]] == rows
    assert {row["product"] for row in rows} == {"leaf", "7-oh", "Tea 7"}
    assert whole["version"] in out
    for name, lists in whole["checkout"].items():
        own = [row for row in whole["items"] if row["product"] == name]
        codes = {row["zip"] for row in own if row["zip"]}.union(*(row["zips"] for row in own))
        assert lists["zips"] == sorted(codes)
        assert lists["states"] == [f"US-{r['state']}" for r in own if r["level"] == "state"]
    page = (ROOT / "docs" / "block-lists.md").read_text(encoding="utf-8")
    assert [name for name in COLUMNS if f"| `{name}` |" not in page] == []


def test_a_list_is_written_again_over_its_own_and_over_nothing_else(shop, tmp_path, capsys):
    at = tmp_path / "block"
    words = ("export", str(at), *ASKED, "--substances", "derivatives")
    assert run(capsys, *words)[0] == run(capsys, *words)[0] == 0
    (at / "block.json").unlink()
    (at / "block.csv").write_text("mine")
    status, _, err = run(capsys, *words)
    assert status == 2
    assert "--force" in err
    assert (at / "block.csv").read_text() == "mine"
    assert run(capsys, *words, "--force")[0] == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--substances", "leaff"), "'leaff'"),
        (("--country", "Atlantis"), "Atlantis"),
        (("--country", "Texas"), "Texas (US-TX) is no country"),
        (("--country", "Guam"), "Guam (US-GU) is no country"),
        (("--country", "EU"), "European Union (EU) is no country"),
        (("--fresh-enough", "best:1y"), "best"),
        (("--allow-stale", "soon"), "soon"),
        (("--on", "2026-13-01"), "2026-13-01"),
    ],
)
def test_a_word_that_is_not_understood_is_named_and_nothing_is_written(
    shop, tmp_path, capsys, words, told
):
    at = tmp_path / "block"
    status, _, err = run(capsys, "export", str(at), "--format", "block", *words)
    assert status == 2
    assert told in err
    assert not at.exists()


@pytest.mark.parametrize(
    "option", ["--profile", "--substances", "--country", "--from", "--fresh-enough"]
)
def test_an_option_of_block_lists_is_a_mistake_beside_tables(shop, tmp_path, capsys, option):
    status, _, err = run(capsys, "export", str(tmp_path / "law"), "--format", "csv", option, "x")
    assert status == 2
    assert f"{option} is for --format block" in err


def test_a_profile_with_an_unknown_key_is_named_by_file_line_and_key(shop, tmp_path, capsys):
    shop.write_text("labelling = true\nlabeling = true\n")
    at = tmp_path / "block"
    status, _, err = run(capsys, "export", str(at), "--format", "block", "--profile", str(shop))
    assert status == 2
    assert "shop.toml:2: labeling: unknown key" in err
