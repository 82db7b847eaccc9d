"""What a command says of an error that ends it, in one line for each sentence, and its exit status."""

import errno
import json
import sys
from pathlib import Path

from regstatus.base.console import NO_MEMORY
from regstatus.base.errors import AskedBack, Locked, RegstatusError, SnapshotError, unforeseen
from regstatus.base.safe import without_controls

_OF_MEMORY = ("cannot allocate", "failed to map segment", "start new thread", "out of memory")
"""What libraries say, each with an error of its own, where there is too little."""


def explain(error: Exception, *, as_json: bool) -> int:
    """Print what went wrong, and what to do, on standard error; returns the exit status.

    As JSON it is one line: the text, the exit status, and the places that were perhaps meant.
    """
    status, text = _told(error)
    if as_json:
        told = {"error": without_controls(text), "exit_status": status}
        if isinstance(error, AskedBack):
            told |= {"offered": error.offered, "statuses": error.statuses}
        print(json.dumps(told, ensure_ascii=False), file=sys.stderr)
        return status
    for line in text.splitlines():
        print(f"regstatus: {without_controls(line)}", file=sys.stderr)
    return status


def _told(error: Exception) -> tuple[int, str]:
    text = str(error) or type(error).__name__
    behind = error.__context__  # of ours, those that tell of another one
    if isinstance(behind, MemoryError) or getattr(behind, "errno", None) == errno.ENOMEM:
        return 6, NO_MEMORY
    if isinstance(error, RegstatusError):
        return (6 if isinstance(error, (SnapshotError, Locked)) else 2), text
    if any(words in text.lower() for words in _OF_MEMORY):
        return 6, NO_MEMORY
    if isinstance(error, OSError):
        return 6, "the current folder is no longer there" if _lost_folder(error) else text
    if isinstance(error, ModuleNotFoundError) and not (error.name or "").startswith("regstatus"):
        return (
            2,
            f"this needs the library {error.name}, which is not installed: pip install regstatus",
        )
    if isinstance(error, UnicodeEncodeError):
        return 2, (
            f"{error.object!a}: this holds what {error.encoding} cannot write; "
            "name it in plain letters, or set LC_ALL=C.UTF-8"
        )
    return 70, f"{unforeseen(error)}\nREGSTATUS_TRACEBACK=1 shows the way to it."


def _lost_folder(error: OSError) -> bool:
    """Whether a relative name has nothing to stand on: such an error names no file."""
    if error.errno != errno.ENOENT or error.filename is not None:
        return False
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False
