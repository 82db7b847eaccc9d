"""Outline: a flat list of blocks becomes passages, each under its headings.

Headings nest by markup where there is markup (`<h2>`, the depth of an XML
element) and by kind where there is none (a schedule holds parts, a chapter
holds sections). A kind that already stands open is replaced where it stands,
so a document teaches its own order.
"""

from dataclasses import replace
from datetime import date

from regstatus.extract.blocks import Block, Content
from regstatus.extract.enumeration import Labels
from regstatus.extract.force import (
    BARE,
    BRACKETED,
    NOTE,
    REPEALED,
    SLASHED,
    Force,
    heads_notes,
    is_note,
    is_repealed,
    read_force,
    replaces,
)
from regstatus.extract.headings import OPENS, QUOTES, Heading, read_heading, read_opening
from regstatus.extract.neighbours import alone, generic, last_of_section, listed, section_follows
from regstatus.model.sieve import Sieve
from regstatus.model.text import Passage
from regstatus.model.vocabulary import WordPattern

_PSEUDO = 1_000_000.0
"""Headings known by their words stand below all that are known by markup."""
_GENERIC, _GROUP = 90.0, 50.0
_NOTHING = (None, None, False, False, None)
_LISTS = WordPattern("{heading.lists}")
_SECTION_MARK = WordPattern(
    r"\d+\s?[a-z]?\s§|§+\s?\d|(?:{before_number.article}|{before_number.section})\.?\s\d"
)


class _Outliner:
    def __init__(self, content: Content, sieve: Sieve) -> None:
        self.content = content
        self.blocks = content.blocks
        self.stack: list[Heading] = []
        self.path: tuple[str, ...] = ()
        self.passages: list[Passage] = []
        self.labels = Labels()
        self.fresh = False  # no text since the last heading
        self.mark: Heading | None = None  # force of an unheaded section
        self.above: Force | None = None  # force told above the first heading
        self.braced = self.trailing = False  # an open brace; a block such as `History:` before
        self.state: tuple[date | None, date | None, bool, bool, str | None] = _NOTHING
        # Numbers of passages: each block but those that only close headings becomes one.
        self.notes = sieve.may(NOTE, begins="")
        self.marked = sieve.may(BRACKETED, BARE, SLASHED)
        self.opens = sieve.may(OPENS, begins=QUOTES)
        self.gone = sieve.may(REPEALED)

    def run(self) -> tuple[Passage, ...]:
        for number, block in enumerate(self.blocks):
            if block.kind == "close":
                self._close(block.level)
            elif block.kind == "heading":
                self._tagged(block)
            elif not self._pseudo(block, number):
                self._body(block, number)
        return tuple(self.passages)

    def _close(self, level: float) -> None:
        """End what an element of markup opened, and what was found inside it."""
        for place, entry in enumerate(self.stack):
            if entry.rank >= level:
                self._cut(place)
                return

    def _tagged(self, block: Block) -> None:
        number = len(self.passages)
        force = read_force(block.text) if number in self.marked else None
        if force and not force.text:
            self._apply(force, block)
            return
        text = force.text if force else block.text
        known = read_heading(text, strong=True) if force or number in self.opens else None
        entry = Heading(f"h{block.level}", block.level, text)
        if known:
            entry.pinpoint, entry.bare, entry.shape = known.pinpoint, known.bare, known.kind
        self._push(entry, block, force)

    def _pseudo(self, block: Block, number: int) -> bool:
        """Take a block as a heading if it reads as one; whether it was taken."""
        text = block.text
        if (
            len(text) > 250
            or not _stands_alone(block, " | ")
            or block.note
            or (block.toc and listed(self.blocks, number))
        ):
            return False
        if force := read_force(text) if len(self.passages) in self.marked else None:
            if not force.text:
                self._apply(force, block)
                return True
            text = force.text
        may = force or len(self.passages) in self.opens
        if known := read_heading(text, strong=block.strong) if may else None:
            self._push(self._known(known), block, force)
            return True
        previous = self.stack[-1] if self.stack else None
        names = bool(self.fresh and previous and previous.bare and previous.rank > _GENERIC)
        if not generic(block, names=names) or not (names or alone(self.blocks, number)):
            return False
        # In front of a section it groups sections; elsewhere it stands inside one.
        rank = _PSEUDO + (_GROUP if section_follows(self.blocks, number) else _GENERIC)
        self._push(Heading("name" if names else f"generic{rank}", rank, text), block, force)
        return True

    def _known(self, known: Heading) -> Heading:
        rank = _PSEUDO + known.rank
        if known.kind == "schedule":
            # A section that is itself about schedules holds them (Ohio, Wisconsin);
            # otherwise a schedule follows the sections and ends them.
            for entry in self.stack:
                if entry.kind == "section" and _LISTS.search(entry.text):
                    rank = max(rank, entry.rank + 1)
        return replace(known, rank=rank)

    def _push(self, entry: Heading, block: Block, force: Force | None) -> None:
        entry.note = heads_notes(entry.text)
        entry.annotation = block.note
        if force:
            _date(entry, force)
        self._place(entry)
        number = len(self.passages)
        self._emit(block, "note" if entry.annotation else "heading", None)
        self._open(entry, number)
        self.fresh = True

    def _open(self, entry: Heading, number: int) -> None:
        entry.repealed = entry.repealed or (number in self.gone and is_repealed(entry.text))
        if self.above:
            _date(entry, self.above)
            self.above = None
        self.stack.append(entry)
        self.mark = None
        self._moved()

    def _settle(self) -> None:
        """Add up what the open headings say of the passages below them."""
        since = until = section = None
        repealed = noted = False
        for entry in self.stack if self.mark is None else (*self.stack, self.mark):
            since, until = entry.since or since, entry.until or until
            repealed = repealed or entry.repealed
            noted = noted or entry.note
            section = entry.pinpoint or section
        self.state = (since, until, repealed, noted, section)

    def _moved(self) -> None:
        """Settle after headings were opened or closed."""
        self.path = tuple(entry.text for entry in self.stack)
        self.labels.clear()
        self._settle()

    def _place(self, entry: Heading) -> None:
        """Close the headings that a new one ends."""
        top = self.stack[-1] if self.stack else None
        named = not entry.bare or entry.shape != (top.shape if top else "")
        if self.fresh and top and top.bare and entry.kind in {top.kind, "name"} and named:
            # A label and, right after it, its name: WAC 246-945-051 / Schedule I.
            entry.kind = f"{top.kind}/name"
            entry.rank = top.rank + 0.01
            return
        if self.fresh and top and top.bare and entry.kind[0] == top.kind[0] == "h":
            read = read_heading(entry.text, strong=True)
            if not read and entry.rank < top.rank:
                entry.kind, entry.rank = f"{top.kind}/name", top.rank + 0.01
                return
        for place, open_ in enumerate(self.stack):
            ended = entry.kind == "schedule" and open_.shape in {"section", "article"}
            if open_.kind == entry.kind or (ended and not _LISTS.search(open_.text)):
                self._cut(place)
                return
        for place, open_ in enumerate(self.stack):
            if open_.rank < entry.rank:
                continue
            last = self.fresh and place == len(self.stack) - 1
            if last and open_.rank > _PSEUDO and not open_.kind.startswith("generic"):
                # Nothing stands between the two, so the order is the document's own.
                entry.rank = open_.rank + 1
            else:
                self._cut(place)
            return

    def _cut(self, place: int) -> None:
        del self.stack[place:]
        self._moved()

    def _apply(self, force: Force, block: Block) -> None:
        """A mark that stands alone speaks for the section above or around it, or for what it heads."""
        entry = self.stack[-1] if self.stack else Heading("mark", 0.0, "")
        if not self.stack:
            self.above, self.mark = force, entry
        _date(entry, force)
        self._settle()
        self._emit(block, "note", None)

    def _body(self, block: Block, number: int) -> None:
        text = block.text
        # An entry of a table of contents points to the text; it is not the text.
        note = block.note or block.toc or self.trailing or self.braced
        note = note or (len(self.passages) in self.notes and is_note(text))
        if text[0] == "{" or self.braced:  # Ukrainian notes run over several lines
            self.braced = "}" not in text
        self.trailing = note and not block.note and text[-1] == ":" and len(text) < 60
        if not note:
            while self.stack and self.stack[-1].annotation:
                self._cut(len(self.stack) - 1)
        suffix = ""
        if not note and _stands_alone(block, "|"):
            may = len(self.passages) in self.opens
            if opening := read_opening(text, block.lead) if may else None:
                suffix = self._open_section(opening, text)
            marks = text if "/" in text else text[: len(opening.text) + 90] if opening else ""
            if force := read_force(marks[:300]) if len(self.passages) in self.marked else None:
                self._sectional(force, text)
            elif self.mark and _SECTION_MARK.match(text):
                self.mark = None
                self._settle()
            # Alone in the place of a section, before any other text of it; a
            # repealed entry within a section says nothing of its siblings.
            instead = self.fresh and bool(self.stack) and len(text) < 200 and replaces(text)
            if instead and last_of_section(self.blocks, number):
                self.stack[-1].repealed = True
                self._settle()
        note = note or self.state[3]
        pinpoint = None
        if not note:
            if not suffix and (text[0] == "(" or "." in text[1:6] or ")" in text[1:6]):
                suffix = self.labels.path(text)
            section = self.state[4]
            if section:
                pinpoint = f"{section}{suffix}"
            elif suffix and not block.anchor:
                pinpoint = suffix
        self._emit(block, "note" if note else block.kind, pinpoint)
        self.fresh = False

    def _open_section(self, opening: Heading, text: str) -> str:
        """A section whose heading runs into its text; the text stays whole.

        Returns:
            The label that its text opens with after the heading, such as `(1)`.
        """
        entry = self._known(opening)
        self._place(entry)
        self._open(entry, len(self.passages))
        return self.labels.path(text.lstrip("\"“„«'‘ ")[len(opening.text) :].lstrip(" .:-—"))

    def _sectional(self, force: Force, text: str) -> None:
        """Force that a section without heading carries in its text."""
        opened = self.stack[-1] if self.stack and read_opening(text) else None
        entry = opened or Heading("mark", 0.0, "")
        _date(entry, force)
        if opened is None:
            self.mark = entry
        self._settle()

    def _emit(self, block: Block, kind: str, pinpoint: str | None) -> None:
        since, until, repealed, _, _ = self.state
        gone = kind == "heading" and len(self.passages) in self.gone
        repealed = repealed or block.repealed or (gone and is_repealed(block.text))
        since = since or block.since or self.content.since
        until = until or block.until or self.content.until
        anchor = pinpoint or block.anchor
        linked = block.linked
        self.passages.append(
            Passage(block.text, self.path, anchor, kind, since, until, repealed, linked)
        )


def _date(entry: Heading, force: Force) -> None:
    """Give a heading the days of a mark; those that the mark does not tell stay."""
    entry.since, entry.until = force.since or entry.since, force.until or entry.until
    entry.repealed = entry.repealed or force.pending


def _stands_alone(block: Block, bar: str) -> bool:
    """Whether a block is a paragraph, or a table row of one cell."""
    return block.kind == "paragraph" or (block.kind == "row" and bar not in block.text)


def outline(content: Content, sieve: Sieve) -> tuple[Passage, ...]:
    """One passage for each block with text: its headings, pinpoint, kind and days of force."""
    return _Outliner(content, sieve).run()
