"""The stage: every case is a place of its own with one document, and three runs meet them all.

The first run brings the pages of now, the second and third those of later: a doubt must not wear
off, and a good page must stay good. All is served over real sockets by one host on loopback.
"""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from regstatus.fetch.settings import Settings
from regstatus.pipeline.update import Options, update
from regstatus.query.dataset import Dataset
from regstatus.store.reader import Store
from tests.fetch.conftest import Hosts
from tests.proof.case import TYPES, Case
from tests.support.make import NOON
from tests.support.reading import reading_once

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

STATE = "US-KS"
HOSTS = 60
RANK = ("unregulated", "age_restricted", "unknown", "regulated", "prescription_only",
        "sale_prohibited", "banned")  # fmt: skip
"""Status by strictness, as the codebook has it."""
ALLOWS = ("yes", "depends", "limited", "unknown", "no")
PROVEN = {"fresh", "attested"}
"""What is said of a record whose every layer was proven, by its page or by a person."""
_ABOVE = """
jurisdiction = "ID"
attested = 2026-11-20
attested_by = "A. Reader"
read_officially = true
stale_after = "365d"

[[timeline]]
leaf = "unregulated"
mitragynine = "unregulated"
"7-oh" = "unregulated"
derivatives = "unregulated"
grade = "official_text"
basis = "silence"
"""


@dataclass(frozen=True)
class Seen:
    """What one run left of a case.

    Attributes:
        verified_at: When its text was last proven.
        state: `attested`, `due` or `stale`, say: a person has read the law above all cases.
        words: Why it is not fresh, and what the clock has against the last page.
        answer: For each substance its strictness, then those of what one may do, age and cap.
        told: The same in words, for people.
    """

    verified_at: str | None
    state: str
    words: str
    answer: tuple[Any, ...]
    told: str


@dataclass(frozen=True)
class Played:
    """A case and what was seen of it after each run."""

    case: Case
    seen: tuple[Seen, Seen, Seen]

    @property
    def verified(self) -> bool:
        """Whether the page of now proved the record, without which the case says nothing."""
        return self.seen[0].verified_at is not None and self.seen[0].state in PROVEN

    @property
    def wrong(self) -> str | None:
        """The wrong answer that a reader would get, or None."""
        before = self.seen[0]
        for after in self.seen[1:]:
            if after.answer == before.answer:
                continue
            laxer = any(a < b for a, b in zip(after.answer, before.answer, strict=True))
            if laxer or not self.case.stricter:
                return f"{before.told} became {after.told}"
        return None

    @property
    def renewed(self) -> bool:
        """Whether a page that proves nothing was taken as proof, or left no word behind."""
        first, *later = self.seen
        return not self.case.good and any(
            one.verified_at != first.verified_at or one.state in PROVEN or not one.words
            for one in later
        )

    @property
    def doubted(self) -> bool:
        """Whether a page that proves the record was not taken as proof."""
        times = [one.verified_at or "" for one in self.seen]
        return self.case.good and not times[0] < times[1] < times[2]

    @property
    def fault(self) -> str | None:
        """What is wrong with the case as it was played, in one line; None if it is right."""
        if not self.verified:
            return f"the page of now proves nothing: {self.seen[0].words}"
        if self.wrong:
            return f"wrong answer: {self.wrong}"
        if self.renewed:
            return "wrongly renewed"
        return f"wrongly doubted: {self.seen[-1].words}" if self.doubted else None


def run_options(sources: Path, store: Path, env: dict[str, str], routes: dict[str, str]) -> Options:
    """A run in this process against hosts on loopback, which is not polite to them."""
    return Options(
        sources=sources,
        snapshots=store,
        isolate=False,
        accept=True,
        settings=Settings(delay=0.0, backoff=0.1, retries=5, concurrency=8, env=env, routes=routes),
    )


def play(cases: Sequence[Case], path: Path) -> list[Played]:
    """Play cases in a folder of their own: one catalogue, three runs."""
    sources, store = path / "sources", path / "store"
    sources.mkdir(parents=True)
    for above in ("US", STATE):
        text = _ABOVE.replace('"ID"', f'"{above}"')
        (sources / f"{above.lower()}.toml").write_text(text, encoding="utf-8")
    for number, case in enumerate(cases):
        (sources / f"c{number:04}.toml").write_text(_source(number, case), encoding="utf-8")
    hosts = Hosts()
    names = [_host(number) for number in range(HOSTS)]
    for name in names:
        hosts.put(f"{name}/robots.txt", b"", Content_Type="text/plain")
    options = run_options(sources, store, {}, dict.fromkeys(names, hosts.base))
    seen: list[list[Seen]] = [[] for _ in cases]
    pages = [case.pages for case in cases]
    with reading_once(), closing(hosts):
        for turn in range(3):
            # The last two share a day of law, so that what they read the same is read once.
            now = NOON + timedelta(days=min(turn, 1), hours=turn)
            hosts.now = lambda now=now: now
            for number, case in enumerate(cases):
                headers = {"Content-Type": TYPES[case.law.form], **(case.headers if turn else {})}
                hosts.put(_host(number) + _path(number), pages[number][turn], **headers)
            update(options, now=lambda now=now: now)
            dataset = Dataset(Store(store).load())
            clocks = json.loads((store / "ledger.json").read_bytes())["documents"]
            for number in range(len(cases)):
                key = _place(number)
                answer = dataset.lookup(key, on=date(2026, 11, 26), now=now).to_dict()
                seen[number].append(_seen(answer, clocks[f"{key}:text"]))
    return [Played(case, tuple(of)) for case, of in zip(cases, seen, strict=True)]  # type: ignore[arg-type]


def _host(number: int) -> str:
    return f"h{number % HOSTS}.example.gov"


def _path(number: int) -> str:
    return f"/law/{number}"


def _place(number: int) -> str:
    return f"{STATE}/c{number:04}"


def _source(number: int, case: Case) -> str:
    law = case.law
    return f"""
jurisdiction = "{_place(number)}"
name = "Case {number}"
kind = "place"
ocd_id = "ocd-division/country:us/state:ks/place:c{number:04}"
attested = 2026-11-20
attested_by = "third-party reading"
stale_after = "60d"

[[documents]]
id = "text"
title = "The law"
publisher = "Office"
url = "https://{_host(number)}{_path(number)}"
url_basis = "seen"
format = "{law.form}"
{law.entry}
{law.period}"""


def _seen(answer: dict[str, Any], clock: dict[str, Any]) -> Seen:
    fresh = answer["freshness"]
    layer = answer["layers"][0]
    statuses = [
        layer["substances"].get(name, "unknown") for name in ("leaf", "mitragynine", "7-oh")
    ]
    may = [answer["may"][what] for what in ("possess", "sell", "import")]
    age, cap = layer["minimum_age"], layer["seven_oh_cap"]
    words = "; ".join([*fresh["reasons"], clock.get("problem") or ""]).strip("; ")
    return Seen(
        verified_at=clock.get("verified_at"),
        state=fresh["state"],
        words=words,
        answer=(
            *(RANK.index(one) for one in statuses),
            *(ALLOWS.index(one) for one in may),
            age or 0,
            -min((float(part.rstrip("%")) for part in (cap or "").split("; ") if "%" in part),
                 default=999.0),
        ),
        told=f"{'/'.join(statuses)}, age {age}, cap {cap}, may {'/'.join(may)}",
    )  # fmt: skip
