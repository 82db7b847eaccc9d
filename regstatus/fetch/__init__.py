"""The polite HTTP client: requests in, pages out, every outcome named. Only this package asks hosts.

    for request, page in fetch_many(requests, settings, now=clock):
        ...

Importing it loads nothing: the HTTP library comes with the first name that needs it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regstatus.fetch.failure import BadAnswer
    from regstatus.fetch.fetcher import Progress, Rounds, fetch_all, fetch_many, fetch_one
    from regstatus.fetch.hosts.adapters import ADAPTERS, Adapter
    from regstatus.fetch.page_check.classify import Judgement, classify
    from regstatus.fetch.settings import Settings
    from regstatus.fetch.visit import FetchContext
    from regstatus.model.request import Request, Validators

__all__ = [
    "ADAPTERS",
    "Adapter",
    "BadAnswer",
    "FetchContext",
    "Judgement",
    "Progress",
    "Request",
    "Rounds",
    "Settings",
    "Validators",
    "classify",
    "fetch_all",
    "fetch_many",
    "fetch_one",
]

_HOMES = {
    "ADAPTERS": "hosts.adapters",
    "BadAnswer": "failure",
    "Adapter": "hosts.adapters",
    "Judgement": "page_check.classify",
    "Progress": "fetcher",
    "Request": "regstatus.model.request",
    "Rounds": "fetcher",
    "Settings": "settings",
    "Validators": "regstatus.model.request",
    "FetchContext": "visit",
    "classify": "page_check.classify",
    "fetch_all": "fetcher",
    "fetch_many": "fetcher",
    "fetch_one": "fetcher",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(
        import_module(home if home.startswith("regstatus.") else f"{__name__}.{home}"), name
    )


def __dir__() -> list[str]:
    return __all__
