"""Schedules over nights that clocks change, and over a week in which every document has its turn."""

import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from regstatus.decide.freshness import moment
from regstatus.fetch.settings import Settings
from regstatus.pipeline.plan import _is_due
from regstatus.pipeline.schedule import _first_run, trigger_of
from regstatus.pipeline.update import Options, update
from regstatus.store.ledger import FetchState
from tests.faults.kinds import HTML, NAMES, schedule_html
from tests.fetch.conftest import Hosts
from tests.pipeline.test_schedule import options, remember
from tests.support.make import NOON, TEXAS, source

NIGHTS = [
    ("Europe/Berlin", datetime(2026, 3, 28, 20, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 24, 20, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 7, 20, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 10, 31, 20, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 8, tzinfo=UTC)),
]


@pytest.fixture
def living_in(monkeypatch):
    def move(zone):
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


def fire_times(trigger, start, number):
    times = [start]
    while len(times) < number:
        times.append(trigger.get_next_fire_time(times[-1], times[-1] + timedelta(seconds=1)))
    return times


@pytest.mark.parametrize(("zone", "evening"), NIGHTS, ids=lambda value: str(value)[:16])
@pytest.mark.parametrize(
    ("cron", "hours"), [("30 2 * * *", 24), ("30 1 * * *", 24), ("0 * * * *", 1)]
)
def test_a_schedule_passes_over_the_night_that_clocks_change_evenly_in_utc(
    living_in, zone, evening, cron, hours
):
    living_in(zone)
    offsets = {(evening + timedelta(hours=n)).astimezone().utcoffset() for n in range(24)}
    assert len(offsets) == 2, "the clocks do not change this night"
    trigger = trigger_of(None, cron)
    first = trigger.get_next_fire_time(None, evening)
    times = fire_times(trigger, first, 30)
    assert {later - former for former, later in pairwise(times)} == {timedelta(hours=hours)}
    assert {one.utcoffset() for one in times} == {timedelta(0)}


@pytest.mark.parametrize(("zone", "evening"), NIGHTS, ids=lambda value: str(value)[:16])
def test_a_run_missed_in_such_a_night_is_caught_up_and_one_made_is_not_repeated(
    living_in, tmp_path, zone, evening
):
    living_in(zone)
    trigger = trigger_of("6h", None)
    remember(tmp_path, f"{evening:%Y-%m-%dT%H:%M:%SZ}")
    before, after = evening + timedelta(hours=5), evening + timedelta(hours=7)
    assert _first_run(options(tmp_path), trigger, before) == evening + timedelta(hours=6)
    assert _first_run(options(tmp_path), trigger, after) == after


def test_a_run_that_a_wrong_clock_wrote_ahead_of_time_is_not_waited_for(tmp_path):
    remember(tmp_path, "2036-01-01T00:00:00Z")
    assert _first_run(options(tmp_path), trigger_of("6h", None), NOON) == NOON


EVERY = {"often": timedelta(hours=6), "daily": timedelta(days=1), "weekly": timedelta(days=7)}
HOST = "law.example.gov"


class Week:
    """Three documents with turns of their own; time goes on only here."""

    def __init__(self, tmp_path):
        self.hosts = Hosts()
        self.options = Options(
            sources=tmp_path / "sources",
            snapshots=tmp_path / "store",
            due=True,
            isolate=False,
            settings=Settings(
                delay=0.0, retries=0, obey_robots=False, env={}, routes={HOST: self.hosts.base}
            ),
        )
        entry = TEXAS[TEXAS.index("[[documents]]") : TEXAS.index("[[instruments]]")]
        entry = "[[documents]]" + entry.split("[[documents]]")[2]
        entries = ""
        for name, every in EVERY.items():
            url = f'url = "https://{HOST}/{name}"\ncheck_every = "{int(every.total_seconds()) // 3600}h"'
            own = entry.replace('id = "hs-481"', f'id = "{name}"')
            entries += own.replace('url = "https://statutes.example.gov/HS.481.htm"', url)
            self.hosts.put(f"{HOST}/{name}", schedule_html(NAMES).encode(), Content_Type=HTML)
        head, tail = TEXAS[: TEXAS.index("[[documents]]")], TEXAS[TEXAS.index("[[instruments]]") :]
        tail = tail.replace('document = "hs-444"', 'document = "daily"')
        (tmp_path / "sources").mkdir()
        (tmp_path / "sources" / "tx.toml").write_text(head + entries + tail, encoding="utf-8")

    def play(self, starts, minutes=0.0):
        """Play a run at each time; a page is had so many minutes after its run began."""
        asked = {}
        for start in starts:
            times = iter([start])
            before = len(self.hosts.asked)
            update(
                self.options,
                now=lambda s=start, t=times: next(t, s + timedelta(minutes=minutes)),
            )
            for _, path in self.hosts.asked[before:]:
                asked.setdefault(path.strip("/"), []).append(start)
        return asked


@pytest.fixture
def week(tmp_path):
    made = Week(tmp_path)
    yield made
    made.hosts.close()


@pytest.mark.parametrize("minutes", [0.0, 20.0], ids=["at once", "twenty minutes later"])
def test_in_a_week_of_hourly_runs_every_document_is_asked_for_in_its_turn_and_none_twice(
    week, minutes
):
    asked = week.play([NOON + timedelta(hours=n) for n in range(7 * 24)], minutes)
    assert {name: len(times) for name, times in asked.items()} == {
        "often": 7 * 4, "daily": 7, "weekly": 1,
    }  # fmt: skip
    for name, times in asked.items():
        assert {b - a for a, b in pairwise(times)} <= {EVERY[name]}, name


@pytest.mark.parametrize(
    ("every", "number", "expected"),
    [
        (6, 28, {"often": 28, "daily": 7, "weekly": 1}),
        (24, 14, {"often": 14, "daily": 14, "weekly": 2}),
    ],
)
def test_a_document_due_as_often_as_the_runs_come_is_not_passed_over_by_seconds(
    week, every, number, expected
):
    # Runs begin up to half a minute early or late, and pages come minutes after.
    starts = [NOON + timedelta(hours=every * n, seconds=30 * (-1) ** n) for n in range(number)]
    asked = week.play(starts, minutes=4)
    assert {name: len(times) for name, times in asked.items()} == expected


def test_the_turns_of_a_week_with_the_machine_off_for_two_days_are_made_up_once(week):
    hours = [n for n in range(7 * 24) if not 50 <= n < 98]
    asked = week.play([NOON + timedelta(hours=n) for n in hours])
    assert len(asked["often"]) == 7 * 4 - 8 + 1  # hours 54 to 96 are lost, hour 98 makes up
    back = Counter(name for name, times in asked.items() for one in times
                   if one == NOON + timedelta(hours=98))  # fmt: skip
    assert back == {"often": 1, "daily": 1}
    assert len(asked["weekly"]) == 1


@pytest.mark.parametrize(
    ("ago", "due"),
    [
        (timedelta(hours=23), False),
        (timedelta(hours=23, minutes=29), False),
        (timedelta(hours=23, minutes=31), True),
        (timedelta(hours=24), True),
        (timedelta(hours=-1), True),  # written by a wrong clock
    ],
)
def test_a_document_is_due_when_its_turn_has_come_or_its_clock_cannot_be_true(ago, due):
    clock = FetchState(url="x", last_fetched=f"{NOON - ago:%Y-%m-%dT%H:%M:%SZ}")
    assert moment(clock.last_fetched) == NOON - ago
    assert _is_due(clock, source().documents[0], NOON) is due
