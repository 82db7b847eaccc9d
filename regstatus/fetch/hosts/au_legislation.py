"""The Federal Register of Legislation (Australia): the newest edition in force of an instrument.

Some instruments are replaced as a whole several times a year, each under an id of its own.
"""

import re
from datetime import date
from typing import Any

from regstatus.base.patterns import Pattern, PatternError
from regstatus.fetch.failure import BadAnswer, no_link, too_large, wrong_type
from regstatus.fetch.hosts.adapters import FetchContext, Format, Page, Param, adapter
from regstatus.fetch.hosts.epub import merge_epub
from regstatus.fetch.hosts.json_fields import day, file_of, objects, parsed, pick
from regstatus.model.adapter_params import PATTERN
from regstatus.model.media import ZIP
from regstatus.model.words import Outcome

_ID = re.compile(r"[A-Z]\d{4}[A-Z]\d{1,6}")
_EDITIONS = 5
_MOST = 100
"""As many titles as one answer may hold: where there are so many, there may be more."""


@adapter(
    "legislation_gov_au",
    use="an Australian instrument that is replaced as a whole; the address is a search for titles",
    reads="It reads the newest one in force: the HTML files of its EPUB as one",
    params={"title": Param("for the whole name of an edition", PATTERN, needed=True)},
)
async def legislation_gov_au(visit: FetchContext) -> Page:
    """Of the editions that `/v1/titles?$filter=…` finds, the one whose newest version began last."""
    begun: list[tuple[date, str]] = []
    titles = await _editions(visit)
    base = visit.request.url.partition("/titles")[0]
    for title in titles:
        url = f"{base}/versions/find(titleId='{title}',asAtSpecification='Latest')"
        start = _start(parsed(await visit.get(url, expect=Format.JSON)), title, visit.today)
        if start <= visit.today:
            begun.append((start, title))
    if not begun:
        raise no_link(f"None of {len(titles)} editions ({', '.join(titles)}) has come into force.")
    return await _text(visit, base, max(begun, key=lambda one: one[0])[1])


async def _editions(visit: FetchContext) -> list[str]:
    """The ids of the editions that are in force by their titles."""
    try:
        wanted = Pattern(f"^(?:{visit.request.params['title']})$")
    except PatternError as error:
        raise no_link(f"The title's pattern is {error}.") from None
    answer = parsed(await visit.get(expect=Format.JSON))
    titles = objects(pick(answer, "value"), "list of titles")
    if answer.get("@odata.nextLink") or len(titles) >= _MOST:
        # The newest edition might stand on the next page.
        raise too_large(f"The search finds more than its answer of {len(titles)} titles holds.")
    found = [
        str(entry.get("id"))
        for entry in titles
        if entry.get("isPrincipal") is True
        and entry.get("status") == "InForce"
        and entry.get("isInForce", True) is True
        and wanted.found_in(" ".join(str(entry.get("name", "")).split()))
    ]
    if not found:
        problem = f"None of {len(titles)} titles is an edition in force of what was looked for."
        raise no_link(problem)
    if any(not _ID.fullmatch(title) for title in found) or len(found) > _EDITIONS:
        raise BadAnswer(f"The register names editions that cannot be: {', '.join(found)}.")
    return found


def _start(answer: Any, title: str, today: date) -> date:
    """The first day in force of the newest version of a title, which must be whole from that day."""
    if pick(answer, "titleId") != title:
        raise BadAnswer(f"The register's answer is not about {title}.")
    start = day(str(answer.get("start"))[:10], f"first day in force of {title}")
    if start <= today:
        if answer.get("status") != "InForce":
            raise BadAnswer(f"{title} is listed as in force, and its newest version is not.")
        if answer.get("hasUnincorporatedAmendments"):
            raise BadAnswer(f"{title} has amendments in force that its text does not hold yet.")
    return start


async def _text(visit: FetchContext, base: str, title: str) -> Page:
    # The three zeros are not optional, whatever the API's description says.
    url = (
        f"{base}/documents/find(titleid='{title}',asatspecification='Latest',"
        "type='Primary',format='Epub',uniqueTypeNumber=0,volumeNumber=0,"
        "rectificationVersionNumber=0)"
    )
    try:
        book = await visit.get(url, expect=ZIP, document=True)
        body = book.body
    except BadAnswer as bad:
        if bad.outcome is not Outcome.WRONG_TYPE:
            raise
        # For some titles the same address sends the file in base64, in a JSON answer.
        book = await visit.get(url, expect=Format.JSON)
        body = file_of(pick(parsed(book), "bytes"))
        if not body:
            raise wrong_type("The register describes the EPUB and does not send it.") from None
    merged = merge_epub(body, visit.limit)
    return visit.made(merged, Format.HTML, book, f"The EPUB of {title}")
