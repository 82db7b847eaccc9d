"""Names: what the pages' search knows, so that a published tree finds what the service finds."""

from __future__ import annotations

from typing import Any

from regstatus.catalog.places import abbreviations, name_key
from regstatus.web.edition import Edition

__all__ = ["names"]


def names(edition: Edition) -> dict[str, Any]:
    """Every name and code of every place, for the search in the browser.

    The script builds from it what `regstatus.catalog.places.readings` would say: a code counts
    first, then names, then what is short for a US state. Names are sent as people write
    them, since they are also shown; the script makes their keys. A name that several
    places bear stands with each of them: it is asked back, never guessed.

    Returns:
        `places`: for each, `[id, name, level, *aliases]`, in the order of ids.
        `codes`: ISO 3166-1 codes in small letters, with the id; those that are the id
        itself are left out.
        `short`: postal and press abbreviations of the US states, with the id.
    """
    codes = {
        code.lower(): place.id
        for place in edition.places
        for code in (place.alpha2, place.alpha3, place.numeric)
        if code and code.lower() != name_key(place.id)
    }
    return {
        "places": [
            [place.id, place.name, str(place.level), *place.aliases] for place in edition.places
        ],
        "codes": codes,
        "short": abbreviations(),
    }
