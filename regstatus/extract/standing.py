"""Standing: what a page says of itself, above, below or beside its text, or in its metadata.

Offices leave old consolidations, archived pages and drafts at their addresses, with a banner, a
heading, a field or a title that says so. Such a text reads like law, and proves nothing of today.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from regstatus.extract.blocks import Block, Content, clean
from regstatus.extract.markup import KEYS
from regstatus.model.vocabulary import WordPattern
from regstatus.model.written_days import DATE, parse_date

_OPENING, _CLOSING = 6, 2
"""Blocks in which a text says what it is."""
_BANNER, _LABEL = 400, 70
"""Characters that a banner, and a mere label, has at most: longer is text of the law."""
_LIMIT = 400
"""Elements of a page that are looked at for banners."""
_DISOWNING = WordPattern("{standing.sentences}")
_DISOWNING_LABEL = WordPattern(r"\W*(?:{standing.is}\s+)?{standing.labels}(?=\W|$)")
_STATE = WordPattern(r"\W*(?:{standing.labels}|{standing.states})\b.{0,60}")
_ONLY_STATE = WordPattern(r"\W*{standing.states}\W*")
_STAMP = WordPattern(r"(?:{standing.labels}|{standing.states})")
_FIELD = WordPattern(r"\W*(?:\w+\s){0,2}{standing.fields}\s*(?:[:|：-]\s*){1,3}(?P<state>.{2,80})")
_GONE = WordPattern(r"\W*{repeal.headings}\b")
_PIECES = re.compile(r"\s[-–—|:]\s")
_IN_BRACKETS = re.compile(r"[\[(]([^\])]{3,60})[\])]")
_ELSEWHERE = WordPattern("{standing.elsewhere}")
_CURRENT = WordPattern(
    rf"{{standing.current}}\W{{0,3}}(?:[^.;|]{{0,60}}?)(?P<day>{DATE}|\b(?:19|20)\d\d\b)"
)
_UPDATED = WordPattern(
    rf"{{standing.updated}}\W{{0,3}}(?:[^.;|]{{0,60}}?)(?P<day>{DATE}|\b(?:19|20)\d\d\b)"
)
_EDITION = WordPattern(
    r"^\W*(?P<day>(?:19|20)\d\d)\W{0,3}(?:\w+\s){0,2}{standing.editions}"
    r"|(?P<year>(?:19|20)\d\d)\W{0,3}(?:\w+\s){0,2}{standing.editions}\W*$"
)
_ARCHIVED = re.compile(
    r"FILE ARCHIVED ON|BEGIN WAYBACK TOOLBAR|id=[\"']?(?:wm-ipp|ukwa|wb_iframe|_wb_)"
)
_CAPTURED = re.compile(r"/\d{4,14}(?:[a-z]{2}_)?/https?:/")
"""An address as an archive writes it anew."""
_OF_AN_ARCHIVE = WordPattern("{standing.past}|{standing.labels}|{standing.states}")
_NO_FORCE = re.compile(r"(?:^|[\W_])not-?in-?force\b", re.IGNORECASE)
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
_STANDS_OUT = re.compile(
    r"alert|banner|warning|watermark|stamp|notice|status|superseded|archiv|draft|message|hinweis|"
    r"callout|ribbon|badge|avis|\blabel\b",
    re.IGNORECASE,
)


def disowned(content: Content) -> str | None:
    """The words by which a page says that its text is not the law in force, if any do."""
    blocks = content.blocks
    # A section or entry that was repealed may stand last, and says nothing of the others.
    last = (
        b.text
        for b in blocks[-_CLOSING:]
        if not (b.note or b.linked or b.kind == "item" or _GONE.match(b.text))
    )
    title = content.title or ""
    parts: tuple[str, ...] = (*_PIECES.split(title)[:-1], *_IN_BRACKETS.findall(title))
    banners = (title, *parts, *_opening(blocks), *content.banners, *last)
    for words in banners:
        told = _DISOWNING.search(words) if len(words) <= _BANNER else None
        if told and not _ELSEWHERE.search(words[: told.start()]):
            return words
        if len(words) <= _LABEL and (_DISOWNING_LABEL.match(words) or _ONLY_STATE.fullmatch(words)):
            return words
    for words in (*banners, *(block.text for block in blocks[: 5 * _OPENING])):
        field = _FIELD.match(words) if len(words) <= 2 * _LABEL else None
        if field and _STATE.fullmatch(field["state"]):
            return words
    return None


def as_of(content: Content) -> tuple[str, date] | None:
    """The newest day up to which a page says that its text was kept, with the words."""
    return _newest(content, _CURRENT, _EDITION)


def updated(content: Content) -> tuple[str, date] | None:
    """The newest day on which a page says that it was last changed, with the words."""
    return _newest(content, _UPDATED)


def _newest(content: Content, *patterns: WordPattern) -> tuple[str, date] | None:
    blocks = content.blocks
    ends = (*blocks[: 2 * _OPENING], *blocks[-2 * _CLOSING :])
    said = (content.title or "", *content.banners, *(block.text for block in ends))
    days = [
        (words[:160], day)
        for words in said
        if len(words) <= _BANNER
        for pattern in patterns
        for found in pattern.finditer(words)
        if (day := _day(found[found.lastindex or 0]))
    ]
    return max(days, key=lambda pair: pair[1], default=None)


def _day(words: str) -> date | None:
    """A day, or the end of the year where the language of its month is not known."""
    year = re.search(r"(?:19|20)\d\d", words)
    return parse_date(words) or (date(int(year[0]), 12, 31) if year else None)


def _opening(blocks: Sequence[Block]) -> Iterator[str]:
    """Where a text says what it is: its first words and headings."""
    for number, block in enumerate(blocks[:_OPENING]):
        if not (block.note or block.linked) and (number < 2 or block.kind == "heading"):
            yield block.text


def html_banners(root: Any, chars: str, main: Any | None) -> list[str]:
    """What stands out on a page wherever its text begins, and what its metadata says."""
    said = [*_metadata(root), *_standing_out(root, main)]
    if _ARCHIVED.search(chars):
        said.append("You are viewing an archived page: an archive's toolbar stands in it")
    elif _captured(root):
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


def valid_until(root: Any) -> date | None:
    """The first day without force that fields of the head, or linked data, give a page."""
    days = []
    for element in root.xpath(
        "//meta[@content] | //*[@property][@content] | //*[@itemprop][@content]"
    ):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        days.append(_ended(name, clean(element.get("content"))))
    for script in root.xpath("//script[contains(@type, 'ld+json')]"):
        if "Legislation" in (script.text or ""):
            days += [_ended("expirydate", found) for found in _LINKED_DAY.findall(script.text)]
    return min(filter(None, days), default=None)


def _ended(name: str, value: str) -> date | None:
    """The last day in a field that holds one, or a period with an end."""
    period = _LAST_DAY.search(value)
    if period and (_PERIOD.search(name) or _bare(name) in KEYS["until"]):
        return parse_date(period[1] if len(period[1]) > 7 else f"{period[1]}-28")
    return parse_date(value) if _bare(name) in KEYS["until"] else None


def _bare(name: str) -> str:
    """The last word of the name of a field: «eli:in_force», «DC.date.valid»."""
    return re.split(r"[:.]", name.lower())[-1].replace("-", "").replace("_", "")


def _standing_out(root: Any, main: Any | None) -> Iterator[str]:
    body = root.find("body")
    if body is None:
        return
    for element in root.xpath("(//h1 | //h2)[position() <= 8] | (//p)[position() <= 2]"):
        words = _words(element)
        if not _linked(element, words):
            yield words
        if element.tag == "h1":
            yield from _IN_BRACKETS.findall(words)
    inside = set() if main is None else set(main.iter())
    seen = 0
    for element in body.iter():
        marks = " ".join(filter(None, map(element.get, ("class", "role", "id"))))
        stands_out = marks and _STANDS_OUT.search(marks)
        outside = main is not None and element not in inside and len(element) < 3
        if not (stands_out or outside or element.tag in {"marquee", "mark"}):
            continue
        if element.tag in {"a", "script", "style", "nav", "ul", "li", "button", "option"}:
            continue
        words = _words(element)
        if words and len(words) <= _BANNER and not _linked(element, words):
            yield words
        seen += 1
        if seen > _LIMIT:
            return


def _linked(element: Any, words: str) -> bool:
    """Whether a piece is a link, or holds little else: it speaks of another page."""
    if next(element.iterancestors("a", "nav"), None) is not None:
        return True
    links = sum(len(_words(link)) for link in element.iter("a"))
    return links * 2 > len(words)


def _metadata(root: Any) -> Iterator[str]:
    """Fields of the head, and marks of linked data, that say what a text is."""
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        value = clean(meta.get("content") or meta.get("resource") or "")
        if value and _TITLES.search(name):
            yield value
        elif value and _META.search(name):
            if _REPLACED.search(name) or _STATE.fullmatch(value) or _NO_FORCE.search(value):
                yield f"This page has been superseded ({name}: {value})"
            yield value
        elif says_gone(name, value):
            yield f"This page has been superseded ({name}: {value})"
    rels = {link.get("rel") for link in root.iter("link")}
    if {"original", "timegate"} <= rels:
        yield "You are viewing an archived page: its head names the original"
    for element in root.xpath("//*[contains(@property, 'in_force') or contains(@rel, 'in_force')]"):
        value = element.get("resource") or element.get("href") or element.get("content") or ""
        if _NO_FORCE.search(value) or _NO_FORCE.search(_words(element)[:60]):
            yield f"This page is no longer in force ({value})"
    for script in root.xpath("//script[contains(@type, 'ld+json')]"):
        if _LEGAL_FORCE.search(script.text or ""):
            yield "This page is no longer in force (legislationLegalForce)"
    for style in root.iter("style"):
        yield from map(clean, _PRINTED.findall(style.text or ""))
    for image in root.xpath("//img[@alt]"):
        if _says_state(image.get("alt")):
            yield clean(image.get("alt"))


def _words(element: Any) -> str:
    pieces, length = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > 8 * _BANNER:
            break
    return clean(" ".join(pieces))


def says_gone(name: str, value: str) -> bool:
    """Whether a field of data, by its name, says that the whole is not the law in force."""
    name, no = _bare(name), {"false", "no", "0"}
    if name in KEYS["gone"]:
        return clean(value).lower() not in {*no, "", "none", "null"}
    if name in KEYS["in_force"]:
        return clean(value).lower() in no or _NO_FORCE.search(clean(value)) is not None
    return name in KEYS["states"] and _says_state(value)


def _says_state(words: str) -> bool:
    """Whether a mere label says that something is not the law in force."""
    words = clean(words)
    return len(words) <= _LABEL and _STATE.fullmatch(words) is not None


def lines_that_stand_out(pages: Iterable[Sequence[str]]) -> list[str]:
    """Of the pages of a print: the first lines, and lines that come back on every page."""
    split = [[clean(line) for line in page] for page in pages]
    if not split:
        return []
    every = set(split[0]).intersection(*split[1:]) if len(split) > 1 else set()
    every.update(
        line for page in split for line in page if line.isupper() and _STAMP.fullmatch(line)
    )
    return [*dict.fromkeys((*split[0][:8], *sorted(line for line in every if len(line) <= _LABEL)))]
