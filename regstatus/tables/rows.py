"""Tables: a whole version as flat rows, so that a plain join answers as `lookup` does.

The layers are already laid together here: for each place, substance and day
there is exactly one row of `status`, and what it says is what a look-up says.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from itertools import groupby, pairwise, product
from pathlib import Path
from typing import Any

from regstatus.catalog.places import Registry
from regstatus.decide.days_of_law import days_of_answers
from regstatus.decide.freshness import stale_from
from regstatus.model.law import SUBSTANCES, Activity, Status
from regstatus.query.destination import places
from regstatus.query.listings import Column
from regstatus.query.lists import documents
from regstatus.query.lookup import answer, below, timeless
from regstatus.store.reader import Snapshot

TABLES = {
    name: (tuple(Column(**one) for one in table["columns"]), tuple(table["key"]), table["says"])
    for name, table in tomllib.loads(
        Path(__file__).with_name("columns.toml").read_text(encoding="utf-8")
    ).items()
}
"""For each table its columns, its primary key, and what it holds."""
FIRST_DAY, LAST_DAY = date.min.isoformat(), date.max.isoformat()
"""What stands for an open beginning and an open end, so that a join need not think of nulls."""
_COLUMNS = tuple(column.name for column in TABLES["status"][0])


def rows_of(snapshot: Snapshot, now: datetime, on: date | None = None) -> dict[str, list[Any]]:
    """All tables, each a list of rows by column name; see `status_rows`."""
    return {
        "status": status_rows(snapshot, now=now, on=on),
        "jurisdictions": list(jurisdiction_rows(snapshot)),
        "documents": [{**item, **_named(snapshot)} for item in documents(snapshot)],
    }


def status_rows(
    snapshot: Snapshot,
    *,
    now: datetime,
    on: date | None = None,
    only: Collection[str] | None = None,
) -> list[dict[str, Any]]:
    """The rows of `status` by column name, in the order of id, substance and day.

    Args:
        snapshot: The version.
        now: The present moment, UTC, for freshness.
        on: Only the rows that cover this day; all periods if None.
        only: Ids of the places to give; all if None.
    """
    known = places(snapshot)
    inside = {key: below(known, key) for key in known if only is None or key in only}
    # A place is only called open if what lies within it was looked at too.
    whole = _periods(snapshot, {*inside}.union(*inside.values()), now)
    found: list[dict[str, Any]] = []
    for key, name in product(inside, SUBSTANCES):
        rows = whole[key, name]
        inner = [row for under in inside[key] for row in whole[under, name]]
        found.extend(_merged(_counted(rows, inner) if inner else rows))
    if on is None:
        return found
    day = on.isoformat()
    return [r for r in found if r["from"] <= day and (day < r["until"] or r["until"] == LAST_DAY)]


def _periods(
    snapshot: Snapshot, keys: Iterable[str], now: datetime
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The rows of each place and substance: one for each stretch between two turns of any layer.

    What lies below a place is not counted in them yet.
    """

    @cache
    def trusted(key: str) -> str | None:
        record, known = snapshot.get(key), snapshot.known_until
        return stale_from(record, snapshot.ledger, now, known) if record else None

    found = {}
    for key in keys:
        layers = [key, *(above.id for above in Registry().ancestors(key))]
        records = [record for layer in layers if (record := snapshot.get(layer))]
        days = set[str]().union(*map(days_of_answers, records))
        inside = sorted(day for day in days if FIRST_DAY < day < LAST_DAY)
        until = trusted(key) and min(day for layer in layers if (day := trusted(layer)))
        for name in SUBSTANCES:
            found[key, name] = [
                _row(snapshot, key, name, span, now, until)
                for span in pairwise([FIRST_DAY, *inside, LAST_DAY])
            ]
    return found


def _row(
    snapshot: Snapshot,
    key: str,
    substance: str,
    period: tuple[str, str],
    now: datetime,
    trusted: str | None,
) -> dict[str, Any]:
    said = answer(snapshot, key, on=date.fromisoformat(period[0]), now=now, substance=substance)
    duties, limits = said["duties"], said["limits"]
    detail = said["details"][substance]
    place, fresh, may = said.jurisdiction, said["freshness"], said["may"]
    made: dict[str, Any] = {
        **place,
        "from": period[0],
        "until": period[1],
        **{f"may_{word}": may[word] for word in map(str, Activity)},
        "duties": "; ".join(name for name, held in duties.items() if held) or None,
        "limits": "; ".join(f"{item['about']}: {item['says']}" for item in limits) or None,
        "schedule": detail["schedule"],
        "by": detail["by"],
        "stricter_below": 0,
        "review": (said["review"] or {"open": 0})["open"],
        "freshness": fresh["state"],
        **{name: fresh[name] for name in ("verified_at", "as_of", "doubtful_from")},
        "stale_from": trusted,
        "reason": timeless(said, substance),
        "citation": "; ".join(
            item["text"] for item in said["citations"] if item["jurisdiction"] == detail["by"]
        )
        or None,
        "origin": said["snapshot"]["origin"],
        **_named(snapshot),
    }
    # A column that has the name of a fact of answers holds just that.
    return {name: made[name] if name in made else said[name] for name in _COLUMNS}


def _counted(rows: list[dict[str, Any]], inner: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows, cut where something within the place turns, each with how much there is stricter.

    By its rank unknown is stricter than open: nobody knows that it is not.
    """
    turns = sorted({row["from"] for row in (*rows, *inner)})
    for first, until in pairwise([*turns, rows[-1]["until"]]):
        row, *others = (r for r in (*rows, *inner) if r["from"] <= first < r["until"])
        least = _severity(row)
        stricter = sum(_severity(other) > least for other in others)
        yield {**row, "from": first, "until": until, "stricter_below": stricter}


def _severity(row: Mapping[str, Any]) -> int:
    return max(Status(word).severity for word in (row["status"], row["probably"]) if word)


def _merged(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Neighbours that say the same are one row."""
    for _, alike in groupby(rows, lambda row: {**row, "from": None, "until": None}):
        same = list(alike)
        yield {**same[0], "until": same[-1]["until"]}


def jurisdiction_rows(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    """The rows of `jurisdictions`, in the order of ids."""
    names = ("id", "name", "level", "parent", "ocd_id", "alpha2", "alpha3", "numeric")
    held = ("attested", "attested_by", "stale_after_days")
    for place in Registry(snapshot.localities()).all():
        record: Mapping[str, Any] | None = snapshot.get(place.id)
        yield {
            **{name: getattr(place, name) for name in names},
            "recorded": record is not None,
            **{name: record and record[name] for name in held},
            **_named(snapshot),
        }


def _named(snapshot: Snapshot) -> dict[str, str]:
    return {"version": snapshot.version, "digest": snapshot.digest}
