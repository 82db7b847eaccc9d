"""The wire: one request, one reply. The only module that knows the HTTP library.

httpx is in its last release; httpx2 has the same names, so changing over is
the one import below.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections import Counter
from functools import lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, Self
from urllib.request import getproxies

import httpx  # noqa: TID251  (this is the one module that may)

from regstatus.fetch.address import host_of, is_private
from regstatus.fetch.body import ENCODINGS, Corrupt, Decoder, TooLarge
from regstatus.fetch.failure import Failure, Reply
from regstatus.model.words import Outcome

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path
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

_KEPT_OPEN = 256
"""Hosts whose connections stay open between two requests, besides those in use."""


class Wire:
    """A pool of connections; sends one GET and reads its answer within limits.

    It follows nothing, keeps no cookies and asks nothing twice: whoever calls
    decides on all of that.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        # Behind a proxy the peer is the proxy, whose address says nothing of the host.
        self._check_peer = not settings.allow_private and not getproxies()
        trust = _trust(settings.ca_file)
        self._client = httpx.AsyncClient(
            http2=True,
            verify=trust,
            # A proxy of the environment is the library's own affair.
            transport=None if getproxies() else _Pools(trust),
            follow_redirects=False,
            cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(
                settings.read_timeout, connect=settings.connect_timeout, pool=None
            ),
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=_KEPT_OPEN),
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

    async def get(
        self,
        url: str,
        headers: Mapping[str, str],
        *,
        limit: int,
        cut: bool = False,
        trusted: bool = False,
    ) -> Reply:
        """Ask once.

        Args:
            url: Where to connect.
            headers: Besides the client's own.
            limit: Most decoded bytes of a success.
            cut: Take the first `limit` bytes of a larger body, instead of failing.
            trusted: The address was given by the user (a route) and may be private.

        Raises:
            Failure: Named; never an exception of the library.
        """
        asked = self._client.stream("GET", url, headers=dict(headers))
        return await self._send(url, asked, limit=limit, cut=cut, trusted=trusted)

    async def query(
        self,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        *,
        limit: int,
        trusted: bool = False,
    ) -> Reply:
        """Post a question, once, and read its answer as `get` does.

        The question may hold keys, so the peer is looked at before the first byte goes out.

        Raises:
            Failure: Named; never an exception of the library.
        """
        guard = {"trace": _look_first} if self._check_peer and not trusted else {}
        asked = self._client.stream(
            "POST", url, headers=dict(headers), content=body, extensions=guard
        )
        return await self._send(url, asked, limit=limit, cut=False, trusted=trusted)

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Hand over a body, once; of the answer no more is kept than says why it was refused.

        What is sent cannot be taken back, so the peer is looked at before the first byte
        goes out, and not, as for `get`, when it has answered.

        Raises:
            Failure: Named; never an exception of the library.
        """
        guard = {"trace": _look_first} if self._check_peer else {}
        asked = self._client.stream(
            "POST", url, headers=dict(headers), content=body, extensions=guard
        )
        return await self._send(url, asked, limit=ERROR_PAGE, cut=True, trusted=False)

    async def _send(
        self, url: str, asked: _Asked, *, limit: int, cut: bool, trusted: bool
    ) -> Reply:
        host = host_of(url)
        try:
            async with asyncio.timeout(self._settings.deadline):
                return await self._exchange(asked, limit=limit, cut=cut, trusted=trusted)
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
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise _named(error, host) from error

    async def _exchange(self, asked: _Asked, *, limit: int, cut: bool, trusted: bool) -> Reply:
        async with asked as response:
            if self._check_peer and not trusted:
                self._check(response)
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
            if not cut and not _framed(response) and b"<html" in body and b"</html" not in body:
                raise Corrupt("it stops before the end of the page and did not say how long it is")
            return Reply(
                status=response.status_code,
                headers=tuple(
                    (name.lower().removeprefix(_KEPT), value)
                    for name, value in response.headers.multi_items()
                ),
                body=body,
            )

    @staticmethod
    def _check(response: httpx.Response) -> None:
        """Refuse an answer from inside our own network: a public name may resolve to it."""
        stream = response.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream is not None else None
        _refuse_private(peer, response.request.url.host)


class _Pools(httpx.AsyncBaseTransport):
    """A pool of connections for each host.

    The library's one pool looks through all of its connections again and again for each
    request: with two hundred hosts that took longer than everything else in a run.
    """

    def __init__(self, trust: ssl.SSLContext) -> None:
        self._trust = trust
        self._pools: dict[tuple[str, str, int | None], httpx.AsyncHTTPTransport] = {}
        self._busy: Counter[tuple[str, str, int | None]] = Counter()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request by the pool of its host."""
        host = (request.url.scheme, request.url.host, request.url.port)
        pool = self._pools.pop(host, None)
        if pool is None:
            await self._make_room()
            pool = httpx.AsyncHTTPTransport(verify=self._trust, http2=True)
        self._pools[host] = pool  # the one used last stands last
        self._busy[host] += 1
        try:
            response = await pool.handle_async_request(request)
        except BaseException:
            self._busy[host] -= 1
            raise
        assert isinstance(response.stream, httpx.AsyncByteStream)
        response.stream = _Watched(response.stream, lambda: self._busy.subtract([host]))
        return response

    async def _make_room(self) -> None:
        idle = [host for host in self._pools if not self._busy[host]]
        left = [self._pools.pop(host) for host in idle[: max(0, len(self._pools) + 1 - _KEPT_OPEN)]]
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


def _refuse_private(peer: object, host: str) -> None:
    if isinstance(peer, tuple) and is_private(str(peer[0])):
        problem = f"{host} resolves to the private address {peer[0]}, which is not asked."
        raise Failure(Outcome.REFUSED, problem, reached=False)


async def _look_first(event: str, info: Mapping[str, Any]) -> None:
    """Look at the peer of a new connection, before TLS and before the request."""
    if event == "connection.connect_tcp.complete":
        stream = info["return_value"]
        try:
            _refuse_private(stream.get_extra_info("server_addr"), "The host")
        except Failure:
            await stream.aclose()
            raise


@lru_cache(maxsize=4)
def _trust(ca_file: Path | None) -> ssl.SSLContext:
    """Whom to believe; read once, because loading the world's authorities takes a while."""
    trust = httpx.create_ssl_context()
    if ca_file is not None:
        trust.load_verify_locations(cafile=str(ca_file))
    return trust


def _framed(response: httpx.Response) -> bool:
    """Whether the answer says where it ends; else a lost connection looks like its end."""
    named = response.headers.keys() & {"content-length", "transfer-encoding"}
    return bool(named) or response.http_version == "HTTP/2"


async def _keep_from_library(response: httpx.Response) -> None:
    """Hide `Location` from the library, which would parse it, and fail, before we judge it."""
    if "location" in response.headers:
        response.headers[_KEPT + "location"] = response.headers.pop("location")


def _named(error: Exception, host: str) -> Failure:
    """The failure that an exception of the library or the system stands for."""
    causes = list(_causes(error))
    reached = not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
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
    if isinstance(error, httpx.ConnectError | httpx.ProxyError | OSError):
        problem = f"{host} refused the connection."
        return Failure(Outcome.REFUSED, problem, retry=True, reached=False)
    if isinstance(error, httpx.RemoteProtocolError) and "without sending a response" not in str(
        error
    ):
        problem = f"The answer of {host} broke off or is not HTTP: {error}."
        return Failure(Outcome.BROKEN, problem, retry=True)
    if isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError):
        return Failure(Outcome.REFUSED, f"{host} reset the connection.", retry=True)
    return Failure(Outcome.HTTP_ERROR, f"The address cannot be asked: {error}.")


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
