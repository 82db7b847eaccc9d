"""Play two scheduled runs against a replica of official hosts, and look things up.

The replica is the only part that is not real: its pages were written for this
project, in the form that the official hosts send. Everything else is the road
itself: source files, HTTP over real sockets, reading, deciding, snapshots and
the change report.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from regstatus.catalog.sources import load_catalog  # noqa: E402
from regstatus.cli import main as regstatus  # noqa: E402
from regstatus.fetch.settings import Settings  # noqa: E402
from regstatus.pipeline.update import Options, Run, update  # noqa: E402
from tests.support.replica import ORIGIN, Replica  # noqa: E402

FOLDER = ROOT / ".run" / "snapshots"
CHANGED = "US-TX:hs-444"


def main() -> int:
    """Play."""
    shutil.rmtree(FOLDER.parent, ignore_errors=True)
    catalog = load_catalog(ROOT / "sources")
    now = datetime.now(UTC) - timedelta(hours=6)
    with Replica(catalog) as replica:
        served = {key.partition(":")[0] for key in replica.keys}
        _title("The replica")
        print(
            f"{len(replica.keys)} documents of {len(served)} jurisdictions on {replica.address}, "
            f"answering for {len(replica.hosts)} official hosts.\n"
            "These pages are ours, not law. No internet is used."
        )
        options = Options(
            sources=ROOT / "sources",
            snapshots=FOLDER,
            only=tuple(sorted(served)),
            settings=replace(Settings(), delay=0.0, routes=replica.routes),
            origin=ORIGIN,
        )
        _title("First run: sources, fetch, extract, assess, decide, snapshot, report")
        _summary(update(options, now=lambda: now))
        replica.change(CHANGED, "two percent", "one percent")
        _title("Second run, six hours later: the replica's Texas has lowered its 7-OH limit")
        done = update(options, now=lambda: now + timedelta(hours=6))
        print(done.report)
    found = [str(change.kind) for change in done.changes if change.jurisdiction == "US-TX"]
    for name in ("US-TX", "US-WI", "germany"):
        _title(f"regstatus lookup {name}   (from the replica's snapshot)")
        regstatus(["lookup", name, "--snapshots", str(FOLDER)])
    for name in ("alabama", "thailand"):
        _title(f"regstatus lookup {name}   (from the shipped snapshot)")
        regstatus(["lookup", name, "--snapshots", str(ROOT / "snapshots")])
    # The play is also a check: a change of law that is not reported is a failure.
    return 0 if "contradicted" in found else 1


def _summary(run: Run) -> None:
    counts = ", ".join(f"{number} {name}" for name, number in run.counts.items())
    print(f"{run.state}: version {run.version}; documents: {counts}")
    print(f"report: {run.report_file.relative_to(ROOT)}")


def _title(text: str) -> None:
    print(f"\n== {text} ==\n")


if __name__ == "__main__":
    sys.exit(main())
