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
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regstatus.base.errors import SnapshotError, UsageError
from regstatus.catalog import places as registry
from regstatus.catalog.sources import Catalog, load_catalog
from regstatus.decide.changes import compare, flips, reached
from regstatus.decide.freshness import moment
from regstatus.decide.records import Seat, decide
from regstatus.fetch import Rounds
from regstatus.model.canonical import digest, seat, snapshot_bytes
from regstatus.model.change import Change
from regstatus.model.finding import Finding
from regstatus.model.record import Record
from regstatus.model.run import Run
from regstatus.model.source import Source
from regstatus.model.words import OF_A_RUN, EventKind
from regstatus.pipeline.collect import Collector, read_all
from regstatus.pipeline.options import FLIP_BUDGET, Options, Pages
from regstatus.pipeline.page_reader.pool import Pool, Reader
from regstatus.pipeline.page_reader.read_page import read_page
from regstatus.pipeline.page_reader.worker import Worker
from regstatus.pipeline.plan import plan_requests
from regstatus.pipeline.spool import Spool
from regstatus.report import render
from regstatus.report.events import (
    failing_now,
    leads,
    passage_difference,
    source_events,
    trust_events,
)
from regstatus.store.ledger import FetchState, Ledger, stamp
from regstatus.store.reader import Snapshot
from regstatus.store.writer import Writer, writing

if TYPE_CHECKING:
    from regstatus.model.shapes import RecordData, RunFactsData, SeatData

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
    # A fault in it must be told before anything is asked.
    load_catalog(options.sources, on=now().astimezone(UTC).date())
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
    catalog = load_catalog(options.sources, on=on)
    with (
        writing(options.snapshots) as writer,
        Spool(writer.evidence.keep, options.snapshots) as keep,
    ):
        if options.baseline is not None:
            writer.begin_with(options.baseline)
        ledger = writer.ledger()
        writer.check(ledger, started)
        newest = _newest(writer)
        old = {record["id"]: record for record in newest.records()} if newest else {}
        known = {**_put_back(writer, newest, catalog), **old}
        before = dict(ledger.clocks)
        asked = plan_requests(
            catalog,
            ledger,
            known,
            started,
            only=options.only,
            due_only=options.due,
            holds=holds or writer.evidence.holds,
        )
        with _reader(options) as read:
            collector = Collector(ledger, known, started, keep, read)
            read_all(asked, collector, pages or Rounds(), options.settings, now, started, progress)
        keep.finish()
        records = assemble(catalog, collector.findings, known, on, collector.older)
        new = {key: record.to_json() for key, record in records.items()}
        collector.finish(records)
        # They stand in the new records now; there may be thousands.
        records.clear()
        collector.findings.clear()
        collector.older.clear()
        changes = _changes(writer, ledger, before, collector, keep, old, new, now(), on)
        return _close(
            writer,
            ledger,
            before,
            collector,
            keep,
            options,
            newest,
            old,
            new,
            changes,
            started,
            now(),
        )


def _reader(options: Options) -> AbstractContextManager[Reader]:
    """What reads the pages: beside this process, in it, or wherever an executor leads."""
    if options.executor is not None:
        return Pool(options.executor, isolate=options.isolate)
    return Worker() if options.isolate else nullcontext(read_page)


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


def _put_back(writer: Writer, newest: Snapshot | None, catalog: Catalog) -> dict[str, RecordData]:
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


def withdrawn(newest: Snapshot | None, new: Mapping[str, Any]) -> dict[str, SeatData]:
    """The places that had a record and have none, by id: of localities, nothing else knows the names.

    Args:
        newest: The version before.
        new: The records that follow, by id.
    """
    if newest is None:
        return {}
    seats = (*newest.former.values(), *newest.records())
    return {item["id"]: seat(item) for item in seats if item["id"] not in new}


def assemble(
    catalog: Catalog,
    findings: Mapping[str, Mapping[str, Finding]],
    old: Mapping[str, RecordData],
    on: date,
    older: Mapping[str, Mapping[str, Finding]] = _NONE,
) -> dict[str, Record]:
    """Decide every record of a catalogue.

    Args:
        catalog: The source files.
        findings: What was read in this run, by jurisdiction and document id.
        old: The records of the newest version, as JSON.
        on: The day of the run.
        older: What was read in pages that are known to be older than what was read before.
    """
    records = {}
    for source in catalog:
        previous = old.get(source.jurisdiction)
        records[source.jurisdiction] = decide(
            source,
            seat_of(source),
            findings.get(source.jurisdiction, {}),
            Record.of(previous) if previous else None,
            on,
            older.get(source.jurisdiction, {}),
        )
    return records


def seat_of(source: Source) -> Seat:
    """Name and position of a source's jurisdiction."""
    if source.is_locality:
        parent = source.jurisdiction.rpartition("/")[0]
        return Seat(
            source.name or source.jurisdiction, source.kind or "place", parent, source.ocd_id
        )
    place = registry.get(source.jurisdiction)
    return Seat(place.name, place.level, place.parent, place.ocd_id)


def _changes(
    writer: Writer,
    ledger: Ledger,
    before: Mapping[str, FetchState],
    collector: Collector,
    keep: Spool,
    old: Mapping[str, RecordData],
    new: Mapping[str, RecordData],
    now: datetime,
    on: date,
) -> list[Change]:
    then = moment(ledger.runs[-1]["started"]) if ledger.runs else None
    changes = compare(old, new, on) if old else []
    if then is not None:
        lifted = {_lift(change) for change in changes}
        came = reached(new, then.date(), on)
        changes.extend(change for change in came if _lift(change) not in lifted - {None})
    differences: dict[str, tuple[str, ...]] = {}
    for key, words in keep.words.items():
        earlier = writer.text(key)
        if earlier is not None and earlier != words:
            differences[key] = passage_difference(earlier, words)
    changes.extend(source_events(new, before, ledger.clocks, differences, on))
    clocks = (
        {key: _asdict(clock) for key, clock in group.items()} for group in (before, ledger.clocks)
    )
    changes.extend(trust_events(old, next(clocks), then, new, next(clocks), now))
    adopting = sorted(key for key, record in new.items() if record["adopts_federal"])
    for key, found in collector.announced.items():
        place, _, name = key.partition(":")
        for lead, change in leads(
            new[place], name, found, ledger.leads, adopting if place == "US" else (), on
        ):
            ledger.leads[lead] = on.isoformat()
            changes.append(change)
    return changes


def _lift(change: Change) -> tuple[str | None, ...] | None:
    """What a change lifts: a day that comes with a new version is told by both."""
    if change.kind is not EventKind.RESTRICTION_LIFTED:
        return None
    return change.jurisdiction, change.substance, change.before, change.after


def _asdict(clock: FetchState) -> dict[str, Any]:
    return {name: getattr(clock, name) for name in clock.__slots__}


def _close(
    writer: Writer,
    ledger: Ledger,
    before: Mapping[str, FetchState],
    collector: Collector,
    keep: Spool,
    options: Options,
    newest: Snapshot | None,
    old: Mapping[str, RecordData],
    new: Mapping[str, RecordData],
    changes: list[Change],
    started: datetime,
    finished: datetime,
) -> Run:
    """Publish if a fact changed and the budget allows, and with it clocks, texts and report."""
    flipped = flips(old, new, started.date()) if old else []
    held = len(flipped) > options.flip_budget and not options.accept
    former = withdrawn(newest, new)
    moved = newest is None or digest(snapshot_bytes(new, former)) != newest.digest
    run: RunFactsData = {
        "started": stamp(started),
        "finished": stamp(finished),
        "state": "failed" if keep.unkept else "held" if held else "complete",
        "version": None,
        "parent": newest.version if newest else None,
        "origin": options.origin,
        "counts": dict(sorted(collector.counts.items())),
        "flips": flipped,
        "note": _unkept(keep),
    }
    facts = [change for change in changes if change.kind not in OF_A_RUN]
    if newest is not None and ledger.runs:
        # A run that published nothing told of the days that came, and no version of them yet.
        told = {_lift(change) for change in facts} - {None}
        came = reached(new, moment(newest.created).date(), started.date())
        facts += [c for c in came if c not in facts and _lift(c) not in told]
    version = None
    if moved and run["state"] == "complete":
        preview: RunFactsData = {**run, "version": "this one"}
        version = writer.version(
            new,
            former,
            created=started,
            changes=[change.to_dict() for change in facts],
            report=render(preview, facts),
            origin=options.origin,
        )
        run["version"] = version.entry["id"]
    if run["state"] != "complete":
        # What was read stands in no version yet: it verifies nothing, and is read again.
        for key, received in collector.received.items():
            clock = received.failed or before.get(key, FetchState(url=ledger.clocks[key].url))
            ledger.clocks[key] = replace(
                clock, last_fetched=stamp(received.page.fetched_at), etag=None, last_modified=None
            )
    kept = {**ledger.kept, **keep.kept}
    read = {key: clock.last_ok for key, clock in ledger.clocks.items()}
    ledger.kept = {key: at for key, at in kept.items() if at != read.get(key)}
    ledger.runs.append(
        {
            "started": run["started"],
            "finished": run["finished"],
            "state": run["state"],
            "version": run["version"],
        }
    )
    markdown = render(run, changes, failing_now(new, ledger.clocks))
    data = {**run, "changes": [c.to_dict() for c in changes]}
    words = keep.words if run["state"] == "complete" else {}
    file: Path | None = None
    try:
        file = writer.close(version, ledger, words, (markdown, data))
        if options.keep_evidence is not None and run["state"] == "complete":
            writer.prune(finished - options.keep_evidence, ledger)
    except OSError:
        # Where the disk is full already the report is still told to whoever started the run.
        if run["state"] != "failed":
            raise
    return Run(
        state=run["state"],
        version=run["version"],
        changes=tuple(changes),
        counts=run["counts"],
        report=markdown,
        report_file=file,
    )


def _unkept(keep: Spool) -> str | None:
    """Why a run failed whose pages could not be kept: an answer without its proof is none."""
    if not keep.unkept:
        return None
    key, reason = next(iter(keep.unkept.items()))
    return (
        f"The evidence of {len(keep.unkept)} documents could not be kept ({key}: {reason}), so "
        "what was read in this run counts for nothing. Make room on the disk and run it again."
    )
