"""Verdict: whether an order may ship, and why; what is not known or too old is never `ship`.

The table of verdicts stands in `docs/screen.md`. Files, the HTTP interface, block lists and tables
in a warehouse all ask `Screener`: words are resolved once, and answers are made once for each
place with law of its own, substance and period of law.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from regstatus.base.days import read_day
from regstatus.base.errors import UsageError
from regstatus.base.safe import one_line, without_controls
from regstatus.catalog.places import Registry
from regstatus.decide.days_of_law import days_of_answers
from regstatus.decide.fresh_enough import is_enough, read_ages
from regstatus.decide.freshness import stale_from
from regstatus.decide.layer import Layer
from regstatus.model.law import FreshnessState, Permission, Status, about
from regstatus.model.law import said as words
from regstatus.model.law import substance as read_substance
from regstatus.query.destination import Destination, Destinations, Ground, country_of
from regstatus.query.lookup import answer, stricter_inside
from regstatus.query.seller import Profile, judge
from regstatus.query.together import weight

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from regstatus.query.answer import Answer
    from regstatus.store.reader import Snapshot

SHIP, REFUSE, ASK = "ship", "do not ship", "ask"
_RANK = (SHIP, ASK, REFUSE).index

_PROHIBITED = (Status.BANNED, Status.SALE_PROHIBITED, Status.PRESCRIPTION_ONLY)
_CLOCK = r"[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)? ?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?"
_DAY = re.compile(rf"(\d{{4}}-\d\d-\d\d)(?:{_CLOCK})?", re.ASCII)
_FIRST = date.min.isoformat()
_SHOWN, _LONGEST = 60, 500
"""Characters of a word that a reason repeats, and of a reason that repeats words."""


class Verdict(NamedTuple):
    """Whether an order may ship."""

    verdict: str
    """`ship`, `do not ship` or `ask`."""
    status: str
    """The status of the product's substance there on that day; `unknown` where it was not understood."""
    reason: str
    """Why, in words."""
    record: str | None = None
    """Id of the nearest place that can have a record; None where the destination was not understood."""
    version: str | None = None
    """The version that answered; None where none did."""


class _Said(NamedTuple):
    """What the law of one base says in one period, before what lies around it is looked at."""

    verdict: str
    status: Status
    asked: tuple[str, ...]
    says: str
    rank: float


class Law(dict[int, Verdict]):
    """The verdicts on orders of one product to one place, by the number of the period of law.

    Attributes:
        turns: The days on which a further period begins; before the first lies number 0.
        record: As in `Verdict`.
    """

    def __init__(
        self,
        verdict: Callable[[str], Verdict],
        turns: Sequence[str] = (),
        record: str | None = None,
    ) -> None:
        self._verdict, self.turns, self.record = verdict, turns, record

    def __missing__(self, period: int) -> Verdict:
        self[period] = self._verdict(self.turns[period - 1] if period else _FIRST)
        return self[period]

    def on(self, day: str | UsageError) -> Verdict:
        """The verdict on an order of a day, written `2026-11-22`, or why none was understood."""
        if isinstance(day, str):
            return self[bisect_right(self.turns, day)]
        return _unread(day, self.record) if self.record and self[0].version else self[0]


class Screener:
    """Gives verdicts by one version of the record.

    Args:
        snapshot: The version that answers.
        now: The present moment, UTC: for freshness, and the day where no order names one.
        profile: What the seller does; see `seller.read_profile`. Without one, what the law asks
            of a sale is not known to be met.
        country: See `destination.Destinations`.
        sent_from: Name or code of the country from which goods are sent. Within it nothing is
            imported, so that permission to import is only asked for other destinations.
        mapped: Product to substance; goes before the everyday names of the substances.
        allow_stale: For how long a stale record still counts as proof.
        fresh_enough: What counts as proof instead, such as `official_text:2y,secondary:90d`.

    Raises:
        UsageError: For a country that nobody knows, or two measures of freshness at once.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        now: datetime,
        profile: Profile | None = None,
        country: str | None = None,
        sent_from: str | None = None,
        mapped: Mapping[str, str] | None = None,
        allow_stale: timedelta | None = None,
        fresh_enough: str | None = None,
    ) -> None:
        if allow_stale is not None and fresh_enough is not None:
            raise UsageError(
                "--allow-stale and --fresh-enough both say what counts as proof: give one"
            )
        self.snapshot, self._now, self._profile = snapshot, now, profile
        self.today = now.astimezone(UTC).date()
        self._ages = read_ages(fresh_enough) if fresh_enough is not None else None
        self._allowed = allow_stale
        self._from, self._destinations = country_of(sent_from), Destinations(snapshot, country)
        self._ends = profile.turns() if profile else frozenset[str]()
        self._own: Mapping[str, str] = profile.mapped() if profile else {}
        self._mapped: dict[str, str] = {
            **self._own,
            **{_key(name): of for name, of in (mapped or {}).items()},
        }
        self._grounds: dict[Destination, Ground | UsageError] = {}
        self._laws: dict[tuple[Ground, str, str | None], Law] = {}
        # What they found is kept as long as this object lives.
        self._said = cache(self._said_anew)
        self._turns = cache(self._turns_anew)
        self._stale_from = cache(self._stale_anew)
        self._ladder = cache(self._ladder_anew)
        self._layer = cache(self._layer_anew)

    def verdict(
        self, to: Destination | str, product: str, day: date | str | None = None
    ) -> Verdict:
        """The verdict on one order, its words as people typed them; what they do not say is asked.

        Args:
            to: Where it goes.
            product: A substance, or a product of the map or the profile.
            day: The day of the law; today in UTC if None.
        """
        return self.law(to, product).on(self.day(day))

    def ground(self, to: Destination) -> Ground:
        """Where an order goes; see `destination.Destinations.ground`."""
        return self._destinations.ground(to)

    def of_ground(self, ground: Ground, product: str, day: date) -> Verdict:
        """The verdict on an order of a product to such a place; see `ground`.

        Raises:
            UsageError: If the product is not known.
        """
        of, own = self.substance(product), _key(product)
        if isinstance(of, UsageError):
            raise of
        return self._verdict(ground, of, own if own in self._own else None, day.isoformat())

    def law(self, to: Destination | str, product: str) -> Law:
        """The verdicts on orders of a product to a place, whatever their day."""
        to = Destination(to) if isinstance(to, str) else to
        if to not in self._grounds:
            try:
                self._grounds[to] = self._destinations.ground(to)
            except UsageError as error:
                self._grounds[to] = error
        ground, of = self._grounds[to], self.substance(product)
        if isinstance(ground, UsageError) or isinstance(of, UsageError):
            known = ground.base if isinstance(ground, Ground) else None
            unread = _unread(ground if isinstance(ground, UsageError) else of, known)
            return Law(lambda _: unread, record=known)
        own = _key(product)
        key = ground, of, own if own in self._own else None
        if key not in self._laws:
            ids = (*self._ladder(ground.base), *ground.possible, *ground.below)
            turns = sorted(self._ends.union(*map(self._turns, ids)))
            self._laws[key] = Law(lambda day: self._verdict(*key, day), turns, ground.base)
        return self._laws[key]

    def substance(self, text: str) -> str | UsageError:
        """The substance of a product, or why none was understood."""
        if _key(text) in self._mapped:
            return self._mapped[_key(text)]
        if not text.strip():
            return UsageError("No product is given.")
        try:
            return str(read_substance(text))
        except UsageError:
            shown = one_line(text, _SHOWN)
            return UsageError(
                f"The product {shown!r} is not known: name its substance in a product map."
            )

    def day(self, day: date | str | None) -> str | UsageError:
        """A day as ISO text, or why none was understood; a time after it is left aside."""
        if day is None:
            return self.today.isoformat()
        match = _DAY.fullmatch(day.strip()) if isinstance(day, str) else None
        shown = f"The day {one_line(str(day), _SHOWN)!r}"
        if isinstance(day, str) and match is None:
            return UsageError(f"{shown} is not written as 2026-11-22.")
        try:
            return read_day(match[1] if match else day).isoformat()
        except UsageError:
            return UsageError(f"{shown} is not in the calendar.")

    # What the law says.

    def _verdict(self, ground: Ground, substance: str, product: str | None, day: str) -> Verdict:
        base, version = ground.base, self.snapshot.version
        turns = self._ends.union(*map(self._turns, self._ladder(base)))
        since = max((turn for turn in turns if turn <= day), default=_FIRST)
        said = self._said(base, substance, product, since)
        verdict, status, asked = said.verdict, said.status, [*said.asked]
        possible, within = (
            [found for at in ids if (found := self._stricter(at, substance, day, said.rank))]
            for ids in (ground.possible, ground.below)
        )
        if verdict == REFUSE:
            told = "".join(f"May lie in {found}. " for _, found in possible)
            return Verdict(REFUSE, str(status), f"{ground.told}{told}{said.says}", base, version)
        if ground.unread and status.severity <= Status.UNKNOWN.severity:
            verdict, status = ASK, Status.UNKNOWN
            asked.append(ground.unread)
        asked += [
            f"May lie in {found}: give the street address or the county. " for _, found in possible
        ]
        if within:
            number, (_, worst) = len(within), max(within, key=itemgetter(0))
            asked.append(f"Stricter or unknown within it ({number}), as {worst}: name the place. ")
        if possible or within:
            verdict = ASK
        reason = "".join((ground.told, *asked, said.says))
        return Verdict(verdict, str(status), reason, base, version)

    def _stricter(
        self, ident: str, substance: str, day: str, rank: float
    ) -> tuple[float, str] | None:
        """How strict a place is by its own law and in what words, if that is more than so strict."""
        layer = self._layer(ident, max((t for t in self._turns(ident) if t <= day), default=_FIRST))
        status, leans = layer.status(substance), layer.probably.get(substance)
        if status is None:
            return None
        own = max(weight(substance, status, layer), Status(leans).severity if leans else 0)
        name = without_controls(layer.name or ident)
        return (
            (own, f"{name}, where {about(substance)} is {words(status, leans)}")
            if own > rank
            else None
        )

    def _said_anew(self, base: str, substance: str, product: str | None, day: str) -> _Said:
        found = answer(
            self.snapshot, base, on=date.fromisoformat(day), now=self._now, substance=substance
        )
        status, leans, may = found.status, found.probably, found.may
        trusted, age = self._trust(found, base)
        # The sentence names its day, which is only the first of the period, and what lies inside.
        law = found.summary.removeprefix(f"On {day}, ")
        law = law.removesuffix(stricter_inside(found["stricter_within"], substance))
        read = found["freshness"]["as_of"]
        old = f"{(self.today - date.fromisoformat(read)).days} days old." if read else "never read."
        known = f" Grade {found.grade}, {old}"
        leaning = f"{words(status, leans).capitalize()}: " if leans else ""
        abroad = self._from not in self._ladder(base)
        closed = Permission.NO in (may["sell"], may["import"] if abroad else None)
        judged = judge(found, substance, self._profile, product)
        refused = bool(status in _PROHIBITED or leans or closed or judged.unmet)
        free = status is Status.UNREGULATED
        asks = {
            "Conditions": "; ".join(judged.open),
            "Sale": may["sell"] if free and may["sell"] != Permission.YES else "",
            "Import": may["import"] if abroad and may["import"] != Permission.YES else "",
        }
        if status is Status.UNKNOWN:
            asks["Import"] = ""
        elif not free and not any(judged):
            asks["Conditions"] = "what the law asks of a sale is not recorded"
        asked = tuple(f"{name}: {words}. " for name, words in asks.items() if words)
        unmet = f"Not met: {'; '.join(judged.unmet)}. " if judged.unmet else ""
        met = f"Met: {'; '.join(judged.met)}. " if judged.met and not refused else ""
        says = f"{unmet}{met}{leaning}{age}{law[:1].upper()}{law[1:]}{known}"
        verdict = ASK if asked or not trusted or status is Status.UNKNOWN else SHIP
        return _Said(
            REFUSE if refused else verdict,
            status,
            () if refused else tuple(map(without_controls, asked)),
            without_controls(says),
            max(status.severity, leans.severity if leans else 0),
        )

    def _trust(self, found: Answer, base: str) -> tuple[bool, str]:
        """Whether what is known counts as proof, and what is to be said of its age."""
        if self.snapshot.get(base) is None:
            return False, "Never checked. "
        since = min(filter(None, map(self._stale_from, self._ladder(base))))
        fresh, today = found["freshness"], self.today
        trusted = sound = since > today.isoformat() and FreshnessState(fresh["state"]).trusted
        if self._ages is not None:
            trusted = is_enough(str(found.grade), fresh, self._ages, today)
            doubt = fresh["doubtful_from"]
            if not trusted:
                doubted = doubt and doubt <= today.isoformat()
                why = f": from {doubt} it is in doubt" if doubted else ""
                return False, f"Not fresh enough{why}. "
        elif self._allowed is not None:
            trusted = since > (today - self._allowed).isoformat()
        if sound:
            return trusted, ""
        told, why = f"Stale since {since}", ": too old to rely on"
        if fresh["state"] == FreshnessState.UNVERIFIED:
            told, why = "Not all of it was ever verified by an official text", ""
        return trusted, f"{told}{', accepted all the same' if trusted else why}. "

    def _stale_anew(self, ident: str) -> str | None:
        record, known = self.snapshot.get(ident), self.snapshot.known_until
        return stale_from(record, self.snapshot.ledger, self._now, known) if record else None

    def _ladder_anew(self, base: str) -> tuple[str, ...]:
        return base, *(above.id for above in Registry().ancestors(base))

    def _turns_anew(self, ident: str) -> frozenset[str]:
        record = self.snapshot.get(ident)
        return frozenset(days_of_answers(record) if record else ())

    def _layer_anew(self, ident: str, day: str) -> Layer:
        return Layer(ident, self.snapshot.get(ident), date.fromisoformat(day))


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def _unread(error: UsageError | str, record: str | None) -> Verdict:
    return Verdict(ASK, "unknown", one_line(str(error), _LONGEST), record)
