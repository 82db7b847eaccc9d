"""Reading the pages of a run into findings and clocks.

Whatever goes wrong with one page touches that document's clock alone.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from regstatus.assess.announcements import Announcement
from regstatus.base.errors import RegstatusError, unforeseen
from regstatus.base.safe import one_line
from regstatus.decide.freshness import moment
from regstatus.decide.outdated import outdated, why_unusable
from regstatus.decide.records import differences
from regstatus.decide.trust import compared, kept, stands, unreviewed
from regstatus.decide.versions import Passages
from regstatus.fetch.hosts.web_archive import MEMENTO
from regstatus.fetch.page_check.shape import html_stops_short
from regstatus.fetch.settings import Settings
from regstatus.model.finding import Finding
from regstatus.model.law import Substance
from regstatus.model.record import Reading
from regstatus.model.request import Request, Validators
from regstatus.model.text import Page
from regstatus.model.words import Format, Outcome, Reads
from regstatus.pipeline.options import Pages
from regstatus.pipeline.page_reader.pool import Reader
from regstatus.pipeline.page_reader.read_page import Known, read_page, recipe
from regstatus.pipeline.plan import WHOLE_EVERY, Job, rounds, turned
from regstatus.pipeline.spool import Received, Spool
from regstatus.store.capture import Capture
from regstatus.store.ledger import FetchState, Ledger, stamp

_LONGEST = 800
"""Most characters of what failed for one document."""


class Collector:
    """What one run has read so far, for the day on which it began.

    Failures are written to the clocks of the ledger at once, readings by `update` once the
    verdicts are known.

    Attributes:
        findings: By jurisdiction and document id.
        older: The same, for pages known to be older than what was read before.
        received: By ledger key, what moves its clocks.
        announced: By ledger key, the entries of feeds.
        counts: Outcome to number of documents, as their main addresses answered.
        skipped: Ledger keys of documents that were left out on purpose.
        brought: By ledger key of a page that a person brought, why it was of no use, or None.
    """

    def __init__(
        self,
        ledger: Ledger,
        old: Mapping[str, Mapping[str, Any]],
        started: datetime,
        keep: Spool,
        words: Callable[[str], str | None],
        read: Reader = read_page,
    ) -> None:
        self._ledger, self._old = ledger, old
        self._started, self._on = started, started.astimezone(UTC).date()
        self._keep, self._words, self.read = keep, words, read
        self.findings: dict[str, dict[str, Finding]] = defaultdict(dict)
        self.older: dict[str, dict[str, Finding]] = defaultdict(dict)
        self.received: dict[str, Received] = {}
        self.announced: dict[str, list[Announcement]] = {}
        self.counts: Counter[str] = Counter()
        self.skipped: set[str] = set()
        self.brought: dict[str, str | None] = {}
        self._doubtful: set[str] = set()
        self._known: dict[str, Known | None] = {}

    def unread(self, key: str) -> bool:
        """Whether a document's text could not be had so far."""
        return key not in self.received and key not in self.skipped

    def read_all(
        self,
        asked: Sequence[Job],
        pages: Pages,
        settings: Settings,
        now: Callable[[], datetime],
        progress: Callable[[int, int, str], None] | None = None,
    ) -> None:
        """Ask for documents, then for copies of those whose own address failed, and read them.

        `progress` is called with (done, all, key) after each page; `all` grows with each round.
        """
        done = total = 0
        ahead = getattr(self.read, "ahead", None)  # a reader may begin with several pages
        turns = rounds(asked, self.unread, timegate=settings.timegate, at=self._started)
        for turn in filter(None, turns):
            total += len(turn)
            places = {item.request.key: item for item in turn}
            coming = _as_copies(pages([item.request for item in turn], settings, now=now), places)
            if ahead is not None:
                coming = ahead(coming, places.__getitem__, self._on, self._same, self._last)
            for request, page in coming:
                self.collect(places[request.key], page)
                done += 1
                if progress:
                    progress(done, total, request.key)

    def collect(self, item: Job, page: Page) -> None:
        """Read one page."""
        if item.is_copy:
            problem = self._collect_copy(item, page)
            if page.brought:
                read = page.outcome is Outcome.OK and problem is not None
                self.counts[str(Outcome.UNREADABLE if read else page.outcome)] += 1
                self.brought[item.request.key] = problem
            return
        key, outcome, problem = item.request.key, page.outcome, page.problem
        if outcome in {Outcome.OK, Outcome.UNCHANGED}:
            step = self._read if outcome is Outcome.OK else self._vouched
            problem = self._fenced(step, item, page)
            if problem is not None:
                outcome = Outcome.DOUBTFUL if key in self._doubtful else Outcome.UNREADABLE
        if outcome is Outcome.SKIPPED:
            # It was left out on purpose: nothing failed.
            when = stamp(page.fetched_at)
            self._note(key, last_fetched=when, outcome=str(outcome), problem=problem)
            self.skipped.add(key)
        elif outcome not in {Outcome.OK, Outcome.UNCHANGED}:
            clock = self._ledger.clocks[key]
            self._ledger.clocks[key] = clock.after_failure(page, outcome, problem)
        self.counts[str(outcome)] += 1

    def _collect_copy(self, item: Job, page: Page) -> str | None:
        """Read another copy of a document whose main address failed, or that a person brought.

        Why it cannot be used is told, noted beside a failure of the main address, and changes
        nothing else.
        """
        key = item.request.key
        clock = self._ledger.clocks[key]
        problem: str | None = page.problem or str(page.outcome)
        if page.outcome is Outcome.OK:
            problem = why_unusable(item.source, item.document, clock, page, self._started)
            problem = problem or self._fenced(self._read, item, page, failed=clock)
        if problem is not None and not page.brought:
            archive = item.request.adapter == MEMENTO
            what = "An archived capture" if archive else f"The copy at {item.request.url}"
            said = f"{clock.problem or ''} {what} was no help: {problem.rstrip('.')}."
            self._note(key, problem=one_line(said, _LONGEST))
        return problem

    def _note(self, key: str, **facts: Any) -> None:
        """Note facts in the clock of a document."""
        self._ledger.clocks[key] = replace(self._ledger.clocks[key], **facts)

    def _fenced(
        self, step: Callable[..., str | None], item: Job, page: Page, **more: FetchState
    ) -> str | None:
        """One step with one page; a fault of our own in it is the problem of this page alone.

        Nothing of the page is kept then, and the validators go, so that the whole text is asked
        for again. Errors of the disk or of memory are not those of a page, and pass through.
        """
        if page.archived_at is None and page.header("memento-datetime") is not None:
            return "it is an archive's capture of an earlier day, not the text of today"
        try:
            return step(item, page, **more)
        except (OSError, MemoryError, RegstatusError):
            raise
        except Exception as fault:  # noqa: BLE001  (named in the report)
            key = item.request.key
            self._doubtful.discard(key)
            for read in (self.findings, self.older):
                read[item.source.jurisdiction].pop(item.document.id, None)
            self.received.pop(key, None)
            self.announced.pop(key, None)
            self._note(key, etag=None, last_modified=None)
            return unforeseen(fault)

    def _last(self, item: Job) -> Known | None:
        """What was read last, if it was by the same rules, not long ago, and speaks for the day.

        A reader that begins ahead asks first; the kept words are read and proven but once.
        """
        if item.is_copy:
            return None
        source, document, key = item.source, item.document, item.request.key
        if key not in self._known:
            clock, words, finding = self._ledger.clocks[key], self._words, self._finding(item)
            self._known[key] = None
            if (
                finding is not None
                and clock.read_at is not None
                and clock.via_copy is None
                and timedelta(0) <= self._started - moment(clock.read_at) < WHOLE_EVERY
                and not turned(clock, self._started)
                and clock.recipe == recipe(document)
                and stands(source, document, clock, finding, words(key), self._on)
            ):
                named = (one for one in Substance if finding.says(one) != "silent")
                self._known[key] = Known(clock.tree, tuple(named))
        return self._known[key]

    def _same(self, item: Job, page: Page) -> bool:
        """Whether a page brings the very bytes that were read last."""
        known = page.sha256 == self._ledger.clocks[item.request.key].sha256
        return known and self._last(item) is not None

    def _vouched(self, item: Job, page: Page) -> str | None:
        """What was read last still stands: the host says so, or sent it again."""
        place, name, key = item.source.jurisdiction, item.document.id, item.request.key
        clock, finding = self._ledger.clocks[key], self._finding(item)
        if finding is None:
            return None
        if problem := outdated(item.source, clock, page, clock.text_sha256):
            return problem
        if (problem := unreviewed(item.source, clock)) and not self._departs(item, finding):
            self._doubtful.add(key)
            return problem
        self.findings[place][name] = finding
        light = replace(page, body=b"")
        sent, kept_at = page.sha256, Validators.of(page)
        self.received[key] = Received(page=light, sha256=sent, validators=kept_at)
        self._archive(item, page, sent or clock.sha256, clock.text_sha256)
        return None

    def _read(self, item: Job, page: Page, *, failed: FetchState | None = None) -> str | None:
        """Read a page that was sent; returns why nothing may be concluded, or None.

        `failed` is given for a copy: the clock with the failure of the main address.
        """
        place, document, key = item.source.jurisdiction, item.document, item.request.key
        light, sha256 = replace(page, body=b""), page.sha256
        if self._same(item, page):
            return self._vouched(item, page)
        known = self._last(item)
        reading = self.read(document, page, self._on, known)
        if reading.same and known is not None:
            return self._vouched(item, page)
        if document.reads is Reads.FEED:
            if reading.problem is not None:
                return reading.problem
            self.announced[key] = list(reading.announced)
            self.received[key] = Received(page=light, sha256=sha256)
            self._archive(item, page, sha256, None)
            return None
        if reading.finding is None:
            return reading.problem or "the text could not be read"
        if document.format is Format.HTML and html_stops_short(page.utf8()):
            found = differences(item.source, document, reading.finding, self._on)
            if found and not any(one.sets for one in found):
                return "the page stops before its end, and what it should say is not before it"
        clock, text = self._ledger.clocks[key], reading.finding.text_sha256
        if problem := outdated(item.source, clock, page, text):
            self.older[place][document.id] = reading.finding
            self._archive(item, page, sha256, text)
            if text not in {clock.digest_at(page.url), *clock.earlier}:
                # Sent again without its date, it is no newer.
                when = clock.last_ok or stamp(page.fetched_at)
                self._ledger.clocks[key] = clock.with_replaced(clock.text_sha256, text, when=when)
            return problem
        self._archive(item, page, sha256, text)
        more, self._ledger.clocks[key] = compared(
            item.source,
            document,
            clock,
            page,
            text or "",
            Passages(reading.words, reading.headings, reading.linked),
            lambda: kept(clock, self._words(key)),
        )
        doubts = (*reading.doubts, *more)
        if doubts and not self._departs(item, reading.finding):
            self._doubtful.add(key)
            return one_line("; ".join(doubts), _LONGEST)
        self.findings[place][document.id] = reading.finding
        if failed is None:
            self._keep.text(key, reading.words)
            turns = reading.turns and f"{reading.turns.isoformat()}T00:00:00Z"
            facts = {"read_at": stamp(self._started), "turns_at": turns, "tree": reading.tree}
            self._note(key, recipe=recipe(document), **facts)
        self.received[key] = Received(
            page=light,
            sha256=sha256,
            text_sha256=text,
            validators=None if failed else Validators.of(page),
            failed=failed and self._ledger.clocks[key],
        )
        return None

    def _departs(self, item: Job, finding: Finding) -> bool:
        """Whether a text says otherwise than it should: that counts, doubtful or not."""
        return bool(differences(item.source, item.document, finding, self._on))

    def _finding(self, item: Job) -> Finding | None:
        """What the record knows that a document said last."""
        old = self._old.get(item.source.jurisdiction)
        known = old["documents"].get(item.document.id) if old else None
        return Reading.of(known).finding if known else None

    def _archive(self, item: Job, page: Page, sha256: str | None, text_sha256: str | None) -> None:
        """Keep a page, where there is one."""
        if sha256 is None:
            return
        key = item.request.key
        capture = Capture.of(
            page,
            key=key,
            adapter=MEMENTO if page.archived_at and not page.brought else item.document.adapter,
            run=self._started,
            sha256=sha256,
            text_sha256=text_sha256,
            before=self._ledger.kept.get(key) or self._ledger.clocks[key].last_ok,
        )
        self._keep.page(capture, page.body)


def _as_copies(
    pages: Iterable[tuple[Request, Page]], jobs: dict[str, Job]
) -> Iterator[tuple[Request, Page]]:
    """The same pages; one that a person brought is read as a copy, in the form in which it was saved."""
    for request, page in pages:
        if page.brought:
            job, form = jobs[request.key], page.format
            document = job.document
            if form is not None and form != document.format:
                # What is selected in the one form cannot be found in the other.
                document = document.model_copy(update={"format": form, "select": None})
            jobs[request.key] = job._replace(is_copy=True, document=document)
        yield request, page
