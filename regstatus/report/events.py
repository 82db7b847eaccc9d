"""Events of a run: what happened to sources, texts and trust, apart from what the law did.

A state is told when it changes, never again on every run: a host that fails for
a month is one event when it begins and one when it ends.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from regstatus.assess.announcements import Announcement
from regstatus.base.front_page import keyless
from regstatus.decide.freshness import elsewhere, freshness
from regstatus.model.change import Change
from regstatus.model.law import FreshnessState
from regstatus.model.words import EventKind, Outcome
from regstatus.store.ledger import FetchState

if TYPE_CHECKING:
    from regstatus.model.shapes import RecordData

_DIFFERENCE_KEPT = 20
"""Lines of a passage's difference shown in a report; the texts themselves are kept whole."""

_Records = Mapping[str, "RecordData"]


def source_events(
    records: _Records,
    before: Mapping[str, FetchState],
    after: Mapping[str, FetchState],
    differences: Mapping[str, tuple[str, ...]],
    on: date,
) -> Iterator[Change]:
    """Failing, recovered, moved and changed documents, in the order of their keys."""
    for key in sorted(after):
        old, new = before.get(key), after[key]
        place, _, name = key.partition(":")
        record = records.get(place)
        document = record["documents"].get(name) if record else None
        if record is None or document is None or new is old:
            continue
        for kind, was, now, words in _told(document["title"], old, new, key in differences):
            yield Change(
                kind=kind,
                jurisdiction=place,
                document=name,
                url=keyless(document["url"]),
                before=was,
                after=now,
                observed=on.isoformat(),
                details=differences[key] if kind == EventKind.TEXT_CHANGED else (),
                sentence=f"{record['name']}: {words}",
            )


def _told(
    title: str, old: FetchState | None, new: FetchState, changed: bool
) -> Iterator[tuple[EventKind, str | None, str | None, str]]:
    """What became of one document: the kind, before, after and words of each event."""
    was, failed = (old.outcome, old.failures) if old else (None, 0)
    if new.outcome == Outcome.SKIPPED and was != Outcome.SKIPPED:
        yield EventKind.SOURCE_SKIPPED, None, new.outcome, f"{title} is left out: {new.problem}"
    if new.failures and not failed and new.outcome == Outcome.MOVED:
        words = f"{title} has moved: {new.problem} Nothing was read."
        yield EventKind.SOURCE_MOVED, None, new.final_url, words
    elif new.failures and not failed:
        how = f"cannot be read ({new.outcome})"
        if new.outcome == Outcome.DOUBTFUL:
            how = "was read and is not trusted (doubtful)"
        words = f"{title} {how}: {new.problem}{_copied(new)}"
        yield EventKind.SOURCE_FAILING, None, new.outcome, words
    elif old and failed and not new.failures:
        since = f"after {failed} failed attempts since {(old.failing_since or '')[:10]}."
        yield EventKind.SOURCE_RECOVERED, was, new.outcome, f"{title} can be read again, {since}"
    if changed:
        now = "the finding is the same." if new.verdict == "confirms" else "see above."
        before = old.text_sha256 if old else None
        words = f"the words of {title} changed; {now}"
        yield EventKind.TEXT_CHANGED, before, new.text_sha256, words


def passage_difference(before: str, after: str) -> tuple[str, ...]:
    """The lines that differ between two readings of a text, `-` for old and `+` for new."""
    lines = [
        line
        for line in difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
        if not line.startswith(("---", "+++", "@@"))
    ]
    shown = [line if len(line) <= 300 else f"{line[:299]}…" for line in lines[:_DIFFERENCE_KEPT]]
    if len(lines) > len(shown):
        shown.append(f"… and {len(lines) - len(shown)} more lines")
    return tuple(shown)


def trust_events(
    old: _Records,
    old_clocks: Mapping[str, FetchState],
    then: datetime | None,
    new: _Records,
    new_clocks: Mapping[str, FetchState],
    now: datetime,
) -> Iterator[Change]:
    """Records that became stale since the last run, or became trustworthy again."""
    before, after = (
        {key: clock.to_json() for key, clock in clocks.items()}
        for clocks in (old_clocks, new_clocks)
    )
    for key, record in sorted(new.items()):
        state = freshness(record, after, now)
        now_trusted = FreshnessState(state["state"]).trusted
        was = freshness(old[key], before, then)["state"] if then and key in old else None
        if was is None or FreshnessState(was).trusted == now_trusted:
            continue
        if not now_trusted:
            kind, words = EventKind.BECAME_STALE, f"no longer to be trusted: {state['reasons'][0]}."
        else:
            day = (state["verified_at"] or "")[:10]
            kind, words = EventKind.REVERIFIED, f"verified again on {day}."
        yield Change(
            kind=kind,
            jurisdiction=key,
            before=was,
            after=state["state"],
            observed=now.date().isoformat(),
            sentence=f"{record['name']}: {words}",
        )


def leads(
    record: RecordData,
    document: str,
    found: Iterable[Announcement],
    told: Mapping[str, str],
    adopting: Iterable[str],
    on: date,
) -> Iterator[tuple[str, Change]]:
    """Announcements not yet told, each with the key to remember it by.

    A rule may be law one day, a proposal is not; neither sets a status here. A
    federal rule names those who adopt federal scheduling, for they may follow.
    """
    following = ", ".join(adopting)
    for item in found:
        key = f"{record['id']}:{document}:{item.key}"
        if key in told:
            continue
        if item.is_rule:
            force = f"a rule, in force from {item.effective or 'a day not given'}: read it"
            if following:
                force += f"; federal scheduling carries over to {following}"
        else:
            force = f"a {item.kind.lower()}, not law"
            if item.step:
                force += f"; last step: {item.step}"
        name = f"{item.name} of {item.day or 'an unknown day'}, “{item.title}”"
        change = Change(
            kind=EventKind.LEAD,
            jurisdiction=record["id"],
            document=document,
            url=item.url,
            observed=on.isoformat(),
            law_date=item.effective if item.is_rule else None,
            sentence=f"{record['name']}: {name}, names kratom or its alkaloids. It is {force}.",
        )
        yield key, change


def failing_now(records: _Records, clocks: Mapping[str, FetchState]) -> list[str]:
    """One line for each document of the records that fails now, for the end of a report."""
    named = {f"{place}:{name}" for place, held in records.items() for name in held["documents"]}
    return [
        f"{key}: {clock.outcome}, {clock.failures} in a row since "
        f"{(clock.failing_since or '')[:10]}: {clock.problem}{_copied(clock)}"
        for key, clock in sorted(clocks.items())
        if clock.failures and key in named
    ]


def _copied(clock: FetchState) -> str:
    where = elsewhere(clock.to_json())
    return f" It was {where}." if where else ""
