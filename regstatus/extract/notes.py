"""Notes and repeals: what stands beside the law without being it, known by its words."""

from __future__ import annotations

import re

__all__ = ["is_note", "is_note_heading", "is_repealed"]

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
