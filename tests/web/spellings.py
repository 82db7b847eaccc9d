"""What people may type: every name and code of the registry, each in several spellings."""

from __future__ import annotations

import unicodedata

from regstatus.base.errors import AmbiguousJurisdiction, UnknownJurisdiction
from regstatus.query.lookup import resolve


def spellings(places):
    """Every name, alias and code of these places, in the spellings that mean the same."""
    found = {}
    for place in places:
        codes = (place.id, place.alpha2, place.alpha3, place.numeric)
        for text in (
            place.name,
            place.name.partition(" (")[0],
            *place.aliases,
            *filter(None, codes),
        ):
            bare = "".join(
                c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)
            )
            for typed in (
                text,
                text.upper(),
                text.lower(),
                bare,
                f" {text}. ",
                text.replace(" ", "-"),
                f"the {text}",
                text.replace(" and ", " & "),
                text.replace("Saint ", "St. ").replace("Mount ", "Mt. ").replace("Fort ", "Ft "),
            ):
                found[typed] = None
    return list(found)


def read(snapshot, text):
    """The id that the service reads; None where it asks back or knows none."""
    try:
        return resolve(snapshot, text).jurisdiction.id
    except (AmbiguousJurisdiction, UnknownJurisdiction):
        return None
