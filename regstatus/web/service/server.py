"""Server: uvicorn around the service, with the scheduled updates in the same process if asked."""

import asyncio
import os
import signal
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import FrameType
from typing import Any, ClassVar

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from regstatus.web.api.batch import MOST_BYTES, PATHS

_LONGEST = 65_536
"""Bytes of a request that has not ended."""
_IDLE = 15
"""Seconds that a connection may wait for its next request."""
_HEAD, _WHOLE = 10.0, 60.0
"""Seconds in which the headers of a request must have come, and all of it."""
_EACH = 100
"""Connections of one client at one time; a further one is closed."""
_TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


def serve(
    app: Starlette,
    *,
    host: str,
    port: int,
    trust_proxy: str | None = None,
    background: Callable[[], Callable[[], None]] | None = None,
    say: Callable[[str], None],
) -> int:
    """Serve until SIGINT or SIGTERM; answers under way and a run under way are finished first.

    Args:
        app: The service.
        host: Address to listen on.
        port: Port; 0 takes a free one.
        trust_proxy: Addresses of proxies whose word on the client's address is taken.
        background: Starts the scheduled updates and returns what ends them.
        say: Where one line for each event goes.

    Raises:
        OSError: If the address cannot be listened on.
    """
    own = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(of: Any) -> AsyncIterator[None]:
        end = background() if background else None
        async with own(of):
            yield
        if end:
            say("regstatus: finishing the run under way")
            end()

    app.router.lifespan_context = lifespan
    listening = _listen(host, port)
    name = listening.getsockname()
    at = f"[{name[0]}]" if ":" in name[0] else name[0]
    server = _Told(config(app, host=host, port=port, trust_proxy=trust_proxy))
    server.told = lambda: say(f"regstatus: serving http://{at}:{name[1]}/")
    server.run(sockets=[listening])
    return 0


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio turns off the delay of small packets (40 ms for
    # each answer) only on sockets that say that they are TCP.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere it would let two services share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(512)
    except (OSError, OverflowError, UnicodeError) as error:  # the last for what is no host's name
        listening.close()
        reason = getattr(error, "strerror", None) or error
        raise OSError(f"cannot listen on {host} port {port}: {reason}") from None
    return listening


def config(
    app: Starlette, *, host: str, port: int, trust_proxy: str | None = None
) -> uvicorn.Config:
    """The server's settings: quiet, bounded, and silent about what it is."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=_Bounded if trust_proxy is None else _Proxied,
        log_level="warning",
        access_log=False,
        use_colors=False,  # to choose, it would ask a standard output that may be closed
        server_header=False,
        proxy_headers=trust_proxy is not None,
        forwarded_allow_ips=trust_proxy or "127.0.0.1",
        timeout_keep_alive=_IDLE,
        limit_concurrency=1_000,
    )


class _Bounded(HttpToolsProtocol):
    """The parser of requests, which by itself would gather headers and trailers without end.

    A request that has not ended after so many bytes, or seconds, is let go: none that is answered is
    as long. The gate holds whole headers to a stricter limit. No client can take all connections.
    """

    most: ClassVar[int | None] = _EACH
    _of_client: ClassVar[Counter[str]] = Counter()
    _timer: asyncio.TimerHandle | None = None
    _peer = ""

    _gathered = 0
    _most = _LONGEST
    _chunk = 0
    _open = False
    _in_head = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._peer = (transport.get_extra_info("peername") or ("",))[0]
        self._of_client[self._peer] += 1
        if self.most is not None and self._of_client[self._peer] > self.most:
            transport.close()
        self._within(_HEAD)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._within(None)
        self._of_client[self._peer] -= 1
        if not self._of_client[self._peer]:
            del self._of_client[self._peer]

    def _within(self, seconds: float | None) -> None:
        """Close the connection unless what is awaited comes in time."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = (
            None if seconds is None else self.loop.call_later(seconds, self.transport.close)
        )

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._within(_HEAD)
        self._open = self._in_head = True
        self._most = _LONGEST
        # The chunk in which it begins may hold other requests before it.
        self._gathered = -self._chunk

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._within(_WHOLE)
        super().on_headers_complete()
        if self.scope["method"] == "POST" and self.scope["path"] in PATHS:
            # A batch that is somewhat too long is read to its end: else its sender hears no answer.
            self._most += 4 * MOST_BYTES

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._open = False
        self._within(None)

    def data_received(self, data: bytes) -> None:
        self._chunk = len(data)
        super().data_received(data)
        self._gathered += len(data)
        if self._open and self._gathered > self._most and not self.transport.is_closing():
            if self._in_head:
                self.transport.write(_TOO_LONG)
            self.transport.close()


class _Proxied(_Bounded):
    """The same behind a proxy, from which all connections come."""

    most = None


class _Told(uvicorn.Server):
    """A server that says where it listens: programs that start it wait for the line."""

    told: Callable[[], None]

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Finish what is under way; the second signal ends it at once, and a kill harms nothing."""
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, signal.SIG_DFL)
        super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.told()
