"""A store in a bucket, and the local folder that mirrors what was read of it.

Every object in the bucket is created once and never changed. What a run made lies under its
SHA-256; a small numbered object, the *head*, names it all. To publish is to create the next
head; the server lets only one machine create it. A reader asks for the newest head and
downloads what it does not have yet.
"""

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from time import time

from regstatus.base.days import is_recent
from regstatus.base.errors import SnapshotError
from regstatus.model.canonical import digest
from regstatus.store.atomic import locked, pretty, put, writable
from regstatus.store.bucket.head import BAD_FORM, Head, head_name, head_of, number_of, object_name
from regstatus.store.bucket.objects import Bucket
from regstatus.store.proof import file_error, unpacked
from regstatus.store.reader import Index, Store, note_write

NOTHING_YET = "no snapshots here; run `regstatus update` to make some"

LOOK_EVERY = 5.0
"""Seconds for which a process assumes that no newer head has come."""
AGAIN_AFTER = 60.0
"""Seconds until a bucket that could not be asked is asked again, so that not every answer waits."""

_looked: dict[str, tuple[float, float, str | None]] = {}
"""By address: when it was asked, for how many seconds that holds, and why it could not be."""


class NotWhole(SnapshotError):  # noqa: N818  (reads as the fact it states)
    """Raised where an object is missing or damaged, though the bucket answers."""


class RemoteStore(Store):
    """The store of a bucket, read through a folder that mirrors it.

    Each method raises a `SnapshotError` where the bucket cannot be asked, or what it asks for is
    missing or damaged; the text names the object.

    The arguments are those of `Bucket`; `path` is the mirror, which never holds what is not
    published.
    """

    def __init__(self, url: str, *, patient: bool = True) -> None:
        self.bucket = Bucket(url, patient=patient)
        self.url = self.bucket.url
        super().__init__(mirror_of(self.url))

    def pull(self) -> Head | None:
        """Bring what the newest head names and is not here yet; None where nothing is published.

        Raises:
            SnapshotError: If the newest head is older than one that this machine has seen.
        """
        busy = SnapshotError(f"{self.path}: another process has long been filling it")
        lock = Path(self.path, ".mirror.lock")
        with locked(lock, busy, patience=60), writable(lock.parent):
            name, tag = self._newest()
            number, (seen, seen_tag) = number_of(name), self._mark()
            if older := self._older(seen, number):
                raise SnapshotError(older)
            if not name:
                return None
            head = seen if seen is not None and seen.number == number else self.head(number)
            if head is seen and tag != seen_tag:
                raise SnapshotError(
                    f"{self.url}/{name}: is another than this machine has seen: it was replaced"
                )
            self._bring_state(head)
            if head is not seen:
                mark = {"number": number, "e_tag": tag, "head": head.data.decode()}
                put(Path(self.path, "mirror.json"), pretty(mark))
            _looked[self.url] = (time(), LOOK_EVERY, None)
            return head

    def head(self, number: int) -> Head:
        """One head, read."""
        name = head_name(number)
        data = self.bucket.get(name)
        if data is None:
            raise SnapshotError(f"{self.url}/{name}: missing")
        return head_of(self.url, name, data)

    def object(self, sha: str) -> bytes:
        """The bytes of a digest, proven by it."""
        where = f"{self.url}/{object_name(sha)}"
        packed = self.bucket.get(object_name(sha))
        if packed is None:
            raise NotWhole(f"{where}: missing")
        try:
            return unpacked(packed, where, sha)
        except SnapshotError as error:
            raise NotWhole(str(error)) from None

    def bring(self, sha: str, path: Path) -> Path:
        """Have the bytes of a digest at a path: brought if they are not there, or not whole."""
        if not _is(path, sha):
            put(path, self.object(sha))
        return path

    def at(self, name: str) -> str:
        """The file of a version in the mirror; see `bring`."""
        version, _, file = name.partition("/")
        path = Path(self._at(name))
        sha = next(self.find(version)).get("files", {}).get(file)
        try:
            return str(path if sha is None else self.bring(sha, path))
        except OSError as error:
            raise file_error(error, path) from None
        except SnapshotError as error:
            raise SnapshotError(f"{path}: {error}") from None

    def _bring_state(self, head: Head) -> None:
        """Bring the newest records, the index and the ledger, in the order in which a writer writes.

        So the mirror can answer alone, and its clocks are never newer than its records.
        """
        for name in ("index.json", "ledger.json"):
            sha, path = head.files.get(name), Path(self.path, name)
            if sha is None or _is(path, sha):
                continue
            data = self.object(sha)
            if name == "index.json":
                self._bring_newest(data)
            put(path, data)
            self._index = None
            note_write()

    def _bring_newest(self, index: bytes) -> None:
        try:
            entries = Index(index, self.path)
            entry = next(entries.before(entries.end))
        except (SnapshotError, StopIteration):
            return  # reading the index reports what is wrong with it
        with suppress(NotWhole):  # loading it reports so, and uses the version before
            self.bring(entry["digest"], Path(self._at(f"{entry['id']}/snapshot.json")))

    def _newest(self) -> tuple[str, str]:
        """Name and ETag of the newest head; empty where there is none."""
        return next(self.bucket.names("heads"), ("", ""))

    def _mark(self) -> tuple[Head | None, str]:
        """The newest head that this machine has seen, and its ETag; a damaged note of it is none."""
        try:
            mark = json.loads(Path(self.path, "mirror.json").read_bytes())
            name, tag = head_name(mark["number"]), str(mark["e_tag"])
            return head_of(self.url, name, mark["head"].encode()), tag
        except (SnapshotError, OSError, *BAD_FORM):
            return None, ""

    def rolled_back(self) -> str | None:
        """Why the bucket is older than what this machine has seen of it, or None."""
        return self._older(self._mark()[0], number_of(self._newest()[0]))

    def _older(self, seen: Head | None, found: int) -> str | None:
        if seen is None or found >= seen.number:
            return None
        what = f"head {found}" if found else "no head"
        return (
            f"{self.url}: its newest is {what}, and this machine has seen head {seen.number}: "
            f"it was rolled back. Restore what is missing, or, if it is meant, remove {self.path}"
        )


def open_remote(url: str) -> RemoteStore:
    """The store of a bucket, brought up to date; or, where it cannot be asked, as it was last seen.

    Raises:
        SnapshotError: If nothing is published there, or it cannot be asked and this machine has
            never seen it.
    """
    store = RemoteStore(url, patient=False)
    seen = store.exists()
    at, span, fault = _looked.get(store.url, (0.0, 0.0, None))
    if not (seen and is_recent(at, time(), span)):
        fault = None
        try:
            found = store.pull()
        except SnapshotError as error:
            if not seen or "no such bucket" in str(error):
                raise
            fault = f"{error}; what this machine saw last answers"
            _looked[store.url] = (time(), AGAIN_AFTER, fault)
        else:
            if found is None or not store.exists():
                raise SnapshotError(f"{store.url}: {NOTHING_YET}")
    if fault:
        store.faults.append(fault)
    return store


def mirror_of(url: str) -> str:
    """The folder of the mirror of an address; the same name at another server is another one."""
    base = os.environ.get("REGSTATUS_CACHE")
    if not base:
        from platformdirs import user_cache_dir

        base = user_cache_dir("regstatus", appauthor=False)
    server = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or ""
    mark = sha256(f"{server} {url.rstrip('/')}".encode()).hexdigest()[:24]
    return str(Path(base, mark))


def _is(path: Path, sha: str) -> bool:
    with suppress(OSError):
        return digest(path.read_bytes()) == sha
    return False
