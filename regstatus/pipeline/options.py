"""What one run is to do, and what brings its pages."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from regstatus.fetch.settings import Settings
from regstatus.model.request import Request
from regstatus.model.text import Page

FLIP_BUDGET = 5
"""Jurisdictions whose status one run may change without a person's `--accept`.

Kratom law moved in about one place a week in its busiest year; more than that at
once is likelier to be a host or a parser than the law.
"""


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a run is to do.

    Attributes:
        sources: Folder of source files.
        own: Folder of a user's own, which stand in the place of those of the same id.
        snapshots: Folder of the store; for one in a bucket, of its mirror on this machine.
        brought: Also take documents that no program can fetch: a person may have brought them.
        remote: Address of the store, `s3://bucket/prefix`, if it is in a bucket.
        only: Patterns of jurisdiction ids (`US-*`); empty for all.
        due: Ask only for documents whose turn has come.
        accept: Publish even over the flip budget.
        flip_budget: See `FLIP_BUDGET`.
        settings: How to fetch.
        baseline: A store whose versions an empty one begins with, so that changes are reported,
            and flips held, against it; None begins with nothing.
        origin: For a replica, what it is; None for official hosts.
        keep_evidence: Drop captures older than this when the run has ended; None keeps all.
        isolate: Read pages in a process of their own, which may die; in this one if False.
        executor: Where pages are read: any executor of `concurrent.futures`, also one of a
            cluster. There, too, in a process of their own, unless `isolate` is False. None
            reads them one after the other beside the run.
    """

    sources: Path
    snapshots: Path
    only: tuple[str, ...] = ()
    due: bool = False
    accept: bool = False
    flip_budget: int = FLIP_BUDGET
    settings: Settings = field(default_factory=Settings)
    baseline: Path | None = None
    origin: str | None = None
    keep_evidence: timedelta | None = None
    isolate: bool = True
    executor: Executor | None = None
    remote: str | None = None
    own: Path | None = None
    brought: bool = False


class Pages(Protocol):
    """Whatever brings the pages of a run: the polite client, or a recording of an earlier run.

    It is called once for each round: the documents, then copies of those that failed.
    """

    def __call__(
        self, requests: Iterable[Request], settings: Settings, /, *, now: Callable[[], datetime]
    ) -> Iterator[tuple[Request, Page]]:
        """Yield each document as it comes, in no promised order; what is left out is not asked."""
