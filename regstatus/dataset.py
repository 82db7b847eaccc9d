"""Dataset: an opened snapshot that answers many questions."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from time import monotonic

from regstatus import _answers, _until
from regstatus.errors import UsageError
from regstatus.store.reader import Snapshot, open_store, writes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from regstatus.answer import Answer
    from regstatus.registry import Jurisdiction

__all__ = ["Dataset", "answered", "day_of", "opened"]


class Dataset:
    """A version of all records.

    Attributes:
        snapshot: The snapshot itself: version, digest, records.
    """

    __slots__ = ("snapshot",)

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    @property
    def version(self) -> str:
        """Id of the version."""
        return self.snapshot.version

    def lookup(
        self,
        place: str,
        *,
        on: date | str | None = None,
        substance: str | None = None,
        now: datetime | None = None,
    ) -> Answer:
        """Answer one question; see `regstatus.lookup`."""
        from regstatus.ask import answer

        moment = now or datetime.now(UTC)
        return answer(self.snapshot, place, on=day_of(on, moment), now=moment, substance=substance)

    def answers(
        self,
        *,
        on: date | str | None = None,
        substance: str | None = None,
        now: datetime | None = None,
        everywhere: bool = False,
    ) -> Iterator[Answer]:
        """Answer for every jurisdiction that has a record, in the order of their ids.

        Args:
            on: The day of law time; today (UTC) if left out.
            substance: One of the four; the leaf if left out.
            now: The present moment, UTC.
            everywhere: Also answer for the places that have none: `unknown`, and why.
        """
        from regstatus.ask import answer

        moment = now or datetime.now(UTC)
        day = day_of(on, moment)
        ids = set(self.snapshot.ids)
        if everywhere:
            ids.update(place.id for place in self.jurisdictions())
        for key in sorted(ids):
            yield answer(self.snapshot, key, on=day, now=moment, substance=substance)

    def jurisdictions(self) -> Iterator[Jurisdiction]:
        """Yield every jurisdiction that can be asked for."""
        from regstatus import registry

        yield from registry.all_jurisdictions()
        for locality in self.snapshot.localities():
            yield registry.resolve(locality["id"], extra=[locality])


def day_of(value: date | str | None, now: datetime) -> date:
    """Read a day of law time; today (UTC) if none is given.

    Raises:
        UsageError: If it is no day of the calendar.
    """
    if value is None:
        return now.astimezone(UTC).date()
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        # The library also takes 20261122 and 2026-W47-7; one spelling is enough.
        return date(*(int(part) for part in value.split("-", 2)))
    except (ValueError, TypeError):
        raise UsageError(f"{value!r} is not a day; write it as 2026-11-22") from None


_opened: dict[tuple[Any, ...], Dataset] = {}


def opened(path: str | None, known: str | None) -> Dataset:
    """Open a store once for each state of its files, so that repeated questions are cheap."""
    store = open_store(path)
    newest = 0.0
    for name in ("index.json", "ledger.json"):
        try:
            newest = max(newest, os.stat(os.path.join(store.path, name)).st_mtime)
        except OSError:
            continue
    key = (store.path, known, newest, writes[0], *store.faults)
    found = _opened.get(key)
    if found is None:
        _opened.clear()
        found = _opened[key] = Dataset(store.load(known))
    return found


_LOOK_EVERY = 1.0
"""Seconds for which files and clock are taken as they were: a look at them costs many answers."""

_REMEMBERED = 20_000

_state: tuple[Any, ...] = ()


def answered(
    place: str,
    on: date | str | None,
    known: date | str | None,
    substance: str | None,
    snapshots: str | None,
    now: datetime | None,
) -> Answer:
    """Answer one question of `regstatus.lookup`, from memory where it was just asked.

    An answer is remembered for as long as the files stay the same, within the
    minute: its freshness is that of the minute's clock. What this process writes
    counts at once; what another one writes, or a new environment, within a second.
    """
    if now is not None:
        dataset = opened(snapshots, None if known is None else str(known))
        return dataset.lookup(place, on=on, substance=substance, now=now)
    key = (place, on, known, substance, snapshots)
    if monotonic() >= _until[0]:
        _look(snapshots, known)
    found = _answers.get(key)
    if found is None:
        dataset = opened(snapshots, None if known is None else str(known))
        found = dataset.lookup(place, on=on, substance=substance)
        if len(_answers) >= _REMEMBERED:
            _answers.clear()
        _answers[key] = found
    return found


def _look(snapshots: str | None, known: date | str | None) -> None:
    """Forget all answers if the files that this question needs, or the minute, are new."""
    global _state
    dataset = opened(snapshots, None if known is None else str(known))
    state = (dataset, snapshots, known, datetime.now(UTC).replace(second=0, microsecond=0))
    if state != _state:
        _answers.clear()
    _state, _until[0] = state, monotonic() + _LOOK_EVERY
