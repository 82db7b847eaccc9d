"""The walk over an XML tree of any schema: one pass, no recursion."""

import re
from typing import Any

from lxml import etree

from regstatus.extract.blocks import BREAK, Sink
from regstatus.extract.from_html.html_tree import parse_html
from regstatus.extract.from_html.html_walk import walk_html
from regstatus.extract.markup import ELEMENTS, KEYS, MARKS
from regstatus.extract.normalise import raised
from regstatus.extract.standing import says_gone
from regstatus.model.vocabulary import WordPattern
from regstatus.model.written_days import parse_date

_MARKUP = re.compile(
    r"<(?:p|br|b|i|div|span|table|sup|sub|a|ul|li|strong|em|h[1-6])\b[^<>]*>", re.IGNORECASE
)
_INLINE = frozenset({"inline", "bold", "raised"})
_DIGITS = re.compile(r"\d+")
_WORD_HEADING = WordPattern("{heading.styles}")


class _Frame:
    """What entering an element did, for leaving it; one for every element, so it is kept cheap."""

    mixed = headed = False
    did = ""
    """How its words are gathered: as a `block`, `heading`, `row`, `aside`, or not apart."""

    def __init__(self, role: str, style: tuple[Any, ...]) -> None:
        self.role = role
        self.style = style


def _mixed(element: Any) -> bool:
    """Whether words stand directly in an element, between its children."""
    return bool((element.text or "").strip()) or any(
        child.tail and not child.tail.isspace() for child in element
    )


def headed(element: Any) -> bool:
    """Whether an element has no words of its own, and holds parts with headings of theirs."""
    below = (inner.tag for part in element for inner in part.iterdescendants())
    return not _mixed(element) and any(
        ELEMENTS.get(tag.lower()) == "heading" for tag in below if isinstance(tag, str)
    )


class _Walk:
    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        self.frames: list[_Frame] = []
        self.in_heading = 0

    def role(self, element: Any, parent: _Frame | None) -> str:
        """What an element is for: by name, else by its surroundings."""
        tag = element.tag
        known = ELEMENTS.get(tag.lower())
        mixed = parent is not None and (parent.mixed or parent.role in _INLINE)
        if known is None:
            return "inline" if mixed else "block"
        if tag == "link" and (element.text or "").lstrip()[:4] == "http":
            return "skip"  # the address of an entry in a feed
        if mixed and (known == "label" or (known == "heading" and tag not in {"heading", "HEAD"})):
            return "inline"
        if known == "heading" and headed(element):
            return "block"  # a title that holds chapters, as in Akoma Ntoso
        return known

    def enter(self, element: Any) -> bool:
        """Enter an element; False if what it holds is to be passed over."""
        sink = self.sink
        parent = self.frames[-1] if self.frames else None
        role = self.role(element, parent)
        frame = _Frame(role, sink.style)
        self.frames.append(frame)
        if role in {"skip", "struck"}:
            if role == "struck" and not element.text:
                sink.add(" ")  # a space of OpenDocument
            return False
        if element.tag == "r" and _marked(element, "strike", "dstrike", "vanish"):
            return False  # a run of WordML
        if role in {"break", "tab"}:
            sink.add(BREAK if role == "break" else " ")
            return True
        frame.mixed = len(element) > 0 and _mixed(element)
        if items := element.items():
            self.attributes(dict(items), role)
        if role == "raised":
            if digits := raised("".join(element.itertext())):
                sink.add(digits)
                return False
        elif role == "bold":
            sink.strong += 1
        elif role == "note":
            frame.did = self.note(parent)
        elif role != "inline":
            self.block(element, frame, parent)
        return True

    def attributes(self, values: dict[str, str], role: str) -> None:
        """Force, repeal and identity, which attributes tell."""
        sink = self.sink
        get = values.get
        identity = get("id") or get("eId") or ""
        sink.repealed += marked_gone(values)
        for name, value in values.items():
            bare = name.lower()
            if bare in KEYS["since"]:
                sink.since = parse_date(value) or sink.since
            elif bare in KEYS["until"]:
                sink.until = parse_date(value) or sink.until
        if len(identity) <= 80 and role != "inline" and _telling(identity):
            sink.anchor = identity

    def note(self, parent: _Frame | None) -> str:
        """A note inside a sentence is set apart; one between blocks is a block."""
        if (parent and parent.mixed) or self.in_heading or self.sink.cells is not None:
            self.sink.begin_aside()
            return "aside"
        self.sink.flush()
        self.sink.note += 1
        return "block"

    def block(self, element: Any, frame: _Frame, parent: _Frame | None) -> None:
        sink, role = self.sink, frame.role
        if self.in_heading:
            sink.add(" ")
            if role == "heading":
                frame.role = "inline"
            return
        if role == "row" and sink.cells is None:
            sink.start_row()
            frame.did = "row"
            return
        sink.flush()
        frame.did = "block"
        if role == "heading" and sink.cells is None:
            flat = element.get("flat")
            style = flat or element.get("level") or "0"
            digit = int(style) if style.isdecimal() else 0
            # A heading that only its number nests counts among its elders.
            depth = 2 if flat else len(self.frames) - 1
            self.heading(frame, depth * 10.0 + min(digit, 9))
            if parent and not flat:
                parent.headed = True
        elif role == "item":
            sink.kind = "item"
        elif element.tag == "p" and (style := element.find("pPr/pStyle")) is not None:
            # Headings of word processors go by the name of their style.
            named = next(iter(style.attrib.values()), "").lower()
            if _WORD_HEADING.match(named):
                self.heading(frame, 1.0 + int((_DIGITS.findall(named) or ["0"])[0][:1]))

    def heading(self, frame: _Frame, level: float) -> None:
        self.sink.level = level
        frame.did = "heading"
        self.in_heading += 1

    def leave(self, element: Any) -> None:
        """Leave an element and undo what entering it did."""
        frame = self.frames.pop()
        sink, role = self.sink, frame.role
        sink.strong = frame.style[2]
        if frame.did == "aside":
            sink.end_aside()
        if frame.did == "heading":
            self.in_heading -= 1
            sink.flush()
            sink.level = None
        elif role == "label" and frame.did == "block":
            self.label(element)
        elif role == "cell" and sink.cells is not None:
            sink.end_cell(_span(element))
        elif frame.did == "row":
            sink.end_row()
        elif frame.did == "block":
            sink.flush(final=role == "table")
        elif self.in_heading and role not in _INLINE:
            sink.add(" ")
        if frame.headed:
            sink.close(len(self.frames) * 10.0 + 10.0)
        sink.style = (frame.style[0], sink.level, *frame.style[2:])

    def label(self, element: Any) -> None:
        """Keep a number back for the text or the heading that it belongs to."""
        parent = element.getparent()
        clml = element.tag == "Pnumber" and parent is not None
        bare = clml and parent.tag in {"P2", "P3", "P4", "P5"}
        self.sink.hold("({})" if bare else None, label=element.tag.lower() != "dt")

    def text(self, piece: str) -> None:
        """Add text; markup inside it (CDATA, feeds) is read as HTML."""
        sink = self.sink
        if "<" not in piece or not _MARKUP.search(piece):
            sink.add(piece)
            return
        if not self.in_heading and sink.cells is None:
            sink.flush()
        root, _ = parse_html(piece)
        walk_html(root, sink, whole=False)


def marked_gone(element: Any) -> bool:
    """Whether attributes say that what stands inside is no longer, or not yet, law."""
    return any(
        value.lower() in MARKS.get(name.lower(), ()) or says_gone(name, value)
        for name, value in element.items()
    )


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
    value = element.get("colspan") or ""
    if value.isdecimal():
        return max(int(value[:3]), 1)
    first = _DIGITS.search(element.get("namest") or "")
    last = _DIGITS.search(element.get("nameend") or "")
    if first and last:
        return min(max(int(last.group()[:4]) - int(first.group()[:4]) + 1, 1), 20)
    return 1


def walk_xml(root: Any, sink: Sink) -> None:
    """Turn a tree with local names into blocks."""
    walk = _Walk(sink)
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        # A reference to an entity that nobody declared for us says nothing.
        known = isinstance(element.tag, str)
        if event == "start":
            if known and not walk.enter(element):
                events.skip_subtree()
            elif known and element.text:
                walk.text(element.text)
            continue
        if known:
            walk.leave(element)
        if element.tail and element is not root:
            walk.text(element.tail)
    sink.flush(final=True)
