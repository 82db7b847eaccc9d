"""Export: the tables of one version as files that spreadsheets, databases and warehouses read.

Every file is written beside its place and put there in one step, the dictionary
last. What somebody else wrote is never overwritten unasked.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from datetime import date
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from regstatus.base.errors import UsageError
from regstatus.base.memory_limit import require_memory
from regstatus.decide.freshness import moment
from regstatus.query.lists import csv_lines
from regstatus.store.atomic import TEMPORARY, output_file, put
from regstatus.tables.columns import TABLES, described
from regstatus.tables.rows import rows_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from types import ModuleType
    from typing import Any

    from regstatus.store.reader import Snapshot

    Rows = dict[str, list[Any]]

__all__ = ["DICTIONARY", "FORMS", "arrow", "arrow_table", "export"]

FORMS = ("csv", "parquet", "sqlite", "ndjson")
DICTIONARY = "dictionary.json"
"""The data dictionary's name; it also marks a folder's files as ours."""

_MADE_BY = "regstatus export"
_SQLITE_ID = 0x52475354
"""`RGST`: marks a SQLite file as ours."""
_SQLITE_TYPES = {"integer": "INTEGER", "boolean": "INTEGER"}


def export(
    snapshot: Snapshot,
    form: str,
    target: Path,
    *,
    now: datetime,
    on: date | None = None,
    force: bool = False,
) -> dict[str, int]:
    """Write all tables and their dictionary.

    Args:
        snapshot: The version.
        form: `csv`, `ndjson` or `parquet`: a file for each table in a folder; or
            `sqlite`: one file with all tables.
        target: The folder, which is made where it is not there; for `sqlite` the file.
        now: The present moment, UTC, for freshness.
        on: Only the rows of `status` that cover this day; all periods if None.
        force: Overwrite files that no dictionary of an export names. Other files are never touched.

    Returns:
        How many rows each table has.

    Raises:
        UsageError: If a file is in the way, or a library of the extra is missing.
        OSError: If it cannot be written.
    """
    single = form == "sqlite"
    folder, names = _places(form, target)
    write = _WRITERS[form]
    if form == "parquet":
        arrow("parquet")  # missing libraries are told before anything is computed
    files_at = {name: output_file(folder / name) for name in names.values()}
    place = output_file(target) if single else target
    _check(folder, target if single else None, [*names.values()], force=force)
    rows = rows_of(snapshot, now, on)
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, dict[str, Any]] = {}
    if single:
        data = _sqlite(rows, place)
        facts = {"format": "sqlite", "bytes": len(data), "hash": _hash(data)}
        files = {table: {"path": target.name, "table": table, **facts} for table in TABLES}
    else:
        for table in TABLES:
            data = write(table, rows[table])
            put(files_at[names[table]], data)
            files[table] = {
                "path": names[table],
                "format": form,
                "bytes": len(data),
                "hash": _hash(data),
            }
    about = {
        "madeBy": _MADE_BY,
        "version": snapshot.version,
        "digest": snapshot.digest,
        "created": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "on": on.isoformat() if on else None,
        "origin": snapshot.origin,
    }
    text = json.dumps(described(files, about), ensure_ascii=False, indent=2) + "\n"
    put(files_at[names["dictionary"]], text.encode())
    return {table: len(found) for table, found in rows.items()}


def arrow(part: str | None = None) -> ModuleType:
    """The library of Arrow tables, or a part of it.

    Raises:
        UsageError: If it is not installed; the text says how to have it.
        MemoryError: If this process may not take as much as it needs.
    """
    require_memory(384)
    try:
        return import_module("pyarrow" + (f".{part}" if part else ""))
    except ModuleNotFoundError:
        raise UsageError(
            "this needs the library pyarrow, which is an extra: pip install 'regstatus[screen]'"
        ) from None


def arrow_table(table: str, rows: list[Any]) -> Any:
    """Rows of one of our tables as an Arrow table, each column of its own type."""
    pa = arrow()
    kinds = {
        "string": pa.string(),
        "integer": pa.int64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "datetime": pa.timestamp("s", tz="UTC"),
    }
    read: dict[str, Callable[[str], Any]] = {"date": date.fromisoformat, "datetime": moment}
    columns, fields = [], []
    for column in TABLES[table][0]:
        values = [row[column.name] for row in rows]
        if convert := read.get(column.type):
            values = [None if value is None else convert(value) for value in values]
        columns.append(pa.array(values, kinds[column.type]))
        fields.append(
            pa.field(column.name, kinds[column.type], metadata={"description": column.says})
        )
    return pa.Table.from_arrays(columns, schema=pa.schema(fields))


def _csv(table: str, rows: list[Any]) -> bytes:
    names = [column.name for column in TABLES[table][0]]
    return csv_lines(names, ([row[name] for name in names] for row in rows)).encode()


def _ndjson(table: str, rows: list[Any]) -> bytes:
    names = [column.name for column in TABLES[table][0]]
    lines = (
        json.dumps({n: row[n] for n in names}, ensure_ascii=False, separators=(",", ":"))
        for row in rows
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _parquet(table: str, rows: list[Any]) -> bytes:
    from io import BytesIO

    out = BytesIO()
    arrow("parquet").write_table(arrow_table(table, rows), out, compression="zstd")
    return out.getvalue()


def _sqlite(rows: Rows, target: Path) -> bytes:
    fresh = target.with_name(f"{TEMPORARY}{target.name}")
    try:
        fresh.unlink(missing_ok=True)
        with closing(sqlite3.connect(fresh)) as database, database:
            database.execute(f"PRAGMA application_id = {_SQLITE_ID}")
            for table, (columns, key, _) in TABLES.items():
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
        data = fresh.read_bytes()
        put(target, data)
    except sqlite3.OperationalError as error:
        raise OSError(f"{target} cannot be written: {error}") from None
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return data


_WRITERS: dict[str, Callable[[str, list[Any]], bytes]] = {
    "csv": _csv,
    "ndjson": _ndjson,
    "parquet": _parquet,
    "sqlite": lambda *_: b"",
}


def _places(form: str, target: Path) -> tuple[Path, dict[str, str]]:
    """The folder, and the name of each file in it."""
    if form == "sqlite":
        if target.is_dir():
            raise UsageError(
                f"{target} is a folder; sqlite is one file: {target / 'regstatus.sqlite'}"
            )
        return target.parent, {"dictionary": f"{target.stem}.{DICTIONARY}"}
    if target.suffix == f".{form}" or (target.exists() and not target.is_dir()):
        raise UsageError(
            f"{target}: {form} is a folder with a file for each table; name a folder "
            f"such as {target.with_suffix('')}"
        )
    return target, {"dictionary": DICTIONARY, **{table: f"{table}.{form}" for table in TABLES}}


def _check(folder: Path, single: Path | None, names: list[str], *, force: bool) -> None:
    """See that nothing of somebody else's is in the way."""
    if force:
        return
    ours: set[str] = set()
    for name in (name for name in names if name.endswith(DICTIONARY)):
        with suppress(OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            told = json.loads((folder / name).read_bytes())
            if told["madeBy"] == _MADE_BY:
                ours = {name, *(item["path"] for item in told["resources"])}
    wanted = [folder / name for name in names] + ([single] if single else [])
    foreign = [path for path in wanted if path.exists() and path.name not in ours]
    if single and foreign == [single] and _is_ours(single):
        return
    if foreign:
        raise UsageError(
            f"{foreign[0]} is there already, and no dictionary of an export beside it names it; "
            "choose another place, or say --force"
        )


def _is_ours(file: Path) -> bool:
    """Whether a SQLite file has our mark; it stands at a fixed place in the header."""
    with suppress(OSError), file.open("rb") as opened:
        head = opened.read(72)
        return head.startswith(b"SQLite format 3\0") and head[68:] == _SQLITE_ID.to_bytes(4, "big")
    return False


def _hash(data: bytes) -> str:
    return f"sha256:{sha256(data).hexdigest()}"
