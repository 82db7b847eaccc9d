"""Memento (RFC 7089): the answer as it stood at a moment, by the reader's `Accept-Datetime`.

Its own address says both record time and the day of the law, so that the same is answered there on
any later day; `freshness` alone goes on ageing, for no old answer is to pass for a fresh one.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote, urlencode

from regstatus.base.errors import UsageError
from regstatus.decide.freshness import moment
from regstatus.web.edition import Edition


def http_date(when: datetime) -> str:
    """A time as HTTP writes it."""
    return format_datetime(when.astimezone(UTC).replace(microsecond=0), usegmt=True)


def read(text: str) -> datetime:
    """Read `Accept-Datetime`; a UsageError says that it is no HTTP date."""
    try:
        found = parsedate_to_datetime(text)
        found -= found.utcoffset() or timedelta()
    except (TypeError, ValueError, OverflowError):
        raise UsageError(
            f"Accept-Datetime: {text!r} is not a date such as Sun, 22 Nov 2026 00:00:00 GMT"
        ) from None
    return found.replace(tzinfo=UTC)


def address(place: str, root: str, asked: Mapping[str, date | str | None]) -> str:
    """Where the same answer stands under its canonical name: the whole question, and no header.

    A day of record time is no other name of its version: clocks count up to its end.
    """
    query = urlencode({name: str(value) for name, value in asked.items() if value is not None})
    return f"{root}v1/status/{quote(place)}{'?' if query else ''}{query}"


def links(place: str, root: str) -> str:
    """The `Link` header of an answer: itself in general, and the list of its versions."""
    at = quote(place)
    return (
        f'<{root}v1/status/{at}>; rel="original timegate", '
        f'<{root}v1/timemap/{at}>; rel="timemap"; type="application/link-format"'
    )


def timemap(edition: Edition, place: str, root: str) -> str:
    """Every version that knows a place, in link-format, oldest first."""
    at = quote(place)
    lines = [
        f'<{root}v1/status/{at}>;rel="original timegate"',
        f'<{root}v1/timemap/{at}>;rel="self";type="application/link-format"',
    ]
    lines += [
        f'<{root}v1/status/{at}?on={entry["created"][:10]}&as_known_on={entry["id"]}>;rel="memento";'
        f'datetime="{http_date(moment(entry["created"]))}"'
        for entry in edition.versions
    ]
    return ",\n".join(lines) + "\n"
