"""The fetching of one document, over redirects and helper pages, to one Page."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from regstatus.base.address import hop, host_of, may_go, origin_of, problem_with, routed_address
from regstatus.base.safe import one_line
from regstatus.fetch.failure import BadAnswer, Reply, moved, refused
from regstatus.fetch.masking import Secrets, in_json
from regstatus.fetch.page_check.classify import check_page
from regstatus.model.media import TYPES, ZIP
from regstatus.model.request import Request, sendable
from regstatus.model.text import Page
from regstatus.model.words import Format, Outcome

if TYPE_CHECKING:
    from regstatus.fetch.session import Session  # loads the HTTP library: adapters need it not

LARGEST = 16_384
"""Most bytes that a question may have; what is longer is no question."""

_REDIRECTS = frozenset({300, 301, 302, 303, 307, 308})
_KEEPS_QUESTION = frozenset({307, 308})
_ACCEPT = {form: ", ".join((*types, "*/*;q=0.5")) for form, types in TYPES.items()}

_Question = tuple[dict[str, str], bytes]
"""Headers and body of what is posted, with its keys."""


class FetchContext:
    """One document's way through the hosts; what adapters are given to work with.

    Every address that goes in or comes out is the official one, with
    placeholders where keys belong.

    Attributes:
        request: The document that was asked for.
        limit: Most bytes that a body may have, also one unpacked by an adapter.
        learn: Takes name and value of a key that a host gave for this visit, such as an access
            token, and returns its placeholder; the key itself is hidden from now on.
    """

    def __init__(self, session: Session, request: Request) -> None:
        self.request = request
        self.limit = session.settings.max_bytes
        self._session = session
        self._settings = session.settings
        self._attempts = 0
        self._at = request.url  # what was asked last
        self._cookies = defaultdict[str, SimpleCookie](SimpleCookie)
        self._secrets = Secrets.of(request, session.settings.env)
        self.learn = self._secrets.learn

    def need_keys(self) -> None:
        """Raise `BadAnswer` if a key of the document is not set."""
        if name := next((name for name, value in self._secrets.keys.items() if not value), None):
            problem = f"Needs the key {name}; set the environment variable of that name."
            raise BadAnswer(problem, Outcome.SKIPPED)

    @property
    def today(self) -> date:
        """The day of the run (UTC), for APIs that hold past and future texts as well."""
        return self._session.now().astimezone(UTC).date()

    async def get(
        self,
        url: str | None = None,
        *,
        expect: str | None = None,
        document: bool = False,
        shared: bool = False,
        through: Callable[[str], str] | None = None,
    ) -> Page:
        """Fetch one address and judge the answer, which is a good page.

        Args:
            url: An official address; None means the request's own. Any other must lie on the
                same host or on one that the source allows.
            expect: A value of `Format` or `zip`; None takes what can be read.
            document: This is the document itself and no helper page: send the validators that
                are of this very address, and hold it to the least size.
            shared: The answer may come from, and serve, other documents of this run.
            through: Changes the target of a redirect before it is judged like any other.

        Raises:
            BadAnswer: With any outcome but `ok`, also `unchanged`.
        """
        first = url or self.request.url
        if not self.may_go(first):
            raise moved(f"It leads to a host that the source does not allow: {first}")
        known = self._session.shared if shared else {}
        if first not in known:
            known[first] = await self._follow(first, expect, document=document, through=through)
        return known[first]

    async def post(
        self,
        url: str,
        fields: Mapping[str, Any],
        *,
        document: bool = False,
        form: bool = False,
        bearer: str | None = None,
    ) -> Page:
        """Post a question to an official interface and judge its answer, in JSON, as any other.

        What may hold a key goes to this address alone: of redirects, only those within its
        own origin that keep the question (307, 308) are followed.

        Args:
            url: An official address, on the same host or on one that the source allows.
            fields: What to ask, with `{env:NAME}` wherever a key belongs; in a form all text. It
                must not change anything at the host.
            document: The answer is the document itself: hold it to the least size. There are no
                validators for a question, so its answer is always sent whole.
            form: Send the fields as a form; else as JSON.
            bearer: The access token to show (`Authorization: Bearer …`), or None.

        Raises:
            BadAnswer: As for `get`.
        """
        fill = self._secrets.fill
        if form:
            body = urlencode({name: fill(str(value)) for name, value in fields.items()})
        else:
            body = fill(json.dumps(dict(fields), ensure_ascii=False), in_json)
        if not self.may_go(url):
            raise refused(f"The source does not allow to ask {host_of(url)}.", at=url)
        if len(body.encode()) > LARGEST:
            raise refused(f"The question has more than {LARGEST:,} bytes.", at=url)
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        token = {} if bearer is None else {"Authorization": f"Bearer {fill(bearer)}"}
        question = ({"Content-Type": kind, **token}, body.encode())
        return await self._follow(url, Format.JSON, document=document, question=question)

    def failed_page(self, bad: BadAnswer) -> Page:
        """The named failure of this document."""
        return self._page(bad.outcome, bad.at or self._at, bad.reply, problem=bad.problem)

    def made(self, body: bytes, form: Format, page: Page, name: str) -> Page:
        """The document with a body that an adapter made out of what `page` brought.

        It is judged as if a host had sent it; `name` says to people what it is.

        Raises:
            BadAnswer: If it is none, such as an empty one.
        """
        try:
            check_page(Reply(200, (), body), form, name, min_bytes=self.request.min_bytes)
        except BadAnswer as bad:
            raise BadAnswer(bad.problem, bad.outcome, at=page.final_url) from None
        return self._page(Outcome.OK, page.final_url, page, body=body, form=form)

    def may_go(self, url: str) -> bool:
        """Whether the document may lie at an address."""
        return may_go(self.request.url, url, self.request.allowed_hosts)

    async def _follow(
        self,
        first: str,
        expect: str | None,
        *,
        document: bool,
        through: Callable[[str], str] | None = None,
        question: _Question | None = None,
    ) -> Page:
        url = self._secrets.fill(first)
        seen: set[tuple[str, str]] = set()
        validators = self.request.validators if document and not question else None
        for _ in range(self._settings.max_redirects + 1):
            self._at = url
            if problem := problem_with(url, private_ok=self._settings.trusts(url)):
                raise refused(f"The address is not asked: {problem}.")
            of_url = validators and self._secrets.fill(validators.url or self.request.url) == url
            conditions = validators.headers() if validators and of_url else {}
            more, body = question or ({}, None)
            headers = {**self._headers(url, expect), **more, **conditions}
            part = self.request.part if document else None
            reply = await self._session.ask(url, headers, self._count, body, part)
            if reply.status == 304 and validators and not validators.named_by(reply.header("etag")):
                validators = None  # it speaks of another text than was read: send that whole
                continue
            location = reply.header("location")
            if reply.status not in _REDIRECTS or not location:
                least = self.request.min_bytes if document and expect != ZIP else 0
                return self._judged(url, reply, expect, asked_if=bool(conditions), least=least)
            self._remember(url, reply)
            location = through(location) if through else location
            allowed, routes = self.request.allowed_hosts, self._settings.routes
            target, problem = hop(url, location, allowed=allowed, routes=routes)
            here, origin = host_of(url), origin_of(url)
            mark = (target, str(self._cookies))
            outcome = Outcome.MOVED
            if problem:
                problem = f"{here} {problem}: {target}"
            elif question and (reply.status not in _KEEPS_QUESTION or origin_of(target) != origin):
                problem = f"{here} sends the question elsewhere, to {target}"
            # The same address again is no loop if it was only to set a cookie.
            elif mark in seen or (target == url and reply.header("set-cookie") is None):
                problem = f"{here} redirects in a circle at {target}"
                outcome = Outcome.REDIRECT_LOOP
            if problem:
                raise BadAnswer(problem, outcome, at=target, reply=reply)
            seen.add(mark)
            url = target
        problem = f"More than {self._settings.max_redirects} redirects, the last to {url}"
        raise BadAnswer(problem, Outcome.REDIRECT_LOOP, at=url)

    def _judged(
        self, url: str, reply: Reply, expect: str | None, *, asked_if: bool, least: int
    ) -> Page:
        if reply.status == 304:
            if asked_if:
                raise BadAnswer("", Outcome.UNCHANGED, reply=reply)
            problem = f"{host_of(url)} says «not modified» though nothing was asked about (304)."
            raise BadAnswer(problem, Outcome.HTTP_ERROR, reply=reply)
        shown = self._secrets.mask(url)
        form = check_page(reply, expect, shown, min_bytes=least)
        return self._page(Outcome.OK, url, reply, body=reply.body, form=form)

    def _page(
        self,
        outcome: Outcome,
        final_url: str,
        sent: Reply | Page | None,
        *,
        problem: str | None = None,
        body: bytes = b"",
        form: Format | None = None,
    ) -> Page:
        mask = self._secrets.mask
        route = routed_address(final_url, self._settings.routes)
        return Page(
            url=self.request.url,
            final_url=mask(final_url),
            outcome=outcome,
            problem=one_line(mask(problem)) if problem else None,
            status=sent.status if sent else None,
            headers=tuple((name, mask(value)) for name, value in sent.headers) if sent else (),
            body=self._secrets.mask_bytes(body),
            format=form,
            fetched_at=self._session.now(),
            via=mask(route) if route else None,
            attempts=self._attempts,
            made=isinstance(sent, Page),
            cut=sent is not None and sent.cut,
        )

    def _headers(self, url: str, expect: str | None) -> dict[str, str]:
        headers = {"Accept": _ACCEPT.get(Format(expect), "*/*") if expect in set(Format) else "*/*"}
        fill, params = self._secrets.fill, self.request.params
        # A key is for the host that gave it.
        if origin_of(url) == origin_of(fill(self.request.url)):
            for name, value in params.items():
                if name.startswith("header."):
                    headers[name.removeprefix("header.")] = fill(value)
            if "key_env" in params and f"{{env:{params['key_env']}}}" not in self.request.url:
                key = self._secrets.keys[params["key_env"]]
                headers[params.get("key_header", "X-Api-Key")] = key
        jar = self._cookies.get(origin_of(url), SimpleCookie())
        said = [(name, sendable(cookie.coded_value)) for name, cookie in jar.items()]
        if cookies := "; ".join(f"{name}={value}" for name, value in said if value is not None):
            headers["Cookie"] = cookies
        return headers

    def _remember(self, url: str, reply: Reply) -> None:
        """Keep cookies for the rest of this document: some hosts redirect until they come back."""
        for name, value in reply.headers:
            if name == "set-cookie":
                with suppress(CookieError):
                    self._cookies[origin_of(url)].load(value[:4096])

    def _count(self) -> None:
        self._attempts += 1
