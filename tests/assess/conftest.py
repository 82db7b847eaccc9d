"""Helpers of the tests of assess: a text from plain words, and its finding."""

from datetime import date

import pytest

from regstatus.assess import assess
from regstatus.model.text import Passage, Text
from regstatus.model.words import Format

DAY = date(2026, 7, 1)


def passage(item):
    """A passage from a string, or from (headings, text) or (headings, text, kind)."""
    if isinstance(item, Passage):
        return item
    if isinstance(item, str):
        return Passage(item)
    headings, text, *kind = item
    return Passage(text, headings=tuple(headings), kind=kind[0] if kind else "paragraph")


@pytest.fixture
def day():
    """The day of law that the tests ask about."""
    return DAY


@pytest.fixture
def read():
    """Read passages as one document."""

    def reader(*items, title=None, on=DAY, repealed=False, problems=(), **more):
        passages = tuple(passage(item) for item in items)
        text = Text(passages, Format.HTML, title=title, repealed=repealed, problems=tuple(problems))
        return assess(text, on=on, **more)

    return reader
