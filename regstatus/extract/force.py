"""What a text says of its own force: days, repeals, and the notes that stand beside the law.

Some publishers print a provision twice, as it expires and as it enters into
force, and mark each: `/Upphör att gälla U:2026-05-12/`, `[Effective until
January 1, 2027]`. Reading one of them for the wrong day gives a wrong answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from regstatus.model.text import Passage

__all__ = [
    "Force",
    "is_note",
    "is_note_heading",
    "is_repealed",
    "marked_behind",
    "parse_date",
    "read_force",
]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januari januar",
            "february feb februari februar",
            "march mar mars maart märz",
            "april apr",
            "may maj mai mei",
            "june jun juni",
            "july jul juli",
            "august aug augusti augustus",
            "september sept sep",
            "october oct oktober",
            "november nov",
            "december dec dezember desember",
        ),
        start=1,
    )
    for name in names.split()
}
_DATE = (
    r"(?:(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"
    r"|(?P<month>[^\W\d_]{3,9})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})"
    r"|(?P<day2>\d{1,2})\.?\s+(?P<month2>[^\W\d_]{3,9})\s+(?P<year2>\d{4})"
    r"|(?P<m3>\d{1,2})/(?P<d3>\d{1,2})/(?P<y3>\d{4})"
    r"|(?P<d4>\d{1,2})[-.](?P<m4>\d{1,2})[-.](?P<y4>\d{4}))"
)
_DAY = re.compile(_DATE)


def parse_date(text: str) -> date | None:
    """The first day written in a text, in one of the forms that law uses; None if there is none.

    `7/1/2026` is read as people in the United States write it, month first.
    """
    if len(text) == 8 and text.isdecimal():
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    match = _DAY.search(text)
    return _made(match) if match else None


def _made(match: re.Match[str]) -> date | None:
    part = match.groupdict()
    month = part["month"] or part["month2"]
    try:
        if month:
            number = _MONTHS.get(month.lower())
            if number is None:
                return None
            return date(
                int(part["year"] or part["year2"]), number, int(part["day"] or part["day2"])
            )
        for year, month_, day in (("y", "m", "d"), ("y3", "m3", "d3"), ("y4", "m4", "d4")):
            if part[year]:
                return date(int(part[year]), int(part[month_]), int(part[day]))
    except ValueError:
        return None
    return None


@dataclass(frozen=True, slots=True)
class Force:
    """What a mark says of the text that it stands on.

    Attributes:
        since: First day of force.
        until: First day no longer in force.
        pending: True where the day of force is still to be set.
        text: The text without its marks.
        alone: Whether the mark was all there was.
    """

    since: date | None
    until: date | None
    pending: bool
    text: str
    alone: bool


_SWEDISH = re.compile(
    r"/\s*(?:rubriken\s+)?(?P<what>upphör\s+att\s+gälla|träder\s+i\s+kraft)\s+(?P<sign>[UI])\s?:\s?(?P<when>[^/]{4,60})/",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"[\[(]\s*(?:this\s+\w+\s+(?:is\s+)?|text\s+of\s+\w+\s+)?"
    r"(?P<verb>effective|in\s+force|applicable|operative|expires?|repealed\s+effective|gültig|in\s+kraft"
    r"|treedt\s+in\s+werking|vervalt|vervallen)\s+"
    rf"(?P<word>until|through|till|from|on|bis|vom|per|op|ab|beginning)?\s*(?P<when>{_DATE})\s*[.;]?\s*[\])]",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"[\[(*\s]*(?:text\s+of\s+(?:this\s+)?(?:section|article|chapter|subsection|subchapter)[^.]{0,80}?|this\s+section\s+(?:is\s+)?)"
    r"(?P<verb>effective|expires?)\s+(?P<word>until|through|on|from)?\s*"
    rf"(?P<when>{_DATE})\s*[.\])*\s]*",
    re.IGNORECASE,
)
# New York prints «* NB Effective December 19, 2026» under what is not yet, or no longer, law.
_NEW_YORK = re.compile(
    rf"\W*NB\s+(?P<verb>effective|expires?|repealed)\s+(?P<word>until|through|on)?\s*(?P<when>{_DATE})\W*",
    re.IGNORECASE,
)
_ENDS = ("expire", "vervalt", "vervallen", "repealed")


def read_force(text: str) -> Force | None:
    """Read the marks of force that stand on a heading or a short paragraph.

    Args:
        text: The heading or paragraph, normalised.

    Returns:
        What they say, or None where there are none.
    """
    if "/" in text and ":" in text:
        force = _swedish(text)
        if force:
            return force
    match = _BRACKETED.search(text) or (
        (_BARE.fullmatch(text) or _NEW_YORK.fullmatch(text)) if len(text) < 200 else None
    )
    if not match:
        return None
    day = _made(match)
    if not day:
        return None
    verb = match.group("verb").lower()
    word = (match.group("word") or "").lower()
    rest = f"{text[: match.start()]}{text[match.end() :]}".strip()
    if word in {"through", "bis"}:
        return Force(None, day + timedelta(days=1), False, rest, not rest)  # noqa: FBT003
    if word in {"until", "till"} or verb.startswith(_ENDS):
        return Force(None, day, False, rest, not rest)  # noqa: FBT003
    return Force(day, None, False, rest, not rest)  # noqa: FBT003


def _swedish(text: str) -> Force | None:
    since = until = None
    pending = found = False
    for match in _SWEDISH.finditer(text):
        found = True
        day = parse_date(match.group("when"))
        if match.group("sign").upper() == "U":
            until = day or until
        else:
            since = day or since
            pending = pending or day is None
    if not found:
        return None
    rest = " ".join(_SWEDISH.sub(" ", text).split())
    return Force(since, until, pending, rest, not rest)


_BEHIND = re.compile(r"\W*NB\s+(?:effective|expires?|repealed)\b", re.IGNORECASE)


def marked_behind(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Give the section before each «* NB Effective December 19, 2026» its day of force.

    The mark rules what stands under the same headings as it does, back to another mark.
    """
    if not any(_BEHIND.match(passage.text) for passage in passages):
        return passages
    out = list(passages)
    for number, passage in enumerate(passages):
        force = read_force(passage.text) if _BEHIND.match(passage.text) else None
        if not (force and force.alone):
            continue
        for before in range(number - 1, -1, -1):
            other = out[before]
            same = other.headings[: len(passage.headings)] == passage.headings
            own = bool(passage.headings) and other.text.startswith(passage.headings[-1])
            if not (same or own) or _BEHIND.match(other.text):
                break
            since, until = other.valid_from or force.since, other.valid_until or force.until
            out[before] = replace(other, valid_from=since, valid_until=until)
    return tuple(out)


_NOTE = re.compile(
    r"""[\[({*\s]*(?:
      histor(?:y|ical(?:\s+and\s+\w+)?\s+notes?)(?:\s+(?:of\s+section|notes?))?\s*[:.(—-]
    | (?:editor'?s?'?|editorial|compiler'?s?'?|revisor'?s?'?|reviser'?s?'?|code\s+commission\w*)\s+notes?\b
    | editor[’']s\s+notes?\b | reviser[’']s\s+notes?\b | compiler[’']s\s+notes?\b
    | cross[\s-]references?\s*[:.—-] | credits?\s*[:(] | derivation\s*: | sources?\s*:
    | (?:statutory/other\s+)?(?:statutory\s+)?(?:authority|implemented)\s*: | statutory\s+authority\b
    | statutes/other\s+implemented
    | (?:added|amended|renumbered|reenacted|formerly|transferred)\s+(?:by|to|from|and|eff)\b
    | formerly\s+\d | added\s+to\s+(?:nrs|ors) | (?:new\s+)?sec\.\s+added
    | acts\s+\d{4},?\s+ | ga\.\s?l\.\s | code\s+1\d{3} | laws?\s+\d{4},?\s+c | l\.\s?\d{4}[,:\s]
    | (?:p\.\s?a\.|p\.\s?l\.|pub\.\s?l\.)\s?\d | stats?\.\s?\d{4} | \d{4}\s+c\.?\s?\d+\s+(?:§|s)\s?\d
    | \d{2}\s+FR\s+\d | \d{4},\s+(?:no|act|c|ch)\.?\s\d | hist\.?\s*:
    | effective\s+date\s*: | last\s+amended | amendment\s+notes? | fußnote | note\s*:
    | \(\+\+\+ | \{[^{}]*\}\s*$ | annotations?\s*: | law\s+reviews?\s*: | n\.\s?b\.
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_NOTE_FIRST = frozenset("[({*+0123456789" + "hecrdsafnglpto" + "HECRDSAFNGLPTO")
_NOTE_HEADING = re.compile(
    r"\W*(?:histor(?:y|ical)(?:\s+(?:and\s+\w+|notes?|of\s+\w+))*|annotations?|editor'?s?'?\s+notes?|"
    r"editorial\s+notes?|cross[\s-]references?|effects?\s+of\s+amendments?|amendment\s+(?:notes?|history)|"
    r"compiler'?s?'?\s+notes?|code\s+commission\w*\s+notes?|derivation|prior\s+codifications?|"
    r"(?:emergency|temporary)\s+legislation|section\s+references|legislative\s+history|"
    r"(?:case|decision)\s+notes|notes\s+(?:of|to)\s+decisions|law\s+reviews?|research\s+references|"
    r"judicial\s+decisions|opinions\s+of\s+the\s+attorney\s+general|references\s+in\s+text|"
    r"fu(?:ß|ss)noten?|footnotes?|credits?|source\s+notes?|modifications?\s+to\s+text|commentaries)\W*",
    re.IGNORECASE,
)
_REPEALED_WORD = (
    r"repealed|rescinded|abrog(?:é|ée|ato|ata|ado)|aufgehoben|weggefallen|derogad[oa]|upphävd|kumottu|"
    r"zrušen[ýáo]|zrušuje se|uchylon[yae]|vervallen|ophævet|opphevet|kehtetu|zaudējis spēku|"
    r"втратив чинність|скасовано|утратил[аи]? силу|revogad[oa]|hatályon kívül helyezve|expired"
)
_REPEALED = re.compile(
    rf"(?:^|[\s(\[{{—–.:-])(?:{_REPEALED_WORD})\b\W*(?:$|\]|\)|by\b|eff|effective\b|acts?\b|[Pp]\.\s?[LA]\.|[Ll]\.\s?\d"
    r"|laws\b|\d|pursuant|per\b|durch\b|genom\b|as of\b|on\b|,|under\b|p[ae]r\b|por\b|от\b|згідно)",
    re.IGNORECASE,
)
_NOT_REPEALED = re.compile(
    r"\b(?:not|until|unless|if|when)\s+(?:\w+\s+){0,2}(?:repealed|expired)", re.IGNORECASE
)

_OTHER_LAW = re.compile(
    r"\b(?:laws|acts|enactments|provisions|sections|statutes|regulations|rules|orders)\s+"
    r"(?:repealed|rescinded)",
    re.IGNORECASE,
)


def is_note(text: str) -> bool:
    """Whether a paragraph tells the history of a text, or comments on it, by its first words."""
    if text[0] not in _NOTE_FIRST or (text[0] == "(" and ")" in text[2:5]):
        return False
    return _NOTE.match(text) is not None


def is_note_heading(text: str) -> bool:
    """Whether what stands under a heading is annotation: `History`, `Editor's notes`, `Credits`."""
    return len(text) < 60 and _NOTE_HEADING.fullmatch(text) is not None


def is_repealed(text: str) -> bool:
    """Whether a heading, or a short text in place of a section, says that it is repealed.

    Only words that close the heading or introduce the repealing act count:
    `Acts repealed` and `Repeal of sections 5 to 9` speak of other law.
    """
    if len(text) > 300 or not _REPEALED.search(text):
        return False
    return not _NOT_REPEALED.search(text) and not _OTHER_LAW.search(text)
