"""What form a body has, by its own bytes; hints only where the bytes leave it open."""

from __future__ import annotations

import re

from regstatus.model.words import Format

__all__ = ["sniff"]

_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|h[1-6]|span|script|frameset|article|main"
    rb"|dl|ol|ul|li|b|i|u|s|a|font|center|br|hr|img|pre|section|header|footer|nav|blockquote|form|iframe"
    rb"|strong|em|style|link|tr|td|tbody|noscript|del|ins)\b",
    re.IGNORECASE,
)
_XHTML = re.compile(
    rb"\A\s*(?:<\?[^>]{0,500}>\s*|<!--.{0,2000}?-->\s*|<!doctype[^>]{0,500}>\s*){0,8}<(?:html|frameset)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(
    rb"\A\s*(?:<\?xml\b|<!doctype\s+(?!html)|<!--.{0,2000}?-->\s*<[\w:.-]+|<[A-Za-z_][\w:.-]*[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_JSON = re.compile(
    rb"\A(?:\s|//[^\n]{0,2000}\n|/\*.{0,5000}?\*/)*[\[{](?=\s*[\[{\"}\]\d/tfn-])", re.DOTALL
)
_BY_WORD = (
    ("pdf", Format.PDF),
    ("json", Format.JSON),
    ("xhtml", Format.HTML),
    ("html", Format.HTML),
    ("htm", Format.HTML),
    ("xml", Format.XML),
    ("akn", Format.XML),
    ("rtf", Format.TEXT),
    ("plain", Format.TEXT),
    ("markdown", Format.TEXT),
    (".md", Format.TEXT),
    (".txt", Format.TEXT),
)


def sniff(body: bytes, *, content_type: str | None = None, name: str | None = None) -> Format:
    """Tell the form of a body.

    Args:
        body: What the host sent.
        content_type: The HTTP header, if any.
        name: A file name or address, if any.

    Returns:
        The form. A ZIP archive is told by what it is known to hold, XML where nothing says more.
    """
    head = body[:65536]
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(b"PK\x03\x04"):
        hint = _hinted(content_type, name)
        return hint if hint in {Format.HTML, Format.JSON, Format.TEXT} else Format.XML
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    elif head[:512].count(b"\0") * 3 > len(head[:512]):
        head = head.replace(b"\0", b"")
    head = head.removeprefix(b"\xef\xbb\xbf")
    if head.lstrip()[:5] == b"{\\rtf":
        return Format.TEXT
    if _XHTML.match(head):
        return Format.HTML
    if _JSON.match(head):
        return Format.JSON
    if head.lstrip()[:1] == b"<":
        # Fragments open with any tag; a namespace is what XML alone has.
        if _XML.match(head) and (not _HTML.match(head.lstrip()) or b"xmlns" in head[:1000]):
            return Format.XML
        return Format.HTML
    hint = _hinted(content_type, name)
    if hint in {Format.HTML, Format.TEXT, Format.JSON}:
        return hint
    if len(_HTML.findall(head)) >= 2:
        return Format.HTML
    return Format.TEXT


def _hinted(content_type: str | None, name: str | None) -> Format | None:
    """What the header or the name says, the header first."""
    for hint in (content_type, (name or "").split("?")[0]):
        said = (hint or "").lower()
        found = next((form for word, form in _BY_WORD if word in said), None)
        if found:
            return found
    return None
