"""Pages whose reading begins some pages before the run asks for it."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Generic, TypeVar

from regstatus.model.words import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from datetime import date

    from regstatus.fetch import Request
    from regstatus.model.document import Document
    from regstatus.model.text import Page
    from regstatus.pipeline.plan import Job

__all__ = ["AHEAD", "ReadsAhead"]

AHEAD = 16
"""Pages whose reading has begun, or that wait for it: their bodies are in memory so long."""
_Read = TypeVar("_Read")


class ReadsAhead(Generic[_Read]):
    """A reader that reads while the run keeps the pages before and waits for the disk."""

    def __init__(self) -> None:
        self._begun: dict[int, Future[_Read]] = {}

    def _begin(self, document: Document, page: Page, on: date) -> Future[_Read]:
        raise NotImplementedError

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
