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
    print_rows,
)
from regstatus.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from typing import Any

_COLUMNS = (
    "id",
    "name",
    "status",
    "leaf",
    "mitragynine",
    "7-oh",
    "derivatives",
    "minimum_age",
    "seven_oh_cap",
    "since",
    "grade",
    "freshness",
    "verified_at",
)


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
    from regstatus.ask import shorten

    keep = _filters(args)
    dataset = opened(args.snapshots, args.as_known_on)
    found = [
        shorten(answer.to_dict())
        for answer in dataset.answers(
            on=args.on,
            substance=args.substance,
            now=now(),
            everywhere=bool(args.country),
        )
    ]
    found = [item for item in found if keep(item)]
    print_rows(
        "json" if args.json else args.format, _COLUMNS, [_row(item) for item in found], found
    )
    return 0


def _filters(args: Namespace):  # type: ignore[no-untyped-def]  # noqa: ANN202
    from regstatus.model.words import Grade, Status

    statuses = {_word(Status, "status", value) for value in args.status or ()}
    rank = Grade(_word(Grade, "grade", args.grade)).rank if args.grade else 0
    country = None
    if args.country and args.country.casefold() != "all":
        from regstatus.registry import resolve

        country = resolve(args.country).id

    def keep(item: dict[str, Any]) -> bool:
        key: str = item["jurisdiction"]["id"]
        return (
            (not statuses or item["status"] in statuses)
            and Grade(item["grade"]).rank >= rank
            and (
                country is None or key == country or key.startswith((f"{country}-", f"{country}/"))
            )
            and (not args.level or item["jurisdiction"]["level"] == args.level)
            and not (args.fresh and item["freshness"]["state"] == "stale")
        )

    return keep


def _word(words: Any, name: str, value: str) -> str:
    known = [str(word) for word in words]
    spelling = value.casefold().replace("-", "_")
    if spelling not in known:
        raise UsageError(f"{value!r} is no {name}; there are {', '.join(known)}")
    return spelling


def _row(item: dict[str, Any]) -> list[Any]:
    return [
        item["jurisdiction"]["id"],
        item["jurisdiction"]["name"],
        item["status"],
        *(item["substances"][name] for name in ("leaf", "mitragynine", "7-oh", "derivatives")),
        item["minimum_age"],
        item["seven_oh_cap"],
        item["since"],
        item["grade"],
        item["freshness"]["state"],
        item["freshness"]["verified_at"],
    ]
