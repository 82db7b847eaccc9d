"""Projection: where points in degrees lie on the sheet of the states, and back."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import NamedTuple, TypeAlias

Point: TypeAlias = tuple[float, float]


class Conic(NamedTuple):
    """A part of the sheet of the states, in Albers' equal-area conic projection.

    The sheet is twice as large as its file, and shifted: `tools/make_map.py`.
    """

    parallels: tuple[float, float]
    middle: Point
    """What lies at `at`: degrees from the meridian, and north."""
    meridian: float
    scale: float
    at: Point

    @property
    def _cone(self) -> tuple[float, float]:
        south, north = map(radians, self.parallels)
        n = (sin(south) + sin(north)) / 2
        return n, 1 + sin(south) * (2 * n - sin(south))

    def _raw(self, across: float, north: float) -> Point:
        n, c = self._cone
        far = sqrt(c - 2 * n * sin(radians(north))) / n
        return far * sin(n * radians(across)), far * cos(n * radians(across))

    def on_sheet(self, north: float, east: float) -> Point:
        """Where a point in degrees lies on the sheet."""
        (x, y), (x0, y0) = self._raw(east - self.meridian, north), self._raw(*self.middle)
        right, down = self.at[0] + self.scale * (x - x0), self.at[1] + self.scale * (y - y0)
        return 2 * right - 26, 2 * down - 16

    def degrees_of(self, at: Point) -> Point:
        """Degrees east and north of a point of the sheet."""
        (n, c), (x0, y0) = self._cone, self._raw(*self.middle)
        right = ((at[0] + 26) / 2 - self.at[0]) / self.scale + x0
        down = ((at[1] + 16) / 2 - self.at[1]) / self.scale + y0
        longitude = degrees(atan2(right, down) / n) + self.meridian
        return longitude, degrees(asin((c - (right**2 + down**2) * n**2) / (2 * n)))


STATES = Conic((29.5, 45.5), (-0.6, 38.7), -96, 1300, (487.5, 305))
ALASKA = Conic((55, 65), (-2, 58.5), -154, 455, (487.5 - 0.307 * 1300, 305 + 0.201 * 1300))
HAWAII = Conic((8, 18), (-3, 19.9), -157, 1300, (487.5 - 0.205 * 1300, 305 + 0.212 * 1300))
"""As `us-atlas` lays them (d3-geo, `geoAlbersUsa`)."""
