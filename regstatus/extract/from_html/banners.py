"""Banners: what stands out on a page, wherever its text begins, and what its head says of it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from lxml import etree

from regstatus.extract.blocks import clean
from regstatus.extract.markup import KEYS
from regstatus.extract.standing import (
    BANNER,
    IN_BRACKETS,
    NO_FORCE,
    STATE,
    bare,
    says_gone,
    says_state,
)
from regstatus.model.vocabulary import WordPattern
from regstatus.model.written_days import parse_date

_LIMIT = 400
"""Elements of a page that are looked at for banners."""
_OF_ARCHIVES = ("FILE ARCHIVED ON", "BEGIN WAYBACK TOOLBAR", "wm-ipp", "ukwa", "wb_iframe", "_wb_")
_ARCHIVED = re.compile(
    r"FILE ARCHIVED ON|BEGIN WAYBACK TOOLBAR|id=[\"']?(?:wm-ipp|ukwa|wb_iframe|_wb_)"
)
_CAPTURED = re.compile(r"/\d{4,14}(?:[a-z]{2}_)?/https?:/")
"""An address as an archive writes it anew."""
_OF_AN_ARCHIVE = WordPattern("{standing.past}|{standing.labels}|{standing.states}")
_LEGAL_FORCE = re.compile(r"\"legislationLegalForce\"\s*:\s*[{\"][^}]{0,120}?NotInForce")
_PRINTED = re.compile(r"content\s*:\s*[\"']([^\"'\\]{3,60})[\"']")
_META = re.compile(
    r"status|state$|in_?force|legal_?force|validity|isreplacedby|repealed_?by|superseded"
)
_REPLACED = re.compile(r"(?:isreplacedby|repealed_by|superseded-?by)$")
_TITLES = re.compile(r"(?:^|[.:_])title$")
_PERIOD = re.compile(r"(?:^|[.:_])(?:valid|temporal(?:coverage)?)$", re.IGNORECASE)
_LAST_DAY = re.compile(r"(?:/|\bend\s*=)\s*(\d{4}-\d\d(?:-\d\d)?)")
_LINKED_DAY = re.compile(
    r"\"(?:\w+:)?(?:expires|temporalCoverage|date_no_longer_in_force)\"\s*:\s*\"([^\"]{4,60})"
)
_NO_BANNERS = frozenset({"a", "script", "style", "nav", "ul", "li", "button", "option"})
_IN_FORCE = "//@property[contains(., 'in_force')]/.. | //@rel[contains(., 'in_force')]/.."
_MARKS = frozenset({"marquee", "mark"})
_NAMED = etree.XPath("descendant-or-self::*[@class or @id or @role or self::mark or self::marquee]")
_STANDS_OUT = re.compile(
    # each begins with a letter, which `re` looks for quickly
    r"alert|banner|warning|watermark|stamp|notice|status|superseded|archiv|draft|message|hinweis|"
    r"callout|ribbon|badge|avis(?<![a-z0-9]avis)(?![a-z0-9])|label\b(?<=\blabel)"  # `t21aVIs28`: article VI
)
_NEWS = re.compile(r'"@type"\s*:\s*\[?\s*"(?:\w*News\w*|BlogPosting|LiveBlogPosting|Review\w*)"')


def html_banners(root: Any, chars: str, main: Any | None, data: Sequence[str]) -> list[str]:
    """What stands out on a page wherever its text begins, and what its metadata and data say."""
    said = [*_metadata(root, chars, data), *_standing_out(root, main)]
    if any(sign in chars for sign in _OF_ARCHIVES) and _ARCHIVED.search(chars):
        said.append("You are viewing an archived page: an archive's toolbar stands in it")
    elif _CAPTURED.search(chars) and _captured(root):
        said.append("You are viewing an archived page: its links are addresses of an archive")
    return list(dict.fromkeys(filter(None, said)))


def _captured(root: Any) -> bool:
    """Whether an archive wrote the page's own addresses anew; what a text or a menu cites is none."""
    own = cited = other = 0
    for element in root.iter("a", "link", "script", "img", "iframe"):
        address = element.get("href") or element.get("src") or ""
        if not _CAPTURED.search(address):
            other += bool(address)
        elif element.tag != "a":
            own += 1
        elif not _OF_AN_ARCHIVE.search(_words(element)):
            edge = next(element.iterancestors("nav", "header", "footer"), None) is not None
            own, cited = own + edge, cited + 1
    return own > 0 or (cited > 1 and not other)


def valid_until(root: Any, data: Sequence[str]) -> date | None:
    """The first day without force that fields of the head, or linked data, give a page."""
    days = []
    for element in root.xpath("//@content/.."):
        get = element.get
        name = get("name") or get("property") or get("itemprop") or ""
        if element.tag == "meta" or get("property") or get("itemprop"):
            days.append(_ended(name, get("content")))
    for script in data:
        if "Legislation" in script:
            days += [_ended("expirydate", found) for found in _LINKED_DAY.findall(script)]
    return min(filter(None, days), default=None)


def is_news(data: Sequence[str]) -> bool:
    """Whether a page says of itself, as data, that it is news or a post."""
    return any(map(_NEWS.search, data))


def linked_data(root: Any) -> list[str]:
    """The scripts of a page that are data about it."""
    scripts = root.iter("script")
    return [one.text or "" for one in scripts if "ld+json" in (one.get("type") or "")]


def _ended(name: str, value: str) -> date | None:
    """The last day in a field that holds one, or a period with an end."""
    ends = bare(name) in KEYS["until"]
    if not ends and not _PERIOD.search(name):
        return None
    value = clean(value)
    if period := _LAST_DAY.search(value):
        return parse_date(period[1] if len(period[1]) > 7 else f"{period[1]}-28")
    return parse_date(value) if ends else None


def _standing_out(root: Any, main: Any | None) -> Iterator[str]:
    body = root.find("body")
    if body is None:
        return
    for element in root.xpath("(//h1 | //h2)[position() <= 8] | (//p)[position() <= 2]"):
        words = _words(element)
        if not _linked(element, words):
            yield words
        if element.tag == "h1":
            yield from IN_BRACKETS.findall(words)
    found = (one for one in _marked(body, main) if one.tag not in _NO_BANNERS)
    for element in islice(found, _LIMIT):
        words = _words(element, 2 * BANNER)
        if words and len(words) <= BANNER and not _linked(element, words):
            yield words


def _marked(body: Any, main: Any | None) -> Iterator[Any]:
    """The elements that may stand out: by their names, or because they stand outside the main part."""
    marks = _Marks()
    if main is None:
        yield from filter(marks.out, _NAMED(body))
        return
    walk = etree.iterwalk(body, events=("start",))
    for _, element in walk:
        if element is main:
            walk.skip_subtree()
            yield from filter(marks.out, _NAMED(main))
        elif len(element) < 3 or marks.out(element):
            yield element


class _Marks(dict[str | None, bool]):
    """Whether a name stands for what stands out; each is looked through once for a page."""

    def __missing__(self, name: str | None) -> bool:
        found = self[name] = name is not None and _STANDS_OUT.search(name.lower()) is not None
        return found

    def out(self, element: Any) -> bool:
        """Whether an element stands out by its names."""
        get = element.get  # to ask for three of them is quicker than to look at all
        named = self[get("class")] or self[get("id")] or self[get("role")]
        return named or element.tag in _MARKS


def _linked(element: Any, words: str) -> bool:
    """Whether a piece is a link, or holds little else: it speaks of another page."""
    if next(element.iterancestors("a", "nav"), None) is not None:
        return True
    links = sum(len(_words(link)) for link in element.iter("a"))
    return links * 2 > len(words)


def _metadata(root: Any, chars: str, data: Sequence[str]) -> Iterator[str]:
    """Fields of the head, and marks of linked data, that say what a text is."""
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        value = clean(meta.get("content") or meta.get("resource") or "")
        if value and _TITLES.search(name):
            yield value
        elif value and _META.search(name):
            if _REPLACED.search(name) or STATE.fullmatch(value) or NO_FORCE.search(value):
                yield f"This page has been superseded ({name}: {value})"
            yield value
        elif says_gone(name, value):
            yield f"This page has been superseded ({name}: {value})"
    rels = {link.get("rel") for link in root.iter("link")}
    if {"original", "timegate"} <= rels:
        yield "You are viewing an archived page: its head names the original"
    for element in root.xpath(_IN_FORCE) if "in_force" in chars else ():
        value = element.get("resource") or element.get("href") or element.get("content") or ""
        if NO_FORCE.search(value) or NO_FORCE.search(_words(element)[:60]):
            yield f"This page is no longer in force ({value})"
    for script in data:
        if _LEGAL_FORCE.search(script):
            yield "This page is no longer in force (legislationLegalForce)"
    for style in root.iter("style"):
        yield from map(clean, _PRINTED.findall(style.text or ""))
    for image in root.iter("img"):
        if says_state(image.get("alt") or ""):
            yield clean(image.get("alt"))


def _words(element: Any, most: int = 8 * BANNER) -> str:
    """The words of an element, and no more than may matter where it holds more than `most`."""
    if not len(element):
        return clean(element.text or "")
    pieces, length, solid = [], 0, 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        solid += len(piece.strip())
        if length > 8 * BANNER or solid > most:
            break
    return clean(" ".join(pieces))
