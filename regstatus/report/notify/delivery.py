"""Delivery: what each target has not been told yet goes into the outbox, and from there to it.

What is told comes from the reports that every run leaves, so nothing hangs on the
moment: a run that was killed before its delivery, or made without one, is told
with the next.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from regstatus.base.errors import LaterFormat, Locked, RegstatusError, SnapshotError
from regstatus.fetch.settings import Settings
from regstatus.model.canonical import whole
from regstatus.model.change import Run
from regstatus.model.event_kinds import told_of
from regstatus.report.notify.channels import send
from regstatus.report.notify.config import Notify, Target
from regstatus.report.notify.message import STATES, compose, event_key
from regstatus.report.notify.outbox import Mark, Outbox, Pending, outbox
from regstatus.store.ledger import stamp
from regstatus.store.proof import read_sealed
from regstatus.store.writer import REPORT_FORMAT, report_names, report_order

if TYPE_CHECKING:
    from regstatus.model.shapes import ChangeData, NotificationData, ReportData

_ENOUGH = timedelta(minutes=5)
"""How long the delivery after one run may take; what is left goes out after the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of one message, or a word about the outbox, which has no `target` and no `id`.

    A message with a `problem` was not taken, and waits for the next run.
    """

    target: str
    id: str = ""
    title: str = ""
    problem: str | None = None

    def __str__(self) -> str:
        """One line for people."""
        name = f"notify: {self.target}: " if self.target else "notify: "
        if self.problem is None:
            return f"{name}told “{self.title}” ({self.id})"
        waits = " It waits for the next run." if self.id else ""
        return f"{name}{self.problem}{waits}"


def enlist(config: Notify, snapshots: Path, now: datetime, *, remote: bool = False) -> list[Sent]:
    """Note, before a run, from where each new target is told: also of this run if it is killed.

    `snapshots` is the folder of the store; of one in a bucket (`remote`), its mirror here. What is
    returned says that the outbox was damaged; nothing is raised: what else is wrong with it is
    told after the run.
    """
    with suppress(OSError, Locked, SnapshotError), outbox(snapshots) as box:
        seen = "".join(report_names(snapshots)[-1:])
        if remote:
            # What other machines did before is not here yet, and comes with the run.
            seen = f"{now - timedelta(seconds=1):%Y%m%dT%H%M%SZ}"
        for target in config.targets:
            box.marks.setdefault(target.label, Mark(seen=seen))
        box.save()
        return [Sent(target="", problem=note) for note in box.notes]
    return []


def after_run(
    snapshots: Path,
    config: Notify,
    done: Run | None,
    error: Exception | None = None,
    *,
    now: Callable[[], datetime],
    settings: Settings | None = None,
    env: Mapping[str, str] = os.environ,
) -> list[Sent]:
    """Tell every target what is news to it; called when a run has ended, however it did.

    `done` is None where it broke off, by the `error`; `settings` and `env` are for `channels.send`.

    Returns:
        What became of each message. Nothing is raised: a run has ended as it has, and no
        failure to tell of it may change that.
    """
    if isinstance(error, Locked):
        return []  # another run is under way, and will tell of itself
    sent: list[Sent] = []
    try:
        with outbox(snapshots) as box:
            current = done.report_file.stem if done and done.report_file else ""
            _queue(config, box, current, list(_unwritten(done, error, stamp(now()))))
            box.save()
            sent += [Sent(target="", problem=note) for note in box.notes]
            deliver = partial(send, now=now, settings=settings, env=env)
            # One by one: what was told before it breaks off was told.
            for one in _empty(config, box, deliver, now):
                sent.append(one)
    except Exception as fault:  # noqa: BLE001  (see Returns)
        words = str(fault) if isinstance(fault, (RegstatusError, OSError)) else repr(fault)
        sent.append(Sent(target="", problem=f"the delivery broke off: {words}"))
    return sent


def _queue(config: Notify, box: Outbox, current: str, unwritten: list[ReportData]) -> None:
    """Put into the outbox what each target has not been told yet."""
    names = report_names(box.snapshots)
    read = cache(partial(_report, box))
    # What was before it was asked for is no news to a new target.
    earlier = next((name for name in reversed(names) if name != current), "")
    for target in config.targets:
        mark = box.marks.setdefault(target.label, Mark(seen=earlier))
        fresh = names[bisect_right(names, report_order(mark.seen), key=report_order) :]
        reports = [report for name in fresh if (report := read(name))] + unwritten
        mark.seen = fresh[-1] if fresh else mark.seen
        if not reports:
            continue
        before, events = mark.state, list(_news(reports, mark))
        mark.state = reports[-1]["state"]
        body = compose(target, reports[-1], before, events, base_url=config.base_url)
        if body is not None:
            box.add(Pending(target.label, body))


def _news(reports: Iterable[ReportData], mark: Mark) -> Iterator[ChangeData]:
    """The events that are news: a run that publishes nothing sees the same again the next time."""
    early = set(mark.early)
    for report in reports:
        complete = report["state"] == "complete"
        for event in report["changes"]:
            key = event_key(event)
            if key in early and (not complete or told_of(event["kind"]).of_a_run):
                continue
            if not complete:
                early.add(key)
            yield event
        if complete:
            early.clear()
    mark.early = sorted(early)


def _report(box: Outbox, name: str) -> ReportData | None:
    file = box.snapshots / "reports" / f"{name}.json"
    try:
        data = read_sealed(file.read_bytes(), REPORT_FORMAT, str(file))
        report: ReportData = whole(data, "ReportData", str(file))
        report["started"], report["state"] = str(report["started"]), str(report["state"])
        report["changes"] = [
            {**event, "kind": str(event["kind"]), "jurisdiction": str(event["jurisdiction"])}
            for event in report["changes"]
            if event["sentence"]
        ]
        _ = STATES[report["state"]]
    except LaterFormat:
        raise  # a later release will tell it
    except (OSError, ValueError, TypeError, LookupError, SnapshotError) as error:
        box.notes.append(f"{file}: cannot be read, so nobody is told of it: {error!r}")
        return None
    return report


def _unwritten(done: Run | None, error: Exception | None, at: str) -> Iterator[ReportData]:
    """What stands in no report: the run broke off, or the disk would not take its report."""
    report: ReportData = whole({"started": at, "state": "failed", "changes": []}, "ReportData", at)
    if done is not None and done.report_file is None:
        changes = [change.to_dict() for change in done.changes]
        yield {**report, "state": str(done.state), "version": done.version, "changes": changes}
    if error is not None:
        why = f" unexpectedly: {type(error).__name__}"
        if isinstance(error, (RegstatusError, OSError)):
            why = f": {error}"
        yield {**report, "note": f"The run broke off{why}"}


def _empty(
    config: Notify,
    box: Outbox,
    deliver: Callable[[Target, NotificationData], str | None],
    now: Callable[[], datetime],
) -> Iterator[Sent]:
    """Deliver what waits, in order; a target that does not take one keeps the rest for later."""
    targets = {target.label: target for target in config.targets}
    began, failed = now(), set[str]()
    for item in list(box.pending):
        target = targets.get(item.target)
        if target is None or item.target in failed or now() - began > _ENOUGH:
            continue
        item.attempts += 1
        item.problem = deliver(target, item.body)
        if item.problem is None:
            box.pending.remove(item)
        else:
            failed.add(item.target)
        box.save()
        yield Sent(
            target=item.target, id=item.body["id"], title=item.body["title"], problem=item.problem
        )
