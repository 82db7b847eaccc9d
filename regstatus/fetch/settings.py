"""How politely and how patiently to fetch."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from regstatus.base.address import host_of
from regstatus.base.safe import one_line
from regstatus.base.version import __version__

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

PROJECT_ADDRESS = "https://pypi.org/project/regstatus/"
"""Where a host's administrator finds us, unless `REGSTATUS_CONTACT` names someone nearer."""

TIMEGATE = "https://web.archive.org/web/"
"""The TimeGate of the Internet Archive; `update --archive` uses it unless another is named."""

ROBOTS_NAME = "regstatus"
"""The product token that robots.txt files may name."""


def user_agent(env: Mapping[str, str] = os.environ) -> str:
    """An honest name: what we are, which version, and whom to write to."""
    contact = one_line(env.get("REGSTATUS_CONTACT", ""), 200).strip("()+ ") or PROJECT_ADDRESS
    contact = contact.encode("ascii", "ignore").decode()
    return f"{ROBOTS_NAME}/{__version__} (+{contact})"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How to fetch. All times in seconds, all sizes in bytes.

    Attributes:
        user_agent: Sent with every request.
        delay: Least pause between two requests to one host.
        max_delay: Longest pause that a robots.txt can ask of us.
        connect_timeout: For one connection.
        read_timeout: Longest silence while an answer arrives.
        deadline: For one request, from connecting to its last byte. Stops a slow drip.
        max_bytes: Largest body, after decompression.
        max_redirects: Hops for one document.
        retries: Further tries after a failure that may pass.
        backoff: First pause before a retry; doubles each time, with jitter. 0 turns it off.
        backoff_cap: Longest pause before a retry that we choose ourselves.
        retry_after_cap: Longest `Retry-After` that is waited for. Beyond it the host is left
            alone for the rest of the run.
        concurrency: Requests in flight over all hosts; there is one per host at most.
        routes: Official host to the base address to connect to really (a replica, a mirror).
            Pages keep the official address and say `via`. A route to a loopback address sends
            the official name as `Host`.
        obey_robots: Turn off only for hosts that have given leave.
        allow_private: Let documents lie on private and loopback addresses.
        ca_file: Extra trust, in PEM form, for a company's or a test's own authority.
        timegate: Address in front of which an official one is put to ask an archive for its
            newest capture (RFC 7089). None: no archive is asked.
        env: Where keys come from.
        sleep: Waits; replaced in tests.
        monotonic: Clock of the pauses; replaced in tests.
    """

    user_agent: str = field(default_factory=user_agent)
    delay: float = 1.0
    max_delay: float = 30.0
    connect_timeout: float = 10.0
    read_timeout: float = 30.0
    deadline: float = 120.0
    max_bytes: int = 40_000_000
    max_redirects: int = 5
    retries: int = 3
    backoff: float = 0.5
    backoff_cap: float = 20.0
    retry_after_cap: float = 60.0
    concurrency: int = 64
    routes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    obey_robots: bool = True
    allow_private: bool = False
    ca_file: Path | None = None
    timegate: str | None = None
    env: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    sleep: Callable[[float], Awaitable[None]] = field(default=asyncio.sleep, repr=False)
    monotonic: Callable[[], float] = field(default=time.monotonic, repr=False)

    def trusts(self, url: str) -> bool:
        """Whether an address may be private: by its route, or as all may."""
        return self.allow_private or host_of(url) in self.routes
