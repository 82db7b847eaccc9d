"""A jurisdiction, and what a name was understood to mean."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, NoReturn

    from regstatus.model.shapes import SeatData

LEVELS = ("country", "state", "district", "territory", "county", "city", "place", "context")
"""What a jurisdiction is. `context` is a layer of law that is no place: `EU` and `UN`."""


class Jurisdiction:
    """One jurisdiction; immutable, equal to another of the same id.

    A plain class with slots: a look-up makes a few of them, and `dataclasses`
    would cost it more than all the rest of this package.

    Args:
        data: An entry of the table, or of a snapshot; without `parent` it is read off the id,
            which is written below the parent's.

    Attributes:
        id: Canonical id: `TH`, `US-AL`, `US-CA/san-diego`.
        name: English display name.
        level: One of `LEVELS`.
        parent: Id of the jurisdiction above it, or None.
        ocd_id: Open Civic Data division id, or None where there is none (`EU`, `UN`).
        alpha2: ISO 3166-1 alpha-2 code, or None; for `US-PR` it is `PR`.
        alpha3: ISO 3166-1 alpha-3 code, or None.
        numeric: ISO 3166-1 numeric code of three digits, or None; maps go by it.
        aliases: Other names, former names and native names.
    """

    id: str
    name: str
    level: str
    parent: str | None
    ocd_id: str | None
    alpha2: str | None
    alpha3: str | None
    numeric: str | None
    aliases: tuple[str, ...]

    __slots__ = tuple(__annotations__)

    def __init__(self, data: Mapping[str, Any]) -> None:
        above = data["id"].rpartition("/")[0] or data["id"].rpartition("-")[0]
        facts = {
            **data,
            "level": data["level"] if data["level"] in LEVELS else "place",
            "parent": data.get("parent") or above or None,
            "aliases": tuple(data.get("aliases", ())),
        }
        for name in self.__slots__:
            object.__setattr__(self, name, facts.get(name))

    def to_dict(self) -> SeatData:
        """The form in which answers carry it."""
        names = ("id", "name", "ocd_id", "level", "parent")
        facts: Any = {name: getattr(self, name) for name in names}
        seat: SeatData = facts
        return seat

    def __str__(self) -> str:
        """`Alabama (US-AL)`: readable, and understood when typed back."""
        return f"{self.name} ({self.id})"

    def __repr__(self) -> str:
        return f"<Jurisdiction {self}>"

    def __eq__(self, other: object) -> bool:
        return self.id == other.id if isinstance(other, Jurisdiction) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.id)

    def __setattr__(self, name: str, value: object = None) -> NoReturn:
        raise AttributeError(f"a Jurisdiction cannot be changed: {name}")

    __delattr__ = __setattr__

    def __reduce__(self) -> tuple[Any, ...]:
        # Slots that refuse to be set need a way through pickle and copy.
        return Jurisdiction, ({name: getattr(self, name) for name in self.__slots__},)


class Resolution:
    """What a text was understood to mean.

    Attributes:
        jurisdiction: Its meaning.
        also: Other places that the same text stands for elsewhere: `AL` is
            Albania by its ISO code, and Alabama by its postal code.
        bare_locality: True where a locality was named without its state, so that
            a place of that name that is not in the catalogue may be meant.
        possible: Ids of places with a record in which it may lie, besides those that it surely lies in.
        note: What is to be said of a place that has no record of its own.
        passed_over: Ids, of it and of what lies above it, that leave the answer to what lies above them.
        base: Id of the nearest place, itself or above it, that can have a record.
        unread: Whether something below the base may forbid what the base allows, and was not read.
    """

    unread: bool = False

    passed_over: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    note: str | None = None

    def __init__(
        self,
        text: str,
        jurisdiction: Jurisdiction,
        also: list[Jurisdiction],
        *,
        bare_locality: bool = False,
    ) -> None:
        self._text, self.jurisdiction, self.base = text, jurisdiction, jurisdiction.id
        self.also, self.bare_locality = also, bare_locality

    @property
    def hint(self) -> str | None:
        """One sentence to print beside the answer where the reader may have meant another place."""
        place = self.jurisdiction
        typed = "".join(char for char in self._text if char.isprintable())
        alike = all(other.name.casefold() == typed.strip().casefold() for other in self.also)
        if self.also and (self.bare_locality or alike):
            return f"Read as {place}. Others of that name: {', '.join(o.id for o in self.also)}."
        if self.also:
            others = ", ".join(f"for {other.name} write {other.id}" for other in self.also)
            return f"{typed} is {place.name}; {others}."
        if self.bare_locality:
            return f"Read as {place}, the only place of that name in the catalogue."
        return None
