"""The built-in table, read once in a process: plain JSON, since every look-up waits for it."""

from __future__ import annotations

import json
import os
from functools import cache

from regstatus.catalog.places.jurisdiction import Jurisdiction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@cache
def table() -> dict[str, Any]:
    """Return the three parts of `table.json`.

    `jurisdictions` has each entry by its id; `names` has each key of a name with
    its id, or with a list where it asks back; `short` has the postal and press
    abbreviations of the US states.
    """
    path = os.path.join(os.path.dirname(__file__), "table.json")  # noqa: PTH118, PTH120
    with open(path, "rb") as file:  # noqa: PTH123  (pathlib would cost more than the reading)
        found: dict[str, Any] = json.loads(file.read().decode())
    return found


@cache
def codes() -> dict[str, str]:
    """Return every code, as a key, with its id: alpha-2, alpha-3, numeric, and the ids."""
    found: dict[str, str] = {}
    for ident, entry in table()["jurisdictions"].items():
        found[ident.lower().replace("-", "")] = ident
        for name in ("alpha2", "alpha3", "numeric"):
            if name in entry:
                found[entry[name].lower()] = ident
    return found


@cache
def built_in(ident: str) -> Jurisdiction:
    """Return the entry of a built-in id."""
    return Jurisdiction({"id": ident, **table()["jurisdictions"][ident]})
