"""List, show, compare or verify versions."""

from pathlib import Path

from regstatus.cli import _common as common
from regstatus.store import open_store


def _list(args: common.Args) -> int:
    from regstatus.query.lists import versions

    common.print_listing("snapshots", args, versions(open_store(args.snapshots)))
    return 0


def _show(args: common.Args) -> int:
    store = open_store(args.snapshots)
    snapshot = store.load(args.version)
    if args.json:
        names = ("version", "digest", "created", "origin")
        facts = {name: getattr(snapshot, name) for name in names}
        common.print_json({**facts, "records": {r["id"]: r for r in snapshot.records()}})
    else:
        report = Path(store.at(f"{snapshot.version}/report.md")).read_text(encoding="utf-8")
        print("\n".join(common.clean(line) for line in report.splitlines()))
    return 0


def _diff(args: common.Args) -> int:
    from regstatus.decide.changes import compare

    store = open_store(args.snapshots)
    before, after = store.load(args.before), store.load(args.after)
    old, new = ({record["id"]: record for record in side.records()} for side in (before, after))
    found = compare(old, new, common.now().date())
    lines = [f"{change.kind}  {change.jurisdiction}  {change.sentence}" for change in found]
    count = f"{len(found)} changes from {before.version} to {after.version}"
    common.tell(args, [change.to_dict() for change in found], [*lines, count])
    return 0


def _verify(args: common.Args) -> int:
    from regstatus.store.verify import verify

    if remote := common.bucket_of(args):
        from tempfile import TemporaryDirectory

        from regstatus.store.bucket.clone import verify_remote

        with TemporaryDirectory() as folder:
            place, faults = remote, verify_remote(remote, Path(folder))
    else:
        place = open_store(args.snapshots).path
        faults = verify(Path(place))
    result = f"{place}: {f'{len(faults)} faults' if faults else 'sound'}"
    common.tell(args, {"path": place, "sound": not faults, "faults": faults}, [*faults, result])
    return 1 if faults else 0


ACTIONS = {
    "list": (_list, "every version, oldest first", {**common.LISTED, **common.SNAPSHOTS}),
    "show": (
        _show,
        "one version's report, or its records as JSON",
        {"[version VERSION]": "(default: the newest)", **common.SHOWN},
    ),
    "diff": (
        _diff,
        "what differs between two versions",
        {"before VERSION": None, "[after VERSION]": "(default: the newest)", **common.SHOWN},
    ),
    "verify": (_verify, "check every file against its digest and the chain", common.SHOWN),
}
