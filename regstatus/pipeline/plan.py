"""Which documents a run asks for, and where else it asks for those that failed.

First come the other official publications that a source file names, in order; last, where the user
turned it on, the newest capture that an archive keeps of the official address. Each is asked
only for what could not be read before it.
"""

import fnmatch
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from regstatus.decide.freshness import moment
from regstatus.decide.records import mark_on
from regstatus.decide.trust import stands
from regstatus.fetch.hosts.web_archive import memento_request
from regstatus.model.document import Document
from regstatus.model.record import Reading
from regstatus.model.request import Request, Validators
from regstatus.model.source import Source
from regstatus.model.words import Reads
from regstatus.pipeline.options import Options
from regstatus.pipeline.page_reader.read_page import recipe
from regstatus.store.ledger import FetchState, Ledger, stamp

WHOLE_EVERY = timedelta(days=14)
"""How long a host's «unchanged» is accepted before the whole text is asked for again."""

_SLACK = timedelta(minutes=30)
"""How much before its time a document may be asked for.

A document is fetched some time after its run began, and runs begin up to a minute
early or late. Without this, one that is due every day would be passed over by a
daily run, a few seconds too soon, and asked for every other day.
"""

_NOTHING = timedelta(0)

_Records = Mapping[str, Mapping[str, Any]]


class Job(NamedTuple):
    """One document that a run asks for."""

    request: Request
    source: Source
    document: Document
    """As it is asked for and read there."""
    is_copy: bool = False
    """Whether this is another copy, asked because the main address failed."""


def plan_requests(
    options: Options,
    catalog: list[Source],
    ledger: Ledger,
    old: _Records,
    now: datetime,
    holds: Callable[[str | None], bool],
    words: Callable[[str], str | None],
) -> list[Job]:
    """The documents to ask for, in the order of the catalogue; the ledger gets their clocks.

    Clocks of another address are begun anew. A body whose digest the evidence does not hold is
    asked for again.
    """
    only, on = options.only, now.astimezone(UTC).date()
    asked = []
    for source in catalog:
        if only and not any(fnmatch.fnmatchcase(source.jurisdiction, p) for p in only):
            continue
        mark = mark_on(source, on)
        for document in source.documents:
            key = f"{source.jurisdiction}:{document.id}"
            clock = ledger.clocks.get(key)
            if clock is None or clock.url != document.url:
                # What was replaced, or had a later date, is no newer by another name or address.
                past = clock or _renamed(ledger, source, document)
                clock = FetchState(url=document.url, earlier=past.earlier, modified=past.modified)
                clock = clock.with_doubts_of(past)
            ledger.clocks[key] = clock
            by_hand = document.people_only and not options.brought
            known = old.get(source.jurisdiction, {}).get("documents", {}).get(document.id, {})
            # What was last read before the law moved proves nothing of the new one.
            before = known.get("finding") and known.get("period") != mark and not clock.failures
            if by_hand or (options.due and not (before or _is_due(clock, document, now))):
                continue
            again = bool(known.get("finding")) and holds(clock.sha256)
            validators = validators_of(clock, document, now) if again else None
            if validators:
                finding = Reading.of(known).finding
                again = stands(source, document, clock, finding, words(key), on)
                validators = validators if again else None
            asked.append(Job(request_of(key, document, validators), source, document))
    return asked


def _renamed(ledger: Ledger, source: Source, document: Document) -> FetchState:
    """What is known of an address that a document of another name had, which its file has no more."""
    names = {f"{source.jurisdiction}:{item.id}" for item in source.documents}
    own = f"{source.jurisdiction}:"
    for key, clock in ledger.clocks.items():
        if clock.url == document.url and key not in names and key.startswith(own):
            return clock
    return FetchState(url=document.url)


def validators_of(clock: FetchState, document: Document, now: datetime) -> Validators | None:
    """By what a host may say that a document is unchanged; None where it must send all of it."""
    # Bytes that we would now read otherwise must be had again, changed or not.
    if not (clock.etag or clock.last_modified) or clock.recipe != recipe(document):
        return None
    if turned(clock, now):
        return None
    # A host may say «unchanged» wrongly for ever; now and then it must send the words.
    if clock.last_whole is None:
        return None
    age = now - moment(clock.last_whole)
    if age >= WHOLE_EVERY or age < _NOTHING:  # a time to come was written by a wrong clock
        return None
    return Validators(url=clock.validators_url, etag=clock.etag, last_modified=clock.last_modified)


def turned(clock: FetchState, now: datetime) -> bool:
    """Whether a day has come on which the words last read say something else."""
    return clock.turns_at is not None and stamp(now) >= clock.turns_at


def _is_due(clock: FetchState, document: Document, now: datetime) -> bool:
    if clock.last_fetched is None:
        return True
    age = now - moment(clock.last_fetched)
    # A time still to come was written by a wrong clock: waiting for it could take years.
    return age < _NOTHING or age >= document.check_every - min(_SLACK, document.check_every / 10)


def rounds(
    asked: Sequence[Job], unread: Callable[[str], bool], *, timegate: str | None, at: datetime
) -> Iterator[list[Job]]:
    """What to ask for, round by round; each is made up when the one before has been read."""
    yield list(asked)
    for number in range(max((len(item.document.copies) for item in asked), default=0)):
        again = []
        for request, source, document, _ in asked:
            if number < len(document.copies) and unread(request.key):
                copy = document.at(document.copies[number])
                again.append(Job(request_of(request.key, copy), source, copy, is_copy=True))
        yield again
    if timegate is None:
        return
    last = []
    for request, source, document, _ in asked:
        if unread(request.key) and _archivable(document):
            capture = memento_request(
                request.key,
                document.url,
                timegate=timegate,
                at=at,
                format=document.format,
                allowed_hosts=document.allowed_hosts,
            )
            last.append(Job(capture, source, document, is_copy=True))
    yield last


def request_of(key: str, document: Document, validators: Validators | None = None) -> Request:
    """How a document is asked for at its address."""
    return Request(
        key=key,
        url=document.url,
        format=document.format,
        adapter=document.adapter,
        params=document.params,
        allowed_hosts=document.allowed_hosts,
        validators=validators,
    )


def _archivable(document: Document) -> bool:
    """A plain page without keys: no archive has the answers of an API to our own questions."""
    return (
        document.adapter == "page"
        and document.reads is not Reads.FEED
        and not document.params
        and "{env:" not in document.url
    )
