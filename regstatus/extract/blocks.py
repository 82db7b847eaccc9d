"""Block: one piece of a document before its place in the outline is known.

Readers of every format turn a document into a flat list of blocks; `outline`
turns the list into passages. So each reader knows markup only, and what a
heading is in law is known in one place.
"""

import html
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from regstatus.extract.enumeration import is_label
from regstatus.extract.lines import joined as lines_joined
from regstatus.extract.lines import paragraphs
from regstatus.extract.normalise import normalise
from regstatus.extract.seams import joined, without_marks
from regstatus.model.words import Format

BREAK = "\x1e"
"""Marks the end of a line that the author broke (`<br>`, a line of `<pre>`, of a PDF)."""

_SHORT, _ROWS = 60, 200
"""Characters of a cell that stands again in each row that it covers, and the most of these."""
_WORD = re.compile(r"[^\W_]|\ufffd")
# Signs of EUR-Lex that tell which amendment a passage comes from: ►M4 … ◄, ▼B.
_CONSOLIDATION = re.compile(r"[►▼]\s?[A-Z]\d{0,3}\b")
# Brackets round words that were struck out: «21 [] years», «(())(5)».
_EMPTIED = re.compile(r"\[\s*\]|\(\(\s*\)\)")
_ENTITY = re.compile(
    r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|nbsp|amp|lt|gt|quot|apos|shy|sect|[mn]dash);"
)


@dataclass(slots=True, eq=False)
class Block:
    """One piece of text with what its markup says of it.

    Attributes:
        text: Normalised.
        kind: `paragraph`, `item`, `row`, `heading`, or `close`, which ends the headings of `level`
            and below without any text.
        level: For `heading` and `close`: its depth by markup; smaller is outer.
        strong: Whether all of it is set in bold, or centred, or styled as a heading.
        lead: Length of the part at its beginning that is set in bold.
        anchor: Fragment id or page.
        note: Whether it stands in an annotation or a footnote.
        linked: Whether nearly all of it is links to other pages, as in a menu.
        toc: Whether nearly all of it is links into the same page, as in a table of contents.
        since: First day of force by markup.
        until: First day no longer in force by markup.
        repealed: Whether markup says that it is repealed or prospective.
    """

    text: str
    kind: str = "paragraph"
    level: float = 0.0
    strong: bool = False
    lead: int = 0
    anchor: str | None = None
    note: bool = False
    toc: bool = False
    linked: bool = False
    since: date | None = None
    until: date | None = None
    repealed: bool = False


@dataclass(slots=True, kw_only=True)
class Content:
    """What was read out of a document: its blocks in order, and what it says of itself.

    Attributes:
        problems: Why it may be incomplete, in words.
        whole: All its characters, where they are not those of the body.
        hollow: Why it holds no law at all, where its form tells.
        cuts: Marks that more belongs to the text than came, each in one sentence.
        banners: What stands out above the text, or beside the part that was selected.
        told: Whether it is news or a post, which tells of law and enacts none.
        since: First day of force of the whole document.
        until: First day on which it is no longer in force.
    """

    form: Format
    blocks: list[Block] = field(default_factory=list)
    title: str | None = None
    language: str | None = None
    repealed: bool = False
    problems: list[str] = field(default_factory=list)
    whole: str = ""
    hollow: str = ""
    cuts: list[str] = field(default_factory=list)
    banners: list[str] = field(default_factory=list)
    told: bool = False
    since: date | None = None
    until: date | None = None


class Sink:
    """Collects text into blocks: readers add pieces and say where a block ends.

    Readers set the public attributes as they enter and leave elements. `frames` are the addresses
    of pages inside the page; `struck` and `hidden` count the characters that were left out as such.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.frames: list[str] = []
        self.struck = self.hidden = 0
        self.kind = "paragraph"
        self.level: float | None = None
        self.strong = self.heading_like = self.note = self.repealed = self.linked = self.away = 0
        self.since: date | None = None
        self.until: date | None = None
        self.anchor: str | None = None
        self.cells: list[str] | None = None
        self.over: dict[int, tuple[str, int]] = {}
        self._heads = True
        self.prefix = ""
        self.toc = self.leads_away = False
        self.parts: list[str] = []
        self.lead = -1
        self._held = ""
        self._labels = False
        self._asides: list[tuple[list[str], int, int, int]] = []
        self._notes: list[str] = []

    @property
    def style(self) -> tuple[Any, ...]:
        """What readers set as they enter an element, for setting it back as they leave."""
        return (
            self.kind, self.level, self.strong, self.heading_like,
            self.note, self.repealed, self.since, self.until,
        )  # fmt: skip

    @style.setter
    def style(self, kept: tuple[Any, ...]) -> None:
        (
            self.kind, self.level, self.strong, self.heading_like,
            self.note, self.repealed, self.since, self.until,
        ) = kept  # fmt: skip

    def _take(self) -> str:
        """The text of the open block, which ends."""
        parts = self.parts
        raw = joined(parts) if len(parts) > 1 else "".join(parts)
        self.parts, self.lead = [], -1
        return raw

    def add(self, piece: str) -> None:
        """Add text to the open block."""
        parts = self.parts
        if self.lead < 0 and not self.strong and not piece.isspace():
            self.lead = len(parts)
        parts.append(piece)

    def flush(self, *, final: bool = False) -> None:
        """End the open block; inside a table cell this only parts two pieces.

        Args:
            final: Emit a held label too, because nothing follows that it belongs to.
        """
        if self.cells is not None or self._asides:
            self.parts.append(" ")
            return
        if self.parts:
            parts, lead = self.parts, self.lead
            raw = self._take()
            linked = self.linked or self.away
            if linked:
                self._judge_links(raw.strip() if self.level is None else "")
            if BREAK in raw and self.level is None:
                for text in paragraphs(raw.split(BREAK)):
                    self._emit(text, [], -1 if lead < 0 else 0)
            else:
                self._emit(raw, parts, lead)
            if linked:
                self._judge_links("")
        if final:
            held, self._held = self._held, ""
            if held:
                self._append(held)
            self._end_notes()

    def _judge_links(self, words: str) -> None:
        """Say of the block that begins whether its words are links; without words, of none."""
        most = len(words) * 8
        self.toc = 0 < most < self.linked * 10
        self.leads_away = 0 < most < self.away * 10
        self.linked = self.away = 0

    def _emit(self, raw: str, parts: list[str], lead: int) -> None:
        """Write a block; `lead` counts the parts before the first that is not bold, -1 without one."""
        text = clean(raw)
        if not text:
            return
        if self.level is None and lead >= 0 and is_label(text):
            # A label in an element of its own belongs to the text that follows.
            self._held = normalise(f"{self._held} {text}")
            return
        if self._held and (self.level is None or self._labels):
            text = normalise(f"{self._held} {text}")
            self._held, self._labels = "", False
            lead = min(lead, 0)
        if self.prefix:
            if not is_label(text, opens=True):
                text = f"{self.prefix} {text}"
            self.prefix = ""
        bold = len(clean("".join(parts[:lead]))) if lead > 0 else 0
        self._append(text, strong=lead < 0, lead=bold)

    def _append(self, text: str, *, strong: bool = False, lead: int = 0) -> None:
        if not _WORD.search(text):
            return  # a rule, a box, a row of underscores
        block = Block(
            text,
            self.kind if self.level is None else "heading",
            self.level or 0.0,
            strong or self.heading_like > 0,
            lead,
            self.anchor,
            self.note > 0,
            self.toc,
            self.leads_away,
            self.since,
            self.until,
            self.repealed > 0,
        )
        self.blocks.append(block)
        self.anchor = None
        if self._notes:
            self._end_notes(repealed=self.repealed > 0)

    def _end_notes(self, *, repealed: bool = False) -> None:
        notes, self._notes = self._notes, []
        self.blocks.extend(Block(note, note=True, repealed=repealed) for note in notes)

    def begin_aside(self) -> None:
        """Set the open block apart while a note inside it is gathered."""
        self._asides.append((self.parts, self.lead, self.linked, self.away))
        self.parts, self.lead = [], -1

    def end_aside(self) -> None:
        """Go on with the block that the note interrupted; the note follows it as its own block."""
        if not self._asides:
            return
        text = clean(self._take())
        self.parts, self.lead, self.linked, self.away = self._asides.pop()
        if len(text) > 6:
            self._notes.append(text)
        elif text:
            self.add(f" {text}")

    def hold(self, shape: str | None = None, *, label: bool = False) -> None:
        """Keep the open piece back: it is the term or label of the block that follows.

        Args:
            shape: How a bare number is written out, such as `({})`.
            label: Whether it is a number and never a term with its meaning.
        """
        if self.cells is not None:
            self.parts.append(" ")
            return
        text = clean(self._take())
        if not text:
            return
        if shape and text.isalnum():
            text = shape.format(text)
        self._labels = self._labels or label
        sign = "" if label or is_label(text) or text[-1] in ":.–—" else " |"
        self._held = normalise(f"{self._held} {text}{sign}")

    def start_row(self) -> None:
        """Begin a table row: what follows is gathered cell by cell."""
        self.flush(final=True)
        self.cells, self._heads = [], True

    def end_cell(self, span: int = 1, rows: int = 1, *, head: bool = False) -> None:
        """End a cell of the open row, or of those heads, that covers some columns and rows.

        Short words stand again in the rows below, so that each row speaks for itself.
        """
        if self.cells is None:
            return
        self._cover()
        self._heads &= head
        cells = [clean(self._take()), *[""] * (min(span, 20) - 1)]
        for text in cells:
            if rows > 1:
                shown = text if len(text) <= _SHORT else ""
                self.over[len(self.cells)] = shown, min(rows, _ROWS) - 1
            self.cells.append(text)

    def _cover(self) -> None:
        """Put into the open row what cells of rows above cover of it."""
        while self.cells is not None and (over := self.over.pop(len(self.cells), None)):
            text, rows = over
            if rows > 1:
                self.over[len(self.cells)] = text, rows - 1
            self.cells.append(text)

    def end_row(self) -> None:
        """End the open row and write it as one block, cells parted by ` | `."""
        if self.cells is None:
            return
        if any(not part.isspace() for part in self.parts):
            self.end_cell()
        self._take()
        self._cover()
        cells, self.cells = self.cells, None
        filled = [cell for cell in cells if cell]
        if not filled:
            return
        kind, self.kind = self.kind, "row"
        if self._heads and len(cells) > 2:
            text = " ".join(" | ".join(cells).split())
        elif len(filled) == 2 and is_label(filled[0]):
            self.kind, text = "item", " ".join(filled)
        elif len(filled) <= 2:
            text = " | ".join(filled)
        else:
            first, last = (cells.index(filled[0]), len(cells) - cells[::-1].index(filled[-1]))
            text = " ".join(" | ".join(cells[first:last]).split())
        self._judge_links(text)
        self._append(text)
        self._judge_links("")
        self.kind = kind

    def close(self, level: float) -> None:
        """End the headings of a level and below."""
        self.flush()
        if self.blocks and not (self.blocks[-1].kind == "close" and self.blocks[-1].level <= level):
            self.blocks.append(Block("", "close", level))


def clean(raw: str) -> str:
    """Normalise a piece, its lines joined, and undo entities that the host escaped twice."""
    if BREAK in raw:
        raw = lines_joined(raw.split(BREAK))
    if "&" in raw and _ENTITY.search(raw):
        raw = html.unescape(raw)
    if "(" in raw or "[" in raw or "{" in raw or "|" in raw:
        raw = _EMPTIED.sub(" ", raw)
    raw = without_marks(raw)
    if "\\n" in raw:  # line ends that were escaped twice
        raw = raw.replace("\\n", "\n")
    if not raw.isascii() and ("►" in raw or "▼" in raw):
        raw = _CONSOLIDATION.sub(" ", raw).replace("◄", " ")
    return normalise(raw)
