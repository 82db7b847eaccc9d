"""Say for each row of a file of orders whether it may ship: `ship`, `do not ship` or `ask`, and why."""

import sys
from pathlib import Path
from typing import Any

from regstatus.base.errors import UsageError
from regstatus.cli._common import KNOWN, SNAPSHOTS, Args, clean, format_for, now, opened, warn
from regstatus.query.formats import FORMS

ARGUMENTS = {
    "orders ORDERS": "a CSV file whose first line names columns; - for standard input",
    "--to COLUMN": "column of the destinations: state, country, or any words for a place",
    "--to-zip COLUMN": "column of ZIP codes, beside --to or in its place",
    "--to-city COLUMN": "column of cities",
    "--to-county COLUMN": "column of counties",
    "--product COLUMN": ("column of substances or products", {"required": True}),
    "--day COLUMN": "column of the day (default: today)",
    "--country CODE": "destinations lie in this country, so that bare codes are its states; "
    "`all`: bare codes are countries",
    "--from CODE": ("country that the goods are sent from", {"dest": "sent_from"}),
    "--product-map FILE": "CSV file with the columns product and substance",
    "--profile FILE": "what you do as a seller, so that duties that you keep clear orders: docs/profile.md",
    "--allow-stale SPAN": "how long stale records still count, such as 30d",
    "--fresh-enough GRADE:AGE": "what counts as proof instead: official_text:2y,secondary:90d",
    "--output FILE": "where to (default: standard output)",
    "--format": format_for("orders"),
    "--force": "overwrite a file that is there",
    **KNOWN,
    **SNAPSHOTS,
}


_COLUMNS = ("to", "to_zip", "to_city", "to_county", "product", "day")


def of_seller(args: Args) -> dict[str, Any]:
    """What `Screener` is asked for a seller."""
    from regstatus.base.days import span
    from regstatus.catalog.profile_file import read_profile

    return {
        "country": args.country,
        "sent_from": args.sent_from,
        "profile": read_profile(Path(args.profile)) if args.profile else None,
        "allow_stale": span(args.allow_stale) if args.allow_stale else None,
        "fresh_enough": args.fresh_enough,
    }


def run(args: Args) -> int:
    """Screen, and count the verdicts on standard error."""
    from regstatus.decide.fresh_enough import read_ages
    from regstatus.tables.screen.write_file import screen_file

    if args.fresh_enough:
        read_ages(args.fresh_enough)  # else it would be called a fault of the file
    if not args.output and not FORMS[args.format].media:
        raise UsageError(f"{args.format} is no text: name a file with --output")
    moment = now()
    counts = screen_file(
        Path(args.orders),
        Path(args.output) if args.output else None,
        opened(args.snapshots, args.as_known_on).snapshot,
        **{name: getattr(args, name) for name in _COLUMNS},
        mapped=Path(args.product_map) if args.product_map else None,
        form=args.format,
        force=args.force,
        now=moment,
        **of_seller(args),
        warn=lambda text: warn(f"warning: {text}"),
    )
    told = ", ".join(f"{number:,} {verdict}" for verdict, number in counts.items())
    day = "" if args.day is not None else f"; by the law of {moment.date()}, the day in UTC"
    print(clean(f"{sum(counts.values()):,} rows: {told}{day}"), file=sys.stderr)
    return 0
