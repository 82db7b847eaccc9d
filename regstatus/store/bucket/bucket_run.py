"""A run on a store in a bucket, made in a local folder and published in one step.

The run sees an ordinary folder. Its objects are uploaded, which no reader sees; then the next
head is created, and with it all becomes visible. If another machine has created that head
meanwhile, nothing of this run becomes visible.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from regstatus.base.errors import Locked, SnapshotError
from regstatus.model.canonical import digest
from regstatus.store.atomic import locked, packed, pretty, put
from regstatus.store.bucket.head import Head, head_name, is_file_name, object_name
from regstatus.store.bucket.mirror import RemoteStore
from regstatus.store.clocks import read_ledger
from regstatus.store.proof import content, unpacked
from regstatus.store.reader import Index, Store, read_file

_AT_ONCE = 8
_REPORTS = 60
"""Runs whose reports are brought to a machine that has none yet."""


class BucketRun:
    """One run's folder, `path`: the newest version, the ledger and the texts, and no evidence yet."""

    def __init__(self, store: RemoteStore, head: Head, path: Path) -> None:
        self._store, self._head, self.path = store, head, path
        files = dict(files_of(store, head, newest=True))
        self._known = {*head.files.values(), *files.values()}

        def bring(item: tuple[str, str]) -> None:
            name, sha = item
            (path / name).parent.mkdir(exist_ok=True)
            if "/" in name:
                shutil.copyfile(store.bring(sha, Path(store.path, name)), path / name)
            else:  # in the mirror they may be those of a later head by now
                store.bring(sha, path / name)

        in_parallel(bring, files.items())

    def holds(self, sha: str | None) -> bool:
        """Whether the bucket has the body of a digest."""
        return sha is not None and self._store.bucket.holds(object_name(sha))

    def publish(self, report: Path | None) -> Path | None:
        """Upload what the run made, and name it with the next head; the report's place in the mirror.

        Raises:
            Locked: If another machine has published meanwhile; nothing of this run is visible.
            SnapshotError: If the bucket cannot be written; nothing is visible then, either.
        """
        objects: dict[str, bytes] = {}

        def named(data: bytes) -> str:
            sha = digest(data)
            objects[sha] = data
            return sha

        state = [self.path / "index.json", self.path / "ledger.json"]
        files = {file.name: named(file.read_bytes()) for file in state if file.exists()}
        for entry in Store(self.path).versions() if "index.json" in files else []:
            if (self.path / entry["id"]).exists():
                for name in entry["files"]:
                    named(read_file(str(self.path / entry["id"] / name)))
        texts = {file.name: named(file.read_bytes()) for file in self.path.glob("texts/*.txt")}
        files["texts"] = named(pretty(texts))
        reports = list(self.path.glob("reports/*"))
        added = {f"reports/{file.name}": named(file.read_bytes()) for file in reports}
        evidence = self.path / "evidence"
        for file in evidence.glob("captures/*.gz"):  # those of this run
            added["captures"] = named(unpacked(content(file), str(file)))
        create = self._store.bucket.create
        # No reader sees these yet: they lie under the digest of what they hold.
        in_parallel(
            lambda file: create(object_name(file.stem), file.read_bytes()),
            evidence.glob("[0-9a-f][0-9a-f]/*.gz"),
        )
        in_parallel(
            lambda sha: create(object_name(sha), packed(objects[sha])),
            objects.keys() - self._known,
        )
        runs = read_ledger(str(self.path / "ledger.json")).runs
        head = Head(
            number=self._head.number + 1,
            before=digest(self._head.data) if self._head.data else None,
            made=str(runs[-1]["started"]) if runs else "",
            files=files,
            added=added,
        )
        self._create(head)
        # What follows is for this machine alone; the run is published already.
        mirror = Path(self._store.path, "reports")
        with suppress(SnapshotError, OSError):
            for file in reports:
                put(mirror / file.name, file.read_bytes())
            self._store.pull()
            bring_reports(self._store, head.number)
        return mirror / report.name if report else None

    def _create(self, head: Head) -> None:
        name, data = head_name(head.number), head.to_bytes()
        lost: SnapshotError | None = None
        try:
            if self._store.bucket.create(name, data):
                return
        except SnapshotError as error:
            lost = error
        # An answer may be lost on its way though the head is there, or the request was repeated.
        with suppress(SnapshotError):
            if self._store.bucket.get(name) == data:
                return
        raise lost or Locked(
            f"{self._store.url}: another machine has published meanwhile, and nothing of this "
            "run is visible; run it again, and it builds on what the other has found"
        )


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
    with locked(root / ".lock", Locked(f"{store.url}: another update is running on this machine")):
        for left in root.glob("run-*"):
            shutil.rmtree(left, ignore_errors=True)
        _prove(store)
        head = store.pull() or Head(number=0)
        path = Path(mkdtemp(prefix="run-", dir=root))
        try:
            yield BucketRun(store, head, path)
        finally:
            shutil.rmtree(path, ignore_errors=True)


def _prove(store: RemoteStore) -> None:
    """Check that the server refuses to create a name twice; else two machines could both publish."""
    if store.bucket.create("probe", b"1") and store.bucket.create("probe", b"2"):
        raise SnapshotError(
            f"{store.url}: this server ignores `If-None-Match: *`, so that two machines could "
            "overwrite each other; nothing was asked and nothing written"
        )


def bring_reports(store: RemoteStore, newest: int) -> None:
    """Bring the reports of the last runs into the mirror, where notifications read them."""
    note = Path(store.path, "reports", ".brought")
    seen = int(note.read_text()) if note.exists() else 0
    for number in range(max(seen + 1, newest - _REPORTS + 1), newest + 1):
        for name, sha in store.head(number).added.items():
            if name.startswith("reports/"):
                store.bring(sha, Path(store.path, name))
    put(note, str(newest).encode())


def files_of(store: RemoteStore, head: Head, *, newest: bool) -> Iterator[tuple[str, str]]:
    """Name and digest of each file that a head names, of all versions or of the `newest` alone.

    What stands in lists, which may be missing or damaged, comes last, and the versions after all.
    """
    yield from ((name, sha) for name, sha in head.files.items() if name != "texts")
    for name, sha in texts_of(store, head.files.get("texts")).items():
        yield f"texts/{name}", sha
    index = head.files.get("index.json")
    versions = Index(store.object(index), store.url).after(0) if index else []
    for entry in versions[-1:] if newest else versions:
        for name, sha in entry.get("files", {}).items():
            if is_file_name(name):
                yield f"{entry['id']}/{name}", sha


def texts_of(store: RemoteStore, sha: str | None) -> dict[str, str]:
    """Name and digest of each text, from the list that a head names."""
    found: dict[str, str] = json.loads(store.object(sha)) if sha else {}
    return {name: one for name, one in found.items() if is_file_name(name)}


def in_parallel(do: Callable[[Any], object], items: Any) -> None:
    """Do something for each of many objects, several at once; the first fault ends it."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(do, list(items)))
