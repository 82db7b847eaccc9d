"""Pages: what each page shows, taken from an edition and handed to its template."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from regstatus.base.errors import AmbiguousJurisdiction, AskedBack, UnknownJurisdiction, UsageError
from regstatus.decide.attested import places
from regstatus.model.law import PERMISSIONS, SUBSTANCES
from regstatus.web.api.discovery import dataset
from regstatus.web.edition import Edition
from regstatus.web.pages import list_pages, maps
from regstatus.web.pages.place import place
from regstatus.web.render import render

_Shown = Callable[[], dict[str, Any]]
_CODE = re.compile(r"\(([^()]+)\)\Z")


def pages(edition: Edition, base: str | None) -> Iterator[tuple[str, Callable[[], str]]]:
    """The path of every page, and what makes it."""

    def page(template: str, path: str, shown: _Shown) -> tuple[str, Callable[[], str]]:
        return path, lambda: render(template, path, base, edition=edition, **shown())

    single: dict[str, _Shown] = {
        "index.html": lambda: {
            **_atlas(edition),
            "dataset": dataset(edition, base),
            "attested": places(edition.snapshot.records()),
        },
        "places.html": lambda: {"letters": maps.letters(edition), "map": maps.Map(edition)},
        "changes.html": partial(list_pages.changes, edition),
        "upcoming.html": partial(list_pages.upcoming, edition),
        "sources.html": partial(list_pages.sources, edition),
        "about.html": lambda: {"permissions": PERMISSIONS},
    }
    for name, shown in single.items():
        yield page(name, name, shown)
    yield "404.html", partial(not_found, edition, base)
    for substance in SUBSTANCES:  # for readers without JavaScript
        for year in maps.years(edition):
            atlas = partial(_atlas, edition, substance, date(year, 1, 1))
            yield page("map.html", f"map/{substance}/{year}.html", atlas)
    for entry in edition.versions:
        told = partial(list_pages.version, edition, entry["id"])
        yield page("version.html", f"changes/{entry['id']}.html", told)
    for item in edition.places:
        yield page("jurisdiction.html", f"j/{item.id}.html", partial(place, edition, item.id))


def _atlas(edition: Edition, substance: str = "leaf", on: date | None = None) -> dict[str, Any]:
    return {
        "map": maps.Map(edition, substance, on),
        "geometry": maps.geometry(),
        "years": maps.years(edition),
    }


def jurisdiction(edition: Edition, base: str | None, name: str, **asked: Any) -> str:
    """Everything about one place, for a question; see `Edition.answer`."""
    shown = place(edition, name, **asked)
    path = f"j/{shown['answer']['jurisdiction']['id']}.html"
    return render("jurisdiction.html", path, base, edition=edition, **shown)


def not_found(
    edition: Edition, base: str | None, error: UsageError | None = None, asked: str = ""
) -> str:
    """What a reader sees whose words fit no place, or several, or whose address leads nowhere.

    It is shown at addresses of any depth, so its links begin with the site's own address, or with
    the root of the host where none was given. There is no error where an address leads nowhere.
    """
    asked_back = error if isinstance(error, AskedBack) else UnknownJurisdiction("")
    words, said = asked_back.statuses, asked_back.offered
    codes = [(text, found) for text in said if (found := _CODE.search(text))]
    return render(
        "404.html",
        "404.html",
        None,
        root=base or "/",
        edition=edition,
        asked=asked,
        ambiguous=isinstance(error, AmbiguousJurisdiction),
        meant=[(found[1], text[: found.start()], words.get(text)) for text, found in codes],
        said=str(error) if error is not None and not said else None,
    )
