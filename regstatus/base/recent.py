"""The answers that were just given, and until when they hold without a look at the files."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["answers", "until"]

answers: "dict[tuple[object, ...], Any]" = {}
"""Answers by place, day, record time, substance and folder; `query.dataset` keeps them."""

until = [0.0, 0.0]
"""Until when they hold without a look at the files, and since when; in seconds since 1970.

It is the clock that tells the day, and both ends count: a machine that slept, a clock that was
set back, and a test that travels in time or stops it are noticed with the next question."""
