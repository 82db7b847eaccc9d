"""Selection: the part of a document that is meant, cut out of it.

Selectors narrow one after the other: first the tree (`css`, `xpath`, `pointer`), then its
passages (`heading`, `after`, `before`). One that matches nothing is a fault of the page or of
the source, never an empty text, because an empty text would read as silence.

lxml applies XPath, to XML without namespaces; CSS is given to BeautifulSoup, which knows the
whole of it.
"""

from typing import Any

from lxml import etree

from regstatus.base.errors import ReadingError
from regstatus.base.patterns import Pattern
from regstatus.model.document import Select
from regstatus.model.text import Passage

_NUMBER = "regstatus-number"


def cut_tree(root: Any, select: Select) -> list[Any]:
    """The elements that `css` and `xpath` name in a whole tree, in reading order, none inside another.

    Raises:
        ReadingError: Where a selector matches nothing or cannot be understood.
    """
    found = [root]
    if select.css is not None:
        found = _outermost(_by_css(root, select.css), select.css)
    if select.xpath is not None:
        found = _outermost(_by_xpath(found, select.xpath), select.xpath)
    return found


def _by_xpath(roots: list[Any], path: str) -> list[Any]:
    found: list[Any] = []
    for root in roots:
        try:
            result = root.xpath(path)
        except (etree.XPathError, ValueError, TypeError) as error:
            raise ReadingError(f"The selector {path!r} cannot be understood: {error}.") from error
        if not isinstance(result, list):
            raise ReadingError(f"The selector {path!r} names a value and no element.")
        found += [_element(entry) for entry in result]
    return [element for element in found if element is not None]


def _element(entry: Any) -> Any | None:
    """The element of an XPath result: itself, or the parent of a text or an attribute."""
    if hasattr(entry, "tag"):
        return entry if isinstance(entry.tag, str) else None
    return entry.getparent() if hasattr(entry, "getparent") else None


def _outermost(found: list[Any], shown: str) -> list[Any]:
    if not found:
        raise ReadingError(f"The passage {shown!r} was not found.")
    chosen = set(found)
    return [
        element
        for element in dict.fromkeys(found)
        if not any(parent in chosen for parent in element.iterancestors())
    ]


def _by_css(root: Any, css: str) -> list[Any]:
    """The elements that BeautifulSoup chooses in a copy of the tree, known by their numbers."""
    from bs4 import BeautifulSoup
    from soupsieve import SelectorSyntaxError

    every = list(root.iter(etree.Element))
    for number, element in enumerate(every):
        element.set(_NUMBER, str(number))
    form = "html" if every[0].tag in {"html", "body"} else "xml"
    source = etree.tostring(root, encoding="unicode", method=form, with_tail=False)
    for element in every:
        del element.attrib[_NUMBER]
    try:
        tags = BeautifulSoup(source, "lxml" if form == "html" else "lxml-xml").select(css)
    except (SelectorSyntaxError, NotImplementedError, ValueError) as error:
        raise ReadingError(f"The selector {css!r} cannot be understood: {error}.") from error
    except RecursionError:
        raise ReadingError("The page is nested too deeply for its selector.") from None
    return [every[int(str(tag[_NUMBER]))] for tag in tags if tag.has_attr(_NUMBER)]


def pointed(data: Any, pointer: str) -> Any:
    """The value at a JSON pointer (RFC 6901).

    Raises:
        ReadingError: Where nothing stands there.
    """
    value = data
    missing = ReadingError(f"The passage at the JSON pointer {pointer!r} was not found.")
    if pointer and not pointer.startswith("/"):
        raise missing
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            raise missing
    return value


def cut_passages(passages: tuple[Passage, ...], select: Select) -> tuple[Passage, ...]:
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
