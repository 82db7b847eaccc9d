"""The walk over an HTML tree: one pass, no recursion, whatever the depth."""

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from regstatus.extract.blocks import BREAK, Sink
from regstatus.extract.from_html.html_tree import Counter, layout, length, unroll, whole_number
from regstatus.extract.markup import NO_FLAGS, TAGS, flags_of, style_flags
from regstatus.extract.normalise import raised

_NOTE_MARK = re.compile(r"[\[(]?\d{1,3}[\])]|\*{1,3}")
_INLINE = frozenset({"", "break", "bold", "raised", "link"})
_FINAL = frozenset({"item", "list", "table", "heading"})
_ENTRIES = frozenset({"item", "term", "meaning"})
_LEFT_OUT = frozenset({"struck", "hidden", "chrome"})
_JUDGED = frozenset({"struck", "skip", "edge", "frame", "raised"})
"""Roles of elements that may be left out for what they are."""
_NO_SHEET: Mapping[str, frozenset[str]] = {}

_OPENS = frozenset({"heading", "list", "item", "term", "meaning", "pre"})
"""Roles of blocks that change how their text is taken."""

_Entered = tuple[str, tuple[Any, ...] | None]
"""What leaving an element does (nothing, or what its role asks for), and what it sets back."""


class _Walk:
    """State of one walk over a tree."""

    def __init__(self, root: Any, sink: Sink, *, whole: bool) -> None:
        self.root = root
        self.sink = sink
        self.whole = whole
        self.counter: Counter | None = None
        self.articles = self.pre = self.toc = self.away = 0
        self.total: int | None = None

    def dominates(self, element: Any) -> bool:
        """Whether an element that is to be left out holds most of the page."""
        if self.total is None:
            self.total = length(self.root)
        return length(element) * 2 > self.total > 1000

    def passed_over(self, element: Any, role: str, flags: frozenset[str]) -> bool:
        """Whether what an element holds is not to be walked."""
        if self.left_out(element, role, flags) or (role == "raised" and self.superscript(element)):
            return True
        if role == "frame":
            self.sink.frames.append((element.get("src") or "").strip())
        return role == "frame"

    def left_out(self, element: Any, role: str, flags: frozenset[str]) -> bool:
        """Whether an element is no text of the law: deleted, hidden, or the site's own."""
        if role == "struck" or "struck" in flags:
            self.sink.struck += length(element)
            return True
        if role == "skip":
            stays = element.tag in {"nav", "menu", "dialog"}
        elif flags & _LEFT_OUT:
            stays = True
        elif role == "edge" and self.whole and not self.articles:
            stays = True  # of the site outside an article, of the text within
            if element.tag == "aside":
                return False
        else:
            return False
        out = not (stays and self.dominates(element))
        self.sink.hidden += length(element) if out and "hidden" in flags else 0
        return out

    def kept(self) -> tuple[Any, ...]:
        """What entering an element may change, for setting it back."""
        return self.sink.style, self.counter, self.articles, self.pre, self.toc, self.away

    def inline(self, element: Any, role: str, flags: frozenset[str]) -> _Entered | None:
        """Enter an element within a line."""
        sink = self.sink
        if role == "break":
            sink.add(BREAK)
            if not flags:
                return None
        kept = self.kept()
        self.pre += "pre" in flags
        if role == "bold" or "bold" in flags or "heading" in flags:
            sink.strong += 1
        if role == "link":
            if sink.anchor is None:
                sink.anchor = _fragment(element.get("name") or element.get("id"))
            href = element.get("href") or ""
            self.toc += len(href) > 1 and href[0] == "#"
            self.away += bool(href) and href[0] != "#"
        if "note" not in flags:
            return "", kept
        sink.begin_aside()
        return "aside", kept

    def block(
        self, element: Any, role: str, flags: frozenset[str], values: dict[str, str]
    ) -> _Entered:
        """Enter an element that stands apart."""
        sink = self.sink
        kept = None
        centred = "align" in values and values["align"] == "center"
        if flags or centred or role in _OPENS or element.tag in {"article", "main"}:
            kept = self.kept()
            self.pre += role == "pre" or "pre" in flags
        sink.flush(final=role in _FINAL)
        if kept:
            sink.note += "note" in flags
            sink.strong += "bold" in style_flags(values.get("style", ""))
            if values and len(element) <= 8:
                sink.heading_like += centred or "heading" in flags
        if values and role != "table":
            sink.anchor = _fragment(values.get("id")) or sink.anchor
        if role in _ENTRIES:
            sink.kind = "item"
        if role == "heading":
            sink.level = float(element.tag[1])
        elif role == "list":
            self.counter = Counter(element)
        elif role == "table":
            unroll(element)
        elif role == "item":
            sink.prefix = self.counter.mark(element) if self.counter else ""
        elif role == "row":
            if layout(element):
                return "block", kept
            sink.start_row()
        else:
            self.articles += element.tag in {"article", "main"}
        return role, kept

    def leave(self, element: Any, entered: _Entered) -> None:
        """Leave an element and undo what entering it did."""
        role, kept = entered
        sink = self.sink
        if role == "table":
            sink.over.clear()
        if role == "cell" and sink.cells is not None:
            columns, rows = element.get("colspan"), element.get("rowspan")
            spans = (whole_number(columns) or 1, whole_number(rows) or 1) if columns or rows else ()
            sink.end_cell(*spans, head=element.tag == "th")
        elif role == "row":
            sink.end_row()
        elif role == "term":
            sink.hold()
        elif role == "aside":
            sink.end_aside()
        elif role:
            sink.flush(final=role == "list")
        if role in _ENTRIES:
            sink.prefix = ""
        if kept:
            sink.style, self.counter, self.articles, self.pre, self.toc, self.away = kept
        if role == "heading":
            sink.level = None

    def text(self, piece: str) -> str:
        """Text in `<pre>`, where lines count, or in a link."""
        if self.pre:
            piece = piece.replace("\r\n", "\n").replace("\n", BREAK)
        if self.toc:
            self.sink.linked += len(piece)
        elif self.away:
            self.sink.away += len(piece)
        return piece

    def superscript(self, element: Any) -> bool:
        """Set raised digits apart; True if the element was read whole."""
        text = "".join(element.itertext()).strip()
        piece = raised(text) or (f" {text}" if _NOTE_MARK.fullmatch(text) else "")
        if piece:
            self.sink.add(piece)
        return bool(piece)


def _fragment(value: str | None) -> str | None:
    """An id that may serve as a pinpoint."""
    return value if value and len(value) <= 80 and " " not in value else None


def walk_html(
    root: Any, sink: Sink, *, sheet: Mapping[str, frozenset[str]] = _NO_SHEET, whole: bool = True
) -> None:
    """Turn a tree into blocks.

    `sheet` is what the page's style sheet says of classes; `whole` says whether it is a whole page,
    with headers and footers of the site, and not a part.
    """
    walk = _Walk(root, sink, whole=whole)
    events = etree.iterwalk(root, events=("start", "end"))
    open_: list[_Entered | None] = []
    for event, element in events:
        if event == "start":
            entered = None
            role = TAGS.get(element.tag, "")
            items = element.items()
            flags = flags_of(items, sheet) if items else NO_FLAGS
            if (flags or role in _JUDGED) and walk.passed_over(element, role, flags):
                events.skip_subtree()
                open_.append(None)
                continue
            if role or flags:
                if element.tag == "aside":
                    flags |= {"note"}
                within = role in _INLINE or (role == "block" and "inline" in flags)
                if within and "block" not in flags:
                    entered = walk.inline(element, role, flags)
                else:
                    entered = walk.block(element, role, flags, dict(items))
            open_.append(entered)
            piece = element.text
        else:
            if entered := open_.pop():
                walk.leave(element, entered)
            piece = element.tail if element is not root else None
        # Space between blocks is no text; most of a page's source is just that.
        if piece and (sink.parts or not piece.isspace()):
            sink.add(walk.text(piece) if walk.pre or walk.toc or walk.away else piece)
    sink.flush(final=True)
