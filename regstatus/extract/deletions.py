"""Deletions: text that an act prints in square brackets because it is no longer law.

«any kratom product[ to an individual under 21]» forbids sale to all. Only the document itself proves
that its brackets mean this: it explains them, or it amends other law and sets them close behind the
words that they follow, as nobody sets a remark, a note or the name of a chemical.
"""

import re
from dataclasses import replace

from regstatus.extract.blocks import Block, Content
from regstatus.extract.normalise import normalise
from regstatus.model.sieve import Sieve
from regstatus.model.vocabulary import WordPattern

_AMENDS = WordPattern("{standing.deletions}")
_BEHIND_WORD = re.compile(r"[^\W\d_]{3}\[[,;]?\s?[^\W\d_]{2,}(?:\s|\]|$)")
_BRACKET = re.compile(r"[\[\]]")
_PROVEN, _LONGEST = 5, 60
"""So many such places are a habit and no slip; a deletion of more blocks than that was never closed."""


def take_out_deletions(content: Content) -> str | None:
    """Take the deleted words out of the blocks of a document.

    Returns:
        Why they may not have been understood, in words; None if all is well.
    """
    marked = [block.text for block in content.blocks if "[" in block.text]
    places = sum(len(_BEHIND_WORD.findall(text)) for text in marked)
    if not marked:
        return None
    may = Sieve([block.text for block in content.blocks]).among(_AMENDS)
    told = [match[0] for text in may if (match := _AMENDS.search(text))]
    if not any("[" in words for words in told):
        if not (places and told):
            return None
        if places < _PROVEN:
            return "words in square brackets may be deleted ones: nothing tells"
    depth = since = 0
    blocks: list[Block] = []
    for number, block in enumerate(content.blocks):
        kept, gone, at = "", "", 0
        for match in (*_BRACKET.finditer(block.text), None):
            piece = block.text[at : match.start() if match else None]
            kept, gone = (kept, f"{gone} {piece}") if depth else (kept + piece, gone)
            if match:
                at, since = match.end(), since if depth else number
                depth += 1 if match[0] == "[" else -1
            if depth < 0:
                return "a bracket of deleted words ends that never began"
        if depth and number - since > _LONGEST:
            break
        kept, gone = normalise(kept), normalise(gone)
        if kept or block.kind == "close":
            blocks.append(replace(block, text=kept, lead=min(block.lead, len(kept))))
        if gone:  # kept as what it is, so that a name in it is accounted for
            blocks.append(Block(f"[{gone}]", anchor=block.anchor, repealed=True))
    if depth:
        return "a bracket of deleted words never ends"
    content.blocks = blocks
    return None
