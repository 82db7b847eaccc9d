"""Place: everything that the page of a jurisdiction shows, gathered from one answer and its records."""

from __future__ import annotations

import os
import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from regstatus.decide.quotations import origin
from regstatus.model.event_kinds import told_of
from regstatus.model.law import SUBSTANCES, Status
from regstatus.web.api.discovery import legislation
from regstatus.web.api.feeds import event_ids, has_days
from regstatus.web.edition import Edition
from regstatus.web.pages.languages import told
from regstatus.web.pages.timeline import Timeline

if TYPE_CHECKING:
    from regstatus.model.shapes import AnswerData, DocumentItemData, RecordData

_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
SETTING = "REGSTATUS_REPORT_URL"
"""Environment variable: `https://…` of a form or tracker, or `mailto:…`; else `REGSTATUS_CONTACT`."""
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
EVENTS_SHOWN = 50
"""Events of a place on its page; all of them stand in the feed and on the pages of the versions."""
_SIDES = frozenset({*map(str, Status), None})


def place(
    edition: Edition, name: str, on: date | None = None, substance: str | None = None
) -> dict[str, Any]:
    """What the template of a place shows of the answer to a question; see `Edition.answer`."""
    answer = edition.answer(name, on=on, substance=substance)
    key = answer["jurisdiction"]["id"]
    records = [edition.snapshot.get(layer["id"]) for layer in answer["layers"]]
    own = [item for item in events(edition) if item["jurisdiction"] == key]
    touched = {edition.versions[0]["id"], *(item["version"] for item in own)}
    stricter = {item["id"]: item["substances"] for item in answer["stricter_within"]}
    below = [item for item in edition.places if item.parent == key and item.id not in stricter]
    below.sort(key=lambda item: item.name)
    # So that a report says what it is about.
    subject = f"regstatus {edition.snapshot.version}: {key} on {answer['on']}"
    may = {name: edition.answer(key, on=on, substance=name)["may"] for name in SUBSTANCES}
    return {
        "answer": answer,
        "languages": [*told(answer, may)],
        "own": edition.snapshot.get(key),
        "past": on is not None and on != edition.on,
        "names": {item["id"]: item["name"] for item in (*answer["layers"], *answer["context"])},
        "may": may,
        "quoted": _quoted(answer, records),
        "timeline": Timeline(edition, key, on),
        "card": key in edition.names,  # what else one may ask for has a page alone
        "dated": has_days(edition, key),
        "periods": edition.timeline(key)["periods"],
        "next": coming(edition, key, answer),
        "below": [edition.answer(id_, on=on) for id_ in (*stricter, *(one.id for one in below))],
        "stricter": stricter,
        "documents": _documents(edition, answer),
        "events": own,
        "shown": EVENTS_SHOWN,
        "versions": [entry for entry in reversed(edition.versions) if entry["id"] in touched],
        "laws": legislation(answer),
        "subject": subject,
        "report_to": address(subject),
    }


def coming(edition: Edition, key: str, answer: AnswerData) -> list[dict[str, Any]]:
    """For each substance the first day on which it will be another than an answer says, and what then."""
    found = []
    periods = edition.timeline(key)["periods"]
    for name, now in answer["details"].items():
        for item in periods:
            turn = item["substances"][name]
            if (item["from"] or "") > answer["on"] and turn["status"] != now["status"]:
                found.append({"from": item["from"], "name": name, **turn})
                break
    return found


@lru_cache(maxsize=2)
def events(edition: Edition) -> list[dict[str, Any]]:
    """Every event, newest version first, with the names and groups that people read."""
    names = edition.names
    return [
        {
            **event,
            "anchor": f"e-{key}",
            "group": told_of(event["kind"]).group,
            # A place whose record was withdrawn may have no page any more.
            "linked": event["jurisdiction"] in names,
            "name": names.get(event["jurisdiction"], event["jurisdiction"]),
            "statuses": {event["before"], event["after"]} <= _SIDES,
        }
        for key, event in event_ids(edition)
    ]


def _quoted(answer: AnswerData, records: list[RecordData | None]) -> list[dict[str, Any]]:
    """The evidence, each piece with the title and language of its document."""
    documents = {record["id"]: record["documents"] for record in records if record}
    found = []
    for item in answer["evidence"]:
        document = documents.get(item["jurisdiction"], {}).get(item["document"] or "")
        language = document["language"] if document else "en"
        title = document["title"] if document else None
        # Only what is surely a code: a reader's program would speak the words by it.
        known = language if _CODE.fullmatch(language) else "en"
        found.append({**item, "title": title, "language": known, "origin": origin(item)})
    return found


def _documents(edition: Edition, answer: AnswerData) -> list[tuple[str, list[DocumentItemData]]]:
    """Watched documents, those of the place first, then those of the layers above that speak."""
    found: list[tuple[str, list[DocumentItemData]]] = []
    for layer in answer["layers"]:
        listed = [item for item in edition.documents if item["jurisdiction"] == layer["id"]]
        if listed or not found:
            found.append((layer["name"], listed))
    return found


def address(subject: str) -> str | None:
    """Where a mistake is to be told, with the subject of a mail or the title of an issue filled in.

    None where none is set, or where it is of another kind: no page may hold such a link.
    """
    url = os.environ.get(SETTING, "").strip() or os.environ.get("REGSTATUS_CONTACT", "").strip()
    if _MAIL.fullmatch(url):
        url = f"mailto:{url}"
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"https", "http", "mailto"}:
        return None
    mail = parts.scheme == "mailto"
    if mail or parts.path.endswith("/issues/new"):
        url += f"{'&' if '?' in url else '?'}{'subject' if mail else 'title'}={quote(subject)}"
    return url
