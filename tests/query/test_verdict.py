"""Verdicts by state, ZIP code, city and county together: certain, or asked; never guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

import regstatus
from regstatus.base.errors import UsageError
from regstatus.catalog.places.place_tables import read_table
from regstatus.catalog.profile_file import Profile, read_profile
from regstatus.model.law import SUBSTANCES
from regstatus.query.destination import Destination
from regstatus.query.verdict import ASK, REFUSE, SHIP, Screener
from tests.support import orders

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
LONG = timedelta(days=9000)


@pytest.fixture(scope="module")
def screener():
    return Screener(regstatus.load().snapshot, now=NOW, country="US", sent_from="US")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return orders.snapshot(tmp_path_factory.mktemp("small"))


@pytest.mark.parametrize(
    ("to", "record"),
    [
        (Destination(zip="34285"), "US-FL/sarasota-county"),
        (Destination("FL", "34285-1234", "Venice", "Sarasota"), "US-FL/sarasota-county"),
        (Destination(city="Venice", county="Sarasota County", place="Florida"), "US-FL/sarasota-county"),
        (Destination("CA", "92101", "San Diego"), "US-CA/san-diego"),
        (Destination("US", "92101"), "US-CA"),
        (Destination("CO", county="Denver", city="Denver"), "US-CO/denver"),
        (Destination("Sarasota, FL", "34231"), "US-FL/sarasota-county"),
        (Destination("IL", "60601", county="cook"), "US-IL"),
        (Destination("LA", county="Rapides"), "US-LA/rapides-parish"),
        (Destination("MO", "63673"), "US-MO"),  # the code reaches into Illinois
        (Destination("la"), "US-LA"),
        (Destination("PR", "601"), "US-PR"),
    ],
)  # fmt: skip
def test_columns_that_agree_name_one_ground(screener, to, record):
    assert screener.verdict(to, "leaf").record == record


@pytest.mark.parametrize(
    ("to", "says"),
    [
        (Destination("TX", "34285"), "ZIP 34285 (Venice) does not lie in Texas (US-TX)"),
        (Destination("NY", "10001", "Los Angeles"), "Los Angeles"),
        (Destination("TX", county="Cook"), "'Cook' is no county of Texas (US-TX)"),
        (Destination("IL", "60601", county="Madison"), "Madison County does not lie in ZIP 60601"),
        (Destination("FL", "34285", "Miami"), "Miami does not lie in ZIP 34285"),
        (Destination("San Diego, CA", city="Oceanside"), "Oceanside does not lie in San Diego"),
        (Destination("MD", county="Baltimore"), "several counties"),
        (Destination(county="Orange"), "without its state"),
        (Destination(city="Springfield"), "Springfield"),
        (Destination("NY", "10001", "Qwertyville"), "Qwertyville"),
        (Destination(zip="09001"), "military"),
        (Destination(zip="34035"), "military"),  # the same digits as the code of a county
        (Destination(zip="00000"), "no ZIP code of the United States that is in use"),
        (Destination(zip="K1A 0B1"), "'K1A 0B1' is no ZIP code of the United States"),
        (Destination(zip="1234567"), "no state beside it"),
        (Destination(zip="34285.0"), "no ZIP code"),
        (Destination(zip="2134"), "'2134' may be 02134"),
        (Destination("TX", "2134"), "'2134' may be 02134"),
        (Destination("US", "2134"), "'2134' may be 02134"),
        (Destination("-82.45, 27.10"), "longitude"),
        (Destination("91,200"), "no point"),
        (Destination("  ", "\t"), "No destination"),
    ],
)
def test_what_is_not_certain_is_asked_with_its_reason(screener, to, says):
    found = screener.verdict(to, "leaf")
    assert (found.verdict, found.status, found.record) == (ASK, "unknown", None)
    assert says in found.reason


@pytest.mark.parametrize(
    ("country", "to"),
    [
        ("FR", Destination(zip="43230")),  # the digits of a code of Ohio
        ("Germany", Destination("n/a", "99801", "Eisenach")),
        ("TH", Destination(county="Sarasota")),
        ("IT", Destination(city="Venice", zip="30121")),
        ("CA", Destination(city="Ontario")),
    ],
)
def test_the_columns_of_the_united_states_name_no_place_of_another_country(country, to):
    home = Screener(regstatus.load().snapshot, now=NOW, country=country, sent_from="US")
    found = home.verdict(to, "leaf")
    assert (found.verdict, found.status, found.record) == (ASK, "unknown", None)
    assert "only told of the United States; name the country" in found.reason


@pytest.mark.parametrize("name", ["Texas", "EU", "us-ca", "PR"])
@pytest.mark.parametrize("option", ["country", "sent_from"])
def test_what_is_no_country_is_none_of_an_order(name, option):
    with pytest.raises(UsageError, match="is no country: name one"):
        Screener(regstatus.load().snapshot, now=NOW, **{option: name})


@pytest.mark.parametrize(
    ("state", "code", "whole"), [("MA", "2134", "02134"), ("CT", "6101", "06101"), ("NJ", "7030-1234", "07030")]
)  # fmt: skip
def test_a_first_zero_that_a_spreadsheet_took_is_given_back_where_the_state_agrees(
    screener, state, code, whole
):
    found, plain = (screener.verdict(Destination(state, one), "leaf") for one in (code, whole))
    assert found[:2] == plain[:2]
    assert f"'{code}' was read as {whole}. " in found.reason
    assert found.record == f"US-{state}"


@pytest.mark.parametrize(
    ("to", "possible"),
    [
        # Where the state is no ban, a code of its county may lie in the town that is one.
        (Destination(zip="62025"), "Edwardsville"),
        (Destination("IL", "62025"), "Edwardsville"),
        (Destination(zip="63673"), "Illinois"),
        (
            Destination("IL", county="Madison"),
            "within it (6), as Alton, where kratom leaf is banned",
        ),
    ],
)
def test_a_place_that_may_be_stricter_is_asked_for_by_its_name(screener, to, possible):
    found = screener.verdict(to, "leaf")
    assert found.verdict == ASK
    assert possible in found.reason


def test_a_town_that_is_named_lies_in_no_other_town(screener):
    found = screener.verdict(Destination("IL", "62025", "Collinsville"), "leaf")
    assert "May lie in" not in found.reason
    assert screener.verdict(Destination("IL", "62025", "Edwardsville"), "leaf").verdict == REFUSE


def test_no_row_changes_what_another_means(screener):
    travis, hays = (Destination("Austin, TX", one) for one in ("78701", "78737"))
    alone = Screener(regstatus.load().snapshot, now=NOW, country="US").verdict(hays, "leaf")
    screener.verdict(travis, "leaf")
    assert screener.verdict(hays, "leaf").record == alone.record == "US-TX"
    codes = Random(3).sample(sorted(read_table("us_places")["zips"]), 150)
    fresh = regstatus.load().snapshot
    for code in [*codes, "34035", "08801", "34035"]:
        to = Destination(zip=code)
        one = Screener(fresh, now=NOW, country="US", sent_from="US").verdict(to, "7-oh")
        assert screener.verdict(to, "7-oh") == one, code


@pytest.mark.parametrize("code", ["MD", "AL", "CA", "LA", "DE"])
def test_a_bare_code_is_a_state_only_where_the_user_says_so_and_the_reason_says_how(code):
    snapshot = regstatus.load().snapshot
    asked = Screener(snapshot, now=NOW).verdict(code, "leaf")
    assert (asked.verdict, asked.record) == (ASK, None)
    assert "say --country US" in asked.reason
    assert Screener(snapshot, now=NOW, country="US").verdict(code, "leaf").record == f"US-{code}"
    assert Screener(snapshot, now=NOW, country="all").verdict(code, "leaf").record == code


@pytest.mark.parametrize("code", ["10115", "75001", "28013"])
def test_a_postal_code_beside_a_country_is_not_taken_for_one_of_the_united_states(code):
    world = Screener(regstatus.load().snapshot, now=NOW)
    found = world.verdict(Destination("Germany", code), "leaf")
    assert found.record == "DE"
    assert found.reason.startswith(f"Not looked at: '{code}'")


def test_places_that_nobody_read_below_a_country_are_unknown(screener):
    world = Screener(regstatus.load().snapshot, now=NOW, allow_stale=LONG)
    for name in ("CA-ON", "New South Wales", "JP-13"):
        found = world.verdict(name, "mitragynine")
        assert found.verdict != SHIP
        assert found.verdict == REFUSE or "No own record" in found.reason


def test_every_state_is_as_strict_with_a_town_of_it_as_without(screener):
    rank = (SHIP, ASK, REFUSE).index
    states = [f"US-{state}" for state in read_table("us_places")["towns"]]
    for state in states:
        towns = Random(state).sample(
            sorted(read_table("us_places")["towns"][state[3:]].values()), 2
        )
        for (name, _), of in ((town, of) for town in towns for of in SUBSTANCES):
            whole, town = (
                screener.verdict(state, of),
                screener.verdict(Destination(state, city=name), of),
            )
            assert rank(town.verdict) >= rank(whole.verdict) or "Stricter" in whole.reason, name


# What a seller does.

KEEPS = """
labelling = true
age_check = { age = 18, by = "document" }
seven_oh = { "%" = 1.0 }
synthetic = false
[places.US-NV]
read = true
keeps = []
"""


@pytest.mark.parametrize(
    ("change", "verdict", "says"),
    [
        (("", ""), SHIP, "Met: age 18 (checked); labelling"),
        (("age = 18", "age = 17"), REFUSE, "Not met: age 18 (buyers are checked to 17)"),
        (("labelling = true", "labelling = false"), REFUSE, "Not met: labelling"),
        (("1.0", "2.5"), REFUSE, "Not met: 7-OH at most 2%"),
        (("labelling = true", ""), ASK, "Conditions: labelling"),
        (("read = true", ""), ASK, "nobody read that"),
        (('by = "document"', 'by = "declared"'), ASK, "buyers only declare it"),
    ],
)
def test_a_duty_that_is_kept_clears_an_order_and_one_that_is_not_stops_it(
    small, tmp_path, change, verdict, says
):
    file = tmp_path / "shop.toml"
    file.write_text(KEEPS.replace(*change) if change[0] else KEEPS)
    shop = Screener(small, now=orders.NOON, sent_from="US", profile=read_profile(file))
    found = shop.verdict("Nevada", "leaf")
    assert found.verdict == verdict, found
    assert says in found.reason
    # What is banned stays so, and what no law names ships as before.
    assert shop.verdict("Nevada", "7-oh").verdict == REFUSE
    assert shop.verdict("Wyoming", "leaf").verdict == SHIP
    assert shop.verdict("Wyoming", "derivatives").verdict == ASK


def test_a_profile_clears_no_order_whose_record_is_stale_or_never_checked(tmp_path, small):
    (tmp_path / "shop.toml").write_text(KEEPS)
    shop = read_profile(tmp_path / "shop.toml")
    old = orders.snapshot(tmp_path, "2026-08-01T00:00:00Z")
    asked = {"now": orders.NOON, "sent_from": "US", "profile": shop}
    stale = Screener(old, **asked).verdict("Nevada", "leaf")
    assert stale.verdict == ASK
    assert "Stale since 2026-10-01: too old to rely on" in stale.reason
    allowed = Screener(old, allow_stale=LONG, **asked).verdict("Nevada", "leaf")
    assert allowed.verdict == SHIP
    assert "Stale since 2026-10-01, accepted all the same" in allowed.reason
    assert Screener(small, **asked).verdict("Thailand", "leaf").verdict == ASK


def test_a_law_that_regulates_without_saying_what_it_asks_clears_nothing(tmp_path):
    from tests.support.make import publish, record

    text = orders._NEVADA.replace(
        'minimum_age = 18\nduties = { labelling = true, testing = false }\nseven_oh_cap = "2%"\n',
        "",
    )
    body = orders._DOCUMENT.format(id="US-NV", slug="nv") + text
    above = orders._DOCUMENT.format(id="US", slug="us") + orders._OPEN
    publish(tmp_path, record(body), record(above), created=orders.NOON)
    snapshot = regstatus.load(str(tmp_path)).snapshot
    asked = {"now": orders.NOON, "sent_from": "US", "allow_stale": LONG}
    for profile in (None, Profile()):
        found = Screener(snapshot, profile=profile, **asked).verdict("Nevada", "leaf")
        assert found.verdict == ASK


def test_a_registration_that_ends_stops_the_orders_after_its_last_day(tmp_path):
    (tmp_path / "shop.toml").write_text("places.US-NV = { registered = 2026-12-05 }\n")
    shop = read_profile(tmp_path / "shop.toml")
    snapshot = orders.snapshot(tmp_path)
    law = Screener(snapshot, now=orders.NOON, profile=shop).law("Nevada", "leaf")
    assert "2026-12-06" in law.turns


def test_the_county_that_a_row_names_counts_beside_a_town_with_law_of_its_own(screener):
    towns = {"Fulton": "Itawamba", "Mantachie": "Itawamba", "Caledonia": "Lowndes"}
    law = {
        name: screener.law(Destination("MS", city=name, county=county), "leaf").on("2026-11-30")
        for name, county in towns.items()
    }
    assert "Itawamba County, where kratom leaf is banned" in law["Fulton"].reason
    assert {found.verdict for found in law.values()} == {REFUSE}
