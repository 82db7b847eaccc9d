"""Feeds: what changed as Atom (RFC 4287), and what is enacted to come as iCalendar (RFC 5545).

Both are made from the version, and the calendar also from the day: while nothing is
published and no enacted day comes, they keep their bytes, and a reader has nothing to fetch.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from icalendar import Calendar, Event, vText

from regstatus.decide.freshness import moment
from regstatus.model.law import Status
from regstatus.model.words import EventKind
from regstatus.query.answer import DISCLAIMER
from regstatus.query.headline import by_status
from regstatus.web.edition import Edition, LawEvent
from regstatus.web.links import seen_from, tag, words, xml_text
from regstatus.web.render import render_xml

if TYPE_CHECKING:
    from regstatus.model.shapes import EventData, UpcomingItemData

LONGEST = 200
"""Entries of a feed; older ones stand on the pages of the versions."""


def atom(
    edition: Edition,
    base: str | None,
    *,
    jurisdiction: str | None = None,
    substance: str | None = None,
) -> str:
    """What came into force, and the newest change events, as an Atom feed: all, or of a place or a substance.

    What is about no single substance touches each: a text that contradicts a whole record names none.
    Without a base address the links are relative.
    """
    name = jurisdiction or substance or "all"
    times = {entry["id"]: entry["created"] for entry in edition.versions}
    shown = [
        (key, event)
        for key, event in event_ids(edition)
        if jurisdiction in {None, event["jurisdiction"]}
        and (substance is None or event["substance"] in {None, substance})
    ][:LONGEST]
    law = [
        item
        for item in edition.law
        if jurisdiction in {None, item.id}
        and (substance is None or any(substance in names for names in item.moves.values()))
    ][:LONGEST]
    # With no entry, the day on which the record began: it cannot move.
    dates = [times[event["version"]] for _, event in shown[:1]]
    dates += [f"{item.day}T00:00:00Z" for item in law[:1]]
    return render_xml(
        "feed.atom",
        f"feeds/{name}.atom",
        base,
        tag=tag(base),
        name=name,
        subject=substance or _subject(edition, jurisdiction),
        page=f"j/{jurisdiction}.html" if jurisdiction else "changes.html",
        updated=max(dates, default=edition.versions[0]["created"]),
        law=[(item, _turned(item)) for item in law],
        shown=shown,
        times=times,
        places=edition.names,
        kinds=set(EventKind),
        statuses=set(Status),
        disclaimer=DISCLAIMER,
    )


def _turned(item: LawEvent) -> list[str]:
    """What moved how, a line for each kind: `leaf, mitragynine: unregulated, now banned`."""
    return [
        f"{', '.join(names)}: {words(*before)}, now {words(*after)}"
        for (before, after), names in item.moves.items()
    ]


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
    """Days on which law begins or began, as a calendar of whole days; without a base address it has no links.

    For a place it holds what will govern there: its own law, and that of the layers above it.
    """
    made = Calendar()
    made.add("prodid", "-//regstatus//regstatus//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    title = f"Kratom law enacted to come: {_subject(edition, jurisdiction)}"
    # The library escapes only what it knows as text.
    made.add("x-wr-calname", vText(xml_text(title)))
    made.add("x-wr-caldesc", vText(DISCLAIMER))
    items = edition.upcoming
    if jurisdiction is not None:
        full = edition.answers[jurisdiction]
        names = {layer["id"]: layer["name"] for layer in full["layers"]}
        items = [{"name": names[i["jurisdiction"]], "own": None, **i} for i in full["upcoming"]]
    stamp = moment(edition.snapshot.created)
    for turn in edition.law:
        if jurisdiction is None or turn.id in names:
            event = _day(turn.day, turn.id, stamp, base)
            event.add("summary", xml_text(f"In force: {turn.name}: {'; '.join(_turned(turn))}"))
            more = [turn.summary, *turn.citations, DISCLAIMER]
            event.add("description", "\n".join(xml_text(line) for line in more if line))
            made.add_component(event)
    for item in items:
        event = _day(item["from"], item["jurisdiction"], stamp, base)
        event.add("status", "TENTATIVE" if item["challenged"] else "CONFIRMED")
        event.add("summary", _headline(item))
        event.add("description", "\n".join(_lines(item)))
        made.add_component(event)
    text: bytes = made.to_ical()
    return text.decode()


def _day(day: str, key: str, stamp: datetime, base: str | None) -> Event:
    """An event of a whole day on which the law of a place moves."""
    event = Event()
    first = date.fromisoformat(day)
    event.add("uid", xml_text(f"{day}.{key}@regstatus.invalid"))
    event.add("dtstamp", stamp)
    event.add("dtstart", first)
    event.add("dtend", first + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    if base:
        event.add("url", seen_from("", f"j/{key}.html", base))
    return event


def has_days(edition: Edition, jurisdiction: str) -> bool:
    """Whether the calendar of a place holds any day: an empty one is none (RFC 5545, 3.6)."""
    full = edition.answers.get(jurisdiction)
    above = {layer["id"] for layer in full["layers"]} if full else set()
    return bool(full and full["upcoming"]) or any(turn.id in above for turn in edition.law)


def _headline(item: UpcomingItemData) -> str:
    """One line: enacted, where, what it will be, by which law, and whether a court may stop it."""
    what = "Law ends" if item["lapse"] else "Enacted"
    said = f"{what}: {item['name']}: {_grouped(item) or 'further terms'}"
    law = ", ".join(item["citations"]) or "law not cited in the record"
    challenged = "; challenged in court" if item["challenged"] else ""
    return xml_text(f"{said} ({law}{challenged})")


def _grouped(item: UpcomingItemData) -> str:
    """Substances of one status in one breath: `leaf, mitragynine sale prohibited; 7-oh banned`."""
    told = {name: words(to, item["probably"].get(name)) for name, to in item["changes"].items()}
    return "; ".join(f"{', '.join(names)} {said}" for said, names in by_status(told).items())


def _lines(item: UpcomingItemData) -> list[str]:
    lines = [item["summary"]] if item["summary"] else []
    if "unknown" in item["changes"].values():
        lines.append("«unknown» is never permission.")
    if item["challenged"]:
        lines.append(f"Challenged in court: {item['challenged']}")
    lines += [f"How well it is known: {words(item['grade'])}.", DISCLAIMER]
    return [xml_text(line) for line in lines]


def _subject(edition: Edition, jurisdiction: str | None) -> str:
    return "every place" if jurisdiction is None else edition.names[jurisdiction]
