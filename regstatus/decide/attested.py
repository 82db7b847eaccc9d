"""Attested: which grades of a record rest on an official text that a person read, as of which day."""

from __future__ import annotations

from regstatus.model.law import Grade

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from regstatus.model import shapes


def carried(
    record: shapes.RecordData, entry: shapes.AttestationData, least: Grade = Grade.OFFICIAL_NOTICE
) -> list[str]:
    """The substances that an attested document settles, and whose grade on its day is so high."""
    document = record["documents"].get(entry["document"])
    settled = document["settles"] if document and entry["kind"] != "excerpt" else ()
    for period in record["timeline"]:
        if (period["from"] or "") <= entry["day"] < (period["until"] or "9999"):
            grades = period["grades"]
            return [name for name in settled if Grade(grades[name]).rank >= least.rank]
    return []


def places(records: Iterable[shapes.RecordData], least: Grade = Grade.OFFICIAL_TEXT) -> list[str]:
    """The ids of the places of which something rests on an official text, as of a stated day."""
    return [
        record["id"]
        for record in records
        if any(carried(record, entry, least) for entry in record["attestations"])
    ]
