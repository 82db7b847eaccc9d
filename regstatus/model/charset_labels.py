"""Character sets: what the label means that a header, a page or a file gives for its bytes."""

from __future__ import annotations

import codecs

__all__ = ["codec_of", "is_wide"]

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


def codec_of(label: str | None) -> str | None:
    """The codec that a label means, or None for an unknown one and for what is no character set."""
    if not label or len(label) > _LONGEST:
        return None
    try:
        name = codecs.lookup(label.strip()).name
        if not is_wide(name) and _ASCII.decode(name) != _ASCII.decode("ascii"):
            return None
    except (LookupError, ValueError, TypeError):
        return None
    return _MEANT.get(name, name)


def is_wide(codec: str) -> bool:
    """Whether each character takes two or four bytes, so that markup has zeros in it."""
    return codec.startswith(("utf-16", "utf-32"))
