"""Write the shipped snapshot anew from `sources/`, fetching nothing.

Every record then rests on what people recorded, and every document reads as
«never fetched» until a live run has had it. With `--fresh` the history of
versions begins again; without it a version is added if a fact changed.
"""

from __future__ import annotations

import argparse
import shutil
from datetime import UTC, datetime
from pathlib import Path

from regstatus.catalog.sources import load_catalog
from regstatus.decide.changes import compare
from regstatus.model.canonical import digest, snapshot_bytes
from regstatus.pipeline.update import assemble, withdrawn
from regstatus.report import render
from regstatus.store.ledger import stamp
from regstatus.store.writer import writing

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Build and publish."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--fresh", action="store_true", help="begin the history again")
    args = options.parse_args()
    folder = ROOT / "snapshots"
    if args.fresh:
        shutil.rmtree(folder, ignore_errors=True)
    now = datetime.now(UTC)
    catalog = load_catalog(ROOT / "sources")
    with writing(folder) as writer:
        newest = writer.store.load() if writer.store.exists() else None
        old = {record["id"]: record for record in newest.records()} if newest else {}
        records = assemble(catalog, {}, old, now.date())
        new = {key: record.to_json() for key, record in records.items()}
        former = withdrawn(newest, new)
        if newest and digest(snapshot_bytes(new, former)) == newest.digest:
            print(f"nothing changed since {newest.version}")
            return
        changes = compare(old, new, now.date()) if old else []
        note = "Built from the source files; no document was fetched."
        run = {
            "started": stamp(now),
            "state": "complete",
            "version": "this one",
            "parent": newest.version if newest else None,
            "counts": {},
            "note": note,
        }
        entry = writer.publish(
            new,
            former,
            created=now,
            changes=[change.to_dict() for change in changes],
            report=render(run, changes),
        )
        print(f"{entry['id']}: {entry['records']} records, {entry['changes']} changes")
    (folder / ".lock").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
