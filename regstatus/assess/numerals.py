"""Numbers: as statutes write them, in digits of any script or in words."""

import re
from functools import cache

from regstatus.model.vocabulary import table

_YOUNGEST, _OLDEST = 15, 25
"""Plausible ages of sale, in years."""


def _key(written: str) -> str:
    return re.sub(r"[\s-]+", "", written.lower())


@cache
def _values() -> dict[str, float]:
    """What words of numbers say, run together; ages are written in more languages than amounts."""
    return {_key(word): float(n) for kind in ("ages", "amounts") for word, n in table(kind).items()}


def age_of(written: str) -> int | None:
    """The age in years, or None where it is no plausible age of sale (15 to 25)."""
    digits = re.search(r"\d+", written)
    years = int(digits.group()) if digits else _values().get(_key(written), 0)
    return int(years) if _YOUNGEST <= years <= _OLDEST else None


def amount_of(written: str) -> float | None:
    """The amount, or None; a comma before exactly three digits parts thousands."""
    text = written.strip()
    if text[:1].isdigit():
        if re.fullmatch(r"[1-9]\d{0,2}(?:[,\s]\d{3})+", text):
            return float(re.sub(r"[,\s]", "", text))
        return float(text.replace(",", ".").replace(" ", ""))
    return _values().get(_key(text))
