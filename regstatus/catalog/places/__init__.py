"""Names and codes to ids, the ladder of jurisdictions, and what to ask when a name is not clear.

The rules, in the order in which they decide:

1. A canonical id, or an ISO 3166-1 code, means what the standard says, in any
   case: `AL` is Albania, `GE` the country, `US-GA` the state. Ids are the keys of
   the data, so nothing may stand in front of them.
2. A name means its place; a name that fits several is asked back (`Georgia`,
   `Washington`, `Korea`).
3. A postal or press abbreviation of a US state counts only where nothing else
   goes by it: `TX` is Texas, but `KY` is the Cayman Islands. Below a state or
   country it always counts: `San Diego, CA`, `AL, US`, `within="US"`.
4. A text may name the place and what it lies in, in either order, with or without
   a comma: `San Diego, California`, `US AL`, `Georgia (US-GA)`, `Washington state`.
   Every word must be accounted for: `Fresno, CA` never means California.

Canonical ids: ISO 3166-1 alpha-2; `XK` for Kosovo (user-assigned); `US-` with the
postal code for the states, the district and the five inhabited territories. The
territories also have ISO 3166-1 codes (`PR`, `GU`, `VI`, `AS`, `MP`): these are
understood, but the id is `US-PR` and so on, because federal law stands above them.
`EU` and `UN` are layers of law, not places. Localities are not known here: pass
those of a snapshot or catalogue as `extra`.
"""

from __future__ import annotations

from regstatus.catalog.places.gazetteer import Registry, builtin
from regstatus.catalog.places.jurisdiction import LEVELS, Jurisdiction, Resolution
from regstatus.catalog.places.names import name_key
from regstatus.catalog.places.table import table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

__all__ = [
    "LEVELS",
    "Jurisdiction",
    "Registry",
    "Resolution",
    "abbreviations",
    "all_jurisdictions",
    "ancestors",
    "children",
    "get",
    "interpret",
    "name_key",
    "readings",
    "resolve",
]


def get(id: str) -> Jurisdiction:  # noqa: A002  (the word of the contract)
    """Return the built-in jurisdiction of a canonical id.

    Raises:
        UnknownJurisdiction: If there is none; other spellings are for `resolve`.
    """
    return builtin().get(id)


def resolve(
    text: str,
    *,
    extra: Iterable[Jurisdiction | Mapping[str, Any]] = (),
    within: str | None = None,
) -> Jurisdiction:
    """Return what a name, code or OCD id means; `Registry.interpret` has the details."""
    return interpret(text, extra=extra, within=within).jurisdiction


def interpret(
    text: str,
    *,
    extra: Iterable[Jurisdiction | Mapping[str, Any]] = (),
    within: str | None = None,
) -> Resolution:
    """Return what a text means and what else it may mean; see `Registry.interpret`.

    For many texts with the same `extra`, make one `Registry(extra)` instead.
    """
    return builtin().with_extra(extra).interpret(text, within=within)


def readings(
    text: str, *, extra: Iterable[Jurisdiction | Mapping[str, Any]] = ()
) -> tuple[Jurisdiction, ...]:
    """Return every place that a text may mean, the likeliest first; empty if none."""
    return builtin().with_extra(extra).readings(text)


def all_jurisdictions() -> tuple[Jurisdiction, ...]:
    """Return every built-in jurisdiction in the order of ids."""
    return builtin().all()


def ancestors(id: str) -> tuple[Jurisdiction, ...]:  # noqa: A002
    """Return what lies above a built-in id or a locality's, nearest first; see `Registry`."""
    return builtin().ancestors(id)


def children(id: str) -> tuple[Jurisdiction, ...]:  # noqa: A002
    """Return what lies directly below a built-in id, in the order of ids."""
    return builtin().children(id)


def abbreviations() -> dict[str, str]:
    """Return what is short for a US state by post or press, as keys of names, with the ids.

    They count only where nothing else goes by the key: rule 3.
    """
    return dict(table()["short"])
