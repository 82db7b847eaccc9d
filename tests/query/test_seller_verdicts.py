"""Orders of a seller with a profile: what is not kept, or not known, never ships."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import product

import pytest

import regstatus
from regstatus.catalog.profile_file import Profile, read_profile
from regstatus.model.finding import CAP_UNITS
from regstatus.model.law import LIMITS, SUBSTANCES
from regstatus.query.verdict import Screener
from tests.support.pages import ROOT, tool

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
KEPT = {"read": True, "registered": True, "keeps": ("premises", *LIMITS)}
WHOLE = {
    "age_check": {"age": 21, "by": "document"},
    "tests": {"by": "accredited", "certificate": True},
    **dict.fromkeys(("labelling", "packaging", "advertising", "display"), True),
    "form": "powder",
    "synthetic": False,
    "appeals_to_children": False,
    "seven_oh": {**dict.fromkeys(set(CAP_UNITS) - {"% by weight", "mg/g"}, 0.01), "ratio": 500},
    "places": {"US-TX": KEPT, "US-KY": KEPT, "US-OR": KEPT, "US-NE": {"registered": date(2026, 12, 31)}},
}  # fmt: skip
DAYS = ("2018-03-01", "2024-08-01", "2026-11-30", "2027-02-01")


@cache
def snapshot():
    return regstatus.load().snapshot


def screener(profile, **more):
    asked = {"allow_stale": timedelta(days=3660), "country": "all", "sent_from": "US", **more}
    return Screener(snapshot(), now=NOW, profile=profile, **asked)


@cache
def conditional():
    """The places whose law lays down a condition of sale on some day."""
    names = ("minimum_age", "seven_oh_cap", "limits", "duties")
    periods = ((place, p) for place in snapshot().ids for p in snapshot().get(place)["timeline"])
    return sorted({place for place, period in periods if any(period[name] for name in names)})


def shipped(profile, places=None, substances=("leaf",), days=DAYS[1:3]):
    """Every order that ships, of a place, substance and day."""
    screen = screener(profile)
    return {
        order
        for order in product(places or conditional(), substances, days)
        if screen.verdict(*order).verdict == "ship"
    }


def test_an_empty_profile_ships_exactly_what_no_profile_ships():
    every = [place for place in snapshot().ids if place not in {"EU", "UN"}]
    none = shipped(None, every, SUBSTANCES)
    assert none == shipped(Profile(), every, SUBSTANCES)
    assert none


def test_no_key_that_is_taken_away_ships_a_place_more():
    whole = shipped(Profile(**WHOLE))
    assert len(whole) > len(shipped(None)) + 5
    for key in WHOLE:
        less = shipped(Profile(**{name: held for name, held in WHOLE.items() if name != key}))
        assert less <= whole, key
    for key in ("age_check", "synthetic", "seven_oh", "places", "labelling"):
        assert (
            shipped(Profile(**{name: held for name, held in WHOLE.items() if name != key})) < whole
        )


@pytest.mark.parametrize(
    "broken",
    [
        {"age_check": {"age": 17, "by": "document"}},
        {"labelling": False},
        {"seven_oh": {"%": 99, "ratio": 0}},
        {"tests": {"by": "none"}},
        {"registered": False, "places": {}},
    ],
    ids=str,
)
def test_what_the_profile_breaks_ships_nowhere_that_asks_for_it(broken):
    whole, less = shipped(Profile(**WHOLE)), shipped(Profile(**WHOLE | broken))
    assert less < whole
    screen = screener(Profile(**WHOLE | broken))
    lost = [screen.verdict(*order) for order in whole - less]
    assert {item.verdict for item in lost} <= {"do not ship", "ask"}
    assert [item.reason for item in lost if not item.reason] == []


def test_a_registration_that_ran_out_no_longer_ships():
    places = {"US-NE": {**KEPT, "registered": date(2027, 6, 30)}}
    screen = screener(Profile(**WHOLE | {"places": places}))
    verdicts = {
        day: screen.verdict("US-NE", "leaf", day)
        for day in ("2027-06-30", "2027-07-01", "2027-01-01", "2027-12-31")
    }
    assert [item.verdict for item in verdicts.values()] == [
        "ship", "do not ship", "ship", "do not ship",
    ]  # fmt: skip
    assert "registration" in verdicts["2027-07-01"].reason


def test_an_order_for_a_product_of_the_profile_is_judged_by_its_own_content():
    products = {
        "Red": {
            "substance": "leaf",
            **{key: WHOLE[key] for key in ("form", "synthetic", "seven_oh")},
        },
        "Bare": {"substance": "leaf"},
        "Strong": {"substance": "leaf", "synthetic": False, "seven_oh": {"%": 3}},
        "Shot": {"substance": "7-oh", "synthetic": True, "seven_oh": {"%": 90}},
    }
    screen = screener(Profile(**WHOLE, products=products))
    for place in ("US-KY", "US-SD"):
        screen = screener(Profile(**WHOLE | {"places": {place: KEPT}}, products=products))
        words = ("RED", "bare", "strong", "shot", "leaf", "Unheard of")
        assert [screen.verdict(place, word, "2026-11-30").verdict for word in words] == [
            "ship", "ask", "do not ship", "do not ship", "ship", "ask",
        ]  # fmt: skip


def test_what_ships_names_what_it_meets_and_how_old_the_law_is():
    for place, day in (("US-KY", "2026-11-30"), ("US-OR", "2025-01-01"), ("US-MN", "2026-11-30")):
        found = screener(Profile(**WHOLE)).verdict(place, "leaf", day)
        assert found.verdict == "ship"
        assert "age 21" in found.reason
        assert "days old" in found.reason
        fresh = screener(Profile(**WHOLE), allow_stale=None).verdict(place, "leaf", day)
        assert fresh.verdict == "ask"
        assert "age 21" in fresh.reason


MEASURED = tool("measure_profile")


def test_the_page_tells_what_the_example_ships_and_counts_every_state_once():
    section = MEASURED.section()
    page = MEASURED.PAGE.read_text(encoding="utf-8")
    assert page.partition(MEASURED.MARK)[2].strip() == section.strip()
    tables = [
        [line.strip("| ").split(" | ") for line in part.splitlines()[2:] if line]
        for part in section.split("The last line, by what decides:\n\n")
    ]
    counts = [[int(cell) for cell in row[1:]] for row in tables[0]]
    assert [sum(row) for row in counts] == [56] * 6
    told = [state for *_, states in tables[1] for state in states.split(", ")]
    assert len(told) == len({*told}) == 56
    assert Counter(row[0] for row in tables[1] for _ in row[3].split(", ")) == dict(
        zip(MEASURED.ORDER, counts[-1], strict=True)
    )
    # A profile ships no less than none, and no place more than where staleness is waived.
    ships = [row[0] for row in counts]
    assert ships[0] <= ships[1] <= ships[2] <= ships[5]
    assert ships[0] <= ships[3] <= ships[4] <= ships[5]


def test_the_example_of_the_page_is_read_and_has_every_kind_of_key():
    profile = read_profile(ROOT / "docs" / "shop.toml")
    assert profile.places
    assert profile.mapped()
    page = MEASURED.PAGE.read_text(encoding="utf-8")
    assert [key for key in Profile.model_fields if key not in page] == []
