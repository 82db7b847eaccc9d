"""Lexicon: the names of kratom and its alkaloids in official texts, and what each stands for.

Names are read with the spelling mistakes that official gazettes really made
(«Mytragynine», «Mityragynine», «Mitragynine speciosa», «hydroxymitragynine»
without its 7) and in the languages of the places that are watched. The longest
name wins, so that «7-hydroxymitragynine» and «mitragynine pseudoindoxyl» count
once, as themselves, though both contain «mitragynine».

Some names prove nothing alone: «7-OH» is a locant in other compounds, กระท่อม
also means a hut, «synthetic alkaloids» may be any. Such *contextual* names count
only in a document that also has a name which can mean nothing else.

Other natural alkaloids of the plant (paynantheine, speciogynine, speciociliatine,
corynantheidine, mitraphylline) are no derivatives; they are not looked for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from regstatus.base.relaxed import is_odd, relaxed
from regstatus.model.law import Substance
from regstatus.model.vocabulary import fill


@dataclass(frozen=True, slots=True)
class Term:
    """One name found in a string.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        written: The name as written.
        substance: What it stands for.
        contextual: True where it counts only beside a name that is certain.
        systematic: True for CAS numbers and systematic names, which merely repeat a
            common name wherever the passage gives one too.
    """

    start: int
    end: int
    written: str
    substance: Substance
    contextual: bool = False
    systematic: bool = False


_GAP = r"[\s-]{0,3}"
# An ending, of one case: in «mitragyninMethyl» the next cell begins at the capital.
_END = (
    r"(?-i:[a-zß-öø-ÿāăąćčďđēėęěğģīįıķĺļľłńņňōőœŕřśšşťţūůűųźżžά-ώα-ωа-яѓ-џґა-ჰ]+"
    r"|(?<=[A-ZÀ-ÖØ-ÞА-ЯІЇЄҐ])[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯІЇЄҐ]+)?"
)
# Not inside a Latin word (zkratom, skratom), save where two cells were glued: «PopisKratomMitragyna».
_FREE = r"(?:(?<![A-Za-zÀ-ÖØ-öø-ʯ0-9])|(?-i:(?<=[a-zß-öø-ÿā-ž])(?=[KM][a-z])))"
_MITRA = "{names.mitragynine}"
_SEVEN = r"[77๗七]\s?[-‐―−ー–]?\s?(?:\(?(?:α|alpha|β|beta)\)?\s?-?\s?)?"
_HYDROXY = "{names.hydroxy}"
_PSEUDO = "{names.pseudoindoxyl}"
_OH = rf"(?:7{_GAP})?(?:OH{_GAP}|{_HYDROXY}{_GAP})?"
_SUBSTITUTED = (
    r"(?:(?:\d{1,2}[a-c]?-)?(?:O-)?(?:di|tri|tetra|hexa)?{names.substituents}[\s-]{0,3}){1,3}"
)
_DERIVATIVE = (
    # A substituted compound is told of by its parent: «the 9-fluoro derivative of …».
    rf"{_FREE}{_SUBSTITUTED}{{names.derivative_of}}(?:{_SUBSTITUTED})?{_OH}{_MITRA}(?:{_GAP}{_PSEUDO})?"
    rf"|{_FREE}{_OH}{_MITRA}{_GAP}{_PSEUDO}|{_MITRA}{_GAP}{_PSEUDO}"
    rf"|(?:7{_GAP}(?:OH|{_HYDROXY}){_GAP})?{_PSEUDO}(?:{_GAP}{_MITRA})?"
    rf"|{_FREE}{_SUBSTITUTED}(?:7{_GAP}(?:OH{_GAP})?)?(?:{_HYDROXY})?{_GAP}{_MITRA}"
    rf"|{_MITRA}{{names.related}}|{{names.derivatives}}"
)
_SEVEN_HYDROXY = (
    rf"(?:{_FREE}{_SEVEN}|(?<!\d-)(?<!\d){_FREE}){_HYDROXY}{_GAP}{_MITRA}"
    rf"|{_FREE}7{_GAP}OH{_GAP}{_MITRA}|{{names.seven_hydroxymitragynine}}"
)
_BARE_SEVEN_OH = rf"(?<!\d,){_FREE}7\s?-\s?OH(?![0-9A-Za-z])(?!-\w)"
_SYNTHETIC = rf"{{names.synthetic}}|{_FREE}{_SUBSTITUTED}7\s?-?\s?OH(?![0-9A-Za-z])"
# What a name stands for, its pattern, and whether it is contextual or systematic; order decides
# between names that start at the same character.
_NAMES: tuple[tuple[Substance, str, bool, bool], ...] = (
    (Substance.DERIVATIVES, _SYNTHETIC, True, False),
    (Substance.DERIVATIVES, _DERIVATIVE, False, False),
    (Substance.SEVEN_OH, _SEVEN_HYDROXY, False, False),
    (Substance.LEAF, "{names.leaf}", False, False),
    (Substance.MITRAGYNINE, rf"{_FREE}{_MITRA}", False, False),
    (Substance.SEVEN_OH, _BARE_SEVEN_OH, True, False),
    (Substance.LEAF, "{names.leaf_in_title}|{names.leaf_beside}", True, False),
    (Substance.DERIVATIVES, "{names.systematic_derivatives}", False, True),
    (Substance.SEVEN_OH, "{names.systematic_seven_hydroxy}", False, True),
    (Substance.MITRAGYNINE, "{names.systematic_mitragynine}", False, True),
)


def _pattern(*names: str) -> str:
    found = fill("|".join(names)).replace("{substituted}", fill(_SUBSTITUTED))
    return found.replace("{free}", _FREE).replace("{end}", _END)


_CHANGED = (
    rf"(?:di|tri|tetra|hexa)?{{names.substituents}}{_GAP}(?:7{_GAP})?(?:OH{_GAP}|{_HYDROXY}{_GAP})?"
)


def _bare(*names: str, substituted: str = "") -> str:
    """Names as one pattern, without the endings that they may have."""
    filled = fill("|".join(names)).replace("{end}", "").replace("{substituted}", fill(substituted))
    return filled.replace("{free}", _FREE)


@cache
def letters_of_names() -> tuple[tuple[Substance, str], ...]:
    """Each kind of name that can mean nothing else, and 7-OH, as patterns without endings."""
    kinds = (
        (
            Substance.DERIVATIVES,
            f"{_FREE}{_CHANGED}{_MITRA}",
            rf"(?:(?:{_MITRA}\w{{0,9}}|7{_GAP}(?:OH|{_HYDROXY})){_GAP})?{_PSEUDO}",
        ),
        (Substance.DERIVATIVES, "{names.derivatives}", "{names.systematic_derivatives}"),
        (Substance.SEVEN_OH, _SEVEN_HYDROXY, "{names.systematic_seven_hydroxy}"),
        (Substance.LEAF, "{names.leaf}"),
        (Substance.MITRAGYNINE, f"{_FREE}{_MITRA}", "{names.systematic_mitragynine}"),
        (Substance.SEVEN_OH, _BARE_SEVEN_OH),
    )
    return tuple((kind, _bare(*names, substituted=_SUBSTITUTED)) for kind, *names in kinds)


@cache
def letters_of_cores() -> str:
    """A pattern that is found in every one of these."""
    certain = (name for name in _CERTAIN if "title" not in name)
    return _bare(_MITRA, _PSEUDO, *certain, _BARE_SEVEN_OH)


@cache
def _names() -> re.Pattern[str]:
    """Every name, each kind in a group; most documents never need it, and it is long to compile."""
    return re.compile(_pattern(*(f"({name})" for _, name, _, _ in _NAMES)), re.IGNORECASE)


# Where a name may begin, told for all names at once: `_NAMES` as one pattern would be too long for RE2.
_BEGINS = (
    rf"(?:(?:\d{{1,2}}[a-c]?-|[7๗七]|\(?(?:α|alpha|β|beta)\)?|OH?|di|tri|tetra|hexa|{{names.substituents}}"
    rf"|{_HYDROXY}|{{names.derivative_of}})[\s\-‐―−ー–]{{0,3}})*(?:{_MITRA}|{_PSEUDO}{{or}})"
)
_CERTAIN = (
    *(f"{{names.{name}}}" for name in ("leaf", "leaf_in_title", "derivatives")),
    *(f"{{names.{name}}}" for name in ("seven_hydroxymitragynine", "systematic_derivatives")),
    *(f"{{names.systematic_{name}}}" for name in ("mitragynine", "seven_hydroxy")),
)


def _hint(begins: str, *names: str) -> str:
    """Pattern for RE2 of what is found wherever a name is."""
    return f"(?i){relaxed(_pattern(_BEGINS.replace('{or}', begins), *_CERTAIN, *names))}"


_SEVEN_OH = r"|7\s?-?\s?OH"
_ANY = (_SEVEN_OH, "{names.synthetic}", "{names.leaf_beside}")


@cache
def _places() -> Any:
    """Where a name may begin, in time linear in the text."""
    from regstatus.base import re2

    return re2.compile(_hint(*_ANY))


@cache
def _quick(*names: str) -> Any:
    """Whether any name may stand somewhere."""
    from regstatus.base import re2

    found = re2.Set.SearchSet()
    found.Add(_hint(*names))
    found.Compile()
    return found


def _folded(text: str) -> str:
    """A text of the same length in which RE2 finds what Python's `re` does."""
    return text if text.isascii() else text.replace("\u0131", "i").replace("\u0130", "i")


def may_name(text: str, *, alone: bool = False) -> bool:
    """Whether `text` can hold a name: a quick test that never says no wrongly.

    With `alone`, names that need another beside them do not count, unless a title is enough.
    """
    text = _folded(text)
    return is_odd(text) or bool(_quick(*("",) if alone else _ANY).Match(text))


def may_be_topic(text: str) -> bool:
    """Whether a whole document can say anything of kratom: a quick test before any reading.

    7-OH is enough, for notices are written about it that name nothing else, and so is a
    category of law that was made for kratom.
    """
    text = _folded(text)
    return is_odd(text) or bool(_quick(_SEVEN_OH, "{scope.topics}").Match(text))


def find_terms(text: str) -> tuple[Term, ...]:
    """Every name in `text`, in order, without overlaps.

    Systematic names and CAS numbers are left out where the common name of the same
    substance stands in the same text: they would count one entry twice.
    """
    found: list[Term] = []
    for match in _matches(text):
        substance, _, contextual, systematic = _NAMES[(match.lastindex or 1) - 1]
        written = match.group()
        found.append(Term(match.start(), match.end(), written, substance, contextual, systematic))
    named = {term.substance for term in found if not term.systematic}
    return tuple(term for term in found if not (term.systematic and term.substance in named))


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Where names are; the long pattern is tried only where the quick one finds something."""
    folded = _folded(text)
    if is_odd(folded):
        yield from _names().finditer(text)
        return
    at, search = 0, _places().search
    data = folded.encode() if text.isascii() else folded  # RE2 need not count its letters
    while place := search(data, at):
        match = _names().match(text, place.start())
        if match:
            yield match
        at = match.end() if match else place.start() + 1
