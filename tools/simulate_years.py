"""Plays years of daily runs over towns that are made up, and prints what they took and what was told.

    python tools/simulate_years.py --days 1095 --documents 255 --store /tmp/years > years.json
    python tools/simulate_years.py --page years.json

The first plays, and says after each year, and at the end, what was measured so far. The second
writes the table of docs/years.md from it. `tests/support/towns.py` says what befalls the towns.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import mean, median
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from regstatus.store.verify import verify  # noqa: E402  (found by the line above)
from tests.support.towns import Town  # noqa: E402
from tests.support.years import Years  # noqa: E402

PAGE, KEPT = ROOT / "docs" / "years.md", ROOT / "docs" / "years.json"
YEAR, MONTH = 365, 30
_MARKS = re.compile(r"(?<=<!-- measured -->\n).*(?=<!-- /measured -->)", re.DOTALL)


def play(years: Years, say: Callable[[dict[str, Any]], None]) -> None:
    """Play all days, and say after each year, and at the end, what was measured so far."""
    found: dict[str, Any] = {"documents": years.world.documents, "years": []}
    times: list[float] = []
    files: list[int] = []
    before: dict[str, int] = {}
    for day in range(years.days):
        began = _worked() - years.host.seconds
        with years.opening() as opened:
            years.play(day)
        files.append(len(opened))
        times.append(_worked() - years.host.seconds - began)
        if (day + 1) % YEAR and day + 1 < years.days:
            continue
        first = len(found["years"]) * YEAR
        # The first run of all reads every document, and is no measure of the others.
        own = times[max(first, 1) :]
        summed = {
            **{f"disk {kind}": size for kind, size in years.disk().items()},
            "expected": len(years.expected),
            "told": sum(event in years.told for event in years.expected),
            "nothing": len(years.unexpected),
            "twice": len(years.twice),
            "due": sum(years.alerts.values()),
            "sent": len(years.world.told),
            **_befell(years.world.towns, day),
        }
        found["years"].append(
            {
                **{name: number - before.get(name, 0) for name, number in summed.items()},
                "runs": day + 1 - first,
                "seconds": [median(own[:MONTH]), median(own[-MONTH:])],
                "mean": mean(own),
                "opened": [median(files[max(first, 1) :][:MONTH]), median(files[-MONTH:])],
                "memory": _held(),
                "states": years.states(),
                "wrong": len(years.laxer()),
                "alerts": len(years.wrong_alerts()),
                "faults": len(verify(years.store)),
            }
        )
        before = summed
        say(found)


def _befell(towns: list[Town], last: int) -> dict[str, int]:
    """How much befell the towns up to a day."""
    return {
        "laws": sum(0 < law.day <= last for town in towns for law in town.laws),
        "edits": sum(day <= last for town in towns for day in town.edits),
        "walls": sum(day <= last for town in towns for day in town.walled),
        "moves": sum(day <= last for town in towns for day, _ in town.moves),
    }


def _worked() -> float:
    """Processor seconds of this process and of those that it has ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def _held() -> int:
    """Bytes of memory that this process holds now."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * resource.getpagesize()


def tables(measured: list[dict[str, Any]]) -> str:
    """What was measured: a table for each measurement, a column for each of its years."""
    return "\n".join(
        f"{found['documents']} documents, {sum(year['runs'] for year in found['years']):,} daily runs, "
        f"measured on {found['on']}:\n\n" + _table(found["years"])
        for found in measured
    )


def _table(years: list[dict[str, Any]]) -> str:
    rows: list[list[str]] = []

    def row(what: str, value: Callable[[dict[str, Any]], str]) -> None:
        rows.append([what, *map(value, years)])

    row("changes of law; other changes of words", lambda y: f"{y['laws']}; {y['edits']}")
    row("walls; codes that moved to another host", lambda y: f"{y['walls']}; {y['moves']}")
    row("**added to the disk**", lambda y: _mega(sum(map(y.__getitem__, _disk(y)))))
    shown = {name for year in years for name in _disk(year) if year[name] >= 50_000}
    for name in sorted(shown):
        row(f"of that, {name.removeprefix('disk ')}", lambda y, name=name: _mega(y.get(name, 0)))  # type: ignore[misc]
    row("**processor time of a run**, median of the first 30 days; of the last 30",
        lambda y: "; ".join(f"{seconds:.2f} s" for seconds in y["seconds"]))  # fmt: skip
    month = years[0]["seconds"][0]
    row("the last, by the first month of all", lambda y: f"{y['seconds'][1] / month:.2f} ×")
    row("the mean of the year, by that of the first year",
        lambda y: f"{y['mean'] / years[0]['mean']:.2f} ×")  # fmt: skip
    row("**files of the store** opened in a run, median of the first 30 days; of the last 30",
        lambda y: "; ".join(f"{number:.0f}" for number in y["opened"]))  # fmt: skip
    row("memory of the process that made all runs, at the end", lambda y: _mega(y["memory"]))
    row("**events** that had to be told; that were", lambda y: f"{y['expected']:,}; {y['told']:,}")
    row("events told twice; told for nothing", lambda y: f"{y['twice']}; {y['nothing']}")
    row(
        "**messages** that two targets had to get; that they got",
        lambda y: f"{y['due']:,}; {y['sent']:,}",
    )
    row("targets with a message twice, or another number of events", lambda y: f"{y['alerts']}")
    row(
        "records at the end",
        lambda y: ", ".join(f"{n} {s}" for s, n in sorted(y["states"].items())),
    )
    row("answers that are not the law that was read", lambda y: f"{y['wrong']}")
    row("faults that `snapshots verify` finds", lambda y: f"{y['faults']}")
    runs = enumerate((year["runs"] for year in years), 1)
    head = ["", *(f"year {n}" if days == YEAR else f"{days} days" for n, days in runs)]
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _disk(year: dict[str, Any]) -> list[str]:
    return [name for name in year if name.startswith("disk ")]


def _mega(size: float) -> str:
    return f"{size / 1e6:.1f} MB"


def with_tables(page: str, measured: list[dict[str, Any]]) -> str:
    """The page with what was measured in place of what stands there.

    Raises:
        ValueError: If the page has no place for it.
    """
    new, places = _MARKS.subn(lambda _: tables(measured), page)
    if places != 1:
        raise ValueError("the page has no place for the tables")
    return new


def main() -> None:
    """Play, or write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--days", type=int, default=3 * YEAR)
    parser.add_argument("--documents", type=int, default=255)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", type=Path, help="an empty folder to play in")
    parser.add_argument(
        "--page", type=Path, nargs="+", help="write docs/years.md from measurements"
    )
    args = parser.parse_args()
    if args.page:
        lines = (file.read_text(encoding="utf-8").splitlines()[-1] for file in args.page)
        measured = [json.loads(line) for line in lines]
        KEPT.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
        PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8"), measured), encoding="utf-8")
        return
    args.store.mkdir(parents=True)
    # Reading apart takes a process for each run, and would hide in its start what grows.
    years = Years(args.store, args.seed, args.days, args.documents, isolate=False)
    began = datetime.now().astimezone()

    def say(so_far: dict[str, Any]) -> None:
        so_far |= {"on": f"{began:%Y-%m-%d}", "seed": args.seed}
        print(json.dumps(so_far), flush=True)
        print(tables([so_far]), file=sys.stderr, flush=True)

    play(years, say)
    wrong = {"missing": years.missing, "unexpected": years.unexpected}
    for name, events in wrong.items():
        for event in sorted(events, key=str):
            print(name, *event, file=sys.stderr)
    for event in years.twice:
        print("twice", event["observed"], event["sentence"], file=sys.stderr)


if __name__ == "__main__":
    main()
