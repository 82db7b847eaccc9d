"""Points on which other lists disagree, or are wrong: what ours must answer, from the shipped sources."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from regstatus.decide.changes import reached
from regstatus.query.lookup import answer

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def ask(whole):
    def on(key, year, month, day, **more):
        return answer(whole, key, on=date(year, month, day), now=NOW, **more).to_dict()

    return on


def test_tennessee_is_regulated_on_the_last_of_june_and_banned_on_the_first_of_july(ask):
    before, after = ask("US-TN", 2026, 6, 30), ask("US-TN", 2026, 7, 1)
    assert (before["status"], before["until"]) == ("regulated", "2026-07-01")
    assert (after["status"], after["since"]) == ("banned", "2026-07-01")
    assert before["may"]["possess"] == "yes"
    assert set(after["may"].values()) == {"no"}


def test_rhode_island_flips_on_its_day_with_no_scrape(ask, whole):
    before, after = ask("US-RI", 2026, 3, 31), ask("US-RI", 2026, 4, 1)
    assert (before["status"], after["status"]) == ("banned", "regulated")
    assert after["minimum_age"] == 21
    assert not any(clock.get("last_ok") for clock in whole.ledger.values())


def test_rhode_islands_change_was_announced_before_its_day(ask):
    coming = [item for item in ask("US-RI", 2026, 1, 1)["upcoming"] if item["from"] == "2026-04-01"]
    assert [item["status"] for item in coming] == ["regulated"]


def test_ohio_is_answered_by_substance(ask):
    found = ask("US-OH", 2026, 6, 1)["substances"]
    assert found["leaf"] == found["mitragynine"] == "unregulated"
    assert found["7-oh"] == found["derivatives"] == "banned"


def test_ohios_proposed_rule_on_mitragynine_is_shown_and_is_not_law(ask):
    found = ask("US-OH", 2026, 11, 22)
    assert found["substances"]["mitragynine"] == "unregulated"
    assert any("4729:9-1-01.2" in item["citation"] for item in found["pending"])


def test_california_lets_people_possess_what_shops_may_not_sell(ask):
    found = ask("US-CA", 2026, 7, 1)
    assert found["status"] == "sale_prohibited"
    assert (found["may"]["possess"], found["may"]["sell"]) == ("yes", "no")
    assert found["basis"] == "agency"


def test_the_federal_order_reaches_three_compounds_and_ends(ask):
    expected = {
        (2026, 8, 25): "unregulated",
        (2026, 8, 26): "banned",
        (2028, 8, 25): "banned",
        (2028, 8, 26): "unknown",
    }
    found = {day: ask("US", *day)["substances"]["derivatives"] for day in expected}
    assert found == expected
    assert ask("US", 2026, 8, 26, substance="MGM-15")["until"] == "2028-08-26"


def test_the_federal_proposal_for_7_oh_is_no_law(ask):
    found = ask("US", 2026, 11, 22)
    assert found["substances"]["7-oh"] == found["substances"]["leaf"] == "unregulated"
    assert any("7-oh" in item["substances"] for item in found["pending"])


def test_monroe_countys_ban_ended_on_the_day_it_was_rescinded(ask):
    key = "US-MS/monroe-county"
    assert ask(key, 2020, 5, 31)["layers"][0]["status"] == "banned"
    assert ask(key, 2020, 6, 1)["layers"][0]["status"] == "unregulated"
    now = ask(key, 2026, 11, 22)
    assert (now["status"], now["minimum_age"]) == ("regulated", 21)
    assert [period["status"] for period in now["history"]] == ["banned", "unregulated"]


def test_kentucky_turns_from_regulated_to_sale_prohibited_on_new_years_day(ask, whole):
    before, after = ask("US-KY", 2026, 12, 31), ask("US-KY", 2027, 1, 1)
    assert (before["status"], after["status"]) == ("regulated", "sale_prohibited")
    assert after["may"]["possess"] == "unknown"
    records = {record["id"]: record for record in whole.records()}
    events = reached(records, date(2026, 12, 31), date(2027, 1, 1))
    assert "US-KY" in {event.jurisdiction for event in events}


def test_thailands_ban_of_1943_lasted_until_2021_and_stays_in_the_history(ask):
    assert ask("TH", 2021, 8, 23)["status"] == "banned"
    assert ask("TH", 2021, 8, 24)["status"] != "banned"
    history = ask("TH", 2026, 11, 22)["history"]
    ended = [period for period in history if period["status"] == "banned"]
    assert [period["until"] for period in ended] == ["2021-08-24"]


def test_michigan_is_not_copied_onto_the_list_of_bans(ask):
    assert ask("US-MI", 2026, 6, 1)["status"] != "banned"


def test_kansas_is_never_shown_as_unregulated_while_its_readings_conflict(ask):
    found = ask("US-KS", 2026, 7, 1)
    assert found["substances"]["7-oh"] == "banned"
    assert found["status"] in {"unknown", "banned"}
    assert any(item["jurisdiction"] == "US-KS" for item in found["conflicts"])


def test_vermonts_ban_outlived_every_report_of_its_removal(ask):
    assert ask("US-VT", 2024, 1, 1)["status"] == ask("US-VT", 2026, 7, 1)["status"] == "banned"
