"""Copies: where else a text is asked for when its own address fails.

First the other official publications that its source file names, in order; last,
where the user turned it on, the newest capture that an archive keeps of the
official address. Each is asked only for what could not be read before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from regstatus.base.safe import one_line
from regstatus.decide.freshness import moment
from regstatus.fetch import Request, Settings
from regstatus.fetch.hosts.web_archive import MEMENTO, memento_request
from regstatus.model.source import Document, Source
from regstatus.model.text import Page
from regstatus.model.words import Reads
from regstatus.pipeline.options import Pages
from regstatus.store.ledger import Clock

if TYPE_CHECKING:
    from regstatus.pipeline.collect import Intake

__all__ = ["Asked", "no_use", "read_all", "rounds", "told"]

_TOLD = 800
"""Longest account of what failed for one document, in characters."""


class Asked(NamedTuple):
    """One document that a run asks for.

    Attributes:
        request: How.
        source: Whose law it is.
        document: As it is asked for and read there.
        elsewhere: Whether this is another copy, asked because the main address failed.
    """

    request: Request
    source: Source
    document: Document
    elsewhere: bool = False


def read_all(
    asked: Sequence[Asked],
    intake: Intake,
    pages: Pages,
    settings: Settings,
    now: Callable[[], datetime],
    started: datetime,
    progress: Callable[[int, int, str], None] | None = None,
) -> None:
    """Ask for documents, then for copies of those whose own address failed, and read them.

    Args:
        asked: The documents at their main addresses.
        intake: What reads.
        pages: What brings the pages.
        settings: How to fetch.
        now: The clock, UTC.
        started: When the run began, UTC.
        progress: Called with (done, all, key) after each page; `all` grows with each round.
    """
    done = total = 0
    ahead = getattr(intake.read, "ahead", None)  # whoever reads several at one time
    for turn in rounds(asked, intake.unread, timegate=settings.timegate, at=started):
        total += len(turn)
        places = {item.request.key: item for item in turn}
        coming = pages([item.request for item in turn], settings, now=now)
        if ahead is not None:
            coming = ahead(coming, places.__getitem__, started.astimezone(UTC).date())
        for request, page in coming:
            item = places[request.key]
            if item.elsewhere:
                intake.take_elsewhere(item, page)
            else:
                intake.take(item.source, item.document, page)
            done += 1
            if progress:
                progress(done, total, request.key)


def rounds(
    asked: Sequence[Asked], unread: Callable[[str], bool], *, timegate: str | None, at: datetime
) -> Iterator[list[Asked]]:
    """What to ask for, round by round; each is made up when the one before has been read.

    Args:
        asked: The documents at their main addresses: the first round.
        unread: Whether the text of a ledger key could not be had so far.
        timegate: Of the archive to ask last; None asks none.
        at: The time of the run, UTC.
    """
    yield list(asked)
    for number in range(max((len(item.document.copies) for item in asked), default=0)):
        again = [
            _copy(item, number)
            for item in asked
            if number < len(item.document.copies) and unread(item.request.key)
        ]
        if again:
            yield again
    if timegate is not None:
        last = [
            _capture(item, timegate, at)
            for item in asked
            if unread(item.request.key) and _archivable(item.document)
        ]
        if last:
            yield last


def _copy(item: Asked, number: int) -> Asked:
    document = item.document.at(item.document.copies[number])
    request = Request(
        key=item.request.key,
        url=document.url,
        format=document.format,
        adapter=document.adapter,
        params=document.params,
        allowed_hosts=document.allowed_hosts,
    )
    return Asked(request, item.source, document, elsewhere=True)


def _archivable(document: Document) -> bool:
    """A plain page without keys: no archive has the answers of an API to our own questions."""
    return (
        document.adapter == "page"
        and document.reads is not Reads.FEED
        and not document.params
        and "{env:" not in document.url
    )


def _capture(item: Asked, timegate: str, at: datetime) -> Asked:
    document = item.document
    request = memento_request(
        item.request.key,
        document.url,
        timegate=timegate,
        at=at,
        format=document.format,
        allowed_hosts=document.allowed_hosts,
    )
    return Asked(request, item.source, document, elsewhere=True)


def no_use(
    source: Source, document: Document, clock: Clock, page: Page, started: datetime
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


def told(clock: Clock, item: Asked, problem: str) -> str:
    """The problem of the main address, and then why this copy was no help."""
    archive = item.request.adapter == MEMENTO
    what = "An archived capture" if archive else f"The copy at {item.request.url}"
    return one_line(f"{clock.problem or ''} {what} was no help: {problem.rstrip('.')}.", _TOLD)
