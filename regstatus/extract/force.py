"""Days of force that a text writes beside its own words.

Some publishers print a provision twice, as it expires and as it enters into
force, and mark each: `/Upphör att gälla U:2026-05-12/`, `[Effective until
January 1, 2027]`. Reading one of them for the wrong day gives a wrong answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["Force", "parse_date", "read_force"]

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
