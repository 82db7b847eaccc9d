"""Real processes against real hosts: killed, ended, started again, late; nothing is lost or done twice."""

import json
import re
import signal
import sys
import threading
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from regstatus.store.reader import Store
from regstatus.store.verify import verify
from tests.faults.kinds import HTML, KINDS, OTHER, THIRD, VICTIM
from tests.faults.stage import Stage
from tests.report.notify.conftest import SECRET, hook
from tests.support.child import child, python

__all__ = ["hook"]  # a fixture

LIMIT = 60
"""Seconds after which a process that should have ended is a failure; nothing is measured by it."""


class Slow:
    """A host that has been asked and answers only when it is let go."""

    def __init__(self, stage, where):
        self.asked, self.go = threading.Event(), threading.Event()
        self.times = 0
        content, body = stage.kind.content if where.startswith(VICTIM) else (HTML, None)
        if body is None:
            body = KINDS["schedule"].content[1]
        if where.endswith("robots.txt"):
            content, body = "text/plain", b"User-agent: *\nAllow: /\n"
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {content}\r\nContent-Length: {len(body)}\r\n\r\n"

        def play(handler):
            self.times += 1
            self.asked.set()
            self.go.wait(LIMIT)
            try:
                handler.wfile.write(head.encode() + body)
            except OSError:
                handler.close_connection = True

        stage.hosts.play(where, play)


@pytest.fixture
def stage(hosts, tmp_path):
    made = Stage(KINDS["statute"], hosts, tmp_path)
    made.now = datetime.now(UTC)
    return made


READ_HERE = """
import sys
from regstatus.cli import main
from regstatus.pipeline.options import Options
Options.__init__.__kwdefaults__["isolate"] = False
"""
RUN = "sys.exit(main(sys.argv[1:]))"


def start(stage, *words, script=None):
    """The command line in a process of its own, routed to the stage's hosts.

    With a script it is a fork, and reads pages itself: to start another process for that takes as
    long as all else, and tests/pipeline/test_worker.py shows what becomes of one whose parent is
    killed.
    """
    routes = [f"--route={host}={stage.hosts.base}" for host in (VICTIM, OTHER, THIRD)]
    begin = [sys.executable, "-m", "regstatus"]
    if script is not None:
        begin = python(READ_HERE + script + RUN)
    return child(
        [
            *begin, *words, *routes, "--delay=0",
            f"--sources={stage.sources}", f"--snapshots={stage.store}",
        ]
    )  # fmt: skip


def read_until(process, words):
    """The lines up to the one that holds the words; fails where the process ends without it."""
    lines = []
    while not lines or words not in lines[-1]:
        line = process.stdout.readline()
        assert line, f"it ended and never said {words!r}: {lines}, {process.stderr.read()}"
        lines.append(line)
    return lines


def run(stage):
    """A whole run in this process, at the present moment as the others are."""
    stage.now = datetime.now(UTC)
    return stage.run(hours=0)


def ledger(stage):
    return json.loads((stage.store / "ledger.json").read_bytes())


def facts(stage):
    """All of a store that answers are given from."""
    found = [stage.store / "index.json", stage.store / "ledger.json"]
    found += stage.store.glob("*/snapshot.json")
    return {path.name: path.read_bytes() for path in found if path.exists()}


@pytest.mark.parametrize(
    ("point", "first"),
    [
        (f"{VICTIM}/HS.444.htm", True),
        (f"{VICTIM}/robots.txt", False),
        (f"{VICTIM}/HS.444.htm", False),
        (f"{THIRD}/HS.481.htm", False),
    ],
)
def test_a_process_killed_while_a_host_answers_leaves_the_store_whole_and_the_next_run_clean(
    stage, point, first
):
    if not first:
        assert run(stage).state == "complete"
    before = facts(stage)
    slow = Slow(stage, point)
    with start(stage, "update", script="") as process:
        assert slow.asked.wait(LIMIT)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=LIMIT)
    slow.go.set()
    assert process.returncode == -signal.SIGKILL
    assert facts(stage) == before
    assert (stage.wrong() if not first else ()) == ()
    stage.mend()
    done = run(stage)
    assert (done.state, done.counts) == ("complete", {"ok": 3})
    assert stage.wrong() == ()
    assert verify(stage.store) == []
    assert not list(stage.store.glob(".new-*"))
    assert len(ledger(stage)["runs"]) == (1 if first else 2)


def test_the_service_killed_in_a_run_catches_up_once_when_it_is_started_again(stage):
    slow = Slow(stage, f"{VICTIM}/HS.444.htm")
    with start(stage, "schedule", "--every=6h") as process:
        assert slow.asked.wait(LIMIT)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=LIMIT)
    slow.go.set()
    assert not (stage.store / "ledger.json").exists()
    stage.mend()
    lines = []
    for expected in ("complete: 3 asked, 0 failed", None):
        with start(stage, "schedule", "--every=6h") as process:
            lines.append(process.stdout.readline())
            if expected:
                read_until(process, expected)
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=LIMIT)
        assert (process.returncode, err) == (0, "")
        assert "complete" not in out
    times = re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", lines[1])
    assert times[1] > times[0], "the run was made: the next is hours away, not at once"
    assert len(ledger(stage)["runs"]) == 1
    assert stage.wrong() == ()


def test_sigterm_in_a_run_finishes_it_and_ends_cleanly(stage):
    slow = Slow(stage, f"{VICTIM}/HS.444.htm")
    with start(stage, "schedule", "--every=6h") as process:
        assert slow.asked.wait(LIMIT)
        process.send_signal(signal.SIGTERM)
        read_until(process, "SIGTERM: finishing the run under way")
        assert process.poll() is None
        slow.go.set()
        out, err = process.communicate(timeout=LIMIT)
    assert "complete: 3 asked, 0 failed" in out
    assert (process.returncode, err) == (0, "")
    assert ledger(stage)["runs"][-1]["state"] == "complete"
    assert (stage.wrong(), verify(stage.store)) == ((), [])


@pytest.mark.parametrize(
    "words", [("schedule", "--every=6h"), ("serve", "--port=0", "--schedule=6h")]
)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (signal.SIGTERM, signal.SIGTERM),
        (signal.SIGINT, signal.SIGTERM),
        (signal.SIGTERM, signal.SIGINT),
    ],
)
def test_a_second_signal_ends_it_at_once_and_nothing_is_lost(stage, words, first, second):
    assert run(stage).state == "complete"
    before = facts(stage)
    slow = Slow(stage, f"{VICTIM}/HS.444.htm")
    with start(stage, *words, "--all", script=_EVERY_SECOND) as process:
        assert slow.asked.wait(LIMIT)
        process.send_signal(first)
        read_until(process, "finishing the run")
        process.send_signal(second)
        _, err = process.communicate(timeout=LIMIT)
    slow.go.set()
    assert (process.returncode, err) == (-second, "")
    assert facts(stage) == before
    stage.mend()
    assert run(stage).state == "complete"
    assert (stage.wrong(), verify(stage.store)) == ((), [])


_EVERY_SECOND = """
import regstatus.pipeline.schedule as schedule
from apscheduler.triggers.interval import IntervalTrigger
schedule.trigger_of = lambda every, cron: IntervalTrigger(seconds=1, timezone="UTC")
"""


def test_a_run_longer_than_its_interval_is_never_overtaken_and_its_next_turn_comes(
    stage,
):
    slow = Slow(stage, f"{VICTIM}/HS.444.htm")
    with start(stage, "schedule", "--every=6h", "--all", script=_EVERY_SECOND) as process:
        assert slow.asked.wait(LIMIT)
        # Told while the first run is still under way.
        said = read_until(process, "was due while another was under way")
        assert slow.times == 1, "two runs at once"
        slow.go.set()
        for _ in range(2):
            said += read_until(process, "complete")
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=LIMIT)
    said += out.splitlines()
    assert not [line for line in said if "failed:" in line or "unexpectedly" in line]
    runs = ledger(stage)["runs"]
    assert all(one["finished"] <= two["started"] for one, two in pairwise(runs))
    assert {one["state"] for one in runs} == {"complete"}
    assert process.returncode == 0
    # The library says on its own, on standard error, what we say as an event.
    assert [line for line in err.splitlines() if "maximum number of running" not in line] == []
    assert (stage.wrong(), verify(stage.store)) == ((), [])


def test_a_second_process_is_told_to_come_back_and_disturbs_nothing(stage):
    slow = Slow(stage, f"{VICTIM}/HS.444.htm")
    with start(stage, "update") as process:
        assert slow.asked.wait(LIMIT)
        with start(stage, "update") as second:
            _, err = second.communicate(timeout=LIMIT)
        assert second.returncode == 6
        assert "another update is running" in err
        slow.go.set()
        process.communicate(timeout=LIMIT)
    assert process.returncode == 0
    assert len(ledger(stage)["runs"]) == 1
    assert (stage.wrong(), verify(stage.store)) == ((), [])


_KILLED = """
import os, signal
from pathlib import Path
real, left = Path.replace, [int(sys.argv.pop(1))]
def replace(self, target):
    if ".whole" in f"{self} {target}" or "outbox" in f"{target}":
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
    return real(self, target)
Path.replace = Path.rename = replace
"""


@pytest.mark.parametrize("command", ["update", "schedule"])
@pytest.mark.parametrize("point", [2, 3, 6, 8])
def test_a_process_killed_while_it_ends_its_run_is_told_by_the_next_also_to_a_new_target(
    stage, hook, monkeypatch, tmp_path, point, command
):
    """Points: whole but nowhere yet, between texts, reports, index and ledger, before the outbox."""
    monkeypatch.setenv("HOOK_KEY", SECRET)
    config = tmp_path / "notify.toml"
    config.write_text(
        f'[[targets]]\nwebhook = "{hook.base}"\nsecret_env = "HOOK_KEY"\nallow_private = true\n',
        encoding="utf-8",
    )
    assert stage.run(hours=-24).state == "complete"  # so the next is overdue
    stage.put(stage.kind.content[1].replace(b"two percent", b"one percent"))
    words = ["--every=1h", "--all"] if command == "schedule" else []
    words = [str(point), command, *words, f"--notify={config}"]
    with start(stage, *words, script=_KILLED) as process:
        try:
            process.communicate(timeout=LIMIT)
        finally:
            process.kill()
    assert process.returncode == -signal.SIGKILL
    with start(stage, "update", f"--notify={config}", script="") as process:
        _, err = process.communicate(timeout=LIMIT)
    assert (process.returncode, err) == (0, "")
    [version] = Store(stage.store).versions()[1:]
    changes = json.loads((stage.store / version["id"] / "changes.json").read_bytes())["changes"]
    assert "contradicted" in {change["kind"] for change in changes}
    reports = [json.loads(f.read_bytes()) for f in (stage.store / "reports").glob("*.json")]
    told = {body["id"]: body["changes"] for body in hook.bodies}
    for where in ([r["changes"] for r in reports], list(told.values())):
        sentences = [change["sentence"] for events in where for change in events]
        assert all(sentences.count(change["sentence"]) == 1 for change in changes)
    assert verify(stage.store) == []
