"""What the keys and strings of official JSON are: titles, states, pages, or no words at all."""

from __future__ import annotations

import re
from typing import Any

from regstatus.extract.markup import KEYS
from regstatus.model.vocabulary import WordPattern

NO_WORDS = re.compile(
    r"""\s*(?:
      [a-z][a-z0-9+.-]{1,12}://\S* | /[\w./%?=&#:;,~+-]*            # addresses and paths
    | [\w.+-]+@[\w.-]+ | urn:\S+ | [0-9a-fA-F-]{20,}                # mail, ids, hashes
    | \d{4}-\d\d-\d\dT\S* | [\d\s.,:/+-]*                           # moments, bare numbers
    | \w+\.(?:pdf|html?|xml|json|docx?|rtf|png|jpe?g|gif|svg|tiff?)
    | \{\{.*\}\}
    )\s*""",
    re.VERBOSE | re.IGNORECASE,
)
GONE_WORDS = WordPattern("{standing.states}")
_SKIPPED = frozenset(KEYS["skipped"])


def wrapped(text: str) -> bool:
    """Whether a string is hard-wrapped text with a few inline tags, not HTML of its own."""
    return text.count("\n\n") + text.count("\r\n\r\n") > 1 and not re.search(
        r"<(?:p|div|br|table|li|h[1-6])\b", text, re.IGNORECASE
    )


def wordless(key: str) -> bool:
    """Whether a key, in small letters, holds an address, an id or another mark of the machine."""
    return (
        key in _SKIPPED
        or key.endswith(("url", "uri", "_id", "href", "slug"))
        or key.startswith(("url", "@xmlns"))
    )


def duplicate(small: dict[str, Any]) -> str | None:
    """The poorer of two keys that hold the same document, as Riksdagen sends it."""
    rich, poor = small.get("html"), small.get("text")
    if isinstance(rich, str) and isinstance(poor, str):
        return "text" if len(rich) > 40 and "<" in rich else "html"
    return None
