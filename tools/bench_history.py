"""History: look-ups as known on a day and changes since one, over few and many versions; a year's size."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchlib import ROOT, Line, in_turns, line, milliseconds, program, same

import regstatus
from regstatus.store.ledger import stamp
from regstatus.store.reader import Store, entry_seal, index_bytes
from regstatus.store.writer import writing

SECTION = "History"
SIZES = (10, 1_000, 10_000)
FLAT = "within 1.5 x of 10 versions"
START = datetime(1999, 7, 8, 12, tzinfo=UTC)


def measure(quick: bool) -> list[Line]:
    """Ask stores of different length the same questions; then play a year."""
    with tempfile.TemporaryDirectory(prefix="regstatus-bench-") as folder:
        stores = {size: history(Path(folder, str(size)), size) for size in SIZES}
        lines = [*_asked(stores, quick), *_built(Path(folder), stores[SIZES[-1]])]
    return lines + _year(quick)


def records() -> dict[str, dict[str, Any]]:
    """The records that ship, as JSON."""
    return {
        record["id"]: record
        for record in regstatus.load(str(ROOT / "snapshots")).snapshot.records()
    }


def moved(known: dict[str, dict[str, Any]], number: int) -> dict[str, dict[str, Any]]:
    """The same with one small change, another for each number."""
    return {**known, "US-AL": {**known["US-AL"], "summary": f"Change {number} of this bench."}}


def event(number: int) -> dict[str, Any]:
    """What a version tells of that change."""
    return {
        "kind": "terms_changed", "jurisdiction": "US-AL", "substance": None, "before": None,
        "after": None, "law_date": None, "sentence": f"Change {number} of this bench.",
    }  # fmt: skip


def history(path: Path, size: int) -> Path:
    """A store of so many versions, one a day, each of all records.

    The writer makes the first two, with everything that it does. The others are copies of
    the second, packed as the writer leaves it, under entries of the writer's form that name
    and chain them: writing ten thousand whole versions would take longer than all else here.
    The last is written by the writer again.
    """
    known = records()
    with writing(path) as writer:
        for number in range(3):
            _publish(writer, moved(known, number), number)
    *versions, third = Store(path).versions()
    second = versions[1]
    for file in (path / third["id"]).iterdir():
        file.unlink()
    for number in range(2, size - 1):
        created = START + timedelta(days=number)
        entry = {
            **second,
            "id": f"{created:%Y.%m.%d}",
            "created": f"{created:%Y-%m-%dT%H:%M:%SZ}",
            "parent": versions[-1]["digest"],
        }
        entry["seal"] = entry_seal(entry)
        versions.append(entry)
        folder = path / entry["id"]
        folder.mkdir(exist_ok=True)
        for file in (path / second["id"]).iterdir():
            os.link(file, folder / file.name)
    (path / "index.json").write_bytes(index_bytes(versions))
    with writing(path) as writer:
        _publish(writer, moved(known, size), size - 1)
    return path


def _publish(writer: Any, known: dict[str, dict[str, Any]], number: int) -> None:
    writer.publish(
        known, created=START + timedelta(days=number), changes=[event(number)], report="# bench\n"
    )


def _asked(stores: dict[int, Path], quick: bool) -> list[Line]:
    ours = program("regstatus")
    assert ours is not None
    env = {name: value for name, value in os.environ.items() if name != "REGSTATUS_SNAPSHOTS"}
    questions: dict[str, dict[int, list[str]]] = {
        "newest": {}, "as known on a day": {}, "changes of the last 5 versions": {},
    }  # fmt: skip
    for size, path in stores.items():
        where = ["--snapshots", str(path)]
        middle = START + timedelta(days=size // 2)
        since = START + timedelta(days=size - 6)
        lookup = [ours, "lookup", "US-AL", "--json", "--on", "2026-11-22", *where]
        questions["newest"][size] = lookup
        questions["as known on a day"][size] = [*lookup, "--as-known-on", f"{middle:%Y-%m-%d}"]
        questions["changes of the last 5 versions"][size] = [
            ours, "changes", "--json", "--since", f"{since:%Y-%m-%d}", *where,
        ]  # fmt: skip
        for number, known in ((size // 2, f"{middle:%Y-%m-%d}"), (size - 1, None)):
            _check(path, size, number, known)
        told = json.loads(_run(questions["changes of the last 5 versions"][size], env))
        same(len(told), 5, f"the changes of the last 5 of {size} versions")
    lines = []
    small = min(stores)
    for what, commands in questions.items():
        best = in_turns(
            {str(size): command for size, command in commands.items()}, 6 if quick else 20, env=env
        )
        lines.extend(
            line(SECTION, f"{what}, {size:,} versions, whole process", best[str(size)],
                 best[str(small)], name=f"{small} versions", goal=FLAT, most=1.5)
            for size in commands if size != small
        )  # fmt: skip
    inside: dict[str, Any] = {
        str(size): lambda path=path, size=size: Store(path).load(
            f"{START + timedelta(days=size // 2):%Y-%m-%d}"
        )
        for size, path in stores.items()
    }
    best = in_turns(inside, 20)
    lines.extend(
        line(SECTION, f"as known on a day, {size:,} versions, store opened anew in process",
             best[str(size)], best[str(small)], name=f"{small} versions", goal=FLAT, most=1.5)
        for size in stores if size != small
    )  # fmt: skip
    return lines


def _check(path: Path, size: int, number: int, known: str | None) -> None:
    """See that a store answers from the very version that was asked for."""
    found = Store(path).load(known)
    want = f"{START + timedelta(days=number):%Y.%m.%d}"
    same(found.version, want, f"the version of {size} that answers for {known}")
    whole = next(entry for entry in Store(path).versions() if entry["id"] == want)
    same(found.digest, whole["digest"], f"the digest of {want}")


def _run(command: list[str], env: dict[str, str]) -> bytes:
    return subprocess.run(command, capture_output=True, check=True, env=env).stdout


def _built(folder: Path, longest: Path) -> list[Line]:
    """What one more version costs, after few and after many."""
    known, times = records(), {}
    for name, path in (("few", folder / str(SIZES[0])), ("many", longest)):
        with writing(path) as writer:
            start = time.perf_counter()
            _publish(writer, moved(known, -1), SIZES[-1] + 1)
            times[name] = time.perf_counter() - start
    same(Store(longest).load().digest, Store(longest).newest()["digest"], "the last version")
    return [
        line(SECTION, f"one more version, after {SIZES[-1]:,}", times["many"], times["few"],
             name=f"after {SIZES[0]}", unit=milliseconds,
             note="The whole index is read and written anew; once for each change of law.")
    ]  # fmt: skip


def _year(quick: bool) -> list[Line]:
    """What a year of daily runs with two changes of law a week adds to the disk, from half a year.

    Two runs are played in full against a replica of the official hosts. What the second one
    left is then written again for every day, by the same writer: its captures,
    its report and its ledger; twice a week also a version and a page that changed.
    """
    sys.path.insert(0, str(ROOT))
    from regstatus.catalog.sources import load_catalog
    from regstatus.fetch.settings import Settings
    from regstatus.pipeline.update import Options, update
    from regstatus.store.evidence import Evidence
    from tests.support.replica import KEYS, ORIGIN, Replica

    days = 60 if quick else 182
    with tempfile.TemporaryDirectory(prefix="regstatus-bench-") as folder:
        store, now = Path(folder), datetime.now(UTC)
        catalog = load_catalog(ROOT / "sources")
        spans = {f"{s.jurisdiction}:{d.id}": d.check_every for s in catalog for d in s.documents}
        with Replica(catalog) as replica:
            options = Options(
                sources=ROOT / "sources", snapshots=store, origin=ORIGIN,
                settings=replace(Settings(), delay=0.0, routes=replica.routes, env=KEYS),
                only=tuple(sorted({key.partition(":")[0] for key in replica.keys})),
            )  # fmt: skip
            update(options, now=lambda: now)
            first = _sizes(store)
            update(options, now=lambda: now + timedelta(days=1))
        captures = [one for one in Evidence(store).captures()[0] if one.run > now]
        report = max((store / "reports").glob("*.md"))
        told = (
            report.read_text(encoding="utf-8"),
            json.loads(report.with_suffix(".json").read_bytes()),
        )
        known = {one["id"]: one for one in Store(store).load().records()}
        fsync, os.fsync = os.fsync, lambda _: None  # the room is measured here, not the time
        written = 0
        for day in range(2, days + 1):
            moment = now + timedelta(days=day)
            with writing(store) as writer:
                changed = captures[day % len(captures)] if day % 7 in {2, 5} else None
                for one in captures:
                    # An hour is the least of these spans; a run comes once a day.
                    if day % max(1, spans[one.key].days) == 0 or one is changed:
                        body = b""
                        if one is changed:
                            body = writer.evidence.body(one.sha256) + f"<p>{day}</p>".encode()
                        writer.evidence.keep(_again(one, timedelta(days=day - 1), body), body)
                        written += 1
                version = None
                if changed is not None:
                    version = writer.version(moved(known, day), created=moment, changes=[event(day)],
                                             report="# bench\n", origin=ORIGIN)  # fmt: skip
                told = (told[0], {**told[1], "started": stamp(moment)})
                writer.close(version, writer.ledger(), {}, told)
        os.fsync = fsync
        same(
            len(Store(store).versions()),
            1 + sum(d % 7 in {2, 5} for d in range(2, days + 1)),
            "the versions of the year",
        )
        kept = len(Evidence(store).captures()[0])
        same(min(kept, written), written, "every capture is there")
        sizes = _sizes(store)
    year = {name: (sizes[name] - first[name]) * 365 / days for name in sizes}
    whole = sum(year.values())
    first_run = _mega(sum(first.values()))
    note = (
        f"{days} days with {written / days:.0f} captures each, times 365/{days}; besides the "
        f"{first_run} of the first run. Whole blocks of the disk count, not bytes. Hosts that send "
        "other bytes with each fetch, the law being the same, add those pages; `--keep-evidence` "
        "limits them."
    )
    return [
        Line(SECTION, "a year of daily runs, 2 changes of law a week, everything kept",
             _mega(whole), "50 MB", whole / 50e6, "under 50 MB", met=whole < 50e6, note=note),
        *(Line(SECTION, f"of that, {name}", _mega(size), "50 MB", size / 50e6, "", met=True)
          for name, size in year.items()),
    ]  # fmt: skip


def _again(capture: Any, later: timedelta, body: bytes) -> Any:
    """The same capture on another day; of another body, if one is given."""
    from hashlib import sha256

    from regstatus.model.words import Outcome

    facts: dict[str, Any] = {"fetched_at": capture.fetched_at + later, "run": capture.run + later}
    facts["outcome"] = Outcome.OK if body else Outcome.UNCHANGED
    if body:
        facts["sha256"] = sha256(body).hexdigest()
    return capture.model_copy(update=facts)


def _sizes(store: Path) -> dict[str, int]:
    """What each part of a store takes on the disk."""
    found = dict.fromkeys(
        ("versions", "pages kept as evidence", "captures", "reports", "the rest"), 0
    )
    for path in store.rglob("*"):
        parts = path.relative_to(store).parts
        name = (
            "captures" if parts[:2] == ("evidence", "captures")
            else "pages kept as evidence" if parts[0] == "evidence"
            else "reports" if parts[0] == "reports"
            else "versions" if parts[0][:1].isdigit()
            else "the rest"
        )  # fmt: skip
        found[name] += path.stat().st_blocks * 512
    return found


def _mega(size: float) -> str:
    return f"{size / 1e6:.1f} MB"
