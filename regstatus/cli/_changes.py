"""Show what changed since a version or a day, as typed events.

examples:
  regstatus changes --since 2026-11-01
  regstatus changes --since 2026.11.22 --json
"""

from __future__ import annotations

from regstatus.cli._common import add_json, add_snapshots, print_list

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "--since", metavar="VERSION|DATE", help="only later versions (default: all)"
    )
    parser.add_argument("--jurisdiction", metavar="ID", help="only this one")
    parser.add_argument("--format", choices=("table", "json", "csv", "ndjson"), default="table")
    parser.add_argument("--fail", action="store_true", help="exit status 1 if anything changed")
    add_json(parser)
    add_snapshots(parser)


def run(args: Namespace) -> int:
    """Collect from the versions and print."""
    from regstatus.query.lists import events
    from regstatus.store.open import open_store

    found = events(open_store(args.snapshots), args.since)
    if args.jurisdiction:
        found = [event for event in found if event["jurisdiction"] == args.jurisdiction]
    print_list("changes", "json" if args.json else args.format, found)
    return 1 if args.fail and found else 0
