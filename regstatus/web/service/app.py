"""The HTTP service: the site of the newest edition, with questions by query; read-only."""

from asyncio import Semaphore, sleep
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from regstatus.base import errors
from regstatus.decide.freshness import moment
from regstatus.model.law import substance as read_substance
from regstatus.query.formats import encoded, served
from regstatus.query.listings import FIELDS, KNOWN, LISTS, ON, SUBSTANCE, Parameter
from regstatus.query.lists import part
from regstatus.web.api import batch, geojson, memento, questions, screening
from regstatus.web.api import endpoints as api
from regstatus.web.api import params as asked
from regstatus.web.api.problems import of_error
from regstatus.web.edition import Edition
from regstatus.web.links import media, seen_from
from regstatus.web.pages import embed
from regstatus.web.pages import page_set as pages
from regstatus.web.service.library import Library
from regstatus.web.service.metrics import MEDIA as METRICS
from regstatus.web.service.metrics import Metrics
from regstatus.web.service.middleware import ServiceMiddleware
from regstatus.web.website import Resource, Site

_LASTING = "public, max-age=31536000, immutable"
_SHORT = "public, max-age=300"
_NOTHING = "There is nothing at /{}; see /v1/openapi.json."
_NOT_KEPT = {"Cache-Control": "no-store"}


def application(
    library: Library, *, base: str | None = None, limit: str | None = "600/minute"
) -> Starlette:
    """The service as an ASGI application.

    `base` is the absolute address at which readers reach it, ending in a slash, None if unknown;
    `limit` the requests that one client may make, such as `600/minute`, None for no limit.
    """
    service = _Service(library, base)
    routes = [
        Route("/healthz", service.health),
        Route("/metrics", service.metrics),
        Route("/find", service.find),
        Route(f"{asked.DATED}{{name:path}}", service.status),
        Route("/v1/timeline/{name:path}", service.timeline),
        Route("/v1/cite/{name:path}", service.cite),
        Route("/v1/timemap/{name:path}", service.timemap),
        Route("/v1/snapshots/{version}", service.snapshot),
        Route("/v1/screen", service.screen, methods=["GET", "POST"]),
        Route("/v1/map.geojson", service.map),
        Route("/v1/{name}", service.list, methods=["GET", "POST"]),
        Route("/{path:path}", service.page),
    ]
    around = Middleware(
        ServiceMiddleware,
        state=service.state,
        metrics=service.numbers,
        limit=limit,
        page=service.told,
        root=base or "/",
    )
    faults = dict.fromkeys((HTTPException, errors.RegstatusError, Exception), _fault)
    return Starlette(routes=routes, middleware=[around], exception_handlers=faults)


class _Service:
    """The endpoints, by the names that the metrics call them.

    A plain function would run in a thread of its own; the work is short, and an edition is not
    made for several threads.
    """

    def __init__(self, library: Library, base: str | None) -> None:
        self.library, self.base, self.numbers = library, base, Metrics()
        self._site: Site | None = None
        self._lists = Semaphore(1)

    @property
    def site(self) -> Site:
        """The site of the newest edition."""
        edition = self.library.current()
        if self._site is None or self._site.edition is not edition:
            self._site = Site(edition, self.base)
        return self._site

    def state(self) -> Edition | None:
        """What stays the same for as long as the answers do; None while there are none."""
        try:
            return self.library.current()
        except errors.RegstatusError:
            return None

    async def health(self, _: Request) -> Response:
        """Whether the service can answer: 200, or 503."""
        edition = self.library.current()
        state = "warn" if edition.snapshot.warning else "pass"
        body = {"status": state, "snapshot": api.about(edition)}
        return Response(encoded(body), headers=_NOT_KEPT, media_type=media("json"))

    async def metrics(self, _: Request) -> Response:
        """Numbers for Prometheus, also while there are no records."""
        return Response(self.numbers.text(self.state()), headers=_NOT_KEPT, media_type=METRICS)

    async def status(self, request: Request) -> Response:
        """The answer for one place."""
        query = asked.asked(request, (*asked.QUESTION, FIELDS))
        name, fields = request.path_params["name"].removesuffix(".json"), query.pop("fields", ())
        known = query.pop("as_known_on", None)
        today = self.library.current().on
        if known is None and (wanted := request.headers.get("accept-datetime")) is not None:
            at = memento.read(wanted)
            if (known := self.library.current().version_before(at)) is None:
                raise HTTPException(406, f"Nothing was recorded yet at {wanted}.")
            query.setdefault("on", min(at.date(), today))
        edition = self.library.edition(known)
        if known is not None:  # its address must say as much tomorrow
            query.setdefault("on", today)
        body = edition.answer(name, **query)
        place = body["jurisdiction"]["id"]
        root = self.base or "/"
        headers = {"Link": memento.links(place, root), "Vary": "Accept-Datetime"}
        if known is not None:
            headers["Memento-Datetime"] = memento.http_date(moment(edition.snapshot.created))
        if known is not None or name != place:
            whole = {
                "on": query.get("on"),
                "substance": body["substance"],
                "as_known_on": known,
                "fields": ",".join(fields) or None,
            }
            headers["Content-Location"] = memento.address(place, root, whole)
        return _answer(Resource(encoded(part(body, fields)), media("json")), edition, headers)

    async def timeline(self, request: Request) -> Response:
        """The law of one place, period by period."""
        query = asked.asked(request, [KNOWN])
        edition = self.library.edition(query.get("as_known_on"))
        body = edition.timeline(request.path_params["name"].removesuffix(".json"))
        return _answer(Resource(encoded(body), media("json")), edition)

    async def cite(self, request: Request) -> Response:
        """An answer for a reference manager: CSL-JSON, or BibTeX where the path ends in `.bib`."""
        query = asked.asked(request, asked.QUESTION)
        edition = self.library.edition(query.pop("as_known_on", None))
        name, form = request.path_params["name"].removesuffix(".json"), "json"
        if name.endswith(".bib"):
            name, form = name.removesuffix(".bib"), "bib"
        body = api.cited(edition, self.base, name, form, **query)
        return _answer(Resource(body, media(form)), edition)

    async def timemap(self, request: Request) -> Response:
        """Every version that an answer can be had from."""
        asked.asked(request)
        edition = self.library.current()
        place = edition.answer(request.path_params["name"])["jurisdiction"]["id"]
        text = memento.timemap(edition, place, self.base or "/")
        return _answer(Resource(text.encode(), "application/link-format"), edition)

    async def list(self, request: Request) -> Response:
        """One of the lists, by POST answers to a batch; or a file such as the description of all this."""
        if request.method == "POST":
            return await self._batch(request, questions.BATCH, questions.OPTIONS)
        name, _, suffix = request.path_params["name"].partition(".")
        if name not in LISTS:
            return self._file(f"v1/{request.path_params['name']}", request)
        query, offered = asked.asked(request, asked.of_list(name)), served()
        form = query.pop("format", suffix or None)
        if form is None:
            form = asked.form(request.headers.get("accept", ""))
        if form not in offered:
            raise errors.UsageError(f"{form!r} is no format; there are {', '.join(offered)}")
        edition = await self._gathered(request, query)
        body = api.listed(edition, name, form, query)
        return _answer(Resource(body, offered[form]), edition, {"Vary": "Accept"})

    async def map(self, request: Request) -> Response:
        """The map of a day and a substance as GeoJSON."""
        query = asked.asked(request, LISTS["status"].parameters)
        edition = await self._gathered(request, query)
        return _answer(Resource(geojson.features(edition, query), media("geojson")), edition)

    async def _gathered(self, request: Request, query: Mapping[str, Any]) -> Edition:
        """The edition that a list is made from; what is costly to gather is gathered.

        One comes after the other, so that whoever asks for a place waits for one list at most.
        """
        edition = self.library.edition(query.get("as_known_on"))
        async with self._lists:
            await sleep(0)
            if asked.is_costly(request.url.path, request.url.query):
                await edition.gather(query.get("on"), query.get("substance"))
        return edition

    async def snapshot(self, request: Request) -> Response:
        """One version; its address has an end where it is published."""
        name = request.path_params["version"].removesuffix(".json")
        return self._file(f"v1/snapshots/{name}.json", request)

    async def screen(self, request: Request) -> Response:
        """Whether an order may ship; by POST, each of a batch."""
        if request.method == "POST":
            return await self._batch(request, screening.BATCH, screening.OPTIONS)
        query = asked.asked(request, (*screening.ORDER, *screening.OPTIONS))
        edition = self.library.edition(query.get("as_known_on"))
        return _answer(Resource(screening.one(edition, query), media("json")), edition)

    async def _batch(
        self, request: Request, of: batch.Batch, options: Sequence[Parameter]
    ) -> Response:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in {"application/json", batch.NDJSON}:
            raise HTTPException(415, f"Send application/json or {batch.NDJSON}.")
        body = b""
        async for more in request.stream():
            body += more
            if len(body) > batch.MOST_BYTES:
                raise HTTPException(413, batch.TOO_LONG)
        given: dict[str, Any] = {"id": request.headers.get("x-correlation-id")}
        sent = batch.NDJSON if batch.NDJSON in request.headers.get("accept", "") else kind
        try:
            own, rows = batch.read(of, body, kind)
            given |= own
            query = asked.asked(request, options)
            batch.check(of, own, rows, query)
            if of.counted:
                request.scope["charge"](len(rows) - 1)
            edition = self.library.edition((given | query).get("as_known_on"))
            body = await batch.answered(of, edition, given | query, rows, sent)
        except (errors.RegstatusError, HTTPException) as error:
            beside = {"id": batch.own(given), "rows": getattr(error, "rows", None)}
            told = {name: what for name, what in beside.items() if what is not None}
            reply = of_error(error, **told)
            reply.headers.update(_NOT_KEPT)
            return reply
        return Response(body, headers=_NOT_KEPT, media_type=sent)

    async def find(self, request: Request) -> Response:
        """Where a reader without JavaScript lands who types a name: the page of the place."""
        words = asked.asked(request, [asked.NAME]).get("q", "")
        edition = self.library.current()
        try:
            place = edition.answer(words)["jurisdiction"]["id"]
        except errors.UsageError as error:
            return self._missing(request, error, words)
        return RedirectResponse(f"j/{place}.html", 303)

    async def page(self, request: Request) -> Response:
        """A page or file of the site; a page of a place takes a day and a version, too.

        A place without a record has one here, though none is published.
        """
        path = request.path_params["path"] or "index.html"
        if not path.endswith(".html"):
            return self._file(path, request)
        place = path[2:].removesuffix(".html") if path.startswith("j/") else None
        try:
            if place is None or (not request.query_params and self.site.get(path)):
                return self._file(path, request)
            query = asked.asked(request, asked.QUESTION)
            edition = self.library.edition(query.pop("as_known_on", None))
            key = edition.answer(place, **query)["jurisdiction"]["id"]
            if key != place:  # each place has one address; the links of its page go out from that
                there = seen_from(path, f"j/{key}.html", self.base)
                return RedirectResponse(f"{there}?{request.url.query}".rstrip("?"), 303)
            text = pages.jurisdiction(edition, self.base, place, **query)
        except errors.UsageError as error:
            # People read this, not programs. The status is that of the problem.
            words = place if place and isinstance(error, errors.AskedBack) else ""
            return self._missing(request, error, words)
        return _answer(Resource(text.encode(), media("html")), edition)

    def _file(self, path: str, request: Request) -> Response:
        """A file of the site; it takes no question, but for the map, which its script moves."""
        site = self.site
        if (resource := site.get(path)) is not None:
            drawn = path.startswith("embed/map/")
            own = (ON, SUBSTANCE) if path == "index.html" else (ON,) * drawn
            query = asked.asked(request, own)
            if "substance" in query:
                read_substance(query["substance"])
            if drawn and "on" in query:
                text = embed.picture(site.edition, self.base, path[10:-4], query["on"])
                resource = resource._replace(body=text.encode())
            return _answer(resource, site.edition)
        if f"{path}/".startswith("v1/"):
            raise HTTPException(404, _NOTHING.format(path))
        return self._missing(request)

    def told(self, title: str, detail: str) -> str:
        """A page that says why nothing was answered."""
        said = errors.UsageError(detail)
        return pages.not_found(self.library.current(), self.base, said, title=title)

    def _missing(
        self, request: Request, error: errors.UsageError | None = None, words: str = ""
    ) -> Response:
        """The page for those who asked for nothing that there is, or a problem where JSON is liked better."""
        reply = of_error(error or HTTPException(404, _NOTHING.format(request.path_params["path"])))
        if not asked.likes_json(request.headers.get("accept", "")):
            text = pages.not_found(self.library.current(), self.base, error, words)
            reply = Response(text, reply.status_code, media_type="text/html")
        reply.headers["Vary"] = "Accept"
        return reply


def _answer(
    resource: Resource, edition: Edition, headers: dict[str, str] | None = None
) -> Response:
    return Response(
        resource.body,
        headers={
            "Content-Type": resource.media,
            "Last-Modified": memento.http_date(edition.moment),
            "Cache-Control": _LASTING if resource.lasting else _SHORT,
            **(headers or {}),
        },
    )


async def _fault(_: Request, error: Exception) -> Response:
    return of_error(error)
