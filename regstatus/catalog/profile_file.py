"""What a seller does, as a shop writes it in TOML (`docs/profile.md`); what is left out is not known."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    PlainValidator,
    StrictBool,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from regstatus.base.errors import UsageError
from regstatus.catalog.places import Registry
from regstatus.catalog.toml import plain, read_file, validated
from regstatus.model.finding import CAP_UNITS
from regstatus.model.law import LIMITS, Substance, substance
from regstatus.model.source_fields import Age, Day, Strict, check_known

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_KEYS = "docs/profile.md"
LIQUID = ("drink", "liquid", "vape")
_FORMS = ("leaf", "powder", "capsule", "tablet", "gummy", "food", *LIQUID)
STATED = ("labelling", "packaging", "advertising", "display")
"""Duties that one practice may meet everywhere; a rule on premises is met place by place."""
_SHARES = {"% by weight": 10_000, "mg/g": 1_000, "ppm": 1}
"""Three ways to write one share of a product's weight, in parts per million."""
_MOST = {"%": 100, **{unit: 1_000_000 / parts for unit, parts in _SHARES.items()}}
_DAY: TypeAdapter[date] = TypeAdapter(Day)


def _amounts(table: dict[str, float]) -> dict[str, float]:
    check_known("unit", table, CAP_UNITS, "units")
    for unit, amount in table.items():
        if amount > _MOST.get(unit, 1_000_000):
            raise ValueError(f"{amount:g} {unit} cannot be")
    if len({Decimal(str(table[unit])) * n for unit, n in _SHARES.items() if unit in table}) > 1:
        raise ValueError(f"{', '.join(_SHARES)} write one share of the weight, and these differ")
    return table


def _substance(name: str) -> str:
    try:
        return str(substance(name))
    except UsageError as error:
        raise ValueError(str(error)) from None


def _place(name: str) -> str:
    """The id of a place; a town is known by its id alone, and its state must exist."""
    above, below, town = name.partition("/")
    if below and not re.fullmatch(r"[a-z0-9-]+", town.casefold()):
        raise ValueError(f"{name!r}: write a town by its id, such as US-CA/san-diego")
    try:
        read = Registry().interpret(above)
    except UsageError as error:
        raise ValueError(str(error)) from None
    if read.also:
        raise ValueError(f"{read.hint} For {read.jurisdiction.name} write its name.")
    return read.jurisdiction.id + below + town.casefold()


def _held(value: Any) -> date | bool:
    try:
        return value if isinstance(value, bool) else _DAY.validate_python(value)
    except ValidationError:
        raise ValueError("write true, false, or its last day, such as 2027-03-31") from None


def product_key(name: str) -> str:
    """The name or number of a product as it is compared: in lower case, with single spaces."""
    return " ".join(name.casefold().split())


def _keys(read: Any) -> Any:
    """A table whose keys are read; no two of them may mean the same."""

    def all_read(table: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, held in table.items():
            if not (key := read(name)) or key in found:
                raise ValueError(f"{name!r} is {'there twice: keep one' if key else 'no name'}")
            found[key] = held
        return found

    return AfterValidator(all_read)


class Content(Strict):
    """What a product is."""

    form: Literal[_FORMS] | None = None  # type: ignore[valid-type]
    """In what form it is sold."""
    synthetic: StrictBool | None = None
    """Whether an alkaloid in it is synthetic or semi-synthetic."""
    appeals_to_children: StrictBool | None = None
    """Whether it or its package looks like a sweet or a toy, or has a figure that children like."""
    seven_oh: Annotated[
        dict[str, Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]],
        AfterValidator(_amounts),
    ] = Field(default_factory=dict)
    """The most 7-OH that is in it, by the units of the law; by `ratio` the least mitragynine to it."""

    def amount(self, unit: str) -> Decimal | None:
        """How much 7-OH it is in a unit; a share of the weight counts in each of its three."""
        held = {name: Decimal(str(amount)) for name, amount in self.seven_oh.items()}
        shares = [
            held[name] * n / _SHARES.get(unit, 1) for name, n in _SHARES.items() if name in held
        ]
        return next(iter(shares), None) if unit in _SHARES else held.get(unit)

    @model_validator(mode="after")
    def _plain(self) -> Self:
        if self.synthetic and getattr(self, "substance", Substance.LEAF) == Substance.LEAF:
            raise ValueError(
                "synthetic: a product with a synthetic alkaloid is no leaf; give it a table under "
                "products with its substance, 7-oh or derivatives"
            )
        return self


class Product(Content):
    """A product by its own name or number: its table says all of its content."""

    substance: Annotated[str, AfterValidator(_substance)]
    """Which of the four substances it is."""


class AgeCheck(Strict):
    """How the age of buyers is checked."""

    age: Age
    """In years: nobody younger is served."""
    by: Literal["document", "database", "declared"]
    """By an official document, at the order or to the courier; by a service that looks the buyer
    up in registers; or by the buyer's own word."""


class Tests(Strict):
    """How batches are tested."""

    by: Literal["accredited", "third-party", "own", "none"]
    """By an independent laboratory that is accredited for it, another independent one, or the shop."""
    certificate: StrictBool = False
    """Whether there is a certificate of analysis for each batch."""


class Kept(Strict):
    """What the seller does in one place."""

    registered: Annotated[date | bool | None, PlainValidator(_held)] = None
    """Whether the licence, permit or registration that its law asks for is held, or its last day."""
    keeps: tuple[str, ...] = ()
    """Duties and limits whose rules the seller has read there, and keeps."""
    read: StrictBool = False
    """Whether the seller has read all the law there, and keeps what our record leaves open."""

    @model_validator(mode="after")
    def _known(self) -> Self:
        check_known("rule", self.keeps, (*STATED, "premises", *LIMITS), "rules that can be kept")
        return self


class Profile(Content):
    """What a seller does, and what the leaf is that it sells; what is left out is not known."""

    age_check: AgeCheck | None = None
    """How the age of buyers is checked."""
    tests: Tests | None = None
    """How batches are tested."""
    labelling: StrictBool | None = None
    """Whether labels carry what the law of each destination asks for."""
    packaging: StrictBool | None = None
    """Whether packages are child-resistant and plain."""
    advertising: StrictBool | None = None
    """Whether claims and advertising keep to what the law of each destination allows."""
    display: StrictBool | None = None
    """Whether no buyer can reach the goods before the sale."""
    registered: StrictBool | None = None
    """False: no registration is held but those under `places`."""
    places: Annotated[dict[str, Kept], _keys(_place)] = Field(default_factory=dict)
    """What the seller does in a place, by its id or name."""
    products: Annotated[dict[str, Product], _keys(product_key)] = Field(default_factory=dict)
    """The products, by the name or number that orders have."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.registered:
            raise ValueError(
                "registered: name the places instead, such as [places.US-NE] registered = true"
            )
        return self

    def turns(self) -> frozenset[str]:
        """The days of law time from which a registration is no longer held, as ISO text."""
        ends = (kept.registered for kept in self.places.values())
        days = (end + timedelta(days=1) for end in ends if isinstance(end, date))
        return frozenset(day.isoformat() for day in days)

    def mapped(self) -> dict[str, str]:
        """The substance of each product: its name in lower case with single spaces, the key."""
        return {name: product.substance for name, product in self.products.items()}

    def content(self, substance: str, product: str | None) -> Content:
        """What is known of a product: by a table of its own, else by what the shop says of its leaf."""
        if own := self.products.get(product_key(product or "")):
            return own if own.substance == substance else Content()
        return self if substance == Substance.LEAF else Content()


def profile_of(given: Mapping[str, Any]) -> Profile:
    """What a seller does, from a mapping with the keys of the file, such as JSON.

    Raises:
        UsageError: As `read_profile`; the text names key and remedy.
    """
    try:
        return Profile.model_validate(given)
    except ValidationError as found:
        faults = (
            f"{'.'.join(('profile', *map(str, fault['loc'])))}: {plain(fault['msg'], _KEYS)}"
            for fault in found.errors(include_input=False)
        )
        raise UsageError("\n".join(faults)) from None


def read_profile(path: Path) -> Profile:
    """Read what a seller does.

    Raises:
        UsageError: For a file that cannot be read, an unknown key, a value that cannot be, or a
            place that does not exist; the text names file, line, key and remedy.
    """
    return validated(read_file(path, UsageError), str(path), Profile, _KEYS, UsageError)
