"""Pages that people saved from official hosts: files of a folder, as the pages of a run.

A browser writes into most of its files of which address they are, and web archives also when they
were had. A file proves what the text said on the day on which it was saved, and nothing later.
"""

from __future__ import annotations

import email.policy
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urldefrag

from regstatus.base.errors import UsageError
from regstatus.base.safe import one_line
from regstatus.fetch.failure import BadAnswer, Reply
from regstatus.fetch.page_check.classify import check_page
from regstatus.model.request import Request
from regstatus.model.text import BROUGHT, Page
from regstatus.model.words import Outcome
from regstatus.store.warc import warcio

_LARGEST = 50_000_000
"""Bytes of a file, and of a record of an archive, that are read."""
_HEAD = 20_000
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d{1,6}\)(\S{1,4000})\s*-->")
_SINGLE_FILE = re.compile(
    rb"Page saved with SingleFile\s+url:\s*(\S{1,4000})\s+saved date:\s*([^\n(]{1,60})"
)
CANONICAL = re.compile(
    rb"""<link\b(?=[^>]{0,2000}\brel\s*=\s*["']?canonical\b)[^>]{0,2000}?\bhref\s*=\s*["']?([^"'\s>]{1,4000})""",
    re.IGNORECASE,
)
"""Where a page says that it lies."""
_KEY = re.compile(r"\\\{env:[A-Z0-9_]{1,80}\\\}")
_WEB = 1990
"""The year before which nobody saved a page."""
_FIRST = datetime(1, 1, 1, tzinfo=UTC)
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
    if single := _SINGLE_FILE.search(head):
        at = _moment(single[2].decode("ascii", "replace"), "%a %b %d %Y %H:%M:%S GMT%z")
    told = single or _SAVED_FROM.search(head)
    found = told or CANONICAL.search(head)
    url = found[1].decode("utf-8", "replace") if found else None
    # A comment has the address as it is, or with `&amp;`; an attribute has names of characters.
    return Saved(name, data, url and (url.replace("&amp;", "&") if told else unescape(url)), at)


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
            if url not in found or _age(found[url]) <= (at or _FIRST):
                found[url] = Saved(name, body, url, at, http.get_header("Content-Type"), cut)
    except Exception as error:  # noqa: BLE001  (bytes from outside: the library may raise anything)
        reason = one_line(str(error) or type(error).__name__, 120)
        raise UsageError(f"{name}: cannot be read as a WARC file: {reason}") from None
    if not found:
        raise UsageError(f"{name}: a WARC file without a good answer of a host")
    return [*found.values()]


class SavedPages:
    """The pages of a run out of files: what `Pages` promises, and which file went where.

    Args:
        saved: The pages.
        by: Who brought them.
        at: When they were saved, UTC, where a file does not say so.
        named: By ledger key, the page that a person says is of this document.

    Attributes:
        used: The ledger keys of the documents that were found.

    Raises:
        UsageError: If two that differ are of one address and one moment.
    """

    def __init__(
        self, saved: Iterable[Saved], *, by: str, at: datetime | None, named: Mapping[str, Saved]
    ) -> None:
        self._by = by
        self._named = {key: page._replace(at=page.at or at) for key, page in named.items()}
        self._saved = [page._replace(at=page.at or at) for page in saved]
        self._by_address: dict[str, Saved] = {}
        self.used: set[str] = set()
        self._read: set[str] = set()
        for page in self._saved:
            here = _plain_address(page.url or "")
            other = self._by_address.get(here)
            if here and other and _age(page) == _age(other) and page.body != other.body:
                raise UsageError(
                    f"{other.file} and {page.file} are both of {_shown(page)}: keep one of them, or "
                    "say with --document which is of which document"
                )
            if here and (other is None or _age(page) > _age(other)):
                self._by_address[here] = page

    def unused(self) -> Iterator[tuple[str, str]]:
        """After the run, each file that was not used, and why."""
        for key, page in self._named.items():
            if key not in self.used:
                yield page.file, f"there is no document {key}, or --only leaves it out"
        for page in self._saved:
            if page.file in self._read:
                continue
            newest = self._by_address.get(_plain_address(page.url or ""), page)
            if newest is not page:
                yield page.file, f"{newest.file} is of the same address and newer"
            else:
                of = (
                    f"{_shown(page)} is the address of no document" if page.url else "it names none"
                )
                yield page.file, f"{of}; say of which it is with --document KEY={page.file}"

    def __call__(
        self, requests: Iterable[Request], _: object, /, *, now: Callable[[], datetime]
    ) -> Iterator[tuple[Request, Page]]:
        """Yield the documents of which there is a page; the others are not asked for."""
        for request in requests:
            page = self._named.get(request.key) or self._found(request.url)
            if page is not None and request.key not in self.used:
                self.used.add(request.key)
                self._read.add(page.file)
                yield request, self._page(request, page, now())

    def _found(self, url: str) -> Saved | None:
        plain = _plain_address(url)
        if "{env:" not in plain:
            return self._by_address.get(plain)
        form = re.compile(_KEY.sub("([^/&#]*)", re.escape(plain)))
        fits = [
            (page, at) for here, page in self._by_address.items() if (at := form.fullmatch(here))
        ]
        if not fits:
            return None
        page, match = max(fits, key=lambda fit: _age(fit[0]))
        # What stands in the place of a key is nobody's business, and is not kept.
        body = page.body
        for secret in filter(None, match.groups()):
            body = body.replace(secret.encode(), b"KEY")
        return page._replace(body=body)

    def _page(self, request: Request, saved: Saved, now: datetime) -> Page:
        headers = (("content-type", saved.content_type),) if saved.content_type else ()
        at = saved.at
        page = Page(
            url=request.url,
            final_url=request.url,
            outcome=Outcome.UNREADABLE,
            headers=headers,
            fetched_at=now,
            via=f"{BROUGHT}{self._by}",
            archived_at=at or now,
        )
        if at is None:
            problem = f"{saved.file} does not say when it was saved: give the day with --day"
            return replace(page, problem=problem)
        if at > now:
            return replace(page, problem=f"{saved.file} was saved at a time still to come, {at}")
        if saved.cut:
            problem = f"{saved.file} is cut short: {saved.cut}"
            return replace(page, outcome=Outcome.BROKEN, problem=problem)
        try:
            form = check_page(Reply(200, headers, saved.body), None, saved.file)
        except BadAnswer as answer:
            return replace(page, outcome=answer.outcome, problem=answer.problem)
        return replace(page, outcome=Outcome.OK, body=saved.body, format=form)


def _age(page: Saved) -> datetime:
    """When it was saved, before all others where nobody knows."""
    return page.at or _FIRST


def _shown(page: Saved) -> str:
    """Its address without the question, which may hold a key."""
    path, sign, _ = (page.url or "").partition("?")
    return f"{path}{sign and '?…'}"


def _plain_address(url: str) -> str:
    """An address without what does not tell documents apart: scheme, port, fragment, a last slash."""
    host, slash, path = urldefrag(url).url.partition("://")[2].partition("/")
    host = host.lower().removesuffix(":443").removesuffix(":80")
    return f"{host}{slash}{path}".rstrip("/").replace("%20", " ")
