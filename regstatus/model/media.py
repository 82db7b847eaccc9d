"""What a body is, by its own bytes; hosts' labels are often wrong, and count where these leave it open."""

import re
from typing import Final

from regstatus.model.charset import controls, decode
from regstatus.model.words import Format

ZIP: Final = "zip"
XHTML: Final = "xhtml"
"""HTML written as XML: good for whoever expects either."""
GZIP: Final = b"\x1f\x8b"

_KINDS: Final[tuple[tuple[str, str, Format | None, tuple[bytes, ...]], ...]] = (
    (Format.HTML, "an HTML page", Format.HTML, ()),
    (XHTML, "an HTML page", Format.HTML, ()),
    (Format.XML, "XML", Format.XML, ()),
    (Format.JSON, "JSON", Format.JSON, ()),
    (Format.PDF, "a PDF", Format.PDF, ()),
    (Format.TEXT, "plain text", Format.TEXT, ()),
    (ZIP, "a zip archive or Office file", None, (b"PK\x03\x04", b"PK\x05\x06")),
    ("rtf", "an RTF file", Format.TEXT, (b"{\\rtf",)),
    ("ole", "an old Office file", None, (b"\xd0\xcf\x11\xe0",)),
    ("gzip", "a gzip archive", None, (GZIP,)),
    ("mhtml", "a page saved with its parts (MHTML)", None, ()),
    ("parquet", "a Parquet file", None, (b"PAR1",)),
    ("binary", "binary data", None, ()),
)
"""Each kind, how it is called in sentences, the form in which it is read, and how it begins."""
NAMES: Final = {kind: name for kind, name, _, _ in _KINDS}

TYPES: Final[dict[Format, tuple[str, ...]]] = {
    Format.HTML: ("text/html", "application/xhtml+xml"),
    Format.XML: ("application/xml", "text/xml"),
    Format.JSON: ("application/json",),
    Format.PDF: ("application/pdf",),
    Format.TEXT: ("text/plain",),
}
"""Media types of the forms that are read, the usual one first."""

_PARTS = re.compile(rb"[\w-]+:(?s:.)*?\ncontent-type:\s*multipart/", re.IGNORECASE)
_HEAD, _ROOTED = 65536, 4096
_NULS = 8
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|h[1-6]|span|script|frameset|article|main"
    r"|dl|ol|ul|li|b|i|u|s|a|font|center|br|hr|img|pre|section|header|footer|nav|blockquote|form|iframe"
    r"|strong|em|style|link|tr|td|tbody|noscript|del|ins)\b",
    re.IGNORECASE,
)
_PROLOGUE = re.compile(
    r"(?:\s+|<!--.*?(?:-->|\Z)|<\?[^>]*>|<!(?!-)[^>\[]*(?:\[.*?\]\s*)?>)*", re.DOTALL
)
_ROOT = re.compile(r"<([^\W\d][\w:.-]*)(?=[\s>/])")
_DOCTYPE = re.compile(r"<!doctype\s+(?!html)", re.IGNORECASE)
_JSON = re.compile(
    r"(?:\s|//[^\n]{0,2000}\n|/\*.{0,5000}?\*/)*"
    r"(?:(?P<sure>\{\s*\"|\[\s*[\[{\"])|[\[{]\s*(?:[}\]]\s*\Z|/|-?\d[\d.eE+-]*\s*(?:,|\]\s*\Z)"
    r"|(?:true|false|null)\b))",
    re.DOTALL,
)
_BY_WORD = (
    ("pdf", Format.PDF),
    ("json", Format.JSON),
    ("htm", Format.HTML),
    ("xml", Format.XML),
    ("akn", Format.XML),
    ("rtf", Format.TEXT),
    ("plain", Format.TEXT),
    ("csv", Format.TEXT),
    ("markdown", Format.TEXT),
    (".md", Format.TEXT),
    (".txt", Format.TEXT),
)


def kind(
    body: bytes, *, content_type: str | None = None, name: str | None = None, labelled: bool = True
) -> str:
    """The form of a body: a key of `NAMES`; `name` is that of its file, or its address.

    Where it is `labelled`, header or name tell HTML from text where the bytes leave it open.
    """
    head = body[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    opens = head[:1024].lstrip(b" \t\r\n\xef\xbb\xbf")
    for what, _, _, begins in _KINDS:
        if opens.startswith(begins):
            return what
    if _PARTS.match(opens):
        return "mhtml"
    for some in (head[:_ROOTED], head):  # most pages show their first element at once
        text = decode(some, content_type=content_type).lstrip("\ufeff \t\r\n\x0b\x0c")
        if text.startswith("<") and (what := _markup(text, whole=some is head)):
            return what
    if text.count("\0") > _NULS or controls(text[:4096].encode()) * 10 > len(text[:4096]):
        return "binary"
    hint = _hinted(content_type, name)
    json = _JSON.match(text)
    whole = body[-64:].rstrip(b" \t\r\n\0")[-1:] in {b"}", b"]"}
    if json and (json["sure"] or whole or hint is Format.JSON):
        return Format.JSON
    if labelled and hint in {Format.HTML, Format.TEXT}:
        return hint
    return Format.HTML if len(_HTML.findall(text)) >= 2 else Format.TEXT


def form_of(what: str) -> Format | None:
    """The form in which a kind is read; None for what is not read as it stands."""
    return next((form for kind, _, form, _ in _KINDS if kind == what), None)


def is_plain(head: bytes) -> bool:
    """Whether a body begins as a file or a text does, and not as a packed one."""
    what = kind(head)
    if what != Format.TEXT:
        return what not in {"gzip", "binary"}
    try:
        return bool(head.decode())
    except UnicodeDecodeError as error:
        return error.start > max(0, len(head) - 4)  # it may end within a character


def _markup(text: str, *, whole: bool) -> str:
    """HTML, the same written as XML, or XML: by the name of the first element.

    Empty where that may stand further down: where the text is not the `whole`.
    """
    declared = text[:5].lower() == "<?xml"
    prologue = _PROLOGUE.match(text)
    start = prologue.end() if prologue else 0
    root = _ROOT.match(text, start)
    if not (root or whole):
        return ""
    name = root[1].lower() if root else ""
    if name in {"html", "frameset"}:
        return XHTML if declared else Format.HTML
    if declared or _DOCTYPE.search(text, 0, start):
        return Format.XML
    # Fragments open with any tag; a namespace is what XML alone has.
    fragment = _HTML.fullmatch(f"<{name}") and "xmlns" not in text[:1000]
    return Format.XML if root and not fragment else Format.HTML


def _hinted(content_type: str | None, name: str | None) -> Format | None:
    """What the header or the name says, the header first."""
    hints = (content_type or "", (name or "").split("?")[0])
    found = (form for said in map(str.lower, hints) for word, form in _BY_WORD if word in said)
    return next(found, None)
