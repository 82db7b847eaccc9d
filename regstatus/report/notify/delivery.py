"""Delivery: what each target has not been told yet goes into the outbox, and from there to it.

What is told comes from the reports that every run leaves, so nothing hangs on the
moment: a run that was killed before its delivery, or made without one, is told
with the next.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from regstatus.base.errors import LaterFormat, Locked, RegstatusError, SnapshotError
from regstatus.fetch.settings import Settings
from regstatus.model.event_kinds import OF_A_RUN
from regstatus.model.run import Run
from regstatus.model.stored import whole
from regstatus.report.notify import channels as service
from regstatus.report.notify import webhook
from regstatus.report.notify.config import Notify, Target
from regstatus.report.notify.message import STATES, compose, event_key
from regstatus.report.notify.outbox import Mark, Outbox, Pending, outbox
from regstatus.store.ledger import stamp
from regstatus.store.proof import read_sealed
from regstatus.store.writer import REPORT_FORMAT, report_names
from regstatus.store.writer import report_order as _order

if TYPE_CHECKING:
    from regstatus.model.shapes import ChangeData, NotificationData, ReportData

__all__ = ["Sent", "after_run", "enlist", "ready", "send"]

_ENOUGH = timedelta(minutes=5)
"""How long the delivery after one run may take; what is left goes out after the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of one message, or a word about the outbox.

    Attributes:
        target: Name of the target; empty for the outbox itself.
        id: Id of the message; empty where it is about none.
        title: Its title.
        problem: Why it was not taken; it then waits for the next run. None if it was.
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


def ready(config: Notify) -> None:
    """Make sure, before a run, that what the targets need is installed.

    Raises:
        UsageError: With the command that installs it.
    """
    if any(target.apprise is not None for target in config.targets):
        service.require()


def enlist(config: Notify, snapshots: Path, now: datetime, *, remote: bool = False) -> list[Sent]:
    """Note, before a run, from where each new target is told: also of this run if it is killed.

    `snapshots` is the folder of the store; of one in a bucket (`remote`), its mirror here.

    Returns:
        A word about the outbox where it was damaged; nothing is raised: what else is wrong with it
        is told after the run.
    """
    with suppress(OSError, Locked, LaterFormat), outbox(snapshots) as box:
        seen = max(report_names(snapshots), key=_order, default="")
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

    Args:
        snapshots: Folder of the store.
        config: Whom to tell.
        done: What the run did; None where it broke off, with the `error`.
        error: Why it broke off.
        now: The clock, UTC.
        settings: How patiently webhooks are asked.
        env: Where secrets come from.

    Returns:
        What became of each message. Nothing is raised: a run has ended as it has, and no
        failure to tell of it may change that.
    """
    if isinstance(error, Locked):
        return []  # another run is under way, and will tell of itself
    sent: list[Sent] = []
    try:
        with outbox(snapshots) as box:
            _queue(snapshots, config, done, error, box, now())
            box.save()
            sent += [Sent(target="", problem=note) for note in box.notes]
            # One by one: what was told before it breaks off was told.
            for one in _empty(config, box, settings or Settings(), now, env):
                sent.append(one)
    except Exception as fault:  # noqa: BLE001  (see Returns)
        words = str(fault) if isinstance(fault, (RegstatusError, OSError)) else repr(fault)
        sent.append(Sent(target="", problem=f"the delivery broke off: {words}"))
    return sent


def _queue(
    snapshots: Path,
    config: Notify,
    done: Run | None,
    error: Exception | None,
    box: Outbox,
    now: datetime,
) -> None:
    """Put into the outbox what each target has not been told yet."""
    current = done.report_file.stem if done and done.report_file else ""
    names = report_names(snapshots)
    read = cache(partial(_report, snapshots, box=box))
    unwritten = list(_unwritten(done, error, now))
    for target in config.targets:
        # What was before it was asked for is no news to a new target.
        earlier = [name for name in names if name != current]
        mark = box.marks.setdefault(target.label, Mark(seen=earlier[-1] if earlier else ""))
        fresh = [name for name in names if _order(name) > _order(mark.seen)]
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
            if key in early and (not complete or event["kind"] in OF_A_RUN):
                continue
            if not complete:
                early.add(key)
            yield event
        if complete:
            early.clear()
    mark.early = sorted(early)


def _report(snapshots: Path, name: str, box: Outbox) -> ReportData | None:
    file = snapshots / "reports" / f"{name}.json"
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


def _unwritten(done: Run | None, error: Exception | None, now: datetime) -> Iterator[ReportData]:
    """What stands in no report: the run broke off, or the disk would not take its report."""
    found: list[tuple[str, str | None, str | None, list[ChangeData]]] = []
    if done is not None and done.report_file is None:
        changes = [change.to_dict() for change in done.changes]
        found.append((str(done.state), done.version, None, changes))
    if error is not None:
        why = f" unexpectedly: {type(error).__name__}"
        if isinstance(error, (RegstatusError, OSError)):
            why = f": {error}"
        found.append(("failed", None, f"The run broke off{why}", []))
    for state, version, note, changes in found:
        yield {
            "started": stamp(now),
            "finished": stamp(now),
            "state": state,
            "version": version,
            "parent": None,
            "origin": None,
            "counts": {},
            "flips": [],
            "note": note,
            "changes": changes,
        }


def _empty(
    config: Notify,
    box: Outbox,
    settings: Settings,
    now: Callable[[], datetime],
    env: Mapping[str, str],
) -> Iterator[Sent]:
    """Deliver what waits, in order; a target that does not take one keeps the rest for later."""
    targets = {target.label: target for target in config.targets}
    began, failed = now(), set[str]()
    for item in list(box.pending):
        target = targets.get(item.target)
        if target is None or item.target in failed or now() - began > _ENOUGH:
            continue
        item.attempts += 1
        item.problem = send(target, item.body, settings=settings, now=now, env=env)
        if item.problem is None:
            box.pending.remove(item)
        else:
            failed.add(item.target)
        box.save()
        yield Sent(
            target=item.target, id=item.body["id"], title=item.body["title"], problem=item.problem
        )


def send(
    target: Target,
    body: NotificationData,
    *,
    settings: Settings,
    now: Callable[[], datetime],
    env: Mapping[str, str] = os.environ,
) -> str | None:
    """Send one message now.

    Returns:
        None if it was taken; else why not, without any secret.

    Raises:
        UsageError: If a library is not installed.
    """
    values = {name: env.get(name, "").strip() for name in target.variables}
    if unset := [name for name, value in values.items() if not value]:
        return f"The environment variable {unset[0]} is not set, which the address needs."
    if target.webhook is None:
        return service.send(target, body, values)
    return webhook.send(target, body, values, settings=settings, now=now)
