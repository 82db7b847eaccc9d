"""Repeals: what stands under «[Repealed]» and speaks no more.

A repealed *section* is silent as a whole. A repealed *entry* of a list is silent alone:
its neighbours, which may be new, go on speaking.
"""

from __future__ import annotations

import re
from dataclasses import replace

from regstatus.assess.clauses import Clause
from regstatus.assess.hints import Hinted

__all__ = ["without_repealed"]

_REPEALED = Hinted(
    r"[\[((<]\s*(?:Repealed|Expired|Deleted|Reserved|Vacated|Rescinded|weggefallen|aufgehoben|kumottu|upphävd|zrušen[oa]?|"
    r"zrušen[ýéá]|vypusten\w+|uchylon[yae]|skreślon[yae]|abrogée?|supprimée?|derogad[oa]|suprimid[oa]|abrogat[oaăeie]?|soppress[oa]|"
    r"revogad[oa]|vervallen|ophævet|opphevet|kehtetu|fell[td]\s+brott|svītrot\w*|netek\w+\s+galios|mülga|исключ[её]н\w*|"
    r"отменен\w*|виключен\w*|črtan[oaie]?|brisan[oaie]?|брисан[оаие]?|καταργ\w+|dipotong|dihapus|dicabut|(?:đã\s+)?bãi\s+bỏ|"
    r"(?:已)?(?:刪除|删除|废止|廢止|废除|廢除)|削除|삭제)(?![^\W\d_])"
    r"|[\[((]\s*(?:ถูก)?ยกเลิก"
    r"|^\W*(?:§+\s*)?(?:Sec(?:tion|\.)\s*)?[\d\w.:-]*\s*(?:[A-Z][\w\s,]{0,60}\.\s*)?Repealed\s+(?:by|effective|\d|Acts|Laws)"
    r"|^\W*(?:§+\s*)?[\w.:-]*\d[\w.:-]*\s+Repealed\.?\s*$"
    r"|\s削除[。\s]*$|\b(?:zaudējis\s+spēku|утратил[аио]?\s+силу|втратив\s+чинність|hatályon\s+kívül)\b",
    re.IGNORECASE,
)
_IS_REPEALED = Hinted(
    r"\b(?:is|are)\s+(?:hereby\s+)?repealed\b|"
    r"\b(?:is|are|was|were|been)\s+(?:hereby\s+)?(?:(?:removed|deleted|stricken|struck)\s+from\s+(?:(?:the|this|said|its)\s+)?"
    r"(?:schedules?|lists?|sections?|tables?|annex|appendix|controlled\s+substances?)\b|descheduled\b)",
    re.IGNORECASE,
)
# The number or title with which a section begins; «(5)» begins an entry.
_TITLE = re.compile(
    r"^\W*(?:§|Sec(?:tion)?s?\b|Art(?:icle|\.)|Chapter|Part|Title|Subd|Rule|Čl|\d+[A-Za-z]{0,2}[-.:]\d|\d+[a-z]?\s*§)",
    re.IGNORECASE,
)
_ALONE = re.compile(r"^\W*(?:repealed|expired|rescinded)\W*$", re.IGNORECASE)


def _repealed_title(text: str) -> bool:
    return bool(_TITLE.match(text) and _REPEALED.search(text[:220]))


def _silent_sections(clauses: tuple[Clause, ...]) -> set[int]:
    """Sections that are repealed as a whole: by their title, or with nothing else but notes in them."""
    sections: dict[int, list[Clause]] = {}
    for clause in clauses:
        sections.setdefault(clause.section, []).append(clause)
    gone: set[int] = set()
    for number, section in sections.items():
        spoken = [clause for clause in section if clause.passage.kind != "note"]
        if spoken and _repealed_title(spoken[0].passage.text if spoken[0].start == 0 else ""):
            if len({clause.number for clause in spoken}) > 1 and not _title_is_short(spoken[0]):
                continue
            gone.add(number)
        elif spoken and all(_ALONE.match(clause.text) for clause in spoken[1:] or spoken):
            titled = len(spoken) == 1 or _TITLE.match(spoken[0].passage.text)
            if titled:
                gone.add(number)
    return gone


def _title_is_short(clause: Clause) -> bool:
    return len(clause.passage.text) < 160


def without_repealed(
    clauses: tuple[Clause, ...],
) -> tuple[tuple[Clause, ...], tuple[Clause, ...]]:
    """Part what speaks from what is repealed.

    Returns:
        All clauses, the repealed ones without their terms; and the repealed ones as they were.
    """
    gone = _silent_sections(clauses)
    headed: dict[tuple[str, ...], bool] = {}
    for clause in clauses:
        path = clause.passage.headings
        if path not in headed:
            headed[path] = any(_repealed_title(heading) for heading in path)
    out = tuple(
        clause
        for clause in clauses
        if clause.section in gone
        or headed[clause.passage.headings]
        or (
            clause.terms
            and (_IS_REPEALED.search(clause.text) or _REPEALED.search(clause.text[:220]))
        )
    )
    if not out:
        return clauses, ()
    withdrawn = {clause.index for clause in out}
    kept = tuple(replace(c, terms=()) if c.index in withdrawn else c for c in clauses)
    return kept, out
