"""PDF to blocks: lines of pages become paragraphs of a document."""

import json
import os
import re
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import Any

from regstatus.base.errors import ReadingError
from regstatus.base.process import MARK, interpreter
from regstatus.extract.blocks import Block, Content, clean
from regstatus.extract.from_pdf import pdf_process
from regstatus.extract.from_pdf.pdf_strings import hidden_strings
from regstatus.extract.headings import read_heading
from regstatus.extract.lines import HYPHENS, join, page_width, paragraphs, starts_entry
from regstatus.extract.standing import lines_that_stand_out
from regstatus.model.vocabulary import WordPattern
from regstatus.model.words import Format

_ONE = threading.Lock()
"""In a frozen program PDFs are read in its own process, and PDFium takes one at a time."""
_NUMBERS = re.compile(r"\d+|\b[ivxlc]{1,7}\b", re.IGNORECASE)
_PAGE_NUMBER = WordPattern(
    r"\W*{before_number.page}?\W*\d{1,4}(?:\s*(?:/|{before_number.pages})\s*\d{1,4})?\W*"
)
_PAGE_OF = WordPattern(
    r"{before_number.page}\W{0,2}(?P<page>\d{1,4})\s*(?:/|{before_number.pages})\s*(?P<pages>\d{1,4})"
)
# Symbol fonts have bullets of their own there; between letters it is a letter.
_UNMAPPED = re.compile(
    r"[^\W\d_][\ue000-\uf8ff\ufffd]+[^\W\d_]|[\ue000-\uf8ff\ufffd]{3}|\(cid:\d+\)"
)
_NUMBERED = re.compile(r"\s*(\d{1,2})\s+(\S.*)$")
_BREAKS = re.compile(r"\r\n|\r|\n|\u2028|\u2029|\x0b|\x0c")
_ENDS = re.compile(r"[.:;!?][\"”’)\]]*$")

SECONDS, MEGABYTES = 60, 2048
"""Wall time and processor time of the reading process, and its memory."""
PAGES, CHARS, SIZE = 3000, 30_000_000, 200_000_000
"""Most pages and characters, and most bytes of the file."""
_PROBLEMS = {
    "encrypted": "The PDF is locked with a password.",
    "pages": "The PDF has {count} pages, more than the limit.",
    "chars": "The PDF holds more text than the limit.",
    "memory": "The PDF needs more memory than the limit.",
    "corrupt": "The PDF is damaged and cannot be opened.",
}


def read_pdf(body: bytes) -> Content:
    """Read a PDF in a process of its own.

    Raises:
        ReadingError: Where it is damaged, locked, a scan, or costs too much.
    """
    if len(body) > SIZE:
        raise ReadingError("The PDF is larger than the limit for reading it.")
    answer = _ask(body)
    if "error" in answer:
        raise ReadingError(_PROBLEMS[answer["error"]].format(count=answer.get("count")))
    pages: list[str] = answer["pages"]
    scanned = [number + 1 for number in answer["images"]]
    if not any(page.strip() for page in pages):
        if scanned:
            raise ReadingError("The PDF is a scanned image without text; it needs OCR.")
        raise ReadingError("The PDF holds no text.")
    problems = [f"page {number} has no text (scanned image)" for number in scanned[:20]]
    if len(scanned) > 20:
        problems.append(f"{len(scanned)} of {len(pages)} pages have no text (scanned images)")
    title = clean(answer["title"]) or None
    split = [_lines(page) for page in pages]
    hidden, notes = hidden_strings(body)
    banners, cuts = [*lines_that_stand_out(split), *map(clean, notes)], list(_cuts(split))
    cuts += [f"page {n} has letters that cannot be read: “{clean(s)}”" for n, s in answer["unread"]]
    blocks = _blocks(split)
    return Content(
        form=Format.PDF,
        blocks=blocks,
        title=title,
        problems=problems,
        banners=banners,
        cuts=cuts,
        whole="\f".join((*pages, hidden)),
    )


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


def _ask(body: bytes) -> dict[str, Any]:
    """Run the worker; whatever happens to it becomes a sentence."""
    if os.environ.get(MARK) == "pdf":
        raise ReadingError("The PDF reader is no Python, but this program, and was not started.")
    python = interpreter()
    if python is None:
        with _ONE:
            return pdf_process.answer(body, PAGES, CHARS)
    limits = map(str, (SECONDS, MEGABYTES, PAGES, CHARS))
    try:
        done = subprocess.run(  # noqa: S603  (our own file, no shell, the PDF goes in by pipe)
            # -P keeps the package's own folder off the path of the worker.
            [python, "-P", pdf_process.__file__, *limits],
            input=body,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, MARK: "pdf"},
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise ReadingError(
            f"Reading the PDF took longer than {SECONDS} seconds and was given up."
        ) from None
    except OSError as error:
        raise ReadingError(f"The PDF reader could not be started: {error}.") from error
    except ValueError:
        raise ReadingError(
            f"The PDF reader crashed on this file (status {done.returncode})."
        ) from None
    return answer


def _blocks(split: list[list[str]]) -> list[Block]:
    """Paragraphs of all pages, each with the page it begins on."""
    for lines in split:
        _drop_line_numbers(lines)
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
        part.lstrip()[:1].islower() and not _ENDS.search(before) and len(before) > 30
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
                if read_heading(line) and line not in kept:
                    kept.add(line)  # a heading that comes back as a running head stands once
                    continue
                del lines[edge]
                dropped = True
            if not dropped:
                break


def _drop_line_numbers(lines: list[str]) -> None:
    """Drop the numbers that bills print in front of every line."""
    matches = [_NUMBERED.match(line) for line in lines]
    numbers = [int(match.group(1)) for match in matches if match]
    if len(numbers) < 8 or len(numbers) * 10 < len(lines) * 7:
        return
    steps = sum(1 for left, right in pairwise(numbers) if right == left + 1)
    if steps * 10 < len(numbers) * 8:
        return
    lines[:] = [
        match.group(2) if match else line for match, line in zip(matches, lines, strict=True)
    ]
