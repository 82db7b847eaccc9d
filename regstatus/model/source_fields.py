"""What stands in a source file: days, spans, patterns, addresses, and types that know all their keys."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from regstatus.base.days import read_day
from regstatus.base.errors import UsageError
from regstatus.base.patterns import Pattern
from regstatus.base.safe import one_line
from regstatus.model.finding import CAP_UNITS
from regstatus.model.law import Substance
from regstatus.model.strictness import limits

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
"""No law in these records is older or looks further ahead; another date is a slip of the pen."""


def _day(value: Any) -> date:
    # TOML has times as well as days; law runs by days, local to the place. Numbers, which
    # pydantic takes for seconds since 1970, are no days either.
    if hasattr(value, "hour"):
        raise ValueError("give a day without a time, such as 2026-11-22")
    try:
        day = read_day(value)
    except UsageError as error:
        raise ValueError(str(error)) from None
    if day < EARLIEST:
        raise ValueError(f"{day} is before {EARLIEST}; check the year")
    if day >= LATEST:
        raise ValueError(f"{day} is after {LATEST}; check the year, or leave out what has no end")
    return day


_LONGEST_SPAN = timedelta(days=3660)


def _rising(bounds: tuple[int, int]) -> tuple[int, int]:
    if bounds[0] > bounds[1]:
        raise ValueError("the least comes first, then the most, such as [120, 400]")
    return bounds


def _span(value: Any) -> Any:
    if isinstance(value, timedelta):
        return value
    # A bare number would be taken for seconds.
    match = re.fullmatch(r"(\d{1,4})([hdw])", str(value))
    if not match:
        raise ValueError('give a span such as "12h", "60d" or "8w"')
    span = int(match[1]) * timedelta(hours={"h": 1, "d": 24, "w": 168}[match[2]])
    if not span:
        raise ValueError("a span must be longer than nothing")
    if span > _LONGEST_SPAN:
        raise ValueError("a span of more than ten years is never: give a shorter one")
    return span


def _regex(value: str) -> str:
    Pattern(value)
    return value


def _words(value: str) -> str:
    if not one_line(value):
        raise ValueError("nothing that can be seen stands here; write it, or leave the key out")
    return value


def _caps(value: str) -> str:
    if not set(CAP_UNITS).issuperset(limits(value) or {value}):
        units = ", ".join(CAP_UNITS)
        raise ValueError(f'write it as "2%" or "0.5 mg/g; 1 mg/serving"; the units are {units}')
    return value


def _web_address(value: str) -> str:
    if not re.match(r"https?://[^\s/]+", value):
        raise ValueError("give a whole address that starts with https:// (or http://)")
    return value


Day = Annotated[date, BeforeValidator(_day)]
"""A day of law time: local to the jurisdiction, without a time of day."""
Span = Annotated[timedelta, BeforeValidator(_span)]
"""A length of time, written `"12h"`, `"60d"` or `"8w"`."""
Regex = Annotated[str, AfterValidator(_regex)]
Address = Annotated[str, AfterValidator(_web_address)]
Ident = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Says = Annotated[str, Field(pattern=r"^(listed|silent|excluded|named)$")]
Age = Annotated[int, Field(ge=1, le=99, strict=True)]
_Count = Annotated[int, Field(ge=1, le=100_000, strict=True)]
Entries = Annotated[tuple[_Count, _Count], AfterValidator(_rising)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Line = Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(_words)]
Caps = Annotated[Line, AfterValidator(_caps)]


class Strict(BaseModel):
    """Unknown keys are errors: a misspelt key must not pass for a fact left out."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, use_attribute_docstrings=True
    )


_T = TypeVar("_T")
_FIELDS = {one: one.name.lower() for one in Substance}


class BySubstance(Strict, Generic[_T]):
    """What an entry says of each substance; what it leaves out it does not speak of."""

    leaf: _T | None = None
    """What is said of the leaf."""
    mitragynine: _T | None = None
    """What is said of the alkaloid."""
    seven_oh: _T | None = Field(None, alias="7-oh")
    """What is said of 7-hydroxymitragynine."""
    derivatives: _T | None = None
    """What is said of pseudoindoxyl, MGM-15, MGM-16 and their like."""

    def by_substance(self) -> dict[Substance, _T]:
        """What it says of each substance that it speaks of."""
        found = ((one, getattr(self, name)) for one, name in _FIELDS.items())
        return {one: said for one, said in found if said is not None}


def check_known(word: str, names: Iterable[str], known: Sequence[str], all_of_them: str) -> None:
    """Raise a ValueError, with those that there are, if a name is none of a kind of things."""
    if unknown := ", ".join(sorted({*names} - {*known})):
        raise ValueError(f"unknown {word} {unknown}; the {all_of_them} are {', '.join(known)}")


def check_order(first: date | None, until: date | None, name: str = "from") -> None:
    """Raise a ValueError if a law ends no later than the first day, which the key `name` gives."""
    if first and until and until <= first:
        raise ValueError(f"until must be later than {name}")
