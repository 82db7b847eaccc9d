"""The newest sound version of a store, read record by record and proven by its digest.

A version that the store wrote is trusted by its digest and not validated again.
If the newest one is damaged, the newest sound one answers and says so.
"""

from __future__ import annotations

import os

from regstatus.base.days import is_day
from regstatus.base.errors import LaterFormat, SnapshotError, UsageError
from regstatus.model.canonical import canonical
from regstatus.store.clocks import Clocks, read_ledger
from regstatus.store.index import INDEX_FORMAT, entry_of, later_entries, read_file
from regstatus.store.proof import check_format, hexdigest, read_object
from regstatus.store.snapshot import Snapshot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


__all__ = ["INDEX_FORMAT", "Snapshot", "Store", "entry_seal", "explain_error"]

DOUBT = "so nothing counts as verified; run `regstatus snapshots verify`"

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

    Args:
        path: The folder; it holds `index.json`, `ledger.json` and one folder for each version.

    Attributes:
        faults: Why this may not be the newest store there is; shown with every answer.
        doubt: Why no answer of it counts as verified; else None.
    """

    __slots__ = ("_index", "doubt", "faults", "path")

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        self.faults: list[str] = []
        self.doubt: str | None = None
        self._index: dict[str, Any] | None = None

    def exists(self) -> bool:
        """Whether the folder holds an index."""
        return os.path.isfile(os.path.join(self.path, "index.json"))

    def versions(self) -> list[dict[str, Any]]:
        """Index entries, oldest first.

        Raises:
            SnapshotError: If the index is missing or damaged.
        """
        if self._index is None:
            index = self._json("index.json")
            check_format(index, INDEX_FORMAT, self._at("index.json"))
            found = index.get("versions")
            if not isinstance(found, list) or not all(map(_is_entry, found)):
                raise SnapshotError(f"{self._at('index.json')}: damaged: an entry is no version")
            self._index = index
        versions: list[dict[str, Any]] = self._index["versions"]
        return versions

    def find(self, known: str | None = None) -> list[dict[str, Any]]:
        """Entries that may answer, best first: up to a version id or a day (its last moment, UTC), or all.

        Raises:
            UsageError: If no version is that old, or none has the id.
        """
        versions = self.versions()
        if known is not None:
            ids = [entry["id"] for entry in versions]
            if known in ids:
                versions = versions[: ids.index(known) + 1]
            elif is_day(known):
                versions = [entry for entry in versions if entry["created"][:10] <= known]
            else:
                raise UsageError(_neither(known, ids))
            if not versions:
                raise UsageError(f"nothing was recorded yet on {known}; the first is {ids[0]}")
        return versions[::-1]

    def newest(self) -> dict[str, Any]:
        """The entry of the newest version.

        Raises:
            SnapshotError: If the index is missing, damaged or empty, or that entry is.
        """
        for entry in self._candidates(None):
            if entry.get("seal") != entry_seal(entry):
                raise SnapshotError(self._altered(entry))
            return entry
        raise SnapshotError(f"{self._at('index.json')}: it names no version")

    def _candidates(self, known: str | None) -> Iterator[dict[str, Any]]:
        """As `find`, but the first comes from its own line of the index, and is mostly enough."""
        first = entry_of(self._at("index.json"), known) if self._index is None else None
        if not _is_entry(first):
            first = None
        if first is not None:
            yield first
        for entry in self.find(known):
            if first is None or entry["id"] != first["id"]:
                yield entry

    def since(self, known: str | None) -> list[dict[str, Any]]:
        """Entries after a version id or a day `YYYY-MM-DD`, oldest first; all if None.

        Raises:
            UsageError: If it is neither.
            SnapshotError: If the index is missing or damaged.
        """
        if known is None:
            return self.versions()
        if self._index is None:
            later = later_entries(self._at("index.json"), known)
            if later is not None and all(map(_is_entry, later)):
                return later
        versions = self.versions()
        ids = [entry["id"] for entry in versions]
        if known in ids:
            return versions[ids.index(known) + 1 :]
        if not is_day(known):
            raise UsageError(_neither(known, ids))
        return [entry for entry in versions if entry["created"][:10] > known]

    def load(self, known: str | None = None) -> Snapshot:
        """Read the newest sound version, or the one known at a version id or day.

        Raises:
            SnapshotError: If there is none; the text names every damaged file.
            UsageError: If `known` fits no version.
        """
        faults = list(self.faults)
        clocks = self._ledger(faults)
        doubt = self.doubt
        for entry in self._candidates(known):
            data = self._sound(entry, faults)
            if data is None:
                # What it had found the one before does not know.
                doubt = f"a newer version is damaged, {DOUBT}"
                continue
            clocks.doubt = clocks.doubt or doubt
            snapshot = Snapshot(
                data,
                version=entry["id"],
                created=entry["created"],
                sha256=entry["digest"],
                ledger=clocks,
                origin=entry.get("origin"),
                warning=_warning(faults, entry["id"]),
                path=self.path,
            )
            if known is not None:
                snapshot.known_until = (
                    entry["created"] if known == entry["id"] else f"{known}T23:59:59Z"
                )
            return snapshot
        raise SnapshotError("no sound snapshot: " + "; ".join(faults or [f"{self.path} is empty"]))

    def _sound(self, entry: dict[str, Any], faults: list[str]) -> bytes | None:
        """The records of a version, proven; None where they are damaged, and why is added."""
        if entry.get("seal") != entry_seal(entry):
            faults.append(self._altered(entry))
            return None
        name = f"{entry['id']}/snapshot.json"
        try:
            data = read_file(self.at(name))
        except (OSError, SnapshotError) as error:
            faults.append(explain_error(error, self._at(name)))
            return None
        if hexdigest(data) == entry["digest"]:
            return data
        faults.append(f"{self._at(name)}: its digest is not the one in the index")
        return None

    def _altered(self, entry: dict[str, Any]) -> str:
        where = self._at("index.json")
        return f"{where}: the entry of {entry['id']} was altered: its seal does not fit"

    def _ledger(self, faults: list[str]) -> Clocks:
        """The clocks; where they are damaged, records read as never verified: stale, not lost."""
        path = self._at("ledger.json")
        try:
            clocks = read_ledger(path)
        except LaterFormat:
            raise
        except (OSError, SnapshotError) as error:
            if isinstance(error, FileNotFoundError) and not os.path.isdir(self._at("reports")):
                return Clocks()  # no run was ever made here
            clocks = Clocks(doubt=f"the ledger is missing or damaged, {DOUBT}")
            clocks.faults.append(explain_error(error, path))
        if clocks.faults:
            faults.append("; ".join(clocks.faults[:3]) + "; run `regstatus snapshots verify`")
        return clocks

    def at(self, name: str) -> str:
        """Where a file of a version lies; a store in a bucket brings it first.

        Raises:
            OSError: If it cannot be brought.
        """
        return self._at(name)

    def _at(self, name: str) -> str:
        return os.path.join(self.path, *name.split("/"))

    def _json(self, name: str) -> dict[str, Any]:
        try:
            with open(self._at(name), "rb") as file:
                return read_object(file.read(), self._at(name))
        except OSError as error:
            raise SnapshotError(explain_error(error, self._at(name))) from None


def explain_error(error: OSError | SnapshotError, where: str) -> str:
    """An error in words that name the file."""
    return str(error) if isinstance(error, SnapshotError) else f"{where}: {error.strerror or error}"


def _neither(known: str, ids: list[str]) -> str:
    return f"{known!r} is neither a version nor a day such as 2026-11-22; versions: {', '.join(ids[-5:])}"


def _is_entry(entry: Any) -> bool:
    """Whether an index entry has what reading rests on, and an id that stays in the folder."""
    names = ("id", "created", "digest")
    whole = isinstance(entry, dict) and all(isinstance(entry.get(name), str) for name in names)
    return whole and entry["id"].replace(".", "").isalnum()


def _warning(faults: list[str], version: str) -> str | None:
    return f"{'; '.join(faults)}; answered from {version}" if faults else None
