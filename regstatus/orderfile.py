"""Order files: CSV as shops and spreadsheets write it, read so that no row is ever left out.

A file is read the quick way, by DuckDB, which refuses what it does not understand;
then row by row. A row that does not fit the header is kept, with its fault beside it.
"""

from __future__ import annotations

import csv
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from regstatus.errors import UsageError
from regstatus.screening import engine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    import ibis

__all__ = ["FAULT", "ROW", "cells", "opened", "quoted"]

ROW, FAULT = "order_row_of_file", "order_fault_of_file"
"""Columns of ours in the table of a file: the number of the row, and what is wrong with it."""

_DELIMITERS = (",", ";", "\t", "|")
_CHUNK = 1 << 20
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def cells(file: Path, delimiter: str | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the line and the cells of each row that is not blank.

    Args:
        file: A small CSV file.
        delimiter: What parts the cells; found in the first line if None.

    Raises:
        UsageError: If it is missing, empty, of an unknown encoding, or if a quotation mark is
            not closed; the text names file, line and remedy.
    """
    with _utf8(file, lambda _: None) as text:
        parted = delimiter or _head(file, text, ())[0]
        yield from _rows(file, text, parted)


@contextmanager
def opened(
    file: Path, wanted: tuple[str, ...], warn: Callable[[str], None]
) -> Iterator[tuple[ibis.Table, dict[str, str]]]:
    """Open a file of orders as a table in DuckDB, every cell as text.

    Args:
        file: The file.
        wanted: Columns that must be there.
        warn: Is told what people should look at.

    Yields:
        The table, with the number of each row and what is wrong with it in two columns
        more; and the real name of each wanted column.

    Raises:
        UsageError: As `cells` does, and for a column that is missing or there twice.
    """
    import duckdb

    with _utf8(file, warn) as text:
        delimiter, head = _head(file, text, wanted)
        names = _names(file, head, wanted)
        # What the engine lacks is not fetched from anywhere.
        connection = engine().duckdb.connect(autoinstall_known_extensions=False)
        try:
            try:
                connection.raw_sql(_quick(text, delimiter, head))
            except duckdb.Error:
                _slow(connection, head, delimiter, _rows(file, text, delimiter))
            table = connection.table("orders")
            yield table.mutate(**{ROW: table.rowid()}), names
        finally:
            connection.disconnect()


@contextmanager
def _utf8(file: Path, warn: Callable[[str], None]) -> Iterator[Path]:
    """The file itself, or a copy in UTF-8 for as long as it is needed."""
    try:
        with file.open("rb") as source:
            encoding = _encoding(source)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}; name a CSV file") from None
    if encoding in {"utf-8", "utf-8-sig"}:
        yield file
        return
    if encoding == "cp1252":
        warn(f"{file} is not UTF-8; it was read as Windows-1252. Look whether names are whole")
    with TemporaryDirectory(prefix="regstatus-") as folder:
        copy = Path(folder, "orders.csv")
        try:
            with (
                file.open(encoding=encoding, newline="") as source,
                copy.open("w", encoding="utf-8", newline="") as target,
            ):
                while part := source.read(_CHUNK):
                    target.write(part)
        except UnicodeError as error:
            raise UsageError(f"{file}: {error}; save it as UTF-8") from None
        yield copy


def _encoding(source: Any) -> str:
    import codecs

    decode = codecs.getincrementaldecoder("utf-8")().decode
    first = source.read(_CHUNK)
    for mark, name in _BOMS.items():
        if first.startswith(mark) and name != "utf-8-sig":
            return name
    try:
        part = first
        while part:
            decode(part)
            part = source.read(_CHUNK)
        decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _rows(file: Path, text: Path, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    with text.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        line = 1
        try:
            for row in reader:
                if row:
                    yield line, row
                line = reader.line_num + 1
        except csv.Error as error:
            raise UsageError(
                f"{file}:{line}: {error}; see to the quotation marks of the row that begins here"
            ) from None


def _head(file: Path, text: Path, wanted: tuple[str, ...]) -> tuple[str, list[str]]:
    """The delimiter, and the names of the columns: where a name is wanted, the one that shows it."""
    read: dict[str, list[str]] = {}
    faults: list[UsageError] = []
    for delimiter in _DELIMITERS:
        try:
            read[delimiter] = next(_rows(file, text, delimiter), (1, []))[1]
        except UsageError as error:
            faults.append(error)
    if not read:
        raise faults[0]
    if not any(read.values()):
        raise UsageError(f"{file} is empty: its first line must name the columns")
    keys = {_key(name) for name in wanted}
    best = max(read, key=lambda d: (len(keys & set(map(_key, read[d]))), len(read[d])))
    # A column without a name is data too.
    return best, [name or f"column_{n}" for n, name in enumerate(read[best], 1)]


def _names(file: Path, head: list[str], wanted: tuple[str, ...]) -> dict[str, str]:
    seen: dict[str, str] = {}
    for name in (*head, ROW, FAULT):
        if (other := seen.setdefault(name.casefold(), name)) is not name:
            raise UsageError(f"{file}: two columns are called {other!r}; rename one of them")
    found = {}
    for name in wanted:
        alike = [name] if name in head else [n for n in head if _key(n) == _key(name)]
        if len(alike) != 1:
            raise UsageError(
                f"{file}: no column {name!r}; its first line names {', '.join(map(repr, head))}"
            )
        found[name] = alike[0]
    return found


def _key(name: str) -> str:
    return name.strip().casefold()


def _quick(text: Path, delimiter: str, head: list[str]) -> str:
    """The statement by which DuckDB reads the file, or refuses to, without guessing anything."""
    columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in head)
    options = {
        "auto_detect": "false",
        "header": "true",
        "delim": quoted(delimiter),
        "quote": "'\"'",
        "escape": "'\"'",
        "nullstr": "''",
        "columns": f"{{{columns}}}",
        "strict_mode": "true",
        "null_padding": "false",
    }
    told = ", ".join(f"{name} = {value}" for name, value in options.items())
    return (
        f"CREATE TABLE orders AS SELECT *, NULL::VARCHAR AS {FAULT} "  # noqa: S608  (all quoted)
        f"FROM read_csv({quoted(str(text))}, {told})"
    )


def quoted(text: str) -> str:
    """A text as SQL spells it."""
    return "'" + text.replace("'", "''") + "'"


def _slow(
    connection: Any, head: list[str], delimiter: str, rows: Iterator[tuple[int, list[str]]]
) -> None:
    import pyarrow as pa

    next(rows)
    columns: list[list[str | None]] = [[] for _ in range(len(head) + 1)]
    for line, row in rows:
        fault = None
        if not any(row[len(head) :]):
            row = row[: len(head)]  # noqa: PLW2901  (delimiters at the end of a line part nothing)
        if len(row) != len(head):
            fault = f"Line {line} has {len(row)} cells, the first line {len(head)}."
            rest = delimiter.join(row[len(head) - 1 :])
            row = [*row, *[""] * len(head)][: len(head) - 1]  # noqa: PLW2901
            row.append(rest)
        for column, cell in zip(columns, (*(cell or None for cell in row), fault), strict=True):
            column.append(cell)
    arrays = [pa.array(column, pa.string()) for column in columns]
    made = pa.Table.from_arrays(arrays, names=[*head, FAULT])
    connection.raw_sql("DROP TABLE IF EXISTS orders")
    connection.con.register("order_rows", made)
    connection.raw_sql("CREATE TABLE orders AS SELECT * FROM order_rows")
    connection.con.unregister("order_rows")
