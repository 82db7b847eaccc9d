"""Files in which people saved pages of official hosts: HTML, PDF, MHTML, web archives and data.

A browser writes into most of its files of which address they are, and web archives also when they
were had.
"""

from __future__ import annotations

import email.policy
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect
from email.utils import parsedate_to_datetime
from pathlib import Path

from regstatus.base.address import host_of, may_go
from regstatus.base.errors import UsageError
from regstatus.base.safe import one_line
from regstatus.fetch.hosts.link import canonical_link
from regstatus.pipeline.saved_archives import LARGEST, Saved, earlier, moment, read_wacz, read_warc

_HEAD = 20_000
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d{1,6}\)(\S{1,4000})\s*-->")
_SINGLE_FILE = re.compile(
    rb"Page saved with SingleFile\s+url:\s*(\S{1,4000})\s+saved date:\s*([^\n(]{1,60})"
)
_WOMBAT = re.compile(rb"""__wm\.wombat\(["'](\S{1,4000}?)["'],\s?["'](\d{14})["']""")
"""What the Internet Archive writes into the head of a capture: its address and its time."""
_CAPTURE = re.compile(r"https://web\.archive\.org/web/(\d{14})(?:[a-z]{2}_)?/(https?://.+)")
_NOT_PAGES = frozenset(
    {".css", ".js", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico", ".woff", ".woff2", ".toml"}
)


def read_folder(folder: Path) -> list[Saved]:
    """Every page in the files below a folder, and each file that cannot be read, with its fault.

    Raises:
        UsageError: If there is no such folder.
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
            try:
                found += read_file(file)
            except UsageError as error:
                found.append(Saved(str(file), b"", fault=str(error).removeprefix(f"{file}: ")))
    return found


def read_file(file: Path) -> list[Saved]:
    """The pages in one file: an HTML page, PDF or data; MHTML; WARC; WACZ.

    Raises:
        UsageError: If it cannot be read, is damaged, or is too large.
    """
    return [_captured(page) for page in _pages(file)]


def _captured(page: Saved) -> Saved:
    """A web archive's capture is of the address, and of the day, that the archive's own address tells."""
    if page.url is None or not page.url.lower().startswith(("http://", "https://")):
        return page._replace(url=None)
    if not (capture := _CAPTURE.fullmatch(page.url)):
        return page
    return page._replace(url=capture[2], at=earlier(page.at, moment(capture[1], "%Y%m%d%H%M%S")))


def _pages(file: Path) -> list[Saved]:
    try:
        size = file.stat().st_size
        if size > LARGEST:
            raise UsageError(f"{file}: of {size:,} bytes, more than the {LARGEST:,} that are read")
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror or error}") from None
    name, low = str(file), file.name.lower()
    if low.endswith(".wacz"):
        return read_wacz(name, data)
    if low.endswith((".warc", ".warc.gz")):
        return read_warc(name, io.BytesIO(data))
    if low.endswith((".mht", ".mhtml")):
        return [_mhtml(name, data)]
    return [_plain(name, data)]


def _plain(name: str, data: bytes) -> Saved:
    """A file as it is; a saved HTML page may say whose it is and when it was saved."""
    head, at = data[:_HEAD], None
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode()
    if single := _SINGLE_FILE.search(head):
        at = moment(single[2].decode("ascii", "replace"), "%a %b %d %Y %H:%M:%S GMT%z")
    wombat = _WOMBAT.search(head)
    if wombat:
        at = earlier(at, moment(wombat[2].decode(), "%Y%m%d%H%M%S"))
    told = wombat or single or _SAVED_FROM.search(head)
    # A comment has the address as it is, or with `&amp;`.
    url = told[1].decode("utf-8", "replace").replace("&amp;", "&") if told else None
    # A `canonical` link names a page, and not by which scheme it came.
    link = re.sub("^http:", "https:", canonical_link(head) or "", flags=re.IGNORECASE)
    return Saved(name, data, url or link or None, at)


def _mhtml(name: str, data: bytes) -> Saved:
    """The page itself out of a file of a browser that holds all parts of it."""
    whole = message_from_bytes(data, policy=email.policy.default)
    at = None
    with suppress(TypeError, ValueError):
        at = moment(parsedate_to_datetime(str(whole["Date"])).isoformat())
    parts = [part for part in whole.walk() if not part.is_multipart()]
    url = whole["Snapshot-Content-Location"] or (parts[0]["Content-Location"] if parts else None)
    root = next(
        (part for part in parts if part["Content-Location"] == url), parts[0] if parts else None
    )
    body = root.get_payload(decode=True) if root is not None else None
    if not isinstance(body, bytes) or root is None or not url:
        raise UsageError(f"{name}: holds no page and its address: save it again, as HTML or PDF")
    there = str(root["Content-Location"] or url).strip()
    with suppress(ValueError):
        if host_of(there) and not may_go(str(url).strip(), there, ()):
            other = one_line(host_of(there), 120)
            raise UsageError(f"{name}: its page is of another host, {other}, than the file says")
    kind = str(root["Content-Type"] or "text/html")
    open_ = any(isinstance(one, CloseBoundaryNotFoundDefect) for one in whole.defects)
    return Saved(
        name,
        body,
        str(url).strip(),
        at,
        kind,
        "it is cut short: its last part has no end" if open_ else None,
    )
