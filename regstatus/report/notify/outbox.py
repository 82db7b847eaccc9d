"""The outbox: what each target has been told, and what is still to be delivered.

One small file beside the snapshots. Messages enter it in the same write that
moves the mark of what was looked at, and leave it when the other side has taken
them: a kill at any moment loses nothing, and at worst sends one message again,
under the same id.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regstatus.base.errors import LaterFormat, Locked, SnapshotError
from regstatus.model.canonical import OUTBOX_FORMAT
from regstatus.store.atomic import locked, put, sealed
from regstatus.store.proof import read_sealed

if TYPE_CHECKING:
    from regstatus.model.shapes import NotificationData

KEPT = 100
"""Messages kept for one target that takes none; beyond that the oldest are given up, and told."""

_FILE = Path("notify", "outbox.json")
_PATIENCE = 10


@dataclass(slots=True)
class Mark:
    """How far a target has been told.

    Attributes:
        seen: Name of the last report that was looked at.
        state: State of the runs when it was last told: `complete`, `held` or `failed`.
        early: Events told while nothing could be published, as digests: they come again with
            every run until one is complete, and are news but once.
    """

    seen: str = ""
    state: str = "complete"
    early: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Pending:
    """A message that is still to be delivered; the `id` of its body never changes."""

    target: str
    body: NotificationData
    attempts: int = 0
    """Runs that tried."""
    problem: str | None = None
    """Why the last one failed."""


@dataclass(slots=True)
class Outbox:
    """The file of a folder of snapshots, read."""

    snapshots: Path
    marks: dict[str, Mark] = field(default_factory=dict)
    pending: list[Pending] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What happened to the file itself, in sentences; not saved."""

    def save(self) -> None:
        """Replace the file in one step."""
        data = {
            "format": OUTBOX_FORMAT,
            "targets": {name: asdict(mark) for name, mark in sorted(self.marks.items())},
            "pending": [asdict(item) for item in self.pending],
        }
        put(self.snapshots / _FILE, sealed(data))

    def add(self, item: Pending) -> None:
        """Put a message in; the oldest of a target that takes none must make room at last."""
        self.pending.append(item)
        own = [one for one in self.pending if one.target == item.target]
        for old in own[: max(0, len(own) - KEPT)]:
            self.pending.remove(old)
            self.notes.append(
                f"{old.target}: gave up “{old.body['title']}” after {old.attempts} attempts: "
                f"{KEPT} later messages wait for this target"
            )


@contextmanager
def outbox(snapshots: Path) -> Iterator[Outbox]:
    """Hold the outbox of a store.

    A damaged file is set aside, not overwritten: to tell nobody any more because a file is
    broken would be worse than to tell something twice.

    Raises:
        LaterFormat: If a later release wrote it; it stays as it is.
        Locked: If another process delivers from it.
        OSError, SnapshotError: If it cannot be read or written.
    """
    folder = (snapshots / _FILE).parent
    busy = Locked(f"{folder}: another process is delivering; what waits goes out later")
    with locked(folder / ".lock", busy, patience=_PATIENCE):
        yield _read(snapshots)


def _read(snapshots: Path) -> Outbox:
    file = snapshots / _FILE
    if not file.exists():
        return Outbox(snapshots)
    raw = file.read_bytes()
    try:
        data = read_sealed(raw, OUTBOX_FORMAT, str(file))
        return Outbox(
            snapshots,
            {name: Mark(**_known(Mark, entry)) for name, entry in data["targets"].items()},
            [Pending(**_known(Pending, entry)) for entry in data["pending"]],
        )
    except (SnapshotError, TypeError, LookupError, AttributeError) as error:
        if isinstance(error, LaterFormat) and b'"seal"' in raw:  # without one no release wrote it
            raise
        aside = file.with_name("outbox.damaged.json")
        file.replace(aside)
        note = f"{file}: cannot be read ({error}); it was set aside as {aside.name}, and a new one begun"
        return Outbox(snapshots, notes=[note])


def _known(kind: type[Any], entry: dict[str, Any]) -> dict[str, Any]:
    """What this release knows of an entry; keys of a later one are left aside."""
    names = {item.name for item in fields(kind)}
    return {key: value for key, value in entry.items() if key in names}
