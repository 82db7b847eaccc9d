"""One request at a time for each host, with a pause between, and retries."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from regstatus.fetch.failure import BadAnswer, Reply
from regstatus.fetch.settings import Settings
from regstatus.model.request import http_date
from regstatus.model.words import Outcome

_LONGEST = 1e8
"""Seconds beyond which it no longer matters how long a host asks to wait: three years."""


@dataclass(slots=True)
class Throttle:
    """The turns and pauses of one host.

    Retries happen inside one turn: a host that asks for rest gets it, and no
    other request for it overtakes.

    Attributes:
        settings: How patiently.
        places: How many requests may be in flight, over all hosts.
        delay: Least pause, in seconds; robots.txt may lengthen it.
        last_at: When the host was asked last, by the clock of the pauses.
        closed: Why the host is left alone for the rest of the run, or None.
        turn: Held while the host is asked.
    """

    settings: Settings
    places: asyncio.Semaphore
    delay: float = 0.0
    last_at: float | None = None
    closed: str | None = None
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
