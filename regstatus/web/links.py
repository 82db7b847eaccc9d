"""Links: where one page lies as seen from another, what may be linked, and what a page may load."""

import re
from urllib.parse import quote, urlsplit

from regstatus.base.front_page import keyless
from regstatus.base.safe import without_controls
from regstatus.model.law import said
from regstatus.query.formats import served

IN_PAGE = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
"""Stands in each page, for hosts that send no headers of ours."""

IN_HEADER = f"{IN_PAGE}; frame-ancestors 'none'"
"""Stands in the header; who may frame a page can be said only there."""


def tag(base: str | None) -> str:
    """What begins every id of a feed (RFC 4151): two deployments are two feeds to a reader of both.

    Without a base address it rests on a name that nobody can own (RFC 6761).
    """
    parts = urlsplit(base or "https://regstatus.invalid/")
    return f"tag:{parts.hostname},2026:{parts.path.strip('/')}{':' * (len(parts.path) > 1)}"


_MEDIA = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "atom": "application/atom+xml; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "xml": "application/xml",
    "geojson": "application/geo+json",
}


def media(path: str) -> str:
    """The media type of what stands at a path, or of an ending, with the charset."""
    return {**_MEDIA, **served()}[path.rpartition(".")[2]]


def seen_from(path: str, target: str, base: str | None) -> str:
    """The address of a target such as `j/US-AL.html`, a fragment may follow, in the page at `path`.

    `base` is the absolute address of the site, ending in a slash; None makes the link relative.
    """
    return f"{base or '../' * path.count('/')}{quote(target, safe='/#')}"


def outward(url: str | None) -> str | None:
    """An address that a link may have: http and https only, without what stands for a key, else None."""
    url = keyless(url or "")
    try:
        return url if url and urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None


def words(value: str | None, probably: str | None = None) -> str:
    """A word of the law as people write it: `sale_prohibited` is `sale prohibited`; see `said`."""
    return said(value or "unknown", probably)


_BARRED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: object) -> str:
    """A text of one line without control characters, lone surrogates or non-characters."""
    return _BARRED.sub("�", without_controls(str(text)))
