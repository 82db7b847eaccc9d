"""The link adapter: an index page whose newest entry is the document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

from regstatus.fetch.plain import plain
from regstatus.fetch.sniff import decode
from regstatus.model.words import Format, Outcome

if TYPE_CHECKING:
    from regstatus.fetch.visit import Visit
    from regstatus.model.text import Page

_PATTERN_LENGTH = 300
_HREF_LENGTH = 2_000
_TEXT_LENGTH = 500
_LINKS = 20_000
_INDEX_LENGTH = 8_000_000

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
    for name in (names,)
}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
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


@dataclass(frozen=True, slots=True)
class Link:
    """One link of an index page: its absolute address and its words."""

    url: str
    text: str


async def link(visit: Visit) -> Page:
    """Follow a link on an index page to the document.

    Params:
        link: Regular expression, searched in the absolute address and in the words of each
            link, case-insensitively. It is Python's `re`, which has no time limit: keep it
            simple. Patterns over 300 characters are refused, and only 2,000 characters of an
            address and 500 of its words are searched.
        then: A second such expression, for the page that the first leads to.
        pick: `first` (default), `last`, or `newest` by the date in the address or words.
        date_order: `dmy` where 03/04/2026 is the third of April; else `mdy`. Dots mean `dmy`.
    """
    params = visit.request.params
    target: str | None = None
    patterns = [params[name] for name in ("link", "then") if name in params]
    if not patterns:
        return visit.fail(Outcome.NO_LINK, "The source does not say which link to follow.")
    for number, pattern in enumerate(patterns):
        index = await visit.get(target, expect=Format.HTML)
        if index.outcome is not Outcome.OK:
            return index
        final = number == len(patterns) - 1
        pick = params.get("pick", "first") if final else "first"
        found = choose(_links(index), pattern, pick, dmy=params.get("date_order") == "dmy")
        if isinstance(found, str):
            return visit.fail(Outcome.NO_LINK, f"{index.final_url}: {found}", at=index)
        if not visit.may_go(found.url):
            problem = f"The index links to a host that the source does not allow: {found.url}"
            return visit.fail(Outcome.MOVED, problem, at=index)
        target = found.url
    return await visit.get(target, expect=visit.request.format, conditional=True)


def choose(links: list[Link], pattern: str, pick: str, *, dmy: bool = False) -> Link | str:
    """The link that a pattern means, or why there is none."""
    if len(pattern) > _PATTERN_LENGTH:
        return f"the link pattern is longer than {_PATTERN_LENGTH} characters."
    try:
        wanted = re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        return f"the link pattern {plain(pattern, 100)!r} is no regular expression: {error}."
    fitting = [
        one
        for one in links
        if wanted.search(one.url[:_HREF_LENGTH]) or wanted.search(one.text[:_TEXT_LENGTH])
    ]
    if not fitting:
        return f"none of {len(links)} links matches {plain(pattern, 100)!r}."
    if pick == "first":
        return fitting[0]
    if pick == "last":
        return fitting[-1]
    if pick != "newest":
        return f"cannot pick {plain(pick, 40)!r}; the words are first, last and newest."
    dated = [(day, one) for one in fitting if (day := newest_date(one, dmy=dmy))]
    if not dated:
        return f"{len(fitting)} links match {plain(pattern, 100)!r} but none shows a date."
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


def _links(index: Page) -> list[Link]:
    reader = _Reader(index.final_url)
    text = decode(index.body, index.header("content-type") or "")
    reader.feed(text[:_INDEX_LENGTH])
    reader.close()
    return reader.links


class _Reader(HTMLParser):
    """Collects links: anchors with their words, and frames, whose content is the page's own."""

    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[Link] = []
        self._base = base
        self._href: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "base" and named.get("href"):
            self._base = urljoin(self._base, named["href"] or "")
        elif tag in {"a", "area"}:
            self._end()
            self._href = named.get("href")
            self._words = [named.get("title") or ""] if tag == "a" else [named.get("alt") or ""]
            if tag == "area":
                self._end()
        elif tag in {"iframe", "frame"} and named.get("src"):
            self._end()
            self._href, self._words = named["src"], [named.get("title") or ""]
            self._end()

    def handle_data(self, data: str) -> None:
        if self._href is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._end()

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self) -> None:
        href, self._href = self._href, None
        if not href or len(href) > _HREF_LENGTH or len(self.links) >= _LINKS:
            return
        try:
            url = urldefrag(urljoin(self._base, href.strip())).url
        except ValueError:
            return
        if url.startswith(("http://", "https://")):
            self.links.append(Link(url, " ".join(" ".join(self._words).split())))
