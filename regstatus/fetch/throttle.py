"""One request at a time for each host, with a pause between, and retries."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from regstatus.fetch.failure import Failure, Reply
from regstatus.model.request import http_date
from regstatus.model.words import Outcome

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from regstatus.fetch.settings import Settings

_LONGEST = 1e8
"""Seconds beyond which it no longer matters how long a host asks to wait: three years."""


class Throttle:
    """The turns and pauses of one host.

    Retries happen inside one turn: a host that asks for rest gets it, and no
    other request for it overtakes.

    Attributes:
        delay: Least pause, in seconds; robots.txt may lengthen it.
        last_at: When the host was asked last, by the clock of the pauses.
        closed: Why the host is left alone for the rest of the run, or None.
    """

    def __init__(
        self, settings: Settings, places: asyncio.Semaphore, earlier: Throttle | None = None
    ) -> None:
        self._settings = settings
        self._places = places
        self._turn = asyncio.Lock()
        # What an earlier round of the same run learnt of the host still holds.
        self.last_at: float | None = earlier.last_at if earlier else None
        self.delay: float = earlier.delay if earlier else settings.delay
        self.closed: str | None = earlier.closed if earlier else None

    async def ask(self, once: Callable[[], Awaitable[Reply]], *, retries: int) -> Reply:
        """Run one exchange in this host's turn, with retries where they may help.

        Raises:
            Failure: The last one.
        """
        retrying = AsyncRetrying(
            sleep=self._settings.sleep,
            stop=stop_after_attempt(retries + 1),
            wait=self._pause,
            retry=retry_if_exception(self._worth_it),
            reraise=True,
        )
        async with self._turn:
            if self.closed is not None:
                raise Failure(Outcome.RATE_LIMITED, self.closed)
            reply: Reply = await retrying(self._ask_once, once)
            return reply

    async def _ask_once(self, once: Callable[[], Awaitable[Reply]]) -> Reply:
        if self.last_at is not None:
            # The delay as it is now: robots.txt, the first answer, may have lengthened it.
            rest = self.last_at + self.delay - self._settings.monotonic()
            if rest > 0:
                await self._settings.sleep(rest)
        try:
            async with self._places:
                return await once()
        finally:
            self.last_at = self._settings.monotonic()

    def _worth_it(self, error: BaseException) -> bool:
        if not isinstance(error, Failure) or not error.retry:
            return False
        return (error.retry_after or 0) <= self._settings.retry_after_cap

    def _pause(self, state: RetryCallState) -> float:
        settings = self._settings
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, Failure) else None
        ours: float = min(
            settings.backoff * 2.0 ** (state.attempt_number - 1), settings.backoff_cap
        )
        # Jitter only spreads load; it needs no secret randomness.
        return max(asked or 0.0, ours + random.uniform(0, ours) / 2)  # noqa: S311


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


def format_until(now: datetime, seconds: float) -> str:
    """The moment some seconds from now, as people write it."""
    return (now + timedelta(seconds=seconds)).astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
