"""Feeds: what publishers announce. They never set a status; they raise leads in a report.

Four forms are read, told apart by their shape: the Federal Register (and its
public inspection desk), Open States, LegiScan, and Canada's recalls and alerts. An
announcement counts only where its own title, abstract or product names kratom or
an alkaloid: full-text searches find the words in many documents about something else.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from regstatus.assess.lexicon import find_terms
from regstatus.base.errors import ReadingError
from regstatus.model.text import Page

_LONGEST = 400
"""Characters of a step or an address that are kept."""


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
        if find_terms(about) and (found := _said(entry)):
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


def _said(entry: Mapping[str, Any]) -> Announcement | None:
    """What an entry announces, if it is of a form that is known."""
    get = entry.get
    place = get("jurisdiction")
    if number := get("document_number"):  # the Federal Register
        kind, day, url = get("type") or "document", get("publication_date"), get("html_url")
        force = get("effective_on")
        return _made(kind, number, number, title=get("title"), day=day, url=url, effective=force)
    if (number := get("identifier")) and isinstance(place, dict):  # Open States
        name, day, step = f"{place.get('name')} {number}", "latest_action_date", "description"
        last = {"day": get(day), "step": get(f"latest_action_{step}"), "url": get("openstates_url")}
        return _made("bill", get("id"), name, title=get("title"), moves=True, **last)
    if number := get("bill_number"):  # LegiScan
        last = {"day": get("last_action_date"), "step": get("last_action"), "url": get("url")}
        name = f"{get('state')} {number}"
        return _made("bill", get("bill_id"), name, title=get("title"), moves=True, **last)
    if number := get("NID"):  # Canada's open data gives only the day of the last change of an alert
        last = {"day": get("Last updated"), "url": get("URL")}
        return _made("alert", number, f"alert {number}", title=get("Title"), moves=True, **last)
    return None


def _made(
    kind: Any, ident: Any, name: Any, *, title: Any, day: Any, moves: bool = False, **more: Any
) -> Announcement:
    """An announcement; what moves is told again: the day of its last step is in its key."""
    key = f"{ident}@{day or None}" if moves else str(ident)
    words = {name: str(value)[:_LONGEST] if value else None for name, value in more.items()}
    words["effective"] = _day(words.get("effective"))
    if not (words.get("url") or "").startswith(("https://", "http://")):
        words["url"] = None
    return Announcement(key, str(name), str(kind), str(title or "untitled"), _day(day), **words)


def _day(said: Any) -> str | None:
    """A day that is one, as ISO text; `0000-00-00` and the like are none."""
    try:
        return date.fromisoformat(str(said)[:10]).isoformat()
    except ValueError:
        return None


_ABOUT = ("title", "abstract", "Title", "Product")
