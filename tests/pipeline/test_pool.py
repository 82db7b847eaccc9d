"""Read by any executor, here or on a cluster, the records are the same, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from concurrent.futures import (
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from dataclasses import replace
from datetime import timedelta

import pytest

from regstatus.catalog.sources import check_text
from regstatus.fetch.settings import Settings
from regstatus.model.text import Page
from regstatus.model.words import Outcome
from regstatus.pipeline.page_reader import pool
from regstatus.pipeline.page_reader import worker as limits
from regstatus.pipeline.page_reader.pool import Pool, read_remotely
from regstatus.pipeline.page_reader.read_page import read_page
from regstatus.pipeline.page_reader.sandbox import decode_reading, encode_task
from regstatus.pipeline.update import Options, update
from regstatus.store.reader import Store
from tests.pipeline.test_update import chapter, schedule
from tests.support.make import FEDERAL, NOON, TEXAS, TODAY

DOCUMENT = check_text(TEXAS, "tx.toml").documents[0]


def page_of(url, body, form, now=NOON):
    return Page(
        url=url, final_url=url, outcome=Outcome.OK, status=200, body=body, format=form,
        headers=(("content-type", "text/html; charset=utf-8"),), fetched_at=now,
    )  # fmt: skip


PAGE = page_of(DOCUMENT.url, chapter(), DOCUMENT.format)


def many(number):
    """A catalogue of many places with the law of one."""
    return {
        "us.toml": FEDERAL,
        **{
            f"{code.lower()}.toml": TEXAS.replace("US-TX", f"US-{code}")
            for code in ("TX", "AL", "AK", "AZ", "AR", "CO", "DE", "FL", "GA", "HI", "ID", "IA")[
                :number
            ]
        },
    }


def pages(requests, settings, *, now):
    for number, request in enumerate(requests):
        body = chapter(cap=("one", "two")[number % 2]) if "444" in request.url else schedule()
        if number % 7 == 3:
            body = b"<html><body>maintenance</body></html>"
        yield request, page_of(request.url, body, request.format, now())


def run(tmp_path, name, **options):
    """Play one run; every file that it leaves, by path."""
    sources = tmp_path / "sources"
    sources.mkdir(exist_ok=True)
    for file, text in many(12).items():
        (sources / file).write_text(text, encoding="utf-8")
    path = tmp_path / name
    options.setdefault("isolate", False)
    done = update(
        Options(sources=sources, snapshots=path, settings=Settings(delay=0.0), **options),
        now=lambda: NOON + timedelta(hours=1),
        pages=pages,
    )
    assert done.asked == 24
    files = {
        file.relative_to(path).as_posix(): file.read_bytes()
        for file in path.rglob("*")
        if file.is_file() and file.name != ".lock"
    }
    assert Store(path).load().get("US-TX")["documents"]["hs-444"]["finding"]
    return files


@pytest.mark.parametrize("isolate", [True, False])
def test_a_pool_of_threads_each_with_its_confined_child_leaves_the_same_files(tmp_path, isolate):
    alone = run(tmp_path, "alone")
    with ThreadPoolExecutor(3) as executor:
        assert run(tmp_path, "pool", executor=executor, isolate=isolate) == alone
    assert pool._children._idle == []  # none outlives its run


def test_a_pool_of_processes_leaves_the_same_files(tmp_path):
    import multiprocessing

    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as executor:
        assert run(tmp_path, "pool", executor=executor) == run(tmp_path, "alone")


class Odd(Executor):
    """An executor that fails as clusters do."""

    def __init__(self, answer):
        self.answer = answer

    def submit(self, call, /, *args, **options):
        future = Future()
        if isinstance(self.answer, BaseException):
            future.set_exception(self.answer)
        elif self.answer is not None:
            future.set_result(self.answer)
        return future


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (ConnectionError("gone"), "the reader was lost: ConnectionError"),
        (CancelledError(), "the reader was lost: CancelledError"),
        (None, "the reader was lost: TimeoutError"),
        (b"{}", "the reader gave an answer that cannot be understood"),
        (b"\xff", "the reader gave an answer that cannot be understood"),
        (b'{"finding": {"readable": "perhaps"}}', "the reader gave an answer that cannot be"),
    ],
)
def test_whatever_becomes_of_a_reader_is_the_problem_of_its_page_alone(
    monkeypatch, answer, problem
):
    monkeypatch.setattr(pool, "PATIENCE", 0.01)
    with Pool(Odd(answer)) as read:
        found = read(DOCUMENT, PAGE, TODAY)
    assert found.finding is None
    assert found.problem.startswith(problem)


def test_an_executor_that_refuses_work_costs_the_pages_and_not_the_run(tmp_path):
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    with Pool(executor) as read:
        assert "RuntimeError" in read(DOCUMENT, PAGE, TODAY).problem
        given = list(read.ahead([(Request(), PAGE)], lambda _: Request(), TODAY, lambda *_: False))
        assert len(given) == 1


class Request:
    key, document = "US-TX:hs-444", DOCUMENT


def test_a_reader_of_another_release_is_refused():
    ask = encode_task(DOCUMENT, PAGE, TODAY)
    found = decode_reading(read_remotely(ask, PAGE.body, "0.0.0", isolate=False))
    assert found.finding is None
    assert "and 0.0.0 asks" in found.problem


def test_pages_are_handed_on_in_their_order_and_few_are_held():
    held, most = [0], [0]

    def coming():
        for number in range(60):
            held[0] += 1
            most[0] = max(most[0], held[0])
            yield Request, replace(PAGE, status=200 + number)

    with ThreadPoolExecutor(2) as executor, Pool(executor, isolate=False) as read:
        seen = []
        for _, page in read.ahead(coming(), lambda _: Request, TODAY, lambda *_: False):
            assert read(DOCUMENT, page, TODAY) == read_page(DOCUMENT, page, TODAY)
            seen.append(page.status - 200)
            held[0] -= 1
        assert read._begun == {}
    assert seen == list(range(60))
    assert most[0] <= pool.AHEAD + 1


def test_the_limits_of_the_confined_child_hold_on_an_executor_unless_told_otherwise():
    assert Options(sources=None, snapshots=None).isolate
    with ThreadPoolExecutor(1) as executor, Pool(executor) as read:
        assert read(DOCUMENT, PAGE, TODAY) == read_page(DOCUMENT, PAGE, TODAY)
        (worker,) = pool._children._idle
        assert worker.pid != os.getpid()
    assert (limits.SECONDS, limits.MEGABYTES) == (60, 2048)


def test_an_idle_child_ends_by_itself(monkeypatch):
    monkeypatch.setattr(pool, "IDLE", 0.05)
    children = pool._Children()
    worker = children.take()
    worker.answer(encode_task(DOCUMENT, PAGE, TODAY), PAGE.body)
    pid = worker.pid
    children.give(worker)
    timer = children._timer
    timer.join(20)
    assert pid is not None
    assert worker.pid is None
    assert children._idle == []


DASK = """
import sys
from pathlib import Path
from distributed import Client, LocalCluster
from tests.pipeline.test_pool import run

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
        host="127.0.0.1", local_directory=str(folder / "dask"),
    ) as cluster, Client(cluster) as client, client.get_executor() as executor:
        for isolate in (True, False):
            alone = run(folder, f"alone{isolate}")
            assert run(folder, f"dask{isolate}", executor=executor, isolate=isolate) == alone
        tasks = client.run(lambda dask_worker: dask_worker.state.task_counter is not None)
        print(len(tasks), "workers, the same files:", len(alone))
"""


def test_two_workers_of_a_dask_cluster_leave_the_same_files(tmp_path):
    pytest.importorskip("distributed", reason="the cluster of Dask is not installed")
    script = tmp_path / "main.py"
    script.write_text(textwrap.dedent(DASK), encoding="utf-8")
    root = os.fspath(pytest.importorskip("pathlib").Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, os.fspath(script), os.fspath(tmp_path)],
        cwd=root, env={**os.environ, "PYTHONPATH": root}, capture_output=True, text=True,
        timeout=240, check=False,
    )  # fmt: skip
    assert done.stdout.startswith("2 workers, the same files: "), done.stderr[-2000:]
