"""Services tell their targets, and stop when they are told to, although nobody reads what they print."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from regstatus.base.background_log import BackgroundLog
from regstatus.pipeline.schedule import background, trigger_of
from regstatus.pipeline.update import Options
from tests.faults.kinds import OTHER, THIRD, VICTIM
from tests.faults.test_process import LIMIT, READ_HERE, RUN, stage
from tests.report.notify.conftest import SECRET, hook
from tests.support.child import python

__all__ = ["hook", "stage"]  # fixtures
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes are others there")


def until(happened):
    end = time.monotonic() + LIMIT
    while not happened():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


@contextlib.contextmanager
def pipe(*, full):
    """A pipe whose reader has gone, or is there and reads nothing though it is full."""
    reader, writer = os.pipe()
    if full:
        os.set_blocking(writer, False)
        with contextlib.suppress(BlockingIOError):
            while True:
                os.write(writer, b"x" * 4096)
        with contextlib.suppress(BlockingIOError):
            while True:
                os.write(writer, b"x")
        os.set_blocking(writer, True)
    else:
        os.close(reader)
    yield writer
    os.close(writer)
    if full:
        os.close(reader)


@contextlib.contextmanager
def output(kind):
    """Standard output and error of one kind, and what a shell must close."""
    closed = {"stdout closed": ">&-", "stderr closed": "2>&-", "both closed": ">&- 2>&-"}
    with contextlib.ExitStack() as stack:
        streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        if kind in {"reader gone", "nobody reads"}:
            streams["stdout"] = stack.enter_context(pipe(full=kind == "nobody reads"))
        elif kind == "disk full":
            streams["stdout"] = stack.enter_context(Path("/dev/full").open("wb"))
        elif kind.startswith("all to one"):
            full = kind.endswith("that never reads")
            streams["stdout"] = streams["stderr"] = stack.enter_context(pipe(full=full))
        yield streams, closed.get(kind, "")


KINDS = [
    "reader gone", "nobody reads", "disk full", "stdout closed", "stderr closed", "both closed",
    "all to one that is gone", "all to one that never reads",
]  # fmt: skip


SILENT = ["nobody reads", "all to one that never reads", "all to one that is gone"]


@pytest.mark.parametrize("command", ["schedule", "serve"])
@pytest.mark.parametrize(
    ("kind", "ends"),
    [*((kind, signal.SIGTERM) for kind in KINDS), *((kind, signal.SIGINT) for kind in SILENT)],
)
def test_a_service_that_nobody_hears_tells_its_targets_and_ends_when_it_is_told_to(
    stage, hook, monkeypatch, tmp_path, kind, ends, command
):
    monkeypatch.setenv("HOOK_KEY", SECRET)
    config = tmp_path / "notify.toml"
    config.write_text(
        f'[[targets]]\nwebhook = "{hook.base}"\nsecret_env = "HOOK_KEY"\nallow_private = true\n',
        encoding="utf-8",
    )
    assert stage.run(hours=-24).state == "complete"  # so the next is overdue
    stage.put(stage.kind.content[1].replace(b"two percent", b"one percent"))
    words = {
        "schedule": ["schedule", "--every=1h"],
        "serve": ["serve", "--port=0", "--schedule=1h"],
    }
    routes = [f"--route={host}={stage.hosts.base}" for host in (VICTIM, OTHER, THIRD)]
    with output(kind) as (streams, closed):
        # Where streams are closed, the pipes to the process that reads may take their numbers.
        begin = [sys.executable, "-m", "regstatus"] if closed else python(READ_HERE + RUN)
        process = subprocess.Popen(
            [
                "sh", "-c", f'exec "$@" {closed}', "sh", *begin,
                *words[command], "--all", "--delay=0", f"--notify={config}", *routes,
                f"--sources={stage.sources}", f"--snapshots={stage.store}",
            ],
            **streams,
        )  # fmt: skip
        try:
            until(lambda: hook.got)
            process.send_signal(ends)
            assert process.wait(LIMIT) in {0, 130, -signal.SIGTERM}  # the server ends by its signal
        finally:
            process.kill()
            process.wait()
    assert "contradicted" in hook.kinds()[0]
    assert stage.clocks()


@pytest.mark.parametrize(
    "fault",
    [BrokenPipeError(), OSError(28, "full"), ValueError("closed file"), ZeroDivisionError()],
)
def test_what_is_said_from_python_may_fail_in_any_way(stage, fault):
    told = []

    def say(_line):
        raise fault

    options = Options(sources=stage.sources, snapshots=stage.store, settings=stage.settings)
    end = background(
        options,
        trigger_of("1h", None),
        now=lambda: stage.now,
        say=say,
        tell=lambda done, error: [told.append((done, error)), "a line"],
    )
    until(lambda: told)
    end()
    [(done, error)] = told
    assert (done.state, error) == ("complete", None)


def test_lines_come_in_their_order_and_whoever_never_hears_them_keeps_nobody_waiting():
    said = []
    voice = BackgroundLog(said.append)
    for number in range(100):
        voice(str(number))
    voice.end()
    assert said == [str(number) for number in range(100)]
    deaf, heard = threading.Event(), []
    voice = BackgroundLog(lambda line: (heard.append(line), deaf.wait(LIMIT)))
    for number in range(5000):
        voice(str(number))
    until(lambda: heard)
    voice.end()
    assert heard == ["0"]
    deaf.set()
