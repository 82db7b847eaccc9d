"""What a question means: every word of it counts, and the answer says which question it answers."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote, urljoin

import lxml.html
import pytest

from regstatus.model.law import said as said_of
from tests.support.make import NOON, TEXAS, publish, record
from tests.web import hostile

BANNED = TEXAS.replace('leaf = "regulated"', 'leaf = "banned"')
PAST = "Sun, 01 Nov 2026 00:00:00 GMT"


@pytest.fixture(scope="module")
def two(tmp_path_factory, serving):
    """A service over two versions, the second with events of one, another and no substance."""
    folder = tmp_path_factory.mktemp("two")
    publish(folder, record(), created=NOON - timedelta(days=30))
    changes = [
        hostile.event("status_changed", sentence="Leaf."),
        hostile.event("contradicted", sentence="All.", substance=None),
        hostile.event("status_changed", sentence="7-OH.", substance="7-oh"),
    ]
    publish(folder, record(BANNED), created=NOON, changes=changes)
    with serving(folder) as get:
        yield get


@pytest.mark.parametrize(
    "day",
    [
        "26-11-22", "1-2-3", "026-11-22", "2026-1-1", "20261122", "2026-W47-7", "2026-326",
        "%EF%BC%92026-11-22", "+2026-11-22", "%202026-11-22", "2026-11-22T00:00", "NaT", "1.5", "",
        "0000-01-01", "10000-01-01", "2026-02-29",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "question",
    [
        "/v1/status/US-TX?on=", "/v1/status?on=", "/v1/status/US-TX?as_known_on=",
        "/v1/status?as_known_on=", "/v1/changes?since=", "/j/US-TX.html?on=",
        "/j/US-TX.html?as_known_on=",
    ],
)  # fmt: skip
def test_what_is_no_day_gets_400_and_how_to_write_one(two, question, day):
    reply = two(question + day)
    assert reply.status == 400
    assert "2026-11-22" in reply.text


def test_an_answer_for_today_names_the_zone_and_one_for_a_day_does_not(two):
    for name, today in (("US-TX", "2026-11-22"), ("US", "2026-11-22")):
        reply = two(f"/v1/status/{name}").json
        assert (reply["on"], reply["zone"]) == (today, "UTC")
        assert f"{today} (UTC)" in reply["summary"]
        asked = two(f"/v1/status/{name}?on={today}").json
        assert (asked["on"], asked["zone"]) == (today, None)
        assert "UTC" not in asked["summary"]
    assert {item["zone"] for item in two("/v1/status").json["items"]} == {"UTC"}
    assert "22 November 2026 (UTC)" in two("/j/US-TX.html").text
    for page in ("/", "/map.html", "/upcoming.html", "/places.html"):
        assert "the day in UTC" in two(page).text


@pytest.mark.parametrize(
    "target",
    [
        "/v1/status",
        "/v1/status?country=US",
        "/v1/changes?since=2026-01-01",
        "/v1/snapshots",
        "/j/US-TX.html",
        "/j/US-TX.html?on=2026-11-22",
    ],
)
def test_only_the_answer_for_one_place_hears_accept_datetime(two, target):
    then, now = two(target, Accept_Datetime=PAST), two(target)
    assert (then.status, then.body) == (200, now.body)
    assert "Accept-Datetime" not in now.headers["vary"]
    assert "memento-datetime" not in then.headers


def test_accept_datetime_is_heard_whatever_was_asked_before(two):
    targets = ("/v1/status/US-TX", "/v1/status/US-TX.json", "/v1/status/US-TX?substance=leaf")
    for target in targets:
        for _ in range(2):
            assert two(target).json["status"] == "banned"
            assert two(target, Accept_Datetime=PAST).json["status"] == "regulated"


@pytest.mark.parametrize(
    ("target", "headers", "address"),
    [
        ("texas?on=2020-01-01", {}, "US-TX?on=2020-01-01"),
        ("texas?substance=7-Hydroxymitragynine", {}, "US-TX?substance=7-oh"),
        ("texas", {"Accept_Datetime": PAST}, "US-TX?on=2026-11-01&as_known_on=2026.10.23"),
        (
            "US-TX?substance=7oh&on=2026-07-01",
            {"Accept_Datetime": PAST},
            "US-TX?on=2026-07-01&substance=7-oh&as_known_on=2026.10.23",
        ),
        (
            "US-TX?substance=7-oh&as_known_on=2026.11.22",
            {},
            "US-TX?on=2026-11-22&substance=7-oh&as_known_on=2026.11.22",
        ),
        ("US-TX?as_known_on=2026-11-01", {}, "US-TX?on=2026-11-22&as_known_on=2026-11-01"),
    ],
)
def test_the_canonical_address_answers_the_same_question(two, target, headers, address):
    reply = two(f"/v1/status/{target}", **headers)
    assert reply.headers["content-location"] == f"/v1/status/{address}"
    assert two(reply.headers["content-location"]).body == reply.body


@pytest.mark.parametrize("target", ["v1/status/US-TX", "v1/status", "j/US-TX.html"])
def test_records_of_a_day_to_come_are_not_promised(two, target):
    reply = two(f"/{target}?as_known_on=2099-01-01")
    assert reply.status == 400
    assert "still to come" in reply.text
    assert two(f"/{target}?as_known_on=2026-11-22").status == 200


@pytest.mark.parametrize(
    ("substance", "sentences"),
    [
        ("leaf", ["Leaf.", "All."]),
        ("kratom", ["Leaf.", "All."]),
        ("7-hydroxymitragynine", ["All.", "7-OH."]),
        ("derivatives", ["All."]),
    ],
)
def test_changes_of_a_substance_hold_what_is_about_no_single_one(two, substance, sentences):
    items = two(f"/v1/changes?substance={substance}").json["items"]
    assert [item["sentence"] for item in items] == sentences


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("/v1/changes?substance=heroin", "mitragynine"),
        ("/v1/status?level=foo", "territory"),
        ("/v1/status?level=", "territory"),
        ("/v1/openapi.json?bogus=1", "no parameter here"),
        ("/v1/snapshots/2026.11.22.json?bogus=1", "no parameter here"),
        ("/v1/snapshots/2026.11.22?bogus=1", "no parameter here"),
        ("/datapackage.json?on=2026-01-01", "no parameter here"),
    ],
)
def test_a_word_that_is_not_known_is_no_empty_list(two, target, words):
    reply = two(target)
    assert (reply.status, reply.headers["content-type"]) == (400, "application/problem+json")
    assert words in reply.json["detail"]


def test_a_kind_of_place_is_understood_in_any_case(get):
    one, other = (get(f"/v1/status?level={word}&status=banned").json for word in ("state", "State"))
    assert one == other
    assert one["count"] > 0


@pytest.mark.parametrize(
    ("target", "status", "words"),
    [
        ("/j/US-TN.html?on=bad", 400, "2026-11-22"),
        ("/j/US-TN.html?substance=tea", 400, "mitragynine"),
        ("/j/US-TN.html?subtance=7-oh", 400, "no parameter here"),
        ("/j/US-TN.html?as_known_on=2019-01-01", 400, "nothing was recorded yet"),
        ("/j/Alabma.html?on=2026-01-01", 404, "Alabama"),
        ("/j/Georgia.html?on=2026-01-01", 400, "may mean several places"),
        ("/about.html?on=2026-06-30", 400, "no parameter here"),
        ("/?on=2026-06-31", 400, "not a day"),
        ("/?as_known_on=2026-06-30", 400, "no parameter here"),
        ("/index.html?substance=bark", 400, "not a substance"),
        ("/upcoming.html?jurisdiction=US-KY", 400, "no parameter here"),
        ("/nothing.html?on=2026-06-30", 404, "nothing at this address"),
    ],
)
def test_a_page_that_cannot_be_had_is_told_to_people_as_a_page(get, target, status, words):
    reply = get(target)
    assert reply.status == status
    assert reply.headers["content-type"].startswith("text/html")
    assert "<h1>" in reply.text
    assert words in reply.text


@pytest.mark.parametrize(
    "target", ["/index.html", "/j/US-TX.html?on=2026-11-22", "/v1/status/US-TX"]
)
def test_what_platforms_hang_on_to_a_link_changes_nothing(two, target):
    hung = f"{target}{'&' if '?' in target else '?'}utm_source=x&fbclid=y"
    plain, tracked = two(target), two(hung)
    assert (plain.status, tracked.status) == (200, 200)
    assert plain.body == tracked.body


@pytest.mark.parametrize("day", ["9999-12-31", "9998-01-01", "0001-01-01"])
@pytest.mark.parametrize(
    "question", ["/j/US-TX.html", "/v1/status/US-TX", "/v1/status", "/j/US.html"]
)
def test_the_ends_of_the_calendar_are_answered(two, question, day):
    assert two(f"{question}?on={day}").status == 200


WITHOUT_A_RECORD = {
    "34285": (
        "US-FL/zip-34285",
        "banned",
        "No own record of ZIP 34285 (Venice), in Sarasota County",
    ),
    "Cook County, IL": ("US-IL/cook-county", "age restricted", "not researched below Illinois"),
    "Bayern": ("DE-BY", "unregulated", "not researched below Germany"),
    "AU-NSW": ("AU-NSW", "banned", "unknown wherever the law of Australia is milder"),
    "42223": ("US/zip-42223", "unknown", "give the state"),
}


@pytest.mark.parametrize("words", WITHOUT_A_RECORD)
def test_a_place_without_a_record_has_a_page_that_says_so(get, words):
    key, status, note = WITHOUT_A_RECORD[words]
    there = get(f"/find?q={quote(words)}")
    assert (there.status, there.headers["location"]) == (303, f"j/{key}.html")
    reply = get(f"/j/{key}.html")
    assert (reply.status, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
    page = lxml.html.document_fromstring(reply.body)
    answer = get(f"/v1/status/{key}").json
    assert page.xpath("string(//h1)").split(" US")[0].startswith(answer["jurisdiction"]["name"])
    assert page.xpath("string(//p[@class='answer']/span)") == status
    assert note in page.xpath("string(//section[contains(@class, 'verdict')])")
    assert "There is no record of this place yet." in page.text_content()
    for item in answer["possible"]:
        (link,) = page.xpath(f"//ul[@aria-label='Where it may lie']//a[.='{item['name']}']")
        assert link.get("href").endswith(f"j/{item['id']}.html")
    page.make_links_absolute(f"http://host/j/{key}.html")
    for link in {link for _, _, link, _ in page.iterlinks() if link.startswith("http://host/")}:
        assert get(link.removeprefix("http://host")).status == 200, link
    assert get(f"/j/{key}.html?on=2020-01-01").status == 200


@pytest.mark.parametrize("words", ["Venice, FL", "texas", "34285-1234", "US-FL/ZIP-34285"])
def test_each_place_has_one_page_and_its_other_names_lead_there(get, words):
    reply = get(f"/j/{quote(words)}.html?substance=7-oh")
    assert reply.status == 303
    target = urljoin(f"/j/{quote(words)}.html", reply.headers["location"])
    assert target.endswith("?substance=7-oh")
    assert get(target).status == 200


@pytest.mark.parametrize("words", ["Springfield", "Oceanside", "Georgia", "la"])
@pytest.mark.parametrize("address", ["/find?q={}", "/j/{}.html"])
def test_an_ambiguous_name_gets_a_page_with_the_status_of_each(get, address, words):
    reply = get(address.format(words))
    assert reply.status == 400
    page = lxml.html.document_fromstring(reply.body)
    items = page.xpath("//ul[@class='found']/li")
    assert len(items) > 1
    for item in items[:6]:
        link = item.xpath("string(a/@href)")
        said = get(link.replace("/j/", "/v1/status/").replace(".html", "")).json
        assert get(link).status == 200
        told = item.text_content().rpartition(": ")[2].strip()
        assert told == said_of(said["status"], said["probably"])


def test_no_page_is_published_of_a_place_without_a_record(site):
    assert site.get("j/US-FL/venice.html") is None
    assert site.get("j/DE-BY.html") is None


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/csv", "text/csv"),
        ("text/csv;q=0.1, application/json", "application/json"),
        ("application/json;q=0.2, text/csv;q=0.9", "text/csv"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("text/csv;q=0", "application/json"),
        ("text/*;q=0.9, application/json;q=0.5", "text/csv"),
        ("application/x-ndjson, */*;q=0.1", "application/x-ndjson"),
        ("text/csv;q=much", "application/json"),
        ("image/png", "application/json"),
    ],
)
def test_the_form_of_a_list_is_what_accept_likes_best(get, accept, media):
    reply = get("/v1/upcoming", Accept=accept)
    assert reply.headers["content-type"].partition(";")[0] == media


@pytest.mark.parametrize("query", ["format=", "format=xlsx", "format=JSON"])
def test_a_form_that_is_none_is_refused(get, query):
    reply = get(f"/v1/upcoming?{query}")
    assert reply.status == 400
    assert "is no format" in reply.json["detail"]
