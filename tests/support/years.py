"""Years of daily runs over towns that are made up, and what was told of them.

Each run is `regstatus.pipeline.update.update` against a loopback host with a clock of its own; a
webhook takes the alerts.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

from regstatus.decide.freshness import freshness
from regstatus.fetch.settings import Settings
from regstatus.model.event_kinds import told_of
from regstatus.pipeline.update import Options, Run, update
from regstatus.query.dataset import Dataset
from regstatus.report.notify.config import load_file
from regstatus.report.notify.delivery import after_run, enlist
from regstatus.store.reader import Store
from tests.support.told import ABOUT, MODELLED, ONE_OF, Event, Expected
from tests.support.towns import START, World

DEAF = range(200, 207)
"""Days on which the webhook takes nothing."""
KEY = {"YEARS_KEY": "a-key-of-sixteen-or-more"}
_STATE = """jurisdiction = "{id}"
attested = 2027-01-04
attested_by = "third-party reading"

[[timeline]]
leaf = "unregulated"
mitragynine = "unregulated"
"7-oh" = "unregulated"
derivatives = "unregulated"
grade = "secondary"
basis = "silence"
"""
_NOTIFY = """[[targets]]
name = "{name}"
webhook = "{address}/{name}"
secret_env = "YEARS_KEY"
allow_private = true
{more}
"""


class _Server(ThreadingHTTPServer):
    request_queue_size = 1024
    """All hosts are asked at once: of five that may wait, as is the default, the sixth waits for
    seconds until the system asks again."""


_OPENED: list[tuple[Path, list[str]]] = []
"""Folders of which it is noted what is opened, and what was."""


def _note(event: str, args: tuple[Any, ...]) -> None:
    if event == "open":
        for folder, found in _OPENED:
            if str(args[0]).startswith(f"{folder}/"):
                found.append(str(args[0]))


class Host:
    """Every host of a world, and the webhook, on one loopback port; three minutes ahead of us.

    Attributes:
        seconds: Processor time that answering took.
    """

    def __init__(self, world: World) -> None:
        self.seconds, self._asked = 0.0, 0
        lock, outer = threading.Lock(), self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # else each answer waits for the client's delayed ACK

            def do_GET(self) -> None:
                began = time.thread_time()
                with lock:
                    outer._asked += 1
                    nonce = world.day * 10_000 + outer._asked
                    status, headers, body = world.answer(self.headers["Host"], self.path, nonce)
                if headers.get("ETag", "-") == self.headers.get("If-None-Match"):
                    status, body = 304, b""
                self._send(status, headers, body)
                with lock:
                    outer.seconds += time.thread_time() - began

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                hears = world.day not in DEAF
                if hears:
                    world.told.append({"target": self.path.strip("/"), **body})
                self._send(204 if hears else 410, {}, b"")

            def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if status not in {204, 304}:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def date_time_string(self, timestamp: float | None = None) -> str:
                return format_datetime(START + timedelta(days=world.day, minutes=3), usegmt=True)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = _Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Answer no more."""
        self.server.shutdown()
        self.server.server_close()


class Years:
    """A world that is played day by day into a store.

    Attributes:
        told: The events of all runs, by day.
        expected: Those that were to be told.
        twice: Events that told a state that was told already.
        alerts: How many messages each target is to get, a run with news one; `events` in them.
        mended: Days on which a person changed a source file.
    """

    _heard: ClassVar[list[bool]] = []

    def __init__(self, folder: Path, seed: int, days: int, documents: int, **options: Any) -> None:
        self.world, self.folder, self.store = World(seed, days, documents), folder, folder / "store"
        self.days = days
        self.host = Host(self.world)
        self.sources = folder / "sources"
        (self.sources / "us" / "tx").mkdir(parents=True)
        for name, place in (("us", "US"), ("us/tx", "US-TX")):
            (self.sources / f"{name}.toml").write_text(_STATE.format(id=place), encoding="utf-8")
        config = folder / "notify.toml"
        some = {"all": "", "some": 'minimum = "medium"'}
        config.write_text(
            "".join(
                _NOTIFY.format(name=name, address=self.host.address, more=more)
                for name, more in some.items()
            ),
            encoding="utf-8",
        )
        self.config = load_file(config)
        self.settings = Settings(
            delay=0.0,
            backoff=0.0,
            routes=dict.fromkeys(self.world.hosts, self.host.address),
            env={},
        )
        self.options = Options(
            sources=self.sources, snapshots=self.store, due=True, settings=self.settings,
            origin="towns that are made up", **options,
        )  # fmt: skip
        self._expected = Expected(self.world)
        self.told, self.expected = Counter[Event](), set[Event]()
        self.twice: list[dict[str, Any]] = []
        self._last: dict[tuple[object, ...], object] = {}
        self.alerts = Counter[str]()
        self.events = Counter[str]()
        self.mended = set[int]()

    def now(self) -> datetime:
        """The clock of the runs."""
        return START + timedelta(days=self.world.day)

    def play(self, day: int) -> Run:
        """Play the run of a day, and tell of it."""
        world = self.world
        world.day, world.served = day, {}
        for town in world.towns:
            file, text = self.sources / "us" / "tx" / f"town{town.number}.toml", world.source(town)
            if not file.exists() or file.read_text(encoding="utf-8") != text:
                self.mended.add(day)
                file.write_text(text, encoding="utf-8")
        enlist(self.config, self.store, self.now())
        run = update(self.options, now=self.now)
        after_run(self.store, self.config, run, now=self.now, settings=self.settings, env=KEY)
        self.expected |= self._expected.today()
        for target in self.config.targets:
            ranks = [told_of(change.kind).level.rank for change in run.changes]
            wanted = sum(rank >= target.minimum.rank for rank in ranks)
            self.alerts[target.label] += bool(wanted)
            self.events[target.label] += wanted
        for change in run.changes:
            kind = str(change.kind)
            about = kind in ABOUT or ONE_OF.get(kind) == "source"
            self.told[
                Event(day, kind, change.jurisdiction, change.document if about else None)
            ] += 1
            self._once(change.to_dict())
        return run

    def _once(self, event: Any) -> None:
        """Note an event that tells the state that was told last."""
        state = ONE_OF.get(event["kind"])
        if state == "source" and event["before"] and event["kind"] == "source_moved":
            state = None  # the address in the source file
        place, name = event["jurisdiction"], event["document"]
        if event["kind"] == "contradiction_resolved":
            for topic in [one for one in self._last if one[:3] == ("contradicted", place, name)]:
                del self._last[topic]
        ended = event["kind"] in {"source_recovered", "reverified"}
        facts = (
            ended
            if state
            else [event[name] for name in ("before", "after", "law_date", "sentence")]
        )
        topic = (state or event["kind"], place, name, event["substance"])
        # A new law begins with the grade of its record, and is then known from its text.
        if self._last.get(topic) == facts and event["kind"] != "grade_changed":
            self.twice.append(event)
        self._last[topic] = facts

    @contextmanager
    def opening(self) -> Iterator[list[str]]:
        """The files and folders of the store that are opened meanwhile, as often as they are."""
        if not self._heard:
            self._heard.append(True)
            sys.addaudithook(_note)  # nothing takes it away again
        _OPENED.append((self.store, []))
        try:
            yield _OPENED[-1][1]
        finally:
            _OPENED.pop()

    @property
    def missing(self) -> set[Event]:
        """What was to be told and was not."""
        return self.expected - self.told.keys()

    @property
    def unexpected(self) -> set[Event]:
        """What was told though nothing of it befell."""
        return {event for event in self.told if event.kind in MODELLED} - self.expected

    def wrong_alerts(self) -> list[str]:
        """Where a target got more or fewer messages, or events, than it was to get; once each."""
        found = []
        for target in self.config.targets:
            name = target.label
            got = [message for message in self.world.told if message["target"] == name]
            events = sum(len(message["changes"]) + message["more"] for message in got)
            ids = {message["id"] for message in got}
            if (len(got), len(ids), events) != (self.alerts[name], len(got), self.events[name]):
                found.append(f"{name}: {len(got)} messages, {len(ids)} ids, {events} events")
        return found

    def states(self) -> Counter[str]:
        """How fresh the records of the towns are, by the clock of the world."""
        snapshot = Store(self.store).load()
        records = [snapshot.get(town.id) for town in self.world.towns]
        return Counter(
            freshness(record, snapshot.ledger, self.now())["state"] for record in records if record
        )

    def laxer(self) -> list[str]:
        """Towns of which the answer is another than the law that everyone has known for a week."""
        found, data = [], Dataset(Store(self.store).load())
        for town in self.world.towns:
            law = town.law(self.world.day)
            layer = data.lookup(town.id, now=self.now()).to_dict()["layers"][0]
            says = "ban" if layer["status"] == "sale_prohibited" else str(layer["minimum_age"])
            if says != law.variant and self.world.day >= law.attested:
                found.append(f"{town.id}: {says}, not {law.variant}")
        return found

    def disk(self, block: int = 4096) -> Counter[str]:
        """Bytes of the disk that each kind of file takes, in whole blocks of a size."""
        found = Counter[str]()
        for file in self.store.rglob("*"):
            first, *rest = file.relative_to(self.store).parts
            kind = _KINDS.get(first, "versions" if first[0].isdigit() else "the rest")
            if first == "evidence" and rest and len(rest[0]) == 2:
                kind = "bodies"
            found[kind] += -(-file.stat().st_size // block) * block if file.is_file() else 0
        return found


_KINDS = {
    "evidence": "captures", "texts": "words", "reports": "reports", "ledger.json": "ledger",
    "index.json": "versions", "notify": "outbox",
}  # fmt: skip
