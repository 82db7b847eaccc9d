"""Breaks of pages, and what stands at each and belongs to no text: running heads, feet, numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from regstatus.extract.blocks import Block
from regstatus.extract.headings import read_heading
from regstatus.extract.lines import HYPHENS
from regstatus.extract.seams import bare, is_name_parted
from regstatus.model.vocabulary import WordPattern

_NUMBERS = re.compile(r"\d+|\b[ivxlc]{1,7}\b", re.IGNORECASE)
_PAGE_NUMBER = WordPattern(
    r"\W*(?:{before_number.page}\W*{before_number.sign}?)?\W*\d{1,4}(?:\s*(?:/|{before_number.pages})\s*\d{1,4})?\W*"
)
_PAGED = WordPattern(r"\W*{before_number.page}\W{0,2}\d{1,4}\b")
_BILL = re.compile(r"(?:LC|LD|[HSA][BFRJMC]{1,2})\W?\s?\d{1,5}(?:[ -]\w{1,12})?")
_BILL_BELOW = WordPattern(r"{proposal.documents}\W*\d{1,5}\W*")
_FOLIO = re.compile(r"(\d{1,4}) .*\d.*|.*\d.* (\d{1,4})")
_PARTED = re.compile(rf"[^\W_][{HYPHENS}]\s*$")
_LINE_NUMBER = re.compile(r"\d{1,4}\W{0,4}\s")
_LINE_AFTER = re.compile(rf"(?<=[{HYPHENS}])\W{{1,4}}\d{{1,4}}$")
_EDGE = 4
"""Lines of a page among which its head and foot are looked for."""
_HEAD = 100
"""The most characters of a running head."""
_ROOM = 200_000_000
"""Characters that joining may copy, which keeps its time in bounds where a page is made of halves."""
_REGISTER = re.compile(r"\s*\[\[Page [A-Z]?\d+\]\]\s*\n")
"""How the Federal Register marks in its texts where a page of print begins."""


def _key(line: str) -> str:
    return _NUMBERS.sub("#", " ".join(line.split())).lower()


def drop_running_lines(pages: list[list[str]]) -> None:
    """Drop page numbers, and heads and feet that repeat on many pages.

    They fall between the two halves of a paragraph, and a running head such as
    `Schedule I` would place entries under the wrong one. One with the page's own number beside
    that of a section (`961.14 CONTROLLED SUBSTANCES ACT 10`) is no heading of what follows it.
    """
    kept: set[str] = set()
    first: list[str] = []  # the head of the first page parts nothing, and may name the document
    for edge in (0, -1):
        ever: set[str] = set()  # with those that stand further in on one page
        for _ in range(2 * _EDGE):
            keys = Counter(_key(lines[edge]) for lines in pages if len(lines) > 1)
            folios = Counter(
                (_key(lines[edge]), int(number[1] or number[2]) - page)
                for page, lines in enumerate(pages)
                if len(lines) > 1 and (number := _FOLIO.fullmatch(" ".join(lines[edge].split())))
            )
            numbered = {key for (key, _), count in folios.items() if count >= 3}
            repeated = {
                key
                for key, count in keys.items()
                if count >= min(3, max(2, len(pages) - 1))  # the first page may have another head
                and count * 5 >= len(pages) * 2
                and len(key) < 400
            }
            dropped, ever = False, ever | repeated
            for lines in pages:
                if len(lines) < 2:
                    continue
                line = " ".join(lines[edge].split())
                forms = (_PAGE_NUMBER, _BILL, *((_BILL_BELOW,) if edge else ()))
                heads = read_heading(line) is not None
                alone = any(form.fullmatch(line) for form in forms)
                if not alone and _key(line) not in (repeated if heads else ever):
                    continue
                name = _PAGED.sub("", line)
                if heads and name not in kept and _key(line) not in numbered:
                    kept.add(name)  # a heading that comes back as a running head stands once
                    continue
                if lines is pages[0] and not (edge or alone):
                    first.append(lines[0])
                del lines[edge]
                dropped = True
            if not dropped:
                break
    if first:
        pages[0][:0] = [*first, ""]


def drop_in_words(pages: list[list[str]]) -> None:
    """Drop the foot and the head that stand in a word which two pages part, however few pages there are.

    They are known by the same words at the edge of another page, in any order, as on the left and
    the right of a book.
    """
    edges = [{_turned(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])} for lines in pages]
    known = Counter(key for keys in edges for key in keys)

    def at(lines: list[str]) -> int:
        """How many lines are of the page itself; the next is text."""
        found = (n for n, line in enumerate(lines[:_EDGE]) if not _is_head(line))
        return next(found, 0)

    def _is_head(line: str) -> bool:
        return bool(_PAGE_NUMBER.fullmatch(line)) or not line.strip() or known[_turned(line)] > 1

    for above, below in pairwise(pages):
        feet, heads = at(above[::-1]), at(below)
        rest = below[heads : heads + 1]
        if feet < len(above) and _PARTED.search(above[-1 - feet]) and rest and _goes_on(rest[0]):
            del above[len(above) - feet :], below[:heads]


def joined_blocks(blocks: Sequence[Block]) -> list[Block]:
    """Blocks of which no two part a name, over the number of a page or of a line, or a running head.

    Where a hyphen shows that a word goes on, anything short may stand between its halves.
    """

    @cache
    def heads() -> Counter[str]:
        return Counter(_turned(block.text) for block in blocks if len(block.text) <= _HEAD)

    def is_mark(block: Block) -> bool:
        return bool(_PAGE_NUMBER.fullmatch(block.text)) or heads()[_turned(block.text)] > 1

    kept: list[Block] = []
    room = _ROOM
    for block in blocks:
        kept.append(block)
        number = _LINE_NUMBER.match(block.text)
        before = number[0] if number else ""
        right, at = block.text[len(before) :], len(kept) - 1
        while _goes_on(right) and at > 0 and len(kept) - at <= _EDGE:
            at -= 1
            text, between = kept[at].text, kept[at + 1 : -1]
            end = text[-_HEAD:]
            hyphened = _LINE_AFTER.sub("", end)
            parted = _PARTED.search(hyphened)
            if (parted or (between and not before)) and room > 0:
                left = bare(hyphened)
                apart = " ".join([end[len(left) :], *(one.text for one in between), before])
                if is_name_parted(left, apart, right) and (parted or all(map(is_mark, between))):
                    room -= len(text)
                    kept[at:] = [replace(kept[at], text=text[:-_HEAD] + left + right), *between]
                    break
            if len(text) > _HEAD:
                break
    return kept


def _goes_on(line: str) -> bool:
    return line.lstrip()[:1].islower()


def _turned(line: str) -> str:
    """The words of a line in an order of their own, figures all alike; `Schedule II` is not `I`."""
    return " ".join(sorted(re.findall(r"[^\W\d]+|\d", re.sub(r"\d+", "0", line.lower()))))


def without_page_marks(chars: str) -> str:
    """The characters of a document without the marks of pages of print in the Federal Register."""
    return _REGISTER.sub("\n", chars) if "[[Page" in chars else chars


def joined_pages(text: str) -> str:
    """Text in which pages are parted by form feeds as one."""
    if "\f" not in text:
        return text
    pages = [page.strip("\n").split("\n") for page in text.split("\f")]
    drop_in_words(pages)
    whole = ""
    for lines in pages:
        goes_on = _PARTED.search(whole) and _goes_on(lines[0] if lines else "")
        whole += ("\n" if goes_on else "\n\n") * bool(whole) + "\n".join(lines)
    return whole
