"""Mistakes: where readers are asked to tell of one."""

from __future__ import annotations

import os
from urllib.parse import quote, urlsplit

__all__ = ["SETTING", "address"]

SETTING = "REGSTATUS_REPORT_URL"
"""Environment variable: `https://…` of a form or tracker, or `mailto:…`; unset by default."""


def address(subject: str) -> str | None:
    """The address of the link, with the subject of a mail or the title of an issue filled in.

    None where none is set, or where it is of another kind: no page may hold such a link.

    Args:
        subject: Version, place and day, so that a report says what it is about.
    """
    url = os.environ.get(SETTING, "").strip()
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        return None
    if scheme == "mailto":
        return f"{url}{'&' if '?' in url else '?'}subject={quote(subject)}"
    if scheme not in {"https", "http"}:
        return None
    if urlsplit(url).path.endswith("/issues/new"):
        return f"{url}{'&' if '?' in url else '?'}title={quote(subject)}"
    return url
