"""Kinds: what a heading is called in law, in many languages, and how headings nest.

A statute names its parts: title, chapter, schedule, part, article, section.
Pages seldom mark them up, so they are known by their words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

__all__ = [
    "Heading",
    "read_heading",
    "read_opening",
]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of law.

    Attributes:
        kind: `title`, `division`, `chapter`, `schedule`, `part`, `article` or `section`.
        rank: Its usual depth; smaller is outer.
        text: The words of the heading.
        pinpoint: How a citation points to it, for sections and articles; else None.
        bare: Whether it is a label alone, so that its name may follow in the next block.
    """

    kind: str
    rank: float
    text: str
    pinpoint: str | None
    bare: bool


RANKS = {
    "title": 10.0,
    "division": 20.0,
    "chapter": 30.0,
    "schedule": 36.0,
    "part": 40.0,
    "article": 60.0,
    "section": 70.0,
}

_WORDS = {
    "title": r"title|book|buch|livre|libro|titre|t[ií]tulo|titolo|avdelning|tytuł|книга|ΒΙΒΛΙΟ",
    "division": r"subtitle|division|haupt(?:stück|abschnitt)|subdivision",
    "chapter": r"(?:sub)?chapter|kapitel|kap\.|kapittel|chapitre|cap[ií]tulo|capo|hoofdstuk|luku|peatükk"
    r"|jagu|hlava|rozdział|nodaļa|skyrius|(?:unter)?abschnitt|ΚΕΦΑΛΑΙΟ|глава|розділ|sekcja|secci[oó]n"
    r"|poglavlje|poglavje|fejezet|capitolul|หมวด",
    "schedule": r"schedules?|penalty\s+group|annex(?:e|ure)?|anexo|anexă|anexa|allegato|appendix|anlage|anhang"
    r"|bijlage|bilaga|bilag|vedlegg|liite|lisa|příloha|príloha|załącznik|pielikums|priedas"
    r"|приложение|додаток|viðauki|ΠΑΡΑΡΤΗΜΑ|melléklet|prilog|priloga|tabella|tableau|lista"
    r"|liste|lijst|list|nimekiri|förteckning|список|перечень|перелік|wykaz|სია|დანართი|ตาราง|บัญชี",
    "part": r"(?:sub)?part|teil|partie|parte|deel|del|osa|część|část|časť|daļa|часть|частина|dio|rész",
    "article": r"article|art[ií]culo|articolo|artigo|artikel|art\.|článek|článok|čl\.|стаття|статья"
    r"|straipsnis|ΑΡΘΡΟ|pants|članak|člen|члан|cikk|articolul",
    "section": r"section|sec\.|sect\.|§{1,2}|paragrahv|rule|regulation|reg\.|cláusula|มาตรา",
}
_PREFIXED = {  # number in front: "1. peatükk", "2 kap.", "Erster Abschnitt"
    "chapter": r"peatükk|luku|nodaļa|skyrius|kapitel|kap\.|kapittel|abschnitt|jagu|fejezet|poglavlje",
    "schedule": r"schedule|annex|pielikums|priedas|melléklet|nimekiri|liite|bilaga|vedlegg",
    "part": r"osa|daļa|teil|del|rész|část|part",
    "title": r"osasto|avdelning|buch|book",
    "division": r"hauptstück|hlava|díl|diel",
    "article": r"pants|straipsnis|cikk|člen|članak",
    "section": r"§",
}
_ORDINALS = (
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|"
    r"erster|zweiter|dritter|vierter|fünfter|sechster|siebe?nter|achter|neunter|zehnter|"
    r"første|andre|anden|tredje|fjerde|femte|första|andra|primero|segundo|tercero|"
    r"cuarto|quinto|sexto|séptimo|octavo|noveno|décimo|único|"
    r"prvá|druhá|tretia|štvrtá|piata|první|druhá|třetí|čtvrtá|pátá|ensimmäinen|toinen|kolmas"
)
_NUMBER = (
    r"(?:\d{1,4}[A-Za-z]{0,3}[⁰¹²³⁴⁵⁶⁷⁸⁹]*(?:[-.:/]\d*[A-Za-z]{0,3}\d*){0,6}|[IVXLCDM]{1,7}[A-Z]?|[A-Z]{1,2}\d{0,3}"
    rf"|[一二三四五六七八九十]{{1,4}}|(?:one|two|three|four|five|six|seven|eight|nine|ten|{_ORDINALS}))"
)
_SIGN = r"(?:(?:nos?|nr|č|n|num|no)\.?\s*[º°]?|№|#)?"
_AFTER = r"(?=$|[\s.,:;()\[\]—–\-º°ºª/]|\.)"


def _any_of(words: dict[str, str]) -> str:
    return "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in words.items())


_NAMED = re.compile(
    rf"(?:the\s+)?(?:{_any_of(_WORDS)})\s*{_SIGN}\s*(?P<number>{_NUMBER}){_AFTER}", re.IGNORECASE
)
_FRONTED = re.compile(
    rf"(?:the\s+)?(?P<number>(?:\d{{1,3}}\s?[a-zA-Z]?|[IVXLC]{{1,6}}|{_ORDINALS}))\.?\s?"
    rf"(?:{_any_of(_PREFIXED)})(?=$|[\s.,:;()\[\]—–-])",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"(?:the\s+schedule|annex(?:e|ure)?|anexo|allegato|appendix|anlage|anhang|bijlage|bilaga|bilag|vedlegg|liite|lisa|příloha"
    r"|príloha|załącznik|pielikums|priedas|приложение|додаток|schedule|melléklet|附表|附件|别表|別表)(?:s|[一二三四五六七八九十]{1,2})?"
    r"(?=$|\s*[:.(\[—–-]|\s+(?:k|zum|zur|till|til|to|do|al|à|zu)\b)",
    re.IGNORECASE,
)
_EAST = re.compile(
    r"第\s?(?P<number>[一二三四五六七八九十百千0-9]{1,6})\s?(?P<unit>[编編章節节款條条部])(?:の\w)?"
)
_EAST_KINDS = {"编": "title", "編": "title", "部": "title", "章": "chapter"}
# Section numbers without a word: 961.14, 69.50.204, 48-902.04, NRS 36.010, 217.2201.
_CODE = re.compile(
    r"(?P<code>(?:[A-Z][A-Za-z.]{1,7}\s){0,2})"
    r"(?P<number>(?!\d{4}-\d\d-\d\d)\d{1,4}[A-Z]{0,2}(?:(?:[-:]\d+[A-Za-z]{0,2}){2,5}|[-:]\d{3,}|"
    r"(?:[.-]\d{1,4}[A-Z]{0,2}){0,4}[.:]\d{2,5}[A-Za-z]{0,2}|(?:\.\d+){2,4}|(?:-\d+)+(?:-?\.\d+)+))"
    r"\.?(?=$|\s|—)"
)
_OPENS = re.compile(
    rf"(?:the\s+)?(?:{'|'.join(_WORDS.values())}|\d|[IVXLC]{{1,6}}[.\s]|[A-Z][A-Za-z.]{{1,7}}\s\d|第|{_ORDINALS}"
    r"|附|別|别)",
    re.IGNORECASE,
)
_FOLLOWS_AS_NAME = re.compile(r"\s*(?:$|[.:;,—–\-(\[º°]|[^\Wa-zà-žα-ωа-я\d_]|\d|[\"„“«‘'])")
_CITES = re.compile(
    r"\s*(?:,|\((?:\d|[a-z])|Abs\b|Absatz|Satz|Nr\b|Nummer|Buchst|para|or\b|and\b|et\b|og\b|och\b|und\b"
    r"|st\.|lid\b|lõi|ods|odst|ust\b|bis\b|U\.S\.C|CFR|F\.R)",
    re.IGNORECASE,
)
_BELONGS = re.compile(r"\s+(?:k|ke|zu[mr]?|till|til|to the|do|al|à|la)\s", re.IGNORECASE)
_QUOTES = "\"“”„«»'‘’ "
_LIST_NAME = re.compile(r"^(?:\W|the\s)*schedules?\b|^short title$|^definitions?$", re.IGNORECASE)
_SENTENCE = re.compile(
    r"\b(?:shall|must|may not|is hereby|are hereby|is amended|are amended|means|ska|skall|soll|muss|"
    r"wird|werden|doit|deben?|må|mag|musí|is|are|ist|sind|est|sont|jest|są|är|será|serán|è|sono)\b|ห้าม|ผู้ใด|ให้|หมายความ|ต้อง"
)
_NAME_END = re.compile(
    r"(?:(?<=[^\W\d_]{2})|(?<=\s[IVX]))[.:](?=\s*[—–-]|\s|$)|[—–]|(?<=\w)\s?-(?=\s)"
)


def _may_open(text: str) -> bool:
    """Whether a first character can begin a heading; a cheap look before the long one."""
    first = text[0]
    return first.isupper() or first.isdecimal() or first == "§" or first > "\u0e00"


def _kind(match: re.Match[str], kinds: dict[str, str]) -> str:
    return next(kind for kind in kinds if match.group(kind))


def _match(text: str) -> tuple[str, re.Match[str]] | None:
    """The kind of a heading and its label, if a text opens with one."""
    if not (_may_open(text) and _OPENS.match(text)):
        return None
    match = _NAMED.match(text)
    if match:
        return _kind(match, _WORDS), match
    match = _FRONTED.match(text)
    if match:
        return _kind(match, _PREFIXED), match
    match = _EAST.match(text)
    if match:
        return _EAST_KINDS.get(match.group("unit"), "article"), match
    match = _CODE.match(text)
    if match:
        return "section", match
    match = _ALONE.match(text)
    if match:
        return "schedule", match
    return None


def _made(kind: str, match: re.Match[str], text: str, *, bare: bool) -> Heading:
    pinpoint = None
    if kind in {"section", "article"}:
        number = match.group("number").rstrip(".:-/")
        dotted = re.search(r"\d[.:-]\d", number)
        pinpoint = number if dotted else text[: match.end()].rstrip(" .:-—")
    return Heading(kind, RANKS[kind], text, pinpoint, bare)


@lru_cache(maxsize=4096)
def read_heading(text: str, *, strong: bool = False) -> Heading | None:
    """Read a block that stands alone as a heading of law.

    Args:
        text: A short block, normalised.
        strong: Whether it is set as a heading; weaker forms then count too.

    Returns:
        The heading, or None where the block is a sentence or an entry.
    """
    text = text.lstrip(_QUOTES)
    if not text or len(text) > 250 or (len(text) > 160 and not strong):
        return None
    found = _match(text)
    if not found:
        return None
    kind, match = found
    rest = text[match.end() :]
    if not strong and (text[-1] in ",;:" or _SENTENCE.search(rest)):
        return None
    if kind == "schedule" and _BELONGS.match(rest):
        return _made(kind, match, text, bare=True)
    if not strong and _CITES.match(rest) and not rest.lstrip(" ,").startswith(("(Section", "(zu ")):
        return None
    if not _FOLLOWS_AS_NAME.match(rest):
        return None
    name = rest.strip(" .:;,—–-()[]º°")
    if match.re is _FRONTED and kind == "section" and name and not strong:
        return None  # "5 § Läkemedelsverket får …" opens the text itself
    if match.re is _CODE:
        if not (name[:1].isupper() or rest.lstrip()[:1] in "[(" or strong or match.group("code")):
            return None
        if not strong and (len(text) > 120 or text.count(". ") > 1):
            return None
    elif kind in {"section", "article"} and not strong and name and not name.isupper():
        # A sentence taken for a heading would be lost as law; a heading taken
        # for a sentence is not lost, because its section is opened all the same.
        sentence = text[-1] == "." and not _LIST_NAME.search(name)
        if sentence or text.count(". ") > 2:
            return None
    if kind == "schedule" and not strong and text[-1] == "." and len(name.split()) > 12:
        return None
    return _made(kind, match, text, bare=not name)


@lru_cache(maxsize=4096)
def _opening(text: str, lead: int) -> Heading | None:
    found = _match(text)
    if not found or found[0] not in {"section", "article"}:
        return None
    kind, match = found
    rest = text[match.end() :]
    bare_rest = rest.lstrip("º°ª ")
    stopped = text[match.end() - 1] in ".:" or bare_rest[:1] in {".", ":", "-", "—"}
    stopped = stopped or (rest[:1] in {"º", "°"} and bare_rest[:1].isupper())
    # "Section 5 applies" and "Article 3(2)" cite; a stop after the number, or a
    # name in bold, opens a section.
    if (
        not stopped
        and lead < match.end()
        and not text.startswith(("§", "มาตรา"))
        and match.re is not _FRONTED
    ):
        return None
    if not stopped and (_CITES.match(rest) or not _FOLLOWS_AS_NAME.match(rest)):
        return None
    if lead > match.end():
        named = text[:lead].rstrip(" -—")
        return _made(kind, match, named, bare=named == text[: match.end()].rstrip(" .:-—"))
    if not stopped:
        return _made(kind, match, text[: match.end()].rstrip(" .:-—"), bare=True)
    start = match.end() + len(rest) - len(rest.lstrip(" .:-—º°"))
    end = _NAME_END.search(text, start + 1, start + 110)
    if end:
        name = text[start : end.start()]
        wordy = len(name.split()) > 14 or _SENTENCE.search(name)
        if name[:1].isupper() and not wordy and (end.end() < len(text) - 1 or len(text) < 120):
            return _made(kind, match, text[: end.end()].rstrip(" -—"), bare=False)
    return _made(kind, match, text[: match.end()].rstrip(" .:-—"), bare=True)


def read_opening(text: str, lead: int = 0) -> Heading | None:
    """Read the section or article that a paragraph of text opens with, if any.

    Many codes run the heading into the text: `Sec. 444.003. PREPARATION AND
    SALE. (a) A person …`.

    Args:
        text: The paragraph, normalised.
        lead: Length of the part at its beginning that is set in bold.
    """
    if text[:1] in _QUOTES:
        text, lead = text.lstrip(_QUOTES), 0
    if not text or not _may_open(text) or not _OPENS.match(text):
        return None
    return _opening(text[:200], min(lead, 200))
