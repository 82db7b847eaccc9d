"""Ages: the youngest age at which a person may buy, in digits or words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from regstatus.assess.clauses import Clause
from regstatus.assess.numerals import AGE, AGE_WORDS, age_of
from regstatus.assess.prefilter import LazyPattern
from regstatus.assess.quotes import place
from regstatus.model.finding import MinimumAge

__all__ = ["minimum_age", "speaks_of_age"]

_N = rf"({AGE})"
_OLD = r"[\s-]*(?:years?|yrs?\.?)(?:[\s-]+(?:of[\s-]+age|old))?"

# «under 21 C.F.R. 1308.11» is a citation, «less than 20 grams» an amount.
_NO_CITATION = (
    r"(?!\s*(?:C\.?\s?F\.?\s?R|U\.?\s?S\.?\s?C|USCA|§|%|per\s?cent|mg|mcg|g\b|grams?|ounces?|oz|"
    r"dollars?|feet|days?|hours?|months?|minutes?|milli|parts|servings?|units?|capsules?|[.,:]\d|-\d))"
)

_BELOW = (
    # English
    (
        rf"\b(?:under|below|younger\s+than|less\s+than)\s+(?:the\s+)?(?:legal\s+)?(?:age\s+of\s+)?{_N}"
        rf"(?:{_OLD})?(?![\w%]){_NO_CITATION}"
    ),
    rf"\bnot\s+(?:yet\s+)?(?:attained|reached)\s+(?:the\s+)?(?:age\s+of\s+|minimum\s+age\s+of\s+)?{_N}(?:{_OLD})?",
    rf"\b(?:is|are|be)\s+not\s+(?:at\s+least\s+)?{_N}{_OLD}(?:\s+or\s+older)?",
    rf"\b{_N}{_OLD}\s+(?:of\s+age\s+)?or\s+younger",
    # Germanic
    rf"\bunter\s+{_N}\s+jahren?\b",
    rf"\b{_N}\.?\s+lebensjahr\w*\s+(?:noch\s+)?nicht\s+(?:vollendet|erreicht)",
    rf"\bjonger\s+(?:is\s+|zijn\s+)?dan\s+{_N}\s+jaar|\bonder\s+de\s+{_N}\s+jaar",
    rf"\bikke\s+(?:har\s+|er\s+)?fyl(?:d)?t\s+{_N}\s+år|\byngri\s+en\s+{_N}\s+ára",
    rf"\bunder\s+{_N}\s+år\b|\binte\s+(?:har\s+)?fyllt\s+{_N}\s+år",
    # Slavic
    rf"\bmladší\w*\s+(?:než\s+)?{_N}\s+let\b|\bmladš\w+\s+ako\s+{_N}\s+rokov",
    rf"\b(?:pod|do)\s+{_N}\s+(?:let|rokov|godina|lat)\b",
    rf"\bponiżej\s+{_N}\.?\s*(?:roku\s+życia|lat)|\bnie\s+ukończy\w+\s+{_N}\.?\s*(?:roku\s+życia|lat)",
    rf"\bmlađ\w+\s+od\s+{_N}\s+godina|\bmlajš\w+\s+od\s+{_N}\s+let",
    rf"\bне\s+досягл\w+\s+{_N}|\bне\s+достиг\w+\s+(?:возраста\s+)?{_N}",
    rf"\b(?:младше|моложе|до|під|молодш\w+\s+за)\s+{_N}\s*(?:-?ти)?\s+(?:лет|років|години)",
    rf"\bмлађ\w+\s+од\s+{_N}\s+година",
    rf"\bненавършили\s+{_N}|\bпод\s+{_N}-?(?:годишна)?\s+(?:години|възраст)",
    # Romance
    rf"\bmoins\s+de\s+{_N}\s+ans|\bâgée?s?\s+de\s+moins\s+de\s+{_N}",
    rf"\bmenor(?:es)?\s+(?:de\s+edad\s+)?(?:a\s+|de\s+){_N}\s+a[ñn]os",
    rf"\bminor[ie]\s+(?:di\s+)?(?:anni\s+)?{_N}(?:\s+anni)?",
    rf"\bnu\s+a(?:u)?\s+împlinit\s+(?:vârsta\s+de\s+)?{_N}\s+(?:de\s+)?ani",
    rf"\b(?:sub|mai\s+mici?\s+de)\s+(?:vârsta\s+de\s+)?{_N}\s+(?:de\s+)?ani",
    # Finnic, Baltic, Hungarian, Greek, Turkish
    rf"\balle\s+{_N}-?\s?vuotia\w+|\b{_N}\s+vuotta\s+nuorem\w+",
    rf"\balla\s+{_N}-?\s?aasta\w+|\bnoorema\w*\s+kui\s+{_N}",
    rf"\bjaunāk\w+\s+par\s+{_N}\s+gad\w+|\bjaunesni\w+\s+(?:kaip|nei)\s+{_N}\s+metų",
    rf"\b{_N}\.?\s+(?:éves?\s+kor\s+alatti|év\s+alatti|életév\w+\s+be\s+nem\s+töltött)",
    rf"\bκάτω\s+των\s+{_N}\s+ετών|\b{_N}\s+yaş\w*\s+(?:\w+\s+)?(?:küçük|doldurmamış|altı)\w*",
    # Asian
    rf"อายุ(?:ต่ำกว่า|ไม่ถึง|น้อยกว่า)\s*{_N}\s*ปี|อายุยังไม่(?:ครบ|ถึง)\s*{_N}\s*ปี",
    rf"\b(?:di\s+)?bawah\s+(?:umur\s+|usia\s+)?{_N}\s+tahun|\b(?:berusia|berumur)\s+(?:kurang\s+dari|di\s?bawah)\s+{_N}",
    rf"\bdưới\s+{_N}\s+tuổi|\bchưa\s+đủ\s+{_N}\s+tuổi",
    rf"(?:満)?{_N}\s*[歳才](?:未満|に満たない|に達しない)|{_N}\s*세\s*미만",
    rf"未[满滿]\s*{_N}\s*[周週]?[岁歲]|不[满滿]\s*{_N}\s*[周週]?[岁歲]",
)
_FROM = (
    rf"\b(?:at\s+least|over|older\s+than)\s+{_N}{_OLD}\b",
    rf"\b(?:age\s+of|minimum\s+age\s+(?:of|is|shall\s+be|to\s+purchase\s+is))\s+{_N}(?:{_OLD})?(?!\d)",
    rf"\bminimum\s+(?:legal\s+)?age\b[^.;]{{0,60}}?\b(?:is|of|be|at)\s+{_N}(?:{_OLD})?(?!\d)",
    rf"\b(?:aged?\s+)?{_N}(?:{_OLD})?\s+(?:of\s+age\s+)?(?:and|or)\s+(?:older|over|above)\b",
    rf"\bstarší\w*\s+{_N}\s+let\b|\bab\s+{_N}\s+jahren\b|\bvollendete[ns]?\s+{_N}\.\s+lebensjahr",
    rf"\bfyllt\s+{_N}\s+år|\btäyttäny\w+\s+{_N}",
)
_MINOR = LazyPattern(
    r"\b(?:minors?|underage\s+(?:persons?|individuals?)|nezletil\w+|minderjährige\w*|mineur\w*|"
    r"menor(?:es)?\s+de\s+(?:edad|idade)|minorenn[ie]|małoletni\w*|alaikäis\w+|mindreårig\w*|"
    r"несовершеннолетн\w+|неповнолітн\w+|непълнолетн\w+|малолетн\w+|malol(?:j)?etn\w+|mladoletn\w+|"
    r"nepilngadīg\w+|nepilname\w+|alaealis\w+|kiskorú\w*|minorilor|minorenn\w+|minderjarig\w*|ανήλικ\w+|"
    r"belum\s+dewasa|chưa\s+thành\s+niên)\b|ผู้เยาว์|未成年",
    re.IGNORECASE,
)
_MINOR_MEANS = LazyPattern(
    r"\bminors?[\"”']?\s+(?:means|shall\s+mean|is\s+(?:any|a)\s+person)", re.IGNORECASE
)
_ENGLISH = 4  # the first patterns of each tuple
_RULES = (("age-below", _BELOW), ("age-from", _FROM))
_COMPILED = tuple(
    (rule, LazyPattern(pattern, re.IGNORECASE, hint=pattern.replace(_N, r"\S+")), number < _ENGLISH)
    for rule, patterns in _RULES
    for number, pattern in enumerate(patterns)
)
_COMPILED_ENGLISH = tuple(one for one in _COMPILED if one[2])
# Without a year in another language the many patterns of the others need not be tried.
_FOREIGN_YEAR = LazyPattern(
    r"[^\x00-\x7f\u2010-\u2026§°·•]|jahr|jaar|\blet\b|\blat\b|rok|godina|\bans\b|\banos\b|anni|\bani\b|vuot|vuod|aasta|"
    r"\bgad|tahun|dan\s|menor|minor[ie]|bawah|ára\b|yaş|sub\s|alle\s|alla\s|inte\s|fyllt|let\b",
    re.IGNORECASE,
)
_ANY = LazyPattern(AGE, re.IGNORECASE)
_TWO_DIGITS = re.compile(r"\(?\d{2}\)?")
"""What `AGE` comes to in a text without any number in words."""
_QUICK = LazyPattern(
    r"\d\d|twenty|eighteen|osmn|osam|осам|aštuon|astoņ|kaheks|kahdeks|δεκα|átján|sekiz|열여덟|nineteen|sixteen|achtzehn|dix|diec|dezo|dicio|diciot|os[ei]m|осем|восем|"
    r"вісім|двад|สิบ|十|tizen|arton|atten|belas|puluh|mười|veint|vingt|zwanz|vint",
    re.IGNORECASE,
    often=True,
)
# An age counts only beside an act of trade or of having, in the clause or above it.
_ACT = LazyPattern(
    r"\b(?:sell|sale|sold|selling|sells|buy|purchas\w+|distribut\w+|dispens\w+|furnish\w*|deliver\w*|"
    r"provid(?:e|es|ing)|transfer\w*|giv(?:e|es|ing)|suppl(?:y|ies|ied)|offer\w*|possess\w*|obtain\w*|"
    r"serv(?:e|ing)|trade|barter|make\s+available|acquir\w+|"
    r"prod[aá]\w*|prodej\w*|podáv\w*|predaj\w*|predáv\w*|sprzeda\w*|udostępnia\w*|"
    r"ab(?:ge|zu)geb\w+|abgabe|verkauf\w*|abgegeben|überlass\w+|"
    r"s[äæ]l[gj]\w*|sala\b|sölu|selja|saluh\w+|selges?|selge|utlever\w*|överlåt\w*|myy\w*|luovut\w*|müü\w*|"
    r"vend\w*|vent[ea]\w*|vendita|cess\w+|fourni\w*|suministr\w*|expend\w*|fornec\w*|"
    r"verko\w*|verkop\w*|verstrek\w*|прода\w*|реализ\w*|відпуск\w*|eladás\w*|értékesít\w*|"
    r"pārdo\w*|parduo\w*|sat[ıi]\w*|jual\w*|penjual\w*|dijual|menjual|bán|vânz\w*|vinde\w*|πώλησ\w*|πωλ\w*)\b"
    r"|ขาย|จำหน่าย|販売|譲|판매|제공|销售|銷售|出售|販賣|供应|提供",
    re.IGNORECASE,
)
# Ages of those who may work, drive or see an advertisement are no ages of sale.
_ELSE = LazyPattern(
    r"\b(?:employ(?:ee|ed|s|ment|ees)?|appeal(?:s|ing)?\s+to|attractive\s+to|advertis\w+|licensee\s+must\s+be|"
    r"applicant|enter\s+the\s+premises|reason(?:able|ably)\s+(?:doubt|appears?)|appears?\s+to\s+be|looks?\s+under)\b",
    re.IGNORECASE,
)


def _plausible(text: str) -> bool:
    """Whether any number in a text may be an age of sale."""
    if text.isascii():
        lowered = text.lower()
        if not any(word in lowered for word in AGE_WORDS):
            return any(age_of(m.group()) for m in _TWO_DIGITS.finditer(text))
    return any(age_of(m.group()) for m in _ANY.finditer(text))


@lru_cache(maxsize=4096)
def _ages(text: str) -> tuple[tuple[int, int, int, str], ...]:
    """Every age in a text: years, where it stands, and the rule; the three readers ask for it."""
    if not (_QUICK.search(text) and _plausible(text)):
        return ()
    found: list[tuple[int, int, int, str]] = []
    patterns = _COMPILED if _FOREIGN_YEAR.search(text) else _COMPILED_ENGLISH
    for rule, pattern, _ in patterns:
        for match in pattern.finditer(text):
            written = next((value for value in match.groups() if value), "")
            years = age_of(written)
            if years:
                found.append((years, match.start(), match.end(), rule))
    return tuple(found)


@lru_cache(maxsize=4096)
def speaks_of_age(text: str) -> bool:
    """Whether `text` reaches only people of some age: then it is no outright prohibition."""
    return _MINOR.search(text) is not None or bool(_ages(text))


def minimum_age(clauses: Sequence[Clause], about: Sequence[bool]) -> MinimumAge | None:
    """The general age limit of sale; the highest where a text gives several.

    Only provisions about kratom that speak of selling, giving or having count. «Minors»
    without a number anywhere are people below 18.
    """
    best: tuple[int, MinimumAge] | None = None
    minor: MinimumAge | None = None
    for clause in clauses:
        if not (about[clause.index] and clause.speaks):
            continue
        text = clause.text
        if not speaks_of_age(text):
            continue
        governed = " ".join(clauses[i].text for i in clause.leads)
        acts = _ACT.search(text) or _ACT.search(governed)
        if not acts or (_ELSE.search(text) and not (clause.terms and _sells(text))):
            continue
        for years, start, end, rule in _ages(text):
            if best is None or years > best[0]:
                best = (years, MinimumAge(years=years, place=place(clause, start, end, rule)))
        if minor is None:
            match = _MINOR.search(text)
            if match:
                where = place(clause, match.start(), match.end(), "age-minor")
                minor = MinimumAge(years=_minority(clauses), place=where)
    return best[1] if best else minor


def _minority(clauses: Sequence[Clause]) -> int:
    """The age below which the text calls people minors; 18 where it does not say."""
    for clause in clauses:
        if _MINOR_MEANS.search(clause.text):
            for years, _, _, _ in _ages(clause.text):
                return years
    return 18


def _sells(text: str) -> bool:
    """Whether the sale itself is what the clause forbids or allows."""
    return bool(
        re.search(r"\b(?:sell|sale|sold|distribute|furnish|purchase)\b", text, re.IGNORECASE)
    )
