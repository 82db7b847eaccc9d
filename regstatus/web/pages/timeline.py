"""Timeline: how a place's status moves over law time, and where that is drawn.

The layers are laid together for each day on which any of them moves, by the same
question that everybody can ask, so that the drawing cannot say anything else than
the answers do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from regstatus.model.law import SUBSTANCES
from regstatus.web.edition import Edition

__all__ = ["Bar", "Moment", "Row", "Timeline", "timeline"]

_BEGINNING = date(1, 1, 1)
_CUT = date(2012, 1, 1)
"""Most laws on kratom are younger. Where one is older, the time before is drawn in a
narrower part, or the years that matter to a reader would not be seen."""
_OLD_SHARE = 22.0
"""Width of that part, in percent."""
_FEWEST_YEARS = 6
_AHEAD = timedelta(days=365)
_BAR, _STEP, _TOP = 18, 66, 20
"""Heights in pixels: of a bar, from row to row, and above the first bar for its name."""
_WORD = 20
"""Height in pixels below a bar for its word."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What holds from a day on.

    Attributes:
        start: The first day, ISO format; None for what reaches back beyond what was read.
        statuses: The status of each substance, all layers together.
        moved: The substances that differ from the moment before.
        future: Whether the day is still to come: enacted, not in force.
    """

    start: str | None
    statuses: dict[str, str]
    moved: tuple[str, ...]
    future: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of one status; `x` and `width` are percent of the drawing."""

    status: str
    start: str | None
    end: str | None
    x: float
    width: float
    when: str
    """`held` up to today; `lasts` where today's law goes on; `enacted` for what is still to come."""

    @property
    def room(self) -> str:
        """Whether its word fits: on any screen, on a wide one, or not at all."""
        return "wide" if self.width >= 34 else "middle" if self.width >= 16 else "narrow"


@dataclass(frozen=True, slots=True)
class Row:
    """The bars of one substance, oldest first, and where they are drawn (pixels)."""

    substance: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A drawing with its equivalent in words.

    Attributes:
        moments: Each day on which anything moves, oldest first; for the table.
        rows: One for each substance.
        ticks: Years with their places in percent.
        today: Where the day of the edition stands, in percent.
        asked: Where another day that was asked for stands; None if it is today.
        cut: Where the scale changes, in percent; None where it does not.
        height: Of the whole drawing, in pixels.
        foot: Where the bars end and the years begin, in pixels.
    """

    moments: tuple[Moment, ...]
    rows: tuple[Row, ...]
    ticks: tuple[tuple[int, float], ...]
    today: float
    asked: float | None
    cut: float | None
    height: int
    foot: int
    bar: int = field(default=_BAR)


def timeline(edition: Edition, key: str, on: date | None = None) -> Timeline:
    """The timeline of a place, all layers together.

    Args:
        edition: The data.
        key: Id of the place.
        on: The day that was asked for; the edition's own if left out.
    """
    moments = _moments(edition, key)
    starts = [date.fromisoformat(item.start) for item in moments if item.start]
    scale = _Scale(starts, edition.on, on)
    rows = tuple(
        Row(name, _TOP + index * _STEP, tuple(_bars(moments, name, scale, edition.on)))
        for index, name in enumerate(SUBSTANCES)
    )
    foot = _TOP + len(rows) * _STEP - (_STEP - _BAR) + _WORD
    return Timeline(
        moments=moments,
        rows=rows,
        ticks=scale.ticks(),
        today=scale.at(edition.on),
        asked=scale.at(on) if on is not None and on != edition.on else None,
        cut=_OLD_SHARE if scale.cut else None,
        height=foot + 22,
        foot=foot,
    )


def _moments(edition: Edition, key: str) -> tuple[Moment, ...]:
    found: list[Moment] = []
    today = edition.on.isoformat()
    for start in edition.starts(key):
        on = date.fromisoformat(start) if start else _BEGINNING
        said = edition.answer(key, on=on)["substances"]
        before = found[-1].statuses if found else {}
        moved = tuple(name for name in SUBSTANCES if before.get(name) != said[name])
        if moved:
            found.append(Moment(start or None, said, moved, start > today))
    return tuple(found)


def _bars(moments: tuple[Moment, ...], name: str, scale: _Scale, today: date) -> list[Bar]:
    runs: list[tuple[str | None, str]] = []
    for item in moments:
        if not runs or runs[-1][1] != item.statuses[name]:
            runs.append((item.start, item.statuses[name]))
    bars = []
    for index, (start, status) in enumerate(runs):
        end = runs[index + 1][0] if index + 1 < len(runs) else None
        # What lasts beyond today is drawn in two parts: that which is, and that which is enacted.
        edges = [scale.place(start, first=True), scale.place(end, first=False)]
        now = scale.at(today)
        if edges[0] < now < edges[1]:
            bars.append(Bar(status, start, end, edges[0], _width(edges[0], now), "held"))
            bars.append(Bar(status, start, end, now, _width(now, edges[1]), "lasts"))
        else:
            when = "enacted" if start and start > today.isoformat() else "held"
            bars.append(Bar(status, start, end, edges[0], _width(*edges), when))
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

    def place(self, day: str | None, *, first: bool) -> float:
        """Where a start or an end stands; an open one is the edge."""
        if day is None:
            return 0.0 if first else 100.0
        return self.at(date.fromisoformat(day))

    def ticks(self) -> tuple[tuple[int, float], ...]:
        """Years to write: few enough for a phone."""
        first = _CUT.year if self.cut else self.first.year + 1
        step = max(1, -(-(self.last.year - first) // (5 if self.cut else 6)))
        years = list(range(first, self.last.year, step))
        if self.cut:
            years.insert(0, self.first.year + 1)
        return tuple((year, self.at(date(year, 1, 1))) for year in years)
