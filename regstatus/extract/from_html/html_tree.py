"""HTML to blocks.

lxml reads and walks the page, whatever its size. BeautifulSoup is fifty times
slower on a code chapter (263 ms against 5 ms for 0.73 MB), and a scheduled run
must read megabytes within seconds on one core, so it gets what it does better
and what is small: choosing a fragment by full CSS (`cut`), not the walk.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from regstatus.base.errors import ReadingError
from regstatus.extract.blocks import BREAK
from regstatus.extract.from_html.tags import BLOCK_TAGS

__all__ = ["parse_html", "struck_classes"]

_RULE_CLASS = re.compile(r"\.([\w-]+)")
_DEEP_TAGS = re.compile(
    r"<(/?)(?!(?:h[1-6]|s|strike|del|script|style|title|pre|p|br|head|body|html|meta|link)\b)"
    r"([a-zA-Z][\w:-]*)\b[^<>]*>",
    re.IGNORECASE,
)
_MAIN = etree.XPath(
    "(.//*[self::main or @role='main' or (@role='document' and self::article)])[position() < 4]"
)
_LENGTH = etree.XPath("string-length(.)")
_BAD = {ord(c): " " for c in "\x00\x0b\x0c\x1c\x1d\x1e\x1f"}


def parse_html(text: str) -> tuple[Any, list[str]]:
    """Parse a page or fragment.

    Args:
        text: The characters of the page.

    Returns:
        The root element, and what went wrong, in words.

    Raises:
        ReadingError: Where there is no element at all.
    """
    problems: list[str] = []
    root, deep = _parse(text.translate(_BAD) if "\x00" in text or BREAK in text else text)
    if deep:
        problems.append("nested deeper than 2,000 tags: read without its structure")
        root, deep = _parse(_DEEP_TAGS.sub(_flat, text.translate(_BAD)))
        if deep:
            raise ReadingError("The page is nested too deeply to be read.")
    if root is None:
        raise ReadingError("The page holds no text.")
    return root, problems


def _flat(match: re.Match[str]) -> str:
    """Blocks become paragraphs, which do not nest; everything inline goes."""
    return "<p>" if match.group(2).lower() in BLOCK_TAGS else ""


def _parse(text: str) -> tuple[Any, bool]:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, False
    deep = any("depth" in entry.message.lower() for entry in parser.error_log)
    return root, deep


def struck_classes(root: Any) -> frozenset[str]:
    """Classes that the page's own style sheet strikes through, as bill pages do."""
    names: set[str] = set()
    for style in root.iter("style"):
        sheet = style.text or ""
        if "line-through" not in sheet:
            continue
        for rule in sheet.split("}"):
            selector, _, body = rule.rpartition("{")
            if "line-through" in body:
                names.update(name.lower() for name in _RULE_CLASS.findall(selector))
    return frozenset(names)


def parse_xhtml(text: str) -> Any | None:
    """Parse a page that claims to be XML; None where it is not well formed.

    As HTML, an empty `<s/>` would strike out the rest of the page.
    """
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    local_names(root, lower=True)
    return root


def local_names(root: Any, *, lower: bool = False) -> None:
    """Take the namespaces off all tags, so that one name means one thing."""
    for element in root.iter(etree.Element):
        tag = element.tag
        # In a damaged document a prefix may stand there without its namespace.
        name = tag.rpartition("}")[2].rpartition(":")[2] or "x"
        name = name.lower() if lower else name
        if name != tag:
            try:
                element.tag = name
            except ValueError:
                element.tag = "x"


def main_part(root: Any, text: str) -> Any | None:
    """The element that holds the page's own content, if the page names one that is not a shell.

    Args:
        root: The tree.
        text: The characters that it was read from: where they write no such mark the tree has no
            such element, and is not searched.
    """
    lowered = text.lower()
    marked = "<main" in lowered or ":main" in lowered or "role" in lowered
    body = root.find("body") if marked else None
    if body is None:
        return None
    total = None
    for candidate in _MAIN(body):
        words = _LENGTH(candidate)
        if words > 4000:
            return candidate
        total = _LENGTH(body) if total is None else total
        if words * 4 > total:
            return candidate
    return None
