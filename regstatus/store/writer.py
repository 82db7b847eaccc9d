"""How a run writes a version: one writer, a temporary folder, synced, renamed, the index last.

A kill at any moment leaves either the old index or the new one, and the new one names only
folders that are whole. The clocks, texts and report of the run come with it. What a killed
run left behind is finished or removed by the next.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from regstatus.base.errors import SnapshotError
from regstatus.model.canonical import CHANGES_FORMAT, digest, snapshot_bytes
from regstatus.store import atomic
from regstatus.store.clocks import Clocks, read_ledger
from regstatus.store.evidence import Evidence, Pruned
from regstatus.store.ledger import Ledger, stamp
from regstatus.store.reader import PACKED, Store, entry_seal, index_bytes

if TYPE_CHECKING:
    from regstatus.model.shapes import SeatData

REPORT_FORMAT = "regstatus-report/2"
_PACKED_LATE = 60
"""Versions among which a run looks for records that are not packed yet."""


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Hold the store for writing; see `holding`."""
    with atomic.holding(path):
        yield Writer(path)


class Version(NamedTuple):
    """A version that is not written yet: its entry in the index, and its files."""

    entry: dict[str, Any]
    files: dict[str, bytes]


class Writer:
    """Writes to the store of a folder while it is held, and to its evidence; made by `writing` alone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = Store(path)
        self.evidence = Evidence(path)
        self.evidence.sweep()
        if self.store.exists():
            atomic.sweep(path)

    def ledger(self) -> Ledger:
        """The ledger as it stands, empty where there is none; a damaged one is never overwritten."""
        file = self.path / "ledger.json"
        found = read_ledger(str(file)) if file.exists() else Clocks()
        if found.faults:
            raise SnapshotError(
                f"{found.faults[0]}. Move it away to start with empty clocks "
                "(every record then counts as never verified), or restore it."
            )
        return Ledger.of(found)

    def check(self, ledger: Ledger, started: datetime) -> None:
        """Refuse, before anything is fetched, to build where order would be lost.

        So it is where the newest version was made after `started` (a clock is or was wrong), and
        where a version that a run published has a folder and is not in the index (it was rolled
        back).
        """
        known = {entry["id"] for entry in self._versions(before=started)}
        for run in ledger.runs:
            name = run.get("version")
            if name and name not in known and (self.path / str(name)).is_dir():
                raise SnapshotError(
                    f"{self.path / 'index.json'}: does not know {name}, which a run published on "
                    f"{run.get('started')}: it was rolled back to an older one. Restore the newer "
                    "one, or remove the folder of that version if it is not to be."
                )

    def prune(self, before: datetime, ledger: Ledger, *, dry_run: bool = False) -> Pruned:
        """Drop captures older than a moment; the ledger says so first. See `Evidence.prune`."""
        self._versions()  # nothing is dropped beside an index that is damaged, or of a later release
        if not dry_run:
            ledger.pruned = max(stamp(before), ledger.pruned or "")
            atomic.put(self.path / "ledger.json", atomic.sealed(ledger.to_json()))
        return self.evidence.prune(before, ledger.cited(), dry_run=dry_run)

    def text(self, key: str) -> str | None:
        """The words of a document as last read, or None."""
        file = self.path / "texts" / f"{atomic.file_name(key)}.txt"
        with suppress(FileNotFoundError, UnicodeDecodeError):
            return file.read_text(encoding="utf-8")
        return None

    def begin_with(self, history: Path) -> None:
        """Begin an empty store with the versions of another, to report changes against them.

        Where a store has versions already, or the other has none, nothing is done.
        """
        other = Store(history)
        if self.store.exists() or not other.exists():
            return
        files = [file for one in other.versions() for file in (history / one["id"]).iterdir()]
        files += filter(Path.exists, [history / "index.json", history / "ledger.json"])
        named = {file.relative_to(history).as_posix(): file for file in files}
        new = ((name, named[name]) for name in named if not (self.path / name).exists())
        atomic.put_together(self.path, ((name, file.read_bytes()) for name, file in new))
        self.store = Store(self.path)

    def publish(self, records: Mapping[str, Mapping[str, Any]], **facts: Any) -> dict[str, Any]:
        """Write a new version alone, without clocks, texts and report of a run; see `version`."""
        made = self.version(records, **facts)
        self._put(made, ())
        return made.entry

    def version(
        self,
        records: Mapping[str, Mapping[str, Any]],
        former: Mapping[str, SeatData] | None = None,
        *,
        created: datetime,
        changes: Sequence[Mapping[str, Any]],
        report: str,
        origin: str | None = None,
    ) -> Version:
        """Make a version of all records; `close` writes it. Records and `former` are JSON, by id.

        `former` are the places whose record was withdrawn, `created` is the time of the run, UTC,
        `changes` are typed, against the parent, `report` is the same for people, and `origin` is
        where the documents came from, if not from the official hosts.

        Raises:
            SnapshotError: If the newest version is of a later time.
        """
        self.evidence.flush()
        versions = self._versions(before=created)
        files = {
            "snapshot.json": snapshot_bytes(records, former),
            "changes.json": atomic.pretty({"format": CHANGES_FORMAT, "changes": changes}),
            "report.md": report.encode(),
        }
        entry: dict[str, Any] = {
            "id": _free(f"{created:%Y.%m.%d}", ".", {entry["id"] for entry in versions}),
            "created": stamp(created),
            "parent": versions[-1]["digest"] if versions else None,
            "digest": digest(files["snapshot.json"]),
            "records": len(records),
            "changes": len(changes),
            "files": {name: digest(data) for name, data in sorted(files.items())},
            "origin": origin,
        }
        entry["seal"] = entry_seal(entry)
        return Version(entry, files)

    def close(
        self,
        version: Version | None,
        ledger: Ledger,
        words: Iterable[tuple[str, str]],
        report: tuple[str, Mapping[str, Any]],
    ) -> Path:
        """End a run: its version, clocks, texts and report appear as one, or none of them does.

        The run is the last in the ledger. `version` is None where none is published; `words` are
        pairs of a ledger key and the words as now read, to compare the next with; `report` is
        Markdown, and JSON with the time of the run in `started`. It returns the Markdown file.

        Raises:
            OSError: If the disk will not take it; all is then as it was.
        """
        markdown, data = report
        name, before = self._free_report(str(data["started"]))
        for run in ledger.runs[-1:]:
            run["report"] = name
        proof = {"name": name, "before": before, "markdown": digest(markdown.encode())}
        data = {**data, "format": REPORT_FORMAT, **proof}

        def files() -> Iterator[tuple[str, bytes]]:
            for key, text in words:
                yield f"texts/{atomic.file_name(key)}.txt", text.encode(errors="surrogatepass")
            yield f"reports/{name}.json", atomic.sealed(data)
            yield f"reports/{name}.md", markdown.encode()
            yield "ledger.json", atomic.sealed(ledger.to_json())

        self._put(version, files())
        return self.path / "reports" / f"{name}.md"

    def _free_report(self, started: str) -> tuple[str, str | None]:
        """The name of a new report, behind all that are there, and the last of those.

        Notifications read on from the last one they have seen, whatever the clock did.
        """
        taken = report_names(self.path)
        name = started.replace(":", "").replace("-", "")
        time = max([name, *(one.partition("-")[0] for one in taken)])
        return _free(time, "-", taken), taken[-1] if taken else None

    def _put(self, version: Version | None, files: Iterable[tuple[str, bytes]]) -> None:
        self.evidence.flush()
        versions = self._versions()
        named: dict[str, bytes] = {}
        if version is not None:
            folder = version.entry["id"]
            named = {f"{folder}/{name}": data for name, data in version.files.items()}
            named["index.json"] = index_bytes([*versions, version.entry])
        atomic.put_together(self.path, chain(named.items(), files))
        if version is not None:
            self._pack(versions)
        self.store = Store(self.path)

    def _versions(self, before: datetime | None = None) -> list[dict[str, Any]]:
        """All versions, in the order of their times: what was known on a day is found by it."""
        found = self.store.versions() if self.store.exists() else []
        if found and before is not None and stamp(before) < found[-1]["created"]:
            raise SnapshotError(
                f"{self.path / 'index.json'}: the newest version, {found[-1]['id']}, was made at "
                f"{found[-1]['created']}, after this run at {stamp(before)}: the clock of this "
                "machine is wrong, or was when that version was made. Nothing was written."
            )
        return found

    def _pack(self, older: list[dict[str, Any]]) -> None:
        """Compress the records of versions that are no longer the newest, to a sixth.

        The digest in the index stays that of the bytes themselves. What is damaged stays as
        it is, so that it can be mended. A kill leaves the one form, both, or the other; a full
        disk leaves the room that it has: the next versions see to the rest. Only the last ones are
        looked at, for there are more of them each week.
        """
        for entry in older[-_PACKED_LATE:]:
            file = self.path / entry["id"] / "snapshot.json"
            with suppress(OSError):
                if file.is_file() and digest(data := file.read_bytes()) == entry["digest"]:
                    packed = file.with_name(file.name + PACKED)
                    atomic.put(packed, atomic.packed(data), beside=self.path)
                    file.unlink()


def report_order(name: str) -> tuple[str, int]:
    """What sorts the names of reports by time; a number tells two of one second apart."""
    time, _, number = name.partition("-")
    return time, int(number) if number.isdecimal() else 1


def report_names(store: Path) -> list[str]:
    """Names of the reports of a store, oldest first."""
    try:
        names = os.listdir(store / "reports")  # noqa: PTH208  (two more with each run: plain names)
    except FileNotFoundError:
        return []
    reports = (name[:-5] for name in names if name[0].isdecimal() and name.endswith(".json"))
    return sorted(reports, key=report_order)


def _free(name: str, sign: str, taken: Collection[str]) -> str:
    """A name that is not taken; from the second on with a number behind a sign."""
    names = chain([name], (f"{name}{sign}{number}" for number in count(2)))
    return next(one for one in names if one not in taken)
