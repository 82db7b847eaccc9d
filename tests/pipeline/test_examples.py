"""No source without an example page, and no page without what it proves.

Each page is written for this project in the form that the official host sends. It
must confirm its source file; and it must cease to do so when what the file relies
on is taken away.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from typing import NamedTuple

import pytest

from regstatus.assess.announcements import announcements
from regstatus.assess.completeness import entries
from regstatus.assess.controls import fold
from regstatus.decide.records import decide, in_force
from regstatus.decide.verdicts import judge
from regstatus.extract import extract
from regstatus.fetch.hosts.link import follow
from regstatus.model.document import Document
from regstatus.model.law import Status, Substance
from regstatus.model.record import Period
from regstatus.model.source import Source
from regstatus.model.text import Page
from regstatus.model.words import Context, Format, Outcome, Reads
from regstatus.pipeline.page_reader.read_page import ReadPage, read_page
from tests.support import project
from tests.support.judged import judged
from tests.support.mutate import Example
from tests.support.replica import _TYPES, PAGES, example
from tools.make_example_pdfs import make_pdf

pytestmark = pytest.mark.usefixtures("read_here")  # test_worker reads them all apart as well

ON = date(2026, 11, 22)
MISSING = PAGES / "MISSING.txt"
NEW_ENTRIES = {
    Substance.LEAF: "Mitragyna speciosa (kratom)",
    Substance.MITRAGYNINE: "Mitragynine",
    Substance.SEVEN_OH: "7\u2011Hydroxymitragynine",
}
NEW_BAN = "Sec. 99. Ban. It is unlawful for any person to sell, offer for sale or possess kratom."
ENTRY_KEYS = (b'"document_number"', b'"bill_number"', b'"identifier"', b'"NID"')
SMALLEST, LARGEST = 250, 20_000
"""Bytes: a page must hold enough to look like law, and not so much that nobody reads it."""

# Honest pages in official form that are misread, by what they ought to prove, and what goes wrong.
MISREAD: dict[str, dict[str, str]] = {
    "confirms": {},
    "new entry": {},
    "new ban": {},
    "vanished": {},
}


class Case(NamedTuple):
    source: Source
    document: Document

    @property
    def key(self) -> str:
        return f"{self.source.jurisdiction}:{self.document.id}"


CATALOG = project.catalogue()
WATCHED = [Case(s, d) for s in CATALOG for d in s.documents if not d.people_only]
HERE = [case for case in WATCHED if example(case.source.jurisdiction, case.document)]
TEXTS = [case for case in HERE if case.document.reads is not Reads.FEED]
FEEDS = [case for case in HERE if case.document.reads is Reads.FEED]


def each(cases, proof=None):
    """Parameters, one for each case; those that are known to be misread are expected to fail."""
    known = MISREAD.get(proof, {})
    return [
        pytest.param(
            case,
            id=case.key,
            marks=[pytest.mark.xfail(strict=True, reason=known[case.key])]
            if case.key in known
            else [],
        )
        for case in cases
    ]


def entries_among(case: Case) -> list[str]:
    """The controls that are substances of the list, not titles, numbers or words of a sentence."""
    document = case.document
    text = extract(path_of(case).read_bytes(), format=document.format, select=document.select)
    entered = [fold(entry.text) for entry in entries(text.passages)]
    return [
        control
        for control in document.controls
        if not any(char in " 0123456789" for char in control)
        and control.casefold() not in document.title.casefold()
        and any(fold(control) in words for words in entered)
    ]


def path_of(case: Case):
    path = example(case.source.jurisdiction, case.document)
    assert path is not None
    return path


def page(document: Document, body: bytes, kind: str | None = None) -> Page:
    return Page(
        url=document.url,
        final_url=document.url,
        outcome=Outcome.OK,
        status=200,
        headers=(("content-type", kind or _TYPES[document.format].partition(";")[0]),),
        body=body,
        format=document.format,
        fetched_at=datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
    )


def read(case: Case, body: bytes, kind: str | None = None) -> ReadPage:
    return read_page(case.document, page(case.document, body, kind), day(case.document))


@cache
def as_it_stands(key: str) -> ReadPage:
    case = next(case for case in TEXTS if case.key == key)
    return read(case, path_of(case).read_bytes())


def day(document: Document) -> date:
    """The day of law for which a document's expectations were written."""
    return ON if document.applies(ON) else document.from_ or ON


def current(case: Case) -> Period | None:
    record = decide(case.source, {}, None, ON)
    return in_force(record.timeline, day(case.document))


def differences(case: Case, reading: ReadPage):
    assert reading.finding is not None, reading.problem
    return judge(case.document, reading.finding, current(case))


# --- what there is ------------------------------------------------------------------------


def test_the_documents_without_an_example_page_are_exactly_those_in_the_list():
    lines = MISSING.read_text("utf-8").splitlines() if MISSING.exists() else []
    listed = sorted(line for line in lines if line and not line.startswith("#"))
    missing = sorted(case.key for case in WATCHED if case not in HERE)
    assert missing == listed, f"{len(missing)} of {len(WATCHED)} documents have no example page"


def test_every_file_among_the_example_pages_belongs_to_a_document():
    known = {MISSING.name}
    for case in HERE:
        path = path_of(case)
        known |= {path.relative_to(PAGES).as_posix()}
        if case.document.format is Format.PDF:
            known |= {path.with_name(f"{path.name}.txt").relative_to(PAGES).as_posix()}
        if case.document.adapter == "link":
            index = path.with_name(f"{case.document.id}.index.html")
            known |= {index.relative_to(PAGES).as_posix()}
        for copy in case.document.copies:  # a copy in another form has a page of its own
            known |= {path.with_suffix(f".{copy.format}").relative_to(PAGES).as_posix()}
    found = {p.relative_to(PAGES).as_posix() for p in PAGES.rglob("*") if p.is_file()}
    assert found - known == set()


def test_misread_pages_are_those_of_watched_documents():
    known = {key for table in MISREAD.values() for key in table}
    assert known <= {case.key for case in TEXTS}


@pytest.mark.parametrize("case", each(HERE))
def test_an_example_page_is_small_and_would_be_taken_for_the_document(case):
    body = path_of(case).read_bytes()
    assert SMALLEST <= len(body) <= LARGEST
    kind = _TYPES[case.document.format]
    found = judged(body, case.document.format, content_type=kind)
    assert found.outcome is Outcome.OK, found.problem


@pytest.mark.parametrize("case", each([c for c in HERE if c.document.format is Format.PDF]))
def test_an_example_pdf_is_what_its_text_gives(case):
    path = path_of(case)
    text = path.with_name(f"{path.name}.txt").read_text("utf-8")
    assert make_pdf(text) == path.read_bytes()


@pytest.mark.parametrize("case", each([c for c in HERE if c.document.adapter == "link"]))
def test_an_index_page_leads_to_the_document(case):
    document = case.document
    index = path_of(case).with_name(f"{document.id}.index.html")
    listed = page(document, index.read_bytes(), "text/html; charset=utf-8")
    patterns = [document.params[name] for name in ("link", "then") if name in document.params]
    pick = document.params.get("pick", "first")
    for pattern in patterns:
        found = follow(listed, pattern, pick if pattern == patterns[-1] else "first")
    assert found.endswith(f"/replica/{document.id}.{document.format}")


# --- what a page proves -------------------------------------------------------------------


@pytest.mark.parametrize("case", each(TEXTS, "confirms"))
def test_the_example_page_confirms_its_source_file(case):
    assert differences(case, as_it_stands(case.key)) == ()


@pytest.mark.parametrize("case", each(TEXTS))
def test_a_charset_in_the_header_that_is_wrong_changes_nothing(case):
    body = path_of(case).read_bytes()
    kind = _TYPES[case.document.format].partition(";")[0]
    assert read(case, body, f"{kind}; charset=utf-8") == as_it_stands(case.key)


@pytest.mark.parametrize("case", each(TEXTS))
def test_a_page_without_one_of_its_controls_is_not_readable(case):
    whole = Example(path_of(case), case.document.format)
    for control in case.document.controls:
        reading = read(case, whole.without(control).body)
        assert reading.finding is None, f"read without {control!r}"
        assert reading.problem


SILENT_LISTS = [
    case
    for case in TEXTS
    if case.document.reads is Reads.SCHEDULE
    and case.document.shows.leaf == "silent"
    and entries_among(case)
]


def newly_listed(case: Case, changed: Example) -> dict[str, dict[str, str | int]]:
    """What the changed page lists against expectation, and what each listing sets."""
    return {
        difference.about: difference.sets
        for difference in differences(case, read(case, changed.body))
        if difference.observed == "listed"
    }


def ban_of(case: Case, substance: Substance) -> dict[str, dict[str, str]]:
    """What must come of a new entry for a substance."""
    recorded = current(case)
    before = recorded.statuses.get(substance) if recorded else None
    name = str(substance)
    return {name: {} if before is Status.BANNED else {name: str(Status.BANNED)}}


@pytest.mark.parametrize("case", each(SILENT_LISTS, "new entry"))
def test_a_new_entry_beside_a_control_is_seen(case):
    whole = Example(path_of(case), case.document.format)
    silent = [s for s, says in case.document.shows.by_substance().items() if says == "silent"]
    for control in entries_among(case):
        for substance in (s for s in silent if s in NEW_ENTRIES):
            changed = whole.with_entry(control, NEW_ENTRIES[substance])
            expected = ban_of(case, substance)
            assert newly_listed(case, changed) == expected, f"{substance} beside {control}"


@pytest.mark.parametrize("word", ["[Repealed]", "[Reserved]", "Repealed by Laws 2001, c. 233."])
def test_a_new_entry_is_seen_though_another_was_repealed(word):
    missed = []
    for case in SILENT_LISTS:
        controls = entries_among(case)
        whole = Example(path_of(case), case.document.format)
        changed = whole.with_entry(controls[0], word)
        changed = changed.with_entry(controls[-1], NEW_ENTRIES[Substance.LEAF])
        if newly_listed(case, changed) != ban_of(case, Substance.LEAF):
            missed.append(case.key)
    assert [key for key in missed if key not in MISREAD["new entry"]] == []


PRODUCT_ACTS = [
    case
    for case in TEXTS
    if case.document.reads is Reads.STATUTE
    and case.document.shows.leaf == "named"
    and case.document.language == "en"
    and case.key != "US-NY:gbs-398-g"  # its one section is in force only from 2026-12-19
]


@pytest.mark.parametrize("case", each(PRODUCT_ACTS, "new ban"))
def test_a_new_ban_in_a_product_act_is_seen(case):
    whole = as_it_stands(case.key).finding
    assert whole is not None
    names = [m.written for m in whole.mentions if m.substance is Substance.LEAF]
    ends = [m.place.quote[-30:] for m in whole.mentions if m.place.quote.endswith(".")] or names
    changed = Example(path_of(case), case.document.format).with_paragraph(ends[-1], NEW_BAN)
    reading = read(case, changed.body)
    assert NEW_BAN in reading.words
    sets = [difference.sets for difference in differences(case, reading)]
    assert {str(Substance.LEAF): str(Status.BANNED)} in sets


def named(key: str) -> tuple[Case, Example]:
    case = next(case for case in TEXTS if case.key == key)
    return case, Example(path_of(case), case.document.format)


def test_a_new_ban_without_a_mark_of_its_own_is_seen_behind_an_age_rule():
    case, whole = named("US-TX:hs-444")
    ban = "No person shall sell, offer for sale or possess kratom in this state."
    changed = whole.with_paragraph("younger than 18 years of age.", ban)
    sets = [difference.sets for difference in differences(case, read(case, changed.body))]
    assert {str(Substance.LEAF): str(Status.BANNED)} in sets


def test_a_new_section_behind_a_line_of_history_in_a_pdf_is_law():
    case, whole = named("US-WI:ch-961-pdf")
    section = "961.135  Kratom. The plant Mitragyna\nspeciosa is included in schedule I."
    changed = whole.with_paragraph("History: 1971 c. 219; 1995 a. 448.", section)
    finding = read(case, changed.body).finding
    assert finding is not None
    assert finding.says(Substance.LEAF) == "listed"


@pytest.mark.parametrize("key", ["GE:matsne-1670322", "TR:kanun-2313", "VN:nd-28-2026"])
def test_a_new_entry_in_an_annex_of_which_nothing_is_expected_is_seen(key):
    case, whole = named(key)
    assert not case.document.shows.by_substance()
    changed = whole.with_entry(case.document.controls[-1], NEW_ENTRIES[Substance.MITRAGYNINE])
    sets = [difference.sets for difference in differences(case, read(case, changed.body))]
    assert {str(Substance.MITRAGYNINE): str(Status.BANNED)} in sets


def test_a_lowered_cap_contradicts_and_is_the_stricter_reading():
    case, whole = named("US-TX:hs-444")
    assert whole.raw.count("two percent") == 1
    lowered = whole.raw.replace("two percent", "one percent")
    found = differences(case, read(case, lowered.encode()))
    assert [difference.sets for difference in found] == [{"seven_oh_cap": "1%"}]


@pytest.mark.parametrize(
    "case",
    each((c for c in TEXTS if "listed" in c.document.shows.by_substance().values()), "vanished"),
)
def test_a_listing_that_vanished_contradicts_and_frees_nothing(case):
    example_page = Example(path_of(case), case.document.format)
    reading, written = as_it_stands(case.key), set()
    assert reading.finding is not None, reading.problem
    # A systematic name counts only once the common name is gone, so take turns.
    while reading.finding and (more := {m.written for m in reading.finding.mentions} - written):
        written |= more
        reading = read(case, example_page.without(*written).body)
    if reading.finding is None:
        # The words were controls as well: then nothing at all may be concluded.
        assert any(name.lower() in c.lower() for name in written for c in case.document.controls)
        return
    listed = [m for m in reading.finding.mentions if m.context is Context.LISTED]
    assert listed == []
    found = differences(case, reading)
    assert found
    recorded = current(case)
    for difference in found:
        for name, value in difference.sets.items():
            assert recorded is not None
            if name == "minimum_age":
                assert value >= (recorded.minimum_age or 0)
            elif name != "seven_oh_cap":
                before = recorded.statuses.get(Substance(name), Status.UNKNOWN)
                assert Status(value).severity >= before.severity


# --- feeds --------------------------------------------------------------------------------


@pytest.mark.parametrize("case", each(FEEDS))
def test_a_feed_announces_what_names_kratom_and_nothing_else(case):
    body = path_of(case).read_bytes()
    told = list(announcements(page(case.document, body)))
    kinds = {one.kind for one in told}
    assert kinds in ({"Rule", "Proposed Rule"}, {"bill"}, {"alert"})
    assert all(one.is_rule == (one.kind == "Rule") for one in told)
    entries = sum(body.count(name) for name in ENTRY_KEYS)
    assert 2 <= len(told) < entries
