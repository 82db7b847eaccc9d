"""What a block is, judged by its neighbours and its looks."""

import re
from collections.abc import Sequence

from regstatus.extract.blocks import Block
from regstatus.extract.force import is_note
from regstatus.extract.headings import Heading, read_heading, read_opening

_CHEMICAL = re.compile(r"\d[,'-]\d|-\d|\d-|\[|\]|;|\.\.\.|__")


def generic(block: Block, *, names: bool) -> bool:
    """Whether a block without words of structure is set as a heading."""
    text = block.text
    if not (block.strong or (text.isupper() and " " in text)) or not 3 <= len(text) <= 120:
        return False
    if text[-1] in ",;:." + "!" * (not names) or _CHEMICAL.search(text) or " | " in text:
        return False
    return (text[0].isupper() or text[0] in '«"“') and not is_note(text)


def listed(blocks: Sequence[Block], number: int) -> bool:
    """Whether a line of links stands among its like: a table of contents, not a heading that links."""
    near = (*blocks[max(number - 1, 0) : number], *blocks[number + 1 : number + 2])
    return any(block.toc for block in near) or not read_heading(blocks[number].text)


def section_follows(blocks: Sequence[Block], number: int) -> bool:
    """Whether a section opens right after a block, so that the block groups sections."""
    for block in blocks[number + 1 : number + 3]:
        if block.kind == "paragraph" and not block.note:
            found = _opens(block)
            return found is not None and found.kind in {"section", "article"}
    return False


def last_of_section(blocks: Sequence[Block], number: int) -> bool:
    """Whether hardly anything but notes follows in a section; a list goes on."""
    more = 0
    for block in blocks[number + 1 : number + 12]:
        if block.kind in {"heading", "close"} or _opens(block):
            break
        more += not (block.note or is_note(block.text))
    return more <= 2


def _opens(block: Block) -> Heading | None:
    """The heading of law with which a block opens."""
    known = read_heading(block.text, strong=block.strong)
    return known or read_opening(block.text, block.lead)


def alone(blocks: Sequence[Block], number: int) -> bool:
    """Whether a block stands between text, not in a run of its like: those are a list."""
    following = blocks[number + 1] if number + 1 < len(blocks) else None
    if following is None or following.kind == "close":
        return False
    before = blocks[number - 1] if number else None
    if len(blocks[number].text.split()) <= 2 and (_named(following) or (before and _named(before))):
        return False
    return not (_like(following) or (before is not None and _like(before)))


def _named(block: Block) -> bool:
    """Whether an entry opens with its name in bold, as lists of substances do."""
    return 0 < block.lead < len(block.text) and read_opening(block.text, block.lead) is None


def _like(block: Block) -> bool:
    text = block.text
    if block.kind != "paragraph" or len(text) > 120:
        return False
    return (block.strong or text.isupper()) and read_heading(text, strong=block.strong) is None
