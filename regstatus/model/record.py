"""Record: one jurisdiction's law as a timeline of periods, with the findings that support it.

Everything in a record is a fact of law or of a text. No clock of ours stands in
it, so the same law always gives the same bytes; times live in the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from pydantic import Field

from regstatus.model.document import Watched
from regstatus.model.finding import Finding
from regstatus.model.law import Activity, Grade, Permission, Status, Substance
from regstatus.model.source import AsWritten, InstrumentEntry, Terms
from regstatus.model.source_fields import Strict
from regstatus.model.words import Own, Verdict

if TYPE_CHECKING:
    from regstatus.model.shapes import RecordData


class Stored(Strict):
    """What a store keeps, and other releases have written."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """Read it; what another release knows beyond this one is left aside."""
        return cls.model_validate(data, extra="ignore")


class Period(Terms):
    """The law between two days."""

    statuses: dict[Substance, Status]
    """One status for each substance that this layer of law addresses."""
    grades: dict[Substance, Grade]
    """How well each status is known."""
    basis: str
    """`express`, `derived`, `agency` or `silence`."""
    may: dict[Activity, Permission] = Field(default_factory=dict)
    """Activities in which the law departs from what the status means."""


class Reading(Stored, Watched):
    """A watched document, and what the machine last read in it."""

    verdict: Verdict | None = None
    """What the last readable text did to the record; null where it was never read."""
    period: str | None = None
    """First day of the period that was in force at that reading; `start` for the first."""
    finding: Finding | None = None
    """What it said."""


class Contradiction(Strict):
    """A readable official text that says otherwise than the timeline; unreviewed until mended."""

    document: str
    """Id of the document."""
    about: str
    """The fact in dispute: a substance, `minimum_age`, `seven_oh_cap`, …"""
    recorded: str
    """What the timeline or the source file says."""
    observed: str
    """What the text says."""
    sets: dict[str, str | int] = Field(default_factory=dict)
    """The stricter reading that answers take from `found_on`; empty where the record is stricter."""
    quote: str | None = None
    """The text's own words, where it has any."""
    recorded_quote: str | None = None
    """The words on which the record rests, where it has any."""
    found_on: date
    """Day of the run that first saw it, UTC."""
    held: bool = False
    """True where the newest text no longer says as much; what it sets stays until a person reviews it."""
    undoes: date | None = None
    """For a text that says less than an earlier one: the day on which that was found. It undoes nothing."""
    bearing: str | None = None
    """Digest of what the source file says of the fact: while that stays, what this sets stays."""


class Record(Stored, AsWritten):
    """One jurisdiction's law."""

    id: str
    """`TH`, `US-AL`, `US-CA/san-diego`."""
    name: str
    """English name."""
    level: str
    """`country`, `state`, `district`, `territory`, `county`, `city`, `place` or `context`."""
    parent: str | None
    """Id of the layer above."""
    ocd_id: str | None
    """Open Civic Data division id."""
    attested: date
    """The day up to which people attest the timeline."""
    stale_after_days: int
    """How long a verification lasts."""
    timeline: tuple[Period, ...]
    """Periods in order, never overlapping."""
    instruments: dict[str, InstrumentEntry] = Field(default_factory=dict)
    """By id."""
    documents: dict[str, Reading] = Field(default_factory=dict)
    """By id."""
    contradictions: tuple[Contradiction, ...] = ()
    """Open contradictions between text and timeline."""
    own: Own | None = None
    """For a source file that is not the project's, whether it is `own` or `behind` the one that ships."""

    def to_json(self) -> RecordData:
        """The record as the store keeps it."""
        data: Any = self.model_dump(mode="json", by_alias=True)
        kept: RecordData = data
        return kept
