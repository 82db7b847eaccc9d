"""Reads one PDF from standard input and writes its lines to standard output as JSON.

Runs as a program of its own, without the package: PDFium is not safe to share
between threads, and a damaged or hostile file may crash it, hang it or eat all
memory. Here that costs one child process and not the run.
"""

from __future__ import annotations

import json
import sys


def _limit(seconds: int, megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows; the parent still limits the time
        return
    for what, value in (
        (resource.RLIMIT_AS, megabytes * 1024 * 1024),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        try:
            _, hard = resource.getrlimit(what)
            soft = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(what, (soft, hard))
        except (ValueError, OSError):
            continue


def _read(body: bytes, pages_limit: int, chars_limit: int) -> dict[str, object]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        words = str(error).lower()
        return {"error": "encrypted" if "password" in words or "security" in words else "corrupt"}
    count = len(document)
    if count > pages_limit:
        return {"error": "pages", "count": count}
    pages: list[str] = []
    images: list[int] = []
    total = 0
    for number in range(count):
        try:
            page = document[number]
            text_page = page.get_textpage()
            text = text_page.get_text_range()
            if len(text.strip()) < 8 and any(
                True for _ in page.get_objects(filter=(3,), max_depth=4)
            ):
                images.append(number)
            text_page.close()
            page.close()
        except pypdfium2.PdfiumError:
            pages.append("")
            images.append(number)
            continue
        total += len(text)
        if total > chars_limit:
            return {"error": "chars"}
        pages.append(text)
    title = ""
    try:
        title = document.get_metadata_value("Title")
    except pypdfium2.PdfiumError:
        title = ""
    return {"pages": pages, "images": images, "title": title}


def answer(body: bytes, pages_limit: int, chars_limit: int) -> dict[str, object]:
    """The lines of a PDF, or the `error` that keeps them."""
    try:
        return _read(body, pages_limit, chars_limit)
    except MemoryError:
        return {"error": "memory"}


def main() -> None:
    """Read, limit, answer."""
    seconds, megabytes, pages_limit, chars_limit = (int(value) for value in sys.argv[1:5])
    body = sys.stdin.buffer.read()
    _limit(seconds, megabytes)
    found = answer(body, pages_limit, chars_limit)
    sys.stdout.buffer.write(json.dumps(found).encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
