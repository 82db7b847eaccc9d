"""Show enacted changes whose day is still to come, nearest first. Proposals are never among them.

examples:
  regstatus upcoming
  regstatus upcoming --on 2026-01-01 --format csv
"""

from __future__ import annotations

from regstatus.cli._common import add_json, add_snapshots, now, opened, print_list

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--on", metavar="DATE", help="as seen from this day (default: today)")
    parser.add_argument("--format", choices=("table", "json", "csv", "ndjson"), default="table")
    add_json(parser)
    add_snapshots(parser)


def run(args: Namespace) -> int:
    """Collect and print."""
    from regstatus.query.lists import upcoming

    found = upcoming(opened(args.snapshots), args.on, now())
    print_list("upcoming", "json" if args.json else args.format, found)
    return 0
