"""Hong Kong e-Legislation: one chapter out of the open data, as its manifest says."""

import re
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from regstatus.base.safe import one_line
from regstatus.fetch.failure import BadAnswer
from regstatus.fetch.hosts.adapters import adapter
from regstatus.fetch.hosts.json_fields import day, pick, try_json
from regstatus.fetch.hosts.zip_member import checked_page, open_archive
from regstatus.fetch.visit import FetchContext
from regstatus.model.adapter_params import Param
from regstatus.model.charset import decode
from regstatus.model.media import ZIP
from regstatus.model.text import Page
from regstatus.model.words import Format, Outcome

_NAME = re.compile(r"<(?:\w+:)?docName[^>]{0,200}>([^<]{1,80})<")
_STATUS = re.compile(r"<(?:\w+:)?docStatus[^>]{0,200}>([^<]{1,80})<")
_HEAD = 100_000


class _Listed(NamedTuple):
    """Where the manifest says that a text lies."""

    archive: str
    members: tuple[str, ...]
    digest: str | None


@adapter(
    "hkel",
    use="a chapter of Hong Kong's laws; the address is the manifest of the open data",
    params={"chapter": Param("its number, `134`", r"\d{1,4}[A-Z]{0,3}", needed=True)},
)
async def hkel(visit: FetchContext) -> Page:
    """The XML of a chapter: manifest, then the archive that it names, then one file of it.

    The manifest must know exactly one current version of the chapter, in effect and not of a
    day to come; the archive must be the one whose digest the manifest gives; and the XML must
    call itself that chapter. The archive holds hundreds of chapters: one is unpacked.
    """
    chapter = visit.request.params["chapter"]
    manifest = try_json(await visit.get(expect=Format.JSON, shared=True))
    listed = _listed(manifest, chapter, visit.today)
    archive = await visit.get(listed.archive, expect=ZIP, document=True)
    if listed.digest and sha256(archive.body).hexdigest() != listed.digest:
        raise BadAnswer("The archive is not the one that the manifest describes (SHA-256).")
    with open_archive(archive.body, visit.limit) as files:
        names = [name for name in listed.members if files.has(name)] or [listed.members[0]]
        body = files.read(names[0])
    _check(body, chapter)
    return checked_page(visit, body, Format.XML, names[0], archive)


def _listed(manifest: Any, chapter: str, today: date) -> _Listed:
    """Where the current text of a chapter lies."""
    chapters = _objects(manifest, "Chapter")
    if not chapters:
        raise BadAnswer("The manifest has not the form of a list of chapters.")
    versions = [
        version
        for one in chapters
        if str(one.get("CapNo", "")).strip().upper() == chapter
        for version in _objects(one, "Version")
        if str(pick(version, "VersionDate", "isCurrentVersion")).lower() == "true"
    ]
    if len(versions) != 1:
        problem = f"The manifest has {len(versions)} current versions of {chapter}."
        raise BadAnswer(problem, Outcome.NO_LINK)
    version = versions[0]
    status = str(pick(version, "VersionDate", "statusCategory"))
    if status.replace(" ", "").lower() != "ineffect":
        problem = f"The current version of {chapter} is not in effect: {one_line(status, 40)}."
        raise BadAnswer(problem, Outcome.NO_LINK)
    begun = day(str(pick(version, "VersionDate", "value"))[:10], f"day of the version of {chapter}")
    if begun > today:
        problem = f"The current version of {chapter} is of a day to come: {begun}."
        raise BadAnswer(problem, Outcome.NO_LINK)
    archive, folder, file = (
        str(version.get(name) or "") for name in ("DataResourceUrl", "FileLocation", "FileName")
    )
    if not archive or not file:
        raise BadAnswer(f"The manifest does not say where the text of {chapter} lies.")
    folder = folder.replace("\\", "/").strip("/")
    inside = f"{folder}/{file}" if folder else file
    # The archives have also been seen without the prefix that the manifest writes.
    short = f"{folder.removeprefix('cap_')}/{file.removeprefix('cap_')}"
    return _Listed(archive, (inside, short, file), _digest(manifest, archive))


def _objects(answer: Any, name: str) -> list[dict[str, Any]]:
    """A member that is a list of objects; a single object stands for a list of one."""
    found = pick(answer, name)
    found = [found] if isinstance(found, dict) else found
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _digest(manifest: Any, archive: str) -> str | None:
    for entry in _objects(manifest, "DataSet"):
        resource = entry.get("DataResource", entry)
        if pick(resource, "url") == archive:
            return str(pick(resource, "sha256") or "").lower() or None
    return None


def _check(body: bytes, chapter: str) -> None:
    """Raise unless this is the law of the chapter by its own words."""
    head = decode(body[:_HEAD])
    name, status = (
        one_line(found[1], 80) if found else None
        for found in (_NAME.search(head), _STATUS.search(head))
    )
    if (name or "").casefold() != f"cap. {chapter}".casefold():
        problem = f"The file of chapter {chapter} calls itself {name or 'nothing'!r}."
        raise BadAnswer(problem, Outcome.NO_LINK)
    if status is not None and status.strip().lower() != "in effect":
        problem = f"Chapter {chapter} says of itself that it is not in effect: {status!r}."
        raise BadAnswer(problem, Outcome.NO_LINK)
