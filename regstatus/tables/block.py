"""Block lists: where an order of a substance may not be served, for checkouts that know states and ZIP codes.

Every row is a verdict of `Screener`. A place is listed only where what it lies in is not.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from regstatus.base.errors import UsageError
from regstatus.catalog.places import Registry
from regstatus.catalog.places.atlas import Atlas
from regstatus.catalog.places.place_tables import county, county_id, read_table
from regstatus.model.law import Status
from regstatus.query.destination import Destination, Ground, country_of
from regstatus.query.formats import FORMS
from regstatus.query.lookup import answer
from regstatus.query.verdict import ASK, SHIP, Screener, Verdict
from regstatus.store.atomic import output_file, put
from regstatus.tables.files import MADE_BY, see_that_free

COLUMNS = (
    "product", "substance", "level", "country", "state", "county", "zip", "id", "name", "verdict", "status",
    "reason", "law", "version", "on", "zips",
)  # fmt: skip
"""Those of `docs/block-lists.md`."""
_FILES = ("block.csv", "block.json")

_Row = dict[str, Any]


class BlockList:
    """Where one substance or product may not be served on a day, by one screener.

    Args:
        screener: Gives the verdicts.
        product: One of the four substances, or a product of the screener's profile.
        day: The day of the law.
        now: The present moment, UTC, for the law that stands beside a verdict.
        country: Only what lies there; its id.
    """

    def __init__(
        self, screener: Screener, product: str, day: date, now: datetime, country: str | None
    ) -> None:
        of = screener.substance(product)
        if isinstance(of, UsageError):
            raise of
        self._screener, self._product, self._substance, self._day = screener, product, of, day
        self._snapshot, self._now, self._country = screener.snapshot, now, country
        self._atlas = Atlas(self._snapshot.localities())
        self._blocked: set[str] = set()
        """Ids of countries and states, and codes of counties, that are listed whole."""
        self._law = cache(self._law_anew)

    def rows(self) -> Iterator[_Row]:
        """Each row, by `COLUMNS`: countries, states, counties and towns, ZIP codes."""
        known = [place for place in Registry().all() if self._country in {None, place.id[:2]}]
        for place in known:
            if place.level == "country":
                yield from self._whole("country", place.id, Ground(place.id))
        for place in known:
            if place.parent and place.parent not in self._blocked:
                yield from self._whole("state", place.id, Ground(place.id))
        for ident in read_table("subdivisions")["places"]:
            ours = self._country in {None, ident[:2]} and ident[:2] != "US"
            if ours and ident[:2] not in self._blocked:
                yield from self._whole("state", ident, self._screener.ground(Destination(ident)))
        if self._country in {None, "US"} and "US" not in self._blocked:
            # Which codes lie in counties that are listed is known when all of these are.
            for ident, found in [*self._localities()]:
                yield self._of_place(self._atlas.get(ident).level, ident, found)
            yield from self._zips()

    def _whole(self, level: str, ident: str, ground: Ground) -> Iterator[_Row]:
        found = self._verdict(ground)
        if found.verdict != SHIP:
            self._blocked.add(ident)
            yield self._of_place(level, ident, found)

    def _localities(self) -> Iterator[tuple[str, Verdict]]:
        """Counties and towns with a record, in states that are not listed; counties first."""
        ids = [item["id"] for item in self._snapshot.localities()]
        for ident in sorted(ids, key=lambda one: (self._atlas.get(one).level != "county", one)):
            inside = self._atlas.counties(ident)
            if ident[:5] in self._blocked or (inside and inside <= self._blocked):
                continue
            found = self._verdict(Ground(ident))
            if found.verdict != SHIP:
                self._blocked |= inside if self._atlas.get(ident).level == "county" else {ident}
                yield ident, found

    def _zips_in(self, counties: Collection[str]) -> list[str]:
        """The codes that lie in these counties, and elsewhere only where it is listed, too."""
        areas = (area for area in _areas() if not {*area.split()}.isdisjoint(counties))
        return sorted(code for area in areas if self._covered(area) for code in _areas()[area])

    def _covered(self, area: str) -> bool:
        """Whether all counties of an area are listed, each by itself or with its state."""
        counties = area.split()
        return bool(counties) and all(
            {fips, county_id(fips)[:5]} & self._blocked for fips in counties
        )

    def _zips(self) -> Iterator[_Row]:
        for area, codes in _areas().items():
            if self._covered(area):
                continue
            # Codes of the same counties are alike; those of none have each a reason of its own.
            for same in [codes] if area else [[code] for code in codes]:
                yield from self._of_area([county(fips) for fips in area.split()], same)

    def _of_area(self, counties: list[tuple[str, str]], codes: list[str]) -> Iterator[_Row]:
        try:
            ground = self._screener.ground(Destination(zip=codes[0]))
            found, lawful = self._verdict(ground), (ground.base, *ground.possible)
        except UsageError as error:
            found, lawful = Verdict(ASK, str(Status.UNKNOWN), str(error)), ()
        if found.verdict == SHIP:
            return
        states = {state for state, _ in counties}
        row = self._row(
            "zip",
            found,
            lawful,
            country="US",
            state=states.pop() if len(states) == 1 else "",
            county=counties[0][1] if len(counties) == 1 else "",
            id=found.record or "",
        )
        for code in codes:
            office = read_table("us_places")["zips"][code][0]
            yield {**row, "zip": code, "name": f"ZIP {code}" + (f" ({office})" if office else "")}

    def _of_place(self, level: str, ident: str, found: Verdict) -> _Row:
        place, inside = self._atlas.get(ident), self._atlas.counties(ident)
        whole = level == "county" and inside <= self._blocked
        return self._row(
            level,
            found,
            [ident],
            country=ident[:2],
            state=ident[3:].partition("/")[0],
            county=county(next(iter(inside)))[1] if len(inside) == 1 else "",
            id=ident,
            name=place.name,
            zips=self._zips_in(inside) if whole else [],
        )

    def _row(self, level: str, found: Verdict, lawful: Iterable[str], **cells: Any) -> _Row:
        laws = filter(None, map(self._law, filter(None, lawful)))
        row = {
            **dict.fromkeys(COLUMNS, ""),
            "product": self._product,
            "substance": self._substance,
            "level": level,
            "verdict": found.verdict,
            "status": found.status,
            "reason": found.reason,
            "law": "; ".join(dict.fromkeys(laws)),
            "version": self._screener.snapshot.version,
            "on": self._day.isoformat(),
            "zips": [],
        }
        return {**row, **cells}

    def _verdict(self, ground: Ground) -> Verdict:
        return self._screener.law(ground, self._product).on(self._day.isoformat())

    def _law_anew(self, ident: str) -> str:
        """The law that sets the status in a place, as lawyers cite it."""
        found = answer(
            self._snapshot, ident, on=self._day, now=self._now, substance=self._substance
        )
        by = found["details"][self._substance]["by"]
        return "; ".join(item["text"] for item in found["citations"] if item["jurisdiction"] == by)


@cache
def _areas() -> dict[str, list[str]]:
    """The ZIP codes by the codes of the counties in which they lie: their law is the same."""
    found: dict[str, list[str]] = {}
    for code, (_, area) in read_table("us_places")["zips"].items():
        found.setdefault(area, []).append(code)
    return found


def write_block_lists(
    screener: Screener,
    target: Path,
    *,
    products: Sequence[str],
    now: datetime,
    on: date | None = None,
    country: str | None = None,
    force: bool = False,
) -> dict[str, int]:
    """Write `block.csv` and `block.json` into a folder, with the lists of all these products.

    Args:
        screener: Gives the verdicts.
        target: The folder, which is made where it is not there.
        products: Substances, or products of the screener's profile.
        now: The present moment, UTC.
        on: The day of the law; that of the moment in UTC if None.
        country: Name or code; only what lies there.
        force: Overwrite files that an export did not write.

    Returns:
        How many rows each has.

    Raises:
        UsageError: If a file is in the way, or a word is not understood.
        OSError: If it cannot be written.
    """
    if target.suffix or (target.exists() and not target.is_dir()):
        raise UsageError(f"{target}: a block list is {' and '.join(_FILES)} in a folder: name one")
    files = [output_file(target / name) for name in _FILES]
    if not force:
        see_that_free(target, _FILES)
    day, within = on or screener.today, country_of(country)
    found = {
        name: [*BlockList(screener, name, day, now, within).rows()]
        for name in dict.fromkeys(map(str.strip, products))
    }
    rows = [row for one in found.values() for row in one]
    target.mkdir(parents=True, exist_ok=True)
    cells = ([*{**row, "zips": " ".join(row["zips"])}.values()] for row in rows)
    put(files[0], FORMS["csv"].text(COLUMNS, cells, rows).encode())
    told = {
        "madeBy": MADE_BY,
        "resources": [{"path": _FILES[0]}],
        "version": screener.snapshot.version,
        "digest": screener.snapshot.digest,
        "created": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "on": day.isoformat(),
        "country": within,
        "checkout": {name: _checkout(one) for name, one in found.items()},
        "items": rows,
    }
    put(files[1], (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())
    return {name: len(one) for name, one in found.items()}


def _checkout(rows: Sequence[_Row]) -> dict[str, list[str]]:
    """What a checkout can be given that knows countries, states and ZIP codes, and no counties."""
    zips = {row["zip"] for row in rows if row["zip"]}.union(*(row["zips"] for row in rows))
    return {
        "countries": [row["country"] for row in rows if row["level"] == "country"],
        "states": [f"{row['country']}-{row['state']}" for row in rows if row["level"] == "state"],
        "zips": sorted(zips),
    }
