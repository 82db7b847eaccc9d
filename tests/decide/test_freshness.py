"""Freshness: only a proof from the official text, or a named person's reading, renews it."""

from datetime import UTC, datetime, timedelta

import pytest

from regstatus.decide.freshness import NEVER_CHECKED, NONE_SETTLES, freshness
from tests.support.make import FEDERAL, NOON, TEXAS, finding, record

TX = record()
KEYS = ("US-TX:hs-444", "US-TX:hs-481")
URLS = {key: TX["documents"][key.partition(":")[2]]["url"] for key in KEYS}


def clocks(*days_ago, **facts):
    return {
        key: {
            "url": URLS[key],
            "last_fetched": at(days),
            "verified_at": at(days),
            **facts,
        }
        for key, days in zip(KEYS, days_ago, strict=True)
    }


def at(days):
    return (NOON - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize(
    ("days", "state"), [(0, "fresh"), (30, "fresh"), (31, "due"), (60, "due"), (61, "stale")]
)
def test_a_verification_ages_from_fresh_to_due_to_stale(days, state):
    found = freshness(TX, clocks(days, days), NOON)
    assert found["state"] == state
    assert found["verified_at"] == at(days)
    assert bool(found["reasons"]) == (state != "fresh")


def test_the_oldest_of_the_documents_counts():
    assert freshness(TX, clocks(0, 100), NOON)["verified_at"] == at(100)


def test_what_was_never_fetched_is_stale_however_new_its_record():
    found = freshness({**TX, "attested": "2026-11-21"}, {}, NOON)
    assert found["state"] == "stale"
    assert found["verified_at"] is None
    assert any("never fetched: Texas Health" in reason for reason in found["reasons"])


def test_failed_fetches_never_renew_and_are_told():
    failing = clocks(
        61, 61, failures=3, failing_since=at(5), problem="the host answered 403", outcome="blocked"
    )
    found = freshness(TX, failing, NOON)
    assert found["state"] == "stale"
    assert any("failing since 2026-11-17" in reason for reason in found["reasons"])


def test_a_failing_source_makes_a_fresh_record_due():
    failing = clocks(1, 1, failures=1, failing_since=at(0), problem="timed out")
    assert freshness(TX, failing, NOON)["state"] == "due"


def test_a_changed_text_is_due_until_a_person_attests_after_it():
    changed = clocks(0, 0, text_changed_at=at(3))
    found = freshness(TX, changed, NOON)
    assert found["state"] == "due"
    assert "was not reviewed" in found["reasons"][0]
    assert freshness({**TX, "attested": "2026-11-20"}, changed, NOON)["state"] == "fresh"


def test_an_open_contradiction_is_due_at_best():
    made = record(findings={"hs-444": finding(age=21, cap=2.0)})
    found = freshness(made, clocks(0, 0), NOON)
    assert found["state"] == "due"
    assert "contradicts" in found["reasons"][0]


def test_an_enacted_change_that_took_effect_since_makes_it_stale():
    text = TEXAS + TEXAS[TEXAS.rindex("[[timeline]]") :].replace("2023-09-01", "2026-11-20")
    made = record(text)
    assert freshness(made, clocks(1, 1), NOON)["state"] == "fresh"
    found = freshness(made, clocks(5, 5), NOON)
    assert found["state"] == "stale"
    assert "took effect on 2026-11-20" in found["reasons"][0]


def test_a_proposal_whose_first_day_has_come_makes_an_older_reading_stale():
    found = freshness(record(FEDERAL), {}, NOON)
    assert any("could have become law since 2026-11-13" in reason for reason in found["reasons"])


def test_a_named_person_who_read_the_official_text_counts_as_a_verification():
    read = {**record(FEDERAL), "read_officially": True, "attested": "2026-11-20", "pending": []}
    found = freshness(read, {}, NOON)
    assert found["state"] == "fresh"
    assert found["verified_at"] == "2026-11-20T00:00:00Z"


def test_a_place_that_nothing_watches_says_so():
    assert NEVER_CHECKED in freshness(record(FEDERAL), {}, NOON)["reasons"]


def test_documents_that_settle_nothing_are_not_told_of_as_nothing():
    found = record()
    found["documents"] = {k: {**d, "settles": []} for k, d in found["documents"].items()}
    reasons = freshness(found, {}, NOON)["reasons"]
    assert NONE_SETTLES in reasons
    assert NEVER_CHECKED not in reasons


def test_the_clock_of_another_address_says_nothing():
    moved = clocks(0, 0)
    moved[KEYS[0]]["url"] = "https://elsewhere.example.gov/"
    assert freshness(TX, moved, NOON)["state"] == "stale"


def test_record_time_does_not_see_later_verifications():
    found = freshness(TX, clocks(0, 0), NOON, known_until="2026-11-01T23:59:59Z")
    assert found["state"] == "stale"
    assert found["verified_at"] is None


def test_a_clock_ahead_of_us_is_no_crash():
    assert freshness(TX, clocks(-0.5, -0.5), NOON)["state"] == "fresh"
    assert freshness(TX, clocks(-5, -5), NOON)["state"] == "stale"
    assert freshness(TX, {}, datetime(1999, 1, 1, tzinfo=UTC))["state"] == "stale"


def test_every_record_has_a_day_by_which_it_must_be_checked():
    assert freshness(TX, clocks(0, 0), NOON)["check_by"] == "2027-01-21"
    assert freshness(TX, {}, NOON)["check_by"] == "2026-08-06"
