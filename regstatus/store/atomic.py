"""Writing files whole or not at all, synced, under names that cannot leave their folder.

Several files are put in place as one: all of them or none, even where the writer is killed.
They are written to a folder beside their places; once that folder is renamed they count. Then
they are moved to their places, which needs no room on the disk, and which the next writer
finishes where this one was killed.
"""

import gzip
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from threading import get_ident
from typing import Any

from regstatus.base.errors import Locked, SnapshotError, UsageError
from regstatus.store.proof import GZIP_HEAD, seal_line
from regstatus.store.reader import note_write

TEMPORARY = ".new-"
"""How the name of a file or folder begins that is not whole yet; readers pass it by."""

WHOLE = ".whole"
"""The folder with what is whole and not all in its place yet."""

PATIENCE = 2.0
"""Seconds to wait for a lock: where a run is killed while it starts a process, the lock outlives it
until that process has begun."""

_NAME_LENGTH = 150
_AT_ONCE = 16
"""Files whose syncing is waited for at one time."""
_PLAIN_HEAD = 10
"""Bytes with which the library's compressed files begin."""


def file_name(key: str) -> str:
    """A ledger key (`US-CA/san-diego:code`) as the name of one file: `US-CA+san-diego__code`.

    Any text gives a name within its folder: whatever is no letter, digit, `-`,
    `_` or inner dot is escaped, and what is too long for a file system is cut and
    told apart by its digest.
    """
    plain = {"/": "+", ":": "__"}

    def escaped(found: re.Match[str]) -> str:
        code = found[0].encode("utf-8", "backslashreplace").hex("%").upper()
        return plain.get(found[0], f"%{code}")

    name = re.sub(r"[^A-Za-z0-9_.-]|^\.", escaped, key) or "%"
    if len(name) > _NAME_LENGTH:
        mark = sha256(key.encode("utf-8", "backslashreplace")).hexdigest()[:16]
        name = f"{name[: _NAME_LENGTH - 17]}~{mark}"
    return name


def pretty(value: Any) -> bytes:
    """JSON for people and programs: indented, sorted, UTF-8."""
    # The library of Python indents in Python, three times as slowly. Loaded here: an export needs none.
    from pydantic_core import to_json

    return to_json(json.loads(json.dumps(value, sort_keys=True)), indent=1) + b"\n"


def sealed(value: dict[str, Any]) -> bytes:
    """The same with a last line that proves all before it; see `proof.read_sealed`."""
    body = pretty(value).removesuffix(b"\n}\n")
    return body + seal_line(body)


def packed(data: bytes) -> bytes:
    """Compress and seal; the same bytes always give the same: no time and no name stand in them."""
    body = gzip.compress(data, mtime=0)[_PLAIN_HEAD:]
    return GZIP_HEAD + sha256(GZIP_HEAD + body).digest() + body


@contextmanager
def locked(file: Path, busy: Exception, *, patience: float | None = None) -> Iterator[None]:
    """Hold a lock file; raise `busy` if another process holds it for so many seconds."""
    from filelock import FileLock, Timeout

    lock = FileLock(file, timeout=PATIENCE if patience is None else patience)
    with writable(file.parent):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout:
            raise busy from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def writable(folder: Path) -> Iterator[None]:
    """Say of what the system refuses that it is this folder which cannot be written."""
    try:
        yield
    except OSError as error:
        raise SnapshotError(f"{folder}: cannot be written: {error.strerror or error}") from None


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Name a file in the errors of what is done for it: those of a full disk name none."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


def write(path: Path, data: bytes, *, wait: bool = True) -> None:
    """Write a file and wait until the disk has it, or leave that to `sync_all`."""
    with naming(path):
        path.write_bytes(data)
    if wait:
        sync_file(path)


def sync_file(path: Path) -> None:
    """Wait until the disk has what was written to a file."""
    with naming(path), path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_all(sync: Callable[[Path], None], paths: Iterable[Path]) -> None:
    """Wait for many files or folders: a disk takes those that are waited for at once together."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(sync, paths))


@contextmanager
def placing(path: Path, *, beside: Path | None = None) -> Iterator[Path]:
    """Where to write a file that is put in place when it is whole; a part does not stay.

    The part lies in the folder `beside`, on the same disk, or in the file's own.
    """
    # Several threads may write at once what has one name, in folders of one store.
    temporary = (beside or path.parent) / f"{TEMPORARY}{get_ident()}-{path.name}"
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

    Its folder is made where it is missing. Without `named` the caller sees to it that the disk has
    the name, too; `beside` as for `placing`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with placing(path, beside=beside) as temporary:
        write(temporary, data)
    if named:
        sync_folder(path.parent)


def output_file(path: Path) -> Path:
    """The file that a name leads to, so that a link stays one; a `UsageError` if it is a device, say."""
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


def put_together(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Put files in place as one; each has a name, such as `texts/US.txt`, and its content.

    They are written one after the other, so that one alone is in memory, and then synced at once.

    Raises:
        OSError: If they cannot be written; all is then as it was.
    """
    fresh = folder / f"{TEMPORARY}whole"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        fresh.mkdir()
        made = []
        for name, data in files:
            (fresh / name).parent.mkdir(exist_ok=True)
            write(fresh / name, data, wait=False)
            made.append(fresh / name)
        sync_all(sync_file, made)
        sync_all(sync_folder, (*filter(Path.is_dir, fresh.iterdir()), fresh))
        fresh.rename(folder / WHOLE)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)  # on a full disk it would take the room of others
        raise
    _finish(folder)


def sweep(folder: Path) -> None:
    """Remove the files and folders that a killed writer had not made whole."""
    for left in folder.glob(f"{TEMPORARY}*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _finish(folder: Path) -> None:
    """Move to their places what a writer had made whole; what cannot be moved waits."""
    whole = folder / WHOLE
    if not whole.is_dir():
        return
    sync_folder(folder)
    # Readers may come at any moment: what the index names is there before it, clocks come last.
    for made in sorted(whole.iterdir(), key=lambda made: (made.is_file(), made.name)):
        place = folder / made.name
        if not (made.is_dir() and place.is_dir()):
            made.replace(place)
            continue
        for file in made.iterdir():
            file.replace(place / file.name)
        sync_folder(place)
    sync_folder(folder)
    shutil.rmtree(whole)
    note_write()


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Hold the lock of the store, and finish what a killed writer had begun to put in place.

    Raises:
        Locked: If another updater holds it.
        SnapshotError: If the folder cannot be written.
    """
    busy = Locked(f"{path}: another update is running; try again when it has finished")
    with locked(path / ".lock", busy):
        _finish(path)
        yield
