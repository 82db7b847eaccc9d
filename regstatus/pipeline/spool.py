"""Writes the pages and words of a run to the disk while the run goes on."""

from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Self

from regstatus.model.request import Validators
from regstatus.model.text import Page
from regstatus.store.capture import Capture
from regstatus.store.evidence import Evidence
from regstatus.store.ledger import FetchState, stamp

AHEAD, AT_ONCE = 16, 8
"""Pages that may wait to be kept, as their bodies are in memory so long; and that wait for the disk
at one time, which takes them together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What is kept of a page that was read; its body is let go, for there may be thousands."""

    page: Page
    sha256: str | None
    text_sha256: str | None = None
    validators: Validators | None = None
    failed: FetchState | None = None
    """For a copy: the clock with the failure of the main address."""


class Spool:
    """Keeps the pages and the words of one run.

    Pages are kept as evidence in threads of their own. A disk that will not take something is
    remembered, and the run goes on reading.

    Attributes:
        words: By ledger key, the passages of each text that was read.
        kept: By ledger key, when the newest page that was kept was had, UTC, as in the ledger.
        unkept: By ledger key, why something could not be kept; whole after `finish`, as is `kept`.
    """

    def __init__(self, evidence: Evidence, folder: Path) -> None:
        self._evidence = evidence
        self._thread = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="regstatus-keep")
        self._waiting: deque[tuple[Capture, Future[None]]] = deque()
        self.words = _Words(folder)
        self.kept: dict[str, str] = {}
        self.unkept: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown(cancel_futures=True)
        self.words.close()

    def page(self, capture: Capture, body: bytes) -> None:
        """Keep a page; where many wait already, wait for the first of them."""
        self._waiting.append((capture, self._thread.submit(self._evidence.keep, capture, body)))
        if len(self._waiting) > AHEAD:
            self._wait()

    def text(self, key: str, words: str) -> None:
        """Keep the words of a text until the run is over."""
        try:
            self.words.put(key, words)
        except OSError as error:
            self._failed(key, error)

    def finish(self) -> None:
        """Wait until every page is kept, with its capture, or could not be."""
        while self._waiting:
            self._wait()
        try:
            self._evidence.flush()
        except OSError as error:
            for key in self.kept:
                self._failed(key, error)
            self.kept.clear()

    def _wait(self) -> None:
        capture, kept = self._waiting.popleft()
        try:
            kept.result()
        except OSError as error:
            self._failed(capture.key, error)
        else:
            self.kept[capture.key] = stamp(capture.fetched_at)

    def _failed(self, key: str, error: OSError) -> None:
        self.unkept[key] = error.strerror or str(error)


class _Words(Mapping[str, str]):
    """The words of the texts of one run, in a file without a name.

    The laws of the world are hundreds of megabytes, and are needed only when all is read.
    """

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115  (closed by `close`)
        self._places: dict[str, tuple[int, int]] = {}

    def put(self, key: str, words: str) -> None:
        data = words.encode("utf-8", "surrogatepass")
        place = self._file.seek(0, 2)
        self._file.write(data)
        self._file.flush()
        self._places[key] = place, len(data)

    def close(self) -> None:
        self._file.close()

    def __getitem__(self, key: str) -> str:
        place, size = self._places[key]
        self._file.seek(place)
        return self._file.read(size).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
