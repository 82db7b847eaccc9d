"""The table of real documents: what each truly says, and how it was read.

The texts are not kept here. Where a folder has them (`REGSTATUS_DOCUMENTS`, any names), each is read
again and must come out as the table says.
"""

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from regstatus.model.law import DUTIES
from tools.measure_reading import found_in, outcome, reading, rows

ROWS = rows()
PAGE = Path(__file__).parents[2] / "docs" / "reading.md"
FOLDER = os.environ.get("REGSTATUS_DOCUMENTS")


def test_each_document_is_told_once_and_in_known_words():
    assert len({row["sha256"] for row in ROWS}) == len({row["id"] for row in ROWS}) == len(ROWS)
    for row in ROWS:
        date.fromisoformat(row["on"])
        assert len(row["sha256"]) == 64
        assert row["source"]
        assert row["path"]
        assert row["why"]
        assert row["readable"] in {"yes", "no", "either"}
        for name in ("leaf", "mitragynine", "seven_oh", "derivatives"):
            assert {*row[name].split("|")} <= {"listed", "excluded", "named", "silent"}
        assert {*row["duties"].replace("|", " ").replace("?", "").split()} <= {*DUTIES, "*"}
        assert row["outcome"] in {"right", "partly", "wrong"}


def test_a_third_was_set_aside_by_the_digest_alone():
    first = [row for row in ROWS if row["aside"] != "later"]
    assert all((row["aside"] == "yes") == (row["sha256"][0] in "01234") for row in first)
    assert all(bool(row["first"]) == (row["aside"] == "later") for row in ROWS)


@pytest.mark.parametrize(
    ("aside", "of", "name", "when"),
    [
        ("", "", "looked at", "outcome"),
        ("yes", "", "set aside, looked at since", "outcome"),
        ("later", "", "later, unseen", "first"),
        ("later", "", "later, looked at", "outcome"),
        ("later", "g", "bills, unseen", "first"),
        ("later", "g", "bills, looked at", "outcome"),
        ("later", "i", "last, unseen", "first"),
        ("later", "i", "last, looked at", "outcome"),
    ],
)
def test_the_page_says_how_many_were_read_right(aside, of, name, when):
    sets = {one["id"]: one["id"][0] if one["id"][0] in "gi" else "" for one in ROWS}
    here = (one for one in ROWS if (one["aside"], sets[one["id"]]) == (aside, of))
    counts = Counter(row[when] for row in here)
    numbers = " | ".join(str(counts[one]) for one in ("right", "partly", "wrong"))
    assert f"| {name} | {counts.total()} | {numbers} |" in PAGE.read_text("utf-8")


def test_the_page_says_how_many_documents_there_are():
    named = sum(row["names"] == "yes" for row in ROWS)
    said = " ".join(PAGE.read_text("utf-8").split())
    assert f"{len(ROWS)} documents" in said
    assert f"{named} name kratom" in said


@pytest.mark.skipif(not FOLDER, reason="REGSTATUS_DOCUMENTS names no folder with the texts")
def test_each_document_is_read_as_the_table_says():
    files = found_in(Path(FOLDER or ""))
    here = [row for row in ROWS if row["sha256"] in files]
    assert here
    found = {row["id"]: outcome(row, reading(row, files[row["sha256"]])) for row in here}
    assert found == {row["id"]: row["outcome"] for row in here}
