"""Writing snapshots: one writer, temporary folder, synced, renamed, pointer last.

A kill at any moment leaves either the old index or the new one, and the new one
only ever names folders that are whole. What a broken run left behind is swept
by the next.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from regstatus.errors import Locked, SnapshotError
from regstatus.model.canonical import digest, snapshot_bytes
from regstatus.store.evidence import Evidence
from regstatus.store.files import (
    PATIENCE,
    TEMPORARY,
    file_name,
    packed,
    pretty,
    put,
    sync_folder,
    write,
)
from regstatus.store.ledger import Ledger, stamp
from regstatus.store.reader import Store, seal, written
from regstatus.store.versions import PACKED, index_bytes

__all__ = ["Writer", "writing"]


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Hold the store for writing.

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
        yield Writer(path)
    finally:
        lock.release()


class Writer:
    """The one who may write; made by `writing` alone.

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
        try:
            return Ledger.from_json(json.loads(file.read_bytes()))
        except (ValueError, TypeError, AttributeError) as error:
            raise SnapshotError(
                f"{file}: damaged: {error}. Move it away to start with empty clocks "
                "(every record then counts as never verified), or restore it."
            ) from None

    def check(self, ledger: Ledger, started: datetime) -> None:
        """Refuse to build where order would be lost; called before anything is fetched.

        Args:
            ledger: The ledger as it stands.
            started: The time of the run, UTC.

        Raises:
            SnapshotError: If the newest version was made after `started` (a clock was or is
                wrong), or if a version that a run published is no longer in the index though
                its folder is there (the index was rolled back).
        """
        versions = self.store.versions() if self.store.exists() else []
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

    def save_ledger(self, ledger: Ledger) -> None:
        """Replace the ledger in one step."""
        self.evidence.settle()
        put(self.path / "ledger.json", pretty(ledger.to_json()))
        written()

    def save_text(self, key: str, text: str) -> None:
        """Keep the words of a document as last read, so that the next run can show a difference."""
        folder = self.path / "texts"
        folder.mkdir(exist_ok=True)
        put(folder / f"{file_name(key)}.txt", text.encode())

    def text(self, key: str) -> str | None:
        """The words of a document as last read, or None."""
        try:
            return (self.path / "texts" / f"{file_name(key)}.txt").read_text(encoding="utf-8")
        except (FileNotFoundError, UnicodeDecodeError):
            return None

    def save_report(self, started: datetime, markdown: str, data: dict[str, Any]) -> Path:
        """Write the report of a run; every run leaves one.

        Returns:
            The Markdown file.
        """
        folder = self.path / "reports"
        folder.mkdir(exist_ok=True)
        name = stamp(started).replace(":", "").replace("-", "")
        number, file = 1, folder / f"{name}.md"
        while file.exists():
            number += 1
            file = folder / f"{name}-{number}.md"
        put(file.with_suffix(".json"), pretty(data))
        put(file, markdown.encode())
        return file

    def publish(
        self,
        records: Mapping[str, Mapping[str, Any]],
        former: Mapping[str, Mapping[str, Any]] | None = None,
        *,
        created: datetime,
        changes: list[dict[str, Any]],
        report: str,
        origin: str | None = None,
    ) -> dict[str, Any]:
        """Write a new version.

        Args:
            records: All records, as JSON.
            former: The places whose record was withdrawn, by id.
            created: The time of the run, UTC.
            changes: Typed changes against the parent.
            report: The same for people.
            origin: Where the documents came from, if not from the official hosts.

        Returns:
            The index entry of the version.

        Raises:
            SnapshotError: If the newest version is of a later time.
        """
        self.evidence.settle()
        versions = self.store.versions() if self.store.exists() else []
        self._in_order(versions, created)
        taken = {entry["id"] for entry in versions}
        version = _free_id(created, taken)
        files = {
            "snapshot.json": snapshot_bytes(records, former),
            "changes.json": pretty({"format": "regstatus-changes/1", "changes": changes}),
            "report.md": report.encode(),
        }
        entry: dict[str, Any] = {
            "id": version,
            "created": stamp(created),
            "parent": versions[-1]["digest"] if versions else None,
            "digest": digest(files["snapshot.json"]),
            "records": len(records),
            "changes": len(changes),
            "files": {name: digest(data) for name, data in sorted(files.items())},
            "origin": origin,
        }
        entry["seal"] = seal(entry)
        temporary = self.path / f"{TEMPORARY}{version}"
        with suppress(FileNotFoundError):
            shutil.rmtree(temporary)
        temporary.mkdir()
        for name, data in files.items():
            write(temporary / name, data)
        sync_folder(temporary)
        final = self.path / version
        if final.exists():  # left by a run that was killed before it could name it
            shutil.rmtree(final)
        temporary.rename(final)
        sync_folder(self.path)
        put(self.path / "index.json", index_bytes([*versions, entry]))
        self._pack(versions)
        written()
        self.store = Store(self.path)
        return entry

    def _pack(self, older: list[dict[str, Any]]) -> None:
        """Compress the records of versions that are no longer the newest, to a sixth.

        The digest in the index stays that of the bytes themselves. What is damaged stays as
        it is, for whoever mends it. A kill leaves the one form, both, or the other; a full
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


def _free_id(created: datetime, taken: set[str]) -> str:
    day = created.strftime("%Y.%m.%d")
    number, version = 1, day
    while version in taken:
        number += 1
        version = f"{day}.{number}"
    return version
