"""Test the targets that `update --notify` and `schedule --notify` tell of changes."""

import os
from pathlib import Path

from regstatus.base.errors import UsageError
from regstatus.cli._common import JSON, Args, clean, now, print_json, warn


def _test(args: Args) -> int:
    """Send a test message to each target; exit status 1 if one does not take it."""
    from regstatus.report.notify.channels import ready, send
    from regstatus.report.notify.config import load_file
    from regstatus.report.notify.message import sample
    from regstatus.store.ledger import stamp

    named = args.file or os.environ.get("REGSTATUS_NOTIFY", "").strip()
    if not named:
        raise UsageError("name a file of settings, or set REGSTATUS_NOTIFY; see docs/notify.md")
    config = load_file(Path(named))
    known = [target.label for target in config.targets]
    if strange := sorted(set(args.target or ()) - set(known)):
        raise UsageError(f"{named} has no target {strange[0]!r}; it has: {', '.join(known)}")
    chosen = [t for t in config.targets if not args.target or t.label in args.target]
    if not args.dry_run:
        ready(chosen)
    shown = []
    for target in chosen:
        body = sample(target, stamp(now()))
        problem = None if args.dry_run else send(target, body, now=now)
        unset = [name for name in target.variables if not os.environ.get(name, "").strip()]
        way = "webhook" if target.webhook is not None else "apprise"
        sent = not args.dry_run and problem is None
        facts = {"target": target.label, "by": way, "message": body, "sent": sent}
        shown.append({**facts, "problem": problem, "unset": unset})
        if args.json:
            continue
        if problem is not None:
            warn(f"{target.label}: {problem}")
        elif args.dry_run:
            lacks = f"; not set: {', '.join(unset)}" if unset else ""
            print(clean(f"{target.label} ({way}): would get “{body['title']}”{lacks}"))
            print("\n".join(f"  {clean(line)}" for line in body["text"].splitlines()))
        else:
            print(clean(f"{target.label} ({way}): took “{body['title']}”"))
    if args.json:
        print_json(shown)
    return 1 if any(item["problem"] for item in shown) else 0


ACTIONS = {
    "test": (
        _test,
        "send a test message to each target",
        {
            "[file FILE]": "(default: REGSTATUS_NOTIFY)",
            "--target NAME...": "only this one; may be given again",
            "--dry-run": "only check the file and print the message",
            **JSON,
        },
    )
}
