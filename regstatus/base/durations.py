"""Lengths of time, as people type them and as clocks show them."""

from __future__ import annotations

import re
from datetime import timedelta

from regstatus.base.errors import UsageError

__all__ = ["is_recent", "span"]


def span(text: str) -> timedelta:
    """Read `90m`, `6h` or `1d`.

    Raises:
        UsageError: If it is none of these.
    """
    match = re.fullmatch(r"(\d{1,5})([mhd])", text.strip())
    if not match or int(match[1]) == 0:
        raise UsageError(f"{text!r} is not a span; write it as 90m, 6h or 1d")
    return timedelta(minutes=int(match[1]) * {"m": 1, "h": 60, "d": 1440}[match[2]])


def is_recent(since: float, now: float, seconds: float) -> bool:
    """Whether what was seen at one time still counts at another, both by one clock.

    Not where the clock stands still, was set back, or ran on while the machine slept.
    """
    return 0 < now - since < seconds
