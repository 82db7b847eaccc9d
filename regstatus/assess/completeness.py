"""Completeness: whether a list proves that it is all there, also when it is read for the first time.

Silence of a list is evidence only if the list is whole, and a cut one reads like a short one. So what
a source file names as controls must be *entries* of it, apart from each other, and nothing in the
text may say that more of it stands elsewhere.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regstatus.assess.controls import fold
from regstatus.assess.prefilter import LazyPattern
from regstatus.model.document import Document
from regstatus.model.text import Passage, Text
from regstatus.model.words import Format, Reads

_MARK = re.compile(
    r"\W{0,3}(?:(\d{1,3})|([a-z])|([A-Z]))(?:\.?[.)\]]+(?=\s)|(?<=\d)(?= [^\W\d_a-z]))"
)
"""The number or letter of an entry: «(12)», «b.», «C)»."""
# Where one passage holds many entries: behind a stop or a bracket, at a number of their own.
_PARTED = re.compile(
    r"\s*[;；]\s*|(?<=[.:;,)])\s+(?=\(?(?:\d{1,3}|[a-zA-Z]{1,2})[.)]+\s)|(?<=\w{4}[.)])\s+(?=[^\W\d_a-z])|。"
)
_COMMAS = re.compile(r"[,،、]\s+|、")
_CAPITALS = re.compile(r"\s+(?=[^\W\d_a-zß-ÿ][^\W\d_]{3})")
"""Lines of a list that were joined: each name has a capital, and hardly a word has none."""
_RUNNING = 15
"""Names between commas in one passage, from which on it is a list and no sentence."""
_PARTS = 6
"""Entries in one passage that may alone hold all controls."""
_LONGEST, _BEFORE, _SENTENCE = 300, 2, 5
"""Characters of an entry; running words before a name in it, and in all that make a sentence."""
_WORD = re.compile(r"(?<![\w-])[^\W\d_]{2,}(?![\w-])")
_NO_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")
_SAID = LazyPattern("{cut.truncated}|{cut.failed}|{cut.elsewhere}")
_ALONE = LazyPattern("{cut.more}|{page.waiting}|{cut.results}")
_RANGE = LazyPattern(
    r"(?<![\d.,])(?P<last>\d{1,6})\s*(?:{before_number.pages}|/)\s*"
    r"(?P<all>\d{1,3}(?:[., ]\d{3})+|\d{1,6})\s+(?:\w+\s+)?{cut.items}"
    r"|(?:[-–—]|{cut.to})\s*(?P<to>\d{1,6})\s+(?:{before_number.pages}|/)\s*(?P<of>\d{1,6})(?![\d/])"
)
_PAGE_OF = LazyPattern(
    r"(?<![^\W\d_]){before_number.page}\W{0,2}(?P<page>\d{1,4})\s*"
    r"(?:/|{before_number.pages})\s*(?P<pages>\d{1,4})"
)
_OPEN_END = LazyPattern(r"(?:[;,]\s*(?:{line.ends}|{clause.joins})?|…|\.{3}|:)\s*$")
_CONTENTS = re.compile(r"(.{3,120}?)\s*(?:\.\s?){4,}\s*\d{1,4}\s*$")
_REMARK, _LINE = 300, 80
"""Characters of a remark beside a list, and of one that is nothing else."""
_STEP, _RUN = 3, 6
"""Numbers that are missing, and numbers in a row beside them, that make a hole in a list."""
_SORTED = 15
_INITIALS = 3
"""So many names stand in the order of the alphabet by chance no more, nor begin alike."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list.

    Attributes:
        number: Place of its passage in the text.
        text: Its words, with its number or letter.
    """

    number: int
    text: str


def entries(passages: Sequence[Passage]) -> list[Entry]:
    """The entries of a text, in order.

    An entry is a row of a table, an item, or a paragraph of at most 300 characters that is no sentence;
    and each part of a longer paragraph, between semicolons, numbers or (from fifteen on) commas, that
    is one. Headings, notes, and what is nothing but links to other pages are none.
    """
    found: list[Entry] = []
    for number, passage in enumerate(passages):
        if passage.kind in {"heading", "note"} or passage.linked:
            continue
        if passage.kind == "row":
            found.append(Entry(number, passage.text))
            continue
        found += [Entry(number, part) for part in _parts(passage.text) if _is_entry(part)]
    return found


def _parts(text: str) -> list[str]:
    parts = [part for part in _PARTED.split(text) if part.strip()]
    out: list[str] = []
    for part in parts:
        names = _COMMAS.split(part)
        if len(names) < _RUNNING:
            names = _CAPITALS.split(part) if _running(part) * 5 < part.count(" ") else [part]
        out += names if len(names) >= _PARTS else [part]
    return out


def _running(text: str) -> int:
    """How many words in small letters stand in a text: names are few of them, sentences many."""
    return sum(not word[0].isupper() for word in _WORD.findall(text))


def _is_entry(part: str) -> bool:
    if len(part) > _LONGEST:
        return False
    if _NO_SPACES.search(part):
        return not part.rstrip().endswith("。")
    return bool(_MARK.match(part)) or _running(part) < _SENTENCE


def doubts(document: Document, text: Text) -> tuple[str, ...]:
    """Why a list may not be whole, each in one sentence with the words and the place.

    Nothing is asked of documents whose silence proves nothing.
    """
    if document.reads is Reads.FEED or not document.complete:
        return ()
    told = [*text.cuts, *remarks(text), *_holes(text.passages), *_ends(text)]
    return tuple(dict.fromkeys((*told, *_controls(document, text))))


def _controls(document: Document, text: Text) -> Iterator[str]:
    """What the places of the controls, and the number of entries, leave unproven."""
    found = entries(text.passages)
    if document.entries is not None:
        least, most = document.entries
        if not least <= len(found) <= most:
            yield f"the list has {len(found)} entries, where {least} to {most} are expected"
    above = next((p.headings for p in text.passages if p.kind != "heading"), ())
    heads = fold(" ".join((document.title, text.title or "", *above)))
    places: dict[str, int] = {}
    astray: list[str] = []
    for control in document.controls:
        needle = fold(control).strip()
        at = next((n for n, entry in enumerate(found) if _stands(needle, entry.text)), None)
        if at is not None:
            places[control] = at
        elif needle.isalpha() and needle not in heads:
            astray.append(control)
    if len(astray) > len(places) or (astray and not places):
        yield f"{', '.join(astray)}: in the text, but not as entries of a list"
    if len(places) < 2:
        return
    first, last = min(places.values()), max(places.values())
    passages = {found[at].number for at in places.values()}
    few = sum(entry.number in passages for entry in found) < _PARTS
    if first == last or (len(passages) == 1 and few):
        yield f"all controls stand in one entry: “{found[first].text[:120]}”"
    elif len(found) <= len(places):
        yield f"the list holds nothing but its controls: {', '.join(places)}"
    elif len(found) >= 20 and last >= len(found) - 3 and (last - first) * 10 < len(found):
        yield f"the list ends where its controls stand, behind “{found[-1].text[:120]}”"


def _stands(needle: str, words: str) -> bool:
    """Whether a control is what an entry enters, and no word far down in a sentence."""
    at = fold(words).find(needle)
    return at >= 0 and _running(words[max(0, at - 120) : at].rpartition(":")[2]) <= _BEFORE


def _shown(words: str) -> str:
    return f"“{words.strip()[:160]}”"


def remarks(text: Text) -> Iterator[str]:
    """What a text says itself of more that stands elsewhere, or failed to come."""
    pages: dict[int, int] = {}
    for passage in text.passages:
        words, where = passage.text, passage.anchor
        place = f" ({where})" if where else ""
        if text.format is Format.PDF and "\ufffd" in words:
            yield f"letters of the PDF could not be read: {_shown(words)}{place}"
        if len(words) > _REMARK:
            continue
        if _SAID.search(words) or (len(words) <= _LINE and _ALONE.fullmatch(words.strip(" .…:>»"))):
            yield f"the text says that more belongs to it: {_shown(words)}{place}"
        for part in _RANGE.finditer(words):
            last, whole = part["last"] or part["to"], part["all"] or part["of"]
            if int(last) < int(re.sub(r"\D", "", whole)):
                yield f"the text is a part of a longer one: {_shown(words)}{place}"
        for part in _PAGE_OF.finditer(words):
            whole = int(part["pages"])
            pages[whole] = max(pages.get(whole, 0), int(part["page"]))
    for whole, last in pages.items():
        if last < whole:
            yield f"the text ends on page {last} of {whole}"
    yield from _contents(text.passages)


def _contents(passages: Sequence[Passage]) -> Iterator[str]:
    """Parts that a table of contents names and that do not follow."""
    named = [(n, m[1]) for n, p in enumerate(passages) if (m := _CONTENTS.fullmatch(p.text))]
    if not named:
        return
    rest = fold(" ".join(p.text for p in passages[named[-1][0] + 1 :]))
    for _, name in named:
        words = fold(name).strip(" .")
        if words[:40] not in rest:
            yield f"the table of contents names {_shown(name)}, which does not follow"


def _holes(passages: Sequence[Passage]) -> Iterator[str]:
    """Numbers or letters that are missing in an enumeration which is without a hole before or behind."""
    seen: dict[str, set[int]] = {}
    rows: dict[str, list[tuple[int, str]]] = {}
    for passage in passages:
        mark = None if passage.kind in {"heading", "note"} else _MARK.match(passage.text)
        if mark is None or mark[0][-1].isalnum():
            continue
        letter = mark[2] or mark[3]
        value = ord(letter.lower()) - 96 if letter else int(mark[1])
        style = f"{mark.lastindex}{mark[0][:1] == '('}{mark[0][-1]}"
        row, known = rows.setdefault(style, []), seen.setdefault(style, set())
        follows = bool(row) and value == row[-1][0] + 1
        first, last = (row[0][0], row[-1][0]) if row else (0, 0)
        if follows and len(row) + 1 == _RUN and first > _STEP and not known & {*range(1, first)}:
            yield f"entries are missing before {_shown(row[0][1])}"
        elif not follows and len(row) >= _RUN and value > last + _STEP and value - 1 not in known:
            yield f"entries are missing between {_shown(row[-1][1])} and {_shown(passage.text)}"
        rows[style] = [*(row[-_RUN:] if follows else ()), (value, passage.text)]
        known.add(value)


def _ends(text: Text) -> Iterator[str]:
    """A text whose last words say that more was to follow."""
    spoken = [p for p in text.passages if p.kind not in {"note", "heading"}]
    if not spoken:
        return
    last = spoken[-1].text
    if last.rstrip()[-1:] not in {";", "."} and _OPEN_END.search(last[-40:]):
        yield f"the text breaks off: “…{last[-120:]}”"
    listed = (fold(_MARK.sub("", entry.text)) for entry in entries(text.passages))
    names = [name.strip(" -|\"'(")[:20] for name in listed]
    run: list[str] = []
    for initial in (name[:1] for name in names[-60:]):
        run = [*run, initial] if run and run[-1] <= initial and run[-1].isalpha() else [initial]
    # «am L 1975; am L 1978; …» is the history of a section, and in no order of names.
    if len(run) >= _SORTED and "a" <= run[-1] <= "l" and len(set(run)) >= _INITIALS:
        yield f"a list in the order of the alphabet ends at {_shown(names[-1])}"
