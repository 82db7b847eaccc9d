"""Decompression with a limit: a small answer must not become a large one unseen."""

from __future__ import annotations

import zlib

from regstatus.model.media import GZIP, is_plain

ENCODINGS = "gzip, deflate"
"""What we ask for: only what this module can undo."""
_OTHERS = frozenset("br zstd compress x-compress dcb dcz exi pack200-gzip aes128gcm".split())  # noqa: SIM905
"""The other codings that there are: no body in them is plain."""
_MOST = 4
"""Codings that may lie on top of one another, less one."""
_HEAD = 512
"""Bytes that are looked at to tell a plain body from a packed one."""


class TooLarge(Exception):  # noqa: N818  (never leaves the package; reads as the fact)
    """Raised as soon as the decoded body passes the limit."""


class Corrupt(Exception):  # noqa: N818  (the same)
    """Raised where compressed data is damaged, cut short or in a coding that was not asked for."""


class Decoder:
    """Undoes what `Content-Encoding` says, never holding more than the limit.

    Hosts write there what is no coding at all (`UTF-8`, `none`); a body that is plain by its
    first bytes is taken as it is then.

    Args:
        encoding: The header's value: codings in the order in which they were applied.
        limit: Most decoded bytes; one more raises `TooLarge`.
        cut: Stop quietly at the limit instead (error pages, robots.txt).
    """

    def __init__(self, encoding: str, limit: int, *, cut: bool = False) -> None:
        names = [name.strip().lower() for name in encoding.split(",")]
        *inner, self._name = [name for name in names if name not in {"", "identity"}] or [""]
        if self._name in _OTHERS or len(inner) >= _MOST:
            raise self._unasked()
        self._inner = Decoder(",".join(inner), limit, cut=cut) if inner else None
        self._known = self._name in {"gzip", "x-gzip", "deflate"}
        self._limit = limit
        self._cut = cut
        self._zlib: zlib._Decompress | None = None
        self._early = b""
        self._plain = not self._name
        self._whole = True
        self._parts: list[bytes] = []
        self._size = 0

    @property
    def full(self) -> bool:
        """Whether a cut body has all that it may have; no need to read on."""
        return self._cut and self._size >= self._limit

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes as they were received."""
        if self._plain:
            self._keep(chunk)
            return
        chunk, self._early = self._early + chunk, b""
        if self._zlib is None and len(chunk) < (len(GZIP) if self._known else _HEAD):
            self._early = chunk
            self._whole = not (self._known and chunk)
            return
        if not self._known:
            self._take_as_plain(chunk)
            return
        try:
            if self._zlib is None:
                self._zlib = self._start(chunk)
            self._inflate(chunk)
        except zlib.error as error:
            raise Corrupt("its compressed body is damaged") from error

    def finish(self) -> bytes:
        """The body; raises `Corrupt` if compressed data stopped short."""
        if not self._known and not self._plain:
            self._take_as_plain(self._early)
        if not self._whole and not self.full:
            raise Corrupt("its compressed body stops before the end")
        return b"".join(self._parts) if self._inner is None else self._inner.finish()

    def _unasked(self) -> Corrupt:
        return Corrupt(f"it came in the coding {self._name}, which was not asked for")

    def _take_as_plain(self, head: bytes) -> None:
        if head and not is_plain(head):
            raise self._unasked()
        self._plain = True
        self._keep(head)

    def _start(self, head: bytes) -> zlib._Decompress:
        if self._name != "deflate":
            return zlib.decompressobj(16 + zlib.MAX_WBITS)
        # The first two bytes tell zlib's form from the bare one.
        wrapped = head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0
        return zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)

    def _inflate(self, data: bytes) -> None:
        while data and not self.full:
            assert self._zlib is not None
            if self._zlib.eof:
                if len(data) < len(GZIP):
                    self._early = data
                    return
                if self._name == "deflate" or not data.startswith(GZIP):
                    return  # padding after the last member
                self._zlib = self._start(data)
            self._keep(self._zlib.decompress(data, self._limit - self._size + 1))
            self._whole = self._zlib.eof
            data = self._zlib.unused_data if self._zlib.eof else self._zlib.unconsumed_tail

    def _keep(self, decoded: bytes) -> None:
        self._size += len(decoded)
        if self._size > self._limit:
            if not self._cut:
                raise TooLarge
            decoded = decoded[: len(decoded) - (self._size - self._limit)]
            self._size = self._limit
        if self._inner is not None:
            self._inner.feed(decoded)
        elif decoded:
            self._parts.append(decoded)
