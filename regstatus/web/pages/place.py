"""Place: everything that the page of a jurisdiction shows, gathered from one answer and its records."""

from __future__ import annotations

import os
import re
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from regstatus.model.law import SUBSTANCES
from regstatus.web.edition import Edition
from regstatus.web.pages import list_pages as told
from regstatus.web.pages.jsonld import legislation
from regstatus.web.pages.timeline import timeline

if TYPE_CHECKING:
    from regstatus.model.shapes import AnswerData, DocumentItemData, RecordData, VersionItemData

__all__ = ["EVENTS_SHOWN", "SETTING", "address", "place"]

_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
SETTING = "REGSTATUS_REPORT_URL"
"""Environment variable: `https://…` of a form or tracker, or `mailto:…`; unset by default."""
EVENTS_SHOWN = 50
"""Events of a place on its page; all of them stand in the feed and on the pages of the versions."""


def place(edition: Edition, answer: AnswerData, on: date | None = None) -> dict[str, Any]:
    """What the template of a place needs besides the answer itself.

    Args:
        edition: The data.
        answer: The answer that the page is about.
        on: The day that was asked for; None means the edition's own.
    """
    key = answer["jurisdiction"]["id"]
    names = _names(answer)
    records = [edition.snapshot.get(layer["id"]) for layer in answer["layers"]]
    own = records[0]
    events = [item for item in told.events(edition) if item["jurisdiction"] == key]
    return {
        "answer": answer,
        "recorded": key in edition.snapshot,
        "past": on is not None and on != edition.on,
        "names": names,
        "unread": [layer["id"] for layer in answer["layers"] if not layer["recorded"]],
        "ladder": answer["layers"][:0:-1],
        "stricter": _stricter(answer),
        "may": _may(edition, key, on),
        "duties": _known(answer["duties"]),
        "words": _quotations(answer, records),
        "timeline": timeline(edition, key, on),
        "coming": _coming(answer, names),
        "below": _below(edition, key, on),
        "documents": _documents(edition, answer, key),
        "events": events[:EVENTS_SHOWN],
        "more_events": max(0, len(events) - EVENTS_SHOWN),
        "versions": _versions(edition, key),
        "notes": own["notes"] if own else None,
        "adopts": own["adopts_federal"] if own else None,
        "laws": legislation(answer),
        "report": report(edition, answer),
    }


def _names(answer: AnswerData) -> dict[str, str]:
    """Names of all ids that an answer may mention."""
    found = {item["id"]: item["name"] for item in (*answer["layers"], *answer["context"])}
    parent = answer["jurisdiction"]["parent"]
    if parent and parent not in found:
        found[parent] = parent
    return found


def _stricter(answer: AnswerData) -> list[tuple[str, str]]:
    """The other substances whose status is not that of the headline."""
    head = answer["substance"] or "leaf"
    return [
        (name, answer["substances"][name])
        for name in SUBSTANCES
        if name != head and answer["substances"][name] != answer["status"]
    ]


def _may(edition: Edition, key: str, on: date | None) -> dict[str, dict[str, str]]:
    """For each activity, the permission for each substance: the answers, asked four times."""
    answers = {name: edition.answer(key, on=on, substance=name)["may"] for name in SUBSTANCES}
    return {
        activity: {name: answers[name][activity] for name in SUBSTANCES}
        for activity in answers["leaf"]
    }


def _known(duties: dict[str, bool | None]) -> dict[str, list[str]]:
    """Duties by what is known of them."""
    return {
        "yes": [name for name, value in duties.items() if value is True],
        "no": [name for name, value in duties.items() if value is False],
        "open": [name for name, value in duties.items() if value is None],
    }


def _quotations(answer: AnswerData, records: list[RecordData | None]) -> list[dict[str, Any]]:
    """The evidence, each piece with the title and language of its document."""
    documents = {record["id"]: record["documents"] for record in records if record}
    found = []
    for item in answer["evidence"]:
        document = documents.get(item["jurisdiction"], {}).get(item["document"] or "")
        language = document["language"] if document else "en"
        found.append(
            {
                **item,
                "title": document["title"] if document else None,
                "publisher": document["publisher"] if document else None,
                # Only what is surely a code: a reader's program would speak the words by it.
                "language": language if _CODE.fullmatch(language) else "en",
            }
        )
    return found


def _coming(answer: AnswerData, names: dict[str, str]) -> list[dict[str, Any]]:
    """Enacted changes, with the name of the place whose law it is."""
    return [
        {**item, "name": names.get(item["jurisdiction"], item["jurisdiction"])}
        for item in answer["upcoming"]
    ]


def _below(edition: Edition, key: str, on: date | None) -> list[dict[str, Any]]:
    """The places directly below this one, by name, with what is lawful there, all layers together."""
    found = []
    for item in edition.places:
        if item.parent == key:
            answer = edition.answers[item.id] if on is None else edition.answer(item.id, on=on)
            found.append({"id": item.id, "name": item.name, "level": item.level, **_brief(answer)})
    return sorted(found, key=lambda item: item["name"])


def _brief(answer: AnswerData) -> dict[str, Any]:
    return {
        "status": answer["status"],
        "substances": answer["substances"],
        "minimum_age": answer["minimum_age"],
        "fresh": answer["freshness"]["state"],
    }


def _documents(
    edition: Edition, answer: AnswerData, key: str
) -> list[tuple[str, list[DocumentItemData]]]:
    """Watched documents, those of the place first, then those of the layers above that speak."""
    found = []
    for layer in answer["layers"]:
        listed = [item for item in edition.documents if item["jurisdiction"] == layer["id"]]
        if listed or layer["id"] == key:
            found.append((layer["name"], listed))
    return found


def _versions(edition: Edition, key: str) -> list[VersionItemData]:
    """The versions that changed this record, newest first; the first version is always among them."""
    touched = {item["version"] for item in edition.all_events if item["jurisdiction"] == key}
    first = edition.versions[0]["id"]
    return [entry for entry in reversed(edition.versions) if entry["id"] in {*touched, first}]


def report(edition: Edition, answer: AnswerData) -> dict[str, str | None]:
    """Where a mistake is to be told, if anybody said so, and what the message should hold."""
    key = answer["jurisdiction"]["id"]
    subject = f"regstatus {edition.snapshot.version}: {key} on {answer['on']}"
    return {"url": address(subject), "subject": subject}


def address(subject: str) -> str | None:
    """The address of the link, with the subject of a mail or the title of an issue filled in.

    None where none is set, or where it is of another kind: no page may hold such a link.

    Args:
        subject: Version, place and day, so that a report says what it is about.
    """
    url = os.environ.get(SETTING, "").strip()
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        return None
    if scheme == "mailto":
        return f"{url}{'&' if '?' in url else '?'}subject={quote(subject)}"
    if scheme not in {"https", "http"}:
        return None
    if urlsplit(url).path.endswith("/issues/new"):
        return f"{url}{'&' if '?' in url else '?'}title={quote(subject)}"
    return url
