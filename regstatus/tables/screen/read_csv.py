"""Order files: CSV as shops and spreadsheets write it, read so that no row is ever left out.

A file is read in chunks. What is plain, as nearly all is, comes as lines: no quotation mark, no
control character and no formula stands in it. All else is read cell by cell. A row that does not
fit the header is kept, with its fault beside it.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from itertools import chain
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TextIO

from regstatus.base.console import standard_input
from regstatus.base.errors import UsageError
from regstatus.base.safe import csv_cell
from regstatus.model.charset import MEND, UNKNOWN, charset
from regstatus.model.law import substance
from regstatus.model.media import NAMES, XHTML, kind
from regstatus.model.words import Format

_DELIMITERS = (",", ";", "\t", "|")
_CHUNK = 1 << 20
_LINES = 1 << 18
_TEXTS = frozenset({Format.TEXT, Format.HTML, XHTML, Format.XML, Format.JSON, "binary"})
"""What a CSV file may look like; its cells may hold anything."""
_UNSAFE = " =+-@\uff1d\uff0b\uff0d\uff20"
"""How a cell begins that may be a formula."""
STDIN = Path("-")
"""What stands for standard input, as in other programs."""


class Row(NamedTuple):
    """A row of a file, as long as the header, the number of its line, and what is wrong with it."""

    cells: list[str]
    line: int
    fault: str | None


class Orders:
    """A file of orders, opened.

    Attributes:
        head: The names of its columns.
        names: The real name of each column that is wanted.
        delimiter: What parts its cells.
    """

    def __init__(self, file: Path, opened: Callable[[], TextIO], wanted: tuple[str, ...]) -> None:
        self._file, self._open = file, opened
        self.delimiter, self.head, self._line = _head(file, opened, wanted)
        self.names = _names(file, self.head, wanted)

    def chunks(self, *, plain: bool = True) -> Iterator[tuple[int, list[str]] | list[Row]]:
        """All rows after the header, in order.

        A pair is the number of the line before some plain lines, and these without their ends;
        without `plain` there are none.
        """
        with self._open() as source:
            next(row for _, row, _ in _rows(self._file, source, self.delimiter) if row)
            line = self._line
            while lines := source.readlines(_LINES):
                if plain and (texts := self._plain(lines)):
                    yield line, texts
                    line += len(lines)
                    continue
                held = [*_rows(self._file, source, self.delimiter, lines, line)]
                yield [self.fitted(number, row) for number, row, _ in held if row]
                line = held[-1][2]

    def _plain(self, lines: list[str]) -> list[str] | None:
        """Lines without their ends, if cells can be told in them by the delimiter alone, and are safe."""
        text = "".join(lines)
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = "\n" + text.removesuffix("\n")
        bare = text.replace("\n", "")
        if self.delimiter != ",":
            bare = "\n" if "," in bare else bare.replace(self.delimiter, "")
        sound = bare.isprintable() and '"' not in bare and "\n\n" not in text + "\n"
        if not sound or max(map(len, lines)) > csv.field_size_limit():
            return None
        starts = (start + sign for start in ("\n", self.delimiter) for sign in _UNSAFE)
        return None if any(start in text for start in starts) else text[1:].split("\n")

    def fitted(self, line: int, row: list[str]) -> Row:
        """A row of so many cells as the header has."""
        wide = len(self.head)
        if not any(row[wide:]):
            row = row[:wide]  # delimiters at the end of a line part nothing
        if len(row) == wide:
            return Row(row, line, None)
        fault = f"Line {line} has {len(row)} cells, the first line {wide}."
        rest = self.delimiter.join(row[wide - 1 :])
        return Row([*[*row, *[""] * wide][: wide - 1], rest], line, fault)


def product_map(name: Path) -> dict[str, str]:
    """Read which product is which substance from a CSV file with columns of these names.

    Raises:
        UsageError: For a missing column, an unknown substance or a product that is two
            things; the text names file, line and remedy.
    """
    with opened(name, ("product", "substance"), lambda _: None) as orders:
        at, of = (orders.head.index(orders.names[word]) for word in ("product", "substance"))
        found: dict[str, str] = {}
        rows = (
            row for chunk in orders.chunks(plain=False) for row in chunk if isinstance(row, Row)
        )
        for row in (row for row in rows if any(cell.strip() for cell in row.cells)):
            product, where = " ".join(row.cells[at].split()), f"{name}:{row.line}"
            try:
                made_of = str(substance(row.cells[of]))
            except UsageError as error:
                raise UsageError(f"{where}: {error}") from None
            if not product:
                raise UsageError(f"{where}: no product is named")
            if (known := found.setdefault(product.casefold(), made_of)) != made_of:
                raise UsageError(
                    f"{where}: {product!r} is {known} in an earlier line; keep one of both"
                )
    return found


@contextmanager
def opened(file: Path, wanted: tuple[str, ...], warn: Callable[[str], None]) -> Iterator[Orders]:
    """Open a file of orders, or `STDIN`; `warn` is told what people should look at.

    What is no regular file is copied first: a pipe can be read only once.

    Raises:
        UsageError: If it is missing, empty, of an unknown encoding, if a quotation mark is not
            closed, and for a column that is missing or there twice; the text names file, line and
            remedy.
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
        if not sure:
            read = "Windows-1252" if encoding == "cp1252" else encoding.upper()
            warn(f"{file} is not UTF-8; it was read as {read}. Look whether names are whole")
        utf8 = sure and encoding.startswith("utf-8")
        codec, errors = ("utf-8-sig", "strict") if utf8 else (encoding, MEND)
        yield Orders(file, lambda: held.open(encoding=codec, errors=errors, newline=""), wanted)


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


def _rows(
    file: Path, source: TextIO, delimiter: str, lines: Sequence[str] = (), before: int = 0
) -> Iterator[tuple[int, list[str], int]]:
    """The rows of a source with the numbers of their first and last line; blank ones are empty.

    Or only those that begin in `lines`, which were read from it; the last may run on in it.
    """
    reader = csv.reader(chain(lines, source), delimiter=delimiter, strict=True)
    first = before + 1
    try:
        for row in reader:
            yield first, row, before + reader.line_num
            first = before + reader.line_num + 1
            if lines and reader.line_num >= len(lines):
                return
    except csv.Error as error:
        advice = "see to the quotation marks of the row that begins here"
        if "field limit" in str(error):
            advice = f"shorten the cell, or if no cell is so long, {advice}"
        raise UsageError(f"{file}:{first}: {error}; {advice}") from None


def _head(
    file: Path, opened: Callable[[], TextIO], wanted: tuple[str, ...]
) -> tuple[str, list[str], int]:
    """The delimiter, the names of the columns, and the number of their last line.

    Of several delimiters, the one that shows a name that is wanted.
    """
    read: dict[str, tuple[int, list[str]]] = {}
    faults: list[UsageError] = []
    for delimiter in _DELIMITERS:
        try:
            with opened() as source:
                held = ((last, row) for _, row, last in _rows(file, source, delimiter) if row)
                read[delimiter] = next(held, (1, []))
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
    for name in head:
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
