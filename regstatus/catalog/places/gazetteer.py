"""Finds a jurisdiction by whatever people type."""

from __future__ import annotations

from functools import cache

from regstatus.base.errors import AmbiguousJurisdiction, UnknownJurisdiction
from regstatus.catalog.places.jurisdiction import Jurisdiction, Resolution
from regstatus.catalog.places.names import closest, may_be_code, name_key
from regstatus.catalog.places.place_tables import read_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from regstatus.model.shapes import SeatData

_LONGEST = 200
"""Longer texts, in characters, are no name: they are refused unread."""
_MOST_WORDS = 12
"""More words than any place with all that it lies in."""
_SEPARATORS = str.maketrans(dict.fromkeys(",;()[]|/，、；（）", " "))
_OCD = "ocd-division/"

_LEVEL_WORDS: dict[str, tuple[str, ...]] = {
    **{level: (level,) for level in ("country", "state", "territory", "district", "county")},
    "nation": ("country",),
    "usstate": ("state",),
    "parish": ("county",),
    **dict.fromkeys(("city", "town", "village"), ("city", "place")),
}
"""Words that tell places of one name apart: `Washington state`, `New York City`."""


def table() -> dict[str, Any]:
    """Return the three parts of `table.json`, read once: plain JSON, since every look-up waits for it.

    `jurisdictions` has each entry by its id; `names` has each key of a name with
    its id, or with a list where it asks back; `short` has the postal and press
    abbreviations of the US states.
    """
    return read_table("table")


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


class Registry:
    """All built-in jurisdictions, and the localities of a snapshot or catalogue.

    Args:
        extra: Localities. Ids that are built in are passed over: nothing from outside replaces
            a country.
    """

    def __init__(self, extra: Iterable[SeatData] = ()) -> None:
        self._extra: dict[str, Jurisdiction] = {}
        self._extra_codes: dict[str, str] = {}
        self._extra_names: dict[str, list[str]] = {}
        for item in extra:
            if not self._has(item["id"]):
                self._add(Jurisdiction(item))

    def get(self, id: str) -> Jurisdiction:  # noqa: A002  (the word of the contract)
        """Return the jurisdiction of a canonical id, written exactly so, or raise as `resolve` does."""
        if id in self._extra:
            return self._extra[id]
        if id in table()["jurisdictions"]:
            return built_in(id)
        raise self._unknown(id)

    def all(self) -> tuple[Jurisdiction, ...]:
        """Return every jurisdiction in the order of ids."""
        return tuple(map(self.get, sorted({*table()["jurisdictions"], *self._extra})))

    def ancestors(self, id: str) -> tuple[Jurisdiction, ...]:  # noqa: A002
        """Return what lies above an id, nearest first: `US-CA/san-diego` has US-CA, US.

        The id of a locality need not be known, if the one in front of its slash is.
        """
        head = id.rpartition("/")[0]
        above = self.get(head).id if head and not self._has(id) else self.get(id).parent
        found: dict[str, Jurisdiction] = {}
        while above is not None and above not in found and self._has(above):
            found[above] = self.get(above)
            above = found[above].parent
        return tuple(found.values())

    def resolve(self, text: str, *, within: str | None = None) -> Jurisdiction:
        """Return what a text means; `interpret` without the other readings."""
        return self.interpret(text, within=within).jurisdiction

    def interpret(self, text: str, *, within: str | None = None) -> Resolution:
        """Return what a name, code or OCD id means, and what else it may mean.

        Args:
            text: What a person typed.
            within: A canonical id; only it and what lies below it is meant. In
                `within="US"`, `CA` is California.

        Raises:
            AmbiguousJurisdiction: If it fits several; the error names them.
            UnknownJurisdiction: If it fits none; the error suggests up to three, or names
                the places that do not lie `within`.
        """
        first, others = self._match(text)
        if within is not None:
            whole, known = self.get(within), [*first, *others]
            first = [ident for ident in first if self._inside(ident, within)]
            others = [ident for ident in others if self._inside(ident, within)]
            if not first:
                first, others = others, []
            if known and not first:
                # A suggestion would be worse than none: a code of elsewhere is another's here.
                names = "; ".join(str(self.get(ident)) for ident in known[:3])
                why = f"{names} {'do' if known[1:] else 'does'} not lie in {whole.name}."
                raise UnknownJurisdiction(_shown(text), why=why)
        if not first:
            raise self._unknown(text, within)
        if len(first) > 1:
            # The likeliest first: most who ask, ask about the United States.
            first.sort(key=lambda ident: not ident.startswith("US"))
            raise AmbiguousJurisdiction(
                _shown(text), tuple(str(self.get(ident)) for ident in first)
            )
        place = self.get(first[0])
        bare = within is None and place.id in self._extra and name_key(text) in self._extra_names
        also = [self.get(ident) for ident in others]
        return Resolution(_shown(text), place, also, bare_locality=bare)

    def readings(self, text: str) -> tuple[Jurisdiction, ...]:
        """Return every place that a text may mean, the likeliest first; empty if none."""
        first, others = self._match(text)
        return tuple(self.get(ident) for ident in (*first, *others))

    # How a text is matched. Two lists: the readings that count, and those that are only told.

    def _match(self, text: str) -> tuple[list[str], list[str]]:
        text = text.strip()
        if len(text) > _LONGEST:
            return [], []
        if text[: len(_OCD)].lower() == _OCD:
            return self._by_ocd(text.lower().rstrip("/")), []
        if text.isdigit() and text in codes():  # a numeric code counts only as written
            return [codes()[text]], []
        first, others = self._direct(text)
        return (first, others) if first else (self._split(text, depth=2), [])

    def _direct(self, text: str) -> tuple[list[str], list[str]]:
        key = name_key(text)
        short = table()["short"].get(key)
        found = [*_listed(table()["names"].get(key, ())), *self._extra_names.get(key, ())]
        code = codes().get(key) or self._extra_codes.get(key)
        if code and not key.isdigit() and may_be_code(text):
            first, others = [code], found
        else:
            first, others = found, []
        if short and first:
            others = [*others, short]
        elif short:
            first = [short]
        return first, [ident for ident in dict.fromkeys(others) if ident not in first]

    def _all(self, text: str) -> list[str]:
        first, others = self._direct(text)
        return [*first, *others]

    def _split(self, text: str, *, depth: int) -> list[str]:
        """Read a text as a place and what it lies in, in either order."""
        words = text.translate(_SEPARATORS).split()
        if not depth or len(words) > _MOST_WORDS:
            return []
        if text.endswith(")"):
            name, _, code = text[:-1].rpartition("(")
            both = [ident for ident in self._all(name) if ident in self._all(code)]
            if both:  # «Georgia (US-GA)», as we write it ourselves, names the place twice
                return both
        found: list[str] = []
        for cut in range(len(words) - 1, 0, -1):
            left, right = " ".join(words[:cut]), " ".join(words[cut:])
            found += self._item_within(left, right, depth=depth)
            found += self._item_within(right, left, depth=depth)
        return [*dict.fromkeys(found)]  # where two cuts differ, both are asked back

    def _item_within(self, item: str, around: str, *, depth: int) -> list[str]:
        key = name_key(around)
        levels = _LEVEL_WORDS.get(key, ())
        wholes = self._all(around)
        if not levels and not wholes:
            return []
        places = self._all(item) or self._split(item, depth=depth - 1)
        # Strictly inside: «New York, NY» is the city, known or not, and never the state.
        return [
            ident
            for ident in places
            if self.get(ident).level in levels
            or any(ident != whole and self._inside(ident, whole) for whole in wholes)
        ]

    def _by_ocd(self, text: str) -> list[str]:
        for ident, place in self._extra.items():
            if place.ocd_id and place.ocd_id.lower() == text:
                return [ident]
        ident = "-".join(part.partition(":")[2] for part in text.split("/")[1:]).upper()
        if self._has(ident):
            return [ident] if self.get(ident).ocd_id == text else []
        # `country:pr` is a division of its own, but the place is the territory.
        return self._direct(ident)[0] if len(ident) == 2 else []

    # Small readers of both tables, made so that few `Jurisdiction` objects are.

    def _add(self, place: Jurisdiction) -> None:
        self._extra[place.id] = place
        code = name_key(place.id)
        if code not in table()["names"]:
            self._extra_codes[code] = place.id
        # «Orange County (unincorporated)» is also asked for without the bracket.
        names = (place.name, place.name.partition(" (")[0])
        for key in {name_key(name) for name in names} - {""}:
            self._extra_names.setdefault(key, []).append(place.id)

    def _has(self, ident: str) -> bool:
        return ident in self._extra or ident in table()["jurisdictions"]

    def _inside(self, ident: str, whole: str) -> bool:
        return ident == whole or any(above.id == whole for above in self.ancestors(ident))

    def _unknown(self, text: str, within: str | None = None) -> UnknownJurisdiction:
        found = self._suggested(text) if len(text) <= _LONGEST else []
        if within is not None:
            found = [ident for ident in found if self._inside(ident, within)]
        return UnknownJurisdiction(_shown(text), tuple(str(self.get(ident)) for ident in found[:3]))

    def _suggested(self, text: str) -> list[str]:
        if text.lower().startswith(_OCD):
            # `…/state:ca/place:fresno` is not known, but the state is.
            upper = text.lower().rstrip("/").rpartition("/")[0]
            return self._match(upper)[0] if "/" in upper else []
        names = {key: [*_listed(ids)] for key, ids in table()["names"].items()}
        for key, ids in self._extra_names.items():
            names[key] = [*names.get(key, ()), *ids]
        lesser = self._lesser_names()
        near: list[str] = []
        around: list[str] = []
        words = text.translate(_SEPARATORS).split()[:_MOST_WORDS]
        for cut in range(1, len(words)):
            wholes = self._all(" ".join(words[cut:]))
            alike = closest(name_key(" ".join(words[:cut])), names, lesser) if wholes else []
            near += [i for i in alike if any(i != w and self._inside(i, w) for w in wholes)]
            # The state stands nearer to what was meant than the country of the same code.
            around += sorted(wholes, key=lambda ident: self.get(ident).parent is None)
        return list(dict.fromkeys([*near, *closest(name_key(text), names, lesser), *around]))

    def _lesser_names(self) -> dict[str, list[str]]:
        """Keys with ids of places that are suggested only for what is very like their names."""
        return {}


def _listed(ids: str | Sequence[str]) -> Sequence[str]:
    # In the table a name of one place has its id, a name that asks back has a list.
    return (ids,) if isinstance(ids, str) else ids


def _shown(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 80 else text[:79] + "…"
