"""What machines find without being told where: data package, site map, robots."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree as ET

from regstatus.base.errors import SnapshotError
from regstatus.model.words import FreshnessState, Grade, Outcome, Status, Substance
from regstatus.query.lists import LISTS
from regstatus.web.api import endpoints as api
from regstatus.web.edition import Edition
from regstatus.web.links import seen_from
from regstatus.web.pages.jsonld import ABOUT, KEYWORDS, LICENCE, TITLE
from regstatus.web.xmltext import xml_text

__all__ = ["datapackage", "robots", "sitemap"]

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
        "title": TITLE,
        "description": ABOUT,
        "version": snapshot.version,
        "created": snapshot.created,
        "licenses": [
            {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0", "path": LICENCE}
        ],
        "keywords": KEYWORDS,
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


def sitemap(edition: Edition, base: str, paths: Iterable[str]) -> str:
    """Every page of `paths`, with the day on which facts or clocks last changed."""
    root = ET.Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    modified = f"{edition.modified:%Y-%m-%dT%H:%M:%SZ}"
    for path in paths:
        if path.endswith(".html") and path != "404.html":
            url = ET.SubElement(root, "url")
            ET.SubElement(url, "loc").text = xml_text(seen_from("", path, base))
            ET.SubElement(url, "lastmod").text = modified
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
