"""Whether this process may take as much memory as a large library needs to load."""

from __future__ import annotations

from contextlib import suppress

__all__ = ["require_memory"]


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
