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

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

from regstatus.model.words import Substance

__all__ = ["Term", "find_terms", "may_name"]


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


# --- building blocks --------------------------------------------------------------------

_GAP = r"[\s-]{0,3}"
# An ending, of one case: in «mitragyninMethyl» the next cell begins at the capital.
_END = (
    r"(?-i:[a-zß-öø-ÿāăąćčďđēėęěğģīįıķĺļľłńņňōőœŕřśšşťţūůűųźżžά-ώα-ωа-яѓ-џґა-ჰ]+"
    r"|(?<=[A-ZÀ-ÖØ-ÞА-ЯІЇЄҐ])[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯІЇЄҐ]+)?"
)
# «mitragynine» and its spellings: y/i/ü in either place, doubled vowels (fi, et), and endings.
_MITRA = (
    rf"(?:m[iyíý]{{1,2}}t[iy]?ra[gj][iyüíīý]n(?:[iyíīý]{{1,2}}|ee)n{_END}"
    rf"|м[иі]траг[иі]н[иі]н{_END}"
    rf"|μιτραγ[υι]ν[ίι]ν{_END}"
    rf"|მიტრაგინინ{_END}"
    r"|(?:ไม|มิ)[ตท]รา(?:ไจ|กัย|กาย|จิ|ไก|จี|เจ|ไย)นี?น"
    r"|ミトラ(?:ギニン|ガイニン|ジニン)|미트라(?:지|기|가이)닌"
    r"|帽[柱蕊]木(?:碱|鹼|硷)|卡痛(?:碱|鹼)"
    r"|מיטרגינין|م[يی]تراج[يی]ن[يی]ن|متراجينين)"
)
_HYDROXY = (
    r"(?:h?[iyüíý]dr[oó](?:x|ks|cs|ss|sz|kc)[iyíüìý]?l?[oó]?"
    r"|[гх][иі]дрокс[иі]|[υύ]δροξ[υι]|ჰიდროქსი|ไฮดรอก[ซช]ี"
    r"|ヒドロキシ|ハイドロキシ|하이드록[시실]|히드록[시실]|[羟羥]基|הידרוקסי|هيدروكسي)"
)
_SEVEN = r"(?:[77๗]|七)\s?[-‐―−ー–]?\s?(?:\(?(?:α|alpha|β|beta)\)?\s?-?\s?)?"
# Not inside a Latin word (zkratom, skratom), save where two cells were glued: «PopisKratomMitragyna».
_FREE = r"(?:(?<![A-Za-zÀ-ÖØ-öø-ʯ0-9])|(?-i:(?<=[a-zß-öø-ÿā-ž])(?=[KM][a-z])))"
_NOT_NON = r"(?<!non-)(?<!non )(?<!non)"  # «a non-kratom substance» names something else
_SUBSTITUTED = (
    r"(?:(?:\d{1,2}[a-c]?-)?(?:O-)?(?:di|tri|tetra|hexa)?"
    r"(?:hydro|fluoro|bromo|chloro|acetoxy|acetyl|desmethyl|demethyl|dehydro|epi)[\s-]{0,3}){1,3}"
)
_OTHER_SPECIES = (
    r"(?!\s+(?:parvi[fv]olia|hirsuta|inermis|rotundifolia|brunonis|diversifolia|javanica|"
    r"tubulosa|stipulosa|ciliata|africana|macrophylla|ledermannii|rubrostipulata))"
)

_DERIVATIVES = "|".join(
    (
        # A substituted compound is told of by its parent: «the 9-fluoro derivative of …».
        (
            rf"{_FREE}{_SUBSTITUTED}(?:derivatives?|analog(?:ue)?s?)\s+of\s+(?:the\s+)?(?:{_SUBSTITUTED})?"
            rf"(?:7{_GAP})?(?:OH{_GAP}|{_HYDROXY}{_GAP})?{_MITRA}(?:{_GAP}pseudo{_GAP}indox[yi]l{_END})?"
        ),
        rf"{_FREE}(?:7{_GAP})?(?:OH{_GAP}|{_HYDROXY}{_GAP})?{_MITRA}{_GAP}pseudo{_GAP}indox[yi]l{_END}",
        rf"{_MITRA}{_GAP}pseudo{_GAP}indox[yi]l{_END}",
        rf"(?:7{_GAP}(?:OH|{_HYDROXY}){_GAP})?pseudo{_GAP}indox[yi]l{_END}(?:{_GAP}{_MITRA})?",
        rf"{_FREE}{_SUBSTITUTED}(?:7{_GAP}(?:OH{_GAP})?)?(?:{_HYDROXY})?{_GAP}{_MITRA}",
        rf"{_MITRA}-related\s+compounds?",
        rf"псевдо-?[иі]ндоксил{_END}|プソイドインドキシル|シュードインドキシル",
        rf"{_FREE}MGM[-\s]?1[56](?![0-9A-Za-z])",
    )
)
_SEVEN_OH = "|".join(
    (
        rf"(?:{_FREE}{_SEVEN}|(?<!\d-)(?<!\d){_FREE}){_HYDROXY}{_GAP}{_MITRA}",
        rf"{_FREE}7{_GAP}OH{_GAP}{_MITRA}",
        rf"{_FREE}7[-\s]?(?:OHMG|OHM|HMG)(?![0-9A-Za-z])",
    )
)
_LEAF = "|".join(
    (
        # Latin names, with «Mitragynine speciosa», «Mytragyna», «speciosam», «speciose».
        rf"{_FREE}m[iy]tr[ae]g[yi]n(?:a|ia|e|ae|am|ine|ina|y)?\s+speci[oa]s?{_END}",
        rf"{_FREE}m[iy]tragyn(?:a|ia|ae|am|y|ou|ę|e|i)(?![^\W\d_]){_OTHER_SPECIES}",
        rf"{_FREE}m[iy]tragin(?:a|as|os|y|ų|ai)(?![^\W\d_]){_OTHER_SPECIES}",
        rf"{_FREE}(?:nauclea|stephegyne)\s+speciosa",
        rf"(?<![^\W\d_])митрагин(?:а|ы|у|ой|е)?(?:\s+(?:прекрасн|специоз){_END})?(?![^\W\d_])",
        # Common names.
        rf"{_NOT_NON}{_FREE}(?:siamin)?krat(?:om|hom|um(?=\W+\(?mitrag)){_END}",
        r"(?<![^\W\d_])кратом(?:а|у|ом|е|ы|ов)?(?![^\W\d_])",
        rf"(?<![^\W\d_])κρ[άα]τ[οό]μ(?![^\W\d_])|კრატომ{_END}",
        rf"{_FREE}(?:daun\s+|pokok\s+|air\s+)?ketum(?![^\W\d_])|{_FREE}daun\s+(?:purik|kratom)\b",
        r"(?:eriline\s+)?abuurapuu",
        r"(?:น้ำต้ม)?(?:พืช|ใบ|ต้น|น้ำ|สารสกัด)(?:ของ)?(?:พืช)?กระท่อม",
        r"(?:アカネ科)?ミトラガイナ[・\s]?(?:スペシオーサ|スペシオサ)?|クラトム",
        r"크라톰|미트라가이나",
        r"美[麗丽]帽柱木(?!碱|鹼|硷)|帽[柱蕊]木(?!碱|鹼|硷)|卡痛(?!碱|鹼)[树樹叶葉]?",
        r"ກະທ່ອມ|ក្រាតុម|ဘိန်းစား(?:ပင်|ရွက်)?|كراتوم|القراطوم|קראטום|קרטום",
    )
)
_CONTEXTUAL_SEVEN_OH = rf"(?<!\d,){_FREE}7\s?-\s?OH(?![0-9A-Za-z])(?!-\w)"
_SYNTHETIC = (
    r"(?:semi-?\s?synthe(?:tic|si[sz]ed)|synthe(?:tic|si[sz]ed)|synthetically[\s-]"
    r"(?:derived|produced|made|altered))"
)
_CONTEXTUAL_DERIVATIVES = (
    rf"(?:fully\s+)?{_SYNTHETIC}(?:(?:\s+or|,|\s+and)\s+{_SYNTHETIC})?\s+"
    r"(?:kratom\s+)?(?:alkaloids?|(?:compounds?|derivatives?)(?=\s+(?:of|from)\s+(?:the\s+|a\s+)?"
    r"(?:plant|kratom|leaf|mitragyna)))"
    rf"|{_FREE}{_SUBSTITUTED}7\s?-?\s?OH(?![0-9A-Za-z])"
    r"|syntetick\w+\s+alkaloid\w*|alkaloides?\s+sint[ée]ticos?|synthetische[nr]?\s+alkaloide?n?"
)
_CONTEXTUAL_LEAF = (
    rf"{_FREE}M\.\s?speciosa(?![^\W\d_])|กระท่อม|{_FREE}(?:biak(?:-biak)?|purik)(?![^\W\d_])"
)
_SYSTEMATIC_MITRAGYNINE = (
    r"(?<!\d)4098-40-2(?!\d)"
    r"|8-meth?ox[yi]-1,2,3,4,6,7,12,12b-o[ck]ta-?\s?h[yi]dro-?\s?indol"
    r"|9,17-dimeth?ox[yi]-16,17-didehydro-20β-[ck]or"
)
_SYSTEMATIC_SEVEN_OH = r"(?<!\d)174418-82-7(?!\d)|7a-h[yi]drox[yi]-8-meth?ox[yi]-1,2,3,4,6,7,7a,12b"

_SYSTEMATIC_DERIVATIVES = (
    rf"{_SUBSTITUTED}7a-h[yi]drox[yi]-8-meth?ox[yi]-1,2,3,4,6,7,7a"
    r"|7a-h[yi]drox[yi]-8-meth?ox[yi]-1,2,3,4,6,7,7a,12,12a,12b"
)

# Order decides between names that start at the same character.
_PATTERNS = (
    ("sd", _CONTEXTUAL_DERIVATIVES),
    ("d", _DERIVATIVES),
    ("h", _SEVEN_OH),
    ("l", _LEAF),
    ("m", rf"{_FREE}{_MITRA}"),
    ("ch", _CONTEXTUAL_SEVEN_OH),
    ("cl", _CONTEXTUAL_LEAF),
    ("xd", _SYSTEMATIC_DERIVATIVES),
    ("xh", _SYSTEMATIC_SEVEN_OH),
    ("xm", _SYSTEMATIC_MITRAGYNINE),
)
_NAMES = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS)


@cache
def _names() -> re.Pattern[str]:
    """The long pattern; most documents never need it, and it takes a while to compile."""
    return re.compile(_NAMES, re.IGNORECASE)


# Where a name may begin: the long pattern is tried at these places and at no other. By first
# letter: what must follow it. The first letters alone are quick to look for.
_FOLLOWS = {
    "h": "[iyüíý]dr|exa",
    **dict.fromkeys("iyüíý", "dr"),
    "m": r"[iyíý]{1,2}t|gm|\.",
    "k": "rat|etum",
    "p": "seudo|okok|urik",
    "o": "h|-",
    "n": "auclea",
    "s": "tephegyne|iamin|ynthe|yntet|emi",
    "d": "aun|es?meth|ehydro|i[hfbcade]",
    "t": "ri[hfbcade]|etra",
    "f": "ully|luoro",
    "b": "iak|romo",
    "c": "hloro",
    "a": r"cet|ir\s|buurapuu|lkaloid",
    "e": "pi|riline",
    **dict.fromkeys("0123456789", r"\d?[a-c]?-"),
    "4": r"\d?[a-c]?-|098",
    "1": r"\d?[a-c]?-|744",
    "9": r"\d?[a-c]?-|,1",
    "7": "",
}
_LOWER_STARTS = re.compile("|".join(f"{first}(?={rest})" for first, rest in _FOLLOWS.items()))
# Every letter of another script that the pattern holds counts, so that none can be forgotten.
_OTHER_LETTERS = "".join(sorted({char for char in _NAMES if char > "\u036f"}))
_STARTS = re.compile(rf"{_LOWER_STARTS.pattern}|\d|[µ{_OTHER_LETTERS}]", re.IGNORECASE)
_MEANING: dict[str, tuple[Substance, bool, bool]] = {
    "sd": (Substance.DERIVATIVES, True, False),
    "d": (Substance.DERIVATIVES, False, False),
    "h": (Substance.SEVEN_OH, False, False),
    "l": (Substance.LEAF, False, False),
    "m": (Substance.MITRAGYNINE, False, False),
    "ch": (Substance.SEVEN_OH, True, False),
    "cl": (Substance.LEAF, True, False),
    "xd": (Substance.DERIVATIVES, False, True),
    "xh": (Substance.SEVEN_OH, False, True),
    "xm": (Substance.MITRAGYNINE, False, True),
}

# Every name contains one of these, in lower case; looking for them costs next to nothing.
_CERTAIN_NEEDLES = (
    *(
        "mitrag",
        "mítrag",
        "mytrag",
        "mitreg",
        "mytreg",
        "mitraj",
        "mytraj",
        "tyrag",
        "kratom",
        "krathom",
    ),
    *("kratum", "ketum", "daun purik", "abuurapuu", "speciosa", "indoxyl", "indoxil"),
    *("mgm-1", "mgm 1", "mgm1", "7-ohm", "7 ohm", "7ohm", "7-hmg", "7 hmg", "7hmg"),
    *("4098-40-2", "174418-82-7", "6,7,12,12b-", "7,7a,12b", "7,7a,12,12a,", "16,17-didehydro"),
    *("митраг", "мітраг", "кратом", "ндоксил", "μιτραγ", "κράτομ", "κρατομ", "κρατόμ"),
    *("მიტრაგ", "კრატომ", "กระท่อม", "ไมตรา", "ไมทรา", "มิตรา", "มิทรา", "ミトラ", "クラトム"),
    *("インドキシル", "미트라", "크라톰", "帽柱木", "帽蕊木", "卡痛", "מיטרג", "קראטום", "קרטום"),
    *("كراتوم", "القراطوم", "ميتراج", "میتراج", "متراج", "ກະທ່ອມ", "ក្រាតុម", "ဘိန်းစား"),
)
_CONTEXTUAL_NEEDLES = ("synt", "sint", "7-oh", "7 oh", "7- oh", "7 -oh", "7 - oh", "biak", "purik")

_NEEDLES = ((*_CERTAIN_NEEDLES, *_CONTEXTUAL_NEEDLES), _CERTAIN_NEEDLES)
_ASCII_NEEDLES = tuple(tuple(one for one in ones if one.isascii()) for ones in _NEEDLES)

_LONG = 20_000  # characters from which on one automaton is faster than to look for each needle


@cache
def _needles(alone: bool) -> Any:
    import re2

    return re2.compile("|".join(map(re2.escape, _NEEDLES[alone])))


def may_name(text: str, *, alone: bool = False) -> bool:
    """Whether `text` can hold a name: a quick test that never says no wrongly.

    With `alone`, names that need another beside them do not count; 7-OH is the
    exception, because notices are written about it that name nothing else.
    """
    lowered = text.lower()
    if len(lowered) > _LONG:
        with suppress(UnicodeEncodeError):  # half of a surrogate pair
            return _needles(alone).search(lowered) is not None
    known = _ASCII_NEEDLES if lowered.isascii() else _NEEDLES
    for needle in known[alone]:  # noqa: SIM110  (a generator costs more than what it asks)
        if needle in lowered:
            return True
    return False


def find_terms(text: str) -> tuple[Term, ...]:
    """Every name in `text`, in order, without overlaps.

    Systematic names and CAS numbers are left out where the common name of the same
    substance stands in the same text: they would count one entry twice.
    """
    if not may_name(text):
        return ()
    found: list[Term] = []
    # A pattern without case is slow to search for: in ASCII, where lower case is as long, the
    # places are looked for without it.
    starts = _LOWER_STARTS.finditer(text.lower()) if text.isascii() else _STARTS.finditer(text)
    end = 0
    for start in starts:
        if start.start() < end:
            continue
        if (match := _names().match(text, start.start())) is None:
            continue
        end = match.end()
        substance, contextual, systematic = _MEANING[match.lastgroup or "l"]
        found.append(Term(match.start(), end, match.group(), substance, contextual, systematic))
    named = {term.substance for term in found if not term.systematic}
    return tuple(term for term in found if not (term.systematic and term.substance in named))
