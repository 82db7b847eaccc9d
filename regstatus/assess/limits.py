"""Limits: the youngest age at which a person may buy, and how much of an alkaloid goods may hold.

Numbers are read as statutes write them, in digits of any script or in words; a limit keeps
the unit that the law gives it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from regstatus.assess.clauses import Clause
from regstatus.assess.lexicon import Term, find_terms
from regstatus.assess.prefilter import LazyPattern, Words
from regstatus.model.finding import Cap, MinimumAge
from regstatus.model.law import Substance
from regstatus.model.vocabulary import WordPattern, table

_YOUNGEST, _OLDEST = 15, 25
"""Plausible ages of sale, in years."""


def _key(written: str) -> str:
    return re.sub(r"[\s-]+", "", written.lower())


@cache
def _numerals() -> dict[str, float]:
    """What words of numbers say, run together."""
    return {_key(word): float(n) for word, n in table("amounts").items()}


def _age(written: str) -> int | None:
    """The age in years, or None where it is no plausible age of sale (15 to 25)."""
    digits = re.search(r"\d+", written)
    years = int(digits.group()) if digits else _numerals().get(_key(written), 0)
    return int(years) if _YOUNGEST <= years <= _OLDEST else None


def _amount(written: str) -> float | None:
    """The amount, or None; a comma before exactly three digits parts thousands."""
    text = written.strip()
    if text[:1].isdigit():
        if re.fullmatch(r"[1-9]\d{0,2}(?:[,\s]\d{3})+", text):
            return float(re.sub(r"[,\s]", "", text))
        return float(text.replace(",", ".").replace(" ", ""))
    return _numerals().get(_key(text))


_AGE = Words("age", "below above minors minors_means acts other_matters on_labels looks")
_SELL = LazyPattern("{act.sell}")
_MINORITY = 18


@lru_cache(maxsize=4096)
def _ages(text: str) -> tuple[tuple[int, int, int, str], ...]:
    """Every age in a text: years, where it stands, and the rule; the three readers ask for it."""
    return tuple(
        (years, *match.span(), rule)
        for rule, pattern in (("age-below", _AGE.below), ("age-from", _AGE.above))
        for match in pattern.finditer(text)
        if (years := _age(next(filter(None, match.groups()), "")))
    )


@lru_cache(maxsize=4096)
def speaks_of_age(text: str) -> bool:
    """Whether `text` reaches only people of some age: then it is no outright prohibition."""
    return _AGE.minors.search(text) is not None or bool(_ages(text))


def minimum_age(clauses: Sequence[Clause]) -> MinimumAge | None:
    """The general age limit of sale; the highest where a text gives several.

    Only provisions about kratom that speak of selling, giving or having count. «Minors»
    without a number anywhere are people below 18.
    """
    best: MinimumAge | None = None
    minor: MinimumAge | None = None
    for clause in clauses:
        text = clause.text
        if not (clause.about and clause.speaks and speaks_of_age(text)):
            continue
        acts = _AGE.acts.search(text) or _AGE.acts.search(clause.governing)
        other = _AGE.other_matters.search(text) or _AGE.on_labels.search(
            clause.governing.rstrip(" :—")
        )
        if not acts or (other and not (clause.terms and _SELL.search(text))):
            continue
        for years, start, end, rule in _ages(text):
            if _AGE.looks.search(text[max(0, start - 90) : start], of=text):
                continue
            if best is None or years > best.years:
                best = MinimumAge(years=years, place=clause.place(start, end, rule))
        match = _AGE.minors.search(text) if minor is None else None
        if match and not _AGE.looks.search(text[max(0, match.start() - 90) : match.start()]):
            where = clause.place(*match.span(), "age-minor")
            minor = MinimumAge(years=_minority(clauses), place=where)
    return best or minor


def _minority(clauses: Sequence[Clause]) -> int:
    """The age below which the text calls people minors; 18 where it does not say."""
    means = (ages for c in clauses if _AGE.minors_means.search(c.text) if (ages := _ages(c.text)))
    return next((ages[0][0] for ages in means), _MINORITY)


_UNIT = "|".join(
    f"(?P<{unit}>{{cap.{unit}}})"
    for unit in ("percent", "milligram", "microgram", "parts_per_million")
)
_NO_GROUPS = re.sub("[?]P<[a-z]+>", "?:", _UNIT)
_QUANTITY = LazyPattern(rf"(?P<n>{{number.amount}})\s*\)?\s*(?:{_UNIT})")
_CAP = Words("cap", "ratio greater at_most alkaloids weight contaminants of_methods")
_SAME_LIMIT = LazyPattern(
    rf"[^,;]{{0,16}}{{clause.joins}}\s+{{number.amount}}\s*(?:{_NO_GROUPS})[^,;]{{0,16}}\s+{{cap.total}}\s+"
)
_OF = WordPattern(r"\s*\)?\s*{cap.total}?\s*")
_APART = WordPattern("[;,]|{clause.joins}")
_LEAST = LazyPattern(r"{cap.least}\s*$")
_PER = tuple(
    (f"mg/{one}", LazyPattern(f"{{cap.per_{one}}}"))
    for one in ("g", "ml", "serving", "container", "day")
)
_NUMBER = WordPattern("{number.amount}")
_UNIT_OF_COLUMN = WordPattern(_UNIT)
_BARE_NUMBER = WordPattern(r"\s*(?P<n>{number.amount})\s*")
_CAPPED = frozenset({Substance.MITRAGYNINE, Substance.SEVEN_OH})


@dataclass(frozen=True, slots=True)
class _Quantity:
    start: int
    end: int
    amount: float
    kind: str


def _measured(
    amount: float | None, unit: re.Match[str], start: int, end: int
) -> Iterator[_Quantity]:
    """The quantity of a number and its unit, if it is a number."""
    if amount is not None:
        kind = "pct" if unit["percent"] else "ppm" if unit["parts_per_million"] else "mg"
        yield _Quantity(start, end, amount / 1000 if unit["microgram"] else amount, kind)


def _quantities(text: str) -> list[_Quantity]:
    return [
        one
        for match in _QUANTITY.finditer(text)
        for one in _measured(_amount(match["n"]), match, *match.span())
    ]


def _limited(text: str, at: _Quantity, terms: Sequence[Term], above: Term | None) -> Term | None:
    """Which alkaloid a quantity limits: named in its unit, before it, or just after it."""
    near = [t for t in terms if at.end <= t.start <= at.end + 45]
    between = next((t for t in near if not _APART.search(text[at.end : t.start])), None)
    if between and _OF.fullmatch(text[at.end : between.start]):
        return between
    # «1 mg/g (solid) or 1 mg/ml (liquid) of 7-hydroxymitragynine»
    if near and _SAME_LIMIT.fullmatch(text[at.end : near[0].start]):
        return near[0]
    before = [t for t in terms if t.end <= at.start and at.start - t.end <= 300]
    return before[-1] if before else above or between


def _unit(text: str, at: _Quantity, following: int, basis: str) -> str | None:
    """The unit with its basis, read from the words round the quantity and then above it."""
    after = text[at.end : min(following, at.end + 110)]
    before = text[max(0, at.start - 160) : at.start]
    if at.kind == "ppm":
        return "ppm"
    if at.kind == "pct":
        if _CAP.alkaloids.search(after) or _CAP.alkaloids.search(before):
            return "%"
        if _CAP.weight.search(after) or _CAP.weight.search(before) or _CAP.weight.search(basis):
            return "% by weight"
        return "%"
    for words in (after, before, basis):
        places = [(m.start(), unit) for unit, p in _PER if (m := p.search(words))]
        if places:
            return min(places)[1]
    return None


class _Table:
    """The rows of heads above a row of a table; `capped` where one names an alkaloid."""

    def __init__(self) -> None:
        self._rows: list[list[str]] = []
        self._ended = self.capped = False

    def take(self, clause: Clause) -> None:
        """Go on to a row, which is one of heads if it has numbers in names alone."""
        bare = clause.text
        for term in reversed(clause.terms):
            bare = bare[: term.start] + bare[term.end :]
        heads = re.search(r"\d", bare) is None
        if heads and self._ended:
            self._rows.clear()
            self.capped = False
        self._ended = not heads
        if heads:
            cells = [cell.strip() for cell in clause.text.split("|")]
            # A cell over several columns stands in the first of them.
            for at, cell in enumerate(cells[1:]):
                cells[at + 1] = cell or cells[at]
            self._rows.append(cells)
            self.capped |= any(term.substance in _CAPPED for term in clause.terms)

    def heads(self, row: str) -> list[str]:
        """What stands above each cell of a row; above all of them, where columns cannot be told."""
        cells = row.count("|") + 1
        above = [heads for heads in self._rows if len(heads) == cells]
        if above:
            return [" ".join(column) for column in zip(*above, strict=True)]
        return [" | ".join(map(" | ".join, self._rows))] * cells


def _cells(heads: Sequence[str], row: str, found: list[_Quantity]) -> list[_Quantity]:
    """With the cells that hold a bare number, whose unit stands at the head of the column."""
    cells, start, more = row.split("|"), 0, list(found)
    for head, cell in zip(heads, cells, strict=True):
        unit, number = _UNIT_OF_COLUMN.search(head), _BARE_NUMBER.fullmatch(cell)
        if unit and number:
            at, end = start + number.start("n"), start + number.end("n")
            more.extend(_measured(_amount(number["n"]), unit, at, end))
        start += len(cell) + 1
    return sorted(more, key=lambda at: at.start)


def alkaloid_caps(clauses: Sequence[Clause]) -> tuple[Cap, ...]:
    """Every limit on an alkaloid of kratom, in reading order, each once.

    A number on a label is no limit: there must be words of comparison in the clause,
    above it, or at the head of its table.
    """
    caps: dict[tuple[str, float, str], Cap] = {}

    def keep(clause: Clause, term: Substance, at: _Quantity, unit: str, rule: str) -> None:
        where = clause.place(at.start, at.end, rule)
        cap = Cap(substance=term, amount=at.amount, unit=unit, place=where)
        caps.setdefault((term, at.amount, unit), cap)

    table, intro = _Table(), ""
    for clause in clauses:
        text, kind = clause.text, clause.passage.kind
        if kind != "row":
            table, intro = _Table(), text[-300:]  # the words under which a table stands
        else:
            table.take(clause)
        if kind == "note" or not (clause.about or table.capped) or not _NUMBER.search(text):
            continue
        heads = table.heads(text)
        columns = [[t for t in find_terms(head) if t.substance in _CAPPED] for head in heads]
        terms = [t for t in clause.terms if t.substance in _CAPPED]
        led = [t for lead in clause.leads for t in lead.terms if t.substance in _CAPPED]
        if not (any(columns) or (clause.about and (terms or led))):
            continue
        if ratio := _CAP.ratio.search(text):
            at = _Quantity(*ratio.span(), _amount(ratio["n"]) or 0.0, "ratio")
            keep(clause, Substance.SEVEN_OH, at, "ratio", "cap-ratio")
        header = dict.fromkeys(heads)
        over = " ".join((*clause.passage.headings, intro)) if kind == "row" else ""
        headed = " ".join((over, *header)) if kind == "row" else ""
        governing = " ".join(lead.text[-200:] for lead in clause.leads)
        quantities = _cells(heads, text, _quantities(text))
        filled = {text.count("|", 0, at.start) for at in quantities}
        aside = " ".join(head for column, head in enumerate(heads) if column not in filled)
        for number, at in enumerate(quantities):
            if at.kind == "pct" and at.amount > 100:
                continue  # «up to 500 percent more than would naturally occur»
            others = (q.start for q in quantities[number + 1 :] if q.amount != at.amount)
            before = text[max(0, at.start - 140) : at.start]
            if _LEAST.search(before.rstrip(" ("), of=text) or _CAP.contaminants.search(
                before[-60:], of=text
            ):
                continue
            column = text[: at.start].count("|")
            above = columns[column] or led
            term = _limited(text, at, terms, above[-1] if above else None)
            basis = f"{heads[column]} {over} {aside} {governing}"
            unit = _unit(text, at, next(others, len(text)), basis)
            words = f"{governing} {before} {text[at.end : at.end + 30]}"
            if _CAP.of_methods.search(f"{words} {headed}"):
                continue  # how little a laboratory must be able to find
            limits = {"at-most": _CAP.at_most.search(words), "greater": _CAP.greater.search(words)}
            limits["table"] = _CAP.at_most.search(headed) or _CAP.greater.search(headed)
            rule = next((name for name, found in limits.items() if found), None)
            if term and unit and rule:
                keep(clause, term.substance, at, unit, f"cap-{rule}")
    return tuple(caps.values())
