"""From one fetched page to its text and finding, or the reason why not."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from regstatus.assess import assess, completeness, timeliness
from regstatus.assess.announcements import Announcement, announcements
from regstatus.assess.witness import may_have_new_names, unexplained
from regstatus.base.errors import ReadingError
from regstatus.fetch.page_check.shape import html_stops_short
from regstatus.model.canonical import canonical, digest
from regstatus.model.document import Document, Select
from regstatus.model.finding import Finding
from regstatus.model.law import Substance
from regstatus.model.text import Page, Text
from regstatus.model.vocabulary import words_digest
from regstatus.model.words import Format, Reads

RULES = 14
"""Counts the changes of how texts are read; raise it and every document is asked for anew."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What came of reading one page.

    Attributes:
        finding: What it says, if it could be read.
        words: Its passages, one a line, for showing differences later.
        headings: The number of each passage that is a heading, and how many stand above it.
        linked: The number of each passage that is nothing but a link to another page.
        turns: The first later day on which the same words say something else, or are doubted: then
            they must be read anew even if the host says that nothing changed.
        tree: Digest by which the words are known again without a reading, where nothing is in doubt.
        same: True where that digest is the one that is known: what was read last stands.
        problem: Why nothing may be concluded; None where it was read.
        met: Of what was not accepted, whether all the same all of its controls were read.
        doubts: Why a text that was read may not be trusted, each with the words and the place.
        announced: The entries of a feed; it has no finding.
    """

    finding: Finding | None
    words: str = ""
    headings: tuple[tuple[int, int], ...] = ()
    linked: tuple[int, ...] = ()
    turns: date | None = None
    tree: str | None = None
    same: bool = False
    problem: str | None = None
    met: bool = False
    doubts: tuple[str, ...] = ()
    announced: tuple[Announcement, ...] = ()


class Known(NamedTuple):
    """What was read last of a document, by its own recipe, and still speaks for the day.

    Attributes:
        tree: The digest by which its words are known again, if there is one.
        named: The substances of which it speaks.
    """

    tree: str | None
    named: tuple[Substance, ...] = ()


def read_page(document: Document, page: Page, on: date, known: Known | None = None) -> ReadPage:
    """Read a page, whose outcome is `ok`, for a day, with what its source file knows of it.

    Where it is `known` already it is not read again, only known again.
    """
    try:
        if document.reads is Reads.FEED:
            return ReadPage(None, announced=tuple(announcements(page)))
        # A host can cut a page and send the length of the piece. Where all controls stand before
        # the cut nothing else would tell that the rest of the list is missing.
        whole = document.complete and document.format is not Format.PDF
        if whole and html_stops_short(page.utf8()):
            problem = "the page stops before its end: silence of half a list proves nothing"
            return ReadPage(None, problem=problem)
        if known and known.tree and _is_same(document, page, known):
            return ReadPage(None, same=True)
        text = _extract(document, page, document.select)
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
        met = all(control.found for control in finding.controls)
        problem = "; ".join(finding.problems) or "the text could not be read"
        return ReadPage(None, problem=problem, met=met)
    doubts = (
        *_unexplained(document, page, text, finding, on),
        *completeness.doubts(document, text),
        *timeliness.doubts(document, finding, text, on),
    )
    sure = not (doubts or finding.problems)
    return ReadPage(
        finding,
        words=f"{text.words}\n",
        headings=tuple(
            (number, len(passage.headings))
            for number, passage in enumerate(text.passages)
            if passage.kind == "heading"
        ),
        linked=tuple(number for number, passage in enumerate(text.passages) if passage.linked),
        turns=timeliness.turns(finding, text, on),
        tree=_tree(document, page) if sure else None,
        doubts=doubts,
    )


def _tree(document: Document, page: Page) -> str | None:
    # The run itself knows of readings, and need not load what reads before it asks the first host.
    from regstatus.extract.page_tree import tree_digest

    return tree_digest(page.body, page.header("content-type"), document.select)


def _is_same(document: Document, page: Page, known: Known) -> bool:
    """Whether a page is read as the one before: of the same tree, and without a name beside it."""
    if _tree(document, page) != known.tree:
        return False
    body = page.utf8()
    if document.site_words:
        body = _whole(document, body.decode()).encode()
    return not (_silent(document) and may_have_new_names(body, known.named))


def _extract(document: Document, page: Page, select: Select | None = None) -> Text:
    from regstatus.extract import extract

    kind = page.header("content-type")
    return extract(page.body, format=document.format, content_type=kind, select=select)


def _unexplained(
    document: Document, page: Page, text: Text, finding: Finding, on: date
) -> tuple[str, ...]:
    """The names in the body for which the reading does not account, where silence is expected."""
    silent = _silent(document)
    text = replace(text, whole=_whole(document, text.whole))
    doubts = unexplained(text, finding) if silent else ()
    if not (doubts and document.select):
        return doubts
    # Other law on the page may name what the part that is meant is silent of; it may not list it.
    with suppress(ReadingError):
        everything = _extract(document, page)
        rest = assess(everything, on=on, reads=document.reads)
        if not any(rest.says(name) == "listed" for name in silent):
            return unexplained(replace(text, passages=everything.passages), finding)
    return doubts


def _silent(document: Document) -> list[Substance]:
    return [name for name, says in document.shows.by_substance().items() if says == "silent"]


def _whole(document: Document, body: str) -> str:
    """A body without the words that the site itself has in it, each as often as it is listed."""
    for words in document.site_words:
        body = body.replace(words, "\n", 1)
    return body


def recipe(document: Document) -> str:
    """Digest of all that decides how a document's bytes are read."""
    parts = document.model_dump(
        mode="json",
        include={
            "title",
            "format",
            "select",
            "controls",
            "complete",
            "entries",
            "site_words",
            "reads",
            "adapter",
            "params",
        },
    )
    said = [document.shows.says, _silent(document)]
    return digest(canonical([RULES, words_digest(), parts, *said]).encode())[:16]
