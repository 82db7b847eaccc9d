"""Reading one fetched page: Page to Text to Finding, or the reason why not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from regstatus.assess import assess
from regstatus.assess.lexicon import find_terms
from regstatus.errors import ReadingError
from regstatus.extract import Selection, extract
from regstatus.model.canonical import canonical, digest
from regstatus.model.finding import Finding
from regstatus.model.source import Document
from regstatus.model.text import Page, Text

__all__ = ["Announcement", "ReadPage", "announcements", "read_page", "recipe"]

RULES = 1
"""Counts the changes of how texts are read; raise it and every document is asked for anew."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What came of reading one page.

    Attributes:
        finding: What it says, if it could be read.
        words: Its passages, one a line, for showing differences later.
        dated: True where the text marks its own days of force, so that it must be
            read anew as days pass even if the host says that nothing changed.
        problem: Why nothing may be concluded; None where it was read.
    """

    finding: Finding | None
    words: str = ""
    dated: bool = False
    problem: str | None = None


def read_page(document: Document, page: Page, on: date) -> ReadPage:
    """Read a page with what its source file knows of it.

    Args:
        document: The document that was asked for.
        page: What the host sent; its outcome is `ok`.
        on: The day for which the text is read.
    """
    try:
        text = extract(
            page.body,
            format=document.format,
            content_type=page.header("content-type"),
            select=_selection(document),
        )
    except ReadingError as error:
        return ReadPage(None, problem=str(error))
    finding = assess(
        text,
        on=on,
        controls=document.controls,
        phrases=document.shows.says,
        reads=document.reads,
        complete=document.complete,
    )
    if not finding.readable:
        return ReadPage(None, problem="; ".join(finding.problems) or "the text could not be read")
    return ReadPage(finding, words=_words(text), dated=_dated(text))


def recipe(document: Document) -> str:
    """Digest of all that decides how a document's bytes are read."""
    parts = document.model_dump(
        mode="json",
        include={"format", "select", "controls", "complete", "reads", "adapter", "params"},
    )
    return digest(canonical([RULES, parts, document.shows.says]).encode())[:16]


def _selection(document: Document) -> Selection | None:
    if document.select is None:
        return None
    return Selection(**document.select.model_dump())


def _words(text: Text) -> str:
    return "\n".join(passage.text for passage in text.passages) + "\n"


def _dated(text: Text) -> bool:
    return any(passage.valid_from or passage.valid_until for passage in text.passages)


@dataclass(frozen=True, slots=True)
class Announcement:
    """One entry of a feed that names kratom or its alkaloids.

    Attributes:
        key: The publisher's own id, so that each is told but once.
        kind: What the publisher calls it: `Rule`, `Proposed Rule`, `Notice`, …
        title: Its title.
        day: Day of publication, if given.
        effective: Day of force, if given.
        url: Its address, if given.
    """

    key: str
    kind: str
    title: str
    day: str | None
    effective: str | None
    url: str | None

    @property
    def is_rule(self) -> bool:
        """Whether the publisher calls it a final rule; a proposal is never law."""
        return self.kind.casefold() == "rule"


def announcements(page: Page) -> Iterator[Announcement]:
    """The entries of a feed whose title or abstract names kratom or an alkaloid.

    Raises:
        ReadingError: If the feed is not of the form `{"results": [...]}`.
    """
    try:
        data: Any = json.loads(page.body)
        results = data["results"]
        if not isinstance(results, list):
            raise TypeError  # noqa: TRY301
    except (ValueError, TypeError, KeyError):
        raise ReadingError("the feed is not JSON of the expected form") from None
    for entry in results:
        if not isinstance(entry, dict) or not entry.get("document_number"):
            continue
        about = f"{entry.get('title') or ''}\n{entry.get('abstract') or ''}"
        if any(True for _ in find_terms(about)):
            yield Announcement(
                key=str(entry["document_number"]),
                kind=str(entry.get("type") or "document"),
                title=str(entry.get("title") or "untitled"),
                day=_text(entry.get("publication_date")),
                effective=_text(entry.get("effective_on")),
                url=_text(entry.get("html_url")),
            )


def _text(value: Any) -> str | None:
    return str(value) if value else None
