"""Diagnoses: what stands between us and each watched document, by cause.

Every address is asked as a run would ask, of a large page for its first part alone; nothing is written.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from regstatus.assess.controls import look_for
from regstatus.base.address import throttle_key
from regstatus.catalog.sources import load_catalog
from regstatus.fetch.fetcher import fetch_many
from regstatus.fetch.page_check.classify import is_missing
from regstatus.fetch.page_check.shape import html_stops_short, read_shape
from regstatus.fetch.session import Throttle
from regstatus.model.document import Document
from regstatus.model.request import Request
from regstatus.model.text import Page, Passage
from regstatus.model.words import Format, Outcome
from regstatus.pipeline import machine
from regstatus.pipeline.new_address import Proposal, further, of_answer, of_pages
from regstatus.pipeline.options import Options
from regstatus.pipeline.page_reader.pool import Reader
from regstatus.pipeline.plan import request_of, validators_of
from regstatus.pipeline.update import reader_of
from regstatus.store.clocks import read_ledger
from regstatus.store.ledger import FetchState, Ledger

PART = 65_536
"""Bytes of a page that are asked for, where no adapter must see all of it."""
_TABLES = tomllib.loads(Path(__file__).with_name("causes.toml").read_text(encoding="utf-8"))
CAUSES: dict[str, dict[str, Any]] = {
    name: {"wrong": True, "shown": "each", "notes": False, **told}
    for name, told in _TABLES["causes"].items()
}
"""What is said of each cause, the worst first; see `causes.toml`."""
_OUTCOMES: dict[str, list[str]] = _TABLES["outcomes"]
_UNREACHED = frozenset({Outcome.DNS, Outcome.REFUSED, Outcome.TIMEOUT})
_FIRST, _FEW = 12, 3
"""Hosts that are asked first, and of how many at least none must be reached for want of a network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What was found at one address of a document.

    Attributes:
        key: The document, as in the ledger; of a copy, with its number.
        basis: How the address is known: `seen`, `pattern` or `memory`.
        cause: A key of `CAUSES`.
        fails_at: The check that fails, such as `tls`, `robots` or `controls`; empty where none does.
        status: The HTTP status, if there was an answer.
        problem: What was found, in a sentence; empty where all is well.
        proposals: Where the document may lie now.
        note: What its source file says to maintainers.
    """

    key: str
    url: str
    basis: str
    cause: str
    fails_at: str = ""
    status: int | None = None
    problem: str = ""
    proposals: tuple[Proposal, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """The state of the machine and of each address, the worst first.

    Attributes:
        at: When it began, UTC.
        asked: How many addresses were asked.
        fetched: How many of them sent a page to look at, or «unchanged».
    """

    at: datetime
    asked: int
    fetched: int
    machine: tuple[machine.Check, ...]
    diagnoses: tuple[Diagnosis, ...]

    @property
    def wrong(self) -> bool:
        """Whether anything is."""
        of_machine = any(check.state == "wrong" for check in self.machine)
        return of_machine or any(CAUSES[one.cause]["wrong"] for one in self.diagnoses)


def check_up(
    options: Options,
    *,
    now: Callable[[], datetime],
    progress: Callable[[int, int, str], None] | None = None,
) -> Checkup:
    """Look at the machine, and ask every address of a run, and of its copies, once.

    Raises:
        SourceFileError: If a source file is at fault; nothing is asked then.
    """
    started = now().astimezone(UTC)
    ledger = read_ledger(str(options.snapshots / "ledger.json"))
    checks = machine.before(options, ledger.faults)
    documents = dict(_documents(options, started.date()))
    people = {key for key, document in documents.items() if document.people_only}
    found = {key: _diagnosis(key, documents[key], cause="people") for key in people}
    may_ask = all((check.name, check.state) != ("proxy", "wrong") for check in checks)
    clocks = Ledger.of(ledger).clocks
    waiting = {
        key: _request(key, document, clocks.get(key), started)
        for key, document in documents.items()
        if may_ask and key not in people
    }
    hosts: dict[str, Throttle] = {}
    # One more try tells a host that stumbled from one that is down.
    given = options.settings
    settings = replace(  # someone waits: a host, or a proxy, that is mute for so long is a finding
        given,
        retries=min(1, given.retries),
        connect_timeout=min(5.0, given.connect_timeout),
        read_timeout=min(10.0, given.read_timeout),
    )
    ask = partial(fetch_many, settings=settings, now=now, host_state=hosts)
    answers: list[Page] = []
    with reader_of(options) as read:
        for turn in (_first(waiting, documents), waiting):
            for request, page in ask([one for key, one in turn.items() if key not in found]):
                key = request.key
                found[key] = _diagnose(key, documents[key], page, read, started.date())
                answers.append(replace(page, body=b""))
                if progress:
                    progress(len(answers), len(waiting), key)
            if _no_network(answers):
                for key in waiting:
                    found[key] = _diagnosis(key, documents[key], cause="network")
                break
    lost = {
        key: list(further(documents[key], hosts))
        for key, one in found.items()
        if one.cause == "address" and not one.proposals
    }
    pages = {request.key: page for request, page in ask(chain.from_iterable(lost.values()))}
    for key, asked in lost.items():
        seen = [(request.key, pages[request.key]) for request in asked]
        found[key] = replace(found[key], proposals=of_pages(documents[key], seen))
    order = [*CAUSES]
    return Checkup(
        at=started,
        asked=len(answers),
        fetched=sum(page.outcome in {Outcome.OK, Outcome.UNCHANGED} for page in answers),
        machine=machine.ranked([*checks, *machine.after(answers)]),
        diagnoses=tuple(sorted(found.values(), key=lambda one: (order.index(one.cause), one.key))),
    )


def _documents(options: Options, on: date) -> Iterator[tuple[str, Document]]:
    for source in load_catalog(options.sources, options.own, on=on):
        if not options.only or any(fnmatchcase(source.jurisdiction, p) for p in options.only):
            for document in source.documents:
                key = f"{source.jurisdiction}:{document.id}"
                yield key, document
                for number, copy in enumerate(document.copies, 1):
                    yield f"{key} (copy {number})", document.at(copy)


def _request(key: str, document: Document, clock: FetchState | None, now: datetime) -> Request:
    same = clock is not None and clock.url == document.url
    known = validators_of(clock, document, now) if clock and same else None
    part = PART if document.adapter in {"page", "link"} else None
    return replace(request_of(key, document, known), part=part)


def _first(waiting: dict[str, Request], documents: dict[str, Document]) -> dict[str, Request]:
    """A document of each of some hosts, those first whose address was seen: they tell of the network."""
    by_host: dict[str, str] = {}
    for key in sorted(waiting, key=lambda key: documents[key].url_basis != "seen"):
        by_host.setdefault(throttle_key(waiting[key].url), key)
    return {key: waiting[key] for key in islice(by_host.values(), _FIRST)}


def _no_network(pages: list[Page]) -> bool:
    asked = [page for page in pages if page.outcome is not Outcome.SKIPPED]
    lost = all(page.status is None and page.outcome in _UNREACHED for page in asked)
    several = len({throttle_key(page.url) for page in asked}) >= _FEW
    by_proxy = bool(asked) and all(machine.PROXY in (page.problem or "") for page in asked)
    return by_proxy or (lost and several)


def _diagnose(key: str, document: Document, page: Page, read: Reader, on: date) -> Diagnosis:
    """What an answer tells; a page that came whole is read, apart, as in a run."""
    outcome, cause, problem = page.outcome, "", page.problem or ""
    if outcome is Outcome.ROBOTS and "could not be had" in problem:
        cause = "down"
    elif outcome is Outcome.OK:
        shape = read_shape("" if page.format is Format.PDF else page.chars())
        there = [one.found for one in look_for(document.controls, [Passage(shape.text)])]
        if page.cut:
            cause, of = "part", f"{sum(there)} of {len(there)} controls"
            problem = f"{of} stand in its first {PART // 1024} kB; not all was read"
            if shape.text and there and not any(there):  # most pages have one of them early
                cause, outcome = "", Outcome.UNREADABLE
        else:
            reading = read(document, page, on)
            problem = reading.problem or "; ".join(reading.doubts)
            outcome = Outcome.UNREADABLE if reading.problem else outcome
            outcome = Outcome.DOUBTFUL if reading.doubts else outcome
            if reading.problem and any(there) and html_stops_short(page.utf8()):
                outcome = Outcome.BROKEN
            elif reading.problem and there and all(there):
                cause = "doubt" if reading.met else "reader"
            elif reading.problem and not any(there) and is_missing(shape):
                outcome = Outcome.GONE
    cause = cause or _OUTCOMES[outcome][0]
    proposals = of_answer(document, page, canonical=cause == "page")
    if proposals and cause in {"good", "part"}:
        cause = "redirected"
    told = {"status": page.status, "problem": problem, "proposals": proposals}
    return _diagnosis(key, document, cause=cause, fails_at=_OUTCOMES[outcome][1], **told)


def _diagnosis(key: str, document: Document, **found: Any) -> Diagnosis:
    basis, note = str(document.url_basis), document.note or ""
    return Diagnosis(key=key, url=document.url, basis=basis, note=note, **found)
