"""Pages: what each page shows, taken from an edition and handed to its template."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from regstatus.base.errors import AmbiguousJurisdiction, AskedBack, UnknownJurisdiction, UsageError
from regstatus.decide.attested import places
from regstatus.model.event_kinds import GROUPS, KINDS
from regstatus.model.law import PERMISSIONS, SUBSTANCES
from regstatus.query.citing import bibtex
from regstatus.query.lists import BROUGHT, FOR_PEOPLE, NEVER_FETCHED
from regstatus.web.api.discovery import dataset
from regstatus.web.edition import Edition, LawEvent
from regstatus.web.pages import maps
from regstatus.web.pages.place import events, place
from regstatus.web.render import render

SHOWN = 200
"""Events on the page of changes; older ones stand on the pages of their versions."""
_GOOD = frozenset({"ok", "unchanged"})
_PARTS = {FOR_PEOPLE: "people", NEVER_FETCHED: "never", "skipped": "skipped", BROUGHT: "read"}
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
        "changes.html": partial(changes, edition),
        "upcoming.html": partial(upcoming, edition),
        "pending.html": lambda: {"proposals": edition.pending},
        "sources.html": partial(sources, edition),
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
        told = partial(version, edition, entry["id"])
        yield page("version.html", f"changes/{entry['id']}.html", told)
    for item in edition.places:
        yield f"j/{item.id}.html", partial(jurisdiction, edition, base, item.id)


def _atlas(edition: Edition, substance: str = "leaf", on: date | None = None) -> dict[str, Any]:
    return {
        "map": maps.Map(edition, substance, on),
        "geometry": maps.geometry(),
        "years": maps.years(edition),
    }


def changes(edition: Edition) -> dict[str, Any]:
    """What the law brought, by year, and the newest events of our record, by the day of their version."""
    listed = events(edition)
    days: dict[str, list[dict[str, Any]]] = {}
    created = {entry["id"]: entry["created"] for entry in edition.versions}
    for event in listed[:SHOWN]:
        days.setdefault(created[event["version"]][:10], []).append(event)
    counted = Counter(event["group"] for event in listed[:SHOWN])
    years: dict[str, list[LawEvent]] = {}
    for turn in edition.law:
        years.setdefault(turn.day[:4], []).append(turn)
    return {
        "years": years,
        "days": days,
        "total": len(listed),
        "shown": SHOWN,
        "groups": {name: (title, counted[name]) for name, title in GROUPS.items()},
        "kinds": KINDS,
    }


def version(edition: Edition, name: str) -> dict[str, Any]:
    """One version: its entry, its neighbours and its events."""
    ids = [entry["id"] for entry in edition.versions]
    at = ids.index(name)
    return {
        "entry": edition.versions[at],
        "older": ids[at - 1] if at else None,
        "newer": ids[at + 1] if at + 1 < len(ids) else None,
        "events": [event for event in events(edition) if event["version"] == name],
    }


def upcoming(edition: Edition) -> dict[str, Any]:
    """Enacted changes by year."""
    years: dict[str, list[dict[str, Any]]] = {}
    for item in edition.upcoming:
        days = (date.fromisoformat(item["from"]) - edition.on).days
        years.setdefault(item["from"][:4], []).append({**item, "days": days})
    return {"years": years}


def sources(edition: Edition) -> dict[str, Any]:
    """The watched documents by what became of them, the worst first."""
    found: dict[str, list[Mapping[str, Any]]] = {
        name: [] for name in ("failing", "never", "skipped", "read", "people")
    }
    for item in edition.documents:
        good = item["outcome"] in _GOOD and not item["failures"]
        found[_PARTS.get(item["outcome"], "read" if good else "failing")].append(item)
    found["failing"].sort(key=lambda item: (-item["failures"], item["key"]))
    return {"parts_": found}


def jurisdiction(edition: Edition, base: str | None, name: str, **asked: Any) -> str:
    """Everything about one place, for a question; see `Edition.answer`."""
    shown = place(edition, name, **asked)
    path = f"j/{shown['answer']['jurisdiction']['id']}.html"
    citable = bibtex(shown["answer"], base)
    return render("jurisdiction.html", path, base, edition=edition, bibtex=citable, **shown)


def not_found(
    edition: Edition,
    base: str | None,
    error: UsageError | None = None,
    asked: str = "",
    title: str = "This question is not understood",
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
        title=title,
        ambiguous=isinstance(error, AmbiguousJurisdiction),
        meant=[(found[1], text[: found.start()], words.get(text)) for text, found in codes],
        said=str(error) if error is not None and not said else None,
    )
