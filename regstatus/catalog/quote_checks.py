"""Quote checks: words about law, before it or after it, that would be shown as the words of the law."""

import re
from collections.abc import Iterator

from regstatus.catalog.toml import Loc
from regstatus.model.source import InstrumentEntry, PeriodEntry, Source
from regstatus.model.words import Reads

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


def quote_faults(source: Source) -> Iterator[tuple[Loc, str]]:
    """Quotations that were not read in the instrument or in a copy of it, with key and remedy."""
    for index, item in enumerate(source.instruments):
        if item.quote:
            here = ("instruments", index)
            for key, why in _faults(source, item):
                yield (*here, key), f"{why} Quote the instrument in force, or leave quote out"
    for index, proof in enumerate(source.attestations):
        if proof.document not in _notices(source) and (said := _NO_LAW.search(proof.at)):
            yield ("attestations", index, "at"), f"«{said[0]}»: that is no text of the law"
    yield from _foreign_words(source)


def _notices(source: Source) -> set[str]:
    return {document.id for document in source.documents if document.reads is Reads.NOTICE}


def _faults(source: Source, item: InstrumentEntry) -> Iterator[tuple[str, str]]:
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
