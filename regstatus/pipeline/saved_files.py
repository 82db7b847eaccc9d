"""Files in which people saved pages of official hosts: HTML, PDF, MHTML, WARC, WACZ and data.

A browser writes into most of its files of which address they are, and web archives also when they
were had.
"""

from __future__ import annotations

import email.policy
import io
import re
import zipfile
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple

from regstatus.base.errors import UsageError
from regstatus.base.safe import one_line
from regstatus.fetch.hosts.link import canonical_link
from regstatus.store.warc import warcio

_LARGEST = 50_000_000
"""Bytes of a file, and of a record of an archive, that are read."""
_HEAD = 20_000
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d{1,6}\)(\S{1,4000})\s*-->")
_SINGLE_FILE = re.compile(
    rb"Page saved with SingleFile\s+url:\s*(\S{1,4000})\s+saved date:\s*([^\n(]{1,60})"
)
_WEB = 1990
"""The year before which nobody saved a page."""
FIRST = datetime(1, 1, 1, tzinfo=UTC)
"""Stands for a day that nobody knows."""
_NOT_PAGES = frozenset(
    {".css", ".js", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico", ".woff", ".woff2", ".toml"}
)


class Saved(NamedTuple):
    """A page in a file: its bytes, and what the file says of it."""

    file: str
    body: bytes
    url: str | None = None
    at: datetime | None = None
    """When it was saved, where the file says so."""
    content_type: str | None = None
    cut: str | None = None
    """Why it is known to be cut short."""


def read_folder(folder: Path) -> list[Saved]:
    """Every page in the files below a folder.

    Raises:
        UsageError: If there is no such folder, a file is too large, or an archive cannot be read.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder of saved pages")
    found: list[Saved] = []
    for file in sorted(folder.rglob("*")):
        if (
            file.is_file()
            and not file.name.startswith(".")
            and file.suffix.lower() not in _NOT_PAGES
        ):
            found += read_file(file)
    return found


def read_file(file: Path) -> list[Saved]:
    """The pages in one file: an HTML page, PDF or data; MHTML; WARC; WACZ."""
    try:
        size = file.stat().st_size
        if size > _LARGEST:
            raise UsageError(f"{file}: of {size:,} bytes, more than the {_LARGEST:,} that are read")
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror or error}") from None
    name, low = str(file), file.name.lower()
    if low.endswith(".wacz"):
        return _wacz(name, data)
    if low.endswith((".warc", ".warc.gz")):
        return _warc(name, data)
    if low.endswith((".mht", ".mhtml")):
        return [_mhtml(name, data)]
    return [_plain(name, data)]


def _plain(name: str, data: bytes) -> Saved:
    """A file as it is; a saved HTML page may say whose it is and when it was saved."""
    head, at = data[:_HEAD], None
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode()
    if single := _SINGLE_FILE.search(head):
        at = _moment(single[2].decode("ascii", "replace"), "%a %b %d %Y %H:%M:%S GMT%z")
    told = single or _SAVED_FROM.search(head)
    # A comment has the address as it is, or with `&amp;`.
    url = told[1].decode("utf-8", "replace").replace("&amp;", "&") if told else None
    return Saved(name, data, url or canonical_link(head), at)


def _moment(said: str | None, form: str | None = None) -> datetime | None:
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


def _mhtml(name: str, data: bytes) -> Saved:
    """The page itself out of a file of a browser that holds all parts of it."""
    whole = message_from_bytes(data, policy=email.policy.default)
    at = None
    with suppress(TypeError, ValueError):
        at = _moment(parsedate_to_datetime(str(whole["Date"])).isoformat())
    parts = [part for part in whole.walk() if not part.is_multipart()]
    url = whole["Snapshot-Content-Location"] or (parts[0]["Content-Location"] if parts else None)
    root = next(
        (part for part in parts if part["Content-Location"] == url), parts[0] if parts else None
    )
    body = root.get_payload(decode=True) if root is not None else None
    if not isinstance(body, bytes) or not url:
        raise UsageError(f"{name}: holds no page and its address: save it again, as HTML or PDF")
    kind = str(root["Content-Type"] if root else "text/html")
    open_ = any(isinstance(one, CloseBoundaryNotFoundDefect) for one in whole.defects)
    return Saved(
        name, body, str(url).strip(), at, kind, "its last part has no end" if open_ else None
    )


def _wacz(name: str, data: bytes) -> list[Saved]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            inner = [
                item
                for item in packed.infolist()
                if item.filename.lower().endswith((".warc", ".warc.gz"))
            ]
            if not inner:
                raise UsageError(f"{name}: a WACZ file without a WARC file in it")
            if sum(item.file_size for item in inner) > _LARGEST:
                raise UsageError(f"{name}: holds more than the {_LARGEST:,} bytes that are read")
            return [
                page
                for item in inner
                for page in _warc(f"{name}/{item.filename}", packed.read(item))
            ]
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError) as error:
        raise UsageError(
            f"{name}: cannot be read as a WACZ file: {one_line(str(error), 120)}"
        ) from None


def _warc(name: str, data: bytes) -> list[Saved]:
    """The good answers of a web archive's file, the last of each address."""
    iterator, found = warcio("archiveiterator").ArchiveIterator, dict[str, Saved]()
    try:
        for record in iterator(io.BytesIO(data)):
            http, said = record.http_headers, record.rec_headers
            url = said.get_header("WARC-Target-URI")
            if (
                record.rec_type != "response"
                or http is None
                or not url
                or http.get_statuscode() != "200"
            ):
                continue
            at = _moment(said.get_header("WARC-Date"))
            body = record.content_stream().read(_LARGEST)
            told = http.get_header("Content-Length") or ""
            short = (
                told.isdigit() and not http.get_header("Content-Encoding") and len(body) < int(told)
            )
            whole = not (
                short
                or said.get_header("WARC-Truncated")
                or http.get_header("Content-Range")
                or record.raw_stream.limit > 0
            )
            cut = None if whole else "the archive holds only a part of it"
            if url not in found or (found[url].at or FIRST) <= (at or FIRST):
                found[url] = Saved(name, body, url, at, http.get_header("Content-Type"), cut)
    except Exception as error:  # noqa: BLE001  (bytes from outside: the library may raise anything)
        reason = one_line(str(error) or type(error).__name__, 120)
        raise UsageError(f"{name}: cannot be read as a WARC file: {reason}") from None
    if not found:
        raise UsageError(f"{name}: a WARC file without a good answer of a host")
    return [*found.values()]
