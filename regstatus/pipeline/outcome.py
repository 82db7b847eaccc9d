"""What a run has read and decided, and how it is published and reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from regstatus.decide.changes import compare, flips, reached
from regstatus.decide.freshness import moment
from regstatus.model.canonical import digest, seat, snapshot_bytes
from regstatus.model.change import Change, Run
from regstatus.model.event_kinds import told_of
from regstatus.model.words import EventKind
from regstatus.pipeline.collect import Collector
from regstatus.pipeline.options import Options
from regstatus.pipeline.spool import Spool
from regstatus.report.events import (
    failing_now,
    leads,
    passage_difference,
    source_events,
    trust_events,
)
from regstatus.report.markdown import render
from regstatus.store.clocks import ANNOUNCED
from regstatus.store.ledger import FetchState, Ledger, stamp
from regstatus.store.reader import Snapshot
from regstatus.store.writer import Writer

if TYPE_CHECKING:
    from regstatus.model.shapes import RecordData, RunFactsData, SeatData


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """All that a run has read and decided, before anything of it is written."""

    options: Options
    writer: Writer
    ledger: Ledger
    before: Mapping[str, FetchState]
    """The clocks as they were before the run."""
    collector: Collector
    keep: Spool
    newest: Snapshot | None
    old: Mapping[str, RecordData]
    new: Mapping[str, RecordData]
    started: datetime

    def changes(self, now: datetime) -> list[Change]:
        """Every change of this run, also those of days that came since the last one."""
        ledger, new, on = self.ledger, self.new, self.started.astimezone(UTC).date()
        then = moment(ledger.runs[-1]["started"]) if ledger.runs else None
        changes = compare(self.old, new, on) if self.old else []
        if then is not None:
            changes += _untold(reached(new, then.date(), on), changes)
        differences: dict[str, tuple[str, ...]] = {}
        for key, words in self.keep.words.items():
            before, clock = self.before.get(key), ledger.clocks[key]
            earlier = self.writer.text(key)
            if not before or not earlier:
                continue
            # A clock that began anew at another address knows no words; those that are kept do.
            known, now_read = before.text_sha256, clock.text_sha256
            if (known != now_read) if known else (earlier != words):
                differences[key] = passage_difference(earlier, words)
        changes.extend(source_events(new, self.before, ledger.clocks, differences, on))
        changes.extend(trust_events(self.old, self.before, then, new, ledger.clocks, now))
        adopting = sorted(key for key, record in new.items() if record["adopts_federal"])
        for key, found in self.collector.announced.items():
            place, _, name = key.partition(":")
            for item in found:
                at = f"{key}:{item.name}"
                old, today = ledger.announced.get(at, {}), on.isoformat()
                # A day to come is the day of no step, and holds back no later one.
                days = (item.day or "", old.get("day") or "")
                day, was = (one if one <= today else "" for one in days)
                if day >= was:
                    held = {known: getattr(item, known) for known in ANNOUNCED[:-1]}
                    held |= {"day": day or None, "heard": old.get("heard") or today}
                    ledger.announced[at] = held
            for lead, change in leads(
                new[place], name, found, ledger.leads, adopting if place == "US" else (), on
            ):
                ledger.leads[lead] = on.isoformat()
                changes.append(change)
        return changes

    def close(self, changes: list[Change], finished: datetime) -> Run:
        """Publish if a fact changed and the budget allows, and with it clocks, texts and report."""
        ledger, keep, newest, started = self.ledger, self.keep, self.newest, self.started
        flipped = flips(self.old, self.new, started.date()) if self.old else []
        held = len(flipped) > self.options.flip_budget and not self.options.accept
        former = withdrawn(newest, self.new)
        moved = newest is None or digest(snapshot_bytes(self.new, former)) != newest.digest
        run: RunFactsData = {
            "started": stamp(started),
            "finished": stamp(finished),
            "state": "failed" if keep.unkept else "held" if held else "complete",
            "version": None,
            "parent": newest.version if newest else None,
            "origin": self.options.origin,
            "counts": dict(sorted(self.collector.counts.items())),
            "flips": flipped,
            "note": _unkept(keep) or _of_people(self.collector.brought),
        }
        facts = [change for change in changes if not told_of(change.kind).of_a_run]
        if newest is not None and ledger.runs:
            # Days that came were reported by a run that published nothing: no version has them yet.
            since = moment(newest.created).date()
            facts += _untold(reached(self.new, since, started.date()), facts)
        version = None
        if moved and run["state"] == "complete":
            preview: RunFactsData = {**run, "version": "this one"}
            version = self.writer.version(
                self.new,
                former,
                created=started,
                changes=[change.to_dict() for change in facts],
                report=render(preview, facts),
                origin=self.options.origin,
            )
            run["version"] = version.entry["id"]
        if run["state"] != "complete":
            # What was read stands in no version yet: it verifies nothing, and is read again.
            for key, received in self.collector.received.items():
                begun = FetchState(url=ledger.clocks[key].url)
                clock = received.failed or self.before.get(key, begun)
                clock = clock.with_doubts_of(self.ledger.clocks[key])
                at = stamp(received.page.fetched_at)
                ledger.clocks[key] = replace(clock, last_fetched=at, etag=None, last_modified=None)
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
        markdown = render(run, changes, failing_now(self.new, ledger.clocks))
        data = {**run, "changes": [c.to_dict() for c in changes]}
        words = (
            # The words last confirmed stay, to lay the next beside them.
            (key, text)
            for key, text in keep.words.items()
            if run["state"] == "complete"
            and ledger.clocks[key].baseline in {None, ledger.clocks[key].text_sha256}
        )
        file = None
        try:
            file = self.writer.close(version, ledger, words, (markdown, data))
            if self.options.keep_evidence is not None and run["state"] == "complete":
                self.writer.prune(finished - self.options.keep_evidence, ledger)
        except OSError:
            # Where the disk is full already the caller of the run still gets the report.
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


def _untold(came: Iterable[Change], told: Sequence[Change]) -> list[Change]:
    """What days that came have changed; what a new version lifts with them is told once."""

    def lift(change: Change) -> tuple[str | None, ...] | None:
        lifted = change.kind is EventKind.RESTRICTION_LIFTED
        facts = (change.jurisdiction, change.substance, change.before, change.after)
        return facts if lifted else None

    lifts = {lift(change) for change in told} - {None}
    return [change for change in came if change not in told and lift(change) not in lifts]


def _unkept(keep: Spool) -> str | None:
    """Why a run failed whose pages could not be kept: an answer without its proof is none."""
    if not keep.unkept:
        return None
    key, reason = next(iter(keep.unkept.items()))
    return (
        f"The evidence of {len(keep.unkept)} documents could not be kept ({key}: {reason}), so "
        "what was read in this run counts for nothing. Make room on the disk and run it again."
    )


def _of_people(brought: Mapping[str, str | None]) -> str | None:
    """What became of the pages that people brought."""
    if not brought:
        return None
    refused = [f"{key} ({problem})" for key, problem in brought.items() if problem]
    said = f"Pages that people brought: {len(brought) - len(refused)} read"
    return f"{said}, of no use: {'; '.join(refused)}" if refused else f"{said}."


def withdrawn(newest: Snapshot | None, new: Mapping[str, Any]) -> dict[str, SeatData]:
    """The places that had a record in the version before and have none now, by id.

    Of localities nothing else knows the names.
    """
    if newest is None:
        return {}
    seats = (*newest.former.values(), *newest.records())
    return {item["id"]: seat(item) for item in seats if item["id"] not in new}
