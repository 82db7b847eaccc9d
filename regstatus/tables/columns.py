"""Dictionary: what the columns of the exported tables mean; `docs/export.md` says the same."""

from __future__ import annotations

from dataclasses import dataclass

from regstatus.catalog.places import LEVELS
from regstatus.model.words import Activity, FreshnessState, Grade, Permission, Status, Substance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

__all__ = ["TABLES", "Column", "described"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: Its name.
        type: `string`, `integer`, `boolean`, `date` or `datetime` (UTC), as Frictionless has them.
        says: What it means; also the line of `docs/export.md`.
        words: The words it is limited to, if it is.
        required: Whether it is never empty.
    """

    name: str
    type: str
    says: str
    words: tuple[str, ...] = ()
    required: bool = False


def _must(name: str, kind: str, says: str, words: Iterable[str] = ()) -> Column:
    return Column(name, kind, says, tuple(map(str, words)), required=True)


_VERSION = (
    _must("version", "string", "id of the version that answers"),
    _must("digest", "string", "SHA-256 of that version's `snapshot.json`"),
)

_STATUS = (
    _must("id", "string", "id of the place"),
    _must("name", "string", "its English name"),
    _must("level", "string", "what kind of place it is", LEVELS),
    Column("parent", "string", "id of the place above it"),
    _must("substance", "string", "what the row is about", Substance),
    _must("from", "date", "first day of the period; 0001-01-01 where the beginning is open"),
    _must("until", "date", "first day after the period; 9999-12-31 where the end is open"),
    _must("status", "string", "the strictest status of the layers", Status),
    Column("since", "date", "first day of the unbroken status, if it is known"),
    *(
        _must(f"may_{word}", "string", f"whether one may {word}; `unknown` is no yes", Permission)
        for word in Activity
    ),
    Column("minimum_age", "integer", "the highest age limit of sale of the layers, in years"),
    Column("seven_oh_cap", "string", "7-OH limit of the nearest layer that has one"),
    Column("duties", "string", "duties that some layer lays down, joined by `; `"),
    Column("limits", "string", "what else the layers limit, joined by `; `"),
    Column("schedule", "string", "the schedule or list, where the substance is banned"),
    _must("grade", "string", "how well the status is known", Grade),
    Column("by", "string", "id of the layer that sets the status; empty if none does"),
    _must(
        "stricter_below",
        "integer",
        "how many places within this one have a stricter status; "
        "`unknown` is stricter than `unregulated` and `age_restricted`",
    ),
    _must("review", "integer", "how many contradictions wait for a person, in all layers"),
    _must("freshness", "string", "the worst of the layers when this was written", FreshnessState),
    Column("verified_at", "datetime", "when the place's own record was last proven"),
    Column(
        "stale_from",
        "date",
        "first day (UTC) on which the row is not to be trusted any more, unless it is proven "
        "again; empty where the place has no record, which was never to be trusted",
    ),
    _must("reason", "string", "the status in one or two sentences"),
    Column("citation", "string", "the law of the governing layer, joined by `; `"),
    *_VERSION,
)

_JURISDICTIONS = (
    _must("id", "string", "id of the place"),
    _must("name", "string", "its English name"),
    _must("level", "string", "what kind of place it is", LEVELS),
    Column("parent", "string", "id of the place above it"),
    Column("ocd_id", "string", "Open Civic Data division id"),
    Column("alpha2", "string", "ISO 3166-1 code of two letters"),
    Column("alpha3", "string", "ISO 3166-1 code of three letters"),
    Column("numeric", "string", "ISO 3166-1 code of three digits"),
    _must("recorded", "boolean", "whether it has a record; without one its status is `unknown`"),
    Column("attested", "date", "the day up to which people attest its law"),
    Column("attested_by", "string", "who does"),
    Column("stale_after_days", "integer", "how long a verification lasts, in days"),
    *_VERSION,
)

_DOCUMENTS = (
    _must("key", "string", "the document, as in the ledger: `US-TX:hs-444`"),
    _must("jurisdiction", "string", "id of the place whose record rests on it"),
    _must("title", "string", "its title"),
    _must("publisher", "string", "who publishes it"),
    _must("reads", "string", "what kind of document it is"),
    _must("url", "string", "its official address"),
    _must("url_basis", "string", "how the address is known"),
    _must("outcome", "string", "what came of the last fetch"),
    Column("problem", "string", "what went wrong, in words"),
    Column("last_fetched", "datetime", "when it was last asked for"),
    Column("last_ok", "datetime", "when it was last read"),
    Column("verified_at", "datetime", "when it last confirmed the record"),
    Column("verdict", "string", "what the last reading did to the record"),
    _must("failures", "integer", "failures in a row"),
    Column("failing_since", "datetime", "since when"),
    Column("sha256", "string", "digest of the bytes that were read"),
    *_VERSION,
)

TABLES: dict[str, tuple[tuple[Column, ...], tuple[str, ...], str]] = {
    "status": (
        _STATUS,
        ("id", "substance", "from"),
        "One row for each place, substance and period of law, half-open: [from, until).",
    ),
    "jurisdictions": (_JURISDICTIONS, ("id",), "Every place that can be asked for."),
    "documents": (_DOCUMENTS, ("key",), "The official documents, and when they were read."),
}
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
                    "fields": [_field(column) for column in columns],
                    "primaryKey": list(key),
                    "missingValues": [""],
                },
            }
            for table, (columns, key, says) in TABLES.items()
        ],
    }


def _field(column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if column.words:
        limits["enum"] = list(column.words)
    flags = {"trueValues": ["yes", "true"], "falseValues": ["no", "false"]}
    return {
        "name": column.name,
        "type": column.type,
        "description": column.says,
        **(flags if column.type == "boolean" else {}),
        **({"constraints": limits} if limits else {}),
    }
