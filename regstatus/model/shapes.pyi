# The shapes of what is stored, answered and told, as JSON. Made by `make schema`.

from typing import TypedDict

class PositionData(TypedDict):
    by: str
    citation: str
    date: str | None
    says: str
    url: str | None
    enforced: bool

class PendingData(TypedDict):
    citation: str
    stage: str
    says: str
    substances: list[str]
    earliest: str | None
    as_of: str
    url: str | None

class ConflictData(TypedDict):
    about: str
    claims: list[str]
    held: str
    substances: list[str]

class AttestationData(TypedDict):
    document: str
    day: str
    by: str
    at: str
    kind: str
    format: str | None
    sha256: str
    says: dict[str, str | int]
    quote: str

PeriodData = TypedDict(
    "PeriodData",
    {
        "from": str | None,
        "from_at_latest": bool,
        "until": str | None,
        "schedule": str | None,
        "minimum_age": int | None,
        "seven_oh_cap": str | None,
        "limits": dict[str, str],
        "duties": dict[str, bool | None],
        "penalties": str | None,
        "summary": str | None,
        "instruments": list[str],
        "challenged": str | None,
        "probably": dict[str, str],
        "accounts": list[str],
        "statuses": dict[str, str],
        "grades": dict[str, str],
        "basis": str,
        "may": dict[str, str],
    },
)

class InstrumentData(TypedDict):
    id: str
    citation: str
    title: str | None
    type: str
    enacted: str | None
    effective: str | None
    until: str | None
    url: str | None
    url_basis: str | None
    document: str | None
    quote: str | None
    quote_from: str | None
    note: str | None

class PlaceData(TypedDict):
    quote: str
    headings: list[str]
    anchor: str | None
    rule: str

class MentionData(TypedDict):
    substance: str
    written: str
    context: str
    schedule: str | None
    place: PlaceData

class MinimumAgeData(TypedDict):
    years: int
    place: PlaceData

class CapData(TypedDict):
    substance: str
    amount: float
    unit: str
    place: PlaceData

class DutyData(TypedDict):
    name: str
    place: PlaceData

class ProhibitionData(TypedDict):
    activity: str
    substance: str
    place: PlaceData

class ControlData(TypedDict):
    phrase: str
    found: bool
    quote: str | None

class FindingData(TypedDict):
    readable: bool
    problems: list[str]
    mentions: list[MentionData]
    schedule: str | None
    minimum_age: MinimumAgeData | None
    caps: list[CapData]
    duties: list[DutyData]
    prohibitions: list[ProhibitionData]
    controls: list[ControlData]
    phrases: list[ControlData]
    text_sha256: str | None

class ReadingData(TypedDict):
    url: str
    url_basis: str
    format: str
    title: str
    publisher: str
    reads: str
    language: str
    settles: list[str]
    people_only: bool
    verdict: str | None
    period: str | None
    finding: FindingData | None

class ContradictionData(TypedDict):
    document: str
    about: str
    recorded: str
    observed: str
    sets: dict[str, str | int]
    quote: str | None
    recorded_quote: str | None
    found_on: str
    held: bool
    undoes: str | None
    bearing: str | None

class RecordData(TypedDict):
    attested_by: str
    read_officially: bool
    researched_from: str | None
    adopts_federal: str | None
    members: list[str]
    positions: list[PositionData]
    pending: list[PendingData]
    conflicts: list[ConflictData]
    attestations: list[AttestationData]
    notes: str | None
    id: str
    name: str
    level: str
    parent: str | None
    ocd_id: str | None
    attested: str
    stale_after_days: int
    timeline: list[PeriodData]
    instruments: dict[str, InstrumentData]
    documents: dict[str, ReadingData]
    contradictions: list[ContradictionData]
    own: str | None

class SeatData(TypedDict):
    id: str
    name: str
    ocd_id: str | None
    level: str
    parent: str | None

class DetailData(TypedDict):
    status: str
    probably: str | None
    accounts: list[str]
    since: str | None
    since_at_latest: str | None
    schedule: str | None
    grade: str
    by: str | None
    at_least: bool

class LimitData(TypedDict):
    jurisdiction: str
    about: str
    says: str

class CitationData(TypedDict):
    text: str
    url: str | None
    type: str
    effective: str | None
    until: str | None
    title: str | None
    url_basis: str | None
    jurisdiction: str

class EvidenceData(TypedDict):
    quote: str
    url: str | None
    retrieved_at: str | None
    archived_at: str | None
    sha256: str | None
    document: str | None
    place: str | None
    rule: str
    read_at: str | None
    copy_at: str | None
    type: str
    jurisdiction: str

class ReviewItemData(TypedDict):
    document: str
    about: str
    recorded: str
    observed: str
    sets: dict[str, str | int]
    quote: str | None
    recorded_quote: str | None
    found_on: str
    held: bool
    undoes: str | None
    bearing: str | None
    jurisdiction: str
    title: str
    url: str

class ReviewData(TypedDict):
    open: int
    contradictions: list[ReviewItemData]

class FreshnessData(TypedDict):
    state: str
    verified_at: str | None
    attested: str | None
    attested_by: str | None
    limit_days: int | None
    as_of: str | None
    doubtful_from: str | None
    check_by: str | None
    reasons: list[str]

UpcomingData = TypedDict(
    "UpcomingData",
    {
        "jurisdiction": str,
        "from": str,
        "status": str | None,
        "substances": dict[str, str],
        "probably": dict[str, str],
        "changes": dict[str, str],
        "lapse": bool,
        "summary": str | None,
        "citations": list[str],
        "challenged": str | None,
        "grade": str,
    },
)

PastPeriodData = TypedDict(
    "PastPeriodData",
    {
        "from": str | None,
        "from_at_latest": bool,
        "until": str | None,
        "status": str | None,
        "substances": dict[str, str],
        "probably": dict[str, str],
        "minimum_age": int | None,
        "seven_oh_cap": str | None,
        "summary": str | None,
        "citations": list[str],
    },
)

class LayerData(TypedDict):
    id: str
    name: str
    status: str | None
    substances: dict[str, str | None]
    probably: dict[str, str]
    grade: str
    since: str | None
    since_at_latest: str | None
    researched_from: str | None
    speaks_until: str | None
    minimum_age: int | None
    seven_oh_cap: str | None
    basis: str | None
    summary: str | None
    recorded: bool

class PositionOutData(TypedDict):
    by: str
    citation: str
    date: str | None
    says: str
    url: str | None
    enforced: bool
    jurisdiction: str

class ContextData(TypedDict):
    id: str
    name: str
    summary: str | None
    positions: list[PositionOutData]

class PendingOutData(TypedDict):
    citation: str
    stage: str
    says: str
    substances: list[str]
    earliest: str | None
    as_of: str
    url: str | None
    jurisdiction: str

class ConflictOutData(TypedDict):
    about: str
    claims: list[str]
    held: str
    substances: list[str]
    jurisdiction: str

class VersionData(TypedDict):
    schema_version: str
    version: str
    digest: str
    created: str
    origin: str | None
    warning: str | None

class OtherPlaceData(TypedDict):
    id: str
    name: str
    substances: dict[str, str]

class AnswerData(TypedDict):
    jurisdiction: SeatData
    on: str
    zone: str | None
    substance: str | None
    status: str
    probably: str | None
    substances: dict[str, str]
    details: dict[str, DetailData]
    schedule: str | None
    minimum_age: int | None
    seven_oh_cap: str | None
    limits: list[LimitData]
    duties: dict[str, bool | None]
    may: dict[str, str]
    penalties: str | None
    since: str | None
    since_at_latest: str | None
    until: str | None
    challenged: str | None
    summary: str
    citations: list[CitationData]
    evidence: list[EvidenceData]
    grade: str
    basis: str | None
    review: ReviewData | None
    freshness: FreshnessData
    upcoming: list[UpcomingData]
    history: list[PastPeriodData]
    layers: list[LayerData]
    context: list[ContextData]
    pending: list[PendingOutData]
    positions: list[PositionOutData]
    conflicts: list[ConflictOutData]
    snapshot: VersionData
    disclaimer: str
    hint: str | None
    note: str | None
    possible: list[OtherPlaceData]
    stricter_within: list[OtherPlaceData]

class TurnData(TypedDict):
    status: str
    probably: str | None
    since: str | None
    since_at_latest: str | None
    summary: str | None
    stricter_within: str

TimelinePeriodData = TypedDict(
    "TimelinePeriodData",
    {
        "from": str | None,
        "until": str | None,
        "future": bool,
        "minimum_age": int | None,
        "seven_oh_cap": str | None,
        "substances": dict[str, TurnData],
    },
)

class TimelineData(TypedDict):
    jurisdiction: SeatData
    on: str
    periods: list[TimelinePeriodData]
    snapshot: VersionData
    disclaimer: str

class RunData(TypedDict):
    started: str
    state: str
    before: str
    version: str | None
    origin: str | None
    note: str | None

class ToldData(TypedDict):
    kind: str
    jurisdiction: str
    substance: str | None
    before: str | None
    after: str | None
    law_date: str | None
    observed: str
    document: str | None
    url: str | None
    quote: str | None
    sentence: str
    details: list[str]
    level: str
    link: str | None

class NotificationData(TypedDict):
    format: str
    id: str
    test: bool
    run: RunData
    title: str
    text: str
    changes: list[ToldData]
    more: int

class ChangeData(TypedDict):
    kind: str
    jurisdiction: str
    substance: str | None
    before: str | None
    after: str | None
    law_date: str | None
    observed: str
    document: str | None
    url: str | None
    quote: str | None
    sentence: str
    details: list[str]

class ReportData(TypedDict):
    started: str
    finished: str
    state: str
    version: str | None
    parent: str | None
    origin: str | None
    counts: dict[str, int]
    flips: list[str]
    note: str | None
    changes: list[ChangeData]

class RunFactsData(TypedDict):
    started: str
    finished: str
    state: str
    version: str | None
    parent: str | None
    origin: str | None
    counts: dict[str, int]
    flips: list[str]
    note: str | None

class EventData(TypedDict):
    kind: str
    jurisdiction: str
    substance: str | None
    before: str | None
    after: str | None
    law_date: str | None
    observed: str
    document: str | None
    url: str | None
    quote: str | None
    sentence: str
    details: list[str]
    version: str

UpcomingItemData = TypedDict(
    "UpcomingItemData",
    {
        "jurisdiction": str,
        "from": str,
        "status": str | None,
        "substances": dict[str, str],
        "probably": dict[str, str],
        "changes": dict[str, str],
        "lapse": bool,
        "summary": str | None,
        "citations": list[str],
        "challenged": str | None,
        "grade": str,
        "name": str,
        "own": str | None,
    },
)

class StaleItemData(TypedDict):
    state: str
    verified_at: str | None
    attested: str | None
    attested_by: str | None
    limit_days: int | None
    as_of: str | None
    doubtful_from: str | None
    check_by: str | None
    reasons: list[str]
    id: str
    name: str
    risk: str
    why: str
    own: str | None

class QueueItemData(TypedDict):
    rank: int
    jurisdiction: str
    name: str
    kind: str
    about: str
    recorded: str
    other: str
    next: str
    url: str | None
    own: str | None

class PendingItemData(TypedDict):
    citation: str
    stage: str
    says: str
    substances: list[str]
    earliest: str | None
    as_of: str
    url: str | None
    jurisdiction: str
    name: str
    heard: str | None
    heard_on: str | None
    due_since: str | None
    own: str | None

class DocumentItemData(TypedDict):
    key: str
    jurisdiction: str
    title: str
    publisher: str | None
    reads: str
    url: str
    url_basis: str
    outcome: str
    problem: str | None
    last_fetched: str | None
    last_ok: str | None
    verified_at: str | None
    verdict: str | None
    failures: int
    failing_since: str | None
    sha256: str | None
    own: str | None

class VersionItemData(TypedDict):
    id: str
    created: str
    parent: str | None
    digest: str
    records: int
    changes: int
    files: dict[str, str]
    origin: str | None
    seal: str

class VersionFileData(TypedDict):
    id: str
    created: str
    parent: str | None
    digest: str
    records: int
    changes: int
    files: dict[str, str]
    origin: str | None
    seal: str
    schema_version: str
    links: dict[str, str]

class ShortAnswerData(TypedDict):
    jurisdiction: SeatData
    on: str
    zone: str | None
    substance: str | None
    status: str
    probably: str | None
    substances: dict[str, str]
    schedule: str | None
    minimum_age: int | None
    seven_oh_cap: str | None
    may: dict[str, str]
    since: str | None
    since_at_latest: str | None
    until: str | None
    summary: str
    grade: str
    basis: str | None
    freshness: FreshnessData
    stricter_within: list[OtherPlaceData]
    snapshot: VersionData

class AboutData(TypedDict):
    schema_version: str
    version: str
    digest: str
    created: str
    origin: str | None
    warning: str | None
    judged_at: str
