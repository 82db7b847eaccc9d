"""The newest sound version of a store, read record by record and proven by its digest.

A version that the store wrote is trusted by its digest and not validated again.
If the newest one is damaged, the newest sound one answers and says so.
"""

from __future__ import annotations

import os

from regstatus.base.days import is_day
from regstatus.base.errors import SnapshotError, UsageError
from regstatus.model.canonical import canonical
from regstatus.store.clocks import DOUBT, read_ledger
from regstatus.store.index import Index, read_file
from regstatus.store.proof import content, hexdigest
from regstatus.store.snapshot import Snapshot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

__all__ = ["Snapshot", "Store"]

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
        return self._entries().after(0)

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
            f"{known!r} is neither a version nor a day such as 2026-11-22; "
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
