"""ALISON, the Code of Alabama: one section, by the GraphQL interface of the legislature."""

import re
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from regstatus.base.safe import one_line
from regstatus.fetch.failure import BadAnswer, gone, no_link
from regstatus.fetch.hosts.adapters import FetchContext, Page, adapter
from regstatus.fetch.hosts.json_fields import day, entries, json_page, parsed, pick, text

_SECTION = re.compile(r"\d+[A-Z]?-\d+[A-Z]?-[0-9A-Za-z.-]+")
_QUERY = (
    "query($displayId:String!){codesOfAlabama("
    "where:{type:{eq:Section},displayId:{eq:$displayId}})"
    "{data{displayId title content effectiveDate supersessionDate}}}"
)
_NO_LAW = re.compile(r"\s*(?:<[^<>]*>\s*)*\[?(?:repealed|reserved|transferred)\b", re.IGNORECASE)


@adapter(
    "alison",
    use="a section of the Code of Alabama; the address ends in `?section=` and its number",
    reads="It reads the text in force, as JSON",
)
async def alison(visit: FetchContext) -> Page:
    """A section that is in force today, without its history, which is no law.

    The address is the one that people use, which only a browser can read.
    """
    section = parse_qs(urlsplit(visit.request.url).query).get("section", [""])[0]
    if not _SECTION.fullmatch(section):
        raise no_link("alison needs an address that ends in ?section= and the number of a section.")
    ask = {"query": _QUERY, "variables": {"displayId": section}}
    url = urljoin(visit.request.url, "/graphql")
    answer = await visit.post(url, ask, document=True)
    return json_page(visit, _section(parsed(answer), section, visit.today), answer)


def _section(answer: Any, section: str, on: date) -> dict[str, Any]:
    """The one text of the section that is in force on a day."""
    if errors := pick(answer, "errors"):
        raise BadAnswer(f"The interface refused the question: {one_line(str(errors), 200)}")
    rows = entries(pick(answer, "data", "codesOfAlabama", "data"), "list of sections")
    if not rows:
        raise gone(f"The Code of Alabama shows no section {section}.")
    if any(pick(row, "displayId") != section for row in rows):
        raise BadAnswer("The answer is another section.")
    # Where a change is to come, the Code shows the section twice.
    current = [
        row
        for row in rows
        if not ((start := pick(row, "effectiveDate")) and day(start, "effective date") > on)
        and not ((end := pick(row, "supersessionDate")) and day(end, "day of supersession") <= on)
    ]
    if len(current) != 1:
        problem = f"{len(current)} of {len(rows)} texts of section {section} are in force today."
        raise no_link(problem)
    content = text(pick(current[0], "content"), "text")
    if _NO_LAW.match(content):
        raise gone(f"Section {section} is no longer law: {one_line(content, 120)}")
    return {"title": text(pick(current[0], "title"), "title"), "content": content}
