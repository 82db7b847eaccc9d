"""The title, headings and first visible words of a page, to tell a document from a notice.

One pass over the bytes that stops as soon as the page is plainly long. It builds no tree, so
a hostile page costs neither memory nor time. The extractor reads properly.
"""

import re
from dataclasses import dataclass
from html import unescape

from regstatus.model.charset import decode

LONG = 20_000
"""Visible characters after which a page is long and no further looked at."""
HEAD = 400_000
"""Characters of the markup in which signatures are looked for."""

_OPEN = re.compile(rb"<(!--|/?[a-z][a-z0-9]*|[!?])")
_SKIPPED = {b"script", b"style", b"noscript", b"template", b"svg", b"select", b"textarea"}
_RAW = {b"script", b"style"}
_HEADING = re.compile(rb"h[1-3]")
_LOOKED_AT = 4_000_000
_OPENS = re.compile(rb"<(?:html|body)[\s>]", re.IGNORECASE)
_CLOSES = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)


def html_stops_short(body: bytes) -> bool:
    """Whether a page in UTF-8 opens as a whole one and never closes: silence of half a list is none.

    Many hosts leave the end out: it tells only where all of a page is needed.
    """
    ends = _CLOSES.search(body, max(len(body) - 2048, 0)) or _CLOSES.search(body)
    return _OPENS.search(body[:4096]) is not None and ends is None


def lost_its_end(body: bytes) -> bool:
    """Whether HTML lacks its end, where a lost connection would look like that end."""
    low = decode(body).lower()
    return "<html" in low and "</html" not in low


@dataclass(frozen=True, slots=True)
class Shape:
    """What a page looks like from afar.

    Attributes:
        names: What the page calls itself: its title, then its first headings of level one to three.
        text: Visible words, at most a little over `LONG` characters.
        source: The first part of the markup, in lower case, for signatures.
        needs_script: A `<noscript>` asks to turn JavaScript on.
    """

    names: tuple[str, ...]
    text: str
    source: str
    needs_script: bool


def read_shape(page: str) -> Shape:
    """See the shape of HTML, given as text."""
    data = page[:_LOOKED_AT].encode("utf-8", "ignore")
    low = data.lower()
    words: list[str] = []
    headings: list[str] = []
    title, hidden = "", ""
    size = position = 0
    heading_from: int | None = None
    unclosed: set[bytes] = set()
    while size < LONG:
        found = _OPEN.search(low, position)
        end = found.start() if found else len(low)
        if end > position and (piece := _words(data[position:end])):
            words.append(piece)
            size += len(piece) + 1
        if found is None:
            break
        name = found[1]
        if name == b"!--":
            position = _after(low, b"-->", found.end())
            continue
        position = _after(low, b">", found.end())
        if name in _SKIPPED or name == b"title":
            close = -1 if name in unclosed else low.find(b"</" + name, position)
            if close < 0:
                unclosed.add(name)
                if name in _RAW:
                    break  # a browser would show nothing after it either
                continue
            inner = data[position : min(close, position + 4000)]
            if name == b"title":
                title = title or _words(inner)
            elif name == b"noscript":
                hidden += " " + _words(re.sub(rb"<[^>]*>", b" ", inner))
            position = _after(low, b">", close)
        elif _HEADING.fullmatch(name):
            heading_from = len(words)
        elif name.startswith(b"/h") and heading_from is not None and _HEADING.fullmatch(name[1:]):
            line = " ".join(words[heading_from:])
            if line and len(headings) < 12:
                headings.append(line[:300])
            heading_from = None
    return Shape(
        names=(*[title[:300]] * bool(title), *headings),
        text=" ".join(words),
        source=low[:HEAD].decode("utf-8", "replace"),
        needs_script="javascript" in hidden.lower(),
    )


def _words(piece: bytes) -> str:
    return " ".join(unescape(piece[: LONG * 4].decode("utf-8", "replace")).split())


def _after(low: bytes, mark: bytes, position: int) -> int:
    found = low.find(mark, position)
    return len(low) if found < 0 else found + len(mark)
