"""API: the JSON, CSV and NDJSON of every list and answer, made from an edition."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from regstatus.base.errors import SnapshotError, UsageError
from regstatus.base.version import SCHEMA
from regstatus.catalog.places import Jurisdiction, name_key, table
from regstatus.model.canonical import digest
from regstatus.model.law import FreshnessState
from regstatus.query.citing import bibtex, csl
from regstatus.query.formats import FORMS, encoded
from regstatus.query.listings import LISTS, items
from regstatus.query.lookup import resolve
from regstatus.store.reader import read_file
from regstatus.web.edition import Edition

if TYPE_CHECKING:
    from regstatus.model.shapes import AboutData, VersionFileData, VersionItemData

VERSION_FILES = ("snapshot.json", "changes.json", "report.md")


def about(edition: Edition) -> AboutData:
    """The version and moment that stand on every list."""
    return {**edition.version, "judged_at": f"{edition.moment:%Y-%m-%dT%H:%M:%SZ}"}


def listed(
    edition: Edition, name: str, form: str = "json", given: Mapping[str, Any] | None = None
) -> bytes:
    """One of the lists in one of `FORMS`, filtered by what was asked; see `query.listings.items`."""
    found = items(edition, name, given or {})
    text = FORMS[form].text(*LISTS[name].table(found, given or {}), found, about(edition))
    return text.encode("utf-8", "backslashreplace")


def cited(edition: Edition, base: str | None, name: str, form: str = "json", **asked: Any) -> bytes:
    """An answer and the laws it rests on, for a reference manager: CSL-JSON, or BibTeX for `bib`."""
    answer = edition.answer(name, **asked)
    return bibtex(answer, base).encode() if form == "bib" else encoded(csl(answer, base))


def version(entry: VersionItemData) -> VersionFileData:
    """One version: its index entry, and where its files are."""
    files = {name: f"{entry['id']}/{name}" for name in VERSION_FILES if name in entry["files"]}
    return {**entry, "schema_version": SCHEMA, "links": files}


def version_file(edition: Edition, entry: VersionItemData, name: str) -> bytes:
    """The bytes of one file of a version, proven by the digest in the index.

    Raises:
        SnapshotError: If it is missing or damaged; what cannot be proven is not handed out.
    """
    data = read_file(edition.store.at(f"{entry['id']}/{name}"))
    if digest(data) != entry["files"].get(name):
        raise SnapshotError(f"{entry['id']}/{name}: its digest is not the one in the index")
    return data


@lru_cache(maxsize=2)
def map_data(edition: Edition) -> dict[str, Any]:
    """For the map's slider: the status of each place and substance from each day on.

    `places` maps an id to, for each substance, a list of `[day, status]`; the first
    day is empty where it reaches back for ever. `days` are all days on which
    something changes. `stale` are the ids whose record is not to be relied on today.
    `inside` has the same for what is stricter inside a place, in words; of no other places.
    Counties and towns are among them where they have a record.
    """
    drawn = [
        place.id
        for place in edition.places
        if place.level in _DRAWN or ("/" in place.id and place.id in edition.snapshot)
    ]
    states = {key: edition.answers[key]["freshness"]["state"] for key in drawn}
    return {
        "today": edition.on.isoformat(),
        "days": [day.isoformat() for day in edition.days],
        "stale": [key for key in drawn if not FreshnessState(states[key]).trusted],
        "places": {key: edition.spans(key) for key in drawn},
        "inside": {key: words for key in drawn if (words := edition.inside(key))},
    }


_DRAWN = frozenset({"country", "state", "district", "territory"})


def place_names(edition: Edition) -> dict[str, Any]:
    """Every name and code of every place, for the search in the browser.

    The script builds from it what `regstatus.catalog.places.readings` would say: a code counts
    first, then names, then what is short for a US state. Names are sent as people write
    them, since they are also shown; the script makes their keys. A name that several
    places bear stands with each of them: it is asked back, never guessed.

    `sure` are the towns and counties that their bare name leads to: no other is known to bear it.
    `places` are in the order of ids; `codes` are those of ISO 3166-1 in small letters, but for
    those that are the id itself; `short` are postal and press abbreviations of the US states.
    """
    codes = {
        code.lower(): place.id
        for place in edition.places
        for code in (place.alpha2, place.alpha3, place.numeric)
        if code and code.lower() != name_key(place.id)
    }
    towns = (place for place in edition.places if "/" in place.id)
    return {
        "sure": [place.id for place in towns if _alone(edition, place)],
        "places": [
            [place.id, place.name, str(place.level), *place.aliases] for place in edition.places
        ],
        "codes": codes,
        "short": table()["short"],
    }


def _alone(edition: Edition, place: Jurisdiction) -> bool:
    """Whether the bare name of a town or county leads to it alone, of all that are known."""
    try:
        return resolve(edition.snapshot, place.name.split(" (")[0]).jurisdiction.id == place.id
    except UsageError:
        return False
