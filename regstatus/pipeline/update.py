"""One run, from the sources to a change report: the only place that joins the stages.

A run never makes an answer worse than it was: what cannot be read changes
nothing but the count of failures, and what cannot be written leaves the old
version whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from regstatus.base.errors import SnapshotError, UsageError
from regstatus.catalog.sources import load_catalog
from regstatus.decide.outdated import dated
from regstatus.decide.records import decide
from regstatus.fetch.fetcher import fetch_many
from regstatus.model.change import Run
from regstatus.model.finding import Finding
from regstatus.model.record import Record
from regstatus.model.source import Source
from regstatus.model.words import Reads, Verdict
from regstatus.pipeline.collect import Collector
from regstatus.pipeline.options import FLIP_BUDGET, Options, Pages
from regstatus.pipeline.outcome import RunOutcome, withdrawn
from regstatus.pipeline.page_reader.pool import Pool, Reader
from regstatus.pipeline.page_reader.read_page import read_page
from regstatus.pipeline.plan import plan_requests
from regstatus.pipeline.spool import Received, Spool
from regstatus.store.ledger import FetchState, Ledger
from regstatus.store.reader import Snapshot
from regstatus.store.writer import Writer, writing

if TYPE_CHECKING:
    from regstatus.model.shapes import RecordData

__all__ = ["FLIP_BUDGET", "Options", "Run", "assemble", "update", "withdrawn"]

_NONE: Mapping[str, Mapping[str, Finding]] = {}


def update(
    options: Options,
    *,
    now: Callable[[], datetime],
    progress: Callable[[int, int, str], None] | None = None,
    pages: Pages | None = None,
) -> Run:
    """Play one run.

    Args:
        options: What to do.
        now: The clock, UTC.
        progress: Called with (done, all, key) after each document.
        pages: What brings the pages; the official hosts if left out.

    Raises:
        SourceFileError: If a source file is at fault; nothing is fetched then.
        Locked: If another run holds the store.
        SnapshotError: If the store cannot be read or written, or is of a later time than `now`.
    """
    if options.remote is None:
        return _play(options, now=now, progress=progress, pages=pages)
    from regstatus.store.bucket.bucket_run import begin_run

    if options.keep_evidence is not None:
        raise UsageError(f"{options.remote}: nothing is ever dropped from a bucket")
    # A fault in it must be reported before anything is asked.
    load_catalog(options.sources, options.own, on=now().astimezone(UTC).date())
    with begin_run(options.remote) as work:
        inner = replace(options, snapshots=work.path, remote=None)
        done = _play(inner, now=now, progress=progress, pages=pages, holds=work.holds)
        return replace(done, report_file=work.publish(done.report_file))


def _play(
    options: Options,
    *,
    now: Callable[[], datetime],
    progress: Callable[[int, int, str], None] | None,
    pages: Pages | None,
    holds: Callable[[str | None], bool] | None = None,
) -> Run:
    """Play one run on a folder; `holds` is given where the evidence itself is elsewhere."""
    started = now()
    on = started.astimezone(UTC).date()
    catalog = load_catalog(options.sources, options.own, on=on)
    with (
        writing(options.snapshots) as writer,
        Spool(writer.evidence, options.snapshots) as keep,
    ):
        if options.baseline is not None:
            writer.begin_with(options.baseline)
        ledger = writer.ledger()
        writer.check(ledger, started)
        newest = _newest(writer)
        old = {record["id"]: record for record in newest.records()} if newest else {}
        known = {**_put_back(writer, newest, catalog), **old}
        before = dict(ledger.clocks)
        holds = holds or writer.evidence.holds
        asked = plan_requests(options, catalog, ledger, known, started, holds, writer.text)
        bring = pages or partial(fetch_many, host_state={})
        # Starting takes as long as the first pages; what was read before is mostly unchanged.
        soon = any(job.request.validators is None for job in asked)
        with reader_of(options, soon=soon) as read:
            collector = Collector(ledger, known, started, keep, writer.text, read)
            collector.read_all(asked, bring, options.settings, now, progress)
        keep.finish()
        records = assemble(catalog, collector.findings, known, on, collector.older)
        _move_clocks(ledger, collector.received, records)
        # They stand in the records now; there may be thousands, and each record goes as its JSON comes.
        collector.findings.clear()
        collector.older.clear()
        new = {key: records.pop(key).to_json() for key in [*records]}
        done = RunOutcome(
            options, writer, ledger, before, collector, keep, newest, old, new, started
        )
        return done.close(done.changes(now()), now())


def _move_clocks(
    ledger: Ledger, received: Mapping[str, Received], records: Mapping[str, Record]
) -> None:
    """Move the clocks of what was read, now that each text's verdict is known."""
    for key, had in received.items():
        place, _, name = key.partition(":")
        reading = records[place].documents[name]
        # What does not have to say it yet, or any more, proves nothing of it.
        verdict = Verdict.CONFIRMS if reading.reads is Reads.FEED else reading.verdict
        clock = had.failed or ledger.clocks[key]
        facts: dict[str, Any] = {
            "sha256": had.sha256,
            "text_sha256": had.text_sha256,
            "modified": dated(clock, had.page),
            "undoes": any(c.document == name and c.held for c in records[place].contradictions),
        }
        after: Callable[..., FetchState] = clock.after_copy
        if had.failed is None:
            after, facts["validators"] = clock.after_reading, had.validators
        ledger.clocks[key] = after(had.page, verdict, **facts)
    for record in records.values():
        for name, reading in record.documents.items():
            read = reading.finding is not None or reading.reads is Reads.FEED
            if not read and (key := f"{record.id}:{name}") in ledger.clocks:
                # It was taken out of its file and put back: nothing of it is proven now.
                ledger.clocks[key] = replace(ledger.clocks[key], verified_at=None)


def reader_of(options: Options, *, soon: bool = False) -> AbstractContextManager[Reader]:
    """What reads the pages: beside this process, in it, or wherever an executor leads."""
    if options.executor is not None or options.isolate:
        return Pool(options.executor, isolate=options.isolate, soon=soon)
    return nullcontext(read_page)


def _newest(writer: Writer) -> Snapshot | None:
    if not writer.store.exists() or not writer.store.versions():
        return None
    snapshot = writer.store.load()
    if snapshot.warning:
        raise SnapshotError(
            f"{snapshot.warning}. Run `regstatus snapshots verify`, and mend or remove what is "
            "damaged before the next update, so that nothing is built upon a gap."
        )
    return snapshot


def _put_back(
    writer: Writer, newest: Snapshot | None, catalog: list[Source]
) -> dict[str, RecordData]:
    """The last records of places that were withdrawn and are back: what was found there stands."""
    wanted = {source.jurisdiction for source in catalog} & (
        newest.former.keys() if newest else set()
    )
    found: dict[str, RecordData] = {}
    for entry in reversed(writer.store.versions()) if wanted else ():
        with suppress(SnapshotError):  # an older version that is not at hand holds nothing up
            version = writer.store.load(entry["id"])
            records = {key: version.get(key) for key in wanted - found.keys()}
            found |= {key: record for key, record in records.items() if record}
        if found.keys() == wanted:
            break
    return found


def assemble(
    catalog: list[Source],
    findings: Mapping[str, Mapping[str, Finding]],
    old: Mapping[str, RecordData],
    on: date,
    older: Mapping[str, Mapping[str, Finding]] = _NONE,
) -> dict[str, Record]:
    """Decide every record of a catalogue, for the day of the run; see `decide`.

    Findings are by jurisdiction and document id.
    """
    records = {}
    for source in catalog:
        key = source.jurisdiction
        previous = Record.of(record) if (record := old.get(key)) else None
        records[key] = decide(source, findings.get(key, {}), previous, on, older.get(key, {}))
    return records
