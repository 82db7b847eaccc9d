"""Judge: in what a readable text departs from what its source file expects it to say."""

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from regstatus.model.document import Document
from regstatus.model.finding import Finding, Place
from regstatus.model.law import PERMISSIONS, Activity, Permission, Status, Substance
from regstatus.model.record import Period
from regstatus.model.strictness import laxer, limits
from regstatus.model.words import Context, Reads

Sets = dict[str, str | int]
"""Facts, and what answers must take for them."""

FORBIDDEN = "is forbidden"
"""How a prohibition that was read is told."""

_IMPLIED = {Activity.POSSESS: Status.BANNED, Activity.SELL: Status.SALE_PROHIBITED}


class Difference(NamedTuple):
    """One expectation that a readable text does not meet."""

    about: str
    recorded: str
    observed: str
    sets: Sets
    place: Place | None


def judge(
    document: Document,
    finding: Finding,
    current: Period | None,
    *,
    coming: Sequence[Period] = (),
    moved: Container[str] = (),
) -> tuple[Difference, ...]:
    """Say in what a readable text departs from what its source file expects; nothing if it confirms.

    What it says beyond its file counts on the days of `coming` periods, too. Of facts that have
    `moved` the record says otherwise than when the file was attested: that a text still says there
    what its file expects is no reason to be laxer than the text.
    """
    if document.reads is Reads.FEED:
        return ()
    return tuple(_Judgement(document, finding, current, coming, moved).differences())


def claims(document: Document, finding: Finding) -> Iterator[tuple[str, Sets]]:
    """All by which a text can make an answer stricter, whatever the record says: about what, and how."""
    for substance in Substance:
        if finding.says(substance) == "listed":
            listed = _listed_status(document, finding, substance)
            yield str(substance), {str(substance): str(listed)}
    for prohibition in finding.prohibitions if document.reads is Reads.STATUTE else ():
        sets: Sets = {str(prohibition.activity): str(Permission.NO)}
        if implied := _IMPLIED.get(prohibition.activity):
            sets[str(prohibition.substance)] = str(implied)
        yield str(prohibition.substance), sets
    for name in ("minimum_age", "seven_oh_cap"):
        if value := said_of(finding, name)[0]:
            yield name, {name: value}


def said_of(finding: Finding, name: str) -> tuple[str | int | None, Place | None]:
    """What a text says of a substance, of `minimum_age` or `seven_oh_cap`, and where."""
    if name == "minimum_age":
        age = finding.minimum_age
        return (age.years, age.place) if age else (None, None)
    if name == "seven_oh_cap":
        places = (cap.place for cap in finding.caps if cap.substance is Substance.SEVEN_OH)
        return finding.seven_oh_cap, next(places, None)
    observed = finding.says(Substance(name))
    wanted = {"listed": Context.LISTED, "excluded": Context.EXCLUDED}.get(observed)
    for mention in finding.mentions:
        if mention.substance == name and wanted in {None, mention.context}:
            return observed, mention.place
    return observed, None


def _status(period: Period | None, substance: Substance) -> Status:
    return (period.statuses if period else {}).get(substance, Status.UNKNOWN)


def _usual(period: Period | None, activity: Activity, substance: Substance) -> Permission:
    """What the status of a substance means for an activity."""
    return Permission(PERMISSIONS[_status(period, substance)][activity])


def _listed_status(document: Document, finding: Finding, substance: Substance) -> Status:
    """What a new listing means: in a schedule what its file says, in a statute what it forbids."""
    if document.reads is Reads.SCHEDULE:
        return document.listing
    forbidden = {p.activity for p in finding.prohibitions if p.substance == substance}
    if forbidden and Activity.POSSESS not in forbidden:
        return Status.SALE_PROHIBITED
    return Status.BANNED


class _Judgement(NamedTuple):
    """One text before one source file; see `judge`."""

    document: Document
    finding: Finding
    current: Period | None
    coming: Sequence[Period]
    moved: Container[str]

    def differences(self) -> Iterator[Difference]:
        shows, finding = self.document.shows, self.finding
        for substance in Substance:
            yield from self._substance(substance)
        yield from self._number("minimum_age", Substance.LEAF, "no age")
        yield from self._number("seven_oh_cap", Substance.SEVEN_OH, "no limit")
        yield from self._prohibitions()
        listed = any(mention.context is Context.LISTED for mention in finding.mentions)
        if shows.schedule and finding.schedule != shows.schedule and listed:
            yield Difference("schedule", shows.schedule, finding.schedule or "none", {}, None)
        found = {duty.name for duty in finding.duties}
        missing = [(f"duty: {name}", "required") for name in shows.duties if name not in found]
        missing += [("wording", item.phrase) for item in finding.phrases if not item.found]
        for about, recorded in missing:
            yield Difference(about, recorded, "not found in the text", {}, None)

    def _substance(self, substance: Substance) -> Iterator[Difference]:
        expected = self.document.shows.by_substance().get(substance)
        observed, place = self.finding.says(substance), said_of(self.finding, substance)[1]
        recorded, listed = _status(self.current, substance), Status.UNREGULATED
        if observed == "listed":
            listed = _listed_status(self.document, self.finding, substance)
        stricter = listed.severity > recorded.severity
        # An exclusion names what it leaves out, so it also meets `named`.
        met = observed == expected or (expected == "named" and observed == "excluded")
        if expected is None:
            # A schedule that lists what nobody asked it about is stricter than the record.
            if not (stricter and self.document.reads is Reads.SCHEDULE):
                return
            expected = f"{recorded}, and nothing of it in this list"
        elif met:
            if not (stricter and substance in self.moved):
                return
            expected = str(recorded)
        periods = (self.current, *self.coming)
        counts = any(listed.severity > _status(period, substance).severity for period in periods)
        sets: Sets = {str(substance): str(listed)} if counts else {}
        yield Difference(str(substance), expected, observed, sets, place)

    def _number(self, name: str, substance: Substance, none: str) -> Iterator[Difference]:
        """An age or a limit, which bears on the sale of a substance; `none` stands for no such thing."""
        expected = getattr(self.document.shows, name)
        if expected is None:
            return
        found, place = said_of(self.finding, name)
        recorded = getattr(self.current, name) if self.current else None
        caps = limits(self.finding.seven_oh_cap) if name == "seven_oh_cap" else None
        if found == expected or (caps and limits(expected).items() <= caps.items()):
            if name not in self.moved or not laxer(name, found, recorded):
                return
            expected = recorded
        # What may not be sold at all has no terms to be stricter in.
        others = [
            getattr(period, name)
            for period in self.coming
            if Permission.NO
            not in {_usual(period, Activity.SELL, substance), period.may.get(Activity.SELL)}
        ]
        sets: Sets = {}
        if found and any(laxer(name, found, value) for value in (recorded or expected, *others)):
            sets = {name: found}
        yield Difference(name, str(expected or none), str(found or "none found"), sets, place)

    def _prohibitions(self) -> Iterator[Difference]:
        found = {(p.activity, p.substance): p.place for p in self.finding.prohibitions}
        activities, expected = {activity for activity, _ in found}, self.document.shows.prohibits
        for activity in expected:
            if activity not in activities:
                about = f"prohibits {activity}"
                yield Difference(about, "forbidden", "not found in the text", {}, None)
        for (activity, substance), place in found.items():
            known = activity in expected and not (activity in self.moved or substance in self.moved)
            if known or self.document.reads is not Reads.STATUTE:
                continue
            recorded, sets = self._forbidden(activity, substance)
            if sets:
                yield Difference(str(substance), recorded, f"{activity} {FORBIDDEN}", sets, place)

    def _forbidden(self, activity: Activity, substance: Substance) -> tuple[str, Sets]:
        """What the record says of an activity that a text forbids, and what answers must take instead."""
        status = _status(self.current, substance)
        implied = _IMPLIED.get(activity, Status.UNREGULATED)
        if implied.severity > status.severity:
            return str(status), {str(substance): str(implied)}
        stated = self.current.may.get(activity) if self.current else None
        recorded = stated or _usual(self.current, activity, substance)
        if recorded is Permission.NO:
            return "", {}
        return f"{activity} {recorded}", {str(activity): str(Permission.NO)}
