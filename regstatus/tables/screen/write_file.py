"""Screened files: a file of orders with a verdict on each row, in the order of its rows."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from regstatus.base.errors import UsageError
from regstatus.base.safe import csv_cell
from regstatus.query.formats import FORMS
from regstatus.store.atomic import output_file, placing
from regstatus.store.reader import Snapshot
from regstatus.tables.screen.order_verdicts import ADDED, ASK, REFUSE, SHIP, engine
from regstatus.tables.screen.orders import screen
from regstatus.tables.screen.read_csv import FAULT, ROW, opened, quoted
from regstatus.tables.screen.terms import product_map

if TYPE_CHECKING:
    import ibis

_FORMULA = r"^[\s\pZ]*[=+\-@\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}]"
_CONTROL = r"[\x00-\x1f\x7f-\x{9f}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}\x{feff}]"
"""The same characters as in `regstatus.base.safe`, as the database's patterns spell them."""
_UNSAFE = f"{_FORMULA}|{_CONTROL}"
_NUMBER = r"^ *[+\-]?[0-9][0-9.,]*([eE][+\-]?[0-9]+)?%?$"
"""A number may begin with a sign; as text with an apostrophe it would be lost for sums."""


def screen_file(
    file: Path,
    output: Path | None,
    snapshot: Snapshot,
    *,
    to: str,
    product: str,
    day: str | None = None,
    mapped: Path | None = None,
    form: str = "csv",
    force: bool = False,
    warn: Callable[[str], None] = lambda _: None,
    **asked: Any,
) -> dict[str, int]:
    """Screen a CSV file of orders; `-` is standard input, an `output` of None standard output.

    `to`, `product` and `day` name its columns, `mapped` a CSV file with the columns `product`
    and `substance`, `form` one of `query.formats.FORMS`; `warn` is told what people should look
    at, and what else is `asked` goes to `orders.screen`.

    Returns:
        How many rows have each verdict.

    Raises:
        UsageError: For a file that cannot be read, with file, column and remedy.
        OSError: If the output cannot be written.
    """
    if output is not None:
        place = output_file(output)
        if output.exists() and not force:
            raise UsageError(f"{output} is there already; choose another name, or say --force")
        if place == file.resolve():
            raise UsageError(f"{output} is the file of the orders: name another with --output")
        output = place
    known = None if mapped is None else product_map(mapped)
    columns = {"to": to, "product": product, **({} if day is None else {"day": day})}
    with opened(file, tuple(columns.values()), warn) as (orders, names):
        named: dict[str, Any] = {key: names[column] for key, column in columns.items()}
        try:
            found = screen(orders, snapshot, **named, mapped=known, **asked)
        except UsageError as error:
            raise UsageError(f"{file}: {error}") from None
        found = _with_faults(found)
        counts = dict.fromkeys((SHIP, REFUSE, ASK), 0)
        told = found.group_by("regstatus_verdict").aggregate(n=found.count()).to_pyarrow()
        counts.update({row["regstatus_verdict"]: row["n"] for row in told.to_pylist()})
        _write(_safe(found, orders) if FORMS[form].cells else found, output, form)
    return counts


def _with_faults(found: ibis.Table) -> ibis.Table:
    """Where cells may have slipped into other columns, no verdict is to be trusted."""
    bad, none = found[FAULT].notnull(), engine().null("string")
    told = (ASK, "unknown", found[FAULT], none, none)
    return found.mutate(
        bad.ifelse(value, found[name]).name(name) for name, value in zip(ADDED, told, strict=True)
    )


def _safe(found: ibis.Table, orders: ibis.Table) -> ibis.Table:
    """Cells and names that a spreadsheet shows and does not run; numbers stay numbers.

    What we add ourselves is plain text that begins with a word: see `order_verdicts.law_table`.
    """
    names = [name for name in orders.columns if name not in {*ADDED, ROW, FAULT}]
    # Names of theirs are never keyword arguments: `by` or `self` would mean something else.
    tests = [orders[name].re_search(_UNSAFE).any().name(f"t{n}") for n, name in enumerate(names)]
    unsafe = orders.aggregate(tests).to_pyarrow().to_pylist()[0]
    ibis = engine()
    changed = []
    for name in (name for n, name in enumerate(names) if unsafe[f"t{n}"]):
        cell = found[name].re_replace(_CONTROL, " ")
        formula = cell.re_search(_FORMULA) & ~cell.re_search(_NUMBER)
        changed.append(formula.ifelse(ibis.literal("'").concat(cell), cell).name(name))
    safe = {csv_cell(name): name for name in names if csv_cell(name) != name}
    return found.mutate(changed).rename(safe) if changed or safe else found


def _write(found: ibis.Table, output: Path | None, form: str) -> None:
    """Write beside the place, then put it there; or through a file to standard output."""
    import duckdb

    made, backend = FORMS[form], found.get_backend()
    backend.create_view("screened", found)

    def written(part: Path) -> None:
        # The joins may shuffle the rows; only an order that is asked for is kept.
        rows = f"SELECT * EXCLUDE ({ROW}, {FAULT}) FROM screened ORDER BY {ROW}"  # noqa: S608  (our own)
        try:
            if made.copy is not None:
                backend.raw_sql(f"COPY ({rows}) TO {quoted(str(part))} ({made.copy})")
                return
            told = backend.raw_sql(rows)
            names = [column[0] for column in told.description]
            cells = told.fetchall()
            items = (dict(zip(names, row, strict=True)) for row in cells)
            part.write_bytes(made.text(names, cells, items).encode())
        except duckdb.IOException as error:
            raise OSError(f"{output or part} cannot be written: {error}") from None

    if output is not None:
        with placing(output) as part:
            written(part)
        return
    if sys.stdout is None:
        raise OSError("standard output is closed; name a file with --output")
    with TemporaryDirectory(prefix="regstatus-") as folder:
        part = Path(folder, "screened")
        written(part)
        sys.stdout.flush()
        with part.open("rb") as source:
            copyfileobj(source, sys.stdout.buffer)
        sys.stdout.flush()
