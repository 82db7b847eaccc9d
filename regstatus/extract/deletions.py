"""Deletions: text that an act or a bill prints between signs because it is no longer law.

«any kratom product[ to an individual under 21]» forbids sale to all. Some signs mean nothing else.
Of brackets only the document itself proves that they do: it explains them, or it amends other law and
sets them close behind the words that they follow, as nobody sets a remark, a note or the name of a chemical.
"""

import re
from dataclasses import replace

from regstatus.extract.blocks import Block, Content
from regstatus.extract.normalise import normalise
from regstatus.model.sieve import Sieve
from regstatus.model.vocabulary import WordPattern

STRUCK = "\u27e6\u27e7"
"""Signs that readers set in the place of brackets through which a line was drawn."""
_SURE = WordPattern(rf"(?P<struck>{STRUCK[0]})|{STRUCK[1]}|{{standing.deleted}}")
_SQUARE = WordPattern(rf"(?P<opens>{STRUCK[0]}|\[)|[{STRUCK[1]}\]]")
_ROUND = WordPattern(r"(?P<opens>\(\()|\)\)")  # of Washington
_MAY = WordPattern(rf"[{STRUCK}\[]|\(\(|{{standing.deleted}}|{{standing.inserted}}")
_INSERTED = WordPattern(r"\s*{standing.inserted}\s*")
_OF_WASHINGTON = re.compile(r"\b(?:RCW|WAC)\b")
_AMENDS = WordPattern("{standing.deletions}")
_BEHIND_WORD = re.compile(
    rf"[^\W\d_]{{3}}[\[{STRUCK[0]}][,;]?\s?[^\W\d_]{{2,}}(?:\s|[\]{STRUCK[1]}]|$)"
)
_PROVEN, _LONGEST = 5, 60
"""So many such places are a habit and no slip; a deletion of more blocks than that was never closed."""


def take_out_deletions(content: Content, sieve: Sieve) -> str | None:
    """Take the deleted words out of the blocks of a document, whose texts the sieve holds.

    Returns:
        Why they may not have been understood, in words; None if all is well.
    """
    marked = sieve.among(_MAY)
    if not marked:
        return None
    told = [match for text in sieve.among(_AMENDS) if (match := _AMENDS.search(text))]
    places = sum(len(_BEHIND_WORD.findall(text)) for text in marked) if told else 0
    signs = _SURE
    if any("[" in match[0] or "bracket" in match[0].lower() for match in told):
        signs = _SQUARE
    elif any(_OF_WASHINGTON.search(match.string) for match in told):
        signs = _ROUND
    elif places >= _PROVEN:
        signs = _SQUARE
    elif places and not any(STRUCK[0] in text for text in marked):
        return "words in square brackets may be deleted ones: nothing tells"
    return _take_out(content, signs, sieve)


def _take_out(content: Content, signs: WordPattern, sieve: Sieve) -> str | None:
    depth = since = 0
    blocks: list[Block] = []
    spoken = [block for block in content.blocks if block.kind != "close"]
    may = {id(spoken[number]) for number in sieve.may(signs, _INSERTED)}
    if not may:
        return None
    for number, block in enumerate(content.blocks):
        if not (depth or id(block) in may):
            blocks.append(block)
            continue
        kept, gone, at = "", "", 0
        for match in (*signs.finditer(block.text), None):
            piece = block.text[at : match.start() if match else None]
            kept, gone = (kept, f"{gone} {piece}") if depth else (kept + piece, gone)
            if match:
                at, since = match.end(), since if depth else number
                depth += 1 if match.lastgroup else -1
            if depth < 0:
                return "a bracket of deleted words ends that never began"
        if depth and number - since > _LONGEST:
            break
        kept, gone = normalise(_INSERTED.sub(" ", kept)), normalise(gone)
        if kept or block.kind == "close":
            blocks.append(replace(block, text=kept, lead=min(block.lead, len(kept))))
        if gone:  # kept as what it is, so that a name in it is accounted for
            blocks.append(Block(f"[{gone}]", anchor=block.anchor, repealed=True))
    if depth:
        return "a bracket of deleted words never ends"
    content.blocks = blocks
    return None
