"""An index page one of whose links, such as the newest, leads to the document."""

import re
from datetime import date
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urljoin

from regstatus.base.patterns import Pattern
from regstatus.base.safe import one_line
from regstatus.fetch.failure import no_link
from regstatus.fetch.hosts.adapters import FetchContext, Format, Page, Param, adapter
from regstatus.fetch.hosts.epub import parse_html
from regstatus.model.adapter_params import PATTERN

_HREF_LENGTH = 2_000
_TEXT_LENGTH = 500
_LINKS = 20_000
_INDEX_LENGTH = 4_000_000

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_NAME = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = (
    rf"(?<!\d){_YEAR}(?P<sep>[-/._]?)(?P<month>\d\d)(?P=sep)(?P<day>\d\d)(?!\d)",
    rf"(?<!\d)(?P<one>\d\d?)(?P<sep>[-/._ ])(?P<two>\d\d?)(?P=sep){_YEAR}(?!\d)",
    rf"\b{_NAME}[\s_-]*(?P<day>\d\d?)(?:st|nd|rd|th)?,?[\s_-]+{_YEAR}(?!\d)",
    rf"(?<!\d)(?P<day>\d\d?)\.?[\s_-]*{_NAME},?[\s_-]*{_YEAR}(?!\d)",
    rf"\b{_NAME}[\s_-]*{_YEAR}(?!\d)",
    rf"(?<!\d){_YEAR}[-/_](?P<month>\d\d)(?!\d)",
    rf"(?<!\d){_YEAR}(?!\d)",
)
_CANONICAL = re.compile(
    rb"""<link\b(?=[^>]{0,2000}\brel\s*=\s*["']?canonical\b)[^>]{0,2000}?\bhref\s*=\s*["']?([^"'\s>]{1,4000})""",
    re.IGNORECASE,
)
_BODY = re.compile(rb"</head\b|<(?:body|main|div|table|form|p|h[1-6])\b", re.IGNORECASE)


def canonical_link(page: bytes) -> str | None:
    """Where a page says in its head that it lies, as it is written there."""
    found = _CANONICAL.search(_BODY.split(page, maxsplit=1)[0])
    return unescape(found[1].decode("utf-8", "replace")) if found else None


class Link(NamedTuple):
    """One link of an index page: its absolute address and its words."""

    url: str
    text: str


@adapter(
    "link",
    use="an index page leads to it, as where its name changes",
    reads="The pattern is looked for in the address and in the words of each link. `newest` goes by "
    "the date shown; `dmy` means that 03/04/2026 is in April",
    params={
        "link": Param(form=PATTERN, needed=True),
        "then": Param("behind it", PATTERN),
        "pick": Param("`first`, `last` or `newest`", "first|last|newest"),
        "date_order": Param("`mdy` or `dmy`", "dmy|mdy"),
    },
)
async def link(visit: FetchContext) -> Page:
    """Follow a link on an index page to the document."""
    params = visit.request.params
    target: str | None = None
    patterns = [params[name] for name in ("link", "then") if name in params]
    for number, pattern in enumerate(patterns, 1):
        pick = params.get("pick", "first") if number == len(patterns) else "first"
        index = await visit.get(target, expect=Format.HTML)
        target = follow(index, pattern, pick, dmy=params.get("date_order") == "dmy")
    return await visit.get(target, expect=visit.request.format, document=True)


def follow(index: Page, pattern: str, pick: str = "first", *, dmy: bool = False) -> str:
    """The address of the link that a pattern means.

    The pattern is searched in the first 2,000 characters of each address and the first 500 of its
    words, without regard to case. A date is read day first where `dmy` or dots say so.
    """
    links = links_of(index)
    wanted = Pattern(pattern, ignore_case=True)
    fitting = [
        one
        for one in links
        if wanted.found_in(one.url[:_HREF_LENGTH]) or wanted.found_in(one.text[:_TEXT_LENGTH])
    ]
    if not fitting:
        none = f"none of {len(links)} links matches {one_line(pattern, 100)!r}."
        raise no_link(f"{index.final_url}: {none}")
    if pick == "first":
        return fitting[0].url
    if pick == "last":
        return fitting[-1].url
    # The words come first: people write what a document is of, while the folder in an address
    # is often the day of upload.
    days = {one: date_in(one.text, dmy=dmy) or date_in(one.url, dmy=dmy) for one in fitting}
    newest = max(fitting, key=lambda one: days[one] or date.min)
    if days[newest] is None:
        none = f"{len(fitting)} links match {one_line(pattern, 100)!r} but none shows a date."
        raise no_link(f"{index.final_url}: {none}")
    return newest.url


def date_in(words: str, *, dmy: bool = False) -> date | None:
    """The latest of the most exact dates in some words; a month or year alone is its first day."""
    words = words.lower()
    for pattern in _DATES:
        found = re.finditer(pattern, words)
        if days := [day for one in found if (day := _day(one.groupdict(), dmy=dmy))]:
            return max(days)
    return None


def _day(part: dict[str, Any], *, dmy: bool) -> date | None:
    if "one" in part:
        day_first = dmy or part["sep"] == "." or int(part["one"]) > 12
        order = ("day", "month") if day_first else ("month", "day")
        part.update(zip(order, (part["one"], part["two"]), strict=True))
    if "name" in part:
        part["month"] = _MONTHS.index(part["name"]) + 1
    try:
        return date(int(part["year"]), int(part.get("month", 1)), int(part.get("day", 1)))
    except ValueError:
        return None


def links_of(index: Page) -> list[Link]:
    """Anchors with their words, and frames, whose content is the page's own; in page order."""
    root = parse_html(index.chars()[:_INDEX_LENGTH])
    found: list[Link] = []
    base = index.final_url
    for tag in root.iter("base", "a", "area", "iframe", "frame") if root is not None else ():
        href = tag.get("src" if tag.tag in {"iframe", "frame"} else "href", "").strip()
        if not href or len(href) > _HREF_LENGTH:
            continue
        try:
            url = urldefrag(urljoin(base, href)).url
        except ValueError:
            continue
        if tag.tag == "base":
            base = url
            continue
        words = [tag.get("title", ""), tag.get("alt", ""), *tag.itertext()]
        if url.startswith(("http://", "https://")):
            found.append(Link(url, " ".join(" ".join(words).split())))
        if len(found) >= _LINKS:
            break
    return found
