import gzip
import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from regstatus.query.dataset import Dataset
from regstatus.query.listings import LISTS
from regstatus.store.reader import Store
from tests.support.make import NOON, TEXAS, publish, record

BANNED = TEXAS.replace('leaf = "regulated"', 'leaf = "banned"')


def test_an_answer_over_http_is_the_answer_of_the_import(get, whole):
    for name in ("US-TX", "US-CA/san-diego", "TH", "ZW"):
        expected = Dataset(whole).lookup(name, now=NOON).to_dict()
        assert get(f"/v1/status/{name}").json == expected


def test_day_substance_and_record_time_are_asked_by_query(get):
    before, after = (
        get(f"/v1/status/US-TN?on={day}&substance=leaf").json
        for day in ("2026-06-30", "2026-07-01")
    )
    assert (before["status"], after["status"]) == ("regulated", "banned")
    assert get("/v1/status/US-TX?substance=7-OH").json["substance"] == "7-oh"
    assert (
        get("/v1/status/US-TX?as_known_on=2026.11.22").json["snapshot"]["version"] == "2026.11.22"
    )


def test_names_are_understood_and_the_canonical_address_is_told(get):
    reply = get("/v1/status/alabama")
    assert reply.json["jurisdiction"]["id"] == "US-AL"
    assert reply.headers["content-location"] == "/v1/status/US-AL"


@pytest.mark.parametrize(
    "words", ["alabama", "Venice,%20FL", "34285", "27.10,-82.45", "Bayern", "AU-NSW", "Kenya"]
)
def test_what_a_reader_finds_is_there(get, words):
    reply = get(f"/find?q={words}")
    assert reply.status == 303
    assert get(f"/{reply.headers['location'].lstrip('/')}").status == 200


@pytest.mark.parametrize(
    ("target", "status", "words"),
    [
        ("/v1/status/Atlantis", 404, "No jurisdiction is called"),
        ("/v1/status/Georgia", 400, "may mean"),
        ("/v1/status/US-TX?on=yesterday", 400, "2026-11-22"),
        ("/v1/status/US-TX?substance=tea", 400, "mitragynine"),
        ("/v1/status/US-TX?subtance=7-oh", 400, "substance"),
        ("/v1/status/US-TX?on=2026-01-01&on=2027-01-01", 400, "twice"),
        ("/v1/status/US-TX?as_known_on=2019-01-01", 400, "nothing was recorded yet"),
        ("/v1/status?status=forbidden", 400, "sale_prohibited"),
        ("/v1/status?fresh=yes", 400, "true or false"),
        ("/v1/status?format=xls", 400, "csv"),
        ("/v1/status.xls", 400, "csv"),
        ("/v1/changes?since=never", 400, "neither a version nor a day"),
        ("/v1/nothing", 404, "openapi"),
    ],
)
def test_a_question_that_is_not_understood_is_a_problem_with_its_remedy(get, target, status, words):
    reply = get(target)
    assert reply.status == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json["status"] == status
    assert words in reply.json["detail"]


def test_a_wrong_name_gets_suggestions_and_an_ambiguous_one_candidates(get):
    assert any("US-AL" in item for item in get("/v1/status/Alabma").json["suggestions"])
    assert any("US-GA" in item for item in get("/v1/status/Georgia").json["candidates"])


@pytest.mark.parametrize("name", ["Georgia", "Springfield", "la", "Alabma", "Seatle"])
@pytest.mark.parametrize("substance", ["leaf", "derivatives"])
def test_what_is_offered_stands_with_its_status_in_a_word(get, name, substance):
    told = get(f"/v1/status/{name}?substance={substance}").json
    offered = told.get("candidates") or told["suggestions"]
    assert [*told["statuses"]] == offered != []
    for text, word in told["statuses"].items():
        ident = text.rpartition("(")[2].rstrip(")")
        status = get(f"/v1/status/{ident}?substance={substance}").json["status"]
        assert word.startswith(status.replace("_", " "))
    assert f"{offered[0]}: {told['statuses'][offered[0]]}" in told["detail"]


def test_the_page_that_asks_back_says_the_status_of_each_place(get):
    page = get("/find?q=Georgia").text
    for ident in ("US-GA", "GE"):
        word = get(f"/v1/status/{ident}").json["status"].replace("_", " ")
        assert f"{ident}</span></a>: {word}" in page


@pytest.mark.parametrize("patterns", ["US-T*", "us-t*", "TH"])
def test_a_list_is_narrowed_by_patterns(get, patterns):
    ids = [item["jurisdiction"]["id"] for item in get(f"/v1/status?only={patterns}").json["items"]]
    every = [item["jurisdiction"]["id"] for item in get("/v1/status").json["items"]]
    assert ids == [one for one in every if one.startswith(patterns.upper().rstrip("*"))] != []
    assert get("/v1/status?only=XX-*").status == 400


@pytest.mark.parametrize(
    "name", ["status", "changes", "upcoming", "pending", "stale", "snapshots", "sources"]
)
def test_a_list_says_the_same_in_every_form(get, name):
    items = get(f"/v1/{name}").json["items"]
    lines = get(f"/v1/{name}.ndjson").text.splitlines()
    assert [json.loads(line) for line in lines] == items
    table = get(f"/v1/{name}?format=csv").text.splitlines()
    assert table[0] == ",".join(LISTS[name].names)
    assert len(table) >= len(items) + 1
    assert get(f"/v1/{name}", Accept="text/csv").body == get(f"/v1/{name}.csv").body


@pytest.mark.parametrize(
    ("substance", "key", "form"),
    [("leaf", "US-KS", "json"), ("mitragynine", "US-KS", "csv"), ("7-oh", "US-DC", "ndjson"),
     ("7-oh", "US-DC", "csv"), ("7-oh", "US-DC", "json")],
)  # fmt: skip
def test_or_probably_widens_the_list_in_every_form(get, substance, key, form):
    asked = f"/v1/status?status=banned&country=US&level={{}}&substance={substance}&format={form}"
    asked = asked.format("state" if key == "US-KS" else "district")
    plain, wider = get(asked).text, get(f"{asked}&or_probably=true").text
    assert key not in plain
    assert key in wider
    assert get(f"{asked}&or_probably=false").text == plain


@pytest.mark.parametrize(
    "query", ["or_probably=true", "or_probably=true&country=US", "or_probably=yes&status=banned"]
)
def test_or_probably_without_a_status_is_refused_and_says_why(get, query):
    reply = get(f"/v1/status?{query}")
    assert reply.status == 400
    assert "status" in reply.json["detail"] or "true or false" in reply.json["detail"]


def test_the_list_of_statuses_has_every_country_on_earth_and_is_filtered(get):
    everything = get("/v1/status").json["items"]
    levels = [item["jurisdiction"]["level"] for item in everything]
    # ISO 3166-1 has 249 codes, five of which are territories of the United States; and Kosovo.
    assert levels.count("country") + levels.count("territory") == 250
    banned = get("/v1/status?status=banned&country=US&substance=7-oh").json["items"]
    assert banned
    assert {item["status"] for item in banned} == {"banned"}
    assert all(item["jurisdiction"]["id"].startswith("US") for item in banned)
    assert get("/v1/status?fresh=true").json["count"] == 0  # nothing was ever fetched


def test_unchanged_answers_are_not_sent_again(get):
    first = get("/v1/status/US-TX")
    assert first.headers["cache-control"] == "public, max-age=300"
    etag = first.headers["etag"]
    again = get("/v1/status/US-TX", If_None_Match=etag)
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", etag)
    assert get("/v1/status/US-TX", If_None_Match='"another"').status == 200
    assert get("/v1/status/US-TX", If_Modified_Since=first.headers["last-modified"]).status == 304
    old = "Sun, 01 Nov 2020 00:00:00 GMT"
    assert get("/v1/status/US-TX", If_Modified_Since=old).status == 200
    assert get("/v1/status/US-TX", If_Modified_Since="nonsense").status == 200
    # The digest decides where both are given (RFC 9110, 13.2.2).
    both = {"If_None_Match": '"another"', "If_Modified_Since": first.headers["last-modified"]}
    assert get("/v1/status/US-TX", **both).status == 200


def test_bodies_are_compressed_for_those_who_take_it_with_a_validator_of_their_own(get):
    plain, packed = get("/v1/status"), get("/v1/status", Accept_Encoding="gzip, br")
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) * 5 < len(plain.body)
    assert packed.headers["etag"] != plain.headers["etag"]
    assert "Accept-Encoding" in packed.headers["vary"]
    again = get("/v1/status", Accept_Encoding="gzip", If_None_Match=packed.headers["etag"])
    assert again.status == 304


def test_head_has_the_headers_of_get_and_no_body(get):
    whole, head = get("/v1/status/US-TX"), get("/v1/status/US-TX", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.body))
    assert head.headers["etag"] == whole.headers["etag"]


def test_every_answer_may_be_read_by_other_sites_and_sets_no_cookie(get):
    for target in ("/v1/status/US-TX", "/v1/nothing", "/", "/healthz"):
        headers = get(target).headers
        assert headers["access-control-allow-origin"] == "*"
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "set-cookie" not in headers
        assert "server" not in headers
    preflight = get("/v1/status/US-TX", method="OPTIONS")
    assert preflight.status == 204
    assert "Accept-Datetime" in preflight.headers["access-control-allow-headers"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_service_is_read_only(get, method):
    reply = get("/v1/status/US-TX", method=method, body=b"x")
    assert reply.status == 405
    assert "GET" in reply.headers["allow"]


def test_bodies_and_endless_addresses_are_refused(get):
    assert get("/v1/status/US-TX", body=b"x" * 10).status == 413
    assert get("/v1/status/" + "x" * 3_000).status == 414
    assert get("/v1/status/US-TX?on=" + "1" * 3_000).status == 414


def test_a_client_that_asks_too_much_is_told_when_to_come_back(tmp_path, serving):
    publish(tmp_path, record())
    with serving(tmp_path, limit="5/hour") as get:
        codes = [get("/v1/status/US-TX").status for _ in range(7)]
        assert codes == [200] * 5 + [429] * 2
        refused = get("/v1/status/US-TX")
        assert 1 <= int(refused.headers["retry-after"]) <= 3600
        assert get(refused.json["type"]).status == 429  # and it leads to what is told of it
        assert get("/healthz").status == 200


def test_record_time_is_negotiated_as_rfc_7089_says(tmp_path, serving):
    publish(tmp_path, record(), created=NOON - timedelta(days=30))
    publish(tmp_path, record(BANNED), created=NOON)
    with serving(tmp_path) as get:
        assert get("/v1/status/US-TX").json["status"] == "banned"
        past = get("/v1/status/US-TX", Accept_Datetime="Sun, 01 Nov 2026 00:00:00 GMT")
        assert past.json["status"] == "regulated"
        assert past.headers["memento-datetime"] == "Fri, 23 Oct 2026 12:00:00 GMT"
        assert "Accept-Datetime" in past.headers["vary"]
        assert 'rel="original timegate"' in past.headers["link"]
        assert get(past.headers["content-location"]).body == past.body
        timemap = get("/v1/timemap/US-TX")
        assert timemap.headers["content-type"] == "application/link-format"
        assert timemap.text.count('rel="memento"') == 2
        before = get("/v1/status/US-TX", Accept_Datetime="Wed, 01 Jan 2020 00:00:00 GMT")
        assert (before.status, before.json["status"]) == (406, 406)
        assert get("/v1/status/US-TX", Accept_Datetime="soon").status == 400


def test_versions_are_handed_out_whole_and_can_be_proven(get, whole):
    entry = get("/v1/snapshots/2026.11.22.json").json
    body = get("/v1/snapshots/" + entry["links"]["snapshot.json"])
    from hashlib import sha256

    assert sha256(body.body).hexdigest() == entry["digest"] == whole.digest
    assert "immutable" in body.headers["cache-control"]


def test_a_new_version_is_served_without_a_restart(tmp_path, serving, monkeypatch):
    monkeypatch.setattr("regstatus.web.service.library._LOOK_EVERY", 0)
    publish(tmp_path, record(), created=NOON - timedelta(days=1))
    with serving(tmp_path) as get:
        asked = ("/v1/status/US-TX", "/v1/status/US-TX?as_known_on=2026-11-22")
        first = [get(target) for target in asked]
        publish(tmp_path, record(BANNED), created=NOON)
        second = [get(target) for target in asked]
    for before, after in zip(first, second, strict=True):
        assert (before.json["status"], after.json["status"]) == ("regulated", "banned")
        assert before.headers["etag"] != after.headers["etag"]


def test_a_damage_inside_is_told_without_the_files_of_the_machine(tmp_path, serving, caplog):
    publish(tmp_path, record(), created=NOON - timedelta(days=1))
    publish(tmp_path, record(BANNED), created=NOON)
    (tmp_path / "2026.11.22" / "snapshot.json").write_text("{}")
    with serving(tmp_path) as get:
        for target in ("/v1/status/US-TX", "/v1/status", "/healthz", "/"):
            text = get(target).text
            assert "missing or damaged; answered from 2026.11.21" in text
            assert str(tmp_path) not in text
    assert str(tmp_path / "2026.11.22") in caplog.text


def test_the_last_good_edition_answers_when_the_files_are_spoilt_and_says_so(
    tmp_path, serving, monkeypatch, caplog
):
    monkeypatch.setattr("regstatus.web.service.library._LOOK_EVERY", 0)
    publish(tmp_path, record())
    clock = [NOON]
    with serving(tmp_path, now=lambda: clock[0]) as get:
        assert get("/v1/status/US-TX").json["snapshot"]["warning"] is None
        (tmp_path / "index.json").write_text("{")
        reply = get("/v1/status/US-TX")
        assert (reply.status, reply.json["status"]) == (200, "regulated")
        assert "read earlier" in reply.json["snapshot"]["warning"]
        assert get("/healthz").json["status"] == "warn"
        for target in ("/v1/status/US-TX", "/v1/status", "/healthz", "/", "/j/US-TX.html"):
            text = get(target).text
            assert "read earlier" in text
            assert str(tmp_path) not in text
        # Those who run the service learn the rest, once.
        assert [str(tmp_path) in item.getMessage() for item in caplog.records] == [True]
        assert "regstatus_store_warning 1.0" in get("/metrics").text
        clock[0] += timedelta(days=400)  # and it goes on ageing
        late = get("/v1/status/US-TX").json["freshness"]
        assert late["state"] == "unverified"
        assert any("568 days ago" in reason for reason in late["reasons"])


def test_no_snapshot_is_a_problem_that_names_no_file_of_the_machine(tmp_path, serving):
    (tmp_path / "index.json").write_text("{")
    with serving(tmp_path) as get:
        for target in ("/v1/status/US-TX", "/healthz", "/v1/status", "/"):
            reply = get(target)
            assert reply.status == 503
            assert str(tmp_path) not in reply.text
            assert "unregulated" not in reply.text
        assert get("/metrics").status == 200


def test_metrics_count_answers_and_show_how_the_watching_is(get):
    get("/v1/status/US-TX")
    text = get("/metrics").text
    assert 'regstatus_requests_total{route="status",status="200"}' in text
    assert 'regstatus_records{state="unverified"}' in text
    assert 'regstatus_documents{outcome="never fetched"}' in text


def test_a_fault_of_ours_is_no_answer(get, monkeypatch):
    def broken(*_args, **_named):
        raise RuntimeError("secret inside")

    monkeypatch.setattr("regstatus.web.edition.Edition.answer", broken)
    reply = get("/v1/status/US-NV")
    assert reply.status == 500
    assert "secret" not in reply.text


def test_freshness_is_judged_for_this_hour_not_for_the_start_of_the_service(
    tmp_path, serving, monkeypatch
):
    monkeypatch.setattr("regstatus.web.service.library._LOOK_EVERY", 0)
    publish(tmp_path, record())
    clock = [NOON]
    with serving(tmp_path, now=lambda: clock[0]) as get:
        first = get("/v1/status/US-TX").json
        clock[0] = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
        second = get("/v1/status/US-TX").json
    assert (first["on"], second["on"]) == ("2026-11-22", "2026-11-23")


def test_the_snapshot_of_the_store_is_left_as_it_is(get, whole):
    before = Store(whole.path).load().digest
    get("/v1/status/US-TX")
    get("/")
    assert Store(whole.path).load().digest == before


LITTLE = 50_000
"""Bytes of memory for answers that a few fill."""


def test_no_reader_can_fill_the_memory_with_questions(get, monkeypatch):
    from regstatus.web.service import middleware as gate

    monkeypatch.setattr(gate, "_KEPT", LITTLE)
    sizes = []
    keep = gate.ServiceMiddleware._keep

    def watched(self, key, reply):
        keep(self, key, reply)
        sizes.append(sum(len(kept.body) for kept in self._replies.values()))

    monkeypatch.setattr(gate.ServiceMiddleware, "_keep", watched)
    asked = []
    for day in range(1, 9):
        asked.append(get(f"/v1/status?country=US&level=district&on=2026-01-{day:02}"))
        asked.append(get(f"/v1/status/US-TX?on=2026-01-{day:02}"))
    assert {reply.status for reply in asked} == {200}
    assert len(sizes) == 16
    assert max(sizes) <= LITTLE < sum(len(reply.body) for reply in asked)


def test_an_answer_can_be_cited_for_any_day_and_place(get):
    today, then = get("/v1/cite/US-TX").json, get("/v1/cite/Texas.json?on=2020-01-01").json
    assert today[0]["type"] == then[0]["type"] == "dataset"
    assert " on 2020-01-01: " in then[0]["title"]
    bib = get("/v1/cite/US-TX.bib")
    assert bib.headers["content-type"].startswith("application/x-bibtex")
    assert [item["id"] for item in today] == re.findall(r"@misc\{(.+),", bib.text)
    assert bib.text.splitlines()[0] in get("/j/US-TX.html").text
    assert get("/v1/cite/Atlantis.bib").status == 404
