"""Site: every address that is served or published, and what stands there.

One table for both: a published tree is the site written to disk, so that it
cannot say anything else than the service.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from regstatus.model.law import SUBSTANCES
from regstatus.query.formats import encoded, served
from regstatus.query.listings import LISTS
from regstatus.web.api import discovery, feeds, geojson, openapi
from regstatus.web.api import endpoints as api
from regstatus.web.api.problems import FOLDER, PROBLEMS
from regstatus.web.edition import Edition
from regstatus.web.links import media
from regstatus.web.pages import embed
from regstatus.web.pages.page_set import pages

_STATIC = Path(__file__).parent / "static"
"""The files of the pages that never change with the data."""


class Resource(NamedTuple):
    """What stands at an address; its media type has the charset, if it is `lasting` it never changes."""

    body: bytes
    media: str
    lasting: bool = False


class Site:
    """All resources of one edition, made when they are asked for and then kept.

    `base` is the absolute address of the site, ending in a slash, for what must be absolute (feeds,
    canonical links); None leaves those out. Links between pages are relative, and `paths` are all
    paths without a leading slash.
    """

    def __init__(self, edition: Edition, base: str | None = None) -> None:
        self.edition, self.base = edition, base
        self._made: dict[str, Resource] = {}
        self._makers = dict(self._table())
        self.paths = tuple(self._makers)

    def get(self, path: str) -> Resource | None:
        """The resource at a path without its leading slash; None where there is none."""
        if path not in self._made and path in self._makers:
            made = self._makers[path]()
            if isinstance(made, str):
                made = made.encode()
            body = made if isinstance(made, bytes) else encoded(made)
            lasting = path.startswith("v1/snapshots/") and path.count("/") == 3
            self._made[path] = Resource(body, media(path), lasting=lasting)
        return self._made.get(path)

    def _table(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Every path, and what makes its bytes, its text, or a value that is sent as JSON."""
        edition, base = self.edition, self.base
        yield "v1/openapi.json", openapi.document
        yield "datapackage.json", partial(discovery.datapackage, edition)
        yield "data/map.json", partial(api.map_data, edition)
        yield "data/names.json", partial(api.place_names, edition)
        for name in LISTS:
            for form in served():
                yield f"v1/{name}.{form}", partial(api.listed, edition, name, form)
        yield "v1/map.geojson", partial(geojson.features, edition, {})
        for name in openapi.SCHEMAS:
            yield f"v1/schema/{name}.schema.json", partial(openapi.schema, name)
        for kind, told in PROBLEMS.items():
            yield f"{FOLDER}{kind}.json", partial(dict, told, kind=kind)
        for entry in edition.versions:
            folder = f"v1/snapshots/{entry['id']}"
            yield f"{folder}.json", partial(api.version, entry)
            for name in api.VERSION_FILES:
                yield f"{folder}/{name}", partial(api.version_file, edition, entry, name)
        yield from pages(edition, base)
        yield "feeds/all.atom", partial(feeds.atom, edition, base)
        yield "feeds/all.ics", partial(feeds.calendar, edition, base)
        for name in SUBSTANCES:
            yield f"embed/map/{name}.svg", partial(embed.picture, edition, base, name)
            yield f"feeds/{name}.atom", partial(feeds.atom, edition, base, substance=name)
        for key in edition.names:
            yield f"v1/status/{key}.json", partial(edition.answer, key)
            yield f"embed/{key}.html", partial(embed.card, edition, base, key)
            yield f"badge/{key}.svg", partial(embed.badge, edition, base, key)
            yield f"v1/cite/{key}.json", partial(api.cited, edition, base, key)
            yield f"v1/cite/{key}.bib", partial(api.cited, edition, base, key, "bib")
            yield f"v1/timeline/{key}.json", partial(edition.timeline, key)
            # Whoever follows a place is also told that its record was withdrawn.
            if key in edition.snapshot or key in edition.snapshot.former:
                yield f"feeds/{key}.atom", partial(feeds.atom, edition, base, jurisdiction=key)
                if feeds.has_days(edition, key):
                    yield (
                        f"feeds/{key}.ics",
                        partial(feeds.calendar, edition, base, jurisdiction=key),
                    )
        for name in ("style.css", "pages.css", "site.js"):
            yield f"static/{name}", (_STATIC / name).read_bytes
        yield "favicon.svg", (_STATIC / "favicon.svg").read_bytes
        yield "robots.txt", partial(discovery.robots, base)
        yield "llms.txt", partial(discovery.llms, edition, base)
        if base:
            yield "sitemap.xml", lambda: discovery.sitemap(edition, base, self.paths)
