"""Request: one document to ask for, and what we already hold of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regstatus.model.text import Page
    from regstatus.model.words import Format

_TAG = re.compile(r'(?:W/)?"[^"]+"|[^\s",*]+')
"""One entity tag (RFC 9110, 8.8.3), also without the quotation marks that some hosts forget."""
_CODED = re.compile(r'^W/|"|[-;:](?:gzip|br|deflate)(?="?$)')
"""What servers put into a tag for the way in which the same text is sent."""
_SETTLED = timedelta(seconds=60)
_HEADER = 4096
"""Longest value of a host's that is sent back to it, in characters."""


def sendable(value: str | None) -> str | None:
    """What a host said, if it can be sent back to it in a header; else None.

    HTTP lets a host say bytes beyond ASCII that no client can repeat; HTTP/2 takes any.
    """
    good = value and value.isascii() and value.isprintable() and len(value) <= _HEADER
    return value if good else None


def _tag(value: str | None) -> str | None:
    """An entity tag that can be sent back and names one text; `*`, a list and `""` fit any."""
    tag = sendable(value)
    return tag if tag and _TAG.fullmatch(tag) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a host said of its last answer, so that it can tell us "unchanged".

    Attributes:
        url: The official address that said so. Validators are sent to that address and to no
            other: the date of last year's PDF must never vouch for this year's. None means the
            address of the request.
        etag: Value of the `ETag` header, quotes included.
        last_modified: Value of the `Last-Modified` header, as sent.
    """

    url: str | None = None
    etag: str | None = None
    last_modified: str | None = None

    @classmethod
    def of(cls, page: Page) -> Validators | None:
        """The validators of a page that was read, for the ledger; None if it has none.

        A `Last-Modified` that is less than a minute older than the `Date` of the
        same answer is left out: the document could change again within that second
        (RFC 9110, 8.8.2.2), and pages made on the fly carry the time of asking.
        """
        etag = _tag(page.header("etag"))
        modified, sent = sendable(page.header("last-modified")), page.header("date")
        then, date = http_date(modified), http_date(sent)
        if then is None or (date - then < _SETTLED if date else sent is not None):
            modified = None
        if etag is None and modified is None:
            return None
        return cls(url=page.final_url, etag=etag, last_modified=modified)

    def headers(self) -> dict[str, str]:
        """The conditional request headers; what cannot be sent back is left out."""
        named = {
            "If-None-Match": _tag(self.etag),
            "If-Modified-Since": sendable(self.last_modified),
        }
        return {name: value for name, value in named.items() if value}

    def named_by(self, etag: str | None) -> bool:
        """Whether a «not modified» is about the text of these: its tag is theirs, or it has none."""
        ours, theirs = (_CODED.sub("", tag or "") for tag in (_tag(self.etag), etag))
        return not ours or theirs in {"", ours}


def http_date(value: str | None) -> datetime | None:
    """The moment that a header names, UTC; None where it names none."""
    from email.utils import parsedate_to_datetime  # slow to load, and seldom needed

    try:
        found = parsedate_to_datetime(value or "")
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One official document to ask for; knows nothing of the catalogue.

    Two that differ in the key alone are equal: one answer serves both.

    Attributes:
        key: The caller's name for it (`US-TX:hs-444`).
        url: The official address. `{env:NAME}` stands for a key from the environment.
        format: What is expected; None takes any form that we can read.
        adapter: Name in `regstatus.fetch.ADAPTERS`.
        params: Settings of the adapter; `key_env`, `key_header` and `header.<Name>` work with all.
        allowed_hosts: Where redirects and links may lead, besides the same host with or
            without `www.`; `*.example.gov` allows every host below.
        validators: From the ledger, for a conditional request.
        min_bytes: A smaller body is `empty`.
        part: Bytes of the document itself that are wanted; what is larger is cut. None wants all.
    """

    key: str = field(compare=False)
    url: str
    format: Format | None = None
    adapter: str = "page"
    params: Mapping[str, str] = field(default_factory=dict, hash=False)
    allowed_hosts: tuple[str, ...] = ()
    validators: Validators | None = None
    min_bytes: int = 0
    part: int | None = None
