"""Feeds: what publishers announce. They never set a status; they raise leads in a report.

Four forms are read, told apart by their shape: the Federal Register (and its
public inspection desk), Open States, LegiScan, and Canada's recalls and alerts. An
announcement counts only where its own title, abstract or product names kratom or
an alkaloid: full-text searches find the words in many documents about something else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from regstatus.assess.lexicon import find_terms
from regstatus.base.errors import ReadingError
from regstatus.model.text import Page

__all__ = ["Announcement", "announcements"]


@dataclass(frozen=True, slots=True)
class Announcement:
    """One entry of a feed that names kratom or its alkaloids.

    Attributes:
        key: The publisher's own id, with the day of the last action for bills, so
            that each step is told but once.
        name: What people call it: a document number, `California AB 1088`.
        kind: What the publisher calls it: `Rule`, `Proposed Rule`, `Notice`, `bill`, `alert`.
        title: Its title.
        day: Day of publication or of the last action, if given.
        effective: Day of force, if given.
        url: Its address, if given.
        step: The last action on a bill, if given.
    """

    key: str
    name: str
    kind: str
    title: str
    day: str | None = None
    effective: str | None = None
    url: str | None = None
    step: str | None = None

    @property
    def is_rule(self) -> bool:
        """Whether the publisher calls it a final rule; a proposal is never law."""
        return self.kind.casefold() == "rule"


def announcements(page: Page) -> Iterator[Announcement]:
    """The entries of a feed whose title, abstract or product names kratom or an alkaloid.

    Raises:
        ReadingError: If the feed is of none of the forms that are known.
    """
    try:
        data: Any = json.loads(page.chars())
    except (ValueError, RecursionError):
        raise ReadingError("the feed is not JSON, or nested too deeply") from None
    for entry in _entries(data):
        words = (entry.get(name) for name in _ABOUT)
        about = "\n".join(str(one) for one in words if one)
        if not any(True for _ in find_terms(about)):
            continue
        found = next((one for form in _FORMS if (one := form(entry))), None)
        if found is not None:
            yield Announcement(*(_whole(getattr(found, name)) for name in Announcement.__slots__))


def _whole(words: Any) -> Any:
    """Words without half characters, which JSON can hold and UTF-8 cannot."""
    return words and words.encode("utf-8", "replace").decode()


def _entries(data: Any) -> list[Mapping[str, Any]]:
    if isinstance(data, list):
        alerts: list[Mapping[str, Any]] = [
            entry for entry in data if isinstance(entry, dict) and entry.get("NID")
        ]
        if alerts:  # an empty dump is a failure of the host, not the news that nothing is recalled
            return alerts
    if isinstance(data, dict):
        if isinstance(data.get("results"), list):
            return [entry for entry in data["results"] if isinstance(entry, dict)]
        search = data.get("searchresult")
        if isinstance(search, dict):
            return [e for k, e in search.items() if k != "summary" and isinstance(e, dict)]
        if data.get("status") == "ERROR":
            raise ReadingError("the feed answers with an error of its own; is the key right?")
    raise ReadingError("the feed is not of a form that is known")


def _register(entry: Mapping[str, Any]) -> Announcement | None:
    number = entry.get("document_number")
    if not number:
        return None
    return Announcement(
        key=str(number),
        name=str(number),
        kind=str(entry.get("type") or "document"),
        title=str(entry.get("title") or "untitled"),
        day=_text(entry.get("publication_date")),
        effective=_text(entry.get("effective_on")),
        url=_text(entry.get("html_url")),
    )


def _moved(
    kind: str, ident: Any, name: str, *, title: Any, day: Any, url: Any, step: Any = None
) -> Announcement:
    """Something that is told again whenever it moves: the day of its last step is in its key."""
    when = _text(day)
    return Announcement(
        key=f"{ident}@{when}",
        name=name,
        kind=kind,
        title=str(title or "untitled"),
        day=when,
        url=_text(url),
        step=_text(step),
    )


def _open_states(entry: Mapping[str, Any]) -> Announcement | None:
    where = entry.get("jurisdiction")
    if not entry.get("identifier") or not isinstance(where, dict):
        return None
    return _moved(
        "bill",
        entry.get("id"),
        f"{where.get('name')} {entry['identifier']}",
        title=entry.get("title"),
        day=entry.get("latest_action_date"),
        url=entry.get("openstates_url"),
        step=entry.get("latest_action_description"),
    )


def _legiscan(entry: Mapping[str, Any]) -> Announcement | None:
    if not entry.get("bill_number"):
        return None
    return _moved(
        "bill",
        entry.get("bill_id"),
        f"{entry.get('state')} {entry['bill_number']}",
        title=entry.get("title"),
        day=entry.get("last_action_date"),
        url=entry.get("url"),
        step=entry.get("last_action"),
    )


def _alert(entry: Mapping[str, Any]) -> Announcement | None:
    """A recall or safety alert of Canada's open data; it gives only the day of its last change."""
    if not entry.get("NID"):
        return None
    return _moved(
        "alert",
        entry["NID"],
        f"alert {entry['NID']}",
        title=entry.get("Title"),
        day=entry.get("Last updated"),
        url=entry.get("URL"),
    )


_FORMS = (_register, _open_states, _legiscan, _alert)
_ABOUT = ("title", "abstract", "Title", "Product")


def _text(value: Any) -> str | None:
    return str(value) if value else None
