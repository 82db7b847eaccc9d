"""List every record on one day, filtered.

examples:
  regstatus list --status banned --substance 7-oh
  regstatus list --country US --grade official_text --format csv
  regstatus list --json | jq '.[].jurisdiction.id'
"""

from __future__ import annotations

from regstatus.cli._common import (
    SUBSTANCES,
    add_json,
    add_known,
    add_snapshots,
    now,
    opened,
    print_list,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--on", metavar="DATE", help="day of the law (default: today)")
    parser.add_argument(
        "--status", action="append", metavar="STATUS", help="only these; may be given again"
    )
    parser.add_argument("--substance", metavar="NAME", help=f"whose status: {SUBSTANCES}")
    parser.add_argument(
        "--country",
        metavar="CODE",
        help="this country and what lies in it, or `all`: also places without a record",
    )
    parser.add_argument("--level", metavar="LEVEL", help="only country, state, territory, city, …")
    parser.add_argument("--grade", metavar="GRADE", help="only what is known at least this well")
    parser.add_argument("--fresh", action="store_true", help="only records that are not stale")
    parser.add_argument("--format", choices=("table", "json", "csv", "ndjson"), default="table")
    add_known(parser)
    add_json(parser)
    add_snapshots(parser)


def run(args: Namespace) -> int:
    """Filter and print."""
    from regstatus.query.lists import status_filter
    from regstatus.query.lookup import shorten

    keep = status_filter(
        statuses=args.status or (),
        country=args.country,
        level=args.level,
        grade=args.grade,
        fresh=args.fresh,
    )
    answers = opened(args.snapshots, args.as_known_on).answers(
        on=args.on, substance=args.substance, now=now(), everywhere=bool(args.country)
    )
    found = [item for item in (shorten(answer.to_dict()) for answer in answers) if keep(item)]
    print_list("status", "json" if args.json else args.format, found)
    return 0
