"""The store: immutable versions, a ledger of clocks beside them, one writer at a time.

Reading needs the standard library alone, because every look-up does it; the
writer and the verifier are imported by those who need them.
"""

import os

from regstatus.base import paths
from regstatus.base.errors import SnapshotError, UsageError, quoted
from regstatus.store.clocks import DOUBT
from regstatus.store.reader import Store


def open_store(path: str | os.PathLike[str] | None = None) -> Store:
    """The store that answers: the given folder, the user's own, or the one that was shipped.

    A user's own updates are used only where they are newer than the shipped
    version, so that upgrading the package is never a step back.

    Args:
        path: A folder, or `s3://bucket/prefix`; if None, the environment variable
            REGSTATUS_SNAPSHOTS, then the platform's data folder, then the package.

    Raises:
        SnapshotError: If a folder was named and holds no snapshots.
        UsageError: If an address other than of a bucket was named, or what is no path.
    """
    if path is not None and not isinstance(path, str):
        if not isinstance(path, os.PathLike):
            raise UsageError(f"{quoted(path)} is no folder of snapshots, nor s3://bucket/prefix")
        path = os.fsdecode(path)
    named = path or os.environ.get("REGSTATUS_SNAPSHOTS")
    if named and paths.in_bucket(named):
        from regstatus.store.bucket.mirror import open_remote

        return open_remote(named)
    if named:
        store = Store(named)
        if not store.exists():
            raise SnapshotError(
                f"{named}: no snapshots here (no index.json); run `regstatus update` to make some"
            )
        return store
    shipped, own = Store(paths.shipped("snapshots")), Store(paths.user_snapshots())
    if own.exists():
        if not shipped.exists():
            return own
        try:
            if own.newest()["created"] >= shipped.newest()["created"]:
                return own
        except SnapshotError as error:
            # What ships still answers, and says why the user's own does not.
            shipped.faults.append(str(error) or f"{own.path}: its index is damaged")
            shipped.doubt = f"your own snapshots are damaged, {DOUBT}"
    return shipped
