"""How a run writes a version: one writer, a temporary folder, synced, renamed, the index last.

A kill at any moment leaves either the old index or the new one, and the new one names only
folders that are whole. The clocks, texts and report of the run come with it. What a killed
run left behind is finished or removed by the next.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from regstatus.base.errors import LaterFormat, Locked, SnapshotError
from regstatus.model.canonical import CHANGES_FORMAT, digest, snapshot_bytes
from regstatus.store.atomic import (
    PATIENCE,
    TEMPORARY,
    file_name,
    packed,
    pretty,
    put,
    sealed,
)
from regstatus.store.batch import finish, put_together
from regstatus.store.clocks import Clocks, read_ledger
from regstatus.store.evidence import Evidence, Pruned
from regstatus.store.index import PACKED, index_bytes
from regstatus.store.ledger import Ledger, stamp
from regstatus.store.reader import Store, entry_seal

if TYPE_CHECKING:
    from regstatus.model.shapes import SeatData

__all__ = ["REPORT_FORMAT", "Version", "Writer", "holding", "report_order", "writing"]

REPORT_FORMAT = "regstatus-report/2"
"""From number 2 on it bears a seal, and names the report before it."""


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Hold the lock of the store, and finish what a killed writer had begun to put in place.

    Raises:
        Locked: If another updater holds it.
        SnapshotError: If the folder cannot be written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path / ".lock", timeout=PATIENCE)
        lock.acquire()
    except Timeout:
        raise Locked(f"{path}: another update is running; try again when it has finished") from None
    except OSError as error:
        raise SnapshotError(f"{path}: cannot be written: {error.strerror or error}") from None
    try:
        finish(path)
        yield
    finally:
        lock.release()


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Hold the store for writing; see `holding`."""
    with holding(path):
        yield Writer(path)


@dataclass(frozen=True, slots=True)
class Version:
    """A version that is not written yet: its entry in the index, and its files."""

    entry: dict[str, Any]
    files: dict[str, bytes]


class Writer:
    """Writes to a store while it is held; made by `writing` alone.

    Args:
        path: The store's folder.

    Attributes:
        evidence: The pages on which its answers rest.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = Store(path)
        self.evidence = Evidence(path)
        self.evidence.sweep()
        if self.store.exists():
            self._sweep()

    def ledger(self) -> Ledger:
        """The ledger as it stands; empty where there is none yet.

        Raises:
            SnapshotError: If it is damaged: mend or remove it, nothing is overwritten unseen.
        """
        file = self.path / "ledger.json"
        if not file.exists():
            return Ledger()
        found = Clocks()
        try:
            found = read_ledger(str(file))
            faults = found.faults
        except LaterFormat:
            raise
        except SnapshotError as error:
            faults = [str(error)]
        if faults:
            raise SnapshotError(
                f"{faults[0]}. Move it away to start with empty clocks "
                "(every record then counts as never verified), or restore it."
            )
        return Ledger.of(found)

    def check(self, ledger: Ledger, started: datetime) -> None:
        """Refuse, before anything is fetched, to build where order would be lost.

        Raises:
            SnapshotError: If the newest version was made after `started` (a clock is or was wrong), or
                if a version that a run published is no longer in the index though its folder is
                there (the index was rolled back).
        """
        versions = self._versions()
        self._in_order(versions, started)
        known = {entry["id"] for entry in versions}
        for run in ledger.runs:
            name = run.get("version")
            if name and name not in known and (self.path / str(name)).is_dir():
                raise SnapshotError(
                    f"{self.path / 'index.json'}: does not know {name}, which a run published on "
                    f"{run.get('started')}: it was rolled back to an older one. Restore the newer "
                    "one, or remove the folder of that version if it is not to be."
                )

    def _in_order(self, versions: list[dict[str, Any]], created: datetime) -> None:
        """Versions stand in the order of their times: what was known on a day is found by it."""
        if versions and stamp(created) < versions[-1]["created"]:
            raise SnapshotError(
                f"{self.path / 'index.json'}: the newest version, {versions[-1]['id']}, was made at "
                f"{versions[-1]['created']}, after this run at {stamp(created)}: the clock of this "
                "machine is wrong, or was when that version was made. Nothing was written."
            )

    def prune(self, before: datetime, ledger: Ledger, *, dry_run: bool = False) -> Pruned:
        """Drop captures older than a moment; the ledger says so first. See `Evidence.prune`.

        Raises:
            SnapshotError: If the index is damaged, or of a later release: nothing is dropped then.
        """
        self._versions()
        if not dry_run:
            ledger.pruned = max(stamp(before), ledger.pruned or "")
            put(self.path / "ledger.json", sealed(ledger.to_json()))
        return self.evidence.prune(before, ledger.cited(), dry_run=dry_run)

    def text(self, key: str) -> str | None:
        """The words of a document as last read, or None."""
        try:
            return (self.path / "texts" / f"{file_name(key)}.txt").read_text(encoding="utf-8")
        except (FileNotFoundError, UnicodeDecodeError):
            return None

    def begin_with(self, history: Path) -> None:
        """Begin an empty store with the versions of another, to report changes against them.

        Where a store has versions already, or the other has none, nothing is done.
        """
        other = Store(history)
        if self.store.exists() or not other.exists():
            return
        versions = [file for one in other.versions() for file in (history / one["id"]).iterdir()]
        names = [file.relative_to(history).as_posix() for file in versions]
        names += ["index.json", "ledger.json"]
        put_together(
            self.path,
            (
                (name, (history / name).read_bytes())
                for name in names
                if (history / name).exists() and not (self.path / name).exists()
            ),
        )
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
        """Make a new version; `close` writes it.

        Args:
            records: All records, as JSON.
            former: The places whose record was withdrawn, by id.
            created: The time of the run, UTC.
            changes: Typed changes against the parent.
            report: The same for people.
            origin: Where the documents came from, if not from the official hosts.

        Raises:
            SnapshotError: If the newest version is of a later time.
        """
        self.evidence.flush()
        versions = self._versions()
        self._in_order(versions, created)
        files = {
            "snapshot.json": snapshot_bytes(records, former),
            "changes.json": pretty({"format": CHANGES_FORMAT, "changes": changes}),
            "report.md": report.encode(),
        }
        entry: dict[str, Any] = {
            "id": _free_id(created, {entry["id"] for entry in versions}),
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
        words: Mapping[str, str],
        report: tuple[str, Mapping[str, Any]],
    ) -> Path:
        """End a run: its version, clocks, texts and report appear as one, or none of them does.

        Args:
            version: The new version; None where none is published.
            ledger: The clocks, and as the last of its runs this one.
            words: By ledger key, the words of documents as now read, to compare the next with.
            report: As Markdown, and as JSON with the time of the run in `started`.

        Returns:
            The report's Markdown file; every run leaves one.

        Raises:
            OSError: If the disk will not take it; all is then as it was.
        """
        markdown, data = report
        file, before = self._free_report(str(data["started"]))
        for run in ledger.runs[-1:]:
            run["report"] = file
        seen = {"before": before, "markdown": digest(markdown.encode())}
        data = {**data, "format": REPORT_FORMAT, "name": file, **seen}

        def files() -> Iterator[tuple[str, bytes]]:
            for key, text in words.items():
                yield f"texts/{file_name(key)}.txt", text.encode(errors="surrogatepass")
            yield f"reports/{file}.json", sealed(data)
            yield f"reports/{file}.md", markdown.encode()
            yield "ledger.json", sealed(ledger.to_json())

        self._put(version, files())
        return self.path / "reports" / f"{file}.md"

    def _free_report(self, started: str) -> tuple[str, str | None]:
        """The name of a new report, behind all that are there, and the last of those.

        Notifications read on from the last one they have seen, whatever the clock did.
        """
        taken = {file.stem for file in (self.path / "reports").glob("[0-9]*.json")}
        name = started.replace(":", "").replace("-", "")
        time = max([name, *(one.partition("-")[0] for one in taken)])
        numbers = (f"{time}-{number}" for number in count(2))
        free = next(free for free in chain([time], numbers) if free not in taken)
        return free, max(taken, key=report_order, default=None)

    def _put(self, version: Version | None, files: Iterable[tuple[str, bytes]]) -> None:
        self.evidence.flush()
        versions = self._versions()
        named: dict[str, bytes] = {}
        if version is not None:
            folder = version.entry["id"]
            named = {f"{folder}/{name}": data for name, data in version.files.items()}
            named["index.json"] = index_bytes([*versions, version.entry])
        put_together(self.path, chain(named.items(), files))
        if version is not None:
            self._pack(versions)
        self.store = Store(self.path)

    def _versions(self) -> list[dict[str, Any]]:
        return self.store.versions() if self.store.exists() else []

    def _pack(self, older: list[dict[str, Any]]) -> None:
        """Compress the records of versions that are no longer the newest, to a sixth.

        The digest in the index stays that of the bytes themselves. What is damaged stays as
        it is, so that it can be mended. A kill leaves the one form, both, or the other; a full
        disk leaves the room that it has: the next version sees to the rest.
        """
        for entry in older:
            file = self.path / entry["id"] / "snapshot.json"
            with suppress(OSError):
                if file.is_file() and digest(data := file.read_bytes()) == entry["digest"]:
                    put(file.with_name(file.name + PACKED), packed(data), beside=self.path)
                    file.unlink()

    def _sweep(self) -> None:
        """Remove temporary folders and files of runs that were killed."""
        for left in self.path.glob(f"{TEMPORARY}*"):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def report_order(name: str) -> tuple[str, int]:
    """What sorts the names of reports by time; a number tells two of one second apart."""
    time, _, number = name.partition("-")
    return time, int(number) if number.isdecimal() else 1


def _free_id(created: datetime, taken: set[str]) -> str:
    day = created.strftime("%Y.%m.%d")
    numbered = (f"{day}.{number}" for number in count(2))
    return next(one for one in chain([day], numbered) if one not in taken)
