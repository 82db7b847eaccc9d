"""Trust: whether changed words may count, beside those that were last confirmed.

The words that were last confirmed were read, or looked at by a person. What is new beside them
may mean what no rule reads, and what is gone may be the half of a page. So no list of words says
what is doubtful in law on kratom: there whatever is new is for people, but for the site's own
words and days. In a list of drugs whatever is new is, that is no entry. Elsewhere it is what bans,
punishes, lists or repeals beside a name, or speaks of the force of the text or of that section. So
is a text that lost what the record rests on, or much of which is another. An entry for another
drug, another section, a date or a number is none of that.

Until a person has attested the record later than such words were seen, no text of the document is
trusted, not even the former one: which of the two is of today nobody knows.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from regstatus.base.safe import one_line
from regstatus.decide.alignment import alike, little_changed, squeezed, unnumbered, words_of
from regstatus.decide.passage_roles import disowns, is_title, of_the_site, undated, weighs
from regstatus.decide.records import differences
from regstatus.decide.sections import beside, citations, last_of, runs, stretch
from regstatus.decide.versions import Passages, Versions
from regstatus.model.canonical import digest
from regstatus.model.document import Document
from regstatus.model.finding import Finding
from regstatus.model.source import Source
from regstatus.model.text import Page
from regstatus.store.ledger import FetchState, stamp

_SHARE, _FEW = 10, 400
"""A text of which a tenth is gone is another; new words may be as many, or these characters."""
_LOST, _LEAST = 30, 2
"""A list that lost one in so many of its entries, and more than these, is cut."""
_SHOWN = 120
_UNREVIEWED = (
    "since it was last confirmed it has had other words, which no person has reviewed: "
    "read them and attest the record"
)


def unreviewed(source: Source, clock: FetchState) -> str | None:
    """Why no text is trusted after other words that nobody has looked at; None where somebody has."""
    return _UNREVIEWED if clock.unreviewed and not _reviewed(source, clock.unreviewed) else None


def _reviewed(source: Source, seen: str) -> bool:
    """Whether a person attested after words were seen: who did so that very day did not know of them."""
    return source.attested.isoformat() > seen[:10]


def kept(clock: FetchState, words: str | None) -> str | None:
    """Words that are kept of a document, if they are those on which its clock rests; else None."""
    rests = clock.baseline or clock.text_sha256
    whole = words is not None and digest(words[:-1].encode("utf-8", "surrogatepass")) == rests
    return words if whole else None


def stands(
    source: Source,
    document: Document,
    clock: FetchState,
    finding: Finding | None,
    words: str | None,
    on: date,
) -> bool:
    """Whether what was read last needs no reading where it comes again.

    So it is where its words are those confirmed, and kept, or say otherwise still.
    """
    if finding is None or kept(clock, words) is None:
        return False
    confirmed = clock.baseline in {None, clock.text_sha256}
    return confirmed or bool(differences(source, document, finding, on))


def compared(
    source: Source,
    document: Document,
    clock: FetchState,
    page: Page,
    text: str,
    passages: Passages,
    confirmed: Callable[[], str | None],
) -> tuple[tuple[str, ...], FetchState]:
    """Why the words of a page may not be trusted beside those last confirmed; the clock that knows of it.

    `text` is the digest of its words, `passages` are those;
    `confirmed` gives the words that are kept of the document. The text of a copy, which another
    office may print otherwise, may lack what the main one says, and says nothing new.
    """
    seen, main = clock.doubted.get(text), page.url == clock.url
    standing = tuple(filter(None, [unreviewed(source, clock)]))
    # The bytes that were confirmed are no other text where they are read by other rules.
    same = main and page.sha256 == clock.sha256 and clock.text_sha256 == clock.baseline
    if same or clock.baseline in {None, text} or (seen and _reviewed(source, seen)):
        return standing, clock
    known = confirmed()
    if known is None:
        found = Changes(("the words that were last confirmed are not kept any more",), ())
    else:
        quotes = [i.quote for i in source.instruments if i.document == document.id and i.quote]
        found = changes(known, passages, document, quotes)
    doubts = (*found.new, *(found.lost if main else ()))
    if doubts:
        # A copy that lacks something, and was never read before, may be printed otherwise.
        new = bool(found.new) and (main or page.url in clock.copied or not found.lost)
        clock = clock.with_doubted(text, stamp(page.fetched_at), new=new)
    return doubts or standing, clock


class Changes(NamedTuple):
    """Why changed words may not be trusted, a sentence each."""

    new: tuple[str, ...]
    """What they say that was not said before: it stays doubtful until a person has looked."""
    lost: tuple[str, ...]
    """What they no longer say: the doubt ends when it is there again."""


def changes(before: str, after: Passages, document: Document, quotes: Sequence[str]) -> Changes:
    """Lay the words of a document beside those that were last confirmed.

    Args:
        before: The words last confirmed, a passage a line.
        after: The words as they are now.
        document: What the source file says of it.
        quotes: The words of it that instruments of the record quote.
    """
    if squeezed(before) == squeezed(after.words):
        return Changes((), ())
    both = _Difference(before, after, document, [*quotes, *document.shows.says])
    return Changes(tuple(both.says()), tuple(both.lacks()))


class _Difference(Versions):
    """What may not be trusted of the newer version, and what it lacks of the former."""

    def says(self) -> Iterator[str]:
        """The new passages that name kratom, are law on it, or weigh beside it, and headings that moved."""
        cut = not self.was_named.isdisjoint(self.gone)
        for number in self.other if cut else self.new:
            if number in self.named:
                yield f"a passage with a name is new or changed: {_quoted(self.now[number])}"
        pinned = self.controls | self.named
        heads = {head for number in pinned for head in self.above[number]}
        near = beside(self.named | heads, self.at)
        lists = {self.above[number][-1:] for number in pinned} - {()}
        listed = stretch(self.controls, self.sections) if self.document.complete else set()
        # A section may be spoken of by its number.
        own = {path[-1] for n in self.rests if (path := self.sections[n])} | self.named
        cited = citations(self.now[n] for n in own if n in self.levels)
        known = {undated(unnumbered(self.old[n])) for n in self.gone}
        for number in self.new:
            line = self.now[number]
            if number in self.named or number in self.mended:
                continue
            bears = number in near or not self.named.isdisjoint(self.above[number])
            bears = bears or self.above[number][-1:] in lists
            if bears and weighs(line):
                yield f"beside a name, a passage that may forbid or free is new or changed: {_quoted(line)}"
            elif disowns(line) or any(one.search(line) for one in cited):
                yield f"what the text may say of its own force is new: {_quoted(line)}"
            elif number in self.linked or of_the_site(line) or undated(unnumbered(line)) in known:
                continue
            elif number in self.law | listed and not (
                self.is_entry(number) or self.is_of_another_thing(number)
            ):
                if self.siblings(number):
                    yield f"what is no entry is new or changed in a list: {_quoted(line)}"
                elif number in self.law:
                    yield f"law on what is named is new or changed: {_quoted(line)}"
        for number in sorted(self._moved(pinned.difference(self.other))):
            yield f"what is recorded stands under another heading: {_quoted(self.now[number])}"

    def _moved(self, pinned: set[int]) -> set[int]:
        """The headings above what the record rests on, and is as it was, that were not there before."""
        heads = {head for number in pinned for head in self.above[number]}
        gone = {undated(unnumbered(self.old[n])) for n in self.gone}
        found = {
            n for n in heads.intersection(self.new) if undated(unnumbered(self.now[n])) not in gone
        }
        now, old = ([unnumbered(line) for line in lines] for lines in (self.now, self.old))
        counted = Counter(now), Counter(old)
        titles = {now[head] for above in self.above for head in above[-1:]}
        # What stands on each page of a print is no heading of what follows.
        once = {title for title in titles if all(count[title] == 1 for count in counted)}
        before, after = last_of(old, once), last_of(now, once)
        places = {line: n for n, line in enumerate(old)}
        for number in pinned:
            if counted[0][now[number]] == counted[1][now[number]] == 1 and now[number] not in once:
                head = after[number]
                if (old[was] if (was := before[places[now[number]]]) >= 0 else "") != (
                    now[head] if head >= 0 else ""
                ):
                    found.add(max(head, 0))
        return found

    def lacks(self) -> Iterator[str]:
        """What the record rests on, and how much, is there no more."""
        old, now = self.old, self.now
        near = beside(self.was_named, self.was_at)
        ours = self._was_law()
        for number in self.gone:
            line = old[number]
            if number in self.was_named:
                yield f"a passage with a name is gone or changed: {_quoted(line)}"
            elif number in near - self.spoilt and weighs(line):
                yield f"beside a name, a passage that may forbid or free is gone: {_quoted(line)}"
            elif number in ours - self.spoilt:
                yield f"law on what is named is gone or changed: {_quoted(line)}"
        was, running = squeezed(" ".join(old)), squeezed(" ".join(now))
        for words in self.quotes:
            if squeezed(words) in was and squeezed(words) not in running:
                yield f"the words that the record quotes are there no more: {_quoted(words)}"
        gone, new = words_of(old, self.gone), words_of(now, self.new)
        for control in self.document.controls:
            if not self._holds(control):
                yield f"no passage with the control {_quoted(control)} is as it was"
        size = sum(map(len, old))
        less, more = (sum(len(w) * n for w, n in some.items()) for some in (gone - new, new - gone))
        if less * _SHARE > size or more > max(size // _SHARE, _FEW):
            yield f"much of the text is another: {less} characters are gone and {more} are new, of {size}"
        lost = sum(1 for n in self.gone if not alike(words_of(old, [n]), new))
        if self.document.complete and lost > max(_LEAST, len(old) // _LOST):
            yield f"the list is shorter: {lost} passages are gone, of {len(old)}"

    def _was_law(self) -> set[int]:
        """What is gone of the law on what is named: behind what is left, up to what may be a heading."""
        places = {unnumbered(line): n for n, line in enumerate(self.now) if n in self.law}
        known = {undated(unnumbered(self.now[n])) for n in self.new}
        found: set[int] = set()
        for run in runs(self.gone):
            at = places.get(unnumbered(self.old[run[0] - 1])) if run[0] else None
            if at is None or self.siblings(at):
                continue
            for number in run:
                line = self.old[number]
                if is_title(line):
                    break
                changed = any(
                    little_changed(line, self.now[n]) for n in self.new if n not in self.close
                )
                if not (changed or of_the_site(line) or undated(unnumbered(line)) in known):
                    found.add(number)
        return found

    def _holds(self, control: str) -> bool:
        """Whether a passage with a control is as it was, or but a little changed."""
        sign = squeezed(control)
        gone = {n for n in self.gone if sign in squeezed(self.old[n])}
        if any(sign in squeezed(line) for n, line in enumerate(self.old) if n not in gone):
            return True
        kept = [n for n in self.new if sign in squeezed(self.now[n])]
        return not gone or any(
            a in self.spoilt
            or (
                alike(words_of(self.old, [a]), words_of(self.now, [b]))
                and alike(words_of(self.now, [b]), words_of(self.old, [a]))
            )
            for a in gone
            for b in kept
        )


def _quoted(words: str) -> str:
    return f"“{one_line(words, _SHOWN)}”"
