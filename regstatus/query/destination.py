"""Destination: where an order goes, as the cells of its row say it; what is not certain is no place.

Among a million rows nobody is asked back, so nothing is guessed: what fits several places, what
no table knows, and cells that do not agree raise, and the row says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from regstatus.base.errors import UsageError
from regstatus.base.safe import without_controls
from regstatus.catalog.places import Registry, Resolution
from regstatus.catalog.places.atlas import NICKNAMES, Atlas
from regstatus.catalog.places.names import may_be_code, name_key
from regstatus.catalog.places.place_tables import county_id, read_table
from regstatus.query.lookup import below
from regstatus.store.reader import Snapshot

_SUGGESTED = 100
"""For so many names that nobody knows near ones are sought; it is slow, and enough to see why."""
_SHOWN = 60
"""Characters of a word that a reason repeats."""
_ZIP = re.compile(r"([0-9]{5})(?:[- ]?[0-9]{4})?")
_NOTHING = re.compile(r"#?N/A|<NA>|nan|null|none", re.IGNORECASE)
"""What programs write into a cell that has no value; no place is meant by it."""
_CUT = re.compile(r"([0-9]{3,4})(?:-?[0-9]{4})?")


class Destination(NamedTuple):
    """The cells of a row that say where an order goes, as people typed them; those left out are empty."""

    place: str = ""
    """A country, state, town, ZIP code or point, as `regstatus.lookup` takes it."""
    zip: str = ""
    """A ZIP code of the United States."""
    city: str = ""
    county: str = ""


class Ground(NamedTuple):
    """Where an order goes, as far as there is law of it."""

    base: str
    """The nearest place, itself or above it, that can have a record."""
    possible: tuple[str, ...] = ()
    """Places with a record in which it may lie, too."""
    below: tuple[str, ...] = ()
    """Places within, where the words do not say in which of them."""
    unread: str = ""
    """Why something below the base may forbid what the base allows."""
    told: str = ""
    """What else the reason must say."""


class Destinations:
    """Reads destinations by the localities of a snapshot.

    Only what lies in the `country`, a name or code, is meant, so that in `US` `CA` is California.
    `all`: codes are those of countries (ISO 3166-1). If None, a code that is both has no meaning.

    Raises:
        UsageError: If no country goes by that name.
    """

    def __init__(self, snapshot: Snapshot, country: str | None) -> None:
        self._country, self._within = country, country_of(country)
        self._registry = Registry(snapshot.localities())
        self._atlas = Atlas(snapshot.localities())
        self._places = places(snapshot)
        self._records, self._lost = snapshot.ids, 0
        self._areas: dict[tuple[str, str], Ground] = {}
        self._place = cache(self._understood)

    def ground(self, to: Destination) -> Ground:
        """Where an order goes.

        Raises:
            UsageError: Where that is not certain; the text says what to do.
        """
        place, code, city, county = (
            "" if _NOTHING.fullmatch(text.strip()) else text.strip() for text in to
        )
        whole = self._place(place) if place else None
        if not (
            self._inside(whole.jurisdiction.id, "US") if whole else self._within in {None, "US"}
        ):
            others = " and ".join(_shown(text) for text in (code, city, county) if text)
            why = "ZIP codes, cities and counties are only told of the United States"
            if not whole:  # a postal code of France has the digits of one of Ohio
                raise UsageError(f"No destination is given: {why}; name the country or its part.")
            return self._joined([whole])._replace(
                told=f"Not looked at: {others} ({why}). " * bool(others)
            )
        point = whole and _width(whole) == _POINT
        match = None if city or county or point else _ZIP.fullmatch(code)
        if match and (area := read_table("us_places")["zips"].get(match[1], ("", ""))[1]):
            # Most rows of a shop: codes of the same counties are alike.
            key = whole.jurisdiction.id if whole else "", area
            if key not in self._areas:
                self._areas[key] = self._joined([self._zip(code, whole), *filter(None, [whole])])
            return self._areas[key]
        found = [self._zip(code, whole)] if code else []
        if county:
            found.insert(0, self._county(county, self._state([*found, whole])))
        if city:
            state = self._state([*found, whole])
            found.insert(0, self._place(f"{city}, {state}" if state else city, "US"))
        if whole:
            found.append(whole)
        if not found:
            raise UsageError("No destination is given.")
        ground = self._joined(found)
        if _CUT.fullmatch(code):
            ground = ground._replace(told=f"{_shown(code)} was read as {_full(code)}. ")
        return ground

    # One cell.

    def _understood(self, text: str, within: str | None = None) -> Resolution:
        within = within or self._within
        # As `lookup.resolve` does; beside a country that is named, `LA` is no nickname.
        nickname = within is None and name_key(text) in NICKNAMES
        asks = (nickname or text[2:3] == "-") and text not in self._places
        known = not asks and self._registry.readings(text)
        read = self._registry.interpret(text, within=within) if known else None
        if read is None or ("/" in read.jurisdiction.id and read.jurisdiction.id != text):
            if self._lost >= _SUGGESTED and not self._atlas.readings(text):
                raise UsageError(f"No jurisdiction is called {_shown(text)}.")
            try:
                read = self._atlas.interpret(text, within=within)
            except UsageError:
                self._lost += 1
                raise
        if read.bare_locality:
            raise UsageError(f"Not certain: {read.hint} Give the state, too.")
        if read.also and not (self._country and may_be_code(text)):
            home = {one.id.partition("-")[0] for one in read.also if "-" in one.id}
            say = f" If all orders go to {min(home)}, say --country {min(home)}." if home else ""
            raise UsageError(f"Not certain: {read.hint}{say}")
        return read

    def _zip(self, text: str, whole: Resolution | None) -> Resolution:
        if code := _ZIP.fullmatch(text):
            return self._atlas.zip(code[1])
        if not _CUT.fullmatch(text):
            raise UsageError(
                f"{_shown(text)} is no ZIP code of the United States: write five digits; for a postal "
                "code of another country name the country as the destination."
            )
        full = _full(text)
        found = self._atlas.zip(full) if whole and whole.base != "US" else None
        if found is None or whole is None or not self._meet(found, whole):
            raise UsageError(
                f"{_shown(text)} may be {full} whose first zero a spreadsheet took away, but no state "
                "beside it says so: write ZIP codes as text, with five digits."
            )
        return found

    def _county(self, text: str, state: str | None) -> Resolution:
        if state is None:
            raise UsageError(f"The county {_shown(text)} is given without its state or ZIP code.")
        alike = _counties().get((state, name_key(text)), ())
        if len(alike) != 1:
            what = "names several counties: write it whole" if alike else "is no county"
            raise UsageError(f"{_shown(text)} {what} of {self._atlas.get(state)}.")
        return self._atlas.county(alike[0])

    # All together.

    def _state(self, known: Iterable[Resolution | None]) -> str | None:
        ids = [one.jurisdiction.id.partition("/")[0] for one in known if one]
        return next((ident for ident in ids if "-" in ident), None)

    def _joined(self, found: list[Resolution]) -> Ground:
        """What holds where all of these hold."""
        for number, one in enumerate(found):
            for other in found[:number]:
                if not self._meet(one, other):
                    raise UsageError(
                        f"{other.jurisdiction.name} does not lie in {one.jurisdiction}: correct the row."
                    )
        lead = min(found, key=_width)
        inside = [ids for one in found if (ids := self._atlas.counties(one.jurisdiction.id))]
        common = frozenset.intersection(*inside) if inside else frozenset[str]()
        narrow = [one for one in found if _width(one) == _STATE and one.jurisdiction.id != "US"]
        kept = {
            fips
            for fips in common
            if all(county_id(fips)[:5] == one.jurisdiction.id for one in narrow)
        }
        if inside and not kept:
            names = ", ".join(one.jurisdiction.name for one in found)
            raise UsageError(f"No place lies in all of these: {names}. Correct the row.")
        lead = self._atlas.narrowed(lead, sorted(kept))
        key = lead.jurisdiction.id
        inner = below(self._places, key) if _width(lead) >= _COUNTY else []
        if _width(lead) == _COUNTY:
            own = self._atlas.counties(key)
            near = (one for one in self._records if one[:5] == key[:5] and one != key)
            inner += (one for one in near if own & (self._atlas.counties(one) or own))
        # No name of the code: all codes of these counties are told the same.
        unread = "It is not certain in which state it lies: give the state. "
        if not key.startswith("US/"):
            unread = f"{lead.note} "
        passed = f"Not researched below {self._atlas.get(lead.base).name}. "
        # A town may have a law beside that of the county that the row names, too.
        named = {one.base for one in found if "/" in one.base} - {lead.base}
        return Ground(
            lead.base,
            tuple(sorted({*lead.possible, *named})),
            tuple(inner),
            unread if lead.unread else "",
            passed if lead.passed_over and not lead.unread else "",
        )

    def _meet(self, one: Resolution, other: Resolution) -> bool:
        """Whether two places have ground in common, as far as the tables tell."""
        first, second = one.jurisdiction.id, other.jurisdiction.id
        codes = "/zip-" in first and "/zip-" in second
        if codes or _width(one) == _width(other) == _TOWN:
            return first == second
        here, there = self._atlas.counties(first), self._atlas.counties(second)
        if here and there:
            return not here.isdisjoint(there)
        states = {county_id(fips)[:5] for fips in here | there}
        # A state, or a town whose counties no table has.
        whole = {ident[:5] for ident, inside in ((first, here), (second, there)) if not inside}
        return bool(whole & states) or any(
            self._inside(a, b) for a, b in ((first, second), (second, first))
        )

    def _inside(self, ident: str, whole: str) -> bool:
        return ident == whole or bool(below([ident], whole))


_TOWN, _POINT, _COUNTY, _STATE = range(4)


def _width(found: Resolution) -> int:
    """How much ground a place takes, from a town up to a state or country."""
    _, below, own = found.jurisdiction.id.partition("/")
    if own.startswith(("zip-", "at-")):
        return _POINT
    if not below:
        return _STATE
    return _COUNTY if found.jurisdiction.level == "county" else _TOWN


def country_of(name: str | None) -> str | None:
    """The id of the country that bare codes belong to; None for `all`, or if none is named."""
    if name is None or name.casefold() == "all":
        return None
    found = Registry().resolve(name)
    if found.level != "country":
        raise UsageError(f"{found} is no country: name one, such as US.")
    return found.id


def places(snapshot: Snapshot) -> list[str]:
    """The ids of all places, in order: those of the registry, and those of a version."""
    return sorted({*snapshot.ids, *(one.id for one in Registry(snapshot.localities()).all())})


@cache
def _counties() -> dict[tuple[str, str], list[str]]:
    """The codes of the counties by state and key, with and without the last word of the name."""
    found: dict[tuple[str, str], list[str]] = {}
    for fips, (state, name) in read_table("us_places")["counties"].items():
        for key in {name_key(name), name_key(name.rpartition(" ")[0])} - {""}:
            found.setdefault((f"US-{state}", key), []).append(fips)
    return found


def _full(text: str) -> str:
    match = _CUT.fullmatch(text)
    return match[1].zfill(5) if match else text


def _shown(text: str) -> str:
    text = without_controls(text)
    return repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")
