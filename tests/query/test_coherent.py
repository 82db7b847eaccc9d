"""No answer contradicts itself, another day or another door: every record, on each day on which it moves."""

from datetime import UTC, date, datetime, timedelta
from functools import cache, partial

import pytest

from regstatus.base.errors import SourceFileError
from regstatus.catalog.sources import check_text
from regstatus.cli._text import show
from regstatus.decide.days_of_law import horizon, turns
from regstatus.query.dataset import Dataset
from regstatus.query.lookup import answer
from tests.conftest import ROOT
from tests.support.make import TEXAS

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def whole():
    from regstatus.store.reader import Store

    return Store(ROOT / "snapshots").load()


def ask(snapshot, key, day, substance=None):
    on = date.fromisoformat(day)
    return answer(snapshot, key, on=on, now=NOW, substance=substance).to_dict()


def days_of(record):
    first, last = horizon(record)
    found = turns(record) | {first, last, "1776-07-04", "2026-11-30", "9999-12-31"}
    eves = {(date.fromisoformat(d) - timedelta(days=1)).isoformat() for d in found}
    return sorted(found | eves)


def contradictions(found):
    closed = found["may"]["sell"] == "no"
    if closed and (found["minimum_age"] or any(found["duties"].values())):
        yield "an age or duty where nobody may sell"
    if closed and found["seven_oh_cap"] and found["substance"] is None:
        yield "a cap where no leaf may be sold"
    if found["status"] in {"banned", "sale_prohibited"} and not closed:
        yield "a closed status and an open sale"
    if found["status"] == "age_restricted" and not found["minimum_age"]:
        yield "an age limit without an age"
    if found["status"] == "unregulated" and found["basis"] != "silence":
        yield "express words for what no law names"
    if found["since"] and found["since_at_latest"]:
        yield "two first days"


def test_no_answer_contradicts_itself_on_any_day_on_which_its_law_moves(whole):
    for record in whole.records():
        for day in days_of(record):
            for substance in (None, "7-oh"):
                found = ask(whole, record["id"], day, substance)
                assert [*contradictions(found)] == [], (record["id"], day, substance)


def test_what_is_coming_is_what_the_answer_for_its_day_says(whole):
    for record in whole.records():
        marked = {p["from"] for p in record["timeline"] if p["from_at_latest"]}
        on = cache(partial(ask, whole, record["id"]))
        for day in days_of(record):
            for item in on(day)["upcoming"]:
                then = on(item["from"])
                assert item["substances"] == then["substances"], (record["id"], item["from"])
                assert item["jurisdiction"] != record["id"] or item["from"] not in marked


def test_the_day_before_a_day_at_the_latest_is_unknown_and_its_status_is_never_coming(whole):
    seen = 0
    for record in whole.records():
        for period in record["timeline"]:
            if not period["from_at_latest"]:
                continue
            eve = (date.fromisoformat(period["from"]) - timedelta(days=1)).isoformat()
            before, on = (ask(whole, record["id"], day) for day in (eve, period["from"]))
            own, then = before["layers"][0], on["layers"][0]
            moved = [n for n, s in then["substances"].items() if own["substances"][n] != s]
            assert all(own["substances"][name] in {"unknown", None} for name in moved), record["id"]
            assert before["until"] != period["from"]
            if then["status"] and "leaf" in moved and then["status"] != "unknown":
                assert (then["since"], then["since_at_latest"]) == (None, period["from"])
            seen += 1
    assert seen > 70


@pytest.mark.parametrize("key", ["US-TX", "DE", "US-WI", "TH", "US-CA/san-diego", "IE"])
@pytest.mark.parametrize("day", ["0001-01-01", "1776-07-04", "9999-12-31"])
def test_outside_what_was_researched_all_is_unknown_and_the_answer_says_why(whole, key, day):
    found = ask(whole, key, day)
    assert set(found["substances"].values()) == {"unknown"}
    assert set(found["may"].values()) == {"unknown"}
    assert ("Not researched before" if day < "2" else "is carried on to") in found["summary"]
    assert (found["since"], found["since_at_latest"], found["until"]) == (None, None, None)
    assert found["layers"][0]["researched_from"] > "1900" or key == "TH"


def test_what_is_unknown_stands_in_the_headline_and_at_least_beside_the_least_that_holds(whole):
    seen = 0
    for found in (item.to_dict() for item in Dataset(whole).answers(on="2026-11-30", now=NOW)):
        head = "\n".join(show(found).split("\n")[:4])
        for name, detail in found["details"].items():
            words = "7-OH" if name == "7-oh" else name
            if detail["status"] == "unknown" and found["status"] != "unknown":
                assert words in head, found["jurisdiction"]["id"]
                assert "UNKNOWN" in head
                seen += 1
            if detail["at_least"]:
                assert words in head
                assert "AT LEAST" in head
    assert seen > 50


# The checker: each kind, planted.

BAN = TEXAS.replace('leaf = "regulated"', 'leaf = "banned"', 1)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("from = 2023-09-01", "from = 2026-06-07", "from_at_latest"),
        (
            "from = 2023-09-01",
            'from = 2023-09-02\nsummary = "In force by May 2020."',
            "in force by",
        ),
        (
            "from = 2023-09-01",
            'from = 2023-09-02\nsummary = "In force at the latest since 2020."',
            "at the latest",
        ),
        (
            "from = 2023-09-01",
            'from = 2023-09-02\nsummary = "Sold from 18; the day is presumed."',
            "is presumed",
        ),
        ("from = 2023-09-01", "from = 2023-09-01\nfrom_at_latest = true", "earlier until"),
        ('leaf = "regulated"', 'leaf = "banned"', "no duty of a seller holds"),
        ('leaf = "regulated"', 'leaf = "sale_prohibited"\nsell = "limited"', "leave sell out"),
        ("minimum_age = 18\n", "", "age_restricted needs minimum_age"),
    ],
)
def test_each_kind_is_found_where_it_is_planted_with_its_line_and_remedy(old, new, says):
    check_text(TEXAS, "x.toml", closely=True)
    head, at, rest = TEXAS.rpartition("[[timeline]]")
    if says.startswith("age_restricted"):
        rest = rest.replace('leaf = "regulated"', 'leaf = "age_restricted"')
    planted = head + at + rest.replace(old, new, 1)
    assert planted != TEXAS
    if "attested = " in planted and new == "from = 2026-06-07":
        attested = planted.split("attested = ")[1].split("\n")[0].split()[0]
        planted = planted.replace(new, f"from = {attested}")
    with pytest.raises(SourceFileError, match=r"x\.toml:\d+: timeline\[\d\]") as found:
        check_text(planted, "x.toml", closely=True)
    assert says in str(found.value).lower()
