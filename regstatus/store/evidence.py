"""The official pages on which the answers rest, kept beside the versions.

A body is kept once, compressed, under its own digest; each capture of it is one
small file that says when, from where and for which document it was had. The
digest is proven whenever a body is read.
"""

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from regstatus.base.errors import SnapshotError
from regstatus.model.canonical import canonical
from regstatus.model.words import Outcome
from regstatus.store.atomic import file_name, packed, put, sealed, sweep, sync_all, sync_folder
from regstatus.store.capture import PACK, Capture, capture_name, read_captures
from regstatus.store.clocks import Clocks
from regstatus.store.ledger import stamp
from regstatus.store.proof import content, hexdigest, is_digest, unpacked

LOOSE = 12
"""Most captures of a document in files of their own; when there are more, all go into its pack."""


class Pruned(NamedTuple):
    """Files that were dropped, or would be, and their size in bytes; nothing names the bodies any more."""

    captures: tuple[Path, ...]
    bodies: tuple[Path, ...]
    size: int


class Evidence:
    """The archive in the folder of a store, made there when something is kept.

    Only the holder of the store's lock may keep, prune or sweep; keep, from several threads at once.
    """

    def __init__(self, store: Path) -> None:
        self.path = store / "evidence"
        self._named: set[Path] = set()

    def body_file(self, digest: str) -> Path:
        """Where the body of a digest lies, or would; nothing else may become part of a path."""
        if not is_digest(digest):
            raise SnapshotError(f"{digest[:80]!r} is no SHA-256 digest")
        return self.path / digest[:2] / f"{digest}.gz"

    def holds(self, digest: str | None) -> bool:
        """Whether there is a body of that digest; it is not read."""
        return is_digest(digest) and self.body_file(digest).is_file()

    def body(self, digest: str) -> bytes:
        """A kept body, proven by its digest; a `SnapshotError` names the file if it is not whole."""
        file = self.body_file(digest)
        return unpacked(content(file), str(file), digest)

    def fault(self, digest: str) -> str | None:
        """Why a kept body cannot be shown, or None."""
        try:
            self.body(digest)
        except SnapshotError as error:
            return str(error)
        return None

    def keep(self, capture: Capture, body: bytes) -> None:
        """Keep a page: first its body, then the capture that names it.

        A body that is there and sound is not written again; a damaged one is mended
        by it. For an `unchanged` answer there is no body, and it stays as it was.

        Raises:
            OSError: If it cannot be written.
        """
        if capture.outcome is Outcome.OK and self.fault(capture.sha256):
            assert hexdigest(body) == capture.sha256
            self._put(self.body_file(capture.sha256), packed(body))
        self._put(self._file(capture), sealed(capture.to_json()))

    def captures(self, key: str | None = None) -> tuple[list[Capture], list[str]]:
        """The captures of one document, or of all, oldest first; then one line for each damaged file."""
        found: dict[tuple[str, datetime], Capture] = {}
        faults: list[str] = []
        for file in self._files(key):
            try:
                # A kill may have left one in the pack and in a file of its own.
                found.update({(one.key, one.fetched_at): one for one in read_captures(file)})
            except SnapshotError as error:
                faults.append(str(error))
        every = sorted(found.values(), key=lambda one: (one.run, one.fetched_at, one.key))
        return every, faults

    def verify(self, clocks: Clocks) -> list[str]:
        """Prove every body and every capture, and that what is named by another is there.

        Returns:
            One sentence for each fault, naming the file.
        """
        read = {(key, clock["last_ok"]) for key, clock in clocks.items() if clock.get("last_ok")}
        read |= set(clocks.kept.items())
        if not self.path.exists():
            gone = f"{self.path}: missing, and the ledger names pages that were kept there"
            return [gone] if read else []
        faults = [*filter(None, (self.fault(file.stem) for file in self._bodies()))]
        captures, damaged = self.captures()
        named = {capture.sha256: f"a capture of {capture.key}" for capture in captures}
        cited = (clock.get("sha256") for clock in clocks.values())
        named |= dict.fromkeys(filter(None, cited), "the ledger")
        missing = ((one, who) for one, who in sorted(named.items()) if not self.holds(one))
        faults += [f"{self.body_file(one)}: missing, and {who} names it" for one, who in missing]
        if damaged:
            return faults + damaged
        there = {(capture.key, stamp(capture.fetched_at)) for capture in captures}
        before = {(c.key, stamp(c.before)) for c in captures if c.before}
        # The one that the ledger names is the newest, which is never dropped.
        wanted = {(key, when) for key, when in before if when >= (clocks.pruned or "")} | read
        faults.extend(
            f"{self._captures(key)}: no capture of {when}, and a later one or the ledger names it"
            for key, when in sorted(wanted - there)
        )
        sent = {(c.key, c.sha256) for c in captures if c.outcome is Outcome.OK}
        faults.extend(
            f"{self._captures(key)}: none of its captures was sent with {digest}, which a host "
            "vouched for later"
            for key, digest in sorted({(c.key, c.sha256) for c in captures} - sent)
        )
        return faults

    def prune(self, before: datetime, cited: Collection[str], *, dry_run: bool = False) -> Pruned:
        """Drop captures older than a moment (UTC), then the bodies that nothing names any more.

        Never dropped: the newest capture of each document, what the ledger cites, and the bodies of
        both. Where a capture cannot be read no body is dropped: it may be the one that it names.
        With `dry_run` nothing is dropped at all.
        """
        captures, damaged = self.captures()
        keep = _to_keep(captures, before, set(cited))
        dropped = [capture for capture in captures if capture not in keep]
        files = tuple(self._file(capture) for capture in dropped)
        packs = {file.parent for file in files if not file.exists()}
        named = {capture.sha256 for capture in keep} | set(cited)
        bodies = () if damaged else tuple(f for f in self._bodies() if f.stem not in named)
        loose = [file for file in files if file.exists()]
        size = sum(file.stat().st_size for file in (*loose, *bodies))
        if not dry_run:
            # Captures first: a body without a capture is only waste, the reverse is a gap.
            for folder in packs:
                self._pack(folder, set(dropped))
            for file in (*loose, *bodies):
                file.unlink(missing_ok=True)
        return Pruned(files, bodies, size)

    def sweep(self) -> None:
        """Remove the parts of files that a killed run left behind, and pack what has become many."""
        sweep(self.path)
        for folder in self.path.glob("captures/*"):
            if len(list(folder.glob("*.json"))) > LOOSE:
                with suppress(OSError):  # a full disk keeps them as they are
                    self._pack(folder)

    def _pack(self, folder: Path, dropped: Collection[Capture] = ()) -> None:
        """Put the captures of a document into one compressed file, a line each, oldest first.

        Small files take a whole block of the disk each, forty times what stands in them in a
        year. What cannot be read stays as it is. A kill leaves some of them twice.
        """
        lines: dict[str, None] = {}
        gone: list[Path] = []
        for file in sorted(folder.iterdir(), key=lambda file: (file.name != PACK, file.name)):
            try:
                if file.name == PACK and not dropped:
                    # Proven by its seal alone: to read each capture anew takes longer every year.
                    found = unpacked(content(file), str(file)).decode().splitlines()
                else:
                    kept = (one for one in read_captures(file) if one not in dropped)
                    found = [canonical(one.to_json()) for one in kept]
            except SnapshotError:
                if file.name == PACK:
                    return
                continue
            lines.update(dict.fromkeys(found))
            if file.name != PACK:
                gone.append(file)
        put(
            folder / PACK, packed("".join(f"{line}\n" for line in lines).encode()), beside=self.path
        )
        for file in gone:
            file.unlink()

    def _bodies(self) -> list[Path]:
        return sorted(self.path.glob("[0-9a-f][0-9a-f]/*.gz"))

    def _captures(self, key: str) -> Path:
        return self.path / "captures" / file_name(key)

    def _file(self, capture: Capture) -> Path:
        return self.path / "captures" / capture_name(capture)

    def _files(self, key: str | None) -> Iterator[Path]:
        folder = self._captures(key) if key else self.path / "captures"
        # In this order: what a run packs meanwhile is met in the pack.
        for name in ("*.json", PACK):
            yield from sorted(folder.glob(name if key else f"*/{name}"))

    def _put(self, file: Path, data: bytes) -> None:
        if not file.parent.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            # The name of a new folder must be as safe as the file in it.
            self._named.update((file.parent.parent, self.path, self.path.parent))
        put(file, data, beside=self.path, named=False)
        self._named.add(file.parent)

    def flush(self) -> None:
        """Wait until the disk has the names of all that was kept: before an answer rests on it.

        The files themselves are safe already; waiting for names once, at the end, is much faster.
        """
        sync_all(sync_folder, self._named)
        self._named.clear()


def _to_keep(captures: list[Capture], before: datetime, cited: set[str]) -> set[Capture]:
    # They come oldest first, so that the newest stays.
    newest = {(capture.key, capture.outcome): capture for capture in captures}
    sent = {(c.key, c.sha256): c for c in captures if c.outcome is Outcome.OK}
    keep = {capture for capture in captures if capture.fetched_at >= before}
    keep |= {*newest.values(), *(one for one in sent.values() if one.sha256 in cited)}
    # What is vouched for must be there: the sending that an «unchanged» speaks of.
    vouched = {(capture.key, capture.sha256) for capture in keep}
    return keep | {capture for key, capture in sent.items() if key in vouched}
