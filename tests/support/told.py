"""What must be told of towns that are made up, worked out from what befell them and what was served."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from tests.support.towns import LIMIT, Town, World


class Event(NamedTuple):
    """What is to be told on a day; of which document, where it is about one."""

    day: int
    kind: str
    place: str
    document: str | None = None


class Expected:
    """What must be told, by the rules of docs/answer.md, from what befell the towns and was served."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.failing: set[tuple[int, str]] = set()
        self.read: dict[tuple[int, str], object] = {}
        self.confirmed: dict[tuple[int, str], object] = {}
        self.seen: dict[tuple[int, str, object], int] = {}
        self.verified: dict[tuple[int, str], int] = {}
        self.open: set[tuple[int, str]] = set()
        self.stale: set[int] = set()

    def today(self) -> set[Event]:
        """The events of today's run."""
        found = set()
        for town in self.world.towns:
            facts = [*self._law(town)], [*self._documents(town)], [*self._trust(town)]
            # The first run has nothing to compare with.
            for kind, document in chain(*facts) if self.world.day else facts[1]:
                found.add(Event(self.world.day, kind, town.id, document))
        return found

    def _law(self, town: Town) -> Iterator[tuple[str, str | None]]:
        day = self.world.day
        for law in town.laws[1:]:
            if law.enacted and law.recorded == day:
                yield "future_change", None
            if law.enacted and law.day == day:
                yield "effective_date_reached", None
            if day == max(law.day, law.recorded) and law.variant == "18":
                yield "restriction_lifted", None
            elif not law.enacted and law.recorded == day:
                yield "terms_changed" if law.variant == "21" else "status_changed", None
        if any(mended == day for _, mended in town.moves):
            for name, *_ in town.codes(day):
                self.confirmed.pop((town.number, name), None)
                self.verified.pop((town.number, name), None)
                yield "source_moved", name

    def _documents(self, town: Town) -> Iterator[tuple[str, str | None]]:
        day, shown = self.world.day, town.codes(self.world.day)
        for name, law, since, until in shown:
            applies = (since or 0) <= day < (until or day + 1)
            contradicts = applies and law.variant != town.law(day).variant
            key = town.number, name
            if key in self.open and not contradicts:
                self.open.remove(key)
                yield "contradiction_resolved", name
            words = (town.law(day), sum(edit <= day for edit in town.edits))
            for kind in self._document(town, name, "code", words, contradicts, applies):
                yield kind, name
        for name in ("list", "notice"):
            for kind in self._document(town, name, name, None, contradicts=False, applies=True):
                yield kind, name

    def _document(
        self, town: Town, name: str, path: str, words: object, contradicts: bool, applies: bool
    ) -> Iterator[str]:
        day, key = self.world.day, (town.number, name)
        if (town.number, path) not in self.world.served:
            return
        good = self.world.served[town.number, path]
        if good and self.confirmed.get(key, words) != words:
            seen = self.seen.setdefault((*key, words), day)
            good = contradicts or town.attested(day) > seen
        if not good and key not in self.failing:
            self.failing.add(key)
            gone = path == "code" and any(moved <= day < mended for moved, mended in town.moves)
            walled = day in town.walled
            yield "source_moved" if gone and not walled else "source_failing"
        elif good and key in self.failing:
            self.failing.remove(key)
            yield "source_recovered"
        if not good:
            return
        if self.read.setdefault(key, words) != words:
            self.read[key] = words
            yield "text_changed"
        if contradicts and key not in self.open:
            self.open.add(key)
            yield "contradicted"
        if applies and not contradicts:
            self.confirmed[key] = words
            self.verified[key] = day

    def _trust(self, town: Town) -> Iterator[tuple[str, str | None]]:
        day = self.world.day
        names = ["list"] + [
            name
            for name, _, since, until in town.codes(day)
            if (since or 0) <= day < (until or day + 1)
        ]
        since = min(self.verified.get((town.number, name), -999) for name in names)
        began = any(since < law.day <= day for law in town.laws if law.recorded <= day)
        stale = began or day - since > LIMIT
        if stale != (town.number in self.stale):
            self.stale ^= {town.number}
            yield "became_stale" if stale else "reverified", None


ABOUT = {"text_changed", "contradicted", "contradiction_resolved"}
ONE_OF = {
    "source_failing": "source", "source_moved": "source", "source_recovered": "source",
    "became_stale": "trust", "reverified": "trust",
}  # fmt: skip
MODELLED = {*ABOUT, *ONE_OF, "future_change", "effective_date_reached", "restriction_lifted",
            "terms_changed", "status_changed"}  # fmt: skip
