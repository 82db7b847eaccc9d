"""Parts of HTML that need a look ahead: rows that only place things, lists that number themselves."""

from __future__ import annotations

from typing import Any

from lxml import etree

__all__ = ["counter", "fragment", "layout", "length", "ordinal", "whole_number"]

_ROMANS = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LAYOUT_LIMIT = 12
_BLOCKS_IN_CELL = ("table", "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "li", "br", "dd")
_TAGGED = frozenset({"table", "h1", "h2", "h3", "h4", "h5", "h6"})


def layout(row: Any) -> bool:
    """Whether a table row only places things on the page and holds no data.

    Old gazettes put whole laws into one cell; such a row is read block by block.
    """
    seen = 0
    for element in row.iterdescendants(*_BLOCKS_IN_CELL):
        if element.tag in _TAGGED:
            return True
        seen += 1
        if seen > _LAYOUT_LIMIT:
            return True
    if seen <= 1:
        return False
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    filled = [cell for cell in cells if len(cell) or (cell.text and not cell.text.isspace())]
    return len(filled) <= 1


def ordinal(number: int, style: str) -> str:
    """The mark that a browser would show for an entry of a numbered list."""
    if style in {"a", "A"} and 0 < number <= 702:
        first, last = divmod(number - 1, 26)
        mark = (chr(96 + first) if first else "") + chr(97 + last)
        return f"{mark.upper() if style == 'A' else mark}."
    if style in {"i", "I"} and 0 < number < 400:
        mark, rest = "", number
        for value, letters in _ROMANS:
            while rest >= value:
                mark, rest = mark + letters, rest - value
        return f"{mark.upper() if style == 'I' else mark}."
    return f"{number}."


def whole_number(value: str | None) -> int | None:
    """An attribute as a number, or None where it is none."""
    if not value:
        return None
    try:
        return int(value)
    except ValueError:
        return None


def counter(element: Any) -> tuple[list[int], str] | None:
    """Next number and style of a numbered list; None for any other list."""
    if element.tag != "ol" or "none" in (element.get("style") or ""):
        return None
    return [whole_number(element.get("start")) or 1], element.get("type") or "1"


_STRING_LENGTH = etree.XPath("string-length(.)")


def length(element: Any) -> int:
    """How many characters stand inside an element."""
    return int(_STRING_LENGTH(element))


def fragment(value: str | None) -> str | None:
    """An id that may serve as a pinpoint."""
    return value if value and len(value) <= 80 and " " not in value else None
