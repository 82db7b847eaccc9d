"""How versions lie on the disk: an index with one entry a line, and packed records of older ones.

Both keep ten thousand versions as quick to ask as ten: an answer reads the one line of
the index that it needs, and a year of versions takes the room of a dozen.
"""

from __future__ import annotations

import json
import os

from regstatus.base.days import is_day
from regstatus.store.proof import unpacked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import IO, Any, TypeVar

    _Found = TypeVar("_Found")

__all__ = [
    "INDEX_FORMAT",
    "PACKED",
    "entry_of",
    "index_bytes",
    "is_whole",
    "later_entries",
    "read_file",
    "read_packed",
]

INDEX_FORMAT = "regstatus-index/1"

PACKED = ".gz"
"""What follows the name of a file that was compressed when a newer version came."""

_HEAD = f'{{"format":"{INDEX_FORMAT}","versions":[\n'.encode()
_TAIL = b"\n]}\n"
_LARGEST = 512_000_000
"""Most bytes that a packed file may unpack to; more is damage or malice."""


def index_bytes(versions: Sequence[dict[str, Any]]) -> bytes:
    """The index: JSON with one entry a line, oldest first, so that a reader finds one without the others."""
    lines = (
        json.dumps(e, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for e in versions
    )
    return _HEAD + ",\n".join(lines).encode("utf-8", "backslashreplace") + _TAIL


def is_whole(data: bytes, versions: Sequence[dict[str, Any]]) -> bool:
    """Whether an index with these entries is as we write it, or throughout in another spelling."""
    ours = index_bytes(versions)
    return data == ours or not any(line in data for line in ours.splitlines()[1:-1])


def entry_of(path: str, known: str | None) -> dict[str, Any] | None:
    """The newest entry of an index file, or the one known on a day, without reading the others.

    Args:
        path: The file.
        known: A version id, or a day `YYYY-MM-DD` (its last moment, UTC); None for the newest.

    Returns:
        None where the index has another form, is damaged, or has no such entry: then the whole
        of it must be read, which also tells why.
    """

    def ask(file: IO[bytes], end: int) -> dict[str, Any] | None:
        return _last(file, end) if known is None else _latest(file, end, known)[0]

    return _asked(path, ask)


def later_entries(path: str, known: str) -> list[dict[str, Any]] | None:
    """The entries after a version or a day, oldest first; None as for `entry_of`."""

    def ask(file: IO[bytes], end: int) -> list[dict[str, Any]] | None:
        found, start = _latest(file, end, known)
        if found is None and not is_day(known):
            return None
        file.seek(start)
        return [_read(line) for line in file.read(end - start).splitlines()]

    return _asked(path, ask)


def _asked(path: str, ask: Callable[[IO[bytes], int], _Found | None]) -> _Found | None:
    """Ask an index of our form, given where its entries end; None if it is not one."""
    try:
        with open(path, "rb") as file:
            whole = file.readline() == _HEAD
            end = file.seek(-len(_TAIL), os.SEEK_END) + 1
            return ask(file, end) if whole and file.read() == _TAIL and end > len(_HEAD) else None
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None


def _order(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _read(line: bytes) -> dict[str, Any]:
    entry: dict[str, Any] = json.loads(line.rstrip(b",\n"))
    return entry


def _last(file: IO[bytes], end: int) -> dict[str, Any]:
    size = 1024
    while True:
        start = max(len(_HEAD), end - size)
        file.seek(start)
        lines = file.read(end - start).splitlines()
        if len(lines) > 1 or start == len(_HEAD):
            return _read(lines[-1])
        size *= 4


def _latest(file: IO[bytes], end: int, known: str) -> tuple[dict[str, Any] | None, int]:
    """The last entry up to a day, or a version by its id, and where the next one begins.

    It is found by halving, for entries stand in the order of their times.
    """
    day = is_day(known)
    low, high = len(_HEAD), end
    found = None
    while low < high:
        middle = (low + high) // 2
        file.seek(middle)
        file.readline()
        start = file.tell()
        if start >= high:  # the middle is in the last line that is left
            start = low
            file.seek(start)
        entry = _read(file.readline())
        early = entry["created"][:10] <= known if day else _order(entry["id"]) <= _order(known)
        if early:
            found, low = entry, file.tell()
        else:
            high = start
    if found is not None and not day and found["id"] != known:
        found = None
    return found, low


def read_file(path: str) -> bytes:
    """A file of a version, from its packed form where that is what there is.

    Raises:
        OSError: If there is neither.
        SnapshotError: If the packed form is damaged.
    """
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError as missing:
        try:
            return read_packed(path + PACKED)
        except FileNotFoundError:
            raise missing from None


def read_packed(path: str) -> bytes:
    """A packed file; the errors are those of `read_file`."""
    with open(path, "rb") as file:
        return unpacked(file.read(), _LARGEST, path)
