"""The feeds: well-formed, stable, and careful with what is not yet law."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar

from regstatus.store.reader import Store
from regstatus.web.api import feeds
from regstatus.web.edition import Edition
from regstatus.web.website import Site
from tests.support.make import publish, record
from tests.web import hostile

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://kratom.example/law/"


def edition(folder, now=hostile.LATER):
    found = Store(folder)
    return Edition(found, found.load(), now)


@pytest.fixture(scope="module", params=[hostile.SCRIPT_URL, hostile.MARKUP_URL])
def spoilt(request, tmp_path_factory):
    return edition(hostile.store(tmp_path_factory.mktemp("hostile"), request.param))


@pytest.fixture
def moved(tmp_path):
    """Two versions; the second brings three events."""
    publish(tmp_path, record(), record(hostile.FEDERAL))
    changes = [
        hostile.event("status_changed", sentence="First.", url="https://law.example/x"),
        hostile.event("correction", sentence="Second.", substance=None, url=None),
        hostile.event("status_changed", "US", sentence="Third.", substance="7-oh"),
    ]
    later = record(hostile.TEXAS.replace("= 18", "= 21"))
    publish(tmp_path, later, record(hostile.FEDERAL), created=hostile.LATER, changes=changes)
    return edition(tmp_path)


def entries(text, kind="event"):
    """The entries of our record's events, or of what came into force."""
    found = ET.fromstring(text).findall(f"{ATOM}entry")
    return [entry for entry in found if f":{kind}:" in entry.findtext(f"{ATOM}id")]


def titles(text):
    return [entry.findtext(f"{ATOM}title") for entry in entries(text)]


def test_a_feed_has_what_its_standard_asks_for(moved):
    root = ET.fromstring(feeds.atom(moved, BASE))
    assert root.findtext(f"{ATOM}id").startswith("tag:")
    assert root.findtext(f"{ATOM}updated") == "2026-11-23T12:00:00Z"
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) == 5
    assert sorted(entry.findtext(f"{ATOM}updated") for entry in root.iter(f"{ATOM}entry")) == [
        "2023-09-01T00:00:00Z", "2026-08-26T00:00:00Z", *["2026-11-23T12:00:00Z"] * 3,
    ]  # fmt: skip
    for entry in root.iter(f"{ATOM}entry"):
        assert entry.find(f"{ATOM}title") is not None
        assert entry.find(f"{ATOM}link[@rel='alternate']") is not None


def test_a_feed_of_a_place_or_substance_holds_only_what_touches_it(moved):
    assert titles(feeds.atom(moved, None)) == ["First.", "Second.", "Third."]
    assert titles(feeds.atom(moved, None, jurisdiction="US-TX")) == ["First.", "Second."]
    # The second is about no single substance: it may be about any, and is told to all.
    assert titles(feeds.atom(moved, None, substance="leaf")) == ["First.", "Second."]
    assert titles(feeds.atom(moved, None, substance="7-oh")) == ["Second.", "Third."]
    assert titles(feeds.atom(moved, None, substance="derivatives")) == ["Second."]


def test_the_newest_version_comes_first_and_old_ids_stay(moved, tmp_path):
    before = {
        e.findtext(f"{ATOM}title"): e.findtext(f"{ATOM}id")
        for e in entries(feeds.atom(moved, BASE))
    }
    newest = [hostile.event("status_changed", sentence="Fourth.")]
    publish(tmp_path, record(), created=hostile.LATER + timedelta(days=1), changes=newest)
    text = feeds.atom(edition(tmp_path, hostile.LATER + timedelta(days=2)), BASE)
    assert titles(text) == ["Fourth.", "First.", "Second.", "Third."]
    after = {e.findtext(f"{ATOM}title"): e.findtext(f"{ATOM}id") for e in entries(text)}
    assert before.items() <= after.items()
    assert len(set(after.values())) == 4


def test_two_deployments_share_no_id(moved):
    bases = (None, BASE, "https://law.example.net/", "https://law.example.net/kratom/")
    ids = [
        {e.text for e in ET.fromstring(feeds.atom(moved, base)).iter(f"{ATOM}id")} for base in bases
    ]
    assert len(set.union(*ids)) == sum(map(len, ids))


def test_a_feed_is_not_longer_than_it_may_be(tmp_path):
    publish(tmp_path, record())
    many = [hostile.event(sentence=str(number)) for number in range(feeds.LONGEST + 30)]
    publish(
        tmp_path, record(hostile.TEXAS.replace("= 18", "= 21")), created=hostile.LATER, changes=many
    )
    assert len(entries(feeds.atom(edition(tmp_path), None))) == feeds.LONGEST


@pytest.mark.parametrize("base", [None, BASE])
def test_links_of_a_feed_lead_to_pages_of_the_site(moved, base):
    site = Site(moved, base)
    for path in (path for path in site.paths if path.endswith(".atom")):
        for link in ET.fromstring(site.get(path).body).iter(f"{ATOM}link"):
            if link.get("rel") == "via":
                continue
            href = link.get("href")
            assert bool(urlsplit(href).netloc) is (base is not None)
            href = href.removeprefix(base or "../" * path.count("/"))
            assert href.partition("?")[0] in site.paths


def test_hostile_words_leave_a_feed_well_formed_and_without_bad_links(spoilt):
    site = Site(spoilt, BASE)
    for path in (path for path in site.paths if path.endswith(".atom")):
        root = ET.fromstring(site.get(path).body)
        for link in root.iter(f"{ATOM}link"):
            assert urlsplit(link.get("href")).scheme == "https"
        assert not [node.tag for node in root.iter() if node.tag.endswith("script")]
    assert "<script>alert(1)</script>" in "".join(
        ET.fromstring(feeds.atom(spoilt, BASE)).itertext()
    )


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def test_lines_of_a_calendar_are_folded_and_escaped(spoilt):
    for place in (None, "US-TX", "US-TX/xtown"):
        text = feeds.calendar(spoilt, BASE, jurisdiction=place)
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        assert "\n" not in text.replace("\r\n", "")
        names = {line.partition(":")[0].partition(";")[0] for line in unfolded(text) if line}
        assert "X" not in names  # the text ends in a line that would be a property of its own
        assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") > 0


def test_a_calendar_says_that_it_is_enacted_by_which_law_and_if_it_is_challenged(site):
    made = Calendar.from_ical(feeds.calendar(site.edition, BASE))
    events = {str(event["uid"]): event for event in made.walk("VEVENT")}
    assert len(events) == len(site.edition.upcoming) + len(site.edition.law)
    event = events["2027-01-01.US-KY@regstatus.invalid"]
    assert str(event["summary"]).startswith("Enacted: Kentucky: leaf")
    assert "HB 757" in str(event["summary"])
    assert "challenged in court" in str(event["summary"])
    assert str(event["status"]) == "TENTATIVE"
    assert (event.decoded("dtend") - event.decoded("dtstart")).days == 1
    assert event["dtstart"].params["VALUE"] == "DATE"


def test_a_proposal_is_in_no_calendar(site):
    text = "".join(unfolded(feeds.calendar(site.edition, None, jurisdiction="US")))
    assert site.edition.answers["US"]["pending"]
    assert "2026-20943" not in text


def test_the_calendar_of_a_place_holds_what_comes_from_above(site):
    text = feeds.calendar(site.edition, None, jurisdiction="US-CA")
    assert "2028-08-26.US@regstatus.invalid" in text


def test_a_feed_keeps_its_bytes_while_nothing_is_published(whole, site):
    later = Edition(Store(whole.path), whole, site.edition.moment + timedelta(hours=5))
    for made in (feeds.atom, feeds.calendar):
        assert made(later, BASE) == made(site.edition, BASE)
        assert made(later, BASE, jurisdiction="US") == made(site.edition, BASE, jurisdiction="US")


def test_a_day_that_has_come_is_told_as_law_in_force(whole, site):
    later = Edition(Store(whole.path), whole, site.edition.moment + timedelta(days=60))
    for edition, said in ((site.edition, "Enacted: Kentucky"), (later, "In force: Kentucky")):
        made = Calendar.from_ical(feeds.calendar(edition, None))
        (event,) = [e for e in made.walk("VEVENT") if e["uid"].startswith("2027-01-01.US-KY")]
        assert str(event["summary"]).startswith(said)
    (entry,) = [
        entry
        for entry in entries(feeds.atom(later, None, jurisdiction="US-KY"), "law")
        if ":US-KY:2027-01-01" in entry.findtext(f"{ATOM}id")
    ]
    assert "regulated, now sale prohibited" in entry.findtext(f"{ATOM}title")
    assert "US-KY:2027-01-01" not in feeds.atom(site.edition, None, jurisdiction="US-KY")


def test_what_came_into_force_is_what_the_answers_say(site):
    assert len(site.edition.law) > 80
    for item in site.edition.law:
        day = date.fromisoformat(item.day)
        before = site.edition.answer(item.id, on=day - timedelta(days=1))["substances"]
        after = site.edition.answer(item.id, on=day)["substances"]
        for ((old, _), (new, _)), names in item.moves.items():
            assert {before[name] for name in names} == {old}, item
            assert {after[name] for name in names} == {new}, item
        assert item.day <= site.edition.on.isoformat()


def test_no_calendar_is_published_without_a_day(site):
    calendars = [path for path in site.paths if path.endswith(".ics")]
    assert calendars
    for path in calendars:
        assert b"BEGIN:VEVENT" in site.get(path).body, path
    assert "feeds/ZW.ics" not in calendars
