"""What machines find without being told where: data and laws described, site map, robots."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from regstatus.base.errors import SnapshotError
from regstatus.model.law import FreshnessState, Grade
from regstatus.query.answer import DISCLAIMER
from regstatus.query.formats import FORMS, served
from regstatus.query.listings import LISTS, Listing, items
from regstatus.web.api import endpoints as api
from regstatus.web.edition import Edition
from regstatus.web.links import media, outward, seen_from
from regstatus.web.render import render_xml

if TYPE_CHECKING:
    from regstatus.model.shapes import AnswerData, CitationData

_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_TITLE = "The legal status of kratom in the jurisdictions of the world"
_ABOUT = (
    "For each place and day, the legal status of kratom leaf, mitragynine, 7-hydroxymitragynine "
    "and other derivatives, with the law it rests on, how well it is known, and whether the "
    f"record is still proven by the official text. «unknown» is never permission. {DISCLAIMER}"
)
_KEYWORDS = ["kratom", "mitragynine", "7-hydroxymitragynine", "law", "legal status"]
_READ = frozenset({str(Grade.OFFICIAL_TEXT), str(Grade.OFFICIAL_NOTICE)})
"""Grades of what was read at an official place; what others say is no proof of force."""


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
        "license": _LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "keywords": _KEYWORDS,
        "spatialCoverage": "World",
        "creator": {"@type": "Organization", "name": "regstatus contributors"},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind.partition(";")[0],
                "contentUrl": seen_from("", f"v1/status.{form}", base),
            }
            for form, kind in served().items()
        ],
    }
    if edition.days:
        made["temporalCoverage"] = f"{edition.days[0]}/{edition.days[-1]}"
    if base:
        made["url"] = base
    return made


def legislation(answer: AnswerData) -> dict[str, Any] | None:
    """The laws that an answer rests on, as schema.org `Legislation`; None where it cites none.

    No claim goes beyond the record. The day of force is `temporalCoverage`, for schema.org's
    `legislationDate` is the day of adoption. Whether a law is in force is said only where its
    first day is recorded, an official text or notice says so, and the record may be relied on; an
    address only where it was seen to lead there.
    """
    layers = {layer["id"]: layer for layer in answer["layers"]}
    fresh = FreshnessState(answer["freshness"]["state"]).trusted
    told = {item["grade"] for item in answer["details"].values() if item["status"] != "unknown"}
    told.add(answer["grade"])
    graph = []
    for item in answer["citations"]:
        layer = layers[item["jurisdiction"]]
        # It is not told which substance a law is about: the weakest grade counts for all.
        read = fresh and {*told, layer["grade"]} <= _READ
        graph.append(_law(item, layer["name"], answer["on"], read=read))
    return {"@context": "https://schema.org", "@graph": graph} if graph else None


def _law(item: CitationData, place: str, on: str, *, read: bool) -> dict[str, Any]:
    law = item["type"] != "notice"  # an agency's words; nothing is said of their force
    made: dict[str, Any] = {"@type": "Legislation" if law else "CreativeWork"}
    made["name"] = item["title"] or item["text"]
    effective, until = item["effective"], item["until"]
    if law:
        made["legislationIdentifier"] = item["text"]
        made["legislationType"] = item["type"]
        made["legislationJurisdiction"] = {
            "@type": "AdministrativeArea",
            "name": place,
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


def datapackage(edition: Edition) -> dict[str, Any]:
    """The data as a Frictionless Data Package, version 2.

    A file that cannot be proven by the index is left out: nothing is described that is not served.
    """
    snapshot = edition.snapshot
    resources = []
    for name, listing in LISTS.items():
        for form in served():
            if form == "json":  # a list inside an object; the others are plain tables
                continue
            data = api.listed(edition, name, form)
            title = name if form == "csv" else f"{name}-{form}"
            resource = _resource(title, f"v1/{name}.{form}", data)
            resource["title"] = listing.title
            if FORMS[form].cells:
                resource |= {"type": "table", "schema": _schema(listing)}
            elif first := items(edition, name, {})[:1]:
                # The keys of items that hold objects and lists; their schemas stand beside the API.
                resource["schema"] = {"fields": [{"name": k, "type": "any"} for k in first[0]]}
            resources.append(resource)
    entry = edition.versions[-1]
    for file in api.VERSION_FILES:
        try:
            data = api.version_file(edition, entry, file)
        except SnapshotError:
            continue
        path = f"v1/snapshots/{entry['id']}/{file}"
        resources.append(_resource(file.replace(".", "-"), path, data))
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "regstatus",
        "title": _TITLE,
        "description": _ABOUT,
        "version": snapshot.version,
        "created": snapshot.created,
        "licenses": [
            {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0", "path": _LICENCE}
        ],
        "keywords": _KEYWORDS,
        "contributors": [{"title": "regstatus contributors", "roles": ["creator"]}],
        "resources": resources,
    }


def _resource(name: str, path: str, data: bytes) -> dict[str, Any]:
    return {
        "name": name,
        "path": path,
        "format": path.rpartition(".")[2],
        "mediatype": media(path).partition(";")[0],
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
    }


def _schema(listing: Listing) -> dict[str, Any]:
    made: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [{"name": column.name, **column.described()} for column in listing.columns],
        "missingValues": [""],
    }
    if listing.key:
        made["primaryKey"] = list(listing.key)
    return made


def robots(base: str | None) -> str:
    """What crawlers may read: all of it; questions by query lead to the same pages again."""
    lines = ["User-agent: *", "Allow: /", "Disallow: /find", "Disallow: /*?"]
    if base:
        lines += ["", f"Sitemap: {base}sitemap.xml"]
    return "\n".join(lines) + "\n"


_FOR_MODELS = {
    "v1/status/US-TX.json": "one place, by its id; where served also by name, with `?on=` and `?substance=`",
    "v1/timeline/US-TX.json": "the law of one place, period by period",
    "v1/status.ndjson": "every place, a line each",
    "v1/upcoming.json": "enacted changes still to come",
    "v1/pending.json": "bills and proposed rules: not law",
    "v1/changes.json": "what changed in the record",
    "data/names.json": "names and codes of every place, with their ids",
    "v1/openapi.json": "the description of all of it",
    "about.html": "how to read an answer",
}


def llms(edition: Edition, base: str | None) -> str:
    """What a language model should know before it passes an answer on, and where answers are (llmstxt.org)."""
    links = "".join(
        f"- [{path}]({seen_from('llms.txt', path, base)}): {says}\n"
        for path, says in _FOR_MODELS.items()
    )
    return (
        f"# {_TITLE}\n\n> {_ABOUT}\n\n"
        "With each answer pass on its day (`on`), how well it is known (`grade`) and whether it may be "
        "relied on (`freshness.state`; not if `stale` or `unverified`). What is proposed is not law, and "
        f"enacted law is not in force before its day. This is version {edition.snapshot.version}.\n\n"
        f"## Answers\n\n{links}"
    )


def sitemap(edition: Edition, base: str, paths: Iterable[str]) -> str:
    """Every page of `paths`, with the day on which facts or clocks last changed."""
    pages = [path for path in paths if path.endswith(".html") and path != "404.html"]
    modified = f"{edition.modified:%Y-%m-%dT%H:%M:%SZ}"
    return render_xml("sitemap.xml", "sitemap.xml", base, pages=pages, modified=modified)
