"""Order files: CSV as shops and spreadsheets write it, read so that no row is ever left out.

A row that does not fit the header is kept, with its fault beside it.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from regstatus.base.console import standard_input
from regstatus.base.errors import UsageError
from regstatus.base.safe import csv_cell
from regstatus.model.charset import MEND, UNKNOWN, charset
from regstatus.model.law import substance
from regstatus.model.media import NAMES, XHTML, kind
from regstatus.model.words import Format

_DELIMITERS = (",", ";", "\t", "|")
_CHUNK = 1 << 20
_TEXTS = frozenset({Format.TEXT, Format.HTML, XHTML, Format.XML, Format.JSON, "binary"})
"""What a CSV file may look like; its cells may hold anything."""
STDIN = Path("-")
"""What stands for standard input, as in other programs."""


class Orders:
    """A file of orders, opened.

    Attributes:
        head: The names of its columns.
        names: The real name of each column that is wanted.
    """

    def __init__(self, file: Path, opened: Callable[[], TextIO], wanted: tuple[str, ...]) -> None:
        self._file, self._open = file, opened
        self._delimiter, self.head = _head(file, opened, wanted)
        self.names = _names(file, self.head, wanted)

    def rows(self) -> Iterator[tuple[int, list[str], str]]:
        """All rows after the header, in order: the number of its line, so many cells, and any fault."""
        wide = len(self.head)
        with self._open() as source:
            rows = _rows(self._file, source, self._delimiter)
            next(rows)
            for line, row in rows:
                if len(row) == wide:
                    yield line, row, ""
                elif not any(row[wide:]) and len(row) > wide:
                    yield line, row[:wide], ""  # delimiters at the end part nothing
                else:
                    fault = f"Line {line} has {len(row)} cells, the first line {wide}."
                    rest = self._delimiter.join(row[wide - 1 :])
                    yield line, [*[*row, *[""] * wide][: wide - 1], rest], fault


def product_map(name: Path) -> dict[str, str]:
    """Read which product is which substance from a CSV file with columns of these names.

    Raises:
        UsageError: For a missing column, an unknown substance or a product that is two
            things; the text names file, line and remedy.
    """
    with opened(name, ("product", "substance"), lambda _: None) as orders:
        at, of = (orders.head.index(orders.names[word]) for word in ("product", "substance"))
        found: dict[str, str] = {}
        for line, cells, _ in orders.rows():
            if not any(map(str.strip, cells)):
                continue
            product, where = " ".join(cells[at].split()), f"{name}:{line}"
            try:
                made_of = str(substance(cells[of]))
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


def _rows(file: Path, source: TextIO, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a source, each with the number of its first line; blank ones are none."""
    reader, first = csv.reader(source, delimiter=delimiter, strict=True), 1
    try:
        for row in reader:
            if row:
                yield first, row
            first = reader.line_num + 1
    except csv.Error as error:
        advice = "see to the quotation marks of the row that begins here"
        if "field limit" in str(error):
            advice = f"shorten the cell, or if no cell is so long, {advice}"
        raise UsageError(f"{file}:{first}: {error}; {advice}") from None


def _head(
    file: Path, opened: Callable[[], TextIO], wanted: tuple[str, ...]
) -> tuple[str, list[str]]:
    """The delimiter, of several the one that shows a name that is wanted; the names of the columns."""
    read: dict[str, list[str]] = {}
    faults: list[UsageError] = []
    for delimiter in _DELIMITERS:
        try:
            with opened() as source:
                _, read[delimiter] = next(_rows(file, source, delimiter), (1, []))
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
