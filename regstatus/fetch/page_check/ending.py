"""Whether a document was cut off: half a list looks like silence about the rest."""

from __future__ import annotations

import re

from regstatus.model.charset import decode
from regstatus.model.words import Format

__all__ = ["BLANK", "html_stops_short", "lost_its_end", "stops_short"]

_HEAD = 4096
_OPENS = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_CLOSES = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
BLANK = " \t\r\n\x00\ufeff"
"""What is no text: white space, zeros and byte order marks."""


def stops_short(form: str, text: str) -> bool:
    """Whether XML or JSON has a beginning and no end."""
    ends = text.strip(BLANK)
    if form == Format.XML:
        return ends.startswith("<") and not ends.endswith(">")
    return ends.startswith(("{", "[")) and not ends.endswith(("}", "]"))


def html_stops_short(text: str) -> bool:
    """Whether a page that opens as a whole one never closes.

    Many hosts leave the end out: it tells only where all of a page is needed.
    """
    return _OPENS.search(text[:_HEAD]) is not None and _CLOSES.search(text) is None


def lost_its_end(body: bytes) -> bool:
    """Whether HTML lacks its end, where a lost connection would look like that end."""
    low = decode(body).lower()
    return "<html" in low and "</html" not in low
