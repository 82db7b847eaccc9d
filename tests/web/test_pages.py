"""The pages: what they say, that nothing hostile gets out of its place, and that links lead somewhere."""

from __future__ import annotations

import json
import posixpath
import re
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest

from regstatus.base.errors import UsageError
from regstatus.decide.attested import places
from regstatus.model.law import said as said_of
from regstatus.store.reader import Store
from regstatus.web.edition import Edition
from regstatus.web.pages import page_set as pages
from regstatus.web.pages.page_set import SHOWN
from regstatus.web.pages.place import SETTING, address
from regstatus.web.website import Site
from tests.support.make import NOON, publish, record
from tests.web import hostile

BASE = "https://kratom.example/law/"


def edition(folder, now=hostile.LATER):
    found = Store(folder)
    return Edition(found, found.load(), now)


def parsed(site, path):
    return lxml.html.document_fromstring(site.get(path).body)


@pytest.fixture(scope="module", params=[hostile.SCRIPT_URL, hostile.MARKUP_URL])
def spoilt(request, tmp_path_factory):
    folder = hostile.store(tmp_path_factory.mktemp("hostile"), request.param)
    return Site(edition(folder), BASE)


@pytest.fixture(scope="module")
def everything(site):
    """Every page of the whole catalogue, read once."""
    return {path: parsed(site, path) for path in site.paths if path.endswith(".html")}


def own(site):
    """The pages of a hostile store that show something of it."""
    for path in site.paths:
        alike = path.startswith("j/") and path[2:-5] not in (*site.edition.snapshot.ids, "ZW")
        if path.endswith(".html") and not path.startswith("map/") and not alike:
            yield path


def test_the_hostile_store_is_really_shown(spoilt):
    text = parsed(spoilt, "j/US-TX.html").text_content()
    # Names, quotes, reasons, duties, limits, notes, clocks: the words must be there as words.
    assert text.count("<script>alert(1)</script>") > 30
    assert text.count("{{7*7}}") > 30
    for path in ("changes.html", "changes/2026.11.23.html", "sources.html", "upcoming.html"):
        assert "<script>alert(1)</script>" in parsed(spoilt, path).text_content(), path


def test_no_text_of_a_record_becomes_markup(spoilt):
    for path in own(spoilt):
        raw = spoilt.get(path).body.decode()
        assert "<script>alert" not in raw, path
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", raw), path
        page = parsed(spoilt, path)
        for script in page.iter("script"):
            if script.get("type") in {"application/ld+json", "application/json"}:
                json.loads(script.text)
            else:
                assert script.get("src"), path
                assert not script.text, path
        for node in page.iter(lxml.html.etree.Element):
            assert not [name for name in node.attrib if name.startswith("on")], (path, node.attrib)


def test_no_address_of_a_record_becomes_a_link_unless_it_is_http(spoilt):
    for path in own(spoilt):
        for node, name, link, _ in parsed(spoilt, path).iterlinks():
            scheme = urlsplit(re.sub(r"[\x00-\x20]", "", link)).scheme.casefold()
            assert scheme in {"", "http", "https"}, (path, node.tag, name, link)


def test_every_page_obeys_the_policy_of_its_own_service(everything):
    for path, page in everything.items():
        for node in page.iter(lxml.html.etree.Element):
            assert "style" not in node.attrib, (path, node.tag)
            assert not [name for name in node.attrib if name.startswith("on")], path
            if node.tag in {"link", "script", "img", "iframe", "object", "source"}:
                link = node.get("href") or node.get("src") or ""
                if node.get("rel") not in {"canonical", "license"}:
                    assert not urlsplit(link).netloc, (path, link)
            assert node.tag not in {"style", "iframe", "object", "embed", "base"}, path


def targets(path, page):
    """Path and fragment of every internal link of a page."""
    for node in page.iter(lxml.html.etree.Element):
        for name in ("href", "src", "action"):
            link = node.get(name)
            if link is None or (parts := urlsplit(link)).scheme or parts.netloc:
                continue
            if parts.path.startswith("/"):
                yield unquote(parts.path[1:]) or "index.html", parts.fragment, link
                continue
            at = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
            yield (at if parts.path else path), parts.fragment, link


def test_every_link_of_the_whole_site_leads_somewhere(everything, site):
    paths = set(site.paths)
    anchors = {path: set(page.xpath("//@id")) for path, page in everything.items()}
    questions = {"find"}
    seen = 0
    for path, page in everything.items():
        for target, fragment, link in targets(path, page):
            assert target in paths | questions, (path, link)
            assert not fragment or fragment in anchors[target], (path, link)
            seen += 1
    assert seen > 20_000


def test_every_id_stands_once_on_a_page(everything):
    for path, page in everything.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), (path, {i for i in ids if ids.count(i) > 1})


def test_a_page_says_the_same_status_as_the_answer(everything, site):
    for place in site.edition.places:
        answer = json.loads(site.get(f"v1/status/{place.id}.json").body)
        page = everything[f"j/{place.id}.html"]
        shown = page.xpath("//p[@class='answer']/span/@class")
        assert shown == [f"status s-{answer['status']}"], place.id
        rows = page.xpath("//section[@aria-labelledby='substances']//tbody//span/@class")
        found = [css.removeprefix("status s-") for css in rows if css.startswith("status")]
        if not any(layer["recorded"] for layer in answer["layers"]):  # one card says it all
            assert set(answer["substances"].values()) == {"unknown"}, place.id
            continue
        assert found == [answer["substances"][name] for name in SUBSTANCES], place.id
        may = page.xpath(
            "//section[@aria-labelledby='may']//tbody/tr/td[1]//text()[normalize-space()]"
        )
        assert may == [*answer["may"].values()], place.id
        state = page.xpath(
            "//section[@aria-labelledby='trust']/p/span[starts-with(@class, 'fresh')]"
        )
        assert state[0].text == answer["freshness"]["state"], place.id


SUBSTANCES = ("leaf", "mitragynine", "7-oh", "derivatives")


def test_what_nobody_recorded_is_unknown_and_says_that_it_is_no_permission(everything):
    text = everything["j/ZW.html"].text_content()
    assert "Unknown is never permission." in text
    assert "There is no record of the law of this place." in text
    assert "Unverified: do not rely on this" in text


def test_a_proposal_is_called_no_law_wherever_it_stands(everything):
    page = everything["j/US.html"]
    listed = page.xpath("//ul[@class='pending']/li")
    assert listed
    assert all("not law" in item.xpath("string(p[1]/span[1])") for item in listed)
    assert "FR Doc. 2026-20943" not in everything["upcoming.html"].text_content()


def test_what_is_enacted_stands_under_its_day_with_the_challenge(everything):
    page = everything["j/US-KY.html"]
    first = page.xpath("//ul[@class='coming']/li")[0].text_content()
    assert "1 January 2027" in first
    assert "enacted" in first
    assert "challenged in court" in first
    assert page.xpath("//p[@class='answer']/span/@class") == ["status s-regulated"]


def test_an_open_contradiction_stands_before_the_answer_with_both_sides(tmp_path):
    publish(tmp_path, *hostile.full())
    text = Site(edition(tmp_path)).get("j/US-TX.html").body.decode()
    page = lxml.html.document_fromstring(text)
    top = page.xpath("//section[@aria-labelledby='contradictions']")[0]
    assert "recorded" in top.text_content()
    assert "observed" in top.text_content()
    assert text.index("contradictions") < text.index('class="answer"')


def test_another_day_is_said_to_be_another_day(site):
    found = site.edition
    day = found.on.replace(year=2027, month=1, day=1)
    page = lxml.html.document_fromstring(pages.jurisdiction(found, None, "US-KY", on=day))
    assert page.xpath("//p[@class='answer']/span/@class") == ["status s-sale_prohibited"]
    assert "Not today’s answer." in page.text_content()
    assert "Not today’s answer." not in parsed(site, "j/US-KY.html").text_content()


def test_a_page_answers_the_whole_question_of_its_address(get):
    asked = "on=2026-11-22&substance=derivatives&as_known_on=2026.11.22"
    page = lxml.html.document_fromstring(get(f"/j/US-KY.html?{asked}").body)
    assert page.xpath("//p[@class='answer']/span/@class") == ["status s-banned"]
    assert "as the records stood in version 2026.11.22" in page.text_content()
    plain = lxml.html.document_fromstring(get("/j/US-KY.html").body)
    assert plain.xpath("//p[@class='answer']/span/@class") == ["status s-regulated"]
    assert get("/j/US-KY.html?substance=tea").status == 400


def test_the_page_of_changes_shows_the_newest_and_leaves_the_rest_to_the_versions(tmp_path):
    publish(tmp_path, record())
    many = [hostile.event(sentence=f"Event {number}.") for number in range(SHOWN + 5)]
    publish(
        tmp_path, record(hostile.TEXAS.replace("18", "21")), created=hostile.LATER, changes=many
    )
    site = Site(edition(tmp_path))
    page = parsed(site, "changes.html")
    assert len(page.xpath("//li[starts-with(@class, 'event')]")) == SHOWN
    assert "5 older changes" in page.text_content()
    whole = parsed(site, "changes/2026.11.23.html")
    assert len(whole.xpath("//li[starts-with(@class, 'event')]")) == SHOWN + 5


def test_a_spoilt_list_of_changes_is_told_and_takes_no_page_with_it(tmp_path):
    publish(tmp_path, record())
    event = hostile.event()
    publish(
        tmp_path, record(hostile.TEXAS.replace("18", "21")), created=hostile.LATER, changes=[event]
    )
    (tmp_path / "2026.11.23" / "changes.json").write_text("{", encoding="utf-8")
    site = Site(edition(tmp_path))
    assert "cannot be read at present" in parsed(site, "changes/2026.11.23.html").text_content()
    assert site.get("j/US-TX.html") is not None
    assert site.get("feeds/all.atom") is not None


def test_the_watching_says_loudly_what_was_never_fetched(everything, site):
    text = everything["sources.html"].text_content()
    never = sum(item["outcome"] == "never fetched" for item in site.edition.documents)
    assert f"{never} of {len(site.edition.documents)} documents were never fetched." in text
    assert "No run of the watch is recorded here." in text


def test_failing_documents_come_first(spoilt):
    page = parsed(spoilt, "sources.html")
    order = page.xpath("//section/h2/@id")
    assert order.index("failing") == order.index("runs") + 1


@pytest.mark.parametrize(("base", "start"), [(None, "/"), (BASE, BASE)])
def test_the_page_for_lost_addresses_works_at_any_depth(site, base, start):
    lost = Site(site.edition, base)
    page = parsed(lost, "404.html")
    for _, _, link, _ in page.iterlinks():
        assert link.startswith(("#", start, "https://creativecommons.org/")), link


def test_a_name_that_fits_several_places_leads_to_each(site):
    found = site.edition
    for asked, ids in (("Georgia", ["US-GA", "GE"]), ("Alabma", ["US-AL"])):
        with pytest.raises(UsageError) as caught:
            found.answer(asked)
        text = pages.not_found(found, None, caught.value, asked)
        links = lxml.html.document_fromstring(text).xpath("//ul[@class='found']//a/@href")
        assert links == [f"/j/{key}.html" for key in ids]


def test_words_that_fit_no_place_are_shown_as_words(site):
    with pytest.raises(UsageError) as caught:
        site.edition.answer(hostile.TEXT)
    text = pages.not_found(site.edition, None, caught.value, hostile.TEXT)
    assert "<script>alert" not in text
    assert "No such place here" in text


@pytest.mark.parametrize(
    "setting", ["", "javascript:alert(1)", "data:text/html,x", "//x", "http://[", "x"]
)
def test_a_report_is_linked_only_where_an_address_was_set(monkeypatch, setting):
    monkeypatch.setenv(SETTING, setting)
    assert address("s") is None


def test_a_report_says_what_it_is_about(monkeypatch, site):
    monkeypatch.setenv(SETTING, "mailto:law@example.org")
    text = pages.jurisdiction(site.edition, None, "US-TX")
    link = lxml.html.document_fromstring(text).xpath(
        "//section[@aria-labelledby='mistake']//a/@href"
    )
    version = site.edition.snapshot.version
    assert link == [
        f"mailto:law@example.org?subject=regstatus%20{version}%3A%20US-TX%20on%202026-11-22"
    ]
    monkeypatch.setenv(SETTING, "https://git.example/x/issues/new?labels=data")
    assert address("a b") == "https://git.example/x/issues/new?labels=data&title=a%20b"
    monkeypatch.delenv(SETTING)
    assert "docs/corrections.md" in pages.jurisdiction(site.edition, None, "US-TX")


def test_the_same_edition_gives_the_same_bytes(whole):
    one, other = (Site(Edition(Store(whole.path), whole, NOON)) for _ in range(2))
    for path in ("j/US-CA.html", "changes.html", "sources.html", "about.html", "feeds/all.ics"):
        assert one.get(path).body == other.get(path).body


def test_the_front_page_counts_the_places_that_rest_on_an_official_text(get, whole):
    records = list(whole.records())
    count = len(places(records))
    told = f"{count} of {len(records)} places rest on an official text, as of a stated day"
    assert count
    assert told in get("/").text


def within(folder, *places):
    """A site of Texas, unregulated, with places inside it: a name and its statuses."""
    found = []
    for name, said in [("", dict.fromkeys(SUBSTANCES, "unregulated")), *places]:
        made = record()
        made["timeline"][-1]["statuses"] = said
        facts = {"id": f"US-TX/{name.lower()}", "name": name, "level": "city", "parent": "US-TX"}
        found.append({**made, **(facts if name else {})})
    publish(folder, *found)
    return Site(edition(folder))


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ([("Ayton", {"leaf": "banned"})], "Ayton: banned"),
        (
            [
                ("Ayton", {"leaf": "regulated"}),
                ("Beeton", {"leaf": "banned"}),
            ],
            "2 counties or towns, among them Beeton: banned",
        ),
        (
            [(f"{n}ton", {"leaf": "sale_prohibited"}) for n in "ABCDEFGHIJKL"],
            "12 counties or towns: sale prohibited",
        ),
    ],
)
def test_map_page_table_and_list_say_that_it_is_stricter_inside(tmp_path, places, told):
    site = within(tmp_path, *places)
    index, page = parsed(site, "index.html"), parsed(site, "j/US-TX.html")
    (shape,) = index.xpath("//*[@id='map-us']//a[@data-at='US-TX']")
    assert f"; stricter in {told}" in shape.xpath("string(title)")
    assert "inside" in shape.get("class")
    (row,) = index.xpath("//tr[@data-at='US-TX']")
    assert f"stricter in {told}" in row.text_content()
    assert f"Inside it stricter in {told}." in page.text_content()
    assert "stricter in parts" in page.xpath("string(//title)")
    rows = {
        row.xpath("string(th/a)"): row for row in page.xpath("//section[h2/@id='below']//tbody/tr")
    }
    for name, _ in places:
        assert rows[name].xpath("boolean(td[1][contains(., 'stricter')])")
        assert not rows[name].xpath("boolean(td[2][contains(., 'stricter')])")
    (item,) = (
        item
        for item in json.loads(site.get("v1/status.json").body)["items"]
        if item["jurisdiction"]["id"] == "US-TX"
    )
    assert {one["name"] for one in item["stricter_within"]} == {name for name, _ in places}
    line = next(row for row in site.get("v1/status.csv").body.decode().split() if "US-TX" in row)
    assert line.endswith(f",{len(places)}")


@pytest.mark.parametrize("status", ["unregulated", "unknown"])
def test_what_is_not_stricter_inside_is_not_called_so(tmp_path, status):
    site = within(tmp_path, ("Ayton", {"leaf": status}))
    for path in ("index.html", "j/US-TX.html", "j/TH.html"):
        page = parsed(site, path)
        assert not page.xpath("//*[contains(@class, 'inside')][normalize-space()]"), path
        assert "Inside it" not in page.text_content(), path
        assert "stricter in parts" not in page.text_content(), path


def test_what_comes_and_what_limits_stand_in_the_answer(everything, site):
    answer = site.edition.answer("US-KY")
    text = " ".join(everything["j/US-KY.html"].find(".//section[@id='verdict']").itertext())
    text = " ".join(text.split())
    assert "From 1 January 2027" in text
    assert "kratom leaf: sale prohibited" in text
    assert "On 22 November 2026 (UTC), kratom leaf" in text
    chips = " ".join(" ".join(everything["j/US-TX.html"].text_content().split()).split("7-OH")[1:])
    assert f"regulated (limit {site.edition.answer('US-TX')['seven_oh_cap']})" in chips
    assert answer["substances"]["7-oh"] == "regulated"


def test_a_place_that_nobody_looked_at_is_one_card(everything):
    page = everything["j/AQ.html"]
    assert [item.get("id") for item in page.iter("h2")] == ["trust", "mistake"]
    assert "Unknown is never permission." in page.text_content()


def test_a_card_and_a_badge_say_what_the_answer_says_and_how_it_is_known(site):
    for key in ("US-TX", "US-KY", "TH", "AQ", "US-CA/san-diego"):
        answer = site.edition.answer(key)
        card = " ".join(parsed(site, f"embed/{key}.html").find(".//main").text_content().split())
        for name in SUBSTANCES:
            assert said_of(answer["substances"][name], answer["details"][name]["probably"]) in card
        badge = lxml.etree.fromstring(site.get(f"badge/{key}.svg").body)
        told = " ".join(badge.itertext())
        assert said_of(answer["status"], answer["probably"]) in told
        state = answer["freshness"]["state"]
        assert state in card
        assert (state in told) is (state in {"stale", "unverified"})
    assert "(limit 2%)" in card_of(site, "US-TX")
    assert "changes from 1 January 2027" in card_of(site, "US-KY")


def card_of(site, key):
    return " ".join(parsed(site, f"embed/{key}.html").text_content().split())


def test_cards_alone_may_be_framed(get):
    assert "frame-ancestors" not in get("/embed/US-TX.html").headers["content-security-policy"]
    for path in ("/", "/j/US-TX.html", "/v1/status/US-TX", "/embed/nowhere.html?x", "/embedded"):
        policy = get(path).headers["content-security-policy"]
        assert ("frame-ancestors 'none'" in policy) is not path.startswith("/embed/"), path


def test_hostile_names_stay_text_in_a_badge(spoilt):
    for path in spoilt.paths:
        if path.startswith("badge/"):
            badge = lxml.etree.fromstring(spoilt.get(path).body)
            assert {node.tag.rpartition("}")[2] for node in badge.iter()} == {
                "svg", "title", "rect", "g", "text",
            }  # fmt: skip
