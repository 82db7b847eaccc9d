"""List, show, compare or verify versions.

examples:
  regstatus snapshots list
  regstatus snapshots show 2026.11.22
  regstatus snapshots diff 2026.11.22 2026.11.29
  regstatus snapshots verify
"""

from __future__ import annotations

from regstatus.cli._common import (
    add_format,
    add_json,
    add_snapshots,
    clean,
    now,
    print_json,
    print_list,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    commands = parser.add_subparsers(
        dest="action", required=True, metavar="list | show | diff | verify"
    )
    listed = commands.add_parser("list", help="every version, oldest first")
    add_format(listed)
    shown = commands.add_parser("show", help="one version's report, or its records as JSON")
    shown.add_argument("version", nargs="?", metavar="VERSION", help="(default: the newest)")
    compared = commands.add_parser("diff", help="what differs between two versions")
    compared.add_argument("before", metavar="VERSION")
    compared.add_argument("after", metavar="VERSION", nargs="?", help="(default: the newest)")
    verified = commands.add_parser(
        "verify", help="check every file against its digest and the chain"
    )
    for sub in (shown, compared, verified):
        add_json(sub)
    for sub in (listed, shown, compared, verified):
        add_snapshots(sub)


def run(args: Namespace) -> int:
    """Do one of the four."""
    actions = {"list": _list, "show": _show, "diff": _diff, "verify": _verify}
    return actions[args.action](args)


def _list(args: Namespace) -> int:
    from regstatus.query.lists import versions
    from regstatus.store.open import open_store

    print_list("snapshots", args, versions(open_store(args.snapshots)))
    return 0


def _show(args: Namespace) -> int:
    from pathlib import Path

    from regstatus.store.open import open_store

    store = open_store(args.snapshots)
    snapshot = store.load(args.version)
    if args.json:
        print_json(
            {
                "version": snapshot.version,
                "digest": snapshot.digest,
                "created": snapshot.created,
                "origin": snapshot.origin,
                "records": {r["id"]: r for r in snapshot.records()},
            }
        )
    else:
        report = Path(store.at(f"{snapshot.version}/report.md")).read_text(encoding="utf-8")
        print("\n".join(clean(line) for line in report.splitlines()))
    return 0


def _diff(args: Namespace) -> int:
    from regstatus.decide.changes import compare
    from regstatus.store.open import open_store

    store = open_store(args.snapshots)
    before, after = store.load(args.before), store.load(args.after)
    found = compare(
        {record["id"]: record for record in before.records()},
        {record["id"]: record for record in after.records()},
        now().date(),
    )
    if args.json:
        print_json([change.to_dict() for change in found])
    else:
        for change in found:
            print(clean(f"{change.kind}  {change.jurisdiction}  {change.sentence}"))
        print(f"{len(found)} changes from {before.version} to {after.version}")
    return 0


def _verify(args: Namespace) -> int:
    import os
    from pathlib import Path

    from regstatus.store.bucket.mirror import is_remote
    from regstatus.store.open import open_store
    from regstatus.store.verify import unproven, verify

    named = args.snapshots or os.environ.get("REGSTATUS_SNAPSHOTS")
    if is_remote(named):
        from tempfile import TemporaryDirectory

        from regstatus.store.bucket.clone import verify_remote

        with TemporaryDirectory() as folder:
            place, faults = named, verify_remote(named, Path(folder))
            notes = unproven(Path(folder))
    else:
        place = open_store(args.snapshots).path
        faults, notes = verify(Path(place)), unproven(Path(place))
    if args.json:
        print_json({"path": place, "sound": not faults, "faults": faults, "unproven": notes})
    else:
        for line in (*faults, *notes):
            print(clean(line))
        count = len(faults)
        print(f"{place}: " + (f"{count} faults" if count else "sound"))
    return 1 if faults else 0
