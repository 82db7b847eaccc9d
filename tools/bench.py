"""Measure speed as ratios within one run, and write `docs/performance.md` from what was measured.

    python tools/bench.py [--quick] [--only PART …]

The parts are the files `tools/bench_*.py` that have a function `measure`. Each runs in a
process of its own, one after the other. A part that fails is told at the end and makes the
exit status 1; then, as with `--quick` and `--only`, the page is left as it is.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import os
import platform
import subprocess
import sys
import time
import tomllib
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from benchlib import ROOT, Line
from limits import with_limits

PAGE = ROOT / "docs" / "performance.md"
SCALING = ROOT / "docs" / "scaling.md"
ORDER = ("lookup", "inprocess", "reading", "run", "history", "service", "screen", "scale")
"""The order of the issue that set the goals; other parts follow by name."""
PEERS = (
    "beautifulsoup4", "distributed", "duckdb", "holidays", "httpx", "ibis-framework", "lxml", "norwegianblue",
    "obstore", "pycountry", "Scrapy", "selectolax", "starlette", "trafilatura", "urlwatch", "uvicorn",
)  # fmt: skip
PROGRAMS = (("jq", "--version"), ("sqlite3", "--version"), ("wrk", "--version"))

WRITTEN = """\
Written by `make bench` from what it measured; not edited by hand. Both sides of a line do the same
work, and the bench fails where their outputs differ. They ran in turns, and the best of several
rounds counts. Ratios are what to look at: the times belong to one machine and one hour. Lower is
better, unless a line says otherwise."""

WHY = tomllib.loads(Path(__file__).with_name("bench_why.toml").read_text(encoding="utf-8"))
"""Why a goal that was missed at the last measurements was, by section and goal."""


def parts() -> list[str]:
    """Names of the parts that are here."""
    found = [path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py")]
    found = [name for name in found if "def measure(" in _source(name)]
    rank = {name: number for number, name in enumerate(ORDER)}
    return sorted(found, key=lambda name: (rank.get(name, len(ORDER)), name))


def _source(name: str) -> str:
    return (Path(__file__).parent / f"bench_{name}.py").read_text(encoding="utf-8")


def play(name: str, quick: bool) -> dict[str, Any]:
    """Run one part in its own process.

    Returns:
        `lines`, `about` and `seconds`; or `failed`, with what it said.
    """
    start = time.monotonic()
    receive, send = os.pipe()
    command = [sys.executable, __file__, "--play", name, str(send), *(["--quick"] if quick else [])]
    with subprocess.Popen(command, pass_fds=[send]) as process:
        os.close(send)
        with open(receive, "rb") as pipe:  # noqa: PTH123  (a pipe has no path)
            told = pipe.read()
    if process.returncode or not told:
        return {"failed": f"{name}: ended with status {process.returncode}"}
    return {**json.loads(told), "seconds": time.monotonic() - start}


def _played(name: str, pipe: int, quick: bool) -> None:
    """What the process of a part does."""
    part = importlib.import_module(f"bench_{name}")
    lines: list[Line] = part.measure(quick)
    told = {"lines": [asdict(one) for one in lines], "about": getattr(part, "ABOUT", "")}
    with open(pipe, "wb") as out:
        out.write(json.dumps(told).encode())


def machine() -> list[str]:
    """What the numbers were measured on, one sentence each."""
    versions = []
    for name in PEERS:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    for name, ask in PROGRAMS:
        try:
            done = subprocess.run([name, ask], capture_output=True, text=True, check=False)
        except OSError:
            continue
        first = (done.stdout or done.stderr).strip().splitlines()[:1]
        words = first[0].removeprefix(name).lstrip("- ").split() if first else []
        versions.append(" ".join([name, *words[:1]]))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()
    hardware = (
        f"Machine: {_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} "
        f"{platform.release()}; load {load[0]:.1f} at the start."
    )
    software = f"Python {platform.python_version()}, regstatus {metadata.version('regstatus')}"
    return [hardware, f"{software}; {', '.join(versions)}."]


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    names = [row.partition(":")[2].strip() for row in text.splitlines() if "model name" in row]
    return names[0] if names else platform.machine()


def table(lines: list[dict[str, Any]]) -> list[str]:
    """The lines of one section as Markdown."""
    out = ["| What | regstatus | Peer | Ratio | Goal | Met |", "|---|---|---|---|---|---|"]
    notes: list[str] = []
    for one in lines:
        mark = ""
        if one["note"]:
            if one["note"] not in notes:
                notes.append(one["note"])
            mark = f" ({notes.index(one['note']) + 1})"
        ratio = "" if math.isnan(one["ratio"]) else f"{one['ratio']:.3g}"
        met = ("yes" if one["met"] else "**no**") if one["goal"] else ""
        cells = (one["what"] + mark, one["ours"], one["peer"], ratio, one["goal"], met)
        out.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    if notes:
        out += ["", *(f"({number}) {note}  " for number, note in enumerate(notes, 1))]
    return out


def render(played: list[dict[str, Any]], started: datetime, told: list[str]) -> str:
    """The page."""
    lines = [one for part in played for one in part["lines"]]
    goals = [one for one in lines if one["goal"]]
    missed = [one for one in goals if not one["met"]]
    out = [
        "# Performance",
        "",
        WRITTEN,
        "",
        f"Date: {started:%Y-%m-%d %H:%M} UTC. " + " ".join(told),
        "",
        f"Goals: {len(goals)}, met: {len(goals) - len(missed)}.",
        "",
        "| Part | Goals | Met | Missed |",
        "|---|---|---|---|",
    ]
    for section in dict.fromkeys(one["section"] for one in goals):
        some = [one for one in goals if one["section"] == section]
        out.append(
            f"| {section} | {len(some)} | {sum(one['met'] for one in some)} | {_missed(some)} |"
        )
    kinds = dict.fromkeys((one["section"], one["goal"]) for one in missed)
    out += ["", "Why, goal by goal:", ""] if kinds else []
    for name, goal in kinds:
        out.append(f"- {name}, “{goal}”: {WHY.get(name, {}).get(goal, 'not known yet.')}")
    for part in played:
        for section in dict.fromkeys(one["section"] for one in part["lines"]):
            out += ["", f"## {section}", ""]
            out += table([one for one in part["lines"] if one["section"] == section])
        if part["about"]:
            out += ["", part["about"].strip()]
    return "\n".join(row.rstrip() if not row.startswith("(") else row for row in out) + "\n"


def _missed(goals: list[dict[str, Any]]) -> str:
    """The goals of a part that are missed, and how far: from the nearest line to the farthest."""
    ratios: dict[str, list[float]] = {}
    for one in goals:
        if not one["met"]:
            ratios.setdefault(one["goal"], []).append(one["ratio"])
    return "; ".join(
        f"{len(found)} of “{goal}”: {min(found):.3g} to {max(found):.3g}"
        if len(found) > 1
        else f"“{goal}”: {min(found):.3g}"
        for goal, found in ratios.items()
    )


def main() -> int:
    """Measure, print, write."""
    ask = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    ask.add_argument("--quick", action="store_true", help="smaller numbers, nothing is written")
    ask.add_argument(
        "--only", nargs="+", metavar="PART", choices=parts(), help="nothing is written"
    )
    ask.add_argument("--play", nargs=2, metavar=("PART", "PIPE"), help=argparse.SUPPRESS)
    args = ask.parse_args()
    if args.play:
        _played(args.play[0], int(args.play[1]), args.quick)
        return 0
    started, told = datetime.now(UTC), machine()
    played, failed = [], []
    for name in args.only or parts():
        print(f"{name} …", file=sys.stderr, flush=True)
        done = play(name, args.quick)
        if "failed" in done:
            failed.append(done["failed"])
            continue
        print(f"{name}: {done['seconds']:.0f} s", file=sys.stderr, flush=True)
        played.append(done)
    page = render(played, started, told)
    print(page)
    for one in failed:
        print(f"failed: {one}", file=sys.stderr)
    if failed:
        return 1
    if not args.quick and not args.only:
        PAGE.write_text(page, encoding="utf-8")
        SCALING.write_text(with_limits(SCALING.read_text("utf-8"), page), encoding="utf-8")
        print(f"written: {PAGE.relative_to(ROOT)}, and its figures in scaling.md", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
