"""References: headings, titles, links and labels, which tell of law and are none.

An index, a list of acts, the answer to a search, the data of a program or a law that lost its list
reads like a text in which kratom does not stand. Its silence proves nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from regstatus.extract.blocks import Block
from regstatus.extract.enumeration import are_siblings, is_label
from regstatus.extract.headings import read_heading
from regstatus.extract.markup import KEYS
from regstatus.model.sieve import Sieve
from regstatus.model.text import Passage
from regstatus.model.vocabulary import WordPattern

_TITLE = WordPattern(
    r"\A\W*(?:\S+\s+){0,7}?{reference.acts}(?!\w)|{reference.acts}(?:\W+\w+){0,2}?\W+\d"
)
_PROVISION = WordPattern("{duty.binding}|{ban.passive}")
_SIGNS = re.compile(r"""[{}=]|\w\(\)|["'\]}][;,:]|\w_\w|&&""")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_FENCE = re.compile(r"^```[a-z]+$", re.MULTILINE)
_CODE, _PER_SIGN = 5, 80
"""Signs of code in any source, and characters for each of them: of source and data there are fewer."""
_LISTS = WordPattern("{list.following}|{list.opens}|{list.leads}")
_FOLLOWING = WordPattern("{list.following}")
_OF_DRUGS = WordPattern("{drug_law.words}|{list.leads}")
_MACHINE = re.compile(
    r"[a-z][a-z+.-]{1,12}://.*|.*_.*|.*/.*/.*|.+\.(?:html?|pdf|xml|json)|[a-z\d]+(?:-[a-z\d]+){2,}|true|false|[\W\dTZ]+",
    re.IGNORECASE,
)
"""A word that is an address, a name that machines give, or a bare number or day."""
_PATH = re.compile(r"(?:[a-z]+://|/)\S*/\S+|\S+\.(?:pdf|html?|xml|docx?)", re.IGNORECASE)
_HISTORY = re.compile(r"(?![(\[]\w{1,4}[)\]])[(\[].*\b(?:1[89]|20)\d\d\b.*[)\]]\W*")
_LEADERS = re.compile(r"\s*(?:\.\s?){3,}\s*\d{1,4}\s*$|\s+\d{1,4}$")
"""What joins a line of a table of contents to the number of its page."""
_ENTRIES = re.compile(
    r"(?:[^\W\d_][^,.;]{1,60}?, "
    r"(?:[a-z]+(?: [a-z]+)? [A-Z]{3}[A-Z ]*"
    r"|\d{1,3}[A-Za-z]?[-.:]\d{1,4}(?: \w{1,3} \d{1,3}[A-Za-z]?[-.:]\d{1,4})?(?![-\d]))\s*)+"
)
"""Entries of an index by words: «Heroin, 44-22», «Opium, see POISONS»."""
_TITLE_LENGTH, _TITLES, _SHARE = 1500, 5, 0.25
"""Characters of a title at most; titles that make a list; share of the rest, which may be labels."""
_RECORD, _WORDS, _LABEL = 8, 1000, 80
"""Blocks and characters of a record of an act, without its text; characters of a mere label."""


def nothing_but_references(passages: Sequence[Passage]) -> str:
    """Why a text holds no law: no passage is a provision, or the entry of a list; else empty.

    A bare name is an entry. What comes again and again, as a label does, counts once.
    """
    own = {passage.text: passage for passage in passages}
    whole = sum(map(len, own))
    rest, maybe, linked = 0, [], sum(passage.linked for passage in passages)
    for text in sorted(own, key=len, reverse=True):  # long ones are law, and settle it
        if not _points(own[text]):
            if text[-1] != "." and len(text) <= _TITLE_LENGTH and any(map(str.isdecimal, text)):
                maybe.append(text)
                continue
            rest += len(text)
            if rest >= _SHARE * whole:
                return ""  # as in nearly every law
    titles = [text for text in Sieve(maybe).holding(_TITLE) if not _PROVISION.search(text)]
    rest += sum(map(len, maybe))
    if len(titles) + linked >= _TITLES:
        rest -= sum(map(len, titles))
    none = "the page holds no law: nothing but headings, titles, links and labels"
    return none if rest < _SHARE * whole else ""


def is_code(text: str) -> bool:
    """Whether a text is the source or the data of a program, by the signs between its words."""
    text = _TAGS.sub("", text)
    signs = sum(1 for _ in _SIGNS.finditer(text))
    return (signs >= _CODE and signs * _PER_SIGN > len(text)) or _FENCE.search(text) is not None


def lost_lists(passages: Sequence[Passage]) -> Iterator[str]:
    """Lists of drugs that a text opens, and under which nothing stands: copies lose what was nested."""
    said = (
        (n, one)
        for n, one in enumerate(passages)
        if one.text.endswith((":", "：")) and not one.repealed
    )
    opens = [number for number, one in said if one.kind in {"paragraph", "item"}]
    leads = Sieve([passages[number].text[-400:].rpartition(". ")[2] for number in opens])
    for place, number in enumerate(opens):
        if leads.search(_OF_DRUGS, place) and leads.search(_LISTS, place):
            passage, behind = passages[number], passages[number + 1 : number + 9]
            noted = bool(behind) and behind[0].kind == "note"
            follows = next((other for other in behind if other.kind != "note"), None)
            if follows is None or _is_no_entry(follows, passage, leads.texts[place], noted=noted):
                yield f"a list is opened, and nothing stands in it: “…{passage.text[-120:]}”"


def _is_no_entry(follows: Passage, opens: Passage, lead: str, *, noted: bool) -> bool:
    """Whether what follows the words that open a list is the next provision, and no entry."""
    text = follows.text
    if follows.kind == "heading":
        heading = read_heading(text, strong=True)
        section = heading is not None and heading.kind in {"section", "article"}
        return section and _FOLLOWING.search(lead) is not None
    return follows.kind not in {"row", "item"} and (
        are_siblings(opens.text, text)
        or len(follows.headings) < len(opens.headings)
        or _HISTORY.fullmatch(text) is not None
        or (noted and not is_label(text, opens=True))
    )


def empty_place(places: Iterable[bool], blocks: Sequence[Block]) -> str:
    """Why a record of an act holds no law: each place for its text is empty; else empty.

    Args:
        places: For each element or key that holds text of law, whether it does.
        blocks: What was read; where it is more than a record, the law stands elsewhere in it.
    """
    if len(blocks) > _RECORD or sum(len(block.text) for block in blocks) > _WORDS:
        return ""
    said = list(places)
    return "" if not said or any(said) else "the place for the text is empty"


def points_elsewhere(small: Mapping[str, Any]) -> bool:
    """Whether an object is the title of a document or bill, with its address and other facts of it."""
    said = {key: entry for key, entry in small.items() if isinstance(entry, str)}
    told = {*KEYS["titles"], *KEYS["summaries"]}
    heading = "heading" in said and "id" in said  # a line of a table of contents
    bill = not small.keys().isdisjoint(KEYS["bills"])
    return (
        (heading or bill or any(map(_PATH.fullmatch, said.values())))
        and all(
            len(entry) < (4 * _LABEL if bill else _LABEL)
            or key.partition("_")[0] in told
            or _PATH.fullmatch(entry)
            for key, entry in said.items()
        )
        and not any(small.get(key) for key in KEYS["texts"])
    )


def told_by_keys(root: Any) -> str:
    """Why data holds no law by its own keys; empty where it may."""
    keys = (
        {key.lower() for key, value in root.items() if value} if isinstance(root, dict) else set()
    )
    if {"$schema", "properties"} <= keys:
        return "the page is a schema of data"
    lists = any(isinstance(value, list) for value in root.values()) if keys else True
    return "the page is an error in data" if not lists and keys & {*KEYS["failed"]} else ""


def _points(passage: Passage) -> bool:
    """Whether a passage says nothing itself, and stands for or beside what does."""
    if passage.kind in {"heading", "note"} or passage.linked:
        return True
    text = passage.text
    if is_label(text):
        return True
    if len(text) >= 200 or all(map(_MACHINE.fullmatch, text.split())):
        return len(text) < 200
    if "://" in text or _ENTRIES.fullmatch(text):
        return True
    title = _LEADERS.sub("", text) if text[-1].isdecimal() else text
    return read_heading(title) is not None
