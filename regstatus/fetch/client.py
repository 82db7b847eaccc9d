"""One HTTP request, one reply. The only module that knows the HTTP library.

httpx is in its last release; httpx2 has the same names, so changing over is the one import below.
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import ssl
from collections import Counter
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.request import getproxies

import httpx  # noqa: TID251  (this is the one module that may)

from regstatus.base.address import host_of, is_private
from regstatus.fetch.certificates import load_trust
from regstatus.fetch.decompress import ENCODINGS, Corrupt, Decoder, TooLarge
from regstatus.fetch.failure import Failure, Reply
from regstatus.fetch.page_check.ending import lost_its_end
from regstatus.fetch.proxies import Proxies, Proxy
from regstatus.model.words import Outcome

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping
    from contextlib import AbstractAsyncContextManager
    from types import TracebackType

    from regstatus.fetch.settings import Settings

    _Asked = AbstractAsyncContextManager[httpx.Response]

ERROR_PAGE = 262_144
"""How much of a page that is no success is read, in bytes: enough to tell why."""

# The library logs every address at INFO, with the keys that some carry.
for _name in ("httpx", "httpcore"):
    if logging.getLogger(_name).level == logging.NOTSET:
        logging.getLogger(_name).setLevel(logging.WARNING)

_KEPT = "regstatus-kept-"
_TRUSTED, _OLD = "regstatus-trusted", "regstatus-http1"
_NEEDS_HTTP1 = {12, 13}
"""`INADEQUATE_SECURITY` and `HTTP_1_1_REQUIRED` (RFC 9113, 7)."""
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
"""What HTTP/2 lets a host put into a header, and no header that is kept may hold."""

_KEPT_OPEN = 256
"""Hosts whose connections stay open between two requests, besides those in use."""


class _Way(NamedTuple):
    """What the requests that may share a connection have in common."""

    scheme: str
    host: str
    port: int | None
    guarded: bool
    http2: bool


class HttpClient:
    """A pool of connections; sends one request and reads its answer within limits.

    It follows no redirect, keeps no cookies and does not retry: the caller decides on all of
    that. Nothing is sent to an address on a private network.

    Raises:
        UsageError: If the environment names a proxy or certificates that cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pools = _Pools(load_trust(settings.ca_file))
        self._old = set[str]()  # addresses that are asked for by HTTP/1.1 the next time
        self._client = httpx.AsyncClient(
            transport=self._pools,
            follow_redirects=False,
            cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(
                settings.read_timeout, connect=settings.connect_timeout, pool=None
            ),
            event_hooks={"response": [_keep_from_library]},
            headers={"User-Agent": settings.user_agent, "Accept-Encoding": ENCODINGS},
        )

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.__aexit__(kind, error, trace)

    async def send(
        self,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None = None,
        *,
        limit: int = ERROR_PAGE,
        cut: bool = False,
        trusted: bool = False,
    ) -> Reply:
        """Ask once: GET, or POST where there is a body.

        Args:
            url: Where to connect.
            headers: Besides the client's own.
            body: What to post.
            limit: Most decoded bytes of a success.
            cut: Take the first `limit` bytes of a larger answer, instead of failing.
            trusted: The address was given by the user (a route) and may be private.

        Raises:
            Failure: Named; never an exception of the library.
        """
        host = host_of(url)
        try:
            async with asyncio.timeout(self._settings.deadline):
                asked = self._client.stream(
                    "GET" if body is None else "POST",
                    url,
                    headers=dict(headers),
                    content=body,
                    extensions={
                        _TRUSTED: trusted or self._settings.allow_private,
                        _OLD: url in self._old,
                    },
                )
                return await self._exchange(asked, limit=limit, cut=cut)
        except TimeoutError:
            # Asking a host that drips again would cost the same time again.
            problem = f"{host} did not finish its answer within {self._settings.deadline:g} s."
            raise Failure(Outcome.TIMEOUT, problem) from None
        except TooLarge:
            problem = f"The answer of {host} is larger than {limit:,} bytes."
            raise Failure(Outcome.TOO_LARGE, problem) from None
        except Corrupt as error:
            problem = f"The answer of {host} cannot be decoded: {error}."
            raise Failure(Outcome.BROKEN, problem, retry=True) from None
        except (Failure, MemoryError):
            raise
        except Exception as error:
            # The library lets through what the ones below it raise for an answer that is none.
            if url not in self._old and _http2_failed(error):
                self._old.add(url)
            else:
                self._old.discard(url)
            raise _named(error, host, self._pools.proxies.of(url)) from error

    async def _exchange(self, asked: _Asked, *, limit: int, cut: bool) -> Reply:
        async with asked as response:
            if not 100 <= response.status_code <= 999:
                raise Corrupt(f"its status is {response.status_code}")
            if response.status_code != httpx.codes.OK:
                limit, cut = min(limit, ERROR_PAGE), True
            length = response.headers.get("content-length", "")
            if not cut and length.isdecimal() and int(length) > limit:
                raise TooLarge
            decoder = Decoder(response.headers.get("content-encoding", ""), limit, cut=cut)
            try:
                async for chunk in response.aiter_raw():
                    decoder.feed(chunk)
                    if decoder.full:
                        break
            except httpx.ReadError as error:
                raise Corrupt("the connection was cut in the middle") from error
            body = decoder.finish()
            if not cut and not _framed(response) and lost_its_end(body):
                raise Corrupt("it stops before the end of the page and did not say how long it is")
            return Reply(
                status=response.status_code,
                headers=tuple(
                    (name.lower().removeprefix(_KEPT), _CONTROLS.sub(" ", value))
                    for name, value in response.headers.multi_items()
                ),
                body=body,
            )


class _Pools(httpx.AsyncBaseTransport):
    """A pool of connections for each host.

    The library's one pool looks through all of its connections again and again for each
    request: with two hundred hosts that took longer than everything else in a run.
    """

    def __init__(self, trust: ssl.SSLContext) -> None:
        self._trust = trust
        self.proxies = Proxies(getproxies(), usable=self._open)
        self._pools: dict[_Way, httpx.AsyncHTTPTransport] = {}
        self._busy: Counter[_Way] = Counter()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request by the pool of its host."""
        url, name = request.url, host_of(str(request.url))
        proxy = self.proxies.of(str(url))
        # A proxy's address says nothing of the host: where a name leads is the proxy's to judge.
        guarded = proxy is None and not request.extensions.pop(_TRUSTED, False)
        if guarded:
            request.extensions["trace"] = partial(_look_first, name)
        http2 = not request.extensions.pop(_OLD, False)
        way = _Way(url.scheme, url.host, url.port, guarded, http2)
        pool = self._pools.pop(way, None)
        if pool is None:
            await self._make_room()
            pool = self._open(proxy.url if proxy else None, http2=way.http2)
        self._pools[way] = pool  # the one used last stands last
        self._busy[way] += 1
        try:
            response = await pool.handle_async_request(request)
        except BaseException:
            self._busy[way] -= 1
            raise
        assert isinstance(response.stream, httpx.AsyncByteStream)
        response.stream = _Watched(response.stream, lambda: self._busy.subtract([way]))
        if proxy and response.status_code == httpx.codes.PROXY_AUTHENTICATION_REQUIRED:
            await response.aclose()  # these are no words of the host
            raise httpx.ProxyError("407 Proxy Authentication Required")
        return response

    def _open(self, proxy: str | None, *, http2: bool = True) -> httpx.AsyncHTTPTransport:
        through = None
        if proxy is not None:
            secure = proxy.lower().startswith("https:")
            through = httpx.Proxy(proxy, ssl_context=self._trust if secure else None)
        return httpx.AsyncHTTPTransport(verify=self._trust, http2=http2, proxy=through)

    async def _make_room(self) -> None:
        idle = [way for way in self._pools if not self._busy[way]]
        left = [self._pools.pop(way) for way in idle[: max(0, len(self._pools) + 1 - _KEPT_OPEN)]]
        for pool in left:
            await pool.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        while self._pools:
            _, pool = self._pools.popitem()
            await pool.aclose()


class _Watched(httpx.AsyncByteStream):
    """A body, and what is to be done once it is closed."""

    def __init__(self, stream: httpx.AsyncByteStream, closed: Callable[[], None]) -> None:
        self._stream, self._closed = stream, closed

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._stream.__aiter__()

    async def aclose(self) -> None:
        try:
            await self._stream.aclose()
        finally:
            done, self._closed = self._closed, lambda: None
            done()


async def _look_first(host: str, event: str, info: Mapping[str, Any]) -> None:
    """Look at the peer of a new connection, before TLS and before the request.

    A public name may lead into our own network, and to another address each time it is asked
    for: so it is the connection itself that is looked at.
    """
    if event == "connection.connect_tcp.complete":
        stream = info["return_value"]
        peer = stream.get_extra_info("server_addr")
        if isinstance(peer, tuple) and is_private(str(peer[0])):
            await stream.aclose()
            problem = f"{host} resolves to the private address {peer[0]}, which is not asked."
            raise Failure(Outcome.REFUSED, problem, reached=False)


def _framed(response: httpx.Response) -> bool:
    """Whether the answer says where it ends; else a lost connection looks like its end."""
    named = response.headers.keys() & {"content-length", "transfer-encoding"}
    return bool(named) or response.http_version == "HTTP/2"


async def _keep_from_library(response: httpx.Response) -> None:
    """Hide `Location` from the library, which would parse it, and fail, before we judge it."""
    if "location" in response.headers:
        response.headers[_KEPT + "location"] = response.headers.pop("location")


def _named(error: Exception, host: str, proxy: Proxy | None = None) -> Failure:
    """The failure that an exception of the library or the system stands for."""
    causes = list(_causes(error))
    reached = not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError)
    if proxy and not reached and not any(isinstance(cause, ssl.SSLError) for cause in causes):
        why = f"answers {error}" if isinstance(error, httpx.ProxyError) else "cannot be reached"
        problem = f"{host} was not asked: the proxy of {proxy.variable} {why}."
        return Failure(Outcome.REFUSED, problem, retry=True, reached=False)
    failure = _of_host(error, causes, host, reached=reached)
    if proxy:  # what its own part in it was nobody can tell
        failure.problem = f"{failure.problem.rstrip('.')}, asked by the proxy of {proxy.variable}."
    return failure


def _of_host(error: Exception, causes: list[BaseException], host: str, *, reached: bool) -> Failure:
    for cause in causes:
        if isinstance(cause, socket.gaierror):
            again = cause.errno == socket.EAI_AGAIN
            problem = f"The name {host} could not be resolved."
            return Failure(Outcome.DNS, problem, retry=again, reached=False)
    if not reached:
        for cause in causes:
            if isinstance(cause, ssl.SSLCertVerificationError):
                problem = f"The certificate of {host} is not valid: {cause.verify_message}."
                return Failure(Outcome.TLS, problem, reached=False)
            if isinstance(cause, ssl.SSLError):
                why = (cause.reason or "unknown fault").replace("_", " ").lower()
                problem = f"No secure connection to {host} could be made: {why}."
                return Failure(Outcome.TLS, problem, reached=False)
    if isinstance(error, httpx.ConnectTimeout):
        problem = f"{host} did not accept a connection in time."
        return Failure(Outcome.TIMEOUT, problem, retry=True, reached=False)
    if isinstance(error, httpx.TimeoutException):
        return Failure(Outcome.TIMEOUT, f"{host} stopped answering.", retry=True)
    if isinstance(error, httpx.ConnectError | OSError):
        problem = f"{host} refused the connection."
        return Failure(Outcome.REFUSED, problem, retry=True, reached=False)
    if isinstance(error, httpx.NetworkError) or "without sending a response" in str(error):
        return Failure(Outcome.REFUSED, f"{host} reset the connection.", retry=True)
    ours = isinstance(error, httpx.LocalProtocolError | httpx.UnsupportedProtocol)
    if isinstance(error, httpx.InvalidURL | UnicodeError) or (ours and not _http2_failed(error)):
        # What is said of it may hold a key.
        problem = f"{host} cannot be asked: the address or a header is none that HTTP allows."
        return Failure(Outcome.HTTP_ERROR, problem)
    why = str(error) if isinstance(error, httpx.HTTPError) else type(error).__name__
    problem = f"The answer of {host} broke off or is not HTTP: {why}."
    return Failure(Outcome.BROKEN, problem, retry=True)


def _http2_failed(error: Exception) -> bool:
    """Whether the host's HTTP/2 is at fault, or not to its own taste; its HTTP/1.1 may serve."""
    causes = list(_causes(error))
    codes = {getattr(word, "error_code", None) for cause in causes for word in cause.args}
    unforeseen = not isinstance(error, httpx.HTTPError | httpx.InvalidURL | OSError | UnicodeError)
    broken = any(type(cause).__module__.startswith("h2.") for cause in causes)
    return broken or unforeseen or not codes.isdisjoint(_NEEDS_HTTP1)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and all that led to it, also inside groups."""
    seen: set[int] = set()
    todo = [error]
    while todo:
        one = todo.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        todo += [one.__cause__, one.__context__]
        if isinstance(one, BaseExceptionGroup):
            todo += one.exceptions
