"""Standard streams on which printing never fails, whatever their encoding, reader or disk.

They are set once, where a command begins.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

    from _typeshed import ReadableBuffer

NO_MEMORY = "there is too little memory for this; raise the limit (ulimit -v), or ask for less"

ESCAPED = "regstatus-escaped"
"""What an encoding lacks is written as JSON writes it: JSON keeps its meaning, people can read on."""


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)), error.end


class _Sink(io.RawIOBase):
    """The raw end of a stream: printing never fails; `finish` raises what went wrong."""

    def __init__(self, raw: io.RawIOBase) -> None:
        self.raw = raw
        self.failed: OSError | None = None

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.raw.fileno()

    def isatty(self) -> bool:
        return self.raw.isatty()

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            while (size := self.raw.write(data)) is None:
                # Another user of the pipe made it non-blocking.
                os.set_blocking(self.fileno(), True)
        except OSError as error:
            self.failed = error
            return memoryview(data).nbytes
        return size


def ready() -> None:
    """Set the standard streams; those of a program that calls us stay its own."""
    # Where a limit leaves it no room for threads, a library of a library of ours raises SIGINT.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # Closed: else the next file that is opened gets its number, and what is printed there.
            os.open(os.devnull, os.O_RDWR)
    if sys.stderr is None:  # print would take the other stream instead
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    codecs.register_error(ESCAPED, _escaped)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if not isinstance(stream, io.TextIOWrapper):
            continue
        stream.reconfigure(errors=ESCAPED)
        if stream is getattr(sys, f"__{name}__"):
            safe = io.TextIOWrapper(
                io.BufferedWriter(_Sink(getattr(stream.buffer, "raw", stream.buffer))),
                encoding=stream.encoding,
                errors=ESCAPED,
                line_buffering=stream.line_buffering,
                write_through=stream.write_through,
            )
            setattr(sys, name, safe)


def finish() -> None:
    """See that all that was printed has gone out.

    Raises:
        OSError: If it was lost, unless its reader has gone, who did not want it (`… | head`).
    """
    if sys.stdout is None:
        return
    sys.stdout.flush()
    sink = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    if isinstance(sink, _Sink) and (lost := sink.failed) and lost.errno != errno.EPIPE:
        sink.failed = None
        raise OSError(lost.errno, lost.strerror, "standard output")


def standard_input() -> BinaryIO:
    """The bytes that are piped to us.

    Raises:
        UsageError: If standard input is closed.
    """
    if sys.stdin is None:
        from regstatus.base.errors import UsageError

        raise UsageError("standard input is closed; name a file")
    return sys.stdin.buffer
