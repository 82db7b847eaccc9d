"""Linked: what machines find without being told where: data package, JSON-LD, site map, robots."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree as ET

from regstatus.base.errors import SnapshotError
from regstatus.model.words import FreshnessState, Grade, Outcome, Status, Substance
from regstatus.query.answer import DISCLAIMER
from regstatus.query.lists import LISTS
from regstatus.web.api import endpoints as api
from regstatus.web.edition import Edition
from regstatus.web.links import seen_from
from regstatus.web.pages.render import outward
from regstatus.web.xmltext import xml_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regstatus.web.website import Site

__all__ = ["LICENCE", "datapackage", "dataset", "legislation", "robots", "sitemap"]

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_TITLE = "The legal status of kratom in the jurisdictions of the world"
_ABOUT = (
    "For each place and day, the legal status of kratom leaf, mitragynine, 7-hydroxymitragynine "
    "and other derivatives, with the law it rests on, how well it is known, and whether the "
    f"record is still proven by the official text. «unknown» is never permission. {DISCLAIMER}"
)
_KEYWORDS = ["kratom", "mitragynine", "7-hydroxymitragynine", "law", "legal status"]

_TYPES: dict[str, dict[str, Any]] = {
    "minimum_age": {"type": "integer"},
    "records": {"type": "integer"},
    "changes": {"type": "integer"},
    "failures": {"type": "integer"},
    "since": {"type": "date"},
    "from": {"type": "date"},
    "law_date": {"type": "date"},
    "attested": {"type": "date"},
    "check_by": {"type": "date"},
    "created": {"type": "datetime"},
    "verified_at": {"type": "datetime"},
    "last_fetched": {"type": "datetime"},
    "freshness": {"type": "string", "constraints": {"enum": [*map(str, FreshnessState)]}},
    "state": {"type": "string", "constraints": {"enum": [*map(str, FreshnessState)]}},
    "grade": {"type": "string", "constraints": {"enum": [*map(str, Grade)]}},
    "status": {"type": "string", "constraints": {"enum": [*map(str, Status)]}},
    "url": {"type": "string", "format": "uri"},
    **{
        str(name): {"type": "string", "constraints": {"enum": [*map(str, Status)]}}
        for name in Substance
    },
}
"""The columns that are more than text; two lists never use one name in two senses."""

_KEYS = {"status": ["id"], "snapshots": ["id"], "stale": ["id"], "sources": ["key"]}
_TITLES = {
    "status": "Short answers for every place, for the day of this edition",
    "changes": "Typed events, oldest first",
    "upcoming": "Enacted changes still to come",
    "stale": "Records that are due or stale, and why",
    "snapshots": "Every version of the data",
    "sources": "Every watched document with its clocks",
}


def datapackage(edition: Edition) -> dict[str, Any]:
    """The data as a Frictionless Data Package, version 2.

    A file that cannot be proven by the index is left out: nothing is described that is not served.
    """
    snapshot = edition.snapshot
    resources = []
    for name in api.LISTS:
        for form, (suffix, media) in api.FORMS.items():
            if form == "json":  # a list inside an object; the two others are plain tables
                continue
            data = api.listed(edition, name, form)
            title = name if form == "csv" else f"{name}-{form}"
            resource = _resource(title, f"v1/{name}{suffix}", media, data)
            resource["title"] = _TITLES[name]
            if form == "csv":
                resource |= {"type": "table", "schema": _schema(name)}
            elif data:
                resource["schema"] = _loose(data)
            resources.append(resource)
    entry = edition.versions[-1]
    for file, media in api.VERSION_FILES.items():
        try:
            data = api.version_file(edition, entry, file)
        except SnapshotError:
            continue
        name = file.replace(".", "-")
        resources.append(_resource(name, f"v1/snapshots/{entry['id']}/{file}", media, data))
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "regstatus",
        "title": _TITLE,
        "description": _ABOUT,
        "version": snapshot.version,
        "created": snapshot.created,
        "licenses": [
            {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0", "path": LICENCE}
        ],
        "keywords": _KEYWORDS,
        "contributors": [{"title": "regstatus contributors", "roles": ["creator"]}],
        "resources": resources,
    }


def _resource(name: str, path: str, media: str, data: bytes) -> dict[str, Any]:
    return {
        "name": name,
        "path": path,
        "format": path.rpartition(".")[2],
        "mediatype": media.partition(";")[0],
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
    }


def _schema(name: str) -> dict[str, Any]:
    columns, _ = LISTS[name]
    made: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [{"name": column, **_type(column)} for column in columns],
        "missingValues": [""],
    }
    if name in _KEYS:
        made["primaryKey"] = _KEYS[name]
    return made


def _loose(lines: bytes) -> dict[str, Any]:
    """The keys of items that hold objects and lists; their own schemas stand beside the API."""
    first = json.loads(lines[: lines.index(b"\n")])
    return {"fields": [{"name": key, "type": "any"} for key in first]}


def _type(column: str) -> dict[str, Any]:
    if column == "outcome":
        known = [*map(str, Outcome), "never fetched", "for people only"]
        return {"type": "string", "constraints": {"enum": known}}
    return _TYPES.get(column, {"type": "string"})


def robots(_edition: Edition, base: str | None) -> str:
    """What crawlers may read: all of it; questions by query lead to the same pages again."""
    lines = ["User-agent: *", "Allow: /", "Disallow: /find", "Disallow: /*?"]
    if base:
        lines += ["", f"Sitemap: {base}sitemap.xml"]
    return "\n".join(lines) + "\n"


def sitemap(edition: Edition, base: str, site: Site) -> str:
    """Every page, with the day on which facts or clocks last changed."""
    root = ET.Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    modified = f"{edition.modified:%Y-%m-%dT%H:%M:%SZ}"
    for path in site.paths:
        if path.endswith(".html") and path != "404.html":
            url = ET.SubElement(root, "url")
            ET.SubElement(url, "loc").text = xml_text(seen_from("", path, base))
            ET.SubElement(url, "lastmod").text = modified
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def dataset(edition: Edition, base: str | None) -> dict[str, Any]:
    """The data as a schema.org `Dataset`, for the first page.

    Give it to a page by the filter `tojson`, which no text in it can break out of.
    """
    snapshot = edition.snapshot
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": _TITLE,
        "description": _ABOUT,
        "version": snapshot.version,
        "identifier": f"sha256:{snapshot.digest}",
        "datePublished": snapshot.created,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "keywords": _KEYWORDS,
        "spatialCoverage": "World",
        "creator": {"@type": "Organization", "name": "regstatus contributors"},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media.partition(";")[0],
                "contentUrl": seen_from("", f"v1/status{suffix}", base),
            }
            for suffix, media in api.FORMS.values()
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


def legislation(answer: dict[str, Any]) -> dict[str, Any] | None:
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


def _law(item: dict[str, Any], names: dict[str, str], on: str, *, read: bool) -> dict[str, Any]:
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
