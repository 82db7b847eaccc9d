"""A program that is no Python (frozen, or with another inside it) never starts itself for ever."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from regstatus.base.errors import ReadingError, UsageError
from regstatus.base.process import MARK, interpreter
from regstatus.extract.from_pdf.pdf import read_pdf
from regstatus.pipeline.page_reader.pool import Pool
from regstatus.pipeline.page_reader.worker import Worker
from tests.extract.conftest import write_pdf
from tests.pipeline.test_update import HOST, chapter, schedule, world
from tests.pipeline.test_worker import page
from tests.support.make import FEDERAL, TEXAS, TODAY, source
from tests.support.replica import Replica

__all__ = ["world"]  # a fixture
ROOT = Path(__file__).parents[2]
LIMIT = 300


@pytest.fixture
def frozen(monkeypatch):
    """As PyInstaller leaves it; whatever would be started fails the test."""

    def start(*args, **kwargs):
        raise AssertionError(f"it would start itself: {args}")

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(subprocess, "run", start)


@pytest.mark.parametrize("workers", [None, 3])
def test_a_frozen_program_reads_in_its_own_process_the_same_and_warns(frozen, world, workers):
    executor = ThreadPoolExecutor(workers) if workers else None
    with pytest.warns(RuntimeWarning, match="frozen program has no Python"):
        run = world.run(isolate=True, executor=executor)
    assert (run.state, dict(run.counts)) == ("complete", {"ok": 2})
    assert world.answer()["seven_oh_cap"] == "2%"


def test_a_frozen_program_reads_pdfs_one_at_a_time_and_names_what_cannot_be_read(frozen):
    bodies = [write_pdf([[f"Schedule I names heroin and kratom in part {n}."]]) for n in range(8)]
    with ThreadPoolExecutor(4) as pool:
        found = [read.blocks[0].text for read in pool.map(read_pdf, bodies)]
    assert found == [f"Schedule I names heroin and kratom in part {n}." for n in range(8)]
    with pytest.raises(ReadingError, match="damaged"):
        read_pdf(b"%PDF-1.7 nothing")


def test_a_frozen_program_inspects_and_a_page_that_breaks_the_reader_is_a_problem_of_it(
    frozen, monkeypatch
):
    def broken(*_):
        raise RecursionError

    with pytest.warns(RuntimeWarning, match="frozen"):
        made = Pool()
    with made as read:
        assert read._worker.inspect(chapter(), name="x.html", on=TODAY)["readable"]
        monkeypatch.setattr("regstatus.pipeline.page_reader.worker.read_page", broken)
        found = read(source().documents[0], page(chapter()), TODAY)
    assert "RecursionError" in found.problem


@pytest.mark.parametrize(
    ("name", "value"), [("frozen", True), ("executable", ""), ("executable", None)]
)
def test_where_there_is_no_python_to_start_none_is_named(monkeypatch, name, value):
    monkeypatch.setattr(sys, name, value, raising=False)
    assert interpreter() is None


def test_a_program_that_was_started_as_a_reader_refuses_to_start_another(monkeypatch):
    monkeypatch.setenv(MARK, "page")
    with pytest.raises(UsageError, match="would start itself again"):
        Worker()


_PROGRAM = """
import os, sys, tempfile
from datetime import UTC, datetime
from pathlib import Path
log, program, sources, address, isolate = sys.argv[1:6] if len(sys.argv) > 5 else LAST
with open(log, "a") as file:
    file.write("started\\n")
sys.executable = program           # a host that has Python inside it, and says so
from regstatus.fetch.settings import Settings
from regstatus.pipeline.options import Options
from regstatus.pipeline.update import update
settings = Settings(delay=0.0, retries=0, routes={"statutes.example.gov": address})
store = Path(tempfile.mkdtemp())   # each its own: no lock keeps them apart
done = update(
    Options(sources=Path(sources), snapshots=store, settings=settings, isolate=isolate == "yes"),
    now=lambda: datetime.now(UTC),
)
print(dict(done.counts))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for the program")
@pytest.mark.parametrize(("isolate", "content"), [("yes", "html"), ("yes", "pdf")])
def test_a_program_with_python_inside_it_starts_itself_once_for_a_page_and_never_again(
    tmp_path, isolate, content
):
    sources, log, program = tmp_path / "sources", tmp_path / "log", tmp_path / "program"
    sources.mkdir()
    texas = TEXAS if content == "html" else TEXAS.replace("url_basis", 'format = "pdf"\nurl_basis')
    (sources / "tx.toml").write_text(texas, encoding="utf-8")
    (sources / "us.toml").write_text(FEDERAL, encoding="utf-8")
    kind, law = "text/html", (chapter(), schedule())
    if content == "pdf":
        kind = "application/pdf"
        law = (write_pdf([["A kratom processor sells."]]), write_pdf([["heroin and psilocybin"]]))
    with Replica() as site:
        for path, body in zip(("/HS.444.htm", "/HS.481.htm"), law, strict=True):
            site.pages[HOST, path] = (kind, body)
        words = [str(log), str(program), str(sources), site.address, isolate]
        script = tmp_path / "program.py"
        script.write_text(f"LAST = {json.dumps(words)}\n{_PROGRAM}", encoding="utf-8")
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}"\n', encoding="utf-8")
        program.chmod(0o755)
        done = subprocess.run(
            [program], capture_output=True, text=True, timeout=LIMIT, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "2" in done.stdout
    started = len(log.read_text(encoding="utf-8").splitlines())
    assert 2 <= started <= 4, "once before the first page, and once for each document"
