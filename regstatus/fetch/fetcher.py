"""Fetch many documents: politely to each host, patiently, and many hosts at once."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from regstatus.base.address import problem_with, throttle_key
from regstatus.base.errors import unforeseen
from regstatus.fetch.client import HttpClient
from regstatus.fetch.failure import BadAnswer
from regstatus.fetch.hosts.adapters import ADAPTERS
from regstatus.fetch.hosts.web_archive import MEMENTO, memento
from regstatus.fetch.session import HostState, Session
from regstatus.fetch.settings import Settings
from regstatus.fetch.visit import FetchContext
from regstatus.model.adapter_params import DECLARED, params_faults
from regstatus.model.request import Request
from regstatus.model.text import Page
from regstatus.model.words import Format, Outcome

if TYPE_CHECKING:
    from datetime import datetime

_log = logging.getLogger(__name__)

Progress = Callable[[int, int, Request, Page], None]
"""Called with how many are done, of how many, and the one just done."""

_AHEAD = 8
"""Pages kept ready while the caller works on one; each may hold a body of full size."""


async def fetch_all(
    requests: Iterable[Request],
    settings: Settings | None = None,
    *,
    now: Callable[[], datetime],
    progress: Progress | None = None,
    host_state: HostState | None = None,
) -> AsyncGenerator[tuple[Request, Page], None]:
    """Fetch documents and yield each as soon as it is there, in no promised order.

    Requests that differ in their key alone are fetched once and yielded each.
    Whatever happens to one document is named on its Page; nothing is raised
    for a host's fault.

    Args:
        requests: What to fetch.
        settings: How; the defaults are polite.
        now: The clock, UTC; asked once for each page.
        progress: Told of each page before it is yielded.
        host_state: What earlier rounds learnt of the hosts.
    """
    settings = settings or Settings()
    same: dict[tuple[object, ...], list[Request]] = {}
    for request in requests:
        same.setdefault(request.same_document(), []).append(request)
    hosts: dict[str, list[list[Request]]] = {}
    for alike in same.values():
        hosts.setdefault(throttle_key(alike[0].url), []).append(alike)
    total = sum(len(alike) for alike in same.values())
    ready: asyncio.Queue[tuple[Request, Page]] = asyncio.Queue(_AHEAD)
    async with HttpClient(settings) as client:
        session = Session(client, settings, now, host_state)

        async def work(queue: list[list[Request]]) -> None:
            for alike in queue:
                page = await _fetch(session, alike[0])
                for request in alike:
                    await ready.put((request, page))

        workers = [asyncio.create_task(work(queue)) for queue in hosts.values()]
        everyone = asyncio.gather(*workers)
        try:
            for done in range(1, total + 1):
                request, page = await _next(ready, everyone)
                if progress is not None:
                    progress(done, total, request, page)
                yield request, page
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(everyone, *workers, return_exceptions=True)
            await session.close()


def fetch_many(
    requests: Iterable[Request],
    settings: Settings | None = None,
    *,
    now: Callable[[], datetime],
    progress: Progress | None = None,
    host_state: HostState | None = None,
) -> Iterator[tuple[Request, Page]]:
    """The same for code that is not async; fetching goes on while the caller works.

    The network lives in a thread of its own. Closing the iterator, or an
    exception in the caller's loop, ends it. `progress` is called in the
    caller's thread, `now` in the other.
    """
    wanted = list(requests)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="regstatus-fetch", daemon=True)
    thread.start()
    pages = fetch_all(wanted, settings, now=now, host_state=host_state)

    waiting: asyncio.Task[tuple[Request, Page] | None] | None = None

    async def following() -> tuple[Request, Page] | None:
        nonlocal waiting
        waiting = asyncio.ensure_future(anext(pages, None))
        return await waiting

    async def finish() -> None:
        if waiting is not None:  # the caller was interrupted while it waited
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        await pages.aclose()
        await loop.shutdown_default_executor()

    try:
        done = 0
        while (pair := asyncio.run_coroutine_threadsafe(following(), loop).result()) is not None:
            done += 1
            if progress is not None:
                progress(done, len(wanted), *pair)
            yield pair
    finally:
        asyncio.run_coroutine_threadsafe(finish(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class Rounds:
    """`fetch_many` for a run that asks in several rounds, as polite as if it asked in one.

    The second round neither forgets the pause after the first, nor asks for robots.txt
    again, nor disturbs a host that wants to be left alone.
    """

    def __init__(self) -> None:
        self._host_state = HostState()

    def __call__(
        self, requests: Iterable[Request], settings: Settings, /, *, now: Callable[[], datetime]
    ) -> Iterator[tuple[Request, Page]]:
        """One round."""
        return fetch_many(requests, settings, now=now, host_state=self._host_state)


def fetch_one(
    url: str,
    settings: Settings | None = None,
    *,
    now: Callable[[], datetime],
    format: Format | None = None,  # noqa: A002  (the word that source files use)
    adapter: str = "page",
    params: Mapping[str, str] | None = None,
) -> Page:
    """Fetch one address, for people who look at a single document."""
    request = Request(key=url, url=url, format=format, adapter=adapter, params=params or {})
    (_, page), *_ = fetch_many([request], settings, now=now)
    return page


async def _fetch(session: Session, request: Request) -> Page:
    visit = FetchContext(session, request)
    # An archive is no adapter that a source file may name.
    adapter = memento if request.adapter == MEMENTO else ADAPTERS.get(request.adapter)
    if adapter is None:
        names = ", ".join(sorted(ADAPTERS))
        problem = f"There is no adapter {request.adapter!r}; there are {names}."
        return visit.fail(Outcome.SKIPPED, problem)
    if problem_with(request.url, private_ok=True):
        return visit.fail(Outcome.REFUSED, f"Not asked: {problem_with(request.url)}.")
    if declared := DECLARED.get(request.adapter):
        # One that the adapter does not know is a fault of a source file, and does no harm here.
        params = {name: value for name, value in request.params.items() if declared.param(name)}
        for name, problem in params_faults(request.adapter, params):
            return visit.fail(Outcome.NO_LINK, f"{name or 'Not asked'}: {problem}.")
    try:
        return await adapter(visit)
    except BadAnswer as bad:
        return visit.failed_page(bad)
    except Exception as fault:  # noqa: BLE001  (named on the Page, and logged in full for who asks)
        # One document must not cost all others their fetch.
        problem = unforeseen(fault)
        _log.error("%s: %s", request.key, problem)
        _log.debug("The whole of it:", exc_info=True)
        return visit.fail(Outcome.BROKEN, problem)


async def _next(
    ready: asyncio.Queue[tuple[Request, Page]], everyone: asyncio.Future[list[None]]
) -> tuple[Request, Page]:
    """The next page, or the exception of a worker that failed: a fault of ours must be loud."""
    getting = asyncio.ensure_future(ready.get())
    try:
        both: set[asyncio.Future[Any]] = {getting, everyone}
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        if not getting.done() and everyone.done() and everyone.exception() is not None:
            everyone.result()
        return await getting
    finally:
        getting.cancel()
