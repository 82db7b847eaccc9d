"""Runs that read no page twice: what they are played for is what comes of it, not the reading."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING
from unittest.mock import patch

from regstatus.extract import extract
from regstatus.pipeline.page_reader.read_page import ReadPage, read_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from regstatus.model.document import Document
    from regstatus.model.text import Page
    from regstatus.pipeline.page_reader.read_page import Known


@contextmanager
def reading_once() -> Iterator[None]:
    """Take from memory what was read of the same page, by the same entry, for the same day.

    Reading is a function of these; and the text that it begins with is one of the page alone.
    """
    done: dict[tuple[object, ...], ReadPage] = {}

    def read(document: Document, page: Page, on: date, known: Known | None = None) -> ReadPage:
        entry = document.model_dump_json(exclude={"url"})
        key = entry, page.body, page.header("content-type"), on
        if key in done:
            same = known is not None and done[key].tree == known.tree is not None
            return ReadPage(None, same=True) if same else done[key]
        found = read_page(document, page, on, known)
        return found if found.same else done.setdefault(key, found)

    texts = patch("regstatus.extract.extract", cache(extract))
    with texts, patch("regstatus.pipeline.update.read_page", read):
        yield
