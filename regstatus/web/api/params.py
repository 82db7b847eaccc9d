"""What a request asks for, by its query and its headers."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from regstatus.base import days
from regstatus.base.errors import UsageError
from regstatus.query.formats import served
from regstatus.query.listings import KNOWN, LISTS, ON, SUBSTANCE, Parameter

DATED = "/v1/status/"
"""What the addresses begin with at which `Accept-Datetime` is heard (RFC 7089)."""
QUESTION = (ON, KNOWN, SUBSTANCE)
"""The parameters of one answer, and of the page that shows it."""
NAME = Parameter("q", "a name, code or id")
"""What `/find` looks for."""
_TRACKS = re.compile(r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|igshid")
"""What platforms hang on to a link that is passed on: no word of whoever asks."""


def asked(request: Request, parameters: Sequence[Parameter] = ()) -> dict[str, Any]:
    """What a query asks; see `read`."""
    pairs = request.query_params.multi_items()
    return read((pair for pair in pairs if not _TRACKS.fullmatch(pair[0])), parameters)


def read(pairs: Iterable[tuple[str, str]], parameters: Sequence[Parameter]) -> dict[str, Any]:
    """What is asked by name; an unknown word is an error, for a misspelt one would answer another question.

    Raises:
        UsageError: If a word is unknown, the text says which there are; if one is given twice that
            may be given once; if a day is no day, or a flag is neither true nor false.
    """
    known = {item.name: item for item in parameters}
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key not in known:
            words = ", ".join(sorted(known)) or "none"
            raise UsageError(f"{key!r} is no parameter here; there are: {words}")
        if known[key].many:
            found.setdefault(key, []).append(value)
        elif key in found:
            raise UsageError(f"{key!r} is given twice")
        else:
            found[key] = value
    for key, value in found.items():
        if known[key].kind == "day":
            found[key] = read_day(value, key)
        elif known[key].kind == "flag":
            if value not in {"true", "false"}:
                raise UsageError(f"{key} is true or false")
            found[key] = value == "true"
    return found


def is_costly(path: str, query: str) -> bool:
    """Whether a question is for a map, or for every place on earth in a way that few others ask for."""
    # Any letter of a name may be written as `%6f`.
    names = {name for name, _ in parse_qsl(query, keep_blank_values=True)}
    own = not names.isdisjoint({"on", "as_known_on", "substance", "fields", "changed_since"})
    return path == "/v1/map.geojson" or (
        own and (path.partition(".")[0] == "/v1/status" or path.startswith("/embed/map/"))
    )


def of_list(name: str) -> list[Parameter]:
    """What may be asked of a list, and in which form."""
    ends = " or ".join(f"`.{form}`" for form in served() if form != "json")
    form = Parameter("format", f"or end the path in {ends}", tuple(served()))
    return [*(item for item in LISTS[name].parameters if item.served), form]


def form(accept: str) -> str:
    """The form of a list that `Accept` likes best (RFC 9110, 12.5.1); JSON where it names none of ours."""
    weights = _weights(accept)
    best, most = "json", 0.0
    # Of forms that are liked alike the first is sent, and that is JSON.
    for name, media in sorted(served().items(), key=lambda item: item[0] != "json"):
        kind = media.partition(";")[0]
        asked = (kind, f"{kind.partition('/')[0]}/*", "*/*")
        weight = next((weights[word] for word in asked if word in weights), 0.0)
        if weight > most:
            best, most = name, weight
    return best


def likes_json(accept: str) -> bool:
    """Whether a reader likes JSON better than a page; who names neither gets a page."""
    weights = _weights(accept)
    json = max(weights.get(f"application/{kind}", 0.0) for kind in ("json", "problem+json"))
    return json > weights.get("text/html", 0.0)


def takes_gzip(accept_encoding: str) -> bool:
    """Whether the reader takes gzip: by its own name, else by `*` (RFC 9110, 12.5.3)."""
    weights = _weights(accept_encoding)
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def _weights(header: str) -> dict[str, float]:
    """What a reader takes, each with its weight (RFC 9110, 12.4.2)."""
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *parameters = (word.strip() for word in part.split(";"))
        weight = next((word[2:] for word in parameters if word.startswith("q=")), "1")
        try:
            weights[name] = float(weight)
        except ValueError:
            weights[name] = 0.0  # what is not understood is no consent
    return weights


def read_day(text: str, name: str) -> date:
    """A day of a query; a UsageError names what is no day."""
    try:
        return days.read_day(text)
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from None
