"""Reads pages in a child process, which may hang, swell or die without harm to the run.

The parsers are large and partly in C, and what they read is hostile: a bad page costs one
child and one document's reading. Requests and answers are JSON, a line each.
Nothing is unpickled, and what comes back is checked like anything from outside: whoever has
taken over the child can say wrong things of the pages it is given, and nothing more.
"""

import json
import os
import signal
import subprocess
import threading
import warnings
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Self

from regstatus.base.errors import UsageError
from regstatus.base.process import MARK, interpreter
from regstatus.model.words import Format
from regstatus.pipeline.page_reader.inspection import unread
from regstatus.pipeline.page_reader.read_page import read_page
from regstatus.pipeline.page_reader.sandbox import MEMORY, decode_reading, encode_refusal, run_task

READER = "regstatus.pipeline.page_reader.read_page:read_page"
"""What the child calls for each page; tests put a faulty reader here."""

_ROOT = str(Path(__file__).parents[3])
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); import regstatus; sys.path.pop(0); "
    "from regstatus.pipeline.page_reader.sandbox import serve; serve(*sys.argv[2:])"
)
_KEPT = (
    "PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LANG", "LC_ALL",
    "SYSTEMROOT",
)  # fmt: skip
"""What the child may see of the environment: how to start, and no key."""
SECONDS, MEGABYTES = 60.0, 2048
"""Wall time for one document, and the child's address space, where the platform can limit it."""
LONGEST = 256 * 1024 * 1024
"""Bytes of the longest answer."""
_START_SECONDS = 60


class Worker:
    """Reads pages in a child that is started with the first of them, if not before.

    Use it as a context, so that the child ends with the run. It ends by itself, too,
    when this process is gone: its input closes, and a page that holds it is ended by
    an alarm.

    A frozen program has no Python to start, only itself: it reads in its own process, and warns.

    Raises:
        UsageError: If this process was itself started as such a child.
    """

    def __init__(self) -> None:
        if reads := os.environ.get(MARK):
            raise UsageError(
                f"this program was started to read a {reads}, and is no Python: it would "
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
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def pid(self) -> int | None:
        """The id of the child's process, while there is one."""
        return self._child.pid if self._child else None

    def start(self) -> None:
        """Start the child before there is a page; whoever asks for one is told if it does not."""
        if self._python is not None:
            with suppress(OSError):
                self._started(self._python)

    def kill(self) -> None:
        """End the child although another thread may wait for its answer."""
        if self._child is not None:
            _kill(self._child)

    def answer(self, ask: bytes, body: bytes) -> bytes:
        """The child's answer to `sandbox.encode_task`, or a refusal that says why there is none."""
        answer = self._ask(ask, body)
        reading = decode_reading(answer)
        if reading is None or reading.problem == MEMORY:
            self.end()
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
        """`inspection.inspect`, in the child; never raises for the document."""
        task = {"name": name, "content_type": content_type, "format": format, "on": on.isoformat()}
        answer = self._ask(json.dumps(task).encode(), body)
        try:
            found: dict[str, Any] = json.loads(answer)
            if found.keys() == unread("", format).keys():
                return found
            problem = str(found["problem"])
        except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
            problem = "the reader gave an answer that cannot be understood"
        return unread(problem, format)

    def _ask(self, ask: bytes, body: bytes) -> bytes:
        if self._python is None:
            return run_task(read_page, ask, body)
        try:
            child = self._started(self._python)
        except OSError as error:
            return encode_refusal(f"the reader could not be started: {error.strerror}")
        answer, late = self._exchange(child, SECONDS, b"%d %s\n" % (len(body), ask), body)
        if answer:
            return answer
        if late:
            return encode_refusal(f"reading took longer than {SECONDS:g} s")
        code = child.returncode
        told = f"signal {-code}" if code < 0 else f"status {code}"
        return encode_refusal(f"the reader died on it ({told})")

    def _exchange(
        self, child: subprocess.Popen[bytes], seconds: float, *parts: bytes
    ) -> tuple[bytes, bool]:
        """Send what is asked; the line that answers, or nothing and whether it took too long."""
        late = threading.Event()

        def end() -> None:
            late.set()
            _kill(child)

        timer = threading.Timer(min(seconds, threading.TIMEOUT_MAX), end)
        timer.daemon = True
        timer.start()
        answer = b""
        try:
            assert child.stdin
            assert child.stdout
            child.stdin.writelines(parts)
            child.stdin.flush()
            answer = child.stdout.readline(LONGEST)
        except (OSError, ValueError):
            pass
        finally:
            timer.cancel()
            timer.join()  # so that it can end no later child
        if late.is_set() or not answer.endswith(b"\n"):
            self.end(patience=1)  # one that dies of itself is left its own status
            answer = b""
        return answer, late.is_set()

    def _started(self, python: str) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self.end()
        self._child = child = subprocess.Popen(  # noqa: S603  (our own code, no shell)
            [python, "-P", "-c", _START, _ROOT, READER, str(SECONDS), str(MEGABYTES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a parser mutters may hold a page's words
            env={name: os.environ[name] for name in _KEPT if name in os.environ} | {MARK: "page"},
            start_new_session=True,  # Ctrl-C is for this process, which ends the child
        )
        # No page is blamed for the time that a busy machine takes to start it.
        ready, _ = self._exchange(child, _START_SECONDS)
        if not ready:
            raise OSError(0, f"it ended with status {child.returncode}")
        return child

    def end(self, patience: float = 0) -> None:
        """End the child, after some seconds in which it may end by itself."""
        child, self._child = self._child, None
        if child is None:
            return
        with suppress(subprocess.TimeoutExpired):
            child.wait(patience)
        _kill(child)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child with whatever it started: a PDF may still be read there."""
    if child.poll() is not None:
        return
    if hasattr(os, "killpg"):
        with suppress(OSError):
            os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
