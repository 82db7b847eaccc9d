"""What the documents of one round share: the pauses of hosts, robots.txt, and common answers."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from regstatus.base.address import host_of, origin_of, routed_address, throttle_key
from regstatus.fetch.client import HttpClient
from regstatus.fetch.failure import BadAnswer, Reply
from regstatus.fetch.page_check.classify import check_page
from regstatus.fetch.robots import SIZE, Robots, read_robots
from regstatus.fetch.settings import Settings
from regstatus.model.request import http_date
from regstatus.model.text import Page
from regstatus.model.words import Outcome

_MAY_PASS = frozenset({Outcome.RATE_LIMITED, Outcome.SERVER_ERROR, Outcome.TIMEOUT})
_LONGEST = 1e8
"""Seconds beyond which it no longer matters how long a host asks to wait: three years."""


@dataclass(slots=True)
class Throttle:
    """The turns and pauses of one host.

    Retries happen inside one turn: a host that asks for rest gets it, and no
    other request for it overtakes.

    Attributes:
        places: How many requests may be in flight, over all hosts.
        delay: Least pause, in seconds; robots.txt may lengthen it.
        last_at: When the host was asked last, by the clock of the pauses.
        closed: Why the host is left alone for the rest of the run, or None.
        robots: By origin, what its robots.txt says.
    """

    settings: Settings
    places: asyncio.Semaphore
    delay: float = 0.0
    last_at: float | None = None
    closed: str | None = None
    robots: dict[str, Robots] = field(default_factory=dict)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ask(self, once: Callable[[], Awaitable[Reply]], *, retries: int) -> Reply:
        """Run one exchange in this host's turn, with retries where they may help.

        Raises:
            BadAnswer: The last one.
        """
        settings = self.settings
        async with self.turn:
            if self.closed is not None:
                raise BadAnswer(self.closed, Outcome.RATE_LIMITED)
            tried = 0
            while True:
                # The delay as it is now: robots.txt, the first answer, may have lengthened it.
                rest = (self.last_at or 0.0) + self.delay - settings.monotonic()
                if self.last_at is not None and rest > 0:
                    await settings.sleep(rest)
                try:
                    async with self.places:
                        return await once()
                except BadAnswer as bad:
                    asked = bad.retry_after or 0.0
                    if not bad.retry or tried >= retries or asked > settings.retry_after_cap:
                        raise
                finally:
                    self.last_at = settings.monotonic()
                ours = min(settings.backoff * 2.0**tried, settings.backoff_cap)
                # Jitter only spreads load; it needs no secret randomness.
                await settings.sleep(max(asked, ours + random.uniform(0, ours) / 2))  # noqa: S311
                tried += 1


@dataclass
class Session:
    """What the documents of one round have in common.

    Attributes:
        now: The clock, UTC.
        known: By host, what earlier rounds of the run learnt; it gets what this one learns.
        shared: Answers that several documents need (an API's table of contents), by address.
    """

    client: HttpClient
    settings: Settings
    now: Callable[[], datetime]
    known: dict[str, Throttle]
    shared: dict[str, Page] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._places = asyncio.Semaphore(max(1, self.settings.concurrency))
        self._reading = defaultdict[str, asyncio.Lock](asyncio.Lock)
        for throttle in self.known.values():
            throttle.places, throttle.turn = self._places, asyncio.Lock()  # of this round's loop

    async def ask(
        self,
        url: str,
        headers: Mapping[str, str],
        count: Callable[[], None],
        body: bytes | None = None,
    ) -> Reply:
        """One exchange for a document: robots first, then in the host's turn, with retries.

        The address has its keys filled in; `count` is called for every request that is sent. A body
        is sent with POST; it only asks, so that it may be sent again.
        """
        settings = self.settings
        if settings.obey_robots:
            (await self._robots_of(origin_of(url))).check(url, self.now())
        send = partial(self.client.send, body=body, limit=settings.max_bytes)
        return await self._ask(url, headers, send, settings.retries, count)

    async def _robots_of(self, origin: str) -> Robots:
        """The robots of an origin, fetched once however many ask at the same time."""
        throttle, settings = self._throttle(origin), self.settings
        send = partial(self.client.send, limit=SIZE, cut=True)
        ask = partial(self._ask, headers={}, send=send, retries=min(1, settings.retries))
        async with self._reading[origin]:
            if origin not in throttle.robots:
                robots = await read_robots(origin, ask, settings)
                throttle.delay = max(throttle.delay, min(robots.delay, settings.max_delay))
                throttle.robots[origin] = robots
        return throttle.robots[origin]

    async def _ask(
        self,
        url: str,
        headers: Mapping[str, str],
        send: Callable[..., Awaitable[Reply]],
        retries: int,
        count: Callable[[], None] = lambda: None,
    ) -> Reply:
        """Send to where a route leads, in the turn of the official host."""
        route = routed_address(url, self.settings.routes)
        if route is not None and host_of(route) in {"localhost", "127.0.0.1", "::1"}:
            headers = {**headers, "Host": host_of(url)}
        throttle = self._throttle(url)

        async def once() -> Reply:
            count()
            reply = await send(route or url, headers, trusted=route is not None)
            self._raise_if_it_may_pass(reply, url, throttle)
            return reply

        return await throttle.ask(once, retries=retries)

    def _throttle(self, url: str) -> Throttle:
        new = Throttle(self.settings, self._places, self.settings.delay)
        return self.known.setdefault(throttle_key(url), new)

    def _raise_if_it_may_pass(self, reply: Reply, url: str, throttle: Throttle) -> None:
        """Raise a failure worth a retry for 429, 5xx and "not ready yet"; walls are not."""
        if reply.status < 400 and reply.status != 202:
            return
        try:
            check_page(reply, None, host_of(url))
        except BadAnswer as bad:
            if bad.outcome not in _MAY_PASS:
                return
            wait = retry_after(reply, self.now())
            if wait is not None and wait > self.settings.retry_after_cap:
                until = (self.now() + timedelta(seconds=wait)).astimezone(UTC)
                bad.problem += f" It asks to wait until {until:%Y-%m-%d %H:%M} UTC."
                throttle.closed = f"Not asked again in this run. {bad.problem}"
            bad.retry, bad.retry_after = True, wait
            raise


def retry_after(reply: Reply, now: datetime) -> float | None:
    """Seconds that a `Retry-After` asks for, or None.

    Dates are counted from the `Date` of the same answer, so that a wrong clock
    on either side does no harm; from `now` (UTC) where there is none.
    """
    value = (reply.header("retry-after") or "").strip()
    if value.isdecimal():
        return float(min(int(value[:9]), _LONGEST))
    until = http_date(value)
    if until is None:
        return None
    wait = until - (http_date(reply.header("date")) or now)
    return min(max(0.0, wait.total_seconds()), _LONGEST)
