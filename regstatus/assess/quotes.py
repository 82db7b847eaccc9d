"""Quotes: short verbatim evidence, cut at word boundaries."""

from __future__ import annotations

from regstatus.assess.clauses import Clause
from regstatus.model.finding import QUOTE_LIMIT, Place

__all__ = ["place", "quote"]

_ELLIPSIS = "…"


def quote(text: str, start: int, end: int, limit: int = QUOTE_LIMIT) -> str:
    """At most `limit` characters of `text` round `start:end`, verbatim.

    A cut is made between words where a space is near, and is marked with «…».
    """
    if len(text) <= limit:
        return text.strip()
    room = max(0, limit - 2 * len(_ELLIPSIS) - (end - start))
    left = max(0, start - room // 2)
    right = min(len(text), left + limit - 2 * len(_ELLIPSIS))
    left = max(0, right - (limit - 2 * len(_ELLIPSIS)))
    if left:
        space = text.find(" ", left, min(start, left + 40) + 1)
        left = space + 1 if space >= 0 else left
    if right < len(text):
        space = text.rfind(" ", max(min(end, right), right - 40), right)
        right = space if space >= 0 else right
    head = _ELLIPSIS if left else ""
    tail = _ELLIPSIS if right < len(text) else ""
    return f"{head}{text[left:right].strip()}{tail}"


def place(clause: Clause, start: int, end: int, rule: str) -> Place:
    """The place of `clause.text[start:end]`, quoted from its whole passage."""
    offset = clause.start
    return Place(
        quote=quote(clause.passage.text, offset + start, offset + end),
        headings=clause.passage.headings,
        anchor=clause.passage.anchor,
        rule=rule,
    )
