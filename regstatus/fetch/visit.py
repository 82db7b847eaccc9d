"""The fetching of one document, over redirects and helper pages, to one Page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from regstatus.base.address import hop, host_of, may_go, origin_of, problem_with, routed_address
from regstatus.base.safe import one_line
from regstatus.fetch.failure import BadAnswer, Failure, Reply
from regstatus.fetch.masking import Secrets
from regstatus.fetch.page_check.classify import Judgement, classify
from regstatus.model.media import TYPES, ZIP
from regstatus.model.request import sendable
from regstatus.model.text import Page
from regstatus.model.words import Format, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from regstatus.fetch.session import Session
    from regstatus.model.request import Request, Validators

LARGEST = 16_384
"""Most bytes that a question may have; what is longer is no question."""

_REDIRECTS = frozenset({300, 301, 302, 303, 307, 308})
_KEEPS_QUESTION = frozenset({307, 308})
_ACCEPT = {form: ", ".join((*types, "*/*;q=0.5")) for form, types in TYPES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A small body that is posted to an official interface, to ask and to change nothing.

    Attributes:
        fields: Names and values, with `{env:NAME}` wherever a key belongs; in a form all text.
        form: Send it as a form; else as JSON.
        bearer: The access token to show (`Authorization: Bearer …`), or None.
    """

    fields: Mapping[str, Any]
    form: bool = False
    bearer: str | None = None

    def headers(self, fill: Callable[[str], str]) -> dict[str, str]:
        """The headers that go with the body."""
        kind = "application/x-www-form-urlencoded" if self.form else "application/json"
        token = {} if self.bearer is None else {"Authorization": f"Bearer {fill(self.bearer)}"}
        return {"Content-Type": kind, **token}

    def body(self, fill: Callable[[str], str]) -> bytes:
        """The body with its keys; they are filled in first, so that each is quoted as it must be."""
        if self.form:
            form = {name: fill(str(value)) for name, value in self.fields.items()}
            return urlencode(form).encode()
        return json.dumps(_filled(dict(self.fields), fill), ensure_ascii=False).encode()


class FetchContext:
    """One document's way through the hosts; what adapters are given to work with.

    Every address that goes in or comes out is the official one, with
    placeholders where keys belong.

    Attributes:
        request: The document that was asked for.
    """

    def __init__(self, session: Session, request: Request) -> None:
        self.request = request
        self._session = session
        self._settings = session.settings
        self._attempts = 0
        self._last: Page | None = None
        self._cookies: dict[str, dict[str, str]] = {}
        self._secrets = Secrets.of(request, session.settings.env)

    @property
    def limit(self) -> int:
        """Most bytes that a body may have, also one unpacked by an adapter."""
        return self._settings.max_bytes

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
            BadAnswer: With the page of any outcome but `ok`, also of `unchanged`.
        """
        first = url or self.request.url
        if not self.may_go(first):
            problem = f"It leads to a host that the source does not allow: {first}"
            raise BadAnswer(problem, Outcome.MOVED)
        page = self._session.shared.get(first) if shared else None
        if page is None:
            page = await self._follow(first, expect, document=document, through=through)
        if shared:
            self._session.shared[first] = page
        return page

    async def post(
        self, url: str, question: Question, *, expect: str | None, document: bool = False
    ) -> Page:
        """Post a question to an official interface and judge the answer as that of any address.

        What may hold a key goes to this address alone: of redirects, only those within its
        own origin that keep the question (307, 308) are followed.

        Args:
            url: An official address, on the same host or on one that the source allows.
            question: What to send; it must not change anything at the host.
            expect: As for `get`.
            document: The answer is the document itself: hold it to the least size. There are no
                validators for a question, so its answer is always sent whole.

        Raises:
            BadAnswer: As for `get`.
        """
        problem = None
        if not self.may_go(url):
            problem = f"The source does not allow to ask {host_of(url)}."
        elif len(question.body(self._secrets.fill)) > LARGEST:
            problem = f"The question has more than {LARGEST:,} bytes."
        if problem and not self._secrets.missing:
            raise BadAnswer(problem, page=self._page(Outcome.REFUSED, url, problem))
        return await self._follow(url, expect, document=document, question=question)

    def learn(self, name: str, value: str) -> str:
        """Take a key that a host gave for this visit, such as an access token.

        Returns:
            Its placeholder; the key itself is hidden from now on wherever a host repeats it.
        """
        return self._secrets.learn(name, value)

    def fail(self, outcome: Outcome, problem: str, *, at: Page | None = None) -> Page:
        """A named failure of this document; `at` is the page on which it was noticed."""
        return self._page(outcome, at.final_url if at else self.request.url, problem)

    def failed_page(self, bad: BadAnswer) -> Page:
        """The named failure of this document that an adapter raised."""
        return bad.page or self.fail(bad.outcome, bad.problem, at=bad.at or self._last)

    def made(self, body: bytes, form: Format, page: Page) -> Page:
        """A good page with a body that an adapter made out of what `page` brought."""
        return self._page(Outcome.OK, page.final_url, None, body=body, form=form, like=page)

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
        question: Question | None = None,
    ) -> Page:
        if self._secrets.missing:
            problem = (
                f"Needs the key {self._secrets.missing}; set the environment variable of that name."
            )
            page = self.fail(Outcome.SKIPPED, problem)
        else:
            page = await self._exchange(
                first, expect, document=document, through=through, question=question
            )
        if page.outcome is not Outcome.OK:
            raise BadAnswer(page.problem or "", page.outcome, page=page)
        self._last = page
        return page

    async def _exchange(
        self,
        first: str,
        expect: str | None,
        *,
        document: bool,
        through: Callable[[str], str] | None,
        question: Question | None,
    ) -> Page:
        url = self._secrets.fill(first)
        seen: set[tuple[str, str]] = set()
        validators = self.request.validators if document and not question else None
        for _ in range(self._settings.max_redirects + 1):
            routed = host_of(url) in self._settings.routes
            problem = problem_with(url, private_ok=routed or self._settings.allow_private)
            if problem:
                return self._page(Outcome.REFUSED, url, f"The address is not asked: {problem}.")
            headers, asked_if = self._headers(url, expect, validators)
            if question:
                headers |= question.headers(self._secrets.fill)
            body = question.body(self._secrets.fill) if question else None
            try:
                reply = await self._session.ask(url, headers, self._count, body)
            except Failure as failure:
                return self._page(failure.outcome, url, failure.problem, reply=failure.reply)
            if reply.status == 304 and validators and not validators.named_by(reply.header("etag")):
                validators = None  # it speaks of another text than was read: send that whole
                continue
            location = reply.header("location")
            if reply.status not in _REDIRECTS or not location:
                return self._judge(url, reply, expect, asked_if=asked_if, document=document)
            self._remember(url, reply)
            step = hop(
                url,
                through(location) if through else location,
                allowed=self.request.allowed_hosts,
                routes=self._settings.routes,
            )
            if step.problem:
                problem = f"{host_of(url)} {step.problem}: {step.url}"
                return self._page(Outcome.MOVED, step.url, problem, reply=reply)
            kept = reply.status in _KEEPS_QUESTION and origin_of(step.url) == origin_of(url)
            if question and not kept:
                problem = f"{host_of(url)} sends the question elsewhere, to {step.url}"
                return self._page(Outcome.MOVED, step.url, problem, reply=reply)
            # The same address again is no loop if it was only to set a cookie.
            mark = (step.url, str(self._cookies))
            if mark in seen or (step.url == url and "set-cookie" not in dict(reply.headers)):
                problem = f"{host_of(url)} redirects in a circle at {step.url}"
                return self._page(Outcome.REDIRECT_LOOP, step.url, problem, reply=reply)
            seen.add(mark)
            url = step.url
        problem = f"More than {self._settings.max_redirects} redirects, the last to {url}"
        return self._page(Outcome.REDIRECT_LOOP, url, problem)

    def _judge(
        self, url: str, reply: Reply, expect: str | None, *, asked_if: bool, document: bool
    ) -> Page:
        if reply.status == 304:
            if asked_if:
                return self._page(Outcome.UNCHANGED, url, None, reply=reply)
            problem = f"{host_of(url)} says «not modified» though nothing was asked about (304)."
            return self._page(Outcome.HTTP_ERROR, url, problem, reply=reply)
        judged: Judgement = classify(
            reply.status,
            reply.headers,
            reply.body,
            expect,
            self._secrets.mask(url),
            min_bytes=self.request.min_bytes if document and expect != ZIP else 0,
        )
        body = reply.body if judged.outcome is Outcome.OK else b""
        return self._page(
            judged.outcome, url, judged.problem, reply=reply, body=body, form=judged.format
        )

    def _page(
        self,
        outcome: Outcome,
        final_url: str,
        problem: str | None,
        *,
        reply: Reply | None = None,
        body: bytes = b"",
        form: Format | None = None,
        like: Page | None = None,
    ) -> Page:
        mask = self._secrets.mask
        route = routed_address(final_url, self._settings.routes)
        headers = reply.headers if reply else like.headers if like else ()
        return Page(
            url=self.request.url,
            final_url=mask(final_url),
            outcome=outcome,
            problem=one_line(mask(problem)) if problem else None,
            status=reply.status if reply else like.status if like else None,
            headers=tuple((name, mask(value)) for name, value in headers),
            body=self._secrets.mask_bytes(body),
            format=form,
            fetched_at=self._session.now(),
            via=mask(route) if route else None,
            attempts=self._attempts,
            made=like is not None,
        )

    def _headers(
        self, url: str, expect: str | None, validators: Validators | None
    ) -> tuple[dict[str, str], bool]:
        headers = {"Accept": _ACCEPT.get(Format(expect), "*/*") if expect in set(Format) else "*/*"}
        start = self._secrets.fill(self.request.url)
        if origin_of(url) == origin_of(start):  # a key is for the host that gave it
            params = self.request.params
            for name, value in params.items():
                if name.startswith("header."):
                    headers[name.removeprefix("header.")] = self._secrets.fill(value)
            if "key_env" in params and f"{{env:{params['key_env']}}}" not in self.request.url:
                headers[params.get("key_header", "X-Api-Key")] = self._secrets.keys[
                    params["key_env"]
                ]
        if jar := self._cookies.get(origin_of(url)):
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
        if validators and self._secrets.fill(validators.url or self.request.url) == url:
            conditions = validators.headers()
            return {**headers, **conditions}, bool(conditions)
        return headers, False

    def _remember(self, url: str, reply: Reply) -> None:
        """Keep cookies for the rest of this document: some hosts redirect until they come back."""
        for name, value in reply.headers:
            if name == "set-cookie":
                try:
                    cookies = SimpleCookie(value[:4096])
                except CookieError:
                    continue
                jar = self._cookies.setdefault(origin_of(url), {})
                said = {key: sendable(cookie.coded_value) for key, cookie in cookies.items()}
                jar.update({key: value for key, value in said.items() if value is not None})

    def _count(self) -> None:
        self._attempts += 1


def _filled(value: Any, fill: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return fill(value)
    if isinstance(value, dict):
        return {name: _filled(entry, fill) for name, entry in value.items()}
    if isinstance(value, list):
        return [_filled(entry, fill) for entry in value]
    return value
