"""Less of an answer, and only the answers that may have changed: smaller, and never less honest."""

import csv
import io
import json

import pytest

from regstatus.cli import main
from regstatus.model.schemas import SHAPES
from regstatus.query.lists import ALWAYS, SHORT
from tests.support.make import FEDERAL, NOON, TEXAS, publish, record
from tests.web.test_openapi import validator
from tests.web.test_status_batch import post

WHERE = {
    "US-TX": "/v1/status/US-TX?{}",
    "US-CA/san-diego": "/v1/status/US-CA/san-diego?on=2026-01-01&substance=7-oh&{}",
}


@pytest.mark.parametrize("target", WHERE.values(), ids=WHERE)
@pytest.mark.parametrize("fields", ["may", "summary,citations", "status", "evidence,may,may"])
def test_a_part_of_an_answer_is_what_stands_in_the_whole(get, target, fields):
    whole, part = get(target.format("")).json, get(target.format(f"fields={fields}")).json
    assert [*part] == [key for key in whole if key in {*fields.split(","), *ALWAYS}]
    assert part == {key: whole[key] for key in part}
    validator("AnswerPart").validate(part)


def test_no_status_goes_out_without_how_well_it_is_known(get):
    told = get("/v1/status/US-TX?fields=substances").json
    assert {"on", "grade", "freshness", "probably", "snapshot", "substance"} <= told.keys()
    model = SHAPES["AnswerPart"].model_fields
    assert {name for name, field in model.items() if field.is_required()} == {*ALWAYS}
    assert {*ALWAYS} <= {*SHORT}


@pytest.mark.parametrize("fields", ["colour", "", "may,", "may summary", "freshness.state"])
def test_a_key_that_is_not_known_is_refused_with_those_that_are(get, fields):
    targets = [
        f"{at}?fields={fields.replace(' ', '%20')}" for at in ("/v1/status", "/v1/status/TH")
    ]
    replies = [get(target) for target in targets]
    replies.append(post(get, {"questions": [{"jurisdiction": "TH"}], "fields": fields}))
    for reply in replies:
        assert reply.status == 400
        assert "fields: " in reply.json["detail"]
        assert "stricter_within" in reply.json["detail"]


def test_a_part_is_the_same_in_every_form_of_the_list_and_in_a_batch(get):
    asked = "only=US-T*&fields=may,summary&fields=since"
    whole = get("/v1/status?only=US-T*").json["items"]
    items = get(f"/v1/status?{asked}").json["items"]
    keys = [key for key in whole[0] if key in {"may", "summary", "since", *ALWAYS}]
    assert items == [{key: item[key] for key in keys} for item in whole]
    validator("StatusList").validate(get(f"/v1/status?{asked}").json)
    lines = get(f"/v1/status.ndjson?{asked}").text.splitlines()
    assert [json.loads(line) for line in lines] == items
    rows = [*csv.DictReader(io.StringIO(get(f"/v1/status.csv?{asked}").text))]
    every = [*csv.DictReader(io.StringIO(get("/v1/status.csv?only=US-T*").text))]
    assert rows == [{key: row[key] for key in rows[0]} for row in every]
    assert {"id", "status", "since", "on", "version", "grade", "freshness"} <= rows[0].keys()
    assert not {"leaf", "basis"} & rows[0].keys()
    batch = {"questions": [{"jurisdiction": "US-TN"}], "fields": "may"}
    assert post(get, batch).json["items"][0]["answer"] == get("/v1/status/US-TN?fields=may").json


def test_a_memento_of_a_part_is_the_part(get):
    part = get("/v1/status/texas?fields=may&on=2026-01-01&as_known_on=2026.11.22")
    assert get(part.headers["content-location"]).body == part.body


def test_a_table_carries_its_day_its_version_and_its_substance(get):
    rows = [*csv.DictReader(io.StringIO(get("/v1/status.csv?on=2026-01-01&substance=7oh").text))]
    assert {(row["on"], row["version"], row["substance"]) for row in rows} == {
        ("2026-01-01", "2026.11.22", "7-oh")
    }


CITY = '\n[[timeline]]\nfrom = 2026-11-10\nleaf = "banned"\ninstruments = ["act"]\n'


@pytest.fixture
def store(tmp_path):
    """Two versions; in the second Texas is corrected, and since the first a day of federal law came."""
    event = {
        "kind": "correction", "jurisdiction": "US-TX", "substance": "leaf", "before": "unknown",
        "after": "regulated", "law_date": None, "observed": "2026-11-22", "document": None,
        "url": None, "quote": None, "sentence": "Texas was corrected.", "details": [],
    }  # fmt: skip
    publish(tmp_path, record(TEXAS), created=NOON.replace(day=1))
    publish(tmp_path, record(TEXAS), changes=[event], created=NOON)
    return tmp_path


def test_only_what_may_have_changed_since_then_is_sent(store, serving, capsys):
    with serving(store) as get:
        versions = [item["id"] for item in get("/v1/snapshots").json["items"]]
        since = {
            key: {
                item["jurisdiction"]["id"]
                for item in get(f"/v1/status?changed_since={key}").json["items"]
            }
            for key in (*versions, "2026-11-21", "2026-11-22")
        }
        everything = get("/v1/status").json
    assert since[versions[0]] == since["2026-11-21"] == {"US", "US-TX"}
    assert since[versions[1]] == since["2026-11-22"] == set()
    assert everything["count"] > 300
    words = ["list", "--changed-since", "2026-11-21", "--fields", "may", "--snapshots", str(store)]
    main([*words, "--json"])
    printed = json.loads(capsys.readouterr().out)
    assert [item["jurisdiction"]["id"] for item in printed] == ["US-TX"]
    assert "may" in printed[0]
    assert "substances" not in printed[0]


def test_a_day_of_law_that_came_since_then_counts_without_an_event(tmp_path, serving):
    publish(tmp_path, record(TEXAS), record(FEDERAL), created=NOON)
    later = NOON.replace(year=2029)
    with serving(tmp_path, now=lambda: later) as get:
        found = get("/v1/status?changed_since=2026.11.22&country=US").json["items"]
        ids = {item["jurisdiction"]["id"] for item in found}
        # The federal order ends in between: it may govern in every state.
        assert {"US", "US-TX", "US-AL"} <= ids
        assert get("/v1/status?changed_since=2028-12-31").json["count"] == 0


@pytest.mark.parametrize("since", ["yesterday", "2019.01.01", "", "2026-13-01"])
def test_a_moment_that_is_none_is_refused(get, since):
    reply = get(f"/v1/status?changed_since={since}")
    assert reply.status == 400
    assert f"{since!r} is neither a version nor a day" in reply.json["detail"]
