"""Layout: labelled words in so many lines of so many terminal columns, what weighs most first."""

from __future__ import annotations

from itertools import product

from regstatus.cli._common import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

COLUMNS = 80
LINES = 24
_TAKES = {"W": 2, "F": 2, "Mn": 0, "Me": 0, "Cs": 6}
"""Columns by width and kind of character, where not one; half a pair is printed as an escape."""


def width(text: str) -> int:
    """Columns that a text takes on a terminal, or a few more than it does."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        _TAKES.get(unicodedata.east_asian_width(char), _TAKES.get(unicodedata.category(char), 1))
        + (char == "\ufe0f")  # it makes the sign before it as wide as a picture
        for char in text
    )


class Block:
    """A label and its words; the lower `rank`, the sooner it gets lines.

    It has `least` of them in any case, and no more than `usual` before others have theirs.
    """

    __slots__ = ("label", "least", "lines", "rank", "usual")

    def __init__(
        self, label: str, words: str, rank: int = 5, least: int = 0, usual: int = 2, column: int = 8
    ) -> None:
        self.label, self.rank, self.least, self.usual = label, rank, least, usual
        column = max(column, len(label))
        first, *rest = _folded(clean(words), COLUMNS - column - 4)
        self.lines = [f"  {label.ljust(column)}  {first}".rstrip()]
        # A long address stands further left than other words, and whole.
        self.lines += (" " * max(0, min(column + 4, COLUMNS - width(one))) + one for one in rest)


def _folded(words: str, room: int) -> list[str]:
    """Words in lines of at most `room` columns; an address stands alone if it is wider."""
    lines = [""]
    for word in words.split():
        for part in [word] if "://" in word or width(word) <= room else broken(word, room):
            if lines != [""] and width(lines[-1]) + 1 + width(part) > room:
                lines.append(part)
            else:
                lines[-1] = f"{lines[-1]} {part}".lstrip()
    return lines


def broken(word: str, room: int) -> list[str]:
    """What has no space, such as a sentence in Thai, in parts."""
    parts = [""]
    for char in word:
        if width(parts[-1] + char) > room:
            parts.append("")
        parts[-1] += char
    return parts


def shortened(text: str, room: int = COLUMNS, end: str = "") -> str:
    """A text up to the last word that fits, and an ellipsis; whole if it fits and no `end` is to follow."""
    if width(text) <= room and not end:
        return text
    while width(text) > room - 2:
        head = text.rstrip().rpartition(" ")[0]
        text = head if head.strip() else text[:-1]
    return text.rstrip(" ·,;:(") + (end or "…")


def fitted(blocks: Iterable[Block], most: int) -> list[str]:
    """The lines of blocks, in their order and at most so many; what is left out is told in the last."""
    blocks = list(blocks)
    whole = [line for block in blocks for line in block.lines]
    if len(whole) <= most and all(width(line) <= COLUMNS for line in whole):
        return whole
    most -= 1
    given = dict.fromkeys(blocks, 0)
    ranked = sorted(blocks, key=lambda block: block.rank)
    for wish in (lambda block: block.least, lambda block: block.usual, lambda _: LINES):
        for block in ranked:
            more = max(0, min(wish(block), len(block.lines)) - given[block])
            given[block] += min(more, most)
            most -= min(more, most)
    lines: list[str] = []
    for block in blocks:
        kept, more = block.lines[: given[block]], given[block] < len(block.lines)
        opened = "".join(kept).count("“") > "".join(kept).count("”")
        lines += map(shortened, kept[:-1])
        lines += [shortened(line, end=("…”" if opened else "…") * more) for line in kept[-1:]]
    left = [block.label for block in ranked if not given[block]]
    told = ", ".join(f"{label} {left.count(label)}" for label in dict.fromkeys(left))
    note = f"and {len(left)} more: --full ({told})" if left else "“…”: --full shows all words"
    return [*lines, shortened(f"  {note}")]


def joined(parts: Iterable[Sequence[str]], room: int) -> str:
    """Parts in one line, each in the first of its forms with which all fit, else in its last."""
    lines = [" · ".join(filter(None, forms)) for forms in product(*parts)]
    return next((line for line in lines if width(line) <= room), lines[-1])
