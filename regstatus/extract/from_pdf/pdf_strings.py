"""The strings of a PDF that no page shows: fields, notes, bookmarks, descriptions, names, metadata.

They are looked for in the bytes, without any reader of PDFs: whatever stands between brackets is
kept, and streams that hold text (objects, XML, scripts, pages) are unpacked first.
"""

import re
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any

_MOST = 64 * 1024 * 1024
"""Bytes that are unpacked at most: whoever packs more has no text of law."""
_STRING = (
    rb"(?s)(?:/(Contents|RC|Subj(?:ect)?|V)[ \t\r\n]*)?"
    rb"(?:\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)|<([0-9A-Fa-f][0-9A-Fa-f \t\r\n]{5,})>)"
    rb"|/Name[ \t\r\n]*/([A-Za-z]+)"
)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n?|\n)|(.))", re.DOTALL)
_SHOWN = re.compile(rb"\bT[jJ]\b")
_TEXT = bytes({*range(32, 127), 9, 10, 13})
_LINES = {b"n": b"\n", b"r": b"\r", b"t": b"\t"}


@cache
def _string() -> Any:
    """What stands between brackets, in time linear in the file."""
    from regstatus.base import re2

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    return re2.compile(_STRING, options)


def hidden_strings(body: bytes) -> tuple[str, list[str]]:
    """Every string of a PDF, one a line, with its streams of XML as they are; and those of its notes.

    Notes are what annotations, stamps, fields and the subject of a PDF say of it. Both are empty
    where it is locked.
    """
    found = [*_strings(body)]
    return "\n".join(words for _, words in found), [words for noted, words in found if noted]


def _strings(body: bytes) -> Iterator[tuple[bool, str]]:
    left, outside, parts = _MOST, bytearray(), []
    for piece in body.split(b"endstream"):
        before, _, packed = piece.partition(b"stream")
        outside += before
        if left > 0 and packed:
            packed = packed.lstrip(b"\r\n")
            head = _unpacked(packed, 4096) or packed[:4096]
            if len(head.translate(None, _TEXT)) * 20 >= len(head):  # a picture, or a font
                continue
            held = _unpacked(packed, left) or packed
            left -= len(held)
            if _SHOWN.search(head):  # what is read as a page, save what is said beside it
                held = b">>".join(one.partition(b">>")[0] for one in held.split(b"<<")[1:]) + b">"
            parts.append(held)
    parts.append(bytes(outside))
    for part in parts:
        if part.lstrip()[:1] == b"<" != part.lstrip()[1:2]:
            yield False, part.decode("utf-8", "replace")
        else:
            yield from map(_decoded, _string().finditer(part))


def _unpacked(data: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, most)
    except zlib.error:
        return b""


def _decoded(match: Any) -> tuple[bool, str]:
    key, written, hexed, stamp = match.groups()
    if stamp is not None:
        return True, stamp.decode()
    if hexed is not None:
        digits = b"".join(hexed.split())
        chars = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    else:
        chars = _ESCAPE.sub(_character, written)
    charset = "utf-16" if chars[:2] in {b"\xfe\xff", b"\xff\xfe"} else "latin-1"
    return key is not None, chars.decode(charset, "replace")


def _character(match: re.Match[bytes]) -> bytes:
    octal, line, sign = match.groups()
    if octal:
        return bytes([int(octal, 8) % 256])
    return b"" if line else _LINES.get(sign, sign)
