"""Export whole tables, with a data dictionary: the law by place, substance and period; places; documents.

A plain join on the table `status` answers as `lookup` does.
"""

from pathlib import Path

from regstatus.base.errors import UsageError
from regstatus.cli._common import KNOWN, SNAPSHOTS, Args, clean, format_for, now, opened

ARGUMENTS = {
    "target FILE_OR_DIR": "a folder; with --format sqlite a file",
    "--format": format_for("files"),
    "days": {
        "--on DATE": "only the periods that cover this day",
        "--whole": "every period (the default)",
    },
    "--force": "overwrite files that no dictionary of an export names",
    **KNOWN,
    **SNAPSHOTS,
}


def run(args: Args) -> int:
    from regstatus.base.days import day_of
    from regstatus.tables.files import export

    if not args.target:
        raise UsageError("the name of the folder or file is empty; write . for this folder")
    moment = now()
    day = day_of(args.on)
    snapshot = opened(args.snapshots, args.as_known_on).snapshot
    target = Path(args.target)
    counts = export(snapshot, args.format, target, now=moment, on=day, force=args.force)
    told = ", ".join(f"{number:,} rows of {table}" for table, number in counts.items())
    print(clean(f"{target}: {told}; version {snapshot.version}"))
    return 0
