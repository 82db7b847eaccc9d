"""What tests of several folders share: the whole catalogue, golden files, the counts of suites."""

from __future__ import annotations

import difflib
import gc
import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.faults.results import RESULTS, Result, summary
from tests.proof.results import PROVEN, Proven, proof_line

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
DIFFERENCES_SHOWN = 60
"""Lines of a difference that a failure prints; the rest is seen with `git diff`."""

# Hundreds of programs are started here: where this is set, each would compile the package anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Nobody's own source files stand over those that are tested.
os.environ["XDG_CONFIG_HOME"] = os.devnull

# No power is lost here, and a disk that is waited for a hundred thousand times is most of a run.
os.fsync = os.fstat

# How long one example takes says more of the machine than of the project. The same examples are tried
# each time, so that what passed here passes elsewhere; `make explore` tries others.
_SLOW = [HealthCheck.too_slow]
settings.register_profile("explore", deadline=None, suppress_health_check=_SLOW, print_blob=True)
settings.register_profile("same", settings.get_profile("explore"), derandomize=True)
settings.load_profile("same")


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew; a test that wrote one still fails, so that the "
        "difference is looked at",
    )


LONGEST = (
    "web/test_browser.py", "proof/test_proof.py", "faults/test_matrix.py",
    "faults/test_unheard.py", "faults/test_process.py", "hosts/test_hosts.py",
    "tables/test_screen.py", "cli/test_console.py", "pipeline/test_worker.py", "web/test_publish.py",
    "query/test_other_releases.py", "report/notify/test_killed.py", "tables/test_files.py",
    "pipeline/test_examples.py", "store/test_proof.py", "pipeline/test_pool.py", "assess/test_work.py",
    "web/test_openapi.py", "pipeline/test_replay.py", "faults/test_fuzz.py",
    "pipeline/test_schedule.py", "decide/test_only_people_soften.py", "web/test_pages.py",
)  # fmt: skip
"""The files that take longest; the others take seconds."""


@pytest.hookimpl(wrapper=True)
def pytest_collection(session):
    # All that is collected stays to the end: to look through it again and again takes long.
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items):
    # Else one worker begins the longest file when the others have ended.
    here = Path(__file__).parent
    place = {here / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path, len(place)))


def pytest_sessionfinish(session):
    # With several workers each has played some of the cases.
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["faults"] = [asdict(result) for result in RESULTS]
        session.config.workeroutput["proof"] = [asdict(result) for result in PROVEN]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    for facts in getattr(node, "workeroutput", {}).get("faults", ()):
        RESULTS.append(Result(**facts))
    for facts in getattr(node, "workeroutput", {}).get("proof", ()):
        PROVEN.append(Proven(**facts))


def pytest_terminal_summary(terminalreporter):
    for line in (summary(RESULTS), proof_line(PROVEN)):
        if line is not None:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def catalogue():
    """Every source file of the project."""
    from tests.support import project

    return project.catalogue()


@pytest.fixture(scope="session")
def whole(catalogue, tmp_path_factory):
    """A snapshot of the whole catalogue, made and stored by the project's own code; nothing fetched."""
    from regstatus.pipeline.update import assemble
    from regstatus.store.reader import Store
    from regstatus.store.writer import writing

    now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    records = assemble(catalogue, {}, {}, now.date())
    folder = tmp_path_factory.mktemp("whole")
    with writing(folder) as writer:
        writer.publish(
            {key: record.to_json() for key, record in records.items()},
            created=now,
            changes=[],
            report="# Report\n",
        )
    return Store(folder).load()


@pytest.fixture
def read_here(monkeypatch):
    """Read pages in this process: to start another for each takes longer than all else."""
    from regstatus.pipeline.options import Options

    monkeypatch.setitem(dic=Options.__init__.__kwdefaults__, name="isolate", value=False)


@pytest.fixture(scope="module")
def pages_read_once():
    """Runs of one file read no page twice: what they are played for is what comes of it."""
    from tests.support.reading import reading_once

    with reading_once():
        yield


@pytest.fixture
def golden(request):
    """Compare a text with the golden file of a name; create or renew it on request, then fail."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        old = path.read_text(encoding="utf-8") if path.exists() else None
        if old == text:
            return
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            pytest.fail(f"{path} was written: read what changed (git diff), then run again")
        if old is None:
            pytest.fail(f"{path} is missing: make it with --update-golden and read it")
        lines = difflib.unified_diff(
            old.splitlines(), text.splitlines(), "golden", "now", lineterm="", n=1
        )
        shown = list(lines)
        more = len(shown) - DIFFERENCES_SHOWN
        tail = [f"… and {more} lines more"] if more > 0 else []
        pytest.fail("\n".join([f"{path.name} differs:", *shown[:DIFFERENCES_SHOWN], *tail]))

    return compare
