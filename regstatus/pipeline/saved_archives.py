"""Web archives that people saved, WARC and WACZ: the good answers of hosts in them.

What their own digests say is not whole, or not as it came, is told with its fault.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from base64 import b32encode, b64encode, urlsafe_b64encode
from contextlib import redirect_stderr
from datetime import UTC, datetime
from gzip import GzipFile
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from regstatus.base.errors import UsageError
from regstatus.base.safe import one_line
from regstatus.model.request import http_date
from regstatus.store.warc import warcio

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST = 50_000_000
"""Bytes of a file that are read, packed and unpacked."""
FIRST = datetime(1, 1, 1, tzinfo=UTC)
"""Stands for a day that nobody knows."""
_WEB = 1990
"""The year before which nobody saved a page."""


class Saved(NamedTuple):
    """A page in a file: its bytes, and what the file says of it."""

    file: str
    body: bytes
    url: str | None = None
    at: datetime | None = None
    """When it was saved, where the file says so."""
    content_type: str | None = None
    fault: str | None = None
    """Why it is known not to be whole; of a file that cannot be read, which has no body, why."""


def moment(said: str | None, form: str | None = None) -> datetime | None:
    """When a file says that it was saved, UTC; what no one can have saved then is no time."""
    try:
        if form is not None:
            at = datetime.strptime((said or "").strip(), form)  # noqa: DTZ007  (its zone is in the form)
        else:
            at = datetime.fromisoformat(str(said).replace("Z", "+00:00"))
        utc = at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return utc if utc.year >= _WEB else None


def earlier(*times: datetime | None) -> datetime | None:
    """The earliest of some times, of which some may not be known."""
    return min(filter(None, times), default=None)


def read_wacz(name: str, data: bytes) -> list[Saved]:
    """The pages of a WACZ file, a zip of WARC files and of their digests."""
    return _reading(name, "WACZ", lambda: _wacz(name, data))


def read_warc(name: str, file: IO[bytes]) -> list[Saved]:
    """The good answers in a WARC file, packed or not, the last of each address."""
    return _reading(name, "WARC", lambda: _warc(name, file))


def _reading(name: str, kind: str, read: Callable[[], list[Saved]]) -> list[Saved]:
    # A library says some things on standard error, with words of the file in them.
    try:
        with redirect_stderr(io.StringIO()):
            return read()
    except UsageError:
        raise
    except Exception as error:  # noqa: BLE001  (bytes from outside: the libraries may raise anything)
        reason = one_line(str(error) or type(error).__name__, 120)
        raise UsageError(f"{name}: cannot be read as a {kind} file: {reason}") from None


def _wacz(name: str, data: bytes) -> list[Saved]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        inner = [
            item
            for item in packed.infolist()
            if item.filename.lower().endswith((".warc", ".warc.gz"))
        ]
        if not inner:
            raise UsageError(f"{name}: a WACZ file without a WARC file in it")
        if sum(item.file_size for item in inner) > LARGEST:
            raise _too_much(name)
        digests, found = _digests(packed), list[Saved]()
        for item in inner:
            archive = packed.read(item)
            algorithm, _, told = digests.get(item.filename, "").partition(":")
            known = algorithm in {"sha256", "sha1", "sha512", "md5"}
            if known and hashlib.new(algorithm, archive).hexdigest() != told.lower():
                of = f"the digest of {one_line(item.filename, 80)}"
                raise UsageError(f"{name}: it is damaged: {of} is not the one in datapackage.json")
            found += _warc(f"{name}/{item.filename}", io.BytesIO(archive))
            if sum(len(page.body) for page in found) > LARGEST:
                raise _too_much(name)
        return found


def _digests(packed: zipfile.ZipFile) -> dict[str, str]:
    """The digests that a WACZ file gives its own files, such as `sha256:…`."""
    if "datapackage.json" not in packed.namelist():
        return {}
    with packed.open("datapackage.json") as file:
        listed = json.loads(file.read(LARGEST // 10)).get("resources") or ()
    return {str(item["path"]): str(item.get("hash") or "") for item in listed}


def _too_much(name: str) -> UsageError:
    return UsageError(f"{name}: holds more than the {LARGEST:,} bytes that are read")


class _Unpacked:
    """The bytes of a file, unpacked as they are read; where they are too many, an error."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        self._name, self._left = name, LARGEST
        self._stream = GzipFile(fileobj=file) if packed else file

    def read(self, size: int) -> bytes:
        return self.take(self._stream.read(size))

    def take(self, data: bytes) -> bytes:
        """The same bytes, counted."""
        self._left -= len(data)
        if self._left < 0:
            raise _too_much(self._name)
        return data


def _warc(name: str, file: IO[bytes]) -> list[Saved]:
    stream, found = _Unpacked(name, file), dict[str, Saved]()
    # In small blocks it would take hours over a line of millions of signs.
    kind = warcio("archiveiterator").ArchiveIterator
    records = kind(stream, check_digests=True, block_size=LARGEST // 50)
    for record in records:
        url, http = record.rec_headers.get_header("WARC-Target-URI"), record.http_headers
        if record.rec_type == "response" and http and url and http.get_statuscode() == "200":
            page = _answer(name, url, record, stream)
            if url not in found or (found[url].at or FIRST) <= (page.at or FIRST):
                found[url] = page
    if records.err_count:
        raise UsageError(f"{name}: it is damaged: a record does not end where it says")
    if not found:
        raise UsageError(f"{name}: a WARC file without a good answer of a host")
    return [*found.values()]


def _answer(name: str, url: str, record: Any, stream: _Unpacked) -> Saved:
    """The page that a host sent, which may be cut or damaged."""
    http, said = record.http_headers.get_header, record.rec_headers.get_header
    body = record.content_stream().read(LARGEST + 1)
    length, coded = http("Content-Length") or "", http("Content-Encoding")
    if coded:
        stream.take(body)
    whole = not (
        (length.isdigit() and not coded and len(body) < int(length))
        or said("WARC-Truncated")
        or http("Content-Range")
        or record.raw_stream.limit > 0
    )
    fault = None if whole else "it is cut short: the archive holds only a part of it"
    # Of what was coded on its way some take the payload's digest before that, and some after.
    parts = ("Block",) if coded or http("Transfer-Encoding") else ("Block", "Payload")
    if any(_differs(said(f"WARC-{part}-Digest"), record.raw_stream, part) for part in parts):
        fault = "it is damaged: its digest is not the one in the archive"
    at = earlier(moment(said("WARC-Date")), http_date(http("Memento-Datetime")))
    return Saved(name, body, url, at, http("Content-Type"), fault)


def _differs(told: str | None, stream: Any, part: str) -> bool:
    """Whether a digest, hexadecimal or in base 32 or 64, is not that of what was read."""
    digester = getattr(stream, f"{part.lower()}_digester", None)  # none of an unknown kind
    if digester is None or told is None:
        return False
    had = digester.digester.digest()
    forms = (had.hex().encode(), *(form(had) for form in (b32encode, b64encode, urlsafe_b64encode)))
    said = told.partition(":")[2].strip().rstrip("=").casefold()
    return said not in {form.decode().rstrip("=").casefold() for form in forms}
