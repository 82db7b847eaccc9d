"""What a body really is, by its first bytes; hosts' own labels are often wrong."""

from __future__ import annotations

import codecs
import re
from typing import Final

from regstatus.model.charset_labels import codec_of, is_wide
from regstatus.model.words import Format

ZIP: Final = "zip"
XHTML: Final = "xhtml"
"""HTML written as XML: good for whoever expects either."""

NAMES: Final = {
    "html": "an HTML page",
    "xhtml": "an HTML page",
    "xml": "XML",
    "json": "JSON",
    "pdf": "a PDF",
    "text": "plain text",
    "zip": "a zip archive or Office file",
    "rtf": "an RTF file",
    "ole": "an old Office file",
    "gzip": "a gzip archive",
    "binary": "binary data",
}
"""How the kinds are called in sentences."""

_MAGIC = (
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"\x1f\x8b", "gzip"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|div|span|p|br|table|tr|td"
    r"|h[1-6]|ul|ol|li|a|b|i|font|center|pre|hr|img|form|section|article|main|nav|frameset|iframe"
    r"|noscript)\b",
    re.IGNORECASE,
)
_XML_ROOT = re.compile(r"<(?!\?|!)([\w:.-]+)")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_CODING = re.compile(r"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)


def kind(body: bytes, content_type: str = "") -> str:
    """The form of a body: a value of `Format`, `xhtml`, or a name of something we do not read."""
    head = body[:4096]
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    for magic, name in _MAGIC:
        if head.lstrip(b" \t\r\n\xef\xbb\xbf").startswith(magic):
            return name
    bare = not any(body.startswith(bom) for bom, _ in _BOMS)
    if bare and (b"\x00" in head or _controls(head) * 10 > len(head)):
        return "binary"
    text = decode(head, content_type).lstrip("\ufeff \t\r\n\x0b\x0c")
    if text.startswith("<"):
        return _markup(text)
    ends = body[-64:].rstrip(b" \t\r\n\x00")[-1:]
    if text[:1] in {"{", "["} and ("json" in content_type.lower() or ends in {b"}", b"]"}):
        return Format.JSON
    return Format.HTML if _HTML_TAG.search(text) else Format.TEXT


def is_plain(head: bytes) -> bool:
    """Whether a body begins as a file or a text does, and not as a packed one."""
    what = kind(head)
    if what != Format.TEXT:
        return what not in {"gzip", "binary"}
    try:
        return bool(head.decode())
    except UnicodeDecodeError as error:
        return error.start > max(0, len(head) - 4)  # it may end within a character


def decode(body: bytes, content_type: str = "") -> str:
    """Read bytes as text: BOM, header, strict UTF-8, declared charset, windows-1252.

    Good enough to tell a law from a captcha; reading the law itself is the
    extractor's work.
    """
    for bom, coding in _BOMS:
        if body.startswith(bom):
            return body.decode(coding, "replace")
    for name in (codec_of(_first(_CHARSET, content_type)) or "utf-8", "utf-8"):
        # Markup in two or four bytes a character has zeros; without them the header is wrong.
        if is_wide(name) and b"\x00" not in body[:512]:
            continue
        try:
            return body.decode(name)
        except UnicodeDecodeError as error:
            # A piece of a longer body may end within a character.
            if name == "utf-8" and error.start > len(body) - 4:
                return body.decode(name, "ignore")
    top = body[:2048].decode("latin-1")
    declared = codec_of(_first(_XML_CODING, top) or _first(_CHARSET, top))
    return body.decode(declared if declared and not is_wide(declared) else "cp1252", "replace")


def _markup(text: str) -> str:
    lower = text[:400].lower()
    root = _XML_ROOT.search(re.sub(r"<!--.*?(?:-->|\Z)", "", text, flags=re.DOTALL))
    name = root[1].lower() if root else ""
    if lower.startswith("<?xml"):
        return XHTML if name == "html" else Format.XML
    if lower.startswith("<!doctype"):
        return Format.HTML if re.match(r"<!doctype\s+html", lower) else Format.XML
    if root and _HTML_TAG.fullmatch(f"<{name}"):
        return Format.HTML
    return Format.XML if root else Format.HTML


_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x0b\x0c\x1b")


def _controls(head: bytes) -> int:
    return len(head) - len(head.translate(None, _CONTROLS))


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[1] if found else None
