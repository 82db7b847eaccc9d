"""Decompression with a limit: a small answer must not become a large one unseen."""

import zlib

from regstatus.model.media import GZIP, is_plain

ENCODINGS = "gzip, deflate"
"""What we ask for: only what this module can undo."""
_KNOWN = frozenset({"gzip", "x-gzip", "deflate"})
_OTHERS = frozenset("br zstd compress x-compress dcb dcz exi pack200-gzip aes128gcm".split())  # noqa: SIM905
"""The other codings that there are: no body in them is plain."""
_MOST = 4
"""Codings that may lie on top of one another."""
_HEAD = 512
"""Bytes that are looked at to tell a plain body from a packed one."""


class TooLarge(Exception):  # noqa: N818  (never leaves the package; reads as the fact)
    """Raised where the decoded body passes the limit."""


class Corrupt(Exception):  # noqa: N818  (the same)
    """Raised where compressed data is damaged, cut short or in a coding that was not asked for."""


def unpack(body: bytes, encoding: str, limit: int, *, cut: bool = False) -> bytes:
    """Undo what `Content-Encoding` says, never holding much more than the limit.

    Hosts write there what is no coding at all (`UTF-8`, `none`); a body that is plain by its
    first bytes is taken as it is then. Of a body of more than `limit` bytes the end was not read.
    Where `cut`, what fits within the limit is taken (error pages, robots.txt).
    """
    names = [name.strip().lower() for name in encoding.split(",")]
    names = [name for name in reversed(names) if name not in {"", "identity"}]
    for name in names:
        odd = name not in _KNOWN and body and not is_plain(body[:_HEAD])
        if odd or name in _OTHERS or len(names) > _MOST:
            raise Corrupt(f"it came in the coding {name}, which was not asked for")
        if name in _KNOWN:
            body = _inflate(body, name, limit, cut=cut)
    if len(body) > limit and not cut:
        raise TooLarge
    return body[:limit]


def _inflate(data: bytes, name: str, limit: int, *, cut: bool) -> bytes:
    """All members of compressed data; where cut, up to one byte beyond the limit."""
    parts: list[bytes] = []
    room = limit + 1
    may_stop = cut and len(data) > limit
    window = 16 + zlib.MAX_WBITS
    if name == "deflate":  # whose first two bytes tell zlib's form from the bare one
        wrapped = data[:1] and data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
        window = zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS
    while data and room:
        member = zlib.decompressobj(window)
        try:
            parts.append(member.decompress(data, room))
        except zlib.error as error:
            raise Corrupt("its compressed body is damaged") from error
        room -= len(parts[-1])
        if room and not member.eof and not may_stop:
            raise Corrupt("its compressed body stops before the end")
        data = member.unused_data
        if name == "deflate" or not data.startswith(GZIP):
            break  # padding after the last member
    if not room and not cut:
        raise TooLarge
    return b"".join(parts)
