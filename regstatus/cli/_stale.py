"""List records that are too old to trust, and why; exit status 1 if there are any, for monitors.

examples:
  regstatus stale
  regstatus stale --due --json
"""

from __future__ import annotations

from regstatus.cli._common import add_json, add_snapshots, now, opened, print_rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

_COLUMNS = ("id", "name", "state", "verified_at", "attested", "check_by", "reasons")


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--due", action="store_true", help="also those whose turn is near")
    parser.add_argument("--format", choices=("table", "json", "csv", "ndjson"), default="table")
    add_json(parser)
    add_snapshots(parser)


def run(args: Namespace) -> int:
    """Judge every record by its own clocks."""
    from regstatus.freshness import freshness

    snapshot = opened(args.snapshots).snapshot
    moment = now()
    wanted = {"stale", "due"} if args.due else {"stale"}
    found = []
    for record in snapshot.records():
        state = freshness(record, snapshot.ledger, moment)
        if state["state"] in wanted:
            found.append({"id": record["id"], "name": record["name"], **state})
    rows = [
        [
            *(item[c] for c in _COLUMNS[:2]),
            item["state"],
            item["verified_at"],
            item["attested"],
            item["check_by"],
            "; ".join(item["reasons"]),
        ]
        for item in found
    ]
    print_rows("json" if args.json else args.format, _COLUMNS, rows, found)
    return 1 if found else 0
