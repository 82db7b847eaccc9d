"""Reads pages in a child process, which may hang, swell or die without harm to the run.

The parsers are large and partly in C, and what they read is hostile: a bad page costs one
child and one document's reading. Requests and answers are JSON, framed by their length.
Nothing is unpickled, and what comes back is checked like anything from outside: whoever has
taken over the child can say wrong things of the pages it is given, and nothing more.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import warnings
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from regstatus.base.errors import UsageError
from regstatus.base.interpreter import MARK, interpreter, started_for
from regstatus.model.document import Document
from regstatus.model.finding import Finding
from regstatus.model.text import Page, Text
from regstatus.model.words import Format
from regstatus.pipeline.page_reader.ahead import ReadsAhead
from regstatus.pipeline.page_reader.inspection import describe
from regstatus.pipeline.page_reader.read_page import ReadPage, read_page
from regstatus.pipeline.page_reader.sandbox import (
    GRACE,
    MEMORY,
    decode_reading,
    encode_refusal,
    encode_task,
    receive,
    run_task,
    send,
)

__all__ = ["Limits", "Worker"]

READER = "regstatus.pipeline.page_reader.read_page:read_page"
"""What the child calls for each page; tests put a faulty reader here."""

_ROOT = str(Path(__file__).parents[3])
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); import regstatus; sys.path.pop(0); "
    "from regstatus.pipeline.page_reader.sandbox import serve; serve(*sys.argv[2:])"
)
_KEPT = (
    "PATH",
    "PYTHONPATH",
    "PYTHONHOME",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "LANG",
    "LC_ALL",
    "SYSTEMROOT",
)
"""What the child may see of the environment: how to start, and no key."""
_ANSWER_LIMIT = 256 * 1024 * 1024
_START_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading one document may cost.

    Attributes:
        seconds: Wall time.
        megabytes: Address space of the child, where the platform can limit it.
    """

    seconds: float = 60
    megabytes: int = 2048


class Worker(ReadsAhead[ReadPage]):
    """Reads pages as `read_page` does, in a child that is started with the first page.

    Use it as a context, so that the child ends with the run. It ends by itself, too,
    when this process is gone: its input closes, and a page that holds it is ended by
    an alarm.

    A frozen program has no Python to start, only itself: it reads in its own process, and warns.

    Args:
        limits: What reading one document may cost.

    Raises:
        UsageError: If this process was itself started as such a child.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        if started_for():
            raise UsageError(
                f"this program was started to read a {started_for()}, and is no Python: it would "
                "start itself again. Read in its own process (Options: isolate=False), or let "
                "sys.executable name a Python."
            )
        self._python = interpreter()
        if self._python is None:
            warnings.warn(
                "regstatus: a frozen program has no Python to read pages apart: one that hangs, "
                "swells or crashes takes the program with it",
                RuntimeWarning,
                stacklevel=2,
            )
        super().__init__()
        self._limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread: ThreadPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._thread is not None:
            # What is still being read is no longer wanted.
            begun = [future for future in self._begun.values() if not future.cancel()]
            if self._child and not all(future.done() for future in begun):
                _kill(self._child)
            self._thread.shutdown()
            self._thread = None
        self._end()

    @property
    def pid(self) -> int | None:
        """The id of the child's process, while there is one."""
        return self._child.pid if self._child else None

    def _begin(self, document: Document, page: Page, on: date) -> Future[ReadPage]:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="regstatus-read")
        return self._thread.submit(self._read, document, page, on)

    def __call__(self, document: Document, page: Page, on: date) -> ReadPage:
        """Read a page; whatever happens to the child becomes the problem of this page alone."""
        begun = self._begun.get(id(page))
        if begun is None:
            return self._read(document, page, on)
        found = begun.result()  # if this is interrupted, it is still known as begun
        del self._begun[id(page)]
        return found

    def _read(self, document: Document, page: Page, on: date) -> ReadPage:
        answer = self._ask(encode_task(document, page, on), page.body)
        if isinstance(answer, str):
            return ReadPage(None, problem=answer)
        reading = decode_reading(answer)
        if reading is None:
            self._end(kill=True)
            return ReadPage(None, problem="the reader gave an answer that cannot be understood")
        if reading.problem == MEMORY:
            self._end()
        return reading

    def answer(self, ask: bytes, body: bytes) -> bytes:
        """The child's answer to what was asked elsewhere; the one who asked checks its form."""
        answer = self._ask(ask, body)
        if isinstance(answer, str):
            return encode_refusal(answer)
        reading = decode_reading(answer)
        if reading is None or reading.problem == MEMORY:
            self._end(kill=reading is None)
        return answer

    def inspect(
        self,
        body: bytes,
        *,
        name: str,
        content_type: str | None = None,
        format: Format | None = None,  # noqa: A002  (the word of `inspection.inspect`)
        on: date,
    ) -> dict[str, Any]:
        """`regstatus.pipeline.page_reader.inspection.inspect`, in the child; never raises for the document."""
        task = {"name": name, "content_type": content_type, "format": format, "on": on.isoformat()}
        answer = self._ask(json.dumps(task).encode(), body)
        problem = answer if isinstance(answer, str) else None
        blank = Text((), format or Format.HTML)
        try:
            found: dict[str, Any] = {} if problem else json.loads(answer)
            if found.keys() == describe(blank, Finding(readable=False)).keys():
                return found
            problem = problem or str(found["problem"])
        except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
            problem = "the reader gave an answer that cannot be understood"
        return describe(blank, Finding(readable=False, problems=(problem,)))

    def _ask(self, ask: bytes, body: bytes) -> bytes | str:
        """The child's answer, or why there is none."""
        if self._python is None:
            return run_task(read_page, ask, body)
        try:
            child = self._started()
        except OSError as error:
            return f"the reader could not be started: {error.strerror}"
        answer, late = self._exchange(child, self._limits.seconds, ask, body)
        if answer is not None:
            return answer
        if late:
            return f"reading took longer than {self._limits.seconds:g} s"
        code = child.returncode
        return f"the reader died on it ({f'signal {-code}' if code < 0 else f'status {code}'})"

    def _exchange(
        self, child: subprocess.Popen[bytes], seconds: float, *parts: bytes
    ) -> tuple[bytes | None, bool]:
        """Send what is asked; the answer, or None and whether it took too long."""
        late = threading.Event()

        def end() -> None:
            late.set()
            _kill(child)

        timer = threading.Timer(min(seconds, threading.TIMEOUT_MAX), end)
        timer.daemon = True
        timer.start()
        answer: bytes | None = None
        try:
            assert child.stdin
            assert child.stdout
            send(child.stdin, *parts)
            answer = receive(child.stdout, _ANSWER_LIMIT)
        except (OSError, EOFError, ValueError):
            answer = None
        except BaseException:
            self._end(kill=True)
            raise
        finally:
            timer.cancel()
            timer.join()  # so that it can end no later child
        if answer is None or late.is_set():
            self._end(kill=True)
        return answer, late.is_set()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            limits = (str(self._limits.seconds), str(self._limits.megabytes))
            self._child = subprocess.Popen(  # noqa: S603  (our own code, no shell)
                [self._python or "", "-P", "-c", _START, _ROOT, READER, *limits],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # what a parser mutters may hold a page's words
                env={name: os.environ[name] for name in _KEPT if name in os.environ}
                | {MARK: "page"},
                start_new_session=True,  # Ctrl-C is for this process, which ends the child
            )
            child = self._child
            # No page is blamed for the time that a busy machine takes to start it.
            ready, _ = self._exchange(child, _START_SECONDS)
            if ready is None:
                raise OSError(0, f"it ended with status {child.returncode}")
            return child
        return self._child

    def _end(self, *, kill: bool = False) -> None:
        """End the child: by closing its input, else by force."""
        child, self._child = self._child, None
        if child is None:
            return
        if kill and not _gone(child, 1):  # one that dies of itself is left its own status
            _kill(child)
        for pipe in (child.stdin, child.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()
        if not _gone(child, GRACE):
            _kill(child)
            child.wait()


def _gone(child: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child with whatever it started: a PDF may still be read there."""
    if child.poll() is not None:
        return
    if hasattr(os, "killpg"):
        with suppress(OSError):
            os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
