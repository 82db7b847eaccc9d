"""Localities: named for their state and kind, none taken from a vendor's list, and counted truly."""

from __future__ import annotations

import re

import pytest

from regstatus.model.law import Status
from tests.support.pages import ROOT, Page

LOCALITIES = Page("docs/localities.md")


@pytest.fixture(scope="module")
def localities(catalogue):
    return [source for source in catalogue if source.is_locality]


def test_the_page_counts_what_is_there(localities):
    left_out = LOCALITIES.table("Left out", "State")
    opening = LOCALITIES.section("Localities")
    numbers = [int(number) for number in re.findall(r"\b\d{1,3}\b", opening)]
    files, answering, read, added, missing, again = numbers[:6]
    assert files == len(localities) == answering + added
    assert missing == len(left_out) == read - answering
    assert again == read


def test_what_is_left_out_has_no_file(localities):
    known = {(source.jurisdiction.split("/")[0], source.name) for source in localities}
    states = {"Louisiana": "US-LA", "Massachusetts": "US-MA", "Mississippi": "US-MS"}
    states["Montana"] = "US-MT"
    for state, place, why in LOCALITIES.table("Left out", "State"):
        assert (states[state], place) not in known
        assert why


def test_a_locality_stands_in_the_state_that_its_ids_name(localities):
    for source in localities:
        state = source.jurisdiction.removeprefix("US-").split("/")[0].lower()
        assert source.ocd_id.startswith(f"ocd-division/country:us/state:{state}/")
        name = source.jurisdiction.rpartition("/")[2]
        text = (ROOT / "sources" / "us" / state / f"{name}.toml").read_text(encoding="utf-8")
        assert f'jurisdiction = "{source.jurisdiction}"' in text


def test_ids_tell_a_county_from_a_city_of_the_same_name(localities):
    ocd_ids = [source.ocd_id for source in localities]
    assert len(set(ocd_ids)) == len(ocd_ids)
    for source in localities:
        is_county = source.ocd_id.rpartition("/")[2].partition(":")[0] in {"county", "parish"}
        assert is_county == (source.kind == "county")
        assert is_county == source.jurisdiction.endswith(("-county", "-parish"))


def test_a_county_and_a_city_of_one_name_are_two_records(localities):
    known = {source.jurisdiction: source for source in localities}
    for state, city in (("MS", "pontotoc"), ("CA", "orange")):
        place, county = known[f"US-{state}/{city}"], known[f"US-{state}/{city}-county"]
        assert place.ocd_id.replace("place:", "county:") == county.ocd_id


def test_no_locality_is_graded_better_than_what_was_read(localities):
    stated = set(re.findall(r"[A-Z][\w. ]+", LOCALITIES.text.partition("**Grade.**")[2][:420]))
    for source in localities:
        grades = {period.grade for period in source.timeline} - {None}
        assert "official_text" not in grades
        if "official_notice" in grades:
            name = source.name.partition(" (")[0]
            assert any(name in words for words in stated), name


def test_a_ban_whose_first_day_is_unknown_is_not_carried_back_for_ever(localities):
    for source in localities:
        first = source.timeline[0]
        if first.from_ is None:
            assert set(first.by_substance().values()) == {Status.UNKNOWN}, source.jurisdiction


def test_every_restriction_says_in_words_what_it_is(localities):
    for source in localities:
        for period in source.timeline:
            assert period.summary, source.jurisdiction
            assert period.summary.endswith(".")


def test_a_proposal_is_no_law_and_leaves_the_place_unknown(localities):
    waiting = [source for source in localities if source.pending]
    assert len(waiting) == 5
    for source in waiting:
        assert {s for p in source.timeline for s in p.by_substance().values()} == {Status.UNKNOWN}


def test_a_county_says_where_its_rule_holds(localities):
    for source in localities:
        state = source.jurisdiction.split("/")[0]
        if source.kind == "county" and state in {"US-CA", "US-MS"}:
            words = " ".join([source.notes or "", *(p.summary or "" for p in source.timeline)])
            assert re.search(r"unincorporated|outside its cities", words), source.jurisdiction
