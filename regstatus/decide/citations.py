"""Citations: the instruments that a record's law rests on."""

from __future__ import annotations

from regstatus.base.front_page import for_readers
from regstatus.model.canonical import whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from regstatus.model import shapes


def document_of(record: shapes.RecordData, name: str) -> shapes.ReadingData:
    """A document of a record; one that another release left out has its name alone."""
    return record["documents"].get(name) or whole({"title": name, "url": ""}, "ReadingData", name)


def instruments_on(record: shapes.RecordData, names: Iterable[str], on: str) -> list[str]:
    """The instruments that were there on a day: a period may rest on one that came later, or has gone."""
    known = record["instruments"]
    return [
        name
        for name in names
        if (entry := known.get(name)) is None
        or (entry["effective"] or entry["enacted"] or "") <= on < (entry["until"] or "9999")
    ]


def where_read(record: shapes.RecordData, name: str) -> str | None:
    """Where a person finds the text of a document: at its address, or that of what it carries."""
    carried = [one["url"] for one in record["instruments"].values() if one["document"] == name]
    return next(filter(None, map(for_readers, (document_of(record, name)["url"], *carried))), None)


def citation(record: shapes.RecordData, name: str) -> shapes.CitationData:
    """An instrument, or a document that is cited in place of one."""
    if entry := record["instruments"].get(name):
        document = record["documents"].get(entry["document"] or "")
    else:
        document = document_of(record, name)
        known = {"citation": document["title"], "title": document["title"]}
        entry = whole({"id": name, "type": document["reads"], **known}, "InstrumentData", name)
    return {
        "text": entry["citation"],
        "url": for_readers(entry["url"]) or for_readers(document["url"] if document else None),
        "type": entry["type"],
        "effective": entry["effective"],
        "title": entry["title"],
        "until": entry["until"],
        "url_basis": entry["url_basis"] or (document["url_basis"] if document else None),
        "jurisdiction": record["id"],
    }
