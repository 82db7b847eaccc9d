"""Decompression with a limit: a small answer must not become a large one unseen."""

from __future__ import annotations

import zlib

ENCODINGS = "gzip, deflate"
"""What we ask for: only what this module can undo."""


class TooLarge(Exception):  # noqa: N818  (never leaves the package; reads as the fact)
    """Raised as soon as the decoded body passes the limit."""


class Corrupt(Exception):  # noqa: N818  (the same)
    """Raised where compressed data is damaged, cut short or in a coding that was not asked for."""


class Decoder:
    """Undoes one `Content-Encoding`, never holding more than the limit.

    Args:
        encoding: The header's value; empty or `identity` passes bytes through.
        limit: Most decoded bytes; one more raises `TooLarge`.
        cut: Stop quietly at the limit instead (error pages, robots.txt).
    """

    def __init__(self, encoding: str, limit: int, *, cut: bool = False) -> None:
        name = encoding.strip().lower()
        if name not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise Corrupt(f"it came in the coding {name}, which was not asked for")
        self._name = "" if name == "identity" else name
        self._limit = limit
        self._cut = cut
        self._zlib: zlib._Decompress | None = None
        self._early = b""
        self._whole = True
        self._parts: list[bytes] = []
        self._size = 0

    @property
    def full(self) -> bool:
        """Whether a cut body has all that it may have; no need to read on."""
        return self._cut and self._size >= self._limit

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes from the wire."""
        if not self._name:
            self._keep(chunk)
            return
        chunk, self._early = self._early + chunk, b""
        if self._zlib is None:
            if len(chunk) < 2:  # the first two bytes tell zlib's form from the bare one
                self._early = chunk
                self._whole = not chunk
                return
            self._zlib = self._start(chunk)
        try:
            self._inflate(chunk)
        except zlib.error as error:
            raise Corrupt("its compressed body is damaged") from error

    def finish(self) -> bytes:
        """The body; raises `Corrupt` if compressed data stopped short."""
        if not self._whole and not self.full:
            raise Corrupt("its compressed body stops before the end")
        return b"".join(self._parts)

    def _start(self, head: bytes) -> zlib._Decompress:
        if self._name != "deflate":
            return zlib.decompressobj(16 + zlib.MAX_WBITS)
        wrapped = head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0
        return zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)

    def _inflate(self, data: bytes) -> None:
        while data and not self.full:
            assert self._zlib is not None
            if self._zlib.eof:
                if len(data) < 2:
                    self._early = data
                    return
                if self._name == "deflate" or not data.startswith(b"\x1f\x8b"):
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
        if decoded:
            self._parts.append(decoded)
