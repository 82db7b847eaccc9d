"""Law that differs in kind is said by the model itself, and history stands on its days."""

from datetime import date, timedelta

import jsonschema
import pytest

from regstatus.base.errors import SourceFileError
from regstatus.decide.changes import compare
from regstatus.decide.layer import Layer
from regstatus.model.canonical import whole
from regstatus.model.law import PERMISSIONS, Status
from regstatus.model.schemas import schemas
from regstatus.query.lookup import answer
from tests.support import make

TODAY = make.TODAY


def ask(snapshot, key, on=TODAY, **more):
    return answer(snapshot, key, on=on, now=make.NOON, **more).to_dict()


def limits(found):
    return {item["about"]: item["says"] for item in found["limits"]}


def test_a_place_may_ban_the_leaf_and_let_the_tree_be_planted(whole):
    malaysia = ask(whole, "MY")
    assert malaysia["status"] == "banned"
    assert malaysia["may"] == {
        "possess": "no",
        "sell": "no",
        "import": "no",
        "cultivate": "yes",
        "export": "no",
    }


def test_sale_is_limited_by_person_place_and_means_in_thailand(whole):
    before, after = ask(whole, "TH", date(2025, 10, 11)), ask(whole, "TH", date(2025, 10, 12))
    assert before["minimum_age"] == after["minimum_age"] == 18
    assert set(limits(after)) >= {"persons", "places", "means", "content", "export"}
    assert "1,000 m of a school" in limits(after)["places"]
    assert "1,000 m" not in limits(before)["places"]
    assert "hawking" in limits(after)["means"]
    assert after["may"]["export"] == after["may"]["import"] == "limited"


def test_export_depends_on_the_form_in_indonesia(whole):
    indonesia = ask(whole, "ID")
    assert indonesia["may"]["export"] == "limited"
    assert "600 micron" in limits(indonesia)["export"]
    assert indonesia["may"]["import"] == "unknown"


def test_czechia_licenses_sale_and_closes_it_across_the_border(whole):
    czechia = ask(whole, "CZ")
    assert (czechia["status"], czechia["minimum_age"]) == ("regulated", 18)
    assert czechia["seven_oh_cap"] == "0.1% by weight; 50 mg/container"
    assert czechia["duties"]["registration"] is True
    assert "across the border is forbidden" in limits(czechia)["online"]
    assert "50 g" in limits(czechia)["packs"]
    assert czechia["may"]["export"] == "limited"
    other = "nařízení vlády č. 50/2026"
    cited = {
        day: any(item["text"].startswith(other) for item in ask(whole, "CZ", day)["citations"])
        for day in (date(2026, 4, 2), date(2026, 4, 3))
    }
    assert cited == {date(2026, 4, 2): False, date(2026, 4, 3): True}
    assert czechia["since"] == "2025-11-12"  # the other species moved no status of ours


def test_a_status_that_follows_from_a_definition_is_graded_as_derived(whole):
    britain = ask(whole, "GB")
    assert (britain["status"], britain["basis"]) == ("sale_prohibited", "derived")
    assert britain["may"]["possess"] == "yes"
    assert {britain["may"][name] for name in ("sell", "import", "export")} == {"no"}


def test_an_agency_may_close_sale_and_leave_possession_alone(whole):
    canada = ask(whole, "CA")
    assert (canada["status"], canada["basis"]) == ("sale_prohibited", "agency")
    assert (canada["may"]["possess"], canada["may"]["sell"]) == ("yes", "no")


def test_a_claim_that_shows_no_text_is_no_answer(whole):
    zealand = ask(whole, "NZ")
    assert (zealand["status"], zealand["grade"]) == ("unknown", "none")
    assert "prescription" in zealand["summary"]
    assert zealand["conflicts"]


def test_the_silence_of_some_lists_is_none_where_another_was_not_read(whole):
    austria = ask(whole, "AT")
    assert set(austria["substances"].values()) == {"unknown"}
    assert "was not read" in austria["summary"]
    assert austria["may"]["sell"] == "unknown"


def test_a_schedule_that_the_states_put_into_force_says_so(whole):
    australia = ask(whole, "AU")
    assert (australia["status"], australia["schedule"]) == ("banned", "9")
    assert "law of the state" in australia["penalties"]


def test_growing_and_export_are_never_allowed_by_default():
    for status in Status:
        for activity in ("cultivate", "export"):
            expected = "no" if status is Status.BANNED else "unknown"
            assert PERMISSIONS[status][activity] == expected


HISTORY = [
    ("TH", "1943-08-03", "unknown", "banned"),
    ("TH", "2021-08-24", "banned", "unregulated"),
    ("TH", "2022-08-27", "unregulated", "regulated"),
    ("IE", "2011-11-01", "unregulated", "banned"),
    ("HK", "2021-08-13", "unregulated", "banned"),
    ("JP", "2016-03-19", "unregulated", "banned"),
    ("KR", "2016-07-26", "unknown", "banned"),
    ("SE", "2025-03-11", "unregulated", "banned"),
    ("CZ", "2025-11-12", "unregulated", "regulated"),
    ("GB", "2016-05-26", "unregulated", "sale_prohibited"),
    ("AU", "2004-09-01", "unregulated", "banned"),
]


@pytest.mark.parametrize(
    ("key", "day", "before", "after"), HISTORY, ids=[f"{e[0]} {e[1]}" for e in HISTORY]
)
def test_the_law_of_the_leaf_moved_on_its_day(whole, key, day, before, after):
    turn = date.fromisoformat(day)
    assert ask(whole, key, turn - timedelta(days=1))["status"] == before
    assert ask(whole, key, turn)["status"] == after


def test_sweden_named_the_alkaloids_one_by_one(whole):
    turns = {
        date(2011, 9, 1): ("unregulated", "banned", "unknown", "unknown"),
        date(2025, 3, 11): ("banned", "banned", "unknown", "unknown"),
        date(2026, 4, 11): ("banned", "banned", "banned", "banned"),
    }
    for day, statuses in turns.items():
        assert tuple(ask(whole, "SE", day)["substances"].values()) == statuses


def test_korea_was_banned_for_three_years_then_is_unknown_and_is_banned_again(whole):
    turns = {
        date(2016, 7, 26): "banned",  # a temporary designation, which lapses after three years
        date(2019, 7, 26): "unknown",  # made a psychotropic in 2021, on a day that was not read
        date(2022, 1, 1): "banned",
        date(2026, 12, 31): "banned",
    }
    for day, status in turns.items():
        assert ask(whole, "KR", day)["substances"]["7-oh"] == status
    assert "MFDS notice of 2025-07-24" not in str(ask(whole, "KR", date(2024, 1, 1))["citations"])
    korea = ask(whole, "KR")
    assert "inferred" in korea["summary"]
    assert korea["conflicts"]


WITH_LIMITS = make.TEXAS.replace(
    'seven_oh_cap = "2%"\nduties',
    'seven_oh_cap = "2%"\nexport = "limited"\nlimits = { online = "only at home" }\nduties',
)


def test_a_limit_is_recorded_and_answered_in_the_published_form(tmp_path):
    make.publish(tmp_path, make.record(WITH_LIMITS))
    from regstatus.store.reader import Store

    found = ask(Store(tmp_path).load(), "US-TX")
    told = {"jurisdiction": "US-TX", "about": "online", "says": "only at home"}
    assert found["limits"] == [told]
    assert found["may"]["export"] == "unknown"  # the federal layer was not read
    jsonschema.validate(found, schemas()["answer"])


def test_a_moved_limit_is_a_change_of_terms():
    old, new = make.record(), make.record(WITH_LIMITS)
    kinds = [
        (str(change.kind), change.before, change.after)
        for change in compare({"US-TX": old}, {"US-TX": new}, TODAY)
    ]
    assert ("terms_changed", "not recorded", "online only at home") in kinds


def test_a_version_that_did_not_code_limits_yet_reads_as_one_that_left_them_out():
    old, new = make.record(), make.record()
    for period in old["timeline"]:
        del period["limits"]
    whole(old, "RecordData", "a snapshot")
    assert Layer("US-TX", old, TODAY).limits() == []
    assert list(compare({"US-TX": old}, {"US-TX": new}, TODAY)) == []


def test_an_unknown_limit_and_a_ban_that_no_rule_reads_are_faults():
    with pytest.raises(SourceFileError, match="unknown limit colour; the limits are persons"):
        make.source(WITH_LIMITS.replace("online", "colour"))
    shown = 'shows = { minimum_age = 18, seven_oh_cap = "2%", prohibits = ["export"] }'
    with pytest.raises(SourceFileError, match="no rule reads a ban on export"):
        make.source(make.TEXAS.replace('shows = { minimum_age = 18, seven_oh_cap = "2%" }', shown))
