"""One version of a store, read record by record."""

from __future__ import annotations

import json

from regstatus.base.version import SCHEMA
from regstatus.model.canonical import SNAPSHOT_FORMAT, seat, whole
from regstatus.store.proof import read_object

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from regstatus.model.shapes import RecordData, SeatData, VersionData
    from regstatus.store.clocks import Clocks

_QUOTE = ord('"')


class Snapshot:
    """All records at one version, read lazily from its file, which was proven.

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
        path: The folder of the store.
    """

    def __init__(
        self,
        data: bytes,
        entry: dict[str, Any],
        ledger: Clocks,
        *,
        path: str,
        warning: str | None,
        known_until: str | None,
    ) -> None:
        self.version: str = entry["id"]
        self.created: str = entry["created"]
        self.digest: str = entry["digest"]
        self.origin: str | None = entry.get("origin")
        self.ledger, self.path, self.warning, self.known_until = ledger, path, warning, known_until
        self._data = data
        self._where = f"{path}/{self.version}/snapshot.json"
        self._lines, self.former = _record_lines(data, self._where)
        self._records: dict[str, RecordData] = {}

    def facts(self) -> VersionData:
        """Which version answers, as it stands on every answer and list."""
        return {
            "schema_version": SCHEMA,
            "version": self.version,
            "digest": self.digest,
            "created": self.created,
            "origin": self.origin,
            "warning": self.warning,
        }

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
    head = read_object(data[:start] + b"}}" if lined else data, where, SNAPSHOT_FORMAT)
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
