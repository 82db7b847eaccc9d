"""Labels: the names of schedules, lists and annexes in the languages of the sources."""

from __future__ import annotations

import re
from functools import lru_cache

from regstatus.assess.prefilter import LazyPattern, hints

__all__ = ["bare_label", "begins_with_label", "english_label", "is_plain", "label_in", "may_label"]

_NUMBER_WORDS = {"one": "I", "two": "II", "three": "III", "four": "IV", "five": "V", "six": "VI"}
_ENGLISH = LazyPattern(
    r"\bschedule\s+(?P<n>(?-i:I{1,3}[AN]?|IVA?|VI{0,3}A?|IX|X)|[1-9]|10|one|two|three|four|five|six)"
    r"(?:-?(?-i:[NF]))?(?![\w])(?!\s*(?:,|or|and|through|to|-)\s*(?:(?-i:[IVX]+)|\d)\b)",
    re.IGNORECASE,
)
_ORDINAL = LazyPattern(r"\b(first|second|third|fourth|fifth|sixth)\s+schedule\b", re.IGNORECASE)
_GROUP = LazyPattern(r"\bpenalty\s+group\s+(\d(?:-?[A-C])?)(?!\w)", re.IGNORECASE)
_CLASS = LazyPattern(
    r"\bclass\s+(?-i:([A-C]))\b(?=\s+(?:controlled|drugs?|and\s+class)|\s*[:.–—-]?\s*$|\s*\(?drugs?)",
    re.IGNORECASE,
)
# Word of a list in any case, its form in the label; the number follows.
_NUMBER = (
    r"(?-i:(?P<n>[IVX]{1,4}|[Α-Ε](?=['΄´’]|\W|$)|\d{1,2}|[A-H]\d?)"
    r"(?P<s>\s?[./-]\s?[A-Z]{1,2}(?![a-zà-ž]))?)(?!\w)"
)
_SIGN = r"\s*(?:č\.|čís\.|nr\.?|n[rº°]\.?|no\.?|num\.|numărul|№|υπ'\s*αριθ\.?)?\s*"
_WORDED: tuple[tuple[str, str], ...] = (
    ("Anlage", "anlage"),
    ("Anhang", "anhang"),
    ("Verzeichnis", "verzeichnis(?:ses)?"),
    ("Bilaga", "bilaga"),
    ("Förteckning", "förteckning"),
    ("Bilag", "bilag"),
    ("Vedlegg", "vedlegg"),
    ("Liite", "liit(?:e|teen)"),
    ("Lisa", "lisa"),
    ("Nimekiri", "nimekir(?:i|ja)"),
    ("Příloha č.", r"příloh(?:a|y|ou)|příloze|přílohu"),
    ("Príloha č.", r"príloh(?:a|y|e|ou)|prílohe"),
    ("Seznam č.", r"seznam(?:u)?(?=\s*č\.)"),
    ("Załącznik nr", r"załącznik(?:a|u|iem)?"),
    ("Wykaz", r"wykaz(?:u)?"),
    ("Grupa", r"grup(?:a|y|ie)"),
    ("Lista", r"lista"),
    ("Liste", r"liste"),
    ("Листа", r"лист[ае]"),
    ("Lijst", r"lijst"),
    ("Bijlage", r"bijlage"),
    ("Tableau", r"tableau"),
    ("Annexe", r"annexe"),
    ("Tabella", r"tabella"),
    ("Tabelle", r"tabelle"),
    ("Allegato", r"allegato"),
    ("Anexo", r"anexo"),
    ("Anexa", r"anexa"),
    ("Cuadro", r"cuadro"),
    ("Clasificación", r"clasificaci[óo]n"),
    ("Tabelul", r"tabelul(?:ui)?"),
    ("Tabela", r"tabela"),
    ("Popis", r"popis"),
    ("Prilog", r"prilog"),
    ("Skupina", r"skupin(?:a|e|y|u)"),
    ("Приложение", r"приложени[ея]"),
    ("Список", r"списо?к(?:а|у|ом)?"),
    ("Списък", r"списък"),
    ("Перечень", r"переч(?:ень|ня)"),
    ("Таблица", r"таблиц[аы]"),
    ("Таблиця", r"таблиц[яі]"),
    ("Додаток", r"додат(?:ок|ку)"),
    ("Golongan", r"golongan"),
    ("Lampiran", r"lampiran"),
    ("Danh mục", r"danh\s+mục"),
    ("Phụ lục", r"phụ\s+lục"),
    ("Πίνακας", r"π[ίι]νακα(?:ς)?"),
    ("Παράρτημα", r"παρ[άα]ρτημα"),
    ("სია", r"სია"),
    ("დანართი", r"დანართი"),
    ("Viðauki", r"viðauki"),
    ("Fylgiskjal", r"fylgiskjal"),
    ("Annex", r"annex"),
    ("Appendix", r"appendix"),
    ("Table", r"table"),
    ("List", r"list"),
)
_FORWARD = tuple(
    (form, LazyPattern(rf"(?<![^\W\d_])(?:{word}){_SIGN}(?<![a-z]){_NUMBER}", re.IGNORECASE))
    for form, word in _WORDED
)
# One quick look: most texts hold none of these stems at all.
_STEMS = (
    *(
        "schedule",
        "penalty group",
        "class ",
        "anlage",
        "anhang",
        "verzeichnis",
        "bilag",
        "förteckning",
    ),
    *(
        "vedlegg",
        "liit",
        "lisa",
        "nimekir",
        "příloh",
        "přílo",
        "příloz",
        "príloh",
        "seznam",
        "załącznik",
    ),
    *(
        "wykaz",
        "grup",
        "lista",
        "liste",
        "lijst",
        "bijlage",
        "tableau",
        "annex",
        "tabel",
        "allegato",
    ),
    *(
        "anexo",
        "anexa",
        "cuadro",
        "clasificaci",
        "popis",
        "prilog",
        "skupin",
        "приложени",
        "списо",
        "списък",
        "переч",
    ),
    *(
        "таблиц",
        "лист",
        "додат",
        "golongan",
        "lampiran",
        "danh",
        "phụ",
        "πίνακα",
        "πινακα",
        "παράρτημα",
        "παραρτημα",
        "viðauki",
    ),
    *(
        "fylgiskjal",
        "appendix",
        "table",
        "list",
        "sąraš",
        "sarakst",
        "melléklet",
        "pielikum",
        "pried",
    ),
    *(
        "cetvel",
        "jadual",
        "სია",
        "დანართი",
        "별표",
        "別表",
        "附表",
        "級",
        "级",
        "ประเภท",
        "บัญชี",
        "指定薬物",
        "الجدول",
        "תוספת",
    ),
)


_ASCII_STEMS = tuple(stem for stem in _STEMS if stem.isascii())


def may_label(text: str) -> bool:
    """Whether `text` can hold a label: a quick test that never says no wrongly."""
    lowered = text.lower()
    for stem in _ASCII_STEMS if lowered.isascii() else _STEMS:  # noqa: SIM110  (see `may_name`)
        if stem in lowered:
            return True
    return False


_BARE = tuple(
    (form.split(" ")[0], LazyPattern(rf"^\W*(?:{word})(?![^\W\d_])\W*$", re.IGNORECASE))
    for form, word in _WORDED
    if form not in {"Table", "List", "Liste", "Lista", "Lisa"}
)
_REVERSED = LazyPattern(
    r"(?<![\w.])(?P<n>(?-i:[IVX]{1,4})|\d{1,2})\.?\s*(?:számú\s+)?"
    r"(?P<w>nimekir(?:i|ja)|sąraša[si]|sąrašo|saraksts?|sarakst[aā]|melléklet\w*|pielikum\w+|pried\w+|skupin(?:a|y|e)|"
    r"lisa|liite|sayılı\s+cetvel)(?!\w)",
    re.IGNORECASE,
)
_SWISS = re.compile(r"\bVerzeichnis(?:ses)?\s+([a-g])\b")
_GREEK_ORDINAL = LazyPattern(r"\b(ΠΡ[ΩΏ]ΤΟΣ|ΔΕ[ΥΎ]ΤΕΡΟΣ|ΤΡ[ΙΊ]ΤΟΣ)\s+Π[ΙΊ]ΝΑΚΑ[ΣΝ]?", re.IGNORECASE)
_MALAY = LazyPattern(r"\bjadual\s+(pertama|kedua|ketiga|keempat|kelima)\b", re.IGNORECASE)
_ASIAN = re.compile(
    r"별표\s*\d+(?:의\s*\d+)?|別表第?[一二三四五六七八九十\d]*|附表[一二三四五六七\d]*|第[一二三四1-4]\s*[級级](?:管制藥品|毒品)|"
    r"(?:ยาเสพติดให้โทษ(?:ใน)?)?ประเภท\s*[๑-๕1-5]|บัญชี(?:ที่)?\s*[๑-๙\d]+|指定薬物|الجدول\s+(?:رقم\s*)?\(?\S{1,12}|תוספת\s+\S+"
)


def _compact(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" .:-")


@lru_cache(maxsize=1024)
def label_in(text: str) -> str | None:
    """The schedule that `text` names, in its short form; the innermost («first» for English)."""
    if not may_label(text):
        return None
    match = _ENGLISH.search(text)
    if match:
        return _NUMBER_WORDS.get(match["n"].lower(), match["n"].upper())
    if match := _GROUP.search(text):
        return f"Penalty Group {match[1].upper()}"
    if match := _CLASS.search(text):
        return f"Class {match[1].upper()}"
    if match := _ORDINAL.search(text):
        return f"{match[1].capitalize()} Schedule"
    best: tuple[int, str] | None = None
    if match := _SWISS.search(text):
        best = (match.start(), f"Verzeichnis {match[1]}")
    known = hints(text)
    for form, pattern in _FORWARD:
        if known is not None and pattern.number >= 0 and pattern.number not in known:
            continue  # as `LazyPattern.may`, for fifty patterns at once
        for match in pattern.finditer(text):
            found = f"{form} {match['n']}{_compact(match['s'] or '') if match['s'] else ''}"
            if (match["s"] or "").strip().startswith("-"):
                found = f"{form} {match['n']}-{match['s'].strip(' -')}"
            if best is None or match.start() > best[0]:
                best = (match.start(), found)
    if (match := _REVERSED.search(text)) and (best is None or match.start() > best[0]):
        number = match["n"]
        dot = "." if number.isdigit() or "." in match.group() else ""
        best = (match.start(), f"{number}{dot} {match['w'].lower()}")
    if best:
        return best[1]
    if match := _GREEK_ORDINAL.search(text):
        return f"{match[1].capitalize()} Πίνακας"
    if match := _MALAY.search(text):
        return f"Jadual {match[1].capitalize()}"
    if match := _ASIAN.search(text):
        return _compact(match.group())
    return bare_label(text)


def bare_label(text: str) -> str | None:
    """The word of an annex that stands alone, without a number (`Liite`, `Annexe`)."""
    if len(text) > 40 or not may_label(text):
        return None
    return next((form for form, pattern in _BARE if pattern.search(text)), None)


def english_label(text: str) -> str | None:
    """The first «Schedule …» in `text`, as written."""
    match = _ENGLISH.search(text)
    return match.group() if match else None


def is_plain(label: str) -> bool:
    """Whether a label is that of an English drug schedule, which lists nothing but drugs."""
    return re.fullmatch(r"[IVX]+[AN]?|\d+|Penalty Group .+|Class .", label) is not None


def begins_with_label(text: str) -> bool:
    """Whether a text begins with its label: a title, not a mention."""
    head = text[:60]
    label = label_in(head)
    return bool(label) and bool(
        re.match(
            r"\W*(?:schedule|first|second|third|fourth|penalty|class|[^\W\d_]+|[IVX]+|\d+|第|別|附|별)",
            head,
            re.IGNORECASE,
        )
    )
