"""Versions: two versions of the words of a document, what stands in one alone, and what each new passage is."""

from collections import Counter
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from regstatus.assess.lexicon import find_terms
from regstatus.assess.witness import names
from regstatus.decide.alignment import (
    absent,
    added,
    corrected,
    entries,
    little_changed,
    squeezed,
    unmatched,
    unnumbered,
    words_of,
)
from regstatus.decide.amended import amended
from regstatus.decide.passage_roles import (
    is_sentence,
    is_title,
    mark,
    names_a_thing,
    speaks_of_a_part,
    stops_alone,
    weighs,
)
from regstatus.decide.sections import LOWEST, leads, outline, runs, same_section, under
from regstatus.model.document import Document

_CORRECTED = 30
"""Changed passages among which corrections are looked for."""
_SIBLINGS, _LIST, _COMMON = 8, 3, 3
"""Passages on each side that tell a list, how many make one, and of how many a word is a common one."""
_SHORT = 3
"""Letters of words that are in any title."""
_OPENING = 2
"""Passages in which a text says what it is."""

Heading = tuple[int, int]
"""Number of the passage that is a heading, and how many headings stand above it."""


class Passages(NamedTuple):
    """The words of a document, and what its markup says of them.

    Attributes:
        words: Its passages, one a line.
        headings: Those that are headings.
        linked: The numbers of those that are nothing but links to other pages.
    """

    words: str
    headings: Sequence[Heading] = ()
    linked: Sequence[int] = ()


class Versions:
    """Two texts of a document, as passages, and which of them stand in one alone."""

    def __init__(
        self, before: str, after: Passages, document: Document, quotes: Sequence[str]
    ) -> None:
        old, self.was_at = entries(before.split("\n"))
        now, self.at = entries(after.words.split("\n"))
        self.old, self.now, self.document, self.quotes = old, now, document, quotes
        linked = set(after.linked)
        self.linked = {n for n, passage in enumerate(self.at) if passage in linked}
        headings = dict(after.headings)
        self.other, gone = unmatched(now, old), unmatched(old, now)
        fresh = [n for n in self.other if self.at[n] not in headings]
        kept, harmless = amended(old, now, gone, fresh, unnumbered, weighs)
        self.other = [n for n in self.other if n not in harmless]
        self.new = absent(self.other, now, old)
        self.gone = [n for n in absent(gone, old, now) if n not in kept]
        self.named = {n for n, line in enumerate(now) if find_terms(line)}
        self.named |= {n for n in self.other if names(now[n])}
        self.was_named = {n for n, line in enumerate(old) if find_terms(line)}
        few = len(self.gone) <= _CORRECTED and len(self.new) <= _CORRECTED
        pairs = product(self.gone, self.new) if few else ()
        mended = [(a, b) for a, b in pairs if corrected(old[a], now[b])]
        self.spoilt, self.mended = {a for a, _ in mended}, {b for _, b in mended}
        self.levels = leads(now)
        for number, passage in enumerate(self.at):
            if passage in headings:  # of two entries in one heading the second is below the first
                nth = number - self.at.index(passage, max(number - 9, 0))
                self.levels[number] = headings[passage], nth
        self.above = outline(self.levels, len(now))
        real = {n: level for n, level in self.levels.items() if level[0] < LOWEST}
        self.sections = outline(real, len(now))
        plain = [squeezed(line) for line in now]
        quoted = [squeezed(words) for words in quotes]
        self.rests = self.named | {
            n for n, line in enumerate(plain) if any(words in line for words in quoted)
        }
        signs = [squeezed(control) for control in document.controls]
        self.controls = {n for n, line in enumerate(plain) if any(s in line for s in signs)}
        # What has a name in its title is law on it as a whole.
        titled = not self.rests.isdisjoint(range(_OPENING))
        self.close = same_section(self.rests.difference(real), self.sections).difference(real)
        self.law = self.close | under(self.rests, self.sections)
        self.law |= set(range(len(now))) if titled else set()
        # A section that is new as a whole begins with a heading that says of what it is.
        heads = {n for n in self.new if n in real or is_title(now[n])}
        heads = {n for n in heads if any(map(str.isalpha, words_of(now, [n])))}
        self.apart = {n for run in runs(self.new) if run[0] in heads for n in run}
        opening = set(words_of(now, range(min(_OPENING, len(now)))))
        self._titles = {word for word in opening if len(word) > _SHORT}
        counted = Counter(word for n in range(len(old)) for word in words_of(old, [n]))
        self.known, self.common = set(counted), {w for w, n in counted.items() if n >= _COMMON}

    def about(self, number: int) -> list[str]:
        """The passages before and behind one in its section that are as they were."""
        section, new = self.sections[number], set(self.other)
        around = range(max(number - _SIBLINGS, 0), min(number + _SIBLINGS + 1, len(self.now)))
        return [
            self.now[n]
            for n in around
            if self.sections[n] == section and n not in new and n not in self.levels
        ]

    def siblings(self, number: int) -> list[str]:
        """The passages about one, if most are names, as in a list of drugs."""
        lines = self.about(number)
        count = sum(names_a_thing(line, self.common) for line in lines)
        return lines if count >= _LIST and count * 3 >= len(lines) * 2 else []

    def is_entry(self, number: int) -> bool:
        """Whether a new passage is one more entry of a list, and says nothing of what is named beside it."""
        line, around = self.now[number], self.about(number)
        listed, words = self.siblings(number), line
        next_to = not self.rests.isdisjoint(range(number - 1, number + 2))
        if number in self.levels and listed and not next_to:
            return True
        behind = (added(self.old[n], line) for n in self.gone)
        words = next((rest for rest in behind if rest != line), line)
        speaks = is_sentence(words, self.known, around)
        if not listed:
            speaks = speaks or not names_a_thing(words, self.common)
        elif next_to:
            speaks = speaks or stops_alone(words, around)
        elif words == line and mark(line):
            speaks = False  # classes of drugs are told at length
        like = (names_a_thing(one, self.common) for one in around if mark(one) == mark(line))
        return not speaks and (any(like) or number not in self.law)

    def is_of_another_thing(self, number: int) -> bool:
        """Whether a passage of no section with a name has few words changed, or speaks of something else."""
        line = self.now[number]
        if number in self.close:
            return False
        if number in self.levels:
            return True
        like = (*(self.old[n] for n in self.gone), *self.about(number))
        if any(little_changed(one, line) for one in like):
            return True
        words = set(words_of(self.now, [number]))
        if speaks_of_a_part(line) or words & self._titles:
            return False
        if number in self.apart:
            return True
        lines = (line for line in self.old if names_a_thing(line, self.common))
        entered = {word for one in lines for word in words_of([one], [0])}
        if mark(line):
            return False
        capital = {word.casefold() for word in line.split()[1:] if word[:1].isupper()}
        return not capital.isdisjoint(entered)
