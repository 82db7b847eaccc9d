"""The walk over an HTML tree: one pass, no recursion, whatever the depth."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from regstatus.extract.blocks import BREAK, Sink
from regstatus.extract.from_html.html_parts import (
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

__all__ = ["walk_html"]

_SUPER = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTE_MARK = re.compile(r"[\[(]?\d{1,3}[\])]|\*{1,3}")
_INLINE_CODES = frozenset({Code.BREAK, Code.BOLD, Code.SUPER, Code.LINK})
_ARTICLES = frozenset({"article", "main"})
_FINAL = frozenset({Code.ITEM, Code.LIST, Code.TABLE, Code.HEAD})
# What entering an element did, so that leaving it can undo it.
_SKIPPED, _FLUSH, _BOLD, _TOC, _KIND, _ROW, _CELL, _TERM = (1 << n for n in range(8))
# What entering it did less often.
_NOTE, _HEADISH, _HEAD, _LIST, _PRE, _ARTICLE, _ASIDE = (1 << n for n in range(8, 15))
_PLAIN = (0, "")
_PASSED = (_SKIPPED, "")
_RARE = frozenset({Code.SKIP, Code.STRUCK, Code.SUPER, Code.FRAME, Code.EDGE})
_LEFT_OUT = Flag.STRUCK | Flag.HIDDEN | Flag.CHROME
_FOLDED = frozenset({"button", "dialog", "noscript", "template"})
"""Tags that are left out, and that sites fold parts of the text into."""
_SIMPLE = frozenset({Code.BLOCK, Code.TABLE})
"""Tags that do no more than end the block before them, save `article` and `main`."""


class _Walk:
    """State of one walk over a tree."""

    def __init__(self, root: Any, sink: Sink, *, whole: bool) -> None:
        self.root = root
        self.sink = sink
        self.whole = whole
        self.struck = 0
        self.frames: list[str] = []
        self.applied: list[tuple[int, str]] = []
        self.lists: list[tuple[list[int], str] | None] = []
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

    def start(self, element: Any, code: int, flags: int, items: list[tuple[str, str]]) -> bool:
        """Enter an element; False if what it holds is to be passed over."""
        sink = self.sink
        if code in _RARE or flags & _LEFT_OUT:
            if self.left_out(element, code, flags) or (code == Code.SUPER and self.super(element)):
                self.applied.append(_PASSED)
                return False
            if code == Code.FRAME:
                self.frames.append((element.get("src") or "").strip())
                self.applied.append(_PASSED)
                return False
            if code == Code.EDGE and element.tag == "aside":
                flags |= Flag.NOTE
        kind = sink.kind
        if code == Code.INLINE or code in _INLINE_CODES:
            done = self._inline(element, code, flags)
        else:
            done = self._block(element, code, flags, items)
        if flags & Flag.PRE and code != Code.PRE:
            self.pre += 1
            done |= _PRE
        self.applied.append((done, kind))
        return True

    def _inline(self, element: Any, code: int, flags: int) -> int:
        sink = self.sink
        done = 0
        if code == Code.BREAK:
            sink.line()
        if code == Code.BOLD or flags & (Flag.BOLDISH | Flag.HEADISH):
            sink.strong += 1
            done |= _BOLD
        if code == Code.LINK:
            if sink.anchor is None:
                sink.anchor = fragment(element.get("name") or element.get("id"))
            href = element.get("href") or ""
            if len(href) > 1 and href[0] == "#":
                self.toc += 1
                done |= _TOC
        if flags & Flag.NOTE:
            sink.begin_aside()
            done |= _ASIDE
        return done

    def _block(self, element: Any, code: int, flags: int, items: list[tuple[str, str]]) -> int:
        sink = self.sink
        done = _FLUSH
        sink.flush(final=code in _FINAL)
        if flags & Flag.NOTE:
            sink.note += 1
            done |= _NOTE
        if items:
            values = dict(items)
            styled = values.get("style")
            if styled and style_flags(styled) & Flag.BOLDISH:
                sink.strong += 1
                done |= _BOLD
            headish = flags & Flag.HEADISH or values.get("align") == "center"
            if headish and len(element) <= 8:
                sink.heading_like += 1
                done |= _HEADISH
            identity = values.get("id")
            if identity and code != Code.TABLE and fragment(identity):
                sink.anchor = identity
        if code in _SIMPLE:
            if code == Code.BLOCK and element.tag in _ARTICLES:
                self.articles += 1
                done |= _ARTICLE
            return done
        if code == Code.HEAD:
            sink.level = float(element.tag[1])
            done |= _HEAD
        elif code == Code.LIST:
            self.lists.append(counter(element))
            done |= _LIST
        elif code == Code.ITEM:
            sink.kind = "item"
            sink.prefix = self.mark(element)
            done |= _KIND
        elif code == Code.ROW:
            if not layout(element):
                sink.start_row()
                done |= _ROW
        elif code == Code.CELL:
            done |= _CELL
        elif code == Code.PRE:
            self.pre += 1
            done |= _PRE
        elif code == Code.TERM:
            sink.kind = "item"
            done |= _KIND | _TERM
        elif code == Code.TERM_TEXT:
            sink.kind = "item"
            done |= _KIND
        return done

    def end(self, element: Any, done: int, kind: str) -> None:
        """Leave an element and undo what entering it did, if that was more than to end a block."""
        sink = self.sink
        if done & _FLUSH:
            if done & _CELL and sink.cells is not None:
                sink.end_cell(whole_number(element.get("colspan")) or 1)
            elif done & _ROW:
                sink.end_row()
            elif done & _TERM:
                sink.hold()
            else:
                sink.flush(final=bool(done & _LIST))
        if done & _BOLD:
            sink.strong -= 1
        if done & _TOC:
            self.toc -= 1
        if done & _KIND:
            sink.kind = kind
            sink.prefix = ""
        if done < _NOTE:
            return
        if done & _ASIDE:
            sink.end_aside()
        if done & _NOTE:
            sink.note -= 1
        if done & _HEADISH:
            sink.heading_like -= 1
        if done & _HEAD:
            sink.level = None
        if done & _LIST:
            self.lists.pop()
        if done & _PRE:
            self.pre -= 1
        if done & _ARTICLE:
            self.articles -= 1

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
        if text.isdecimal() and len(text) <= 3 and text.isascii():
            self.sink.add(text.translate(_SUPER))
            return True
        if _NOTE_MARK.fullmatch(text):
            self.sink.add(f" {text}")
            return True
        return False

    def mark(self, element: Any) -> str:
        """The number of a list entry where markup alone gives it."""
        counter = self.lists[-1] if self.lists else None
        if counter is None:
            return ""
        number, style = counter
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
    get, applied, text = CODES.get, walk.applied, walk.text
    start, end, flush, leave = walk.start, walk.end, sink.flush, applied.pop
    for event, element in events:
        if event == "start":
            code = get(element.tag, 0)
            items = element.items()
            flags = attribute_flags(items, struck_classes) if items else 0
            if code == 0 and flags == 0:
                applied.append(_PLAIN)
            elif not start(element, code, flags, items):
                events.skip_subtree()
                continue
            piece = element.text
        else:
            done, kind = leave()
            if done == _FLUSH:
                flush()
            elif done > _SKIPPED:
                end(element, done, kind)
            piece = element.tail if element is not root else None
        if not piece:
            continue
        # Space between blocks is no text; most of a page's source is just that.
        parts = sink.parts
        blank = piece.isspace()
        if blank and not parts:
            continue
        if walk.pre or walk.toc:
            piece = text(piece)
        if not blank and sink.lead < 0 and not sink.strong:
            sink.lead = len(parts)
        parts.append(piece)  # as `Sink.add`, which would be called for every piece
    sink.flush(final=True)
    return walk.struck, walk.frames
