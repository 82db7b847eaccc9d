"""Dataset: an opened snapshot that answers many questions."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from time import time

from regstatus.base.days import day_of, known_as, read_moment
from regstatus.store import open_store
from regstatus.store.reader import Snapshot, until, writes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from os import PathLike
    from typing import Any

    from regstatus.catalog.places import Jurisdiction
    from regstatus.query.answer import Answer


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
        from regstatus.query.lookup import answer

        moment = datetime.now(UTC) if now is None else read_moment(now)
        return answer(self.snapshot, place, on=day_of(on), now=moment, substance=substance)

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
            on: As for `regstatus.lookup`.
            substance: One of the four; the leaf if left out.
            now: The present moment, UTC.
            everywhere: Also answer for the places that have none: `unknown`, and why.
        """
        moment = datetime.now(UTC) if now is None else now
        ids = set(self.snapshot.ids)
        if everywhere:
            ids.update(place.id for place in self.jurisdictions())
        for key in sorted(ids):
            yield self.lookup(key, on=on, substance=substance, now=moment)

    def jurisdictions(self) -> Iterator[Jurisdiction]:
        """Yield every jurisdiction that can be asked for, in the order of their ids."""
        from regstatus.catalog.places import Registry

        yield from Registry(self.snapshot.localities()).all()


_opened: dict[tuple[Any, ...], Dataset] = {}


def opened(path: str | PathLike[str] | None, known: str | None) -> Dataset:
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
answers: dict[tuple[object, ...], Answer] = {}
"""By place, day, record time, substance and folder: those that were just given."""

_state: tuple[Any, ...] = ()


def answered(
    place: str,
    on: date | str | None,
    known: date | str | None,
    substance: str | None,
    snapshots: str | PathLike[str] | None,
    now: datetime | None,
) -> Answer:
    """Answer one question of `regstatus.lookup`, from memory where it was just asked.

    An answer is remembered for as long as the files stay the same, within the
    minute: its freshness is that of the minute's clock. What this process writes
    counts at once; what another one writes, or a new environment, within a second.
    """
    version = known_as(known)
    if now is not None:
        return opened(snapshots, version).lookup(place, on=on, substance=substance, now=now)
    # Read once: a clock that a test has stopped may not stand still for every caller.
    at = time()
    if not until[1] < at < until[0]:
        _look(snapshots, version, at)
    # Two times of one moment in two zones are equal, and may be two days: kept by the day alone.
    key = (place, day_of(on), version, substance, snapshots)
    try:
        found = answers.get(key)
    except TypeError:  # a list is no place: that is said where places are read
        found = None
    if found is None:
        moment = datetime.fromtimestamp(at, UTC)
        found = opened(snapshots, version).lookup(place, on=on, substance=substance, now=moment)
        if len(answers) >= _REMEMBERED:
            answers.clear()
        answers[key] = found
    if not isinstance(on, datetime) and not isinstance(known, datetime):
        answers[place, on, known, substance, snapshots] = found
    return found


def _look(snapshots: str | PathLike[str] | None, known: str | None, at: float) -> None:
    """Forget all answers if the files that this question needs, or the minute, are new."""
    global _state
    dataset = opened(snapshots, known)
    minute = at // 60
    state = (dataset, snapshots, known, minute)
    if state != _state:
        answers.clear()
    _state, until[:] = state, (min(at + _LOOK_EVERY, (minute + 1) * 60), at)
