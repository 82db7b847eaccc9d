"""Screened files: a file of orders with a verdict on each row, in the order of its rows."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from functools import cache, lru_cache
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from regstatus.base.errors import UsageError
from regstatus.base.safe import csv_cell, is_plain, without_controls
from regstatus.query.destination import Destination
from regstatus.query.formats import FORMS, csv_lines
from regstatus.query.verdict import ASK, REFUSE, SHIP, Law, Screener, Verdict
from regstatus.store.atomic import output_file, placing
from regstatus.store.reader import Snapshot
from regstatus.tables.screen.read_csv import Orders, opened, product_map

ADDED = tuple(f"regstatus_{name}" for name in Verdict._fields)
"""The columns that are added to the orders, in this order."""
_NUMBER = re.compile(r" *[+\-]?[0-9][0-9.,]*(?:[eE][+\-]?[0-9]+)?%?")
"""A number may begin with a sign; as text with an apostrophe it would be lost for sums."""
_BATCH = 10_000
"""Rows that are written at once."""


def screen_file(
    file: Path,
    output: Path | None,
    snapshot: Snapshot,
    *,
    product: str,
    day: str | None = None,
    mapped: Path | None = None,
    form: str = "csv",
    force: bool = False,
    warn: Callable[[str], None] = lambda _: None,
    to: str | None = None,
    to_zip: str | None = None,
    to_city: str | None = None,
    to_county: str | None = None,
    **asked: Any,
) -> dict[str, int]:
    """Screen a CSV file of orders; `-` is standard input, an `output` of None standard output.

    `to`, `to_zip`, `to_city`, `to_county`, `product` and `day` name its columns, `mapped` a CSV file
    with the columns `product` and `substance`, `form` one of `query.formats.FORMS`; `warn` is told
    what people should look at, and what else is `asked` goes to `Screener`.

    Returns:
        How many rows have each verdict.

    Raises:
        UsageError: For a file that cannot be read, with file, column and remedy.
        OSError: If the output cannot be written.
    """
    FORMS[form].ready()
    if output is not None:
        place = output_file(output)
        if output.exists() and not force:
            raise UsageError(f"{output} is there already; choose another name, or say --force")
        if place == file.resolve():
            raise UsageError(f"{output} is the file of the orders: name another with --output")
        output = place
    known = None if mapped is None else product_map(mapped)
    screener = Screener(snapshot, mapped=known, **asked)
    to_columns = destination_columns(to, to_zip, to_city, to_county)
    wanted = (*to_columns.values(), product, *([] if day is None else [day]))
    with opened(file, wanted, warn) as orders:
        work = _Screening(screener, orders, tuple(to_columns), wanted, dated=day is not None)
        if output is None and sys.stdout is None:
            raise OSError("standard output is closed; name a file with --output")
        try:
            with (
                placing(output) if output else nullcontext() as part,
                part.open("wb") if part else TemporaryFile() as out,
            ):
                work.write(out, form)
                if part is None:
                    out.seek(0)
                    sys.stdout.flush()
                    copyfileobj(out, sys.stdout.buffer)
                    sys.stdout.flush()
        except UsageError as error:
            told = str(error).removeprefix(f"{file}:")  # a row's own place says it
            raise UsageError(f"{file}:{'' if told != str(error) else ' '}{told}") from None
        except OSError as error:
            raise OSError(f"{output or 'the output'} cannot be written: {error}") from None
    return work.counts


def destination_columns(
    place: str | None, code: str | None, city: str | None, county: str | None
) -> dict[str, str]:
    """The columns that are given, by the field of `Destination` that each is.

    Raises:
        UsageError: If none is.
    """
    found = dict(zip(Destination._fields, (place, code, city, county), strict=True))
    if not any(name is not None for name in found.values()):
        raise UsageError("no column of destinations: give --to, --to-zip, --to-city or --to-county")
    return {field: name for field, name in found.items() if name is not None}


def check_names(names: Iterable[str]) -> None:
    """See that no column of the orders has a name that will be one of ours."""
    for name in names:
        if name.casefold().startswith("regstatus_") and name not in ADDED:
            raise UsageError(f"the column {name!r} begins with regstatus_: rename it")


class _Screening:
    """One file of orders with its verdicts; `counts` has how many rows got each."""

    def __init__(
        self, screener: Screener, orders: Orders, fields: tuple[str, ...], wanted: Sequence[str],
        *, dated: bool,
    ) -> None:  # fmt: skip
        check_names(orders.head)
        self.orders, self.counts = orders, dict.fromkeys((SHIP, REFUSE, ASK), 0)
        self._own = [n for n, name in enumerate(orders.head) if name not in ADDED]
        at = [orders.head.index(orders.names[name]) for name in wanted]
        self._day = at.pop() if dated else None
        self._words, self._screener = itemgetter(*at), screener
        self._today: str | UsageError = screener.today.isoformat()
        self._days: dict[str, str | UsageError] = {}

        @cache
        def law(words: tuple[str, ...]) -> Law:
            to = Destination(**dict(zip(fields, words[:-1], strict=True)))
            return screener.law(to, words[-1])

        self._law = law

    def write(self, out: BinaryIO, form: str) -> None:
        """Write all rows; those of CSV as lines, for a tail is made once: cell by cell is slower."""
        made, names = FORMS[form], [*(self.orders.head[n] for n in self._own), *ADDED]
        if made.name == "csv":
            out.write(csv_lines([map(csv_cell, names)]).encode())
            screened = self._rows()
            while batch := [*islice(screened, _BATCH)]:
                lines = _lines([cells for cells, _ in batch])
                tails = (_tail(said) for _, said in batch)
                out.write("".join(chain.from_iterable(zip(lines, tails, strict=True))).encode())
        else:
            safe = [_safe, csv_cell] if made.cells else [str, str]
            rows = ([*(safe[0](one) or None for one in row), *said] for row, said in self._rows())
            made.write(out, [*map(safe[1], names)], iter(lambda: [*islice(rows, _BATCH)], []))
        days = self._days
        if days and not any(isinstance(day, str) for day in days.values()):
            raise UsageError(
                f"no day in the column {self.orders.head[self._day or 0]!r} is written as 2026-11-22; "
                f"one is {next(iter(days))[:60]!r}: write them so, or name another column"
            )

    def _rows(self) -> Iterator[tuple[list[str], Verdict]]:
        """The cells of each row that stay, and its verdict."""
        whole, law, words = len(self._own) == len(self.orders.head), self._law, self._words
        when, at, days, day = self._today, self._day, self._days, self._screener.day
        for _, cells, fault in self.orders.rows():
            if fault:  # cells may have slipped into other columns
                verdict = Verdict(ASK, "unknown", fault)
            else:
                if at is not None:
                    when = days.get(cells[at]) or days.setdefault(cells[at], day(cells[at]))
                verdict = law(words(cells)).on(when)
            self.counts[verdict.verdict] += 1
            yield cells if whole else [cells[n] for n in self._own], verdict


def _lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as safe CSV, without their ends; what is plain, as nearly all is, is told at once."""
    lines = [",".join(cells) for cells in rows]
    every = ",".join(lines)
    if is_plain(every) and every.count(",") == sum(map(len, rows)) - 1:
        return lines
    if len(rows) > 1:
        return [line for cells in rows for line in _lines([cells])]
    return [csv_lines([map(_safe, rows[0])])[:-1]]


@lru_cache(10_000)
def _tail(verdict: Verdict) -> str:
    """What is added to a line, with its end."""
    return "," + csv_lines([[csv_cell(cell or "") for cell in verdict]])


def _safe(cell: str) -> str:
    bare = without_controls(cell)
    return bare if _NUMBER.fullmatch(bare) else csv_cell(cell)
