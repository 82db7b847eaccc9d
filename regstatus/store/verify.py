"""Verifying a store: every file against its digest, every entry against its seal and parent, every page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from regstatus.errors import SnapshotError
from regstatus.model.canonical import digest, snapshot_bytes
from regstatus.store.evidence import Evidence
from regstatus.store.ledger import Ledger
from regstatus.store.reader import Store, seal
from regstatus.store.versions import read_file

__all__ = ["verify"]

_DIGEST = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"\d{4}\.\d\d\.\d\d(?:\.\d+)?")


def verify(path: Path) -> list[str]:
    """Walk the chain of versions.

    Returns:
        One sentence for each fault, naming the file; empty if the store is sound.
    """
    faults: list[str] = []
    try:
        versions = Store(path).versions()
    except SnapshotError as error:
        return [str(error)]
    index = path / "index.json"
    parent: str | None = None
    created = ""
    for entry in versions:
        name = entry.get("id", "?")
        if entry.get("seal") != seal(entry):
            faults.append(f"{index}: the entry of {name} was altered: its seal does not fit")
        if entry.get("parent") != parent:
            faults.append(f"{index}: {name} does not follow the version before it")
        if entry.get("created", "") < created:
            faults.append(f"{index}: {name} is older than the version before it")
        parent, created = entry.get("digest"), entry.get("created", "")
        faults.extend(_files(path / str(name), entry))
    faults.extend(_unknown(path, {str(entry.get("id")) for entry in versions}))
    return faults + _evidence(path)


def _unknown(path: Path, known: set[str]) -> list[str]:
    """Folders of versions that the index does not name: a rolled-back index hides what it forgot."""
    return [
        f"{folder}: a version that index.json does not know: a run was killed before it could "
        "name it (then remove the folder; no answer was ever given from it), or index.json was "
        "rolled back to an older one (then restore the newer)"
        for folder in sorted(path.iterdir())
        if folder.is_dir() and _VERSION.fullmatch(folder.name) and folder.name not in known
    ]


def _evidence(path: Path) -> list[str]:
    """The kept pages, and that each which a clock cites is there."""
    file = path / "ledger.json"
    cited: set[str] = set()
    faults: list[str] = []
    if file.exists():
        try:
            cited = Ledger.from_json(json.loads(file.read_bytes())).cited()
        except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
            faults.append(f"{file}: damaged: {error}")
    if strange := [one for one in cited if not _DIGEST.fullmatch(str(one))]:
        faults.append(f"{file}: damaged: a clock cites what is no digest")
    return faults + Evidence(path).verify(cited.difference(strange))


def _files(folder: Path, entry: dict[str, Any]) -> list[str]:
    faults: list[str] = []
    files = entry.get("files", {})
    if not isinstance(files, dict):
        return [f"{folder}: the index does not say which files it has"]
    for name, expected in files.items():
        file = folder / name
        try:
            data = read_file(str(file))
        except SnapshotError as error:
            faults.append(str(error))
            continue
        except (OSError, ValueError) as error:  # a name may hold what no file system takes
            faults.append(f"{file}: {getattr(error, 'strerror', None) or error}")
            continue
        if digest(data) != expected:
            faults.append(f"{file}: altered or truncated: its digest is not the one in the index")
        elif name == "snapshot.json":
            faults.extend(_canonical(file, data, entry))
    return faults


def _canonical(file: Path, data: bytes, entry: dict[str, Any]) -> list[str]:
    if digest(data) != entry.get("digest"):
        return [f"{file}: the index gives two digests for it"]
    whole = json.loads(data)
    records = whole["records"]
    faults = []
    if snapshot_bytes(records, whole.get("former")) != data:
        faults.append(f"{file}: not in canonical form")
    if len(records) != entry.get("records"):
        faults.append(
            f"{file}: holds {len(records)} records, the index says {entry.get('records')}"
        )
    return faults
