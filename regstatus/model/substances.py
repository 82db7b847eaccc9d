"""The four substances by their everyday names, and their public identifiers."""

from __future__ import annotations

from regstatus.base.errors import UsageError, quoted
from regstatus.model.law import Substance

__all__ = ["IDENTIFIERS", "about", "substance"]

_NAMES = {
    "leaf": Substance.LEAF, "kratom": Substance.LEAF, "plant": Substance.LEAF,
    "kratom leaf": Substance.LEAF, "mitragyna speciosa": Substance.LEAF, "powder": Substance.LEAF,
    "mitragynine": Substance.MITRAGYNINE,
    "7-oh": Substance.SEVEN_OH, "7oh": Substance.SEVEN_OH, "7 oh": Substance.SEVEN_OH,
    "7-hydroxymitragynine": Substance.SEVEN_OH, "hydroxymitragynine": Substance.SEVEN_OH,
    "7-ohmg": Substance.SEVEN_OH,
    "derivatives": Substance.DERIVATIVES, "synthetic": Substance.DERIVATIVES,
    "pseudoindoxyl": Substance.DERIVATIVES, "mitragynine pseudoindoxyl": Substance.DERIVATIVES,
    "mgm-15": Substance.DERIVATIVES, "mgm-16": Substance.DERIVATIVES,
    "mgm15": Substance.DERIVATIVES, "mgm16": Substance.DERIVATIVES,
}  # fmt: skip

IDENTIFIERS: dict[str, dict[str, str]] = {
    "leaf": {"gbif": "7461054", "name": "Mitragyna speciosa Korth."},
    "mitragynine": {"cas": "4098-40-2", "pubchem": "3034396"},
    "7-oh": {"cas": "174418-82-7", "pubchem": "44301524"},
    "derivatives": {},
}
"""Public identifiers of each substance; derivatives are a group and have none."""


def substance(name: str) -> Substance:
    """Read a substance by one of its names.

    Raises:
        UsageError: With the names that would do.
    """
    found = _NAMES.get(" ".join(name.casefold().split())) if isinstance(name, str) else None
    if found is None:
        names = ", ".join(str(item) for item in Substance)
        raise UsageError(
            f"{quoted(name)} is not a substance that is tracked; ask for one of {names}"
        )
    return found


def about(key: str) -> str:
    """A word of the record as people write it: `seven_oh_cap` is «the 7-OH limit»."""
    return {
        "seven_oh_cap": "the 7-OH limit",
        "minimum_age": "the minimum age",
        "leaf": "kratom leaf",
        "7-oh": "7-OH",
        "schedule": "the schedule",
        "period": "the period",
    }.get(key, key.replace("_", " "))
