"""Publish a version from source files alone: no host is asked, and nothing is verified.

What people recorded and what the last runs read are decided anew, by the rules of a run: more
statuses than the flip budget allows are held, and no clock moves.
"""

from __future__ import annotations

from regstatus.cli._common import JSON, SOURCES, Args, now, print_json
from regstatus.cli._runs import RUN, options_from
from regstatus.cli._update import exit_status, print_report, shown

_NAMES = ("--snapshots DIR|URL", "--flip-budget N")
ARGUMENTS = {
    **SOURCES,
    **{name: RUN[name] for name in _NAMES},
    "--accept": "publish even over the flip budget",
    **JSON,
}


def run(args: Args) -> int:
    """Decide, publish and print what changed."""
    from regstatus.pipeline.update import update

    done = update(options_from(args), now=now, pages=lambda *_, **__: iter(()))
    if args.json:
        print_json(shown(done))
    print_report(args, done)
    return exit_status(done)
