"""Freshness: only a proof from the official text, or a named person's reading, renews it."""

from datetime import UTC, datetime, timedelta

import pytest

from regstatus import load
from regstatus.decide.freshness import NEVER_CHECKED, NONE_SETTLES, freshness
from regstatus.model.law import FreshnessState
from regstatus.query.lookup import answer
from regstatus.store.reader import Store
from tests.support.make import FEDERAL, NOON, TEXAS, finding, publish, record

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


def test_what_was_never_fetched_is_unverified_however_new_its_record():
    found = freshness({**TX, "attested": "2026-11-21"}, {}, NOON)
    assert found["state"] == "unverified"
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


def test_a_proposal_whose_first_day_has_come_is_told():
    found = freshness(record(FEDERAL), {}, NOON)
    assert any("could have become law since 2026-11-13" in reason for reason in found["reasons"])


def test_a_named_person_who_read_the_official_text_counts_as_a_verification():
    read = {**record(FEDERAL), "read_officially": True, "attested": "2026-11-20", "pending": []}
    found = freshness(read, {}, NOON)
    assert found["state"] == "attested"
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
    assert freshness(TX, moved, NOON)["state"] == "unverified"


def test_record_time_does_not_see_later_verifications():
    found = freshness(TX, clocks(0, 0), NOON, known_until="2026-11-01T23:59:59Z")
    assert found["state"] == "unverified"
    assert found["verified_at"] is None


def test_a_clock_ahead_of_us_is_no_crash():
    assert freshness(TX, clocks(-0.5, -0.5), NOON)["state"] == "fresh"
    assert freshness(TX, clocks(-5, -5), NOON)["state"] == "unverified"
    assert freshness(TX, {}, datetime(1999, 1, 1, tzinfo=UTC))["state"] == "unverified"


def test_every_record_has_a_day_by_which_it_must_be_checked():
    assert freshness(TX, clocks(0, 0), NOON)["check_by"] == "2027-01-21"
    assert freshness(TX, {}, NOON)["check_by"] == "2026-08-06"


def attested(text, *entries):
    return {
        **record(text),
        "attestations": [{"document": d, "day": day, "kind": "copy"} for d, day in entries],
    }


@pytest.mark.parametrize(
    ("read", "run", "state"),
    [
        ([("hs-444", "2026-11-20"), ("hs-481", "2026-11-01")], {}, "attested"),
        ([("hs-444", "2026-11-20")], {KEYS[1]: 3}, "attested"),
        ([("hs-444", "2026-11-01")], {KEYS[0]: 3, KEYS[1]: 3}, "fresh"),
        ([("hs-444", "2026-11-20"), ("hs-481", "2026-10-01")], {}, "due"),
        ([("hs-444", "2026-11-20"), ("hs-481", "2026-09-01")], {}, "stale"),
        ([("hs-444", "2026-11-20")], {}, "unverified"),
        ([("hs-444", "2026-11-20")], {KEYS[0]: 3}, "unverified"),
        ([], {KEYS[1]: 3}, "unverified"),
    ],
)
def test_the_state_says_who_read_all_that_settles_a_record_and_how_long_ago(read, run, state):
    ran = {
        key: {"url": URLS[key], "last_fetched": at(day), "verified_at": at(day)}
        for key, day in run.items()
    }
    found = freshness(attested(TEXAS, *read), ran, NOON)
    assert found["state"] == state
    assert (found["verified_at"] is None) == (state == "unverified")
    assert FreshnessState(state).trusted == (state in {"fresh", "attested", "due"})


@pytest.mark.parametrize("other", ["attested", "due", "stale", "unverified"])
def test_any_layer_may_hide_a_ban_so_that_its_worse_state_counts(tmp_path, other):
    ago = {"attested": 1, "due": 40, "stale": 90}.get(other)
    read = {} if ago is None else {"read_officially": True, "attested": at(ago)[:10]}
    publish(tmp_path, record(), {**record(FEDERAL), "pending": [], **read})
    snapshot = Store(str(tmp_path)).load()
    snapshot.ledger.update(clocks(1, 1))
    found = answer(snapshot, "US-TX", on=None, now=NOON)
    assert found.freshness == other
    assert found.stale == (other in {"stale", "unverified"})
    assert answer(snapshot, "US", on=None, now=NOON).freshness == other


def test_the_state_of_each_of_our_own_records_says_what_is_wrong_with_it():
    snapshot = load().snapshot
    for entry in snapshot.records():
        found = freshness(entry, snapshot.ledger, NOON)
        state = FreshnessState(found["state"])
        assert (state is FreshnessState.UNVERIFIED) == (found["verified_at"] is None), entry["id"]
        read = {item["document"] for item in entry["attestations"] if item["kind"] != "excerpt"}
        needed = {name for name, item in entry["documents"].items() if item["settles"]}
        if state is FreshnessState.UNVERIFIED:
            assert not entry["read_officially"], entry["id"]
            assert not needed or needed - read, entry["id"]
        assert state.trusted or found["reasons"], entry["id"]
