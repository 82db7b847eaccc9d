"""Pages are read in a process that may hang, swell or die: that costs one document, not the run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from regstatus.model.document import Document
from regstatus.model.request import Request
from regstatus.model.text import Page
from regstatus.model.words import Outcome
from regstatus.pipeline.page_reader import worker as module
from regstatus.pipeline.page_reader.pool import Pool
from regstatus.pipeline.page_reader.read_page import read_page
from regstatus.pipeline.page_reader.worker import Worker
from regstatus.pipeline.plan import Job
from regstatus.store.verify import verify
from tests.pipeline.test_update import World, chapter, schedule
from tests.support.make import NOON, TEXAS, TODAY, source
from tests.support.replica import Replica, example

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="processes are asked after by signals")


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return (
        Path(f"/proc/{pid}/stat").exists() and ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    )


def gone(pid, seconds=30):
    """Whether a process ends; the wait is long only where it does not."""
    for _ in range(seconds * 50):
        if not alive(pid):
            return True
        time.sleep(0.02)
    return False


def page(body, document=None):
    url = document.url if document else "https://a.example/"
    return Page(url=url, final_url=url, outcome=Outcome.OK, body=body, fetched_at=NOON)


@pytest.fixture
def faulty(monkeypatch):
    """Let the children of workers use the faulty reader, under small limits."""
    monkeypatch.setattr(module, "READER", "tests.support.faulty:read_page")
    for limit, value in (("SECONDS", 2.0), ("MEGABYTES", 1024), ("LONGEST", 1_000_000)):
        monkeypatch.setattr(module, limit, value)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture
def world(tmp_path, faulty):
    with Replica() as site:
        yield World(tmp_path, site)


def fault(name):
    return chapter().replace(b"</body>", f"<!-- FAULT:{name} --></body>".encode())


HARM = {
    "hang_in_c": "reading took longer than 2 s",
    "hang_in_a_process_of_its_own": "reading took longer than 2 s",
    "swell": "reading took more memory than allowed",
    "die": "the reader died on it (signal 9)",
    "crash": "the reader died on it (signal 11)",
    "leave": "the reader died on it (status 3)",
    "err": "it could not be read: KeyError inside the reader",
    "too_deep": "it could not be read: RecursionError inside the reader",
    "call_home": "it could not be read: PermissionError inside the reader",
    "write": "it could not be read: FileNotFoundError inside the reader",  # no folder takes a file
    "lie_at_length": "the reader died on it",
    "babble": "the reader gave an answer that cannot be understood",
}
"""What a page may do to its reader, and the problem by which it is then known."""


@posix
def test_a_page_that_harms_its_reader_is_unreadable_by_name_and_harms_nothing_else(world):
    first = TEXAS.index("[[documents]]")
    block = TEXAS[first : TEXAS.index("[[documents]]", first + 1)]
    more = [
        block.replace("hs-444", name.replace("_", "-"))
        .replace("/HS.444.htm", f"/{name}.htm")
        .replace('settles = ["leaf", "7-oh"]', "")
        for name in HARM
    ]
    world.write("tx.toml", TEXAS[:first] + "".join(more) + TEXAS[first:])
    for name in HARM:
        world.serve(f"/{name}.htm", chapter())
    assert dict(world.run(isolate=False).counts) == {"ok": len(HARM) + 2}
    before = world.record()["documents"]
    for name in HARM:
        world.serve(f"/{name}.htm", fault(name))
    world.serve("/HS.444.htm", chapter(age="19"))
    world.serve("/HS.481.htm", schedule("<li>Salvia</li>"))
    run = world.run(isolate=True)
    assert run.state == "complete"
    assert dict(run.counts) == {"ok": 2, "unreadable": len(HARM)}
    clocks = json.loads((world.path / "ledger.json").read_bytes())["documents"]
    after = world.record()["documents"]
    for name, says in HARM.items():
        key = name.replace("_", "-")
        assert clocks[f"US-TX:{key}"]["problem"].startswith(says)
        assert after[key] == before[key]
    assert after["hs-444"]["finding"]["minimum_age"]["years"] == 19
    assert "secret words" not in run.report
    assert verify(world.path) == []


def test_what_a_library_prints_is_no_part_of_the_answer(world):
    world.serve("/HS.444.htm", fault("chatter"))
    assert dict(world.run(isolate=True).counts) == {"ok": 2}


def test_the_child_sees_no_key_of_the_environment(world, monkeypatch):
    monkeypatch.setenv("LEGISCAN_KEY", "s3cret")
    world.serve("/HS.444.htm", fault("tell_environment"))
    problem = world.run(isolate=True).report
    assert "Sees" in problem
    assert "PATH" in problem
    assert "KEY" not in problem


def test_no_page_pays_for_what_the_first_reading_loads(faulty):
    with Pool() as read:
        found = read(source().documents[0], page(fault("tell_what_it_loads")), TODAY)
    assert found.problem == "it could not be read: Loads_ inside the reader"


def test_an_answer_of_another_shape_counts_for_nothing(monkeypatch):
    document = source().documents[0]
    with Pool() as read:
        for answer in (b"{}", b"[]", b"null", b'{"finding": {"readable": "perhaps"}}', b"\xff"):
            monkeypatch.setattr(read._worker, "_ask", lambda *_, answer=answer: answer)
            found = read(document, page(b"x"), TODAY)
            assert found.finding is None
            assert found.problem
            shown = read._worker.inspect(b"x", name="x", on=TODAY)
            assert shown["readable"] is False
            assert shown["problems"]


def test_read_apart_or_not_every_example_page_gives_the_same(catalogue, read_here):
    count = 0
    with Pool() as read:
        for one in catalogue:
            for document in one.documents:
                path = example(one.jurisdiction, document)
                if path is None:
                    continue
                sent = page(path.read_bytes(), document)
                assert read(document, sent, TODAY) == read_page(document, sent, TODAY)
                count += 1
    assert count > 100


def test_every_document_of_the_catalogue_reaches_the_child_as_it_is(catalogue):
    for one in catalogue:
        for document in one.documents:
            told = document.model_dump(mode="json", by_alias=True, exclude={"check_every"})
            back = Document.model_validate(json.loads(json.dumps(told)))
            assert back.model_copy(update={"check_every": document.check_every}) == document


def test_no_child_is_started_before_a_page_and_one_serves_all_of_them():
    document = source().documents[0]
    with Pool() as read:
        assert read._worker.pid is None
        read(document, page(chapter()), TODAY)
        first = read._worker.pid
        read(document, page(chapter()), TODAY)
        assert read._worker.pid == first
        assert alive(first)
    assert read._worker.pid is None
    assert gone(first)


@posix
def test_a_child_that_died_while_idle_is_replaced():
    document = source().documents[0]
    with Pool() as read:
        read(document, page(chapter()), TODAY)
        first = read._worker.pid
        os.kill(first, signal.SIGKILL)
        assert gone(first)
        assert read(document, page(chapter()), TODAY).problem is None
        assert read._worker.pid != first


@posix
def test_no_child_is_left_after_a_run_that_fails(world, monkeypatch):
    pids = []
    true = Worker._started

    def started(self, *args):
        child = true(self, *args)
        pids.append(child.pid)
        return child

    monkeypatch.setattr(Worker, "_started", started)
    monkeypatch.setattr("regstatus.pipeline.update.assemble", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        world.run(isolate=True)
    assert pids
    assert all(gone(pid) for pid in pids)


@posix
@pytest.mark.parametrize(
    ("name", "sign"),
    [("idle", signal.SIGKILL), ("idle", signal.SIGTERM), ("hang_in_c", signal.SIGKILL)],
)
def test_no_child_outlives_its_parent_whatever_ended_it(faulty, name, sign):
    # A busy child is ended by its own alarm, five seconds after its limit.
    script = """
import sys, threading, time
from tests.pipeline.test_worker import TODAY, Pool, fault, page, source
from regstatus.pipeline.page_reader import worker
worker.READER = "tests.support.faulty:read_page"
true = worker.Worker._exchange
class Told:
    def __init__(self, pipe):
        self.pipe = pipe
    def __getattr__(self, name):
        return getattr(self.pipe, name)
    def flush(self):
        self.pipe.flush()
        print("sent", flush=True)
def exchange(self, child, seconds, *parts):
    if parts and not isinstance(child.stdin, Told):
        child.stdin = Told(child.stdin)
    return true(self, child, seconds, *parts)
worker.Worker._exchange = exchange
worker.SECONDS = float(sys.argv[2])
read = Pool()
document = source().documents[0]
read(document, page(b"<p>x"), TODAY)
print(read._worker.pid, flush=True)
if sys.argv[1] != "idle":
    read(document, page(fault(sys.argv[1])), TODAY)
time.sleep(3600)
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", script, name, "2"], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        assert parent.stdout.readline() == "sent\n"
        pid = int(parent.stdout.readline())
        if name != "idle":
            assert parent.stdout.readline() == "sent\n"
        assert alive(pid)
        parent.send_signal(sign)
    finally:
        if sys.exc_info()[0]:
            parent.kill()
        parent.communicate()
    assert gone(pid)


def test_inspect_reads_apart_and_tells_what_happened(faulty):
    with Worker() as worker:
        shown = worker.inspect(chapter(), name="a.html", on=TODAY)
    assert shown["readable"]
    assert shown["minimum_age"] == 18


def test_a_reader_that_cannot_start_is_a_problem_of_the_page(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with Pool() as read:
        found = read(source().documents[0], page(b"x"), TODAY)
    assert found.problem.startswith("the reader could not be started: ")


def test_a_reader_that_dies_while_it_starts_is_a_problem_of_the_page(monkeypatch):
    monkeypatch.setattr(module, "READER", "regstatus.nowhere:read")
    with Pool() as read:
        found = read(source().documents[0], page(b"x"), TODAY)
        assert read._worker.pid is None
    assert found.problem == "the reader could not be started: it ended with status 1"


def test_a_page_with_all_its_facts_arrives(monkeypatch):
    full = Page(
        url="https://a.example/",
        final_url="https://a.example/x",
        outcome=Outcome.OK,
        status=200,
        headers=(("content-type", "text/html; charset=iso-8859-1"),),
        body="<p>§ 5 caf\xe9 kratom processor".encode("latin-1"),
        fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
    )
    with Pool() as read:
        assert "café" in read(source().documents[0], full, TODAY).words


def several(*bodies):
    """Pages as they come from the hosts, and the document that each of them is."""
    [document, *_] = source().documents
    asked = Job(Request(key="k", url=document.url), source(), document)
    return [(asked.request, page(body)) for body in bodies], lambda _: asked


def test_pages_are_read_ahead_and_handed_on_in_their_order(faulty):
    bodies = [chapter(), fault("leave"), b"<p>kratom processor", fault("hang_in_c"), chapter()]
    pages, asked = several(*bodies)
    with Pool() as read:
        ahead = [(got, read(asked("k").document, got, TODAY)) for _, got in
                 read.ahead(pages, asked, TODAY, lambda *_: False)]  # fmt: skip
    with Pool() as read:
        alone = [(got, read(asked("k").document, got, TODAY)) for _, got in pages]
    assert ahead == alone
    assert [found.finding is None for _, found in ahead] == [False, True, False, True, False]


def test_a_run_that_is_interrupted_waits_for_no_page_that_is_read_ahead(faulty, monkeypatch):
    pages, asked = several(fault("hang_in_c"), chapter())
    pids = []

    def stop(read):
        for _ in read.ahead(pages, asked, TODAY, lambda *_: False):
            pids.append(wait_for_the_child_of(read))
            raise KeyboardInterrupt

    monkeypatch.setattr(module, "SECONDS", 600.0)
    with pytest.raises(KeyboardInterrupt), Pool() as read:
        stop(read)
    assert gone(*pids)


def wait_for_the_child_of(read):
    while read._worker.pid is None:
        time.sleep(0.01)
    return read._worker.pid


def test_a_child_may_be_started_before_there_is_a_page():
    with Pool(soon=True) as read:
        read._executor.submit(int).result()  # it waits in the same queue
        started = read._worker.pid
        assert started is not None
        assert read(source().documents[0], page(b"x"), TODAY).problem is not None
        assert read._worker.pid == started
    with Pool() as read:
        read._executor.submit(int).result()
        assert read._worker.pid is None
