"""Lists: the questions that have many answers; their items, as in `docs/answer.md`."""

from __future__ import annotations

from functools import cached_property

from regstatus.base.errors import SnapshotError, UsageError, quoted
from regstatus.base.front_page import keyless
from regstatus.model.canonical import whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from typing import Any

    from regstatus.model import shapes
    from regstatus.query.dataset import Dataset
    from regstatus.store.reader import Snapshot, Store

NEVER_FETCHED, FOR_PEOPLE, BROUGHT = "never fetched", "for people only", "brought by people"
"""What stands for the outcome of a document that no run has asked for."""


SHORT = (
    "jurisdiction", "on", "zone", "substance", "status", "probably", "substances", "schedule", "minimum_age",
    "seven_oh_cap", "may", "since", "since_at_latest", "until", "summary", "grade", "basis",
    "freshness", "stricter_within", "snapshot",
)  # fmt: skip
"""The keys of the short form of an answer, as lists give it."""

ALWAYS = (
    "jurisdiction", "on", "zone", "substance", "status", "probably", "grade", "freshness", "snapshot",
)  # fmt: skip
"""The keys of an answer that stand whatever is asked for: no status goes out without how well it is known."""

_OF_A_DOCUMENT = ("title", "publisher", "reads", "url", "url_basis")
_OF_A_CLOCK = (
    "outcome", "problem", "last_fetched", "last_ok", "verified_at", "verdict", "failures",
    "failing_since", "sha256",
)  # fmt: skip


def shorten(full: shapes.AnswerData) -> shapes.ShortAnswerData:
    """The short form of an answer: the same keys, fewer of them."""
    held: Mapping[str, Any] = full
    found: Any = {key: held[key] for key in SHORT}
    short: shapes.ShortAnswerData = found
    return short


def keys_of(asked: Iterable[str], known: Iterable[str]) -> set[str]:
    """The keys that texts such as `may,summary` name, with those that always stand; see `ALWAYS`.

    Raises:
        UsageError: If one is not known; the text says which are.
    """
    names = {name for text in asked for name in text.split(",")}
    if strange := sorted(names.difference(known)):
        told = ", ".join(known)
        raise UsageError(
            f"fields: {quoted(strange[0])} is no key of an answer here; there are {told}"
        )
    return names.union(ALWAYS)


def part(full: Mapping[str, Any], asked: Sequence[str]) -> Mapping[str, Any]:
    """An answer with only the keys that were asked for, if any were; see `keys_of`."""
    kept = keys_of(asked, full) if asked else full
    return {key: said for key, said in full.items() if key in kept}


def documents(snapshot: Snapshot) -> Iterator[shapes.DocumentItemData]:
    """Every document that the records rest on, with its clocks, null where it never happened."""
    for record in snapshot.records():
        for name, document in record["documents"].items():
            key = f"{record['id']}:{name}"
            clock = snapshot.ledger.get(key, {})
            told: Mapping[str, Any] = document
            found: Any = {
                "key": key,
                "jurisdiction": record["id"],
                **{name: told[name] for name in _OF_A_DOCUMENT},
                **{name: clock.get(name) for name in _OF_A_CLOCK},
                "url": keyless(document["url"]),
                "outcome": outcome(clock, people_only=document["people_only"]),
                "failures": clock.get("failures", 0),
                "own": record["own"],
            }
            yield found


def outcome(clock: Mapping[str, Any], *, people_only: bool) -> str:
    """Of the last fetch of a document, or what stands for it."""
    unasked = FOR_PEOPLE if people_only else NEVER_FETCHED
    return str(clock.get("outcome") or (BROUGHT if clock.get("last_ok") else unasked))


def versions(store: Store) -> list[shapes.VersionItemData]:
    """Every version, oldest first, as the index has it."""
    where = f"{store.path}/index.json"
    # The entry itself stays as it is: its seal is proven by every key of it.
    return [whole({**entry}, "VersionItemData", where) for entry in store.versions()]


class View:
    """What lists are made from: one version, opened when it is asked, at one moment, UTC.

    With `everywhere` places without a record stand in the list of statuses, too.
    """

    def __init__(
        self, store: Store, dataset: Callable[[], Dataset], moment: datetime, *, everywhere: bool
    ) -> None:
        self.store, self._open, self.moment, self._everywhere = store, dataset, moment, everywhere

    def status(
        self, *, on: date | None = None, substance: str | None = None
    ) -> list[shapes.ShortAnswerData]:
        """The short answers, by id."""
        answers = self._open().answers(
            on=on, substance=substance, now=self.moment, everywhere=self._everywhere
        )
        return [shorten(answer.to_dict()) for answer in answers]

    def events(self, since: str | None = None) -> list[shapes.EventData]:
        """Every event after a version or day, oldest first, each with its version.

        Raises:
            UsageError: If `since` is neither a version nor a day.
            SnapshotError: If a file of changes is missing or damaged; it is named.
        """
        from regstatus.model.canonical import CHANGES_FORMAT, digest
        from regstatus.store.proof import content, read_object

        found: list[shapes.EventData] = []
        for entry in self.store.since(since):
            path = self.store.at(f"{entry['id']}/changes.json")
            data = content(path)
            if digest(data) != entry.get("files", {}).get("changes.json"):
                raise SnapshotError(
                    f"{path}: altered or truncated: its digest is not the one in the index"
                )
            kept = read_object(data, path, CHANGES_FORMAT)
            for event in kept.get("changes") or ():
                item: shapes.ChangeData = whole(event, "ChangeData", path)
                found.append({"version": entry["id"], **item})
        return found

    def changed(self, since: str, ids: Iterable[str]) -> set[str]:
        """Which of some places an event is about after a version or day, or had a day of law since then.

        So is a place where that holds of what lies above it or inside it: either may govern there,
        or be told there. Freshness runs down without an event.

        Raises:
            UsageError: If `since` is neither a version nor a day.
            SnapshotError: If a file of changes is damaged.
        """
        from regstatus.decide.days_of_law import days_of_answers

        moved = {event["jurisdiction"] for event in self.events(since)}
        first = next((i["created"] for i in self.versions if i["id"] == since), since)[:10]
        today = self.moment.date().isoformat()
        for record in self._open().snapshot.records():
            if any(first < day <= today for day in days_of_answers(record)):
                moved.add(record["id"])
        above = set().union(*map(_line, moved))
        return {key for key in ids if key in above or moved.intersection(_line(key))}

    def coming(self, on: date | None = None) -> list[shapes.UpcomingItemData]:
        """Enacted changes whose day is still to come, as seen from a day, nearest first; no proposals."""
        dataset = self._open()
        records = {record["id"]: record for record in dataset.snapshot.records()}
        found: list[shapes.UpcomingItemData] = [
            {"name": answer.jurisdiction["name"], "own": records[answer.id]["own"], **item}
            for answer in dataset.answers(on=on, now=self.moment)
            for item in answer.upcoming
            if item["jurisdiction"] == answer.id
        ]
        return sorted(found, key=lambda item: (item["from"], item["jurisdiction"]))

    @cached_property
    def pending(self) -> list[shapes.PendingItemData]:
        """Proposals, those first that must be looked at; none of them is law."""
        from regstatus.query.pending import pending

        return pending(self._open().snapshot, self.moment.date().isoformat())

    def id_of(self, name: str) -> str:
        """The id of a place; see `regstatus.lookup`."""
        return self._open().lookup(name, now=self.moment).id

    @cached_property
    def states(self) -> dict[str, shapes.FreshnessData]:
        """What is known of each record, by its own clocks."""
        from regstatus.decide.freshness import freshness

        snapshot = self._open().snapshot
        return {
            record["id"]: freshness(record, snapshot.ledger, self.moment)
            for record in snapshot.records()
        }

    @cached_property
    def stale(self) -> list[shapes.StaleItemData]:
        """Records that are not to be trusted, or due, each by its own clocks, worst first, and why."""
        from regstatus.query.review import by_risk

        return by_risk(self._open().snapshot, self.states, self.moment)

    @cached_property
    def review(self) -> list[shapes.QueueItemData]:
        """What a person should look at, worst first."""
        from regstatus.query.review import queue

        return queue(self._open().snapshot, self.moment)

    @cached_property
    def versions(self) -> list[shapes.VersionItemData]:
        """Every version, oldest first."""
        return versions(self.store)

    @cached_property
    def documents(self) -> list[shapes.DocumentItemData]:
        """Every watched document with its clocks."""
        return list(documents(self._open().snapshot))


def _line(key: str) -> set[str]:
    """A place, and the state and the country that it lies in."""
    state = key.partition("/")[0]
    return {key, state, state.partition("-")[0]}
