"""Hong Kong e-Legislation: one chapter out of the open data, as its manifest says."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from regstatus.base.safe import one_line
from regstatus.fetch.hosts.zip_member import ArchiveFault, judged, opened
from regstatus.model.page_media import ZIP
from regstatus.model.words import Format, Outcome

if TYPE_CHECKING:
    from regstatus.fetch.visit import FetchContext
    from regstatus.model.text import Page

_CHAPTER = re.compile(r"\d{1,4}[A-Z]{0,3}")
_NAME = re.compile(rb"<(?:\w+:)?docName[^>]{0,200}>([^<]{1,80})<")
_STATUS = re.compile(rb"<(?:\w+:)?docStatus[^>]{0,200}>([^<]{1,80})<")
_HEAD = 100_000


@dataclass(frozen=True, slots=True)
class _Place:
    archive: str
    members: tuple[str, ...]
    digest: str | None


async def hkel(visit: FetchContext) -> Page:
    """The XML of a chapter: manifest, then the archive that it names, then one file of it.

    The manifest must know exactly one current version of the chapter, in effect and not of a
    day to come; the archive must be the one whose digest the manifest gives; and the XML must
    call itself that chapter. The archive holds hundreds of chapters: one is unpacked.

    Params: `chapter`, such as `134`.
    """
    chapter = visit.request.params.get("chapter", "")
    if not _CHAPTER.fullmatch(chapter):
        return visit.fail(Outcome.NO_LINK, "The source names no chapter by number.")
    manifest = await visit.get(expect=Format.JSON, shared=True)
    if manifest.outcome is not Outcome.OK:
        return manifest
    place = _place(manifest, chapter, visit.today)
    if isinstance(place, tuple):
        return visit.fail(*place, at=manifest)
    if not visit.may_go(place.archive):
        problem = f"The manifest names a host that the source does not allow: {place.archive}"
        return visit.fail(Outcome.MOVED, problem, at=manifest)
    archive = await visit.get(place.archive, expect=ZIP, document=True)
    if archive.outcome is not Outcome.OK:
        return archive
    if place.digest and sha256(archive.body).hexdigest() != place.digest:
        problem = "The archive is not the one that the manifest describes (SHA-256)."
        return visit.fail(Outcome.BROKEN, problem, at=archive)
    try:
        with opened(archive.body, visit.limit) as files:
            names = [name for name in place.members if files.has(name)] or [place.members[0]]
            body = files.read(names[0])
    except ArchiveFault as fault:
        return visit.fail(fault.outcome, str(fault), at=archive)
    if wrong := _not_it(body, chapter):
        return visit.fail(Outcome.NO_LINK, wrong, at=archive)
    return judged(visit, body, Format.XML, names[0], archive)


def _place(manifest: Page, chapter: str, today: date) -> _Place | tuple[Outcome, str]:
    """Where the current text of a chapter lies, or why that cannot be told."""
    try:
        answer = json.loads(manifest.body)
    except (ValueError, RecursionError):
        answer = None
    chapters = _listed(answer, "Chapter")
    if not chapters:
        return Outcome.BROKEN, "The manifest has not the form of a list of chapters."
    versions = [
        version
        for one in chapters
        if str(one.get("CapNo", "")).strip().upper() == chapter
        for version in _listed(one, "Version")
        if _flag(version, "isCurrentVersion")
    ]
    if len(versions) != 1:
        return Outcome.NO_LINK, f"The manifest has {len(versions)} current versions of {chapter}."
    version = versions[0]
    day = version["VersionDate"]
    if str(day.get("statusCategory")).replace(" ", "").lower() != "ineffect":
        said = one_line(str(day.get("statusCategory")), 40)
        return Outcome.NO_LINK, f"The current version of {chapter} is not in effect: {said}."
    try:
        begun = date.fromisoformat(str(day.get("value"))[:10])
    except ValueError:
        return Outcome.BROKEN, f"The manifest gives no day for the version of {chapter}."
    if begun > today:
        return Outcome.NO_LINK, f"The current version of {chapter} is of a day to come: {begun}."
    archive, folder, file = (
        str(version.get(name) or "") for name in ("DataResourceUrl", "FileLocation", "FileName")
    )
    if not archive or not file:
        return Outcome.BROKEN, f"The manifest does not say where the text of {chapter} lies."
    folder = folder.replace("\\", "/").strip("/")
    inside = f"{folder}/{file}" if folder else file
    # The archives have also been seen without the prefix that the manifest writes.
    short = f"{folder.removeprefix('cap_')}/{file.removeprefix('cap_')}"
    return _Place(archive, (inside, short, file), _digest(answer, archive))


def _listed(answer: Any, name: str) -> list[dict[str, Any]]:
    """A member that is a list of objects; a single object stands for a list of one."""
    found = answer.get(name) if isinstance(answer, dict) else None
    found = [found] if isinstance(found, dict) else found
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _flag(version: dict[str, Any], name: str) -> bool:
    day = version.get("VersionDate")
    return isinstance(day, dict) and str(day.get(name)).lower() == "true"


def _digest(answer: Any, archive: str) -> str | None:
    for entry in _listed(answer, "DataSet"):
        resource = entry.get("DataResource", entry)
        if isinstance(resource, dict) and resource.get("url") == archive:
            return str(resource.get("sha256") or "").lower() or None
    return None


def _not_it(body: bytes, chapter: str) -> str | None:
    """Why this is not the law of the chapter by its own words, or None."""
    name, status = _NAME.search(body[:_HEAD]), _STATUS.search(body[:_HEAD])
    said = one_line(name[1].decode("utf-8", "replace"), 80) if name else "nothing"
    if said.casefold() != f"cap. {chapter}".casefold():
        return f"The file of chapter {chapter} calls itself {said!r}."
    if status and status[1].strip().lower() != b"in effect":
        stands = one_line(status[1].decode("utf-8", "replace"), 80)
        return f"Chapter {chapter} says of itself that it is not in effect: {stands!r}."
    return None
