"""The process that this is: the Python that runs it, what it was started for, how much memory it may take.

In a frozen program (PyInstaller and its like) `sys.executable` is the program itself: started
as a reader it would do its own work, and start itself again. Where that cannot be known
beforehand, a variable in the environment of the new process stops it.
"""

import sys
from contextlib import suppress

MARK = "REGSTATUS_STARTED_FOR"
"""Environment variable of a process that was started to read: a `page`."""


def interpreter() -> str | None:
    """Path of the Python that runs this program; None where the program itself is all there is."""
    frozen = getattr(sys, "frozen", False) or "__compiled__" in globals()  # the latter: Nuitka
    return None if frozen else sys.executable or None


def require_memory(megabytes: int) -> None:
    """Raise here where loading a library in C would otherwise end the process without a message.

    Raises:
        MemoryError: If the limit of this process is below so much address space.
    """
    with suppress(ImportError):  # Windows has no such limit
        import resource

        limit, _ = resource.getrlimit(resource.RLIMIT_AS)
        if limit != resource.RLIM_INFINITY and limit < megabytes * 1024 * 1024:
            raise MemoryError


def limit_memory(megabytes: int) -> None:
    """Limit what this process may take of memory; it may write no file."""
    try:
        import resource
    except ImportError:  # not on Windows; the parent still limits the time
        return
    limits = {
        resource.RLIMIT_AS: megabytes * 1024 * 1024,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
    }
    for what, value in limits.items():
        with suppress(ValueError, OSError):
            _, hard = resource.getrlimit(what)
            least = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(what, (least, least))
