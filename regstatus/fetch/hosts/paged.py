"""One JSON text that its host sends in numbered pages."""

import json
from typing import Any
from urllib.parse import urlencode

from regstatus.base.safe import one_line
from regstatus.fetch.failure import BadAnswer, too_large
from regstatus.fetch.hosts.adapters import FetchContext, Format, Page, Param, adapter
from regstatus.fetch.hosts.json_fields import json_page, parsed, pick

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
    params, url = visit.request.params, visit.request.url
    pages, items = params["pages"], params["items"]
    begin = int(params.get("first", "0"))
    got: list[Page] = []
    merged: dict[str, Any] = {}
    found: set[str] = set()
    while not got or len(got) < merged[pages]:
        query = urlencode({params["page"]: begin + len(got)})
        got.append(await visit.get(f"{url}{'&' if '?' in url else '?'}{query}", expect=Format.JSON))
        if sum(len(page.body) for page in got) > visit.limit:
            raise too_large(f"The pages are larger than {visit.limit:,} bytes together.")
        number, answer = len(got), parsed(got[-1])
        count, held = pick(answer, pages), pick(answer, items)
        if not isinstance(count, int) or isinstance(count, bool) or count < 1:
            raise BadAnswer(f"Page {number}: {one_line(pages, 40)!r} is not a number of pages.")
        if not isinstance(held, list) or not held:
            problem = f"{one_line(items, 40)!r} is not a list with something in it."
            raise BadAnswer(f"Page {number}: {problem}")
        merged = merged or {**answer, items: []}
        if count != merged[pages]:
            raise BadAnswer(f"There were {merged[pages]} pages, and on page {number} {count}.")
        if count > _PAGES:
            raise too_large(f"The text has {count} pages, and no more than {_PAGES} are asked for.")
        # Within a page the host may repeat itself; it is its own word.
        new = {json.dumps(item, sort_keys=True) for item in held}
        if new & found:
            raise BadAnswer(f"Page {number} repeats what an earlier page holds.")
        found |= new
        merged[items].extend(held)
    merged[pages] = 1  # else the reader would take it for the first of several
    return json_page(visit, merged, got[0])
