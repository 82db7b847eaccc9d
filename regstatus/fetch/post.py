"""A body posted to an address of the user's own, with the same guards as fetching.

The address is the user's and the other side may be down: it is asked again a few
times, within a bounded time, and what it says is never followed or obeyed
beyond "later".
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime

from regstatus.base.address import host_of, problem_with
from regstatus.base.errors import UsageError
from regstatus.fetch.client import HttpClient
from regstatus.fetch.failure import BadAnswer, Reply
from regstatus.fetch.session import Throttle, retry_after
from regstatus.fetch.settings import Settings

WITHIN = 60.0
"""Seconds that one delivery may take, with all its retries."""

_ONE_TRY = 15.0
_SILENCE = 10.0


def deliver(
    url: str,
    body: bytes,
    headers: Callable[[], Mapping[str, str]],
    settings: Settings,
    *,
    now: Callable[[], datetime],
    within: float = WITHIN,
) -> str | None:
    """Post a body; answers 429 and 5xx, silence and lost connections are tried again.

    All tries together take `within` seconds at most. `headers` is called for each of them, so that a
    signature carries the time of its own try; `now` is the clock, UTC, for dates in `Retry-After`.

    Returns:
        None if it was taken (a status of 2xx); else why not, in one sentence that names the
        host and nothing more of the address, which may carry keys.
    """
    if problem := problem_with(url, private_ok=settings.allow_private):
        return f"The address is not asked: {problem}."
    patient = replace(
        settings,
        deadline=min(_ONE_TRY, settings.deadline),
        read_timeout=min(_SILENCE, settings.read_timeout),  # a silent host is asked again
        retry_after_cap=min(settings.retry_after_cap, within),
    )

    async def send() -> None:
        async with asyncio.timeout(within), aclosing(HttpClient(patient)) as client:

            async def once() -> Reply:
                reply = await client.send(url, headers(), body, cut=True)
                _raise_unless_taken(reply, host_of(url), now())
                return reply

            await Throttle(patient, asyncio.Semaphore(1)).ask(once, retries=patient.retries)

    try:
        asyncio.run(send())
    except BadAnswer as bad:
        return bad.problem
    except UsageError as fault:  # the environment names a proxy that cannot be used, say
        return f"{fault}."
    except TimeoutError:
        return f"{host_of(url)} did not take it within {within:g} s."
    return None


def _raise_unless_taken(reply: Reply, host: str, now: datetime) -> None:
    if 200 <= reply.status < 300:
        return
    problem = f"{host} answered with status {reply.status}."
    if 300 <= reply.status < 400:
        problem = f"{host} redirects (status {reply.status}), and a delivery is not redirected."
    busy = reply.status == 429 or reply.status >= 500
    raise BadAnswer(problem, retry=busy, retry_after=retry_after(reply, now) if busy else None)
