"""Edition: one version of the data at one moment, from which every page and answer is made."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regstatus.base.errors import SnapshotError
from regstatus.catalog.places import Jurisdiction, Registry
from regstatus.decide.freshness import moment
from regstatus.decide.layer import turns
from regstatus.query.dataset import Dataset
from regstatus.query.lists import View
from regstatus.query.lookup import answer, shorten
from regstatus.store.clocks import read_ledger
from regstatus.store.reader import Snapshot, Store

if TYPE_CHECKING:
    from regstatus.model.shapes import (
        AnswerData,
        DocumentItemData,
        EventData,
        ShortAnswerData,
        StaleItemData,
        UpcomingItemData,
        VersionItemData,
    )

__all__ = ["Edition"]


class Edition(View):
    """A snapshot, its clocks and a moment.

    Everything in it follows from these: two editions of the same files and hour
    render the same, byte for byte.

    Args:
        store: The folder of versions.
        snapshot: The version that answers.
        now: The present moment, UTC. It is cut to the hour, or taken from the newest
            clock of the ledger if that is later: ages are in days, and a page that
            changed with every second could not be cached.

    Attributes:
        store: As given.
        snapshot: As given.
        moment: The moment for which freshness is judged, UTC.
        on: The day of law time that is meant where none is named: the moment's, UTC.
        runs: The last runs of the pipeline, oldest first.
    """

    def __init__(self, store: Store, snapshot: Snapshot, now: datetime) -> None:
        self.snapshot, self.dataset = snapshot, Dataset(snapshot)
        super().__init__(store, lambda: self.dataset, now, everywhere=True)
        self.runs = _runs(store)
        self._today: dict[str, AnswerData] = {}
        hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        self.moment = max([hour, *(clock for clock in self._clocks() if clock <= now)])
        self.on: date = self.moment.date()

    @cached_property
    def places(self) -> tuple[Jurisdiction, ...]:
        """Every jurisdiction that can be asked for, in the order of their ids."""
        return tuple(sorted(self.dataset.jurisdictions(), key=lambda place: place.id))

    @cached_property
    def modified(self) -> datetime:
        """When the facts or clocks last changed, UTC."""
        clocks = [clock for clock in self._clocks() if clock <= self.moment]
        return max([moment(self.snapshot.created), *clocks])

    def answer(
        self, name: str, *, on: date | None = None, substance: str | None = None
    ) -> AnswerData:
        """Answer one question; see `regstatus.lookup`.

        What is asked of the edition's own day is composed once: each place's page, its file and
        six lists show the same answer. It is shared, so nobody may change it.
        """
        if on is None and substance is None and name in self._today:
            return self._today[name]
        made = answer(self.snapshot, name, on=on, now=self.moment, substance=substance)
        found = made.to_dict()
        if on is None and substance is None and name == found["jurisdiction"]["id"]:
            self._today[name] = found
        return found

    def status(
        self, *, on: date | None = None, substance: str | None = None
    ) -> list[ShortAnswerData]:
        """The short answers for every place on earth, recorded or not, by id."""
        return [shorten(self.answer(p.id, on=on, substance=substance)) for p in self.places]

    @cached_property
    def answers(self) -> dict[str, AnswerData]:
        """The whole answers for the edition's own day, by id."""
        return {place.id: self.answer(place.id) for place in self.places}

    def coming(self, on: date | None = None) -> list[UpcomingItemData]:
        """Enacted changes still to come, as seen from a day."""
        return self.upcoming if on is None else super().coming(on)

    def unproven(self, *, due: bool = True) -> list[StaleItemData]:
        """Records that are stale, or due, and why."""
        return [item for item in self.stale if due or item["state"] == "stale"]

    def all_versions(self) -> list[VersionItemData]:
        """Every version up to this one."""
        return self.versions

    def all_documents(self) -> list[DocumentItemData]:
        """Every watched document with its clocks."""
        return self.documents

    @cached_property
    def upcoming(self) -> list[UpcomingItemData]:
        """Enacted changes still to come, nearest first."""
        return super().coming(self.on)

    @cached_property
    def stale(self) -> list[StaleItemData]:
        """Records that are due or stale, and why."""
        return super().unproven()

    @cached_property
    def documents(self) -> list[DocumentItemData]:
        """Every watched document with its clocks."""
        return super().all_documents()

    @cached_property
    def versions(self) -> list[VersionItemData]:
        """Every version up to this one, oldest first."""
        found = []
        for entry in super().all_versions():
            found.append(entry)
            if entry["id"] == self.snapshot.version:
                break
        return found

    def events(self, since: str | None = None) -> list[EventData]:
        """Every event after a version or day, oldest first; none where their files are spoilt."""
        known = {entry["id"] for entry in self.versions}
        return [item for item in super().events(since) if item["version"] in known]

    @cached_property
    def all_events(self) -> list[EventData]:
        """Every event, oldest first. A spoilt file of changes must not take the pages with it."""
        try:
            return self.events()
        except SnapshotError:
            return []

    def starts(self, key: str) -> list[str]:
        """Every day on which a place's own law or that above it may say something else; "" is always."""
        found = {""}
        for layer in (key, *(item.id for item in Registry().ancestors(key))):
            if record := self.snapshot.get(layer):
                found |= turns(record)
        return sorted(found)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Each day on which any record may say something else, oldest first."""
        found = {day for record in self.snapshot.records() for day in turns(record)}
        return tuple(date.fromisoformat(day) for day in sorted(found))

    def version_before(self, when: datetime) -> str | None:
        """Id of the newest version that had been written by a moment, UTC; None if there was none."""
        ids = [entry["id"] for entry in self.versions if moment(entry["created"]) <= when]
        return ids[-1] if ids else None

    def _clocks(self) -> list[datetime]:
        """Times of the last fetches and runs, UTC."""
        texts = [clock.get("last_fetched") for clock in self.snapshot.ledger.values()]
        texts += [run.get("finished") for run in self.runs]
        return [moment(text) for text in texts if text]


def _runs(store: Store) -> list[dict[str, Any]]:
    try:
        return read_ledger(str(Path(store.path, "ledger.json"))).runs
    except (OSError, SnapshotError):
        return []
