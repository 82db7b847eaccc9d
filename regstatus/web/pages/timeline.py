"""Timeline: how a place's status moves over law time, and where that is drawn.

The layers are laid together for each day on which any of them moves, by the same
question that everybody can ask, so that the drawing cannot say anything else than
the answers do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from regstatus.web.edition import Edition, Moment

__all__ = ["Bar", "Timeline", "timeline"]

_CUT = date(2012, 1, 1)
"""Most laws on kratom are younger. Where one is older, the time before is drawn in a
narrower part, or the years that matter to a reader would not be seen."""
_OLD_SHARE = 22.0
"""Width of that part, in percent."""
_FEWEST_YEARS = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of one status; `x` and `width` are percent of the drawing."""

    status: str
    start: str
    end: str
    x: float
    width: float
    when: str
    """`held` up to today; `lasts` where today's law goes on; `enacted` for what is still to come."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A drawing with its equivalent in words.

    Attributes:
        moments: Each day on which anything moves, oldest first; for the table.
        rows: The bars of each substance, oldest first.
        ticks: Years with their places in percent.
        today: Where the day of the edition stands, in percent.
        asked: Where another day that was asked for stands; None if it is today.
        cut: Where the scale changes, in percent; None where it does not.
    """

    moments: list[Moment]
    rows: dict[str, list[Bar]]
    ticks: tuple[tuple[int, float], ...]
    today: float
    asked: float | None
    cut: float | None


def timeline(edition: Edition, key: str, on: date | None = None) -> Timeline:
    """The timeline of a place, all layers together.

    Args:
        edition: The data.
        key: Id of the place.
        on: The day that was asked for; the edition's own if left out.
    """
    moments = edition.course(key)
    starts = [date.fromisoformat(item.start) for item in moments if item.start]
    scale = _Scale(starts, edition.on, on)
    return Timeline(
        moments=moments,
        rows={name: _bars(spans, scale, edition.on) for name, spans in edition.spans(key).items()},
        ticks=scale.ticks(),
        today=scale.at(edition.on),
        asked=scale.at(on) if on is not None and on != edition.on else None,
        cut=_OLD_SHARE if scale.cut else None,
    )


def _bars(spans: list[list[str]], scale: _Scale, today: date) -> list[Bar]:
    bars = []
    now = scale.at(today)
    ends = [start for start, _ in spans[1:]]
    for (start, status), end in zip(spans, [*ends, ""], strict=True):
        left = scale.at(date.fromisoformat(start)) if start else 0.0
        right = scale.at(date.fromisoformat(end)) if end else 100.0
        # What lasts beyond today is drawn in two parts: that which is, and that which is enacted.
        if left < now < right:
            bars.append(Bar(status, start, end, left, _width(left, now), "held"))
            bars.append(Bar(status, start, end, now, _width(now, right), "lasts"))
        else:
            when = "enacted" if start > today.isoformat() else "held"
            bars.append(Bar(status, start, end, left, _width(left, right), when))
    return bars


def _width(left: float, right: float) -> float:
    return round(max(right - left, 0.0), 2)


class _Scale:
    """From days to percent of the width."""

    def __init__(self, starts: list[date], today: date, asked: date | None) -> None:
        days = [*starts, today, *([asked] if asked else [])]
        oldest, newest = min(days), max(days)
        self.last = date(min(newest.year + 2, date.max.year), 1, 1)
        self.cut = oldest < _CUT
        since = min(oldest.year - 1, today.year - _FEWEST_YEARS)
        self.first = date(max(since, 1), 1, 1)

    def at(self, day: date) -> float:
        """Where a day stands."""
        day = min(max(day, self.first), self.last)
        if not self.cut:
            share = 100 * (day - self.first).days / (self.last - self.first).days
        elif day < _CUT:
            share = _OLD_SHARE * (day - self.first).days / (_CUT - self.first).days
        else:
            late = (day - _CUT).days / (self.last - _CUT).days
            share = _OLD_SHARE + (100 - _OLD_SHARE) * late
        return round(share, 2)

    def ticks(self) -> tuple[tuple[int, float], ...]:
        """Years to write: few enough for a phone."""
        first = _CUT.year if self.cut else self.first.year + 1
        step = max(1, -(-(self.last.year - first) // (5 if self.cut else 6)))
        years = list(range(first, self.last.year, step))
        if self.cut:
            years.insert(0, self.first.year + 1)
        return tuple((year, self.at(date(year, 1, 1))) for year in years)
