"""Earlier: whether a page is known to be older than what was read of its document before.

A stale cache, a copy that nobody keeps up, last year's chapter: readable, well formed, and
no proof of what the law says today. Such a page confirms nothing, and takes the place of
nothing that was read. A person who attests the record later lets the past go, or a text
that is law once more could never be confirmed.
"""

from datetime import UTC, datetime, timedelta

from regstatus.decide.freshness import moment
from regstatus.model.document import Document
from regstatus.model.request import http_date
from regstatus.model.source import Source
from regstatus.model.text import Page
from regstatus.store.ledger import FetchState, stamp

_APART = timedelta(hours=1)
"""How far apart the servers of one host may date the same words."""
_AHEAD = timedelta(days=1)
"""A date further ahead of the moment of fetching says nothing."""
_EARLIER = (
    "the host sent an earlier text than was read before: {}. If that is the law of today, "
    "a person must read it and attest the record"
)


def outdated(source: Source, clock: FetchState, page: Page, text_sha256: str | None) -> str | None:
    """Why a page is known to be older than what was read before, in words; None if it is not.

    It may have come from the main address, a copy or an archive; the clock is from before it, and
    the digest of its words, or for `unchanged` of those that are vouched for.
    """
    attested = source.attested.isoformat()
    replaced = clock.earlier.get(text_sha256 or "", "")[:10]
    if replaced >= attested:
        return _EARLIER.format(f"its words were replaced by others on {replaced}")
    when = _last_modified(page)
    if when is None:
        return None
    at = stamp(when)
    newest = clock.modified.get(page.final_url, "")
    same = text_sha256 == clock.digest_at(page.url)
    if at < newest and not (same and _apart(newest, when)):
        # A clock that was begun anew for this address knows no more than that date.
        if (clock.last_ok or newest)[:10] >= attested:
            why = f"it was last modified on {at[:10]}, and one of {newest[:10]} was read"
            return _EARLIER.format(why)
    elif page.url != clock.url and at < (clock.former_until or ""):
        changed = (clock.text_changed_at or "")[:10]
        if changed >= attested:
            why = f"it was last modified on {at[:10]}, and the text at the main address changed "
            return _EARLIER.format(f"{why}on {changed}")
    return None


def why_unusable(
    source: Source, document: Document, clock: FetchState, page: Page, started: datetime
) -> str | None:
    """Why an archive's capture says nothing of the law of today, or None.

    Where a later reading is known it is not read, for it could undo what that one
    found; nor where it is older than the record's limit or than the law of today.
    """
    if page.archived_at is None:
        return None
    day = page.archived_at.date()
    if clock.known_as_of is not None and page.archived_at <= moment(clock.known_as_of):
        return f"it is of {day}, and the text is known as of {clock.known_as_of[:10]}"
    if source.read_officially and day <= source.attested:
        return f"it is of {day}, and a person read the text on {source.attested}"
    if started - page.archived_at > source.stale_after:
        limit = source.stale_after.days
        return f"it is of {day}, older than the {limit} days for which a verification lasts"
    on = started.astimezone(UTC).date()
    begun = [period.from_ for period in source.timeline if period.from_ and period.from_ <= on]
    if document.from_ is not None:
        begun.append(document.from_)
    if begun and day < max(begun):
        return f"it is of {day}, older than the law of today, which began on {max(begun)}"
    return None


def dated(clock: FetchState, page: Page) -> str | None:
    """How new the text is known to be that a page brought which is not outdated."""
    when = _last_modified(page)
    newest = clock.modified.get(page.final_url)
    if when is None or (newest and _apart(newest, when)):
        return newest
    return stamp(when)


def _apart(newest: str, when: datetime) -> bool:
    """Whether two servers may date one text so: no more than that before the newest date."""
    return timedelta(0) < moment(newest) - when < _APART


def _last_modified(page: Page) -> datetime | None:
    """When a page says that it was last modified, UTC; None where it does not say it credibly.

    An archive's capture brings the header of its own day, and is judged by that day alone.
    """
    when = http_date(page.header("last-modified"))
    credible = when and page.archived_at is None and when <= page.fetched_at + _AHEAD
    return when if credible else None
