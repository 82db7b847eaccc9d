"""The newest sound version of a store, found in its index, and proven by its digest.

A version that the store wrote is trusted by its digest and not validated again.
If the newest one is damaged, the newest sound one answers and says so. An index with one entry a
line, and packed records of older versions, keep ten thousand of them as quick to ask as ten.
"""

from __future__ import annotations

import json
import os
from functools import cached_property

from regstatus.base.days import is_day
from regstatus.base.errors import SnapshotError, UsageError, quoted
from regstatus.model.canonical import canonical
from regstatus.store.clocks import DOUBT, read_ledger
from regstatus.store.proof import NoFile, content, hexdigest, read_object, unpacked
from regstatus.store.snapshot import Snapshot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

__all__ = ["Snapshot", "Store"]

INDEX_FORMAT = "regstatus-index/1"

PACKED = ".gz"
"""What follows the name of a file that was compressed when a newer version came."""

_HEAD = f'{{"format":"{INDEX_FORMAT}","versions":[\n'.encode()
_TAIL = b"\n]}\n"

writes = [0]
"""How often this process has written to any store; caches of answers compare it."""
until = [0.0, 0.0]
"""Until when answers that were given hold without a look at the files, and since when; in seconds
since 1970. It is the clock that tells the day, and both ends count: a machine that slept, a clock
that was set back, and a test that travels in time or stops it are noticed with the next question."""


def note_write() -> None:
    """Note that this process has written to a store, so that remembered answers count no longer."""
    writes[0] += 1
    until[0] = 0.0


def entry_seal(entry: dict[str, Any]) -> str:
    """Digest of an index entry without its own seal: an edited index is found by it."""
    text = canonical({k: v for k, v in entry.items() if k != "seal"})
    # A spoilt one must be found, too.
    return hexdigest(text.encode("utf-8", "backslashreplace"))


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

    @cached_property
    def entries(self) -> list[dict[str, Any]]:
        """All of them: a run looks at them several times, and there are more each week."""
        return self.after(0)

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


class Store:
    """A folder of versions.

    Its methods raise a `SnapshotError` where the index, or an entry that they need, is missing or
    damaged, and a `UsageError` where what is `known` is neither a version's id nor a day.

    Args:
        path: The folder; it holds `index.json`, `ledger.json` and one folder for each version.

    Attributes:
        faults: Why this may not be the newest store there is; shown with every answer.
        doubt: Why no answer of it counts as verified; else None.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        self.faults: list[str] = []
        self.doubt: str | None = None
        self._index: Index | None = None

    def exists(self) -> bool:
        """Whether the folder holds an index."""
        return os.path.isfile(self._at("index.json"))

    def versions(self) -> list[dict[str, Any]]:
        """Index entries, oldest first."""
        return [*self._entries().entries]

    def find(self, known: str | None = None) -> Iterator[dict[str, Any]]:
        """Entries that may answer, best first: up to a version id or a day (its last moment, UTC), or all.

        Raises:
            UsageError: Also if no version is that old.
        """
        place = self._behind(known)
        if known is not None and not place and (versions := self.versions()):
            first = versions[0]["id"]
            raise UsageError(f"nothing was recorded yet on {known}; the first is {first}")
        yield from self._entries().before(place)

    def newest(self) -> dict[str, Any]:
        """The entry of the newest version; an empty index has none, and is an error, too."""
        for entry in self.find():
            self._prove(entry)
            return entry
        raise SnapshotError(f"{self._at('index.json')}: it names no version")

    def since(self, known: str | None) -> list[dict[str, Any]]:
        """Entries after a version id or a day `YYYY-MM-DD`, oldest first; all if None."""
        return self._entries().after(0 if known is None else self._behind(known))

    def load(self, known: str | None = None) -> Snapshot:
        """Read the newest sound version, or the one known at a version id or day.

        Raises:
            SnapshotError: If there is none; the text names every damaged file.
        """
        faults = list(self.faults)
        clocks = read_ledger(self._at("ledger.json"))
        if clocks.faults:
            faults.append("; ".join(clocks.faults[:3]) + "; run `regstatus snapshots verify`")
        doubt = self.doubt
        for entry in self.find(known):
            try:
                data = self._records(entry)
            except SnapshotError as error:
                faults.append(str(error))
                # What it had found the one before does not know.
                doubt = f"a newer version is damaged, {DOUBT}"
                continue
            clocks.doubt = clocks.doubt or doubt
            warning = f"{'; '.join(faults)}; answered from {entry['id']}" if faults else None
            moment = entry["created"] if known == entry["id"] else f"{known}T23:59:59Z"
            return Snapshot(
                data,
                entry,
                clocks,
                path=self.path,
                warning=warning,
                known_until=None if known is None else moment,
            )
        raise SnapshotError("no sound snapshot: " + "; ".join(faults or [f"{self.path} is empty"]))

    def at(self, name: str) -> str:
        """Where a file of a version lies; a store in a bucket brings it first, if it can."""
        return self._at(name)

    def _at(self, name: str) -> str:
        return os.path.join(self.path, *name.split("/"))

    def _entries(self) -> Index:
        if self._index is None:
            where = self._at("index.json")
            self._index = Index(content(where), where)
        return self._index

    def _behind(self, known: str | None) -> int:
        """The place in the index behind a version id or day; behind all if None."""
        entries = self._entries()
        if known is None:
            return entries.end
        if is_day(known):
            return entries.behind_day(known)
        if place := entries.behind_version(known):
            return place
        ids = [entry["id"] for entry in self.versions()]
        raise UsageError(
            f"{quoted(known)} is neither a version nor a day such as 2026-11-22; "
            f"versions: {', '.join(ids[-5:])}"
        )

    def _records(self, entry: dict[str, Any]) -> bytes:
        """The records of a version, proven; a `SnapshotError` says where they are damaged."""
        self._prove(entry)
        name = f"{entry['id']}/snapshot.json"
        data = read_file(self.at(name))
        if hexdigest(data) != entry["digest"]:
            raise SnapshotError(f"{self._at(name)}: its digest is not the one in the index")
        return data

    def _prove(self, entry: dict[str, Any]) -> None:
        if entry.get("seal") != entry_seal(entry):
            where = self._at("index.json")
            raise SnapshotError(
                f"{where}: the entry of {entry['id']} was altered: its seal does not fit"
            )
