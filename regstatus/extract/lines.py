"""Lines to paragraphs: text that was broken to fit a page is joined again.

A name of a substance is long and breaks anywhere: after a hyphen that belongs
to it (`7-` / `hydroximitragynin`) or after one that the typesetter put in
(`mitra-` / `gynine`). Both must read as the name that was meant.
"""

import re
from collections.abc import Iterable
from itertools import groupby, pairwise

from regstatus.extract.force import is_note
from regstatus.extract.headings import read_heading
from regstatus.model.vocabulary import WordPattern

_SPACE = " \t\r\n\f\v\u00a0"

_HARD_HYPHENS = "-\u2010\u2011\u2212\u2013"
_SOFT = "\u00ad\u0002\ufffe\u00ac"
"""Marks that are only there because the line ended: soft hyphen, what PDFium writes for one, `¬`."""

# What may open a new entry or paragraph although no blank line stands before it.
_ENTRY = WordPattern(
    r"""\s*(?:
      \((?:\d{1,3}|[a-z]{1,4}|[A-Z]{1,3}|[IVX]{1,5})\)(?=\s|\()   # (a) (1)
    | \[\w{1,3}\](?=\s)
    | [0-9]{1,3}(?:\.[0-9]{1,3}){0,3}[.)](?=\s)     # 1. 12) 1.2.
    | [A-Za-zα-ωа-я][.)](?=\s)                      # a) B.
    | [ivxIVX]{1,5}[.)](?=\s)
    | [•·▪◦●■*–—](?=\s)
    | §+\s?\d
    | \d{1,4}[A-Z]?(?:[-.]\d+[A-Za-z]?)*[.-]\d{2,4}[A-Za-z]?\.?\s+[A-Z(\[]  # 961.14 A
    | {line.opens}\s+[\dIVXAB№n]
    | {counter.sign}[一二三四五六七八九十百千0-9]{1,6}(?:{counter.article}|{counter.chapter})
    | {line.notes}\s?:
    )""",
    re.VERBOSE,
)
HYPHENS = _HARD_HYPHENS + _SOFT
_WORD_END = re.compile(r"([^\W\d_]+)$")
_WORD_START = re.compile(r"^([^\W\d_]+)")
_CONJUNCTIONS = WordPattern("{line.conjunctions}")
"""«Ein-» / «und Ausfuhr»: the hyphen stands for a part that follows."""
_FIRST_PARTS, _LAST_PARTS = WordPattern("{line.first_parts}"), WordPattern("{line.last_parts}", 0)
_CLAUSE_END = WordPattern(r"(?:[.;:—)\]]|{line.ends})[\"”’]?$", 0)
_NUMBERED = re.compile(r"\s*(\d{1,4})(?:\s+(?=\S)|$)")
_FEW, _SHORT = 6, 20
"""Numbers that may count lines, and characters of a line that may be an entry."""
_BULLETS = "•·▪◦●■*"


def starts_entry(line: str) -> bool:
    """Whether a line opens with the mark of a list entry, a section or a schedule."""
    return _ENTRY.match(line) is not None


def join(left: str, right: str) -> str:
    """Join two lines of one paragraph.

    A hyphen at the line's end stays where it belongs to the name (after a
    digit or a short or bracketed part, before a digit or a capital), and goes
    where it only parted a word.
    """
    left, right = left.rstrip(_SPACE), right.lstrip(_SPACE)
    return _ended(left, right) + right


def _ended(left: str, right: str) -> str:
    """A line as it is written in front of the next of its paragraph."""
    if not left or not right:
        return left
    if left[-1] in _SOFT:
        return left[:-1] + "-" * right[0].isdigit()
    if left[-1] not in _HARD_HYPHENS or len(left) < 2 or left[-2].isspace():
        return f"{left} "
    first = _WORD_START.match(right)
    word = first.group(1) if first else ""
    if _CONJUNCTIONS.fullmatch(word):
        return f"{left} "
    before = _WORD_END.search(left[:-1])
    part = before.group(1) if before else ""
    parts_a_word = (
        len(part) > 1
        and len(word) > 1
        and word.islower()
        and not _FIRST_PARTS.fullmatch(part)
        and not _LAST_PARTS.fullmatch(word)
        and (part.islower() or part.istitle())
    )
    if part.isupper() and word.isupper() and len(part) > 2 and len(word) > 2:
        parts_a_word = True
    return left[:-1] if parts_a_word else left


def page_width(lines: Iterable[str], share: float = 0.95) -> int:
    """The width to which lines were broken: that which a share of them keeps within."""
    lengths = sorted(len(line) for line in lines if line.strip())
    return lengths[int(len(lengths) * share)] if lengths else 0


def without_numbers(lines: list[str], *, sure: bool = False) -> list[str]:
    """Lines without the numbers that bills print in front of each; `sure` if other pages have them."""
    matches = [_NUMBERED.match(line) for line in lines]
    places = [place for place, match in enumerate(matches) if match]
    numbers = [int(match[1]) for match in matches if match]
    words = [line[match.end() :] for line, match in zip(lines, matches, strict=True) if match]
    prose = sum(not part or (part[0].islower() and len(part) > _SHORT) for part in words)
    if len(numbers) < _FEW or not (sure or prose * 4 >= len(numbers)):
        return lines  # the entries of a list have numbers, too
    steps = sum(right == left + 1 for left, right in pairwise(numbers))
    within = sum(map(bool, lines[places[0] : places[-1] + 1]))
    if len(numbers) * 10 < within * 7 or steps * 10 < len(numbers) * 7:
        return lines
    column = sum(map(bool, words)) * 10 < len(words)  # they stand together behind the text
    return [
        f"{' ' * match.end()}{line[match.end() :]}".rstrip() if match else line
        for line, match in zip(lines, matches, strict=True)
        if not (match and column)
    ]


def _broken_on_purpose(line: str, following: str, width: int) -> bool:
    """Whether the next word would have fitted, so that the author ended the line."""
    room = width * 0.8 - len(line) - 1
    if room < 1 or line[-1] in ",(":  # as most lines are
        return False
    word = following.split(None, 1)[0]
    if len(word) > room:
        return False
    return word[0].isupper() or word[0].isdigit() or not word[0].isascii()


def paragraphs(lines: Iterable[str], width: int | None = None) -> list[str]:
    """Join broken lines into paragraphs.

    A paragraph ends at a blank line, before an entry mark, at a line that
    stands out by its indent, and at a line that ended although the next word
    would have fitted.

    The lines are without their ends, `width` is that of the whole document, where known. The
    paragraphs come in order, not yet normalised; none is empty.
    """
    every = without_numbers([line.expandtabs(8).rstrip() for line in lines])
    if width is None:
        width = page_width(every) if sum(map(bool, every)) > 2 else page_width(every, 0)
    chunks = (list(chunk) for filled, chunk in groupby(every, key=bool) if filled)
    return [part for chunk in chunks for part in _chunk(chunk, width)]


def _chunk(lines: list[str], width: int) -> Iterable[str]:
    """The paragraphs of lines between which no blank line stands."""
    indents = [len(line) - len(line.lstrip()) for line in lines]
    flush = min(indents)
    # Most lines flush and some indented: the indented ones open paragraphs.
    # The other way round the first line hangs out and the rest goes on with it.
    opening = indents.count(flush) * 2 >= len(lines)
    labels = [_label_alone(line) for line in lines]
    pieces = [lines[0]]
    for number in range(1, len(lines)):
        line, before = lines[number], lines[number - 1]
        indented = opening and indents[number] - flush >= 2 and indents[number] < 30
        new = before[-1] not in HYPHENS and (
            labels[number]
            or labels[number - 1]
            or _note_ended(pieces[0], before, line, width)
            or _opens(line, before, pieces[0], width)
            or (indented and indents[number - 1] <= indents[number] and before[-1] != ",")
            or _broken_on_purpose(before, line, width)
        )
        if new:
            yield joined(pieces)
            pieces = []
        pieces.append(line)
    yield joined(pieces)


def _note_ended(first: str, before: str, line: str, width: int) -> bool:
    """Whether a note of history has come to its end, so that law does not turn into history."""
    if before[-1] not in ".])" or len(before) >= width * 0.75:
        return False
    opens = line.lstrip()[:1]
    return (opens.isupper() or opens.isdigit() or opens in "§([") and is_note(first.lstrip())


def _label_alone(line: str) -> bool:
    """Whether a line is nothing but the label of a part of law, such as `SCHEDULE I`."""
    line = line.strip()
    heading = read_heading(line) if len(line) <= 40 else None
    return heading is not None and heading.bare


def _opens(line: str, before: str, first: str, width: int) -> bool:
    """Whether a line with an entry mark opens an entry and does not just happen to begin so.

    `as provided in section` / `5. …` and `förordningarna (EG) nr 1290/2005,` /
    `(EG) nr 247/2006` go on.
    """
    if not starts_entry(line):
        return False
    if line.lstrip()[:1] in _BULLETS or _CLAUSE_END.search(before):
        return True
    alike = starts_entry(first) and first.lstrip()[:1].isdigit() == line.lstrip()[:1].isdigit()
    return len(before) < width * 0.6 or (before[-1] == "," and alike)


def joined(pieces: list[str]) -> str:
    """The lines of one paragraph in one; each is joined by itself, which takes linear time."""
    lines = [piece.strip(_SPACE) for piece in pieces]
    return "".join(map(_ended, lines, [*lines[1:], ""]))
