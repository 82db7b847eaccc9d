"""Many questions in one request: each answer is the one that is had alone, each fault stands by itself."""

import json

import pytest

from tests.support.make import publish, record
from tests.web.test_openapi import validator

QUESTIONS = [
    {"jurisdiction": "US-TN", "on": "2026-06-30"},
    {"jurisdiction": "us-tn", "on": "2026-07-01", "substance": "leaf", "id": "b"},
    {"jurisdiction": "Venice, FL", "substance": "7-OH", "id": 3},
    {"jurisdiction": "34285"},
    {"jurisdiction": "TH", "on": "2019-01-01", "substance": None},
]


def post(ask, body, kind="application/json", query="", **headers):
    data = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return ask(f"/v1/status{query}", "POST", data, Content_Type=kind, **headers)


def alone(ask, question):
    words = {k: v for k, v in question.items() if k in {"on", "substance"} and v}
    query = "&".join(f"{name}={value}" for name, value in words.items())
    return ask(f"/v1/status/{question['jurisdiction'].replace(' ', '%20')}?{query}")


def test_each_question_of_a_batch_has_the_answer_that_it_has_alone(get):
    reply = post(get, {"id": "b-1", "questions": QUESTIONS})
    assert (reply.status, reply.json["id"], reply.json["count"]) == (200, "b-1", len(QUESTIONS))
    validator("QuestionReply").validate(reply.json)
    for row, (question, item) in enumerate(zip(QUESTIONS, reply.json["items"], strict=True), 1):
        assert (item["row"], item["id"]) == (row, question.get("id"))
        assert item["problem"] is None
        assert item["answer"] == alone(get, question).json
    assert "no-store" in reply.headers["cache-control"]


def test_a_batch_may_be_lines_and_may_ask_for_another_record_time(get):
    first = {"as_known_on": "2026.11.22"}
    lines = "\n".join(map(json.dumps, [first, *QUESTIONS]))
    told = post(get, lines, "application/x-ndjson").text.splitlines()
    whole = post(get, {"questions": QUESTIONS, **first})
    assert [json.loads(line) for line in told] == whole.json["items"]
    by_address = post(get, {"questions": QUESTIONS}, query="?as_known_on=2026.11.22")
    assert by_address.body == whole.body


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"jurisdiction": "Atlantis"}, "No jurisdiction is called 'Atlantis'"),
        ({"jurisdiction": "Georgia"}, "US-GA"),
        ({"jurisdiction": ""}, "jurisdiction"),
        ({"jurisdiction": "US-TX", "on": "tomorrow"}, "2026-11-22"),
        ({"jurisdiction": "US-TX", "on": ""}, "2026-11-22"),
        ({"jurisdiction": "US-TX", "substance": "tea"}, "mitragynine"),
        ({"jurisdiction": "US-TX", "subtance": "7-oh"}, "Row 2, subtance: unknown key"),
        ({"jurisdiction": 17}, "Row 2, jurisdiction: "),
        ({"jurisdiction": "TH", "day": "2026-01-01"}, "there are id, jurisdiction, on, substance"),
        ({}, "Row 2, jurisdiction: "),
        ("US-TX", "Row 2, question: "),
        (None, "Row 2, question: "),
    ],
    ids=str,
)
def test_one_bad_question_has_its_own_problem_and_loses_none_of_the_others(get, bad, told):
    reply = post(get, {"questions": [QUESTIONS[0], bad, QUESTIONS[1]]})
    assert reply.status == 200
    validator("QuestionReply").validate(reply.json)
    first, second, third = reply.json["items"]
    assert (first["problem"], second["answer"], third["problem"]) == (None, None, None)
    assert told in second["problem"]["detail"]
    if isinstance(bad, dict) and bad.get("jurisdiction") in {"Atlantis", "Georgia"}:
        assert second["problem"] == alone(get, bad).json


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"questions": []}, 400, "there is none"),
        ({}, 400, 'questions: send an object with a list of them, {"questions": ['),
        ([], 400, "questions"),
        ("{", 400, "no JSON"),
        ({"questions": QUESTIONS, "on": "2026-01-01"}, 400, "on: unknown key"),
        ({"questions": QUESTIONS, "as_known_on": "2019-01-01"}, 400, "as_known_on: "),
        ({"questions": [{"jurisdiction": 1}, {"place": "US-TX"}]}, 400, "No question is understood"),
        ({"questions": QUESTIONS[:1] * 101}, 413, "101 are too many; send up to 100 at once"),
        (b" " * 1_000_001, 413, "1,000,000 bytes"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_a_batch_of_questions_that_is_not_understood_says_why(get, body, status, told):
    reply = post(get, body, X_Correlation_ID="c-1")
    assert (reply.status, reply.headers["x-correlation-id"]) == (status, "c-1")
    validator("Problem").validate(reply.json)
    assert told in reply.json["detail"]


def test_a_batch_of_another_kind_or_at_another_list_is_refused(get):
    assert post(get, "a=1", "application/x-www-form-urlencoded").status == 415
    assert get("/v1/status.csv", "POST", "{}", Content_Type="application/json").status == 405
    assert get("/v1/changes", "POST", "{}", Content_Type="application/json").status == 405
    assert "POST" in get("/v1/status", "OPTIONS").headers["access-control-allow-methods"]


def left(reply):
    return int(reply.headers["ratelimit"].partition("r=")[2].partition(";")[0])


def test_a_batch_costs_as_many_requests_as_it_has_questions(tmp_path, serving):
    publish(tmp_path, record())
    with serving(tmp_path, limit="20/hour") as get:
        assert left(post(get, {"questions": [{"jurisdiction": "US-TX"}] * 8})) == 12
        assert left(post(get, {"questions": []})) == 11  # what is not understood costs one
        refused = post(get, {"id": "b", "questions": [{"jurisdiction": "US-TX"}] * 13})
        assert refused.status == 429
        assert int(refused.headers["retry-after"]) > 0
        assert "asks for 12 at once, 10 are left" in refused.json["detail"]
        assert refused.json["id"] == "b"
        # A batch that is refused takes nothing of what is left for smaller ones.
        assert left(post(get, {"questions": [{"jurisdiction": "US-TX"}] * 10})) == 0
        assert get("/v1/status/US-TX").status == 429


def test_others_are_answered_between_two_questions(get):
    import socket

    questions = [{"jurisdiction": f"{-10 - n / 4},{-20 - n / 4}"} for n in range(100)]
    body = json.dumps({"questions": questions}).encode()
    head = b"POST /v1/status HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    with socket.create_connection(("127.0.0.1", get.port), 60) as wire:
        wire.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        assert get("/v1/status/US-AL").status == 200
        assert wire.recv(65_536).startswith(b"HTTP/1.1 200 ")


def test_what_is_sent_comes_back_short_and_as_it_is_described(get):
    asked = {"questions": QUESTIONS[:1], "as_known_on": "9" * 500_000}
    refused = post(get, asked)
    assert (refused.status, len(refused.body) < 1_000) == (400, True)
    for ident in (True, 1.5, [], "\ud800\x1b[31m"):
        rows = [{"jurisdiction": "TH", "id": ident}, {"jurisdiction": "z" * 900_000}]
        reply = post(get, {"questions": [*rows, *QUESTIONS[:1]], "fields": "may"})
        validator("QuestionReply").validate(reply.json)
        assert len(reply.body) < 6_000


def test_what_nobody_came_for_is_not_kept(site):
    import asyncio
    from datetime import date

    for day in range(1, 4):
        asyncio.run(site.edition.gather(date(2026, 1, day), None))
    assert len(site.edition._listed) == 1
