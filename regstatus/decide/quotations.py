"""Quotations: the words of the law of a day, each with where it was really read."""

from __future__ import annotations

from regstatus.base.front_page import keyless
from regstatus.decide.citations import citation, document_of, instruments_on, where_read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from regstatus.decide.layer import Layer
    from regstatus.model import shapes

CONTROL_RULE = "positive control"
"""Names the rule of words that prove that the real text was had, which names no kratom."""
SAYS = "it says"
"""Said of words that were read in the official text of a law, and of no others."""
SILENT = "it is silent"
"""Said of a list without a name of kratom, by the words that prove that it is the list."""

_WHERE = ("retrieved_at", "archived_at", "copy_at", "sha256", "place", "read_at")


def origin(item: Mapping[str, Any]) -> str:
    """Where the words of a piece of evidence were read: every door says it in these words."""
    where = f"a copy: {item['copy_at']}" if item["copy_at"] else "the official text"
    return f"{'an agency’s notice, ' if item['type'] == 'notice' else ''}read in {where}"


def says(item: Mapping[str, Any]) -> str:
    """Who speaks: the law itself only where its words were read in the official text."""
    if CONTROL_RULE in item["rule"]:
        return SILENT
    speaker = "notice" if item["type"] == "notice" else "copy" if item["copy_at"] else ""
    return f"a {speaker} says" if speaker else SAYS


def quotations(
    layer: Layer, clocks: Mapping[str, Mapping[str, Any]], most: int | None = 3
) -> list[shapes.EvidenceData]:
    """What was read of the law of the layer's day, by machine or people.

    Of each document `most` passages that the machine read are given, or all.
    """
    if layer.fact("instruments") is None:
        return []  # no period speaks of the day
    found = [*_read(layer, clocks, most), *_recorded(layer), *_attested(layer)]
    # First what speaks of kratom, and of that the official text; what proves a list complete is last.
    found.sort(key=lambda item: (CONTROL_RULE in item["rule"], bool(item["copy_at"])))
    return [
        item
        for n, item in enumerate(found)
        if item["retrieved_at"] or not any(_alike(item, other) for other in found[:n])
    ]


def _alike(one: shapes.EvidenceData, other: shapes.EvidenceData) -> bool:
    """Whether two quotations of a document are one: what is attested is often longer than is quoted."""
    words, others = one["quote"], other["quote"]
    return one["document"] == other["document"] and (words in others or others in words)


def _read(
    layer: Layer, clocks: Mapping[str, Mapping[str, Any]], most: int | None
) -> Iterator[shapes.EvidenceData]:
    for name, document in layer.record["documents"].items():
        clock = clocks.get(f"{layer.id}:{name}", {})
        archived, read_at = clock.get("archived_at"), clock.get("last_ok")
        url = clock.get("via_copy") or keyless(document["url"])
        for place in _places(document["finding"])[:most]:
            silent = place["rule"] == CONTROL_RULE
            if _of_the_day(layer, name, silent=silent, read_on=(archived or read_at or "")[:10]):
                item = _evidence(layer, name, place["quote"], place["rule"], url)
                item.update({"retrieved_at": read_at, "archived_at": archived})
                item["sha256"] = clock.get("sha256")
                item["copy_at"] = url if archived else None
                item["place"] = " > ".join(place["headings"]) or None
                yield item


def _attested(layer: Layer) -> Iterator[shapes.EvidenceData]:
    for entry in layer.record["attestations"]:
        silent = set(entry["says"].values()) == {"silent"}
        if _of_the_day(layer, entry["document"], silent=silent, read_on=entry["day"]):
            item = _evidence(layer, entry["document"], entry["quote"], "")
            item["url"] = where_read(layer.record, entry["document"])
            item.update(_proof(entry))
            item["rule"] += f", {CONTROL_RULE}" if silent else ""
            yield item


def _recorded(layer: Layer) -> Iterator[shapes.EvidenceData]:
    """What people quote of the instruments of the day: from a copy, or from what was attested."""
    attested = sorted(layer.record["attestations"], key=lambda entry: entry["kind"] == "original")
    proofs = {entry["document"]: entry for entry in attested}
    for name in layer.instruments():
        entry = layer.record["instruments"].get(name)
        proof = proofs.get(entry["document"] or "") if entry else None
        # Words of which nobody says where they were read are not shown.
        if entry and entry["quote"] and (entry["quote_from"] or proof):
            law = citation(layer.record, name)
            item = _evidence(layer, entry["document"], entry["quote"], "recorded by people")
            item.update({"url": law["url"], "type": law["type"], "place": law["text"]})
            at = entry["quote_from"]
            item.update({"read_at": at, "copy_at": at} if at or not proof else _proof(proof))
            yield item


def _evidence(
    layer: Layer, document: str | None, quote: str, rule: str, url: str | None = None
) -> shapes.EvidenceData:
    known = document_of(layer.record, document or "")
    made: Any = dict.fromkeys(_WHERE)
    made.update(quote=quote, rule=rule, url=url or keyless(known["url"]), document=document)
    made.update(type=known["reads"], jurisdiction=layer.id)
    return made  # type: ignore[no-any-return]


def _proof(entry: shapes.AttestationData) -> Any:
    """Who attested a file that was had where; only the office's own is the official text itself."""
    return {
        "read_at": entry["at"],
        "copy_at": None if entry["kind"] == "original" else entry["at"],
        "sha256": entry["sha256"],
        "rule": f"attested by {entry['by']} for {entry['day']}",
    }


def _of_the_day(layer: Layer, document: str, *, silent: bool, read_on: str) -> bool:
    """Whether what was read of a document on a day, or now, is law on the layer's day.

    It is while an instrument in force rests on it that was law when it was read; what a silent
    list says, or one on which none rests, holds throughout the period of the reading.
    """
    known = layer.record["instruments"]
    resting = {name for name, entry in known.items() if entry["document"] == document}
    if resting and not silent:
        now = resting.intersection(layer.instruments())
        if read_on:
            dated = [n for n in now if known[n]["effective"] or known[n]["enacted"]]
            rested = layer.then(read_on).instruments()  # what has no day begins with its period
            now &= {*instruments_on(layer.record, dated, read_on), *rested}
        return bool(now)
    first, last = layer.fact("from") or "", layer.fact("until") or "9999"
    return not read_on or first <= read_on < last


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
