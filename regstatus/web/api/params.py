"""What a request asks for, by its query and its headers."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request

from regstatus.base.errors import UsageError

__all__ = ["DATED", "FILTERS", "KNOWN", "QUESTION", "asked", "filters", "form", "takes_gzip"]

DATED = "/v1/status/"
"""What the addresses begin with at which `Accept-Datetime` is heard (RFC 7089)."""
QUESTION = frozenset({"on", "as_known_on", "substance"})
"""The parameters of one answer, and of the page that shows it."""
FILTERS = frozenset({"status", "country", "level", "grade", "fresh"})
"""Those that leave places out of the list of statuses."""
KNOWN: dict[str, frozenset[str]] = {
    "status": QUESTION | FILTERS | {"format"},
    "changes": frozenset({"since", "jurisdiction", "substance", "format"}),
    "upcoming": frozenset({"jurisdiction", "format"}),
    "stale": frozenset({"format"}),
    "snapshots": frozenset({"format"}),
    "sources": frozenset({"jurisdiction", "format"}),
}
"""For each list, its parameters."""

_TRACKS = re.compile(r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|igshid")
"""What platforms hang on to a link that is passed on: no word of whoever asks."""

_MEDIA = {"text/csv": "csv", "application/x-ndjson": "ndjson"}


def asked(request: Request, known: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The query; an unknown word is an error, for a misspelt one would answer another question.

    Raises:
        UsageError: If a word is unknown, or given twice; the text says which there are.
    """
    found: dict[str, Any] = {}
    for key, value in request.query_params.multi_items():
        if _TRACKS.fullmatch(key):
            continue
        if key not in known:
            words = ", ".join(sorted(known)) or "none"
            raise UsageError(f"{key!r} is no parameter here; there are: {words}")
        if key == "status":
            found.setdefault(key, []).append(value)
        elif key in found:
            raise UsageError(f"{key!r} is given twice")
        else:
            found[key] = value
    return found


def filters(given: dict[str, Any]) -> dict[str, Any]:
    """The filters of a query as the arguments of `listing.status_filter`.

    Raises:
        UsageError: If `fresh` is neither true nor false.
    """
    found = {key: given[key] for key in FILTERS & given.keys() if key not in {"status", "fresh"}}
    if "status" in given:
        found["statuses"] = [word for text in given["status"] for word in text.split(",")]
    if "fresh" in given:
        if given["fresh"] not in {"true", "false"}:
            raise UsageError("fresh is true or false")
        found["fresh"] = given["fresh"] == "true"
    return found


def form(accept: str) -> str:
    """The form of a list that `Accept` leads to; JSON where it names none of ours."""
    return next((found for media, found in _MEDIA.items() if media in accept), "json")


def takes_gzip(accept_encoding: str) -> bool:
    """Whether the reader takes gzip: by its own name, else by `*` (RFC 9110, 12.5.3)."""
    weights: dict[str, float] = {}
    for part in accept_encoding.lower().split(","):
        coding, *parameters = (word.strip() for word in part.split(";"))
        weight = next((word[2:] for word in parameters if word.startswith("q=")), "1")
        try:
            weights[coding] = float(weight)
        except ValueError:
            weights[coding] = 0.0  # what is not understood is no consent
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0
