"""The store: immutable versions, a ledger of clocks beside them, one writer at a time.

Reading needs the standard library alone, because every look-up does it; the
writer and the verifier are imported by those who need them.
"""

from regstatus.store.open import open_store
from regstatus.store.reader import Snapshot, Store

__all__ = ["Snapshot", "Store", "open_store"]
