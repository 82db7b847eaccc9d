"""Reading the pages of a run into findings and clocks.

Whatever goes wrong with one page touches that document's clock alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from regstatus.assess.announcements import Announcement
from regstatus.base.errors import RegstatusError, unforeseen
from regstatus.base.safe import one_line
from regstatus.decide.freshness import moment
from regstatus.decide.outdated import dated, outdated
from regstatus.fetch import Settings, Validators
from regstatus.fetch.hosts.web_archive import MEMENTO
from regstatus.model.document import Document
from regstatus.model.finding import Finding
from regstatus.model.record import Reading, Record
from regstatus.model.source import Source
from regstatus.model.text import Page
from regstatus.model.words import Outcome, Reads, Verdict
from regstatus.pipeline.options import Pages
from regstatus.pipeline.page_reader.read_page import ReadPage, read_page, recipe
from regstatus.pipeline.plan import Job, rounds
from regstatus.pipeline.spool import Spool
from regstatus.store.capture import Capture
from regstatus.store.ledger import FetchState, Ledger, stamp

__all__ = ["Collector", "read_all"]

_Records = Mapping[str, Mapping[str, Any]]
_LONGEST = 800
"""Most characters of what failed for one document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What is kept of a page that was read; its body is let go, for there may be thousands."""

    page: Page
    sha256: str | None
    text_sha256: str | None = None
    validators: Validators | None = None
    failed: FetchState | None = None
    """For a copy: the clock with the failure of the main address."""


class Collector:
    """What one run has read so far.

    Args:
        ledger: The clocks; failures are written to them at once, readings by `finish`.
        old: The records of the newest version, as JSON.
        started: When the run began, UTC; texts are read for its day.
        keep: Keeps the pages and their words.
        read: Reads a page: `read_page`, or a `Worker` that does so in a process of its own.

    Attributes:
        read: The same.
        findings: By jurisdiction and document id.
        older: The same, for pages known to be older than what was read before.
        received: By ledger key, what `finish` needs.
        announced: By ledger key, the entries of feeds.
        counts: Outcome to number of documents, as their main addresses answered.
        skipped: Ledger keys of documents that were left out on purpose.
    """

    def __init__(
        self,
        ledger: Ledger,
        old: _Records,
        started: datetime,
        keep: Spool,
        read: Callable[[Document, Page, date], ReadPage] = read_page,
    ) -> None:
        self._ledger, self._old = ledger, old
        self._started, self._on = started, started.astimezone(UTC).date()
        self._keep, self.read = keep, read
        self.findings: dict[str, dict[str, Finding]] = {}
        self.older: dict[str, dict[str, Finding]] = {}
        self.received: dict[str, Received] = {}
        self.announced: dict[str, list[Announcement]] = {}
        self.counts: Counter[str] = Counter()
        self.skipped: set[str] = set()

    def unread(self, key: str) -> bool:
        """Whether a document's text could not be had so far."""
        return key not in self.received and key not in self.skipped

    def collect(self, source: Source, document: Document, page: Page) -> None:
        """Read one page."""
        key = f"{source.jurisdiction}:{document.id}"
        outcome, problem = page.outcome, page.problem
        if outcome in {Outcome.OK, Outcome.UNCHANGED}:
            step = self._read if outcome is Outcome.OK else self._vouched
            problem = self._fenced(step, source, document, page)
            if problem is not None:
                outcome = Outcome.UNREADABLE
        clock = self._ledger.clocks[key]
        if outcome is Outcome.SKIPPED:
            self._ledger.clocks[key] = clock.after_skip(page)
            self.skipped.add(key)
        elif outcome not in {Outcome.OK, Outcome.UNCHANGED}:
            self._ledger.clocks[key] = clock.after_failure(page, outcome, problem)
        self.counts[str(outcome)] += 1

    def collect_copy(self, item: Job, page: Page) -> None:
        """Read another copy of a document whose main address failed.

        What cannot be used is noted beside the failure of the main address, and changes
        nothing else.
        """
        key, source, document = item.request.key, item.source, item.document
        clock = self._ledger.clocks[key]
        problem: str | None = page.problem or str(page.outcome)
        if page.outcome is Outcome.OK:
            problem = why_unusable(source, document, clock, page, self._started) or self._fenced(
                self._read, source, document, page, failed=clock
            )
        if problem is not None:
            said = explain_failure(clock, item, problem)
            self._ledger.clocks[key] = replace(self._ledger.clocks[key], problem=said)

    def _fenced(
        self,
        step: Callable[..., str | None],
        source: Source,
        document: Document,
        page: Page,
        **more: FetchState,
    ) -> str | None:
        """One step with one page; a fault of our own in it is the problem of this page alone.

        Nothing of the page is kept then, and the validators go, so that the whole text is asked
        for again. Errors of the disk or of memory are not those of a page, and pass through.
        """
        if page.archived_at is None and page.header("memento-datetime") is not None:
            return "it is an archive's capture of an earlier day, not the text of today"
        try:
            return step(source, document, page, **more)
        except (OSError, MemoryError, RegstatusError):
            raise
        except Exception as fault:  # noqa: BLE001  (named in the report)
            key = f"{source.jurisdiction}:{document.id}"
            for read in (self.findings, self.older):
                read.get(source.jurisdiction, {}).pop(document.id, None)
            self.received.pop(key, None)
            self.announced.pop(key, None)
            clock = self._ledger.clocks[key]
            self._ledger.clocks[key] = replace(clock, etag=None, last_modified=None)
            return unforeseen(fault)

    def _vouched(self, source: Source, document: Document, page: Page) -> str | None:
        """The host says that the text has not changed, so what was read last still stands."""
        old = self._old.get(source.jurisdiction)
        known = old["documents"].get(document.id) if old else None
        finding = Reading.of(known).finding if known else None
        key = f"{source.jurisdiction}:{document.id}"
        clock = self._ledger.clocks[key]
        if finding is None:
            return None
        if problem := outdated(source, clock, page, clock.text_sha256):
            return problem
        self.findings.setdefault(source.jurisdiction, {})[document.id] = finding
        self.received[key] = Received(page=page, sha256=None)
        self._archive(key, document, page, clock.sha256, clock.text_sha256)
        return None

    def _read(
        self, source: Source, document: Document, page: Page, *, failed: FetchState | None = None
    ) -> str | None:
        """Read a page that was sent; returns why nothing may be concluded, or None.

        `failed` is given for a copy: the clock with the failure of the main address.
        """
        key = f"{source.jurisdiction}:{document.id}"
        light = replace(page, body=b"")
        if document.reads is Reads.FEED:
            feed = self.read(document, page, self._on)
            if feed.problem is not None:
                return feed.problem
            self.announced[key] = list(feed.announced)
            self.received[key] = Received(page=light, sha256=page.sha256)
            self._archive(key, document, page, page.sha256, None)
            return None
        reading = self.read(document, page, self._on)
        if reading.finding is None:
            return reading.problem or "the text could not be read"
        clock, text = self._ledger.clocks[key], reading.finding.text_sha256
        if problem := outdated(source, clock, page, text):
            self.older.setdefault(source.jurisdiction, {})[document.id] = reading.finding
            self._archive(key, document, page, page.sha256, text)
            if text not in {clock.digest_at(page.url), *clock.earlier}:
                # Sent again without its date, it is no newer.
                when = clock.last_ok or stamp(page.fetched_at)
                self._ledger.clocks[key] = clock.with_replaced(clock.text_sha256, text, when=when)
            return problem
        self.findings.setdefault(source.jurisdiction, {})[document.id] = reading.finding
        self._archive(key, document, page, page.sha256, text)
        if failed is None:
            self._keep.text(key, reading.words)
            self._ledger.clocks[key] = replace(clock, recipe=recipe(document))
        self.received[key] = Received(
            page=light,
            sha256=page.sha256,
            text_sha256=text,
            # A text that marks its own days must be read anew as days pass.
            validators=None if failed or reading.dated else Validators.of(page),
            failed=failed,
        )
        return None

    def _archive(
        self, key: str, document: Document, page: Page, sha256: str | None, text_sha256: str | None
    ) -> None:
        """Keep a page, where there is one."""
        if sha256 is None:
            return
        capture = Capture.of(
            page,
            key=key,
            adapter=MEMENTO if page.archived_at else document.adapter,
            run=self._started,
            sha256=sha256,
            text_sha256=text_sha256,
            before=self._ledger.kept.get(key) or self._ledger.clocks[key].last_ok,
        )
        self._keep.page(capture, page.body)

    def finish(self, records: Mapping[str, Record]) -> None:
        """Move the clocks of what was read, now that each text's verdict is known."""
        for key, received in self.received.items():
            place, _, name = key.partition(":")
            record = records[place]
            reading = record.documents[name]
            # What does not have to say it yet, or any more, proves nothing of it.
            verdict = Verdict.CONFIRMS if reading.reads is Reads.FEED else reading.verdict
            clock = received.failed or self._ledger.clocks[key]
            facts: dict[str, Any] = {
                "sha256": received.sha256,
                "text_sha256": received.text_sha256,
                "modified": dated(clock, received.page),
                "undoes": any(c.document == name and c.held for c in record.contradictions),
            }
            self._ledger.clocks[key] = (
                clock.after_reading(received.page, verdict, validators=received.validators, **facts)
                if received.failed is None
                else clock.after_copy(received.page, verdict, **facts)
            )
        for record in records.values():
            for name, reading in record.documents.items():
                clock = self._ledger.clocks.get(key := f"{record.id}:{name}", FetchState(url=""))
                if (
                    clock.verified_at
                    and reading.finding is None
                    and reading.reads is not Reads.FEED
                ):
                    # It was taken out of its file and put back: nothing of it is proven now.
                    self._ledger.clocks[key] = replace(clock, verified_at=None)


def read_all(
    asked: Sequence[Job],
    collector: Collector,
    pages: Pages,
    settings: Settings,
    now: Callable[[], datetime],
    started: datetime,
    progress: Callable[[int, int, str], None] | None = None,
) -> None:
    """Ask for documents, then for copies of those whose own address failed, and read them.

    `progress` is called with (done, all, key) after each page; `all` grows with each round.
    """
    done = total = 0
    ahead = getattr(collector.read, "ahead", None)  # a reader may begin with several pages
    for turn in rounds(asked, collector.unread, timegate=settings.timegate, at=started):
        total += len(turn)
        places = {item.request.key: item for item in turn}
        coming = pages([item.request for item in turn], settings, now=now)
        if ahead is not None:
            coming = ahead(coming, places.__getitem__, started.astimezone(UTC).date())
        for request, page in coming:
            item = places[request.key]
            if item.is_copy:
                collector.collect_copy(item, page)
            else:
                collector.collect(item.source, item.document, page)
            done += 1
            if progress:
                progress(done, total, request.key)


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


def explain_failure(clock: FetchState, item: Job, problem: str) -> str:
    """The problem of the main address, and then why this copy was no help."""
    archive = item.request.adapter == MEMENTO
    what = "An archived capture" if archive else f"The copy at {item.request.url}"
    return one_line(f"{clock.problem or ''} {what} was no help: {problem.rstrip('.')}.", _LONGEST)
