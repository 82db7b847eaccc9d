"""PDF to blocks: lines of pages become paragraphs of a document.

PDFium takes one at a time. A damaged or hostile file may crash it or eat all memory: the process
in which pages are read bears that.
"""

import ctypes
import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, compress, islice, repeat
from typing import Any

from regstatus.base.errors import ReadingError
from regstatus.extract.blocks import Block, Content, clean
from regstatus.extract.deletions import STRUCK
from regstatus.extract.from_pdf.pdf_strings import hidden_strings
from regstatus.extract.lines import (
    HYPHENS,
    join,
    page_width,
    paragraphs,
    starts_entry,
    without_numbers,
)
from regstatus.extract.page_breaks import drop_in_words, drop_running_lines
from regstatus.extract.standing import lines_that_stand_out
from regstatus.model.sieve import Sieve
from regstatus.model.vocabulary import WordPattern
from regstatus.model.words import Format

_PAGE_OF = WordPattern(
    r"{before_number.page}\W{0,2}(?P<page>\d{1,4})\s*(?:/|{before_number.pages})\s*(?P<pages>\d{1,4})"
)
# Symbol fonts have bullets of their own there; between letters it is a letter.
_PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffd]|\(cid:")
_UNMAPPED = re.compile(
    r"[^\W\d_][\ue000-\uf8ff\ufffd]+[^\W\d_]|[\ue000-\uf8ff\ufffd]{3}|\(cid:\d+\)"
)
_BREAKS = re.compile(
    r"\r\n|\r|\n|\u2028|\u2029|\x0b|\x0c|(?<=\ufffe)(?=\d{1,2} )|(?<=[a-z]\ufffe)(?=[A-Z])"
)
_AS_STRUCK = str.maketrans("[]", STRUCK)
_ENDS = re.compile(r"[.:;!?][\"”’)\]]*$")

_ONE = threading.Lock()
PAGES, CHARS, SIZE = 3000, 30_000_000, 200_000_000
"""Most pages and characters, and most bytes of the file."""
_LINES, _THIN, _MIDDLE = 2000, 2.5, (0.3, 0.7)
"""Lines of a page that are looked at; points of a thin one; where in its letters one strikes them out."""
_HEAD, _MOST = 200, 0.5
"""Characters of a running head, and the part of a page that a picture of text fills at least."""


@dataclass(frozen=True, slots=True)
class _Page:
    """The text of a page; whether it is a picture of one; letters that cannot be read; all its words."""

    text: str = ""
    scanned: bool = True
    unread: str = ""
    whole: str = ""


def read_pdf(body: bytes) -> Content:
    """Read a PDF.

    Raises:
        ReadingError: Where it is damaged, locked, a scan, or costs too much.
    """
    pages, title = _read_pages(body)
    scanned = [number for number, page in enumerate(pages, 1) if page.scanned]
    if not any(page.text.strip() for page in pages):
        if scanned:
            raise ReadingError("The PDF is a scanned image without text; it needs OCR.")
        raise ReadingError("The PDF holds no text.")
    problems = [f"page {number} has no text (scanned image)" for number in scanned[:20]]
    if len(scanned) > 20:
        problems.append(f"{len(scanned)} of {len(pages)} pages have no text (scanned images)")
    unread = [
        f"page {number} has letters that cannot be read: “{clean(page.unread)}”"
        for number, page in enumerate(pages, 1)
        if page.unread
    ]
    split = [_lines(page.text) for page in pages]
    hidden, notes = hidden_strings(body)
    return Content(
        form=Format.PDF,
        banners=[*lines_that_stand_out(split), *map(clean, notes)],
        cuts=[*_cuts(split), *unread[:20]],
        blocks=_blocks(split),
        title=clean(title) or None,
        problems=problems,
        whole="\f".join((*(page.whole for page in pages), hidden)),
    )


def _lines(page: str) -> list[str]:
    return [line.rstrip() for line in _BREAKS.split(page) if line.strip()]


def _cuts(pages: list[list[str]]) -> Iterator[str]:
    """Letters that the file does not name, and pages that it counts and does not hold."""
    for number, lines in enumerate(pages, 1):
        for line in lines if _PRIVATE.search("\n".join(lines)) else ():
            if _UNMAPPED.search(line):
                yield f"page {number} has letters that cannot be read: “{clean(line)[:80]}”"
                break
    edges = [line for lines in pages for line in (*lines[:2], *lines[-2:])]
    counts = [_PAGE_OF.search(edges[place]) for place in Sieve(edges).may(_PAGE_OF)]
    last = max((int(found["page"]) for found in counts if found), default=0)
    whole = max((int(found["pages"]) for found in counts if found), default=0)
    if last < whole:
        yield f"the PDF ends on page {last} of {whole}"


def _blocks(split: list[list[str]]) -> list[Block]:
    """Paragraphs of all pages, each with the page it begins on."""
    numbered = any(without_numbers(lines) != lines for lines in split)
    split = [without_numbers(lines, sure=numbered) for lines in split]
    drop_running_lines(split)
    drop_in_words(split)
    width = page_width(chain.from_iterable(split), 0.9)
    blocks, last = list[Block](), ""
    for number, lines in enumerate(split, 1):
        for place, part in enumerate(paragraphs(lines, width)):
            text = clean(part)
            if text and place == 0 and blocks and _goes_on(last, part):
                last = join(last, part)
                blocks[-1].text = clean(last)
            elif text:
                last = part.rstrip()
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


def _read_pages(body: bytes) -> tuple[list[_Page], str]:
    """The pages of a PDF, and its title.

    Raises:
        ReadingError: Where it is damaged, locked, or costs too much.
    """
    if len(body) > SIZE:
        raise ReadingError("The PDF is larger than the limit for reading it.")
    import pypdfium2

    pages: list[_Page] = []
    title, left = "", CHARS
    try:
        with _ONE:
            document = pypdfium2.PdfDocument(body)
            if len(document) > PAGES:
                raise ReadingError(f"The PDF has {len(document)} pages, more than the limit.")
            for number in range(len(document)):
                pages.append(_page(document, number))
                left -= len(pages[-1].text)
                if left < 0:
                    raise ReadingError("The PDF holds more text than the limit.")
            with suppress(pypdfium2.PdfiumError):
                title = document.get_metadata_value("Title") or ""
    except pypdfium2.PdfiumError as error:
        words = str(error).lower()
        locked = "password" in words or "security" in words
        what = "locked with a password" if locked else "damaged and cannot be opened"
        raise ReadingError(f"The PDF is {what}.") from None
    except MemoryError:
        raise ReadingError("The PDF needs more memory than the limit.") from None
    return pages, title


def _page(document: Any, number: int) -> _Page:
    import pypdfium2

    try:
        page = document[number]
        text_page = page.get_textpage()
        text = text_page.get_text_range()
        kept = _without_struck(page, text_page)
        scanned = len(text.strip()) < _HEAD and _is_picture(page, len(text.strip()) < 8)
        unread = _unread(text_page)
        text_page.close()
        page.close()
    except pypdfium2.PdfiumError:
        return _Page()
    return _Page(text if kept is None else kept, scanned, unread, text)


def _without_struck(page: Any, text_page: Any) -> str | None:
    """The words of a page without those that a thin line runs through; None where none does.

    Bills strike out the law that they repeal; a line at the foot of the letters is an underscore.
    """
    from pypdfium2 import raw

    struck: list[tuple[int, int]] = []
    box = raw.FS_RECTF()
    for line in islice(page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=4), _LINES):
        left, bottom, right, top = line.get_bounds()
        if top - bottom > _THIN or right - left < 2 * _THIN:
            continue
        height, ends = (bottom + top) / 2, []
        for side, step in ((left + _THIN / 2, 1), (right - _THIN / 2, -1)):
            at = raw.FPDFText_GetCharIndexAtPos(text_page.raw, side, height, 3, 6)
            while at >= 0 and raw.FPDFText_GetLooseCharBox(text_page.raw, at, box):
                if tall := box.top - box.bottom:
                    low, high = _MIDDLE
                    ends += [at] if low < (height - box.bottom) / tall < high else []
                    break
                at += step  # the end of a line has no height
        if len(ends) != 2 or ends[0] > ends[1]:
            continue
        struck.append((ends[0], ends[1] + 1))
    if not struck:
        return None
    kept, at = "", 0
    for start, end in (*sorted(struck), (text_page.count_chars(), 0)):
        kept += text_page.get_text_range(at, start - at) if start > at else ""
        words = text_page.get_text_range(start, end - start) if end > start >= at else ""
        if "[" in words or "]" in words:  # what stands between them may go over many lines
            kept += words.translate(_AS_STRUCK)
        at = max(at, end)
    return kept


def _is_picture(page: Any, empty: bool) -> bool:
    """Whether a page without words holds a picture, or is one with nothing but a head."""
    whole = page.get_width() * page.get_height()
    for picture in page.get_objects(filter=(3,), max_depth=4):
        left, bottom, right, top = picture.get_bounds()
        if empty or (right - left) * (top - bottom) > _MOST * whole:
            return True
    return False


def _unread(text_page: Any) -> str:
    """Three letters in a row, or more, of which the file says no more than the number in its font."""
    from pypdfium2 import raw

    # The types are told once: to check them for each letter takes as long as PDFium for the page.
    page, most = ctypes.cast(text_page.raw, ctypes.c_void_p), text_page.count_chars()
    lost = ctypes.cast(raw.FPDFText_HasUnicodeMapError, ctypes.PYFUNCTYPE(ctypes.c_int))
    steps = range(2, most, 3)  # three in a row cannot step over all of these
    for at in compress(steps, map(lost, repeat(page), steps)):
        near = range(max(at - 2, 0), min(at + 40, most))
        found = [lost(page, one) for one in near]
        first = found.index(1)
        length = (*found[first:], 0).index(0)
        letters = "".join(
            chr(raw.FPDFText_GetUnicode(text_page.raw, near[first + n])) for n in range(length)
        )
        if len(set(letters)) >= 3:  # a row of points is no word
            return letters
    return ""
