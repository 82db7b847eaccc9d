"""PDF to blocks: lines of pages become paragraphs of a document."""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from regstatus.base.errors import ReadingError
from regstatus.base.process import MARK, interpreter, started_for
from regstatus.extract.blocks import Block, Content, clean
from regstatus.extract.from_pdf import _worker
from regstatus.extract.headings import read_heading
from regstatus.extract.lines import paragraphs, starts_entry
from regstatus.model.vocabulary import WordPattern
from regstatus.model.words import Format

__all__ = ["PdfLimits", "read_pdf"]

_ONE = threading.Lock()
"""In a frozen program PDFs are read in its own process, and PDFium takes one at a time."""
_NUMBERS = re.compile(r"\d+|\b[ivxlc]{1,7}\b", re.IGNORECASE)
_PAGE_NUMBER = WordPattern(
    r"\W*{before_number.page}?\W*\d{1,4}(?:\s*(?:/|{before_number.pages})\s*\d{1,4})?\W*"
)
_NUMBERED = re.compile(r"\s*(\d{1,2})\s+(\S.*)$")
_BREAKS = re.compile(r"\r\n|\r|\n|\u2028|\u2029|\x0b|\x0c")
_HYPHEN = "\u00ad\u0002\ufffe-\u2010\u2212"
_ENDS = re.compile(r"[.:;!?][\"”’)\]]*$")

_PROBLEMS = {
    "encrypted": "The PDF is locked with a password.",
    "pages": "The PDF has {} pages, more than the limit.",
    "chars": "The PDF holds more text than the limit.",
    "memory": "The PDF needs more memory than the limit.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLimits:
    """How much a PDF may cost.

    Attributes:
        seconds: Wall time and processor time of the reading process.
        megabytes: Its memory.
        pages: Most pages.
        chars: Most characters.
        size: Most bytes of the file.
    """

    seconds: int = 60
    megabytes: int = 2048
    pages: int = 3000
    chars: int = 30_000_000
    size: int = 200_000_000


def read_pdf(body: bytes, limits: PdfLimits | None = None) -> Content:
    """Read a PDF in a process of its own.

    Args:
        body: The file.
        limits: What it may cost.

    Raises:
        ReadingError: Where it is damaged, locked, a scan, or costs too much.
    """
    limits = limits or PdfLimits()
    if len(body) > limits.size:
        raise ReadingError("The PDF is larger than the limit for reading it.")
    answer = _ask(body, limits)
    pages: list[str] = answer["pages"]
    images = set(answer["images"])
    if not any(page.strip() for page in pages):
        if images:
            raise ReadingError("The PDF is a scanned image without text; it needs OCR.")
        raise ReadingError("The PDF holds no text.")
    scanned = [number for number, page in enumerate(pages, 1) if number - 1 in images]
    problems = [f"page {number} has no text (scanned image)" for number in scanned[:20]]
    if len(scanned) > 20:
        problems.append(f"{len(scanned)} of {len(pages)} pages have no text (scanned images)")
    title = clean(str(answer.get("title") or "")) or None
    return Content(form=Format.PDF, blocks=_blocks(pages), title=title, problems=problems)


def _ask(body: bytes, limits: PdfLimits) -> dict[str, Any]:
    """Run the worker; whatever happens to it becomes a sentence."""
    if started_for() == "pdf":
        raise ReadingError("The PDF reader is no Python, but this program, and was not started.")
    python = interpreter()
    if python is None:
        with _ONE:
            return _told(_worker.answer(body, limits.pages, limits.chars))
    # -P keeps the package's own folder off the path of the worker.
    command = [python, "-P", _worker.__file__]
    command += [str(n) for n in (limits.seconds, limits.megabytes, limits.pages, limits.chars)]
    try:
        done = subprocess.run(  # noqa: S603  (our own file, no shell, the PDF goes in by pipe)
            command,
            input=body,
            capture_output=True,
            timeout=limits.seconds,
            check=False,
            env={**os.environ, MARK: "pdf"},
        )
    except subprocess.TimeoutExpired:
        raise ReadingError(
            f"Reading the PDF took longer than {limits.seconds} seconds and was given up."
        ) from None
    except OSError as error:
        raise ReadingError(f"The PDF reader could not be started: {error}.") from error
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise ReadingError(f"The PDF reader crashed on this file (status {done.returncode}).")
    return _told(answer)


def _told(answer: dict[str, Any]) -> dict[str, Any]:
    problem = answer.get("error")
    if problem:
        told = _PROBLEMS.get(problem, "The PDF is damaged and cannot be opened.")
        raise ReadingError(told.format(answer.get("count")))
    return answer


def _blocks(pages: list[str]) -> list[Block]:
    """Paragraphs of all pages, each with the page it begins on."""
    split = [[line.rstrip() for line in _BREAKS.split(page)] for page in pages]
    split = [[line for line in lines if line.strip()] for lines in split]
    for lines in split:
        _drop_line_numbers(lines)
    _drop_running_lines(split)
    lengths = sorted(len(line) for lines in split for line in lines)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    blocks: list[Block] = []
    for number, lines in enumerate(split, 1):
        for place, part in enumerate(paragraphs(lines, width)):
            text = clean(part)
            if not text:
                continue
            last = blocks[-1] if blocks else None
            if place == 0 and last is not None and _goes_on(last.text, part):
                last.text = clean(paragraphs([last.text, part], 10**9)[0])
                continue
            blocks.append(Block(text, anchor=f"p. {number}"))
    return blocks


def _goes_on(before: str, part: str) -> bool:
    """Whether the first paragraph of a page is the rest of the last one of the page before."""
    if starts_entry(part):
        return False
    first = part.lstrip()[:1]
    if before[-1] in _HYPHEN:
        return True
    return first.islower() and not _ENDS.search(before) and len(before) > 30


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
