"""Character sets: bytes to characters, in the one order that works on official hosts.

Byte order mark, characters of two or four bytes, UTF-8, what the header and the page
declare, windows-1252. Hosts declare wrongly so often (`utf-16` on a UTF-8 page, two
declarations that differ, none at all, the server's `iso-8859-1` on every page) that what
the bytes prove comes before what anybody claims.
"""

import codecs
import re
from contextlib import suppress
from functools import lru_cache

UNKNOWN = "ascii"
"""The character set of bytes that nobody can tell: what is not ASCII becomes U+FFFD."""
AS_BYTES = "regstatus-as-bytes"
"""Name of the error handler that undoes a reading of bytes as Western letters."""
MEND = "regstatus-mend"
"""Name of the error handler that goes with a character set that `charset` told."""

_LONGEST = 40
# What hosts write, and what they mean: the wider table of the same family.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
# Markup is ASCII, whatever else a page holds. A codec that reads these as anything but
# themselves is no character set of documents: escapes, host names, UTF-7, mainframes.
_ASCII = rb"xn--e1afmkfd.x <p lang='en'>Az09 \x41 \u0041 +AGE- &amp;</p>"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 8192
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_IN_PAGE = re.compile(
    r"(?:<\?xml[^>]{0,200}?encoding|<meta[^>]{0,400}?charset)\s*=\s*[\"']?\s*([\w.:-]+)",
    re.IGNORECASE,
)
_HIGH = bytes(range(0x80, 0x100))
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x0b\x0c\x1b")
# Western text has an accent here and there; four such bytes on end, of three kinds at least, are
# a word of another script.
_WORDS = bytes(byte if byte > 0x80 else 32 for byte in range(256))
# UTF-8 that was taken for Western bytes, and written as UTF-8 once more: «Â§», «â€™», «ÐºÑ€».
_TWICE = re.compile("[\u00c2-\u00f4](?:[\x80-\xbf]|[^\x00-\u0151])")
_KANA, _JAPANESE = re.compile("[\u3041-\u30fc]"), re.compile("[\u3001-\u9fff\uff01-\uff5e]")
_FEWEST = 12
"""Signs of Japanese that prove a character set which nobody declared."""
_CUT = frozenset({"unexpected end of data", "incomplete multibyte sequence", "truncated data"})
"""Why a codec fails on a body that was cut off inside a character."""
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")


def codec_of(label: str | None) -> str | None:
    """The codec that a label means, or None for an unknown one and for what is no character set."""
    if not label or len(label) > _LONGEST:
        return None
    label = label.strip().lower().removeprefix("x-")
    for spelt in (label, label.replace("windows-", "cp")):
        try:
            name = codecs.lookup(spelt).name
            if _is_wide(name) or _ASCII.decode(name) == _ASCII.decode("ascii"):
                return _MEANT.get(name, name)
        except (LookupError, ValueError, TypeError):
            continue
    return None


def charset(body: bytes, *, content_type: str | None = None) -> str:
    """The codec of a body, which may be cut off anywhere; `UNKNOWN` where nothing tells it.

    It is told by the bytes, the header `content_type` and what the page declares.
    """
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return codec
    head, utf8 = body[:_HEAD], _fits(body, "utf-8")
    plain = controls(head) * 20 <= len(head) * 9 and b"\x1b$" not in head
    if utf8 and plain and b"\0" not in head:  # as nearly all: nothing below says otherwise
        return "utf-8"
    labels = [*_IN_HEADER.findall(content_type or ""), *_IN_PAGE.findall(head.decode("latin-1"))]
    said = [codec for codec in map(codec_of, labels) if codec]
    if wide := _wide(body, head, [codec for codec in said if _is_wide(codec)], utf8=utf8):
        return wide
    shifts = b"\x1b$" in head  # to Japanese and back, in bytes that are all ASCII
    if utf8 and not shifts:
        return "utf-8"
    # What servers and editors write unasked says least.
    narrow = [codec for codec in said if codec != "cp1252" and not codec.startswith("utf")]
    japanese = (
        [] if utf8 or narrow else [codec for codec in ("cp932", "euc_jp") if _kana(body, codec)]
    )
    for codec in (*narrow, *["iso2022_jp"] * shifts, *["utf-8"] * utf8, *japanese, "cp1252"):
        if _fits(body, codec) and not (codec == "cp1252" and _foreign(body)):
            return codec
    return UNKNOWN


def decode(body: bytes, *, content_type: str | None = None) -> str:
    """The characters of a body, without byte order mark; U+FFFD stands for what nobody can tell."""
    text = body.decode(charset(body, content_type=content_type), MEND)
    if not text.isascii() and _TWICE.search(text):
        with suppress(UnicodeError):
            return text.encode("cp1252", AS_BYTES).decode().removeprefix("\ufeff")
    return text


@lru_cache(maxsize=2)
def as_utf8(body: bytes, *, content_type: str | None = None) -> bytes:
    """A body in UTF-8: the same bytes where they are that already."""
    codec = charset(body, content_type=content_type)
    if codec == "utf-8":
        with suppress(UnicodeDecodeError):
            body.decode()
            return body
    return body.decode(codec, MEND).encode("utf-8", "replace")


def controls(head: bytes) -> int:
    """How many bytes are control characters that no text has."""
    return len(head) - len(head.translate(None, _CONTROLS))


def without_declaration(text: str) -> str:
    """XML text without its declaration, whose encoding no longer applies."""
    return _XML_DECLARATION.sub("", text, count=1)


def _is_wide(codec: str) -> bool:
    """Whether each character takes two or four bytes, so that markup has zeros in it."""
    return codec.startswith(("utf-16", "utf-32"))


def _wide(body: bytes, head: bytes, said: list[str], *, utf8: bool) -> str | None:
    """The codec of characters of two or four bytes, known by the bytes that all of them share."""
    sides = (head[::2], head[1::2])
    zeros, low = [side.count(0) for side in sides], [controls(side) for side in sides]
    tried = [codec for codec in said if codec[-1] == "e" and any(zeros) and not utf8]
    if sum(zeros) * 2 > len(head):
        tried += ["utf-32-le", "utf-32-be"]
    # In a script without control characters in its codes only spaces and digits have zeros.
    if (said or min(zeros) * 8 <= max(zeros)) and (
        sum(zeros) * 3 > len(head) > 3
        or max(low) * 20 > max(len(head) * 9, min(low) * 30)
        or (not utf8 and max(zeros) > (0 if said else 2))
    ):
        tried.append("utf-16-le" if (zeros[1], low[1]) >= (zeros[0], low[0]) else "utf-16-be")
    return next((codec for codec in tried if _fits(body, codec)), None)


def _fits(body: bytes, codec: str) -> bool:
    """Whether the bytes are of this character set, a few broken ones aside."""
    try:
        body.decode(codec)
    except UnicodeDecodeError as error:
        cut = error.reason in _CUT and not body[: error.start].isascii()
        if cut or _is_wide(codec):
            return cut
        high = len(body) - len(body.translate(None, _HIGH))
        return body.decode(codec, "replace").count("\ufffd") * 5 <= high
    except UnicodeError:
        return False
    return True


def _kana(body: bytes, codec: str) -> bool:
    """Whether bytes that nobody declared are Japanese: all of them are, and much of it is kana."""
    try:
        text = body.decode(codec)
    except UnicodeError:
        return False
    signs, kana = len(_JAPANESE.findall(text)), len(_KANA.findall(text))
    others = sum(not char.isascii() for char in text) - signs
    return kana * 10 > signs > _FEWEST and others * 20 < signs


def _as_bytes(error: UnicodeError) -> tuple[bytes, int]:
    """What windows-1252 has no letter for stands for its byte, as in browsers."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return error.object[error.start : error.end].encode("latin-1"), error.end


codecs.register_error(AS_BYTES, _as_bytes)


def _foreign(body: bytes) -> bool:
    """Whether most of what is not ASCII stands in words of another script than the Latin one."""
    words = body.translate(_WORDS).split()
    foreign = (len(word) for word in words if len(word) > 3 and len(set(word)) > 2)
    return sum(foreign) * 2 > sum(map(len, words))


def _mend(error: UnicodeError) -> tuple[str, int]:
    """Single bytes that do not fit, as windows-1252, else as they are; in Asian sets as U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):  # pragma: no cover  (decoding only)
        raise error
    wrong = error.object[error.start : error.end]
    if error.reason in _CUT:
        return "", error.end
    if error.encoding not in {"charmap", "utf-8"}:
        return "\ufffd", error.end
    try:
        return wrong.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return wrong.decode("latin-1"), error.end


codecs.register_error(MEND, _mend)
