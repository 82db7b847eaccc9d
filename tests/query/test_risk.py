"""What not to rely on is listed by how much harm it may do: worst first, a line each, at every door."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from regstatus import load
from regstatus.cli import main
from regstatus.query.lists import View
from regstatus.query.review import RISKS
from regstatus.store import open_store
from tests.support.make import NOON, TEXAS, publish, record

OPEN = TEXAS[: TEXAS.index("[[timeline]]")] + TEXAS[TEXAS.rindex("[[timeline]]") :].replace(
    "from = 2023-09-01\n", ""
)
BANNED = OPEN.replace('"regulated"', '"banned"').replace('seven_oh_cap = "2%"\n', "")
BANNED = BANNED.replace("minimum_age = 18\n", "").replace(
    "duties = { labelling = true, testing = false }\n", ""
)
BILL = """
[[pending]]
citation = "HB 12 of the 90th Legislature"
stage = "passed the House"
says = "Would put kratom in Schedule I."
substances = ["leaf"]
as_of = 2026-06-01
"""
DATED = f"{BILL}earliest = 2026-09-01\n"
DISPUTE = """
[[conflicts]]
about = "Whether HB 12 is law"
claims = ["A tracker: it is.", "An agency: it is not."]
held = "Unknown."
"""


def put(text, place, **facts):
    return record(text.replace("US-TX", place)) | facts


def told(tmp_path, capsys, *records, form="--json"):
    publish(tmp_path, *records)
    words = ["stale", "--due", "--snapshots", str(tmp_path), *form.split()]
    assert main(words) == 1
    return capsys.readouterr().out


def items(tmp_path, capsys, *records):
    return {item["id"]: item for item in json.loads(told(tmp_path, capsys, *records))}


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setattr("regstatus.cli._list.now", lambda: NOON)


@pytest.mark.parametrize(
    ("text", "risk", "why"),
    [
        (OPEN + DATED, "ban_missing", "may be law since 2026-09-01: HB 12 of"),
        (OPEN + BILL, "ban_missing", "was pending on 2026-06-01: HB 12 of"),
        (OPEN.replace('leaf = "regulated"', 'leaf = "unknown"') + DISPUTE, "ban_missing",
         "disputed: Whether HB 12 is law"),
        (OPEN.replace('leaf = "regulated"', 'leaf = "unknown"\nprobably = { leaf = "banned" }\n'
         'accounts = ["A tracker: banned.", "An agency: banned."]') + DATED, "ban_missing",
         "by several accounts probably banned: kratom leaf"),
        (OPEN + BILL.replace("06-01", "11-20"), "old_reading", "secondary, 168 days old"),
        (OPEN + DISPUTE, "old_reading", "secondary, 168 days old"),
        (OPEN + DATED.replace("2026-09-01", "2027-01-01"), "old_reading", "secondary, 168 days"),
        (BANNED + DATED, "change_due", "may be law since 2026-09-01: HB 12 of"),
        (BANNED + BILL, "old_reading", "secondary, 168 days old"),
        (TEXAS.replace("2023-09-01", "2026-10-01"), "change_due", "changed on 2026-10-01"),
    ],
)  # fmt: skip
def test_each_is_called_by_its_worst_risk_and_says_why(tmp_path, capsys, text, risk, why):
    found = items(tmp_path, capsys, put(text, "US-TX"))["US-TX"]
    assert (found["risk"], found["why"][: len(why)]) == (risk, why)
    assert any(found["why"].partition(": ")[2] in reason for reason in found["reasons"])
    assert any("never fetched" in reason for reason in found["reasons"])


@pytest.mark.parametrize(
    ("beside", "why"),
    [
        ([BANNED, BANNED, OPEN], "2 of 3 beside it forbid kratom leaf"),
        ([BANNED, BANNED, BANNED, BANNED], "4 of 4 beside it forbid kratom leaf"),
        ([BANNED, BANNED, OPEN, OPEN], None),
        ([BANNED, BANNED], None),
    ],
)
def test_a_place_among_those_that_forbid_may_forbid_too(tmp_path, capsys, beside, why):
    others = [
        put(text, place)
        for text, place in zip(beside, ("US-OK", "US-AR", "US-LA", "US-NM"), strict=False)
    ]
    found = items(tmp_path, capsys, put(OPEN, "US-TX"), *others)
    assert (found["US-TX"]["why"] == why) == (found["US-TX"]["risk"] == "ban_missing")
    assert (why is not None) == (found["US-TX"]["risk"] == "ban_missing")
    assert found["US-AR"]["risk"] == "old_reading"


def test_what_a_layer_above_forbids_is_missing_nowhere_below(tmp_path, capsys):
    found = items(tmp_path, capsys, put(BANNED, "US"), put(OPEN + DATED, "US-TX"))
    assert found["US-TX"]["risk"] == "change_due"


def test_the_worst_comes_first_and_permission_before_prohibition(tmp_path, capsys):
    found = items(
        tmp_path,
        capsys,
        put(BANNED, "US-AL"),
        put(OPEN, "US-NM"),
        put(OPEN, "US-OK", attested="2026-05-01"),
        put(BANNED + DATED, "US-AR"),
        put(OPEN + BILL, "US-LA"),
        put(OPEN + DATED, "US-TX"),
    )
    assert [*found] == ["US-TX", "US-LA", "US-AR", "US-OK", "US-NM", "US-AL"]


@pytest.mark.parametrize(
    "text", ["H" * 300, "毒品危害防制條例" * 20, "\x1b[31mHB 12\nof 2026 " * 9]
)
def test_a_line_fits_a_terminal_whatever_stands_in_it(tmp_path, capsys, text):
    quoted = json.dumps(text.replace("\n", " ").replace("\x1b", ""), ensure_ascii=False)
    bill = DATED.replace('"HB 12 of the 90th Legislature"', quoted)
    out = told(tmp_path, capsys, put(OPEN + bill, "US-TX"), form="--format table")
    heading, line = out.splitlines()
    assert heading == f"{RISKS['ban_missing']}:"
    wide = sum(2 if char > "\u2fff" else 1 for char in line)
    assert 70 < wide <= 80
    assert line.startswith("  US-TX  unverified  may be law since 2026-09-01: ")


def test_of_our_own_records_each_has_one_line_its_own_reason_and_the_same_order_at_every_door(
    capsys,
):
    view = View(open_store(None), load, NOON, everywhere=False)
    main(["stale", "--due"])
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert [line.removesuffix(":") for line in lines if not line.startswith(" ")] == [
        *RISKS.values()
    ]
    ids = [line.split()[0] for line in lines if line.startswith(" ")]
    main(["stale", "--due", "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["id"] for row in rows] == ids == [item["id"] for item in view.stale]
    assert sorted(ids) == sorted(key for key, state in view.states.items() if state["reasons"])
    assert len({row["why"] for row in rows}) > len(rows) / 3
    assert [row["risk"] for row in rows] == sorted((r["risk"] for r in rows), key=[*RISKS].index)


def test_age_is_told_as_of_the_day_that_is_passed(tmp_path):
    publish(tmp_path, put(OPEN, "US-TX"))
    for year, days in ((2026, 207), (2027, 572), (2030, 1668)):
        at = datetime(year, 12, 31, tzinfo=UTC)
        view = View(open_store(tmp_path), lambda: load(tmp_path), at, everywhere=False)
        assert view.stale[0]["why"] == f"secondary, {days} days old, limit 60"
