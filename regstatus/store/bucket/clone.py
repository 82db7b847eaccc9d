"""All of a store in a bucket at once: copied to a folder, verified, and its kept pages."""

from contextlib import suppress
from pathlib import Path

from regstatus.base.errors import SnapshotError
from regstatus.model.canonical import digest
from regstatus.store.atomic import packed, put
from regstatus.store.bucket.bucket_run import files_of, in_parallel, texts_of
from regstatus.store.bucket.head import BAD_FORM, Head, head_name, object_name
from regstatus.store.bucket.mirror import NOTHING_YET, RemoteStore
from regstatus.store.capture import Capture, list_name
from regstatus.store.evidence import Evidence
from regstatus.store.verify import verify


def clone_store(url: str, folder: Path, *, evidence_only: bool = False) -> list[str]:
    """Copy the store of a bucket into a folder, which is then a store like any other.

    Args:
        url: `s3://bucket/prefix`.
        folder: An empty folder; with `evidence_only` also one of an earlier copy.
        evidence_only: Leave out all versions but the newest, and the reports.

    Returns:
        One sentence for each object that is missing or damaged, and for each break of the chain.

    Raises:
        SnapshotError: If the bucket cannot be asked, or nothing is published there.
    """
    store = RemoteStore(url)
    faults: list[str] = []
    wanted: dict[str, str] = {}
    heads = _chain(store, faults)
    for head in heads:
        for name, sha in head.added.items():
            if name == "captures":
                _captures(store, folder, sha, wanted, faults)
            elif not evidence_only:
                wanted[name] = sha
    try:
        for head in heads[-1:]:
            wanted.update(files_of(store, head, newest=evidence_only))
    except SnapshotError as error:
        faults.append(str(error))

    def proven(sha: str, name: str = "") -> bytes | None:
        try:
            return store.object(sha)
        except SnapshotError as error:
            faults.append(f"{error} ({name})" if name else str(error))
            return None

    def bring(item: tuple[str, str]) -> None:
        name, sha = item
        file = folder.joinpath(*name.split("/"))
        page = name.startswith("evidence/")
        if evidence_only and page and file.exists():
            return  # named by its digest, which is checked when it is read
        if (data := proven(sha, name)) is not None:
            put(file, packed(data) if page else data)

    in_parallel(bring, wanted.items())
    if not evidence_only:
        in_parallel(proven, _past(store, heads[:-1]) - {*wanted.values()})
    return sorted(faults)


def _past(store: RemoteStore, heads: list[Head]) -> set[str]:
    """Digests of the indexes, ledgers and texts of earlier heads: no answer rests on them any more."""
    found = {sha for head in heads for sha in head.files.values()}
    for head in heads:
        with suppress(SnapshotError):  # a list that is damaged is among them, and named
            found.update(texts_of(store, head.files.get("texts")).values())
    return found


class RemoteEvidence(Evidence):
    """The kept pages of a bucket, each brought into the mirror when it is asked for."""

    def __init__(self, store: RemoteStore) -> None:
        super().__init__(Path(store.path))
        self._remote = store

    def holds(self, digest: str | None) -> bool:
        """Whether there is a body of that digest; it is brought."""
        if digest is not None and not super().holds(digest):
            with suppress(SnapshotError):
                put(self.body_file(digest), packed(self._remote.object(digest)))
        return super().holds(digest)


def verify_remote(url: str, folder: Path) -> list[str]:
    """Prove every object that any head names, the chain of heads, and the store that they make.

    The folder is empty, for a copy of all of it.
    """
    faults = clone_store(url, folder)
    if older := RemoteStore(url).rolled_back():
        faults.append(older)
    return faults or [line.replace(str(folder), url) for line in verify(folder)]


def _chain(store: RemoteStore, faults: list[str]) -> list[Head]:
    """Every head, oldest first; what breaks the chain is named."""
    names = [name for name, _ in store.bucket.names("heads")]
    if not names:
        raise SnapshotError(f"{store.url}: {NOTHING_YET}")
    heads: list[Head] = []
    before: str | None = None
    for number, name in enumerate(reversed(names), 1):
        try:
            head = store.head(number)
        except SnapshotError as error:
            faults.append(str(error))
            before = None
            continue
        if name != head_name(number) or (heads and head.before != before):
            faults.append(f"{store.url}/{name}: does not follow the head before it")
        before = digest(head.data)
        heads.append(head)
    return heads


def _captures(
    store: RemoteStore, folder: Path, sha: str, wanted: dict[str, str], faults: list[str]
) -> None:
    try:
        data = store.object(sha)
        captures = list(map(Capture.from_json, data.splitlines()))
        for body in (one.sha256 for one in captures):
            wanted[f"evidence/{body[:2]}/{body}.gz"] = body
        put(folder / "evidence" / "captures" / list_name(captures[0].run), packed(data))
    except SnapshotError as error:
        faults.append(f"{error} (captures)")
    except BAD_FORM as error:
        faults.append(f"{store.url}/{object_name(sha)}: no list of captures: {error}")
