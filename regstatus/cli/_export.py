"""Export whole tables, with a data dictionary: the law by place, substance and period; places; documents.

A plain join on the table `status` answers as `lookup` does. `--format block` writes instead where no
order may be served, for checkouts.
"""

from pathlib import Path
from typing import Any

from regstatus.base.errors import UsageError
from regstatus.cli._common import KNOWN, SNAPSHOTS, Args, clean, format_for, now, opened
from regstatus.model.law import SUBSTANCES

BLOCK = "block"


def _formats() -> tuple[str | None, dict[str, Any]]:
    says, settings = format_for("files")()
    return says, {**settings, "choices": (*settings["choices"], BLOCK)}


_OF_BLOCKS = {
    "--profile FILE": "block: what the seller does, such as shop.toml",
    "--substances NAME,NAME": "block: only these, or products of the profile (default: all four)",
    "--country CODE": "block: only what lies there",
    "--from CODE": ("block: country that the goods are sent from", {"dest": "sent_from"}),
    "--allow-stale SPAN": "block: how long stale records still count, such as 30d",
    "--fresh-enough GRADE:AGE": "block: what counts as proof instead: official_text:2y,secondary:90d",
}
"""What is asked of a block list alone."""
ARGUMENTS = {
    "target FILE_OR_DIR": "a folder; with --format sqlite a file",
    "--format": _formats,
    "days": {
        "--on DATE": "only the periods that cover this day; of a block list, the day of the law",
        "--whole": "every period (the default)",
    },
    **_OF_BLOCKS,
    "--force": "overwrite files that no dictionary of an export names",
    **KNOWN,
    **SNAPSHOTS,
}


def run(args: Args) -> int:
    from regstatus.base.days import day_of
    from regstatus.base.process import require_memory

    require_memory(64)  # less fails in the middle of loading, where it has no words for it
    from regstatus.tables.files import export

    if not args.target:
        raise UsageError("the name of the folder or file is empty; write . for this folder")
    for option in _OF_BLOCKS if args.format != BLOCK else ():
        name = option.split()[0][2:]
        if getattr(args, {"from": "sent_from"}.get(name, name.replace("-", "_"))) is not None:
            raise UsageError(f"--{name} is for --format block")
    moment = now()
    day = day_of(args.on)
    snapshot = opened(args.snapshots, args.as_known_on).snapshot
    if args.format == BLOCK:
        from regstatus.cli._screen import of_seller
        from regstatus.query.verdict import Screener
        from regstatus.tables.block import write_block_lists

        counts = write_block_lists(
            Screener(snapshot, now=moment, **of_seller(args)),
            Path(args.target),
            products=args.substances.split(",") if args.substances else SUBSTANCES,
            now=moment,
            on=day,
            country=args.country,
            force=args.force,
        )
    else:
        counts = export(
            snapshot, args.format, Path(args.target), now=moment, on=day, force=args.force
        )
    told = ", ".join(f"{number:,} rows of {table}" for table, number in counts.items())
    print(clean(f"{args.target}: {told}; version {snapshot.version}"))
    return 0
