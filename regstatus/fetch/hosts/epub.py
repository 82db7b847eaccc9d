"""A book of HTML documents, merged into one in the order in which a reader shows them."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from regstatus.fetch.failure import BadAnswer, empty, too_large
from regstatus.fetch.hosts.zip_member import Archive, open_archive
from regstatus.model.charset import decode, without_declaration

_CONTAINER = "META-INF/container.xml"
_HTML = frozenset({"application/xhtml+xml", "text/html", "application/xml", "text/x-oeb1-document"})
_DOCUMENTS = 500


def merge_epub(body: bytes, limit: int) -> bytes:
    """The documents of a book as one HTML text in UTF-8, at most `limit` bytes.

    One that its order names must be there: half a book must not pass for a whole one.
    """
    with open_archive(body, limit) as files:
        parts = [_inner(files.unpack(name)) for name in _order(files)]
    if not any(parts):
        raise empty("The documents of the EPUB have no text.")
    head = b'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body>\n'
    merged = b"".join([head, *(b"<div>" + part + b"</div>\n" for part in parts), b"</body></html>"])
    if len(merged) > limit:
        raise too_large(f"The documents of the EPUB are larger than {limit:,} bytes together.")
    return merged


def _order(files: Archive) -> list[str]:
    """The names of the HTML documents in reading order (the spine)."""
    roots = _elements(files.unpack(_CONTAINER), "rootfile")
    kinds = {None, "application/oebps-package+xml"}
    root = next((one.get("full-path") for one in roots if one.get("media-type") in kinds), None)
    if not root:
        raise BadAnswer("The EPUB does not say where its contents are listed.")
    folder = posixpath.dirname(root)
    package = files.unpack(root)
    listed: dict[str, str] = {}
    for item in _elements(package, "item"):
        if item.get("media-type") in _HTML:
            path = posixpath.join(folder, unquote(item.get("href", "").partition("#")[0]))
            listed[item.get("id", "")] = posixpath.normpath(path)
    spine = [one.get("idref", "") for one in _elements(package, "itemref")]
    missing = [name for name in spine if name not in listed]
    if not spine or missing:
        named = f"names {missing[0]!r}, which it does not list" if missing else "is empty"
        raise BadAnswer(f"The reading order of the EPUB {named}.")
    if len(spine) > _DOCUMENTS:
        raise too_large(f"The EPUB has more than {_DOCUMENTS} documents.")
    return [listed[name] for name in dict.fromkeys(spine)]


def parse_xml(text: str, **more: bool) -> etree._Element:
    """The root of XML, whose encoding no longer counts; no entity and no address is resolved."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, **more)
    return etree.fromstring(without_declaration(text).encode(), parser)


def parse_html(text: str) -> etree._Element | None:
    """The root of HTML, however it is written; None where there is nothing."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    return etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None


def _elements(body: bytes, name: str) -> Iterator[etree._Element]:
    """Elements of an XML file by local name."""
    try:
        root = parse_xml(decode(body))
    except etree.XMLSyntaxError as error:
        raise BadAnswer(f"The EPUB's own list is no XML: {error}.") from error
    yield from root.iter(f"{{*}}{name}")


def _inner(body: bytes) -> bytes:
    """What stands in the body of one document; nothing for an empty one."""
    text = decode(body)
    try:
        # By local names. As XML first: there `<title/>` ends where it begins.
        root = parse_xml(text, remove_comments=True)
        for element in root.iter("{*}*"):
            element.tag = etree.QName(element).localname
        etree.cleanup_namespaces(root)
    except etree.XMLSyntaxError:
        root = parse_html(text)
    found = root.find("body") if root is not None else None
    if found is None or not "".join(found.itertext()).strip():
        return b""
    found.tag = "div"
    return bytes(etree.tostring(found, encoding="utf-8", method="html", with_tail=False))
