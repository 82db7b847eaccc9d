"""JSON Schemas (2020-12) of everything that is written or may be handed in, made from the types."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import AwareDatetime, Field, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

from regstatus.model.finding import Finding
from regstatus.model.record import Contradiction, Record
from regstatus.model.source import ConflictEntry, PendingEntry, PositionEntry, Source
from regstatus.model.source_fields import Strict
from regstatus.model.words import (
    EventKind,
    FreshnessState,
    Grade,
    Permission,
    Status,
    Substance,
)

__all__ = [
    "AnswerSchema",
    "ChangeSchema",
    "NotificationSchema",
    "ReportSchema",
    "SnapshotSchema",
    "schemas",
]

BASE = "urn:regstatus:schema:1"
"""Names the schemas; it is a name, not an address."""


class Place(Strict):
    """Who an answer is about."""

    id: str
    """`TH`, `US-AL`, `US-CA/san-diego`."""
    name: str
    """English name."""
    ocd_id: str | None
    """Open Civic Data division id."""
    level: str
    """`country`, `state`, `district`, `territory`, `county`, `city`, `place` or `context`."""
    parent: str | None
    """Id of the layer above."""


class Detail(Strict):
    """One substance in the answer."""

    status: Status
    """The strictest status of the layers."""
    since: date | None
    """First day of that status, where it is known."""
    schedule: str | None
    """The schedule, where it is banned by one."""
    grade: Grade
    """How well it is known."""
    by: str | None
    """Id of the layer that sets it."""


class May(Strict):
    """What one may do with the leaf, or the substance asked for."""

    possess: Permission
    """Have it for oneself."""
    sell: Permission
    """Sell it to people."""
    import_: Permission = Field(alias="import")
    """Bring it in."""
    cultivate: Permission
    """Grow the tree."""
    export: Permission
    """Send or take it abroad."""


class LimitOut(Strict):
    """Something that a layer's law limits beyond an age and a 7-OH cap."""

    jurisdiction: str
    """Whose law."""
    about: str
    """`persons`, `places`, `means`, `online`, `packs`, `content` or `export`."""
    says: str
    """In a few words."""


class CitationOut(Strict):
    """A law that the answer rests on."""

    text: str
    """As lawyers cite it."""
    url: str | None
    """An official address, where one is known."""
    type: str
    """`statute`, `regulation`, `order`, `notice`, …"""
    effective: date | None
    """First day in force."""
    until: date | None
    """First day no longer in force."""
    title: str | None
    """Its own title."""
    url_basis: str | None
    """How the address is known: `seen`, `pattern`, `memory`."""
    jurisdiction: str
    """Whose law it is."""


class EvidenceOut(Strict):
    """Words that support the answer."""

    quote: str
    """Verbatim."""
    url: str | None
    """The official address of the document, or of the copy in which they were read."""
    retrieved_at: AwareDatetime | None
    """When the machine read them, UTC; null where it never did."""
    archived_at: AwareDatetime | None
    """For an archive's capture, the archive's date of it, UTC: they stood there then."""
    sha256: str | None
    """Digest of the bytes that were read."""
    document: str | None
    """Id of the document."""
    place: str | None
    """Headings above the words."""
    rule: str
    """The rule that read them, or `recorded by people`."""
    read_at: str | None
    """Where people read them, if the machine has not."""
    jurisdiction: str
    """Whose law it is."""


class ReviewItem(Contradiction):
    """An open contradiction."""

    jurisdiction: str
    """Whose record."""
    title: str
    """The document's title."""
    url: str
    """Its official address."""


class Review(Strict):
    """Contradictions that nobody has reviewed yet."""

    open: int
    """How many."""
    contradictions: tuple[ReviewItem, ...]
    """Each with both sides."""


class FreshnessOut(Strict):
    """Whether the record may still be trusted."""

    state: FreshnessState
    """`fresh`, `due` or `stale`: the worst of the layers."""
    verified_at: AwareDatetime | None
    """Last proof from the official text, UTC; null if never."""
    attested: date | None
    """The day up to which people attest the timeline."""
    attested_by: str | None
    """Who."""
    limit_days: int | None
    """How long a verification lasts."""
    check_by: date | None
    """The day by which it must be proven again, by the machine or by people."""
    reasons: tuple[str, ...]
    """In words."""


class Upcoming(Strict):
    """An enacted change still to come."""

    jurisdiction: str
    """Whose law."""
    from_: date = Field(alias="from")
    """Its first day."""
    status: Status | None
    """Status of the leaf from then on."""
    substances: dict[Substance, Status]
    """Status of each substance from then on."""
    changes: dict[Substance, Status]
    """Those of them that differ from the period before."""
    summary: str | None
    """One sentence."""
    citations: tuple[str, ...]
    """Its law."""
    challenged: str | None
    """A pending court challenge."""
    grade: Grade
    """How well it is known."""


class PastPeriod(Strict):
    """A period of the place's own law."""

    from_: date | None = Field(alias="from")
    """First day; null where it reaches back beyond what was read."""
    until: date | None
    """First day no longer covered."""
    status: Status | None
    """Status of the leaf."""
    substances: dict[Substance, Status]
    """Status of each substance."""
    minimum_age: int | None
    """Age limit, in years."""
    seven_oh_cap: str | None
    """7-OH limits."""
    summary: str | None
    """One sentence."""
    citations: tuple[str, ...]
    """Its law."""


class LayerOut(Strict):
    """One layer of law by itself, before the strictest governs."""

    id: str
    """Its jurisdiction."""
    name: str
    """English name."""
    status: Status | None
    """Status of the leaf; null where the layer does not address it."""
    substances: dict[Substance, Status | None]
    """Status of each substance."""
    grade: Grade
    """How well the leaf's status is known."""
    since: date | None
    """First day of the leaf's status."""
    minimum_age: int | None
    """Age limit, in years."""
    seven_oh_cap: str | None
    """7-OH limits."""
    basis: str | None
    """`express`, `derived`, `agency` or `silence`."""
    summary: str | None
    """One sentence."""
    recorded: bool
    """False where there is no record at all."""


class PositionOut(PositionEntry):
    """An agency's position that is not law."""

    jurisdiction: str
    """Where."""


class PendingOut(PendingEntry):
    """A proposal; never law."""

    jurisdiction: str
    """Where."""


class ConflictOut(ConflictEntry):
    """Sources that disagree."""

    jurisdiction: str
    """Where."""


class ContextOut(Strict):
    """What stands beside a country's law without being it."""

    id: str
    """`EU` or `UN`."""
    name: str
    """English name."""
    summary: str | None
    """One sentence."""
    positions: tuple[PositionOut, ...]
    """What its bodies say."""


class Version(Strict):
    """The version that answered."""

    version: str
    """Its id."""
    digest: str
    """SHA-256 of its canonical bytes."""
    created: AwareDatetime
    """When it was written, UTC."""
    origin: str | None
    """Where its documents came from, if not from official hosts."""
    warning: str | None
    """Why it is not the newest version, if it is not."""


class AnswerSchema(Strict):
    """The reply to one question: the contract of the command line, Python and HTTP."""

    jurisdiction: Place
    """Who it is about."""
    on: date
    """The day of law time, local to the place."""
    zone: str | None
    """The zone whose day `on` is, where none was asked for; null where one was."""
    substance: Substance | None
    """The substance asked for; null means the leaf."""
    status: Status
    """The strictest status of the layers."""
    substances: dict[Substance, Status]
    """The same for each substance."""
    details: dict[Substance, Detail]
    """The same with dates, grades and whose law it is."""
    schedule: str | None
    """The schedule or list."""
    minimum_age: int | None
    """Age limit of sale, in years; null where all sale is forbidden."""
    seven_oh_cap: str | None
    """7-OH limits in compact form."""
    limits: tuple[LimitOut, ...]
    """What else the layers limit: to whom, where, how."""
    duties: dict[str, bool | None]
    """True, false, or null where no layer was read to say."""
    may: May
    """What one may do."""
    penalties: str | None
    """Those of the governing layer, in a few words."""
    since: date | None
    """First day of the status."""
    until: date | None
    """First coming day on which another status is enacted; null where none is."""
    summary: str
    """The answer in one sentence."""
    citations: tuple[CitationOut, ...]
    """The laws it rests on that were there on the day."""
    evidence: tuple[EvidenceOut, ...]
    """Their words."""
    grade: Grade
    """How well the status is known."""
    basis: str | None
    """`express`, `derived`, `agency` or `silence`; null where the status is unknown."""
    review: Review | None
    """Open contradictions."""
    freshness: FreshnessOut
    """Whether it may still be trusted."""
    upcoming: tuple[Upcoming, ...]
    """Enacted changes still to come."""
    history: tuple[PastPeriod, ...]
    """The place's own law up to the day."""
    layers: tuple[LayerOut, ...]
    """The place and what lies above it."""
    context: tuple[ContextOut, ...]
    """The Union and the conventions: shown, and never governing."""
    pending: tuple[PendingOut, ...]
    """Proposals; never law."""
    positions: tuple[PositionOut, ...]
    """Agencies' positions."""
    conflicts: tuple[ConflictOut, ...]
    """Where sources disagree."""
    snapshot: Version
    """The version that answered."""
    disclaimer: str
    """What this is not."""
    hint: str | None
    """What else the words that were asked for may mean, if anything."""


class ChangeSchema(Strict):
    """One typed event."""

    kind: EventKind
    """What happened."""
    jurisdiction: str
    """Where."""
    substance: str | None
    """To what."""
    before: str | None
    """What was said before."""
    after: str | None
    """What is said now."""
    law_date: date | None
    """The day the law moved or will move."""
    observed: date
    """The day of the run, UTC."""
    document: str | None
    """The document that shows it."""
    url: str | None
    """Its official address."""
    quote: str | None
    """Its words."""
    sentence: str
    """The event for people."""
    details: tuple[str, ...]
    """Further lines."""


class RunFactsSchema(Strict):
    """What a run did."""

    started: str
    """When it began, UTC, ISO format."""
    finished: str
    """When it ended."""
    state: Literal["complete", "held", "failed"]
    """How it ended; `held` is over the flip budget, `failed` could not keep its evidence."""
    version: str | None
    """Id of the version that it published, if it did."""
    parent: str | None
    """Id of the version before."""
    origin: str | None
    """Where its documents came from, if not from official hosts."""
    counts: dict[str, int]
    """Outcome to number of documents."""
    flips: tuple[str, ...]
    """Ids of the places in which a status would differ."""
    note: str | None = None
    """Why it failed, if it did."""


class ReportSchema(RunFactsSchema):
    """What a run did and saw, without what proves the file."""

    changes: tuple[ChangeSchema, ...]
    """Every event."""


class ToldSchema(ChangeSchema):
    """An event as it is told after a run."""

    level: Literal["low", "medium", "high"]
    """How much it matters."""
    link: str | None
    """The jurisdiction's page, where pages are published."""


class RunOut(Strict):
    """The newest run that a message tells of."""

    started: str
    """When it began, UTC, ISO format."""
    state: Literal["complete", "held", "failed"]
    """How it ended."""
    before: Literal["complete", "held", "failed"]
    """How the runs ended when this target was last told."""
    version: str | None
    """Id of the version that it published, if it did."""
    origin: str | None
    """Where its documents came from, if not from official hosts."""
    note: str | None
    """Why it failed, if it did."""


class NotificationSchema(Strict):
    """What a webhook gets after a run."""

    format: Literal["regstatus-notification/1"]
    """Names this form."""
    id: str
    """Stays the same however often the message is sent; also the `Idempotency-Key`."""
    test: bool
    """True for a message of `regstatus notify test`."""
    run: RunOut
    """The newest run that it tells of."""
    title: str
    """One line, plain text."""
    text: str
    """The message for people, as Markdown."""
    changes: tuple[ToldSchema, ...]
    """The events that the target asked for, the weightiest first."""
    more: int
    """Events beyond those, which are in the reports."""


class Former(Place):
    """Whose record was withdrawn."""


class SnapshotSchema(Strict):
    """`snapshot.json`: all records at one version."""

    format: Literal["regstatus-snapshot/1"]
    """Names this form."""
    former: dict[str, Former] = Field(default_factory=dict)
    """The places whose record was withdrawn, by id; left out where there are none."""
    records: dict[str, Record]
    """By jurisdiction id."""


class _Dialect(GenerateJsonSchema):
    def generate(self, schema: Any, mode: JsonSchemaMode = "validation") -> dict[str, Any]:
        made = super().generate(schema, mode)
        made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        return made


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by its short name."""
    types: dict[str, Any] = {
        "answer": AnswerSchema,
        "change": ChangeSchema,
        "finding": Finding,
        "notification": NotificationSchema,
        "record": Record,
        "snapshot": SnapshotSchema,
        "source": Source,
    }
    made = {}
    for name, kind in types.items():
        schema = TypeAdapter(kind).json_schema(schema_generator=_Dialect, by_alias=True)
        schema["$id"] = f"{BASE}:{name}"
        made[name] = schema
    return made
