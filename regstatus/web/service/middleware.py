"""Service middleware: what holds for every answer, whatever it is about.

Limits, conditional requests, compression, the headers that keep a reader safe, and
a memory of answers, which are the same for everybody until the edition changes.
"""

import gzip
import time
from collections.abc import Callable
from contextlib import suppress
from email.utils import parsedate_to_datetime
from functools import partial
from hashlib import sha256
from typing import TypeAlias

from limits import parse as parse_limit
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from regstatus.base.errors import RegstatusError
from regstatus.base.version import SCHEMA
from regstatus.web.api.batch import MOST_BYTES, PATHS, TOO_LONG
from regstatus.web.api.params import DATED, form, is_costly, takes_gzip
from regstatus.web.api.problems import ROOT, of_error, problem
from regstatus.web.links import IN_HEADER, IN_PAGE
from regstatus.web.service.metrics import Metrics

_POLICY = b"content-security-policy"
_ALWAYS = (
    (_POLICY, IN_HEADER.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"interest-cohort=()"),
    (b"schema-version", SCHEMA.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        (
            b"ETag, Last-Modified, Link, Memento-Datetime, Content-Location, Retry-After, X-Correlation-ID, "
            b"RateLimit, RateLimit-Policy, Schema-Version"
        ),
    ),
)
_PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Accept-Datetime, If-None-Match, If-Modified-Since, "
    "Content-Type, X-Correlation-ID",
    "Access-Control-Max-Age": "86400",
}
_LONGEST_TARGET = 2_000
_LONGEST_HEAD = 16_384
"""Bytes of all headers of a request together."""
_SMALLEST_GZIP = 1_000
_NEVER_LIMITED = frozenset({"/healthz", "/metrics"})
_COSTLY = 10
"""Requests as which a whole list of a day of its own counts."""
_KEPT = 64_000_000
"""Bytes of answers that are remembered, with what asked for them."""
_EACH = 4_000
"""What a remembered answer weighs besides its body and key: headers and objects, in bytes."""


_Key: TypeAlias = tuple[str, bytes, str, bytes]
"""Path, query, form of a list, and `Accept-Datetime`."""


_Headers: TypeAlias = list[tuple[bytes, bytes]]


class _Reply:
    """One whole answer, ready to send."""

    __slots__ = ("_wires", "body", "cache", "etag", "headers", "modified", "route", "status")

    def __init__(self, status: int, headers: _Headers, body: bytes, route: str) -> None:
        named = dict(headers)
        self.status, self.body, self.route = status, body, route
        named.pop(b"content-length", None)
        self.etag = b'"%s"' % sha256(body).hexdigest()[:32].encode()
        self.modified = named.get(b"last-modified")
        self.cache = named.get(b"cache-control", b"")
        vary = b", ".join(filter(None, (b"Accept-Encoding", named.pop(b"vary", None))))
        self.headers = [*named.items(), (b"vary", vary), *_ALWAYS]
        self._wires: dict[bool, tuple[_Headers, bytes]] = {}

    def wire(self, *, gzipped: bool) -> tuple[_Headers, bytes]:
        """Headers and body as they are sent to those who take gzip, and to others; made once."""
        if gzipped not in self._wires:
            headers, body, etag = [*self.headers], self.body, self.etag
            if gzipped and len(body) >= _SMALLEST_GZIP:
                body = gzip.compress(body, 6, mtime=0)
                etag = etag[:-1] + b'-g"'  # another representation has another strong validator
                headers.append((b"content-encoding", b"gzip"))
            if self.status == 200:
                headers.append((b"etag", etag))
            if self.status != 204:
                headers.append((b"content-length", b"%d" % len(body)))
            self._wires[gzipped] = headers, body
        return self._wires[gzipped]


class ServiceMiddleware:
    """ASGI middleware around the whole service.

    `state` returns an object that stays the same for as long as answers do; `limit` are the
    requests for each client, such as `600/minute`, None for no limit; `page` makes a page of a title
    and what is to be said; `root` is where the site begins. Whole
    lists of a day of their own count as ten requests.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        state: Callable[[], object],
        metrics: Metrics,
        limit: str | None,
        page: Callable[[str, str], str],
        root: str,
    ) -> None:
        self.app, self.state, self.metrics, self.page, self.root = app, state, metrics, page, root
        self._limit = parse_limit(limit) if limit else None
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._replies: dict[_Key, _Reply] = {}
        self._size = 0
        self._for: object = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start = time.perf_counter()
        ROOT.set(self.root)
        # Of a header that is sent twice the first counts, as in the service: what is
        # remembered for one reader must be what another with the same key would get.
        asked: dict[bytes, bytes] = dict(reversed(scope["headers"]))
        refused = self._refused(scope, asked)
        if refused is not None:
            reply = _Reply(refused.status_code, refused.raw_headers, bytes(refused.body), "other")
        else:
            reply = await self._reply(scope, asked, receive)
        embedded = scope["path"].startswith("/embed/")
        left = self._left(scope)
        status = await _send(reply, scope["method"], asked, send, left, embedded=embedded)
        self.metrics.answered(reply.route, status, time.perf_counter() - start)

    def _refused(self, scope: Scope, asked: dict[bytes, bytes]) -> Response | None:
        method = scope["method"]
        if sum(len(name) + len(value) for name, value in scope["headers"]) > _LONGEST_HEAD:
            return problem(431, f"The headers are longer than {_LONGEST_HEAD:,} bytes.")
        methods = ["GET", "HEAD", *["POST"] * (scope["path"] in PATHS), "OPTIONS"]
        allowed = ", ".join(methods)
        if method == "OPTIONS":
            named = {"Access-Control-Allow-Methods": allowed, "Allow": allowed}
            return Response(status_code=204, headers={**_PREFLIGHT, **named})
        if method not in methods:
            return problem(405, "This service is read-only.", headers={"Allow": allowed})
        length = asked.get(b"content-length", b"0")
        if method == "POST":
            if length.isdigit() and int(length) > MOST_BYTES:
                return problem(413, TOO_LONG)
        elif length != b"0" or b"transfer-encoding" in asked:
            return problem(413, "A question has no body; put it into the address.")
        if len(scope["raw_path"] or b"") + len(scope["query_string"]) > _LONGEST_TARGET:
            return problem(414, f"The address is longer than {_LONGEST_TARGET:,} characters.")
        if scope["path"] not in _NEVER_LIMITED:
            costly = is_costly(scope["path"], scope["query_string"].decode("latin-1"))
            try:
                self._charge(scope, _COSTLY if costly else 1)
            except HTTPException as error:
                return self._too_many(scope, asked, error)
        return None

    def _charge(self, scope: Scope, cost: int) -> None:
        """Count so many requests of a client; a HTTPException says when they may come, if they are too many."""
        limit, client = self._limit, _client(scope)
        if limit is None or not cost:
            return
        cost = min(cost, limit.amount)
        if self._limiter.test(limit, client, cost=cost):
            self._limiter.hit(limit, client, cost=cost)
            return
        stats = self._limiter.get_window_stats(limit, client)
        wait = str(max(1, round(stats.reset_time - time.time())))
        asks = f" This asks for {cost} at once, {stats.remaining} are left." if cost > 1 else ""
        told = f"More than {limit}.{asks} Whole lists and files come in one request."
        raise HTTPException(429, f"{told} Try again in {wait} seconds.", {"Retry-After": wait})

    def _too_many(self, scope: Scope, asked: dict[bytes, bytes], error: HTTPException) -> Response:
        if b"text/html" in asked.get(b"accept", b"") and not scope["path"].startswith("/v1/"):
            with suppress(RegstatusError):
                text = self.page("Too many requests", error.detail)
                return Response(text, 429, headers=error.headers, media_type="text/html")
        return of_error(error)

    def _left(self, scope: Scope) -> _Headers:
        """How many requests are left to a client, as the draft of the IETF's `RateLimit` headers has it."""
        limit = self._limit
        if limit is None or scope["path"] in _NEVER_LIMITED:
            return []
        stats = self._limiter.get_window_stats(limit, _client(scope))
        until = max(0, round(stats.reset_time - time.time()))
        policy = f'"default";q={limit.amount};w={limit.get_expiry()}'
        left = f'"default";r={stats.remaining};t={until}'
        return [(b"ratelimit-policy", policy.encode()), (b"ratelimit", left.encode())]

    async def _reply(self, scope: Scope, asked: dict[bytes, bytes], receive: Receive) -> _Reply:
        if scope["method"] == "POST":
            return await self._fresh(scope, receive)
        state = self.state()
        if state is not self._for:
            self._replies.clear()
            self._size, self._for = 0, state
        key = _key(scope, asked)
        reply = self._replies.get(key)
        if reply is None:
            reply = await self._fresh(scope, receive)
            if reply.status == 200 and b"no-store" not in reply.cache:
                self._keep(key, reply)
        return reply

    def _keep(self, key: _Key, reply: _Reply) -> None:
        """Remember an answer; the oldest go first, so that no reader can fill the memory."""
        if (former := self._replies.pop(key, None)) is not None:
            self._size -= _weight(key, former)
        self._replies[key] = reply
        self._size += _weight(key, reply)
        while self._size > _KEPT:
            oldest = next(iter(self._replies))
            self._size -= _weight(oldest, self._replies.pop(oldest))

    async def _fresh(self, scope: Scope, receive: Receive) -> _Reply:
        sent: list[Message] = []

        async def take(message: Message) -> None:
            sent.append(message)

        # HEAD is answered from GET, so that both say the same.
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        inner = {**scope, "method": method, "charge": partial(self._charge, scope)}
        await self.app(inner, receive, take)
        # Where no route fits, such as a path with a line end in it, there is no endpoint.
        route = getattr(inner.get("endpoint"), "__name__", "other")
        body = b"".join(part.get("body", b"") for part in sent[1:])
        return _Reply(sent[0]["status"], sent[0]["headers"], body, route)


def _key(scope: Scope, asked: dict[bytes, bytes]) -> _Key:
    """What an answer depends on: of the headers only as much as may change it, not their text."""
    path = scope["path"]
    wanted = form(asked.get(b"accept", b"").decode("latin-1"))
    at = asked.get(b"accept-datetime", b"") if path.startswith(DATED) else b""
    return path, scope["query_string"], wanted, at


def _weight(key: _Key, reply: _Reply) -> int:
    """Bytes that a remembered answer takes: its body plain and packed, its key, and the rest."""
    return _EACH + 2 * len(reply.body) + len(key[0]) + len(key[1]) + len(key[3])


def _client(scope: Scope) -> str:
    return (scope.get("client") or ("",))[0]


async def _send(
    reply: _Reply,
    method: str,
    asked: dict[bytes, bytes],
    send: Send,
    more: _Headers,
    *,
    embedded: bool,
) -> int:
    status = reply.status
    taken = takes_gzip(asked.get(b"accept-encoding", b"").decode("latin-1"))
    headers, body = reply.wire(gzipped=taken)
    if method == "POST" and (own := asked.get(b"x-correlation-id")):
        headers = [*headers, (b"x-correlation-id", own)]
    if status == 200 and method != "POST" and _unchanged(reply, asked):
        status, body = 304, b""
        left_out = {b"content-encoding", b"content-type", b"content-length"}
        headers = [pair for pair in headers if pair[0] not in left_out]
    if embedded:  # these pages alone may be framed
        headers = [
            (name, IN_PAGE.encode() if name == _POLICY else value) for name, value in headers
        ]
    headers = [*headers, *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})
    return status


def _unchanged(reply: _Reply, asked: dict[bytes, bytes]) -> bool:
    """Whether the reader has it already; the digest decides before the time (RFC 9110, 13.2.2)."""
    wanted = asked.get(b"if-none-match")
    if wanted is not None:
        tags = {tag.strip().removeprefix(b"W/").replace(b'-g"', b'"') for tag in wanted.split(b",")}
        return reply.etag in tags or b"*" in tags
    since = asked.get(b"if-modified-since")
    if since is None or reply.modified is None:
        return False
    try:
        return parsedate_to_datetime(reply.modified.decode()) <= parsedate_to_datetime(
            since.decode("latin-1")
        )
    except (TypeError, ValueError):
        return False
