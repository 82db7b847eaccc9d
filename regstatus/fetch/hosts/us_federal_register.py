"""The Federal Register (United States): the announcements that a search finds."""

from typing import Any
from urllib.parse import urlencode, urljoin

from regstatus.base.safe import one_line
from regstatus.fetch.failure import BadAnswer, moved
from regstatus.fetch.hosts.adapters import FetchContext, Format, Page, Param, adapter
from regstatus.fetch.hosts.json_fields import entries, json_page, listed, parsed, pick

_PAGES = 5
_FIELDS = ("document_number", "title", "type", "publication_date", "effective_on", "html_url",
           "agencies", "abstract", "action")  # fmt: skip


@adapter(
    "federal_register",
    use="a feed of announcements",
    params={
        "term": Param("words to search for"),
        "conditions[…]": Param("any condition of the API"),
        "per_page": Param("`100` if left out", r"\d{1,5}"),
    },
    needs_any=("term", "conditions[…]"),
)
async def federal_register(visit: FetchContext) -> Page:
    """Documents that match a search, newest first, as one JSON body.

    In `{"count": …, "complete": …, "results": […]}`, `complete` is false where five pages did not
    hold all. A page that fails fails the whole: half a list must not look like a list.
    """
    params = visit.request.params
    query = [("conditions[term]", params["term"])] if "term" in params else []
    query += [(name, value) for name, value in params.items() if name.startswith("conditions[")]
    query += [("fields[]", field) for field in _FIELDS]
    query += [("order", "newest"), ("per_page", params.get("per_page", "100"))]
    url: Any = urljoin(visit.request.url, f"/api/v1/documents.json?{urlencode(query)}")
    pages: list[Page] = []
    found: dict[str, Any] = {}
    counts: list[int] = []
    while url and len(pages) < _PAGES:
        pages.append(await visit.get(url, expect=Format.JSON))
        answer = parsed(pages[-1])
        if not isinstance(pick(answer, "count"), int):
            raise BadAnswer(
                "The Federal Register's answer has not the form that its API describes."
            )
        counts.append(answer["count"])
        for entry in listed(entries(answer.get("results", []), "list of results")):
            found.setdefault(str(entry.get("document_number")), entry)
        url = answer.get("next_page_url")
        if url and not (isinstance(url, str) and visit.may_go(url)):
            raise moved(f"The next page lies elsewhere: {one_line(str(url), 200)}")
    merged = {"complete": not url, "count": counts[0], "results": list(found.values())}
    return json_page(visit, merged, pages[0])
