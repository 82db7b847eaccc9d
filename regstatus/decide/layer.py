"""Layer: what one jurisdiction's own record says of one day, before the layers are laid together."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from regstatus.decide.citations import citation, document_of, instruments_on
from regstatus.model.canonical import whole
from regstatus.model.law import LIMITS, PERMISSIONS, SUBSTANCES, Activity, Grade, Permission, Status
from regstatus.model.strictness import strictest_cap, strictest_permission, strictest_status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from regstatus.model import shapes

_GAP: Any = {
    "statuses": dict.fromkeys(SUBSTANCES, "unknown"),
    **{name: {} for name in ("grades", "may", "duties", "limits")},
}
"""What stands where no period covers the day: what was never read is unknown."""


def period_on(record: shapes.RecordData, on: date) -> shapes.PeriodData | None:
    """The period of a record that covers a day; None where the timeline leaves a gap."""
    day = on.isoformat()
    for period in record["timeline"]:
        if (period["from"] or "") <= day and (period["until"] is None or day < period["until"]):
            return period
    return None


def turns(record: shapes.RecordData) -> set[str]:
    """The days on which a record may say something else: periods begin and end, readings are found."""
    days = {day for period in record["timeline"] for day in (period["from"], period["until"])}
    found = {item["found_on"] for item in record["contradictions"] if item["sets"]}
    return {day for day in days | found if day is not None}


class Layer:
    """One jurisdiction's record, seen from one day of law time.

    Whatever it says is the stricter of that day's period and of every contradiction that was
    found by then and is still open: an official text may say more than the record, never less.
    No record, as of a place that was never read or whose record was withdrawn, reads as unknown.
    """

    __slots__ = ("_open", "_period", "id", "name", "on", "record", "recorded")

    def __init__(
        self, key: str, record: shapes.RecordData | None, on: date, name: str = ""
    ) -> None:
        self.id, self.on, self.recorded = key, on.isoformat(), record is not None
        self.record: shapes.RecordData = record or whole(
            {"id": key, "name": name, "parent": None}, "RecordData", key
        )
        self.name = self.record["name"]
        self._period: shapes.PeriodData = period_on(self.record, on) or _GAP
        found = self.record["contradictions"]
        self._open = [i for i in found if i["sets"] and i["found_on"] <= self.on]

    def then(self, day: str | None) -> Layer:
        """The same record, seen from another day; None is the beginning."""
        return Layer(self.id, self.record, date.fromisoformat(day) if day else date.min)

    def plain(self) -> Layer:
        """What the timeline says alone."""
        return Layer(self.id, {**self.record, "contradictions": []}, date.fromisoformat(self.on))

    def _recorded(self, substance: str) -> Status | None:
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
        recorded = Grade(self._period["grades"].get(substance, "none"))
        if recorded is Grade.NONE and self._found(substance):
            # A machine read it in an official text, and nobody has looked at it yet.
            return Grade.SECONDARY
        return recorded

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
            same = self._period["statuses"].get("leaf", status) == status
            stated = self._period["may"].get(activity) if same else None
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
        if not self._open or self.plain().says() == self.says():
            return None
        return min(item["found_on"] for item in self._open)

    def fact(self, name: str) -> Any:
        """What the day's period says, as it is recorded; None where no period covers the day."""
        period: Mapping[str, Any] = self._period
        return period.get(name)

    @property
    def minimum_age(self) -> int | None:
        """Age limit of sale, in years."""
        ages = (*self._found("minimum_age"), self.fact("minimum_age"))
        return max(filter(None, ages), default=None)

    @property
    def cap(self) -> str | None:
        """7-OH limits in compact form."""
        return strictest_cap((self.fact("seven_oh_cap"), *self._found("seven_oh_cap")))

    def limits(self) -> list[shapes.LimitData]:
        """What else the law limits, in the order of the codebook."""
        held = self._period["limits"]
        return [
            {"jurisdiction": self.id, "about": name, "says": held[name]}
            for name in LIMITS
            if name in held
        ]

    @property
    def basis(self) -> str | None:
        """`express`, `derived`, `agency` or `silence`."""
        named = self.status("leaf") is not self._recorded("leaf")  # an official text names it
        value: str | None = "express" if named else self.fact("basis")
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
        first, status = None, self.status(substance)
        days = sorted((day for day in turns(self.record) if day <= self.on), reverse=True)
        for day in (*days, None):
            then = self.then(day)
            if then.status(substance) is not status or then.is_gap(substance):
                return first
            first = day
        return None

    def is_gap(self, substance: str) -> bool:
        """Whether neither a period nor a contradiction speaks of a substance on the day."""
        return self._period is _GAP and not self._found(substance)

    def substances(self) -> dict[str, str]:
        """The status of each substance that the layer addresses."""
        statuses = ((name, self.status(name)) for name in SUBSTANCES)
        return {name: str(status) for name, status in statuses if status is not None}

    def reviews(self) -> list[shapes.ReviewItemData]:
        """Open contradictions, with both sides."""
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

    def instruments(self) -> list[str]:
        """Those of the period that were law on the day; see `citations`."""
        return instruments_on(self.record, self.fact("instruments") or (), self.on)

    def upcoming(self) -> list[shapes.UpcomingData]:
        """Enacted changes whose day is still to come."""
        found: list[shapes.UpcomingData] = []
        for period in self.record["timeline"]:
            first = period["from"]
            if first is None or first <= self.on:
                continue
            eve = date.fromisoformat(first) - timedelta(days=1)
            then, before = self.then(first), self.then(eve.isoformat()).substances()
            now = then.substances()
            found.append(
                {
                    "jurisdiction": self.id,
                    "from": first,
                    "status": now.get("leaf"),
                    "substances": now,
                    "changes": {name: now[name] for name in now if before.get(name) != now[name]},
                    "summary": then.summary,
                    "citations": [citation(self.record, i)["text"] for i in period["instruments"]],
                    "challenged": period["challenged"],
                    "grade": min(
                        period["grades"].values(), key=lambda g: Grade(g).rank, default="none"
                    ),
                }
            )
        return found

    def history(self) -> list[shapes.PastPeriodData]:
        """Every period up to the day, oldest first, cut where a contradiction made it stricter."""
        return [
            {
                "from": first,
                "until": until,
                "status": now.get("leaf"),
                "substances": now,
                "minimum_age": then.minimum_age,
                "seven_oh_cap": then.cap,
                "summary": then.summary,
                "citations": [
                    citation(self.record, name)["text"]
                    for name in instruments_on(self.record, period["instruments"], self.on)
                ],
            }
            for period in self.record["timeline"]
            if (period["from"] or "") <= self.on
            for first, until in pairwise([*self._cuts(period), period["until"]])
            for then in (self.then(first),)
            for now in (then.substances(),)
        ]

    def _cuts(self, period: shapes.PeriodData) -> list[str | None]:
        """The first day of a period, and those in it from which it is stricter than before."""
        first, last = period["from"], period["until"] or "9999"
        found: list[str | None] = [first]
        for day in sorted({item["found_on"] for item in self._open}):
            inside = (first or "") < day < last
            if inside and self.then(day).says() != self.then(found[-1]).says():
                found.append(day)
        return found

    def beside(self, name: str) -> list[Any]:
        """Its `positions` taken by the day, `pending` proposals or `conflicts` of sources."""
        record: Mapping[str, Any] = self.record
        held = (item for item in record[name] if (item.get("date") or "") <= self.on)
        return [{"jurisdiction": self.id, **item} for item in held]

    def to_dict(self) -> shapes.LayerData:
        """This layer's own say, before the strictest governs."""
        statuses = self.substances()
        return {
            "id": self.id,
            "name": self.name,
            "status": statuses.get("leaf"),
            "substances": {name: statuses.get(name) for name in SUBSTANCES},
            "grade": str(self.grade("leaf")),
            "since": self.since("leaf"),
            "minimum_age": self.minimum_age,
            "seven_oh_cap": self.cap,
            "basis": self.basis,
            "summary": self.summary,
            "recorded": self.recorded,
        }
