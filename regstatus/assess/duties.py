"""Duties: what a text lays upon those who make or sell kratom."""

from collections.abc import Sequence

from regstatus.assess.clauses import Clause
from regstatus.assess.definitions import defines
from regstatus.assess.prefilter import LazyPattern
from regstatus.model.finding import Duty
from regstatus.model.law import DUTIES, Substance

_PATTERNS = {name: LazyPattern(f"{{duty.{name}}}") for name in DUTIES if name != "synthetic_ban"}
_BINDING = LazyPattern("{duty.binding}")
_FORBIDDING = LazyPattern("{duty.forbidding}")


def duties(clauses: Sequence[Clause]) -> tuple[Duty, ...]:
    """Each duty found in provisions about kratom, once, at its first binding words."""
    found: dict[str, Duty] = {}
    for clause in clauses:
        if not (clause.about and clause.speaks):
            continue
        text = clause.text
        governing = clause.governing
        _synthetic(clause, governing, found)
        matches = {
            name: match
            for name, pattern in _PATTERNS.items()
            if name not in found and (match := pattern.search(text))
        }
        if not matches or not (_BINDING.search(text) or _BINDING.search(governing)):
            continue
        if not defines(clause):
            for name, match in matches.items():
                where = clause.place(*match.span(), "duty")
                found[name] = Duty(name=name, place=where)
    return tuple(found[name] for name in DUTIES if name in found)


_SYNTHETIC = LazyPattern("{duty.synthetic}")
_NO_SYNTHETIC = LazyPattern("{duty.no_synthetic}")


def _synthetic(clause: Clause, governing: str, found: dict[str, Duty]) -> None:
    """A ban on synthetic alkaloids: as forbidden content, or left out of the lawful product."""
    if "synthetic_ban" in found:
        return
    alkaloids = [t for t in clause.terms if t.substance is not Substance.LEAF]
    for match in _SYNTHETIC.finditer(clause.text):
        if not any(match.start() - 12 <= t.start <= match.end() + 60 for t in alkaloids):
            continue
        before = clause.text[: match.start()]
        if _NO_SYNTHETIC.search(before):
            rule = "duty-definition"
        elif _FORBIDDING.search(before) or _FORBIDDING.search(governing):
            rule = "duty"
        else:
            continue
        where = clause.place(*match.span(), rule)
        found["synthetic_ban"] = Duty(name="synthetic_ban", place=where)
        return
