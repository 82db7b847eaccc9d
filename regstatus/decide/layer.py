"""Layer: what one jurisdiction's own record says of one day, before the layers are laid together."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from regstatus.model.law import LIMITS, PERMISSIONS, SUBSTANCES, Activity, Grade, Permission, Status
from regstatus.model.stored import whole
from regstatus.model.strictness import strictest_cap, strictest_permission, strictest_status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from regstatus.model.shapes import (
        CitationData,
        ConflictOutData,
        EvidenceData,
        FindingData,
        LayerData,
        LimitData,
        PastPeriodData,
        PendingOutData,
        PeriodData,
        PlaceData,
        PositionOutData,
        ReadingData,
        RecordData,
        ReviewItemData,
        UpcomingData,
    )

__all__ = ["CONTROL_RULE", "Layer", "period_on", "strictest_permission", "turns"]

CONTROL_RULE = "positive control"
"""Names the rule of words that prove that the real text was had, which names no kratom."""

_EVIDENCE_KEPT = 3
"""Quotations shown for each document."""


def period_on(record: RecordData, on: date) -> PeriodData | None:
    """The period of a record that covers a day; None where the timeline leaves a gap."""
    day = on.isoformat()
    for period in record["timeline"]:
        if (period["from"] or "") <= day and (period["until"] is None or day < period["until"]):
            return period
    return None


def turns(record: RecordData) -> set[str]:
    """The days on which a record may say something else: periods begin and end, readings are found."""
    days = {day for period in record["timeline"] for day in (period["from"], period["until"])}
    found = {item["found_on"] for item in record["contradictions"] if item["sets"]}
    return {day for day in days | found if day is not None}


def document_of(record: RecordData, name: str) -> ReadingData:
    """A document of a record; one that another release left out has its name alone."""
    return record["documents"].get(name) or whole({"title": name, "url": ""}, "ReadingData", name)


def _name(key: str) -> str:
    """The name of a place that has no record; only then is the registry read."""
    from regstatus.catalog.places import Registry

    return Registry().get(key).name


class Layer:
    """One jurisdiction's record, seen from one day.

    Whatever it says is the stricter of that day's period and of every contradiction that was
    found by then and is still open: an official text may say more than the record, never less.

    Args:
        key: Id of the jurisdiction.
        record: Its record as JSON; None where there is none, which reads as unknown.
        on: The day of law time.
        name: Of a place that has no record, where the registry may not know it.
    """

    __slots__ = ("_open", "_period", "id", "name", "on", "record")

    def __init__(
        self, key: str, record: RecordData | None, on: date, name: str | None = None
    ) -> None:
        self.id, self.record, self.on = key, record, on.isoformat()
        self.name = record["name"] if record else name or _name(key)
        self._period = period_on(record, on) if record else None
        contradictions = record["contradictions"] if record else ()
        self._open = [i for i in contradictions if i["sets"] and i["found_on"] <= self.on]

    def _then(self, day: str | None) -> Layer:
        """The same record, seen from another day; None is the beginning."""
        return Layer(self.id, self.record, date.fromisoformat(day) if day else date.min)

    def _recorded(self, substance: str) -> Status | None:
        """What the timeline says alone."""
        if self.record is None or self._period is None:
            # A country or state that was never read is unknown, and so is a locality
            # whose record was withdrawn; others of those without a record are not known here.
            return Status.UNKNOWN
        value = self._period["statuses"].get(substance)
        return Status(value) if value else None

    def _found(self, name: str) -> list[Any]:
        """What the open contradictions set."""
        return [item["sets"][name] for item in self._open if name in item["sets"]]

    def status(self, substance: str) -> Status | None:
        """The status of a substance; None where this layer of law does not address it."""
        return strictest_status([self._recorded(substance), *map(Status, self._found(substance))])

    def grade(self, substance: str) -> Grade:
        """How well that status is known."""
        recorded = Grade(self._period["grades"].get(substance, "none")) if self._period else None
        if recorded in {None, Grade.NONE} and self._found(substance):
            # A machine read it in an official text, and nobody has looked at it yet.
            return Grade.SECONDARY
        return recorded or Grade.NONE

    def may(self, activity: str, substance: str) -> Permission | None:
        """Whether an activity is lawful here; None where this layer does not address it."""
        found = [Permission(PERMISSIONS[status][activity]) for status in self._found(substance)]
        found += [
            Permission(str(item["sets"][activity]))
            for item in self._open
            if item["about"] == substance and activity in item["sets"]
        ]
        if (status := self._recorded(substance)) is not None:
            # Departures are recorded for the headline; they hold for whatever shares its status.
            same = self._period and self._period["statuses"].get("leaf", status) == status
            stated = self._period["may"].get(activity) if self._period and same else None
            found.append(Permission(stated or PERMISSIONS[status][activity]))
        return strictest_permission(found) if found else None

    def says(self) -> tuple[Any, ...]:
        """All that a contradiction can make stricter, to compare days and versions by."""
        return (
            *(self.status(name) for name in SUBSTANCES),
            *(self.may(str(activity), name) for activity in Activity for name in SUBSTANCES),
            self.minimum_age,
            self.cap,
        )

    @property
    def unreviewed(self) -> str | None:
        """The first day from which open contradictions make the layer stricter than its timeline."""
        if not self._open or self.record is None:
            return None
        plain: RecordData = {**self.record, "contradictions": []}
        if Layer(self.id, plain, date.fromisoformat(self.on)).says() == self.says():
            return None
        return str(min(item["found_on"] for item in self._open))

    def fact(self, name: str) -> Any:
        """What the day's period says, as it is recorded; None where no period covers the day."""
        period: Mapping[str, Any] = self._period or {}
        return period.get(name)

    @property
    def minimum_age(self) -> int | None:
        """Age limit of sale, in years."""
        ages = (*self._found("minimum_age"), self.fact("minimum_age"))
        return max((age for age in ages if age), default=None)

    @property
    def cap(self) -> str | None:
        """7-OH limits in compact form."""
        return strictest_cap((self.fact("seven_oh_cap"), *self._found("seven_oh_cap")))

    @property
    def duties(self) -> dict[str, bool | None]:
        """Duties that are recorded."""
        return self._period["duties"] if self._period else {}

    def limits(self) -> list[LimitData]:
        """What else the law limits, in the order of the codebook."""
        held = self._period["limits"] if self._period else {}
        return [
            {"jurisdiction": self.id, "about": name, "says": held[name]}
            for name in LIMITS
            if name in held
        ]

    @property
    def basis(self) -> str | None:
        """`express`, `derived`, `agency` or `silence`."""
        if self.status("leaf") is not self._recorded("leaf"):
            return "express"  # an official text names it
        value: str | None = self.fact("basis")
        return value

    @property
    def summary(self) -> str | None:
        """The period's sentence; where an unreviewed text is stricter, that comes first."""
        recorded: str | None = self.fact("summary")
        if (day := self.unreviewed) is None:
            return recorded
        return (
            f"An official text of {day} says more than the record: the stricter reading is used, "
            "and nobody has reviewed it yet."
        ) + (f" Recorded: {recorded}" if recorded else "")

    def since(self, substance: str) -> str | None:
        """The first day of the unbroken run of days with the present status, if it is known."""
        if self.record is None:
            return None
        first, status = None, self.status(substance)
        for day in sorted((day for day in turns(self.record) if day <= self.on), reverse=True):
            then = self._then(day)
            if then.status(substance) is not status or then.is_gap(substance):
                return first
            first = day
        then = self._then(None)
        same = then.status(substance) is status and not then.is_gap(substance)
        return None if same else first

    def is_gap(self, substance: str) -> bool:
        """Whether neither a period nor a contradiction speaks of a substance on the day."""
        return self._period is None and not self._found(substance)

    def reviews(self) -> list[ReviewItemData]:
        """Open contradictions, with both sides."""
        if self.record is None:
            return []
        return [
            {
                "jurisdiction": self.id,
                # Versions that were written before these facts were kept have no such keys.
                "held": item.get("held", False),
                "undoes": item.get("undoes"),
                "bearing": item.get("bearing"),
                **item,
                "title": document_of(self.record, item["document"])["title"],
                "url": document_of(self.record, item["document"])["url"],
            }
            for item in self.record["contradictions"]
        ]

    def citations(self) -> list[CitationData]:
        """The instruments of the period that were law on the day, as citations."""
        return [self._citation(name) for name in self._instruments(self.fact("instruments") or ())]

    def _instruments(self, names: Iterable[str]) -> list[str]:
        """Those that were there on the day: a period may rest on one that came later, or has gone."""
        known = self.record["instruments"] if self.record else {}
        return [
            name
            for name in names
            if (entry := known.get(name)) is None
            or (
                (entry["effective"] or entry["enacted"] or "") <= self.on
                and self.on < (entry["until"] or "9999")
            )
        ]

    def _citation(self, name: str) -> CitationData:
        assert self.record is not None
        entry = self.record["instruments"].get(name)
        if entry is None:
            document = document_of(self.record, name)
            return {
                "text": document["title"],
                "url": _shown(document["url"]),
                "type": document["reads"],
                "effective": None,
                "title": document["title"],
                "until": None,
                "url_basis": document["url_basis"],
                "jurisdiction": self.id,
            }
        carrier = self.record["documents"].get(entry["document"] or "")
        return {
            "text": entry["citation"],
            "url": entry["url"] or _shown(carrier["url"] if carrier else None),
            "type": entry["type"],
            "effective": entry["effective"],
            "title": entry["title"],
            "until": entry["until"],
            "url_basis": entry["url_basis"] or (carrier["url_basis"] if carrier else None),
            "jurisdiction": self.id,
        }

    def evidence(
        self, clocks: Mapping[str, Mapping[str, Any]], most: int | None = _EVIDENCE_KEPT
    ) -> list[EvidenceData]:
        """What the machine read, with times and digests; then words that people recorded.

        Args:
            clocks: The ledger's clocks by document key.
            most: Quotations shown for each document; None for all that the record holds.
        """
        if self.record is None:
            return []
        found: list[EvidenceData] = []
        for name, document in self.record["documents"].items():
            finding = document["finding"]
            clock = clocks.get(f"{self.id}:{name}", {})
            found.extend(
                {
                    "quote": place["quote"],
                    "url": clock.get("via_copy") or document["url"],
                    "retrieved_at": clock.get("last_ok"),
                    "archived_at": clock.get("archived_at"),
                    "sha256": clock.get("sha256"),
                    "document": name,
                    "place": " > ".join(place["headings"]) or None,
                    "rule": place["rule"],
                    "read_at": None,
                    "jurisdiction": self.id,
                }
                for place in (_places(finding)[:most] if finding else ())
            )
        # Words that speak of kratom come before those that only prove a list complete.
        found.sort(key=lambda item: item["rule"] == CONTROL_RULE)
        for name in self._instruments(self.fact("instruments") or ()):
            entry = self.record["instruments"].get(name)
            if entry and entry["quote"]:
                found.append(
                    {
                        "quote": entry["quote"],
                        "url": self._citation(name)["url"],
                        "retrieved_at": None,
                        "archived_at": None,
                        "sha256": None,
                        "document": entry["document"],
                        "place": None,
                        "rule": "recorded by people",
                        "read_at": entry["quote_from"] or entry["url"],
                        "jurisdiction": self.id,
                    }
                )
        return found

    def substances(self) -> dict[str, str]:
        """The status of each substance that the layer addresses."""
        statuses = ((name, self.status(name)) for name in SUBSTANCES)
        return {name: str(status) for name, status in statuses if status is not None}

    def upcoming(self) -> list[UpcomingData]:
        """Enacted changes whose day is still to come."""
        found: list[UpcomingData] = []
        for period in self.record["timeline"] if self.record else ():
            first = period["from"]
            if first is None or first <= self.on:
                continue
            then, before = self._then(first), self._then(_eve(first)).substances()
            found.append(
                {
                    "jurisdiction": self.id,
                    "from": first,
                    "status": _text(then.status("leaf")),
                    "substances": then.substances(),
                    "changes": {
                        name: status
                        for name, status in then.substances().items()
                        if before.get(name) != status
                    },
                    "summary": then.summary,
                    "citations": [self._citation(name)["text"] for name in period["instruments"]],
                    "challenged": period["challenged"],
                    "grade": min(
                        period["grades"].values(), key=lambda g: Grade(g).rank, default="none"
                    ),
                }
            )
        return found

    def history(self) -> list[PastPeriodData]:
        """Every period up to the day, oldest first, cut where a contradiction made it stricter."""
        return [
            {
                "from": first,
                "until": until,
                "status": _text(then.status("leaf")),
                "substances": then.substances(),
                "minimum_age": then.minimum_age,
                "seven_oh_cap": then.cap,
                "summary": then.summary,
                "citations": [
                    self._citation(name)["text"]
                    for name in self._instruments(period["instruments"])
                ],
            }
            for period in (self.record["timeline"] if self.record else ())
            if (period["from"] or "") <= self.on
            for first, until in pairwise([*self._cuts(period), period["until"]])
            for then in (self._then(first),)
        ]

    def _cuts(self, period: PeriodData) -> list[str | None]:
        """The first day of a period, and those in it from which it is stricter than before."""
        first, last = period["from"], period["until"] or "9999"
        found: list[str | None] = [first]
        for day in sorted({item["found_on"] for item in self._open}):
            inside = (first or "") < day < last
            if inside and self._then(day).says() != self._then(found[-1]).says():
                found.append(day)
        return found

    def positions(self) -> list[PositionOutData]:
        """Positions that agencies had taken by the day."""
        held = self.record["positions"] if self.record else ()
        return [
            {"jurisdiction": self.id, **item} for item in held if (item["date"] or "") <= self.on
        ]

    def pending(self) -> list[PendingOutData]:
        """Proposals."""
        held = self.record["pending"] if self.record else ()
        return [{"jurisdiction": self.id, **item} for item in held]

    def conflicts(self) -> list[ConflictOutData]:
        """Where sources disagree."""
        held = self.record["conflicts"] if self.record else ()
        return [{"jurisdiction": self.id, **item} for item in held]

    def to_dict(self) -> LayerData:
        """This layer's own say, before the strictest governs."""
        statuses = {name: self.status(name) for name in SUBSTANCES}
        return {
            "id": self.id,
            "name": self.name,
            "status": _text(statuses["leaf"]),
            "substances": {name: _text(status) for name, status in statuses.items()},
            "grade": str(self.grade("leaf")),
            "since": self.since("leaf"),
            "minimum_age": self.minimum_age,
            "seven_oh_cap": self.cap,
            "basis": self.basis,
            "summary": self.summary,
            "recorded": self.record is not None,
        }


def _shown(url: str | None) -> str | None:
    """An address where a person finds the law: no front page, no interface, none that needs a key."""
    host, _, path = (url or "").partition("://")[2].partition("/")
    interface = host.startswith("api.") or "/api/" in f"/{path}" or path.endswith(".json")
    return url if path and not interface and not {"{", "$"} & set(path) else None


def _eve(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _text(status: Status | None) -> str | None:
    return None if status is None else str(status)


def _places(finding: FindingData) -> list[PlaceData]:
    """Where a finding's claims rest, the weightiest first; the controls where it is silent."""
    mentions = finding["mentions"]

    def named(*contexts: str) -> list[PlaceData]:
        return [item["place"] for item in mentions if item["context"] in contexts]

    facts = (finding["minimum_age"], *finding["caps"], *finding["prohibitions"])
    places = [
        *named("listed", "excluded"),
        *(fact["place"] for fact in facts if fact),
        *named("defined"),
        *named("mentioned"),
    ]
    words = (*finding["phrases"], *(() if places else finding["controls"]))
    places.extend(
        {"quote": quote, "headings": [], "anchor": None, "rule": CONTROL_RULE}
        for item in words
        if item["found"] and (quote := item["quote"])
    )
    unique: dict[str, PlaceData] = {}
    for place in places:
        unique.setdefault(place["quote"], place)
    return list(unique.values())
