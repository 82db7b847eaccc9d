"""Pages that people saved from official hosts, as the pages of a run.

A file proves what the text said on the day on which it was saved, and nothing later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urldefrag

from regstatus.base.errors import UsageError
from regstatus.fetch.failure import BadAnswer, Reply
from regstatus.fetch.page_check.classify import check_page
from regstatus.model.request import Request
from regstatus.model.text import BROUGHT, Page
from regstatus.model.words import Outcome
from regstatus.pipeline.saved_files import FIRST, Saved

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
