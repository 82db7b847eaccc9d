"""Hong Kong e-Legislation: one chapter out of the open data, as its manifest says."""

import re
from datetime import date
from hashlib import sha256
from typing import Any

from regstatus.base.safe import one_line
from regstatus.fetch.failure import BadAnswer, no_link
from regstatus.fetch.hosts.adapters import FetchContext, Format, Page, Param, adapter
from regstatus.fetch.hosts.json_fields import day, listed, parsed, pick
from regstatus.fetch.hosts.zip_member import open_archive
from regstatus.model.charset import decode
from regstatus.model.media import ZIP

_NAME = re.compile(r"<(?:\w+:)?docName[^>]{0,200}>([^<]{1,80})<")
_STATUS = re.compile(r"<(?:\w+:)?docStatus[^>]{0,200}>([^<]{1,80})<")
_HEAD = 100_000


@adapter(
    "hkel",
    use="a chapter of Hong Kong's laws; the address is the manifest of the open data",
    params={"chapter": Param("its number, `134`", r"\d{1,4}[A-Z]{0,3}", needed=True)},
)
async def hkel(visit: FetchContext) -> Page:
    """The XML of a chapter: manifest, then the archive that it names, then one file of hundreds."""
    chapter = visit.request.params["chapter"]
    manifest = parsed(await visit.get(expect=Format.JSON, shared=True))
    version = _current(manifest, chapter, visit.today)
    names = ("DataResourceUrl", "FileLocation", "FileName")
    url, folder, file = (str(version.get(name) or "") for name in names)
    if not url or not file:
        raise BadAnswer(f"The manifest does not say where the text of {chapter} lies.")
    archive = await visit.get(url, expect=ZIP, document=True)
    sets = [entry.get("DataResource", entry) for entry in listed(pick(manifest, "DataSet"))]
    digests = (str(pick(one, "sha256") or "") for one in sets if pick(one, "url") == url)
    digest = next(digests, "").lower()
    if digest and sha256(archive.body).hexdigest() != digest:
        raise BadAnswer("The archive is not the one that the manifest describes (SHA-256).")
    folder = folder.replace("\\", "/").strip("/")
    inside = f"{folder}/{file}" if folder else file
    # The archives have also been seen without the prefix that the manifest writes.
    short = f"{folder.removeprefix('cap_')}/{file.removeprefix('cap_')}"
    with open_archive(archive.body, visit.limit) as files:
        name = next((one for one in (inside, short, file) if one in files.NameToInfo), inside)
        body = files.unpack(name)
    _check(body, chapter)
    return visit.made(body, Format.XML, archive, name)


def _current(manifest: Any, chapter: str, today: date) -> dict[str, Any]:
    """What the manifest says of the version of a chapter that is in force."""
    chapters = listed(pick(manifest, "Chapter"))
    if not chapters:
        raise BadAnswer("The manifest has not the form of a list of chapters.")
    versions = [
        version
        for one in chapters
        if str(one.get("CapNo", "")).strip().upper() == chapter
        for version in listed(pick(one, "Version"))
        if str(pick(version, "VersionDate", "isCurrentVersion")).lower() == "true"
    ]
    if len(versions) != 1:
        raise no_link(f"The manifest has {len(versions)} current versions of {chapter}.")
    version = versions[0]
    status = str(pick(version, "VersionDate", "statusCategory"))
    if status.replace(" ", "").lower() != "ineffect":
        raise no_link(f"The current version of {chapter} is not in effect: {one_line(status, 40)}.")
    begun = day(str(pick(version, "VersionDate", "value"))[:10], f"day of the version of {chapter}")
    if begun > today:
        raise no_link(f"The current version of {chapter} is of a day to come: {begun}.")
    return version


def _check(body: bytes, chapter: str) -> None:
    """Raise unless this is the law of the chapter by its own words."""
    head = decode(body[:_HEAD])
    named, stated = _NAME.search(head), _STATUS.search(head)
    name = one_line(named[1], 80) if named else "nothing"
    status = one_line(stated[1], 80) if stated else "In effect"
    if name.casefold() != f"cap. {chapter}".casefold():
        raise no_link(f"The file of chapter {chapter} calls itself {name!r}.")
    if status.strip().lower() != "in effect":
        raise no_link(f"Chapter {chapter} says of itself that it is not in effect: {status!r}.")
