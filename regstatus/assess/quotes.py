"""Quotes: where a fact was read, in its own words, and the rule that read it (docs/finding.md)."""

from __future__ import annotations

from regstatus.assess.clauses import Clause
from regstatus.model.finding import QUOTE_LIMIT, Place

__all__ = ["place", "quote"]

_MOST = QUOTE_LIMIT - len("……")


def quote(text: str, start: int, end: int) -> str:
    """What stands in `text` round `start:end`, verbatim and no longer than a quote may be.

    A cut is made between words where a space is near, and is marked with «…».
    """
    if len(text) <= QUOTE_LIMIT:
        return text.strip()
    left = max(0, start - max(0, _MOST - (end - start)) // 2)
    right = min(len(text), left + _MOST)
    left = max(0, right - _MOST)
    if left:
        left = text.find(" ", left, min(start, left + 40) + 1) + 1 or left
    if right < len(text):
        space = text.rfind(" ", max(min(end, right), right - 40), right)
        right = space if space >= 0 else right
    return f"{'…' if left else ''}{text[left:right].strip()}{'…' if right < len(text) else ''}"


def place(clause: Clause, start: int, end: int, rule: str) -> Place:
    """The place of `clause.text[start:end]`, quoted from its whole passage."""
    offset, passage = clause.start, clause.passage
    words = quote(passage.text, offset + start, offset + end)
    return Place(quote=words, headings=passage.headings, anchor=passage.anchor, rule=rule)
