"""Pages read beside the run, or by any executor of `concurrent.futures`, here or on other machines.

Reading is a pure function of a document, a page and a day. What is sent and what comes
back is the same JSON as between `worker` and `sandbox`, and is checked in the same way.
Where it arrives, a page is still read in a sandboxed process of its own.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Protocol, Self

from regstatus.base.version import __version__
from regstatus.model.document import Document
from regstatus.model.text import Page
from regstatus.model.words import Outcome
from regstatus.pipeline.page_reader.read_page import Known, ReadPage, read_page
from regstatus.pipeline.page_reader.sandbox import (
    decode_reading,
    encode_refusal,
    encode_task,
    run_task,
)
from regstatus.pipeline.page_reader.worker import Worker

if TYPE_CHECKING:
    from regstatus.model.request import Request
    from regstatus.pipeline.plan import Job


class Reader(Protocol):
    """What reads a page, as `read_page` does."""

    def __call__(
        self, document: Document, page: Page, on: date, known: Known | None = None
    ) -> ReadPage:
        """Read a page for a day, or know it again."""


AHEAD = 16
"""Pages whose reading has begun, or that wait for it: their bodies are in memory so long."""
PATIENCE = 900.0
"""Seconds that a page may wait for its turn and be read; a cluster that is gone must end a run."""
IDLE = 10.0
"""Seconds after which a sandboxed process without work ends: nothing tells it that a run is over."""


class Pool:
    """Reads pages as `read_page` does, while the run keeps the pages before and waits for the disk.

    Args:
        executor: What runs the readings, several at one time; it stays open: the caller closes
            it. A thread with a sandboxed process of its own if None.
        isolate: Whether a page is read in a sandboxed process where an executor leads.
        soon: Whether to start that of its own at once, while the first pages are on their way.

    Raises:
        UsageError: If there is no executor and this process was itself started to read a page.
    """

    def __init__(
        self, executor: Executor | None = None, *, isolate: bool = True, soon: bool = False
    ) -> None:
        self._begun: dict[int, Future[bytes]] = {}
        self._worker = None if executor else Worker()
        self._executor = executor or ThreadPoolExecutor(1, thread_name_prefix="regstatus-read")
        self._isolate = isolate
        if soon and self._worker is not None:
            self._executor.submit(self._worker.start)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # What is still being read is no longer wanted.
        for future in self._begun.values():
            future.cancel()
        if self._worker is None:
            _children.end()
        else:
            self._worker.kill()
            self._executor.shutdown()
            self._worker.end()

    def _begin(
        self, document: Document, page: Page, on: date, known: Known | None
    ) -> Future[bytes]:
        ask, body = encode_task(document, page, on, known), page.body
        try:
            if self._worker is not None:
                return self._executor.submit(self._worker.answer, ask, body)
            return self._executor.submit(read_remotely, ask, body, __version__, self._isolate)
        except Exception as error:  # noqa: BLE001  (one that is closed, or a cluster that is gone)
            lost: Future[bytes] = Future()
            lost.set_exception(error)
            return lost

    def __call__(
        self, document: Document, page: Page, on: date, known: Known | None = None
    ) -> ReadPage:
        """Read a page; whatever happens to its reader becomes the problem of this page alone."""
        future = self._begun.pop(id(page), None) or self._begin(document, page, on, known)
        try:
            answer = future.result(PATIENCE)
        except Exception as error:  # noqa: BLE001  (a cluster has errors of its own)
            return ReadPage(None, problem=f"the reader was lost: {type(error).__name__}")
        return decode_reading(answer) or ReadPage(
            None, problem="the reader gave an answer that cannot be understood"
        )

    def ahead(
        self,
        pages: Iterable[tuple[Request, Page]],
        asked: Callable[[str], Job],
        on: date,
        same: Callable[[Job, Page], bool],
        known: Callable[[Job], Known | None] = lambda _: None,
    ) -> Iterator[tuple[Request, Page]]:
        """Hand on pages in the order in which they come, each some pages after its reading began.

        `asked` gives the document of a ledger key, `on` is the day for which the texts are read, and
        `same` tells of a page that it need not be read, `known` what it should bring again.
        """
        waiting: deque[tuple[Request, Page]] = deque()
        for request, page in pages:
            job = asked(request.key)
            if page.outcome is Outcome.OK and not same(job, page):
                self._begun[id(page)] = self._begin(job.document, page, on, known(job))
            waiting.append((request, page))
            if len(waiting) > AHEAD:
                yield waiting.popleft()
        yield from waiting


def read_remotely(ask: bytes, body: bytes, version: str, isolate: bool) -> bytes:
    """Read a page where an executor has led; JSON both ways, and never raises for the page.

    `ask` is what `sandbox.encode_task` writes, `version` that of the program that asks: another
    would read by other rules.
    """
    if version != __version__:
        return encode_refusal(f"the reader has regstatus {__version__}, and {version} asks")
    if not isolate:
        return run_task(read_page, ask, body)
    worker = _children.take()
    try:
        return worker.answer(ask, body)
    finally:
        _children.give(worker)


class _Children:
    """The sandboxed processes of this one that wait for a page.

    Threads share the list without a lock: who took a process out of it has it alone.
    """

    def __init__(self) -> None:
        self._idle: list[Worker] = []
        self._timer = threading.Timer(IDLE, self.end)

    def take(self) -> Worker:
        with suppress(IndexError):
            return self._idle.pop()
        return Worker()

    def give(self, worker: Worker) -> None:
        self._idle.append(worker)
        self._timer.cancel()
        self._timer = threading.Timer(IDLE, self.end)
        self._timer.daemon = True
        self._timer.start()

    def end(self) -> None:
        self._timer.cancel()
        with suppress(IndexError):
            while True:
                self._idle.pop().end()


_children = _Children()
