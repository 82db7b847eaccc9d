"""Close checks: what a person who wrote the law down may have mistaken, as `sources check` judges it.

First hearings that pass for first days, facts that contradict, and proposals overtaken; words about
law, before it or after it, that would be shown as the words of the law; and a restriction whose law
nobody could look up, because no address leads there.
"""

import re
from collections.abc import Iterator

from regstatus.base.front_page import for_readers
from regstatus.catalog.toml import Loc
from regstatus.model.document import Document
from regstatus.model.law import PERMISSIONS, Permission, Status, Substance
from regstatus.model.source import InstrumentEntry, PeriodEntry, Source
from regstatus.model.words import Reads

_HEARD = re.compile(r"\b(in force by|at the latest|is presumed|by the end of)\b", re.IGNORECASE)
"""Words of a summary that give a day by which a law was there, and not the day on which it began."""
_UNREAD = r"[^.;,]*\b(?:not|never|nor)\b(?: \w+)? (?:read|attested|seen|shown|known)\b"
_UNREAD_LIST = re.compile(rf"\b(?:lists?|schedules?|annex(?:es)?|tables?){_UNREAD}", re.IGNORECASE)
_SAID_BY = re.compile(r"\bsays?\b|\baccording to\b", re.IGNORECASE)
_UNREAD_OF = {
    name: re.compile(rf"\b{word}\b{_UNREAD}", re.IGNORECASE)
    for name, word in (("possess", "possession"), ("sell", "sale"), ("import_", "import"))
}
"""Words of a summary by which nobody knows what the law says of an activity."""
_LEANS = re.compile(
    r"\b(?:probably|likely|leans? to|leaning to)\b[^.;,]*\b(?:ban\w*|prohib\w+|forbid\w*)",
    re.IGNORECASE,
)
_CLOSED = {Status.BANNED, Status.SALE_PROHIBITED}
_OPEN = {Status.UNREGULATED, Status.UNKNOWN}

_NO_LAW = re.compile(
    r"\b(?:amendments?|caption|title of|digest|fact sheet|summary|motion|hearing|news\w*|press"
    r"|quoted|quotes|restat\w+|briefing|draft|announcement|agenda|committee|release|advoca\w+"
    r"|tracker|police|paper|page on|index of|minutes|record of (?:the )?meeting|forum|blog\w*"
    r"|wiki\w*|the file)\b|billtrack|legiscan",
    re.IGNORECASE,
)
"""What speaks of a law, or came before it. A notice may be read in a press release: it is one."""
_BILL = re.compile(r"\bbills?\b(?!/\d)", re.IGNORECASE)
"""A bill gives its own words alone: once enacted and cited as such, it is of type `bill`."""
_OF_A_CHANGE = re.compile(
    r"\b(?:the amendment|(?:this|the) bill|proposed (?:rule|amendment)|added \d+)\b|^source:",
    re.IGNORECASE,
)
"""Words in a quotation that tell what changed and when, as a filing or a history line and no law does."""
_FACTS = {
    "seven_oh_cap": re.compile(r"%|\bper ?cent|\bmg\b|\bppm\b", re.IGNORECASE),
    "minimum_age": re.compile(r"\bages?\b|\byears\b|\bminors?\b", re.IGNORECASE),
}
"""What a quotation speaks of that another wording of the same instrument may have otherwise."""
_FOREIGN = re.compile(r"[«“„\"][^\s»”“\"]+(?:\s+[^\s»”“\"]+){4,}[»”“\"]")
"""Five words or more between quotation marks: not a name any longer."""

_WHY = re.compile(r"\bno address found: \w", re.IGNORECASE)
"""How a note says that an address was looked for, and why there is none."""


def period_faults(source: Source) -> Iterator[tuple[Loc, str]]:
    """What is wrong with the days and facts of each period, with the key and the remedy."""
    for index in range(len(source.timeline)):
        yield from _first_day_faults(source, index)
        yield from _coherence_faults(source, index)
        yield from _silence_faults(source, index)
    for index, item in enumerate(source.pending):
        if item.earliest and item.earliest < item.as_of:
            why = (
                f"{item.earliest} lies before as_of, when it was still pending: give a later day, or "
                "leave earliest out where none is known"
            )
            yield ("pending", index, "earliest"), why
    for index, conflict in enumerate(source.conflicts):
        leans = _LEANS.search(conflict.held)
        if leans and not any(period.probably for period in source.timeline):
            remedy = "write probably and its accounts in the period, or what is missing for that"
            yield ("conflicts", index, "held"), f"«{leans[0]}» stands in words alone: {remedy}"


def _first_day_faults(source: Source, index: int) -> Iterator[tuple[Loc, str]]:
    """A `from` on which people only heard of the law, or which nobody knows."""
    period, here = source.timeline[index], ("timeline", index)
    first, statuses = period.from_, period.by_substance()
    if first is None:
        if set(statuses.values()) - _OPEN:
            why = (
                "a restriction needs its first day: write from, with from_at_latest = true if it is "
                "only the first day that is known, and a period of unknown before it"
            )
            yield here, why
        return
    if not period.from_at_latest:
        began = {item.effective for item in source.instruments if item.id in period.instruments}
        heard = _HEARD.search(period.summary or "")
        if (first == source.attested or heard) and first not in began:
            said = f"the summary says «{heard[0]}»" if heard else "it is the day of attestation"
            why = (
                f"{first} may be only the first day that is known ({said}): write from_at_latest = "
                "true, or the day of force as effective of an instrument of the period"
            )
            yield (*here, "from"), why
    elif index:
        before = source.timeline[index - 1]
        was = before.by_substance() if before.until in {None, first} else {}
        for name in Substance:
            old = was.get(name, Status.UNKNOWN)
            if old is not Status.UNKNOWN and old is not statuses.get(name):
                why = (
                    f"the period before says that {name} was {old} up to {first}, which is not known: "
                    "give it an earlier until, the last day for which it is known, or write unknown"
                )
                yield (*here, "from_at_latest"), why


def _coherence_faults(source: Source, index: int) -> Iterator[tuple[Loc, str]]:
    """Facts of one period of which only one can be true."""
    period, here = source.timeline[index], ("timeline", index)
    statuses = period.by_substance()
    if Status.AGE_RESTRICTED in statuses.values() and period.minimum_age is None:
        yield here, 'age_restricted needs minimum_age; "minors" without a number is 18'
    head = statuses.get(Substance.LEAF, next(iter(statuses.values()), None))
    if head in _CLOSED:
        if period.sell not in {None, Permission.NO}:
            why = (
                f"{head} closes every lawful sale to people: leave sell out, or take another status"
            )
            yield (*here, "sell"), why
        duties = ("duties",) if any(period.duties.values()) else ()
        for name in ("minimum_age", *duties):
            if getattr(period, name):
                why = f"nobody may sell under {head}, so no duty of a seller holds: leave it out"
                yield (*here, name), why


def _silence_faults(source: Source, index: int) -> Iterator[tuple[Loc, str]]:
    """What a summary calls unread, and a field beside it allows."""
    period, here = source.timeline[index], ("timeline", index)
    summary, statuses = period.summary or "", period.by_substance()
    unread = _UNREAD_LIST.search(summary)
    if unread and Status.UNREGULATED in statuses.values() and not _SAID_BY.search(summary):
        why = (
            f"«{unread[0]}»: the silence of what was not read is no law; write unknown, or who "
            "says that nothing names it (vendors alone do not count)"
        )
        yield (*here, "summary"), why
    head = statuses.get(Substance.LEAF, Status.UNKNOWN)
    for name, words in _UNREAD_OF.items():
        activity = name.rstrip("_")
        allowed = getattr(period, name) or PERMISSIONS[head][activity]
        if allowed not in {Permission.NO, Permission.UNKNOWN} and (found := words.search(summary)):
            yield (*here, activity), f'«{found[0]}»: write {activity} = "unknown"'


def quote_faults(source: Source) -> Iterator[tuple[Loc, str]]:
    """Quotations that were not read in the instrument or in a copy of it, with key and remedy."""
    for index, item in enumerate(source.instruments):
        if item.quote:
            here = ("instruments", index)
            for key, why in _quoted_faults(source, item):
                yield (*here, key), f"{why} Quote the instrument in force, or leave quote out"
    for index, proof in enumerate(source.attestations):
        if proof.document not in _notices(source) and (said := _NO_LAW.search(proof.at)):
            yield ("attestations", index, "at"), f"«{said[0]}»: that is no text of the law"
    yield from _foreign_words(source)


def _notices(source: Source) -> set[str]:
    return {document.id for document in source.documents if document.reads is Reads.NOTICE}


def _quoted_faults(source: Source, item: InstrumentEntry) -> Iterator[tuple[str, str]]:
    """What is wrong with one quotation, by key."""
    where, notice = item.quote_from or "", item.type == "notice"
    proven = {proof.document for proof in source.attestations}
    if not notice:
        proven -= _notices(source)  # what an agency says of a law proves no word of it
    said = None if notice else _NO_LAW.search(where)
    if said is None and (item.type != "bill" or item.effective is None):
        said = _BILL.search(where)
    if said:
        yield "quote_from", f"«{said[0]}»: those are not the words of the law."
    if not where and item.document not in proven:
        yield "quote", "Nobody says where these words were read: name the copy in quote_from."
    if told := _OF_A_CHANGE.search(item.quote or ""):
        yield "quote", f"«{told[0]}»: that tells of a change, and is not its law."
    resting = [period for period in source.timeline if item.id in period.instruments]
    if notice and not any(period.basis == "agency" for period in resting):
        yield "quote", "A notice is no law where no period has the basis agency."
    for fact, speaks in _FACTS.items():
        held = {getattr(period, fact) for period in resting if _covers(item, period)}
        if speaks.search(item.quote or "") and len(held) > 1:
            why = f"It rests on periods with another {fact}: which wording is this? Quote it in an"
            yield "quote", f"{why} instrument of its own, with effective and until."


def _covers(item: InstrumentEntry, period: PeriodEntry) -> bool:
    """Whether an instrument is in force in some part of a period."""
    begun = not item.effective or not period.until or item.effective < period.until
    return begun and (not item.until or not period.from_ or period.from_ < item.until)


def _foreign_words(source: Source) -> Iterator[tuple[Loc, str]]:
    """Quotations in the sentences of a record, which would be shown without where they were read."""
    for table in ("timeline", "positions", "pending", "conflicts"):
        for index, entry in enumerate(getattr(source, table)):
            for key, value in entry:
                many = value.values() if isinstance(value, dict) else value
                for words in many if isinstance(value, dict | tuple) else (value,):
                    if isinstance(words, str) and (said := _FOREIGN.search(words)):
                        why = "is a quotation without its source: say it in your own words"
                        yield (table, index, key), f"{said[0]} {why}"


def address_faults(source: Source) -> Iterator[tuple[Loc, str]]:
    """Front pages given for laws that restrict, and periods without any address, with key and remedy."""
    documents = {item.id: item for item in source.documents}
    cited: dict[str, Document | InstrumentEntry] = {**documents}
    cited.update((item.id, item) for item in source.instruments)
    restricting = [
        (index, [cited[name] for name in period.instruments if name in cited])
        for index, period in enumerate(source.timeline)
        if set(period.by_substance().values()) - {Status.UNREGULATED, Status.UNKNOWN}
    ]
    used = {entry.id for _, entries in restricting for entry in entries}
    for index, item in enumerate(source.instruments):
        if item.id in used and item.url and not for_readers(item.url):
            why = (
                f"{source.jurisdiction}: a front page or an interface, where nobody finds this law: give "
                "the address of its text, or leave it out and write no address found: … into note"
            )
            yield ("instruments", index, "url"), why
    for index, entries in restricting:
        if not any(_found(entry, documents) for entry in entries):
            why = (
                f"{source.jurisdiction}: no address leads to the law of this restriction: give one of its "
                "instruments a url, or a note that says no address found: and why"
            )
            yield ("timeline", index, "instruments"), why


def _found(entry: Document | InstrumentEntry, documents: dict[str, Document]) -> bool:
    """Whether a reader finds the text of what is cited, or reads why not."""
    document = documents.get(getattr(entry, "document", None) or "")
    urls = (entry.url, document.url if document else None)
    return any(map(for_readers, urls)) or _WHY.search(entry.note or "") is not None
