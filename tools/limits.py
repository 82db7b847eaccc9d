"""What one machine does, as `docs/scaling.md` tells it: figures out of `docs/performance.md`.

`make bench` writes both pages; a test sees that the figures of the one are those of the other.
"""

from __future__ import annotations

import re

__all__ = ["limits", "with_limits"]

_ROWS = (
    ("Look-up, whole process", "`regstatus lookup US-AL --json`", "a look-up, the whole process",
     "nothing: a bucket adds its distance"),
    ("Service", "`/v1/status/US-AL`, requests a second", "answers served by one worker",
     "[static files](#static-files) and a CDN"),
    ("Reading", "HTML code chapter, 1 MB", "reading pages of law in one process",
     "[`--workers`](#more-readers)"),
    ("A run", "10,000 documents, whole process", "a run over 10,000 documents of 2 kB, hosts asked politely",
     "[an executor](#more-readers), where reading is what takes the time"),
    ("A run", "peak memory, 10,000 documents", "its peak memory", "a part at a time: `--only`"),
    ("History", "newest, 10,000 versions, whole process", "a look-up among 10,000 versions",
     "nothing: it does not grow"),
    ("History", "a year of daily runs, 2 changes of law a week, everything kept",
     "a year of daily runs, on the disk", "nothing: any disk holds it"),
    ("Bulk", "1,000,000 orders by ZIP code, file to file", "a million orders by ZIP code, file to file",
     "[`screen`](screen.md) in your own warehouse"),
)  # fmt: skip
"""Section and line of the page of measurements; what it is called here; what goes beyond it."""

_AGAIN = re.compile(r"This part was measured again alone, on ([\d-]+)")
_BLOCK = re.compile(r"(?<=<!-- measured -->\n).*(?=<!-- /measured -->)", re.DOTALL)


def limits(performance: str) -> str:
    """The table of what one machine does.

    Args:
        performance: The text of `docs/performance.md`.

    Raises:
        KeyError: If it has no such line any more.
    """
    found: dict[tuple[str, str], str] = {}
    again: dict[str, str] = {}
    section = ""
    for row in performance.splitlines():
        if row.startswith("## "):
            section = row.removeprefix("## ")
        elif alone := _AGAIN.match(row):
            again[section] = f", on {alone[1]}"
        elif row.startswith("| "):
            what, ours = [cell.strip() for cell in row.split(" | ")][:2]
            found.setdefault((section, re.sub(r" \(\d+\)$", "", what.removeprefix("| "))), ours)
    dates = re.search(r"^Date: (\d{4}-\d\d-\d\d)", performance, re.MULTILINE)
    day = f" on {dates[1]}" if dates else ""
    out = [f"| What one machine does | Measured{day} | Beyond it |", "|---|---|---|"]
    out += [
        f"| {name}{again.get(part, '')} | {found[part, what]} | {step} |"
        for part, what, name, step in _ROWS
    ]
    return "\n".join(out) + "\n"


def with_limits(scaling: str, performance: str) -> str:
    """The text of `docs/scaling.md` with the table of now."""
    return _BLOCK.sub(lambda _: limits(performance), scaling, count=1)
