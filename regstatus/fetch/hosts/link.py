"""An index page one of whose links, such as the newest, leads to the document."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urldefrag, urljoin

from lxml import etree

from regstatus.base.patterns import Pattern, PatternError
from regstatus.base.safe import one_line
from regstatus.fetch.failure import BadAnswer
from regstatus.fetch.hosts.adapters import adapter
from regstatus.model.adapter_params import PATTERN, Param
from regstatus.model.words import Format, Outcome

if TYPE_CHECKING:
    from regstatus.fetch.visit import FetchContext
    from regstatus.model.text import Page

_HREF_LENGTH = 2_000
_TEXT_LENGTH = 500
_LINKS = 20_000
_INDEX_LENGTH = 4_000_000

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_MONTH = rf"({'|'.join(_NAMES)})[a-z]*\.?"
_YEAR = r"((?:19|20)\d\d)"
_DATES = (
    (re.compile(rf"(?<!\d){_YEAR}([-/._]?)(\d\d)\2(\d\d)(?!\d)"), "y-m-d"),
    (re.compile(rf"(?<!\d)(\d\d?)([-/._ ])(\d\d?)\2{_YEAR}(?!\d)"), "a-b-y"),
    (re.compile(rf"\b{_MONTH}[\s_-]*(\d\d?)(?:st|nd|rd|th)?,?[\s_-]+{_YEAR}(?!\d)"), "M-d-y"),
    (re.compile(rf"(?<!\d)(\d\d?)\.?[\s_-]*{_MONTH},?[\s_-]*{_YEAR}(?!\d)"), "d-M-y"),
    (re.compile(rf"\b{_MONTH}[\s_-]*{_YEAR}(?!\d)"), "M-y"),
    (re.compile(rf"(?<!\d){_YEAR}[-/_](\d\d)(?!\d)"), "y-m"),
    (re.compile(rf"(?<!\d){_YEAR}(?!\d)"), "y"),
)


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

    Raises:
        BadAnswer: If there is none.
    """
    found = choose(links_of(index), pattern, pick, dmy=dmy)
    if isinstance(found, str):
        raise BadAnswer(f"{index.final_url}: {found}", Outcome.NO_LINK)
    return found.url


def choose(links: list[Link], pattern: str, pick: str, *, dmy: bool = False) -> Link | str:
    """The link that a pattern means, or why there is none.

    The pattern is searched in the first 2,000 characters of each address and the first 500 of its
    words, without regard to case. A date is read day first where `dmy` or dots say so.
    """
    try:
        wanted = Pattern(pattern, ignore_case=True)
    except PatternError as error:
        return f"the link pattern {one_line(pattern, 100)!r} is {error}."
    fitting = [
        one
        for one in links
        if wanted.found_in(one.url[:_HREF_LENGTH]) or wanted.found_in(one.text[:_TEXT_LENGTH])
    ]
    if not fitting:
        return f"none of {len(links)} links matches {one_line(pattern, 100)!r}."
    if pick == "first":
        return fitting[0]
    if pick == "last":
        return fitting[-1]
    dated = [(day, one) for one in fitting if (day := newest_date(one, dmy=dmy))]
    if not dated:
        return f"{len(fitting)} links match {one_line(pattern, 100)!r} but none shows a date."
    return max(dated, key=lambda pair: pair[0])[1]


def newest_date(one: Link, *, dmy: bool = False) -> date | None:
    """The date that a link's words show, else the one in its address; None if neither does.

    The words come first: people write what a document is of, while the folder
    in an address is often the day of upload.
    """
    return date_in(one.text, dmy=dmy) or date_in(one.url, dmy=dmy)


def date_in(words: str, *, dmy: bool = False) -> date | None:
    """The latest of the most exact dates in some words; a month or year alone is its first day."""
    low = words.lower()
    for pattern, form in _DATES:
        days = [day for found in pattern.finditer(low) if (day := _day(found, form, dmy=dmy))]
        if days:
            return max(days)
    return None


def _day(found: re.Match[str], form: str, *, dmy: bool) -> date | None:
    g = found.groups()
    month = {
        name: _MONTHS[value] for name, value in zip("abc", g, strict=False) if value in _MONTHS
    }
    try:
        match form:
            case "y-m-d":
                return date(int(g[0]), int(g[2]), int(g[3]))
            case "a-b-y":
                a, b, year = int(g[0]), int(g[2]), int(g[3])
                day_first = dmy or g[1] == "." or a > 12
                return date(year, b, a) if day_first else date(year, a, b)
            case "M-d-y":
                return date(int(g[2]), month["a"], int(g[1]))
            case "d-M-y":
                return date(int(g[2]), month["b"], int(g[0]))
            case "M-y":
                return date(int(g[1]), month["a"], 1)
            case "y-m":
                return date(int(g[0]), int(g[1]), 1)
            case _:
                return date(int(g[0]), 1, 1)
    except ValueError:
        return None


def links_of(index: Page) -> list[Link]:
    """Anchors with their words, and frames, whose content is the page's own; in page order."""
    text = index.chars()[:_INDEX_LENGTH]
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
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
