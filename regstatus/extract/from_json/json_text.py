"""JSON to blocks: the strings that people would read, in reading order.

Addresses, ids and hashes are no words; a title makes the heading of what its
object holds; markup inside a string is read as HTML.
"""

from __future__ import annotations

import html
import re
from typing import Any

from lxml import etree

from regstatus.base.errors import ReadingError
from regstatus.extract.blocks import Block, Content, Sink, clean
from regstatus.extract.from_html.html_tree import parse_html
from regstatus.extract.from_html.html_walk import walk_html
from regstatus.extract.from_json import keys
from regstatus.extract.from_text.plain import read_plain
from regstatus.model.words import Format

__all__ = ["read_json"]

_MARKUP = re.compile(r"</?[a-zA-Z][\w:-]*(?:\s[^<>]*)?/?>")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+\d*);")


class _JsonText:
    """Gathers what a JSON document says."""

    def __init__(self) -> None:
        self.sink = Sink()
        self.content = Content(form=Format.JSON, blocks=self.sink.blocks, folded=self.sink.folded)

    def walk(self, value: Any, level: int = 1, key: str = "") -> None:
        """Read a value; nothing nests deeper than what the parser let through, up to a limit."""
        if level > keys.DEPTH_LIMIT:
            raise ReadingError("The JSON is nested too deeply to be read.")
        if isinstance(value, str):
            self.string(value)
        elif isinstance(value, list):
            for entry in value:
                self.walk(entry, level + 1, key)
        elif isinstance(value, dict):
            self.mapping(value, level)

    def mapping(self, value: dict[str, Any], level: int) -> None:
        names = {name.lower(): name for name in value if isinstance(name, str)}
        if level <= 2:
            self.paging(value, names)
        if "kodtypufragmentu" in names:
            self.fragment(value, names)
            return
        if level <= 3:
            self.status(value, names)
        heading = self.heading(value, names, level)
        poorer = keys.duplicate(value, names)
        sink = self.sink
        dead = any(value[names[name]] is False for name in keys.FALSE_FORCE if name in names)
        sink.repealed += dead
        for name, entry in value.items():
            lower = name.lower()
            if (
                lower in keys.SKIPPED_KEYS
                or name in heading
                or name == poorer
                or keys.locator(lower)
            ):
                continue
            self.walk(entry, level + 1, lower)
        sink.repealed -= dead
        if heading:
            sink.close(level * 10.0)

    def heading(self, value: dict[str, Any], names: dict[str, str], level: int) -> set[str]:
        """Emit the heading of an object that holds more than its name; the keys that it used."""
        used: set[str] = set()
        for lower, name in names.items():
            if lower in keys.TOP_KEYS and isinstance(value[name], str) and value[name].strip():
                words = clean(re.sub(r"<br\s*/?>", " ", value[name]))
                used.add(name)
                if words:
                    self.sink.flush()
                    self.sink.blocks.append(Block(words, "heading", level * 10.0 - 1))
        for key in keys.TITLE_KEYS:
            name = names.get(key, "")
            if not isinstance(value.get(name), str):
                continue
            words = clean(re.sub(r"<[^<>]*>", " ", html.unescape(value[name])))
            if not words or keys.NO_WORDS.fullmatch(words) or len(words) > 500:
                continue
            if self.content.title is None:
                self.content.title = words
            if not any(
                isinstance(v, (dict, list)) or (isinstance(v, str) and len(v) > 60 and k != name)
                for k, v in value.items()
            ):
                return used
            self.sink.flush()
            self.sink.blocks.append(Block(words, "heading", level * 10.0))
            used.add(name)
            return used
        return used

    def fragment(self, value: dict[str, Any], names: dict[str, str]) -> None:
        """e-Sbírka sends a law as numbered fragments; their depth and kind make the outline."""
        kind = str(value[names["kodtypufragmentu"]])
        if kind == "Virtual_Document" and self.content.title is None:
            self.content.title = clean(str(value.get(names.get("uplnacitace", ""), ""))) or None
        text = value.get(names.get("xhtml", ""))
        if not isinstance(text, str) or not text.strip():
            return
        depth = value.get(names.get("hloubka", ""), 1)
        depth = depth if isinstance(depth, int) else 1
        dead = value.get(names.get("jeucinny", "")) is False
        sink = self.sink
        sink.flush()
        sink.repealed += dead
        address = str(value.get(names.get("staleurl", ""), ""))
        sink.anchor = address.partition("#")[2] or None
        if kind.startswith(keys.CZECH_HEADINGS):
            words = clean(re.sub(r"<[^<>]*>", "", html.unescape(text)))
            if words:
                block = Block(
                    words, "heading", depth * 10.0 + (5 if kind.startswith("Nadpis_pod") else 0)
                )
                block.anchor, sink.anchor, block.repealed = sink.anchor, None, dead
                sink.blocks.append(block)
        else:
            self.string(text)
        sink.repealed -= dead

    def paging(self, value: dict[str, Any], names: dict[str, str]) -> None:
        """Note that a document came in parts, of which this is one."""

        def number(named: list[str]) -> int | None:
            for key in named:
                found = value.get(names[key]) if key in names else None
                if isinstance(found, str) and found.isdecimal():
                    found = int(found[:9])
                if isinstance(found, int) and not isinstance(found, bool):
                    return found
            return None

        last = number(keys.PAGES)
        page = number(keys.PAGE)
        # `pages` alone may tell of paper; with the number of a page it tells of parts.
        sure = page is not None or any(key in names for key in keys.PAGES if key != "pages")
        if last is not None and last > 1 and sure:
            self.problem(f"page {page or 1} of {last}")
            return
        if (
            last is None
            and any(
                isinstance(value[names[key]], str) and value[names[key]].strip()
                for key in keys.NEXT
                if key in names
            )
            and any(isinstance(entry, list) for entry in value.values())
        ):
            self.problem("page 1 of several")
        size = number(["@pagesize"])
        hits = number(["#text"])
        if page and size and hits and hits > size:
            self.problem(f"page {page} of {-(-hits // size)}")

    def problem(self, words: str) -> None:
        if words not in self.content.problems:
            self.content.problems.append(words)

    def status(self, value: dict[str, Any], names: dict[str, str]) -> None:
        """Take the publisher's word that the whole document is no longer law."""
        for key in keys.STATUS_KEYS & names.keys():
            said = value[names[key]]
            if isinstance(said, str) and keys.GONE_WORDS.fullmatch(clean(said).lower()):
                self.content.repealed = True

    def string(self, text: str) -> None:
        """Read one string: words, lines, or markup."""
        if keys.NO_WORDS.fullmatch(text):
            return
        sink = self.sink
        if "\\n" in text or "\\r" in text:
            text = text.replace("\\r\\n", "\n").replace("\\n", "\n").replace("\\r", "\n")
        if _MARKUP.search(text):
            sink.flush()
            try:
                root, _ = parse_html(f"<div>{text}</div>")
            except (ReadingError, etree.LxmlError):
                return
            nested = keys.wrapped(text)
            walk_html(root, sink, whole=False) if not nested else self.lines(text)
            return
        if _ENTITY.search(text):
            text = html.unescape(text)
        self.lines(text)

    def lines(self, text: str) -> None:
        """Read a string without block markup, which may hold hard-wrapped lines."""
        if "\n" not in text:
            sink = self.sink
            sink.flush()
            sink.add(text)
            sink.flush(final=True)
            return
        text = _MARKUP.sub("", text)
        for block in read_plain(html.unescape(text), markdown=False).blocks:
            block.repealed = self.sink.repealed > 0
            block.anchor, self.sink.anchor = self.sink.anchor, None
            self.sink.blocks.append(block)


def read_json(data: Any) -> Content:
    """Turn parsed JSON into blocks.

    Raises:
        ReadingError: Where it is nested too deeply.
    """
    read = _JsonText()
    read.walk(data)
    read.sink.flush(final=True)
    return read.content
