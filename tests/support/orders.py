"""A small world for exports and screenings: a country, three states and a town, all verified."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from regstatus.catalog.sources import load_catalog
from regstatus.pipeline.update import assemble
from regstatus.store.atomic import sealed
from regstatus.store.reader import Store
from tests.support.make import publish

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
VERIFIED = "2026-11-20T09:00:00Z"

_DOCUMENT = """
jurisdiction = "{id}"
attested = 2026-11-01
attested_by = "third-party reading"
stale_after = "60d"

[[documents]]
id = "code"
title = "Code of {id}"
publisher = "The legislature"
url = "https://law.example.gov/{slug}"
url_basis = "seen"
reads = "schedule"
complete = true
controls = ["heroin", "psilocybin"]
shows = {{ leaf = "silent" }}
settles = ["leaf"]
"""
_OPEN = """
[[timeline]]
leaf = "unregulated"
mitragynine = "unregulated"
"7-oh" = "unregulated"
derivatives = "unknown"
grade = "secondary"
basis = "silence"
summary = "=HYPERLINK(1) is what a hostile page would say."
"""
_NEVADA = """
[[timeline]]
until = 2026-06-01
leaf = "unregulated"
mitragynine = "unregulated"
"7-oh" = "unregulated"
derivatives = "unknown"
grade = "secondary"
basis = "silence"

[[timeline]]
from = 2026-06-01
leaf = "regulated"
mitragynine = "age_restricted"
"7-oh" = "banned"
derivatives = "prescription_only"
grade = "secondary"
minimum_age = 18
duties = { labelling = true, testing = false }
seven_oh_cap = "2%"
instruments = ["code"]

[[timeline]]
from = 2027-01-01
leaf = "sale_prohibited"
mitragynine = "sale_prohibited"
"7-oh" = "banned"
derivatives = "unknown"
grade = "secondary"
instruments = ["code"]
"""
_DOVER = """
[[timeline]]
leaf = "banned"
mitragynine = "unknown"
grade = "secondary"
instruments = ["code"]
"""


def sources(folder: Path) -> Path:
    """Write the source files."""
    texts = {
        "us": ("US", "", _OPEN),
        "us/nv": ("US-NV", "", _NEVADA),
        "us/wy": ("US-WY", "", _OPEN),
        "us/nh": ("US-NH", "", _OPEN),
        "us/nh/dover": (
            "US-NH/dover",
            'name = "Dover"\nkind = "city"\nocd_id = "ocd-division/country:us/state:nh/place:dover"\n',
            _DOVER,
        ),
    }
    for name, (key, head, law) in texts.items():
        path = folder / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        body = _DOCUMENT.format(id=key, slug=key.lower()).replace("\n", f"\n{head}", 1)
        path.write_text(body + law, encoding="utf-8")
    return folder


def store(folder: Path, verified: str | None = VERIFIED) -> Path:
    """Make a store of them, with every document verified at one moment, or never."""
    catalogue = load_catalog(sources(folder / "sources"))
    records = assemble(catalogue, {}, {}, NOON.date())
    path = folder / "store"
    publish(path, *(record.to_json() for record in records.values()), created=NOON)
    if verified:
        clocks = {
            f"{key}:code": {
                "url": f"https://law.example.gov/{key.lower()}",
                "verified_at": verified,
                "last_fetched": verified,
                "last_ok": verified,
                "outcome": "ok",
            }
            for key in records
        }
        ledger = {"format": "regstatus-ledger/2", "documents": clocks, "runs": []}
        (path / "ledger.json").write_bytes(sealed(ledger))
    return path


def snapshot(folder: Path, verified: str | None = VERIFIED):
    """The same, opened."""
    return Store(store(folder, verified)).load()
