"""Python under `faketime`, by way of PYTHONPATH: `make ahead`.

Debian's libfaketime 0.9.10 spoils the absolute moments of `clock_nanosleep`, by which `time.sleep`
sleeps, where it leaves the monotonic clock as it is; and it must leave it, else every wait in a
thread takes as long as the clock is ahead. A wait for no file at all is not touched.
"""

import select
import time


def sleep(seconds: float) -> None:
    """As `time.sleep`."""
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    select.select([], [], [], seconds)


time.sleep = sleep
