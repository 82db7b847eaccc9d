"""The polite client: requests in, pages out, every outcome named. Only this package asks hosts.

for request, page in fetch_many(requests, settings, now=clock):
    ...
"""

from regstatus.fetch.adapters import ADAPTERS, Adapter
from regstatus.fetch.classify import Judgement, classify
from regstatus.fetch.request import Request, Validators
from regstatus.fetch.run import Progress, fetch_all, fetch_many, fetch_one
from regstatus.fetch.settings import Settings
from regstatus.fetch.visit import Visit

__all__ = [
    "ADAPTERS",
    "Adapter",
    "Judgement",
    "Progress",
    "Request",
    "Settings",
    "Validators",
    "Visit",
    "classify",
    "fetch_all",
    "fetch_many",
    "fetch_one",
]
