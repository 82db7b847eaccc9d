"""Fuzz: spoilt pages, source files, names, archives and stores, and what may come of them.

Whatever comes from outside gives a result or the documented error, and soon. Each case
is made from the seed and its number alone, so that a failure can be played again:

    python tools/fuzz.py --seconds 300 --seed 7
    python tools/fuzz.py --seed 7 --case extract:1234
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from regstatus.assess import assess  # noqa: E402
from regstatus.assess.announcements import announcements  # noqa: E402
from regstatus.base.errors import (  # noqa: E402
    ReadingError,
    RegstatusError,
    SourceFileError,
    UsageError,
)
from regstatus.catalog.places import Registry  # noqa: E402
from regstatus.catalog.sources import check_text, load_catalog  # noqa: E402
from regstatus.extract.extractor import _extract  # noqa: E402  (behind the net, so that faults show)
from regstatus.fetch.settings import Settings  # noqa: E402
from regstatus.model.document import Select  # noqa: E402
from regstatus.model.text import Page  # noqa: E402
from regstatus.model.words import Format, Outcome, Reads  # noqa: E402
from regstatus.pipeline.options import Options  # noqa: E402
from regstatus.pipeline.replay import Recording  # noqa: E402
from regstatus.pipeline.update import update  # noqa: E402
from regstatus.store.reader import Store  # noqa: E402
from regstatus.store.verify import verify  # noqa: E402
from regstatus.store.warc import export  # noqa: E402
from tests.support.replica import Replica, example  # noqa: E402

SLOW = 20
"""Seconds that one case may take; a whole title of law takes two."""
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TAGS = ("p div b table tr td li ol h1 h2 del span pre body a", "p div table td li html body")
SERVED = ("US-TX", "US-LA", "US-KY")
"""Whose pages stand in the store and the archive that are spoilt."""

_TOKENS = [
    *(f"<{tag}>".encode() for tag in TAGS[0].split()),
    *(f"</{tag}>".encode() for tag in TAGS[1].split()),
    *b"<!-- --> ]]> <![CDATA[ <? ?> <!DOCTYPE <!ENTITY & &#x0; &#xD800; &#x110000; &nbsp;".split(),
    *b'{ } [ ] , : "" null -1 1e999 "\\ud800" {"a": \\u0000'.split(),
    b"\0", b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\x1b[2J", b"\r",
    b"%PDF-1.7", b"PK\x03\x04", b"\x1f\x8b", b"{\\rtf1", b"kratom", b"Mitragynine", b"Schedule I",
    b"Repealed", b"\xc2\xa7 5", b"(a)", b"2026-02-30", b"99999999999999999999", b"[[documents]]",
    b'"""', b"'''", b"# ", b"= ", b"\xcc\x81" * 50, b"WARC/1.1\r\n", b"Content-Length: -1\r\n",
]  # fmt: skip
_ENCODINGS = ("utf-16", "utf-32", "latin-1", "cp1251", "shift_jis", "utf-7", "utf-8-sig", "cp037")
_VALUES = (None, True, -1, 10**400, "", "x" * 5000, [], {}, [[]], {"": None}, "\ud800", "../x", 1.5)


class _TooSlow(BaseException):
    """No part of the road may take this for a fault of its own."""


def spoil(data: bytes, dice: random.Random, other: bytes = b"") -> bytes:
    """Spoil some bytes in one to six ways."""
    for _ in range(dice.choice((1, 1, 2, 3, 6))):
        start = dice.randrange(len(data) + 1)
        end = min(len(data), start + dice.choice((1, 4, 30, 300, 3000)))
        piece = data[start:end]
        match dice.randrange(10):
            case 0:
                data = data[:start]
            case 1:
                data = data[:start] + data[end:]
            case 2:
                data = data[:end] + piece * dice.choice((1, 2, 20)) + data[end:]
            case 3:
                data = data[:start] + bytes(b ^ 1 << dice.randrange(8) for b in piece) + data[end:]
            case 4:
                place = dice.randrange(len(other) + 1)
                data = data[:start] + other[place : place + 500] + data[end:]
            case 5:
                times = dice.choice((1, 1, 1, 5, 3000))
                data = data[:start] + dice.choice(_TOKENS) * times + data[start:]
            case 6:
                text = data.decode("utf-8", "replace")
                data = text.encode(dice.choice(_ENCODINGS), "replace")
            case 7:
                data = data.replace(dice.choice((b" ", b"<", b">", b'"', b"=", b"\n")), b"", 3)
            case 8:
                lines = data.split(b"\n")
                dice.shuffle(lines)
                data = b"\n".join(lines)
            case _:
                data = data[:start] + dice.choice(_TOKENS) + data[end:]
    return data[:3_000_000]


def spoil_json(data: bytes, dice: random.Random) -> bytes:
    """Put a value of another kind somewhere into JSON; spoil the bytes where it is none."""
    try:
        root = json.loads(data)
    except ValueError:
        return spoil(data, dice)
    node, above, key = root, None, None
    while isinstance(node, dict | list) and node and (above is None or dice.random() < 0.8):
        key = dice.choice(list(node) if isinstance(node, dict) else range(len(node)))
        above, node = node, node[key]
    if above is None:
        return spoil(data, dice)
    if dice.random() < 0.3:
        del above[key]
    else:
        above[key] = dice.choice(_VALUES)
    return json.dumps(root, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True)
class Failure:
    """A case that broke the rule: its name, what happened, and the bytes."""

    case: str
    says: str
    data: bytes


class Fuzz:
    """All targets, made from one seed.

    Args:
        seed: Of all that is done.
        folder: Where a store and an archive are made and spoilt.
    """

    def __init__(self, seed: int, folder: Path) -> None:
        self.seed, self.folder = seed, folder
        self.catalog = load_catalog(ROOT / "sources")
        self.files = sorted((ROOT / "sources").rglob("*.toml"))
        self.pages = [
            (document, path)
            for source in self.catalog
            for document in source.documents
            if (path := example(source.jurisdiction, document)) is not None
        ]
        self.targets: dict[str, tuple[int, Callable[[random.Random], None]]] = {
            "extract": (12, self.extract),
            "source": (6, self.source),
            "name": (6, self.name),
            "warc": (3, self.warc),
            "store": (3, self.store),
            "feed": (2, self.feed),
        }
        self.data = b""

    def play(self, target: str, number: int) -> Failure | None:
        """Play one case."""
        dice = random.Random(f"{self.seed}:{target}:{number}")  # noqa: S311  (no secret)
        self.data = b""
        try:
            with _Watch():
                self.targets[target][1](dice)
        except (Exception, _TooSlow):  # noqa: BLE001  (whatever it is, it is the finding)
            return Failure(f"{target}:{number}", traceback.format_exc(), self.data)
        return None

    def cases(self) -> Iterator[tuple[str, int]]:
        """Targets and numbers, in the order of their weights, for ever."""
        turn = [name for name, (weight, _) in self.targets.items() for _ in range(weight)]
        counts: Counter[str] = Counter()
        dice = random.Random(self.seed)  # noqa: S311
        while True:
            name = dice.choice(turn)
            yield name, counts[name]
            counts[name] += 1

    def extract(self, dice: random.Random) -> None:
        """A spoilt page, with its own or no hints, is read or refused."""
        document, path = dice.choice(self.pages)
        if document.format is Format.PDF and dice.random() < 0.8:  # each costs a process
            document, path = dice.choice(self.pages)
        self.data = spoil(path.read_bytes(), dice, dice.choice(self.pages)[1].read_bytes())
        hinted = dice.random() < 0.7
        try:
            text = _extract(
                self.data,
                document.format if hinted else None,
                dice.choice((None, "text/html; charset=utf-16", "application/xml", "x/y")),
                None if hinted else path.name,
                (document.select if hinted else None) or Select(),
            )
        except ReadingError:
            return
        finding = assess(
            text,
            on=date(2026, 11, 22),
            controls=document.controls,
            phrases=document.shows.says,
            reads=document.reads,
            complete=document.complete,
        )
        for words in (text.sha256, repr(finding), *(m.place.quote for m in finding.mentions)):
            words.encode()

    def source(self, dice: random.Random) -> None:
        """A spoilt source file is read or told."""
        data = dice.choice(self.files).read_bytes()
        self.data = spoil(data, dice, dice.choice(self.files).read_bytes())
        try:
            check_text(self.data.decode("utf-8", "replace"), "x.toml")
        except SourceFileError as error:
            assert str(error).startswith("x.toml")  # noqa: PT017

    def name(self, dice: random.Random) -> None:
        """A spoilt name is a place or is asked back."""
        place = dice.choice(Registry().all())
        words = dice.choice((place.id, place.name, place.ocd_id or "", f"{place.name}, {place.id}"))
        self.data = spoil(words.encode(), dice, b"county of city / - : georgia")[:3000]
        try:
            Registry().resolve(self.data.decode("utf-8", "replace"))
        except UsageError:
            return

    def feed(self, dice: random.Random) -> None:
        """A spoilt feed is read or refused."""
        feeds = [path for document, path in self.pages if document.reads is Reads.FEED]
        data = dice.choice(feeds).read_bytes()
        self.data = (spoil_json if dice.random() < 0.6 else spoil)(data, dice)
        page = Page(
            url="https://a.example/",
            final_url="https://a.example/",
            outcome=Outcome.OK,
            body=self.data,
            fetched_at=NOW,
        )
        try:
            for found in announcements(page):
                repr(found).encode()
        except ReadingError:
            return

    def warc(self, dice: random.Random) -> None:
        """A spoilt archive is refused, or every body in it is what its digest says."""
        store, archive = self._kept
        other = (store / "index.json").read_bytes()
        self.data = spoil(archive.read_bytes(), dice, other)
        path = self.folder / ("spoilt.warc" if dice.random() < 0.9 else "spoilt.warc.gz")
        path.write_bytes(self.data)
        try:
            recording = Recording(path)
            for capture in recording.captures:
                recording.body(capture.sha256)
        except RegstatusError:
            return

    def store(self, dice: random.Random) -> None:
        """A spoilt store is told, and answers from what is sound."""
        store, _ = self._kept
        files = sorted(p for p in store.rglob("*") if p.is_file() and p.name != ".lock")
        path = dice.choice([p for p in files if p.parent == store] * 20 + files)
        good = path.read_bytes()
        self.data = (spoil_json if dice.random() < 0.6 else spoil)(good, dice)
        path.write_bytes(self.data)
        try:
            faults = verify(store)
            assert all(isinstance(fault, str) for fault in faults)
            snapshot = Store(store).load()
            for record in snapshot.records():
                assert record["id"] in snapshot
        except RegstatusError:
            return
        finally:
            path.write_bytes(good)

    @cached_property
    def _kept(self) -> tuple[Path, Path]:
        """A store and an archive of it, made by a run against the replica."""
        store, archive = self.folder / "store", self.folder / "all.warc"
        with Replica(self.catalog, SERVED) as replica:
            options = Options(
                sources=ROOT / "sources",
                snapshots=store,
                only=SERVED,
                settings=Settings(delay=0.0, retries=0, routes=replica.routes),
                isolate=False,
            )
            update(options, now=lambda: NOW)
        export(store, archive, created=NOW)
        return store, archive


class _Watch:
    """Raises `_TooSlow` in a case that takes too long, where the platform can."""

    def __enter__(self) -> None:
        if hasattr(signal, "setitimer"):
            self._old: Any = signal.signal(signal.SIGALRM, self._ring)
            signal.setitimer(signal.ITIMER_REAL, SLOW)

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._old)

    @staticmethod
    def _ring(_: int, __: FrameType | None) -> None:
        raise _TooSlow(f"took longer than {SLOW} s")


def main() -> int:
    """Fuzz for a time; exit status 1 where anything was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**9)
    parser.add_argument("--case", help="play one case again, such as extract:17")
    parser.add_argument("--only", help="one target")
    args = parser.parse_args()
    kept = ROOT / ".run" / "fuzz"
    found: dict[str, Failure] = {}
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        fuzz = Fuzz(args.seed, Path(folder))
        if args.case:
            target, _, number = args.case.partition(":")
            failure = fuzz.play(target, int(number))
            print(failure.says if failure else "nothing wrong")
            return 1 if failure else 0
        end = time.monotonic() + args.seconds
        for target, number in fuzz.cases():
            if time.monotonic() > end:
                break
            if args.only and target != args.only:
                continue
            counts[target] += 1
            failure = fuzz.play(target, number)
            if failure is None:
                continue
            place = "".join(failure.says.splitlines(keepends=True)[-3:])
            if place not in found:  # one of each kind is enough to mend
                found[place] = failure
                kept.mkdir(parents=True, exist_ok=True)
                (kept / failure.case.replace(":", "-")).write_bytes(failure.data)
                print(f"\n{failure.case} --seed {args.seed}\n{failure.says}", flush=True)
    told = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    print(f"seed {args.seed}: {sum(counts.values())} cases ({told}); {len(found)} kinds of failure")
    if found:
        print(f"inputs are in {kept}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
