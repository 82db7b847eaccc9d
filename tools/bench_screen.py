"""Measure screening against a join written by hand in DuckDB; only the ratios mean anything.

Both do the same work on the same file: read a million orders by ZIP code, find the verdict of each
code, substance and day, and write the orders with it, in the order of the rows. The join has all
verdicts in a table, made one by one through `Screener`; ours finds them out. The tool ends with an
error where the two files differ in one byte.
"""

from __future__ import annotations

import csv
import random
from datetime import UTC, date, datetime, timedelta
from filecmp import cmp
from itertools import pairwise, product
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
from benchlib import DifferentError, Line, in_turns, line

from regstatus import load
from regstatus.catalog.places.place_tables import read_table
from regstatus.model.law import SUBSTANCES
from regstatus.query.destination import Destination
from regstatus.query.verdict import Screener
from regstatus.store.reader import Snapshot
from regstatus.tables.screen.write_file import ADDED, screen_file

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SPAN = 326
ZIPS = 10_000
HAND = """
COPY (
  SELECT o.* EXCLUDE (n), {added}
  FROM (SELECT row_number() OVER () AS n, * FROM read_csv('{orders}', all_varchar = true)) o
  JOIN law l ON o.zip = l.zip AND o.substance = l.of AND o.day >= l.first AND o.day < l.until
  ORDER BY n
) TO '{out}' (HEADER)
"""


def orders(path: Path, rows: int) -> list[str]:
    """Write orders, and give the ZIP codes that are in them."""
    rng = random.Random(7)  # noqa: S311  (the same orders every time, not secrets)
    codes = rng.sample(sorted(read_table("us_places")["zips"]), ZIPS)
    days = [(NOW.date() - timedelta(days=number)).isoformat() for number in range(SPAN)]
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("order", "customer", "zip", "substance", "day", "amount"))
        for number in range(rows):
            words = (rng.choice(codes), rng.choice(SUBSTANCES), rng.choice(days))
            price = f"{rng.random() * 99:.2f}"
            writer.writerow([number, f"Customer {number % 9973}", *words, price])
    return codes


def law(snapshot: Snapshot, codes: list[str]) -> pa.Table:
    """The verdict on each order that there can be, one by one."""
    screener, rows = Screener(snapshot, now=NOW, sent_from="US"), []
    for code, of in product(codes, SUBSTANCES):
        turns = screener.law(Destination(zip=code), of).turns
        for first, until in pairwise(["0001-01-01", *turns, date.max.isoformat()]):
            if until > "2026" and first <= NOW.date().isoformat():
                verdict = screener.verdict(Destination(zip=code), of, max(first, "2026-01-01"))
                rows.append((code, of, first, until, *verdict))
    names = ["zip", "of", "first", "until", *ADDED]
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    return pa.Table.from_arrays(columns, names=names)


def measure(quick: bool) -> list[Line]:
    """Measure both; their outputs must be the same bytes."""
    rows = 50_000 if quick else 1_000_000
    snapshot = load(str(ROOT / "snapshots")).snapshot
    with TemporaryDirectory() as name:
        file, ours, theirs = (Path(name, part) for part in ("orders.csv", "ours.csv", "theirs.csv"))
        connection = duckdb.connect()
        connection.register("found", law(snapshot, orders(file, rows)))
        connection.execute("CREATE TABLE law AS SELECT * FROM found")
        query = HAND.format(added=", ".join(ADDED), orders=file, out=theirs)
        asked = {"to_zip": "zip", "product": "substance", "day": "day", "sent_from": "US"}
        best = in_turns(
            {
                "ours": lambda: screen_file(file, ours, snapshot, now=NOW, force=True, **asked),
                "hand": lambda: connection.execute(query),
            },
            2 if quick else 3,
        )
        if not cmp(ours, theirs, shallow=False):
            with ours.open() as left, theirs.open() as right:
                for number, pair in enumerate(zip(left, right, strict=False), 1):
                    if pair[0] != pair[1]:
                        raise DifferentError(f"line {number}:\n{pair[0]}{pair[1]}")
            raise DifferentError("one file is longer")
    return [
        line(
            "Bulk",
            f"{rows:,} orders by ZIP code, file to file",
            best["ours"],
            best["hand"],
            name="DuckDB, a join by hand on a table of all verdicts",
            goal="within 2 x",
            most=2.0,
            unit=lambda seconds: f"{seconds:.2f} s",
        )
    ]
