"""The official pages on which the answers rest, kept beside the versions.

A body is kept once, compressed, under its own digest, which is proven whenever it is read. The
captures of a run, in one file, say when, from where and for which document each body was had.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from regstatus.base.errors import SnapshotError
from regstatus.model.words import Outcome
from regstatus.store.atomic import packed, put, sweep, sync_all, sync_folder
from regstatus.store.capture import Capture, line_of, list_bytes, list_name, read_list
from regstatus.store.clocks import Clocks
from regstatus.store.ledger import stamp
from regstatus.store.proof import content, hexdigest, is_digest, unpacked


class Pruned(NamedTuple):
    """What was dropped, or would be, and its size in bytes; nothing names the bodies any more."""

    captures: tuple[Capture, ...]
    bodies: tuple[Path, ...]
    size: int


class Evidence:
    """The archive in the folder of a store, made there when something is kept.

    Only the holder of the store's lock may keep, prune or sweep; keep, from several threads at once.
    """

    def __init__(self, store: Path) -> None:
        self.path = store / "evidence"
        self._named: set[Path] = set()
        self._kept: list[tuple[str, tuple[datetime, str, str]]] = []

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
        """Keep the body of a page, and its capture with the next `flush`.

        A body that is there and sound is not written again; a damaged one is mended
        by it. For an `unchanged` answer there is no body, and it stays as it was.

        Raises:
            OSError: If it cannot be written.
        """
        if capture.outcome is Outcome.OK and self.fault(capture.sha256):
            assert hexdigest(body) == capture.sha256
            self._put(self.body_file(capture.sha256), packed(body))
        self._kept.append((list_name(capture.run), line_of(capture)))

    def flush(self) -> None:
        """Write the captures of what was kept, and wait until the disk has it all.

        No answer may rest on it before. The bodies themselves are safe already; waiting for names
        once, at the end, is much faster.

        Raises:
            OSError: If they cannot be written; then nothing of it counts as kept.
        """
        kept, self._kept = self._kept, []
        for name in sorted({name for name, _ in kept}):
            file = self._captures / name
            before = map(
                line_of, read_list(file)
            )  # of a run that was killed, and had the same time
            lines = {*before, *(line for of, line in kept if of == name)}
            self._put(file, packed(list_bytes(lines)))
        sync_all(sync_folder, self._named)
        self._named.clear()

    def captures(self, key: str | None = None) -> tuple[list[Capture], list[str]]:
        """The captures of one document, or of all, oldest first; then one line for each damaged file."""
        lists, faults = self._lists(key)
        return _in_order(lists), faults

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
            f"{self._captures}: no capture of {key} of {when}, and a later one or the ledger names it"
            for key, when in sorted(wanted - there)
        )
        sent = {(c.key, c.sha256) for c in captures if c.outcome is Outcome.OK}
        faults.extend(
            f"{self._captures}: no capture of {key} was sent with {digest}, which a host "
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
        lists, damaged = self._lists()
        captures = _in_order(lists)
        keep = _to_keep(captures, before, set(cited))
        left = {file: [one for one in found if one in keep] for file, found in lists.items()}
        # A list is written anew without what is dropped, and goes with its last capture.
        new = {
            file: packed(list_bytes(map(line_of, some))) if some else b""
            for file, some in left.items()
            if len(some) < len(lists[file])
        }
        named = {capture.sha256 for capture in keep} | set(cited)
        bodies = () if damaged else tuple(f for f in self._bodies() if f.stem not in named)
        size = sum(file.stat().st_size for file in (*new, *bodies)) - sum(map(len, new.values()))
        if not dry_run:
            # Captures first: a body without a capture is only waste, the reverse is a gap.
            for file, data in new.items():
                if data:
                    put(file, data, beside=self.path)
            for file in (*(file for file, data in new.items() if not data), *bodies):
                file.unlink(missing_ok=True)
        return Pruned(tuple(one for one in captures if one not in keep), bodies, size)

    def sweep(self) -> None:
        """Remove the parts of files that a killed run left behind."""
        sweep(self.path)

    def _bodies(self) -> list[Path]:
        return sorted(self.path.glob("[0-9a-f][0-9a-f]/*.gz"))

    @property
    def _captures(self) -> Path:
        return self.path / "captures"

    def _lists(self, key: str | None = None) -> tuple[dict[Path, list[Capture]], list[str]]:
        """What each file of captures holds, by its path, and one line for each that is damaged."""
        found: dict[Path, list[Capture]] = {}
        faults = []
        for file in sorted(self._captures.glob("*.gz")):
            try:
                found[file] = read_list(file, key)
            except SnapshotError as error:
                faults.append(str(error))
        return found, faults

    def _put(self, file: Path, data: bytes) -> None:
        if not file.parent.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            # The name of a new folder must be as safe as the file in it.
            self._named.update((file.parent.parent, self.path, self.path.parent))
        put(file, data, beside=self.path, named=False)
        self._named.add(file.parent)


def _in_order(lists: Mapping[Path, list[Capture]]) -> list[Capture]:
    every = (one for found in lists.values() for one in found)
    return sorted(every, key=lambda one: (one.run, one.fetched_at, one.key))


def _to_keep(captures: list[Capture], before: datetime, cited: set[str]) -> set[Capture]:
    # They come oldest first, so that the newest stays.
    newest = {(capture.key, capture.outcome): capture for capture in captures}
    sent = {(c.key, c.sha256): c for c in captures if c.outcome is Outcome.OK}
    keep = {capture for capture in captures if capture.fetched_at >= before}
    keep |= {*newest.values(), *(one for one in sent.values() if one.sha256 in cited)}
    # What is vouched for must be there: the sending that an «unchanged» speaks of.
    vouched = {(capture.key, capture.sha256) for capture in keep}
    return keep | {capture for key, capture in sent.items() if key in vouched}
