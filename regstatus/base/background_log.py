"""Lines for people, said in a thread of its own, so that no work waits for whoever hears them.

A log whose disk is full, a pipe whose reader has gone, or one whose reader never reads cost
lines, and nothing else.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from contextlib import suppress

__all__ = ["BackgroundLog"]

_WAITING = 1000
"""Lines that may wait for one that is slow to hear; what comes beyond them is not said."""

_LAST_WORDS = 2.0
"""Seconds that whoever ends waits until all is said."""


class BackgroundLog:
    """Says lines one after the other; never waits, never raises.

    Args:
        say: Where a line goes; it may raise, and it may never return.
    """

    def __init__(self, say: Callable[[str], object]) -> None:
        self._say = say
        self._lines: queue.Queue[str | None] = queue.Queue(_WAITING)
        self._thread = threading.Thread(target=self._speak, daemon=True, name="regstatus-voice")
        self._thread.start()

    def __call__(self, line: str) -> None:
        """Say a line."""
        with suppress(queue.Full):
            self._lines.put_nowait(line)

    def end(self) -> None:
        """Wait a little until all is said."""
        with suppress(queue.Full):
            self._lines.put_nowait(None)
            self._thread.join(_LAST_WORDS)

    def _speak(self) -> None:
        while (line := self._lines.get()) is not None:
            with suppress(Exception):
                self._say(line)
