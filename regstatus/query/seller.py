"""Seller: whether what a seller does meets what an answer asks of a sale.

What the seller did not say meets nothing; neither does anything meet what nobody read in the law.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from regstatus.base.safe import without_controls
from regstatus.catalog.profile_file import LIQUID, STATED, Kept, Profile
from regstatus.model.finding import CAP_UNITS
from regstatus.model.law import DUTIES, Status, Substance
from regstatus.model.strictness import limits
from regstatus.query.answer import Answer


class Judged(NamedTuple):
    """The conditions of a sale, each in a few plain words."""

    met: tuple[str, ...]
    """What the profile keeps."""
    unmet: tuple[str, ...]
    """What it breaks by its own words."""
    open: tuple[str, ...]
    """What is not known, of the seller or of the law, or not understood."""


def judge(
    answer: Answer, substance: str, profile: Profile | None, product: str | None = None
) -> Judged:
    """Sort what an answer asks of the sale of a substance by whether the profile meets it.

    Args:
        answer: What the law says on the day of the sale.
        substance: One of the four.
        profile: What the seller does; without one, every condition is open.
        product: The name or number of the product sold, as the profile may have it.
    """
    found: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    for what, kept, why in _Sale(answer, substance, profile or Profile(), product).conditions():
        words = f"{what} ({why})" if why and profile is not None else what
        found[kept].append(without_controls(words))
    return Judged(*(tuple(found[kept]) for kept in (True, False, None)))


_Held = tuple[bool | None, str]
"""Whether a condition is kept, None where that is not known; and why, in words."""
_UNSAID: _Held = None, "the profile does not say"
_CALLED = {
    "age_verification": "proof of age",
    "synthetic_ban": "no synthetic alkaloid",
    "display": "goods out of reach",
    "premises": "rules on premises",
}


class _Sale:
    """The sale of one product by one seller, where an answer holds."""

    def __init__(
        self, answer: Answer, substance: str, profile: Profile, product: str | None
    ) -> None:
        self.answer, self.substance, self.profile = answer, substance, profile
        self.content = profile.content(substance, product)
        # The answer lays the duties of all layers together: each layer that may ask counts.
        layers = {at["id"]: at["substances"] for at in answer["layers"] if at["recorded"]}
        free = {None, "unregulated"}
        ruling = [
            at for at, said in layers.items() if {said.get("leaf"), said.get(substance)} - free
        ]
        self.asking = ruling or [*layers]

    def conditions(self) -> Iterator[tuple[str, bool | None, str]]:
        """Each condition, whether it is kept, and why."""
        age, status = self.answer.minimum_age, self.answer.substances[self.substance]
        caps, laid = limits(self.answer["seven_oh_cap"]), self.answer["duties"]
        if age:
            yield (f"age {age}", *self._age(age))
        elif status is Status.AGE_RESTRICTED:
            yield "age limit", None, "the record does not say which"
        unread = []
        for name in DUTIES:
            if name == "penalties":  # asks nothing of a seller
                continue
            held, words = self._duty(name), _CALLED.get(name, name)
            if laid[name]:
                yield (words, *held)
            elif held[0] is not True and (laid[name] is None or len(self.asking) > 1):
                unread.append(words)
        for item in self.answer["limits"]:
            at = item["jurisdiction"]
            yield (f"{item['about']} in {at}: {item['says']}", *self._kept(item["about"], [at]))
        for unit, most in caps.items():
            yield self._cap(unit, most)
        # A law that lays down one rule may lay down others; those that nobody read are not met.
        ruled = status is Status.REGULATED or caps or self.answer["limits"] or any(laid.values())
        known = self.asking and all(self._at(place).read for place in self.asking)
        if ruled and unread and not known:
            yield f"whether the law asks for {', '.join(unread)}", None, "nobody read that"

    def _at(self, place: str) -> Kept:
        return self.profile.places.get(place, Kept())

    def _kept(self, name: str, places: list[str]) -> _Held:
        if places and all(name in self._at(place).keeps for place in places):
            return True, f"kept in {', '.join(places)}"
        return _UNSAID

    def _age(self, age: int) -> _Held:
        check = self.profile.age_check
        if check is None:
            return _UNSAID
        if check.age < age:
            return False, f"buyers are checked to {check.age}"
        return (None, "buyers only declare it") if check.by == "declared" else (True, "checked")

    def _duty(self, name: str) -> _Held:
        kept = self._kept(name, self.asking)
        if name == "packaging" and (appeals := self.content.appeals_to_children) is not False:
            return (False, "it appeals to children") if appeals else _UNSAID
        if kept[0] or name == "premises":
            return kept
        if name in STATED:
            stated = getattr(self.profile, name)
            return _UNSAID if stated is None else (stated, "kept" if stated else "not kept")
        found: _Held = getattr(self, f"_{name}")()
        return found

    def _age_verification(self) -> _Held:
        check = self.profile.age_check
        if check is None:
            return _UNSAID
        if check.by == "database":
            return None, "whether a look-up of the buyer is enough is not recorded"
        return check.by == "document", f"by {check.by}"

    def _testing(self) -> _Held:
        tests = self.profile.tests
        if tests is None:
            return _UNSAID
        if tests.by == "none":
            return False, "batches are not tested"
        if tests.by == "accredited" and tests.certificate:
            return True, "accredited laboratory, with certificate"
        return None, "whether tests of this kind are enough is not recorded"

    def _registration(self) -> _Held:
        held = [self._registered(place) for place in self.asking]
        for one in (True, False):
            if held and all(kept is one for kept, _ in held):
                return one, ", ".join(why for _, why in held)
        return next((item for item in held if item[0] is None), (None, "not everywhere"))

    def _registered(self, place: str) -> _Held:
        kept = self._at(place)
        held = self.profile.registered if kept.registered is None else kept.registered
        if held is None:
            return None, f"the profile does not say for {place}"
        if isinstance(held, date):
            return date.fromisoformat(self.answer.on) <= held, f"in {place} to {held}"
        return held, f"{'' if held else 'not '}registered in {place}"

    def _synthetic_ban(self) -> _Held:
        synthetic = self.content.synthetic
        if synthetic is None:
            return _UNSAID
        synthetic = synthetic or self.substance == Substance.DERIVATIVES
        return not synthetic, "it has some" if synthetic else "it has none"

    def _cap(self, unit: str, most: float) -> tuple[str, bool | None, str]:
        if unit not in CAP_UNITS:
            return f"7-OH: {unit}", None, "not understood"
        if at_least := unit == "ratio":
            words = f"mitragynine to 7-OH at least {most:g} to 1"
        else:
            words = f"7-OH at most {most:g}{'' if unit[0] == '%' else ' '}{unit}"
        if unit == "mg/ml" and self.content.form not in {None, *LIQUID}:
            return words, True, "it is no liquid"
        amount = self.content.amount(unit)
        if amount is None:
            return (words, *_UNSAID)
        if amount == Decimal(str(most)):
            return words, None, "it has just as much: whether that is within is not recorded"
        return words, (amount > most) == at_least, f"it has {amount.normalize():f}"
