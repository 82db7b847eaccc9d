"""Trust: whether changed words may count, beside those that were last confirmed.

New words that may mean what no rule reads are for people. Until one has attested the record
later than they were seen, no text of the document is trusted, not even the former one: which of
the two is of today nobody knows.
"""

from collections.abc import Callable
from datetime import date

from regstatus.decide.difference import Changes, changes
from regstatus.decide.records import departs
from regstatus.decide.versions import Passages
from regstatus.model.canonical import digest
from regstatus.model.document import Document
from regstatus.model.finding import Finding
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


def kept(clock: FetchState, words: str | None) -> str | None:
    """Words that are kept of a document, if they are those on which its clock rests; else None."""
    rests = clock.baseline or clock.text_sha256
    whole = words is not None and digest(words[:-1].encode("utf-8", "surrogatepass")) == rests
    return words if whole else None


def stands(
    source: Source,
    document: Document,
    clock: FetchState,
    finding: Finding | None,
    words: str | None,
    on: date,
) -> bool:
    """Whether what was read last needs no reading where it comes again.

    So it is where its words are those confirmed, and kept, or say otherwise still.
    """
    if finding is None or kept(clock, words) is None:
        return False
    confirmed = clock.baseline in {None, clock.text_sha256}
    return confirmed or departs(source, document, finding, on)


def compared(
    source: Source,
    document: Document,
    clock: FetchState,
    page: Page,
    text: str,
    passages: Passages,
    confirmed: Callable[[], str | None],
) -> tuple[tuple[str, ...], FetchState]:
    """Why the words of a page may not be trusted beside those last confirmed; the clock that knows of it.

    `text` is the digest of its words, `passages` are those;
    `confirmed` gives the words that are kept of the document. The text of a copy, which another
    office may print otherwise, may lack what the main one says, and says nothing new.
    """
    seen, main = clock.doubted.get(text), page.url == clock.url
    standing = tuple(filter(None, [unreviewed(source, clock)]))
    # The bytes that were confirmed are no other text where they are read by other rules.
    same = main and page.sha256 == clock.sha256 and clock.text_sha256 == clock.baseline
    if same or clock.baseline in {None, text} or (seen and _reviewed(source, seen)):
        return standing, clock
    known = confirmed()
    if known is None:
        found = Changes(("the words that were last confirmed are not kept any more",), ())
    else:
        quotes = [i.quote for i in source.instruments if i.document == document.id and i.quote]
        found = changes(known, passages, document, quotes)
    doubts = (*found.new, *(found.lost if main else ()))
    if doubts:
        # A copy that lacks something, and was never read before, may be printed otherwise.
        new = bool(found.new) and (main or page.url in clock.copied or not found.lost)
        clock = clock.with_doubted(text, stamp(page.fetched_at), new=new)
    return doubts or standing, clock
