"""Headings: what a heading is called in law, in many languages, and how headings nest.

A statute names its parts: title, chapter, schedule, part, article, section.
Pages seldom mark them up, so they are known by their words.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from regstatus.model.sieve import Openings
from regstatus.model.vocabulary import WordPattern


@dataclass(slots=True, eq=False)
class Heading:
    """A heading of law, and what it says of the passages below it while it stands open.

    Attributes:
        kind: `title`, `division`, `chapter`, `schedule`, `part`, `article` or `section`; of an open
            heading what replaces it, such as `h2.0` or `generic`.
        rank: Its depth; smaller is outer.
        text: Its words, without marks of force.
        pinpoint: How a citation points to it, for sections and articles; else None.
        bare: Whether it is a label alone, so that its name may follow in the next block.
        shape: Its kind of law, where markup gave its depth.
        note: Whether what stands below is annotation.
        annotation: Whether it stands in an annotation itself.
        since: First day of force.
        until: First day no longer in force.
        repealed: Whether what stands below is repealed, or waits for its day.
    """

    kind: str
    rank: float
    text: str
    pinpoint: str | None = None
    bare: bool = False
    shape: str = ""
    note: bool = False
    annotation: bool = False
    since: date | None = None
    until: date | None = None
    repealed: bool = False


_RANKS = {
    "title": 10.0,
    "division": 20.0,
    "chapter": 30.0,
    "schedule": 36.0,
    "part": 40.0,
    "article": 60.0,
    "section": 70.0,
}
_NUMBER = (
    r"(?:\d{1,4}[A-Za-z]{0,3}[⁰¹²³⁴⁵⁶⁷⁸⁹]*(?:[-.:/]\d*[A-Za-z]{0,3}\d*){0,6}|[IVXLCDM]{1,7}[A-Z]?|[A-Z]{1,2}\d{0,3}"
    r"|[一二三四五六七八九十]{1,4}|{heading.numbers}|{heading.ordinals})"
)
_SIGN = r"(?:{before_number.sign}\.?\s*[º°]?|№|#)?"
_STOPS = r"\s.,:;()\[\]—–"


def _kinds(place: str, *kinds: str) -> str:
    """Words of some kinds, each in a group that is named by its kind."""
    return "|".join(f"(?P<{kind}>{{{place}.{kind}}})" for kind in kinds)


_NAMED = WordPattern(
    rf"(?:{{heading.the}}\s+)?(?:{_kinds('before_number', *list(_RANKS)[:-1])}"
    rf"|(?P<section>§{{1,2}}|{{before_number.section}}))\s*{_SIGN}\s*(?P<number>{_NUMBER})(?=$|[{_STOPS}\-º°ºª/])"
)
_THE = WordPattern(r"{heading.the}\s+")
_FRONTED = WordPattern(
    rf"(?:{{heading.the}}\s+)?(?P<number>\d{{1,3}}\s?[a-zA-Z]?|[IVXLC]{{1,6}}|{{heading.ordinals}})\.?\s?"
    rf"(?:{_kinds('behind_number', *list(_RANKS)[:-1])}|(?P<section>§))(?=$|[{_STOPS}-])"
)
_COUNTED = WordPattern(
    r"{counter.sign}\s?(?P<number>[一二三四五六七八九十百千0-9]{1,6})\s?"
    rf"(?:{_kinds('counter', 'title', 'chapter', 'article')})"
)
# Section numbers without a word: 961.14, 69.50.204, 48-902.04, NRS 36.010, 217.2201.
_CODE = WordPattern(
    r"(?P<section>(?P<code>(?:[A-Z][A-Za-z.]{1,7}\s)?)"
    r"(?P<number>(?!\d{4}-\d\d-\d\d)\d{1,4}[A-Z]{0,2}(?:(?:[-:]\d+[A-Za-z]{0,2}){2,5}|[-:]\d{3,}|"
    r"(?:[.-]\d{1,4}[A-Z]{0,2}){0,4}[.:]\d{2,5}[A-Za-z]{0,2}|(?:\.\d+){2,4}|(?:-\d+)+(?:-?\.\d+)+)))"
    r"\.?(?=$|\s|—)",
    0,
)
_ALONE = WordPattern(r"(?P<schedule>{heading.alone})(?=$|\s*[:.(\[—–-]|\s+{heading.to}\b)")
_FORMS = Openings(_NAMED, _FRONTED, _COUNTED, _CODE, _ALONE)
OPENS = WordPattern("|".join(re.sub(r"\?P<\w+>", "?:", one.source) for one in _FORMS.patterns))
"""What a text begins with, behind quotation marks, where one of the readers below finds anything."""
_NEEDS_NO_STOP = WordPattern("§|{before_number.opening}")
_FOLLOWS_AS_NAME = re.compile(r"\s*(?:$|[.:;,—–\-(\[º°]|[^\Wa-zà-žα-ωа-я\d_]|\d|[\"„“«‘'])")
_CITES = WordPattern(r"\s*(?:,|\((?:\d|[a-z])|{heading.cites})")
_ORIGIN = WordPattern(r"[ ,]*\({heading.origin}")
_BELONGS = WordPattern(r"\s+{heading.of}\s")
QUOTES = "\"“”„«»'‘’ "
_LIST_NAME = WordPattern(r"\W*{heading.list_titles}")
_SENTENCE = WordPattern("{heading.verbs}", 0)
_NAME_END = re.compile(
    r"(?:(?<=[^\W\d_]{2})|(?<=\s[IVX]))[.:](?=\s*[—–-]|\s|$)|[—–]|(?<=\w)\s?-(?=\s)"
)
_Found = tuple[str, WordPattern, re.Match[str]]
"""The kind of a heading, the form in which its label is written, and the label."""


@lru_cache(maxsize=1024)
def _found(text: str) -> _Found | None:
    """What a text opens with, if that is the label of a heading."""
    first = text[:1]
    if not (first.isupper() or first.isdecimal() or first == "§" or first > "\u0e00"):
        return None
    for form in _FORMS.of(text):
        if match := form.match(text):
            named = match.groupdict()
            return next(kind for kind in _RANKS if named.get(kind)), form, match
    return None


def _made(kind: str, match: re.Match[str], text: str, *, bare: bool) -> Heading:
    pinpoint = None
    if kind in {"section", "article"}:
        number = match["number"].rstrip(".:-/")
        dotted = re.search(r"\d[.:-]\d", number)
        the = _THE.match(match[0])
        pinpoint = number if dotted else match[0][the.end() if the else 0 :].rstrip(" .:-—")
    return Heading(kind, _RANKS[kind], text, pinpoint, bare)


@lru_cache(maxsize=4096)
def read_heading(text: str, *, strong: bool = False) -> Heading | None:
    """Read a block that stands alone as a heading of law.

    None where the short, normalised block is a sentence or an entry. One that is `strong` is set as
    a heading; weaker forms then count too.
    """
    text = text.lstrip(QUOTES)
    found = _found(text) if len(text) <= (250 if strong else 160) else None
    if not found:
        return None
    kind, form, match = found
    rest = text[match.end() :]
    name = rest.strip(" .:;,—–-()[]º°")
    if not strong and (text[-1] in ",;:" or _SENTENCE.search(rest)):
        return None
    if kind == "schedule" and _BELONGS.match(rest):
        return _made(kind, match, text, bare=True)
    if not strong and _CITES.match(rest) and not _ORIGIN.match(rest):
        return None
    if not _FOLLOWS_AS_NAME.match(rest):
        return None
    if form is _CODE and not (
        name[:1].isupper() or rest.lstrip()[:1] in "[(" or strong or match["code"]
    ):
        return None
    if not strong and not _is_name(kind, form, text, name):
        return None
    return _made(kind, match, text, bare=not name)


def _is_name(kind: str, form: WordPattern, text: str, name: str) -> bool:
    """Whether what follows a label is its name, and not the text itself."""
    stopped = text[-1] == "."
    if form is _FRONTED and kind == "section" and name:
        return False  # "5 § Läkemedelsverket får …" opens the text itself
    if form is _CODE:
        return len(text) <= 120 and text.count(". ") <= 1
    if kind in {"section", "article"} and name and not name.isupper():
        # A sentence taken for a heading would be lost as law; a heading taken
        # for a sentence is not lost, because its section is opened all the same.
        return text.count(". ") <= 2 and (not stopped or _LIST_NAME.match(name) is not None)
    return not (kind == "schedule" and stopped and len(name.split()) > 12)


@lru_cache(maxsize=4096)
def _opening(text: str, lead: int) -> Heading | None:
    found = _found(text)
    if not found or found[0] not in {"section", "article"}:
        return None
    kind, form, match = found
    label, rest = match[0].rstrip(" .:-—"), text[match.end() :]
    bare_rest = rest.lstrip("º°ª ")
    stopped = match[0][-1] in ".:" or bare_rest[:1] in {".", ":", "-", "—"}
    stopped = stopped or (rest[:1] in {"º", "°"} and bare_rest[:1].isupper())
    # "Section 5 applies" and "Article 3(2)" cite; a stop after the number, or a
    # name in bold, opens a section.
    marked = lead >= match.end() or _NEEDS_NO_STOP.match(text) or form is _FRONTED
    if not stopped and (not marked or _CITES.match(rest) or not _FOLLOWS_AS_NAME.match(rest)):
        return None
    if lead > match.end():
        named = text[:lead].rstrip(" -—")
        return _made(kind, match, named, bare=named == label)
    start = match.end() + len(rest) - len(rest.lstrip(" .:-—º°"))
    end = _NAME_END.search(text, start + 1, start + 110) if stopped else None
    if end:
        name = text[start : end.start()]
        wordy = len(name.split()) > 14 or _SENTENCE.search(name)
        if name[:1].isupper() and not wordy and (end.end() < len(text) - 1 or len(text) < 120):
            return _made(kind, match, text[: end.end()].rstrip(" -—"), bare=False)
    return _made(kind, match, label, bare=True)


def read_opening(text: str, lead: int = 0) -> Heading | None:
    """Read the section or article that a paragraph of text opens with, if any.

    Many codes run the heading into the text: `Sec. 444.003. PREPARATION AND
    SALE. (a) A person …`.

    `lead` is the length of the part at its beginning that is set in bold.
    """
    if text[:1] in QUOTES:
        text, lead = text.lstrip(QUOTES), 0
    return _opening(text[:200], min(lead, 200))
