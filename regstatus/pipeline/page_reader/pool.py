"""Pages read by any executor of `concurrent.futures`, on this machine or on others.

Reading is a pure function of a document, a page and a day. What is sent and what comes
back is the same JSON as between `worker` and `sandbox`, and is checked in the same way.
Where it arrives, a page is still read in a sandboxed process of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from datetime import date

from regstatus.base.version import __version__
from regstatus.model.document import Document
from regstatus.model.text import Page
from regstatus.pipeline.page_reader.ahead import ReadsAhead
from regstatus.pipeline.page_reader.read_page import ReadPage, read_page
from regstatus.pipeline.page_reader.sandbox import encode_refusal, run_task
from regstatus.pipeline.page_reader.worker import Worker

__all__ = ["Pool", "Reader", "read_remotely"]

Reader = Callable[[Document, Page, date], ReadPage]

IDLE = 10.0
"""Seconds after which a sandboxed process without work ends: nothing tells it that a run is over."""


class Pool(ReadsAhead):
    """Reads pages as `read_page` does, several at one time.

    Args:
        executor: What runs the readings; it stays open: the caller closes it.
        isolate: Whether a page is read in a sandboxed process where it arrives.
    """

    def __init__(self, executor: Executor, *, isolate: bool = True) -> None:
        super().__init__()
        self._executor, self._isolate = executor, isolate

    def __exit__(self, *_: object) -> None:
        for future in self._begun.values():
            future.cancel()
        _children.end()

    def _submit(self, ask: bytes, body: bytes) -> Future[bytes]:
        return self._executor.submit(read_remotely, ask, body, __version__, self._isolate)


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
                self._idle.pop().__exit__()


_children = _Children()
