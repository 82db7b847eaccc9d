"""Pages: what each page shows, taken from an edition and handed to its template."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from regstatus.base.errors import UsageError
from regstatus.web.edition import Edition
from regstatus.web.pages import glossary, jsonld
from regstatus.web.pages import list_pages as told
from regstatus.web.pages import maps as drawn
from regstatus.web.pages.glossary import about
from regstatus.web.pages.place import place
from regstatus.web.pages.render import render

__all__ = ["NAMES", "jurisdiction", "maps", "not_found", "page", "past_map", "version"]

NAMES = (
    "index.html",
    "places.html",
    "changes.html",
    "upcoming.html",
    "sources.html",
    "about.html",
    "404.html",
)
"""The pages of which there is one."""


def page(edition: Edition, base: str | None, name: str) -> str:
    """One of `NAMES`."""
    if name == "404.html":
        return not_found(edition, base, None, "")
    return render(name, name, base, edition=edition, **_shown(edition, base, name))


def _shown(edition: Edition, base: str | None, name: str) -> dict[str, Any]:
    """What one of `NAMES` shows besides the edition."""
    if name == "index.html":
        return {**_atlas(edition, drawn.map_of(edition)), "dataset": jsonld.dataset(edition, base)}
    if name == "places.html":
        today = drawn.map_of(edition)
        return {"rows": drawn.rows(edition), "map": today, "labels": drawn.LABELS}
    made = {"changes.html": told.changes, "upcoming.html": told.upcoming}
    made |= {"sources.html": told.sources, "about.html": about}
    return {"g": glossary, **made[name](edition)}


def _atlas(edition: Edition, shown: drawn.Map) -> dict[str, Any]:
    return {
        "map": shown,
        "geometry": drawn.geometry(),
        "labels": drawn.LABELS,
        "first": drawn.FIRST_YEAR,
        "years": drawn.years(edition),
    }


def maps(edition: Edition) -> Iterator[tuple[str, int]]:
    """Substance and year of each map of a first of January, for readers without JavaScript."""
    for substance in drawn.LABELS:
        for year in drawn.years(edition):
            yield substance, year


def past_map(edition: Edition, base: str | None, substance: str, year: int) -> str:
    """The map as of the first of January of a year."""
    shown = _atlas(edition, drawn.map_of(edition, substance, date(year, 1, 1)))
    return render("map.html", f"map/{substance}/{year}.html", base, edition=edition, **shown)


def version(edition: Edition, base: str | None, name: str) -> str:
    """The changes that one version brought."""
    path = f"changes/{name}.html"
    shown = told.version(edition, name)
    return render("version.html", path, base, edition=edition, g=glossary, **shown)


def jurisdiction(
    edition: Edition,
    base: str | None,
    name: str,
    *,
    on: date | None = None,
    substance: str | None = None,
) -> str:
    """Everything about one place.

    Args:
        edition: The data.
        base: Absolute address of the site, or None.
        name: The place.
        on: Another day of law time than the edition's own.
        substance: Whose status leads; the leaf if left out.

    Raises:
        UnknownJurisdiction: If there is none.
    """
    answer = edition.answer(name, on=on, substance=substance)
    path = f"j/{answer['jurisdiction']['id']}.html"
    shown = place(edition, answer, on)
    return render("jurisdiction.html", path, base, edition=edition, g=glossary, **shown)


def not_found(edition: Edition, base: str | None, error: UsageError | None, asked: str) -> str:
    """What a reader sees whose words fit no place, or several, or whose address leads nowhere.

    It is shown at addresses of any depth, so its links begin with the site's own address, or with
    the root of the host where none was given.

    Args:
        edition: The data.
        base: Absolute address of the site, or None.
        error: Why the words fit no place; None for an address that leads nowhere.
        asked: The words.
    """
    shown = told.not_found(edition, error, asked)
    return render("404.html", "404.html", None, root=base or "/", edition=edition, **shown)
