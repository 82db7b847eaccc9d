"""Keys come from the environment and are seen nowhere else."""

import json

import pytest

from regstatus.model.words import Format, Outcome

KEY = "s3cr3t/key+123"
PLACE = "law.example.gov/api?key=s3cr3t/key+123"


def seen(page):
    return repr(page).encode() + page.body


def test_a_key_that_is_not_set_skips_the_document_and_names_the_variable(fetch, hosts):
    page = fetch("http://law.example.gov/api?key={env:LAW_KEY}")
    assert page.outcome is Outcome.SKIPPED
    assert "LAW_KEY" in page.problem
    assert hosts.asked == []
    for params in ({"key_env": "LAW_KEY"}, {"header.Authorization": "Bearer {env:LAW_KEY}"}):
        assert fetch("http://law.example.gov/api", params=params).outcome is Outcome.SKIPPED


def test_a_key_in_the_address_is_sent_and_not_shown(fetch, hosts, settings):
    hosts.put(PLACE, json.dumps({"self": f"/api?key={KEY}", "text": "law"}).encode(), X_Echo=KEY)
    url = "http://law.example.gov/api?key={env:LAW_KEY}"
    page = fetch(url, settings(env={"LAW_KEY": KEY}), format=Format.JSON)
    assert page.outcome is Outcome.OK
    assert page.url == page.final_url == url
    assert KEY.encode() not in seen(page)
    assert b"{env:LAW_KEY}" in page.body


@pytest.mark.parametrize("status", [200, 302, 403, 404, 500])
def test_a_key_is_not_shown_by_any_failure(fetch, hosts, settings, status):
    body = f"<title>{KEY} not found</title>".encode()
    hosts.put(PLACE, body, status, Location=f"http://evil.example/?k={KEY}")
    url = "http://law.example.gov/api?key={env:LAW_KEY}"
    page = fetch(url, settings(env={"LAW_KEY": KEY}, retries=0))
    assert page.outcome is not Outcome.OK
    assert KEY.encode() not in seen(page)


def test_a_key_can_go_in_a_header(fetch, hosts, settings):
    hosts.put("law.example.gov/api", b'{"text": "law"}')
    how = settings(env={"LAW_KEY": KEY})
    fetch("http://law.example.gov/api", how, params={"key_env": "LAW_KEY"})
    assert hosts.headers[-1]["X-Api-Key"] == KEY
    fetch("http://law.example.gov/api", how, params={"key_env": "LAW_KEY", "key_header": "X-Key"})
    assert hosts.headers[-1]["X-Key"] == KEY
    fetch("http://law.example.gov/api", how, params={"header.Authorization": "Token {env:LAW_KEY}"})
    assert hosts.headers[-1]["Authorization"] == f"Token {KEY}"
    assert "X-Api-Key" not in hosts.headers[0]  # robots.txt needs no key


def test_a_key_is_not_taken_to_another_host(fetch, hosts, settings):
    hosts.put("law.example.gov/api", b"", 302, Location="http://files.example.gov/api")
    hosts.put("files.example.gov/api")
    fetch(
        "http://law.example.gov/api",
        settings(env={"LAW_KEY": KEY}),
        params={"key_env": "LAW_KEY"},
        allowed_hosts=("files.example.gov",),
    )
    assert hosts.asked[-1] == ("files.example.gov", "/api")
    assert "X-Api-Key" not in hosts.headers[-1]


def test_a_key_is_not_logged(fetch, hosts, settings, caplog):
    caplog.set_level("INFO")
    hosts.put(PLACE)
    url = "http://law.example.gov/api?key={env:LAW_KEY}"
    assert fetch(url, settings(env={"LAW_KEY": KEY})).outcome is Outcome.OK
    assert KEY not in caplog.text
