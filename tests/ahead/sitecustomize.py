"""Python under Debian's `faketime`, loaded by way of PYTHONPATH: `make ahead`.

The monotonic clock must stay (FAKETIME_DONT_FAKE_MONOTONIC), else a wait takes as long as the clock
is ahead; and libfaketime 0.9.10 must not shift it for condition variables all the same
(FAKETIME_FORCE_MONOTONIC_FIX=0), else threads wake each other without end. `time.sleep` asks for an
absolute moment of that clock, which it spoils even so: so sleep until no file is ready.
"""

import select
import time


def sleep(seconds: float) -> None:
    """As `time.sleep`."""
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    select.select([], [], [], seconds)


time.sleep = sleep
