"""HTML trees, and what in them needs a look ahead: rows that only place things, numbered lists.

lxml reads and walks the page, whatever its size. BeautifulSoup is fifty times
slower on a code chapter (263 ms against 5 ms for 0.73 MB), and a scheduled run
must read megabytes within seconds on one core, so it gets what it does better
and what is small: choosing a fragment by full CSS (`cut`), not the walk.
"""

import re
from itertools import islice
from typing import Any

from lxml import etree

from regstatus.base.errors import ReadingError
from regstatus.extract.blocks import BREAK
from regstatus.extract.markup import BLOCK_TAGS, style_flags

_RULE_CLASS = re.compile(r"\.([\w-]+)")
_DEEP_TAGS = re.compile(
    r"<(/?)(?!(?:h[1-6]|s|strike|del|script|style|title|pre|p|br|head|body|html|meta|link)\b)"
    r"([a-zA-Z][\w:-]*)\b[^<>]*>",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"<p>(?:\s*<p>)+")
_ROMANS = (
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MAIN = etree.XPath("descendant::main | descendant::*/@role[. = 'main' or . = 'document']/..")
_LENGTH = etree.XPath("string-length(.)")
_LAYOUT_LIMIT = 12
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def parse_html(text: str) -> tuple[Any, list[str]]:
    """Parse a page or fragment: the root element, and what went wrong, in words.

    Raises:
        ReadingError: Where there is no element at all.
    """
    problems: list[str] = []
    text = text.replace("\x00", " ").replace(BREAK, " ")  # the latter is ours to write alone
    root, deep = html_tree(text.encode("utf-8", "replace"))
    if deep:
        problems.append("nested deeper than 2,000 tags: read without its structure")
        text = _EMPTY.sub("<p>", _DEEP_TAGS.sub(_flat, text))
        root, deep = html_tree(text.encode("utf-8", "replace"))
        if deep:
            raise ReadingError("The page is nested too deeply to be read.")
    if root is None:
        raise ReadingError("The page holds no text.")
    return root, problems


def _flat(match: re.Match[str]) -> str:
    """Blocks become paragraphs, which do not nest; everything inline goes."""
    return "<p>" if match.group(2).lower() in BLOCK_TAGS else ""


def html_tree(data: bytes) -> tuple[Any, bool]:
    """The root of a page in UTF-8, or None, and whether it is nested too deeply to be all there."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, False
    deep = any("depth" in entry.message.lower() for entry in parser.error_log)
    return root, deep


def style_sheet(root: Any) -> dict[str, frozenset[str]]:
    """The classes that a page's style sheet strikes through, as bill pages do, sets apart, or within a line."""
    sheet: dict[str, frozenset[str]] = {}
    for style in root.iter("style"):
        for rule in (style.text or "").split("}"):
            selector, _, body = rule.rpartition("{")
            if flags := style_flags(body) & {"struck", "block", "inline"}:
                for name in _RULE_CLASS.findall(selector.lower()):
                    sheet[name] = sheet.get(name, flags) | flags
    return sheet


def main_part(root: Any) -> Any | None:
    """The element that holds the page's own content, if the page names one that is not a shell."""
    body = root.find("body")
    if body is None:
        return None
    found = (one for one in _MAIN(body) if one.get("role") != "document" or one.tag == "article")
    for candidate in islice(found, 3):
        words = length(candidate)
        if words > 4000 or words * 4 > length(body):
            return candidate
    return None


def layout(row: Any) -> bool:
    """Whether a table row only places things on the page and holds no data.

    Old gazettes put whole laws into one cell; such a row is read block by block.
    """
    seen = 0
    for element in row.iterdescendants("table", *_HEADINGS, "p", "div", "li", "br", "dd"):
        seen += 1
        if seen > _LAYOUT_LIMIT or element.tag == "table" or element.tag in _HEADINGS:
            return True
    if seen <= 1:
        return False
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    return sum(len(cell) > 0 or bool((cell.text or "").strip()) for cell in cells) <= 1


def unroll(table: Any) -> None:
    """Make one text of a table whose rows are its lines, as in bills that keep the lines of the print."""
    rows = [] if next(table.iterdescendants("table"), None) is not None else [*table.iter("tr")]
    lines: list[str] = []
    others = 0
    for row in rows:
        cells = [text for cell in row if (text := "".join(cell.itertext()).strip())]
        lines += cells if len(cells) == 1 else ()
        others += len(cells) > 1
        if others * 10 >= len(rows):
            return  # as in nearly every table
    going_on = sum(line[0].islower() for line in lines)
    if len(lines) * 10 > 9 * (len(lines) + others) > 90 and going_on * 4 > len(lines):
        for row in rows:
            for element in (row, *row):
                element.tag = "span"
            etree.SubElement(row, "br")


def ordinal(number: int, style: str) -> str:
    """The mark that a browser would show for an entry of a numbered list."""
    mark = str(number)
    if style in {"a", "A"} and 0 < number <= 702:
        first, last = divmod(number - 1, 26)
        mark = (chr(96 + first) if first else "") + chr(97 + last)
    elif style in {"i", "I"} and 0 < number < 400:
        mark, rest = "", number
        for value, letters in _ROMANS:
            mark, rest = mark + letters * (rest // value), rest % value
    return f"{mark.upper() if style in {'A', 'I'} else mark}."


def whole_number(value: str | None) -> int | None:
    """An attribute as a number, or None where it is none."""
    try:
        return int(value or "")
    except ValueError:
        return None


class Counter:
    """The numbers that a browser would show for the entries of a list; none where they are not."""

    def __init__(self, element: Any) -> None:
        self._shown = element.tag == "ol" and "none" not in (element.get("style") or "")
        self._next = whole_number(element.get("start")) or 1
        self._style: str = element.get("type") or "1"

    def mark(self, entry: Any) -> str:
        """The mark of the next entry; markup may give its number."""
        given = whole_number(entry.get("value"))
        number = self._next if given is None else given
        self._next = number + 1
        return ordinal(number, self._style) if self._shown else ""


def length(element: Any) -> int:
    """How many characters stand inside an element."""
    return int(_LENGTH(element))
