"""The items of the lists, and what stands around them: the types from which their shapes follow."""

from __future__ import annotations

from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, create_model

from regstatus.model.schemas import AnswerSchema, ChangeSchema, FreshnessOut, Upcoming, Version
from regstatus.model.source_fields import Strict
from regstatus.query.lookup import SHORT

__all__ = [
    "About",
    "DocumentItem",
    "Event",
    "Problem",
    "ShortAnswer",
    "StaleItem",
    "UpcomingItem",
    "VersionFile",
    "VersionItem",
    "list_of",
]


class _Made(BaseModel):
    """Base of types that are made here: they have no source to take the words of fields from."""

    model_config = ConfigDict(extra="forbid", frozen=True)


ShortAnswer = create_model(
    "ShortAnswer",
    __base__=_Made,
    __doc__="An answer without its proof, as lists give it.",
    **{name: (AnswerSchema.model_fields[name].annotation, ...) for name in SHORT},  # type: ignore[call-overload]
)


class About(Version):
    """The version that answers, and the moment for which freshness was judged."""

    judged_at: AwareDatetime
    """UTC, cut to the hour or to the last run."""


class Event(ChangeSchema):
    """One typed event, with the version that brought it."""

    version: str
    """Its id."""


class UpcomingItem(Upcoming):
    """An enacted change still to come, with the name of the place."""

    name: str
    """English name."""


class StaleItem(FreshnessOut):
    """A record that is due or stale."""

    id: str
    """Its jurisdiction."""
    name: str
    """English name."""


class VersionItem(Strict):
    """A version as the index has it."""

    id: str
    """Such as `2026.11.22`."""
    created: AwareDatetime
    """UTC."""
    parent: str | None
    """Digest of the version before."""
    digest: str
    """SHA-256 of its canonical bytes."""
    records: int
    """How many."""
    changes: int
    """How many."""
    files: dict[str, str]
    """Name to SHA-256."""
    origin: str | None
    """Where its documents came from, if not from official hosts."""
    seal: str
    """Digest of this entry."""


class VersionFile(VersionItem):
    """A version, and where its files are."""

    links: dict[str, str]
    """Name to address, relative to this one."""


class DocumentItem(Strict):
    """A watched document with its clocks."""

    key: str
    """Jurisdiction and id, as in the ledger."""
    jurisdiction: str
    """Whose law."""
    title: str
    """Its own title."""
    publisher: str | None
    """Who publishes it."""
    reads: str
    """What it is read as."""
    url: str
    """Official address."""
    url_basis: str
    """How the address is known."""
    outcome: str
    """Of the last fetch; `never fetched`, `for people only`."""
    problem: str | None
    """What was wrong, in words."""
    last_fetched: AwareDatetime | None
    """UTC."""
    last_ok: AwareDatetime | None
    """When it was last read, UTC."""
    verified_at: AwareDatetime | None
    """When it last confirmed the record, UTC."""
    verdict: str | None
    """What its text does to the record."""
    failures: int
    """In a row."""
    failing_since: AwareDatetime | None
    """UTC."""
    sha256: str | None
    """Of the bytes that were read."""


class Problem(Strict):
    """RFC 9457: what is wrong, and what would be right."""

    type: str
    """Names the kind of problem."""
    title: str
    """Of the HTTP status."""
    status: int
    """The HTTP status."""
    detail: str
    """For people."""
    suggestions: tuple[str, ...] | None = None
    """Names that were perhaps meant."""
    candidates: tuple[str, ...] | None = None
    """Places that the name fits."""


def list_of(name: str, item: Any) -> Any:
    """A list of such items, with the version that answers."""
    return create_model(
        f"{name}List",
        __base__=_Made,
        __doc__="A list, with the version that answers.",
        snapshot=(About, ...),
        count=(int, ...),
        items=(tuple[item, ...], ...),
    )
