"""Source: one jurisdiction's file, its recorded law and the documents that must keep saying so.

These types are what a file under `sources/` may hold, checked by pydantic when
it is read. They are the only nouns that need pydantic, because only they come
from people's hands.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    model_validator,
)

from regstatus.base.days import read_day
from regstatus.base.errors import UsageError
from regstatus.base.patterns import Pattern
from regstatus.base.safe import one_line
from regstatus.model.finding import CAP_UNITS, DUTIES
from regstatus.model.strictness import limits
from regstatus.model.words import (
    LIMITS,
    Activity,
    Format,
    Grade,
    Permission,
    Reads,
    Status,
    Substance,
    UrlBasis,
)

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
"""No law in these records is older or looks further ahead; another date is a slip of the pen."""


def _lawful_date(value: date) -> date:
    if value < EARLIEST:
        raise ValueError(f"{value} is before {EARLIEST}; check the year")
    if value >= LATEST:
        raise ValueError(f"{value} is after {LATEST}; check the year, or leave out what has no end")
    return value


def _day(value: Any) -> date:
    # TOML has times as well as days; law runs by days, local to the place. Numbers, which
    # pydantic takes for seconds since 1970, are no days either.
    if hasattr(value, "hour"):
        raise ValueError("give a day without a time, such as 2026-11-22")
    try:
        return read_day(value)
    except UsageError as error:
        raise ValueError(str(error)) from None


_LONGEST_SPAN = timedelta(days=3660)


def _span(value: Any) -> Any:
    if isinstance(value, timedelta):
        return value
    # A bare number would be taken for seconds.
    match = re.fullmatch(r"(\d{1,4})([hdw])", str(value))
    if not match:
        raise ValueError('give a span such as "12h", "60d" or "8w"')
    span = int(match[1]) * timedelta(hours={"h": 1, "d": 24, "w": 168}[match[2]])
    if not span:
        raise ValueError("a span must be longer than nothing")
    if span > _LONGEST_SPAN:
        raise ValueError("a span of more than ten years is never: give a shorter one")
    return span


def _regex(value: str) -> str:
    Pattern(value)
    return value


def _words(value: str) -> str:
    if not one_line(value):
        raise ValueError("nothing that can be seen stands here; write it, or leave the key out")
    return value


def _caps(value: str) -> str:
    if not set(CAP_UNITS).issuperset(limits(value) or {value}):
        units = ", ".join(CAP_UNITS)
        raise ValueError(f'write it as "2%" or "0.5 mg/g; 1 mg/serving"; the units are {units}')
    return value


def _web_address(value: str) -> str:
    if not re.match(r"https?://[^\s/]+", value):
        raise ValueError("give a whole address that starts with https:// (or http://)")
    return value


Day = Annotated[date, BeforeValidator(_day), AfterValidator(_lawful_date)]
"""A day of law time: local to the jurisdiction, without a time of day."""
Span = Annotated[timedelta, BeforeValidator(_span)]
"""A length of time, written `"12h"`, `"60d"` or `"8w"`."""
Regex = Annotated[str, AfterValidator(_regex)]
Address = Annotated[str, AfterValidator(_web_address)]
Ident = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Says = Annotated[str, Field(pattern=r"^(listed|silent|excluded|named)$")]
Age = Annotated[int, Field(ge=1, le=99, strict=True)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Line = Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(_words)]
Caps = Annotated[Line, AfterValidator(_caps)]


class Strict(BaseModel):
    """Unknown keys are errors: a misspelt key must not pass for a fact left out."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        populate_by_name=True,
        use_attribute_docstrings=True,
    )


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


class Shows(Strict):
    """What a document must say for the record to be confirmed."""

    leaf: Says | None = None
    """`listed`, `silent`, `excluded` or `named`."""
    mitragynine: Says | None = None
    """The same, for the alkaloid."""
    seven_oh: Says | None = Field(None, alias="7-oh")
    """The same, for 7-hydroxymitragynine."""
    derivatives: Says | None = None
    """The same, for pseudoindoxyl, MGM-15, MGM-16 and their like."""
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
        _check_duties(self.duties)
        unread = {Activity.CULTIVATE, Activity.EXPORT} & set(self.prohibits)
        if unread:
            raise ValueError(f"no rule reads a ban on {', '.join(sorted(unread))}: ask by says")
        return self

    def terms(self) -> dict[Substance, str]:
        """What is expected of each substance that the file speaks of."""
        found = {
            Substance.LEAF: self.leaf,
            Substance.MITRAGYNINE: self.mitragynine,
            Substance.SEVEN_OH: self.seven_oh,
            Substance.DERIVATIVES: self.derivatives,
        }
        return {substance: says for substance, says in found.items() if says is not None}


def _check_duties(names: Any) -> None:
    unknown = sorted(set(names) - set(DUTIES))
    if unknown:
        raise ValueError(f"unknown duty {', '.join(unknown)}; the duties are {', '.join(DUTIES)}")


class Copy(Strict):
    """Another official publication of the same text, asked where the main address fails.

    The controls and `shows` of its document hold for it too.
    """

    url: Address
    """Its official address."""
    url_basis: UrlBasis
    """How that address is known before its first live fetch."""
    format: Format = Format.HTML
    """The form in which it is sent."""
    adapter: str = "page"
    """How it is fetched."""
    params: dict[str, str] = Field(default_factory=dict)
    """What the adapter needs to know."""
    allowed_hosts: tuple[str, ...] = ()
    """Hosts to which it may redirect, besides its own."""
    select: Select | None = None
    """Which passage of this copy is meant; the whole text if absent."""
    publisher: Line | None = None
    """Who publishes it, if that is another office."""
    note: Line | None = None
    """What a maintainer should know, such as why it is the same text."""

    @model_validator(mode="after")
    def _no_archive(self) -> Self:
        _check_adapter(self.adapter)
        return self


def _check_adapter(name: str) -> None:
    # A capture read as if it were the host's own word of today would verify too much.
    if name == "memento":
        raise ValueError("an archive is no official publication; `update --archive` asks one")


class Document(Strict):
    """One official document worth watching."""

    id: Ident
    """Short name, unique in the file; part of the ledger's key."""
    title: Line
    """The document's own title."""
    publisher: Line
    """Who publishes it."""
    url: Address
    """The official address."""
    url_basis: UrlBasis
    """How the address is known before its first live fetch."""
    format: Format = Format.HTML
    """The form in which it is sent."""
    reads: Reads
    """What kind of document it is."""
    language: Language = "en"
    """BCP 47 tag of its language."""
    adapter: str = "page"
    """How it is fetched: the name of an adapter, such as `page` or `link`."""
    params: dict[str, str] = Field(default_factory=dict)
    """What the adapter needs to know."""
    allowed_hosts: tuple[str, ...] = ()
    """Hosts to which it may redirect, besides its own."""
    copies: Annotated[tuple[Copy, ...], Field(max_length=5)] = ()
    """Other official publications of the same text, asked in order where this one fails."""
    select: Select | None = None
    """Which passage is meant; the whole text if absent."""
    complete: StrictBool = False
    """True for a whole list of controlled substances: there, silence is evidence."""
    controls: tuple[Line, ...] = ()
    """Words that prove that the real text was received."""
    shows: Shows = Shows()
    """What it must say."""
    settles: tuple[Substance, ...] = ()
    """The substances whose status rests on it."""
    listing: Status = Status.BANNED
    """What a new listing in this schedule would mean, where it is not a ban."""
    from_: Day | None = Field(None, alias="from")
    """First day of law on which it must say so; before it, the document settles nothing."""
    until: Day | None = None
    """First day of law on which it need no longer say so; from then on, it settles nothing."""
    check_every: Span = timedelta(days=1)
    """How often a scheduled run asks for it."""
    people_only: StrictBool = False
    """True where no program may or can fetch it; it is then checked by people."""
    note: Line | None = None
    """What a maintainer should know: structure, traps, blocks."""

    @model_validator(mode="after")
    def _fit_for_use(self) -> Self:
        expected = self.shows.terms()
        _check_adapter(self.adapter)
        if self.copies and (self.reads is Reads.FEED or self.people_only):
            raise ValueError("a feed, or what people check, has no copies: drop copies")
        addresses = [self.url, *(copy.url for copy in self.copies)]
        if len(set(addresses)) < len(addresses):
            raise ValueError("copies must have other addresses than the document and each other")
        if self.from_ and self.until and self.until <= self.from_:
            raise ValueError("until must be later than from")
        if self.reads is Reads.FEED:
            if expected or self.settles:
                raise ValueError("a feed never settles a status: drop shows and settles")
            return self
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
        own = ("url", "url_basis", "format", "adapter", "params", "allowed_hosts", "select")
        update = {name: getattr(copy, name) for name in own}
        return self.model_copy(update={**update, "copies": ()})

    def applies(self, on: date) -> bool:
        """Whether the document must say so on a day of law."""
        started = self.from_ is None or self.from_ <= on
        return started and (self.until is None or on < self.until)


class InstrumentEntry(Strict):
    """A law, rule, order or notice on which a period rests."""

    id: Ident
    """Short name, unique in the file."""
    citation: Line
    """As lawyers cite it."""
    title: Line | None = None
    """Its own title."""
    type: Annotated[
        str, Field(pattern=r"^(statute|regulation|order|ordinance|bill|notice|judgment|treaty)$")
    ]
    """`statute`, `regulation`, `order`, `ordinance`, `bill` (enacted), `notice`, `judgment`, `treaty`."""
    enacted: Day | None = None
    """The day it was made: signed, passed or adopted."""
    effective: Day | None = None
    """The first day it is in force."""
    until: Day | None = None
    """The first day it is no longer in force."""
    url: Address | None = None
    """An official address, where one is known."""
    url_basis: UrlBasis | None = None
    """How that address is known."""
    document: Ident | None = None
    """The watched document that carries its text."""
    quote: Annotated[str, Field(max_length=300)] | None = None
    """Its own words, short."""
    quote_from: Line | None = None
    """Where those words were read, if not at the official address."""
    note: Line | None = None
    """What else a reader should know."""

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        for name in ("enacted", "effective"):
            first = getattr(self, name)
            if first and self.until and self.until <= first:
                raise ValueError(f"until must be later than {name}")
        if self.enacted and self.effective and self.effective < self.enacted and not self.note:
            raise ValueError(
                "effective lies before enacted: check both days, or say in note that the law "
                "reaches back"
            )
        if self.quote and not (self.quote_from or self.url):
            raise ValueError("a quote needs quote_from or url: say where the words were read")
        if self.url and self.url_basis is None:
            raise ValueError("url_basis is missing: seen, pattern or memory")
        return self


class Terms(Strict):
    """What a period says besides its statuses: the same in a source file and in a record.

    A fact that is written here is read from source files, kept in records, and told where it changes.
    """

    schedule: Line | None = None
    """The schedule or list."""
    minimum_age: Age | None = None
    """Age limit of sale, in years."""
    seven_oh_cap: Caps | None = None
    """7-OH limits in compact form."""
    limits: dict[str, Line] = Field(default_factory=dict)
    """What else the law limits, by `persons`, `places`, `means`, …, in a few words each."""
    duties: dict[str, StrictBool | None] = Field(default_factory=dict)
    """Duties: true, false, or null where not read."""
    penalties: Line | None = None
    """Penalties in a few words."""
    summary: Line | None = None
    """One plain sentence."""
    instruments: tuple[Ident, ...] = ()
    """The instruments it rests on."""
    challenged: Line | None = None
    """A pending court challenge, if any."""


class PeriodEntry(Terms):
    """The law between two days, for all four substances."""

    from_: Day | None = Field(None, alias="from")
    """First day; left out where the period reaches back beyond what was read."""
    until: Day | None = None
    """First day no longer covered; left out where the next period or nothing ends it."""
    leaf: Status | None = None
    """Status of the leaf; left out in a locality whose law does not address it."""
    mitragynine: Status | None = None
    """Status of mitragynine."""
    seven_oh: Status | None = Field(None, alias="7-oh")
    """Status of 7-hydroxymitragynine."""
    derivatives: Status | None = None
    """Status of the derivatives."""
    grade: Grade | None = None
    """How well it is known from what people recorded; the machine's reading may raise it."""
    basis: Annotated[str, Field(pattern=r"^(express|derived|agency|silence)$")] = "express"
    """`express` (the law names it), `derived` (follows from a definition), `agency`, `silence`."""
    possess: Permission | None = None
    """Where the law departs from what the status means."""
    sell: Permission | None = None
    """The same."""
    import_: Permission | None = Field(None, alias="import")
    """The same."""
    cultivate: Permission | None = None
    """Whether the tree may be grown; unknown where no law was read, and `no` under a ban."""
    export: Permission | None = None
    """Whether it may be sent or taken abroad; left out as for `cultivate`."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_ and self.until and self.until <= self.from_:
            raise ValueError("until must be later than from")
        _check_duties(self.duties)
        unknown = sorted(set(self.limits) - set(LIMITS))
        if unknown:
            known = ", ".join(LIMITS)
            raise ValueError(f"unknown limit {', '.join(unknown)}; the limits are {known}")
        return self

    def statuses(self) -> dict[Substance, Status]:
        """The substances that this period speaks of."""
        found = {
            Substance.LEAF: self.leaf,
            Substance.MITRAGYNINE: self.mitragynine,
            Substance.SEVEN_OH: self.seven_oh,
            Substance.DERIVATIVES: self.derivatives,
        }
        return {substance: status for substance, status in found.items() if status is not None}


class PositionEntry(Strict):
    """An agency's position that is not law."""

    by: Line
    """The agency."""
    citation: Line
    """The notice, alert or letter."""
    date: Day | None = None
    """Its day."""
    says: Line
    """What it says, in a few words."""
    url: Address | None = None
    """An official address, where one is known."""
    enforced: StrictBool = False
    """True where it is enforced as a general prohibition."""


class PendingEntry(Strict):
    """A proposal: shown, and never law."""

    citation: Line
    """The proposed rule, notice of intent or bill."""
    stage: Line
    """How far it has come, in the field's own word."""
    says: Line
    """What it would do."""
    substances: tuple[Substance, ...] = ()
    """What it is about."""
    earliest: Day | None = None
    """The first day on which it could be law; from then on, an older reading is stale."""
    as_of: Day
    """The day on which this stage was last attested."""
    url: Address | None = None
    """An official address, where one is known."""


class ConflictEntry(Strict):
    """Sources that disagree, with both sides."""

    about: Line
    """The point in dispute."""
    claims: Annotated[tuple[Line, ...], Field(min_length=2)]
    """Each side, with who says so."""
    held: Line
    """What the record follows, and why."""


class Source(Strict):
    """One jurisdiction's file."""

    jurisdiction: Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?(/[a-z0-9-]+)?$")]
    """The id: `TH`, `US-AL`, `US-CA/san-diego`."""
    name: Line | None = None
    """For localities: the name. Others have theirs from the registry."""
    kind: Annotated[str, Field(pattern=r"^(county|city|place)$")] | None = None
    """For localities: `county`, `city` or `place`."""
    ocd_id: Annotated[str, Field(pattern=r"^ocd-division/country:[a-z]{2}/")] | None = None
    """For localities: the Open Civic Data division id."""
    attested: Day
    """The day up to which the law of the timeline is attested."""
    attested_by: Line
    """Who attests it: `third-party reading`, or a person's name who read the official text."""
    read_officially: StrictBool = False
    """True only where that person read the official text on that day."""
    stale_after: Span = timedelta(days=60)
    """How long a verification lasts."""
    adopts_federal: Line | None = None
    """How federal scheduling becomes law here, with its citation."""
    members: tuple[str, ...] = ()
    """For layers of context (`EU`): the countries that they concern; all of them if left out."""
    documents: tuple[Document, ...] = ()
    """The official documents that are watched."""
    instruments: tuple[InstrumentEntry, ...] = ()
    """The instruments that the timeline rests on."""
    timeline: Annotated[tuple[PeriodEntry, ...], Field(min_length=1)]
    """The law, period by period."""
    positions: tuple[PositionEntry, ...] = ()
    """Agencies' positions."""
    pending: tuple[PendingEntry, ...] = ()
    """Proposals; never law."""
    conflicts: tuple[ConflictEntry, ...] = ()
    """Where sources disagree."""
    notes: Annotated[str, Field(max_length=2000)] | None = None
    """For people."""

    @property
    def is_locality(self) -> bool:
        """Whether this is a county, city or place below a state."""
        return "/" in self.jurisdiction
