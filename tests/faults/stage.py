"""The stage of one case: three hosts on loopback, a catalogue, a store, and runs against them."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from regstatus.fetch.settings import Settings
from regstatus.pipeline.update import Options, Run, update
from regstatus.query.dataset import Dataset
from regstatus.store.reader import Store
from tests.faults.kinds import OTHER, THIRD, VICTIM, Kind, elsewhere, louisiana, texas
from tests.support.make import FEDERAL, NOON

if TYPE_CHECKING:
    from pathlib import Path

PLACES = ("US", "US-LA", "US-TX")
LAW = {
    "US": ("unregulated", None, None),
    "US-LA": ("regulated", 18, "2%"),
    "US-TX": ("regulated", 18, "2%"),
}
"""What the law of the stage is: status of the leaf, age, limit of 7-OH. It never changes."""
MILD = {"unregulated": 0, "age_restricted": 1, "regulated": 2, "unknown": 3, "banned": 9}


class Stage:
    """One case.

    Args:
        kind: The kind of document that meets the fault.
        hosts: The host that can misbehave; it plays all three.
        path: A folder of its own.
        good: A store after a good first run of this kind, to begin with; None to begin empty.
        took: Seconds that this good run took.

    Attributes:
        patience: Seconds for a host that never answers. On a busy machine the good run took
            longer, and hosts that do answer get as much more.
    """

    victim = VICTIM

    def __init__(
        self, kind: Kind, hosts: Any, path: Path, good: Path | None = None, took: float = 0.0
    ) -> None:
        self.kind, self.hosts = kind, hosts
        self.sources, self.store = path / "sources", path / "store"
        self.patience = min(max(1.0, 3 * took), 20.0)
        self.sources.mkdir()
        for name, text in {"tx": texas(kind), "la": louisiana(), "us": FEDERAL}.items():
            (self.sources / f"{name}.toml").write_text(text, encoding="utf-8")
        if good is not None:
            shutil.copytree(good, self.store)
        self.now = NOON
        self._answered: tuple[list[bytes], dict[str, dict[str, Any]]] = [], {}
        self.settings = Settings(
            delay=0.0,
            backoff=0.0,
            retries=0,
            max_bytes=4_000_000,
            env={},
            routes=dict.fromkeys((VICTIM, OTHER, THIRD), hosts.base),
        )
        self.mend()

    @property
    def key(self) -> str:
        """The victim's key in the ledger."""
        return f"US-TX:{self.kind.document}"

    def mend(self) -> None:
        """Serve all documents as they should be, by the clock of the stage, and nothing else."""
        self.hosts.answers.clear()
        self.hosts.now = lambda: self.now
        pages = {VICTIM + path: page for path, page in self.kind.also.items()}
        pages[VICTIM + self.kind.path] = self.kind.content
        for where, (content, body) in {**elsewhere(), **pages}.items():
            self.hosts.put(where, body, Content_Type=content)

    def put(self, body: bytes | None = None, status: int = 200, **headers: str | None) -> None:
        """Answer for the victim; the body and content type are the good ones if not given."""
        content, good = self.kind.content
        headers.setdefault("Content_Type", content)
        self.hosts.put(VICTIM + self.kind.path, good if body is None else body, status, **headers)

    def play(self, function: Any) -> None:
        """Let a function answer for the victim with the socket in its hands."""
        self.hosts.play(VICTIM + self.kind.path, function)

    def robots(self, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """Serve a robots.txt for the victim's host."""
        self.hosts.put(f"{VICTIM}/robots.txt", body, status, **headers)

    def run(
        self, hours: float = 24, *, due: bool = False, isolate: bool = False, **changes: Any
    ) -> Run:
        """Play one run; `changes` are of the settings.

        Pages are read in this process unless `isolate`: starting another for each of
        many hundred runs takes longer than all they do.
        """
        self.now += timedelta(hours=hours)
        options = Options(
            sources=self.sources,
            snapshots=self.store,
            due=due,
            isolate=isolate,
            settings=replace(self.settings, **changes),
        )
        return update(options, now=lambda: self.now)

    def records(self) -> dict[str, bytes]:
        """The bytes of each record of the newest version."""
        snapshot = Store(self.store).load()
        return {key: snapshot._data[start:end] for key, (start, end) in snapshot._lines.items()}

    def clocks(self) -> dict[str, dict[str, Any]]:
        """The ledger's clocks."""
        ledger = json.loads((self.store / "ledger.json").read_bytes())
        clocks: dict[str, dict[str, Any]] = ledger["documents"]
        return clocks

    def answers(self) -> dict[str, dict[str, Any]]:
        """The whole answer for each place, as asked at one and the same moment."""
        state = [(self.store / name).read_bytes() for name in ("index.json", "ledger.json")]
        if state != self._answered[0]:
            dataset = Dataset(Store(self.store).load())
            now = NOON + timedelta(days=9)
            self._answered = state, {key: dataset.lookup(key, now=now).to_dict() for key in PLACES}
        return self._answered[1]

    def wrong(self) -> tuple[str, ...]:
        """The places whose answer is not what the law is."""
        found = []
        for key, answer in self.answers().items():
            told = (answer["status"], answer["minimum_age"], answer["seven_oh_cap"])
            if told != LAW[key]:
                found.append(f"{key}: {told}")
        return tuple(found)

    def lost(self, before: dict[str, bytes]) -> tuple[str, ...]:
        """The records that are missing or not the bytes that they were."""
        after = self.records()
        return tuple(key for key in before if after.get(key) != before[key])
