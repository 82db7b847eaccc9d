"""The legal status of kratom: here, on this day, for this substance, and how we know.

    >>> import regstatus
    >>> answer = regstatus.lookup("US-AL")
    >>> answer.status
    <Status.BANNED: 'banned'>

Importing this module costs next to nothing: everything is loaded where it is used.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime
    from typing import Any

    from regstatus.answer import Answer
    from regstatus.errors import (
        AmbiguousJurisdiction,
        RegstatusError,
        SnapshotError,
        UnknownJurisdiction,
        UsageError,
    )
    from regstatus.model.words import Activity, FreshnessState, Grade, Permission, Status, Substance
    from regstatus.registry import Jurisdiction

__all__ = [
    "Activity",
    "AmbiguousJurisdiction",
    "Answer",
    "Dataset",
    "FreshnessState",
    "Grade",
    "Jurisdiction",
    "Permission",
    "RegstatusError",
    "SnapshotError",
    "Status",
    "Substance",
    "UnknownJurisdiction",
    "UsageError",
    "__version__",
    "jurisdictions",
    "load",
    "lookup",
]

__version__ = "0.1.0"

_HOMES = {
    "Activity": "model.words",
    "AmbiguousJurisdiction": "errors",
    "Answer": "answer",
    "Dataset": "dataset",
    "FreshnessState": "model.words",
    "Grade": "model.words",
    "Jurisdiction": "registry",
    "Permission": "model.words",
    "RegstatusError": "errors",
    "SnapshotError": "errors",
    "Status": "model.words",
    "Substance": "model.words",
    "UnknownJurisdiction": "errors",
    "UsageError": "errors",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'regstatus' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"regstatus.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def lookup(
    place: str,
    *,
    on: date | str | None = None,
    as_known_on: date | str | None = None,
    substance: str | None = None,
    snapshots: str | None = None,
    now: datetime | None = None,
) -> Answer:
    """Answer what the law says of kratom in one place.

    Args:
        place: An id (`US-AL`, `TH`, `US-CA/san-diego`), a code, a name or an OCD id.
        on: The day of law time, local to the place; today (UTC) if left out.
        as_known_on: A version id, or a day: answer as our records stood then.
        substance: `leaf`, `mitragynine`, `7-oh` or `derivatives`; the leaf if left out.
        snapshots: A folder of snapshots; by default `REGSTATUS_SNAPSHOTS`, the user's own,
            or the one in the package.
        now: The present moment for freshness, UTC; the system's clock if left out.

    Raises:
        UnknownJurisdiction: If no place goes by the name; it carries suggestions.
        AmbiguousJurisdiction: If several do; it carries the candidates.
        UsageError: If a day, version or substance cannot be understood.
        SnapshotError: If there is no sound snapshot.
    """
    global _answered  # noqa: PLW0603  (an import in a function is a large part of a warm answer)
    if _answered is None:
        from regstatus.dataset import answered

        _answered = answered
    return _answered(place, on, as_known_on, substance, snapshots, now)


_answered: Callable[..., Answer] | None = None


def load(path: str | None = None, *, as_known_on: date | str | None = None) -> Dataset:
    """Open a folder of snapshots, for many questions.

    Args:
        path: The folder; by default as for `lookup`.
        as_known_on: A version id or a day; the newest version if left out.

    Raises:
        SnapshotError: If there is no sound snapshot there.
        UsageError: If no version fits `as_known_on`.
    """
    from regstatus.dataset import Dataset as Opened
    from regstatus.store.reader import open_store

    return Opened(open_store(path).load(None if as_known_on is None else str(as_known_on)))


def jurisdictions(snapshots: str | None = None) -> Iterator[Jurisdiction]:
    """Yield every jurisdiction that can be asked for: countries, states, and recorded localities."""
    from regstatus.dataset import opened

    yield from opened(snapshots, None).jurisdictions()


if TYPE_CHECKING:
    from regstatus.dataset import Dataset
