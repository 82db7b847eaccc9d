"""Looking up: the strictest layer governs, unknown is never permission, days are inclusive from."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regstatus
from regstatus.base.errors import AmbiguousJurisdiction, UnknownJurisdiction, UsageError
from regstatus.model.law import PERMISSIONS, Permission, Status
from regstatus.model.schemas import schemas
from regstatus.model.strictness import strictest_permission
from regstatus.query import lookup
from regstatus.query.lookup import answer
from regstatus.store.reader import Store
from tests.support.make import FEDERAL, NOON, TEXAS, TODAY, finding, publish, record

CITY = """
jurisdiction = "US-TX/oz"
name = "Oz"
kind = "city"
ocd_id = "ocd-division/country:us/state:tx/place:oz"
attested = 2026-06-07
attested_by = "third-party reading"

[[instruments]]
id = "code"
citation = "Oz City Code art. 8"
type = "ordinance"

[[timeline]]
from = 2025-08-11
leaf = "sale_prohibited"
grade = "secondary"
instruments = ["code"]
"""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    path = tmp_path_factory.mktemp("store")
    publish(path, record(), record(FEDERAL), record(CITY))
    return Store(path).load()


def ask(snapshot, name, on=TODAY, **more):
    return answer(snapshot, name, on=on, now=NOON, **more).to_dict()


def test_a_period_is_inclusive_from_and_exclusive_until(snapshot):
    assert ask(snapshot, "US-TX", date(2023, 8, 31))["status"] == "unregulated"
    assert ask(snapshot, "US-TX", date(2023, 9, 1))["status"] == "regulated"


LATER = """
[[instruments]]
id = "notice"
citation = "Notice of 2024"
type = "notice"
enacted = 2024-05-01
quote = "the words of the notice"
quote_from = "the notice"
until = 2025-05-01
"""


def test_no_law_is_cited_for_a_day_before_it_or_after_its_end(tmp_path):
    text = TEXAS.replace('instruments = ["sb-497"]', 'instruments = ["sb-497", "notice"]') + LATER
    position = (
        '\n[[positions]]\nby = "An agency"\ncitation = "Letter"\ndate = 2024-05-01\nsays = "No"\n'
    )
    publish(tmp_path, record(text + position), record(FEDERAL))
    snapshot = Store(tmp_path).load()
    seen = {}
    for day in (date(2024, 4, 30), date(2024, 5, 1), date(2025, 5, 1)):
        found = ask(snapshot, "US-TX", day)
        seen[day.isoformat()] = (
            any(item["text"] == "Notice of 2024" for item in found["citations"]),
            any(item["quote"] == "the words of the notice" for item in found["evidence"]),
            any("Notice of 2024" in item["citations"] for item in found["history"]),
            any(item["citation"] == "Letter" for item in found["positions"]),
        )
    assert seen == {
        "2024-04-30": (False, False, False, False),
        "2024-05-01": (True, True, True, True),
        "2025-05-01": (False, False, False, True),
    }


@pytest.mark.parametrize(
    "url",
    [
        "https://law.example.gov/",
        "https://api.example.gov/v1/titles",
        "https://law.example.gov/api/text/5",
        "https://law.example.gov/titles?$filter=a",
        "https://law.example.gov/list.json",
        "https://law.example.gov/DRF?OC={env:KEY}",
    ],
)
def test_an_address_that_shows_a_person_no_law_is_not_given_as_its_citation(tmp_path, url):
    publish(tmp_path, record(TEXAS.replace("https://statutes.example.gov/HS.444.htm", url)))
    (cited,) = ask(Store(tmp_path).load(), "US-TX")["citations"]
    assert cited["url"] is None


def test_what_a_town_forbids_has_neither_the_state_s_age_nor_its_penalties(tmp_path):
    state = TEXAS.replace("minimum_age = 18\nseven", 'minimum_age = 18\npenalties = "None."\nseven')
    publish(tmp_path, record(state), record(FEDERAL), record(CITY))
    snapshot = Store(tmp_path).load()
    assert (ask(snapshot, "US-TX")["minimum_age"], ask(snapshot, "US-TX")["penalties"]) == (
        18,
        "None.",
    )
    town = ask(snapshot, "US-TX/oz")
    assert (town["status"], town["minimum_age"], town["penalties"]) == (
        "sale_prohibited",
        None,
        None,
    )


def test_what_is_unknown_has_no_basis(snapshot):
    assert ask(snapshot, "FR")["basis"] is None
    assert ask(snapshot, "US-TX", date(2023, 8, 31))["basis"] == "silence"
    assert ask(snapshot, "US-TX", date(2023, 8, 31), substance="derivatives")["basis"] is None


def test_the_strictest_layer_governs_each_substance(snapshot):
    found = ask(snapshot, "US-TX")
    assert found["substances"] == {
        "leaf": "regulated",
        "mitragynine": "regulated",
        "7-oh": "regulated",
        "derivatives": "banned",
    }
    assert found["details"]["derivatives"]["by"] == "US"
    assert found["summary"].endswith("Stricter: derivatives banned.")
    assert [layer["id"] for layer in found["layers"]] == ["US-TX", "US"]
    assert (
        ask(snapshot, "US-TX", date(2026, 8, 25))["substances"]["derivatives"] == "sale_prohibited"
    )


def test_a_locality_speaks_only_of_what_it_addresses(snapshot):
    found = ask(snapshot, "US-TX/oz")
    assert found["status"] == "sale_prohibited"
    assert found["substances"]["7-oh"] == "regulated"
    assert found["layers"][0]["substances"]["7-oh"] is None
    trade = {"possess": "yes", "sell": "no", "import": "no"}
    assert found["may"] == {**trade, "cultivate": "unknown", "export": "unknown"}


def test_a_state_without_a_record_is_unknown_and_nothing_may_be_done(snapshot):
    found = ask(snapshot, "US-OH")
    assert found["status"] == "unknown"
    assert set(found["may"].values()) == {"unknown"}
    assert found["grade"] == "none"
    assert "do not take this for permission" in found["summary"]
    assert found["freshness"]["state"] == "unverified"


def test_a_country_that_was_never_checked_is_unknown_not_legal(snapshot):
    found = ask(snapshot, "France")
    assert found["jurisdiction"]["id"] == "FR"
    assert set(found["substances"].values()) == {"unknown"}


def test_what_a_town_that_bans_the_leaf_says_of_an_alkaloid_is_not_the_states_milder_word(tmp_path):
    unread = CITY.replace('grade = "secondary"', 'mitragynine = "unknown"\ngrade = "secondary"')
    publish(tmp_path, record(), record(FEDERAL), record(unread))
    found = ask(Store(tmp_path).load(), "US-TX/oz")
    assert found["status"] == "sale_prohibited"
    assert found["substances"]["mitragynine"] == "unknown"
    assert found["substances"]["7-oh"] == "regulated"
    assert found["substances"]["derivatives"] == "banned"


def test_a_day_before_the_record_reaches_back_is_unknown(snapshot):
    assert ask(snapshot, "US-TX/oz", date(2020, 1, 1))["layers"][0]["status"] == "unknown"


def test_an_upper_layer_that_nobody_read_takes_back_unregulated(tmp_path):
    silent = TEXAS[: TEXAS.rindex("[[timeline]]")].replace("until = 2023-09-01\n", "")
    publish(tmp_path, record(silent))
    found = ask(Store(tmp_path).load(), "US-TX")
    assert found["layers"][0]["status"] == "unregulated"
    assert found["status"] == "unknown"


def test_a_contradiction_is_answered_by_the_stricter_reading_with_both_sides(tmp_path):
    found = {"hs-444": finding(age=21, cap=1.0)}
    publish(tmp_path, record(findings=found), record(FEDERAL))
    now = ask(Store(tmp_path).load(), "US-TX")
    assert (now["minimum_age"], now["seven_oh_cap"]) == (21, "1%")
    assert now["review"]["open"] == 2
    assert {item["recorded"] for item in now["review"]["contradictions"]} == {"18", "2%"}
    before = ask(Store(tmp_path).load(), "US-TX", date(2026, 11, 21))
    assert (before["minimum_age"], before["seven_oh_cap"]) == (18, "2%")


def test_since_and_until_are_those_of_the_status_asked_for(snapshot):
    found = ask(snapshot, "US-TX")
    assert (found["since"], found["until"]) == ("2023-09-01", None)
    found = ask(snapshot, "US", substance="MGM-15")
    assert found["substance"] == "derivatives"
    assert (found["status"], found["since"]) == ("banned", "2026-08-26")


def test_a_gap_after_a_temporary_order_is_unknown_and_ends_the_status(snapshot):
    after = ask(snapshot, "US", date(2028, 8, 26))
    assert set(after["substances"].values()) == {"unknown"}


def test_history_and_coming_split_at_the_day(snapshot):
    found = ask(snapshot, "US-TX", date(2020, 5, 5))
    assert [item["from"] for item in found["history"]] == ["2012-01-01"]
    assert [item["from"] for item in found["upcoming"]] == [
        "2023-09-01",
        "2026-08-26",
        "2028-08-26",
    ]
    assert [item["lapse"] for item in found["upcoming"]] == [False, False, True]


def test_the_contract_holds_for_every_kind_of_answer(snapshot):
    check = jsonschema.Draft202012Validator(
        schemas()["answer"], format_checker=jsonschema.FormatChecker()
    )
    for name in ("US", "US-TX", "US-TX/oz", "US-OH", "FR"):
        for day in (date(2000, 1, 1), TODAY, date(2040, 1, 1)):
            for substance in (None, "7-oh"):
                check.validate(ask(snapshot, name, day, substance=substance))


def test_names_are_understood_or_asked_back(snapshot):
    assert ask(snapshot, "oz, texas")["jurisdiction"]["id"] == "US-TX/oz"
    assert ask(snapshot, "ocd-division/country:us/state:tx")["jurisdiction"]["id"] == "US-TX"
    with pytest.raises(AmbiguousJurisdiction):
        ask(snapshot, "Georgia")
    with pytest.raises(UnknownJurisdiction, match="Texas"):
        ask(snapshot, "Texsa")
    with pytest.raises(UsageError, match="not a substance"):
        ask(snapshot, "US-TX", substance="tea")


def test_unknown_is_stricter_than_whatever_puts_no_duty_on_a_sale():
    order = sorted(Status, key=lambda status: -status.severity)
    assert [str(s) for s in order] == [
        "banned",
        "sale_prohibited",
        "prescription_only",
        "regulated",
        "unknown",
        "age_restricted",
        "unregulated",
    ]


@given(st.lists(st.sampled_from(Permission)))
def test_no_layer_makes_an_activity_more_permissive(values):
    found = strictest_permission(values)
    order = ("yes", "depends", "limited", "unknown", "no")
    assert all(order.index(found) >= order.index(value) for value in values)
    assert strictest_permission([*values, Permission.UNKNOWN]) is not Permission.YES


def test_every_status_says_what_one_may_do():
    assert set(PERMISSIONS) == set(Status)
    assert set(PERMISSIONS["unknown"].values()) == {"unknown"}


def test_an_answer_is_a_typed_and_read_only_view(snapshot):
    found = answer(snapshot, "US-TX", on=TODAY, now=NOON)
    assert found.status is Status.REGULATED
    assert found.may["sell"] is Permission.LIMITED
    assert found.stale
    found.to_dict()["status"] = "unregulated"
    assert found["status"] == "regulated"
    with pytest.raises(AttributeError):
        found.status = "x"


def test_a_repeated_question_is_answered_from_memory_until_the_files_change(tmp_path):
    publish(tmp_path, record())
    first = regstatus.lookup("US-TX", snapshots=str(tmp_path))
    assert regstatus.lookup("US-TX", snapshots=str(tmp_path)) is first
    publish(tmp_path, record(TEXAS.replace("minimum_age = 18", "minimum_age = 21")))
    assert regstatus.lookup("US-TX", snapshots=str(tmp_path)).minimum_age == 21
    assert regstatus.lookup("US-TX", snapshots=str(tmp_path), on="2020-01-01").minimum_age is None


def test_what_another_process_wrote_is_seen_within_a_second(tmp_path):
    publish(tmp_path, record())
    assert regstatus.lookup("US-TX", snapshots=str(tmp_path)).minimum_age == 18
    words = TEXAS.replace("minimum_age = 18", "minimum_age = 21")
    script = (
        f"from tests.support.make import publish, record; publish({tmp_path!r}, record({words!r}))"
    )
    script = script.replace("PosixPath", "__import__('pathlib').Path")
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[2])
    regstatus._until[0] = 0.0  # the second is over
    assert regstatus.lookup("US-TX", snapshots=str(tmp_path)).minimum_age == 21


def test_an_answer_handed_out_cannot_be_spoilt_for_the_next_reader(tmp_path):
    publish(tmp_path, record())
    spoilt = regstatus.lookup("US-TX", snapshots=str(tmp_path)).to_dict()
    spoilt["status"] = "unregulated"
    spoilt["substances"]["leaf"] = "unregulated"
    again = regstatus.lookup("US-TX", snapshots=str(tmp_path))
    assert again["substances"]["leaf"] == again.to_dict()["status"] != "unregulated"


THINGS = (1, 1.5, float("nan"), True, b"US-TX", ["US-TX"], {}, len)


@pytest.mark.parametrize("thing", [None, *THINGS], ids=repr)
def test_what_is_no_text_is_no_place(tmp_path, thing):
    publish(tmp_path, record(TEXAS), record(FEDERAL))
    for ask in (regstatus.load(str(tmp_path)).lookup, regstatus.lookup):
        with pytest.raises(regstatus.UnknownJurisdiction, match="no name or code of a place"):
            ask(thing, **({"snapshots": str(tmp_path)} if ask is regstatus.lookup else {}))


@pytest.mark.parametrize("thing", THINGS, ids=repr)
def test_what_is_no_text_is_no_substance_and_no_folder(tmp_path, thing):
    publish(tmp_path, record(TEXAS), record(FEDERAL))
    with pytest.raises(regstatus.UsageError, match="7-oh"):
        regstatus.lookup("US-TX", substance=thing, snapshots=str(tmp_path))
    if not isinstance(thing, bytes):
        with pytest.raises(regstatus.UsageError, match="s3://"):
            regstatus.lookup("US-TX", snapshots=thing)


def test_a_folder_of_snapshots_may_be_a_path(tmp_path):
    publish(tmp_path, record(TEXAS), record(FEDERAL))
    assert regstatus.lookup("US-TX", snapshots=tmp_path).status == "regulated"
    assert regstatus.load(tmp_path).version == regstatus.load(str(tmp_path)).version
    assert [*regstatus.jurisdictions(tmp_path)]


@pytest.mark.parametrize(
    "now", [datetime(1970, 1, 1, tzinfo=UTC), datetime(2026, 6, 6, tzinfo=UTC)]
)
def test_a_clock_that_is_behind_counts_no_days_below_nothing(tmp_path, now):
    publish(tmp_path, record(TEXAS), record(FEDERAL))
    reasons = regstatus.lookup("US-TX", now=now, snapshots=tmp_path)["freshness"]["reasons"]
    assert any("2026-06-07 by third-party reading, a day still to come" in why for why in reasons)
    assert not any(", -" in why for why in reasons)


@pytest.mark.parametrize("town", ["US-MS/pontotoc", "US-WA/spokane", "US-CA/orange"])
def test_a_town_whose_name_begins_that_of_a_neighbour_holds_nothing_of_it(town):
    day, shipped = date(2026, 11, 22), regstatus.load()
    near = [ident for ident in shipped.snapshot.ids if ident.startswith(f"{town}-")]
    assert near
    assert lookup.below(near, town) == []
    assert lookup.below(near, town[:5]) == near
    assert shipped.lookup(town, on=day)["stricter_within"] == []
