"""Pages: what each page shows, taken from an edition and handed to its template."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from regstatus.base.errors import UsageError
from regstatus.model.law import PERMISSIONS, SUBSTANCES
from regstatus.web.api.discovery import dataset
from regstatus.web.edition import Edition
from regstatus.web.pages import list_pages, maps
from regstatus.web.pages.place import place
from regstatus.web.render import render

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
        return {**_atlas(edition), "dataset": dataset(edition, base)}
    if name == "places.html":
        return {"letters": maps.letters(edition), "map": maps.Map(edition)}
    if name == "about.html":
        return {"permissions": PERMISSIONS}
    made = {
        "changes.html": list_pages.changes,
        "upcoming.html": list_pages.upcoming,
        "sources.html": list_pages.sources,
    }
    return made[name](edition)


def _atlas(edition: Edition, substance: str = "leaf", on: date | None = None) -> dict[str, Any]:
    return {
        "map": maps.Map(edition, substance, on),
        "geometry": maps.geometry(),
        "first": maps.FIRST_YEAR,
        "years": maps.years(edition),
    }


def map_years(edition: Edition) -> Iterator[tuple[str, int]]:
    """Substance and year of each map of a first of January, for readers without JavaScript."""
    for substance in SUBSTANCES:
        for year in maps.years(edition):
            yield substance, year


def past_map(edition: Edition, base: str | None, substance: str, year: int) -> str:
    """The map as of the first of January of a year."""
    path = f"map/{substance}/{year}.html"
    shown = _atlas(edition, substance, date(year, 1, 1))
    return render("map.html", path, base, edition=edition, **shown)


def version(edition: Edition, base: str | None, name: str) -> str:
    """The changes that one version brought."""
    shown = list_pages.version(edition, name)
    return render("version.html", f"changes/{name}.html", base, edition=edition, **shown)


def jurisdiction(
    edition: Edition,
    base: str | None,
    name: str,
    *,
    on: date | None = None,
    substance: str | None = None,
) -> str:
    """Everything about one place; see `Edition.answer`.

    Raises:
        UnknownJurisdiction: If there is none.
    """
    answer = edition.answer(name, on=on, substance=substance)
    path = f"j/{answer['jurisdiction']['id']}.html"
    shown = place(edition, answer, on)
    return render("jurisdiction.html", path, base, edition=edition, **shown)


def not_found(edition: Edition, base: str | None, error: UsageError | None, asked: str) -> str:
    """What a reader sees whose words fit no place, or several, or whose address leads nowhere.

    It is shown at addresses of any depth, so its links begin with the site's own address, or with
    the root of the host where none was given. There is no error where an address leads nowhere.
    """
    shown = list_pages.not_found(edition, error, asked)
    return render("404.html", "404.html", None, root=base or "/", edition=edition, **shown)
