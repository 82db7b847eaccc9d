"""Clauses: a text cut into the pieces that say one thing, each with what governs it.

A statute says «no person may sell a kratom product that:» once, and then lists
what. The list may be ten passages or one line of a giant paragraph. So passages
are cut at enumerators («(a)», «2.», «B.») and at the ends of sentences, and
every piece knows the pieces above it (its *leads*), its section and its chapter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby

from regstatus.assess.lexicon import Term, find_terms, may_name
from regstatus.model.finding import QUOTE_LIMIT, Place
from regstatus.model.sieve import Sieve
from regstatus.model.text import Passage
from regstatus.model.vocabulary import WordPattern


@dataclass(slots=True, eq=False)
class Clause:
    """A piece of a passage.

    Attributes:
        index: Its place among all clauses.
        passage: The passage it was cut from.
        number: Place of that passage in the text.
        start: Offset in the passage.
        text: Its words, enumerators included.
        leads: The clauses that govern it, outermost first.
        before: The clause before it.
        section: Number of its section, counted from the top of the text.
        terms: Names of kratom in it; offsets count from the start of the clause.
        about: Whether what it says is said of kratom.
    """

    index: int
    passage: Passage
    number: int
    start: int
    text: str
    leads: tuple[Clause, ...]
    before: Clause | None
    section: int
    terms: tuple[Term, ...]
    about: bool = False

    @property
    def speaks(self) -> bool:
        """Whether it can enact anything: no note, no title, and no entry that leads to another page.

        A short section on one line («34-20B-114. It is a misdemeanor to …») may have been
        taken for a title; a title has no finite verb.
        """
        kind = self.passage.kind
        if kind == "note" or (kind == "item" and self.passage.linked):
            return False
        return kind != "heading" or _SENTENCE.search(self.text) is not None

    @property
    def body(self) -> str:
        """The words without the leading enumerators."""
        return without_marks(self.text)

    @property
    def governing(self) -> str:
        """The words of the clauses that govern it."""
        return " ".join(lead.text for lead in self.leads)

    def place(self, start: int, end: int, rule: str) -> Place:
        """The place of `text[start:end]`, quoted from its whole passage, and the rule that read it."""
        passage = self.passage
        words = quote(passage.text, self.start + start, self.start + end)
        return Place(quote=words, headings=passage.headings, anchor=passage.anchor, rule=rule)


def quote(text: str, start: int, end: int) -> str:
    """What stands in `text` round `start:end`, verbatim and no longer than a quote may be.

    A cut is made between words where a space is near, and is marked with «…».
    """
    if len(text) <= QUOTE_LIMIT:
        return text.strip()
    most = QUOTE_LIMIT - len("……")
    left = max(0, start - max(0, most - (end - start)) // 2)
    right = min(len(text), left + most)
    left = max(0, right - most)
    if left:
        left = text.find(" ", left, min(start, left + 40) + 1) + 1 or left
    if right < len(text):
        space = text.rfind(" ", max(min(end, right), right - 40), right)
        right = space if space >= 0 else right
    return f"{'…' if left else ''}{text[left:right].strip()}{'…' if right < len(text) else ''}"


_MARK = (
    r"(?:\([0-9๐-๙]{1,3}[a-z]?\)|\((?:[A-Z]{1,2}|[a-z]{1,3}|[ivxIVX]{1,6}|mL)\)"
    r"|(?:[A-Z]|[a-z]|\d{1,3}|[ivx]{1,5})[.)](?=\s|\())"
)
_LEADING_MARKS = re.compile(rf"\s*[\"“”'‘*•·–—-]?\s*(?:{_MARK}[\s.:]*)+")
_MARKS = re.compile(_MARK)
_LONGEST, _END = 3000, 30
"""Characters of a piece, and of its end that can open a list."""
_FIRST = frozenset({"1", "a", "A", "i", "I"})
_SECOND = {"(2)": " (1) ", "(b)": " (a) ", "(B)": " (A) ", "(ii)": " (i) ", "(II)": " (I) "}
"""The second mark of a list, and the first as it stands within a sentence."""

# Cut before an enumerator after a stop, a colon, a comma with «and/or», or another enumerator…
_CUT = WordPattern(
    r"(?=\s)(?<=[.;:,)\]—–\-])(?:(?<=[.;:,)—–\-])\s+(?:{clause.joins}\s+)?"
    # «v.a» is Estonian for «except» and counts nothing.
    r"(?=[\"“]?(?!{clause.no_enumerators})(?:\((?:[0-9๐-๙]{1,3}|[a-zA-Z]{1,2}|[ivxIVX]{1,5})\)|(?:[A-Z]|\d{1,3}|[a-z])\.)\s*\S)"
    # …before a section sign, and between sentences.
    r"|(?<=[.;])\s+(?=§)"
    r"|(?<=[^\W\d_]{3}\.)\s+(?=[\"“(]?[A-ZÀ-ÞĀ-ŽА-Я])"
    r"|(?<=\)\.)\s+(?=[\"“(]?[A-ZÀ-ÞА-Я])"
    r"|(?<=\d{2}\.)\s+(?=[\"“]?[A-Z][a-z])"
    # …before the number of a section that follows in the same paragraph…
    r"|(?<=[.\])])\s+(?=\d{1,4}[A-Z]{0,2}(?:[-.]\d{1,4}){1,3}[.:]?\s+[A-Z][A-Za-z]{2})"
    r"|(?<=[;])\s+)"
    r"|(?<=[。；])"
    # …and where a language says so: before a schedule's own title in running text, and in Thai,
    # which has no stops, before a section or an enumerator.
    r"|\s+(?={clause.begins})",
    re.NOFLAG,
)
_STOP, _BEGINS = (
    re.compile(r"[.;:,)\]—–。；-](?:(?<=[。；])|(?=\s))"),
    WordPattern("{clause.begins}", re.NOFLAG),
)
_ABBREVIATION = WordPattern(r"{clause.abbreviations}\.$")
SECTION = WordPattern(
    r"^\s*(?:§+\s*\d|\d+[a-z]?\s*§|{clause.sections}"
    r"|\d{1,4}[A-Za-z]?[-.:]\d{1,5}[A-Za-z]?(?:[-.:]\d[\w.-]*)*\.?\s+[A-Z\"“\[])",
    re.NOFLAG,
)
_NUMBERED = re.compile(r"\d{1,4}[A-Z]{0,2}(?:[-.]\d{1,4}){1,3}[.:]?\s+[A-Z][A-Za-z]{2}")
_OPEN = WordPattern(r"(?:[:：—–-]|{clause.opens_list})\s*$")
_SENTENCE = WordPattern("{clause.verbs}")
_FULL = WordPattern(r"{clause.sentences}\b[^:]*\.\W*$", re.NOFLAG)


_Level = tuple[str, Clause, str]
"""A level of a list that is open: its kind of enumerator, its clause and its mark."""


def _opens_list(text: str) -> bool:
    return _OPEN.search(text, max(0, len(text) - _END)) is not None


def _marks_end(text: str) -> int:
    match = _LEADING_MARKS.match(text)
    return match.end() if match else 0


def texts_of(clauses: Iterable[Clause]) -> Sieve:
    """All words that are asked what they say: of clauses, their passages, leads and headings."""
    every = (
        (one.text, one.passage.text, *(lead.text for lead in one.leads), *one.passage.headings)
        for one in clauses
    )
    return Sieve([*dict.fromkeys(chain.from_iterable(every))])


def by_sections(clauses: Iterable[Clause]) -> dict[int, list[Clause]]:
    """The clauses of each section."""
    return {number: list(own) for number, own in groupby(clauses, lambda one: one.section)}


def without_marks(text: str) -> str:
    """The words without the leading enumerators («(a)», «2.»)."""
    return text[_marks_end(text) :]


def _cuts(text: str) -> Iterator[re.Match[str]]:
    """As `_CUT.finditer` where nothing begins by its own words; to look for stops first is quicker."""
    at = 0
    for stop in _STOP.finditer(text):
        if stop.end() >= at and (match := _CUT.match(text, stop.end())):
            at = match.end()
            yield match


def _pieces(text: str, *, begins: bool) -> Iterator[tuple[int, str]]:
    """Cut one passage; a cut after an abbreviation is not made, a giant piece is halved."""
    start = 0
    for match in _CUT.finditer(text) if begins else _cuts(text):
        head = text[start : match.start()]
        if not head.strip() or _ABBREVIATION.search(head[-14:]):
            continue
        yield from _halves(start, head)
        start = match.end()
    if text[start:].strip():
        yield from _halves(start, text[start:])


def _halves(start: int, piece: str) -> Iterator[tuple[int, str]]:
    """A list without stops, on one line of a million characters, in pieces of readable length."""
    while len(piece) > _LONGEST:
        at = max(piece.rfind(", ", 0, _LONGEST), piece.rfind(") ", 0, _LONGEST)) + 1
        at = at if at > _LONGEST // 2 else piece.rfind(" ", 0, _LONGEST)
        at = at if at > 0 else _LONGEST
        yield start, piece[:at]
        start, piece = start + at, piece[at:]
    if piece.strip():
        yield start, piece


def _style(mark: str, above: list[_Level]) -> str:
    """The kind of an enumerator: which level of the list it counts."""
    inner = mark.strip("().")
    shape = mark[0] if mark[0] == "(" else mark[-1]
    if inner[0].isdigit():
        return f"{shape}1"
    case = "A" if inner[0].isupper() else "a"
    letters = next((m for s, _, m in reversed(above) if s == f"{shape}{case}"), "")
    roman = set(inner.lower()) <= set("ivx")
    # «(i)» after «(h)» goes on counting letters; otherwise it counts in Roman numerals.
    follows = len(inner) == 1 and letters and ord(inner.lower()) - ord(letters[-1].lower()) == 1
    if roman and not follows:
        return f"{shape}{case}i"
    return f"{shape}{case}"


def _lead_within(before: Clause | None, marks: list[str]) -> Clause | None:
    """What governs a list that begins within a sentence: «It is unlawful to (i) sell …; (ii) offer …»."""
    first = _SECOND.get(marks[0]) if marks else None
    if before is None or first is None or (opens := before.text.find(first)) < 1:
        return None
    terms = tuple(term for term in before.terms if term.end <= opens)
    return replace(before, text=before.text[:opens], terms=terms)


def cut(passages: tuple[tuple[int, Passage], ...]) -> tuple[Clause, ...]:
    """Cut numbered passages into clauses, in order.

    The list above a clause ends at a heading, at a new section, or where an
    enumerator of an outer level goes on.
    """
    clauses: list[Clause] = []
    stack: list[_Level] = []
    section = 0
    headings: tuple[str, ...] | None = None
    hanging: Clause | None = None  # a lead without a number, whose items follow
    outer: list[_Level] = []  # the list that the lead itself stands in
    begins = Sieve([passage.text for _, passage in passages]).may(_BEGINS)
    for place, (number, passage) in enumerate(passages):
        new = passage.headings != headings or passage.kind == "heading"
        headings = passage.headings
        new = new or SECTION.match(passage.text) is not None
        if hanging is not None and clauses[hanging.index] is not hanging:
            stack, outer, hanging = outer, [], None  # it governed a list in one sentence
        names = may_name(passage.text)
        for start, text in _pieces(passage.text, begins=place in begins):
            if new or (start and (text.startswith("§") or _NUMBERED.match(text))):
                new = False
                section += 1
                stack, outer, hanging = [], [], None
            before = clauses[-1] if clauses else None
            terms = find_terms(text) if names else ()
            clause = Clause(len(clauses), passage, number, start, text, (), before, section, terms)
            clauses.append(clause)
            end = _marks_end(text)
            marks = _MARKS.findall(text[:end]) if end else []
            if passage.kind == "row" and not (start or marks):  # no item of a list in another row
                stack = [level for level in stack if level[1].passage.kind != "row"]
            if start and not hanging and (hanging := _lead_within(before, marks)):
                outer, stack = stack, []
            for mark in marks:
                style = _style(mark, stack)
                ours = {s for s, _, _ in stack}
                goes_on = style in {s for s, _, _ in outer} and style not in ours
                if hanging is not None and goes_on and mark.strip("().") not in _FIRST:
                    stack, outer, hanging = outer, [], None
                depth = next((i for i, (s, _, _) in enumerate(stack) if s == style), len(stack))
                del stack[depth:]
                stack.append((style, clause, mark.strip("().")))
            leads = tuple(dict.fromkeys(one for _, one, _ in stack if one is not clause))
            if not marks and not start and passage.kind == "paragraph" and _FULL.match(text):
                leads = ()  # a sentence of its own, without a mark, stands beside the list
            if hanging is not None:
                below = marks or passage.kind in {"item", "row"} or (start and before is hanging)
                if below or not _SENTENCE.search(text):
                    leads = (hanging, *leads)
                elif not start:
                    hanging = None
            clause.leads = leads
            if not marks and passage.kind != "heading" and _opens_list(text):
                hanging = clause
                outer = outer or stack
                stack = []
    return tuple(clauses)
