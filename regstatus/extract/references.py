"""References: headings, titles, links and labels, which tell of law and are none.

An index, a list of acts, the answer to a search or a tree of headings reads like a text in which
kratom does not stand. Its silence proves nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from regstatus.extract.blocks import Block
from regstatus.extract.enumeration import is_label
from regstatus.extract.headings import read_heading
from regstatus.extract.markup import KEYS
from regstatus.model.text import Passage
from regstatus.model.vocabulary import WordPattern

_TITLE = WordPattern(
    r"\A\W*(?:\S+\s+){0,7}?{reference.acts}(?!\w)|{reference.acts}(?:\W+\w+){0,2}?\W+\d"
)
_PROVISION = WordPattern("{duty.binding}|{ban.passive}")
_MACHINE = re.compile(
    r"[a-z][a-z+.-]{1,12}://.*|.*_.*|.*/.*/.*|.+\.(?:html?|pdf|xml|json)|[a-z\d]+(?:-[a-z\d]+){2,}|true|false|[\W\dTZ]+",
    re.IGNORECASE,
)
"""A word that is an address, a name that machines give, or a bare number or day."""
_PATH = re.compile(r"(?:[a-z]+://|/)\S*/\S+|\S+\.(?:pdf|html?|xml|docx?)", re.IGNORECASE)
_LEADERS = re.compile(r"\s*(?:\.\s?){3,}\s*\d{1,4}\s*$|\s+\d{1,4}$")
"""What joins a line of a table of contents to the number of its page."""
_TITLE_LENGTH, _TITLES, _SHARE = 1500, 5, 0.25
"""Characters of a title at most; titles that make a list; share of the rest, which may be labels."""
_RECORD, _WORDS, _LABEL = 8, 1000, 80
"""Blocks and characters of a record of an act, without its text; characters of a mere label."""


def nothing_but_references(passages: Sequence[Passage]) -> str:
    """Why a text holds no law: no passage is a provision, or the entry of a list; else empty.

    A bare name is an entry. What comes again and again, as a label does, counts once.
    """
    whole = sum(map(len, {passage.text for passage in passages}))
    rest, maybe, linked = 0, [], sum(passage.linked for passage in passages)
    for passage in {passage.text: passage for passage in passages}.values():
        if not _points(passage):
            text = passage.text
            if text[-1] != "." and len(text) <= _TITLE_LENGTH and any(map(str.isdecimal, text)):
                maybe.append(text)
                continue
            rest += len(text)
            if rest >= _SHARE * whole:
                return ""  # as in nearly every law
    titles = [text for text in maybe if _TITLE.search(text) and not _PROVISION.search(text)]
    rest += sum(map(len, maybe))
    if len(titles) + linked >= _TITLES:
        rest -= sum(map(len, titles))
    none = "the page holds no law: nothing but headings, titles, links and labels"
    return none if rest < _SHARE * whole else ""


def empty_place(places: Iterable[bool], blocks: Sequence[Block]) -> str:
    """Why a record of an act holds no law: each place for its text is empty; else empty.

    Args:
        places: For each element or key that holds text of law, whether it does.
        blocks: What was read; where it is more than a record, the law stands elsewhere in it.
    """
    said = list(places)
    more = len(blocks) > _RECORD or sum(len(block.text) for block in blocks) > _WORDS
    return "" if more or not said or any(said) else "the place for the text is empty"


def points_elsewhere(small: Mapping[str, Any]) -> bool:
    """Whether an object is the title of a document, with its address and other facts of it."""
    said = {key: entry for key, entry in small.items() if isinstance(entry, str)}
    told = {*KEYS["titles"], *KEYS["summaries"]}
    heading = "heading" in said and "id" in said  # a line of a table of contents
    return (
        (heading or any(map(_PATH.fullmatch, said.values())))
        and all(
            len(entry) < _LABEL or key in told or _PATH.fullmatch(entry)
            for key, entry in said.items()
        )
        and not any(small.get(key) for key in KEYS["texts"])
    )


def _points(passage: Passage) -> bool:
    """Whether a passage says nothing itself, and stands for or beside what does."""
    if passage.kind in {"heading", "note"} or passage.linked:
        return True
    text = passage.text
    if is_label(text) or (len(text) < 200 and all(map(_MACHINE.fullmatch, text.split()))):
        return True
    return len(text) < 200 and read_heading(_LEADERS.sub("", text)) is not None
