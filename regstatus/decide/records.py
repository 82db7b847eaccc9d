"""Decide: a recorded timeline and what the texts say of it, two witnesses, become one Record.

The rules, in the order in which they are applied:

1. A text that cannot be read decides nothing. The last readable finding stands.
2. A text that says all that its source file expects *confirms*: the statuses
   that rest on it are then known from the official text.
3. A readable text that says otherwise *contradicts*: the stricter of both
   readings is used from the day it was found, marked as unreviewed. A term that
   vanished is never a reason to become more permissive.
4. What a contradiction sets stays until a person acts (see `contradictions`): no
   later text lifts it, and while it stays the document confirms nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from regstatus.decide.contradictions import Said, contradictions
from regstatus.decide.verdicts import Difference, judge
from regstatus.model.document import Document
from regstatus.model.finding import Finding, Mention
from regstatus.model.law import Activity, Grade, Status, Substance, about
from regstatus.model.record import Contradiction, Period, Reading, Record
from regstatus.model.source import PeriodEntry, Source, Terms
from regstatus.model.words import Context, Reads, Verdict

__all__ = ["Seat", "decide", "judge"]

_NONE: Mapping[str, Finding] = {}
MENTIONS_KEPT = 3
"""Quotations kept for each substance and context: enough to check, small enough to read."""


class Seat(NamedTuple):
    """Who a record is about, from the registry or the catalogue."""

    name: str
    level: str
    parent: str | None
    ocd_id: str | None


def decide(
    source: Source,
    place: Seat,
    findings: Mapping[str, Finding],
    previous: Record | None,
    on: date,
    older: Mapping[str, Finding] = _NONE,
) -> Record:
    """Weigh a source's timeline against what its documents say.

    Args:
        source: The file that people wrote.
        place: Name and position of the jurisdiction.
        findings: By document id, what was read in this run. Unreadable ones may
            be among them and change nothing.
        previous: The record of the newest version, if there is one.
        on: The day of the run; it picks the period that a text speaks for.
        older: By document id, what was read in pages that are known to be older than what was
            read before: they set and confirm nothing.

    Returns:
        The record. With no new findings it differs from `previous` only where
        the source file does.
    """
    timeline = tuple(_periods(source.timeline))
    current = in_force(timeline, on)
    readings: dict[str, Reading] = {}
    open_: list[Contradiction] = []
    for document in source.documents:
        old = previous.documents.get(document.id) if previous else None
        finding = findings.get(document.id)
        fresh = finding is not None and finding.readable
        if not fresh:
            # A source file may have been mended since: what was read is judged anew.
            same = old is not None and old.url == document.url
            finding = old.finding if old is not None and same else None
        said = [
            _said(source, document, text, timeline, on)
            for text in (older.get(document.id), finding)
        ]
        against = contradictions(source, document, said, previous, on)
        open_.extend(against)
        verdict = None
        if finding is not None and document.applies(on):
            verdict = Verdict.CONTRADICTS if against else Verdict.CONFIRMS
        period = _mark(current) if fresh else (old.period if old and finding else None)
        readings[document.id] = Reading(
            title=document.title,
            publisher=document.publisher,
            url=document.url,
            url_basis=document.url_basis,
            format=document.format,
            reads=document.reads,
            language=document.language,
            settles=_settles(document) if document.applies(on) else (),
            people_only=document.people_only,
            verdict=verdict,
            period=period,
            finding=_compact(finding) if finding else None,
        )
    return Record(
        id=source.jurisdiction,
        name=place.name,
        level=place.level,
        parent=place.parent,
        ocd_id=place.ocd_id,
        attested=source.attested,
        attested_by=source.attested_by,
        read_officially=source.read_officially,
        stale_after_days=max(1, source.stale_after.days),
        adopts_federal=source.adopts_federal,
        members=source.members,
        timeline=tuple(_graded(period, readings) for period in timeline),
        instruments={entry.id: entry for entry in source.instruments},
        documents=readings,
        contradictions=tuple(open_),
        positions=source.positions,
        pending=source.pending,
        conflicts=source.conflicts,
        notes=source.notes,
    )


def in_force(timeline: tuple[Period, ...], on: date) -> Period | None:
    """The period that covers a day; None where the timeline leaves a gap."""
    for period in timeline:
        started = period.from_ is None or period.from_ <= on
        if started and (period.until is None or on < period.until):
            return period
    return None


def _periods(entries: tuple[PeriodEntry, ...]) -> Iterator[Period]:
    """Close each period where the next begins, so that every day has at most one."""
    for entry, after in pairwise([*entries, None]):
        assert entry is not None
        until = entry.until or (after.from_ if after else None)
        statuses = entry.statuses()
        grade = entry.grade or Grade.NONE
        may = {
            Activity.POSSESS: entry.possess,
            Activity.SELL: entry.sell,
            Activity.IMPORT: entry.import_,
            Activity.CULTIVATE: entry.cultivate,
            Activity.EXPORT: entry.export,
        }
        yield Period(
            from_=entry.from_,
            until=until,
            statuses=statuses,
            grades={
                substance: Grade.NONE if status is Status.UNKNOWN else grade
                for substance, status in statuses.items()
            },
            basis=entry.basis,
            may={activity: value for activity, value in may.items() if value is not None},
            **{name: getattr(entry, name) for name in Terms.model_fields},
        )


def _mark(period: Period | None) -> str | None:
    if period is None:
        return None
    return period.from_.isoformat() if period.from_ else "start"


def _graded(period: Period, readings: Mapping[str, Reading]) -> Period:
    """Raise the grades that confirmed official texts support, in their own period alone."""
    grades = dict(period.grades)
    for substance, status in period.statuses.items():
        if status is Status.UNKNOWN:
            continue
        bearing = [
            reading
            for reading in readings.values()
            if substance in reading.settles
            and reading.reads is not Reads.FEED
            and not reading.people_only
        ]
        if not bearing or any(
            reading.verdict is not Verdict.CONFIRMS or reading.period != _mark(period)
            for reading in bearing
        ):
            continue
        text = any(reading.reads is not Reads.NOTICE for reading in bearing)
        earned = Grade.OFFICIAL_TEXT if text else Grade.OFFICIAL_NOTICE
        grades[substance] = max(grades[substance], earned, key=lambda grade: grade.rank)
    return period.model_copy(update={"grades": grades})


def _settles(document: Document) -> tuple[Substance, ...]:
    # An empty list is a statement too: such a document settles nothing.
    if "settles" in document.model_fields_set:
        return document.settles
    return tuple(document.shows.terms())


def _said(
    source: Source,
    document: Document,
    finding: Finding | None,
    timeline: tuple[Period, ...],
    on: date,
) -> Said:
    """What a text says against the file; one that cannot be judged is laid beside no other."""
    differences = _differences(source, document, finding, timeline, on) if finding else ()
    judged = document.applies(on) and not any(d.about == "period" for d in differences)
    return Said(finding if judged else None, differences)


def _differences(
    source: Source, document: Document, finding: Finding, timeline: tuple[Period, ...], on: date
) -> tuple[Difference, ...]:
    """Judge a text, but only for the law that its expectations were written for."""
    if not document.applies(on):
        return ()
    current, attested = in_force(timeline, on), in_force(timeline, source.attested)
    coming = [period for period in timeline if period.from_ and period.from_ > on]
    dated = document.from_ is not None or document.until is not None
    if dated or current is None or attested is None or current == attested:
        return judge(document, finding, current, coming=coming)
    # What a text was to say under the old law cannot confirm the new one, nor soften it.
    moved = {name for name in _FACTS if _fact(current, name) != _fact(attested, name)}
    found = judge(document, finding, current, coming=coming, moved=moved)
    if bearing := [name for name in _FACTS if name in moved and _rests(document, name)]:
        observed = (
            f"the law of {', '.join(map(about, bearing))} moved on {current.from_}; the source file "
            "does not say yet what this document must show now"
        )
        before = f"what it had to say before {current.from_}"
        return (
            Difference("period", before, observed, {}, None),
            *(item for item in found if item.sets),
        )
    return found


_FACTS = (*map(str, Substance), "minimum_age", "seven_oh_cap", *map(str, Activity))


def _fact(period: Period, name: str) -> object:
    """What a period says of one fact that a document may have to show."""
    if name in set(Substance):
        return period.statuses.get(Substance(name))
    return period.may.get(Activity(name)) if name in set(Activity) else getattr(period, name)


def _rests(document: Document, name: str) -> bool:
    """Whether what a document must show bears on a fact."""
    terms = {"minimum_age": document.shows.minimum_age, "seven_oh_cap": document.shows.seven_oh_cap}
    return name in _settles(document) or name in document.shows.prohibits or bool(terms.get(name))


def _compact(finding: Finding) -> Finding:
    """Keep what supports the record: a few mentions of each sort, no digest of ours."""
    kept: list[Mention] = []
    counts: dict[tuple[Substance, Context], int] = {}
    for mention in finding.mentions:
        key = (mention.substance, mention.context)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= MENTIONS_KEPT:
            kept.append(mention)
    return replace(finding, mentions=tuple(kept), text_sha256=None)
