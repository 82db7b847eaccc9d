"""Feeds: what changed as Atom (RFC 4287), and what is enacted to come as iCalendar (RFC 5545).

Both are made from the version, and the calendar also from the day: while nothing is
published and no enacted day comes, they keep their bytes, and a reader has nothing to fetch.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from icalendar import Calendar, Event, vText

from regstatus.decide.freshness import moment
from regstatus.model.law import Status, Substance
from regstatus.model.words import EventKind
from regstatus.query.answer import DISCLAIMER
from regstatus.web.edition import Edition
from regstatus.web.links import TAG, outward, seen_from, words, xml_text

if TYPE_CHECKING:
    from regstatus.model.shapes import EventData, UpcomingItemData

__all__ = ["LONGEST", "atom", "calendar", "event_ids", "grouped", "told"]

LONGEST = 200
"""Entries of a feed; older ones stand on the pages of the versions."""

_RIGHTS = "CC BY 4.0"


def atom(
    edition: Edition,
    base: str | None,
    *,
    jurisdiction: str | None = None,
    substance: str | None = None,
) -> str:
    """The newest change events as an Atom feed.

    Args:
        edition: The data.
        base: Absolute address of the site, ending in a slash; None makes the links relative.
        jurisdiction: Only what touches this place.
        substance: Only what touches this substance, or is about no single one: a text that
            contradicts a whole record names none.
    """
    name = jurisdiction or substance or "all"
    path = f"feeds/{name}.atom"
    times = {entry["id"]: entry["created"] for entry in edition.versions}
    shown = [
        (key, event)
        for key, event in event_ids(edition)
        if jurisdiction in {None, event["jurisdiction"]}
        and (substance is None or event["substance"] in {None, substance})
    ][:LONGEST]
    feed = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
    _add(feed, "id", f"{TAG}feed:{name}")
    _add(feed, "title", f"regstatus: {_subject(edition, jurisdiction, substance)}")
    _add(feed, "subtitle", f"Changes of the law and of its record. {DISCLAIMER}")
    # With no entry, the day on which the record began: it cannot move.
    newest = times[shown[0][1]["version"]] if shown else edition.versions[0]["created"]
    _add(feed, "updated", newest)
    _add(ET.SubElement(feed, "author"), "name", "regstatus")
    _add(feed, "rights", _RIGHTS)
    page = f"j/{jurisdiction}.html" if jurisdiction else "changes.html"
    _link(feed, "self", seen_from(path, path, base), "application/atom+xml")
    _link(feed, "alternate", seen_from(path, page, base), "text/html")
    pages = {place.id for place in edition.places}
    for key, event in shown:
        _entry(feed, key, event, times[event["version"]], path, base, pages)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


@lru_cache(maxsize=2)
def event_ids(edition: Edition) -> list[tuple[str, EventData]]:
    """Every event with a name of its own, newest version first, else in the order of its file.

    The name is made of the seal of the version, which no other version has, and of the
    event's place in the file, which can never change.
    """
    seals = {entry["id"]: entry["seal"][:16] for entry in edition.versions}
    numbered: dict[str, list[EventData]] = {key: [] for key in seals}
    for event in edition.all_events:
        numbered[event["version"]].append(event)
    return [
        (f"{seals[version]}-{number}", event)
        for version in reversed(numbered)
        for number, event in enumerate(numbered[version], 1)
    ]


def calendar(edition: Edition, base: str | None, *, jurisdiction: str | None = None) -> str:
    """Enacted changes still to come, as a calendar of whole days.

    Args:
        edition: The data.
        base: Absolute address of the site, for links; None leaves them out.
        jurisdiction: Only what will govern this place: its own law, and that of the layers above it.
    """
    made = Calendar()
    made.add("prodid", "-//regstatus//regstatus//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    title = f"Kratom law enacted to come: {_subject(edition, jurisdiction, None)}"
    # The library escapes only what it knows as text.
    made.add("x-wr-calname", vText(xml_text(title)))
    made.add("x-wr-caldesc", vText(DISCLAIMER))
    items = edition.upcoming
    if jurisdiction is not None:
        full = edition.answers[jurisdiction]
        names = {layer["id"]: layer["name"] for layer in full["layers"]}
        items = [{"name": names[item["jurisdiction"]], **item} for item in full["upcoming"]]
    stamp = moment(edition.snapshot.created)
    for item in items:
        event = Event()
        first = date.fromisoformat(item["from"])
        event.add("uid", xml_text(f"{item['from']}.{item['jurisdiction']}@regstatus.invalid"))
        event.add("dtstamp", stamp)
        event.add("dtstart", first)
        event.add("dtend", first + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("status", "TENTATIVE" if item["challenged"] else "CONFIRMED")
        event.add("summary", _headline(item))
        event.add("description", "\n".join(_lines(item)))
        if base:
            event.add("url", seen_from("", f"j/{item['jurisdiction']}.html", base))
        made.add_component(event)
    text: bytes = made.to_ical()
    return text.decode()


def _headline(item: UpcomingItemData) -> str:
    """One line: enacted, where, what it will be, by which law, and whether a court may stop it."""
    said = f"Enacted: {item['name']}: {grouped(item['changes']) or 'further terms'}"
    law = ", ".join(item["citations"]) or "law not cited in the record"
    challenged = "; challenged in court" if item["challenged"] else ""
    return xml_text(f"{said} ({law}{challenged})")


def grouped(statuses: dict[str, str]) -> str:
    """Substances of one status in one breath: `leaf, mitragynine sale prohibited; 7-oh banned`."""
    found: dict[str, list[str]] = {}
    for name in Substance:
        if name in statuses:
            found.setdefault(statuses[name], []).append(str(name))
    return "; ".join(f"{', '.join(names)} {words(status)}" for status, names in found.items())


def _lines(item: UpcomingItemData) -> list[str]:
    lines = [item["summary"]] if item["summary"] else []
    if "unknown" in item["changes"].values():
        lines.append("«unknown» is never permission.")
    if item["challenged"]:
        lines.append(f"Challenged in court: {item['challenged']}")
    lines += [f"How well it is known: {words(item['grade'])}.", DISCLAIMER]
    return [xml_text(line) for line in lines]


def _subject(edition: Edition, jurisdiction: str | None, substance: str | None) -> str:
    if jurisdiction is not None:
        return str(edition.answers[jurisdiction]["jurisdiction"]["name"])
    return substance or "every place"


def _entry(
    feed: ET.Element,
    key: str,
    event: EventData,
    time: str,
    path: str,
    base: str | None,
    pages: set[str],
) -> None:
    entry = ET.SubElement(feed, "entry")
    _add(entry, "id", f"{TAG}event:{key}")
    _add(entry, "title", event["sentence"])
    _add(entry, "updated", time)
    place = event["jurisdiction"]
    # A place whose record was withdrawn may have no page any more; its version still tells of it.
    page = f"j/{place}.html" if place in pages else f"changes/{event['version']}.html"
    _link(entry, "alternate", seen_from(path, page, base), "text/html")
    if url := outward(event["url"]):
        _link(entry, "via", url)
    kind = event["kind"] if event["kind"] in set(EventKind) else "other"
    for term, label in ((kind, words(kind)), (place, place), (event["substance"], None)):
        if term:
            ET.SubElement(
                entry, "category", {"term": xml_text(term), "label": xml_text(label or term)}
            )
    content = ET.SubElement(entry, "content", {"type": "xhtml"})
    body = ET.SubElement(content, "div", {"xmlns": "http://www.w3.org/1999/xhtml"})
    _add(body, "p", event["sentence"])
    # For a changed text both sides are digests; the difference stands in the details.
    if event["kind"] != EventKind.TEXT_CHANGED and (event["before"] or event["after"]):
        _add(body, "p", f"Before: {told(event['before'])}. Now: {told(event['after'])}.")
    if event["law_date"]:
        _add(body, "p", f"Day of the law: {event['law_date']}.")
    if event["quote"]:
        _add(body, "blockquote", event["quote"])
    if event["details"]:
        listed = ET.SubElement(body, "ul")
        for line in event["details"]:
            _add(listed, "li", line)
    _add(body, "p", f"Seen on {event['observed']}, version {event['version']}. {DISCLAIMER}")


def told(value: str | None) -> str:
    """One side of an event: a status as people write it, anything else as it is."""
    if value is None:
        return "nothing recorded"
    return words(value) if value in set(Status) else value


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = xml_text(text)


def _link(parent: ET.Element, rel: str, href: str, media: str | None = None) -> None:
    link = ET.SubElement(parent, "link", {"rel": rel, "href": xml_text(href)})
    if media:
        link.set("type", media)
