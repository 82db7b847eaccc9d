"""JSON as it is stored: the one spelling of a value, so that the same law gives the same digest.

And what this and other releases stored: what it lacks has its default, what is unknown stays. A key
that no release may leave out has a default, too, if there is one that can only make an answer more
careful; where there is none the file is refused, by its name.
"""

from __future__ import annotations

import json
import os

from regstatus.base.errors import SnapshotError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from regstatus.model.shapes import RecordData, SeatData

    Keys = tuple[dict[str, list[Any]], dict[str, Any], dict[str, tuple[str, bool]]]

SNAPSHOT_FORMAT = "regstatus-snapshot/1"
CHANGES_FORMAT = "regstatus-changes/1"
OUTBOX_FORMAT = "regstatus-outbox/2"

with open(os.path.join(os.path.dirname(__file__), "stored_keys.json"), encoding="utf-8") as _file:
    KEYS: dict[str, Keys] = json.load(_file)
"""For each type, as `make schema` takes it from there: the keys that must be there, with the default
that is careful if there is one; the others, with what stands for them; and those that hold further
such values, by their type and whether by id."""


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


def whole(value: Any, kind: str, where: str) -> Any:
    """A stored value with every key that it may have; it is filled where it stands.

    Args:
        value: What was read: JSON.
        kind: Its type, by the name that `model.shapes` gives it.
        where: Names the file in errors.

    Raises:
        SnapshotError: If it lacks what nothing can stand for.
    """
    needed, defaults, parts = KEYS[kind]
    if not isinstance(value, dict):
        raise SnapshotError(f"{where}: damaged: where a {kind[:-4].lower()} should be is none")
    if not value.keys() >= defaults.keys():
        _fill(value, defaults)
    for key, careful in needed.items():
        if key in value:
            continue
        if careful:
            _fill(value, {key: careful[0]})
        elif key == "parent" and "id" in value:  # as ids are made: the layers above must speak
            value[key] = value["id"].rpartition("/" if "/" in value["id"] else "-")[0] or None
        elif key == "name" and "id" in value:
            value[key] = value["id"]
        else:
            raise SnapshotError(f"{where}: a {kind[:-4].lower()} lacks its {key!r}")
    for key, (part, by_id) in parts.items():
        held = value[key]
        for item in held.values() if by_id else held if isinstance(held, list) else (held,):
            if item is not None:
                whole(item, part, where)
    return value


def _fill(value: dict[str, Any], defaults: dict[str, Any]) -> None:
    for key, default in defaults.items():
        if key not in value:
            value[key] = default.copy() if isinstance(default, (dict, list)) else default
