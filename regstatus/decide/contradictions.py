"""Contradictions: what a document's texts say otherwise than the record, until a person has looked at it.

A text can make an answer stricter, and no text can take that back: what a contradiction
sets stays until the source file changes in what bears on it, or a person attests the
record again. A later reading that says less is a contradiction of its own, and changes
no answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from regstatus.decide.verdicts import FORBIDDEN, Difference, claims, said_of
from regstatus.model.canonical import canonical, digest
from regstatus.model.document import Document
from regstatus.model.finding import Finding
from regstatus.model.law import Substance
from regstatus.model.record import Contradiction, Record
from regstatus.model.source import Source
from regstatus.model.strictness import laxer

if TYPE_CHECKING:
    from datetime import date

_DEFINITION = {"reads", "select", "complete", "shows", "settles", "listing", "from_", "until"}
"""What a document's definition says of the law; how it is fetched, and what is for people, is left aside."""


class Said(NamedTuple):
    """What one page says, and in what that departs from what the source file expects."""

    finding: Finding | None
    """None where it was not read, or cannot be laid beside what was found before."""
    differences: tuple[Difference, ...]


def contradictions(
    source: Source,
    document: Document,
    said: Sequence[Said],
    previous: Record | None,
    on: date,
) -> tuple[Contradiction, ...]:
    """All that is open between one document and the record; `on` is the day of the run, UTC.

    `said` is what was read in it: in pages known to be older, and last of all in the newest.
    """
    open_ = previous.contradictions if previous else ()
    before = [item for item in open_ if item.document == document.id]
    first = {_name(item): item.found_on for item in reversed(before)}
    quotes = {
        entry.document: entry.quote
        for entry in source.instruments
        if entry.quote and (entry.effective or on) <= on and not (entry.until and entry.until <= on)
    }

    def made(
        difference: Difference, recorded_quote: str | None, undoes: date | None = None
    ) -> Contradiction:
        facts = difference._asdict()
        place = facts.pop("place")
        item = Contradiction(
            document=document.id,
            **facts,
            quote=place.quote if place else None,
            recorded_quote=recorded_quote,
            found_on=on,
            undoes=undoes,
            bearing=bearing(source, document, difference.about) if difference.sets else None,
        )
        return item.model_copy(update={"found_on": first.get(_name(item), on)})

    newest, differences = said[-1]
    found = [made(difference, quotes.get(document.id)) for difference in differences]
    held: list[Contradiction] = []
    for item in before:
        # On the days before a stricter reading was found, the earlier one counts alone.
        if not _stands(item, source, document, previous) or any(
            other.found_on <= item.found_on and _as_much(other, item) for other in (*found, *held)
        ):
            continue
        now = {
            "bearing": item.bearing or bearing(source, document, item.about),
            "held": item.held if newest is None else not _claimed(document, newest, item),
        }
        held = [o for o in held if o.found_on < item.found_on or not _as_much(item, o)]
        held.append(item.model_copy(update=now))
    # What the record is the stricter of by now was told when it was not.
    told = {(item.about, item.observed) for item in held}
    found = [item for item in found if item.sets or (item.about, item.observed) not in told]
    standing: list[Contradiction] = []
    for item in (*found, *held):
        if item.sets and _name(item) in first and not any(_as_much(o, item) for o in standing):
            standing = [*(o for o in standing if not _as_much(item, o)), item]
    undone = {(item.about, item.recorded): item for item in before if item.undoes}
    for finding, _ in said:
        for item in standing:
            if finding is not None and not _claimed(document, finding, item):
                less = made(_undoing(item, finding), item.quote, item.found_on)
                undone[item.about, less.recorded] = less
    still = {(item.about, _formerly(item)) for item in standing}
    return (*found, *held, *(undone[key] for key in sorted(undone) if key in still))


def bearing(source: Source, document: Document, about: str) -> str:
    """Digest of all that a source file says of one fact, and of what a document must say.

    Only keys that a person wrote go into it, so that no later release can move it.
    """
    keys = {"from_", "until", about}
    if about in set(Substance):
        keys = {"from_", "until", "possess", "sell", "import_", Substance(about).name.lower()}
    law: list[dict[str, object]] = []
    for entry in source.timeline:
        says = entry.model_dump(mode="json", by_alias=True, exclude_defaults=True, include=keys)
        if law and _goes_on(law[-1], says):
            # How the timeline is cut for other facts says nothing of this one.
            whole = {**says, "from": law.pop().get("from")}
            says = {key: value for key, value in whole.items() if value is not None}
        law.append(says)
    must = document.model_dump(
        mode="json", by_alias=True, exclude_defaults=True, include=_DEFINITION
    )
    return digest(canonical([law, must]).encode())[:16]


def _goes_on(before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    """Whether a period says the same as the one that it follows without a gap."""
    facts = ({**period, "from": None, "until": None} for period in (before, after))
    return next(facts) == next(facts) and before.get("until", after["from"]) == after["from"]


def _name(item: Contradiction) -> tuple[str, str, str, date | None]:
    return item.about, item.observed, str(sorted(item.sets.items())), item.undoes


def _stands(
    item: Contradiction, source: Source, document: Document, previous: Record | None
) -> bool:
    """Whether what a contradiction sets has not been looked at by a person since."""
    if not item.sets or previous is None:
        return False
    # A person who had attested that very day before it was found did not know of it.
    reviewed = previous.attested < source.attested >= item.found_on
    return not reviewed and item.bearing in {None, bearing(source, document, item.about)}


def _as_much(other: Contradiction, item: Contradiction) -> bool:
    """Whether a contradiction sets all that another does, of the same fact."""
    return other.about == item.about and _at_least(other.sets, item)


def _claimed(document: Document, finding: Finding, item: Contradiction) -> bool:
    """Whether a text says all that a contradiction sets, whatever the record says by now."""
    said = claims(document, finding)
    return any(about == item.about and _at_least(sets, item) for about, sets in said)


def _at_least(sets: Mapping[str, str | int], item: Contradiction) -> bool:
    return all(
        name in sets and not laxer(name, value, sets[name]) for name, value in item.sets.items()
    )


def _formerly(item: Contradiction) -> str:
    return f"{item.observed}, as it did when it was read on {item.found_on}"


def _undoing(held: Contradiction, finding: Finding) -> Difference:
    """What a text says now of a fact of which an earlier text said more."""
    found, place = said_of(finding, held.about)
    observed = str(found or "none found")
    if held.observed.endswith(FORBIDDEN):
        observed = held.observed.replace(FORBIDDEN, "is no longer forbidden")
    return Difference(held.about, _formerly(held), observed, {}, place)
