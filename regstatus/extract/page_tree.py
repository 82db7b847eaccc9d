"""Page tree: the tree of HTML or XML, and a digest of all of it that a reading looks at.

Most pages differ from one day to the next only in what no reader sees: keys of a session, counters in
scripts, comments. The digest leaves out nothing else, so that two pages of one digest are read alike.
"""

import hashlib
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from lxml import etree

from regstatus.extract.blocks import BREAK
from regstatus.extract.from_html.html_tree import html_tree, parse_html
from regstatus.extract.from_xml.xml_tree import parse_xhtml, xml_tree
from regstatus.model.charset import as_utf8, without_declaration
from regstatus.model.document import Select
from regstatus.model.media import XHTML, kind
from regstatus.model.words import Format

_XHTML_CLAIM = re.compile(
    r"\A\s*(?:<\?xml\b|<!DOCTYPE[^>]{0,200}XHTML)|<html[^>]{0,300}xmlns", re.IGNORECASE
)
_DECLARED = re.compile(rb"\A\s*<\?xml[^>]{0,300}\?>\s*")
_COMMENTS = re.compile(rb"<(?:\?.*?\?>|!--.*?-->)", re.DOTALL)
_LIKE_COMMENTS = (b"<![CDATA[", b"<!DOCTYPE")
_ARCHIVED = (b"FILE ARCHIVED ON", b"BEGIN WAYBACK TOOLBAR")
"""Comments by which a page is known for an archive's."""
_KEYED = (b";jsessionid=", b"PHPSESSID=", b"/email-protection#", b"view-dom-id-")
_KEYS = re.compile(rb"(%s)[0-9a-zA-Z]{16,64}(?![\w%%])" % b"|".join(_KEYED))
"""What hosts write anew for each visitor, within an address or a class; no word of law is like it."""
_VOLATILE = (
    "nonce",
    "data-nonce",
    "data-cfemail",
    "data-csrf",
    "data-csrf-token",
    "integrity",
    "action",
)
_OF_A_VISIT = re.compile(r"csrf|xsrf|nonce|request[-_]?id|^traceparent$", re.IGNORECASE)
_ASSETS = frozenset(
    {"stylesheet", "icon", "preload", "prefetch", "modulepreload", "apple-touch-icon"}
)


def html_root(chars: str) -> tuple[Any, list[str]]:
    """The root of a page, as XML where it is that, and what went wrong, in words.

    Raises:
        ReadingError: Where there is no element at all.
    """
    if _claims_xhtml(chars[:3000]):
        root = parse_xhtml(without_declaration(chars))
        if root is not None:
            return root, []
    return parse_html(chars)


def _claims_xhtml(head: str) -> bool:
    low = head.lower()
    marks = ("xmlns", "<?xml", "xhtml")
    return any(mark in low for mark in marks) and _XHTML_CLAIM.search(head) is not None


def tree_digest(body: bytes, content_type: str | None, select: Select | None) -> str | None:
    """Digest of a body, taken as `extract` takes it, in which what no reading looks at is left out.

    Comments are left out, the text of scripts that say nothing of the law, hidden fields, and keys of a
    visit; where a source file chooses elements only comments are, for it may look at anything.

    Returns:
        None for what is neither HTML nor XML.
    """
    what = kind(body, content_type=content_type)
    if what not in {Format.HTML, Format.XML, XHTML}:
        return None
    data = as_utf8(body, content_type=content_type)
    chosen = select is not None and bool(select.css or select.xpath)
    told = hashlib.sha256(f"{what} {chosen}\n".encode())
    if what == Format.XML:
        told.update(_xml(data))
    else:
        _tell_html(told.update, data, chosen=chosen)
    return told.hexdigest()


def _xml(data: bytes) -> bytes:
    """XML without comments and instructions, where nothing else can look like one."""
    if any(mark in data for mark in (*_LIKE_COMMENTS, *_ARCHIVED)):
        return data
    bare = _COMMENTS.sub(b"", data)
    return bare if bare is data or xml_tree(_DECLARED.sub(b"", data))[0] is not None else data


def _tell_html(tell: Callable[[bytes], None], data: bytes, *, chosen: bool) -> None:
    """Tell the tree of a page, without what no reader looks at; the page where there is none."""
    root: Any = None
    claims = _claims_xhtml(data[:12_000].decode("utf-8", "replace")[:3000])
    if claims:
        root, _ = xml_tree(_DECLARED.sub(b"", data))
    if root is None:
        root, deep = html_tree(data.replace(b"\0", b" ").replace(BREAK.encode(), b" "))
        if root is None or deep:
            return tell(data)
    try:
        if not chosen:
            _leave_out(root)
    except ValueError:  # a control character in an address, which lxml gives and will not take
        return tell(data)
    tell(b"%r %r\n" % (claims, [mark in data for mark in _ARCHIVED]))
    if not chosen and any(mark in data for mark in _KEYED):
        return tell(_KEYS.sub(rb"\1", etree.tostring(root, encoding="utf-8", with_tail=False)))
    out = SimpleNamespace(write=tell)  # piece by piece: the whole of it takes twice as long
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write(root, with_tail=False)
    return None


def _leave_out(root: Any) -> None:
    """Empty what no reader looks at. The elements stay: how many there are is looked at."""
    etree.strip_attributes(root, *_VOLATILE)
    for element in root.iter("{*}script", "{*}input", "{*}meta", "{*}link"):
        tag, values = element.tag.rpartition("}")[2], element.attrib
        if tag == "script" and "ld+json" not in values.get("type", "").lower():
            element.text, source = None, values.get("src")
            values.clear()
            if source:
                values["src"] = source.partition("?")[0]
        elif tag == "input" and values.get("type", "").lower() == "hidden":
            values.clear()
            values["type"] = "hidden"
        elif tag == "meta" and _OF_A_VISIT.search(values.get("name", "")):
            values.pop("content", None)
        elif tag == "link" and _ASSETS.issuperset(values.get("rel", "next").lower().split()):
            values["href"] = values.get("href", "").partition("?")[0]
