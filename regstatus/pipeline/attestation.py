"""Attestation: a person's reading of an official text, on the same road as a machine's.

The page that the person holds is checked, read and laid beside its source file as a run would do
it, for the day of which it speaks. What does not pass there is not attested: a page that may be
cut, folded in or out of date proves no more in a person's hands than in a host's.
"""

import re
from datetime import date, datetime
from typing import NamedTuple

from pydantic import ValidationError

from regstatus.base.errors import ReadingError, UsageError
from regstatus.base.safe import one_line
from regstatus.decide.alignment import squeezed
from regstatus.decide.records import differences
from regstatus.decide.verdicts import said_of
from regstatus.extract import extract
from regstatus.fetch.failure import BadAnswer, Reply
from regstatus.fetch.page_check.classify import check_page
from regstatus.model.document import Document
from regstatus.model.finding import Finding
from regstatus.model.law import Substance
from regstatus.model.source import AttestationEntry, Source
from regstatus.model.text import Page
from regstatus.model.words import Format, Outcome, Reads
from regstatus.pipeline.page_reader.read_page import ReadPage, read_page
from regstatus.store.proof import hexdigest

_LONGEST = 300
_GAP = re.compile(r"…|\.\.\.")
"""What was left out of a quotation."""


class Held(NamedTuple):
    """A file that a person holds, and what is known of it."""

    body: bytes
    name: str
    day: date
    """The day of law for which it speaks."""
    format: Format | None = None
    """Its form, where its looks do not tell."""


def document_of(source: Source, name: str) -> Document:
    """The document of a source file that a person attests; a `UsageError` names those that there are."""
    for document in source.documents:
        if document.id == name and document.reads is not Reads.FEED:
            return document
    known = ", ".join(d.id for d in source.documents if d.reads is not Reads.FEED)
    raise UsageError(
        f"{source.jurisdiction} watches no document {name!r}; it has: {known or 'none'}"
    )


def read_held(document: Document, held: Held, now: datetime) -> tuple[ReadPage, Format]:
    """Read a file as the page of a document, and tell its form.

    Where the form is another one than the document's, the passage that is selected in that one
    cannot be found, and the whole file is read.

    Raises:
        UsageError: If nothing may be concluded from it: the sentence says why.
    """
    try:
        form = held.format or extract(held.body, name=held.name).format
        check_page(Reply(200, (), held.body), form, held.name)
    except ReadingError as error:
        raise UsageError(f"{held.name}: {error}") from None
    except BadAnswer as answer:
        raise UsageError(answer.problem) from None
    if form != document.format:
        document = document.model_copy(update={"format": form, "select": None})
    page = Page(
        url=document.url,
        final_url=document.url,
        outcome=Outcome.OK,
        body=held.body,
        format=form,
        fetched_at=now,
    )
    reading = read_page(document, page, held.day)
    problem = reading.problem or one_line("; ".join(reading.doubts), 800)
    if problem:
        raise UsageError(f"{held.name} cannot be attested as {document.id}: {problem}")
    return reading, form


def attest(
    source: Source, document: Document, held: Held, *, by: str, at: str, kind: str, now: datetime
) -> AttestationEntry:
    """What a file says of a document on its day, as an entry for the source file.

    Raises:
        UsageError: If it cannot be read, is doubtful, or says otherwise than the source file.
    """
    if held.day > now.date():
        raise UsageError(f"{held.day} is still to come: give the day of which the text speaks")
    reading, form = read_held(document, held, now)
    finding = reading.finding
    assert finding is not None
    if against := differences(source, document, finding, held.day):
        told = "; ".join(f"{d.about}: expected {d.recorded}, read {d.observed}" for d in against)
        raise UsageError(
            f"{held.name} says otherwise than the record of {source.jurisdiction} on {held.day}: "
            f"{told}. Read it, and mend the source file first"
        )
    _check_quotes(source, document, held, reading)
    try:
        return AttestationEntry(
            document=document.id,
            day=held.day,
            by=by,
            at=at,
            kind=kind,
            format=form if form != document.format else None,
            sha256=hexdigest(held.body),
            says=said(finding),
            quote=quote_of(document, finding),
        )
    except ValidationError as found:
        fault = found.errors(include_input=False)[0]
        raise UsageError(
            f"{fault['loc'][0]}: {fault['msg'].removeprefix('Value error, ')}"
        ) from None


def _check_quotes(source: Source, document: Document, held: Held, reading: ReadPage) -> None:
    """What the source file quotes of a document, from no copy, must stand in its file."""
    words = squeezed(reading.words)
    for entry in source.instruments:
        if entry.document == document.id and entry.quote and not entry.quote_from:
            for part in _GAP.split(entry.quote):
                if squeezed(part) not in words:
                    raise UsageError(
                        f"{held.name} does not hold what {entry.id} quotes: “{part.strip()}”. Quote "
                        "its words, or say in quote_from in which copy they were read"
                    )


def said(finding: Finding) -> dict[str, str | int]:
    """What a text says of each substance, and its age and limit, in the words of a source file."""
    facts = (*map(str, Substance), "minimum_age", "seven_oh_cap")
    return {name: value for name in facts if (value := said_of(finding, name)[0]) is not None}


def quote_of(document: Document, finding: Finding) -> str:
    """The words that show it best; of a silent text, those that prove that it is the list.

    Raises:
        UsageError: If there are none: no attestation without a quotation.
    """
    places = [said_of(finding, name)[1] for name in (*Substance, "minimum_age", "seven_oh_cap")]
    words = [place.quote for place in places if place]
    words += [item.quote for item in (*finding.phrases, *finding.controls) if item.quote]
    if not words:
        raise UsageError(f"nothing can be quoted from the text as {document.id}")
    return words[0][:_LONGEST]


def proven(source: Source, held: Held, now: datetime) -> tuple[AttestationEntry, ...]:
    """The attestations of a source file that a file proves again: same bytes, same words.

    Raises:
        UsageError: If none names its digest, or it says something else by the rules of today.
    """
    digest = hexdigest(held.body)
    entries = tuple(one for one in source.attestations if one.sha256 == digest)
    if not entries:
        raise UsageError(
            f"{held.name}: no attestation of {source.jurisdiction} names its digest, {digest}"
        )
    for entry in entries:
        document = document_of(source, entry.document)
        there = Held(held.body, held.name, entry.day, entry.format or document.format)
        reading = read_held(document, there, now)[0]
        finding = reading.finding
        assert finding is not None
        if said(finding) != entry.says:
            raise UsageError(
                f"{held.name} says {said(finding)} of {entry.document} on {entry.day}, and the "
                f"attestation says {entry.says}"
            )
        _check_quotes(source, document, there, reading)
    return entries
