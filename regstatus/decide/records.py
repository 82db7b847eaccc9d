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

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any

from regstatus.catalog.places import Registry
from regstatus.decide.contradictions import Said, contradictions
from regstatus.decide.verdicts import Difference, judge
from regstatus.model.document import Document
from regstatus.model.finding import Finding, Mention
from regstatus.model.law import Activity, Grade, Status, Substance, about
from regstatus.model.record import Contradiction, Period, Reading, Record
from regstatus.model.source import AttestationEntry, ConflictEntry, PeriodEntry, Source, Terms
from regstatus.model.words import Reads, Verdict

_NONE: Mapping[str, Finding] = {}
_Timeline = tuple[Period, ...]
COUNTS = timedelta(days=3 * 366)
"""How long before the end of its period, or the day of its file, a person's reading may lie and count."""
MENTIONS_KEPT = 3
"""Quotations kept for each substance and context: enough to check, small enough to read."""


def decide(
    source: Source,
    findings: Mapping[str, Finding],
    previous: Record | None,
    on: date,
    older: Mapping[str, Finding] = _NONE,
) -> Record:
    """Weigh a source's timeline against what its documents say.

    With no new findings the record differs from that of the newest version only where the source
    file does.

    Args:
        source: The file that people wrote.
        findings: By document id, what was read in this run; unreadable ones change nothing.
        previous: The record of the newest version, if there is one.
        on: The day of the run; it picks the period that a text speaks for.
        older: The same of pages that are older than what was read before: they confirm nothing.
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
            finding = old.finding if old and old.url == document.url else None
        # What was read before the law began that it has to show says nothing of that.
        begun = str(document.from_) == _mark(current)
        early = begun and not fresh and old and old.period != _mark(current)
        texts = (older.get(document.id), None if early else finding)
        said = [_said(source, document, text, timeline, on) for text in texts]
        against = contradictions(source, document, said, previous, on)
        open_.extend(against)
        verdict = None
        if finding is not None and not early and document.applies(on):
            verdict = Verdict.CONTRADICTS if against else Verdict.CONFIRMS
        readings[document.id] = Reading(
            **{
                **_shared(document, Reading),
                "settles": _settles(document) if document.applies(on) else (),
                "verdict": verdict,
                "period": _mark(current) if fresh else old.period if old and finding else None,
                "finding": _compact(finding) if finding else None,
            }
        )
    return Record(
        **{
            **_shared(source, Record),
            **_seat(source),
            "id": source.jurisdiction,
            "read_officially": source.read_officially,
            "own": source.own,
            "stale_after_days": max(1, source.stale_after.days),
            "timeline": tuple(_graded(period, source, readings, on) for period in timeline),
            "instruments": {entry.id: entry for entry in source.instruments},
            "documents": readings,
            "contradictions": tuple(open_),
            "attestations": undisputed(source),
            "conflicts": (*source.conflicts, *(_conflict(*pair) for pair in disputes(source))),
        }
    )


def _shared(written: Source | Document, kept: type[Record | Reading]) -> dict[str, Any]:
    """What is kept as people wrote it, under the same name."""
    names = type(written).model_fields.keys() & kept.model_fields.keys()
    return {name: getattr(written, name) for name in names}


def _seat(source: Source) -> dict[str, Any]:
    """Name and position of a jurisdiction: a locality's own file gives them, else the registry."""
    if not source.is_locality:
        place = Registry().get(source.jurisdiction)
        return {name: getattr(place, name) for name in ("name", "level", "parent", "ocd_id")}
    return {
        "name": source.name or source.jurisdiction,
        "level": source.kind or "place",
        "parent": source.jurisdiction.rpartition("/")[0],
        "ocd_id": source.ocd_id,
    }


def in_force(timeline: _Timeline, on: date) -> Period | None:
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
        said, statuses = entry.model_dump(by_alias=True), entry.by_substance()
        grade = entry.grade or Grade.NONE
        facts = {name: getattr(entry, name) for name in ("basis", *Terms.model_fields)}
        facts["until"] = entry.until or (after.from_ if after else None)
        yield Period(
            statuses=statuses,
            grades={
                substance: Grade.NONE if status is Status.UNKNOWN else grade
                for substance, status in statuses.items()
            },
            may={name: said[name] for name in Activity if said[name] is not None},
            **facts,
        )


def _mark(period: Period | None) -> str | None:
    return str(period.from_ or "start") if period else None


def mark_on(source: Source, on: date) -> str | None:
    """What `Reading.period` is of a text that is read on a day; None where the timeline has a gap."""
    return _mark(in_force(tuple(_periods(source.timeline)), on))


def undisputed(source: Source) -> tuple[AttestationEntry, ...]:
    """The attestations of a file; two that differ are shown as a conflict, and neither is kept."""
    disputed = {(a.document, a.day) for a, _ in disputes(source)}
    return tuple(a for a in source.attestations if (a.document, a.day) not in disputed)


def disputes(source: Source) -> Iterator[tuple[AttestationEntry, AttestationEntry]]:
    """Pairs of attestations that say otherwise of one document on one day."""
    for one, other in combinations(source.attestations, 2):
        if (one.document, one.day) == (other.document, other.day) and one.says != other.says:
            yield one, other


def _conflict(one: AttestationEntry, other: AttestationEntry) -> ConflictEntry:
    def claim(entry: AttestationEntry) -> str:
        told = ", ".join(f"{about(name)} {value}" for name, value in sorted(entry.says.items()))
        return f"{entry.by}, from {entry.at}: {told}"

    return ConflictEntry(
        about=f"What {one.document} says on {one.day}",
        claims=(claim(one), claim(other)),
        held="Neither reading counts until a person settles it.",
    )


def _graded(period: Period, source: Source, readings: Mapping[str, Reading], on: date) -> Period:
    """Raise the grades that confirmed official texts support, in their own period alone.

    A text is confirmed by a machine's reading or by a person's, while the period was in force. On
    each day of a reading those texts must be confirmed that bear on a substance on that day.
    """
    end = min(source.attested, period.until or source.attested)
    entries = [
        entry
        for entry in undisputed(source)
        if in_force((period,), entry.day) and end - entry.day <= COUNTS and entry.kind != "excerpt"
    ]
    by_people = {entry.document for entry in entries}
    grades = dict(period.grades)
    for substance, status in period.statuses.items():
        if status is Status.UNKNOWN:
            continue
        for day in {on, *(entry.day for entry in entries)}:
            bearing = [
                document
                for document in source.documents
                if document.applies(day)
                and substance in _settles(document)
                and document.reads is not Reads.FEED
                and (document.id in by_people or not document.people_only)
            ]
            if bearing and all(
                document.id in by_people
                or (
                    readings[document.id].verdict is Verdict.CONFIRMS
                    and readings[document.id].period == _mark(period)
                )
                for document in bearing
            ):
                text = any(document.reads is not Reads.NOTICE for document in bearing)
                earned = Grade.OFFICIAL_TEXT if text else Grade.OFFICIAL_NOTICE
                grades[substance] = max(grades[substance], earned, key=lambda grade: grade.rank)
    return period.model_copy(update={"grades": grades})


def _settles(document: Document) -> tuple[Substance, ...]:
    # An empty list is a statement too: such a document settles nothing.
    if "settles" in document.model_fields_set:
        return document.settles
    return tuple(document.shows.by_substance())


def differences(
    source: Source, document: Document, finding: Finding, on: date
) -> tuple[Difference, ...]:
    """In what a text says otherwise than its source file expects it to, on a day."""
    return _said(source, document, finding, tuple(_periods(source.timeline)), on).differences


def recorded(source: Source, on: date) -> dict[str, object]:
    """What a source file holds for a day, by the names of the facts; empty where it holds nothing."""
    period = in_force(tuple(_periods(source.timeline)), on)
    return {name: _fact(period, name) for name in _FACTS} if period else {}


def _said(
    source: Source, document: Document, finding: Finding | None, timeline: _Timeline, on: date
) -> Said:
    """What a text says against the file, judged only for the law that its expectations were written for.

    A text that cannot be judged is laid beside no other.
    """
    if finding is None or not document.applies(on):
        return Said(None, ())
    current, attested = in_force(timeline, on), in_force(timeline, source.attested)
    moved: list[str] = []
    undated = document.from_ is None and document.until is None
    if undated and current is not attested and current and attested:
        # What a text was to say under the old law cannot confirm the new one, nor soften it.
        moved = [name for name in _FACTS if _fact(current, name) != _fact(attested, name)]
    coming = [period for period in timeline if period.from_ and period.from_ > on]
    found = judge(document, finding, current, coming=coming, moved=moved)
    bearing = [about(name) for name in moved if _rests(document, name)]
    if current is None or not bearing:
        return Said(finding, found)
    observed = (
        f"the law of {', '.join(bearing)} moved on {current.from_}; the source file "
        "does not say yet what this document must show now"
    )
    before = f"what it had to say before {current.from_}"
    stricter = (item for item in found if item.sets)
    return Said(None, (Difference("period", before, observed, {}, None), *stricter))


_SUBSTANCES, _ACTIVITIES = frozenset(Substance), frozenset(Activity)
_FACTS = (*map(str, Substance), "minimum_age", "seven_oh_cap", *map(str, Activity))


def _fact(period: Period, name: str) -> object:
    """What a period says of one fact that a document may have to show."""
    if name in _SUBSTANCES:
        return period.statuses.get(Substance(name))
    return period.may.get(Activity(name)) if name in _ACTIVITIES else getattr(period, name)


def _rests(document: Document, name: str) -> bool:
    """Whether what a document must show bears on a fact."""
    terms = {"minimum_age": document.shows.minimum_age, "seven_oh_cap": document.shows.seven_oh_cap}
    return name in _settles(document) or name in document.shows.prohibits or bool(terms.get(name))


def _compact(finding: Finding) -> Finding:
    """Keep what supports the record: a few mentions of each sort, no digest of ours."""
    kept: list[Mention] = []
    counts = Counter[object]()
    for mention in finding.mentions:
        counts[key := (mention.substance, mention.context)] += 1
        if counts[key] <= MENTIONS_KEPT:
            kept.append(mention)
    return replace(finding, mentions=tuple(kept), text_sha256=None)
