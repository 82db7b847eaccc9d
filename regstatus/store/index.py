"""How versions lie on the disk: an index with one entry a line, and packed records of older ones.

Both keep ten thousand versions as quick to ask as ten: an answer parses the few lines of
the index that it needs, and a year of versions takes the room of a dozen.
"""

from __future__ import annotations

import json

from regstatus.base.errors import SnapshotError
from regstatus.store.proof import NoFile, content, read_object, unpacked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

INDEX_FORMAT = "regstatus-index/1"

PACKED = ".gz"
"""What follows the name of a file that was compressed when a newer version came."""

_HEAD = f'{{"format":"{INDEX_FORMAT}","versions":[\n'.encode()
_TAIL = b"\n]}\n"


def index_bytes(versions: Sequence[Any]) -> bytes:
    """The index: JSON with one entry a line, oldest first, so that a reader parses one without the others."""
    lines = (
        json.dumps(e, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for e in versions
    )
    return _HEAD + ",\n".join(lines).encode("utf-8", "backslashreplace") + _TAIL


def is_whole(data: bytes, versions: Sequence[dict[str, Any]]) -> bool:
    """Whether an index with these entries is as we write it, or throughout in another spelling."""
    ours = index_bytes(versions)
    entries, lines = ({line.strip(b" \t,") for line in one.splitlines()} for one in (ours, data))
    return data == ours or lines.isdisjoint(entries - {_HEAD.strip(), _TAIL.strip()})


class Index:
    """The entries of an index, oldest first, each parsed when it is asked for.

    In a spelling that is not ours the file is read whole; `where` is its name, for errors. The first
    entry begins at 0, and `end` is the place behind the last.
    """

    def __init__(self, data: bytes, where: str) -> None:
        if not (data.startswith(_HEAD) and data.endswith(_TAIL)):
            versions = read_object(data, where, INDEX_FORMAT).get("versions")
            if not isinstance(versions, list):
                raise SnapshotError(f"{where}: damaged: it names no versions")
            data = index_bytes(versions)
        self._lines = data[len(_HEAD) : 1 - len(_TAIL)].removeprefix(b"\n")
        self._where, self.end = where, len(self._lines)

    def after(self, place: int) -> list[dict[str, Any]]:
        """The entries from a place on."""
        return [self._entry(line) for line in self._lines[place:].splitlines() if line]

    def before(self, place: int) -> Iterator[dict[str, Any]]:
        """The entries up to a place, newest first."""
        while place:
            start = self._lines.rfind(b"\n", 0, place - 1) + 1
            if line := self._lines[start:place].strip():
                yield self._entry(line)
            place = start

    def behind_day(self, day: str) -> int:
        """The place behind the entries up to a day; they stand in the order of their times."""
        from bisect import bisect_right

        def day_at(place: int) -> str:
            entry = next(self.before(self._lines.index(b"\n", place) + 1))
            return str(entry["created"][:10])

        return bisect_right(range(self.end), day, key=day_at)

    def behind_version(self, name: str) -> int:
        """The place behind a version; 0 if there is none of that id."""
        at = self._lines.rfind(f'"id":"{name}"'.encode("utf-8", "backslashreplace"))
        place = self._lines.find(b"\n", at) + 1
        return place if at >= 0 and next(self.before(place))["id"] == name else 0

    def _entry(self, line: bytes) -> dict[str, Any]:
        entry = read_object(line.rstrip(b",\n"), self._where)
        names = ("id", "created", "digest")
        whole = all(isinstance(entry.get(name), str) for name in names)
        whole = whole and isinstance(entry.get("files", {}), dict)
        # The id is the name of a folder, and must stay in this one.
        if not whole or not entry["id"].replace(".", "").isalnum():
            raise SnapshotError(f"{self._where}: damaged: an entry is no version")
        return entry


def read_file(path: str) -> bytes:
    """A file of a version, from its packed form where that is what there is; as `content`."""
    try:
        return content(path)
    except NoFile as missing:
        try:
            return unpacked(content(path + PACKED), path + PACKED)
        except NoFile:
            raise missing from None
