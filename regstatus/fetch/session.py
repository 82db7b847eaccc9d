"""What the documents of one round share: the pauses of hosts, robots.txt, and common answers."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from regstatus.base.address import host_of, origin_of, routed_address, throttle_key
from regstatus.fetch.client import HttpClient
from regstatus.fetch.failure import BadAnswer, Reply
from regstatus.fetch.page_check.classify import classify
from regstatus.fetch.robots import SIZE, Robots, read_robots
from regstatus.fetch.settings import Settings
from regstatus.fetch.throttle import Throttle, retry_after
from regstatus.model.text import Page
from regstatus.model.words import Outcome

_MAY_PASS = frozenset({Outcome.RATE_LIMITED, Outcome.SERVER_ERROR, Outcome.TIMEOUT})


@dataclass(slots=True)
class HostState:
    """What is known of the hosts, handed on where one run asks in several rounds.

    Attributes:
        throttles: By host: its pause, when it was asked last, and whether it is left alone.
        robots: By origin.
    """

    throttles: dict[str, Throttle] = field(default_factory=dict)
    robots: dict[str, Robots] = field(default_factory=dict)


class Session:
    """What the documents of one round have in common.

    Args:
        host_state: What earlier rounds of the run learnt; it gets what this one learns.

    Attributes:
        settings: As given.
        now: The clock, UTC.
        shared: Answers that several documents need (an API's table of contents), by address.
    """

    def __init__(
        self,
        client: HttpClient,
        settings: Settings,
        now: Callable[[], datetime],
        host_state: HostState,
    ) -> None:
        self.settings = settings
        self.now = now
        self.shared: dict[str, Page] = {}
        self._client = client
        self._known = host_state
        self._places = asyncio.Semaphore(max(1, settings.concurrency))
        self._reading = defaultdict[str, asyncio.Lock](asyncio.Lock)
        for throttle in host_state.throttles.values():
            throttle.renew(self._places)

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

        Raises:
            BadAnswer: Where there is no reply to judge.
        """
        settings = self.settings
        if settings.obey_robots:
            (await self._robots_of(origin_of(url))).check(url, self.now())
        send = partial(self._client.send, body=body, limit=settings.max_bytes)
        return await self._ask(url, headers, send, count, retries=settings.retries)

    async def _robots_of(self, origin: str) -> Robots:
        """The robots of an origin, fetched once however many ask at the same time."""
        settings = self.settings
        send = partial(self._client.send, limit=SIZE, cut=True)

        async def ask(url: str) -> Reply:
            return await self._ask(url, {}, send, lambda: None, retries=min(1, settings.retries))

        async with self._reading[origin]:
            if origin not in self._known.robots:
                robots = await read_robots(
                    origin, ask, routes=settings.routes, private=settings.allow_private
                )
                throttle = self._throttle(origin)
                throttle.delay = max(throttle.delay, min(robots.delay, settings.max_delay))
                self._known.robots[origin] = robots
        return self._known.robots[origin]

    async def _ask(
        self,
        url: str,
        headers: Mapping[str, str],
        send: Callable[..., Awaitable[Reply]],
        count: Callable[[], None],
        *,
        retries: int,
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
        name, known = throttle_key(url), self._known.throttles
        if name not in known:
            known[name] = Throttle(self.settings, self._places)
        return known[name]

    def _raise_if_it_may_pass(self, reply: Reply, url: str, throttle: Throttle) -> None:
        """Raise a failure worth a retry for 429, 5xx and "not ready yet"; walls are not."""
        if reply.status < 400 and reply.status != 202:
            return
        judged = classify(reply.status, reply.headers, reply.body, None, host_of(url))
        if judged.outcome not in _MAY_PASS:
            return
        wait = retry_after(reply, self.now())
        problem = judged.problem or ""
        if wait is not None and wait > self.settings.retry_after_cap:
            until = (self.now() + timedelta(seconds=wait)).astimezone(UTC)
            problem += f" It asks to wait until {until:%Y-%m-%d %H:%M} UTC."
            throttle.closed = f"Not asked again in this run. {problem}"
        raise BadAnswer(problem, judged.outcome, retry=True, retry_after=wait, reply=reply)
