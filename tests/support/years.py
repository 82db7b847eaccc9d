"""Years of daily runs over towns whose law moves and whose hosts fail, and what must be told of them.

A world is a function of its seed and of the day: laws change twice a week, words that are no law
once a week, three requests of a hundred fail, a wall stands before one host a week, a code moves
to another host each month, and once a year a host is down for five weeks. A person mends
source files some days later. Each run is `regstatus.pipeline.update.update` against a loopback
host with a clock of its own; a webhook takes the alerts.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from regstatus.decide.freshness import freshness
from regstatus.fetch.settings import Settings
from regstatus.model.event_kinds import told_of
from regstatus.pipeline.update import Options, Run, update
from regstatus.query.dataset import Dataset
from regstatus.report.notify.config import load_file
from regstatus.report.notify.delivery import after_run, enlist
from regstatus.store.reader import Store

START = datetime(2027, 1, 4, 6, tzinfo=UTC)
LIMIT = 21
"""Days that a verification lasts, in every town."""
OUTAGE = range(5, 40)
"""Days of each year on which one host is down."""
DEAF = range(200, 207)
"""Days on which the webhook takes nothing."""
VARIANTS = ("18", "21", "ban")
EVERY = {"code": 1, "list": 7, "notice": 30}
"""The documents of a town, with the days between two questions."""
KEY = {"YEARS_KEY": "a-key-of-sixteen-or-more"}


def on(day: int) -> date:
    """A day of the world in the calendar."""
    return (START + timedelta(days=day)).date()


class Law(NamedTuple):
    """A change of law in one town, in days of the world."""

    day: int
    recorded: int
    """When the source file has it: before its day if it was enacted for it, else after."""
    attested: int
    """When a person has read the new text."""
    variant: str

    @property
    def enacted(self) -> bool:
        """Whether it was recorded before its day."""
        return self.recorded < self.day


@dataclass
class Town:
    """What befalls one town, in the order of its days."""

    number: int
    laws: list[Law]
    moves: list[tuple[int, int]] = field(default_factory=list)
    """When its code moved to another host, and when its source file follows."""
    edits: list[int] = field(default_factory=list)
    """Days on which words of its code change that are no law; a person reads them six days later."""
    away: set[int] = field(default_factory=set)
    walled: set[int] = field(default_factory=set)
    quiet: int = -10

    def __post_init__(self) -> None:
        self.id = f"US-TX/town{self.number}"

    def host(self, moved: int) -> str:
        """Its host, or one to which its code moved."""
        return f"{f'www{moved}.' if moved else ''}town{self.number}.example.gov"

    def law(self, day: int) -> Law:
        """The law in force."""
        return max(law for law in self.laws if law.day <= day)

    def attested(self, day: int) -> int:
        """When a person last looked, as the source file says on a day."""
        looked = {0, *(edit + 6 for edit in self.edits)}
        looked |= {at for law in self.laws for at in (law.recorded, law.attested)}
        return max(at for at in looked if at <= day)

    def codes(self, day: int) -> list[tuple[str, Law, int | None, int | None]]:
        """The watched codes in the source file: id, what each shows, from and until which day."""
        known = [law for law in self.laws if law.recorded <= day]
        name, shown = "code", known[0]
        for number, law in enumerate(known[1:], 1):
            if law.enacted and day < law.attested:
                # One document for the old law, one for the new, as they must be recorded.
                return [(name, shown, None, law.day), (f"code-{number}", law, law.day, None)]
            name, shown = f"code-{number}" if law.enacted else name, law
        return [(name, shown, None, None)]


class World:
    """All towns, made up from a seed; `day` is today.

    Attributes:
        served: Whether what was asked for today was had, by town and document.
        told: Bodies of the messages that the webhook took.
    """

    def __init__(self, seed: int, days: int, documents: int) -> None:
        self.seed, self.day, self.documents = seed, 0, documents
        chance = random.Random(seed)
        self.towns = [
            Town(number, [Law(-1, -1, -1, VARIANTS[0])])
            for number in range(documents // len(EVERY))
        ]
        for day in range(1, days):
            free = [town for town in self.towns if town.quiet <= day - 10]

            def pick(after: int, free: list[Town] = free, day: int = day) -> Iterator[Town]:
                """A town in which nothing else happens meanwhile."""
                if free:
                    town = free.pop(chance.randrange(len(free)))
                    town.quiet = day + after
                    yield town

            if day % 365 == OUTAGE.start:
                for town in pick(len(OUTAGE) + 10):
                    town.away.update(range(day, day + len(OUTAGE)))
            if day % 7 in {2, 5}:
                for town in pick(8):
                    after = VARIANTS[len(town.laws) % len(VARIANTS)]
                    recorded = day + 6 if chance.random() < 0.5 else day - 10
                    town.laws.append(Law(day, recorded, day + 6, after))
            if day % 7 == 3:
                for town in pick(8):
                    town.edits.append(day)
            if day % 30 == 15:
                for town in pick(8):
                    town.moves.append((day, day + 6))
            if day % 7 == 6:
                chance.choice(self.towns).walled.add(day)
        self.served: dict[tuple[int, str], bool] = {}
        self.told: list[dict[str, Any]] = []

    @property
    def hosts(self) -> list[str]:
        """Every host that there ever is."""
        return [town.host(n) for town in self.towns for n in range(len(town.moves) + 1)]

    def chance(self, town: Town, name: str) -> float:
        """A number from 0 to 1, the same for one document all day."""
        return random.Random(f"{self.seed} {town.number} {name} {self.day}").random()

    def answer(self, host: str, path: str, nonce: int) -> tuple[int, dict[str, str], bytes]:
        """What a host answers today: status, headers, body."""
        _at, _, rest = host.rpartition("town")
        town, name = self.towns[int(rest.partition(".")[0])], path.strip("/").partition(".")[0]
        html = {"Content-Type": "text/html; charset=utf-8"}
        self.served[town.number, name] = False
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, b"User-agent: *\nAllow: /\n"
        if self.day in town.away:
            return 503, html, b"<html><body>Service unavailable</body></html>"
        if self.day in town.walled:
            return 200, html, _WALL.encode()
        now = sum(day <= self.day for day, _ in town.moves) if name == "code" else 0
        if host != town.host(now):
            return 301, {"Location": f"https://{town.host(now)}{path}"}, b""
        if (chance := self.chance(town, name)) < 0.03:
            bad = ((500, b"error"), (404, b"not found"), (200, b"<html></html>"))
            status, body = bad[int(chance * 1e6) % len(bad)]
            return status, html, body
        self.served[town.number, name] = True
        # Each tenth sends other bytes with each answer, each tenth no validators.
        sign = f"<input type='hidden' name='__VIEWSTATE' value='{nonce:032x}'>"
        body = self._page(town, name, sign if town.number % 10 == 3 else "").encode()
        tag = {} if town.number % 10 in {3, 7} else {"ETag": f'"{sha256(body).hexdigest()[:16]}"'}
        return 200, html | tag, body

    def _page(self, town: Town, name: str, sign: str) -> str:
        """A document in the official form, of our own writing."""
        filler = "".join(
            f"<h2>Section {town.number}-{n}</h2><p>A person who sells goods of the kind {n} shall keep "
            "a record of each sale for two years and show it to the department when asked.</p>\n"
            for n in range(1, 9)
        )
        if name == "list":
            drugs = "".join(f"<li>{drug}</li>" for drug in _DRUGS)
            words = f"<h2>Schedule I</h2><p>Controlled substances are:</p><ul>{drugs}</ul>"
        elif name == "notice":
            words = "<h2>Notice</h2><p>The department licenses shops of all kinds.</p>"
        else:
            law = town.law(self.day)
            words = f"<h2>Section {town.number}. Kratom</h2><p>{_LAWS[law.variant]}</p>"
            words += f"<p>The fee for a copy is {3 + sum(e <= self.day for e in town.edits)} dollars.</p>"
            words += f"<p>(Ordinance {town.laws.index(law)}.)</p>"
        return (
            f"<!doctype html><html lang='en'><head><title>Town {town.number}</title></head><body>"
            f"{sign}<h1>Town {town.number}, {name}</h1>{words}{filler}</body></html>"
        )

    def source(self, town: Town) -> str:
        """The source file of a town as a person keeps it today."""
        moved = sum(mended <= self.day for _, mended in town.moves)
        text = _TOWN.format(n=town.number, on=on(town.attested(self.day)), limit=LIMIT)
        for name, law, since, until in town.codes(self.day):
            text += _DOCUMENT.format(
                n=town.number, id=name, path="code", host=town.host(moved), every=1
            )
            text += "".join(
                f"{key} = {on(day)}\n" for key, day in (("from", since), ("until", until)) if day
            )
            text += _SHOWS[law.variant]
        for name in ("list", "notice"):
            where = {"id": name, "path": name, "host": town.host(0), "every": EVERY[name]}
            text += _DOCUMENT.format(n=town.number, **where) + _SHOWS[name]
        known = [law for law in town.laws if law.recorded <= self.day]
        for number, law in enumerate(known):
            text += _ACT.format(number=number, more=f"from = {on(law.day)}\n" if number else "")
            status = "sale_prohibited" if law.variant == "ban" else "age_restricted"
            text += "".join(f'{name} = "{status}"\n' for name in _SUBSTANCES)
            text += "" if law.variant == "ban" else f"minimum_age = {law.variant}\n"
        return text


_SUBSTANCES = ("leaf", "mitragynine", '"7-oh"')
_DRUGS = [
    "Heroin",
    "Ibogaine",
    "Mescaline",
    "Peyote",
    "Psilocybin",
    "Psilocyn",
    "Methaqualone",
    "Fenethylline",
]
_RETAILER = "A retailer may not sell a kratom product to a person who is younger than"
_LAWS = {
    "18": f"{_RETAILER} 18 years of age.",
    "21": f"{_RETAILER} 21 years of age.",
    "ban": "A person may not sell, offer for sale or distribute a kratom product in the town.",
}
_SHOWS = {
    "18": "shows = { minimum_age = 18 }",
    "21": "shows = { minimum_age = 21 }",
    "ban": 'shows = { prohibits = ["sell"] }',
}
_SHOWS = {
    name: f'{shows}\nreads = "statute"\nsettles = ["leaf"]\ncontrols = ["Kratom"]\n'
    for name, shows in _SHOWS.items()
} | {
    "list": 'reads = "schedule"\ncomplete = true\nshows = { derivatives = "silent" }\n'
    'controls = ["Heroin", "Psilocybin"]\n',
    "notice": 'reads = "notice"\nshows = { says = ["licenses shops"] }\nsettles = []\n'
    'controls = ["department"]\n',
}
_WALL = (
    "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
    "<p>Please complete the captcha to prove that you are human.</p></body></html>"
)
_TOWN = """jurisdiction = "US-TX/town{n}"
name = "Town {n}"
kind = "city"
ocd_id = "ocd-division/country:us/state:tx/place:town{n}"
attested = {on}
attested_by = "third-party reading"
stale_after = "{limit}d"
"""
_DOCUMENT = """
[[documents]]
id = "{id}"
title = "Town {n}, {id}"
publisher = "Town {n}"
url = "https://{host}/{path}.html"
url_basis = "seen"
check_every = "{every}d"
"""
_ACT = """
[[instruments]]
id = "act-{number}"
citation = "Ordinance {number}"
type = "ordinance"
note = "no address found: a town that is made up"

[[timeline]]
{more}derivatives = "unregulated"
grade = "secondary"
instruments = ["act-{number}"]
"""
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

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Answer no more."""
        self.server.shutdown()
        self.server.server_close()


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


_ABOUT = {"text_changed", "contradicted", "contradiction_resolved"}
_ONE_OF = {
    "source_failing": "source", "source_moved": "source", "source_recovered": "source",
    "became_stale": "trust", "reverified": "trust",
}  # fmt: skip
MODELLED = {*_ABOUT, *_ONE_OF, "future_change", "effective_date_reached", "restriction_lifted",
            "terms_changed", "status_changed"}  # fmt: skip


class Years:
    """A world that is played day by day into a store.

    Attributes:
        told: The events of all runs, by day.
        expected: Those that were to be told.
        twice: Events that told a state that was told already.
        alerts: How many messages each target is to get, a run with news one; `events` in them.
        mended: Days on which a person changed a source file.
        failed: How often a document was asked for and not had.
    """

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
        self.mended, self.failed = set[int](), 0

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
        self.failed += sum(not had for had in world.served.values())
        for target in self.config.targets:
            ranks = [told_of(change.kind).level.rank for change in run.changes]
            wanted = sum(rank >= target.minimum.rank for rank in ranks)
            self.alerts[target.label] += bool(wanted)
            self.events[target.label] += wanted
        for change in run.changes:
            kind = str(change.kind)
            about = kind in _ABOUT or _ONE_OF.get(kind) == "source"
            self.told[
                Event(day, kind, change.jurisdiction, change.document if about else None)
            ] += 1
            self._once(change.to_dict())
        return run

    def _once(self, event: Any) -> None:
        """Note an event that tells the state that was told last."""
        state = _ONE_OF.get(event["kind"])
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
