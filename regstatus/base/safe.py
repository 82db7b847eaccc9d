"""Outside text made safe to show: it is hostile on its way out, too."""

import re

SENTENCE = 400
"""Longest problem shown, in characters."""

# C0 and C1 controls carry terminal escapes, two separators break lines; bidi controls reorder what is seen.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_MARKS = re.compile(r"([\\`*_\[\]<>|#])")
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""Also behind spaces, which importers strip, and in full width, which some programs take for it."""
_CELLS = re.compile(f",{_FORMULA.pattern}")


def without_controls(text: str) -> str:
    """Text safe for a terminal or a log, on one line: each control character becomes a space."""
    return _CONTROLS.sub(" ", text)


def one_line(words: str, limit: int = SENTENCE) -> str:
    """One line without control, bidirectional and invisible characters, cut to `limit`."""
    import unicodedata  # here, for where memory is short an error is told without it

    shown = words[: limit * 4]
    if not shown.isprintable():
        shown = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in shown)
    line = " ".join(shown.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def markdown(text: str) -> str:
    """Make text safe inside Markdown: no markup, no HTML, one line."""
    return _MARKS.sub(r"\\\1", without_controls(text))


def csv_cell(text: str) -> str:
    """Make text safe in a spreadsheet: a cell that would be a formula gets an apostrophe."""
    text = without_controls(text)
    return f"'{text}" if _FORMULA.match(text) else text


def is_plain(line: str) -> bool:
    """Whether cells, put together by commas, need no quotation mark, and `csv_cell` would change none."""
    return line.isprintable() and '"' not in line and not _CELLS.search(f",{line}")
