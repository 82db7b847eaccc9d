"""Seams: places within a word where markup parts it, and whether a reader sees one word or two.

A sheet may set any element on a line of its own: by its class, its place in the tree, an attribute, as
part of a flex box or a grid, or from a file that is not here. No markup tells of `heroin<b>kratom</b>`
how it is shown. What is a name by itself, and would be none as part of a longer word, is taken for a
word by itself: a name that is not seen reads as silence, and that is the worse mistake.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from regstatus.base.relaxed import is_odd, relaxed
from regstatus.extract.normalise import normalise
from regstatus.model.vocabulary import fill

_FREE = r"(?<![^\W_])"
_NAME = (
    rf"{{names.leaf}}|{_FREE}7[\s-]*{{names.hydroxy}}[\s-]?{{names.mitragynine}}|{_FREE}{{names.mitragynine}}"
    rf"|{{names.derivatives}}|{_FREE}{{names.pseudoindoxyl}}|{{names.seven_hydroxymitragynine}}"
    rf"|{_FREE}7\s?-\s?OH(?![^\W_])"
)
_PAGE = re.compile(r"\s*[\[(|{*]{0,2}\s*(?:[^\W\d_]{1,6}\.?\s*)?\d{1,4}\s*[\])|}*]{0,2}\s*")
"""The number of a page, as editions print it where one begins."""
_MARK = re.compile(
    r"([\[({|]\s?[^\W\d_]{1,6}\.?\s?\d{1,4}\s?[\])}|]|(?<=[^\W\d_]-)\s?\d{1,4}\s(?=[^\W\d_]))"
)
"""The same in the midst of text, where brackets and a word make a number one of a page, and a hyphen
before it the number of a line."""
_REACH, _MOST = 80, 24
"""Characters round a seam in which a word ends, and the most pieces of which a name is made."""
_BLANKS = "- \t\r\n"
_ENDS_PAGE = frozenset("0123456789])|}*")


def joined(parts: Sequence[str]) -> str:
    """The text of a block of the pieces that its markup makes of it.

    Names are joined over the number of a page, and parted from the words to which they would be glued.
    """
    before = last = ""
    for piece in parts:
        if piece:
            numbered = before and not before.isspace() and last[-1] in _ENDS_PAGE
            if numbered or (last and last[-1].isalnum() and piece[0].isalnum()):
                return _mended(parts)
            before, last = last, piece
    return "".join(parts)


def without_marks(text: str) -> str:
    """Text without the numbers of pages, as editions print them between the halves of a name."""
    pieces = _MARK.split(text)
    return "".join(_without_pages(pieces)) if len(pieces) > 1 else text


def _mended(parts: Sequence[str]) -> str:
    parts = _without_pages(parts)
    whole = "".join(parts)
    groups: list[list[int]] = []
    at = 0
    for piece in parts[:-1]:
        before, at = at, at + len(piece)
        if not (piece and whole[at - 1].isalnum() and whole[at : at + 1].isalnum()):
            continue
        if groups and len(whole[before:at].split()) == 1 and groups[-1][-1] == before:
            groups[-1].append(at)
        else:
            groups.append([at])
    places = [0]
    for seams in groups:
        first, last = seams[0], seams[-1]
        start = first - len(whole[max(first - _REACH, 0) : first].split()[-1])
        end = last + len(whole[last : last + _REACH].split(None, 1)[0])
        places += _places(whole, [start, *seams, end])
    return " ".join(whole[start:end] for start, end in pairwise([*places, len(whole)]))


def _without_pages(parts: Sequence[str]) -> list[str]:
    """The pieces without the numbers of pages within a name."""
    kept: list[str] = []
    pieces = [piece for piece in parts if piece]
    for at, piece in enumerate(pieces):
        if 0 < at < len(pieces) - 1 and _PAGE.fullmatch(piece):
            left, right = bare(kept[-1]), pieces[at + 1].lstrip()
            if is_name_parted(left, piece, right):
                kept[-1], pieces[at + 1] = left, right
                continue
        kept.append(piece)
    return kept


def bare(text: str) -> str:
    """Text without the hyphen and the space at its end."""
    return text.rstrip(_BLANKS)


def is_name_parted(left: str, between: str, right: str) -> bool:
    """Whether two texts, the first of them `bare`, make more of a name without what is between them."""
    near, far = left[-_REACH:], right[:_REACH]
    if not (near[-1:].isalpha() and far[:1].isalpha()):
        return False
    return _named(near + far) > _named(near + between + far)


def _places(text: str, seams: list[int]) -> list[int]:
    """The seams within a word at which it is parted, so that most of its letters are those of names."""
    if len(seams) <= _MOST and not _may_be_named(normalise(text[seams[0] : seams[-1]])):
        return []
    best: list[tuple[int, int, list[int]]] = [(0, 0, [])]
    for at, end in enumerate(seams[1:], 1):
        ways = []
        for since in range(max(at - _MOST, 0), at):
            letters, less, cuts = best[since]
            begins = seams[since]
            named = letters + _named(text[begins:end])
            ways.append((named, less - 1, [*cuts, begins] if since else cuts))
        best.append(max(ways, key=lambda way: way[:2]))
    return best[-1][2]


def _named(text: str) -> int:
    """How many letters of a text are those of names."""
    text = normalise(text)
    if not _may_be_named(text):
        return 0
    return sum(len("".join(found[0].split())) for found in _patterns()[1].finditer(text))


def _may_be_named(text: str) -> bool:
    return is_odd(text) or _patterns()[0].search(text) is not None


@cache
def _patterns() -> tuple[Any, re.Pattern[str]]:
    """A quick pattern that is found wherever a name is, and that of names."""
    from regstatus.base import re2

    filled = fill(_NAME).replace("{free}", _FREE).replace("{end}", "")
    options = re2.Options()
    options.max_mem, options.never_capture = 256 << 20, True
    return re2.compile(f"(?i){relaxed(filled)}", options), re.compile(filled, re.IGNORECASE)
