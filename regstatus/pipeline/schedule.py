"""Runs at set times in UTC, by APScheduler: late rather than never, and never two at once.

The library forgets runs that were missed while the process was down, so the time of the first
run is taken from our own ledger: one that is overdue starts at once. It sleeps by a clock that stops
with the machine, so it is woken now and then to look at the time of day: a run that was missed in a
month of sleep, or passed over by a clock that was set, comes then, once.
"""

import logging
import re
import signal
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED  # noqa: TID251  (the one module that knows it)
from apscheduler.schedulers.background import BackgroundScheduler  # noqa: TID251
from apscheduler.triggers.cron import CronTrigger  # noqa: TID251
from apscheduler.triggers.interval import IntervalTrigger  # noqa: TID251

from regstatus.base.background_log import BackgroundLog
from regstatus.base.days import span
from regstatus.base.errors import RegstatusError, SnapshotError, UsageError
from regstatus.decide.freshness import moment
from regstatus.pipeline.update import Options, Run, update
from regstatus.store.clocks import read_ledger

DEFAULT_EVERY = "6h"
_RULES = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
_Tell = Callable[[Run | None, Exception | None], Iterable[object]]

JITTER = 30
"""Seconds by which runs are spread, so that many installs do not ask one host at once."""

_POLL = 0.2
"""Most seconds until a signal takes effect."""

_LOOK = 30.0
"""Most seconds until it is seen that the time of day is another than was slept for."""

_BACK = timedelta(days=1, minutes=1)
"""How far a clock may be set back before the next run is taken anew from it: nothing is run twice by
a smaller step, and nothing waits for years after a larger one."""


def trigger_of(every: str | None, cron: str | None) -> Any:
    """The trigger for a span or for five cron fields, in UTC.

    Raises:
        UsageError: If the fields are not understood, name a time that never comes, or give
            days of the week as numbers: the library counts them from Monday, cron from Sunday.
    """
    if cron is None:
        return IntervalTrigger(
            seconds=int(span(every or DEFAULT_EVERY).total_seconds()), timezone=UTC, jitter=JITTER
        )
    fields = cron.split()
    if len(fields) == 5 and re.search(r"\d", fields[4]):
        raise UsageError(
            "give days of the week by name (mon, tue, …, sun): their numbers mean one thing to "
            "cron and another to the scheduler"
        )
    try:
        trigger = CronTrigger.from_crontab(cron, timezone=UTC)
    except ValueError as error:
        raise UsageError(f"{cron!r} is not five cron fields: {error}") from None
    # The calendar comes round every 400 years: what has not come by then never does.
    if trigger.get_next_fire_time(None, datetime(2000, 1, 1, tzinfo=UTC)) is None:
        raise UsageError(
            f"{cron!r} never comes: no such day ({fields[2]}) is in such a month ({fields[3]}), "
            f"or on such a day of the week ({fields[4]}); name one that the calendar has"
        )
    return trigger


def serve(
    options: Options,
    trigger: Any,
    *,
    now: Callable[[], datetime],
    say: Callable[[str], None],
    tell: _Tell,
) -> int:
    """Run the update on a schedule until SIGINT or SIGTERM; a run under way is finished first.

    One line for each event goes to `say`; nothing waits for it, and it may fail. `tell` is called
    when a run has ended, with what it did or why it broke off; it must raise nothing, and returns
    lines to say.
    """
    received: list[int] = []

    def stop(signum: int, _frame: object) -> None:
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, signal.SIG_DFL)  # the second ends it at once; a kill harms nothing
        received.append(signum)

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    end = background(options, trigger, now=now, say=say, tell=tell)
    # Not one long wait: a signal that comes just before it, or to another thread, would not end it.
    while not received:
        time.sleep(_POLL)
    end(f"{signal.Signals(received[0]).name}: finishing the run under way")
    return 0


def background(
    options: Options,
    trigger: Any,
    *,
    now: Callable[[], datetime],
    say: Callable[[str], None],
    tell: _Tell,
) -> Callable[..., None]:
    """Run the update on a schedule in a thread of this process, beside a service; see `serve`.

    Returns:
        What ends it; a run under way is finished first. Given a line, it logs why it ends.
    """
    voice = BackgroundLog(say)
    scheduler = BackgroundScheduler(timezone=UTC, job_defaults=_RULES)

    def log(line: object) -> None:
        voice(f"{now():%Y-%m-%dT%H:%M:%SZ} {line}")

    def run() -> None:
        # One that comes late is not followed at once by that of the next turn.
        scheduler.modify_job("update", next_run_time=turn())
        # A run that fails is reported; the next one must still come.
        done, failed = None, None
        try:
            done = update(options, now=now)
        except Exception as error:  # noqa: BLE001  (raised again below, unless it is ours)
            failed = error
        if isinstance(failed, RegstatusError):
            log(f"run failed: {failed}")
        elif done is not None:
            log(
                f"{done.state}: {done.asked} asked, {done.failed} failed, version "
                f"{done.version or 'unchanged'}, {len(done.changes)} events, {done.report_file}"
            )
        for line in tell(done, failed):
            log(line)
        if failed is not None and not isinstance(failed, RegstatusError):
            raise failed

    def turn() -> Any:
        at = now()
        return trigger.get_next_fire_time(at, at)

    def look() -> None:
        while not ended.wait(_LOOK):
            if scheduler.get_job("update").next_run_time > turn() + _BACK:
                scheduler.modify_job("update", next_run_time=turn())
            scheduler.wakeup()

    def end(why: str | None = None) -> None:
        if why:
            log(why)
        ended.set()
        watch.join()
        scheduler.shutdown(wait=True)
        voice.end()

    # Faults are logged below; the library itself would write to standard error, and wait for it.
    logging.getLogger("apscheduler").addHandler(logging.NullHandler())
    scheduler.add_listener(
        lambda event: voice(_EVENTS[event.code].format(event)),
        EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES,
    )
    first = _first_run(options, trigger, now())
    scheduler.add_job(run, trigger, id="update", next_run_time=first)
    log(f"first run at {first:%Y-%m-%dT%H:%M:%SZ}")
    ended, watch = threading.Event(), threading.Thread(target=look, daemon=True)
    scheduler.start()
    watch.start()
    return end


_EVENTS = {
    EVENT_JOB_ERROR: "run failed unexpectedly: {0.exception!r}",
    EVENT_JOB_MISSED: "a run was missed; it will be caught up",
    EVENT_JOB_MAX_INSTANCES: "a run was due while another was under way; it waits for its next turn",
}


def _first_run(options: Options, trigger: Any, now: datetime) -> datetime:
    """At once if the ledger says that a run was missed or none was made; else at its own time."""
    if options.remote is not None:
        from regstatus.store.bucket.mirror import RemoteStore

        with suppress(RegstatusError):  # the run itself will say what is wrong
            RemoteStore(options.remote).pull()
    try:
        runs = read_ledger(str(options.snapshots / "ledger.json")).runs
        last = moment(runs[-1]["started"])
    except (SnapshotError, LookupError):
        return now
    if last > now:  # written by a wrong clock; waiting for it could take years
        return now
    due: datetime | None = trigger.get_next_fire_time(last, last)
    if isinstance(trigger, IntervalTrigger):
        due = last + trigger.interval
    return now if due is None else max(due, now)
