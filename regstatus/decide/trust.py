"""Trust: whether changed words may count, beside those that were last confirmed.

New words that may mean what no rule reads are for people. Until one has attested the record
later than they were seen, no text of the document is trusted, not even the former one: which of
the two is of today nobody knows.
"""

from collections.abc import Callable
from dataclasses import replace

from regstatus.decide.difference import Changes, changes
from regstatus.model.canonical import digest
from regstatus.model.document import Document
from regstatus.model.source import Source
from regstatus.model.text import Page
from regstatus.store.ledger import FetchState, stamp

_UNREVIEWED = (
    "since it was last confirmed it has had other words, which no person has reviewed: "
    "read them and attest the record"
)


def unreviewed(source: Source, clock: FetchState) -> str | None:
    """Why no text is trusted after other words that nobody has looked at; None where somebody has."""
    return _UNREVIEWED if clock.unreviewed and not _reviewed(source, clock.unreviewed) else None


def _reviewed(source: Source, seen: str) -> bool:
    """Whether a person attested after words were seen: who did so that very day did not know of them."""
    return source.attested.isoformat() > seen[:10]


def compared(
    source: Source,
    document: Document,
    clock: FetchState,
    page: Page,
    text_sha256: str,
    words: str,
    confirmed: Callable[[], str | None],
) -> tuple[tuple[str, ...], FetchState]:
    """Why the words of a page may not be trusted beside those last confirmed; the clock that knows of it.

    `confirmed` gives the words that are kept of the document. The text of a copy, which another
    office may print otherwise, is laid beside none.
    """
    seen, problem = clock.doubted.get(text_sha256), unreviewed(source, clock)
    if seen and _reviewed(source, seen):
        return (), clock
    if page.url != clock.url:
        return ((_UNREVIEWED,) if seen or problem else ()), clock
    if problem and not seen:
        return (problem,), clock
    if clock.baseline in {None, text_sha256}:
        return (), clock
    known = confirmed()
    if known is None or digest(known[:-1].encode("utf-8", "surrogatepass")) != clock.baseline:
        found = Changes((), ("the words that were last confirmed are not kept any more",))
    else:
        quotes = [i.quote for i in source.instruments if i.document == document.id and i.quote]
        found = changes(known, words, document, quotes)
    if found.new or found.lost:
        when = stamp(page.fetched_at)
        clock = replace(clock, doubted={text_sha256: when, **clock.doubted})
        if found.new:
            clock = replace(clock, unreviewed=clock.unreviewed or when)
    return (*found.new, *found.lost), clock
