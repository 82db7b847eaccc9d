"""Layer: what one jurisdiction's own record says of one day, before the layers are laid together."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from regstatus.base.front_page import keyless
from regstatus.decide.citations import citation, document_of, instruments_on
from regstatus.decide.days_of_law import horizon, law_days, period_on, turns
from regstatus.model.canonical import whole
from regstatus.model.law import (
    LIMITS,
    PERMISSIONS,
    SUBSTANCES,
    Activity,
    Grade,
    Permission,
    Status,
    about,
)
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


class Layer:
    """One jurisdiction's record, seen from one day of law time.

    Whatever it says is the stricter of that day's period and of every contradiction that was
    found by then and is still open: an official text may say more than the record, never less.
    No record, as of a place that was never read or whose record was withdrawn, reads as unknown.
    """

    __slots__ = ("_open", "_period", "beyond", "id", "name", "on", "record", "recorded")

    def __init__(
        self, key: str, record: shapes.RecordData | None, on: date, name: str = ""
    ) -> None:
        self.id, self.on, self.recorded = key, on.isoformat(), record is not None
        self.record: shapes.RecordData = record or whole(
            {"id": key, "name": name, "parent": None}, "RecordData", key
        )
        self.name = self.record["name"]
        self.beyond = self._beyond() if self.recorded else None
        self._period: shapes.PeriodData = (
            None if self.beyond else period_on(self.record, on)
        ) or _GAP
        found = () if self.beyond else self.record["contradictions"]
        self._open = [i for i in found if i["sets"] and i["found_on"] <= self.on]

    def _beyond(self) -> str | None:
        """Why the record does not speak for the day, if it does not."""
        first, last = horizon(self.record)
        if self.on < first:
            return f"Not researched before {first}: what the law was on an older day is unknown."
        if self.on > last:
            return f"What was enacted is carried on to {last}: what follows is unknown."
        return None

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

    @property
    def probably(self) -> dict[str, str]:
        """What is probable of substances by several accounts, where nothing as strict is known."""
        held: Mapping[str, str] = self.fact("probably") or {}
        return {
            name: word
            for name, word in held.items()
            if (known := self.status(name)) and Status(word).severity > known.severity
        }

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

    def basis_of(self, substance: str) -> str | None:
        """`express`, `derived`, `agency` or `silence`: what no rule names rests on silence alone."""
        status = self.status(substance)
        if status is Status.UNREGULATED:
            return "silence"
        named = status is not self._recorded(substance)  # an official text names it
        value: str | None = self.fact("basis")
        return "express" if named or value == "silence" else value

    @property
    def summary(self) -> str | None:
        """The period's sentence; where an unreviewed text is stricter, that comes first."""
        recorded: str | None = self.beyond or self.fact("summary")
        if (day := self.unreviewed) is None:
            return recorded
        # The recorded sentence says what no longer holds; the review shows both sides.
        held = {name: self.status(name) for name in SUBSTANCES if self._found(name)}
        told = [f"{about(name)} {about(str(status))}" for name, status in held.items()]
        told += [f"age {self.minimum_age}"] if self._found("minimum_age") else []
        told += [f"7-OH at most {self.cap}"] if self._found("seven_oh_cap") else []
        says = f": {', '.join(told)}" if told else ""
        return (
            f"An official text of {day} says more than the record: the stricter reading is used, "
            f"and nobody has reviewed it yet{says}."
        )

    def begun(self, substance: str) -> tuple[str | None, str | None]:
        """The first day of the unbroken status, and else the first one of which we know it.

        Which it was is not known where people heard of the law only then, where a text was first
        read then, or where nobody looked into older days.
        """
        first, status, leans = None, self.status(substance), self.probably.get(substance)
        days = sorted((day for day in turns(self.record) if day <= self.on), reverse=True)
        for day in (*days, None):
            then = self.then(day)
            if then.status(substance) is not status or then.is_gap(substance):
                break
            if then.probably.get(substance) != leans:
                break
            first = day
        if first in law_days(self.record):
            return first, None
        return None, None if status is Status.UNKNOWN and not leans else first

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
                "url": keyless(document_of(self.record, item["document"])["url"]),
            }
            for item in self.record["contradictions"]
        ]

    def instruments(self) -> list[str]:
        """Those of the period that were law on the day; see `citations`."""
        return instruments_on(self.record, self.fact("instruments") or (), self.on)

    def history(self) -> list[shapes.PastPeriodData]:
        """Every period up to the day, oldest first, cut where a contradiction made it stricter."""
        return [
            {
                "from": first,
                "from_at_latest": first is not None and first not in law_days(self.record),
                "until": until,
                "status": now.get("leaf"),
                "substances": now,
                "probably": then.probably,
                "minimum_age": then.minimum_age,
                "seven_oh_cap": then.cap,
                "summary": then.summary,
                "citations": [
                    citation(self.record, name)["text"]
                    for name in instruments_on(self.record, period["instruments"], self.on)
                ],
            }
            for period in self.record["timeline"]
            if horizon(self.record)[0] <= self.on and (period["from"] or "") <= self.on
            for first, until in pairwise([*self._cuts(period), period["until"]])
            for then in (self.then(first),)
            for now in (then.substances(),)
        ]

    def _cuts(self, period: shapes.PeriodData) -> list[str | None]:
        """The first day of a period, and those in it from which it is stricter than before."""
        first, last = period["from"] or horizon(self.record)[0], period["until"] or "9999"
        found: list[str | None] = [first]
        for day in sorted({item["found_on"] for item in self._open}):
            inside = first < day < last
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
        statuses, (since, latest) = self.substances(), self.begun("leaf")
        first, last = horizon(self.record)
        return {
            "id": self.id,
            "name": self.name,
            "status": statuses.get("leaf"),
            "substances": {name: statuses.get(name) for name in SUBSTANCES},
            "probably": self.probably,
            "grade": str(self.grade("leaf")),
            "since": since,
            "since_at_latest": latest,
            "researched_from": first if self.recorded else None,
            "speaks_until": last if self.recorded else None,
            "minimum_age": self.minimum_age,
            "seven_oh_cap": self.cap,
            "basis": self.basis_of("leaf"),
            "summary": self.summary,
            "recorded": self.recorded,
        }
