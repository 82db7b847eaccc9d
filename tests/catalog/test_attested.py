"""What ships as read in official texts agrees with its source file, and is proven where its file is at hand."""

import os
import re
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from regstatus.catalog.sources import load_catalog
from regstatus.decide.attested import carried, places
from regstatus.decide.records import undisputed
from regstatus.model.law import Grade
from regstatus.pipeline.attestation import Held, proven
from tools.list_official_texts import PAGE, README, counted, page, records

ROOT = Path(__file__).parents[2]
SOURCES = [source for source in load_catalog(ROOT / "sources") if source.attestations]
ATTESTED = [(source, entry) for source in SOURCES for entry in source.attestations]
TEXTS = Path(os.environ.get("REGSTATUS_REALDOCS", ROOT.parent / "shared" / "realdocs"))
# A commit, the address of a stored page, or how a text was made from one of both.
HAD_AT = re.compile(
    r"github:[\w.-]+/[\w.-]+@[0-9a-f]{40}:\S+(?:, as text by .+)?|stored page https://\S+"
)


@pytest.fixture(scope="module")
def shipped():
    return records()


@pytest.mark.parametrize(
    ("source", "entry"),
    ATTESTED,
    ids=[f"{s.jurisdiction}-{e.document}-{e.day}" for s, e in ATTESTED],
)
def test_each_attestation_says_what_its_document_must_show(source, entry):
    (document,) = (one for one in source.documents if one.id == entry.document)
    assert entry in undisputed(source)
    assert HAD_AT.fullmatch(entry.at), entry.at
    assert re.fullmatch("[0-9a-f]{64}", entry.sha256)
    assert entry.day <= date(2026, 11, 30)
    assert entry.quote.strip()
    for substance, expected in document.shows.by_substance().items():
        said = entry.says[str(substance)]
        assert said == expected or (expected == "named" and said == "excluded")
        assert said != "silent" or document.complete, "silence of a part proves nothing"
    for name in ("minimum_age",):
        if expected := getattr(document.shows, name):
            assert entry.says[name] == expected


def test_the_texts_that_are_at_hand_prove_what_was_attested(monkeypatch):
    if not TEXTS.is_dir():
        pytest.skip(f"the official texts are not at {TEXTS}: they are no part of the project")
    wanted = {entry.sha256: source for source, entry in ATTESTED}
    found = 0
    for file in (one for one in TEXTS.rglob("*") if one.is_file()):
        body = file.read_bytes()
        if source := wanted.get(sha256(body).hexdigest()):
            assert proven(source, Held(body, file.name, date.max), datetime.now(UTC))
            found += 1
    assert found >= 3


def test_the_page_of_official_texts_and_the_readme_tell_what_ships(shipped):
    assert PAGE.read_text("utf-8") == page(shipped), "run make texts"
    text = README.read_text("utf-8")
    assert counted(text, shipped) == text
    assert f"{len(places(shipped))} of {len(shipped)} places rest on an official text" in text


def test_what_is_counted_is_official_on_the_day_of_its_text(shipped):
    for key in places(shipped):
        (record,) = (one for one in shipped if one["id"] == key)
        proof = [
            (entry["day"], carried(record, entry, Grade.OFFICIAL_TEXT))
            for entry in record["attestations"]
        ]
        day, names = next((day, names) for day, names in proof if names)
        (period,) = (
            one
            for one in record["timeline"]
            if (one["from"] or "") <= day < (one["until"] or "9999")
        )
        assert {period["grades"][name] for name in names} == {"official_text"}


@pytest.mark.parametrize(
    ("grade", "counts", "told"),
    [
        ("official_text", ["leaf"], ["US-OH"]),
        ("official_notice", ["leaf"], []),
        ("secondary", [], []),
        ("none", [], []),
    ],
)
def test_a_notice_is_told_and_not_counted_as_a_text(grade, counts, told):
    period = {"from": "2024-01-01", "until": None, "grades": {"leaf": grade}}
    record = {
        "id": "US-OH",
        "documents": {"rule": {"settles": ["leaf"]}},
        "timeline": [period],
        "attestations": [{"document": "rule", "day": "2025-01-01", "kind": "copy"}],
    }
    assert carried(record, record["attestations"][0]) == counts
    assert places([record]) == told
