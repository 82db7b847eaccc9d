"""The legal status of kratom: here, on this day, for this substance, and how we know.

    >>> import regstatus
    >>> answer = regstatus.lookup("US-AL")
    >>> answer.status
    <Status.BANNED: 'banned'>

Importing this module costs next to nothing: everything is loaded where it is used. Even the
module `__future__` would be half of it, so annotations that need more than a builtin are quoted.
"""

from time import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from os import PathLike
    from typing import Any

    from regstatus.base.errors import (
        AmbiguousJurisdiction,
        RegstatusError,
        SnapshotError,
        UnknownJurisdiction,
        UsageError,
    )
    from regstatus.catalog.places import Jurisdiction
    from regstatus.fetch.settings import Settings
    from regstatus.model.change import Run
    from regstatus.model.law import Activity, FreshnessState, Grade, Permission, Status, Substance
    from regstatus.pipeline.options import Options
    from regstatus.pipeline.update import update
    from regstatus.query.answer import Answer
    from regstatus.query.dataset import Dataset
    from regstatus.tables.files import export
    from regstatus.tables.screen.orders import screen

__all__ = [
    "Activity", "AmbiguousJurisdiction", "Answer", "Dataset", "FreshnessState", "Grade",
    "Jurisdiction", "Options", "Permission", "RegstatusError", "Run", "Settings", "SnapshotError",
    "Status", "Substance", "UnknownJurisdiction", "UsageError", "__version__", "export",
    "jurisdictions", "load", "lookup", "screen", "update",
]  # fmt: skip

_HOMES = {
    "base.errors": (
        "AmbiguousJurisdiction", "RegstatusError", "SnapshotError", "UnknownJurisdiction", "UsageError",
    ),
    "base.version": ("__version__",),
    "catalog.places": ("Jurisdiction",),
    "fetch.settings": ("Settings",),
    "model.law": ("Activity", "FreshnessState", "Grade", "Permission", "Status", "Substance"),
    "model.change": ("Run",),
    "pipeline.options": ("Options",),
    "pipeline.update": ("update",),
    "query.answer": ("Answer",),
    "query.dataset": ("Dataset",),
    "tables.files": ("export",),
    "tables.screen.orders": ("screen",),
}  # fmt: skip


def __getattr__(name: str) -> "Any":
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            value = globals()[name] = getattr(import_module(f"regstatus.{home}"), name)
            return value
    raise AttributeError(f"module 'regstatus' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def lookup(
    place: str,
    *,
    on: "date | str | None" = None,
    as_known_on: "date | str | None" = None,
    substance: str | None = None,
    snapshots: "str | PathLike[str] | None" = None,
    now: "datetime | None" = None,
) -> "Answer":
    """Answer what the law says of kratom in one place.

    Args:
        place: An id (`US-AL`, `TH`, `US-CA/san-diego`), a code, a name or an OCD id.
        on: The day of law time, local to the place: `2026-11-22` in no other spelling, a date, or
            a time, which counts as the day that it shows in its own zone. If left out, the day
            that it is in UTC, and the answer says so: near midnight, give the place's own.
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
    # Looked for here and not where it is filled: a further call is a third of a warm answer.
    if now is None and _until[1] < time() < _until[0]:
        try:
            found: Answer | None = _answers.get((place, on, as_known_on, substance, snapshots))
        except TypeError:  # a list is no day: that is said where days are read
            found = None
        if found is not None:
            return found
    from regstatus.query.dataset import answered, answers
    from regstatus.store.reader import until

    globals().update(_answers=answers, _until=until)
    return answered(place, on, as_known_on, substance, snapshots, now)


# Those of `query.dataset` and `store.reader`, from the first look-up on: importing this loads nothing.
_answers: "dict[tuple[object, ...], Answer]" = {}
_until = [0.0, 0.0]


def load(
    path: "str | PathLike[str] | None" = None, *, as_known_on: "date | str | None" = None
) -> "Dataset":
    """Open a folder of snapshots, for many questions.

    Args:
        path: The folder; by default as for `lookup`.
        as_known_on: A version id or a day; the newest version if left out.

    Raises:
        SnapshotError: If there is no sound snapshot there.
        UsageError: If no version fits `as_known_on`.
    """
    from regstatus.base.days import known_as
    from regstatus.query.dataset import Dataset
    from regstatus.store import open_store

    return Dataset(open_store(path).load(known_as(as_known_on)))


def jurisdictions(snapshots: "str | PathLike[str] | None" = None) -> "Iterator[Jurisdiction]":
    """Yield every jurisdiction that can be asked for: countries, states, and recorded localities."""
    from regstatus.query.dataset import opened

    yield from opened(snapshots, None).jurisdictions()
