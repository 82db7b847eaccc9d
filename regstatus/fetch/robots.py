"""What a host lets us read, and how fast: its robots.txt, as RFC 9309 has it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from urllib.parse import urljoin

from protego import Protego

from regstatus.base.address import host_of, problem_with
from regstatus.fetch.failure import BadAnswer, Reply
from regstatus.fetch.settings import ROBOTS_NAME, Settings
from regstatus.model.charset import decode
from regstatus.model.words import Outcome

SIZE = 512_000
"""Most that is parsed, in bytes (RFC 9309, 2.5: at least 500 KiB)."""

_HOPS = 5


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
