"""Site: every address that is served or published, and what stands there.

One table for both: a published tree is the site written to disk, so that it
cannot say anything else than the service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path

from regstatus.query.formats import served
from regstatus.web.api import discovery as linked
from regstatus.web.api import endpoints as api
from regstatus.web.api import feeds, openapi
from regstatus.web.edition import Edition
from regstatus.web.pages import page_set as pages

__all__ = ["Resource", "Site"]

JSON = "application/json"
HTML = "text/html; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
CALENDAR = "text/calendar; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


_FOLDER = Path(__file__).parent / "static"
FILES = {
    "style.css": "text/css; charset=utf-8",
    "pages.css": "text/css; charset=utf-8",
    "site.js": "text/javascript; charset=utf-8",
}
"""The files of the pages that never change with the data, and their media types."""


class Resource:
    """What stands at an address.

    Attributes:
        body: The bytes.
        media: Its media type, with the charset.
        etag: A strong validator, made from the bytes.
        lasting: Whether it can never change.
    """

    __slots__ = ("body", "etag", "lasting", "media")

    def __init__(self, body: bytes, media: str, *, lasting: bool = False) -> None:
        self.body, self.media, self.lasting = body, media, lasting
        self.etag = f'"{sha256(body).hexdigest()[:32]}"'


class Site:
    """All resources of one edition, made when they are asked for and then kept.

    Args:
        edition: What the pages say.
        base: Absolute address of the site, ending in a slash, for what must be absolute (feeds,
            canonical links); None leaves those out. Links between pages are relative.
    """

    def __init__(self, edition: Edition, base: str | None = None) -> None:
        self.edition, self.base = edition, base
        self._made: dict[str, Resource] = {}
        self._makers = dict(self._table())

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path, without a leading slash."""
        return tuple(self._makers)

    def get(self, path: str) -> Resource | None:
        """The resource at a path without its leading slash; None where there is none."""
        found = self._made.get(path)
        if found is None and (maker := self._makers.get(path)) is not None:
            found = self._made[path] = maker()
        return found

    def _table(self) -> Iterator[tuple[str, Callable[[], Resource]]]:
        edition, base = self.edition, self.base
        yield from self._data(edition)
        for name in pages.NAMES:
            yield name, partial(self._text, HTML, pages.page, edition, base, name)
        for substance, year in pages.map_years(edition):
            name = f"map/{substance}/{year}.html"
            yield name, partial(self._text, HTML, pages.past_map, edition, base, substance, year)
        for entry in edition.versions:
            name = f"changes/{entry['id']}.html"
            yield name, partial(self._text, HTML, pages.version, edition, base, entry["id"])
        yield "feeds/all.atom", partial(self._text, ATOM, feeds.atom, edition, base)
        yield "feeds/all.ics", partial(self._text, CALENDAR, feeds.calendar, edition, base)
        for substance in api.SUBSTANCES:
            make = partial(feeds.atom, substance=substance)
            yield f"feeds/{substance}.atom", partial(self._text, ATOM, make, edition, base)
        for place in edition.places:
            yield (
                f"j/{place.id}.html",
                partial(self._text, HTML, pages.jurisdiction, edition, base, place.id),
            )
            # Whoever follows a place is also told that its record was withdrawn.
            if place.id in edition.snapshot or place.id in edition.snapshot.former:
                atom = partial(feeds.atom, jurisdiction=place.id)
                calendar = partial(feeds.calendar, jurisdiction=place.id)
                yield f"feeds/{place.id}.atom", partial(self._text, ATOM, atom, edition, base)
                yield (
                    f"feeds/{place.id}.ics",
                    partial(self._text, CALENDAR, calendar, edition, base),
                )
        for name, media in FILES.items():
            yield f"static/{name}", partial(_asset, name, media)
        yield "favicon.svg", partial(_asset, "favicon.svg", "image/svg+xml")
        yield "robots.txt", partial(self._text, TEXT, linked.robots, edition, base)
        if base:
            yield (
                "sitemap.xml",
                partial(self._text, "application/xml", self._sitemap, base),
            )

    def _data(self, edition: Edition) -> Iterator[tuple[str, Callable[[], Resource]]]:
        yield "v1/openapi.json", partial(_json, openapi.document)
        yield "datapackage.json", partial(_json, partial(linked.datapackage, edition))
        yield "data/map.json", partial(_json, partial(api.map_data, edition))
        yield "data/names.json", partial(_json, partial(api.place_names, edition))
        for name in api.LISTS:
            for form, media in served().items():
                make = partial(api.listed, edition, name, form)
                yield f"v1/{name}.{form}", partial(self._bytes, media, make)
        for place in edition.places:
            yield (
                f"v1/status/{place.id}.json",
                partial(_json, partial(edition.answer, place.id)),
            )
        for name, make_schema in openapi.schema_files().items():
            yield f"v1/schema/{name}.schema.json", partial(_json, make_schema)
        for entry in edition.versions:
            version = entry["id"]
            yield (
                f"v1/snapshots/{version}.json",
                partial(_json, partial(api.version, entry)),
            )
            for name, media in api.VERSION_FILES.items():
                yield (
                    f"v1/snapshots/{version}/{name}",
                    partial(_lasting, media, partial(api.version_file, edition, entry, name)),
                )

    def _sitemap(self, base: str) -> str:
        return linked.sitemap(self.edition, base, self.paths)  # known when all else is

    @staticmethod
    def _text(media: str, make: Callable[..., str], *args: object) -> Resource:
        return Resource(make(*args).encode(), media)

    @staticmethod
    def _bytes(media: str, make: Callable[[], bytes]) -> Resource:
        return Resource(make(), media)


def _json(make: Callable[[], object]) -> Resource:
    return Resource(api.encoded(make()), JSON)


def _lasting(media: str, make: Callable[[], bytes]) -> Resource:
    return Resource(make(), media, lasting=True)


def _asset(name: str, media: str) -> Resource:
    return Resource((_FOLDER / name).read_bytes(), media)
