"""Export: the tables of one version as files that spreadsheets, databases and warehouses read.

Every file is written beside its place and put there in one step, the dictionary
last. What somebody else wrote is never overwritten unasked.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path

from regstatus.base.errors import UsageError
from regstatus.query.formats import FORMS, SQLITE_ID
from regstatus.store.atomic import output_file, put
from regstatus.tables.columns import TABLES, described
from regstatus.tables.rows import rows_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from regstatus.store.reader import Snapshot

    Rows = dict[str, list[Any]]

__all__ = ["DICTIONARY", "export"]

DICTIONARY = "dictionary.json"
"""The data dictionary's name; it also marks a folder's files as ours."""

_MADE_BY = "regstatus export"


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
    made = FORMS[form]
    single = made.single
    folder, names = _places(form, target)
    made.ready()  # missing libraries are told before anything is computed
    files_at = {name: output_file(folder / name) for name in names.values()}
    place = output_file(target) if single else target
    _check(folder, target if single else None, [*names.values()], force=force)
    rows = rows_of(snapshot, now, on)
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, dict[str, Any]] = {}
    if single:
        data = made.whole(TABLES, rows, place)
        put(place, data)
        facts = {"format": form, "bytes": len(data), "hash": _hash(data)}
        files = {table: {"path": target.name, "table": table, **facts} for table in TABLES}
    else:
        for table in TABLES:
            data = made.table(TABLES[table][0], rows[table])
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


def _places(form: str, target: Path) -> tuple[Path, dict[str, str]]:
    """The folder, and the name of each file in it."""
    if FORMS[form].single:
        if target.is_dir():
            raise UsageError(
                f"{target} is a folder; {form} is one file: {target / f'regstatus.{form}'}"
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
        return head.startswith(b"SQLite format 3\0") and head[68:] == SQLITE_ID.to_bytes(4, "big")
    return False


def _hash(data: bytes) -> str:
    return f"sha256:{sha256(data).hexdigest()}"
