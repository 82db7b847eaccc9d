"""Fetch many documents: politely to each host, patiently, and many hosts at once."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import aclosing
from datetime import datetime
from queue import SimpleQueue

from regstatus.base.address import problem_with, throttle_key
from regstatus.base.errors import unforeseen
from regstatus.fetch.client import HttpClient
from regstatus.fetch.failure import BadAnswer, no_link, refused
from regstatus.fetch.hosts.adapters import ADAPTERS, Adapter
from regstatus.fetch.hosts.web_archive import MEMENTO, memento
from regstatus.fetch.session import Session, Throttle
from regstatus.fetch.settings import Settings
from regstatus.fetch.visit import FetchContext
from regstatus.model.adapter_params import DECLARED, params_faults
from regstatus.model.request import Request
from regstatus.model.text import Page
from regstatus.model.words import Outcome

_log = logging.getLogger(__name__)

_AHEAD = 8
"""Pages kept ready while the caller works on one; each may hold a body of full size."""


def fetch_many(
    requests: Iterable[Request],
    settings: Settings | None = None,
    *,
    now: Callable[[], datetime],
    host_state: dict[str, Throttle] | None = None,
) -> Iterator[tuple[Request, Page]]:
    """Fetch documents and yield each as soon as it is there, in no promised order.

    Requests that differ in their key alone are fetched once and yielded each. Whatever happens
    to one document is named on its Page; nothing is raised for a host's fault.

    The network lives in a thread of its own, where fetching goes on while the caller works.
    Closing the iterator, or an exception in the caller's loop, ends it.

    The clock, UTC, is asked once for each page, in the other thread. By `host_state`, what earlier
    rounds of the same run learnt of the hosts, the second round neither forgets the pause after
    the first, nor asks for robots.txt again, nor disturbs a host that wants to be left alone.
    """
    how, queues = settings or Settings(), _queues(requests)
    if not queues:
        return
    known = {} if host_state is None else host_state
    loop = asyncio.new_event_loop()
    ready = SimpleQueue[tuple[Request, Page] | None]()
    room = asyncio.Semaphore(_AHEAD)

    async def fetch_all() -> None:
        async with aclosing(HttpClient(how)) as client, asyncio.TaskGroup() as hosts:
            session = Session(client, how, now, known)
            for queue in queues:
                hosts.create_task(fetch_in_turn(session, queue))

    async def fetch_in_turn(session: Session, queue: list[list[Request]]) -> None:
        for alike in queue:
            page = await _fetch(session, alike[0])
            for request in alike:
                await room.acquire()
                ready.put((request, page))

    async def finish() -> None:
        await asyncio.wait([work])
        # What was broken off in the middle of a page closes by tasks of its own.
        await asyncio.sleep(0)
        if left := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(left, timeout=1)
        await loop.shutdown_default_executor()

    work = loop.create_task(fetch_all())
    work.add_done_callback(lambda _: ready.put(None))
    thread = threading.Thread(
        target=lambda: loop.run_until_complete(finish()), name="regstatus-fetch", daemon=True
    )
    thread.start()
    try:
        while (pair := ready.get()) is not None:
            loop.call_soon_threadsafe(room.release)
            yield pair
        work.result()  # a fault of ours must be loud
    finally:
        loop.call_soon_threadsafe(work.cancel)
        thread.join()
        loop.close()


def _queues(requests: Iterable[Request]) -> list[list[list[Request]]]:
    """For each host its documents, and for each document the requests that it answers."""
    hosts: dict[str, dict[Request, list[Request]]] = {}
    for request in requests:
        documents = hosts.setdefault(throttle_key(request.url), {})
        documents.setdefault(request, []).append(request)
    return [[*documents.values()] for documents in hosts.values()]


async def _fetch(session: Session, request: Request) -> Page:
    visit = FetchContext(session, request)
    try:
        adapter = _adapter(request)
        visit.need_keys()
        return await adapter(visit)
    except BadAnswer as bad:
        return visit.failed_page(bad)
    except Exception as fault:  # noqa: BLE001  (named on the Page, and logged in full for who asks)
        # One document must not cost all others their fetch.
        problem = unforeseen(fault)
        _log.error("%s: %s", request.key, problem)
        _log.debug("The whole of it:", exc_info=True)
        return visit.failed_page(BadAnswer(problem))


def _adapter(request: Request) -> Adapter:
    """The adapter of a request that may be asked."""
    # An archive is no adapter that a source file may name.
    adapter = memento if request.adapter == MEMENTO else ADAPTERS.get(request.adapter)
    if adapter is None:
        names = ", ".join(sorted(ADAPTERS))
        problem = f"There is no adapter {request.adapter!r}; there are {names}."
        raise BadAnswer(problem, Outcome.SKIPPED)
    if problem_with(request.url, private_ok=True):
        raise refused(f"Not asked: {problem_with(request.url)}.")
    if declared := DECLARED.get(request.adapter):
        # One that the adapter does not know is a fault of a source file, and does no harm here.
        params = {name: value for name, value in request.params.items() if declared.param(name)}
        for name, problem in params_faults(request.adapter, params):
            raise no_link(f"{name or 'Not asked'}: {problem}.")
    return adapter
