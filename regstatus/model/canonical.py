"""Canonical JSON: the one spelling of a value, so that the same law gives the same digest."""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from regstatus.model.shapes import RecordData, SeatData

SNAPSHOT_FORMAT = "regstatus-snapshot/1"
CHANGES_FORMAT = "regstatus-changes/1"
OUTBOX_FORMAT = "regstatus-outbox/2"


def canonical(value: Any) -> str:
    """Spell a JSON value: keys sorted, no spare space, UTF-8 as it is, no NaN."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def seat(item: RecordData | SeatData) -> SeatData:
    """What says which place a record is about."""
    return {
        "id": item["id"],
        "name": item["name"],
        "ocd_id": item["ocd_id"],
        "level": item["level"],
        "parent": item["parent"],
    }


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    from hashlib import sha256  # a look-up does without it; see `store.reader`

    return sha256(data).hexdigest()


def snapshot_bytes(
    records: Mapping[str, Mapping[str, Any]], former: Mapping[str, SeatData] | None = None
) -> bytes:
    """Spell a snapshot: canonical JSON with one record a line; `former` only where there is any.

    A line for each record keeps `git diff` readable and lets a look-up parse the
    two or three records it needs instead of all of them.
    """
    lines = [f"{canonical(key)}:{canonical(records[key])}" for key in sorted(records)]
    body = ",\n".join(lines)
    gone = f'"former":{canonical(former)},' if former else ""
    return f'{{"format":"{SNAPSHOT_FORMAT}",{gone}"records":{{\n{body}\n}}}}\n'.encode()
