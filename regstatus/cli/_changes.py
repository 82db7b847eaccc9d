"""Show what changed since a version or a day, as typed events.

examples:
  regstatus changes --since 2026-11-01
  regstatus changes --since 2026.11.22 --json
"""

from __future__ import annotations

from regstatus.cli._common import add_json, add_snapshots, print_rows
from regstatus.errors import SnapshotError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from typing import Any

    from regstatus.store.reader import Store

_COLUMNS = (
    "version",
    "kind",
    "jurisdiction",
    "substance",
    "before",
    "after",
    "law_date",
    "sentence",
)


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "--since", metavar="VERSION|DATE", help="only later versions (default: all)"
    )
    parser.add_argument("--jurisdiction", metavar="ID", help="only this one")
    parser.add_argument("--format", choices=("table", "json", "csv", "ndjson"), default="table")
    parser.add_argument("--fail", action="store_true", help="exit status 1 if anything changed")
    add_json(parser)
    add_snapshots(parser)


def run(args: Namespace) -> int:
    """Collect from the versions and print."""
    from regstatus.store.reader import open_store

    found = events(open_store(args.snapshots), args.since)
    if args.jurisdiction:
        found = [event for event in found if event["jurisdiction"] == args.jurisdiction]
    rows = [[event.get(column) for column in _COLUMNS] for event in found]
    print_rows("json" if args.json else args.format, _COLUMNS, rows, found)
    return 1 if args.fail and found else 0


def events(store: Store, since: str | None) -> list[dict[str, Any]]:
    """Every event after a version or day, oldest first, each with its version.

    Raises:
        UsageError: If `since` is neither a version nor a day.
        SnapshotError: If a file of changes is missing or damaged; it is named.
    """
    import json
    import os

    from regstatus.dataset import day_of
    from regstatus.model.canonical import digest

    versions = store.versions()
    ids = [entry["id"] for entry in versions]
    if since is None:
        chosen = versions
    elif since in ids:
        chosen = versions[ids.index(since) + 1 :]
    else:
        try:
            from datetime import UTC, datetime

            day = day_of(since, datetime.now(UTC)).isoformat()
        except UsageError:
            raise UsageError(
                f"{since!r} is neither a version nor a day; versions: {', '.join(ids[-5:])}"
            ) from None
        chosen = [entry for entry in versions if entry["created"][:10] > day]
    found: list[dict[str, Any]] = []
    for entry in chosen:
        path = os.path.join(store.path, entry["id"], "changes.json")
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError as error:
            raise SnapshotError(f"{path}: {error.strerror or error}") from None
        if digest(data) != entry["files"]["changes.json"]:
            raise SnapshotError(
                f"{path}: altered or truncated: its digest is not the one in the index"
            )
        found.extend({"version": entry["id"], **event} for event in json.loads(data)["changes"])
    return found
