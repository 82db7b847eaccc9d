"""The newest sound version of a store, read record by record and proven by its digest.

A version that the store wrote is trusted by its digest and not validated again.
If the newest one is damaged, the newest sound one answers and says so.
"""

from __future__ import annotations

import json
import os

from regstatus.base.days import is_day
from regstatus.base.errors import LaterFormat, SnapshotError, UsageError
from regstatus.base.recent import until
from regstatus.model.canonical import SNAPSHOT_FORMAT, canonical, seat
from regstatus.model.stored import whole
from regstatus.store.clocks import Clocks, read_ledger
from regstatus.store.index import INDEX_FORMAT, entry_of, later_entries, read_file
from regstatus.store.proof import check_format, hexdigest, read_object

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from regstatus.model.shapes import RecordData, SeatData

__all__ = ["INDEX_FORMAT", "Snapshot", "Store", "entry_seal", "explain_error"]

DOUBT = "so nothing counts as verified; run `regstatus snapshots verify`"

writes = [0]
"""How often this process has written to any store; caches of answers compare it."""


def note_write() -> None:
    """Note that this process has written to a store, so that remembered answers count no longer."""
    writes[0] += 1
    until[0] = 0.0


def entry_seal(entry: dict[str, Any]) -> str:
    """Digest of an index entry without its own seal: an edited index is found by it."""
    text = canonical({k: v for k, v in entry.items() if k != "seal"})
    # A spoilt one must be found, too.
    return hexdigest(text.encode("utf-8", "backslashreplace"))


class Snapshot:
    """All records at one version, read lazily.

    Attributes:
        version: Id of the version, such as `2026.11.22`.
        digest: SHA-256 of its canonical bytes.
        created: When it was written, UTC, ISO format.
        origin: Where its documents came from, if not from the official hosts; else None.
        former: Id, name and position of the places whose record was withdrawn, by id.
        warning: Why this is not the newest version, if it is not; else None.
        ledger: The clocks of the documents, by key; empty where there is no ledger. Where the
            ledger, or a newer version than this one, is damaged, they verify nothing.
        known_until: For record-time questions, the last moment whose clocks count; else None.
    """

    __slots__ = (
        "_data",
        "_lines",
        "_records",
        "_where",
        "created",
        "digest",
        "former",
        "known_until",
        "ledger",
        "origin",
        "path",
        "version",
        "warning",
    )

    def __init__(
        self,
        data: bytes,
        *,
        version: str,
        created: str,
        sha256: str,
        ledger: Clocks,
        origin: str | None = None,
        warning: str | None = None,
        path: str = "",
    ) -> None:
        self.version, self.created, self.digest = version, created, sha256
        self.ledger, self.origin, self.warning, self.path = ledger, origin, warning, path
        self.known_until: str | None = None
        self._data = data
        self._where = f"{path}/{version}/snapshot.json"
        self._lines, self.former = _record_lines(data, self._where)
        self._records: dict[str, RecordData] = {}

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all records, sorted."""
        return tuple(self._lines)

    def __contains__(self, key: object) -> bool:
        """Whether there is a record of that id."""
        return key in self._lines

    def get(self, key: str) -> RecordData | None:
        """One record as JSON, or None; see `docs/schema/record.schema.json` for its form.

        Raises:
            SnapshotError: If it lacks what nothing can stand for.
        """
        record = self._records.get(key)
        if record is None and key in self._lines:
            start, end = self._lines[key]
            record = whole(json.loads(self._data[start:end]), "RecordData", self._where)
            self._records[key] = record
        return record

    def records(self) -> Iterator[RecordData]:
        """All records, in the order of their ids."""
        for key in self._lines:
            record = self.get(key)
            assert record is not None
            yield record

    def localities(self, text: str | None = None) -> list[SeatData]:
        """Name, level and ids of the localities that have a record or had one, for resolving names.

        One that had a record is left out where the same place has one by another id. Given a text,
        only those whose id shares a word with it: a look-up of a state need not read a hundred towns.
        """
        found: list[SeatData] = []
        taken: set[Any] = set()
        asked = None if text is None else text.casefold()
        for key in (*self._lines, *self.former):
            slug = key.partition("/")[2]
            if slug and (asked is None or any(word in asked for word in slug.split("-"))):
                place = self.get(key) or self.former[key]
                same = {place["ocd_id"], (place["parent"], place["name"])} - {None}
                if key in self._lines or not same & taken:
                    found.append(seat(place))
                    taken |= same
        return found


def _record_lines(
    data: bytes, where: str
) -> tuple[dict[str, tuple[int, int]], dict[str, SeatData]]:
    """Record id to where its JSON begins and ends, and who had a record; one record stands on each line."""
    start = data.find(b"\n") + 1
    lined = data[:start].endswith(b'"records":{\n')
    head = read_object(data[:start] + b"}}" if lined else data, where)
    check_format(head, SNAPSHOT_FORMAT, where)
    found: dict[str, tuple[int, int]] = {}
    while (end := data.find(b"\n", start)) >= 0 and data[start] == _QUOTE:
        colon = data.find(b'":', start + 1, end) + 1
        key = data[start:colon]
        # A look-up reads two hundred ids and wants one: only odd ones are worth a parser.
        name = json.loads(key) if b"\\" in key else key[1:-1].decode()
        found[name] = (colon + 1, end - data.endswith(b",", start, end))
        start = end + 1
    former = head.get("former", {})
    return found, {key: whole(former[key], "FormerData", where) for key in former}


_QUOTE = ord('"')


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
