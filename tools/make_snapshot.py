"""Write the shipped snapshot anew from `sources/`, fetching nothing.

Every record then rests on what people recorded, and every document reads as
«never fetched» until a live run has had it. With `--fresh` the history of
versions begins again; without it a version is added if a fact changed.
The counts in README.md follow.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from regstatus.base.errors import RegstatusError
from regstatus.catalog.sources import load_catalog
from regstatus.decide.changes import compare
from regstatus.model.canonical import digest, snapshot_bytes
from regstatus.model.source import Source
from regstatus.pipeline.update import assemble, withdrawn
from regstatus.report.markdown import render
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
    _count(catalog)
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
            "finished": stamp(now),
            "state": "complete",
            "version": "this one",
            "parent": newest.version if newest else None,
            "origin": None,
            "counts": {},
            "flips": [],
            "note": note,
        }
        entry = writer.publish(
            new,
            former=former,
            created=now,
            changes=[change.to_dict() for change in changes],
            report=render(run, changes),
        )
        print(f"{entry['id']}: {entry['records']} records, {entry['changes']} changes")
    (folder / ".lock").unlink(missing_ok=True)


def _count(catalog: list[Source]) -> None:
    """Write the counts of the catalogue into the README."""
    ids = [source.jurisdiction for source in catalog]
    towns = sum("/" in key for key in ids)
    countries = sum("-" not in key and key not in {"US", "EU", "UN"} for key in ids)
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    for pattern, number in (
        (r"\d+(?= files of law)", len(ids)),
        (r"\d+(?= localities)", towns),
        (r"\d+(?= countries)", countries),
    ):
        text = re.sub(pattern, str(number), text)
    readme.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    try:
        main()
    except RegstatusError as error:
        sys.exit(f"make snapshot: {error}")
