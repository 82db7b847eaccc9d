"""What the documents of one round share: the pauses of hosts, robots.txt, and common answers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from regstatus.base.address import host_of, origin_of, routed_address, throttle_key
from regstatus.fetch.failure import Failure, Reply
from regstatus.fetch.page_check.classify import classify
from regstatus.fetch.robots import SIZE, Robots, read_robots
from regstatus.fetch.throttle import Throttle, format_until, retry_after
from regstatus.model.words import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from regstatus.fetch.client import HttpClient
    from regstatus.fetch.settings import Settings
    from regstatus.model.text import Page

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
        host_state: HostState | None = None,
    ) -> None:
        self._host_state = host_state or HostState()
        self.settings = settings
        self.now = now
        self.shared: dict[str, Page] = {}
        self._client = client
        self._places = asyncio.Semaphore(max(1, settings.concurrency))
        self._throttles: dict[str, Throttle] = {}
        self._robots: dict[str, asyncio.Task[Robots]] = {}

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
            Failure: Where there is no reply to judge.
        """
        if self.settings.obey_robots:
            (await self._robots_of(url)).check(url, self.now())
        return await self._ask(
            url, headers, count, body, limit=self.settings.max_bytes, retries=self.settings.retries
        )

    async def close(self) -> None:
        """Stop what is still under way for the session itself, and hand on what was learnt."""
        for task in self._robots.values():
            task.cancel()
        found = await asyncio.gather(*self._robots.values(), return_exceptions=True)
        self._host_state.throttles.update(self._throttles)
        for origin, robots in zip(self._robots, found, strict=True):
            if isinstance(robots, Robots):
                self._host_state.robots[origin] = robots

    async def _ask(
        self,
        url: str,
        headers: Mapping[str, str],
        count: Callable[[], None],
        body: bytes | None = None,
        *,
        limit: int,
        retries: int,
        cut: bool = False,
    ) -> Reply:
        route = routed_address(url, self.settings.routes)
        if route is not None and host_of(route) in {"localhost", "127.0.0.1", "::1"}:
            headers = {**headers, "Host": host_of(url)}
        throttle = self._throttle(url)

        async def once() -> Reply:
            count()
            reply = await self._client.send(
                route or url, headers, body, limit=limit, cut=cut, trusted=route is not None
            )
            self._raise_if_it_may_pass(reply, url, throttle)
            return reply

        return await throttle.ask(once, retries=retries)

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
            problem += f" It asks to wait until {format_until(self.now(), wait)}."
            throttle.closed = f"Not asked again in this run. {problem}"
        raise Failure(judged.outcome, problem, retry=True, retry_after=wait, reply=reply)

    def _throttle(self, url: str) -> Throttle:
        name = throttle_key(url)
        if name not in self._throttles:
            self._throttles[name] = Throttle(
                self.settings, self._places, self._host_state.throttles.get(name)
            )
        return self._throttles[name]

    async def _robots_of(self, url: str) -> Robots:
        """The robots of an address's origin, fetched once however many ask at the same time."""
        origin = origin_of(url)
        if origin in self._host_state.robots:
            return self._host_state.robots[origin]
        task = self._robots.get(origin)
        if task is None:
            task = asyncio.create_task(self._read_robots(origin))
            self._robots[origin] = task
        return await asyncio.shield(task)

    async def _read_robots(self, origin: str) -> Robots:
        async def ask(url: str) -> Reply:
            return await self._ask(
                url, {}, lambda: None, limit=SIZE, retries=min(1, self.settings.retries), cut=True
            )

        robots = await read_robots(
            origin, ask, routes=self.settings.routes, private=self.settings.allow_private
        )
        throttle = self._throttle(origin)
        throttle.delay = max(throttle.delay, min(robots.delay, self.settings.max_delay))
        return robots
