"""Citations: the instruments that a record's law rests on, and the words that were read of them."""

from __future__ import annotations

from regstatus.model.canonical import whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from regstatus.model import shapes

CONTROL_RULE = "positive control"
"""Names the rule of words that prove that the real text was had, which names no kratom."""


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
        "url": entry["url"] or _shown(document["url"] if document else None),
        "type": entry["type"],
        "effective": entry["effective"],
        "title": entry["title"],
        "until": entry["until"],
        "url_basis": entry["url_basis"] or (document["url_basis"] if document else None),
        "jurisdiction": record["id"],
    }


def quotations(
    record: shapes.RecordData,
    instruments: Iterable[str],
    clocks: Mapping[str, Mapping[str, Any]],
    most: int | None = 3,
) -> list[shapes.EvidenceData]:
    """What the machine read, with times and digests; then the words that people recorded.

    Of each document `most` quotations are given, or all; recorded words of these instruments alone.
    """
    found: list[shapes.EvidenceData] = []
    for name, document in record["documents"].items():
        clock = clocks.get(f"{record['id']}:{name}", {})
        found.extend(
            {
                "quote": place["quote"],
                "url": clock.get("via_copy") or document["url"],
                "retrieved_at": clock.get("last_ok"),
                "archived_at": clock.get("archived_at"),
                "sha256": clock.get("sha256"),
                "document": name,
                "place": " > ".join(place["headings"]) or None,
                "rule": place["rule"],
                "read_at": None,
                "jurisdiction": record["id"],
            }
            for place in _places(document["finding"])[:most]
        )
    found.extend(
        {
            "quote": entry["quote"],
            "url": document_of(record, entry["document"])["url"],
            "retrieved_at": None,
            "archived_at": None,
            "sha256": entry["sha256"],
            "document": entry["document"],
            "place": None,
            "rule": f"attested by {entry['by']} for {entry['day']}",
            "read_at": entry["at"],
            "jurisdiction": record["id"],
        }
        for entry in record["attestations"]
    )
    # Words that speak of kratom come before those that only prove a list complete.
    found.sort(key=lambda item: item["rule"] == CONTROL_RULE)
    for name in instruments:
        entry = record["instruments"].get(name)
        if entry and entry["quote"]:
            found.append(
                {
                    "quote": entry["quote"],
                    "url": citation(record, name)["url"],
                    "retrieved_at": None,
                    "archived_at": None,
                    "sha256": None,
                    "document": entry["document"],
                    "place": None,
                    "rule": "recorded by people",
                    "read_at": entry["quote_from"] or entry["url"],
                    "jurisdiction": record["id"],
                }
            )
    return found


def _shown(url: str | None) -> str | None:
    """An address where a person finds the law: no front page, no interface, none that needs a key."""
    host, _, path = (url or "").partition("://")[2].partition("/")
    interface = host.startswith("api.") or "/api/" in f"/{path}" or path.endswith(".json")
    return url if path and not interface and not {"{", "$"} & set(path) else None


def _places(finding: shapes.FindingData | None) -> list[shapes.PlaceData]:
    """Where a finding's claims rest, the weightiest first; the controls where it is silent."""
    if finding is None:
        return []
    mentions = finding["mentions"]

    def named(*contexts: str) -> list[shapes.PlaceData]:
        return [item["place"] for item in mentions if item["context"] in contexts]

    facts = (finding["minimum_age"], *finding["caps"], *finding["prohibitions"])
    places = [
        *named("listed", "excluded"),
        *(fact["place"] for fact in facts if fact),
        *named("defined"),
        *named("mentioned"),
    ]
    words = (*finding["phrases"], *(() if places else finding["controls"]))
    places.extend(
        {"quote": quote, "headings": [], "anchor": None, "rule": CONTROL_RULE}
        for item in words
        if item["found"] and (quote := item["quote"])
    )
    unique: dict[str, shapes.PlaceData] = {}
    for place in places:
        unique.setdefault(place["quote"], place)
    return list(unique.values())
