"""The tables of places, each read once and only where it is needed.

`tools/make_places.py` writes those of places that have no record; their sources and licences: docs/places.md.
"""

from __future__ import annotations

import json
import os
from functools import cache

from regstatus.catalog.places.names import fold, name_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAKES_DRUG_LAW = ("AU", "BA", "CA", "IN", "IQ", "JP", "MY", "PH", "PK", "TZ", "US")
"""Countries whose subdivisions can forbid what the country allows; the reasons: docs/places.md."""


@cache
def read_table(name: str) -> dict[str, Any]:
    """Read `table`, `subdivisions`, `us_places` or `outlines`, once."""
    path = os.path.join(os.path.dirname(__file__), f"{name}.json")  # noqa: PTH118, PTH120
    with open(path, "rb") as file:  # noqa: PTH123  (pathlib would cost more than the reading)
        found: dict[str, Any] = json.loads(file.read().decode())
    return found


@cache
def subdivision_keys() -> dict[str, list[str]]:
    """The ids of each key of a name or code."""
    found: dict[str, list[str]] = {}
    for ident, (_, *names) in read_table("subdivisions")["places"].items():
        for key in {name_key(ident), *map(name_key, names)} - {""}:
            found.setdefault(key, []).append(ident)
    for old, ident in read_table("subdivisions")["former"].items():
        if "-" in ident:  # else it is a country by another code
            found.setdefault(name_key(old), []).append(ident)
    return found


@cache
def county_keys() -> dict[str, list[str]]:
    """The FIPS codes of the counties of each key: `sarasotacounty`."""
    found: dict[str, list[str]] = {}
    for fips, (_, name) in read_table("us_places")["counties"].items():
        found.setdefault(name_key(name), []).append(fips)
    return found


def fips(place: str, name: str) -> str | None:
    """The FIPS code of a county of the US, or of the one in which a town lies; None if unknown.

    Args:
        place: Its id: `US-MS/tupelo`.
        name: What it is called: `Tupelo`, `Orange County (unincorporated)`.
    """
    state, key = place[3:5], name_key(name.split(" (", maxsplit=1)[0])
    of_state = (code for code in county_keys().get(key, ()) if county(code)[0] == state)
    towns = read_table("us_places")["towns"].get(state, {})
    town = towns.get(key) or towns.get(name_key(name.rpartition(" ")[0]))  # "Radnor Township"
    return next(of_state, town[1][:5] if town else None)


@cache
def post_offices() -> dict[tuple[str, str], int]:
    """How many ZIP codes a post office of a name has, by state and key.

    Of Puerto Rico and the islands no offices are known: the town counts for which the county is named.
    """
    found: dict[tuple[str, str], int] = {}
    for office, inside in read_table("us_places")["zips"].values():
        if inside:
            state, around = county(inside[:5])
            at = state, name_key(office or around.rpartition(" ")[0])
            found[at] = found.get(at, 0) + 1
    return found


@cache
def lesser_names(large: int) -> dict[str, list[str]]:
    """The keys of the names of subdivisions, and of towns with so many ZIP codes, with their ids."""
    found: dict[str, list[str]] = {}
    for ident, (_, *names) in read_table("subdivisions")["places"].items():
        for key in dict.fromkeys(map(name_key, names)):
            found.setdefault(key, []).append(ident)
    for (state, key), codes in post_offices().items():
        town = read_table("us_places")["towns"][state].get(key) if codes >= large else None
        if town:
            found.setdefault(key, []).append(f"US-{state}/{slug(town[0])}")
    return found


def reads_as_unknown(ident: str) -> bool:
    """Whether a place without a record may forbid what the law above it allows, so that it is unknown.

    Towns and counties of the US are told as not researched instead: their state has a record.
    """
    if "/" in ident:
        # In one of several states or provinces: nobody knows in which.
        return ident.partition("/")[0] in MAKES_DRUG_LAW
    return "-" in ident and ident[:2] in MAKES_DRUG_LAW


def county(fips: str) -> tuple[str, str]:
    """The state and the name of a county: `FL`, `Sarasota County`."""
    state, name = read_table("us_places")["counties"][fips]
    return state, name


@cache
def county_id(fips: str) -> str:
    """The id of a county: `US-FL/sarasota-county`."""
    state, name = county(fips)
    return f"US-{state}/{slug(name)}"


def slug(name: str) -> str:
    """The last part of an id: `prince-george-s-county`."""
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in fold(name)).split())
