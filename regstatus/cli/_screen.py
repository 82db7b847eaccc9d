"""Say for each row of a file of orders whether it may ship: `ship`, `do not ship` or `ask`, and why.

examples:
  regstatus screen orders.csv --to state --product substance --country US
  regstatus screen orders.csv --to country --product sku --product-map skus.csv --day ordered
  regstatus screen orders.csv --to state --product sku --format parquet --output screened.parquet
"""

from __future__ import annotations

import sys

from regstatus.cli._common import add_known, add_snapshots, clean, now, opened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    from regstatus.query.formats import forms

    parser.add_argument(
        "orders",
        metavar="ORDERS",
        help="a CSV file whose first line names columns; - for standard input",
    )
    parser.add_argument("--to", metavar="COLUMN", required=True, help="column of the destinations")
    parser.add_argument(
        "--product", metavar="COLUMN", required=True, help="column of substances or products"
    )
    parser.add_argument("--day", metavar="COLUMN", help="column of the day (default: today)")
    parser.add_argument(
        "--country",
        metavar="CODE",
        help="destinations lie in this country, so that bare codes are its states; "
        "`all`: bare codes are countries",
    )
    parser.add_argument(
        "--from", metavar="CODE", dest="sent_from", help="country that the goods are sent from"
    )
    parser.add_argument(
        "--product-map", metavar="FILE", help="CSV file with the columns product and substance"
    )
    parser.add_argument(
        "--allow-stale", metavar="SPAN", help="how long stale records still count, such as 30d"
    )
    parser.add_argument("--output", metavar="FILE", help="where to (default: standard output)")
    parser.add_argument("--format", choices=forms(lambda form: form.orders), default="csv")
    parser.add_argument("--force", action="store_true", help="overwrite a file that is there")
    add_known(parser)
    add_snapshots(parser)


def run(args: Namespace) -> int:
    """Screen, and count the verdicts on standard error."""
    from pathlib import Path

    from regstatus.base.days import span
    from regstatus.base.errors import UsageError
    from regstatus.query.formats import FORMS
    from regstatus.tables.screen.order_verdicts import engine
    from regstatus.tables.screen.write_file import screen_file

    engine()
    if not args.output and not FORMS[args.format].media:
        raise UsageError(f"{args.format} is no text: name a file with --output")
    moment = now()
    counts = screen_file(
        Path(args.orders),
        Path(args.output) if args.output else None,
        opened(args.snapshots, args.as_known_on).snapshot,
        to=args.to,
        product=args.product,
        day=args.day,
        country=args.country,
        sent_from=args.sent_from,
        mapped=Path(args.product_map) if args.product_map else None,
        allow_stale=span(args.allow_stale) if args.allow_stale else None,
        form=args.format,
        force=args.force,
        now=moment,
        warn=lambda text: print(f"regstatus: warning: {clean(text)}", file=sys.stderr),
    )
    told = ", ".join(f"{number:,} {verdict}" for verdict, number in counts.items())
    day = "" if args.day is not None else f"; by the law of {moment.date()}, the day in UTC"
    print(clean(f"{sum(counts.values()):,} rows: {told}{day}"), file=sys.stderr)
    return 0
