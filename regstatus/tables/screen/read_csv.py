"""Order files: CSV as shops and spreadsheets write it, read so that no row is ever left out.

A file is read the quick way, by DuckDB, which refuses what it does not understand;
then row by row. A row that does not fit the header is kept, with its fault beside it.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from regstatus.base.console import standard_input
from regstatus.base.errors import UsageError
from regstatus.base.safe import csv_cell
from regstatus.model.charset import MEND, UNKNOWN, charset
from regstatus.model.media import NAMES, XHTML, kind
from regstatus.model.words import Format
from regstatus.tables.screen.order_verdicts import engine

if TYPE_CHECKING:
    import ibis

ROW, FAULT = "order_row_of_file", "order_fault_of_file"
"""Columns of ours in the table of a file: the number of the row, and what is wrong with it."""

_DELIMITERS = (",", ";", "\t", "|")
_CHUNK = 1 << 20
_TEXTS = frozenset({Format.TEXT, Format.HTML, XHTML, Format.XML, Format.JSON, "binary"})
"""What a CSV file may look like; its cells may hold anything."""
STDIN = Path("-")
"""What stands for standard input, as in other programs."""


def cells(file: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the line and the cells of each row of a small file that is not blank.

    Raises:
        UsageError: If it is missing, empty, of an unknown encoding, or if a quotation mark is
            not closed; the text names file, line and remedy.
    """
    with _utf8(file, lambda _: None) as text:
        yield from _rows(file, text, _head(file, text, ())[0])


@contextmanager
def opened(
    file: Path, wanted: tuple[str, ...], warn: Callable[[str], None]
) -> Iterator[tuple[ibis.Table, dict[str, str]]]:
    """Open a file of orders, or `STDIN`, as a table in DuckDB, every cell as text.

    The number of each row and what is wrong with it stand in two columns more. With the table
    comes the real name of each column that is wanted; `warn` is told what people should look at.

    Raises:
        UsageError: As `cells` does, and for a column that is missing or there twice.
    """
    import duckdb

    with _utf8(file, warn) as text:
        delimiter, head, line = _head(file, text, wanted)
        names = _names(file, head, wanted)
        # What the engine lacks is not fetched from anywhere.
        connection = engine().duckdb.connect(autoinstall_known_extensions=False)
        try:
            quick = line == 1  # it would take a blank line for the one that names the columns
            if quick:
                try:
                    connection.raw_sql(_quick(text, delimiter, head))
                except duckdb.Error:
                    quick = False
            if not quick:
                _slow(connection, head, delimiter, _rows(file, text, delimiter))
            yield connection.table("orders"), names
        finally:
            connection.disconnect()


@contextmanager
def _utf8(file: Path, warn: Callable[[str], None]) -> Iterator[Path]:
    """The file itself, or a copy in UTF-8 for as long as it is needed.

    What is no regular file is copied first: a pipe can be read only once.
    """
    with TemporaryDirectory(prefix="regstatus-") as folder:
        held = file
        try:
            if file == STDIN or (file.exists() and not file.is_file() and not file.is_dir()):
                held = Path(folder, "piped")
                piped = nullcontext(standard_input()) if file == STDIN else file.open("rb")
                with piped as source, held.open("wb") as spooled:
                    copyfileobj(source, spooled)
            with held.open("rb") as source:
                encoding, sure = _encoding(file, source)
        except OSError as error:
            raise UsageError(f"{file}: {error.strerror or error}; name a CSV file") from None
        if encoding == UNKNOWN:
            raise UsageError(f"{file}: its character set is unknown; save it as UTF-8")
        if sure and encoding.startswith("utf-8"):
            yield held
            return
        if not sure:
            read = "Windows-1252" if encoding == "cp1252" else encoding.upper()
            warn(f"{file} is not UTF-8; it was read as {read}. Look whether names are whole")
        copy = Path(folder, "orders.csv")
        with (
            held.open(encoding=encoding, errors=MEND, newline="") as source,
            copy.open("w", encoding="utf-8", newline="") as target,
        ):
            copyfileobj(source, target, _CHUNK)
        yield copy


def _encoding(file: Path, source: Any) -> tuple[str, bool]:
    """The codec of a file, and whether it fits every byte as far as that can be told."""
    first = part = source.read(_CHUNK)
    what = kind(first)
    if what not in _TEXTS:
        raise UsageError(f"{file} is {NAMES[what]}; save it as CSV")
    found = charset(first)
    if not found.startswith("utf-8"):
        return found, found.startswith("utf")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while part:
            decoder.decode(part)
            part = source.read(_CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return charset(part or first), False
    return found, True


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
            advice = "see to the quotation marks of the row that begins here"
            if "field limit" in str(error):
                advice = f"shorten the cell, or if no cell is so long, {advice}"
            raise UsageError(f"{file}:{line}: {error}; {advice}") from None


def _head(file: Path, text: Path, wanted: tuple[str, ...]) -> tuple[str, list[str], int]:
    """The delimiter, the names of the columns, and their line.

    Of several delimiters, the one that shows a name that is wanted.
    """
    read: dict[str, tuple[int, list[str]]] = {}
    faults: list[UsageError] = []
    for delimiter in _DELIMITERS:
        try:
            read[delimiter] = next(_rows(file, text, delimiter), (1, []))
        except UsageError as error:
            faults.append(error)
    if not read:
        raise faults[0]
    if not any(head for _, head in read.values()):
        raise UsageError(f"{file} is empty: its first line must name the columns")
    keys = {_key(name) for name in wanted}
    best = max(read, key=lambda d: (len(keys & set(map(_key, read[d][1]))), len(read[d][1])))
    line, head = read[best]
    # A column without a name is data too.
    return best, [name or f"column_{n}" for n, name in enumerate(head, 1)], line


def _names(file: Path, head: list[str], wanted: tuple[str, ...]) -> dict[str, str]:
    seen: dict[str, str] = {}
    for name in (*head, ROW, FAULT):
        key = csv_cell(name).casefold()  # as it will be written
        if key in seen:
            also = "" if seen[key].casefold() == name.casefold() else f" or, made safe, {name!r}"
            raise UsageError(
                f"{file}: two columns are called {seen[key]!r}{also}; rename one of them"
            )
        seen[key] = name
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
    csv = f"delim = {quoted(delimiter)}, quote = '\"', escape = '\"', nullstr = ''"
    strict = "auto_detect = false, header = true, strict_mode = true, null_padding = false"
    return (
        f"CREATE TABLE orders AS SELECT *, NULL::VARCHAR AS {FAULT}, "  # noqa: S608  (all quoted)
        f"row_number() OVER () AS {ROW} FROM "
        f"read_csv({quoted(str(text))}, {strict}, {csv}, columns = {{{columns}}})"
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
    arrays.append(pa.array(range(len(columns[-1])), pa.int64()))
    made = pa.Table.from_arrays(arrays, names=[*head, FAULT, ROW])
    connection.create_table("orders", made, overwrite=True)
