"""Plain text and Markdown to blocks."""

import csv
import re
from contextlib import suppress

from regstatus.extract.blocks import Block, Content, clean
from regstatus.extract.lines import page_width, paragraphs
from regstatus.extract.normalise import raised
from regstatus.extract.page_breaks import joined_pages
from regstatus.extract.references import is_code
from regstatus.extract.standing import says_gone
from regstatus.model.words import Format

_HASH = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_SETEXT = re.compile(r"(=+|-{3,})\s*$")
_TABLE_LINE = re.compile(r"\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"[\s|:+=-]+$")
_FRONT = re.compile(r"\A---\n(.*?)\n---[ \t]*\n", re.DOTALL)
_FRONT_KEY = re.compile(r"^(\w+):\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)
_OF_POSTS = {"author", "categories", "draft", "excerpt", "layout", "permalink", "slug", "tags"}
"""Keys that generators of sites give to posts; copies of law have others."""
_OF_BILLS = re.compile(
    r"(?:\w*[ _])?(?:bill?|measure|legislation)[ _]?(?:no|num|number|id)?", re.IGNORECASE
)
"""Heads of the column by which a register of bills is known: it tells of law, and enacts none."""
_FEW, _CELLS = 4, 2
"""Rows that are no table yet, and cells of one that are none."""
_STRUCK = re.compile(
    r"~~(?=\S)(.{1,2000}?)(?<=\S)~~|<(s|strike|del)\b[^<>]{0,200}>.{0,5000}?</\2>", re.DOTALL
)
_EMPHASIS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|`")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,500}\)")
_TAG = re.compile(
    r"</?(?:sup|sub|i|b|em|strong|u|ins|br|span|a|p|div|font)\b[^<>]{0,300}>", re.IGNORECASE
)
_SUPER = re.compile(r"<sup>(\d{1,3})</sup>", re.IGNORECASE)
_BOLD_LINE = re.compile(r"\*\*[^*]{1,200}\*\*$")
_FIELD = re.compile(r"HTTP/[\d.]+ \d{3}.*|[A-Za-z][\w-]*:.*|")
_OF_HTTP = re.compile(r"^(?:HTTP/\d|content-type:)", re.IGNORECASE | re.MULTILINE)


def read_plain(text: str, *, markdown: bool | None = None) -> Content:
    """Turn text, its lines ending in any way, into blocks.

    `markdown` says whether `#`, `**` and pipe tables are markup; it is found out if None.
    """
    plain = Content(form=Format.TEXT)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x1e", " ")
    text = joined_pages(text)
    front = _FRONT.match(text)
    if front:
        text = text[front.end() :]
        keys = dict(_FRONT_KEY.findall(front.group(1)))
        plain.title = clean(keys.get("title", "")) or None
        plain.language = keys.get("language") or keys.get("lang") or None
        plain.told = not _OF_POSTS.isdisjoint(keys)
        plain.repealed = says_gone("status", keys.get("status", ""))
    if _OF_HTTP.search(text) and all(map(_FIELD.fullmatch, text.split("\n"))):
        plain.hollow = "the page is the head of an answer of HTTP, without its body"
    if markdown is None:
        markdown = front is not None or re.search(r"^#{1,6} \S", text, re.MULTILINE) is not None
    if "~~" in text or "</" in text:
        text = _STRUCK.sub("", text)
    lines = [line.rstrip() for line in text.split("\n")]
    table = [] if markdown or front else _table(lines)
    if markdown or front:
        _markdown(lines, plain)
    elif table:
        rows = (clean(_TAG.sub(" ", " | ".join(row))) for row in table)
        plain.blocks += [Block(row, "row") for row in rows if row]
        plain.told = any(map(_OF_BILLS.fullmatch, table[0]))
    else:
        words = map(clean, paragraphs(lines, page_width(lines)))
        plain.blocks += [Block(text) for text in words if text]
    if not table and is_code(text):
        plain.hollow = "the page is the source or the data of a program"
    return plain


def _table(lines: list[str]) -> list[list[str]]:
    """The rows of a table in text (CSV), if nearly every row has cells, and most have as many."""
    for sign in (",", ";", "\t"):
        with suppress(csv.Error):  # a quotation that never ends
            rows = [row for row in csv.reader(lines, delimiter=sign) if row]
            cells = sorted(map(len, rows[:200]))
            usual = max(map(cells.count, cells), default=0)
            if len(rows) > _FEW and cells[len(cells) // 10] > _CELLS and usual * 2 >= len(cells):
                return rows
    return []


def _markdown(lines: list[str], plain: Content) -> None:
    """Headings, tables and paragraphs of Markdown."""
    width = page_width([line for line in lines if not line.startswith(("#", "|"))])
    chunk: list[str] = []

    def flush(kind: str = "paragraph") -> None:
        for part in paragraphs(chunk, width):
            text = clean(_bare(part))
            if text:
                strong = _BOLD_LINE.match(part.strip()) is not None
                plain.blocks.append(Block(text, kind, strong=strong))
        chunk.clear()

    def heading(text: str, level: int) -> None:
        text = clean(_bare(text))
        if text:
            plain.blocks.append(Block(text, "heading", float(level)))
            if plain.title is None and level == 1:
                plain.title = text

    for number, line in enumerate(lines):
        marked = _HASH.match(line)
        if marked:
            flush()
            heading(marked.group(2), len(marked.group(1)))
        elif len(chunk) == 1 and _SETEXT.match(line):
            heading(chunk.pop(), 1 if line[0] == "=" else 2)
        elif not line.strip() or _TABLE_RULE.fullmatch(line):
            flush()
        elif _TABLE_LINE.match(line):
            flush()
            cells = [clean(_bare(cell)) for cell in line.strip().strip("|").split("|")]
            if any(cells):
                plain.blocks.append(Block(" ".join(" | ".join(cells).split()), "row"))
        elif line.startswith(("- ", "* ", "+ ")):
            flush()
            chunk.append(line[2:])
            if number + 1 >= len(lines) or not lines[number + 1].startswith("  "):
                flush("item")
        else:
            chunk.append(line)
    flush()


def _bare(text: str) -> str:
    """Markdown without its marks."""
    text = _LINK.sub(r"\1", text)
    if "<" in text:
        text = _TAG.sub("", _SUPER.sub(lambda match: raised(match.group(1)), text))
    return _EMPHASIS.sub("", text).replace("\\", "")
