"""Verdict: whether an order may ship, and why; what is not known or too old is never `ship`.

The table of verdicts stands in `docs/screen.md`. Files, the HTTP interface, block lists and tables
in a warehouse all ask `Screener`: words are resolved once, and answers are made once for each
place with law of its own, substance and period of law.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from regstatus.base.days import day_in, read_day
from regstatus.base.errors import UsageError
from regstatus.base.safe import one_line, without_controls
from regstatus.catalog.places import Registry
from regstatus.catalog.profile_file import Profile
from regstatus.catalog.profile_file import product_key as _key
from regstatus.decide.days_of_law import days_of_answers
from regstatus.decide.fresh_enough import is_enough, read_ages
from regstatus.decide.freshness import stale_from
from regstatus.decide.layer import Layer
from regstatus.model.law import FreshnessState, Permission, Status, about
from regstatus.model.law import said as words
from regstatus.model.law import substance as read_substance
from regstatus.query.answer import Answer
from regstatus.query.destination import Destination, Destinations, Ground, country_of
from regstatus.query.lookup import answer, timeless
from regstatus.query.seller import judge
from regstatus.query.together import weight
from regstatus.store.reader import Snapshot

SHIP, REFUSE, ASK = "ship", "do not ship", "ask"
_RANK = (SHIP, ASK, REFUSE).index
_PROHIBITED = (Status.BANNED, Status.SALE_PROHIBITED, Status.PRESCRIPTION_ONLY)
_FIRST, _LAST = str(date.min), str(date.max)
_SHOWN, _LONGEST = 60, 500
"""Characters of a word that a reason repeats, and of a reason that repeats words."""


class Verdict(NamedTuple):
    """Whether an order may ship.

    Attributes:
        verdict: `ship`, `do not ship` or `ask`.
        status: Of the product's substance there on that day; `unknown` where it was not understood.
        reason: Why, in words.
        record: Id of the nearest place that can have a record; None where none was understood.
        version: The version that answered; None where none did.
    """

    verdict: str
    status: str
    reason: str
    record: str | None = None
    version: str | None = None


class _Said(NamedTuple):
    """What the law of one base says in one period, before what lies around it is looked at."""

    verdict: str
    status: Status
    asked: str
    against: str
    """What stands in the way of an order, where the status alone does not tell."""
    says: str
    rank: float


class Law:
    """The verdicts on orders of one product to one place, one for each period of law.

    Attributes:
        turns: The days on which a further period begins.
        record: As in `Verdict`.
    """

    def __init__(
        self, verdict: Callable[[str], Verdict], turns: Sequence[str], record: str | None
    ) -> None:
        self.turns, self.record = turns, record
        self._in = cache(lambda period: verdict(turns[period - 1] if period else _FIRST))

    def on(self, day: str | UsageError) -> Verdict:
        """The verdict on an order of a day, written `2026-11-22`, or why none was understood."""
        if isinstance(day, str):
            return self._in(bisect_right(self.turns, day))
        first = self._in(0)
        return _unread(day, self.record) if self.record and first.version else first


class Screener:
    """Gives verdicts by one version of the record.

    Args:
        snapshot: The version that answers.
        now: The present moment, UTC: for freshness, and the day where no order names one.
        profile: What the seller does; see `catalog.profile_file.read_profile`. Without one, what the law asks
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
            raise UsageError("allow-stale and fresh-enough both say what counts as proof: give one")
        self.snapshot, self._now, self._profile = snapshot, now, profile
        self.today = now.astimezone(UTC).date()
        self._ages = read_ages(fresh_enough) if fresh_enough is not None else None
        self._allowed = allow_stale
        self._from, self.ground = country_of(sent_from), Destinations(snapshot, country).ground
        self._ends = profile.turns() if profile else frozenset[str]()
        self._own: Mapping[str, str] = profile.mapped() if profile else {}
        self._mapped = {**self._own}
        for name, of in (mapped or {}).items():
            made_of = str(read_substance(of))
            if (other := self._mapped.setdefault(_key(name), made_of)) != made_of:
                raise UsageError(
                    f"the product {name!r} is {made_of} in the product map and {other} in the profile "
                    "or under another spelling: keep one of both"
                )
        self._laws: dict[tuple[Ground, str, str | None], Law] = {}
        get, ledger, known = snapshot.get, snapshot.ledger, snapshot.known_until
        # Each is found once.
        self._said, self._grounded = cache(self._said_anew), cache(self._grounded_anew)
        self._ladder = cache(lambda ident: [ident, *(a.id for a in Registry().ancestors(ident))])
        self._layer = cache(lambda ident, day: Layer(ident, get(ident), read_day(day)))
        self._turns = cache(lambda ident: days_of_answers(r) if (r := get(ident)) else set())
        self._stale_from = cache(lambda at: (r := get(at)) and stale_from(r, ledger, now, known))

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

    def _grounded_anew(self, *cells: str) -> Ground | UsageError:
        try:
            return self.ground(Destination(*cells))
        except UsageError as error:
            return error

    def law(self, to: Destination | Ground | str, product: str) -> Law:
        """The verdicts on orders of a product to a place, whatever their day."""
        if isinstance(to, Ground):
            ground: Ground | UsageError = to
        else:
            ground = self._grounded(*map(_text, to if isinstance(to, tuple) else (to,)))
        product = _text(product)
        of = self.substance(product)
        if isinstance(ground, UsageError) or isinstance(of, UsageError):
            known = ground.base if isinstance(ground, Ground) else None
            unread = _unread(of if known else ground, known)
            return Law(lambda _: unread, (), known)
        own = _key(product)
        key = ground, of, own if own in self._own else None
        if key not in self._laws:
            places = map(self._ladder, (ground.base, *ground.possible, *ground.below))
            turns = sorted(self._ends.union(*map(self._turns, {*chain(*places)})))
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
        try:
            return day_in(day) if isinstance(day, str) else read_day(day).isoformat()
        except UsageError as error:
            return error

    # What the law says.

    def _verdict(self, ground: Ground, substance: str, product: str | None, day: str) -> Verdict:
        base = ground.base
        said = self._said(base, substance, product, self._since(base, day))
        possible, within = (
            [found for at in ids if (found := self._stricter(at, substance, product, day, said))]
            for ids in (ground.possible, ground.below)
        )
        verdict, status, refused = said.verdict, said.status, said.verdict == REFUSE
        if (possible or within) and not refused:
            verdict = ASK
        ask = "" if refused else ": give the street address or the county"
        told = ground.told + said.asked
        if ground.unread and not refused and status.severity <= Status.UNKNOWN.severity:
            verdict, status, told = ASK, Status.UNKNOWN, told + ground.unread
        told += "".join(f"May lie in {found}{ask}. " for _, found in possible)
        if within and not refused:
            _, worst = max(within, key=itemgetter(0))
            told += f"Stricter or unknown within it ({len(within)}), as {worst}: name the place. "
        return Verdict(verdict, str(status), told + said.says, base, self.snapshot.version)

    def _stricter(
        self, ident: str, substance: str, product: str | None, day: str, said: _Said
    ) -> tuple[float, str] | None:
        """How strict a place is by its own law and in what words, if it asks more than was said."""
        layer = self._layer(ident, max((t for t in self._turns(ident) if t <= day), default=_FIRST))
        status, leans = layer.status(substance), layer.probably.get(substance)
        if status is None:
            return None
        own = max(weight(substance, status, layer), Status(leans).severity if leans else 0)
        name = without_controls(layer.name or ident)
        if own > said.rank:
            return own, f"{name}, where {about(substance)} is {words(status, leans)}"
        # Of the same status, or a milder one, it may ask for more, or be too old.
        other = self._said(ident, substance, product, self._since(ident, day))
        more = _RANK(other.verdict) > _RANK(said.verdict)
        return (own, f"{name} ({other.against})") if more else None

    def _since(self, ident: str, day: str) -> str:
        """The first day of the period of law of a place that a day lies in."""
        turns = self._ends.union(*map(self._turns, self._ladder(ident)))
        return max((turn for turn in turns if turn <= day), default=_FIRST)

    def _said_anew(self, base: str, substance: str, product: str | None, day: str) -> _Said:
        found = answer(self.snapshot, base, on=read_day(day), now=self._now, substance=substance)
        status, leans, may = found.status, found.probably, found.may
        trusted, age = self._trust(found, base)
        read = found["freshness"]["as_of"]
        old = f"{(self.today - read_day(read)).days} days old." if read else "never read."
        origin = found["snapshot"]["origin"]
        unofficial = f" Not official: {origin}." if origin else ""
        leaning = f"{words(status, leans).capitalize()}: " if leans else ""
        abroad = self._from not in self._ladder(base)
        closed = Permission.NO in (may["sell"], may["import"] if abroad else None)
        met, unmet, asked = map("; ".join, judge(found, substance, self._profile, product))
        refused = bool(status in _PROHIBITED or leans or closed or unmet)
        free, unknown = status is Status.UNREGULATED, status is Status.UNKNOWN
        if not (free or unknown or met or unmet or asked):
            asked = "what the law asks of a sale is not recorded"
        # A layer that nobody read may forbid the sale below a law that only regulates it.
        sale = free or (may["sell"] == Permission.UNKNOWN and not unknown)
        open_ = {
            "Conditions": asked,
            "Sale": may["sell"] if sale else "yes",
            "Import": may["import"] if abroad and not unknown else "yes",
        }
        open_ = {name: what for name, what in open_.items() if what not in {"", "yes"}}
        told = {"Not met": unmet} if refused else open_
        verdict = ASK if open_ or unknown or not trusted else SHIP
        return _Said(
            REFUSE if refused else verdict,
            status,
            _sentences(told) + _sentences({} if refused else {"Met": met}),
            (_sentences(told) or age or f"{status}. ")[:-2],
            without_controls(
                f"{leaning}{age}{timeless(found, substance)} Grade {found.grade}, {old}{unofficial}"
            ),
            max(status.severity, leans.severity if leans else 0),
        )

    def _trust(self, found: Answer, base: str) -> tuple[bool, str]:
        """Whether what is known counts as proof, and what is to be said of its age."""
        if not all(map(self.snapshot.get, self._ladder(base))):
            return False, "Never checked. "
        since = min(filter(None, map(self._stale_from, self._ladder(base))))
        fresh, today = found["freshness"], self.today
        trusted = sound = since > str(today) and FreshnessState(fresh["state"]).trusted
        if self._allowed is not None:
            trusted = today - read_day(since) < self._allowed
        if self._ages is not None:
            trusted = is_enough(str(found.grade), fresh, self._ages, today)
            if not trusted and (doubt := fresh["doubtful_from"] or _LAST) <= str(today):
                return False, f"Not fresh enough: from {doubt} it is in doubt. "
            if not trusted:
                return False, "Not fresh enough. "
        if sound:
            return trusted, ""
        told, why = f"Stale since {since}", ": too old to rely on"
        if fresh["state"] == FreshnessState.UNVERIFIED:
            told, why = "Not all of it was ever verified by an official text", ""
        return trusted, f"{told}{', accepted all the same' if trusted else why}. "


def _sentences(told: Mapping[str, str]) -> str:
    return without_controls("".join(f"{name}: {what}. " for name, what in told.items() if what))


def _text(cell: object) -> str:
    """A cell as text: those of tables may hold numbers, or nothing."""
    return "" if cell is None else str(cell)


def _unread(error: object, record: str | None) -> Verdict:
    return Verdict(ASK, "unknown", one_line(str(error), _LONGEST), record)
