"""Measure screening against a join written by hand in DuckDB; only the ratios mean anything.

Both do the same work on the same file: read a million orders, find the law of each
place, substance and day in the exported table, and write the orders with verdict,
status, reason, record and version, in the order of the rows. The tool ends with an
error where the two files differ in one byte.
"""

from __future__ import annotations

import csv
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from filecmp import cmp
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import ibis
from benchlib import Line, line

from regstatus import load
from regstatus.catalog.places import Registry
from regstatus.model.law import Substance
from regstatus.store.reader import Snapshot
from regstatus.tables.files import export
from regstatus.tables.screen import terms
from regstatus.tables.screen.order_verdicts import screened, verdicts
from regstatus.tables.screen.write_file import screen_file

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FIRST = date(2026, 1, 1)
ROUNDS = 3

COLUMNS = ("order", "customer", "state", "substance", "day", "amount")
HAND = """
WITH law AS (
  SELECT *,
    status IN ('banned', 'sale_prohibited', 'prescription_only')
      OR may_sell = 'no' OR may_import = 'no' AS refused,
    coalesce(freshness NOT IN ('stale', 'unverified') AND stale_from > DATE '{today}', false) AS trusted,
    concat_ws('; ', 'age ' || minimum_age, duties, limits, '7-OH at most ' || seven_oh_cap) AS terms
  FROM '{law}'
), judged AS (
  SELECT id, substance, "from", until, status, version,
    CASE WHEN refused THEN 'do not ship'
      WHEN trusted AND status = 'unregulated' AND may_sell = 'yes' AND may_import = 'yes'
        AND terms = '' AND stricter_below = 0 THEN 'ship'
      ELSE 'ask' END AS verdict,
    CASE WHEN refused THEN '' ELSE concat(
      CASE WHEN terms <> '' THEN 'Conditions: ' || terms || '. ' END,
      CASE WHEN status = 'unregulated' AND may_sell <> 'yes'
        THEN 'Sale: ' || may_sell || '. ' END,
      CASE WHEN may_import <> 'yes' AND (status = 'unregulated' OR may_import <> 'unknown')
        THEN 'Import: ' || may_import || '. ' END,
      CASE WHEN stricter_below > 0
        THEN 'Stricter or unknown within it (' || stricter_below || '): name the place. ' END) END
    || CASE WHEN trusted THEN '' WHEN stale_from IS NULL THEN 'Never checked. '
      WHEN freshness = 'unverified' THEN 'Never verified by an official text. '
      ELSE 'Stale since ' || stale_from || ': too old to rely on. ' END
    || reason || ' Grade ' || grade || ', '
    || coalesce((DATE '{today}' - as_of) || ' days old.', 'never read.') AS reason
  FROM law
), numbered AS (SELECT row_number() OVER () AS n, * FROM {orders})
SELECT o."order", o.customer, o.state, o.substance, o.day, o.amount,
  l.verdict AS regstatus_verdict, l.status AS regstatus_status, l.reason AS regstatus_reason,
  l.id AS regstatus_record, l.version AS regstatus_version
FROM numbered o JOIN judged l ON o.state = l.id AND o.substance = l.substance
  AND o.day::DATE >= l."from" AND o.day::DATE < l.until
ORDER BY o.n
"""
"""The join by hand. It knows that every word is an id and every day is sound; ours finds out."""


def orders(path: Path, rows: int) -> None:
    """Write orders with exact ids: what a join by hand can do at all."""
    rng = random.Random(7)  # noqa: S311  (the same orders every time, not secrets)
    places = [place.id for place in Registry().all() if place.parent == "US"] + [
        "TH",
        "PL",
        "FR",
        "GB",
        "AU",
    ]
    substances = [str(word) for word in Substance]
    span = (NOW.date() - FIRST).days
    days = [(FIRST + timedelta(days=number)).isoformat() for number in range(span)]
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for number in range(rows):
            words = (rng.choice(places), rng.choice(substances), rng.choice(days))
            price = f"{rng.random() * 99:.2f}"
            writer.writerow([number, f"Customer {number % 9973}", *words, price])


def turns(functions: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Best wall time of each, run in turns so that noise meets all alike."""
    best = dict.fromkeys(functions, float("inf"))
    for _ in range(rounds):
        for name, function in functions.items():
            start = time.perf_counter()
            function()
            best[name] = min(best[name], time.perf_counter() - start)
    return best


def same(ours: Path, theirs: Path) -> None:
    """End with an error where the two files are not the same, byte for byte."""
    if cmp(ours, theirs, shallow=False):
        return
    with ours.open() as left, theirs.open() as right:
        for number, pair in enumerate(zip(left, right, strict=False), 1):
            if pair[0] != pair[1]:
                sys.exit(f"the outputs differ in line {number}:\n{pair[0]}{pair[1]}")
    sys.exit(f"the outputs differ in length: {ours.stat().st_size}, {theirs.stat().st_size}")


def by_hand(law: Path, source: str, out: Path, connection: Any) -> None:
    """Join and write with DuckDB alone."""
    query = HAND.format(law=law, orders=source, today=NOW.date())
    connection.execute(f"COPY ({query}) TO '{out}' (HEADER)")


def expression(connection: Any, snapshot: Snapshot, out: Path) -> None:
    """The expression alone, on tables that lie in the database already; reads the words too."""
    table = connection.table("orders")
    asked: dict[str, tuple[str, Callable[[str], str]]] = {
        "id": ("state", terms.places(snapshot)),
        "substance": ("substance", partial(terms.product, mapped={})),
        "day": ("day", terms.day),
    }
    words = {}
    for kind, (name, meaning) in asked.items():
        texts = table.select(name).distinct().to_pyarrow()[name].to_pylist()
        words[kind] = (name, terms.meanings(texts, kind, meaning))
    law = verdicts(connection.table("law"), today=NOW.date())
    found = screened(table.mutate(n=table.rowid()), law, words, None)
    found.order_by("n").drop("n").to_csv(out)


def measured(rows: int, rounds: int, folder: Path) -> list[tuple[str, float, float]]:
    """What was measured: for each line what it is, seconds of ours, seconds by hand."""
    snapshot = load(str(ROOT / "snapshots")).snapshot
    file, law = folder / "orders.csv", folder / "law"
    orders(file, rows)
    export(snapshot, "parquet", law, now=NOW)
    status = law / "status.parquet"
    ours, theirs = folder / "ours.csv", folder / "theirs.csv"
    source = f"read_csv('{file}', all_varchar = true)"

    def whole() -> None:
        screen_file(
            file, ours, snapshot, to="state", product="substance", day="day", now=NOW, force=True
        )

    files = turns(
        {"ours": whole, "hand": lambda: by_hand(status, source, theirs, duckdb.connect())}, rounds
    )
    same(ours, theirs)
    connection = ibis.duckdb.connect()
    connection.raw_sql(f"CREATE TABLE orders AS SELECT * FROM {source}")  # noqa: S608  (our own names)
    connection.raw_sql(f"CREATE TABLE law AS SELECT * FROM '{status}'")  # noqa: S608  (our own names)
    inside = turns(
        {
            "ours": lambda: expression(connection, snapshot, ours),
            "hand": lambda: by_hand(status, "orders", theirs, connection.con),
        },
        rounds,
    )
    same(ours, theirs)
    return [
        ("file to file, the law laid together anew", files["ours"], files["hand"]),
        ("tables in the database to file", inside["ours"], inside["hand"]),
    ]


def measure(quick: bool) -> list[Line]:
    """Measure both ways; the outputs of ours and of the join by hand must be the same bytes."""
    rows = 50_000 if quick else 1_000_000
    with TemporaryDirectory() as folder:
        found = measured(rows, 2 if quick else ROUNDS, Path(folder))
    return [
        line(
            "Bulk",
            f"{rows:,} orders, {what}",
            ours,
            hand,
            name="DuckDB, a join by hand",
            goal="within 2 x",
            most=2.0,
            unit=lambda seconds: f"{seconds:.2f} s",
        )
        for what, ours, hand in found
    ]
