"""Freshness: whether a record may still be trusted, and why, in words.

Staleness reads one clock alone: the last time that the official text was proven
to say it still, by the machine or by a named person. Fetches that failed and
days that pass never renew it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from regstatus.model.law import about
from regstatus.store.clocks import Clocks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from regstatus.model.shapes import FreshnessData, ReadingData, RecordData

__all__ = [
    "BY_HAND",
    "NEVER_CHECKED",
    "NONE_SETTLES",
    "WITHDRAWN",
    "elsewhere",
    "freshness",
    "moment",
]

NEVER_CHECKED = "no official source is watched for this place; it was never checked"
WITHDRAWN = (
    "its record was withdrawn: this place has no record, and no official source is watched for it"
)
NONE_SETTLES = "no official text that is watched for this place settles its status"
BY_HAND = "no program can fetch its official text, and no person has read it yet"

_AHEAD = timedelta(days=1)
"""How far two machines' clocks may differ; a verification further ahead proves nothing."""


def moment(text: str) -> datetime:
    """Read a time as the ledger writes it; UTC."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def freshness(
    record: RecordData,
    clocks: Mapping[str, Mapping[str, Any]],
    now: datetime,
    known_until: str | None = None,
) -> FreshnessData:
    """Judge a record's freshness.

    Args:
        record: A record as JSON.
        clocks: The ledger's clocks by document key.
        now: The present moment, UTC; passed in.
        known_until: For a question about an earlier version, the last moment whose
            verifications count.

    Returns:
        `state` (`fresh`, `due`, `stale`), `verified_at` (UTC, or null if never),
        `attested`, `attested_by`, `limit_days`, `check_by` (day) and `reasons`, which are never
        empty unless the state is `fresh`.
    """
    watched = _watched(record)
    limit = record["stale_after_days"]
    verified, reasons = _verified(record, watched, clocks, known_until, now)
    stale: list[str] = list(reasons)
    due: list[str] = []
    if verified is not None:
        age = (now - verified).days
        if age > limit:
            stale.append(f"not verified for {age} days (limit {limit})")
        elif age * 2 > limit:
            due.append(f"last verified {age} days ago (limit {limit})")
        stale.extend(_moved_on(record, verified, now))
    else:
        attested = date.fromisoformat(record["attested"])
        days = (now.date() - attested).days
        ago = f"{days} days ago" if days >= 0 else "a day still to come"
        stale.append(f"attested {attested} by {record['attested_by']}, {ago} (limit {limit})")
        stale.extend(_moved_on(record, _midnight(attested), now))
    due.extend(_troubles(record, watched, clocks))
    state = "stale" if stale else "due" if due else "fresh"
    return {
        "state": state,
        "verified_at": None if verified is None else verified.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "attested": record["attested"],
        "attested_by": record["attested_by"],
        "limit_days": limit,
        "check_by": _check_by(record, verified, limit),
        "reasons": stale + due,
    }


def _check_by(record: RecordData, verified: datetime | None, limit: int) -> str:
    """The day by which the record must be proven again, by the machine or by people."""
    since = verified.date() if verified else date.fromisoformat(record["attested"])
    return (since + timedelta(days=limit)).isoformat()


def _watched(record: RecordData) -> dict[str, ReadingData]:
    """The documents on which a status rests, by their ledger key."""
    return {
        f"{record['id']}:{name}": document
        for name, document in record["documents"].items()
        if document["reads"] != "feed" and document["settles"] and not document["people_only"]
    }


def _verified(
    record: RecordData,
    watched: Mapping[str, ReadingData],
    clocks: Mapping[str, Mapping[str, Any]],
    known_until: str | None,
    now: datetime,
) -> tuple[datetime | None, list[str]]:
    """The oldest of the documents' verifications, or a person's, whichever is later."""
    if reasons := _damaged(watched, clocks):
        return None, reasons
    times: list[datetime | None] = []
    for key, document in watched.items():
        clock = clocks.get(key)
        # A clock that belongs to another address says nothing of this one.
        if clock is not None and clock.get("url") != document["url"]:
            clock = None
        at = clock.get("verified_at") if clock else None
        if at is not None and known_until is not None and at > known_until:
            at = None
        if at is not None and moment(at) > now + _AHEAD:
            # Else what a wrong clock wrote would stay fresh for years.
            reasons.append(f"verified at a time still to come ({at[:10]}): {document['title']}")
            times.append(None)
            continue
        times.append(moment(at) if at else None)
        if at is None:
            reasons.append(_never(document["title"], clock))
    machine = min((t for t in times if t), default=None) if times and all(times) else None
    person = (
        _midnight(date.fromisoformat(record["attested"])) if record["read_officially"] else None
    )
    best = max((t for t in (machine, person) if t is not None), default=None)
    if best is not None:
        return best, []
    by_hand = [d["title"] for d in record["documents"].values() if d["people_only"]]
    if not reasons and by_hand:
        reasons = [f"{BY_HAND}: {by_hand[0]}"]
    return None, reasons or [NONE_SETTLES if record["documents"] else NEVER_CHECKED]


def _damaged(
    watched: Mapping[str, ReadingData], clocks: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """Why nothing counts as verified: what was damaged may have said that a person must look."""
    doubt = clocks.doubt if isinstance(clocks, Clocks) else None
    reasons = [doubt] if doubt else []
    for key, document in watched.items():
        if why := clocks.get(key, {}).get("damaged"):
            reasons.append(f"its clock in the ledger is damaged ({why}): {document['title']}")
    return reasons


def _never(title: str, clock: Mapping[str, Any] | None) -> str:
    if clock is None or not clock.get("last_fetched"):
        return f"never fetched: {title}"
    if clock.get("verdict") == "contradicts":
        return f"read, but it contradicts the record: {title}"
    problem = clock.get("problem") or clock.get("outcome")
    return f"never read: {title} ({problem})"


def _moved_on(record: RecordData, since: datetime, now: datetime) -> list[str]:
    """Days of the law that have come since the last verification."""
    reasons = []
    for period in record["timeline"]:
        start = period["from"]
        if start and since.date().isoformat() < start <= now.date().isoformat():
            reasons.append(f"an enacted change took effect on {start}, after the last verification")
    for pending in record["pending"]:
        earliest = pending["earliest"]
        if earliest and since.date().isoformat() < earliest <= now.date().isoformat():
            reasons.append(
                f"{pending['citation']} ({pending['stage']}) could have become law "
                f"since {earliest}; not looked at since"
            )
    return reasons


def _troubles(
    record: RecordData,
    watched: Mapping[str, ReadingData],
    clocks: Mapping[str, Mapping[str, Any]],
) -> list[str]:
    reasons = []
    for key, document in watched.items():
        clock = clocks.get(key)
        if not clock or clock.get("url") != document["url"]:
            continue
        if clock.get("failures"):
            since = (clock.get("failing_since") or "")[:10]
            reasons.append(f"failing since {since}: {document['title']} ({clock.get('problem')})")
        if where := elsewhere(clock):
            reasons.append(f"{where}: {document['title']}")
        changed = clock.get("text_changed_at")
        # A person who attests the record after the change has reviewed it.
        if changed and changed[:10] > record["attested"]:
            reasons.append(
                f"the text changed on {changed[:10]} and was not reviewed: {document['title']}"
            )
    reasons.extend(
        f"{item['document']} contradicts the record on {about(item['about'])}, not reviewed"
        for item in record["contradictions"]
        if not item.get("undoes")
    )
    return reasons


def elsewhere(clock: Mapping[str, Any]) -> str | None:
    """Where a text was last read, if not at its main address; in words."""
    where = clock.get("via_copy")
    if not where:
        return None
    if archived := clock.get("archived_at"):
        word = "verified by" if clock.get("verdict") == "confirms" else "read in"
        return f"{word} an archived capture of {archived[:10]} at {where}"
    return f"read from another official copy on {(clock.get('last_ok') or '')[:10]}, {where}"


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
