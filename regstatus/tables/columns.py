"""Dictionary: what the columns of the exported tables mean; `docs/export.md` says the same."""

from __future__ import annotations

from regstatus.catalog.places import LEVELS
from regstatus.model.law import Activity, FreshnessState, Grade, Permission, Status, Substance
from regstatus.query.column import Column, must

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = ["TABLES", "Column", "described"]


_VERSION = (
    must("version", "string", "id of the version that answers"),
    must("digest", "string", "SHA-256 of that version's `snapshot.json`"),
)

_STATUS = (
    must("id", "string", "id of the place"),
    must("name", "string", "its English name"),
    must("level", "string", "what kind of place it is", LEVELS),
    Column("parent", "string", "id of the place above it"),
    must("substance", "string", "what the row is about", Substance),
    must("from", "date", "first day of the period; 0001-01-01 where the beginning is open"),
    must("until", "date", "first day after the period; 9999-12-31 where the end is open"),
    must("status", "string", "the strictest status of the layers", Status),
    Column("since", "date", "first day of the unbroken status, if it is known"),
    *(
        must(f"may_{word}", "string", f"whether one may {word}; `unknown` is no yes", Permission)
        for word in Activity
    ),
    Column("minimum_age", "integer", "the highest age limit of sale of the layers, in years"),
    Column("seven_oh_cap", "string", "7-OH limit of the nearest layer that has one"),
    Column("duties", "string", "duties that some layer lays down, joined by `; `"),
    Column("limits", "string", "what else the layers limit, joined by `; `"),
    Column("schedule", "string", "the schedule or list, where the substance is banned"),
    must("grade", "string", "how well the status is known", Grade),
    Column("by", "string", "id of the layer that sets the status; empty if none does"),
    must(
        "stricter_below",
        "integer",
        "how many places within this one have a stricter status; "
        "`unknown` is stricter than `unregulated` and `age_restricted`",
    ),
    must("review", "integer", "how many contradictions wait for a person, in all layers"),
    must("freshness", "string", "the worst of the layers when this was written", FreshnessState),
    Column("verified_at", "datetime", "when the place's own record was last proven"),
    Column(
        "stale_from",
        "date",
        "first day (UTC) on which the row is not to be trusted any more, unless it is proven "
        "again; empty where the place has no record, which was never to be trusted",
    ),
    must("reason", "string", "the status in one or two sentences"),
    Column("citation", "string", "the law of the governing layer, joined by `; `"),
    *_VERSION,
)

_JURISDICTIONS = (
    must("id", "string", "id of the place"),
    must("name", "string", "its English name"),
    must("level", "string", "what kind of place it is", LEVELS),
    Column("parent", "string", "id of the place above it"),
    Column("ocd_id", "string", "Open Civic Data division id"),
    Column("alpha2", "string", "ISO 3166-1 code of two letters"),
    Column("alpha3", "string", "ISO 3166-1 code of three letters"),
    Column("numeric", "string", "ISO 3166-1 code of three digits"),
    must("recorded", "boolean", "whether it has a record; without one its status is `unknown`"),
    Column("attested", "date", "the day up to which people attest its law"),
    Column("attested_by", "string", "who does"),
    Column("stale_after_days", "integer", "how long a verification lasts, in days"),
    *_VERSION,
)

_DOCUMENTS = (
    must("key", "string", "the document, as in the ledger: `US-TX:hs-444`"),
    must("jurisdiction", "string", "id of the place whose record rests on it"),
    must("title", "string", "its title"),
    must("publisher", "string", "who publishes it"),
    must("reads", "string", "what kind of document it is"),
    must("url", "string", "its official address"),
    must("url_basis", "string", "how the address is known"),
    must("outcome", "string", "what came of the last fetch"),
    Column("problem", "string", "what went wrong, in words"),
    Column("last_fetched", "datetime", "when it was last asked for"),
    Column("last_ok", "datetime", "when it was last read"),
    Column("verified_at", "datetime", "when it last confirmed the record"),
    Column("verdict", "string", "what the last reading did to the record"),
    must("failures", "integer", "failures in a row"),
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
                    "fields": [{"name": column.name, **column.described()} for column in columns],
                    "primaryKey": list(key),
                    "missingValues": [""],
                },
            }
            for table, (columns, key, says) in TABLES.items()
        ],
    }
