"""Writing a file whole or not at all, synced, under a name that cannot leave its folder."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from regstatus.base.errors import UsageError
from regstatus.store.proof import GZIP_HEAD, seal_line

__all__ = [
    "PATIENCE",
    "TEMPORARY",
    "file_name",
    "naming",
    "output_file",
    "packed",
    "placing",
    "pretty",
    "put",
    "sealed",
    "sync_folder",
    "write",
]

TEMPORARY = ".new-"
"""How the name of a file or folder begins that is not whole yet; readers pass it by."""

PATIENCE = 2.0
"""Seconds to wait for a lock: where a run is killed while it starts a process, the lock outlives it
until that process has begun."""

_NAME_LENGTH = 150
_PLAIN_HEAD = 10
"""Bytes with which the library's compressed files begin."""


def file_name(key: str) -> str:
    """A ledger key (`US-CA/san-diego:code`) as the name of one file: `US-CA+san-diego__code`.

    Any text gives a name within its folder: whatever is no letter, digit, `-`,
    `_` or inner dot is escaped, and what is too long for a file system is cut and
    told apart by its digest.
    """

    def escaped(found: re.Match[str]) -> str:
        if found[0] == "/":
            return "+"
        if found[0] == ":":
            return "__"
        return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "backslashreplace"))

    name = re.sub(r"[^A-Za-z0-9_.-]|^\.", escaped, key) or "%"
    if len(name) > _NAME_LENGTH:
        mark = sha256(key.encode("utf-8", "backslashreplace")).hexdigest()[:16]
        name = f"{name[: _NAME_LENGTH - 17]}~{mark}"
    return name


def pretty(value: Any) -> bytes:
    """JSON for people and programs: indented, sorted, UTF-8."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def sealed(value: dict[str, Any]) -> bytes:
    """The same with a last line that proves all before it; see `proof.read_sealed`."""
    body = pretty(value).removesuffix(b"\n}\n")
    return body + seal_line(body)


def packed(data: bytes) -> bytes:
    """Compress and seal; the same bytes always give the same: no time and no name stand in them."""
    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as file:
        file.write(data)
    body = out.getvalue()[_PLAIN_HEAD:]
    return GZIP_HEAD + sha256(GZIP_HEAD + body).digest() + body


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Name a file in the errors of what is done for it: those of a full disk name none."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


def write(path: Path, data: bytes) -> None:
    """Write a file and wait until the disk has it."""
    with naming(path), path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def placing(path: Path, *, beside: Path | None = None) -> Iterator[Path]:
    """Where to write a file that is put in place when it is whole; a part does not stay.

    The part lies in the folder `beside`, on the same disk, or in the file's own.
    """
    temporary = (beside or path.parent) / f"{TEMPORARY}{path.name}"
    try:
        with naming(path):
            yield temporary
            temporary.replace(path)
    except BaseException:
        with suppress(OSError):  # on a full disk the part would take the room of the report
            temporary.unlink()
        raise


def put(path: Path, data: bytes, *, beside: Path | None = None, named: bool = True) -> None:
    """Put a file in place in one step: a reader sees the old or the new one, never a part.

    Without `named` the caller sees to it that the disk has the name, too; `beside` as for `placing`.
    """
    with placing(path, beside=beside) as temporary:
        write(temporary, data)
    if named:
        sync_folder(path.parent)


def output_file(path: Path) -> Path:
    """The file that a name leads to, so that a link stays one when the file is put in its place.

    Raises:
        UsageError: If something else than a file is there, such as a device.
    """
    if path.exists() and not path.is_file():
        raise UsageError(f"{path} is no regular file and is not replaced; name another")
    return Path(os.path.realpath(path))


def sync_folder(path: Path) -> None:
    """Wait until the disk has a folder's list of names."""
    # Windows cannot open a folder; there the rename itself is durable enough.
    with suppress(OSError, AttributeError):
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
