"""One HTTP request, one reply. The only module that knows the HTTP library.

httpx is in its last release; httpx2 has the same names, so changing over is the imports below.
"""

import asyncio
import logging
import re
import socket
import ssl
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager
from functools import partial
from typing import Any
from urllib.request import getproxies

import httpcore
import httpx  # noqa: TID251  (this is the one module that may)

from regstatus.base.address import host_of, is_private
from regstatus.fetch.decompress import ENCODINGS, Corrupt, TooLarge, unpack
from regstatus.fetch.environment import Proxies, Proxy, load_trust
from regstatus.fetch.failure import BadAnswer, Reply, refused, too_large
from regstatus.fetch.page_check.shape import lost_its_end
from regstatus.fetch.settings import Settings
from regstatus.model.words import Outcome

ERROR_PAGE = 262_144
"""How much of a page that is no success is read, in bytes: enough to tell why."""

# At DEBUG the library logs every address, with the keys that some carry.
if logging.getLogger("httpcore").level == logging.NOTSET:
    logging.getLogger("httpcore").setLevel(logging.WARNING)

_NEEDS_HTTP1 = {12, 13}
"""`INADEQUATE_SECURITY` and `HTTP_1_1_REQUIRED` (RFC 9113, 7)."""
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
"""What HTTP/2 lets a host put into a header, and no header that is kept may hold."""
_KEPT_OPEN, _IDLE = 256, 5.0
"""Connections that stay open between two requests, besides those in use, and for how many seconds."""
_Way = tuple[str, str, int | None, bool, bool]
"""What two requests must share to share a connection: scheme, host, port, guards, HTTP/2."""


class HttpClient:
    """Sends one request and reads its answer within limits, on a connection that it keeps open.

    It follows no redirect, keeps no cookies and does not retry: the caller decides on all of
    that. Nothing is sent to an address on a private network.

    The library's one pool looks through all of its connections again and again for each request:
    with two hundred hosts that took longer than all else in a run. So they are kept here.

    Raises `UsageError` if the environment names a proxy or certificates that cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._sent = httpx.Headers({"Accept": "*/*", "Accept-Encoding": ENCODINGS})
        self._sent.update({"Connection": "keep-alive", "User-Agent": settings.user_agent})
        patience = httpx.Timeout(settings.read_timeout, connect=settings.connect_timeout)
        self._patience = patience.as_dict()
        self._trust = load_trust(settings.ca_file)
        self._proxies = Proxies(getproxies(), usable=self._open)
        self._idle: dict[_Way, httpx.AsyncHTTPTransport] = {}  # the one used last stands last
        self._old = set[str]()  # addresses that are asked for by HTTP/1.1 the next time

    async def aclose(self) -> None:
        """Close every connection."""
        for connection in self._idle.values():
            await connection.aclose()

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
        """Ask once: GET, or POST where there is a body; whatever goes wrong is a `BadAnswer`.

        A success may have `limit` decoded bytes; where `cut`, the first of a larger one are taken.
        A `trusted` address was given by the user (a route) and may be private.
        """
        host, proxy = host_of(url), self._proxies.of(url)
        # A proxy's address says nothing of the host: where a name leads is the proxy's to judge.
        guarded = not (proxy or trusted or self._settings.allow_private)
        try:
            async with asyncio.timeout(self._settings.deadline):
                request = self._request(url, headers, body)
                if guarded:
                    request.extensions["trace"] = partial(_look_first, host)
                to, http2 = request.url, url not in self._old
                way = (to.scheme, to.host, to.port, guarded, http2)
                async with self._connection(way, proxy, http2=http2) as connection:
                    answer = await connection.handle_async_request(request)
                    async with aclosing(answer):
                        return await _read(answer, limit, cut=cut, proxied=proxy is not None)
        except TimeoutError:
            # Asking a host that drips again would cost the same time again.
            problem = f"{host} did not finish its answer within {self._settings.deadline:g} s."
            raise BadAnswer(problem, Outcome.TIMEOUT) from None
        except TooLarge:
            raise too_large(f"The answer of {host} is larger than {limit:,} bytes.") from None
        except Corrupt as error:
            raise BadAnswer(
                f"The answer of {host} cannot be decoded: {error}.", retry=True
            ) from None
        except (BadAnswer, MemoryError):
            raise
        except Exception as error:
            # The library lets through what the ones below it raise for an answer that is none.
            if url not in self._old and _http2_failed(error):
                self._old.add(url)
            else:
                self._old.discard(url)
            raise _named(error, host, proxy) from error

    def _request(self, url: str, headers: Mapping[str, str], body: bytes | None) -> httpx.Request:
        sent, method = self._sent.copy(), "GET" if body is None else "POST"
        sent.update(headers)
        patience = {"timeout": self._patience}
        return httpx.Request(method, url, headers=sent, content=body, extensions=patience)

    @asynccontextmanager
    async def _connection(
        self, way: _Way, proxy: Proxy | None, *, http2: bool
    ) -> AsyncIterator[httpx.AsyncHTTPTransport]:
        """A connection, which nobody else uses or closes meanwhile."""
        kept = self._idle.pop(way, None)
        connection = kept or self._open(proxy.url if proxy else None, http2=http2)
        try:
            yield connection
        except BaseException:
            await connection.aclose()
            raise
        if self._idle.setdefault(way, connection) is not connection:
            await connection.aclose()
        elif len(self._idle) > _KEPT_OPEN:
            await self._idle.pop(next(iter(self._idle))).aclose()

    def _open(self, proxy: str | None, *, http2: bool = True) -> httpx.AsyncHTTPTransport:
        if proxy is None:
            return _Direct(self._trust, http2=http2)
        secure = proxy.lower().startswith("https:")
        through = httpx.Proxy(proxy, ssl_context=self._trust if secure else None)
        return httpx.AsyncHTTPTransport(verify=self._trust, http2=http2, proxy=through)


class _Direct(httpx.AsyncHTTPTransport):
    """A connection to one host; the library's pools take as long again as the request."""

    def __init__(self, trust: ssl.SSLContext, *, http2: bool) -> None:
        self._pool: Any = self  # what the library hands its own kind of request to
        self._new = partial(
            httpcore.AsyncHTTPConnection, ssl_context=trust, http2=http2, keepalive_expiry=_IDLE
        )
        self._one: httpcore.AsyncHTTPConnection | None = None

    async def handle_async_request(self, request: Any) -> Any:
        if isinstance(request, httpx.Request):
            return await super().handle_async_request(request)
        while True:
            if self._one is None or self._one.has_expired():
                await self.aclose()
                self._one = self._new(request.url.origin)
            try:
                return await self._one.handle_async_request(request)
            except httpcore.ConnectionNotAvailable:
                await self.aclose()

    async def aclose(self) -> None:
        one, self._one = self._one, None
        if one is not None:
            await one.aclose()


async def _read(answer: httpx.Response, limit: int, *, cut: bool, proxied: bool) -> Reply:
    if proxied and answer.status_code == httpx.codes.PROXY_AUTHENTICATION_REQUIRED:
        # These are no words of the host.
        raise httpx.ProxyError("407 Proxy Authentication Required")
    if not 100 <= answer.status_code <= 999:
        raise Corrupt(f"its status is {answer.status_code}")
    part = cut and answer.status_code == httpx.codes.OK
    if answer.status_code != httpx.codes.OK:
        limit, cut = min(limit, ERROR_PAGE), True
    length = answer.headers.get("content-length", "")
    if not cut and length.isdecimal() and int(length) > limit:
        raise TooLarge
    received = bytearray()
    try:
        async for chunk in answer.aiter_raw():
            received += chunk
            if len(received) > limit:
                break
    except httpx.ReadError as error:
        raise Corrupt("the connection was cut in the middle") from error
    if len(received) > limit and not cut:
        raise TooLarge
    body = unpack(bytes(received), answer.headers.get("content-encoding", ""), limit, cut=cut)
    # Where an answer does not say where it ends, a lost connection looks like its end.
    framed = answer.headers.keys() & {"content-length", "transfer-encoding"}
    if not (cut or framed or answer.http_version == "HTTP/2") and lost_its_end(body):
        raise Corrupt("it stops before the end of the page and did not say how long it is")
    headers = answer.headers.multi_items()
    return Reply(
        status=answer.status_code,
        headers=tuple((name.lower(), _CONTROLS.sub(" ", value)) for name, value in headers),
        body=body,
        cut=part and max(len(received), len(body)) >= limit,
    )


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
            raise refused(problem, reached=False)


def _named(error: Exception, host: str, proxy: Proxy | None) -> BadAnswer:
    """What an exception of the library or the system stands for."""
    causes = list(_causes(error))
    reached = not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError)
    if proxy and not reached and not any(isinstance(cause, ssl.SSLError) for cause in causes):
        why = f"answers {error}" if isinstance(error, httpx.ProxyError) else "cannot be reached"
        problem = f"{host} was not asked: the proxy of {proxy.variable} {why}."
        return BadAnswer(problem, Outcome.REFUSED, retry=True, reached=False)
    failure = _of_host(error, causes, host, reached=reached)
    if proxy:  # what its own part in it was nobody can tell
        failure.problem = f"{failure.problem.rstrip('.')}, asked by the proxy of {proxy.variable}."
    return failure


def _of_host(
    error: Exception, causes: list[BaseException], host: str, *, reached: bool
) -> BadAnswer:
    for cause in causes:
        if isinstance(cause, socket.gaierror):
            problem = f"The name {host} could not be resolved."
            again = cause.errno == socket.EAI_AGAIN
            return BadAnswer(problem, Outcome.DNS, retry=again, reached=False)
        if isinstance(cause, ssl.SSLError) and not reached:
            why = (cause.reason or "unknown fault").replace("_", " ").lower()
            problem = f"No secure connection to {host} could be made: {why}."
            if isinstance(cause, ssl.SSLCertVerificationError):
                problem = f"The certificate of {host} is not valid: {cause.verify_message}."
            return BadAnswer(problem, Outcome.TLS, reached=False)
    if isinstance(error, httpx.ConnectTimeout):
        problem = f"{host} did not accept a connection in time."
        return BadAnswer(problem, Outcome.TIMEOUT, retry=True, reached=False)
    if isinstance(error, httpx.TimeoutException):
        return BadAnswer(f"{host} stopped answering.", Outcome.TIMEOUT, retry=True)
    if isinstance(error, httpx.ConnectError | OSError):
        problem = f"{host} refused the connection."
        return BadAnswer(problem, Outcome.REFUSED, retry=True, reached=False)
    if isinstance(error, httpx.NetworkError) or "without sending a response" in str(error):
        return BadAnswer(f"{host} reset the connection.", Outcome.REFUSED, retry=True)
    ours = isinstance(error, httpx.LocalProtocolError | httpx.UnsupportedProtocol)
    if isinstance(error, httpx.InvalidURL | UnicodeError) or (ours and not _http2_failed(error)):
        # What is said of it may hold a key.
        problem = f"{host} cannot be asked: the address or a header is none that HTTP allows."
        return BadAnswer(problem, Outcome.HTTP_ERROR)
    why = str(error) if isinstance(error, httpx.HTTPError) else type(error).__name__
    return BadAnswer(f"The answer of {host} broke off or is not HTTP: {why}.", retry=True)


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
