"""Past runs played again from a WARC file, offline, in their old order.

Only the pages come from the file instead of the hosts, and the clock is that of the run which
fetched them. With the source files of that day the records come out the same, byte for byte.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from regstatus.base.errors import SnapshotError, UsageError
from regstatus.base.safe import one_line
from regstatus.fetch.hosts.web_archive import MEMENTO
from regstatus.fetch.settings import TIMEGATE
from regstatus.model.change import Run
from regstatus.model.request import Request
from regstatus.model.text import Page
from regstatus.model.words import Outcome
from regstatus.pipeline.options import Options, Pages
from regstatus.pipeline.update import update
from regstatus.store.capture import Capture
from regstatus.store.ledger import stamp
from regstatus.store.proof import LARGEST
from regstatus.store.reader import Store
from regstatus.store.warc import RECORDING_FORMAT, warcio
from regstatus.store.writer import writing

_METADATA_LIMIT = 1_000_000
_CHUNK = 1 << 20


class Replayed(NamedTuple):
    """One run, played again."""

    run: Run
    recorded: dict[str, Any] | None
    """`id`, `created`, `digest` and `origin` of the version that it published then, if any."""
    same: bool
    """Whether it published the same records now, byte for byte."""


def replay(
    recording: Recording,
    options: Options,
    *,
    progress: Callable[[int, int, str], None] | None = None,
) -> Iterator[Replayed]:
    """Play the runs of a recording again, oldest first.

    A run that published a version then may publish it now: a person accepted it.

    Raises:
        UsageError: If the folder of snapshots holds something as new as the recording.
    """
    times = sorted({capture.run for capture in recording.captures})
    _check_order(options.snapshots, times[0], recording.path)
    origin = f"replayed from {recording.path.name}"
    if elsewhere := sum(1 for capture in recording.captures if capture.via):
        origin += f", in which {elsewhere} pages came from elsewhere than the official hosts"
    recorded = {str(entry.get("created")): entry for entry in recording.versions}
    for started in times:
        then = recorded.get(stamp(started))
        run = update(
            replace(
                options,
                origin=origin,
                due=False,
                brought=True,
                # Captures of archives are asked for again, of the file as all else.
                settings=replace(options.settings, timegate=TIMEGATE),
                accept=options.accept or then is not None,
            ),
            now=_clock(recording, started),
            progress=progress,
            pages=_pages(recording, started),
        )
        digest = Store(options.snapshots).versions()[-1]["digest"] if run.version else None
        yield Replayed(run, then, digest == (then.get("digest") if then else None))


def _check_order(store: Path, first: datetime, file: Path) -> None:
    """Refuse a store that holds something as new: its clocks would run backwards."""
    times = [entry["created"] for entry in Store(store).versions()] if Store(store).exists() else []
    if store.exists():
        with writing(store) as writer:
            times += [run["started"] for run in writer.ledger().runs]
    if (last := max(times, default="")) >= stamp(first):
        raise UsageError(
            f"{store} already holds something of {last}, and {file} begins at {stamp(first)}; "
            "name an empty folder with --snapshots"
        )


def _clock(recording: Recording, started: datetime) -> Callable[[], datetime]:
    """The clock of a run: when it began, then when its last page was had."""
    finished = max(c.fetched_at for c in recording.captures if c.run == started)
    times = iter([started])
    return lambda: next(times, finished)


def _pages(recording: Recording, started: datetime) -> Pages:
    """The pages of one run; what is not in the file, or was of another address, is not asked."""
    captures = [capture for capture in recording.captures if capture.run == started]

    def pages(
        requests: Iterable[Request], *_: object, **__: object
    ) -> Iterator[tuple[Request, Page]]:
        for request in requests:
            # A document whose main address sent an older page may have been read in a copy, too.
            fitting = (c for c in captures if c.key == request.key and _answers(c, request))
            if capture := next(fitting, None):
                whole = capture.outcome is Outcome.OK
                yield request, capture.page(recording.body(capture.sha256) if whole else b"")

    return pages


def _answers(capture: Capture, request: Request) -> bool:
    """Whether it was this request that brought the capture: the address, a copy, an archive."""
    of_a_host = capture.archived_at is None or capture.page(b"").brought
    if of_a_host or request.adapter != MEMENTO:
        return of_a_host and capture.url == request.url
    return capture.url.endswith(request.params["original"])


@contextmanager
def _silent() -> Iterator[None]:
    """The library prints what it stumbles over as it stands: a terminal must not see it."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stderr(nowhere):
        yield


class Recording:
    """A WARC file that `export` wrote, read back; the bodies stay in the file until asked for.

    Every body is proven by its digest.

    Raises:
        UsageError: If the file cannot be read, is cut short, or was not written by regstatus.

    Attributes:
        captures: Oldest first.
        versions: `id`, `created`, `digest` and `origin` of the versions of the store it came from.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.captures: list[Capture] = []
        self.versions: list[dict[str, Any]] = []
        self._places: dict[str, int] = {}
        self._expected = -1
        self._iterate = warcio("archiveiterator").ArchiveIterator
        try:
            with path.open("rb") as file, _silent():
                self._scan(file)
        except Exception as error:  # noqa: BLE001  (bytes from outside: the library may raise anything)
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            reason = one_line(reason, 120)  # what the library says may hold the bytes themselves
            raise UsageError(f"{path}: cannot be read as a WARC file: {reason}") from None
        if self._expected < 0:
            raise UsageError(f"{path}: it was not written by `regstatus evidence export`")
        missing = [c.key for c in self.captures if c.sha256 not in self._places]
        if missing or len(self.captures) != self._expected:
            raise UsageError(
                f"{path}: cut short or altered: {len(self.captures) - len(missing)} of "
                f"{self._expected} captures are whole"
            )
        self.captures.sort(key=lambda capture: (capture.run, capture.fetched_at, capture.key))

    def body(self, digest: str) -> bytes:
        """A body, proven by its digest; a SnapshotError if the file was altered meanwhile."""
        with self.path.open("rb") as file:
            file.seek(self._places[digest])
            with _silent():
                record = next(iter(self._iterate(file)))
                body: bytes = record.content_stream().read(LARGEST + 1)
        if sha256(body).hexdigest() != digest:
            raise SnapshotError(f"{self.path}: was altered while it was read")
        return body

    def _scan(self, file: BinaryIO) -> None:
        records = self._iterate(file, check_digests=True)
        for record in records:
            if record.rec_type in {"response", "resource"}:
                digest = sha256()
                body = record.content_stream()
                while chunk := body.read(_CHUNK):
                    digest.update(chunk)
                self._places.setdefault(digest.hexdigest(), records.get_record_offset())
            elif record.rec_type == "metadata" and record.content_type == "application/json":
                self._metadata(record.content_stream().read(_METADATA_LIMIT))
            if record.digest_checker.passed is False:
                raise ValueError(record.digest_checker.problems[0])

    def _metadata(self, block: bytes) -> None:
        found = json.loads(block)
        form = found.get("format") if isinstance(found, dict) else None
        if str(form).startswith("regstatus-capture/"):
            self.captures.append(Capture.from_json(block))
        elif form == RECORDING_FORMAT:
            self._expected = max(0, int(found["captures"]))
            self.versions = [entry for entry in found["versions"] if isinstance(entry, dict)]
