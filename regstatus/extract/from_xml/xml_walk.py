"""The walk over an XML tree of any schema: one pass, no recursion."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from regstatus.extract.blocks import BREAK, Sink
from regstatus.extract.force import parse_date
from regstatus.extract.from_html.html_tree import parse_html
from regstatus.extract.from_html.html_walk import walk_html
from regstatus.extract.from_xml.roles import ROLES, Role
from regstatus.extract.normalise import raised

__all__ = ["walk_xml"]

_MARKUP = re.compile(
    r"<(?:p|br|b|i|div|span|table|sup|sub|a|ul|li|strong|em|h[1-6])\b[^<>]*>", re.IGNORECASE
)
_DEAD = frozenset(
    {"repealed", "prospective", "revoked", "removed", "inactive", "vervallen", "dead"}
)
_PENDING_IDS = frozenset({"nifprovs"})
_PASSED = frozenset({Role.SKIP, Role.STRUCK})
_INLINE_ROLES = (Role.INLINE, Role.BOLD, Role.SUPER)
_CLML_NUMBERS = {"P2": "({})", "P3": "({})", "P4": "({})", "P5": "({})"}
_DIGITS = re.compile(r"\d+")


class _Frame:
    """What entering an element did, for leaving it; one for every element, so it is kept cheap."""

    mixed = headed = aside = row = block = False

    def __init__(self, role: Role, style: tuple[Any, ...]) -> None:
        self.role = role
        self.style = style


def _mixed(element: Any) -> bool:
    """Whether words stand directly in an element, between its children."""
    text = element.text
    if text and not text.isspace():
        return True
    for child in element:
        tail = child.tail
        if tail and not tail.isspace():
            return True
    return False


class _Walk:
    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        self.frames: list[_Frame] = []
        self.in_heading = 0

    def role(self, element: Any, parent: _Frame | None) -> Role:
        """What an element is for: by name, else by its surroundings."""
        tag = element.tag
        known = ROLES.get(tag.lower())
        mixed = parent is not None and (parent.mixed or parent.role in _INLINE_ROLES)
        if known is None:
            return Role.INLINE if mixed else Role.BLOCK
        if tag == "link" and (element.text or "").lstrip()[:4] == "http":
            return Role.SKIP  # the address of an entry in a feed
        if known is Role.LABEL and mixed:
            return Role.INLINE
        if known is Role.HEADING and mixed and tag not in {"heading", "HEAD"}:
            return Role.INLINE
        return known

    def start(self, element: Any) -> bool:
        """Enter an element; False if what it holds is to be passed over."""
        sink = self.sink
        parent = self.frames[-1] if self.frames else None
        role = self.role(element, parent)
        frame = _Frame(role, sink.style)
        self.frames.append(frame)
        if role in _PASSED:
            return False
        if element.tag == "r" and _marked(element, "strike", "dstrike", "vanish"):
            if not _marked(element, "strike", "dstrike"):
                sink.folded.append(" ".join(element.itertext()))
            return False
        if role in {Role.BREAK, Role.TAB}:
            sink.add(BREAK if role is Role.BREAK else " ")
            return True
        frame.mixed = len(element) > 0 and _mixed(element)
        items = element.items()
        if items:
            self.attributes(dict(items), frame)
        if role is Role.SUPER:
            if digits := raised("".join(element.itertext())):
                sink.add(digits)
                return False
        elif role is Role.BOLD:
            sink.strong += 1
        elif role is Role.NOTE:
            self.note(frame, parent)
        elif role is not Role.INLINE:
            self.block(element, role, frame, parent)
        return True

    def attributes(self, values: dict[str, str], frame: _Frame) -> None:
        """Force, repeal and identity, which attributes tell."""
        sink = self.sink
        get = values.get
        status = get("Status") or get("status") or get("deletion-status")
        identity = get("id") or get("eId")
        dead = (status or "").lower() in _DEAD or get("in-force") == "no"
        if dead or get("derogado") == "derogado" or (identity or "").lower() in _PENDING_IDS:
            sink.repealed += 1
        start, end = get("RestrictStartDate"), get("RestrictEndDate")
        if start:
            sink.since = parse_date(start) or sink.since
        if end:
            sink.until = parse_date(end) or sink.until
        if (
            identity
            and len(identity) <= 80
            and frame.role is not Role.INLINE
            and _telling(identity)
        ):
            sink.anchor = identity

    def note(self, frame: _Frame, parent: _Frame | None) -> None:
        """A note inside a sentence is set apart; one between blocks is a block."""
        if (parent and parent.mixed) or self.in_heading or self.sink.cells is not None:
            self.sink.begin_aside()
            frame.aside = True
        else:
            self.sink.flush()
            self.sink.note += 1
            frame.block = True

    def block(self, element: Any, role: Role, frame: _Frame, parent: _Frame | None) -> None:
        sink = self.sink
        if self.in_heading:
            sink.add(" ")
            if role is Role.HEADING:
                frame.role = Role.INLINE
            return
        if role is Role.ROW and sink.cells is None:
            sink.start_row()
            frame.row = True
            return
        sink.flush()
        frame.block = True
        if role is Role.HEADING and sink.cells is None:
            style = element.get("flat") or element.get("level") or "0"
            digit = int(style) if style.isdecimal() else 0
            # A heading that only its number nests counts among its elders.
            depth = 2 if element.get("flat") else len(self.frames) - 1
            sink.level = depth * 10.0 + min(digit, 9)
            self.in_heading += 1
            if parent and not element.get("flat"):
                parent.headed = True
        elif role is Role.ITEM:
            sink.kind = "item"
        elif element.tag == "p" and element.find("pPr/pStyle") is not None:
            self.word(element, frame)

    def word(self, element: Any, frame: _Frame) -> None:
        """Headings of word processors go by the name of their style."""
        style = next(iter(element.find("pPr/pStyle").attrib.values()), "").lower()
        if style.startswith(("heading", "berschrift", "überschrift", "rubrik", "title")):
            self.sink.level = 1.0 + int((_DIGITS.findall(style) or ["0"])[0][:1])
            frame.role = Role.HEADING
            self.in_heading += 1

    def end(self, element: Any) -> None:
        """Leave an element and undo what entering it did."""
        frame = self.frames.pop()
        sink = self.sink
        sink.strong = frame.style[2]
        if frame.aside:
            sink.end_aside()
        if frame.role is Role.HEADING and frame.block:
            self.in_heading -= 1
            sink.flush()
            sink.level = None
        elif frame.role is Role.LABEL and frame.block:
            self.label(element)
        elif frame.role is Role.CELL and sink.cells is not None:
            sink.end_cell(_span(element))
        elif frame.row:
            sink.end_row()
        elif frame.block:
            sink.flush(final=frame.role is Role.TABLE)
        elif self.in_heading and frame.role not in _INLINE_ROLES:
            sink.add(" ")
        if frame.headed:
            sink.close(len(self.frames) * 10.0 + 10.0)
        sink.style = (frame.style[0], sink.level, *frame.style[2:])

    def label(self, element: Any) -> None:
        """Keep a number back for the text or the heading that it belongs to."""
        parent = element.getparent()
        shape = _CLML_NUMBERS.get(parent.tag) if parent is not None else None
        self.sink.hold(
            shape if element.tag == "Pnumber" else None, label=element.tag.lower() != "dt"
        )

    def text(self, piece: str) -> None:
        """Add text; markup inside it (CDATA, feeds) is read as HTML."""
        if "<" in piece and _MARKUP.search(piece):
            sink = self.sink
            if not self.in_heading and sink.cells is None:
                sink.flush()
            root, _ = parse_html(piece)
            walk_html(root, sink, whole=False)
            return
        self.sink.add(piece)


def _telling(identity: str) -> bool:
    """Whether an id says where it stands, unlike a serial number."""
    return not identity.lower().startswith(("id", "dlm", "c0", "key-", "_")) and any(
        char.isdigit() for char in identity
    )


def _marked(element: Any, *names: str) -> bool:
    """Whether a run of WordML bears one of the marks: struck through, or hidden."""
    return any(
        mark.tag in names and next(iter(mark.attrib.values()), "1") not in {"0", "false", "off"}
        for mark in element.iterfind("rPr/*")
    )


def _span(element: Any) -> int:
    """How many columns a cell covers, by `colspan` or by CALS column names."""
    value = element.get("colspan")
    if value and value.isdecimal():
        return max(int(value[:3]), 1)
    first = _DIGITS.search(element.get("namest") or "")
    last = _DIGITS.search(element.get("nameend") or "")
    if first and last:
        return min(max(int(last.group()[:4]) - int(first.group()[:4]) + 1, 1), 20)
    return 1


def walk_xml(root: Any, sink: Sink) -> None:
    """Turn a tree into blocks.

    Args:
        root: The element to read, with local names.
        sink: Where the blocks go.
    """
    walk = _Walk(sink)
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if not isinstance(element.tag, str):
            # A reference to an entity that nobody declared for us says nothing.
            if event == "end" and element.tail:
                walk.text(element.tail)
            continue
        if event == "start":
            if not walk.start(element):
                events.skip_subtree()
                continue
            if element.text:
                walk.text(element.text)
        else:
            walk.end(element)
            if element.tail and element is not root and walk.frames:
                walk.text(element.tail)
    sink.flush(final=True)
