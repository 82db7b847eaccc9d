"""A question is posted as politely as a page is asked for, and its keys go nowhere else."""

import json
from urllib.parse import parse_qs, quote

import pytest

from regstatus.fetch.failure import BadAnswer
from regstatus.fetch.hosts.adapters import ADAPTERS
from regstatus.fetch.visit import LARGEST
from regstatus.model.request import Validators
from regstatus.model.words import Format, Outcome

URL = "http://law.example.gov/api"
PLACE = "law.example.gov/api"
KEY = 's3cr3t/"key"+1ö'
ANSWER = json.dumps({"text": "A person may not sell kratom."}).encode()


@pytest.fixture
def ask(fetch, settings, monkeypatch):
    """Post a question to an address with the key of the environment, and return the page."""

    def one(url=URL, how=None, *, form=False, fields=None, bearer=None, min_bytes=0, **kwargs):
        question = fields or {"key": "{env:LAW_KEY}"}
        how_put = {"form": form, "bearer": bearer}

        async def adapter(visit):
            return await visit.post(url, question, document=True, **how_put)

        monkeypatch.setitem(ADAPTERS, "asks", adapter)
        params = {"key": "{env:LAW_KEY}"}
        how = how or settings(env={"LAW_KEY": KEY})
        return fetch(URL, how, adapter="asks", params=params, min_bytes=min_bytes, **kwargs)

    return one


def test_json_is_posted_with_the_key_in_it(ask, hosts):
    hosts.put(PLACE, ANSWER, Content_Type="application/json")
    page = ask(fields={"a": ["{env:LAW_KEY}", 1], "b": {"c": "{env:LAW_KEY}"}})
    assert (page.outcome, page.body, page.format) == (Outcome.OK, ANSWER, Format.JSON)
    ((host, path, body),) = hosts.posted
    assert (host, path) == ("law.example.gov", "/api")
    assert json.loads(body) == {"a": [KEY, 1], "b": {"c": KEY}}
    assert hosts.headers[-1]["Content-Type"] == "application/json"
    assert "Content-Type" not in hosts.headers[0]  # a GET, of robots.txt, has no body


def test_a_form_is_posted_with_the_key_in_it(ask, hosts):
    hosts.put(PLACE, ANSWER)
    assert ask(form=True, fields={"k": "{env:LAW_KEY}", "n": 1}).outcome is Outcome.OK
    assert parse_qs(hosts.posted[0][2].decode()) == {"k": [KEY], "n": ["1"]}
    assert hosts.headers[-1]["Content-Type"] == "application/x-www-form-urlencoded"


def test_a_question_whose_key_is_not_set_is_never_asked(ask, hosts, settings):
    page = ask(how=settings())
    assert page.outcome is Outcome.SKIPPED
    assert "LAW_KEY" in page.problem
    assert hosts.asked == []


@pytest.mark.parametrize("status", [200, 302, 307, 400, 403, 500])
@pytest.mark.parametrize("form", [True, False])
def test_a_key_in_a_question_is_not_shown_however_the_host_repeats_it(
    ask, hosts, settings, status, form
):
    def repeat(handler):
        echo = hosts.posted[-1][2]
        body = b'{"said": "' + echo + json.dumps(KEY).encode()[1:-1] + b'", "text": "law"}'
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body)))
        if status in {302, 307}:
            handler.send_header("Location", f"http://evil.example/?{quote(echo)}")
        handler.end_headers()
        handler.wfile.write(body)

    hosts.play(PLACE, repeat)
    page = ask(how=settings(env={"LAW_KEY": KEY}, retries=0), form=form)
    shown = repr((page.problem, page.final_url, page.url)) + page.body.decode("utf-8", "replace")
    echo = hosts.posted[-1][2].decode()
    for secret in (KEY, json.dumps(KEY)[1:-1], echo.partition("=")[2] if form else KEY):
        assert secret not in shown
    if status == 200:
        assert b"{env:LAW_KEY}" in page.body


def test_a_token_that_a_host_gave_is_sent_and_hidden(fetch, hosts, settings, monkeypatch):
    token = "eyJhbGciOiJub25lIn0.abc"
    hosts.put(PLACE, json.dumps({"told": token, "text": "law"}).encode(), X_Token=token)

    async def adapter(visit):
        bearer = visit.learn("token", token)
        return await visit.post(URL, {}, bearer=bearer)

    monkeypatch.setitem(ADAPTERS, "asks", adapter)
    page = fetch(URL, adapter="asks")
    assert hosts.headers[-1]["Authorization"] == f"Bearer {token}"
    assert page.outcome is Outcome.OK
    assert token.encode() not in repr(page).encode() + page.body


@pytest.mark.parametrize("before", [0, 380, 390, 396])
def test_no_piece_of_a_key_is_shown_where_a_long_problem_is_cut(
    fetch, settings, monkeypatch, before
):
    async def adapter(visit):
        raise BadAnswer(f"{'x' * before} {KEY} is no law.")

    monkeypatch.setitem(ADAPTERS, "asks", adapter)
    how = settings(env={"LAW_KEY": KEY})
    page = fetch(URL, how, adapter="asks", params={"key": "{env:LAW_KEY}"})
    assert page.outcome is Outcome.BROKEN
    assert KEY[:3] not in page.problem


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("host", ["files.example.gov", "www.law.example.gov"])
def test_a_question_is_never_replayed_to_another_host(ask, hosts, status, host):
    hosts.put(PLACE, b"", status, Location=f"http://{host}/api")
    hosts.put(f"{host}/api", ANSWER)
    page = ask(allowed_hosts=("files.example.gov",))
    assert page.outcome is Outcome.MOVED
    assert page.final_url == f"http://{host}/api"
    assert len(hosts.posted) == 1
    assert hosts.paths(host) == []


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_redirect_that_would_drop_the_question_is_not_followed(ask, hosts, status):
    hosts.put(PLACE, b"", status, Location="/other")
    hosts.put("law.example.gov/other", ANSWER)
    assert ask().outcome is Outcome.MOVED
    assert "/other" not in hosts.paths("law.example.gov")


@pytest.mark.parametrize("status", [307, 308])
def test_a_redirect_on_the_same_origin_that_keeps_the_question_is_followed(ask, hosts, status):
    hosts.put(PLACE, b"", status, Location="/v2/api")
    hosts.put("law.example.gov/v2/api", ANSWER)
    page = ask()
    assert (page.outcome, page.final_url) == (Outcome.OK, "http://law.example.gov/v2/api")
    assert [path for _, path, _ in hosts.posted] == ["/api", "/v2/api"]
    assert hosts.posted[0][2] == hosts.posted[1][2]


def test_a_host_that_the_source_does_not_name_is_never_asked(ask, hosts, settings):
    hosts.put("files.example.gov/api", ANSWER)
    page = ask("http://files.example.gov/api")
    assert page.outcome is Outcome.REFUSED
    assert hosts.asked == []
    page = ask("http://files.example.gov/api", allowed_hosts=("files.example.gov",))
    assert page.outcome is Outcome.OK


def test_robots_rules_hold_for_questions(ask, hosts):
    hosts.put("law.example.gov/robots.txt", b"User-agent: *\nDisallow: /api\n")
    hosts.put(PLACE, ANSWER)
    assert ask().outcome is Outcome.ROBOTS
    assert hosts.posted == []


def test_a_question_is_asked_again_whole_where_that_may_help(ask, hosts, settings):
    hosts.answers["law.example.gov", "/api"] = busy = []
    hosts.put(PLACE, b"busy", 503)
    busy.append(hosts.answers["law.example.gov", "/api"])
    hosts.put(PLACE, ANSWER)
    busy.append(hosts.answers["law.example.gov", "/api"])
    hosts.answers["law.example.gov", "/api"] = busy
    page = ask(how=settings(env={"LAW_KEY": KEY}, retries=2))
    assert (page.outcome, page.attempts) == (Outcome.OK, 2)
    assert hosts.posted[0] == hosts.posted[1]


def test_a_question_waits_its_turn(ask, hosts, settings, clock):
    hosts.put("law.example.gov/robots.txt", b"User-agent: *\nCrawl-delay: 7\n")
    hosts.put(PLACE, ANSWER)
    how = settings(env={"LAW_KEY": KEY}, delay=3.0, sleep=clock.sleep, monotonic=clock.monotonic)
    assert ask(how=how).outcome is Outcome.OK
    assert clock.slept == [7.0]


def test_an_answer_that_is_too_large_is_named(ask, hosts, settings):
    hosts.put(PLACE, b'{"a": "' + b"x" * 5000 + b'"}')
    page = ask(how=settings(env={"LAW_KEY": KEY}, max_bytes=1000))
    assert page.outcome is Outcome.TOO_LARGE


def test_an_answer_below_the_least_size_is_empty(ask, hosts):
    hosts.put(PLACE, ANSWER)
    assert ask(min_bytes=len(ANSWER)).outcome is Outcome.OK
    assert ask(min_bytes=len(ANSWER) + 1).outcome is Outcome.EMPTY


def test_a_wall_before_an_interface_is_named(ask, hosts):
    hosts.put(PLACE, b"<html><title>Just a moment...</title><p>Checking your browser</p></html>")
    assert ask().outcome is Outcome.BLOCKED


def test_an_interface_that_answers_with_a_page_has_the_wrong_form(ask, hosts):
    hosts.put(PLACE)
    assert ask().outcome is Outcome.WRONG_TYPE


def test_a_question_carries_no_validators(ask, hosts):
    hosts.put(PLACE, ANSWER, ETag='"a"')
    assert ask(validators=Validators(url=URL, etag='"a"')).outcome is Outcome.OK
    assert "If-None-Match" not in hosts.headers[-1]


def test_a_question_is_small(ask, hosts):
    hosts.put(PLACE, ANSWER)
    page = ask(fields={"q": "x" * LARGEST})
    assert page.outcome is Outcome.REFUSED
    assert hosts.asked == []
