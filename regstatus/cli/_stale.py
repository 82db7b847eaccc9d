"""List records that are too old to trust, and why; exit status 1 if there are any, for monitors.

examples:
  regstatus stale
  regstatus stale --due --json
"""

from __future__ import annotations

from regstatus.cli._common import add_json, add_snapshots, now, opened, print_list

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--due", action="store_true", help="also those whose turn is near")
    parser.add_argument("--format", choices=("table", "json", "csv", "ndjson"), default="table")
    add_json(parser)
    add_snapshots(parser)


def run(args: Namespace) -> int:
    """Judge every record by its own clocks."""
    from regstatus.query.lists import stale

    found = stale(opened(args.snapshots).snapshot, now(), due=args.due)
    print_list("stale", "json" if args.json else args.format, found)
    return 1 if found else 0
