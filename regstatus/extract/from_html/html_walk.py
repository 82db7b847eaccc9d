"""The walk over an HTML tree: one pass, no recursion, whatever the depth."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from regstatus.extract.blocks import BREAK, Sink
from regstatus.extract.from_html.html_tree import (
    counter,
    fragment,
    layout,
    length,
    ordinal,
    whole_number,
)
from regstatus.extract.from_html.tags import (
    CODES,
    Code,
    Flag,
    attribute_flags,
    style_flags,
)
from regstatus.extract.normalise import raised

__all__ = ["walk_html"]

_NOTE_MARK = re.compile(r"[\[(]?\d{1,3}[\])]|\*{1,3}")
_INLINE_CODES = frozenset({Code.BREAK, Code.BOLD, Code.SUPER, Code.LINK})
_ARTICLES = frozenset({"article", "main"})
_FINAL = frozenset({Code.ITEM, Code.LIST, Code.TABLE, Code.HEAD})
# What leaving an element does besides setting the style back, which stands beside it.
_FLUSH, _ROW, _CELL, _TERM, _ITEM, _HEAD, _LIST, _ASIDE = (1 << n for n in range(8))
_NOTHING: tuple[int, tuple[Any, ...] | None] = (0, None)
_RARE = frozenset({Code.SKIP, Code.STRUCK, Code.SUPER, Code.FRAME, Code.EDGE})
_LEFT_OUT = Flag.STRUCK | Flag.HIDDEN | Flag.CHROME
_FOLDED = frozenset({"button", "dialog", "noscript", "template"})
"""Tags that are left out, and that sites fold parts of the text into."""
_STILL = frozenset({Code.BLOCK, Code.TABLE, Code.ROW, Code.CELL, Code.BREAK})
"""Tags that set no style by themselves, save `article` and `main`."""


class _Walk:
    """State of one walk over a tree."""

    def __init__(self, root: Any, sink: Sink, *, whole: bool) -> None:
        self.root = root
        self.sink = sink
        self.whole = whole
        self.struck = 0
        self.frames: list[str] = []
        self.counter: tuple[list[int], str] | None = None
        self.articles = 0
        self.pre = 0
        self.toc = 0
        self.total: int | None = None

    def dominates(self, element: Any) -> bool:
        """Whether an element that is to be left out holds most of the page."""
        if self.total is None:
            self.total = length(self.root)
        return length(element) * 2 > self.total > 1000

    def left_out(self, element: Any, code: int, flags: int) -> bool:
        """Whether an element is no text of the law: deleted, hidden, or the site's own."""
        if code == Code.STRUCK or flags & Flag.STRUCK:
            self.struck += length(element)
            return True
        if code == Code.SKIP:
            if element.tag in {"nav", "menu", "dialog"} and self.dominates(element):
                return False
            if element.tag in _FOLDED:
                self.sink.folded.append(" ".join(element.itertext()))
            return True
        if flags & (Flag.HIDDEN | Flag.CHROME):
            if self.dominates(element):
                return False
            if not flags & Flag.CHROME:
                self.sink.folded.append(" ".join(element.itertext()))
            return True
        if code == Code.EDGE and self.whole and not self.articles and element.tag != "aside":
            return not self.dominates(element)
        return False

    def start(
        self, element: Any, code: int, flags: int, items: list[tuple[str, str]]
    ) -> tuple[int, tuple[Any, ...] | None] | None:
        """Enter an element: what leaving it undoes; None if what it holds is to be passed over."""
        sink = self.sink
        if code in _RARE or flags & _LEFT_OUT:
            if self.left_out(element, code, flags) or (code == Code.SUPER and self.super(element)):
                return None
            if code == Code.FRAME:
                self.frames.append((element.get("src") or "").strip())
                return None
            if code == Code.EDGE and element.tag == "aside":
                flags |= Flag.NOTE
        kept = None
        if items or code not in _STILL or element.tag in _ARTICLES:
            kept = (sink.style, self.counter, self.articles, self.pre, self.toc)
        if flags & Flag.PRE or code == Code.PRE:
            self.pre += 1
        if code == Code.INLINE or code in _INLINE_CODES:
            return self._inline(element, code, flags), kept
        return self._block(element, code, flags, items), kept

    def _inline(self, element: Any, code: int, flags: int) -> int:
        sink = self.sink
        if code == Code.BREAK:
            sink.add(BREAK)
        if code == Code.BOLD or flags & (Flag.BOLDISH | Flag.HEADISH):
            sink.strong += 1
        if code == Code.LINK:
            if sink.anchor is None:
                sink.anchor = fragment(element.get("name") or element.get("id"))
            href = element.get("href") or ""
            self.toc += len(href) > 1 and href[0] == "#"
        if flags & Flag.NOTE:
            sink.begin_aside()
            return _ASIDE
        return 0

    def _block(self, element: Any, code: int, flags: int, items: list[tuple[str, str]]) -> int:
        sink = self.sink
        sink.flush(final=code in _FINAL)
        sink.note += flags & Flag.NOTE > 0
        if items:
            values = dict(items)
            sink.strong += style_flags(values.get("style") or "") & Flag.BOLDISH > 0
            headish = flags & Flag.HEADISH or values.get("align") == "center"
            sink.heading_like += bool(headish) and len(element) <= 8
            identity = values.get("id")
            if identity and code != Code.TABLE and fragment(identity):
                sink.anchor = identity
        if code == Code.BLOCK:
            self.articles += element.tag in _ARTICLES
        elif code == Code.HEAD:
            sink.level = float(element.tag[1])
            return _FLUSH | _HEAD
        elif code == Code.LIST:
            self.counter = counter(element)
            return _FLUSH | _LIST
        elif code == Code.ITEM:
            sink.kind = "item"
            sink.prefix = self.mark(element)
            return _FLUSH | _ITEM
        elif code == Code.ROW and not layout(element):
            sink.start_row()
            return _FLUSH | _ROW
        elif code == Code.CELL:
            return _FLUSH | _CELL
        elif code == Code.TERM:
            sink.kind = "item"
            return _FLUSH | _TERM | _ITEM
        elif code == Code.TERM_TEXT:
            sink.kind = "item"
            return _FLUSH | _ITEM
        return _FLUSH

    def end(self, element: Any, done: int, kept: tuple[Any, ...] | None) -> None:
        """Leave an element and undo what entering it did, if that was more than to end a block."""
        sink = self.sink
        if done & _CELL and sink.cells is not None:
            sink.end_cell(whole_number(element.get("colspan")) or 1)
        elif done & _ROW:
            sink.end_row()
        elif done & _TERM:
            sink.hold()
        elif done & _FLUSH:
            sink.flush(final=bool(done & _LIST))
        if done & _ASIDE:
            sink.end_aside()
        if done & _ITEM:
            sink.prefix = ""
        if kept:
            sink.style, self.counter, self.articles, self.pre, self.toc = kept
        if done & _HEAD:
            sink.level = None

    def text(self, piece: str) -> str:
        """Text in `<pre>`, where lines count, or in a link into the page."""
        if self.pre:
            piece = piece.replace("\r\n", "\n").replace("\n", BREAK)
        if self.toc:
            self.sink.linked += len(piece)
        return piece

    def super(self, element: Any) -> bool:
        """Set raised digits apart; True if the element was read whole."""
        text = "".join(element.itertext()).strip()
        if digits := raised(text):
            self.sink.add(digits)
            return True
        if _NOTE_MARK.fullmatch(text):
            self.sink.add(f" {text}")
            return True
        return False

    def mark(self, element: Any) -> str:
        """The number of a list entry where markup alone gives it."""
        if self.counter is None:
            return ""
        number, style = self.counter
        given = whole_number(element.get("value"))
        if given is not None:
            number[0] = given
        shown = ordinal(number[0], style)
        number[0] += 1
        return shown


def walk_html(
    root: Any, sink: Sink, *, struck_classes: frozenset[str] = frozenset(), whole: bool = True
) -> tuple[int, list[str]]:
    """Turn a tree into blocks.

    Args:
        root: The element to read.
        sink: Where the blocks go.
        struck_classes: Classes that the page's style sheet strikes through.
        whole: Whether it is a whole page, with headers and footers of the site, and not a part.

    Returns:
        How many characters were left out as struck, and the addresses of frames.
    """
    walk = _Walk(root, sink, whole=whole)
    events = etree.iterwalk(root, events=("start", "end"))
    applied: list[tuple[int, tuple[Any, ...] | None]] = []
    for event, element in events:
        if event == "start":
            code = CODES.get(element.tag, 0)
            items = element.items()
            flags = attribute_flags(items, struck_classes) if items else 0
            if code == 0 and flags == 0:
                applied.append(_NOTHING)
            else:
                entered = walk.start(element, code, flags, items)
                applied.append(entered or _NOTHING)
                if entered is None:
                    events.skip_subtree()
                    continue
            piece = element.text
        else:
            done, kept = applied.pop()
            if done == _FLUSH and kept is None:
                sink.flush()
            elif done or kept:
                walk.end(element, done, kept)
            piece = element.tail if element is not root else None
        # Space between blocks is no text; most of a page's source is just that.
        if piece and (sink.parts or not piece.isspace()):
            sink.add(walk.text(piece) if walk.pre or walk.toc else piece)
    sink.flush(final=True)
    return walk.struck, walk.frames
