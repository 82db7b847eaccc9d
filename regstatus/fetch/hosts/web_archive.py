"""The newest capture of an official address that an archive keeps (Memento, RFC 7089).

A capture proves what the text said on its own day. So it must say which day that
was and of which address it is, and the page carries that day wherever it goes.
"""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from urllib.parse import urldefrag

from regstatus.base.address import hop
from regstatus.fetch.failure import BadAnswer, moved, wrong_type
from regstatus.fetch.hosts.adapters import FetchContext, Format, Page
from regstatus.model.request import Request, http_date
from regstatus.model.words import Outcome

MEMENTO = "memento"
"""The adapter of the requests that `memento_request` makes."""

_AS_SENT = partial(re.compile(r"(/\d{14})(/https?:)").sub, r"\1id_\2", count=1)
"""The address of a capture as its host sent it, without the archive's own banner and links. The
`id_` is no part of the RFC; the Internet Archive and all that run pywb know it."""
_LINK = re.compile(r"<([^<>]{1,2000})>([^<]*)")
_ORIGINAL = re.compile(r'\brel\s*=\s*(?:"[^"]*\boriginal\b[^"]*"|original\b)', re.IGNORECASE)


def memento_request(
    key: str,
    original: str,
    *,
    timegate: str,
    at: datetime,
    format: Format | None = None,  # noqa: A002  (the word that source files use)
    allowed_hosts: tuple[str, ...] = (),
) -> Request:
    """The request for the newest capture of an official address, which must hold no key.

    Redirects stay on the archive's host; `allowed_hosts` are those on which the captured document
    itself may lie. `timegate` is the archive's address that goes in front, `at` the present (UTC).
    """
    address = urldefrag(original).url
    return Request(
        key=key,
        url=timegate + address,
        format=format,
        adapter=MEMENTO,
        params={
            "original": address,
            "hosts": " ".join(allowed_hosts),
            "header.Accept-Datetime": format_datetime(at.astimezone(UTC), usegmt=True),
        },
    )


async def memento(visit: FetchContext) -> Page:
    """A capture, with the archive's own date; made for `memento_request`, not for source files."""
    params = visit.request.params
    original = params.get("original", "")
    if not original or "{env:" in visit.request.url:
        # A key is for the host that gave it, never for an archive.
        raise BadAnswer("An archive is asked for plain addresses alone.", Outcome.SKIPPED)
    page = await visit.get(expect=visit.request.format, document=True, through=_AS_SENT)
    archived_at = http_date(page.header("memento-datetime"))
    if archived_at is None:
        problem = "The archive does not say when it captured the page (no Memento-Datetime)."
        raise wrong_type(problem)
    if archived_at > page.fetched_at:
        problem = f"The archive says that it captured the page on a day to come ({archived_at})."
        raise wrong_type(problem)
    said = ", ".join(value for name, value in page.headers if name == "link")
    links = (link for link in _LINK.finditer(said) if _ORIGINAL.search(link[2]))
    captured = next((link[1].strip() for link in links), None)
    if captured is None:
        problem = "The archive does not say of which address its capture is (no Link to it)."
        raise wrong_type(problem)
    # What the host redirected to when it was captured is judged as if it did so now.
    allowed = tuple(params.get("hosts", "").split())
    address, why = hop(original, captured, allowed=allowed, routes={})
    if why:
        raise moved(f"The capture is of another address: {why}: {address}")
    return replace(page, archived_at=archived_at)
