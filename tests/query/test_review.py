"""The queue of what a person should look at: worst first, with both sides, at every door."""

import json

import pytest

from regstatus.cli import main
from regstatus.query.review import KINDS
from tests.support.make import FEDERAL, NOON, TEXAS, finding, publish, record

CONFLICT = """
[[conflicts]]
about = "Whether 7-OH may be sold"
claims = ["A tracker: it may.", "The Department: it may not."]
held = "Regulated."
"""
BY_HAND = TEXAS.replace('reads = "statute"\n', 'reads = "statute"\npeople_only = true\n')


@pytest.fixture
def store(tmp_path):
    # FEDERAL has a notice whose earliest day has passed; the age that was read is another one.
    publish(
        tmp_path,
        record(BY_HAND + CONFLICT),
        record(FEDERAL),
        record(TEXAS.replace("US-TX", "US-OK"), {"hs-444": finding(age=21, cap=2)}),
    )
    return tmp_path


def asked(store, capsys, *more):
    assert main(["review", "--snapshots", str(store), *more]) == 0
    return capsys.readouterr().out


def test_the_worst_comes_first_and_nothing_is_left_out(store, capsys):
    found = json.loads(asked(store, capsys, "--json"))
    assert [item["rank"] for item in found] == [*range(1, len(found) + 1)]
    ranks = [KINDS.index(item["kind"]) for item in found]
    assert ranks == sorted(ranks)
    assert {item["kind"] for item in found} == {*KINDS} - {"doubtful"}
    assert found[0]["jurisdiction"] == "US-OK"


def test_each_shows_both_sides_and_the_next_step(store, capsys):
    found = {item["kind"]: item for item in json.loads(asked(store, capsys, "--json"))}
    contradiction = found["contradiction"]
    assert "18" in contradiction["recorded"]
    assert "21" in contradiction["other"]
    assert "regstatus attest US-OK --document hs-444" in contradiction["next"]
    assert "A tracker" in found["conflict"]["recorded"]
    assert "The Department" in found["conflict"]["other"]
    assert found["passed"]["other"].endswith("Possible since 2026-11-13.")
    assert "--document hs-444 --page FILE" in found["by_hand"]["next"]
    text = asked(store, capsys, "--jurisdiction", "texas")
    assert "Texas (US-TX): conflict" in text
    assert "Texas (US-TX): only people can read it" in text
    assert "US-OK" not in text


@pytest.mark.parametrize("kind", ["a bill", "an amendment", "a rule that was laid"])
def test_no_proposal_reads_as_one_that_passed(tmp_path, capsys, kind):
    publish(tmp_path, record(FEDERAL.replace("notice of intent", kind)))
    text = asked(tmp_path, capsys)
    assert "(US): a proposal, perhaps law by now" in text
    assert "passed" not in text


def test_the_first_of_many_are_shown_and_the_rest_are_counted(tmp_path, capsys):
    many = [record(TEXAS.replace("US-TX", f"US-{code}")) for code in
            ("TX", "OK", "NM", "LA", "AR", "KS", "CO", "UT", "AZ", "NV", "CA", "OR")]  # fmt: skip
    publish(tmp_path, *many, created=NOON)
    text = asked(tmp_path, capsys)
    assert "10. " in text
    assert "11. " not in text
    assert "and 2 more" in text


def test_a_proposal_whose_day_is_to_come_is_not_pressing(tmp_path, capsys):
    publish(tmp_path, record(FEDERAL.replace("earliest = 2026-11-13", "earliest = 2199-11-13")))
    kinds = {item["kind"] for item in json.loads(asked(tmp_path, capsys, "--json"))}
    assert "passed" not in kinds
