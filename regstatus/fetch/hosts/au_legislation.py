"""The Federal Register of Legislation (Australia): the newest edition in force of an instrument.

Some instruments are replaced as a whole several times a year, each edition under a
register id of its own. So the address is a search, and the text is what it leads to.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from regstatus.base.patterns import Pattern, PatternError
from regstatus.base.safe import one_line
from regstatus.fetch.hosts.epub import merge_epub
from regstatus.fetch.hosts.zip_member import ArchiveFault, judged
from regstatus.model.page_media import ZIP
from regstatus.model.words import Format, Outcome

if TYPE_CHECKING:
    from regstatus.fetch.visit import FetchContext
    from regstatus.model.text import Page

_ID = re.compile(r"[A-Z]\d{4}[A-Z]\d{1,6}")
_EDITIONS = 5
_MOST = 100
"""As many titles as one answer may hold: where there are so many, there may be more."""
_WRONG = "The register's answer has not the form that its API describes."


@dataclass(frozen=True, slots=True)
class _Edition:
    start: date
    title: str


async def legislation_gov_au(visit: FetchContext) -> Page:
    """The newest edition in force, its EPUB merged into one HTML text.

    The address is a search for titles (`/v1/titles?$filter=…`). Of what it finds, those
    count that are principal, in force and named as `title` says; of them the one whose
    newest version began last, and not after today. A version that lacks amendments which
    are in force already is not the law, and fails.

    Params: `title`, a pattern for the whole name of an edition.
    """
    titles = await _editions(visit)
    if not isinstance(titles, list):
        return titles
    newest: _Edition | None = None
    for title in titles:
        url = f"{_base(visit)}/versions/find(titleId='{title}',asAtSpecification='Latest')"
        version = await visit.get(url, expect=Format.JSON)
        if version.outcome is not Outcome.OK:
            return version
        edition = _edition(visit, version, title)
        if isinstance(edition, str):
            return visit.fail(Outcome.BROKEN, edition, at=version)
        if edition.start <= visit.today and (newest is None or newest.start < edition.start):
            newest = edition
    if newest is None:
        problem = f"None of {len(titles)} editions ({', '.join(titles)}) has come into force."
        return visit.fail(Outcome.NO_LINK, problem)
    return await _text(visit, newest)


async def _editions(visit: FetchContext) -> list[str] | Page:
    """The ids of the editions that are in force by their titles, or the failure."""
    if "title" not in visit.request.params:
        return visit.fail(Outcome.NO_LINK, "The source does not name the title to look for.")
    try:
        wanted = Pattern(f"^(?:{visit.request.params['title']})$")
    except PatternError as error:
        return visit.fail(Outcome.NO_LINK, f"The title's pattern is {error}.")
    got = await visit.get(expect=Format.JSON)
    if got.outcome is not Outcome.OK:
        return got
    answer = _json(got)
    entries = answer.get("value") if isinstance(answer, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return visit.fail(Outcome.BROKEN, _WRONG, at=got)
    if answer.get("@odata.nextLink") or len(entries) >= _MOST:
        # The newest edition might stand on the next page.
        problem = f"The search finds more than its answer of {len(entries)} titles holds."
        return visit.fail(Outcome.TOO_LARGE, problem, at=got)
    found: list[str] = []
    for entry in entries:
        name = " ".join(str(entry.get("name", "")).split())
        if entry.get("isPrincipal") is True and _in_force(entry) and wanted.found_in(name):
            found.append(str(entry.get("id")))
    if not found:
        problem = f"None of {len(entries)} titles is an edition in force of what was looked for."
        return visit.fail(Outcome.NO_LINK, problem, at=got)
    if any(not _ID.fullmatch(title) for title in found) or len(found) > _EDITIONS:
        problem = f"The register names editions that cannot be: {', '.join(found)}."
        return visit.fail(Outcome.BROKEN, one_line(problem, 200), at=got)
    return found


def _in_force(entry: dict[str, Any]) -> bool:
    return entry.get("status") == "InForce" and entry.get("isInForce", True) is True


def _edition(visit: FetchContext, version: Page, title: str) -> _Edition | str:
    """The newest version of a title, or what is wrong with it."""
    answer = _json(version)
    if not isinstance(answer, dict) or answer.get("titleId") != title:
        return _WRONG
    try:
        start = date.fromisoformat(str(answer.get("start"))[:10])
    except ValueError:
        return f"{title} has no day of force."
    if start > visit.today:
        return _Edition(start, title)
    if answer.get("status") != "InForce":
        return f"{title} is listed as in force, and its newest version is not."
    if answer.get("hasUnincorporatedAmendments"):
        return f"{title} has amendments in force that its text does not hold yet."
    return _Edition(start, title)


async def _text(visit: FetchContext, edition: _Edition) -> Page:
    # The three zeros are not optional, whatever the API's description says.
    url = (
        f"{_base(visit)}/documents/find(titleid='{edition.title}',asatspecification='Latest',"
        "type='Primary',format='Epub',uniqueTypeNumber=0,volumeNumber=0,"
        "rectificationVersionNumber=0)"
    )
    book = await visit.get(url, expect=ZIP, document=True)
    body = book.body
    if book.outcome is Outcome.WRONG_TYPE:
        # For some titles the same address sends the file in base64, in a JSON answer.
        book = await visit.get(url, expect=Format.JSON)
        if book.outcome is not Outcome.OK:
            return book
        answer = _json(book)
        coded = answer.get("bytes") if isinstance(answer, dict) else None
        try:
            body = base64.b64decode(coded if isinstance(coded, str) else "", validate=True)
        except (binascii.Error, ValueError):
            body = b""
        if not body:
            problem = "The register describes the EPUB and does not send it."
            return visit.fail(Outcome.WRONG_TYPE, problem, at=book)
    elif book.outcome is not Outcome.OK:
        return book
    try:
        merged = merge_epub(body, visit.limit)
    except ArchiveFault as fault:
        return visit.fail(fault.outcome, str(fault), at=book)
    return judged(visit, merged, Format.HTML, f"The EPUB of {edition.title}", book)


def _base(visit: FetchContext) -> str:
    """The API's address up to its version: what stands before `/titles`."""
    return visit.request.url.partition("/titles")[0]


def _json(page: Page) -> Any:
    try:
        return json.loads(page.body)
    except (ValueError, RecursionError):
        return None
