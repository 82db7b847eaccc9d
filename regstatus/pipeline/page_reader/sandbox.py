"""The process in which pages are read, where a hostile one can neither take nor break anything.

It sees no key of the environment, opens no socket, writes no file and may take only so much
memory. It answers requests from its standard input until that closes.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from importlib import import_module

from pydantic import TypeAdapter, ValidationError

from regstatus.base.process import limit_memory
from regstatus.model.document import Document
from regstatus.model.text import Page
from regstatus.model.words import Format
from regstatus.pipeline.page_reader.inspection import inspect
from regstatus.pipeline.page_reader.read_page import Known, ReadPage

GRACE = 5
"""Seconds beyond its limit after which a reading ends itself, where the parent is gone."""
MEMORY = "reading took more memory than allowed"
"""The problem of a page for which there was not enough; the process is not used again."""

_Reader = Callable[[Document, Page, date, Known | None], ReadPage]
_PAGE, _READING, _KNOWN = TypeAdapter(Page), TypeAdapter(ReadPage), TypeAdapter(Known | None)


def serve(reader: str, seconds: str, megabytes: str) -> None:
    """The child: answer requests from standard input until it closes.

    A request is a line with the length of the page's body and the task, and then the body; an
    answer is a line of JSON. The reader is `module:function`, called with a document, a page, a
    day and what is known of it; the limits are wall time for one page and address space.
    """
    source, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not end up among the answers
    module, _, name = reader.partition(":")
    read: _Reader = getattr(import_module(module), name)
    # The first reading loads patterns and parsers; that is no cost of the first page.
    import_module("regstatus.extract.page_tree")
    inspect(b"<p>kratom", name="a.html", on=date.min)
    _confine(int(megabytes))
    answers.write(b"\n")  # ready
    answers.flush()
    for line in source:
        size, _, ask = line.partition(b" ")
        body = source.read(int(size))
        _alarm(float(seconds) + GRACE)
        answer = run_task(read, ask, body)
        _alarm(0)
        with suppress(BrokenPipeError):
            answers.write(answer + b"\n")
            answers.flush()


def encode_task(document: Document, page: Page, on: date, known: Known | None = None) -> bytes:
    """What a reader must know of a page, beside its body."""
    # How often it is asked for is no matter of reading, and spans do not travel as written.
    task = document.model_dump(mode="json", by_alias=True, exclude={"check_every"})
    sent = _PAGE.dump_python(replace(page, body=b""), mode="json")
    asked = {"document": task, "page": sent, "on": on.isoformat(), "known": known}
    return json.dumps(asked).encode()


def decode_reading(answer: bytes) -> ReadPage | None:
    """What a reader made of a page, or None where its answer has another form."""
    try:
        return _READING.validate_json(answer)
    except ValidationError:
        return None


def encode_refusal(problem: str) -> bytes:
    """The answer of a reader that could not read, and why."""
    return json.dumps({"finding": None, "problem": problem}).encode()


def run_task(read: _Reader, ask: bytes, body: bytes) -> bytes:
    """Read a page, or inspect it, as it is asked; never raises for the page."""
    try:
        task = json.loads(ask)
        on = date.fromisoformat(task["on"])
        if "name" in task:
            form = Format(task["format"]) if task["format"] else None
            shown = inspect(
                body, name=task["name"], content_type=task["content_type"], format=form, on=on
            )
            return json.dumps(shown).encode()
        page = replace(_PAGE.validate_python(task["page"]), body=body)
        known = _KNOWN.validate_python(task["known"])
        reading = read(Document.model_validate(task["document"]), page, on, known)
        return json.dumps(_READING.dump_python(reading, mode="json")).encode()
    except MemoryError:
        problem = MEMORY
    except Exception as error:  # noqa: BLE001  (a run must outlive any page)
        problem = f"it could not be read: {type(error).__name__} inside the reader"
    return encode_refusal(problem)


def _alarm(seconds: float) -> None:
    """Let the kernel end this process after a time, though its parent be gone; 0 takes it back."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _confine(megabytes: int) -> None:
    """Limit what this process may take, and forbid it what reading never needs."""

    def forbid(event: str, _: object) -> None:
        if event.startswith("socket."):
            raise PermissionError("reading a page needs no network")

    sys.addaudithook(forbid)
    limit_memory(megabytes)
