"""Document: an official text that is watched, and what it must say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Self

from pydantic import Field, StrictBool, model_validator

from regstatus.model.law import DUTIES, Activity, Status, Substance
from regstatus.model.source_fields import (
    Address,
    Age,
    BySubstance,
    Caps,
    Day,
    Entries,
    Ident,
    Language,
    Line,
    Regex,
    Says,
    Span,
    Strict,
    check_known,
    check_order,
)
from regstatus.model.words import Format, Reads, UrlBasis


class Select(Strict):
    """Which passage of a document is meant; a selector that matches nothing is a fault."""

    css: Line | None = None
    """CSS selector of the element or elements to read."""
    xpath: Line | None = None
    """XPath of the element or elements to read."""
    pointer: Line | None = None
    """JSON pointer to the value to read."""
    after: Regex | None = None
    """Read from the first passage that this matches."""
    before: Regex | None = None
    """Stop in front of the first later passage that this matches."""
    heading: Regex | None = None
    """Keep passages that stand under a heading that this matches."""


class Shows(BySubstance[Says]):
    """What a document must say for the record to be confirmed.

    A substance is `listed`, `silent`, `excluded` or `named` there.
    """

    schedule: Line | None = None
    """The schedule in which the terms are listed."""
    minimum_age: Age | None = None
    """The age limit of sale, in years."""
    seven_oh_cap: Caps | None = None
    """The 7-OH limits in compact form, such as `2%` or `0.5 mg/g; 1 mg/serving`."""
    duties: tuple[str, ...] = ()
    """Duties that it lays down."""
    prohibits: tuple[Activity, ...] = ()
    """Activities that it forbids outright: `possess`, `sell`, `import`; no others are read."""
    says: tuple[Line, ...] = ()
    """Further words that must stand in it, where the law names no term of kratom."""

    @model_validator(mode="after")
    def _what_is_read(self) -> Self:
        check_known("duty", self.duties, DUTIES, "duties")
        unread = {Activity.CULTIVATE, Activity.EXPORT} & set(self.prohibits)
        if unread:
            raise ValueError(f"no rule reads a ban on {', '.join(sorted(unread))}: ask by says")
        return self


class Published(Strict):
    """Where an official text is published."""

    url: Address
    """Its official address."""
    url_basis: UrlBasis
    """How that address is known before its first live fetch."""
    format: Format = Format.HTML
    """The form in which it is sent."""


class Watched(Published):
    """What a source file says of an official text that is watched, and a record keeps of it."""

    title: Line
    """The document's own title."""
    publisher: Line
    """Who publishes it."""
    reads: Reads
    """What kind of document it is."""
    language: Language = "en"
    """BCP 47 tag of its language."""
    settles: tuple[Substance, ...] = ()
    """The substances whose status rests on it."""
    people_only: StrictBool = False
    """True where no program may or can fetch it; it is then checked by people."""


class Publication(Published):
    """How an official text is fetched and read where it is published."""

    adapter: str = "page"
    """How it is fetched: the name of an adapter, such as `page` or `link`."""
    params: dict[str, str] = Field(default_factory=dict)
    """What the adapter needs to know."""
    allowed_hosts: tuple[str, ...] = ()
    """Hosts to which it may redirect, besides its own."""
    select: Select | None = None
    """Which passage is meant; the whole text if absent."""

    @model_validator(mode="after")
    def _no_archive(self) -> Self:
        # A capture read as if it were the host's own word of today would verify too much.
        if self.adapter == "memento":
            raise ValueError("an archive is no official publication; `update --archive` asks one")
        return self


class Copy(Publication):
    """Another official publication of the same text, asked where the main address fails.

    The controls and `shows` of its document hold for it too.
    """

    publisher: Line | None = None
    """Who publishes it, if that is another office."""
    note: Line | None = None
    """What a maintainer should know, such as why it is the same text."""


class Document(Watched, Publication):
    """One official document worth watching."""

    id: Ident
    """Short name, unique in the file; part of the ledger's key."""
    copies: Annotated[tuple[Copy, ...], Field(max_length=5)] = ()
    """Other official publications of the same text, asked in order where this one fails."""
    complete: StrictBool = False
    """True for a whole list of controlled substances: there, silence is evidence."""
    entries: Entries | None = None
    """Of a whole list: the least and the most entries that it may have, such as `[120, 400]`."""
    controls: tuple[Line, ...] = ()
    """Words that prove that the real text was received."""
    site_words: tuple[Line, ...] = ()
    """Words with a name, and the markup round them, that the site's own frame has beside any text."""
    shows: Shows = Shows()
    """What it must say."""
    listing: Status = Status.BANNED
    """What a new listing in this schedule would mean, where it is not a ban."""
    from_: Day | None = Field(None, alias="from")
    """First day of law on which it must say so; before it, the document settles nothing."""
    until: Day | None = None
    """First day of law on which it need no longer say so; from then on, it settles nothing."""
    check_every: Span = timedelta(days=1)
    """How often a scheduled run asks for it."""
    note: Line | None = None
    """What a maintainer should know: structure, traps, blocks."""

    @model_validator(mode="after")
    def _fit_for_use(self) -> Self:
        expected = self.shows.by_substance()
        if self.copies and (self.reads is Reads.FEED or self.people_only):
            raise ValueError("a feed, or what people check, has no copies: drop copies")
        addresses = [self.url, *(copy.url for copy in self.copies)]
        if len(set(addresses)) < len(addresses):
            raise ValueError("copies must have other addresses than the document and each other")
        check_order(self.from_, self.until)
        if self.reads is Reads.FEED:
            if expected or self.settles:
                raise ValueError("a feed never settles a status: drop shows and settles")
            return self
        if self.entries and not self.complete:
            raise ValueError("only a whole list has its entries counted: set complete = true")
        if any(not {*words} & {*'<>{}="'} for words in self.site_words):
            raise ValueError(
                "site_words need the markup round them, as it stands in the page, such as "
                '<a href="/kratom">Kratom</a>: a name alone may be an entry of the list'
            )
        if not self.controls and not self.people_only:
            raise ValueError("controls are missing: name words that prove the real text came")
        if "silent" in expected.values() and not (self.complete and len(self.controls) >= 2):
            raise ValueError(
                "silence is evidence only in a complete document with at least two controls: "
                "set complete = true and name controls, or do not expect silence"
            )
        return self

    def at(self, copy: Copy) -> Document:
        """The document as it is asked for and read at another official copy."""
        published = {name: getattr(copy, name) for name in Publication.model_fields}
        return self.model_copy(update={**published, "copies": ()})

    def applies(self, on: date) -> bool:
        """Whether the document must say so on a day of law."""
        started = self.from_ is None or self.from_ <= on
        return started and (self.until is None or on < self.until)
