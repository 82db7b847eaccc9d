"""The polite HTTP client: requests in, pages out, every outcome named. Only this package asks hosts.

    for request, page in fetch_many(requests, settings, now=clock):
        ...

Importing it loads nothing heavy: the HTTP library comes with the first name that needs it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from regstatus.fetch.failure import BadAnswer
from regstatus.model.request import Request, Validators

if TYPE_CHECKING:
    from regstatus.fetch.fetcher import fetch_many, fetch_one
    from regstatus.fetch.hosts.adapters import ADAPTERS
    from regstatus.fetch.page_check.classify import classify
    from regstatus.fetch.session import HostState
    from regstatus.fetch.settings import Settings

_HOMES = {
    "ADAPTERS": "hosts.adapters",
    "HostState": "session",
    "Settings": "settings",
    "classify": "page_check.classify",
    "fetch_many": "fetcher",
    "fetch_one": "fetcher",
}

__all__ = [
    "ADAPTERS",
    "BadAnswer",
    "HostState",
    "Request",
    "Settings",
    "Validators",
    "classify",
    "fetch_many",
    "fetch_one",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
