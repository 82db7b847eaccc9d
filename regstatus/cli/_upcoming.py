"""Show enacted changes whose day is still to come, nearest first. Proposals are never among them.

examples:
  regstatus upcoming
  regstatus upcoming --on 2026-01-01 --format csv
"""

from __future__ import annotations

from regstatus.cli._common import add_json, add_snapshots, now, opened, print_rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from typing import Any

_COLUMNS = (
    "from",
    "id",
    "name",
    "leaf",
    "mitragynine",
    "7-oh",
    "derivatives",
    "grade",
    "law",
    "challenged",
)


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--on", metavar="DATE", help="as seen from this day (default: today)")
    parser.add_argument("--format", choices=("table", "json", "csv", "ndjson"), default="table")
    add_json(parser)
    add_snapshots(parser)


def run(args: Namespace) -> int:
    """Collect and print."""
    found: list[dict[str, Any]] = []
    for answer in opened(args.snapshots).answers(on=args.on, now=now()):
        data = answer.to_dict()
        found.extend(
            {"name": data["jurisdiction"]["name"], **item}
            for item in data["upcoming"]
            if item["jurisdiction"] == answer.id
        )
    found.sort(key=lambda item: (item["from"], item["jurisdiction"]))
    rows = [
        [
            item["from"],
            item["jurisdiction"],
            item["name"],
            *(item["substances"].get(n) for n in ("leaf", "mitragynine", "7-oh", "derivatives")),
            item["grade"],
            "; ".join(item["citations"]),
            item["challenged"],
        ]
        for item in found
    ]
    print_rows("json" if args.json else args.format, _COLUMNS, rows, found)
    return 0
