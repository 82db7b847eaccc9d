"""Cutting: a selection applied to a tree or to passages.

Simple CSS selectors become XPath and cost nothing; whatever goes beyond is
given to BeautifulSoup, which knows the whole of CSS, and the fragment comes
back to lxml.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from regstatus.base.errors import ReadingError
from regstatus.base.patterns import Pattern
from regstatus.extract.selection import Selection
from regstatus.model.text import Passage

__all__ = ["cut_passages", "cut_tree"]

_SIMPLE = re.compile(
    r"(?P<tag>\*|[A-Za-z][\w-]*)?(?P<marks>(?:[#.][\w-]+|\[[\w:-]+(?:[~^$*|]?=(?:\"[^\"]*\"|'[^']*'|[\w-]+))?\])*)"
)
_MARK = re.compile(
    r"#(?P<id>[\w-]+)|\.(?P<cls>[\w-]+)"
    r"|\[(?P<key>[\w:-]+)(?:(?P<op>[\^$*]?)=(?:\"(?P<v1>[^\"]*)\"|'(?P<v2>[^']*)'|(?P<v3>[\w-]+)))?\]"
)


def _xpath_of(css: str) -> str | None:
    """A CSS selector as XPath, or None where it goes beyond tags, classes, ids and attributes."""
    paths = []
    for group in css.split(","):
        steps = re.sub(r"\s*>\s*", " > ", group.strip()).split()
        path, axis = "", ".//"
        for step in steps:
            if step == ">":
                axis = "/"
                continue
            match = _SIMPLE.fullmatch(step)
            if not match or not step:
                return None
            tests = "".join(_test(mark) for mark in _MARK.finditer(match.group("marks")))
            path += f"{axis}{match.group('tag') or '*'}{tests}"
            axis = "//"
        if not path or not path.startswith(".//"):
            return None
        paths.append(path)
    return " | ".join(paths)


def _test(mark: re.Match[str]) -> str:
    if mark.group("id"):
        return f"[@id={_quoted(mark.group('id'))}]"
    if mark.group("cls"):
        name = _quoted(f" {mark.group('cls')} ")
        return f"[contains(concat(' ', normalize-space(@class), ' '), {name})]"
    key = mark.group("key")
    value = next((v for v in mark.group("v1", "v2", "v3") if v is not None), None)
    if value is None:
        return f"[@{key}]"
    quoted = _quoted(value)
    operator = mark.group("op")
    if operator == "^":
        return f"[starts-with(@{key}, {quoted})]"
    if operator == "*":
        return f"[contains(@{key}, {quoted})]"
    if operator == "$":
        return f"[substring(@{key}, string-length(@{key}) - {len(value) - 1}) = {quoted}]"
    return f"[@{key}={quoted}]"


def _quoted(value: str) -> str:
    return f'"{value}"' if '"' not in value else f"'{value}'"


def cut_tree(root: Any, select: Selection, source: str) -> list[Any]:
    """The elements that a selection's `css` and `xpath` name, in reading order, none inside another.

    Args:
        root: The whole tree.
        select: What is meant.
        source: The characters that the tree was read from.

    Raises:
        ReadingError: Where a selector matches nothing or cannot be understood.
    """
    found = [root]
    if select.css is not None:
        path = _xpath_of(select.css)
        found = _by_xpath(found, path, select.css) if path else _by_soup(source, select.css)
    if select.xpath is not None:
        found = _by_xpath(found, select.xpath, select.xpath)
    return found


def _by_xpath(roots: list[Any], path: str, shown: str) -> list[Any]:
    found: list[Any] = []
    for root in roots:
        try:
            result = root.xpath(path)
        except (etree.XPathError, ValueError, TypeError) as error:
            raise ReadingError(f"The selector {shown!r} cannot be understood: {error}.") from error
        if not isinstance(result, list):
            raise ReadingError(f"The selector {shown!r} names a value and no element.")
        found.extend(_element(entry) for entry in result)
    found = [element for element in found if element is not None]
    if not found:
        raise ReadingError(f"The passage {shown!r} was not found.")
    chosen = set(found)
    outer = dict.fromkeys(
        element
        for element in found
        if not any(parent in chosen for parent in element.iterancestors())
    )
    return list(outer)


def _element(entry: Any) -> Any | None:
    """The element of an XPath result: itself, or the parent of a text or an attribute."""
    if isinstance(entry, etree._Element):  # noqa: SLF001  (lxml offers no public name for it)
        return entry if isinstance(entry.tag, str) else None
    return entry.getparent() if hasattr(entry, "getparent") else None


def _by_soup(source: str, css: str) -> list[Any]:
    from bs4 import BeautifulSoup
    from soupsieve import SelectorSyntaxError

    try:
        tags = BeautifulSoup(source, "lxml").select(css)
    except (SelectorSyntaxError, NotImplementedError, ValueError) as error:
        raise ReadingError(f"The selector {css!r} cannot be understood: {error}.") from error
    except RecursionError:
        raise ReadingError("The page is nested too deeply for its selector.") from None
    chosen = {id(tag) for tag in tags}
    outer = [tag for tag in tags if not any(id(parent) in chosen for parent in tag.parents)]
    if not outer:
        raise ReadingError(f"The passage {css!r} was not found.")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    return [etree.fromstring(str(tag).encode("utf-8"), parser) for tag in outer]


def cut_passages(passages: tuple[Passage, ...], select: Selection) -> tuple[Passage, ...]:
    """The passages that `heading`, `after` and `before` name.

    Raises:
        ReadingError: Where one of them matches nothing.
    """
    if select.heading is not None:
        meant = Pattern(select.heading)
        kept = tuple(
            passage
            for passage in passages
            if any(meant.found_in(heading) for heading in passage.headings)
            or (passage.kind == "heading" and meant.found_in(passage.text))
        )
        if not kept:
            raise ReadingError(f"The passage under the heading {select.heading!r} was not found.")
        passages = kept
    if select.after is not None:
        passages = passages[_first(passages, select.after, 0) :]
    if select.before is not None:
        start = 1 if select.after is not None else 0
        passages = passages[: _first(passages, select.before, start)]
        if not passages:
            raise ReadingError(f"Nothing stands in front of {select.before!r}.")
    return passages


def _first(passages: tuple[Passage, ...], pattern: str, start: int) -> int:
    meant = Pattern(pattern)
    for place in range(start, len(passages)):
        if meant.found_in(passages[place].text):
            return place
    raise ReadingError(f"The passage {pattern!r} was not found.")
