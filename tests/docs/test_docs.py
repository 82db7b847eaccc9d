"""The codebook explains every word and field, and its numbers and examples are true."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import date, timedelta
from enum import StrEnum

import pytest

from regstatus.base.errors import SourceFileError
from regstatus.catalog.sources import check_text
from regstatus.model import document, finding, law, record, source, words
from regstatus.model.change import Change
from regstatus.model.schemas import SHAPES
from regstatus.query.answer import DISCLAIMER
from regstatus.store.ledger import RUNS_KEPT, FetchState
from tests.support import make
from tests.support.pages import ROOT, Page, codes, first_codes, tool

CODEBOOK = Page("docs/codebook.md", "docs/source-file.md")
ANSWER = Page("docs/answer.md", "docs/finding.md")
CLI, SOURCES = Page("docs/cli.md", "docs/cli-runs.md"), Page("docs/sources.md")
DESIGN = Page("docs/design.md", "docs/store.md")


def names(kind):
    """The fields of a type, as they are written in JSON or TOML."""
    if dataclasses.is_dataclass(kind):
        return {field.name for field in dataclasses.fields(kind)}
    return {field.alias or name for name, field in kind.model_fields.items()}


FIELDS = [
    (source.Source, CODEBOOK, "The whole file", "Key"),
    (document.Document, CODEBOOK, "`[[documents]]`", "Key"),
    (document.Copy, CODEBOOK, "`copies`", "Key"),
    (document.Select, CODEBOOK, "`select`", "Key"),
    (document.Shows, CODEBOOK, "`shows`", "Key"),
    (source.InstrumentEntry, CODEBOOK, "`[[instruments]]`", "Key"),
    (source.PeriodEntry, CODEBOOK, "`[[timeline]]`", "Key"),
    (source.PositionEntry, CODEBOOK, "`[[positions]]`", "Key"),
    (source.PendingEntry, CODEBOOK, "`[[pending]]`", "Key"),
    (source.ConflictEntry, CODEBOOK, "`[[conflicts]]`", "Key"),
    (finding.Finding, ANSWER, "Finding: what one text says", "Field"),
    (record.Record, ANSWER, "Record", "Field"),
    (record.Contradiction, ANSWER, "Record", "Contradiction"),
    (SHAPES["AnswerSchema"], ANSWER, "Answer", "Field"),
    (Change, ANSWER, "Fields of an event", "Field of an event"),
]


@pytest.mark.parametrize(
    ("kind", "page", "heading", "first"), FIELDS, ids=[entry[0].__name__ for entry in FIELDS]
)
def test_the_codebook_explains_every_field_and_no_other(kind, page, heading, first):
    assert sorted(first_codes(page.table(heading, first))) == sorted(names(kind))


WORDS = [
    (law.Substance, CODEBOOK, "Substances", "Code"),
    (law.Status, CODEBOOK, "Status", "Status"),
    (law.Grade, CODEBOOK, "Grade", "Grade"),
    (law.Permission, CODEBOOK, "What one may do", "Permission"),
    (law.DUTIES, CODEBOOK, "Duties, ages, limits", "Duty"),
    (law.LIMITS, CODEBOOK, "Duties, ages, limits", "Limit"),
    (words.Reads, CODEBOOK, "Kinds of document: `reads`", "Value"),
    (words.UrlBasis, CODEBOOK, "How an address is known: `url_basis`", "Value"),
    (words.Outcome, ANSWER, "Outcome of a fetch", "Outcome"),
    (words.Context, ANSWER, "Context: what the text does with a term", "Context"),
    (words.Verdict, ANSWER, "Two witnesses", "Verdict"),
    (law.FreshnessState, ANSWER, "Freshness", "State"),
    (words.EventKind, ANSWER, "Events", "Kind"),
]


@pytest.mark.parametrize(
    ("values", "page", "heading", "first"),
    WORDS,
    ids=[f"{entry[2]}, {entry[3]}" for entry in WORDS],
)
def test_the_codebook_explains_every_word_and_no_other(values, page, heading, first):
    rows = page.table(heading, first)
    assert sorted(first_codes(rows)) == sorted(map(str, values))
    assert all(row[1] for row in rows)


def test_no_enumeration_of_the_words_is_left_without_a_page():
    told = {entry[0] for entry in WORDS if isinstance(entry[0], type)}
    both = [*vars(law).values(), *vars(words).values()]
    all_kinds = {kind for kind in both if isinstance(kind, type) and issubclass(kind, StrEnum)}
    in_prose = {law.Activity, words.Format, words.Own}
    assert all_kinds - told - in_prose == {StrEnum}
    said = set(codes(CODEBOOK.section("What one may do")))
    assert set(law.Activity) <= said
    assert set(words.Own) <= set(codes(ANSWER.section("Record")))
    assert set(words.Format) <= set(codes(CODEBOOK.section("Forms: `format`")))


def pattern_words(kind, field):
    """The words that a pattern such as `^(a|b)$` allows."""
    text = json.dumps(kind.model_json_schema(by_alias=True)["properties"][field])
    return set(re.search(r"\^\(([a-z_|]+)\)\$", text)[1].split("|"))


def test_words_that_only_a_pattern_knows_are_explained_too():
    basis = first_codes(CODEBOOK.table("Basis", "Basis"))
    assert set(basis) == pattern_words(source.PeriodEntry, "basis")
    says = first_codes(CODEBOOK.table("What a document says of a term", "Value"))
    assert set(says) == pattern_words(document.Shows, "leaf")
    types = set(codes(CODEBOOK.section("`[[instruments]]`") + CODEBOOK.text))
    assert pattern_words(source.InstrumentEntry, "type") <= types
    kinds = codes(next(r for r in CODEBOOK.table("The whole file", "Key") if r[0] == "`kind`")[1])
    assert set(kinds) == pattern_words(source.Source, "kind")


def test_the_status_table_is_the_one_that_the_code_uses():
    for status, severity, _, *meant, _ in CODEBOOK.table("Status", "Status"):
        word = law.Status(status.strip("`"))
        assert int(severity) == word.severity
        shown = dict(zip(map(str, law.Activity), meant, strict=True))
        assert {key: value.strip("`") for key, value in shown.items()} == law.PERMISSIONS[word]
    for grade, rank, *_ in CODEBOOK.table("Grade", "Grade"):
        assert int(rank) == law.Grade(grade.strip("`")).rank


PARTS = {
    "mention": finding.Mention,
    "minimum age": finding.MinimumAge,
    "cap": finding.Cap,
    "duty": finding.Duty,
    "prohibition": finding.Prohibition,
    "control": finding.Control,
    "place": finding.Place,
    "citation": SHAPES["CitationOut"],
    "evidence": SHAPES["EvidenceOut"],
    "upcoming": SHAPES["Upcoming"],
    "history": SHAPES["PastPeriod"],
    "layer": SHAPES["LayerOut"],
    "limit": SHAPES["LimitOut"],
    "position": SHAPES["PositionOut"],
    "pending": SHAPES["PendingOut"],
    "conflict": SHAPES["ConflictOut"],
    "snapshot": SHAPES["Version"],
}


def test_every_part_of_a_finding_and_of_an_answer_lists_all_its_fields():
    rows = ANSWER.table("Parts of a finding", "Part") + ANSWER.table("Parts of an answer", "Part")
    assert {row[0]: set(codes(row[1])) for row in rows} == {k: names(v) for k, v in PARTS.items()}
    inner = {row[0].strip("`"): set(codes(row[1])) for row in ANSWER.table("Answer", "Field")}
    assert names(SHAPES["Place"]) == inner["jurisdiction"]
    assert names(SHAPES["Detail"]) == inner["details"]
    assert names(SHAPES["May"]) == inner["may"]
    assert names(SHAPES["FreshnessOut"]) == inner["freshness"]
    own = names(SHAPES["ReviewItem"]) - names(record.Contradiction)
    assert names(SHAPES["Review"]) | own == inner["review"]
    said = set(codes(ANSWER.section("Record")))
    assert names(record.Period) <= said
    assert names(record.Reading) <= said
    assert names(FetchState) <= set(codes(DESIGN.section("The files")))


def test_the_short_form_of_an_answer_is_the_one_that_is_listed():
    from regstatus.query.lists import shorten

    told = re.search(r"The short form.*?keeps (.*?)\.\n\n", ANSWER.text, re.DOTALL)[1]
    whole = dict.fromkeys(names(SHAPES["AnswerSchema"]))
    assert set(codes(told)) == set(shorten(whole))


def recorded(place):
    """The source file of a jurisdiction."""
    for path in (ROOT / "sources").rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        if f'jurisdiction = "{place}"\n' in text:
            return check_text(text, str(path))
    raise AssertionError(f"{place} has no source file")


def examples(heading, first, column):
    for row in CODEBOOK.table(heading, first):
        for place, substance in re.findall(r"`([A-Z][\w/-]*)` ([a-z7-]+)", row[column]):
            yield row[0].strip("`"), place, law.Substance(substance)


def test_the_worked_examples_of_status_and_basis_are_what_the_source_files_say():
    statuses = list(examples("Status", "Status", -1))
    assert {status for status, *_ in statuses} == set(law.Status)
    for status, place, substance in statuses:
        periods = recorded(place).timeline
        assert status in {p.by_substance().get(substance) for p in periods}, (place, substance)
    bases = list(examples("Basis", "Basis", -1))
    assert {basis for basis, *_ in bases} == pattern_words(source.PeriodEntry, "basis")
    for basis, place, _ in bases:
        assert basis in {period.basis for period in recorded(place).timeline}, (place, basis)


def test_the_dates_of_the_worked_examples_are_in_the_source_files():
    kentucky = {period.from_: period for period in recorded("US-KY").timeline}
    assert "`US-KY`: sale prohibited from 2027-01-01" in CODEBOOK.text
    assert kentucky[date(2027, 1, 1)].leaf is law.Status.SALE_PROHIBITED
    federal = {period.from_: period.derivatives for period in recorded("US").timeline}
    assert "`banned` from 2026-08-26, `unknown` from 2028-08-26" in CODEBOOK.text
    assert federal[date(2026, 8, 26)] is law.Status.BANNED
    assert federal[date(2028, 8, 26)] is law.Status.UNKNOWN
    assert "`US-GA`: `0.5 mg/g; 1 mg/serving`" in CODEBOOK.text
    assert recorded("US-GA").timeline[-1].seven_oh_cap == "0.5 mg/g; 1 mg/serving"


def test_the_worked_answer_is_what_a_look_up_gives(tmp_path):
    from regstatus import load

    texts = [(ROOT / "sources" / name).read_text() for name in ("us.toml", "us/ca.toml")]
    made = [make.record(text) for text in texts]
    made[1].update(name="California", level="state", parent="US")
    make.publish(tmp_path, *made)
    found = load(str(tmp_path)).lookup(
        "US-CA", on="2026-11-22", substance="derivatives", now=make.NOON
    )
    detail = found["details"]["derivatives"]
    told = ANSWER.text[ANSWER.text.index("Worked example: `US-CA`") :]
    for name, value in (("status", found.status), ("by", detail["by"])):
        assert f"`{name}` is `{value}`" in told
    assert f"`since` is {detail['since']}" in told
    assert f"`until` is {found['until']}" in told


def number(page, claim):
    """The number in a sentence of a page; the sentence must be there."""
    match = re.search(claim, page.text)
    assert match, f"{page.name} no longer says: {claim}"
    return int(match[1])


def test_numbers_in_the_pages_are_those_of_the_code():
    default = {name: field.default for name, field in source.Source.model_fields.items()}
    days = default["stale_after"].days
    assert number(CODEBOOK, r"`stale_after` \| span, default `(\d+)d`") == days
    assert number(ANSWER, r"`stale_after`, (\d+) days unless") == days
    every = document.Document.model_fields["check_every"].default
    assert every == timedelta(days=number(CODEBOOK, r"`check_every` \| span, default `(\d+)d`"))
    assert number(ANSWER, r"`quote` \(verbatim, at most (\d+) characters\)") == finding.QUOTE_LIMIT
    assert number(CODEBOOK, r"`quote` \| to (\d+) characters") == finding.QUOTE_LIMIT
    assert number(SOURCES, r"verbatim, at most (\d+) characters") == finding.QUOTE_LIMIT
    notes = int(re.search(r"`notes` \| to ([\d,]+) characters", CODEBOOK.text)[1].replace(",", ""))
    check_text(f'notes = "{"x" * notes}"\n{make.TEXAS}', "x")
    with pytest.raises(SourceFileError, match=f"at most {notes} characters"):
        check_text(f'notes = "{"x" * (notes + 1)}"\n{make.TEXAS}', "x")
    assert number(DESIGN, r"`runs` \(the last (\d+)\)") == RUNS_KEPT
    assert DISCLAIMER in ANSWER.text


def test_numbers_of_runs_are_those_of_the_code():
    from regstatus.pipeline.plan import WHOLE_EVERY
    from regstatus.pipeline.schedule import DEFAULT_EVERY
    from regstatus.pipeline.update import FLIP_BUDGET

    assert number(ANSWER, r"more than (\d+) jurisdictions is \*held\*") == FLIP_BUDGET
    assert number(CLI, r"change unasked; (\d+) if left out") == FLIP_BUDGET
    assert number(DESIGN, r"flip budget of (\d+) jurisdictions") == FLIP_BUDGET
    assert number(DESIGN, r"is believed for (\d+) days") == WHOLE_EVERY.days
    hours = number(CLI, r"`1d`; (\d+)h if left out")
    assert f"{hours}h" == DEFAULT_EVERY


def test_adapters_and_their_limits_are_those_of_the_code():
    from regstatus.base.patterns import LONGEST
    from regstatus.fetch.hosts.adapters import ADAPTERS
    from regstatus.fetch.settings import Settings
    from regstatus.model.adapter_params import DECLARED

    assert number(CLI, r"requests to one host; (\d+) if left out") == Settings().delay
    assert number(CODEBOOK, r"Patterns are at most (\d+) characters") == LONGEST
    written = tool("list_adapters").written
    page = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    assert written(page) == page, "run make adapters"
    told = SOURCES.table("Fetching: adapters", "`adapter`")
    assert set(first_codes(told)) == set(ADAPTERS) == set(DECLARED)
