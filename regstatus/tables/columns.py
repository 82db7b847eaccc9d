"""Dictionary: what the columns of the exported tables mean, as `columns.toml` has them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from regstatus.catalog.places import LEVELS
from regstatus.model.law import FreshnessState, Grade, Permission, Status, Substance
from regstatus.query.column import Column

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = ["TABLES", "Column", "described"]

_WORDS = {
    "levels": LEVELS,
    "substances": Substance,
    "statuses": Status,
    "permissions": Permission,
    "grades": Grade,
    "freshness": FreshnessState,
    None: (),
}


def _read() -> dict[str, tuple[tuple[Column, ...], tuple[str, ...], str]]:
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        name: (
            tuple(
                Column(**{**column, "words": _WORDS[column.get("words")]})
                for column in table["columns"]
            ),
            tuple(table["key"]),
            table["says"],
        )
        for name, table in told.items()
    }


TABLES = _read()
"""For each table its columns, its primary key, and what it holds."""


def described(files: Mapping[str, Mapping[str, Any]], about: Mapping[str, Any]) -> dict[str, Any]:
    """The data dictionary: a Frictionless data package with a table schema for each table.

    Args:
        files: By table: `path`, `format`, `bytes` and `hash` of its file.
        about: What stands at the head: version, digest, day.
    """
    return {
        "profile": "tabular-data-package",
        "name": "regstatus",
        **about,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table,
                "description": says,
                **files[table],
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
