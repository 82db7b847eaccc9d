"""One spelling of a day at every door, and a «today» that follows the clock and says its zone."""

import csv
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import time_machine
from freezegun import freeze_time

import regstatus
from regstatus.base.days import is_recent, read_day
from regstatus.base.errors import SourceFileError, UsageError
from regstatus.catalog.sources import check_text
from regstatus.cli import main
from regstatus.tables.screen.orders import screen
from regstatus.web.service.library import Library
from tests.support.make import FEDERAL, NOON, TEXAS, publish, record

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")

SPELLINGS = (
    "25-07-01", "1-7-25", "025-07-01", "2025-7-1", "20250701", "2025-W27-2", "2025-182",
    "２０２５-07-01", "٢٠٢٥-07-01", "2025–07–01", "2025/07/01", "01.07.2025", " 2025-07-01",
    "2025-07-01 ", "2025-07-01\n", "+2025-07-01", "-2025-07-01", "0000-01-01", "10000-01-01",
    "2025-02-29", "2025-13-01", "2025-07-00", "2025-07-01T10:00", "", "NaT", "today", "nan",
)  # fmt: skip
THINGS = (
    pd.NaT, pd.NA, np.datetime64("2025-07-01"), np.datetime64("NaT"), 20250701, 1.7e9, float("nan"),
    float("inf"), True, False, 0, Decimal("2025.07"), b"2025-07-01", [2025, 7, 1], {}, (2025, 7, 1),
    timedelta(days=1), ..., pd.Series(["2025-07-01"]), pd.Period("2025-07-01"),
)  # fmt: skip


class Odd(date):
    """A date that shows itself in another way."""

    def isoformat(self):
        return "25-7-1"

    __str__ = __repr__ = isoformat


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("store")
    publish(path, record(TEXAS), record(FEDERAL))
    return str(path)


@pytest.mark.parametrize("thing", [*SPELLINGS, *THINGS], ids=repr)
def test_python_takes_nothing_for_a_day_that_is_none(store, thing):
    opened = regstatus.load(store)
    for ask in (
        lambda: regstatus.lookup("US-TX", on=thing, snapshots=store),
        lambda: regstatus.lookup("US-TX", on=thing, snapshots=store, now=NOON),
        lambda: regstatus.lookup("US-TX", as_known_on=thing, snapshots=store),
        lambda: regstatus.load(store, as_known_on=thing),
        lambda: opened.lookup("US-TX", on=thing),
        lambda: list(opened.answers(on=thing)),
    ):
        with pytest.raises(UsageError, match="2026-11-22"):
            ask()


@pytest.mark.parametrize("text", SPELLINGS)
@pytest.mark.parametrize(
    "command",
    [
        "lookup US-TX --on", "cite US-TX --on", "list --on", "upcoming --on", "inspect page.html --on",
        "export law --on", "lookup US-TX --as-known-on", "list --as-known-on", "changes --since",
    ],
)  # fmt: skip
def test_a_command_refuses_what_is_no_day_and_shows_how_to_write_one(
    store, capsys, monkeypatch, tmp_path, command, text
):
    monkeypatch.setenv("REGSTATUS_SNAPSHOTS", store)
    monkeypatch.chdir(tmp_path)
    Path("page.html").write_text("<p>Nothing.</p>", encoding="utf-8")
    *words, option = command.split()
    assert main([*words, f"{option}={text}"]) == 2
    said = capsys.readouterr()
    assert "2026-11-22" in said.err
    assert not said.out
    assert not Path("law").exists()


@pytest.mark.parametrize("column", ["from", "until", "attested", "effective"])
@pytest.mark.parametrize(
    "value",
    ['"23-09-01"', '"20230901"', '"2023-W35-5"', '"２０２３-09-01"', "1693526400", "20230901.0"],
)
def test_a_source_file_takes_no_other_spelling_and_no_number_for_a_day(column, value):
    text = TEXAS.replace("from = 2023-09-01", "from = 2023-09-01\nuntil = 2030-01-01")
    found = next(line for line in text.splitlines() if line.startswith(f"{column} = "))
    number = text.splitlines().index(found) + 1
    with pytest.raises(SourceFileError, match=f"tx.toml:{number}: .*{column}"):
        check_text(text.replace(found, f"{column} = {value}", 1), "tx.toml")


def test_a_source_file_may_quote_its_days():
    quoted = TEXAS.replace("attested = 2026-06-07", 'attested = "2026-06-07"')
    assert check_text(quoted, "tx.toml").attested == date(2026, 6, 7)


@pytest.mark.parametrize(
    "day",
    [
        "2025-07-01", date(2025, 7, 1), Odd(2025, 7, 1), datetime(2025, 7, 1, 23, 59),  # noqa: DTZ001
        datetime(2025, 7, 1, 0, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(2025, 7, 1, 23, 59, tzinfo=timezone(timedelta(hours=-12))),
        pd.Timestamp("2025-07-01"), pd.Timestamp("2025-07-01 23:30", tz="Asia/Bangkok"),
        np.str_("2025-07-01"),
    ],
    ids=repr,
)  # fmt: skip
def test_a_time_counts_as_the_day_that_it_shows_in_its_own_zone(store, day):
    found = regstatus.lookup("US-TX", on=day, snapshots=store)
    assert (found.on, found["zone"]) == ("2025-07-01", None)
    assert type(read_day(day)) is date


def test_two_equal_moments_in_two_zones_are_two_days(store):
    west = datetime(2023, 8, 31, 23, tzinfo=timezone(timedelta(hours=-6)))
    for moment, status in ((west, "unregulated"), (west.astimezone(UTC), "regulated")) * 2:
        assert regstatus.lookup("US-TX", on=moment, snapshots=store).status == status


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_at_every_door(store, capsys, monkeypatch, tmp_path, day):
    monkeypatch.setenv("REGSTATUS_SNAPSHOTS", store)
    assert regstatus.lookup("US-TX", on=day, snapshots=store).on == day
    for words in ("lookup US-TX", "cite US", "list", "upcoming", f"export {tmp_path}/law"):
        assert main([*words.split(), "--on", day]) == 0
    assert main(["changes", "--since", day]) == 0
    assert "Traceback" not in capsys.readouterr().err


def orders(tmp_path, *days):
    file = tmp_path / "orders.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("to", "what", "day"), *(("US-TX", "kratom", d) for d in days)])
    return str(file)


def test_a_row_whose_day_is_none_stays_and_says_why(store, capsys, tmp_path):
    bad = [text for text in SPELLINGS if text.strip() != "2025-07-01" and "T10" not in text]
    bad += ["2025-07-01 10:00 or later", "2025-07-01T1", "2025-07-01 - 2025-07-03"]
    good = [
        "2025-07-01",
        "2025-07-01T10:00",
        "2025-07-01 10:00:00.5 UTC",
        "2025-07-01T10:00:00+07:00",
    ]
    file = orders(tmp_path, *bad, *good)
    words = [
        "screen",
        file,
        "--to",
        "to",
        "--product",
        "what",
        "--day",
        "day",
        "--format",
        "ndjson",
    ]
    assert main([*words, "--snapshots", store]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["day"] or "" for row in rows] == [*bad, *good]
    for row in rows[: len(bad)]:
        assert (row["regstatus_verdict"], row["regstatus_status"]) == ("ask", "unknown")
        assert "2026-11-22" in row["regstatus_reason"] or "calendar" in row["regstatus_reason"]
    assert {row["regstatus_status"] for row in rows[len(bad) :]} == {"regulated"}


def test_an_empty_name_of_the_column_of_days_is_not_taken_for_today(store, capsys, tmp_path):
    words = ["screen", orders(tmp_path, "2025-07-01"), "--to", "to", "--product", "what"]
    assert main([*words, "--day", "", "--snapshots", store]) == 2
    assert "column ''" in capsys.readouterr().err


@pytest.mark.parametrize(
    "cells", [[20250701], [1.5], [True], [45839]], ids=["digits", "float", "flag", "spreadsheet"]
)
def test_a_column_of_numbers_is_no_column_of_days(store, cells):
    table = pa.table({"to": ["US-TX"], "what": ["kratom"], "day": cells})
    with pytest.raises(UsageError, match="'day' holds no days"):
        screen(
            ibis.memtable(table), regstatus.load(store).snapshot,
            to="to", product="what", day="day", now=NOON,
        )  # fmt: skip


def freezing(moment):
    return freeze_time(moment)


def travelling(moment):
    # Words alone are read in the zone of the machine.
    return time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=UTC), tick=False)


def today(store):
    found = regstatus.lookup("US-TX", snapshots=store)
    return found.on, str(found.status)


@pytest.mark.parametrize("stop", [freezing, travelling])
def test_a_stopped_clock_leaves_nothing_behind(store, stop):
    now = today(store)
    for moment, status in (
        ("2031-06-01", "regulated"), ("2020-06-01", "unregulated"), ("2023-08-31", "unregulated"),
        ("2023-09-01", "regulated"),
    ):  # fmt: skip
        with stop(f"{moment} 08:00:00"):
            assert today(store) == (moment, status)
            assert today(store) == (moment, status)
        assert today(store) == now


def test_a_clock_that_is_moved_is_followed_however_little(store):
    with travelling("2023-08-31 23:59:59.9") as clock:
        assert today(store) == ("2023-08-31", "unregulated")
        clock.shift(0.2)
        assert today(store) == ("2023-09-01", "regulated")
        clock.shift(-0.2)
        assert today(store) == ("2023-08-31", "unregulated")
        clock.shift(30 * 86_400)
        assert today(store) == ("2023-09-30", "regulated")
    with freeze_time("2023-08-31 23:59:59", tick=True) as clock:
        assert today(store)[0] == "2023-08-31"
        clock.move_to("2019-01-01")
        assert today(store) == ("2019-01-01", "unregulated")
        clock.tick(timedelta(days=2000))
        assert today(store)[1] == "regulated"


def test_new_records_are_seen_while_the_clock_stands_still(tmp_path):
    with freeze_time("2026-12-01"):
        publish(tmp_path, record())
        assert regstatus.lookup("US-TX", snapshots=str(tmp_path)).minimum_age == 18
        older = record(TEXAS.replace("minimum_age = 18", "minimum_age = 21"))
        publish(tmp_path, older, created=NOON + timedelta(days=1))
        assert regstatus.lookup("US-TX", snapshots=str(tmp_path)).minimum_age == 21


@pytest.mark.parametrize("stop", [freezing, travelling])
def test_the_service_follows_the_clock_too(store, stop):
    library = Library(store)
    assert library.current().on == datetime.now(UTC).date()
    for moment in ("2031-06-01", "2027-01-01", "2034-03-05"):
        with stop(moment):
            assert str(library.current().on) == moment
        assert library.current().on == datetime.now(UTC).date()


@pytest.mark.parametrize(
    ("since", "now", "kept"),
    [
        (10.0, 10.5, True),
        (10.0, 10.0, False),
        (10.0, 9.9, False),
        (10.0, 3e4, False),
        (2e9, 9.0, False),
    ],
)
def test_what_was_seen_holds_for_a_while_by_a_clock_that_runs_on(since, now, kept):
    assert is_recent(since, now, 1.0) is kept


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2027-01-01 03:00", "2027-01-01"), ("2026-12-31 20:00", "2026-12-31"),
        ("2023-09-01 00:00", "2023-09-01"),
    ],
)  # fmt: skip
def test_an_answer_for_today_says_whose_day_that_is(
    store, capsys, monkeypatch, tmp_path, moment, day
):
    monkeypatch.setenv("REGSTATUS_SNAPSHOTS", store)
    with freeze_time(moment):
        found = regstatus.lookup("US-TX")
        assert (found.on, found["zone"]) == (day, "UTC")
        assert found.summary.startswith(f"On {day} (UTC), ")
        for words, told in (
            ("lookup US-TX", f"on {day} (UTC)"), ("cite US-TX", f"On {day} (UTC)"),
            ("lookup US-TX --json", '"zone": "UTC"'), ("list --json", '"zone": "UTC"'),
            ("list --format csv", f",{day},UTC"),
        ):  # fmt: skip
            assert main(words.split()) == 0
            assert told in capsys.readouterr().out
        file = orders(tmp_path, "2025-07-01")
        assert main(["screen", file, "--to", "to", "--product", "what"]) == 0
        assert f"the law of {day}, the day in UTC" in capsys.readouterr().err
        for words in (f"lookup US-TX --on {day}", f"cite US-TX --on {day}"):
            assert main(words.split()) == 0
            assert "(UTC)" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 22), date(2026, 11, 22), "2026-11-22T00:00:00Z", 0, False, "", 1.5,  # noqa: DTZ001
        pd.NaT, pd.Timestamp("2026-11-22"), np.datetime64("2026-11-22"), [],
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-1))),
    ],
    ids=repr,
)  # fmt: skip
def test_python_takes_nothing_for_now_but_a_time_that_knows_its_zone(store, now):
    data = regstatus.load(store)
    for ask in (
        data.lookup,
        lambda place, **more: regstatus.lookup(place, snapshots=store, **more),
    ):
        with pytest.raises(UsageError, match=r"a time with its zone"):
            ask("US-TX", now=now)
    with pytest.raises(UsageError, match=r"a time with its zone"):
        list(data.answers(now=now))


def test_a_moment_of_any_zone_gives_the_day_in_utc(store):
    late = datetime(2026, 11, 22, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    for now in (late, pd.Timestamp(late), late.astimezone(UTC)):
        assert regstatus.lookup("US-TX", now=now, snapshots=store).on == "2026-11-23"


class Mute:
    """What cannot even show itself."""

    def __repr__(self):
        raise RuntimeError


@pytest.mark.parametrize("thing", [10**5000, -(10**5000), Mute()], ids=["huge", "less", "mute"])
def test_what_cannot_be_shown_is_refused_like_anything_else(store, thing):
    for name in ("on", "as_known_on", "substance", "now", "snapshots"):
        with pytest.raises(UsageError):
            regstatus.lookup("US-TX", **{"snapshots": store, name: thing})
    with pytest.raises(UsageError):
        regstatus.lookup(thing, snapshots=store)


@pytest.mark.parametrize("moment", ["2031-06-01", "2020-06-01", "2023-08-31", "2023-09-01"])
def test_an_answer_is_made_by_one_reading_of_the_clock(store, monkeypatch, moment):
    """A library may stop it for some callers alone: freezegun lets threads have the real one."""
    now = today(store)
    stopped = datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp() + 60
    with monkeypatch.context() as patch:
        for name in ("regstatus.time", "regstatus.query.dataset.time"):
            patch.setattr(name, lambda: stopped)
        assert today(store)[0] == moment
    assert today(store) == now


@pytest.mark.parametrize("moment", ["2031-06-01", "2020-06-01", "2027-01-01"])
def test_a_thread_in_stopped_time_leaves_nothing_behind(store, moment):
    now = today(store)
    with freeze_time(moment), ThreadPoolExecutor(2) as pool:
        list(pool.map(today, [store] * 4))
    assert today(store) == now
