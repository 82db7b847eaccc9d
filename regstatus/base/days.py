"""How a day, moment or span is read from a caller: one way for the CLI, Python and HTTP."""

import re
from datetime import UTC, date, datetime, timedelta

from regstatus.base.errors import UsageError, quoted

_CLOCK = (
    r"[T ](?:[01]\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:[.,]\d+)?)? ?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?"
)
_IN_CELL = rf"(\d{{4}}-\d\d-\d\d)(?:{_CLOCK})?"


def read_day(value: object) -> date:
    """Read a day: `2026-11-22`, in no other spelling, a `date` or a `datetime` (also of pandas).

    A `datetime` counts as the day that it shows in its own zone.

    Raises:
        UsageError: If it is no day of the calendar, whatever its type; the text says how to
            write one.
    """
    try:
        if isinstance(value, str):
            found = date.fromisoformat(value)
            # The library also takes 20261122 and 2026-W47-7; one spelling is enough.
            if found.isoformat() == value:
                return found
        elif isinstance(value, date):
            # Made anew: a missing date of pandas is a `datetime` by its type, but has no year.
            return date(value.year, value.month, value.day)
    except (ValueError, TypeError):
        pass
    raise UsageError(f"{quoted(value)} is not a day; write it as 2026-11-22")


def read_moment(value: object) -> datetime:
    """Read the present moment as a caller gives it: a `datetime` that knows its zone; in UTC.

    Raises:
        UsageError: If it is none.
    """
    try:
        if isinstance(value, datetime) and value.tzinfo is not None:
            return value.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        pass
    raise UsageError(
        f"now is {quoted(value)}; give a time with its zone, as datetime.now(UTC) does"
    )


def day_in(text: str) -> str:
    """The day that a cell of a table names, as ISO text; a time after it is left aside.

    Raises:
        UsageError: If it names none.
    """
    # Compiled and loaded here: a look-up reads no cells, and would pay for both at its start.
    from regstatus.base.safe import one_line

    match = re.fullmatch(_IN_CELL, text.strip(), re.ASCII)
    if match is None:
        raise UsageError(f"The day {one_line(text, 60)!r} is not written as 2026-11-22.")
    try:
        return read_day(match[1]).isoformat()
    except UsageError:
        raise UsageError(f"The day {one_line(text, 60)!r} is not in the calendar.") from None


def day_of(value: date | str | None) -> date | None:
    """Read a day as `read_day` does; None, which leaves the choice of the day, stays None."""
    return None if value is None else read_day(value)


def is_day(text: str) -> bool:
    """Whether a text is a day, and not the id of a version."""
    try:
        read_day(text)
    except UsageError:
        return False
    return True


def known_as(value: date | str | None) -> str | None:
    """Record time as stores take it: text is a version's id or a day; all else must be a day.

    Raises:
        UsageError: If it is none.
    """
    return value if value is None or isinstance(value, str) else read_day(value).isoformat()


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
