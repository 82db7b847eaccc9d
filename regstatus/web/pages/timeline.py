"""Timeline: how a place's status moves over law time, and where that is drawn.

The layers are laid together for each day on which any of them moves, by the same
question that everybody can ask, so that the drawing cannot say anything else than
the answers do.
"""

from datetime import date
from typing import NamedTuple

from regstatus.web.edition import Edition

_CUT = date(2012, 1, 1)
"""Most laws on kratom are younger. Where one is older, the time before is drawn in a
narrower part, or the years that matter to a reader would not be seen."""
_OLD_SHARE = 22.0
"""Width of that part, in percent."""
_FEWEST_YEARS = 6


class Bar(NamedTuple):
    """One stretch of one status; `x` and `width` are percent of the drawing."""

    status: str
    start: str
    end: str
    x: float
    width: float
    when: str
    """`held` up to today; `lasts` where today's law goes on; `enacted` for what is still to come."""
    latest: bool
    """Whether `start` is only the first day that is known."""
    probably: str
    """What it probably is, where several accounts call it stricter; else empty."""


class Timeline:
    """A drawing with its equivalent in words, all layers together, oldest first.

    Attributes:
        moments: Each day on which anything moves, for the table.
        rows: The bars of each substance.
        ticks: Years with their places in percent: few enough for a phone.
        today: Where the day of the edition stands, in percent.
        asked: Where another day that was asked for stands; None if it is today.
        cut: Where the scale changes, in percent; None where it does not.
    """

    def __init__(self, edition: Edition, key: str, on: date | None = None) -> None:
        self.moments = edition.course(key)
        days = [date.fromisoformat(item.start) for item in self.moments if item.start]
        days += [edition.on, on or edition.on]
        oldest, newest = min(days), max(days)
        since = min(oldest.year - 1, edition.on.year - _FEWEST_YEARS)
        self._first = date(max(since, 1), 1, 1)
        self._last = date(min(newest.year + 2, date.max.year), 1, 1)
        self.cut = _OLD_SHARE if oldest < _CUT else None
        self.today = self._at(edition.on)
        self.asked = self._at(on) if on is not None and on != edition.on else None
        self.ticks = [(year, self._at(date(year, 1, 1))) for year in self._years()]
        self._now = edition.on.isoformat()
        self.rows = {
            name: self._bars(spans) for name, spans in edition.spans(key, self.moments).items()
        }

    def _at(self, day: date) -> float:
        """Where a day stands, in percent of the width."""
        day = min(max(day, self._first), self._last)
        if not self.cut:
            share = 100 * (day - self._first).days / (self._last - self._first).days
        elif day < _CUT:
            share = _OLD_SHARE * (day - self._first).days / (_CUT - self._first).days
        else:
            late = (day - _CUT).days / (self._last - _CUT).days
            share = _OLD_SHARE + (100 - _OLD_SHARE) * late
        return round(share, 2)

    def _years(self) -> list[int]:
        first = _CUT.year if self.cut else self._first.year + 1
        step = max(1, -(-(self._last.year - first) // (5 if self.cut else 6)))
        years = list(range(first, self._last.year, step))
        return [self._first.year + 1, *years] if self.cut else years

    def _bars(self, spans: list[list[str]]) -> list[Bar]:
        bars = []
        ends = [start for start, *_ in spans[1:]]
        for (start, status, *more), end in zip(spans, [*ends, ""], strict=True):
            latest, probably = (*more, "", "")[:2]
            left = self._at(date.fromisoformat(start)) if start else 0.0
            right = self._at(date.fromisoformat(end)) if end else 100.0
            # What lasts beyond today is drawn in two parts: that which is, and that which goes on.
            if left < self.today < right:
                parts = [(left, self.today, "held"), (self.today, right, "lasts")]
            else:
                parts = [(left, right, "enacted" if start > self._now else "held")]
            for x, until, when in parts:
                width = round(max(until - x, 0.0), 2)
                bars.append(Bar(status, start, end, x, width, when, bool(latest), probably))
        return bars
