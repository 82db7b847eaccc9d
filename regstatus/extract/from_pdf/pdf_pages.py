"""The pages of one PDF, by PDFium, which takes one at a time.

A damaged or hostile file may crash it or eat all memory: the process in which pages are read bears that.
"""

import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from regstatus.base.errors import ReadingError

_ONE = threading.Lock()
PAGES, CHARS, SIZE = 3000, 30_000_000, 200_000_000
"""Most pages and characters, and most bytes of the file."""
_HEAD, _MOST = 200, 0.5
"""Characters of a running head, and the part of a page that a picture of text fills at least."""


@dataclass(frozen=True, slots=True)
class PdfPage:
    """The text of a page; whether it is a picture of one; letters that cannot be read."""

    text: str = ""
    scanned: bool = True
    unread: str = ""


def read_pages(body: bytes) -> tuple[list[PdfPage], str]:
    """The pages of a PDF, and its title.

    Raises:
        ReadingError: Where it is damaged, locked, or costs too much.
    """
    if len(body) > SIZE:
        raise ReadingError("The PDF is larger than the limit for reading it.")
    import pypdfium2

    pages: list[PdfPage] = []
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


def _page(document: Any, number: int) -> PdfPage:
    import pypdfium2

    try:
        page = document[number]
        text_page = page.get_textpage()
        text = text_page.get_text_range()
        scanned = len(text.strip()) < _HEAD and _is_picture(page, len(text.strip()) < 8)
        unread = _unread(text_page)
        text_page.close()
        page.close()
    except pypdfium2.PdfiumError:
        return PdfPage()
    return PdfPage(text, scanned, unread)


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

    page, most = text_page.raw, text_page.count_chars()
    for at in range(2, most, 3):  # three in a row cannot step over all of these
        if raw.FPDFText_HasUnicodeMapError(page, at) != 1:
            continue
        near = range(max(at - 2, 0), min(at + 40, most))
        found = [raw.FPDFText_HasUnicodeMapError(page, one) == 1 for one in near]
        first = found.index(True)
        length = (*found[first:], False).index(False)
        letters = "".join(
            chr(raw.FPDFText_GetUnicode(page, near[first + n])) for n in range(length)
        )
        if len(set(letters)) >= 3:  # a row of points is no word
            return letters
    return ""
