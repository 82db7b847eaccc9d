"""Pages read by any executor of `concurrent.futures`, on this machine or on others.

Reading is a pure function of a document, a page and a day. What is sent and what comes
back is the same JSON as between `worker` and `sandbox`, and is checked in the same way.
Where it arrives, a page is still read in a sandboxed process of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import date
from typing import Self

from regstatus.base.version import __version__
from regstatus.model.document import Document
from regstatus.model.text import Page
from regstatus.pipeline.page_reader.ahead import ReadsAhead
from regstatus.pipeline.page_reader.read_page import ReadPage, read_page
from regstatus.pipeline.page_reader.sandbox import (
    decode_reading,
    encode_refusal,
    encode_task,
    run_task,
)
from regstatus.pipeline.page_reader.worker import Worker

__all__ = ["Pool", "Reader", "read_remotely"]

Reader = Callable[[Document, Page, date], ReadPage]

PATIENCE = 900.0
"""Seconds that a page may wait for its turn and be read; a cluster that is gone must end a run."""
IDLE = 10.0
"""Seconds after which a sandboxed process without work ends: nothing tells it that a run is over."""


class Pool(ReadsAhead[bytes]):
    """Reads pages as `read_page` does, several at one time.

    Args:
        executor: What runs the readings; it stays open: the caller closes it.
        isolate: Whether a page is read in a sandboxed process where it arrives.
    """

    def __init__(self, executor: Executor, *, isolate: bool = True) -> None:
        super().__init__()
        self._executor, self._isolate = executor, isolate

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for future in self._begun.values():
            future.cancel()
        _children.end()

    def __call__(self, document: Document, page: Page, on: date) -> ReadPage:
        """Read a page; whatever happens to its reader becomes the problem of this page alone."""
        future = self._begun.pop(id(page), None)
        try:
            answer = (future or self._begin(document, page, on)).result(PATIENCE)
        except Exception as error:  # noqa: BLE001  (a cluster has errors of its own)
            return ReadPage(None, problem=f"the reader was lost: {type(error).__name__}")
        return decode_reading(answer) or ReadPage(
            None, problem="the reader gave an answer that cannot be understood"
        )

    def _begin(self, document: Document, page: Page, on: date) -> Future[bytes]:
        ask = encode_task(document, page, on)
        try:
            return self._executor.submit(read_remotely, ask, page.body, __version__, self._isolate)
        except Exception as error:  # noqa: BLE001  (one that is closed, or a cluster that is gone)
            lost: Future[bytes] = Future()
            lost.set_exception(error)
            return lost


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
    """The sandboxed processes of this one that wait for a page."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._timer: threading.Timer | None = None

    def take(self) -> Worker:
        with self._lock:
            return self._idle.pop() if self._idle else Worker()

    def give(self, worker: Worker) -> None:
        with self._lock:
            self._idle.append(worker)
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(IDLE, self.end)
            self._timer.daemon = True
            self._timer.start()

    def end(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        for worker in idle:
            worker.__exit__()


_children = _Children()
