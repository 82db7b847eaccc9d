"""Look-up inside a process: the warm answer, and the import."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import timeit
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from benchlib import ROOT, Line, absent, has, in_turns, line, same

SECTION = "Look-up, in process"
GOAL = "ahead of it"
DAY = date(2026, 11, 22)
ABOUT = """\
An answer is remembered while the files and the minute stay the same, so a repeated question costs
one look at a clock and one at a dict. `holidays` and `pycountry` answer from data of their own: the
kind of question is the same (a place and a day; a code), the data cannot be."""


def measure(quick: bool) -> list[Line]:
    """The warm answer, against a dict, `holidays` and `pycountry`; then the import."""
    os.environ["REGSTATUS_SNAPSHOTS"] = str(ROOT / "snapshots")
    return [*_warm(quick), *_places(quick), *_import(quick)]


def _warm(quick: bool) -> list[Line]:
    import regstatus

    ids = [one.id for one in regstatus.load().answers()]
    days = [DAY + timedelta(days=number) for number in range(30)]
    plain = {key: regstatus.lookup(key) for key in ids}
    dated = {(key, day): regstatus.lookup(key, on=day) for key in ids for day in days}
    same(regstatus.lookup("US-AL"), plain["US-AL"], "the answer of today")
    same(regstatus.lookup("US-AL", on=DAY), dated["US-AL", DAY], "the answer of a day")
    many = "for key in ids:\n for day in days: lookup(key, on=day)"
    each = "for key in ids:\n for day in days: dated[key, day]"
    known: dict[str, object] = {
        "lookup": regstatus.lookup, "plain": plain, "dated": dated, "ids": ids, "days": days,
        "day": DAY,
    }  # fmt: skip
    statements = {
        "lookup": "lookup('US-AL')",
        "on": "lookup('US-AL', on=day)",
        "dict": "plain['US-AL']",
        "dict on": "dated['US-AL', day]",
        "all": many,
        "dict all": each,
    }
    if has("holidays"):
        import holidays

        alabama = holidays.country_holidays("US", subdiv="AL", years=[DAY.year])
        thanksgiving = date(2026, 11, 26)
        same(alabama.get(thanksgiving), "Thanksgiving Day", "what holidays says of a day")
        known |= {"alabama": alabama, "holiday": thanksgiving}
        statements["holidays"] = "alabama.get(holiday)"
    if has("pycountry"):
        import pycountry

        found = pycountry.subdivisions.get(code="US-AL")
        same(found.name if found else None, "Alabama", "what pycountry says of a code")
        known["subdivisions"] = pycountry.subdivisions
        statements["pycountry"] = "subdivisions.get(code='US-AL')"
    number = 20_000
    times = {
        name: _timer(statement, known, 1 if "all" in name else number)
        for name, statement in statements.items()
    }
    best = in_turns(times, 5 if quick else 25)
    for name in best:
        best[name] /= len(ids) * len(days) if "all" in name else number
    return _lines(best, len(ids) * len(days))


def _places(quick: bool) -> list[Line]:
    """Questions that are not remembered: by ZIP code, against the id of the record that answers."""
    import regstatus

    data, asked = regstatus.load(), ("US-CA", "92101", "US-FL", "34285")
    for one in asked:
        data.lookup(one, on=DAY)
    times = {
        key: _timer(f"lookup({key!r}, on=day)", {"lookup": data.lookup, "day": DAY}, 20)
        for key in asked
    }
    best = {key: time / 20 for key, time in in_turns(times, 5 if quick else 25).items()}
    return [
        line(SECTION, f"`lookup({code!r})`, not asked before", best[code], best[ident],
             name=f"`lookup({ident!r})`", goal="at most 2 x", most=2, unit=_micro)
        for ident, code in zip(asked[::2], asked[1::2], strict=True)
    ]  # fmt: skip


def _timer(statement: str, known: dict[str, object], number: int) -> Callable[[], object]:
    timer = timeit.Timer(statement, globals=known)
    return lambda: timer.timeit(number)


def _lines(best: dict[str, float], many: int) -> list[Line]:
    lines = []
    for key, shown, other in (
        ("lookup", "`lookup(id)`", "dict"),
        ("on", "`lookup(id, on=day)`", "dict on"),
        ("all", f"each of {many:,} questions, all asked before", "dict all"),
    ):
        time = best[key]
        lines.append(
            Line(SECTION, f"{shown}, warm", _micro(time), "3 µs", time / 3e-6, "under 3 µs",
                 met=time < 3e-6)
        )  # fmt: skip
        lines.append(line(SECTION, shown, time, best[other], name="a plain dict", unit=_micro))
    for name, key, shown in (
        ("holidays", "on", "`lookup(id, on=day)`"),
        ("pycountry", "lookup", "`lookup(id)`"),
    ):
        if name in best:
            lines.append(
                line(SECTION, shown, best[key], best[name], name=f"`{name}`", goal=GOAL, most=1,
                     unit=_micro)
            )  # fmt: skip
        else:
            lines.append(absent(SECTION, f"`{name}`", f"{name} is not installed"))
    return lines


def _micro(seconds: float) -> str:
    return f"{seconds * 1e6:.2f} µs"


def _import(quick: bool) -> list[Line]:
    """Import in fresh processes, each of which takes its own time."""
    best = dict.fromkeys(("regstatus", "nothing_in_it"), float("inf"))
    with tempfile.TemporaryDirectory(prefix="regstatus-bench-") as folder:
        Path(folder, "nothing_in_it.py").touch()
        # Both are found in the first folder of the path, and both have their byte code.
        env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        for number in range(10 if quick else 60):
            for name in best:
                where = folder if name == "nothing_in_it" else str(ROOT)
                code = (
                    f"import sys, time; sys.path.insert(0, {where!r}); start = time.perf_counter(); "
                    f"import {name}; print(time.perf_counter() - start)"
                )
                command = [sys.executable, "-c", code]
                done = subprocess.run(command, capture_output=True, check=True, env=env)
                if number:
                    best[name] = min(best[name], float(done.stdout))
    return [
        line(SECTION, "`import regstatus`", best["regstatus"], best["nothing_in_it"],
             name="an empty module", goal="at most 1.5 x", most=1.5, unit=_micro)
    ]  # fmt: skip
