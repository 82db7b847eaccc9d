"""Days of law: when a record says something else, when the law moves, how far a record speaks."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regstatus.model import shapes


def period_on(record: shapes.RecordData, on: date) -> shapes.PeriodData | None:
    """The period of a record that covers a day; None where the timeline leaves a gap."""
    day = on.isoformat()
    for period in record["timeline"]:
        if (period["from"] or "") <= day and (period["until"] is None or day < period["until"]):
            return period
    return None


def turns(record: shapes.RecordData) -> set[str]:
    """The days on which a record may say something else: periods begin and end, readings are found."""
    days = {day for period in record["timeline"] for day in (period["from"], period["until"])}
    found = {item["found_on"] for item in record["contradictions"] if item["sets"]}
    first, _ = horizon(record)
    return {day for day in days | found | {first} if day is not None and day >= first}


def law_days(record: shapes.RecordData) -> set[str]:
    """The days on which the law itself moves: a day «at the latest» is only one of which we know it."""
    days = set[str | None]()
    for period, after in pairwise([*record["timeline"], None]):
        assert period is not None
        days.add(None if period.get("from_at_latest") else period["from"])
        days.add(None if after and after.get("from_at_latest") else period["until"])
    return {day for day in days if day is not None}


def days_of_answers(record: shapes.RecordData) -> set[str]:
    """The days on which an answer that rests on a record may read otherwise."""
    last = min(date.fromisoformat(horizon(record)[1]), date.max - timedelta(days=1))
    held = record["instruments"].values()
    cited = {day for it in held for day in (it["effective"] or it["enacted"], it["until"]) if day}
    return turns(record) | cited | {(last + timedelta(days=1)).isoformat()}


RESEARCHED_FROM = "2012-01-01"
"""How far back a record was looked into that names no day: the codebook says why."""
CARRIED_ON = 25
"""Years after the attestation to which what is enacted is carried on."""


def horizon(record: shapes.RecordData) -> tuple[str, str]:
    """The first and the last day for which a record speaks; outside all is unknown."""
    dated = [day for period in record["timeline"] if (day := period["from"])]
    # Whoever dates the first change has looked at the law that it changed.
    before = [f"{int(day[:4]) - 1:04}-01-01" for day in dated[:1]]
    attested = record.get("attested") or date.max.isoformat()
    year = min(int(attested[:4]) + CARRIED_ON, date.max.year)
    last = f"{year:04}{attested[4:].replace('-02-29', '-02-28')}"
    return (
        record.get("researched_from") or min([RESEARCHED_FROM, *before, attested]),
        max([last, *law_days(record)]),
    )
