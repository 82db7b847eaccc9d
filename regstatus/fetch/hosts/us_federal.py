"""Adapters of official APIs that need more than one plain request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from regstatus.base.safe import one_line
from regstatus.model.words import Format, Outcome

if TYPE_CHECKING:
    from regstatus.fetch.visit import FetchContext
    from regstatus.model.text import Page

_PAGES = 5
_FIELDS = (
    "document_number",
    "title",
    "type",
    "publication_date",
    "effective_on",
    "html_url",
    "agencies",
    "abstract",
    "action",
)
_PARTS = ("subtitle", "chapter", "subchapter", "part", "subpart", "section", "appendix")


async def ecfr(visit: FetchContext) -> Page:
    """A part or section of the eCFR as of the newest day that its API offers.

    Params: `title` (its number), and any of subtitle, chapter, subchapter, part,
    subpart, section, appendix.
    """
    params = visit.request.params
    title = params.get("title", "")
    if not title.isdecimal():
        return visit.fail(Outcome.NO_LINK, "The source names no CFR title by number.")
    base = _base(visit) + "/api/versioner/v1"
    titles = await visit.get(f"{base}/titles.json", expect=Format.JSON, shared=True)
    if titles.outcome is not Outcome.OK:
        return titles
    day = _up_to_date(_json(titles), int(title))
    if day is None:
        problem = f"The eCFR's list of titles shows no day for title {title}."
        return visit.fail(Outcome.NO_LINK, problem, at=titles)
    wanted = urlencode({name: params[name] for name in _PARTS if name in params})
    url = f"{base}/full/{day}/title-{title}.xml"
    return await visit.get(f"{url}?{wanted}" if wanted else url, expect=Format.XML, document=True)


def _up_to_date(answer: Any, title: int) -> str | None:
    titles = answer.get("titles") if isinstance(answer, dict) else None
    for entry in titles if isinstance(titles, list) else ():
        if isinstance(entry, dict) and str(entry.get("number")) == str(title):
            day = str(entry.get("up_to_date_as_of") or "")
            # The day becomes part of an address: nothing but a day may pass.
            return day if len(day) == 10 and day.replace("-", "").isdecimal() else None
    return None


async def federal_register(visit: FetchContext) -> Page:
    """Documents of the Federal Register that match a search, newest first, as one JSON body.

    The body is `{"count": …, "complete": …, "results": […]}` with sorted keys; `complete`
    is false where the bound of five pages cut the search short. A page that fails
    fails the whole: half a list must not look like a list.

    Params: `term`; any `conditions[…]` of the API as it is; `per_page` (default 100).
    """
    params = visit.request.params
    query: list[tuple[str, str]] = []
    if "term" in params:
        query.append(("conditions[term]", params["term"]))
    query += [(name, value) for name, value in params.items() if name.startswith("conditions[")]
    if not query:
        return visit.fail(Outcome.NO_LINK, "The source names nothing to search for.")
    query += [("fields[]", field) for field in _FIELDS]
    query += [("order", "newest"), ("per_page", params.get("per_page", "100"))]
    start = f"{_base(visit)}/api/v1/documents.json?{urlencode(query)}"
    url: str | None = start
    found: dict[str, Any] = {}
    count = 0
    first: Page | None = None
    for _ in range(_PAGES):
        assert url is not None
        got = await visit.get(url, expect=Format.JSON)
        if got.outcome is not Outcome.OK:
            return got
        answer = _json(got)
        results = answer.get("results", []) if isinstance(answer, dict) else None
        if not isinstance(results, list) or not isinstance(answer.get("count"), int):
            problem = "The Federal Register's answer has not the form that its API describes."
            return visit.fail(Outcome.BROKEN, problem, at=got)
        if first is None:
            first, count = got, answer["count"]
        for entry in results:
            if isinstance(entry, dict):
                found.setdefault(str(entry.get("document_number")), entry)
        url = answer.get("next_page_url")
        if not url:
            break
        if not isinstance(url, str) or not visit.may_go(url):
            problem = f"The next page lies elsewhere: {one_line(str(url), 200)}"
            return visit.fail(Outcome.MOVED, problem, at=got)
    assert first is not None
    merged = {"complete": not url, "count": count, "results": list(found.values())}
    body = json.dumps(merged, ensure_ascii=False, sort_keys=True, indent=1).encode()
    return visit.made(body, Format.JSON, first)


async def legislation_gov_uk(visit: FetchContext) -> Page:
    """UK legislation as CLML: the address of a text, asked for as `/data.xml`.

    The API answers 202 while it makes the XML, which is retried like an
    overloaded host; and 300 with several texts where an address is ambiguous.
    """
    parts = urlsplit(visit.request.url)
    path = parts.path.rstrip("/")
    if not path.endswith("/data.xml"):
        path = path.removesuffix("/data.htm").removesuffix("/contents") + "/data.xml"
    query = f"?{parts.query}" if parts.query else ""
    url = f"{parts.scheme}://{parts.netloc}{path}{query}"
    return await visit.get(url, expect=Format.XML, document=True)


def _base(visit: FetchContext) -> str:
    parts = urlsplit(visit.request.url)
    return f"{parts.scheme}://{parts.netloc}"


def _json(page: Page) -> Any:
    try:
        return json.loads(page.body)
    except (ValueError, RecursionError):
        return None
