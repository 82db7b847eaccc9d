"""Towns that are made up: what befalls them, what their hosts answer, and their source files, day by day.

A world is a function of its seed and of the day: laws change twice a week, words that are no law
once a week, three requests of a hundred fail, a wall stands before one host a week, a code moves
to another host each month, and once a year a host is down for five weeks. A person mends
source files some days later.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

START = datetime(2027, 1, 4, 6, tzinfo=UTC)
LIMIT = 21
"""Days that a verification lasts, in every town."""
OUTAGE = range(5, 40)
"""Days of each year on which one host is down."""
VARIANTS = ("18", "21", "ban")
EVERY = {"code": 1, "list": 7, "notice": 30}
"""The documents of a town, with the days between two questions."""


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
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, b"User-agent: *\nAllow: /\n"
        self.served[town.number, name] = False
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
