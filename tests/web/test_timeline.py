"""The drawn timeline says what the answers say, and its bars fill its width."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from regstatus.web.pages.timeline import Timeline

PLACES = ("US-TN", "US-KY", "TH", "DE", "ZW", "US-CA/san-diego", "US", "FI")


@pytest.mark.parametrize("key", PLACES)
def test_each_moment_is_what_the_answers_say_from_its_day_on(site, key):
    moments = Timeline(site.edition, key).moments
    assert moments[0].start == ""
    for moment, after in zip(moments, [*moments[1:], None], strict=True):
        first = date.fromisoformat(moment.start) if moment.start else date(1, 1, 1)
        last = date.fromisoformat(after.start) - timedelta(days=1) if after else date(2033, 1, 1)
        for day in (first, last):
            assert site.edition.answer(key, on=day)["substances"] == moment.statuses, (key, day)
        assert moment.future is (first > site.edition.on)


@pytest.mark.parametrize("key", PLACES)
def test_bars_follow_one_another_and_fill_the_width(site, key):
    drawn = Timeline(site.edition, key)
    for bars in drawn.rows.values():
        assert bars[0].x == 0
        for bar, after in pairwise(bars):
            assert bar.x + bar.width == pytest.approx(after.x, abs=0.02)
        assert bars[-1].x + bars[-1].width == pytest.approx(100, abs=0.02)
        for bar in bars:
            # Nothing to the right of today is drawn as if it were so already.
            assert bar.when != "held" or bar.x + bar.width <= drawn.today + 0.02
            assert (bar.when == "enacted") is bool(
                bar.start and bar.start > site.edition.on.isoformat()
            )


def test_an_enacted_ban_is_drawn_as_enacted_until_its_day(site):
    on = site.edition.on
    (bar,) = [b for b in Timeline(site.edition, "US-KY").rows["leaf"] if b.when == "enacted"]
    assert (bar.status, bar.start) == ("sale_prohibited", "2027-01-01")
    assert Timeline(site.edition, "US-KY", on + timedelta(days=50)).asked is not None
    assert Timeline(site.edition, "US-KY", on).asked is None


def test_years_are_few_and_in_order(site):
    for key in PLACES:
        ticks = Timeline(site.edition, key).ticks
        assert 2 <= len(ticks) <= 8
        assert [*ticks] == sorted(ticks)


@pytest.mark.parametrize("day", ["9999-12-31", "9998-01-01", "9997-12-31", "0001-01-01"])
@pytest.mark.parametrize("key", ["US-TN", "ZW", "US-CA/san-diego"])
def test_the_ends_of_the_calendar_are_drawn_within_the_width(site, key, day):
    drawn = Timeline(site.edition, key, date.fromisoformat(day))
    for bars in drawn.rows.values():
        assert all(0 <= bar.x <= 100 and bar.x + bar.width <= 100.02 for bar in bars)
    assert drawn.asked is not None
