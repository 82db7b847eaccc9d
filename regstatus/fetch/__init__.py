"""The polite client: requests in, pages out, every outcome named. Only this package asks hosts.

    for request, page in fetch_many(requests, settings, now=clock):
        ...

Importing it loads nothing: the HTTP library comes with the first name that needs it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regstatus.fetch.adapters import ADAPTERS, Adapter
    from regstatus.fetch.judgement import Judgement, classify
    from regstatus.fetch.request import Request, Validators
    from regstatus.fetch.run import Progress, Rounds, fetch_all, fetch_many, fetch_one
    from regstatus.fetch.settings import Settings
    from regstatus.fetch.visit import Visit

__all__ = [
    "ADAPTERS",
    "Adapter",
    "Judgement",
    "Progress",
    "Request",
    "Rounds",
    "Settings",
    "Validators",
    "Visit",
    "classify",
    "fetch_all",
    "fetch_many",
    "fetch_one",
]

_HOMES = {
    "ADAPTERS": "adapters",
    "Adapter": "adapters",
    "Judgement": "judgement",
    "Progress": "run",
    "Request": "request",
    "Rounds": "run",
    "Settings": "settings",
    "Validators": "request",
    "Visit": "visit",
    "classify": "judgement",
    "fetch_all": "run",
    "fetch_many": "run",
    "fetch_one": "run",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
