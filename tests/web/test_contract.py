"""What any client may build on: errors that lead somewhere, forms that tell their version, links that open."""

import json
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from regstatus.base.front_page import keyless
from regstatus.base.version import SCHEMA
from regstatus.store.reader import Store
from regstatus.web.api.openapi import document
from regstatus.web.api.problems import PROBLEMS
from regstatus.web.links import outward
from tests.conftest import ROOT
from tests.support.make import NOON, TEXAS, publish, record
from tests.web.test_openapi import validator

REFUSED = {
    "unknown-jurisdiction": ("/v1/status/Atlantis", {}),
    "ambiguous-jurisdiction": ("/v1/status/Georgia", {}),
    "not-understood": ("/v1/status/US-TX?on=soon", {}),
    "nothing-there": ("/v1/nothing", {}),
    "read-only": ("/v1/status/US-TX", {"method": "PUT"}),
    "nothing-recorded-yet": (
        "/v1/status/US-TX", {"Accept_Datetime": "Wed, 01 Jan 2020 00:00:00 GMT"}
    ),
    "body-too-long": ("/v1/status/US-TX", {"body": b"x"}),
    "address-too-long": ("/v1/status/" + "x" * 3_000, {}),
    "unknown-media": ("/v1/status", {"method": "POST", "body": b"{}"}),
    "headers-too-long": ("/v1/status/US-TX", {"X_Long": "x" * 20_000}),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "asked"), REFUSED.items(), ids=REFUSED)
def test_the_type_of_a_problem_leads_to_what_is_told_of_it(get, site, kind, asked):
    target, more = asked
    reply = get(target, **more)
    validator("Problem").validate(reply.json)
    told = get(reply.json["type"])
    assert (told.status, told.headers["content-type"]) == (200, "application/json")
    assert told.json["kind"] == kind
    assert (told.json["status"], told.json["title"]) == (reply.status, reply.json["title"])
    assert len(told.json["remedy"]) > 20
    assert site.get(reply.json["type"].lstrip("/")).body == told.body  # published, too


def test_every_kind_that_is_told_of_may_happen():
    assert {*PROBLEMS} - {*REFUSED} == {"too-many", "failed", "no-sound-snapshot"}
    described = {
        int(code) for code in document()["paths"]["/v1/status/{jurisdiction}"]["get"]["responses"]
    }
    assert {told["status"] for told in PROBLEMS.values()} - described == {405, 415, 500}


def test_a_site_below_a_path_names_its_problems_there(tmp_path, serving):
    publish(tmp_path, record())
    with serving(tmp_path, base="https://example.org/law/") as get:
        assert get("/v1/x").json["type"] == "https://example.org/law/v1/problems/nothing-there.json"
        batch = json.dumps({"questions": [{"jurisdiction": "Atlantis"}]})
        item = get("/v1/status", "POST", batch, Content_Type="application/json").json["items"][0]
        assert item["problem"]["type"].startswith("https://example.org/law/v1/problems/unknown-")


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("application/json", "application/problem+json"),
        ("application/problem+json, text/html;q=0.5", "application/problem+json"),
        ("application/json;q=0.9, text/html;q=0.1", "application/problem+json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
        ("text/html, application/json", "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        ("application/json;q=0", "text/html; charset=utf-8"),
        (None, "text/html; charset=utf-8"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("target", "status"),
    [("/nothing", 404), ("/j/Atlantis.html", 404), ("/find?q=Georgia", 400), ("/j/US-TX.html?on=soon", 400)],
)  # fmt: skip
def test_where_json_is_asked_a_page_that_is_not_there_is_a_problem(
    get, target, status, accept, media
):
    reply = get(target, **({"Accept": accept} if accept else {}))
    assert (reply.status, reply.headers["content-type"]) == (status, media)
    assert "Accept" in reply.headers["vary"].split(", ")
    if "json" in media:
        validator("Problem").validate(reply.json)
        assert reply.json["status"] == status


@pytest.mark.parametrize(
    "target",
    ["/v1/status/US-TX", "/v1/status", "/v1/changes", "/v1/sources", "/v1/timeline/US-TX",
     "/v1/snapshots/2026.11.22", "/v1/screen?to=US-TX&product=leaf", "/healthz"],
)  # fmt: skip
def test_every_answer_tells_the_version_of_its_form(get, target):
    told = get(target)
    assert told.json.get("snapshot", told.json)["schema_version"] == SCHEMA
    assert told.headers["schema-version"] == SCHEMA


@pytest.mark.parametrize("target", ["/v1/changes.csv", "/v1/stale.ndjson", "/v1/nothing", "/"])
def test_what_has_no_room_for_it_tells_it_in_a_header(get, target):
    assert get(target).headers["schema-version"] == SCHEMA


PARAMETERS = document()["paths"]["/v1/snapshots/{version}"]["get"]["parameters"]
VERSION = PARAMETERS[0]["schema"]["pattern"]


@pytest.mark.parametrize("version", ["2026.11.22", "2026.01.31.2", "2026.12.01.10"])
def test_the_pattern_of_versions_has_every_version(version):
    assert re.search(VERSION, version)


@pytest.mark.parametrize(
    "version",
    ["2026.13.01", "2026.00.10", "2026.10.32", "2026.1.1", "2026.11.22.", "2026.11.22.0",
     "2026.11.22.1", "2026.11.22.02", "2026-11-22", "2026.11.22 ", "x2026.11.22"],
)  # fmt: skip
def test_the_pattern_of_versions_has_nothing_else(version):
    assert not re.search(VERSION, version)


def test_versions_of_one_day_fit_the_pattern(tmp_path):
    for _ in range(3):
        publish(tmp_path, record(), created=NOON)
    ids = [entry["id"] for entry in Store(str(tmp_path)).versions()]
    assert ids == ["2026.11.22", "2026.11.22.2", "2026.11.22.3"]
    assert all(re.search(VERSION, one) for one in ids)


KEY = "https://law.example/api?key={env:KEY}&q=kratom"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        (KEY, "https://law.example/api?q=kratom"),
        ("https://law.example/api?q=a&key={env:KEY}", "https://law.example/api?q=a"),
        ("https://law.example/api?key={env:KEY}", "https://law.example/api"),
        ("https://law.example/api?a={env:A}&b=1&c={env:C}#x", "https://law.example/api?b=1#x"),
        ("https://law.example/{env:KEY}/api", ""),
        ("https://{env:KEY}.example/", ""),
        ("https://law.example/a?b=%7Benv%7D&", "https://law.example/a?b=%7Benv%7D&"),
    ],
)
def test_a_link_has_no_room_for_a_key(url, found):
    assert keyless(url) == found
    assert outward(url) == (found or None)


def test_no_link_that_goes_out_holds_a_template(serving):
    with serving(ROOT / "snapshots") as get:
        targets = [
            "/v1/sources",
            "/v1/sources.csv",
            "/v1/review",
            "/v1/changes.ndjson",
            "/sources.html",
        ]
        targets += [
            f"{at}{key}" for key in ("US", "KR") for at in ("/v1/status/", "/feeds/", "/j/")
        ]
        endings = {"/feeds/": ".atom", "/j/": ".html"}
        for target in targets:
            reply = get(
                target + next((e for at, e in endings.items() if target.startswith(at)), "")
            )
            assert reply.status == 200
            assert not re.search("(?i)(?:{|%7b)env:", reply.text), target
        urls = {item["key"]: item["url"] for item in get("/v1/sources").json["items"]}
    assert all(urlsplit(url).scheme in {"http", "https"} for url in urls.values())
    assert any("law.go.kr/DRF" in url and "target=law" in url for url in urls.values())


def test_a_memento_says_the_same_on_a_later_day(tmp_path, serving):
    ends = TEXAS.replace('leaf = "regulated"', 'leaf = "banned"')
    publish(tmp_path, record(), created=NOON - timedelta(days=30))
    publish(tmp_path, record(ends), created=NOON)
    wanted = "Sun, 01 Nov 2026 00:00:00 GMT"
    seen = []
    for later in (0, 400):
        with serving(tmp_path, now=lambda days=later: NOON + timedelta(days=days)) as get:
            reply = get("/v1/status/US-TX?substance=leaf", Accept_Datetime=wanted)
            assert reply.json["on"] == "2026-11-01"
            assert get(reply.headers["content-location"]).body == reply.body
            named = get("/v1/status/US-TX?as_known_on=2026.10.23")
            assert f"on={named.json['on']}" in named.headers["content-location"]
            assert get(named.headers["content-location"]).body == named.body
            other = get("/v1/status/US-TX?on=2026-05-01", Accept_Datetime=wanted)
            assert other.json["on"] == "2026-05-01"
            memento = re.search(r'<([^>]+)>;rel="memento"', get("/v1/timemap/US-TX").text)[1]
            kept = get(memento)
            told = {**reply.json, "freshness": None, "snapshot": None}
            seen.append((reply.headers["content-location"], told, memento, kept.json["on"]))
    assert seen[0] == seen[1]
    assert seen[0][3] == "2026-10-23"


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ("Fri, 31 Dec 9999 23:59:59 -1400", 400),
        ("Mon, 01 Jan 0001 00:00:00 +1400", 406),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 200),
        ("Sun, 22 Nov 2026 23:30:00 -0500", 200),
    ],
)
def test_a_moment_at_the_edge_of_time_is_no_fault_of_ours(get, wanted, status):
    reply = get("/v1/status/US-TX", Accept_Datetime=wanted)
    assert reply.status == status
    if status == 200:  # a day to come is today
        assert reply.json["on"] == "2026-11-22"


def test_the_root_of_the_interface_is_a_problem_with_its_remedy(get):
    for target in ("/v1", "/v1/"):
        assert "openapi" in get(target).json["detail"]
