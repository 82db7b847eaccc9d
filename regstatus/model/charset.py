"""Bytes to characters, in the order that works on official hosts.

Byte order mark, HTTP header, strict UTF-8, the page's own declaration,
windows-1252. Hosts declare wrongly so often (`utf-16` on a UTF-8 page, two
declarations that differ, none at all) that what the bytes prove comes before
what the page claims.
"""

from __future__ import annotations

import codecs
import re

from regstatus.model.charset_labels import codec_of, is_wide

__all__ = ["decode", "without_declaration"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HTTP_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)"
    rb"|<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]+)",
    re.IGNORECASE,
)
_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")


def _windows(error: UnicodeError) -> tuple[str, int]:
    """Single bytes that the chosen table lacks, as windows-1252, else as they are."""
    if not isinstance(error, UnicodeDecodeError):  # pragma: no cover  (decoding only)
        raise error
    wrong = error.object[error.start : error.end]
    try:
        return wrong.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return wrong.decode("latin-1"), error.end


codecs.register_error("regstatus-windows", _windows)


def _strict(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except UnicodeDecodeError as error:
        # A body that was cut off may end inside a character.
        if codec.startswith("utf") and len(body) > 8 and error.start >= len(body) - 4:
            return body[: error.start].decode(codec, "ignore")
        return None
    except UnicodeError:
        return None


def _single_byte(codec: str) -> bool:
    return codec.startswith(("cp125", "iso8859", "koi8", "mac", "cp874"))


def decode(body: bytes, *, content_type: str | None = None) -> str:
    """Turn bytes into characters; never fails.

    Args:
        body: What the host sent.
        content_type: The HTTP header, which may name a charset.

    Returns:
        The characters, without byte order mark.
    """
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(codec, "replace")
    head = body[:512]
    if head.count(b"\0") * 3 > len(head) > 3:
        odd = head[1::2].count(b"\0") >= head[::2].count(b"\0")
        return body.decode("utf-16-le" if odd else "utf-16-be", "replace")
    utf8 = _strict(body, "utf-8")
    named = _HTTP_CHARSET.search(content_type or "")
    http = codec_of(named.group(1)) if named else None
    if http and is_wide(http) and b"\0" not in head:
        http = None  # such markup has zeros; without them the header is wrong
    # A single-byte table decodes anything, so bytes that are UTF-8 beyond doubt
    # overrule a header that names one; the reverse mistake is caught by failing.
    if http and not (_single_byte(http) and utf8 is not None and not body.isascii()):
        text = _strict(body, http)
        if text is not None:
            return text
    if utf8 is not None:
        return utf8
    declared = None
    match = _DECLARED.search(body[:8192])
    if match:
        declared = codec_of((match.group(1) or match.group(2)).decode("ascii"))
    if declared and not declared.startswith("utf"):
        text = _strict(body, declared)
        if text is not None:
            return text
        if _single_byte(declared):
            return body.decode(declared, "regstatus-windows")
    if http and _single_byte(http):
        return body.decode(http, "regstatus-windows")
    # UTF-8 with a few broken bytes, or windows-1252 that declares nothing.
    # Two bytes that form a UTF-8 pair are rare by chance in windows-1252.
    pairs = len(_MULTIBYTE.findall(body))
    high = len(body) - len(body.translate(None, bytes(range(0x80, 0x100))))
    if pairs * 2 * 2 > high:
        return body.decode("utf-8", "regstatus-windows")
    return body.decode("cp1252", "regstatus-windows")


def without_declaration(text: str) -> str:
    """XML text without its declaration, whose encoding no longer applies."""
    return _XML_DECLARATION.sub("", text, count=1)
