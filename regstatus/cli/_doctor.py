"""Ask every official address for a little, write nothing, and say by cause what is wrong and what to do.

Before a first run it tells wrong addresses from walls, from hosts that are down and from faults of
our own, and proposes new addresses where the host names them.
"""

from __future__ import annotations

from itertools import groupby

from regstatus.cli._common import JSON, SOURCES, Args, clean, now, tell
from regstatus.cli._runs import RUN, options_from
from regstatus.cli._update import progress_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from regstatus.pipeline.diagnosis import Checkup, Diagnosis

_NAMES = ("--only PATTERN...", "--delay SECONDS", "--route HOST=URL...")
ARGUMENTS: dict[str, Any] = {
    **SOURCES,
    "--snapshots DIR|URL": "whose clocks to use, and where a run would write",
    **{name: RUN[name] for name in _NAMES},
    "form": {**JSON, "--markdown": "print Markdown, for an issue"},
}
_BASES = {"memory": "from memory", "pattern": "by pattern", "seen": "seen"}


def run(args: Args) -> int:
    """Look, and print; exit status 0 if nothing is wrong, 4 if nothing could be fetched, else 1."""
    from regstatus.pipeline.diagnosis import check_up

    found = check_up(options_from(args), now=now, progress=progress_of(args))
    tell(args, _data(found), _lines(found, _code if args.markdown else clean))
    if found.asked and not found.fetched:
        return 4
    return 1 if found.wrong else 0


def _causes(found: Checkup) -> Iterator[tuple[str, dict[str, Any], list[Diagnosis]]]:
    """Each cause that there is, what is said of it, and its addresses."""
    from regstatus.pipeline.diagnosis import CAUSES

    for cause, some in groupby(found.diagnoses, lambda one: one.cause):
        yield cause, CAUSES[cause], [*some]


def _data(found: Checkup) -> dict[str, Any]:
    from dataclasses import asdict

    names = ("title", "says", "step", "wrong")
    causes = {
        cause: {**{name: told[name] for name in names}, "addresses": len(some)}
        for cause, told, some in _causes(found)
    }
    return {**asdict(found), "at": found.at.strftime("%Y-%m-%dT%H:%M:%SZ"), "causes": causes}


def _lines(found: Checkup, shown: Callable[[str], str]) -> Iterator[str]:
    """Markdown that can be read as it is; `shown` makes safe what others wrote."""
    when = found.at.strftime("%Y-%m-%d %H:%M UTC")
    yield f"regstatus doctor, {when}: {found.asked} addresses asked, {found.fetched} fetched"
    yield ""
    for check in found.machine:
        step = f" → {check.step}" if check.step else ""
        yield f"- {check.state} {check.name}: {shown(check.says)}{step}"
    causes = list(_causes(found))
    yield from ("", f"| {'addresses':>9} | {'cause':<37} |", f"|{'-' * 10}:|{'-' * 39}|")
    yield from (f"| {len(some):>9} | {told['title']:<37} |" for _, told, some in causes)
    for cause, told, some in causes:
        if cause == "good":
            continue
        places = {one.key.partition(":")[0] for one in some}
        step = told["step"].replace("PLACE", places.pop() if len(places) == 1 else "PLACE")
        yield from (
            "",
            f"## {told['title'].capitalize()}: {told['says']}",
            "",
            f"Next: {step}.",
            "",
        )
        if told["shown"] == "names":
            yield shown(", ".join(one.key for one in some))
        for one in some if told["shown"] == "each" else ():
            fails = f", fails at {one.fails_at}" if one.fails_at else ""
            yield f"- {shown(one.key)}, address {_BASES[one.basis]}{fails}"
            about = [one.problem, one.note if told["notes"] else ""]
            if one.url not in one.problem:
                about.insert(0, one.url)
            yield from (f"  - {shown(words)}" for words in about if words)
            yield from (f"  - try {shown(it.url)} ({shown(it.found)})" for it in one.proposals)


def _code(text: str) -> str:
    """Outside text as code: nothing in it is markup, a link or a mention."""
    plain = clean(text).replace("`", "'")
    return f"`{plain}`"
