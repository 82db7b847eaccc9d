"""What the documents of one round share: the pauses of hosts, robots.txt (RFC 9309), and common answers."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from urllib.parse import urljoin

from protego import Protego

from regstatus.base.address import host_of, origin_of, problem_with, routed_address, throttle_key
from regstatus.fetch.client import HttpClient
from regstatus.fetch.failure import BadAnswer, Reply
from regstatus.fetch.page_check.classify import check_page
from regstatus.fetch.settings import ROBOTS_NAME, Settings
from regstatus.model.charset import decode
from regstatus.model.request import http_date
from regstatus.model.text import Page
from regstatus.model.words import Outcome

SIZE = 512_000
"""Most that is parsed, in bytes (RFC 9309, 2.5: at least 500 KiB)."""

_HOPS = 5
_MAY_PASS = frozenset({Outcome.RATE_LIMITED, Outcome.SERVER_ERROR, Outcome.TIMEOUT})
_LONGEST = 1e8
"""Seconds beyond which it no longer matters how long a host asks to wait: three years."""


@dataclass(frozen=True, slots=True)
class Robots:
    """What one origin's robots.txt says to us.

    Attributes:
        rules: The parsed file; None where there is none, which allows all.
        delay: Pause it asks for, in seconds; 0 if none.
        failure: Why it could not be had; then nothing may be fetched.
    """

    rules: Protego | None = None
    delay: float = 0.0
    failure: BadAnswer | None = None

    def check(self, url: str, now: datetime) -> None:
        """Raise `BadAnswer` unless the address may be read at this time (UTC)."""
        if self.failure is not None:
            raise replace(self.failure)
        if self.rules is None:
            return
        host = host_of(url)
        if not self.rules.can_fetch(url, ROBOTS_NAME):
            raise BadAnswer(f"The robots.txt of {host} forbids this address.", Outcome.ROBOTS)
        hours = self.rules.visit_time(ROBOTS_NAME)
        if hours is not None and not _within(now, hours.start_time, hours.end_time):
            problem = (
                f"The robots.txt of {host} asks to come between "
                f"{hours.start_time:%H:%M} and {hours.end_time:%H:%M} UTC only."
            )
            raise BadAnswer(problem, Outcome.ROBOTS)


async def read_robots(
    origin: str, ask: Callable[[str], Awaitable[Reply]], settings: Settings
) -> Robots:
    """Fetch and parse the robots.txt of an origin.

    No file (any 4xx but 429) allows all; a host that fails (5xx, 429, broken off) forbids all,
    because nobody knows what it would have said. A host that cannot be connected to at all keeps
    the name of that fault. `ask` sends one request, in the turn of its host.
    """
    url = urljoin(origin, "/robots.txt")
    missing = f"The robots.txt of {host_of(url)} could not be had, so nothing is"
    try:
        for _ in range(_HOPS + 1):
            reply = await ask(url)
            location = reply.header("location")
            if reply.status not in {301, 302, 303, 307, 308} or not location:
                break
            # RFC 9309, 2.3.1.2: redirects of robots.txt may cross hosts. After the last hop that is
            # followed, it is as if there were none.
            url = urljoin(url, location)
            if problem_with(url, private_ok=settings.trusts(url)):
                break
    except ValueError:
        return Robots()
    except BadAnswer as bad:
        if not bad.reached or bad.outcome is Outcome.RATE_LIMITED:
            return Robots(failure=bad)
        problem = f"{missing}: {bad.problem}"
        return Robots(failure=BadAnswer(problem, Outcome.ROBOTS, reply=bad.reply))
    if reply.status >= 500:  # with a page that says more than "try again", such as maintenance
        problem = f"{missing} (status {reply.status})."
        return Robots(failure=BadAnswer(problem, Outcome.ROBOTS, reply=reply))
    if reply.status != 200:
        return Robots()
    rules = Protego.parse(decode(reply.body, content_type=reply.header("content-type")))
    pauses = [rules.crawl_delay(ROBOTS_NAME) or 0.0]
    rate = rules.request_rate(ROBOTS_NAME)
    if rate is not None and rate.requests:
        pauses.append(rate.seconds / rate.requests)
    return Robots(rules, max(pauses))


def _within(now: datetime, start: time, end: time) -> bool:
    moment = now.time()
    if start <= end:
        return start <= moment <= end
    return not end < moment < start  # over midnight


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
        part: int | None = None,
    ) -> Reply:
        """One exchange for a document: robots first, then in the host's turn, with retries.

        The address has its keys filled in; `count` is called for every request that is sent. A body
        is sent with POST; it only asks, so that it may be sent again. Of a `part`, so many bytes are
        read.
        """
        settings = self.settings
        if settings.obey_robots:
            (await self._robots_of(origin_of(url))).check(url, self.now())
        limit, cut = part or settings.max_bytes, part is not None
        send = partial(self.client.send, body=body, limit=limit, cut=cut)
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
