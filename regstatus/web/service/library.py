"""Library: the newest edition of a folder of versions, and earlier ones on demand.

The last good edition answers for as long as the files cannot be read, and says so.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from regstatus.base.days import is_recent
from regstatus.base.errors import SnapshotError, UsageError
from regstatus.base.safe import without_controls
from regstatus.store import open_store
from regstatus.store.reader import Snapshot, Store
from regstatus.web.api.params import read_day
from regstatus.web.edition import Edition

_LOOK_EVERY = 1.0
"""Seconds between two looks at the files: a busy service asks the disk once, not for each reader."""

_DAMAGED = "some files of the records are missing or damaged"
_UNREAD = "the newest records cannot be read at present"

_EARLIER_KEPT = 8

_log = logging.getLogger(__name__)


class Library:
    """Hands out editions of a folder of versions, None as for `regstatus.lookup`, by a clock in UTC."""

    def __init__(
        self, path: str | None = None, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.path, self.now = path, now
        self._edition: Edition | None = None
        self._seen: tuple[object, ...] = ()
        self._earlier = lru_cache(_EARLIER_KEPT)(self._read)
        self._looked = float("-inf")
        self._logged: str | None = None

    def current(self) -> Edition:
        """The edition of this hour and of the newest files.

        Raises:
            SnapshotError: If there never was a sound one.
        """
        moment = self.now()
        at = moment.timestamp()
        if self._edition is not None and is_recent(self._looked, at, _LOOK_EVERY):
            return self._edition
        self._looked = at
        try:
            store = open_store(self.path)
            hour = moment.replace(minute=0, second=0, microsecond=0)
            stamps = (_stamp(Path(store.path, name)) for name in ("index.json", "ledger.json"))
            seen = (store.path, *stamps, *store.faults, hour)
            if self._edition is None or seen != self._seen:
                with suppress(SnapshotError):
                    store.versions()  # read now: it must be there when the file is not any more
                edition = self._made(store, store.load(), moment)
                self._edition, self._seen = edition, seen
                self._earlier.cache_clear()
        except SnapshotError as error:
            if self._edition is None:
                raise
            # The last good edition answers, says that it is that, and goes on ageing.
            self._log(str(error))
            last = self._edition
            last.snapshot.warning = (
                f"{_UNREAD}; answered from {last.snapshot.version}, read earlier"
            )
            self._edition = Edition(last.store, last.snapshot, moment)
        return self._edition

    def edition(self, known: str | None) -> Edition:
        """The edition of a version, or of a day that has come; the newest for None.

        Raises:
            UsageError: If no version fits.
            SnapshotError: If its files are damaged.
        """
        current = self.current()  # which forgets the earlier ones where the files are others
        if known is None:
            return current
        if "-" in known and read_day(known, "as_known_on") > current.on:
            raise UsageError(f"as_known_on: {known} is still to come; leave it out for the newest")
        try:
            return self._earlier(known)
        except UsageError as error:
            raise UsageError(f"as_known_on: {error}") from None

    def _read(self, version: str) -> Edition:
        current = self.current()
        return self._made(current.store, current.store.load(version), current.moment)

    def _made(self, store: Store, snapshot: Snapshot, moment: datetime) -> Edition:
        """An edition; what its readers are told of a damage names no file of this machine."""
        if snapshot.warning:
            self._log(snapshot.warning)
            # Only a bucket has faults before it is read.
            why = _UNREAD if store.faults else _DAMAGED
            snapshot.warning = f"{why}; answered from {snapshot.version}"
        return Edition(store, snapshot, moment)

    def _log(self, text: str) -> None:
        """Say what is wrong inside, to those who run the service; once, not with every look."""
        if text != self._logged:
            self._logged = text
            _log.warning("regstatus: %s", without_controls(text))


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes with a file; None where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
