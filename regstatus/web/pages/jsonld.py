"""What search engines read in pages: the data as a `Dataset`, laws as `Legislation`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regstatus.model.law import FreshnessState, Grade
from regstatus.query.answer import DISCLAIMER
from regstatus.query.formats import served
from regstatus.web.edition import Edition
from regstatus.web.links import outward, seen_from

if TYPE_CHECKING:
    from regstatus.model.shapes import AnswerData, CitationData

__all__ = ["ABOUT", "KEYWORDS", "LICENCE", "TITLE", "dataset", "legislation"]

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TITLE = "The legal status of kratom in the jurisdictions of the world"
ABOUT = (
    "For each place and day, the legal status of kratom leaf, mitragynine, 7-hydroxymitragynine "
    "and other derivatives, with the law it rests on, how well it is known, and whether the "
    f"record is still proven by the official text. «unknown» is never permission. {DISCLAIMER}"
)
KEYWORDS = ["kratom", "mitragynine", "7-hydroxymitragynine", "law", "legal status"]


def dataset(edition: Edition, base: str | None) -> dict[str, Any]:
    """The data as a schema.org `Dataset`, for the first page.

    Give it to a page by the filter `tojson`, which no text in it can break out of.
    """
    snapshot = edition.snapshot
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": TITLE,
        "description": ABOUT,
        "version": snapshot.version,
        "identifier": f"sha256:{snapshot.digest}",
        "datePublished": snapshot.created,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "keywords": KEYWORDS,
        "spatialCoverage": "World",
        "creator": {"@type": "Organization", "name": "regstatus contributors"},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media.partition(";")[0],
                "contentUrl": seen_from("", f"v1/status.{form}", base),
            }
            for form, media in served().items()
        ],
    }
    if edition.days:
        made["temporalCoverage"] = f"{edition.days[0]}/{edition.days[-1]}"
    if base:
        made["url"] = base
    return made


_READ = frozenset({str(Grade.OFFICIAL_TEXT), str(Grade.OFFICIAL_NOTICE)})
"""Grades of what was read at an official place; what others say is no proof of force."""
_NOT_LAW = frozenset({"notice"})
"""An agency's words are no legislation; nothing is said of their force."""


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
    law = item["type"] not in _NOT_LAW
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
