"""Export: the tables of one version as files that spreadsheets, databases and warehouses read.

Every file is written beside its place and put there in one step, the dictionary
last. What somebody else wrote is never overwritten unasked.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from regstatus.base.errors import UsageError
from regstatus.query.formats import FORMS, SQLITE_ID
from regstatus.store.atomic import output_file, put
from regstatus.store.reader import Snapshot
from regstatus.tables.rows import TABLES, rows_of

DICTIONARY = "dictionary.json"
"""The data dictionary's name; it also marks a folder's files as ours."""

MADE_BY = "regstatus export"


def export(
    snapshot: Snapshot,
    form: str,
    target: Path,
    *,
    now: datetime,
    on: date | None = None,
    force: bool = False,
) -> dict[str, int]:
    """Write all tables and their dictionary: a Frictionless data package with a schema for each.

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
    made = FORMS[form]
    folder, names = _places(form, target)
    made.ready()  # missing libraries are told before anything is computed
    files_at = {name: output_file(folder / name) for name in names.values()}
    if not force:
        see_that_free(folder, names.values(), single=made.single)
    rows = rows_of(snapshot, now, on)
    folder.mkdir(parents=True, exist_ok=True)
    data = (
        dict.fromkeys(TABLES, made.whole(TABLES, rows))
        if made.single
        else {table: made.table(TABLES[table][0], rows[table]) for table in TABLES}
    )
    for name, held in {names[table]: data[table] for table in TABLES}.items():
        put(files_at[name], held)
    dictionary = {
        "profile": "tabular-data-package",
        "name": "regstatus",
        "madeBy": MADE_BY,
        "version": snapshot.version,
        "digest": snapshot.digest,
        "created": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "on": on.isoformat() if on else None,
        "origin": snapshot.origin,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table,
                "description": says,
                "path": names[table],
                **({"table": table} if made.single else {}),
                "format": form,
                "bytes": len(data[table]),
                "hash": f"sha256:{sha256(data[table]).hexdigest()}",
                "encoding": "utf-8",
                "schema": {
                    "fields": [{"name": column.name, **column.described()} for column in columns],
                    "primaryKey": list(key),
                    "missingValues": [""],
                },
            }
            for table, (columns, key, says) in TABLES.items()
        ],
    }
    text = json.dumps(dictionary, ensure_ascii=False, indent=2) + "\n"
    put(files_at[names["dictionary"]], text.encode())
    return {table: len(found) for table, found in rows.items()}


def _places(form: str, target: Path) -> tuple[Path, dict[str, str]]:
    """The folder, and the name of each file in it."""
    if FORMS[form].single:
        if target.is_dir():
            raise UsageError(
                f"{target} is a folder; {form} is one file: {target / f'regstatus.{form}'}"
            )
        dictionary = f"{target.stem}.{DICTIONARY}"
        return target.parent, {"dictionary": dictionary, **dict.fromkeys(TABLES, target.name)}
    if target.suffix == f".{form}" or (target.exists() and not target.is_dir()):
        raise UsageError(
            f"{target}: {form} is a folder with a file for each table; name a folder "
            f"such as {target.with_suffix('')}"
        )
    return target, {"dictionary": DICTIONARY, **{table: f"{table}.{form}" for table in TABLES}}


def see_that_free(folder: Path, names: Iterable[str], *, single: bool = False) -> None:
    """See that nothing of somebody else's is in the way."""
    ours: set[str] = set()
    for name in (name for name in names if name.endswith(".json")):
        with suppress(OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            told = json.loads((folder / name).read_bytes())
            if told["madeBy"] == MADE_BY:
                ours = {name, *(item["path"] for item in told["resources"])}
    foreign = [
        path
        for path in map(folder.joinpath, names)
        if path.exists() and path.name not in ours and not (single and _is_ours(path))
    ]
    if foreign:
        raise UsageError(
            f"{foreign[0]} is there already, and no dictionary of an export beside it names it; "
            "choose another place, or say --force"
        )


def _is_ours(file: Path) -> bool:
    """Whether a SQLite file has our mark; it stands at a fixed place in the header."""
    with suppress(OSError), file.open("rb") as opened:
        head = opened.read(72)
        return head.startswith(b"SQLite format 3\0") and head[68:] == SQLITE_ID.to_bytes(4, "big")
    return False
