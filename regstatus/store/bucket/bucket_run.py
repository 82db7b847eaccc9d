"""A run on a store in a bucket, made in a local folder and published in one step.

The run sees an ordinary folder. Its objects are uploaded, which no reader sees; then the next
head is created, and with it all becomes visible. If another machine has created that head
meanwhile, nothing of this run becomes visible.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from filelock import FileLock, Timeout

from regstatus.base.errors import Locked, SnapshotError
from regstatus.model.canonical import digest
from regstatus.store.atomic import PATIENCE, packed, pretty, put
from regstatus.store.bucket.head import Head, head_name, is_file_name, object_name
from regstatus.store.bucket.mirror import RemoteStore
from regstatus.store.capture import CAPTURE_FORMAT
from regstatus.store.clocks import read_ledger
from regstatus.store.index import read_file
from regstatus.store.proof import read_sealed
from regstatus.store.reader import Store

__all__ = ["BucketRun", "begin_run", "bring_reports", "in_parallel", "texts_of"]

_AT_ONCE = 8
_REPORTS = 60
"""Runs whose reports are brought to a machine that has none yet."""


class BucketRun:
    """One run's folder; made by `begin_run` alone.

    Attributes:
        path: The folder: the newest version, the ledger and the texts, and no evidence yet.
    """

    def __init__(self, store: RemoteStore, head: Head, path: Path) -> None:
        self._store, self._head, self.path = store, head, path
        self._held: dict[str, bool] = {}
        self._texts: dict[str, str] = {}
        self._versions: set[str] = set()

    def fill(self) -> None:
        """Bring what a run builds on."""
        for name in ("index.json", "ledger.json"):
            if sha := self._head.files.get(name):
                put(self.path / name, self._store.object(sha))
        if (self.path / "index.json").exists():
            self._versions = {entry["id"] for entry in self._store.versions()}
            for entry in self._store.versions()[-1:]:
                (self.path / entry["id"]).mkdir()
                for name in entry["files"]:
                    shutil.copyfile(
                        self._store.at(f"{entry['id']}/{name}"), self.path / entry["id"] / name
                    )
        self._texts = texts_of(self._store, self._head.files.get("texts"))
        cached = Path(self._store.path, "texts")
        for folder in (cached, self.path / "texts"):
            folder.mkdir(exist_ok=True)

        def bring(item: tuple[str, str]) -> None:
            name, sha = item
            here = cached / name
            if not (here.exists() and digest(here.read_bytes()) == sha):
                put(here, self._store.object(sha))
            shutil.copyfile(here, self.path / "texts" / name)

        in_parallel(bring, self._texts.items())

    def holds(self, sha: str | None) -> bool:
        """Whether the bucket has the body of a digest."""
        if sha is None:
            return False
        if sha not in self._held:
            self._held[sha] = self._store.bucket.holds(object_name(sha))
        return self._held[sha]

    def publish(self, report: Path | None) -> Path | None:
        """Upload what the run made, and name it with the next head; the report's place in the mirror.

        Raises:
            Locked: If another machine has published meanwhile; nothing of this run is visible.
            SnapshotError: If the bucket cannot be written; nothing is visible then, either.
        """
        objects: dict[str, bytes] = {}

        def named(data: bytes) -> str:
            objects[digest(data)] = data
            return digest(data)

        files = {
            name: named((self.path / name).read_bytes())
            for name in ("index.json", "ledger.json")
            if (self.path / name).exists()
        }
        store = Store(self.path)
        for entry in store.versions() if store.exists() else []:
            if entry["id"] not in self._versions:
                for name in entry["files"]:
                    named(read_file(str(self.path / entry["id"] / name)))
        texts = {file.name: named(file.read_bytes()) for file in self.path.glob("texts/*.txt")}
        files["texts"] = named(pretty(texts))
        added = {
            f"reports/{file.name}": named(file.read_bytes()) for file in self.path.glob("reports/*")
        }
        captures = self.path / "evidence" / "captures"
        bundle = {
            file.relative_to(captures).as_posix(): read_sealed(
                file.read_bytes(), CAPTURE_FORMAT, str(file)
            )[0]
            for file in captures.glob("*/*.json")
        }
        added["captures"] = named(pretty(bundle))
        known = {*self._head.files.values(), *self._texts.values()}
        bodies = list(self.path.glob("evidence/[0-9a-f][0-9a-f]/*.gz"))
        create = self._store.bucket.create
        # No reader sees these yet: they lie under the digest of what they hold.
        in_parallel(lambda file: create(object_name(file.stem), file.read_bytes()), bodies)
        in_parallel(
            lambda sha: create(object_name(sha), packed(objects[sha])),
            [sha for sha in objects if sha not in known],
        )
        head = Head(
            number=self._head.number + 1,
            before=self._head.sha or None,
            made=self._made(),
            files=files,
            added=added,
        )
        self._create(head)
        # What follows is for this machine alone; the run is published already.
        with suppress(SnapshotError, OSError):
            reports = Path(self._store.path, "reports")
            reports.mkdir(exist_ok=True)
            for file in self.path.glob("reports/*"):
                put(reports / file.name, file.read_bytes())
            self._store.pull()
            bring_reports(self._store, head.number)
        return Path(self._store.path, "reports", report.name) if report else None

    def _made(self) -> str:
        runs = read_ledger(str(self.path / "ledger.json")).runs
        return str(runs[-1]["started"]) if runs else ""

    def _create(self, head: Head) -> None:
        data = head.to_bytes()
        try:
            created = self._store.bucket.create(head_name(head.number), data)
        except SnapshotError:
            # The answer may be lost though the head is there.
            if not self._ours(head, data):
                raise
            return
        if not created and not self._ours(head, data):
            raise Locked(
                f"{self._store.url}: another machine has published meanwhile, and nothing of this "
                "run is visible; run it again, and it builds on what the other has found"
            )

    def _ours(self, head: Head, data: bytes) -> bool:
        """Whether the head there is this run's own: an answer was lost on its way, and it was repeated."""
        with suppress(SnapshotError):
            return self._store.bucket.get(head_name(head.number)) == data
        return False


@contextmanager
def begin_run(url: str) -> Iterator[BucketRun]:
    """Begin a run on the store of a bucket.

    Raises:
        Locked: If another run on this machine is under way.
        SnapshotError: If the bucket cannot be asked, what is there is damaged, or it does not
            keep what was created from being overwritten.
    """
    store = RemoteStore(url)
    root = Path(store.path)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / ".lock", timeout=PATIENCE):
            for left in root.glob("run-*"):
                shutil.rmtree(left, ignore_errors=True)
            _prove(store)
            head = store.pull() or Head(number=0)
            path = Path(mkdtemp(prefix="run-", dir=root))
            try:
                made = BucketRun(store, head, path)
                made.fill()
                yield made
            finally:
                shutil.rmtree(path, ignore_errors=True)
    except Timeout:
        raise Locked(f"{store.url}: another update is running on this machine") from None


def _prove(store: RemoteStore) -> None:
    """Check that the server refuses to create a name twice; else two machines could both publish."""
    if store.bucket.create("probe", b"1") and store.bucket.create("probe", b"2"):
        raise SnapshotError(
            f"{store.url}: this server ignores `If-None-Match: *`, so that two machines could "
            "overwrite each other; nothing was asked and nothing written"
        )


def bring_reports(store: RemoteStore, newest: int) -> None:
    """Bring the reports of the last runs into the mirror, where notifications read them."""
    folder = Path(store.path, "reports")
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / ".brought"
    seen = int(note.read_text()) if note.exists() else 0
    for number in range(max(seen + 1, newest - _REPORTS + 1), newest + 1):
        for name, sha in store.head(number).added.items():
            if name.startswith("reports/"):
                put(folder / Path(name).name, store.object(sha))
    put(note, str(newest).encode())


def texts_of(store: RemoteStore, sha: str | None) -> dict[str, str]:
    """Name and digest of each text, from the list that a head names.

    Raises:
        SnapshotError: If the list is missing or damaged.
    """
    found: dict[str, str] = json.loads(store.object(sha)) if sha else {}
    return {name: one for name, one in found.items() if is_file_name(name)}


def in_parallel(do: Callable[[Any], object], items: Any) -> None:
    """Do something for each of many objects, several at once; the first fault ends it."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(do, list(items)):
            pass
