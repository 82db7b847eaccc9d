"""docs/scaling.md: the limits of one machine are those that were measured."""

from __future__ import annotations

import pytest

from tests.support.pages import ROOT, Page
from tools.limits import limits, with_limits

SCALING, PERFORMANCE = Page("docs/scaling.md"), Page("docs/performance.md")


def test_the_figures_are_those_of_the_page_of_measurements():
    assert with_limits(SCALING.text, PERFORMANCE.text) == SCALING.text
    rows = SCALING.table("Beyond one machine", "What one machine does")
    assert len(rows) >= 5
    for _, measured, _ in rows:
        assert f"| {measured} |" in PERFORMANCE.text


def test_other_measurements_give_other_figures():
    other = PERFORMANCE.text.replace(" ms |", " s |")
    assert with_limits(SCALING.text, other) != SCALING.text
    with pytest.raises(KeyError):
        limits("")


def test_what_a_look_up_reads_is_the_size_that_is_told():
    newest = max((ROOT / "snapshots").glob("*/snapshot.json"))
    assert 400_000 < newest.stat().st_size < 700_000
    assert "half a megabyte" in SCALING.text
