"""Look-up as a whole process: from the shell's prompt to the answer and back."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchlib import ROOT, Line, absent, has, in_turns, line, program, same

SECTION = "Look-up, whole process"
PLACE = "US-AL"
ABOUT = """\
What is left above the bare interpreter is, in this order: the standard library's `re`, `enum`,
`datetime` and `json`; our own modules, half of their time being the making of the words of the law;
reading half a megabyte and proving it by its digest; deciding; and the interpreter's own tidying up."""

QUERY = "select answer from answers where id = 'US-AL'"
LIBRARY = "import datetime, enum, json, re, types"
OWN = "import regstatus.query.lookup, regstatus.cli._lookup, regstatus.query.dataset, regstatus.base.paths"
JQ = (
    '.records[$id].timeline[] | select((.from // "") <= $day and (.until == null or $day < .until))'
    " | .statuses.leaf"
)
ONE_LINER = """
import json, sys
path, key, day = sys.argv[1:]
with open(path, "rb") as file:
    record = json.load(file)["records"][key]
for period in record["timeline"]:
    if (period["from"] or "") <= day and (period["until"] is None or day < period["until"]):
        print(json.dumps(period["statuses"]["leaf"]))
"""


def measure(quick: bool) -> list[Line]:
    """One look-up in each tool that holds the same records, and in one that holds its own."""
    snapshots = ROOT / "snapshots"
    newest = json.loads((snapshots / "index.json").read_bytes())["versions"][-1]["id"]
    file = str(snapshots / newest / "snapshot.json")
    day = datetime.now(UTC).date().isoformat()
    with tempfile.TemporaryDirectory(prefix="regstatus-bench-") as scratch:
        env = {
            **os.environ,
            "REGSTATUS_SNAPSHOTS": str(snapshots),
            "XDG_CACHE_HOME": scratch,
            "NO_COLOR": "1",
        }
        ours = program("regstatus")
        assert ours is not None, "regstatus is not installed beside this Python"
        commands: dict[str, list[str]] = {
            "bare": [sys.executable, "-c", "pass"],
            "ours": [ours, "lookup", PLACE, "--json"],
            "options": [ours, "lookup", PLACE, "--json", "--on", day],
            "library": [sys.executable, "-c", LIBRARY],
            "own": [sys.executable, "-c", OWN],
            "python": [sys.executable, "-c", ONE_LINER, file, PLACE, day],
        }
        answer = _json(commands["ours"], env)
        own = answer["layers"][0]["substances"]["leaf"]
        same(own, _json(commands["python"], env), "the status of the leaf in Alabama's own law")
        # A day that was left out is that of UTC, and the answer says so.
        dated = _json(commands["options"], env)
        same(answer["layers"], dated["layers"], "the layers with the day written out")
        if jq := program("jq"):
            commands["jq"] = [jq, "--arg", "id", PLACE, "--arg", "day", day, JQ, file]
            same(own, _json(commands["jq"], env), "the status of the leaf in Alabama's own law")
        if shell := program("sqlite3"):
            table = _table(Path(scratch) / "answers.sqlite", answer)
            commands["sqlite3"] = [
                shell, table, QUERY,
            ]  # fmt: skip
            same(answer, _json(commands["sqlite3"], env), "the whole answer")
        eol = program("eol") if has("norwegianblue") else None
        if eol:
            _warm(env, answer)
            commands["eol"] = [eol, PLACE, "--json"]
            same([answer], _json(commands["eol"], env), "the whole answer")
        best = in_turns(commands, 8 if quick else 40, env=env)
    return _lines(best)


def _lines(best: dict[str, float]) -> list[Line]:
    ours = best["ours"]
    bare = "`python -c pass`"
    lines = [
        line(SECTION, f"`regstatus lookup {PLACE} --json`", ours, best["bare"], name=bare,
             goal="at most 3 x", most=3),
        line(SECTION, f"`regstatus lookup {PLACE} --json --on DAY`", best["options"], best["bare"],
             name=bare, note="The same with an option, which needs the parser."),
        line(SECTION, "of that, loading modules of the standard library", best["library"],
             best["bare"], name=bare),
        line(SECTION, "of that, loading those and our own", best["own"], best["bare"], name=bare),
        line(SECTION, "the same question", ours, best["python"], name="a script of five lines",
             note="No tool but the floor for any that parses this file in Python: it gives the "
             "status of the one record, without the layers above, clocks or proof."),
    ]  # fmt: skip
    if "eol" in best:
        note = (
            "norwegianblue prints our own answer from its cache of today, which the bench fills, so "
            "it needs no network. Its cache has this one answer; our snapshot has every record."
        )
        lines.append(
            line(SECTION, "the same answer", ours, best["eol"], name="norwegianblue's `eol`, cache warm",
                 goal="faster than every Python peer", most=1, note=note)
        )  # fmt: skip
    else:
        lines.append(absent(SECTION, "norwegianblue's `eol`", "norwegianblue is not installed"))
    for name, note in (
        ("jq", "jq gives the status of the one record, without the layers above, clocks or proof."),
        (
            "sqlite3",
            "The table holds the ready answer of the day for every place; nothing is decided.",
        ),
    ):
        if name in best:
            lines.append(
                line(SECTION, "the same question", ours, best[name], name=f"`{name}`", note=note)
            )
        else:
            lines.append(absent(SECTION, f"`{name}`", f"{name} is not installed"))
    return lines


def _json(command: list[str], env: dict[str, str]) -> Any:
    done = subprocess.run(command, capture_output=True, check=True, env=env)
    return json.loads(done.stdout)


def _table(path: Path, answer: dict[str, Any]) -> str:
    """The answers of the day for every place, as one who keeps them in SQLite would."""
    import regstatus

    known = regstatus.load(str(ROOT / "snapshots"))
    with sqlite3.connect(path) as base:
        base.execute("create table answers (id text primary key, answer text not null)")
        rows = ((one.id, one.to_dict()) for one in known.answers(on=answer["on"]))
        base.executemany(
            "insert into answers values (?, ?)",
            ((key, json.dumps(answer if key == PLACE else one)) for key, one in rows),
        )
    base.close()
    return str(path)


def _warm(env: dict[str, str], answer: dict[str, Any]) -> None:
    """Put our answer into the cache of `eol`, in the way in which it does so itself."""
    code = (
        "import json, sys; from norwegianblue import BASE_URL, _cache; "
        f"_cache.save(_cache.filename(BASE_URL + {PLACE.lower()!r} + '.json'), [json.load(sys.stdin)])"
    )
    told = json.dumps(answer).encode()
    subprocess.run([sys.executable, "-c", code], input=told, check=True, env=env)
