"""What the parts of `make bench` share: one line of the table, measuring in turns, comparing.

A part is a file `tools/bench_<name>.py` with a function `measure(quick: bool) -> list[Line]`
and, if it needs words beside its numbers, a constant `ABOUT`: one paragraph of Markdown.
"""

from __future__ import annotations

import difflib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = [
    "ROOT",
    "DifferentError",
    "Line",
    "absent",
    "has",
    "in_turns",
    "line",
    "milliseconds",
    "program",
    "same",
]

ROOT = Path(__file__).parent.parent


class DifferentError(AssertionError):
    """Two that were to do the same work gave different results: their times say nothing."""


@dataclass(frozen=True)
class Line:
    """One line of the table.

    Attributes:
        section: The heading under which it stands.
        what: What was done.
        ours: Our measure, with its unit.
        peer: The measure of the other, with its name and unit.
        ratio: Ours in units of the peer's, or whatever `goal` speaks of; not a number (`nan`)
            where nothing was measured.
        goal: The goal in words; empty if the line is there only to be compared with.
        met: Whether it is met; True where there is none.
        note: What a reader must know to judge the number.
    """

    section: str
    what: str
    ours: str
    peer: str
    ratio: float
    goal: str
    met: bool
    note: str = ""


def line(
    section: str,
    what: str,
    ours: float,
    peer: float,
    *,
    name: str,
    goal: str = "",
    most: float | None = None,
    unit: Callable[[float], str] | None = None,
    note: str = "",
) -> Line:
    """A line of two times, lower being better.

    Args:
        section: The heading.
        what: What was done.
        ours: Our time, in seconds.
        peer: The other's time, in seconds.
        name: Who the other is.
        goal: In words.
        most: The largest ratio that meets the goal; None where there is no goal.
        unit: How a time is written; milliseconds if None.
        note: What a reader must know.
    """
    shown = unit or milliseconds
    ratio = ours / peer
    return Line(
        section,
        what,
        shown(ours),
        f"{name}: {shown(peer)}",
        ratio,
        goal,
        met=most is None or ratio <= most,
        note=note,
    )


def absent(section: str, what: str, why: str) -> Line:
    """A line for a peer that is not here: it is said, and fails nothing."""
    return Line(section, what, "", "not measured", float("nan"), "", met=True, note=why)


def has(module: str) -> bool:
    """Whether a library is installed."""
    return importlib.util.find_spec(module) is not None


def program(name: str) -> str | None:
    """Path of a program: beside this Python first, then on the PATH; None if there is none."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name)


def milliseconds(seconds: float) -> str:
    """A time for people."""
    return f"{seconds * 1000:.1f} ms"


def in_turns(
    work: Mapping[str, Sequence[str] | Callable[[], object]],
    rounds: int,
    *,
    env: Mapping[str, str] | None = None,
) -> dict[str, float]:
    """Best wall time of each, in seconds.

    All are run once in every round, so that the noise of the machine meets all alike. The
    order turns with each round, so that none always runs in the wake of the same other.

    Args:
        work: By name: a command for a new process, or a function.
        rounds: How many; the first is not counted.
        env: The environment of the commands; this process's own if None. Python's byte code is
            always allowed to be kept, as it is for an installed program.
    """
    around = dict(os.environ if env is None else env)
    around.pop("PYTHONDONTWRITEBYTECODE", None)
    names = list(work)
    best = dict.fromkeys(names, float("inf"))
    for number in range(rounds + 1):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            one = work[name]
            start = time.perf_counter()
            if callable(one):
                one()
            else:
                silent = subprocess.DEVNULL  # what they print was compared before
                subprocess.run(one, stdout=silent, stderr=silent, check=True, env=around)
            took = time.perf_counter() - start
            if number:
                best[name] = min(best[name], took)
    return best


def same(ours: Any, peer: Any, what: str) -> None:
    """See that both gave the same.

    Raises:
        DifferentError: With the difference.
    """
    if ours == peer:
        return
    left, right = (_lines(value) for value in (ours, peer))
    found = list(difflib.unified_diff(left, right, "ours", "peer", lineterm="", n=1))
    shown = "\n".join(found[:40]) or f"{ours!r:.2000}\n{peer!r:.2000}"
    raise DifferentError(f"{what}: the outputs differ\n{shown}")


def _lines(value: Any) -> list[str]:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=repr)
    return str(value).splitlines()
