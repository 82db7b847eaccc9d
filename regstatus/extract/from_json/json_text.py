"""JSON to blocks: the strings that people would read, in reading order.

Addresses, ids and hashes are no words; a title makes the heading of what its
object holds; markup inside a string is read as HTML.
"""

import html
import json
import re
from base64 import b64decode
from collections.abc import Iterable
from itertools import chain
from typing import Any
from urllib.parse import unquote

from lxml import etree

from regstatus.base.errors import ReadingError
from regstatus.extract.blocks import Block, Content, Sink, clean
from regstatus.extract.cuts import cuts_of_data
from regstatus.extract.from_html.html_tree import parse_html
from regstatus.extract.from_html.html_walk import walk_html
from regstatus.extract.from_pdf.pdf import read_pdf
from regstatus.extract.from_text.plain import read_plain
from regstatus.extract.markup import KEYS
from regstatus.extract.references import empty_place, points_elsewhere, told_by_keys
from regstatus.extract.selection import pointed
from regstatus.extract.standing import says_gone
from regstatus.model.charset import decode
from regstatus.model.document import Select
from regstatus.model.media import NAMES, kind
from regstatus.model.words import Format
from regstatus.model.written_days import parse_date

_DEPTH_LIMIT = 200
_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)
_MARKUP = re.compile(r"</?[a-zA-Z][\w:-]*(?:\s[^<>]*)?/?>")
_TAG = re.compile(r"<[^<>]*>")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+\d*);")
_NO_WORDS = re.compile(
    r"""\s*(?:
      [a-z][a-z0-9+.-]{1,12}://\S* | /[\w./%?=&#:;,~+-]*            # addresses and paths
    | [\w.+-]+@[\w.-]+ | urn:\S+ | [0-9a-fA-F-]{20,}                # mail, ids, hashes
    | \d{4}-\d\d-\d\dT\S* | [\d\s.,:/+-]*                           # moments, bare numbers
    | \w+\.(?:pdf|html?|xml|json|docx?|rtf|png|jpe?g|gif|svg|tiff?)
    | \{\{.*\}\} | (?=(?:[^\s-]*-){3})[\w.-]+(?:/[\w.-]+)+/?          # the last words of addresses
    )\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_LINKS = 3
"""Objects that point elsewhere, from which on it is a list of them."""
_PACKED = re.compile(r"(?:[A-Za-z0-9+/]{4}\s{0,2}){50,}[A-Za-z0-9+/]{0,3}={0,2}\s*")
_QUOTED = re.compile(r"%(?:20|2c|[c-e][\da-f]%[89ab])", re.IGNORECASE)
_SKIPPED = frozenset(KEYS["skipped"])


class _JsonText:
    """Gathers what a JSON document says."""

    def __init__(self) -> None:
        self.sink = Sink()
        self.content = Content(form=Format.JSON, blocks=self.sink.blocks)
        self.links: list[list[Block]] = []
        self.places: list[bool] = []  # for text: whether there is any

    def walk(self, value: Any, level: int = 1) -> None:
        """Read a value; nothing nests deeper than what the parser let through, up to a limit."""
        if level > _DEPTH_LIMIT:
            raise ReadingError("The JSON is nested too deeply to be read.")
        if isinstance(value, str):
            self.string(value)
        elif isinstance(value, list):
            self.places += [True] * bool(self.places and value)  # entries, perhaps of the list
            for entry in value:
                self.walk(entry, level + 1)
        elif isinstance(value, dict):
            self.mapping(value, level)

    def mapping(self, value: dict[str, Any], level: int) -> None:
        small = {name.lower(): entry for name, entry in value.items()}
        if level <= 2:
            self.paging(small)
            self.content.cuts += cuts_of_data(small)
        if "kodtypufragmentu" in small:
            self.fragment(small)
            return
        if level <= 3:
            self.status(small, level)
        sink = self.sink
        since, until = sink.since, sink.until
        for key, said in small.items():
            bare = key.replace("_", "").replace("-", "")
            if bare in KEYS["since"] and isinstance(said, str):
                sink.since = parse_date(said) or since
            elif bare in KEYS["until"] and isinstance(said, str):
                sink.until = parse_date(said) or until
        dead = any(small.get(key) is False for key in KEYS["in_force"])
        sink.repealed += dead
        self.places += [bool(small[key]) for key in KEYS["texts"] if key in small]
        used, first = self.heading(small, level), len(sink.blocks)
        told = {*used, _duplicate(small)}
        for name, entry in value.items():
            key = name.lower()
            # Two keys may differ in their capitals alone; the one that was not taken is read.
            if not (_wordless(key) or (key in told and entry is small[key])):
                self.walk(entry, level + 1)
        sink.repealed -= dead
        sink.since, sink.until = since, until
        if level > 1 and points_elsewhere(small):
            self.links.append(sink.blocks[first:])
        if used:
            sink.close(level * 10.0)

    def heading(self, small: dict[str, Any], level: int) -> set[str]:
        """Emit the heading of an object that holds more than its name; the keys that it used."""
        used: set[str] = set()
        for key, entry in small.items():
            if key in KEYS["above"] and isinstance(entry, str) and entry.strip():
                self.head(clean(re.sub(r"<br\s*/?>", " ", entry)), level * 10.0 - 1)
                used.add(key)
        for key in KEYS["titles"]:
            entry = small.get(key)
            words = clean(_TAG.sub(" ", html.unescape(entry))) if isinstance(entry, str) else ""
            if not words or _NO_WORDS.fullmatch(words) or len(words) > 500:
                continue
            if self.content.title is None:
                self.content.title = words
            if any(
                isinstance(other, dict | list)
                or (isinstance(other, str) and len(other) > 60 and name != key)
                for name, other in small.items()
            ):
                self.head(words, level * 10.0)
                used.add(key)
            break
        return used

    def head(self, words: str, level: float) -> None:
        sink = self.sink
        sink.flush()
        sink.level = level
        sink.add(words)
        sink.flush()
        sink.level = None

    def fragment(self, small: dict[str, Any]) -> None:
        """e-Sbírka sends a law as numbered fragments; their depth and kind make the outline."""
        kind = str(small["kodtypufragmentu"])
        if kind == "Virtual_Document" and self.content.title is None:
            self.content.title = clean(str(small.get("uplnacitace", ""))) or None
        text = small.get("xhtml")
        if not isinstance(text, str) or not text.strip():
            return
        depth = small.get("hloubka", 1)
        depth = depth if isinstance(depth, int) else 1
        dead = small.get("jeucinny") is False
        sink = self.sink
        sink.flush()
        sink.repealed += dead
        sink.anchor = str(small.get("staleurl", "")).partition("#")[2] or None
        if kind.startswith(KEYS["czech_headings"]):
            level = depth * 10.0 + (5 if kind.startswith("Nadpis_pod") else 0)
            self.head(_TAG.sub("", html.unescape(text)), level)
        else:
            self.string(text)
        sink.repealed -= dead

    def paging(self, small: dict[str, Any]) -> None:
        """Note that a document came in parts, of which this is one."""

        def number(keys: Iterable[str]) -> int | None:
            for key in keys:
                found = small.get(key)
                if isinstance(found, str) and found.isdecimal():
                    found = int(found[:9])
                if isinstance(found, int) and not isinstance(found, bool):
                    return found
            return None

        page, last = number(KEYS["page"]), number(KEYS["pages"])
        size, hits = number(["@pagesize"]), number(["#text"])
        # `pages` alone may tell of paper; with the number of a page it tells of parts.
        sure = page is not None or any(key in small for key in KEYS["pages"] if key != "pages")
        more = any(isinstance(small.get(key), str) and small[key].strip() for key in KEYS["next"])
        problems = self.content.problems
        if last is not None and last > 1 and sure:
            problems.append(f"page {page or 1} of {last}")
            return
        if last is None and more and any(isinstance(entry, list) for entry in small.values()):
            problems.append("page 1 of several")
        if page and size and hits and hits > size:
            problems.append(f"page {page} of {-(-hits // size)}")

    def status(self, small: dict[str, Any], level: int) -> None:
        """Take the publisher's word that the whole document is no longer law."""
        for key, said in small.items():
            if isinstance(said, str | bool) and says_gone(key, str(said)):
                self.content.repealed = self.content.repealed or level == 1 or key in KEYS["states"]

    def string(self, text: str) -> None:
        """Read one string: words, lines, or markup."""
        if _NO_WORDS.fullmatch(text):
            return
        if _PACKED.fullmatch(text):
            self.packed(b64decode(text + "=="))
            return
        if _QUOTED.search(text):
            text = unquote(text)
        if "\\n" in text or "\\r" in text:
            text = text.replace("\\r\\n", "\n").replace("\\n", "\n").replace("\\r", "\n")
        if not _MARKUP.search(text):
            self.lines(html.unescape(text) if _ENTITY.search(text) else text)
        elif _wrapped(text):
            self.lines(text)
        else:
            try:
                root, _ = parse_html(f"<div>{text}</div>")
            except (ReadingError, etree.LxmlError):
                return
            walk_html(root, self.sink, whole=False)

    def packed(self, body: bytes) -> None:
        """Read a document that was packed as base64, as LegiScan and GitHub send theirs."""
        what = kind(body)
        if what in {Format.HTML, Format.TEXT}:
            self.string(decode(body))
        elif what == Format.PDF:
            self.sink.flush(final=True)
            inside = read_pdf(body)
            self.sink.blocks += inside.blocks
            self.content.problems += inside.problems
            self.content.cuts += inside.cuts
            self.content.banners += inside.banners
            self.content.whole += inside.whole
        else:
            raise ReadingError(
                f"The JSON holds {NAMES[what]}, packed as base64, which is not read."
            )

    def lines(self, text: str) -> None:
        """Read a string without block markup, which may hold hard-wrapped lines."""
        parts = [text]
        if "\n" in text:
            lines = html.unescape(_MARKUP.sub("", text))
            parts = [block.text for block in read_plain(lines, markdown=False).blocks]
        for part in parts:
            self.sink.flush()
            self.sink.add(part)
            self.sink.flush(final=True)


def _wrapped(text: str) -> bool:
    """Whether a string is hard-wrapped text with a few inline tags, not HTML of its own."""
    return text.count("\n\n") + text.count("\r\n\r\n") > 1 and not re.search(
        r"<(?:p|div|br|table|li|h[1-6])\b", text, re.IGNORECASE
    )


def _wordless(key: str) -> bool:
    """Whether a key, in small letters, holds an address, an id or another mark of the machine."""
    return (
        key in _SKIPPED
        or key.endswith(("url", "uri", "_id", "href", "slug"))
        or key.startswith(("url", "@xmlns"))
    )


def _duplicate(small: dict[str, Any]) -> str | None:
    """The poorer of two keys that hold the same document, as Riksdagen sends it."""
    rich, poor = small.get("html"), small.get("text")
    if isinstance(rich, str) and isinstance(poor, str):
        return "text" if len(rich) > 40 and "<" in rich else "html"
    return None


def _loaded(text: str) -> Any:
    """Parse JSON, with comments and trailing commas where people added them.

    Raises:
        ReadingError: Where it is no JSON, with the place.
    """
    text = text.lstrip("\ufeff \t\r\n")
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        raise ReadingError("The JSON is nested too deeply to be read.") from None
    except ValueError as error:
        problem = error
    if "//" in text or "/*" in text or re.search(r",\s*[}\]]", text):
        bare = _COMMENT.sub(lambda m: m.group(0) if m.group(0)[0] == '"' else " ", text)
        bare = _TRAILING.sub(lambda m: m.group(1) or "", bare)
        try:
            return json.loads(bare, strict=False)
        except (ValueError, RecursionError):
            pass
    raise ReadingError(f"The JSON is damaged: {problem}.")


def read_json(text: str, select: Select) -> Content:
    """Turn the part of a JSON document that is meant into blocks.

    Raises:
        ReadingError: Where it is no JSON, nested too deeply, or a pointer names nothing.
    """
    read = _JsonText()
    root = pointed(_loaded(text), select.pointer or "")
    read.walk(root)
    read.sink.flush(final=True)
    for block in chain.from_iterable(read.links if len(read.links) >= _LINKS else ()):
        block.linked = True
    read.content.hollow = told_by_keys(root) or empty_place(read.places, read.content.blocks)
    read.content.whole = read.content.whole and f"{text}\n{read.content.whole}"
    return read.content
