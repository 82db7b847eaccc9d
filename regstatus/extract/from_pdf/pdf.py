"""PDF to blocks: lines of pages become paragraphs of a document."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from regstatus.base.errors import ReadingError
from regstatus.extract.blocks import Block, Content, clean
from regstatus.extract.from_pdf.pdf_pages import PdfPage, read_pages
from regstatus.extract.from_pdf.pdf_strings import hidden_strings
from regstatus.extract.headings import read_heading
from regstatus.extract.lines import (
    HYPHENS,
    join,
    page_width,
    paragraphs,
    starts_entry,
    without_numbers,
)
from regstatus.extract.standing import lines_that_stand_out
from regstatus.model.vocabulary import WordPattern
from regstatus.model.words import Format

_NUMBERS = re.compile(r"\d+|\b[ivxlc]{1,7}\b", re.IGNORECASE)
_PAGE_NUMBER = WordPattern(
    r"\W*{before_number.page}?\W*\d{1,4}(?:\s*(?:/|{before_number.pages})\s*\d{1,4})?\W*"
)
_PAGED = WordPattern(r"\W*{before_number.page}\W{0,2}\d{1,4}\b")
_PAGE_OF = WordPattern(
    r"{before_number.page}\W{0,2}(?P<page>\d{1,4})\s*(?:/|{before_number.pages})\s*(?P<pages>\d{1,4})"
)
# Symbol fonts have bullets of their own there; between letters it is a letter.
_UNMAPPED = re.compile(
    r"[^\W\d_][\ue000-\uf8ff\ufffd]+[^\W\d_]|[\ue000-\uf8ff\ufffd]{3}|\(cid:\d+\)"
)
_BREAKS = re.compile(r"\r\n|\r|\n|\u2028|\u2029|\x0b|\x0c")
_ENDS = re.compile(r"[.:;!?][\"”’)\]]*$")


def read_pdf(body: bytes) -> Content:
    """Read a PDF.

    Raises:
        ReadingError: Where it is damaged, locked, a scan, or costs too much.
    """
    pages, title = read_pages(body)
    scanned = [number for number, page in enumerate(pages, 1) if page.scanned]
    if not any(page.text.strip() for page in pages):
        if scanned:
            raise ReadingError("The PDF is a scanned image without text; it needs OCR.")
        raise ReadingError("The PDF holds no text.")
    problems = [f"page {number} has no text (scanned image)" for number in scanned[:20]]
    if len(scanned) > 20:
        problems.append(f"{len(scanned)} of {len(pages)} pages have no text (scanned images)")
    split = [_lines(page.text) for page in pages]
    hidden, notes = hidden_strings(body)
    return Content(
        form=Format.PDF,
        banners=[*lines_that_stand_out(split), *map(clean, notes)],
        cuts=[*_cuts(split), *_unread(pages)],
        blocks=_blocks(split),
        title=clean(title) or None,
        problems=problems,
        whole="\f".join((*(page.text for page in pages), hidden)),
    )


def _unread(pages: list[PdfPage]) -> Iterator[str]:
    told = ((number, page.unread) for number, page in enumerate(pages, 1) if page.unread)
    for number, letters in islice(told, 20):
        yield f"page {number} has letters that cannot be read: “{clean(letters)}”"


def _lines(page: str) -> list[str]:
    return [line.rstrip() for line in _BREAKS.split(page) if line.strip()]


def _cuts(pages: list[list[str]]) -> Iterator[str]:
    """Letters that the file does not name, and pages that it counts and does not hold."""
    last = whole = 0
    for number, lines in enumerate(pages, 1):
        for line in lines:
            if _UNMAPPED.search(line):
                yield f"page {number} has letters that cannot be read: “{clean(line)[:80]}”"
                break
        for line in (*lines[:2], *lines[-2:]):
            if found := _PAGE_OF.search(line):
                last, whole = max(last, int(found["page"])), max(whole, int(found["pages"]))
    if last < whole:
        yield f"the PDF ends on page {last} of {whole}"


def _blocks(split: list[list[str]]) -> list[Block]:
    """Paragraphs of all pages, each with the page it begins on."""
    split = [without_numbers(lines) for lines in split]
    _drop_running_lines(split)
    width = page_width(chain.from_iterable(split), 0.9)
    blocks: list[Block] = []
    for number, lines in enumerate(split, 1):
        for place, part in enumerate(paragraphs(lines, width)):
            text = clean(part)
            if text and place == 0 and blocks and _goes_on(blocks[-1].text, part):
                blocks[-1].text = clean(join(blocks[-1].text, part))
            elif text:
                blocks.append(Block(text, anchor=f"p. {number}"))
    return blocks


def _goes_on(before: str, part: str) -> bool:
    """Whether the first paragraph of a page is the rest of the last one of the page before."""
    if starts_entry(part):
        return False
    return before[-1] in HYPHENS or (
        part.lstrip()[:1].islower()
        and not _ENDS.search(before)
        and (len(before) > 30 or starts_entry(before))
    )


def _key(line: str) -> str:
    return _NUMBERS.sub("#", " ".join(line.split())).lower()


def _drop_running_lines(pages: list[list[str]]) -> None:
    """Drop page numbers, and heads and feet that repeat on many pages.

    They fall between the two halves of a paragraph, and a running head such as
    `Schedule I` would place entries under the wrong one.
    """
    kept: set[str] = set()
    for edge in (0, -1):
        for _ in range(4):
            keys = Counter(_key(lines[edge]) for lines in pages if len(lines) > 1)
            repeated = {
                key
                for key, count in keys.items()
                if count >= 3 and count * 5 >= len(pages) * 2 and len(key) < 160
            }
            dropped = False
            for lines in pages:
                if len(lines) < 2:
                    continue
                line = " ".join(lines[edge].split())
                if not (_key(line) in repeated or _PAGE_NUMBER.fullmatch(line)):
                    continue
                name = _PAGED.sub("", line)
                if read_heading(line) and name not in kept:
                    kept.add(name)  # a heading that comes back as a running head stands once
                    continue
                del lines[edge]
                dropped = True
            if not dropped:
                break
