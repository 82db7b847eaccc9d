"""The paged adapter: one JSON text that its host sends in numbered pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from regstatus.base.safe import one_line
from regstatus.fetch.hosts.zip_member import judged
from regstatus.model.words import Format, Outcome

if TYPE_CHECKING:
    from regstatus.fetch.visit import FetchContext
    from regstatus.model.text import Page

_PAGES = 100


async def paged(visit: FetchContext) -> Page:
    """All pages of one JSON text as one body, which says that it is the only page.

    Half a text must not look like a text. So one page that fails fails the whole, as do
    another number of pages on the way, a page without items, and a page that repeats
    what came before it, which is what a host sends that does not look at the number.

    Params: `page`, the name of the query parameter that takes the number; `first`, its first
    value (default 0); `pages`, the key under which the answer says how many there are; `items`,
    the key of its list.
    """
    params = visit.request.params
    names = [params.get(name, "") for name in ("page", "pages", "items")]
    begin = params.get("first", "0")
    if not all(names) or begin not in {"0", "1"}:
        problem = "The source does not say how the pages are named: page, pages and items."
        return visit.fail(Outcome.NO_LINK, problem)
    query, pages, items = names
    start: Page | None = None
    merged: dict[str, Any] = {}
    found: dict[str, Any] = {}
    size, number, count = 0, 0, 1
    while number < count:
        got = await visit.get(_numbered(visit, query, int(begin) + number), expect=Format.JSON)
        if got.outcome is not Outcome.OK:
            return got
        size += len(got.body)
        if size > visit.limit:
            problem = f"The pages are larger than {visit.limit:,} bytes together."
            return visit.fail(Outcome.TOO_LARGE, problem, at=got)
        read = _page(got, pages, items)
        if isinstance(read, str):
            return visit.fail(Outcome.BROKEN, f"Page {number + 1}: {read}", at=got)
        if start is None:
            start, merged, count = got, read, read[pages]
            if count > _PAGES:
                problem = f"The text has {count} pages, and no more than {_PAGES} are asked for."
                return visit.fail(Outcome.TOO_LARGE, problem, at=got)
        elif read[pages] != count:
            problem = f"There were {count} pages, and on page {number + 1} there are {read[pages]}."
            return visit.fail(Outcome.BROKEN, problem, at=got)
        # Within a page the host may repeat itself; it is its own word.
        new = {json.dumps(item, sort_keys=True): item for item in read[items]}
        if new.keys() & found.keys():
            problem = f"Page {number + 1} repeats what an earlier page holds."
            return visit.fail(Outcome.BROKEN, problem, at=got)
        found |= new
        if number:
            merged[items].extend(read[items])
        number += 1
    assert start is not None
    merged[pages] = 1  # else the reader would take it for the first of several
    body = json.dumps(merged, ensure_ascii=False, sort_keys=True, indent=1).encode()
    return judged(visit, body, Format.JSON, "The text", start)


def _numbered(visit: FetchContext, query: str, number: int) -> str:
    url = visit.request.url
    return f"{url}{'&' if '?' in url else '?'}{urlencode({query: number})}"


def _page(got: Page, pages: str, items: str) -> dict[str, Any] | str:
    """The answer as an object of the right form, or what is wrong with it."""
    try:
        answer = json.loads(got.body)
    except (ValueError, RecursionError):
        return "the answer is not JSON that can be read."
    if not isinstance(answer, dict):
        return "the answer is no JSON object."
    count, entries = answer.get(pages), answer.get(items)
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        return f"{one_line(pages, 40)!r} is not a number of pages."
    if not isinstance(entries, list) or not entries:
        return f"{one_line(items, 40)!r} is not a list with something in it."
    return answer
