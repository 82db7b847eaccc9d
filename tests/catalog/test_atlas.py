"""Any place that a person can name is found, asked back, or refused with a reason."""

import csv
from datetime import date
from pathlib import Path

import pytest

from regstatus import lookup
from regstatus.base.errors import AmbiguousJurisdiction, UnknownJurisdiction
from regstatus.catalog.places.atlas import Atlas
from regstatus.catalog.places.place_tables import county_id, read_table
from regstatus.store.reader import Store

HERE = Path(__file__).parent.parent
with (HERE / "places.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


@pytest.fixture(scope="module")
def atlas():
    return Atlas(Store(HERE.parent / "snapshots").load().localities())


def meant(atlas, asked):
    """The id, or `ask` with the candidates, or `error` with the sentence; and the counties of the note."""
    try:
        read = atlas.interpret(asked)
    except AmbiguousJurisdiction as error:
        return "ask", " ".join(error.candidates)
    except UnknownJurisdiction as error:
        return "error", str(error)
    return read.jurisdiction.id, read.note or ""


def county(fips):
    return read_table("us_places")["counties"][fips][1] if fips else ""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['kind']}: {row['asked']}")
def test_each_place_of_the_table_is_what_it_is(atlas, row):
    ident, told = meant(atlas, row["asked"])
    match row["kind"]:
        case "zip":
            assert ident.partition("/")[0] == county_id(row["inside"])[:5]
            assert county(row["inside"]) in told
        case "zip-two-states":
            assert ident.startswith("US/zip-")
            assert "give the state" in told
        case "town":
            assert ident == row["means"]
            assert (
                row["means"] == county_id(row["inside"])
                or county(row["inside"]) in told
                or not told
            )
        case "point" if row["inside"].isdigit():
            assert ident.startswith(f"{row['means']}/at-")
            assert county(row["inside"]) in told
        case _:
            assert ident == row["means"]
            if row["means"] == "ask":
                assert [one for one in row["inside"].split() if f"({one})" not in told] == []
            else:
                assert row["inside"] in told


def test_the_table_is_large_enough_and_names_each_kind():
    kinds = {row["kind"] for row in ROWS}
    assert len(ROWS) >= 400
    assert kinds >= {"state", "zip", "town", "subdivision", "point", "word", "zip-military"}


@pytest.mark.parametrize(
    ("asked", "parent", "possible"),
    [
        ("34285", "US-FL/sarasota-county", ()),
        ("Sarasota, FL", "US-FL", ("US-FL/sarasota-county",)),  # it lies in two counties
        ("62002", "US-IL", ("US-IL/alton",)),
        ("92101", "US-CA", ("US-CA/san-diego",)),
        ("02861", "US", ("US-RI", "US-MA")),
    ],
)
def test_a_place_lies_below_what_surely_holds_it_and_names_what_may(atlas, asked, parent, possible):
    read = atlas.interpret(asked)
    assert read.jurisdiction.parent == parent
    assert set(possible) <= set(read.possible)
    assert bool(possible) == bool(read.possible)


def test_every_county_and_every_subdivision_is_found_by_its_own_name_and_id(atlas):
    lost = []
    for fips, (state, name) in read_table("us_places")["counties"].items():
        whole = {"DC", "GU"}  # their one county has the name of the whole
        if state not in whole and meant(atlas, f"{name}, US-{state}")[0] != county_id(fips):
            lost.append(fips)
    lost += [
        ident for ident in read_table("subdivisions")["places"] if meant(atlas, ident)[0] != ident
    ]
    assert lost == []


@pytest.mark.parametrize(
    "asked", ["34285 Chicago", "IL 34285", "Venice, CA 34285", "34285, Germany"]
)
def test_a_zip_code_beside_another_place_is_no_place(atlas, asked):
    assert meant(atlas, asked)[0] == "error"


@pytest.mark.parametrize(
    "asked", ["Chicago", "Austin", "Bloomington, IL", "Cook County, IL", "Denver"]
)
def test_a_town_without_its_state_says_how_it_was_read(atlas, asked):
    assert (atlas.interpret(asked).hint is None) == ("," in asked)


@pytest.mark.parametrize(
    "asked",
    ["40.0,-75.12345678", "(27.10, -82.45)", "27.10;-82.45", "-0,0", "90,180", "1e3,5", "nan,0"],
)
def test_an_odd_point_is_a_place_or_an_error_and_never_a_fault(atlas, asked):
    meant(atlas, asked)


@pytest.mark.parametrize(
    "ident",
    [
        "US-FL/zip-34285",
        "US/zip-02861",
        "US-FL/at-27.1,-82.45",
        "US-FL/venice",
        "US-IL/cook-county",
        "CA/at-43.65,-79.38",
        "AU/at--33.86,151.2",
        "US/at-41.5,-71.4",
    ],
)
def test_an_id_that_an_answer_gave_is_understood_when_it_is_typed_back(atlas, ident):
    assert meant(atlas, ident)[0] == ident


@pytest.mark.parametrize(
    "asked", ["US-TX/zip-34285", "us-tx/zip-34285", "US-TX/at-27.1,-82.45", "PH/at-43.65,-79.38"]
)
def test_an_id_of_another_state_than_its_code_or_point_is_no_place(atlas, asked):
    assert meant(atlas, asked)[0] == "error"


@pytest.mark.parametrize(
    "asked", ["zip 34285", "ZIP code 34285", "us-fl/zip-34285", "us/zip-34285"]
)
def test_a_zip_code_may_be_called_one(atlas, asked):
    assert meant(atlas, asked)[0] == "US-FL/zip-34285"


@pytest.mark.parametrize(
    ("asked", "ident"),
    [
        ("Peru, IN", "US-IN/peru"),  # a country
        ("Lebanon OR", "US-OR/lebanon"),
        ("Delaware, OH", "US-OH/delaware"),  # a state
        ("Nevada, MO", "US-MO/nevada"),
        ("Berlin, MD", "US-MD/berlin"),  # a subdivision elsewhere
        ("Austin, MN", "US-MN/austin"),  # a city that outweighs it
        ("Houston, MS", "US-MS/houston"),
    ],
)
def test_a_town_beside_its_state_is_found_whatever_else_has_its_name(atlas, asked, ident):
    assert meant(atlas, asked)[0] == ident


@pytest.mark.parametrize(
    ("point", "country"),
    [("41.5,-71.4", "US"), ("37.8,-122.5", "US"), ("10.3,123.9", "PH"), ("-6.1,39.2", "TZ")],
)
def test_a_point_in_an_unknown_part_of_a_country_is_unknown_and_never_as_lax_as_the_country(
    point, country
):
    found = lookup(point, snapshots=HERE.parent / "snapshots", on=date(2026, 11, 1)).to_dict()
    layers = [layer["id"] for layer in found["layers"]]
    assert layers == [f"{country}/at-{point}", country]
    assert found["status"] == "unknown"


@pytest.mark.parametrize(
    ("code", "ident"),
    [("CN-HK", "HK"), ("FR-RE", "RE"), ("fi-01", "AX"), ("NL-AW", "AW"), ("GB-ENG", "GB")],
)
def test_a_subdivision_with_a_country_code_of_its_own_is_that_country(atlas, code, ident):
    assert meant(atlas, code)[0] == ident


@pytest.mark.parametrize("name", ["Paris", "hamburg", "Zurich", "Prague", " Cairo "])
def test_places_of_one_name_are_told_apart_by_their_ids(atlas, name):
    read = atlas.interpret(name)
    assert read.hint.startswith(f"Read as {read.jurisdiction}. Others of that name: US-")


def test_every_zip_code_is_found_or_says_why_not(atlas):
    for code, (office, inside) in read_table("us_places")["zips"].items():
        ident, told = meant(atlas, code)
        if inside:
            assert ident == f"{county_id(inside[:5])[:5]}/zip-{code}" or (
                ident == f"US/zip-{code}" and told
            )
        else:
            assert (ident, office in told) == ("error", True)


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("FR-75C", "France"),
        ("ES-B", "Spain"),
        ("Palermo", "Italy"),
        ("IE-D", "Ireland"),
        ("PH-BUL", "Philippines"),
    ],
)
def test_a_region_that_nobody_researched_is_not_named_as_if_somebody_had(name, above):
    note = lookup(name, snapshots=HERE.parent / "snapshots", on=date(2026, 11, 1))["note"]
    assert f"not researched below {above}." in note or f"the law of {above} is milder" in note
