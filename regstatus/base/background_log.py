"""A log written by a thread of its own, so that no work waits for a slow terminal or pipe.

A full disk, a closed pipe or a reader that never reads costs lines, and nothing else.
"""

import queue
import threading
from collections.abc import Callable
from contextlib import suppress

_WAITING = 1000
"""Most lines that may wait to be written; further ones are dropped."""

_LAST_WORDS = 2.0
"""Most seconds that `end` waits until all is written."""


class BackgroundLog:
    """Writes lines one after the other; never waits, never raises.

    Args:
        say: Where a line goes; it may raise, and it may never return.
    """

    def __init__(self, say: Callable[[str], object]) -> None:
        self._say = say
        self._lines: queue.Queue[str | None] = queue.Queue(_WAITING)
        self._thread = threading.Thread(target=self._speak, daemon=True, name="regstatus-voice")
        self._thread.start()

    def __call__(self, line: str) -> None:
        """Write a line."""
        with suppress(queue.Full):
            self._lines.put_nowait(line)

    def end(self) -> None:
        """Wait a little until all is written."""
        with suppress(queue.Full):
            self._lines.put_nowait(None)
            self._thread.join(_LAST_WORDS)

    def _speak(self) -> None:
        while (line := self._lines.get()) is not None:
            with suppress(Exception):
                self._say(line)
