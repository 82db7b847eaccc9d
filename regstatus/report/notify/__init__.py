"""Telling people: after a run, what changed goes by mail, chat or signed webhook to whom it concerns.

    config = load_file(Path("notify.toml"))
    enlist(config, folder, clock())                    # before the run: it may be killed
    for sent in after_run(snapshots, config, done, now=clock):
        print(sent)

A change of state is told once; a run without one tells nothing. `settings` says
whom, `message` what, `outbox` what still waits, `webhook` and `service` how.
"""

from regstatus.model.event_kinds import Level
from regstatus.report.notify.config import Notify, Target, load_file
from regstatus.report.notify.delivery import Sent, after_run, enlist, ready, send
from regstatus.report.notify.message import sample

__all__ = [
    "Level",
    "Notify",
    "Sent",
    "Target",
    "after_run",
    "enlist",
    "load_file",
    "ready",
    "sample",
    "send",
]
