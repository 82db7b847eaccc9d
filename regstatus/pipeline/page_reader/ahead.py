"""Pages whose reading begins some pages before the run asks for it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from datetime import date
from typing import TYPE_CHECKING, Self

from regstatus.model.document import Document
from regstatus.model.text import Page
from regstatus.model.words import Outcome
from regstatus.pipeline.page_reader.read_page import ReadPage
from regstatus.pipeline.page_reader.sandbox import decode_reading, encode_task

if TYPE_CHECKING:
    from regstatus.fetch import Request
    from regstatus.pipeline.plan import Job

__all__ = ["ReadsAhead"]

AHEAD = 16
"""Pages whose reading has begun, or that wait for it: their bodies are in memory so long."""
PATIENCE = 900.0
"""Seconds that a page may wait for its turn and be read; a cluster that is gone must end a run."""


class ReadsAhead:
    """Reads pages as `read_page` does, while the run keeps the pages before and waits for the disk."""

    def __init__(self) -> None:
        self._begun: dict[int, Future[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def _submit(self, ask: bytes, body: bytes) -> Future[bytes]:
        """Begin to read a page; the answer is JSON, as `sandbox` writes it."""
        raise NotImplementedError

    def _begin(self, document: Document, page: Page, on: date) -> Future[bytes]:
        ask = encode_task(document, page, on)
        try:
            return self._submit(ask, page.body)
        except Exception as error:  # noqa: BLE001  (one that is closed, or a cluster that is gone)
            lost: Future[bytes] = Future()
            lost.set_exception(error)
            return lost

    def __call__(self, document: Document, page: Page, on: date) -> ReadPage:
        """Read a page; whatever happens to its reader becomes the problem of this page alone."""
        future = self._begun.pop(id(page), None) or self._begin(document, page, on)
        try:
            answer = future.result(PATIENCE)
        except Exception as error:  # noqa: BLE001  (a cluster has errors of its own)
            return ReadPage(None, problem=f"the reader was lost: {type(error).__name__}")
        return decode_reading(answer) or ReadPage(
            None, problem="the reader gave an answer that cannot be understood"
        )

    def ahead(
        self, pages: Iterable[tuple[Request, Page]], asked: Callable[[str], Job], on: date
    ) -> Iterator[tuple[Request, Page]]:
        """Hand on pages in the order in which they come, each some pages after its reading began.

        `asked` gives the document of a ledger key, `on` is the day for which the texts are read.
        """
        waiting: deque[tuple[Request, Page]] = deque()
        for request, page in pages:
            if page.outcome is Outcome.OK:
                self._begun[id(page)] = self._begin(asked(request.key).document, page, on)
            waiting.append((request, page))
            if len(waiting) > AHEAD:
                yield waiting.popleft()
        yield from waiting
