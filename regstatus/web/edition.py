"""Edition: one version of the data at one moment, from which every page and answer is made."""

from __future__ import annotations

from asyncio import sleep
from bisect import bisect_right
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from regstatus.base.errors import SnapshotError
from regstatus.catalog.places import Jurisdiction
from regstatus.decide.days_of_law import law_days, turns
from regstatus.decide.freshness import moment
from regstatus.model.law import SUBSTANCES, Status
from regstatus.query.dataset import Dataset
from regstatus.query.headline import inside
from regstatus.query.lists import View, shorten, versions
from regstatus.query.lookup import answer, below, stricter_within, version
from regstatus.store.clocks import read_ledger
from regstatus.store.reader import Snapshot, Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regstatus.model import shapes


_Item = TypeVar("_Item", bound="Sequence[Any]")


class Moment(NamedTuple):
    """What holds in a place from a day on, all layers together."""

    start: str
    """The first day, ISO format; empty for what reaches back beyond what was read."""
    statuses: dict[str, str]
    probably: dict[str, str | None]
    """What they probably are, where several accounts call them stricter."""
    moved: tuple[str, ...]
    """The substances that differ from the moment before."""
    future: bool
    """Whether the day is still to come: enacted, not in force."""
    latest: tuple[str, ...]
    """The substances of which this is only the first day that is known: it may be older."""
    terms: dict[str, Any]
    """The age of sale, the 7-OH limit, and for each substance the summary of the law that governs it."""


_Said = tuple[str, str | None]


class LawEvent(NamedTuple):
    """A day on which a place's own law moved what governs there, and how."""

    day: str
    """The first day, ISO format."""
    id: str
    name: str
    moves: dict[tuple[_Said, _Said], list[str]]
    """What moved how: the status before and from that day on, each with what it probably is, and whose."""
    citations: tuple[str, ...]
    summary: str


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
        moment: The moment for which freshness is judged, UTC.
        on: The day of law time that is meant where none is named: the moment's, UTC.
        runs: The last runs of the pipeline, oldest first.
    """

    def __init__(self, store: Store, snapshot: Snapshot, now: datetime) -> None:
        self.snapshot, self.runs = snapshot, _runs(store)
        texts = [clock.get("last_fetched") for clock in snapshot.ledger.values()]
        texts += [run.get("finished") for run in self.runs]
        self._clocks = [moment(text) for text in texts if text]
        hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        at = max([hour, *(clock for clock in self._clocks if clock <= now)])
        dataset = Dataset(snapshot)
        super().__init__(store, lambda: dataset, at, everywhere=True)
        self.on: date = at.date()
        self._today: dict[str, shapes.AnswerData] = {}
        self._courses: dict[str, list[Moment]] = {}
        self._listed: dict[tuple[date | None, str | None], list[shapes.ShortAnswerData]] = {}

    @cached_property
    def places(self) -> tuple[Jurisdiction, ...]:
        """Every jurisdiction that can be asked for, in the order of their ids."""
        return tuple(Dataset(self.snapshot).jurisdictions())

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each of these places by its id."""
        return {place.id: place.name for place in self.places}

    @cached_property
    def modified(self) -> datetime:
        """When the facts or clocks last changed, UTC."""
        clocks = [clock for clock in self._clocks if clock <= self.moment]
        return max([moment(self.snapshot.created), *clocks])

    def answer(
        self, name: str, *, on: date | None = None, substance: str | None = None
    ) -> shapes.AnswerData:
        """Answer one question; see `regstatus.lookup`.

        What is asked of the edition's own day is composed once: each place's page, its file and
        six lists show the same answer. It is shared, so nobody may change it.
        """
        today = on is None and substance is None
        if today and name in self._today:
            return self._today[name]
        made = answer(self.snapshot, name, on=on, now=self.moment, substance=substance)
        found = made.to_dict()
        if today and name in self.names:  # of places without a record there are too many
            self._today[name] = found
        return found

    def status(
        self, *, on: date | None = None, substance: str | None = None
    ) -> list[shapes.ShortAnswerData]:
        """The short answers for every place on earth, recorded or not, by id."""
        return self._listed.pop((on, substance), None) or [*self.each(on, substance)]

    def each(self, on: date | None, substance: str | None) -> Iterator[shapes.ShortAnswerData]:
        """The same, one after the other, for those who answer others in between."""
        for place in self.places:
            yield shorten(self.answer(place.id, on=on, substance=substance))

    async def gather(self, on: date | None, substance: str | None) -> None:
        """Make the list for another day ready; between two places others are answered."""
        listed = []
        for item in self.each(on, substance):
            listed.append(item)
            await sleep(0)
        self._listed = {(on, substance): listed}  # one alone: nobody may come for it

    @cached_property
    def answers(self) -> dict[str, shapes.AnswerData]:
        """The whole answers for the edition's own day, by id."""
        return {place.id: self.answer(place.id) for place in self.places}

    @cached_property
    def version(self) -> shapes.VersionData:
        """Which version this is, and what of all of it is not official or not by the project's files."""
        return version(self.snapshot, self.snapshot.ids)

    @cached_property
    def upcoming(self) -> list[shapes.UpcomingItemData]:
        """Enacted changes still to come, nearest first."""
        return super().coming(self.on)

    def coming(self, on: date | None = None) -> list[shapes.UpcomingItemData]:
        """Enacted changes still to come, as seen from a day."""
        return self.upcoming if on is None else super().coming(on)

    @cached_property
    def versions(self) -> list[shapes.VersionItemData]:
        """Every version up to this one, oldest first."""
        found = []
        for entry in versions(self.store):
            found.append(entry)
            if entry["id"] == self.snapshot.version:
                break
        return found

    def events(self, since: str | None = None) -> list[shapes.EventData]:
        """Every event after a version or day, oldest first; none where their files are spoilt."""
        known = {entry["id"] for entry in self.versions}
        return [item for item in super().events(since) if item["version"] in known]

    @cached_property
    def all_events(self) -> list[shapes.EventData]:
        """Every event, oldest first. A spoilt file of changes must not take the pages with it."""
        try:
            return self.events()
        except SnapshotError:
            return []

    def course(self, key: str) -> list[Moment]:
        """Each day on which the law of a place moves, its own or that above it, oldest first."""
        layers = [layer["id"] for layer in self.answer(key)["layers"]]
        key = layers[0]  # a place that leaves the answer to what lies above it moves with that
        if key not in self._courses:
            found: list[Moment] = []
            before: dict[str, tuple[str, str | None]] = {}
            terms: dict[str, Any] = {}
            records = [record for layer in layers if (record := self.snapshot.get(layer))]
            for start in sorted({""}.union(*map(turns, records))):
                day = date.fromisoformat(start) if start else date.min
                answer = self.answer(key, on=day)
                details = answer["details"]
                leans = {name: detail["probably"] for name, detail in details.items()}
                said = {name: (details[name]["status"], leans[name]) for name in SUBSTANCES}
                moved = tuple(name for name in SUBSTANCES if before.get(name) != said[name])
                old, terms = terms, _terms(answer)
                if moved or terms != old:
                    latest = tuple(name for name in moved if details[name]["since_at_latest"])
                    future = start > self.on.isoformat()
                    item = Moment(start, answer["substances"], leans, moved, future, latest, terms)
                    found.append(item)
                before = said
            if key not in self.names:
                return found
            self._courses[key] = found
        return self._courses[key]

    def spans(self, key: str, course: Sequence[Moment] | None = None) -> dict[str, list[list[str]]]:
        """For each substance its statuses in a place, each with its first day, oldest first.

        Behind it stands `at_latest`, or nothing, where that is only the first day that is known,
        and then what it probably is, where several accounts call it stricter.
        """
        found: dict[str, list[list[str]]] = {name: [] for name in SUBSTANCES}
        for item in course or self.course(key):
            for name in item.moved:
                more = ["at_latest" if name in item.latest else "", item.probably[name] or ""]
                more = more if more[1] else more[:1] if more[0] else []
                found[name].append([item.start, item.statuses[name], *more])
        return found

    def inside(self, key: str) -> dict[str, list[list[str]]]:
        """For each substance what is stricter inside a place, in words, from each day on."""
        found = {name: [["", ""]] for name in SUBSTANCES}
        ids = below(self.snapshot.ids, key)
        records = [record for record in map(self.snapshot.get, ids) if record]
        course = self.course(key) if records else []
        for start in sorted({item.start for item in course}.union(*map(turns, records))):
            day = date.fromisoformat(start) if start else date.min
            said = [item.statuses for item in course if item.start <= start][-1]
            places = stricter_within(self.snapshot, ids, day, said)
            for name in SUBSTANCES:
                if (words := inside(places, name)) != found[name][-1][1]:
                    found[name].append([start, words])
        return {name: spans for name, spans in found.items() if spans[1:]}

    @cached_property
    def law(self) -> list[LawEvent]:
        """What came into force where by a place's own law, up to today, the newest first.

        A day that is only the first one of which something is known is no day of the law.
        """
        found = []
        for record in self.snapshot.records():
            own, key = law_days(record), record["id"]
            for before, item in pairwise(self.course(key)):
                if item.start not in own or item.future or not item.moved:
                    continue
                moves: dict[tuple[_Said, _Said], list[str]] = {}
                for name in item.moved:
                    sides = ((at.statuses[name], at.probably[name]) for at in (before, item))
                    moves.setdefault((next(sides), next(sides)), []).append(name)
                laws = self.answer(key, on=date.fromisoformat(item.start))["citations"]
                cited = tuple(law["text"] for law in laws if law["jurisdiction"] == key)
                summary = item.terms["summary"][item.moved[0]] or ""
                event = LawEvent(item.start, key, record["name"], moves, cited, summary)
                found.append(event)
        return sorted(found, key=lambda event: (event.day, event.id), reverse=True)

    def timeline(self, key: str) -> shapes.TimelineData:
        """The law that governs a place, all layers together, period by period, oldest first.

        A period begins on each day on which a status, its terms, or what is stricter inside moves.
        """
        answer, course, within = self.answer(key), self.course(key), self.inside(key)
        spans = self.spans(key, course)
        starts = {item.start for item in course}.union(
            day for runs in within.values() for day, _ in runs
        )
        found: list[shapes.TimelinePeriodData] = []
        for start, end in pairwise([*sorted(starts), ""]):
            terms = _last(course, start).terms
            said: dict[str, shapes.TurnData] = {}
            for name in SUBSTANCES:
                since, status, *more = _last(spans[name], start)
                latest, probably = (*more, "", "")[:2]
                known = since if status != Status.UNKNOWN else ""
                said[name] = {
                    "status": status,
                    "probably": probably or None,
                    "since": known if known and not latest else None,
                    "since_at_latest": known if known and latest else None,
                    "summary": terms["summary"][name],
                    "stricter_within": _last(within.get(name, [["", ""]]), start)[1],
                }
            found.append(
                {
                    "from": start or None,
                    "until": end or None,
                    "future": start > self.on.isoformat(),
                    "minimum_age": terms["minimum_age"],
                    "seven_oh_cap": terms["seven_oh_cap"],
                    "substances": said,
                }
            )
        return {
            "jurisdiction": answer["jurisdiction"],
            "on": self.on.isoformat(),
            "periods": found,
            "snapshot": answer["snapshot"],
            "disclaimer": answer["disclaimer"],
        }

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Each day on which any record may say something else, oldest first."""
        found = {day for record in self.snapshot.records() for day in turns(record)}
        return tuple(date.fromisoformat(day) for day in sorted(found))

    def version_before(self, when: datetime) -> str | None:
        """Id of the newest version that had been written by a moment, UTC; None if there was none."""
        ids = [entry["id"] for entry in self.versions if moment(entry["created"]) <= when]
        return ids[-1] if ids else None


def _last(items: Sequence[_Item], day: str) -> _Item:
    """The last of some items, each with its first day in front, that has begun on a day."""
    return items[bisect_right(items, day, key=lambda item: item[0]) - 1]


def _terms(answer: shapes.AnswerData) -> dict[str, Any]:
    """What an answer says beside the statuses, and holds for its whole period."""
    layers = {layer["id"]: layer["summary"] for layer in answer["layers"]}
    by = {name: detail["by"] for name, detail in answer["details"].items()}
    return {
        "minimum_age": answer["minimum_age"],
        "seven_oh_cap": answer["seven_oh_cap"],
        "summary": {name: layers.get(layer or "") for name, layer in by.items()},
    }


def _runs(store: Store) -> list[dict[str, Any]]:
    try:
        return read_ledger(str(Path(store.path, "ledger.json"))).runs
    except SnapshotError:
        return []
