"""A schedule while the time of day is set, or the machine sleeps: no run is lost, and none made twice."""

import threading
import time
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from regstatus.decide.freshness import freshness
from regstatus.fetch.settings import Settings
from regstatus.pipeline import schedule
from regstatus.pipeline.schedule import background, trigger_of
from regstatus.pipeline.update import Options
from regstatus.store.reader import Store
from tests.pipeline.test_update import HOST, World
from tests.support.make import NOON
from tests.support.replica import Replica

PATIENCE = 60
DAY = timedelta(days=1)
WAYS = [{"every": "6h"}, {"every": "1d"}, {"cron": "0 6 * * *"}, {"cron": "0 */6 * * *"}]


class Served:
    """A schedule whose time of day can be `set`; waits go by the machine's own clock, which cannot.

    So it is on a machine whose clock is set, and on one that slept.
    """

    def __init__(self, world, settings, monkeypatch, every=None, cron=None):
        self._began, self.ahead = time.monotonic(), timedelta(0)
        outer = self

        class Set(datetime):
            @classmethod
            def now(cls, tz=None):
                return outer.now().astimezone(tz)

        monkeypatch.setattr("apscheduler.schedulers.base.datetime", Set)
        monkeypatch.setattr(schedule, "_LOOK", 0.02)
        self.ran, self.failed, self._ran = [], [], threading.Semaphore(0)
        self.options = Options(
            sources=world.sources, snapshots=world.path, settings=settings, isolate=False, due=True
        )
        say = [].append
        self.end = background(
            self.options, trigger_of(every, cron), now=self.now, say=say, tell=self._tell
        )
        self.runs()  # none was made here before, so the first comes at once

    def now(self):
        return NOON + self.ahead + timedelta(seconds=time.monotonic() - self._began)

    def _tell(self, done, failed):
        self.ran.append(self.now())
        if failed:
            self.failed.append(str(failed))
        self._ran.release()
        return []

    def set(self, by):
        self.ahead += by

    def waits(self):
        """See that no run comes in the time of several looks."""
        assert not self._ran.acquire(timeout=0.3)

    def runs(self):
        """See that one run comes, and no second one."""
        assert self._ran.acquire(timeout=PATIENCE)
        self.waits()


@pytest.fixture
def served(tmp_path, monkeypatch):
    begun = []
    with Replica() as site:
        settings = Settings(delay=0.0, retries=0, routes={HOST: site.address})
        world = World(tmp_path, site)

        def start(**when):
            begun.append(Served(world, settings, monkeypatch, **when))
            return begun[-1]

        yield start
        for one in begun:
            one.end()


@pytest.mark.parametrize("when", WAYS, ids=str)
def test_a_clock_that_is_set_a_day_ahead_and_back_loses_no_day_and_runs_none_twice(served, when):
    one = served(**when)
    one.set(DAY)
    one.runs()  # it was due in the day that was passed over
    one.set(-DAY)
    one.waits()
    one.set(DAY + timedelta(hours=5))
    one.waits()  # the turns of those hours were made
    one.set(timedelta(hours=20))
    one.runs()
    assert one.failed == []
    assert all(DAY / 8 < later - former < 2 * DAY for former, later in pairwise(one.ran))


@pytest.mark.parametrize("when", WAYS, ids=str)
def test_a_clock_that_is_set_a_day_back_runs_nothing_again_and_goes_on_in_its_turn(served, when):
    one = served(**when)
    one.set(-DAY)
    one.waits()
    one.set(DAY)
    one.waits()
    one.set(DAY + timedelta(hours=1))
    one.runs()
    assert one.failed == []
    assert one.ran[1].date() == one.ran[0].date() + DAY


@pytest.mark.parametrize("when", WAYS, ids=str)
def test_a_clock_that_was_years_ahead_and_is_set_right_is_not_waited_for(served, when):
    one = served(**when)
    one.set(-3000 * DAY)
    one.waits()
    one.set(DAY + timedelta(hours=1))
    one.runs()
    # What was published in the years to come stays the newest: the run says so, and writes nothing.
    assert "the clock of this machine is wrong" in one.failed[0]


@pytest.mark.parametrize("when", WAYS, ids=str)
def test_after_a_month_of_sleep_one_run_comes_at_once_and_until_it_the_records_are_due(
    served, when
):
    one = served(**when)
    store = Store(one.options.snapshots)

    def state(snapshot):
        return freshness(snapshot.get("US-TX"), snapshot.ledger, one.now())["state"]

    before = store.load()
    assert state(before) == "fresh"
    one.set(31 * DAY)
    assert state(before) == "due"
    one.runs()
    assert len(one.ran) == 2
    assert state(store.load()) == "fresh"
    one.set(61 * DAY)
    assert state(before) == "stale"
    one.runs()
    assert one.failed == []
