"""Pages that people saved from official hosts, as the pages of a run.

A file proves what the text said on the day on which it was saved, and nothing later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urldefrag, urlsplit

from regstatus.base.address import may_go, problem_with
from regstatus.fetch.failure import BadAnswer, Reply
from regstatus.fetch.page_check.classify import check_page
from regstatus.model.request import Request
from regstatus.model.text import BROUGHT, Page
from regstatus.model.words import Outcome
from regstatus.pipeline.saved_archives import FIRST, Saved

_KEY = re.compile(r"\\\{env:[A-Z0-9_]{1,80}\\\}")


class SavedPages:
    """The pages of a run out of files: what `Pages` promises, and which file went where.

    Args:
        saved: The pages.
        by: Who brought them.
        at: When they were saved, UTC, where a file does not say so.
        named: By ledger key, the page that a person says is of this document.

    Attributes:
        used: The ledger keys of the documents that were found.
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
        self._asked: list[Request] = []
        self._refused: dict[tuple[str, str | None], str] = {}
        self._unclear: dict[tuple[str, str | None], str] = {}
        of_one: dict[str, list[Saved]] = {}
        for page in self._saved:
            if here := _plain_address(page.url or ""):
                of_one.setdefault(here, []).append(page)
        for here, pages in of_one.items():
            newest = self._by_address[here] = max(pages, key=_age)
            for page in pages:
                if _age(page) == _age(newest) and page.body != newest.body:
                    self._unclear[page.file, page.url] = newest.file
                    self._unclear[newest.file, newest.url] = page.file

    @property
    def faulty(self) -> bool:
        """Whether a file is at fault: it cannot be read, or another of its address differs."""
        return bool(self._refused or self._unclear) or any(
            page.fault and not page.url for page in self._saved
        )

    def unused(self) -> Iterator[tuple[str, str]]:
        """After the run, each file that was not used, and why."""
        for key, page in self._named.items():
            if key not in self.used:
                none = f"there is no document {key}, or --only leaves it out"
                yield page.file, self._refused.get((page.file, page.url), none)
        for page in self._saved:
            if page.file not in self._read or (page.file, page.url) in self._unclear:
                yield page.file, self._why_not(page)

    def _why_not(self, page: Saved) -> str:
        newest = self._by_address.get(_plain_address(page.url or ""), page)
        if other := self._unclear.get((page.file, page.url)):
            differ = f"{other} is of the same address and day, and differs"
            return f"{differ}: keep one, or say with --document which is of which document"
        if why := self._refused.get((page.file, page.url)) or (None if page.url else page.fault):
            return why
        if newest is not page:
            return f"{newest.file} is of the same address and newer"
        if page.url and not any(_may_be(page.url, request) for request in self._asked):
            return f"{_shown(page)} is on the host of no document: save the publisher's own page"
        of = f"{_shown(page)} is the address of no document" if page.url else "it names none"
        return f"{of}; say of which it is with --document KEY={page.file}"

    def __call__(
        self, requests: Iterable[Request], _: object, /, *, now: Callable[[], datetime]
    ) -> Iterator[tuple[Request, Page]]:
        """Yield the documents of which there is a page; the others are not asked for."""
        for request in requests:
            self._asked.append(request)
            page = self._named.get(request.key) or self._found(request.url)
            if page is None or request.key in self.used:
                continue
            if why := _not_of(page, request):
                self._refused[page.file, page.url] = why
            elif request.key in self._named or (page.file, page.url) not in self._unclear:
                self._refused.pop((page.file, page.url), None)
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
        if saved.fault:
            problem = f"{saved.file}: {saved.fault}"
            return replace(page, outcome=Outcome.BROKEN, problem=problem)
        try:
            form = check_page(Reply(200, headers, saved.body), None, saved.file)
        except BadAnswer as answer:
            return replace(page, outcome=answer.outcome, problem=answer.problem)
        return replace(page, outcome=Outcome.OK, body=saved.body, format=form)


def _may_be(url: str, request: Request) -> bool:
    """Whether an address that a file names is on a host on which the document may lie."""
    keyed = "{env:" in urlsplit(request.url).netloc
    return problem_with(url) is None and (keyed or may_go(request.url, url, request.allowed_hosts))


def _not_of(page: Saved, request: Request) -> str | None:
    """Why a file cannot be of a document, by the address that it names itself; None where it can."""
    if page.url is None:
        return None
    if not _may_be(page.url, request):
        here = f"it is of {_shown(page)}, and not of {request.key}"
        return f"{here}: open {request.url} itself, and save what stands there"
    if request.url.startswith("https:") and page.url.lower().startswith("http:"):
        return (
            f"it came over plain http, which proves nothing: open {request.url}, and save it again"
        )
    return None


def _age(page: Saved) -> datetime:
    """When it was saved, before all others where nobody knows."""
    return page.at or FIRST


def _shown(page: Saved) -> str:
    """Its address without the question, which may hold a key."""
    path, sign, _ = (page.url or "").partition("?")
    return f"{path}{sign and '?…'}"


def _plain_address(url: str) -> str:
    """An address without what does not tell documents apart: scheme, port, fragment, a last slash."""
    host, slash, path = urldefrag(url).url.partition("://")[2].partition("/")
    host = host.lower().removesuffix(":443").removesuffix(":80")
    return f"{host}{slash}{path}".rstrip("/").replace("%20", " ")
