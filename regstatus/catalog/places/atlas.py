"""Places that have no record of their own: subdivisions of the world, counties, towns and ZIP codes of the US.

Asked only where the registry knows no place by the words: a look-up of a country, a state or a
locality with a record never opens these tables.
"""

from __future__ import annotations

import re
from copy import copy
from functools import cache

from regstatus.base.errors import UnknownJurisdiction
from regstatus.catalog.places.gazetteer import Registry
from regstatus.catalog.places.jurisdiction import Jurisdiction, Resolution
from regstatus.catalog.places.names import name_key
from regstatus.catalog.places.place_tables import (
    MAKES_DRUG_LAW,
    county,
    county_id,
    county_keys,
    lesser_names,
    post_offices,
    read_table,
    reads_as_unknown,
    slug,
    subdivision_keys,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regstatus.model.shapes import SeatData

_ZIP = re.compile(r"(?<!\d)(\d{5})(?:[- ]?\d{4})?(?!\d)")
_NUMBER = r"([-+−]?\d{1,3}(?:\.\d+)?)\s*°?\s*([NSEW]?)"
_POINT = re.compile(rf"\(?\s*{_NUMBER}\s*[,; ]\s*{_NUMBER}\s*\)?", re.IGNORECASE)
_FRONT = re.compile(
    r"^(?:the )?(?:city|town|village|state|province|borough) (?:and county )?of (?=\S)",
    re.IGNORECASE,
)
NICKNAMES = {
    "nyc": ["US-NY/new-york"], "newyorkcity": ["US-NY/new-york"], "philly": ["US-PA/philadelphia"],
    "vegas": ["US-NV/las-vegas"], "sf": ["US-CA/san-francisco"], "la": ["US-LA", "US-CA/los-angeles", "LA"],
}  # fmt: skip
_TYPED_BACK = re.compile(
    r"^(?:([A-Z]{2}(?:-[A-Z]{2})?)/(?:zip|at)-|zip(?: code)? )(?=[-\d])", re.IGNORECASE
)
_COUNTY = re.compile(r"^county of ([^,]+)(.*)$", re.IGNORECASE)
_AROUND_OFFICES = (" Township", " Borough")
_LARGE = 8
"""From so many ZIP codes on a town is too large to be passed over for a subdivision of its name."""


class Atlas(Registry):
    """The registry with all places that have no record; localities are those of a snapshot."""

    def __init__(self, extra: Iterable[SeatData] = ()) -> None:
        self._found: dict[str, Jurisdiction] = {}
        self._lies: dict[str, tuple[str, ...]] = {}
        super().__init__(extra)

    def fresh(self) -> Atlas:
        """The same places without what was found: a service is asked any number of points."""
        other = copy(self)
        vars(other).update(_found={}, _lies={})
        return other

    def get(self, id: str) -> Jurisdiction:  # noqa: A002
        """As `Registry.get`, also of what was found here and of every subdivision."""
        if id in self._found or id in self._extra:
            return self._found.get(id) or self._extra[id]
        if id in read_table("subdivisions")["places"]:
            self._subdivision(id)
        elif "/" in id:
            self._named(id)
        return self._found.get(id) or super().get(id)

    def interpret(self, text: str, *, within: str | None = None) -> Resolution:
        """As `Registry.interpret`, with where the place may lie and what is to be said of it."""
        found = super().interpret(text, within=within)
        place = found.jurisdiction
        # Named without its state, it may be another of that name that no table has.
        bare = place.level in {"city", "county"} and name_key(text) == name_key(place.name)
        found.bare_locality |= bare
        if place.id in self._found:
            at = place.id[3:5], name_key(text)
            if bare and place.level == "city" and post_offices().get(at, 0) < _LARGE:
                # `Sydney` is no village of Florida.
                raise UnknownJurisdiction(text, (f"{place.name}, {place.id[3:5]} ({place.id})",))
        return self._told(found)

    def _told(self, found: Resolution) -> Resolution:
        place = found.jurisdiction
        if place.id in self._found:
            found.possible = self._possible(place)
            upwards = [one.id for one in (place, *self.ancestors(place.id))]
            unread = [ident for ident in upwards if ident in self._found]
            found.passed_over = tuple(ident for ident in unread if not reads_as_unknown(ident))
            found.base = next(ident for ident in upwards if ident not in unread)
            found.note = self._note(place, self.get(found.base))
            found.unread = len(unread) > len(found.passed_over)
        return found

    def zip(self, code: str) -> Resolution:
        """A ZIP code of five digits.

        Raises:
            UnknownJurisdiction: If it is not in use, or military.
        """
        ident = self._by_zip(code, code)
        return self._told(Resolution(code, self.get(ident), []))

    def county(self, fips: str) -> Resolution:
        """A county by its code of the Census."""
        ident = self._seat(county_id(fips), county(fips)[1], "county", (fips,))
        return self._told(Resolution(ident, self.get(ident), []))

    def narrowed(self, found: Resolution, counties: Iterable[str]) -> Resolution:
        """The same place where it is known to lie in these of its counties alone."""
        place, inside = found.jurisdiction, [*counties]
        if not inside or {*inside} == {*self._lies.get(place.id, inside)}:
            return found
        states = {county_id(fips)[:5] for fips in inside}
        above, _, own = place.id.partition("/")
        ident = f"{states.pop() if len(states) == 1 else above}/{own}"
        known = self._found.get(ident), self._lies.get(ident)
        self._seat(ident, place.name, place.level, inside)
        told = self._told(Resolution(ident, self.get(ident), []))
        if known[0] and known[1]:  # what else is asked of the place is not narrowed
            self._found[ident], self._lies[ident] = known[0], known[1]
        return told

    def counties(self, ident: str) -> frozenset[str]:
        """The counties in which a place lies; none of a whole state, or where no table tells."""
        own = self._lies.get(ident) if ident in self._found else None
        known = self._extra.get(ident)
        return frozenset(own or (self._counties_of(known) if known else ()))

    def _possible(self, place: Jurisdiction) -> tuple[str, ...]:
        """Where it may lie, of all that has a record, besides what it surely lies in."""
        lies = set(self._lies.get(place.id, ()))
        states = [f"US-{state}" for state in dict.fromkeys(county(fips)[0] for fips in lies)]
        whole = place.level == "county" or (place.level == "city" and len(lies) < 2)
        above = {place.id, *(one.id for one in self.ancestors(place.id))}
        found = [] if states == [place.parent] or "US" not in above else states
        for ident, other in self._extra.items():
            # A town lies in no other town, and in no part of its county that belongs to none; but
            # post offices are named for no township, and one whose county no table has is anywhere.
            near = not whole and (other.level == "county" or place.level == "place")
            near |= place.level != "county" and other.name.endswith(_AROUND_OFFICES)
            inside = self._counties_of(other) or lies
            if near and ident[:5] in states and lies & inside:
                found.append(ident)
        office = place.name.partition("(")[2].rstrip(")")
        found.sort(key=lambda ident: self.get(ident).name != office)
        return tuple(ident for ident in found if ident not in above)

    @staticmethod
    @cache
    def _counties_of(place: Jurisdiction) -> frozenset[str]:
        """The counties of a locality that has a record, by its name; of a county itself."""
        key = name_key(place.name.partition(" (")[0])
        if place.level == "county":
            alike = county_keys().get(key, ())
            return frozenset(fips for fips in alike if county_id(fips)[:5] == place.id[:5])
        towns = read_table("us_places")["towns"][place.id[3:5]]
        if place.name.endswith(_AROUND_OFFICES):
            key = name_key(place.name.rpartition(" ")[0])
        return frozenset(towns.get(key, ("", ""))[1].split())

    def _note(self, place: Jurisdiction, above: Jurisdiction) -> str:
        """What is to be said of a place without a record, and of the nearest that can have one."""
        names = [county(fips)[1] for fips in self._lies.get(place.id, ())]
        where = f", in {' or '.join(names[:4])}" if names and place.level != "county" else ""
        if place.id.startswith("US/"):
            return f"It is not certain in which state {place.name} lies{where}: give the state."
        if reads_as_unknown(place.id):
            return (
                f"No own record of {place.name}, which can forbid what {above.name} allows: unknown "
                f"wherever the law of {above.name} is milder."
            )
        return f"No own record of {place.name}{where}: not researched below {above.name}."

    def _has(self, ident: str) -> bool:
        return ident in self._found or super()._has(ident)

    def _match(self, text: str) -> tuple[list[str], list[str]]:
        text = _COUNTY.sub(r"\1 county\2", _FRONT.sub("", text.strip()))
        # Our own ids of what has no record are understood when they are typed back.
        if (back := _TYPED_BACK.match(text)) and back[1]:
            found, _ = self._match(text[back.end() :])
            # Typed with another state, one of the two is wrong: nobody can say which.
            return [one for one in found if self._inside(one, back[1].upper())], []
        text = _TYPED_BACK.sub("", text)
        subdivisions = read_table("subdivisions")
        code = subdivisions["former"].get(text.upper(), text.upper())
        if code in subdivisions["places"]:
            return [self._subdivision(code)], []
        if code != text.upper():
            return [code], []  # `CN-HK`: a country by another code
        if point := _POINT.fullmatch(text):
            return self._by_point(text, *point.groups()), []
        if zipped := _ZIP.search(text):
            ident = self._by_zip(zipped[1], text)
            rest = f"{text[: zipped.start()]} {text[zipped.end() :]}".strip(" ,")
            known = self._all(rest) or self._split(rest, depth=2)
            # What stands beside the code must be where it lies, or where it may lie.
            lies = self._lies[ident]
            wholes = {"US", *(county_id(fips)[:5] for fips in lies)}
            shared = (one in wholes or not self.counties(one).isdisjoint(lies) for one in known)
            fits = not rest or any(shared)
            return ([ident], []) if fits else ([], [])
        return super()._match(text)

    def _direct(self, text: str) -> tuple[list[str], list[str]]:
        key = name_key(text)
        if key in NICKNAMES:
            return [one for ident in NICKNAMES[key] for one in self._named(ident)], []
        first, others = super()._direct(text)
        if not key or any(ident not in self._extra for ident in first):
            return first, others
        towns = dict.fromkeys([*first, *self._county(key), *self._towns(key)])
        known = [self._subdivision(ident) for ident in subdivision_keys().get(key, ())]
        # The likeliest first, by its ZIP codes. One that outweighs all others is meant, and says so.
        weight = {ident: post_offices().get((ident[3:5], key), 0) for ident in towns}
        ranked = sorted(towns, key=lambda ident: -weight[ident])
        if known:
            large = [ident for ident in ranked if weight[ident] >= _LARGE]
            return [*known, *large], [ident for ident in ranked if ident not in large][:3]
        if ranked and weight[ranked[0]] >= max(_LARGE, *(5 * weight[one] for one in ranked[1:]), 0):
            # The country of `Panama City`: of other countries' towns none is known.
            whose = super()._direct(key.removesuffix("city"))[0] if key.endswith("city") else []
            return ranked[:1], [*whose, *ranked[1:4]]
        return ranked, []

    def _item_within(self, item: str, around: str, *, depth: int) -> list[str]:
        """Beside a state every town of the name counts, also of that of a country."""
        found = super()._item_within(item, around, depth=depth)
        wholes = [] if found else self._all(around)
        key = name_key(item)
        towns = self._towns(key) if wholes else ()
        found = found or [one for one in towns if any(self._inside(one, at) for at in wholes)]
        own = {name_key(around), f"{name_key(around)}city"}
        return found or [at for at in wholes if key in own and not at.startswith("US")]

    def _lesser_names(self) -> dict[str, list[str]]:
        return lesser_names(_LARGE)

    def _named(self, ident: str) -> list[str]:
        if "/" not in ident:
            return [ident]
        state, _, slug = ident.partition("/")
        return [one for one in self._towns(slug.replace("-", "")) if one.startswith(f"{state}/")]

    def _subdivision(self, ident: str) -> str:
        if ident not in self._found:
            above, name, *more = read_table("subdivisions")["places"][ident]
            data = {"id": ident, "name": name, "level": "state", "parent": above, "aliases": more}
            self._found[ident] = Jurisdiction(data)
            if "-" in above:
                self._subdivision(above)
        return ident

    def _county(self, key: str) -> Iterator[str]:
        for fips in county_keys().get(key, ()):
            yield self._seat(county_id(fips), county(fips)[1], "county", (fips,))

    def _towns(self, key: str) -> Iterator[str]:
        for state, towns in read_table("us_places")["towns"].items():
            if key in towns:
                name, inside = towns[key]
                # A town that has a record goes by its id there.
                known = [one for one in self._extra_names.get(key, ()) if one[3:5] == state]
                ident = known[0] if known else f"US-{state}/{slug(name)}"
                yield self._seat(ident, name, "city", inside.split())

    def _by_zip(self, code: str, text: str) -> str:
        entry = read_table("us_places")["zips"].get(code)
        if entry is None:
            raise UnknownJurisdiction(
                text,
                why=f"{code} is no ZIP code of the United States that is in use. Give the state, or for "
                "a postal code of another country, the country.",
            )
        office, inside = entry
        if not inside:
            raise UnknownJurisdiction(
                text,
                why=f"{code} is a military address ({office}): the law of the post's own place holds, "
                "which the code does not tell. Give the country or state.",
            )
        name = f"ZIP {code} ({office})" if office else f"ZIP {code}"
        counties = inside.split()
        states = {county(fips)[0] for fips in counties}
        state = f"US-{states.pop()}" if len(states) == 1 else "US"
        return self._seat(f"{state}/zip-{code}", name, "place", counties)

    def _by_point(self, text: str, first: str, north: str, second: str, east: str) -> list[str]:
        """The county, state or country of a point, written as latitude and longitude."""
        from regstatus.catalog.places.outlines import coasts, locate

        if north.upper() in {"E", "W"} and east.upper() in {"N", "S"}:
            first, north, second, east = second, east, first, north
        latitude = float(first.replace("−", "-")) * (-1 if north.upper() == "S" else 1)
        longitude = float(second.replace("−", "-")) * (-1 if east.upper() == "W" else 1)
        if abs(latitude) > 90 or abs(longitude) > 180:
            swapped = "; perhaps the longitude stands first" if abs(longitude) <= 90 else ""
            raise UnknownJurisdiction(
                text,
                why=f"{text} is no point: give the latitude, -90 to 90, then the longitude, -180 to 180"
                f"{swapped}.",
            )
        here, name = locate("counties", latitude, longitude), f"{latitude:g}, {longitude:g}"
        near = [one for one in (here.inside, *here.near) if one]
        if here.inside:
            ident = f"US-{county(here.inside)[0]}/at-{latitude:g},{longitude:g}"
            return [self._seat(ident, name, "place", near)]
        country = locate("countries", latitude, longitude)
        found = [one for one in (country.inside, *country.near) if one]
        if len(found) == 1 and found[0] in MAKES_DRUG_LAW:
            # Surely in the country, and in a part of it that may be stricter: on a coast, say.
            ident = f"{found[0]}/at-{latitude:g},{longitude:g}"
            return [self._seat(ident, name, "place", near if found == ["US"] else ())]
        other = locate("countries", longitude, latitude).inside if abs(longitude) <= 90 else None
        if not found or (other and found == ["AQ"]):
            near_by = [self.get(one) for one in coasts(latitude, longitude)]
            names = " and ".join(one.name for one in near_by)
            where = f"off the coast near {names}" if near_by else "or at a pole"
            why = f"{text} lies in no country that the map knows: at sea, {where}."
            why = f"{text} lies in Antarctica." if found else why
            if other and other != "AQ" and not near_by:
                there = f"write {longitude:g},{latitude:g}: that is in {self.get(other).name}"
                why += f" If the longitude stands first, {there}."
            raise UnknownJurisdiction(text, tuple(map(str, near_by)), why)
        return found

    def _seat(self, ident: str, name: str, level: str, counties: Iterable[str]) -> str:
        """A place within counties; it lies below the one that it surely lies in, if that is known."""
        if ident in self._extra:
            return ident
        self._lies[ident] = tuple(counties)
        around = [county_id(fips) for fips in self._lies[ident]]
        parent = ident.rpartition("/")[0]
        if len(around) == 1 and around[0] in self._extra and around[0] != ident:
            parent = around[0]
        data = {"id": ident, "name": name, "level": level, "parent": parent}
        self._found[ident] = Jurisdiction(data)
        return ident
