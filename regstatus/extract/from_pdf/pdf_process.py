"""Reads one PDF from standard input and writes its lines to standard output as JSON.

Runs as a program of its own, without the package: PDFium is not safe to share
between threads, and a damaged or hostile file may crash it, hang it or eat all
memory. Here that costs one child process and not the run.
"""

import json
import sys
from contextlib import suppress
from typing import Any


def limit(megabytes: int, seconds: int | None = None) -> None:
    """Limit what this process may take of memory and processor time; it may write no file."""
    try:
        import resource
    except ImportError:  # not on Windows; the parent still limits the time
        return
    limits = {
        resource.RLIMIT_AS: megabytes * 1024 * 1024,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
    }
    if seconds is not None:
        limits[resource.RLIMIT_CPU] = seconds
    for what, value in limits.items():
        with suppress(ValueError, OSError):
            _, hard = resource.getrlimit(what)
            least = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(what, (least, least))


def answer(body: bytes, pages_limit: int, chars_limit: int) -> dict[str, Any]:
    """The text of each page of a PDF, or the `error` that keeps it."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(body)
        if len(document) > pages_limit:
            return {"error": "pages", "count": len(document)}
        pages: list[str] = []
        images: list[int] = []
        unread: list[tuple[int, str]] = []
        total = 0
        for number in range(len(document)):
            text, scanned, letters = _page(document, number)
            pages.append(text)
            if scanned:
                images.append(number)
            if letters:
                unread.append((number + 1, letters))
            total += len(text)
            if total > chars_limit:
                return {"error": "chars"}
        title = ""
        with suppress(pypdfium2.PdfiumError):
            title = document.get_metadata_value("Title") or ""
        return {"pages": pages, "images": images, "unread": unread[:20], "title": title}
    except pypdfium2.PdfiumError as error:
        words = str(error).lower()
        return {"error": "encrypted" if "password" in words or "security" in words else "corrupt"}
    except MemoryError:
        return {"error": "memory"}


def _page(document: Any, number: int) -> tuple[str, bool, str]:
    """The text of a page; whether it is a picture without text, or cannot be read; letters that cannot."""
    import pypdfium2

    try:
        page = document[number]
        text_page = page.get_textpage()
        text = text_page.get_text_range()
        images = page.get_objects(filter=(3,), max_depth=4) if len(text.strip()) < 8 else ()
        scanned = any(True for _ in images)
        letters = _unread(text_page)
        text_page.close()
        page.close()
    except pypdfium2.PdfiumError:
        return "", True, ""
    return text, scanned, letters


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


def main() -> None:
    """Read, limit, answer."""
    seconds, megabytes, pages_limit, chars_limit = map(int, sys.argv[1:5])
    body = sys.stdin.buffer.read()
    limit(megabytes, seconds)
    found = answer(body, pages_limit, chars_limit)
    sys.stdout.buffer.write(json.dumps(found).encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
