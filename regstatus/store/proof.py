"""Whether the bytes of a file are those that were written, and of a format that is known here.

A JSON file has a seal (its digest) as its last line, a compressed file has one in its head.
A look-up reads them, so nothing here is slow to load.
"""

from __future__ import annotations

import json
import re

from regstatus.base.errors import LaterFormat, SnapshotError

# hashlib loads OpenSSL, in twice the time in which these prove half a megabyte. `random` of the
# standard library takes the same way, for the same reason.
try:
    from _sha2 import sha256  # from Python 3.12 on
except ImportError:
    try:
        from _sha256 import sha256
    except ImportError:  # a Python that was built without them
        from hashlib import sha256

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from typing import Any, TypeGuard

GZIP_HEAD = b"\x1f\x8b\x08\x04\x00\x00\x00\x00\x02\xff\x24\x00RS\x20\x00"
"""How a compressed file with a seal begins: no time, no name, one extra field (RFC 1952) of 32
bytes, which follow: the SHA-256 of all else."""

LARGEST = 512_000_000
"""Most bytes that a compressed file may unpack to; more is damage or malice."""

_NUMBER = re.compile(r"[1-9][0-9]{0,7}")
_BODY = len(GZIP_HEAD) + 32
_SEAL, _END = b',\n "seal": "', b'"\n}\n'
_LINE = len(_SEAL) + 64 + len(_END)


class NoFile(SnapshotError):  # noqa: N818  (reads as the fact it states)
    """Raised where a file that is asked for is not there."""


def file_error(error: OSError, path: object) -> SnapshotError:
    """What the system says of a file, as an error that names it."""
    kind = NoFile if isinstance(error, FileNotFoundError) else SnapshotError
    return kind(f"{path}: {error.strerror or error}")


def content(path: str | os.PathLike[str]) -> bytes:
    """What a file holds; `NoFile` if it is not there, a `SnapshotError` if it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise file_error(error, path) from None


def hexdigest(data: bytes) -> str:
    """SHA-256 in hex."""
    return str(sha256(data).hexdigest())


def is_digest(text: object) -> TypeGuard[str]:
    """Whether something is a SHA-256 in hex, in small letters."""
    return isinstance(text, str) and len(text) == 64 and not text.strip("0123456789abcdef")


def seal_line(body: bytes) -> bytes:
    """The last line of a JSON object whose bytes up to there are given: their digest."""
    return _SEAL + hexdigest(body).encode() + _END


def read_object(data: bytes, where: str, newest: str | None = None) -> dict[str, Any]:
    """Read a JSON object; if given, `newest` is the last format known, such as `regstatus-ledger/2`.

    Raises:
        LaterFormat: If its number is a later one; the text names the file by `where`.
        SnapshotError: If it is none, or of another format.
    """
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise SnapshotError(f"{where}: damaged: {error}") from None
    if not isinstance(value, dict):
        raise SnapshotError(f"{where}: damaged: not a JSON object")
    if newest is None:
        return value
    form = value.get("format")
    name, _, last = newest.partition("/")
    kind, _, number = form.partition("/") if isinstance(form, str) else ("", "", "")
    if kind != name or not _NUMBER.fullmatch(number):
        raise SnapshotError(f"{where}: damaged: not of the form {newest}")
    if int(number) > int(last):
        from regstatus.base.version import __version__

        raise LaterFormat(
            f"{where}: {form} was written by a later release of regstatus; this one, "
            f"{__version__}, knows {newest} at most. Upgrade regstatus to read it."
        )
    return value


def read_sealed(data: bytes, newest: str, where: str) -> dict[str, Any]:
    """Read a JSON object, of the format `newest` at most, that its seal proves; without the seal.

    The errors are those of `read_object`; a seal that does not fit is damage.
    """
    value = read_object(data, where, newest)
    if data[-_LINE:] != seal_line(data[:-_LINE]):
        raise SnapshotError(f"{where}: damaged: its seal does not fit what it holds")
    del value["seal"]
    return value


def unpacked(data: bytes, where: str, sha: str | None = None) -> bytes:
    """Decompress a file, whole; `sha` is the digest of what it must hold, if its name says it.

    Raises:
        SnapshotError: If it is damaged, or larger; the text names the file by `where`.
    """
    import zlib

    if data[:_BODY] != GZIP_HEAD + sha256(GZIP_HEAD + data[_BODY:]).digest():
        raise SnapshotError(f"{where}: damaged: its seal does not fit what it holds")
    unpacking = zlib.decompressobj(wbits=31)
    try:
        found = unpacking.decompress(data, LARGEST)
    except zlib.error as error:
        raise SnapshotError(f"{where}: damaged: {error}") from None
    if not unpacking.eof or unpacking.unused_data:
        raise SnapshotError(f"{where}: damaged: it does not end where it should; no digest fits")
    if sha is not None and hexdigest(found) != sha:
        raise SnapshotError(f"{where}: damaged: its digest is not the one in its name")
    return found
