"""Front pages: which addresses lead no person to a law. An answer asks it, so it imports nothing large."""

from __future__ import annotations

import re

HOME = re.compile(
    r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?)?"
    r"(?:(?:index|default|home|homepage|main|start|welcome)(?:\.\w{1,5})?/?)?",
    re.IGNORECASE,
)
"""The path of a site's first page."""
_FRONT = re.compile(
    rf"(?:{HOME.pattern})(?:\?(?:hl|l|lang|language|locale)=[\w-]*)?(?:#[!/]*(?:top|main|content|home)?)?",
    re.IGNORECASE,
)
_COVER = re.compile(
    r"library\.municode\.com/[a-z]{2}/[^/?#]+(?:/codes/[^/?#]+)?/?"
    r"|(?:www\.)?ecode360\.com/[a-z]{2}\d{4}/?"
    r"|www\.lexisnexis\.com/hottopics/[^/?#]+/?"
    r"|codelibrary\.amlegal\.com/codes/[^/?#]+(?:/latest/[^/?#]+(?:/0-0-0-1)?)?/?",
    re.IGNORECASE,
)
"""Where publishers of many codes show the cover of one, and none of its sections."""


def for_readers(url: str | None) -> str | None:
    """An address where a person finds the law: no front page, no cover of a code, no interface, no key."""
    place = (url or "").partition("://")[2]
    host, _, path = place.partition("/")
    interface = host.startswith("api.") or "/api/" in f"/{path}" or path.endswith(".json")
    if interface or {"{", "$"} & set(path) or _FRONT.fullmatch(path) or _COVER.fullmatch(place):
        return None
    return url


_KEY = re.compile(r"(?<=[?&])[^?&#{]*\{env:[^}]*\}[^&#]*&?")


def keyless(url: str) -> str:
    """An address without what stands for a key in its query; empty where one belongs elsewhere in it."""
    if "{env:" not in url:
        return url
    page, sign, part = url.partition("#")
    bare = _KEY.sub("", page).rstrip("?&") + sign + part
    return "" if "{env:" in bare else bare
