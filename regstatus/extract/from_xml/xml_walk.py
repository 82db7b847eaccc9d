"""The walk over an XML tree of any schema: one pass, no recursion."""

import re
from functools import lru_cache
from typing import Any

from lxml import etree

from regstatus.extract.blocks import BREAK, Sink
from regstatus.extract.from_html.html_tree import parse_html
from regstatus.extract.from_html.html_walk import walk_html
from regstatus.extract.markup import ELEMENTS, KEYS, MARKS, STRUCK, flags_of
from regstatus.extract.normalise import raised
from regstatus.extract.standing import bare, says_gone
from regstatus.model.vocabulary import WordPattern
from regstatus.model.written_days import parse_date

_MARKUP = re.compile(
    r"<(?:p|br|b|i|div|span|table|sup|sub|a|ul|li|strong|em|h[1-6])\b[^<>]*>", re.IGNORECASE
)
_INLINE = frozenset({"inline", "bold", "raised"})
_NO_TEXT = frozenset({"skip", "struck", "break", "tab"})
_NAMES = frozenset({"heading", "header"})
"""Elements that name the part in which they stand, and are no piece of a heading."""
_LONGEST_ID = 80
_DIGITS = re.compile(r"\d+")
_WORD_HEADING = WordPattern("{heading.styles}")
_WORD_CONTENTS = re.compile(r"(?:toc|verzeichnis|tm|sommario|tdc|spistreci|obsah|inhopg)\d")
"""Styles of lines of a table of contents, which Word names in its own language without accents."""


class _Frame:
    """What entering an element did, for leaving it; one for every element, so it is kept cheap."""

    mixed = headed = False
    did = ""
    """How its words are gathered: as a `block`, `heading`, `row`, `aside`, or not apart."""
    kept: tuple[Any, ...] | None = None
    """The style to be set back; None where entering changed nothing of it."""

    def __init__(self, role: str) -> None:
        self.role = role


def _mixed(element: Any) -> bool:
    """Whether words stand directly in an element, between its children."""
    words = element.text
    if words and not words.isspace():
        return True
    for one in element:  # as a loop, for every element asks
        words = one.tail
        if words and not words.isspace():
            return True
    return False


def headed(element: Any) -> bool:
    """Whether an element has no words of its own, and holds its name, or parts with a name or number."""
    if not len(element) or _mixed(element):
        return False
    below = (inner for part in element for inner in part.iterdescendants(etree.Element))
    return any(part.tag in _NAMES for part in element) or any(map(_heads, below))


def _heads(element: Any) -> bool:
    """Whether an element is the heading or the number of what stands behind it."""
    role = _element(element.tag)
    numbers = role == "label" and element.getnext() is not None
    return role == "heading" or (numbers and not _mixed(element.getparent()))


class _Walk:
    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        self.frames: list[_Frame] = []
        self.in_heading = 0

    def role(self, element: Any, parent: _Frame | None, keys: list[str]) -> str:
        """What an element is for: by name, else by its surroundings."""
        tag = element.tag
        known = _element(tag)
        if not STRUCK.keys().isdisjoint(keys) and STRUCK.items() & element.items():
            return "struck"
        if ("class" in keys or "style" in keys) and "struck" in flags_of(element.items(), {}):
            return "struck"
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
        keys = element.keys()  # without their values, which are seldom asked for
        role = self.role(element, parent, keys)
        frame = _Frame(role)
        self.frames.append(frame)
        if role in _NO_TEXT:
            if role in {"break", "tab"} or (role == "struck" and not element.text):
                sink.add(BREAK if role == "break" else " ")  # «struck»: a space of OpenDocument
            return role in {"break", "tab"}
        if element.tag == "r" and _marked(element, "strike", "dstrike", "vanish"):
            return False  # a run of WordML
        if len(element):
            frame.mixed = _mixed(element)
        if keys and (told := _telling_of(tuple(keys))):
            frame.kept = sink.style
            self.force({key: element.get(key) for key in told})
        if role == "inline":
            return True
        if "id" in keys or "eId" in keys:
            identity = element.get("id") or element.get("eId") or ""
            sink.anchor = identity if _telling(identity) else sink.anchor
        if role == "raised":
            if digits := raised("".join(element.itertext())):
                sink.add(digits)
                return False
        elif role == "bold":
            frame.kept = frame.kept or sink.style
            sink.strong += 1
        elif role == "note":
            frame.did = self.note(frame, parent)
        else:
            self.block(element, frame, parent)
        return True

    def force(self, told: dict[str, str]) -> None:
        """Force and repeal, which attributes tell."""
        sink = self.sink
        sink.repealed += marked_gone(told)
        for name, value in told.items():
            if name.lower() in KEYS["since"]:
                sink.since = parse_date(value) or sink.since
            elif name.lower() in KEYS["until"] and not in_force(told):
                sink.until = parse_date(value) or sink.until

    def note(self, frame: _Frame, parent: _Frame | None) -> str:
        """A note inside a sentence is set apart; one between blocks is a block."""
        if (parent and parent.mixed) or self.in_heading or self.sink.cells is not None:
            self.sink.begin_aside()
            return "aside"
        self.sink.flush()
        frame.kept = frame.kept or self.sink.style
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
        if sink.parts:
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
            frame.kept = frame.kept or sink.style
            sink.kind = "item"
        elif element.tag == "p" and (style := element.find("pPr/pStyle")) is not None:
            # Headings of word processors go by the name of their style.
            named = next(iter(style.attrib.values()), "").lower()
            if _WORD_CONTENTS.match(named):
                frame.kept = frame.kept or sink.style
                sink.note += 1
            elif _WORD_HEADING.match(named):
                self.heading(frame, 1.0 + int((_DIGITS.findall(named) or ["0"])[0][:1]))

    def heading(self, frame: _Frame, level: float) -> None:
        self.sink.level = level
        frame.did = "heading"
        self.in_heading += 1

    def leave(self, element: Any) -> None:
        """Leave an element and undo what entering it did."""
        frame = self.frames.pop()
        sink, did = self.sink, frame.did
        if did == "block":
            if frame.role == "label":
                self.label(element)
            elif frame.role == "cell" and sink.cells is not None:
                sink.end_cell(_span(element), _rows(element))
            elif frame.role == "table":
                sink.over.clear()
                sink.flush(final=True)
            elif sink.parts:
                sink.flush(final=False)
        elif did == "aside":
            sink.end_aside()
        elif did == "heading":
            self.in_heading -= 1
            sink.flush()
            sink.level = None
        elif did == "row":
            sink.end_row()
        elif self.in_heading and frame.role not in _INLINE:
            sink.add(" ")
        if frame.headed:
            sink.close(len(self.frames) * 10.0 + 10.0)
        if frame.kept:
            level, sink.style = sink.level, frame.kept
            sink.level = level

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


def in_force(values: Any) -> bool:
    """Whether an element says that it is in force: Canada leaves a day of old in its `enddate`."""
    said = {name.lower().replace("-", ""): value for name, value in values.items()}
    return any(said.get(name) in {"yes", "true"} for name in KEYS["in_force"])


def marked_gone(element: Any) -> bool:
    """Whether attributes say that what stands inside is no longer, or not yet, law."""
    return any(
        value.lower() in MARKS.get(name.lower(), ()) or says_gone(name, value)
        for name, value in element.items()
    )


@lru_cache(maxsize=4096)
def _telling_of(keys: tuple[str, ...]) -> list[str]:
    """The names of attributes that can say something of force."""
    meant = {*MARKS, *KEYS["since"], *KEYS["until"]}
    states = {*KEYS["gone"], *KEYS["in_force"], *KEYS["states"]}
    return [key for key in keys if key.lower() in meant or bare(key) in states]


@lru_cache(maxsize=4096)
def _element(tag: str) -> str | None:
    return ELEMENTS.get(tag.lower())


def _telling(identity: str) -> bool:
    """Whether an id says where it stands, unlike a serial number."""
    if not 0 < len(identity) <= _LONGEST_ID or _DIGITS.search(identity) is None:
        return False
    return not identity.lower().startswith(("id", "dlm", "c0", "key-", "_"))


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


def _rows(element: Any) -> int:
    """How many rows a cell covers, by `rowspan` or, in CALS, how many more than its own."""
    value, more = element.get("rowspan") or "", element.get("morerows") or ""
    return int(value[:3]) if value.isdecimal() else int(more[:3]) + 1 if more.isdecimal() else 1


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
                continue
            piece = element.text if known else None
        else:
            if known:
                walk.leave(element)
            piece = element.tail if element is not root else None
        # Space between blocks is no text; most of a page's source is just that.
        if piece and (sink.parts or not piece.isspace()):
            walk.text(piece)
    sink.flush(final=True)
