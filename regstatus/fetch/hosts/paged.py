"""One JSON text that its host sends in numbered pages."""

import json
from typing import Any
from urllib.parse import urlencode

from regstatus.base.safe import one_line
from regstatus.fetch.failure import BadAnswer
from regstatus.fetch.hosts.adapters import adapter
from regstatus.fetch.hosts.json_fields import json_page, try_json
from regstatus.fetch.visit import FetchContext
from regstatus.model.adapter_params import Param
from regstatus.model.text import Page
from regstatus.model.words import Format, Outcome

_PAGES = 100


@adapter(
    "paged",
    use="a JSON text is sent in numbered pages (e-Sbírka)",
    params={
        "page": Param("parameter that takes the number", needed=True),
        "first": Param("its first value (`0`)", "0|1"),
        "pages": Param("key that says how many", needed=True),
        "items": Param("key of the list", needed=True),
    },
)
async def paged(visit: FetchContext) -> Page:
    """All pages of one JSON text as one body, which says that it is the only page.

    Half a text must not look like a text. So one page that fails fails the whole, as do
    another number of pages on the way, a page without items, and a page that repeats
    what came before it, which is what a host sends that does not look at the number.
    """
    params = visit.request.params
    query, pages, items = params["page"], params["pages"], params["items"]
    begin = params.get("first", "0")
    start: Page | None = None
    merged: dict[str, Any] = {}
    found: dict[str, Any] = {}
    size, number, count = 0, 0, 1
    while number < count:
        got = await visit.get(_numbered(visit, query, int(begin) + number), expect=Format.JSON)
        size += len(got.body)
        if size > visit.limit:
            problem = f"The pages are larger than {visit.limit:,} bytes together."
            raise BadAnswer(problem, Outcome.TOO_LARGE)
        number += 1
        read = _page(got, pages, items)
        if isinstance(read, str):
            raise BadAnswer(f"Page {number}: {read}")
        if start is None:
            start, merged, count = got, {**read, items: []}, read[pages]
            if count > _PAGES:
                problem = f"The text has {count} pages, and no more than {_PAGES} are asked for."
                raise BadAnswer(problem, Outcome.TOO_LARGE)
        elif read[pages] != count:
            raise BadAnswer(f"There were {count} pages, and on page {number} {read[pages]}.")
        # Within a page the host may repeat itself; it is its own word.
        new = {json.dumps(item, sort_keys=True): item for item in read[items]}
        if new.keys() & found.keys():
            raise BadAnswer(f"Page {number} repeats what an earlier page holds.")
        found |= new
        merged[items].extend(read[items])
    assert start is not None
    merged[pages] = 1  # else the reader would take it for the first of several
    return json_page(visit, merged, start)


def _numbered(visit: FetchContext, query: str, number: int) -> str:
    url = visit.request.url
    return f"{url}{'&' if '?' in url else '?'}{urlencode({query: number})}"


def _page(got: Page, pages: str, items: str) -> dict[str, Any] | str:
    """The answer as an object of the right form, or what is wrong with it."""
    answer = try_json(got)
    if not isinstance(answer, dict):
        return "the answer is no JSON object."
    count, entries = answer.get(pages), answer.get(items)
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        return f"{one_line(pages, 40)!r} is not a number of pages."
    if not isinstance(entries, list) or not entries:
        return f"{one_line(items, 40)!r} is not a list with something in it."
    return answer
