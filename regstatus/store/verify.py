"""Checks every file of a store against its digest, every entry against its seal and parent."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from regstatus.base.errors import LaterFormat, Locked, SnapshotError
from regstatus.model import canonical
from regstatus.store.atomic import WHOLE, file_name, holding
from regstatus.store.clocks import Clocks, read_ledger
from regstatus.store.evidence import Evidence
from regstatus.store.proof import NoFile, content, read_object, read_sealed, unpacked
from regstatus.store.reader import PACKED, Store, entry_seal, is_whole
from regstatus.store.writer import REPORT_FORMAT, report_order

_FORMATS = {"snapshot.json": canonical.SNAPSHOT_FORMAT, "changes.json": canonical.CHANGES_FORMAT}
_VERSION = re.compile(r"\d{4}\.\d\d\.\d\d(?:\.\d+)?")
_OURS = re.compile(
    r"texts/[^/]+\.txt|reports/\d{8}T\d{6}Z(-\d+)?\.(md|json)|evidence/([0-9a-f]{2})/\3[0-9a-f]{62}\.gz"
    r"|evidence/captures/\d{8}T\d{6}\.\d{6}Z\.gz"
)
"""Names that the store gives, beside those of versions."""


def verify(path: Path) -> list[str]:
    """Prove every file of a store.

    What looks faulty where runs are made may be the work of one that goes on, or was killed
    while it put its files in place. So it is looked at once more, with all of them there.
    Each fault is one sentence, naming the file.
    """
    faults = _faults(path)
    if not faults or not (path / ".lock").exists():
        return faults
    try:
        with holding(path):
            return _faults(path)
    except Locked as error:
        return [f"{error}; what follows may be of its work, so remove nothing", *faults]
    except (OSError, SnapshotError):
        return faults


def _faults(path: Path) -> list[str]:
    try:
        versions = Store(path).versions()
    except SnapshotError as error:
        return [str(error)]
    try:
        clocks = read_ledger(str(path / "ledger.json"))
    except LaterFormat as error:
        clocks = Clocks()
        clocks.faults.append(str(error))
    evidence = Evidence(path)
    return [
        *_chain(path, versions),
        *_unknown(path, {entry["id"] for entry in versions}),
        *clocks.faults,
        *evidence.verify(clocks),
        *_texts(path / "texts", clocks, evidence),
        *_reports(path / "reports", clocks),
        *_strange(path, versions),
        *_outbox(path / "notify" / "outbox.json"),
    ]


def _chain(path: Path, versions: list[dict[str, Any]]) -> Iterator[str]:
    """Each version must follow the one before it, and hold the files that its entry names."""
    index = path / "index.json"
    if not is_whole(_bytes(index), versions):
        yield f"{index}: altered or truncated: it is not as it was written"
    parent: str | None = None
    created = ""
    for entry in versions:
        name = entry["id"]
        if entry.get("seal") != entry_seal(entry):
            yield f"{index}: the entry of {name} was altered: its seal does not fit"
        if entry.get("parent") != parent:
            yield f"{index}: {name} does not follow the version before it"
        if entry["created"] < created:
            yield f"{index}: {name} is older than the version before it"
        parent, created = entry["digest"], entry["created"]
        yield from _files(path / name, entry)


def _texts(folder: Path, clocks: Clocks, evidence: Evidence) -> Iterator[str]:
    """Each text must be the one last confirmed of its document, or one read where its clock is new."""
    known = {
        f"{file_name(key)}.txt": {kept}
        for key, clock in clocks.items()
        if (kept := clock.get("baseline") or clock.get("text_sha256"))
    }
    there = {file.name for file in folder.glob("*")}
    for name in sorted(known.keys() - there):
        yield f"{folder / name}: missing, and the ledger names it"
    new = there - known.keys()
    for one in evidence.captures()[0] if new else ():
        if (name := f"{file_name(one.key)}.txt") in new:
            known.setdefault(name, set()).add(one.text_sha256 or "")
    for name in sorted(there):
        data = _bytes(folder / name)
        if not data.endswith(b"\n") or canonical.digest(data[:-1]) not in known.get(name, ()):
            yield f"{folder / name}: damaged: it is no text that was read of its document"


def _reports(folder: Path, clocks: Clocks) -> Iterator[str]:
    """Each report proves itself, its Markdown, and that the one before it is there."""
    wanted = {run["report"]: "the ledger" for run in clocks.runs if run.get("report")}
    found = sorted(folder.glob("*.json"))
    newest = max((file.stem for file in found), key=report_order, default="")
    if wanted and newest not in wanted:
        yield (
            f"{folder.parent / 'ledger.json'}: it does not know of {newest}.json: it is an older "
            "one; restore the newer, or let the next run make up for it"
        )
    for file in found:
        try:
            report = read_sealed(content(file), REPORT_FORMAT, str(file))
        except SnapshotError as error:
            yield str(error)
            continue
        wanted.setdefault(file.stem, file.name)
        if report.get("name") != file.stem:
            yield f"{file}: damaged: it lies under another name than its own"
        if report["before"]:
            wanted.setdefault(report["before"], file.name)
        words = file.with_suffix(".md")
        if words.exists() and canonical.digest(_bytes(words)) != report["markdown"]:
            yield f"{words}: altered or truncated: its digest is not the one in {file.name}"
    for file in sorted(folder.glob("*.md")):
        wanted.setdefault(file.stem, file.name)
    for name, who in sorted(wanted.items()):
        for file in (folder / f"{name}.json", folder / f"{name}.md"):
            if not file.exists():
                yield f"{file}: missing, and {who} names it"


def _bytes(file: Path) -> bytes:
    """What a file holds; nothing, which fits no digest, where it cannot be read."""
    with suppress(SnapshotError):
        return content(file)
    return b""


def _outbox(file: Path) -> Iterator[str]:
    try:
        read_sealed(content(file), canonical.OUTBOX_FORMAT, str(file))
    except NoFile:
        return  # no notifications are sent from here
    except SnapshotError as error:
        yield str(error)


def _strange(path: Path, versions: list[dict[str, Any]]) -> Iterator[str]:
    """Files that nothing names, in the folders where only the store writes."""
    named = {
        f"{entry['id']}/{name}"
        for entry in versions
        for name in ("snapshot.json", *entry.get("files", ()))
    }
    for folder in [*{entry["id"] for entry in versions}, "texts", "reports", "evidence"]:
        for file in sorted((path / folder).rglob("*")):
            name = file.relative_to(path).as_posix()
            known = _OURS.fullmatch(name) or name in named or name.removesuffix(PACKED) in named
            if not known and file.is_file() and not file.name.startswith("."):
                yield f"{file}: nothing in this store names it; remove it if it is not to be"


def _unknown(path: Path, known: set[str]) -> list[str]:
    """Folders of versions that the index does not name: a rolled-back index hides what it forgot."""
    if (whole := path / WHOLE).is_dir():
        return [
            f"{whole}: a killed run left files to put in place: the next one does; remove nothing"
        ]
    return [
        f"{folder}: a version that index.json does not know: a run was killed before it could "
        "name it (then remove the folder; no answer was ever given from it), or index.json was "
        "rolled back to an older one (then restore the newer)"
        for folder in sorted(path.iterdir())
        if folder.is_dir() and _VERSION.fullmatch(folder.name) and folder.name not in known
    ]


def _files(folder: Path, entry: dict[str, Any]) -> Iterator[str]:
    for name, expected in entry.get("files", {}).items():
        plain = folder / name
        packed = folder / f"{name}{PACKED}"
        for file in [one for one in (plain, packed) if one.exists()] or [plain]:
            try:
                data = content(file) if file == plain else unpacked(content(file), str(file))
                if canonical.digest(data) != expected:
                    yield f"{file}: altered or truncated: its digest is not the one in the index"
                    continue
                if name in _FORMATS:
                    read_object(data, str(file), _FORMATS[name])
            except SnapshotError as error:
                yield str(error)
                continue
            if name == "snapshot.json":
                yield from _canonical(file, data, entry)


def _canonical(file: Path, data: bytes, entry: dict[str, Any]) -> Iterator[str]:
    if canonical.digest(data) != entry["digest"]:
        yield f"{file}: the index gives two digests for it"
        return
    whole = json.loads(data)
    records = whole["records"]
    if canonical.snapshot_bytes(records, whole.get("former")) != data:
        yield f"{file}: not in canonical form"
    if len(records) != entry.get("records"):
        yield f"{file}: holds {len(records)} records, the index says {entry.get('records')}"
