"""Ages: the youngest age at which a person may buy, in digits or words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from regstatus.assess.clauses import Clause
from regstatus.assess.numerals import age_of
from regstatus.assess.prefilter import LazyPattern
from regstatus.model.finding import MinimumAge

_BELOW = LazyPattern("{age.below}")
_FROM = LazyPattern("{age.above}")
_WORD = LazyPattern("{number.ages}")
_TWO_DIGITS = re.compile(r"\(?\d{2}\)?")
_MINOR = LazyPattern("{age.minors}")
_MINOR_MEANS = LazyPattern("{age.minors_means}")
# An age counts only beside an act of trade or of having, in the clause or above it.
_ACT = LazyPattern("{age.acts}")
# Ages of those who may work, drive or see an advertisement are no ages of sale.
_ELSE = LazyPattern("{age.other_matters}")
_SALE = LazyPattern("{age.sale}")
_MINORITY = 18


@lru_cache(maxsize=4096)
def _ages(text: str) -> tuple[tuple[int, int, int, str], ...]:
    """Every age in a text: years, where it stands, and the rule; the three readers ask for it."""
    found: list[tuple[int, int, int, str]] = []
    if _WORD.search(text) or any(age_of(m.group()) for m in _TWO_DIGITS.finditer(text)):
        for rule, pattern in (("age-below", _BELOW), ("age-from", _FROM)):
            for match in pattern.finditer(text):
                written = next((value for value in match.groups() if value), "")
                if years := age_of(written):
                    found.append((years, match.start(), match.end(), rule))
    return tuple(found)


@lru_cache(maxsize=4096)
def speaks_of_age(text: str) -> bool:
    """Whether `text` reaches only people of some age: then it is no outright prohibition."""
    return _MINOR.search(text) is not None or bool(_ages(text))


def minimum_age(clauses: Sequence[Clause]) -> MinimumAge | None:
    """The general age limit of sale; the highest where a text gives several.

    Only provisions about kratom that speak of selling, giving or having count. «Minors»
    without a number anywhere are people below 18.
    """
    best: tuple[int, MinimumAge] | None = None
    minor: MinimumAge | None = None
    for clause in clauses:
        text = clause.text
        if not (clause.about and clause.speaks and speaks_of_age(text)):
            continue
        acts = _ACT.search(text) or _ACT.search(clause.governing)
        if not acts or (_ELSE.search(text) and not (clause.terms and _SALE.search(text))):
            continue
        for years, start, end, rule in _ages(text):
            if best is None or years > best[0]:
                best = (years, MinimumAge(years=years, place=clause.place(start, end, rule)))
        if minor is None:
            match = _MINOR.search(text)
            if match:
                where = clause.place(*match.span(), "age-minor")
                minor = MinimumAge(years=_minority(clauses), place=where)
    return best[1] if best else minor


def _minority(clauses: Sequence[Clause]) -> int:
    """The age below which the text calls people minors; 18 where it does not say."""
    means = (ages for c in clauses if _MINOR_MEANS.search(c.text) if (ages := _ages(c.text)))
    return next((ages[0][0] for ages in means), _MINORITY)
