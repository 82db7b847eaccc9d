"""Every jurisdiction's short answer on fixed days, so that an edit shows each answer that it moves.

The files under `golden/` are read by people: one block for each jurisdiction, one line for
each day. After a change that is meant, run `pytest tests/query/test_golden.py --update-golden`,
read the difference, and commit it beside the change.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from regstatus.query.lookup import answer
from tests.conftest import GOLDEN, ROOT

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAYS = (
    date(2015, 1, 1),
    date(2016, 1, 1),
    date(2020, 1, 1),
    date(2022, 1, 1),
    date(2024, 1, 1),
    date(2026, 6, 30),
    date(2026, 7, 1),
    date(2026, 8, 26),
    date(2026, 11, 22),
    date(2027, 1, 1),
)
GROUPS = ("us", "us-localities", "eu", "world")
WIDTHS = (12, 18, 18, 18, 18, 5, 12, 12, 17)
HEADS = (
    "on",
    "leaf",
    "mitragynine",
    "7-oh",
    "derivatives",
    "age",
    "since",
    "until",
    "grade",
    "7-OH at most",
)


def group(key):
    """The golden file to which a jurisdiction belongs, by where its source file stands."""
    if "/" in key:
        return "us-localities"
    if key.startswith("US"):
        return "us"
    return "eu" if (ROOT / "sources" / "eu" / f"{key.lower()}.toml").exists() else "world"


def row(*cells):
    texts = [str(cell if cell is not None else "-") for cell in cells]
    padded = [text.ljust(width) for text, width in zip(texts, WIDTHS, strict=False)]
    return ("  " + "".join(padded) + "".join(texts[len(WIDTHS) :])).rstrip()


def line(snapshot, key, on):
    """One answer: what governs there, from all layers of law together."""
    found = answer(snapshot, key, on=on, now=NOW).to_dict()
    assert found["status"] == found["substances"]["leaf"]
    return row(
        on,
        *(found["substances"][name] for name in HEADS[1:5]),
        f"{found['minimum_age']}+" if found["minimum_age"] else None,
        found["since"],
        found["until"],
        found["grade"],
        found["seven_oh_cap"],
    )


@pytest.mark.parametrize("name", GROUPS)
def test_the_short_answers_are_those_that_people_have_read(name, catalogue, whole, golden):
    blocks = [row(*HEADS)]
    for source in catalogue:
        key = source.jurisdiction
        if group(key) == name:
            record = whole.get(key)
            lines = (line(whole, key, on) for on in DAYS)
            blocks.append("\n".join([f"{key}  {record['name']}", *lines]))
    golden(f"{name}.txt", "\n\n".join(blocks) + "\n")


def test_every_jurisdiction_stands_in_one_golden_file(catalogue):
    heads = Counter(
        block.partition("  ")[0]
        for name in GROUPS
        for block in (GOLDEN / f"{name}.txt").read_text("utf-8").split("\n\n")[1:]
    )
    assert heads == Counter(source.jurisdiction for source in catalogue)
    assert {path.stem for path in GOLDEN.iterdir()} == set(GROUPS)
