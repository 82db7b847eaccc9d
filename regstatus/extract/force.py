"""What a text says of its own force: days, repeals, and the notes that stand beside the law.

Some publishers print a provision twice, as it expires and as it enters into
force, and mark each: `/Upphör att gälla U:2026-05-12/`, `[Effective until
January 1, 2027]`. Reading one of them for the wrong day gives a wrong answer.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from regstatus.model.sieve import Sieve
from regstatus.model.text import Passage
from regstatus.model.vocabulary import WordPattern
from regstatus.model.written_days import MARKED, parse_date


@dataclass(frozen=True, slots=True)
class Force:
    """What a mark says of the text that it stands on.

    Attributes:
        text: The text without its marks; empty where the mark was all there was.
        since: First day of force.
        until: First day no longer in force.
        pending: True where the day of force is still to be set.
    """

    text: str
    since: date | None = None
    until: date | None = None
    pending: bool = False


SLASHED = WordPattern(
    r"/\s*(?:{force.slashed_heading}\s+)?{force.slashed}\s+(?P<sign>[UI])\s?:\s?(?P<when>[^/]{4,60})/"
)
_WHEN = (
    r"\s+(?:(?P<through>{force.through})|(?P<until>{force.until})|{force.from})?"
    rf"\s*(?P<when>{MARKED})"
)
_VERB = r"(?:(?P<ends>{force.ends})|{force.begins})"
BRACKETED = WordPattern(rf"[\[(]\s*(?:{{force.this}}\s+)?{_VERB}{_WHEN}\s*[.;]?\s*[\])]")
BARE = WordPattern(rf"[\[(*\s]*{{force.text_of}}{_VERB}{_WHEN}\s*[.\])*\s]*")
# New York prints «* NB Effective December 19, 2026» under what is not yet, or no longer, law.
_BELOW = r"\W*{force.below}\s+(?:(?P<ends>{force.ends}|{force.below_ends})|{force.begins})\b"
_IS_BELOW, _BELOW_LAST = WordPattern(_BELOW), WordPattern(rf"(?:^|\s\*){_BELOW}{_WHEN}\W*$")


def read_force(text: str) -> Force | None:
    """What the marks of force on a heading or a short paragraph say; None where there are none."""
    if "/" in text and ":" in text and (force := _slashed(text)):
        return force
    match = BRACKETED.search(text) or (BARE.fullmatch(text) if len(text) < 200 else None)
    return _said(match) if match else None


def _said(match: re.Match[str]) -> Force | None:
    day = parse_date(match["when"])
    if day is None:
        return None
    rest = f"{match.string[: match.start()]}{match.string[match.end() :]}".strip()
    if match["through"]:
        return Force(rest, until=day + timedelta(days=1))
    if match["until"] or match["ends"]:
        return Force(rest, until=day)
    return Force(rest, since=day)


def _slashed(text: str) -> Force | None:
    since = until = None
    pending = found = False
    for match in SLASHED.finditer(text):
        found = True
        day = parse_date(match["when"])
        if match["sign"].upper() == "U":
            until = day or until
        else:
            since = day or since
            pending = pending or day is None
    rest = " ".join(SLASHED.sub(" ", text).split())
    return Force(rest, since, until, pending) if found else None


def marked_behind(passages: tuple[Passage, ...], sieve: Sieve) -> tuple[Passage, ...]:
    """Give the section before each «* NB Effective December 19, 2026» its day of force.

    The mark rules what stands under the same headings as it does, back to another mark.
    """
    behind = sieve.may(_IS_BELOW)
    texts = {number: passages[number].text for number in behind}
    last = {n for n, text in texts.items() if _BELOW_LAST.search(text, max(0, len(text) - 90))}
    marks = last | {number for number, text in texts.items() if _IS_BELOW.match(text)}
    out = list(passages)
    for number in sorted(marks):
        passage = passages[number]
        match = _BELOW_LAST.search(passage.text)
        if not (match and (force := _said(match))):
            continue
        first = number if match.start() else number - 1  # it may end the section's last words
        for before in range(first, -1, -1):
            other = out[before]
            same = other.headings[: len(passage.headings)] == passage.headings
            own = bool(passage.headings) and other.text.startswith(passage.headings[-1])
            if not (same or own) or (before in marks and before < number):
                break
            since, until = other.valid_from or force.since, other.valid_until or force.until
            out[before] = replace(other, valid_from=since, valid_until=until)
    return tuple(out)


# Ukrainian notes stand in braces, German ones behind `(+++`.
NOTE = WordPattern(r"[\[({*\s]*(?:{note.opens}|\(\+\+\+|\{[^{}]*\}\s*$)")
_NOTE_HEADING = WordPattern(r"\W*{note.headings}\W*")
REPEALED = WordPattern(r"(?:^|[\s(\[{—–.:-]){repeal.headings}\b\W*(?:$|[\]),\d]|{repeal.acts})")
_NOT_REPEALED = WordPattern("{repeal.not_yet}|{repeal.other_law}")
_INSTEAD = WordPattern(r'[ "“\[({*—-]*{repeal.headings}')


def is_note(text: str) -> bool:
    """Whether a paragraph tells the history of a text, or comments on it, by its first words."""
    return not (text[0] == "(" and ")" in text[2:5]) and NOTE.match(text) is not None


def heads_notes(text: str) -> bool:
    """Whether what stands under a heading is annotation: `History`, `Editor's notes`, `Credits`."""
    return len(text) < 60 and _NOTE_HEADING.fullmatch(text) is not None


@lru_cache(maxsize=256)
def is_repealed(text: str) -> bool:
    """Whether a heading, or a short text in place of a section, says that it is repealed.

    Only words that close the heading or introduce the repealing act count:
    `Acts repealed` and `Repeal of sections 5 to 9` speak of other law.
    """
    return len(text) <= 300 and bool(REPEALED.search(text)) and not _NOT_REPEALED.search(text)


def replaces(text: str) -> bool:
    """Whether a short text stands in place of a repealed section: `[Repealed by Act 5.]`."""
    return _INSTEAD.match(text) is not None and is_repealed(text)
