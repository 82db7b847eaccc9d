"""Source: one jurisdiction's file, its recorded law and the documents that must keep saying so.

These types are what a file under `sources/` may hold, checked by pydantic when
it is read. They are the only nouns that need pydantic, because only they come
from people's hands.
"""

from datetime import timedelta
from typing import Annotated, Self

from pydantic import Field, PrivateAttr, StrictBool, model_validator

from regstatus.model.document import Document
from regstatus.model.law import DUTIES, LIMITS, Grade, Permission, Status, Substance
from regstatus.model.source_fields import (
    Address,
    Age,
    BySubstance,
    Caps,
    Day,
    Ident,
    Line,
    Span,
    Strict,
    check_known,
    check_order,
)
from regstatus.model.words import Format, Own, UrlBasis


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
    """The copy in which those words were read; left out where an attested text holds them."""
    note: Line | None = None
    """What else a reader should know."""

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        for name in ("enacted", "effective"):
            check_order(getattr(self, name), self.until, name)
        if self.enacted and self.effective and self.effective < self.enacted and not self.note:
            raise ValueError(
                "effective lies before enacted: check both days, or say in note that the law "
                "reaches back"
            )
        if self.url and self.url_basis is None:
            raise ValueError("url_basis is missing: seen, pattern or memory")
        return self


class Terms(Strict):
    """What a period says besides its statuses: the same in a source file and in a record.

    A fact that is written here is read from source files, kept in records, and told where it changes.
    """

    from_: Day | None = Field(None, alias="from")
    """First day; left out where the period reaches back beyond what was read."""
    from_at_latest: StrictBool = False
    """True where `from` is only the first day of which it is known: the law may be older."""
    until: Day | None = None
    """First day no longer covered; left out where the next period or nothing ends it."""
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
    probably: dict[Substance, Status] = Field(default_factory=dict)
    """What an unknown status probably is: `banned`, `sale_prohibited` or `prescription_only`."""
    accounts: tuple[Line, ...] = ()
    """Who says so, at least two, independently of each other."""


class PeriodEntry(Terms, BySubstance[Status]):
    """The law between two days, for all four substances, or those that a locality's law addresses."""

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
        check_order(self.from_, self.until)
        if self.from_at_latest and self.from_ is None:
            raise ValueError("from_at_latest needs from: the first day of which it is known")
        check_known("duty", self.duties, DUTIES, "duties")
        check_known("limit", self.limits, LIMITS, "limits")
        return self


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
    substances: tuple[Substance, ...] = ()
    """What it is about; all of them if empty."""


class AttestationEntry(Strict):
    """A person's reading of an official text, with proof: `regstatus attest` writes it."""

    document: Ident
    """The document whose text it is."""
    day: Day
    """The day of law for which the text speaks: its edition, or the day of its capture."""
    by: Line
    """Who read it."""
    at: Line
    """Where the file was had: the official address, or repository, commit and path of a copy."""
    kind: Annotated[str, Field(pattern=r"^(original|copy|conversion|excerpt)$")]
    """`original` (from the office), `copy` (its form, kept by others), `conversion` (of another), `excerpt`.

    An excerpt is evidence of its words and raises no grade: what stands in the rest is not known.
    """
    format: Format | None = None
    """The form of the file, where it is not the document's."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """Digest of its bytes: with the same file anyone can prove it again."""
    says: dict[str, str | int]
    """What was read there of each substance, of `minimum_age` and `seven_oh_cap`."""
    quote: Annotated[str, Field(max_length=300)]
    """Its own words; of a text that is silent, those that prove that it is the list."""


class AsWritten(Strict):
    """What a record keeps of a source file as people wrote it."""

    attested_by: Line
    """Who attests it: `third-party reading`, or a person's name who read the official text."""
    read_officially: StrictBool = False
    """True only where that person read the official text on that day."""
    researched_from: Day | None = None
    """First day for which the law was looked for; older days are unknown."""
    adopts_federal: Line | None = None
    """How federal scheduling becomes law here, with its citation."""
    members: tuple[str, ...] = ()
    """For layers of context (`EU`): the countries that they concern; all of them if left out."""
    positions: tuple[PositionEntry, ...] = ()
    """Agencies' positions."""
    pending: tuple[PendingEntry, ...] = ()
    """Proposals; never law."""
    conflicts: tuple[ConflictEntry, ...] = ()
    """Where sources disagree."""
    attestations: tuple[AttestationEntry, ...] = ()
    """What people read in official texts, with proof."""
    notes: Annotated[str, Field(max_length=2000)] | None = None
    """For people."""


class Source(AsWritten):
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
    stale_after: Span = timedelta(days=60)
    """How long a verification lasts."""
    documents: tuple[Document, ...] = ()
    """The official documents that are watched."""
    instruments: tuple[InstrumentEntry, ...] = ()
    """The instruments that the timeline rests on."""
    timeline: Annotated[tuple[PeriodEntry, ...], Field(min_length=1)]
    """The law, period by period."""
    _own: Own | None = PrivateAttr(None)

    @property
    def is_locality(self) -> bool:
        """Whether this is a county, city or place below a state."""
        return "/" in self.jurisdiction

    @property
    def own(self) -> Own | None:
        """What it is of a file that ships, where a user laid it over that; else None."""
        return self._own

    def laid_over(self, own: Own) -> Self:
        """The same as a file of a user's own."""
        source = self.model_copy()
        source._own = own  # noqa: SLF001  (of its own type)
        return source
