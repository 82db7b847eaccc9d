"""List, show, compare or verify versions."""

from pathlib import Path

from regstatus.cli._common import (
    LISTED,
    SHOWN,
    SNAPSHOTS,
    Args,
    bucket_of,
    clean,
    now,
    print_json,
    print_listing,
    tell,
)
from regstatus.store import open_store


def _list(args: Args) -> int:
    from regstatus.query.lists import versions

    print_listing("snapshots", args, versions(open_store(args.snapshots)))
    return 0


def _show(args: Args) -> int:
    store = open_store(args.snapshots)
    snapshot = store.load(args.version)
    if args.json:
        names = ("version", "digest", "created", "origin")
        facts = {name: getattr(snapshot, name) for name in names}
        print_json({**facts, "records": {r["id"]: r for r in snapshot.records()}})
    else:
        report = Path(store.at(f"{snapshot.version}/report.md")).read_text(encoding="utf-8")
        print("\n".join(clean(line) for line in report.splitlines()))
    return 0


def _diff(args: Args) -> int:
    from regstatus.decide.changes import compare

    store = open_store(args.snapshots)
    before, after = store.load(args.before), store.load(args.after)
    old, new = ({record["id"]: record for record in side.records()} for side in (before, after))
    found = compare(old, new, now().date())
    lines = [f"{change.kind}  {change.jurisdiction}  {change.sentence}" for change in found]
    count = f"{len(found)} changes from {before.version} to {after.version}"
    tell(args, [change.to_dict() for change in found], [*lines, count])
    return 0


def _verify(args: Args) -> int:
    from regstatus.store.verify import verify

    if remote := bucket_of(args):
        from tempfile import TemporaryDirectory

        from regstatus.store.bucket.clone import verify_remote

        with TemporaryDirectory() as folder:
            place, faults = remote, verify_remote(remote, Path(folder))
    else:
        place = open_store(args.snapshots).path
        faults = verify(Path(place))
    result = f"{place}: {f'{len(faults)} faults' if faults else 'sound'}"
    tell(args, {"path": place, "sound": not faults, "faults": faults}, [*faults, result])
    return 1 if faults else 0


ACTIONS = {
    "list": (_list, "every version, oldest first", {**LISTED, **SNAPSHOTS}),
    "show": (
        _show,
        "one version's report, or its records as JSON",
        {"[version VERSION]": "(default: the newest)", **SHOWN},
    ),
    "diff": (
        _diff,
        "what differs between two versions",
        {"before VERSION": None, "[after VERSION]": "(default: the newest)", **SHOWN},
    ),
    "verify": (_verify, "check every file against its digest and the chain", SHOWN),
}
