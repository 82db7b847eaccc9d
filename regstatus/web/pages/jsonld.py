"""What search engines read in the page of a place: laws as `Legislation`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regstatus.model.law import FreshnessState, Grade
from regstatus.web.links import outward

if TYPE_CHECKING:
    from regstatus.model.shapes import AnswerData, CitationData

_READ = frozenset({str(Grade.OFFICIAL_TEXT), str(Grade.OFFICIAL_NOTICE)})
"""Grades of what was read at an official place; what others say is no proof of force."""


def legislation(answer: AnswerData) -> dict[str, Any] | None:
    """The laws that an answer rests on, as schema.org `Legislation`; None where it cites none.

    No claim goes beyond the record. The day of force is `temporalCoverage`, for schema.org's
    `legislationDate` is the day of adoption. Whether a law is in force is said only where its
    first day is recorded, an official text or notice says so, and the record is not stale; an
    address only where it was seen to lead there.
    """
    layers = {layer["id"]: layer for layer in answer["layers"]}
    names = {key: layer["name"] for key, layer in layers.items()}
    fresh = answer["freshness"]["state"] != FreshnessState.STALE
    told = {item["grade"] for item in answer["details"].values() if item["status"] != "unknown"}
    told.add(answer["grade"])
    graph = []
    for item in answer["citations"]:
        # It is not told which substance a law is about: the weakest grade counts for all.
        read = fresh and {*told, layers[item["jurisdiction"]]["grade"]} <= _READ
        graph.append(_law(item, names, answer["on"], read=read))
    return {"@context": "https://schema.org", "@graph": graph} if graph else None


def _law(item: CitationData, names: dict[str, str], on: str, *, read: bool) -> dict[str, Any]:
    law = item["type"] != "notice"  # an agency's words; nothing is said of their force
    made: dict[str, Any] = {"@type": "Legislation" if law else "CreativeWork"}
    made["name"] = item["title"] or item["text"]
    effective, until = item["effective"], item["until"]
    if law:
        made["legislationIdentifier"] = item["text"]
        made["legislationType"] = item["type"]
        made["legislationJurisdiction"] = {
            "@type": "AdministrativeArea",
            "name": names.get(item["jurisdiction"], item["jurisdiction"]),
            "identifier": item["jurisdiction"],
        }
        if effective:
            made["temporalCoverage"] = f"{effective}/{until or '..'}"
        if read and (force := _force(effective, until, on)):
            made["legislationLegalForce"] = f"https://schema.org/{force}"
    else:
        made["identifier"] = item["text"]
    if item["url_basis"] == "seen" and (url := outward(item["url"])):
        made["url"] = url
    return made


def _force(effective: str | None, until: str | None, on: str) -> str | None:
    """Whether a law is in force on a day, by its recorded days; None where they do not say."""
    if until and until <= on:
        return "NotInForce"
    if effective is None:
        return None
    return "InForce" if effective <= on else "NotInForce"
