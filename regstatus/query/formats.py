"""Formats: the one table of the forms in which lists, tables and screened orders are written.

A further one is a class here and its line in `FORMS`: the command line, the HTTP interface, its
description, the published tree and the data package take it from there.
"""

from __future__ import annotations

from regstatus.base.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, BinaryIO

    from regstatus.query.listings import Column

    Rows = Iterable[Mapping[str, Any]]
    Cells = Iterable[Iterable[Any]]
    Names = Sequence[str]
    About = Mapping[str, Any] | None
    Tables = Mapping[str, tuple[tuple[Column, ...], tuple[str, ...], str]]

SQLITE_ID = 0x52475354
"""`RGST`: marks a SQLite file as ours."""
_SQLITE_TYPES = {"integer": "INTEGER", "boolean": "INTEGER"}


class Form:
    """A form of output; a further one says what it is for and gives `text`, or `table`.

    Attributes:
        name: What `--format` and `format=` call it; also the end of its files' names.
        media: Its media type; None where it is for terminals, or for files alone.
        lists: Whether lists are written in it.
        files: Whether tables are exported in it, a file for each.
        orders: Whether screened orders are written in it.
        cells: Whether its lists are tables of cells, and not the items whole.
        single: Whether an export is one file with all tables.
    """

    name: str
    media: str | None = None
    lists = files = orders = cells = single = False

    def ready(self) -> None:
        """See that what it needs is installed; else a UsageError says how to have it."""

    def text(self, columns: Names, rows: Cells, items: Rows, about: About = None) -> str:
        """A list: its cells, or the same items as JSON, with all that has no column.

        `about` is the version that answers, where the list is sent to somebody.
        """
        raise NotImplementedError

    def write(self, out: BinaryIO, columns: Names, batches: Iterable[list[list[Any]]]) -> None:
        """Write screened orders, whose rows come in batches."""
        rows = [row for batch in batches for row in batch]
        items = (dict(zip(columns, row, strict=True)) for row in rows)
        out.write(self.text(columns, rows, items).encode("utf-8", "backslashreplace"))

    def whole(self, tables: Tables, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
        """One file with all tables, for a form that is `single`."""
        raise NotImplementedError

    def table(self, columns: Sequence[Column], rows: Rows) -> bytes:
        """A file with one exported table; its rows are by column name."""
        names = [column.name for column in columns]
        items = [{name: row[name] for name in names} for row in rows]
        return self.text(names, (item.values() for item in items), items).encode()


class _Table(Form):
    name, lists, cells = "table", True, True

    def text(self, columns: Names, rows: Cells, items: Rows, about: About = None) -> str:
        from regstatus.base.safe import without_controls

        head = [name.upper() for name in columns]
        lines = [head, *([without_controls(cell_text(cell)) for cell in row] for row in rows)]
        # The name itself, for letters may be more in capitals.
        widths = [
            max([len(name), *(len(line[index]) for line in lines[1:])])
            for index, name in enumerate(columns)
        ]
        parted = (
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            for line in lines
        )
        return "".join(f"{line.rstrip()}\n" for line in parted)


class _Json(Form):
    name, media, lists = "json", "application/json", True

    def text(self, columns: Names, rows: Cells, items: Rows, about: About = None) -> str:
        import json

        found = list(items)
        if about is not None:
            return encoded_text({"snapshot": about, "count": len(found), "items": found})
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


class _Csv(Form):
    name, media, lists, files, orders, cells = "csv", "text/csv; charset=utf-8", *[True] * 4

    def text(self, columns: Names, rows: Cells, items: Rows, about: About = None) -> str:
        from regstatus.base.safe import csv_cell

        # Nothing in it is a formula or a control character.
        safe = ([csv_cell(cell_text(cell)) for cell in row] for row in rows)
        return csv_lines([columns, *safe])


class _Parquet(Form):
    name, files, orders = "parquet", True, True

    def ready(self) -> None:
        library("pyarrow.parquet")

    def table(self, columns: Sequence[Column], rows: Rows) -> bytes:
        from io import BytesIO

        out = BytesIO()
        library("pyarrow.parquet").write_table(arrow_table(columns, rows), out, compression="zstd")
        return out.getvalue()

    def write(self, out: BinaryIO, columns: Names, batches: Iterable[list[list[Any]]]) -> None:
        kept, schema = library("pyarrow.parquet"), arrow_texts(columns, []).schema
        with kept.ParquetWriter(out, schema, compression="zstd") as writer:
            for rows in batches:
                writer.write_table(arrow_texts(columns, rows))


class _Sqlite(Form):
    name, files, single = "sqlite", True, True

    def whole(self, tables: Tables, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
        import sqlite3
        from contextlib import closing

        with closing(sqlite3.connect(":memory:")) as database:
            database.execute(f"PRAGMA application_id = {SQLITE_ID}")
            for table, (columns, key, _) in tables.items():
                parts = [
                    f'"{c.name}" {_SQLITE_TYPES.get(c.type, "TEXT")}{" NOT NULL" * c.required}'
                    for c in columns
                ]
                keys = ", ".join(f'"{name}"' for name in key)
                database.execute(
                    f'CREATE TABLE "{table}" ({", ".join(parts)}, PRIMARY KEY ({keys})) STRICT'
                )
                marks = ", ".join("?" * len(columns))
                database.executemany(
                    f'INSERT INTO "{table}" VALUES ({marks})',  # noqa: S608  (names are our own)
                    ([row[c.name] for c in columns] for row in rows[table]),
                )
            database.commit()
            return database.serialize()


class _Ndjson(Form):
    name, media, lists, files, orders = "ndjson", "application/x-ndjson", *[True] * 3

    def text(self, columns: Names, rows: Cells, items: Rows, about: About = None) -> str:
        return "".join(encoded_text(item) for item in items)

    def write(self, out: BinaryIO, columns: Names, batches: Iterable[list[list[Any]]]) -> None:
        for rows in batches:
            super().write(out, columns, [rows])


FORMS: dict[str, Form] = {
    form.name: form for form in (_Table(), _Json(), _Csv(), _Parquet(), _Sqlite(), _Ndjson())
}
"""Every form by its name, in the order in which they are offered."""


def forms(use: Callable[[Form], bool]) -> tuple[str, ...]:
    """The names of the forms that are for a use."""
    return tuple(name for name, form in FORMS.items() if use(form))


def served() -> dict[str, str]:
    """For each form of a list in the HTTP interface, its media type."""
    return {form.name: form.media for form in FORMS.values() if form.lists and form.media}


def csv_lines(rows: Cells) -> str:
    """Rows of text as CSV: RFC 4180 with LF."""
    import csv
    from io import StringIO

    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def encoded_text(value: Any) -> str:
    """JSON in one line, with a line end."""
    import json

    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def encoded(value: Any) -> bytes:
    """JSON as it is sent: UTF-8, one line, a line end."""
    # A lone surrogate can come out of a spoilt page; it is escaped, not sent broken.
    return encoded_text(value).encode("utf-8", "backslashreplace")


def cell_text(value: Any) -> str:
    """A cell: nothing for null, yes and no for flags."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def library(name: str, megabytes: int = 384) -> Any:
    """A library of the extra for tables.

    Raises:
        UsageError: If it is not installed; the text says how to have it.
        MemoryError: If this process may not take as much as it needs.
    """
    from importlib import import_module

    from regstatus.base.process import require_memory

    require_memory(megabytes)
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"this needs the library {error.name}, which is an extra: "
            "pip install 'regstatus[screen]'"
        ) from None


def arrow_texts(columns: Names, rows: Sequence[Sequence[str | None]]) -> Any:
    """Rows of text as an Arrow table."""
    pa = library("pyarrow")
    cells = zip(*rows, strict=True) if rows else ([] for _ in columns)
    return pa.Table.from_arrays([pa.array(c, pa.string()) for c in cells], names=list(columns))


def arrow_table(columns: Sequence[Column], rows: Rows) -> Any:
    """Rows as an Arrow table, each column of its own type."""
    pa, held = library("pyarrow"), list(rows)
    kinds = {
        "string": pa.string(),
        "integer": pa.int64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "datetime": pa.timestamp("s", tz="UTC"),
    }
    arrays, fields = [], []
    for column in columns:
        kind, values = kinds[column.type], [row[column.name] for row in held]
        plain = kind if column.type in {"integer", "boolean"} else pa.string()
        arrays.append(pa.array(values, plain).cast(kind))
        fields.append(pa.field(column.name, kind, metadata={"description": column.says}))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))
