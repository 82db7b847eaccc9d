"""An order ships only if it may wherever it may lie; what cells leave open or say twice is asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import regstatus
from regstatus.base.errors import UsageError
from regstatus.catalog.profile_file import read_profile
from regstatus.query.destination import Destination
from regstatus.query.verdict import ASK, SHIP, Screener
from tests.support import make, orders

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
LONG = timedelta(days=9000)
IN_NEVADA = (Destination(zip="89501"), Destination("NV", county="Washoe"), Destination("Nevada"))
SHOP = """
labelling = true
age_check = { age = 18, by = "document" }
seven_oh = { "%" = 1.0 }
synthetic = false
places.US-NV.read = true
places."US-NV/reno".read = true
"""
RENO = """
[[timeline]]
leaf = "regulated"
grade = "secondary"
minimum_age = 18
duties = { labelling = true }
instruments = ["code"]
"""


@pytest.fixture(scope="module")
def whole():
    return Screener(
        regstatus.load().snapshot, now=NOW, country="US", sent_from="US", allow_stale=LONG
    )


def nevada(folder, town: str, attested: str = "2026-11-01"):
    """A screener for Nevada with Reno in it, which the profile of a shop has read."""
    (folder / "shop.toml").write_text(SHOP)
    head = 'name = "Reno"\nkind = "city"\nocd_id = "ocd-division/country:us/state:nv/place:reno"\n'
    texts = {"US": orders._OPEN, "US-NV": orders._NEVADA, "US-NV/reno": town}
    records = []
    for key, law in texts.items():
        body = orders._DOCUMENT.format(id=key, slug=key.lower()) + law
        if key == "US-NV/reno":
            body = body.replace("\n", f"\n{head}", 1).replace("2026-11-01", attested)
        records.append(make.record(body))
    make.publish(folder / "store", *records, created=orders.NOON)
    return Screener(
        regstatus.load(str(folder / "store")).snapshot,
        now=orders.NOON,
        profile=read_profile(folder / "shop.toml"),
        sent_from="US",
        allow_stale=timedelta(days=200),
    )


@pytest.mark.parametrize(
    ("change", "attested", "says"),
    [
        (("minimum_age = 18", "minimum_age = 21"), "2026-11-01", "Reno (Not met: age 21"),
        (("labelling = true", "registration = true"), "2026-11-01", "Reno (Conditions: registration"),
        (('leaf = "regulated"', 'leaf = "unknown"'), "2026-11-01", "Reno (Sale: unknown)"),
        (("", ""), "2026-01-15", "Reno (Not all of it was ever verified"),
        (("duties = { labelling = true }", 'seven_oh_cap = "0.5%"'), "2026-11-01", "Reno (Not met: 7-OH"),
    ],
)  # fmt: skip
def test_a_place_of_no_stricter_status_that_asks_for_more_or_is_too_old_is_asked_for(
    tmp_path, change, attested, says
):
    law = RENO.replace(*change) if change[0] else RENO
    if "unknown" in law:
        law = '[[timeline]]\nleaf = "unknown"\n'
    shop = nevada(tmp_path, law, attested)
    for to in IN_NEVADA:
        found = shop.verdict(to, "leaf")
        assert found.verdict == ASK, found
        assert says in found.reason


def test_a_place_that_asks_for_the_same_stops_nothing(tmp_path):
    shop = nevada(tmp_path, RENO)
    for to in IN_NEVADA:
        assert shop.verdict(to, "leaf").verdict == SHIP, shop.verdict(to, "leaf")


@pytest.mark.parametrize("to", ["Oxford, MS", "Starkville, MS", "US-MS/oxford"])
def test_a_town_that_nobody_read_clears_nothing_under_a_law_that_is_kept(tmp_path, to):
    (tmp_path / "shop.toml").write_text(
        SHOP.replace("age = 18", "age = 21") + "packaging = true\nadvertising = true\ndisplay = true\n"
    )  # fmt: skip
    shop = Screener(
        regstatus.load().snapshot, now=NOW, country="US", sent_from="US", allow_stale=LONG,
        profile=read_profile(tmp_path / "shop.toml"),
    )  # fmt: skip
    assert "Sale: unknown. " in shop.verdict(to, "leaf").reason


@pytest.mark.parametrize(
    ("to", "name"),
    [
        (Destination(zip="19087"), "Radnor Township"),
        (Destination("PA", city="Radnor"), "Radnor Township"),
        (Destination("PA", "19010", "Bryn Mawr"), "Radnor Township"),
        (Destination("PA", county="Delaware"), "Radnor Township"),
        (Destination("PA", "18901"), "Doylestown Borough"),
        (Destination("40.31,-75.13"), "Doylestown Borough"),
        (Destination("Doylestown, PA"), "Doylestown Borough"),
    ],
)
def test_an_order_may_lie_in_a_township_for_which_no_post_office_is_named(whole, to, name):
    found = whole.verdict(to, "leaf")
    assert found.verdict == ASK
    assert name in found.reason


@pytest.mark.parametrize(
    ("place", "code"),
    [("43604", "43605"), ("OH 43604", "43615-1234"), ("Toledo 43604", "43606"), ("10001", "10002")],
)
def test_two_zip_codes_in_one_row_contradict_each_other(whole, place, code):
    found = whole.verdict(Destination(place, code), "leaf")
    assert (found.verdict, found.record) == (ASK, None)
    assert "correct the row" in found.reason
    same = whole.verdict(Destination(code, code), "leaf")
    assert same == whole.verdict(Destination(zip=code), "leaf")


@pytest.mark.parametrize("cell", [None, "N/A", "nan", "NULL", "none", "<NA>", "#N/A"])
def test_what_programs_write_for_no_value_is_no_place(whole, cell):
    for to in (cell, Destination(cell), Destination(cell, cell, cell, cell)):
        assert whole.verdict(to, "leaf").reason == "No destination is given."
    found = whole.verdict(Destination("OH", "43604", cell, cell), "leaf")
    assert found == whole.verdict(Destination("OH", "43604"), "leaf")


def test_cells_that_are_no_text_are_read_as_such_or_asked(whole):
    for to, text in (
        (Destination(zip=43604), Destination(zip="43604")),
        (Destination("MA", 2134), Destination("MA", "2134")),
        (Destination("OH", None, None), Destination("OH")),
    ):
        assert whole.verdict(to, "leaf") == whole.verdict(text, "leaf")
    for to, product in (
        (5, "leaf"),
        (float("nan"), "leaf"),
        ("OH", None),
        ("OH", 7),
        ("OH", b"leaf"),
    ):
        assert whole.verdict(to, product).verdict == ASK  # fmt: skip


def test_a_map_of_products_is_read_as_substances_are_and_never_against_the_profile(tmp_path):
    (tmp_path / "shop.toml").write_text('[products]\nBLUE = { substance = "7-oh" }\n')
    asked = {"now": NOW, "profile": read_profile(tmp_path / "shop.toml")}
    snapshot = regstatus.load().snapshot
    for mapped in ({"blue": "leaf"}, {"A b": "leaf", "a  B": "7-oh"}, {"BLUE ": "mitragynine"}):
        with pytest.raises(UsageError, match="keep one of both"):
            Screener(snapshot, mapped=mapped, **asked)
    with pytest.raises(UsageError, match="nonsense"):
        Screener(snapshot, mapped={"x": "nonsense"}, **asked)
    screener = Screener(snapshot, mapped={"x": "Kratom", "y": "7oh", "blue": "7-OH"}, **asked)
    assert [screener.substance(name) for name in "xy"] == ["leaf", "7-oh"]


def test_any_span_of_staleness_can_be_accepted(whole):
    for span in (timedelta.max, timedelta(days=10**6), timedelta(days=800_000)):
        screener = Screener(
            regstatus.load().snapshot, now=NOW, country="US", sent_from="US", allow_stale=span
        )
        assert screener.verdict("OH", "leaf") == whole.verdict("OH", "leaf")
