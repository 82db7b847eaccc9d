"""Timeliness: whether what a text says is the law of the day, by what it says of days and proposals."""

from collections.abc import Iterator
from datetime import date

from regstatus.assess.context import is_proposal
from regstatus.assess.lexicon import may_name
from regstatus.assess.prefilter import LazyPattern
from regstatus.model.document import Document
from regstatus.model.finding import Finding, Place
from regstatus.model.text import Text
from regstatus.model.words import Context, Reads
from regstatus.model.written_days import DATE, parse_date

YEARS, UNCHANGED = 3, 10
"""A text that was kept up to a day so long before the one asked about may have changed since, and
a page that was not changed for so long is not looked after."""
_DAYS = LazyPattern(
    rf"(?:(?P<ends>{{force.ends}}|{{force.until}}|{{force.through}})|{{force.begins}}|{{force.starts}})\W{{0,2}}"
    rf"(?:{{force.from}}\W{{0,2}})?(?P<when>{DATE})"
)
_OPENINGS = 40


def doubts(document: Document, finding: Finding, text: Text, on: date) -> tuple[str, ...]:
    """Why what was read may be the law of another day, each in one sentence with the words."""
    law = document.reads in {Reads.STATUTE, Reads.SCHEDULE}
    openings = [text.title or "", *(p.text for p in text.passages[:_OPENINGS])]
    proposed = ["it reads as a bill or a proposed rule, which is no law"]
    said = proposed if law and is_proposal(openings) else []
    return tuple(dict.fromkeys((*said, *_doubts(finding, text, on))))


def _doubts(finding: Finding, text: Text, on: date) -> Iterator[str]:
    for said, years, how in (
        (text.as_of, YEARS, "kept up to"),
        (text.updated, UNCHANGED, "last changed on"),
    ):
        if said and (on.year - said[1].year) * 12 + on.month - said[1].month > 12 * years:
            yield f"the page was {how} {said[1].isoformat()}: “{said[0]}”"
    for passage in text.passages:
        if passage.dated_by and not passage.in_force(on) and may_name(passage.text):
            yield (
                f"a sentence is read to say that “{passage.text[:120]}” is not in force on "
                f"{on.isoformat()}: “{passage.dated_by[:160]}”"
            )
    for quote, day, ended in _days(finding):
        if (ended and day <= on) or (not ended and day > on):
            verb = "ended" if ended else "begins only"
            yield f"what it says {verb} on {day.isoformat()}: “{quote[:160]}”"


def turns(finding: Finding, text: Text, on: date) -> date | None:
    """The first day after `on` on which the same words say something else, or are doubted as too old."""
    days = [day for p in text.passages for day in (p.valid_from, p.valid_until) if day]
    days += [day for _, day, _ in _days(finding)]
    for said, years in ((text.as_of, YEARS), (text.updated, UNCHANGED)):
        if said and said[1].year < date.max.year - years - 1:
            days.append(date(said[1].year + years + said[1].month // 12, said[1].month % 12 + 1, 1))
    return min((day for day in days if day > on), default=None)


def _days(finding: Finding) -> Iterator[tuple[str, date, bool]]:
    """The days in the words that a finding rests on: the words, the day, whether it ends something."""
    for place in _places(finding):
        for found in _DAYS.finditer(place.quote):
            if day := parse_date(found["when"]):
                yield place.quote, day, found["ends"] is not None


def _places(finding: Finding) -> Iterator[Place]:
    """Where the words stand that a finding rests on."""
    yield from (m.place for m in finding.mentions if m.context is not Context.REPEALED)
    yield from (cap.place for cap in finding.caps)
    yield from (duty.place for duty in finding.duties)
    yield from (ban.place for ban in finding.prohibitions)
    if finding.minimum_age:
        yield finding.minimum_age.place
