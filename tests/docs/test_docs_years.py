"""docs/years.md: its tables are what was measured, and what was measured holds the promises."""

import json

import pytest

from tests.pipeline.test_years import DAYS
from tests.support.pages import ROOT, Page
from tools.simulate_years import with_tables

YEARS = Page("docs/years.md")
MEASURED = json.loads((ROOT / "docs" / "years.json").read_text(encoding="utf-8"))


def test_the_tables_are_those_of_the_measurement():
    assert with_tables(YEARS.text, MEASURED) == YEARS.text
    other = json.loads(json.dumps(MEASURED).replace('"twice": 0', '"twice": 1'))
    assert with_tables(YEARS.text, other) != YEARS.text
    with pytest.raises(ValueError, match="no place"):
        with_tables("", MEASURED)
    assert (DAYS // 7, "nine weeks" in YEARS.text) == (9, True)
    assert MEASURED[0]["documents"] == 255


def test_what_was_measured_keeps_what_is_promised():
    assert sum(len(found["years"]) for found in MEASURED) >= 2
    for found in MEASURED:
        for year in found["years"]:
            assert (year["told"], year["twice"], year["nothing"]) == (year["expected"], 0, 0)
            assert (year["sent"], year["alerts"]) == (year["due"], 0)
            assert (year["wrong"], year["faults"]) == (0, 0)
