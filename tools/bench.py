"""Measure speed as ratios within one run; absolute times on a shared machine mean little."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROUNDS = 25


def processes(commands: dict[str, list[str]]) -> dict[str, float]:
    """Best wall time of each command, run in turns so that noise meets all alike."""
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    env["REGSTATUS_SNAPSHOTS"] = str(ROOT / "snapshots")
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(ROUNDS):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=env)
            best[name] = min(best[name], time.perf_counter() - start)
    return best


def best_of(function: Callable[[], object], rounds: int = 7) -> float:
    """Best wall time of a function."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)


def page(size: int) -> bytes:
    """A page in the form of a code chapter, of our own making."""
    head = "<!doctype html><html><head><title>Chapter 9</title></head><body><h1>CHAPTER 9</h1>"
    # Real chapters spend 200 to 1,200 bytes on a passage, markup included; this one about 250.
    section = (
        '<div class="section" id="s{n}"><h3 class="catchline"><a href="#s{n}">Sec. 9.{n:04d}. '
        "CONTROLLED SUBSTANCES.</a></h3>\n"
        '<p class="subsection">(a) The following substances, their <i>salts</i>, isomers and salts '
        "of isomers are in this schedule unless they are expressly excepted or listed in another "
        "schedule, whenever the existence of such salts and isomers is possible within the "
        "specific chemical designation, and whatever their trade name may be:</p>\n"
        '<ul class="entries"><li class="entry">(1) N-(1-methyl-2-phenylethyl)-N-phenyl-example-{n} '
        "amide, its optical isomers and esters, also known as example {n};</li>"
        '<li class="entry">(2) another&nbsp;substance of the same family, in any quantity and in '
        "any mixture or preparation that contains it.</li></ul>\n"
        '<p class="subsection">(b) A person who knowingly possesses a substance listed in this '
        "section without a valid prescription commits an offence of the third degree, unless the "
        "person is a laboratory that is registered under chapter {n} of this title.</p>\n"
        '<p class="history">Added by Acts 2001, ch. {n}; amended by Acts 2009, ch. {n}, eff. '
        "September 1, 2009.</p></div>\n"
    )
    parts, total, number = [head], 0, 0
    while total < size:
        number += 1
        parts.append(section.format(n=number))
        total += len(parts[-1])
    return ("".join(parts) + "</body></html>").encode()


def main() -> None:
    """Measure and print."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, best of {ROUNDS}\n")
    binary = str(Path(sys.executable).with_name("regstatus"))
    times = processes(
        {
            "python -c pass": [sys.executable, "-c", "pass"],
            "python -c 'import regstatus'": [sys.executable, "-c", "import regstatus"],
            "regstatus lookup US-AL": [binary, "lookup", "US-AL"],
            "regstatus lookup alabama --json": [binary, "lookup", "alabama", "--json"],
        }
    )
    bare = times["python -c pass"]
    for name, seconds in times.items():
        print(f"{name:34} {seconds * 1000:7.1f} ms  {seconds / bare:5.2f} x bare Python")
    print(f"\n{'reading HTML':20} {'MB/s':>8} {'x lxml text_content':>20}")
    from lxml import html

    from regstatus.assess import assess
    from regstatus.extract import extract

    for size in (100_000, 1_000_000, 4_000_000):
        body = page(size)
        ours = best_of(lambda body=body: extract(body))
        both = best_of(lambda body=body: assess(extract(body), on=date(2026, 11, 22)))
        lxml = best_of(lambda body=body: html.fromstring(body).text_content())
        for name, seconds in (("extract", ours), ("extract + assess", both), ("lxml", lxml)):
            label = f"{name} {len(body) / 1e6:.1f} MB"
            print(f"{label:20} {len(body) / seconds / 1e6:8.1f} {seconds / lxml:20.2f}")


if __name__ == "__main__":
    main()
