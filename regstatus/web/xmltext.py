"""XML text: what XML 1.0 cannot carry, taken out."""

from __future__ import annotations

import re

from regstatus.base.safe import without_controls

__all__ = ["xml_text"]

_BARRED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: object) -> str:
    """A text of one line without control characters, lone surrogates or non-characters."""
    return _BARRED.sub("�", without_controls(str(text)))
