"""Behind: marks of force that stand after the text that they rule, as New York prints them."""

from __future__ import annotations

import re
from dataclasses import replace

from regstatus.extract.force import read_force
from regstatus.model.text import Passage

__all__ = ["marked_behind"]

_MARK = re.compile(r"\W*NB\s+(?:effective|expires?|repealed)\b", re.IGNORECASE)


def marked_behind(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Give the section before each «* NB Effective December 19, 2026» its day of force.

    The mark rules what stands under the same headings as it does, back to another mark.
    """
    if not any(_MARK.match(passage.text) for passage in passages):
        return passages
    out = list(passages)
    for number, passage in enumerate(passages):
        force = read_force(passage.text) if _MARK.match(passage.text) else None
        if not (force and force.alone):
            continue
        for before in range(number - 1, -1, -1):
            other = out[before]
            same = other.headings[: len(passage.headings)] == passage.headings
            own = bool(passage.headings) and other.text.startswith(passage.headings[-1])
            if not (same or own) or _MARK.match(other.text):
                break
            since, until = other.valid_from or force.since, other.valid_until or force.until
            out[before] = replace(other, valid_from=since, valid_until=until)
    return tuple(out)
