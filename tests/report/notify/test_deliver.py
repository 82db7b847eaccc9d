"""The sender itself: what is tried again, what is refused, and before what is sent."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from regstatus.fetch.post import deliver
from regstatus.fetch.settings import Settings
from tests.report.notify.conftest import PATIENCE

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LOOPBACK = replace(PATIENCE, allow_private=True)


def go(url, settings=LOOPBACK, **options):
    return deliver(url, b"{}", dict, settings, now=lambda: NOON, **options)


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_every_success_is_taken(hook, status):
    hook.answers = [status]
    assert go(hook.base) is None
    assert len(hook.got) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, None])
def test_what_may_pass_is_tried_again(hook, status):
    hook.answers = [status, status, 200]
    assert go(hook.base) is None
    assert len(hook.got) == 3


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 401, 403, 404, 410])
def test_what_will_not_pass_is_asked_once_and_redirects_are_not_followed(hook, status):
    hook.answers = [status, 200]
    hook.headers = {"Location": f"{hook.base}/other"}
    assert str(status) in go(f"{hook.base}/secret-path")
    assert [path for path, _, _ in hook.got] == ["/secret-path"]


def test_a_wait_longer_than_the_time_for_a_delivery_is_left_to_the_next_run(hook):
    hook.answers, hook.headers = [503, 200], {"Retry-After": "3600"}
    assert "503" in go(hook.base)
    assert len(hook.got) == 1


def test_retries_pause_longer_each_time(hook):
    slept = []

    async def sleep(seconds):
        slept.append(seconds)

    hook.answers = [500]
    go(hook.base, replace(LOOPBACK, sleep=sleep, retries=3, backoff=1.0))
    pauses = [pause for pause in slept if pause > 0]
    assert len(pauses) == 3
    assert 1 <= pauses[0] < 2 <= pauses[1] < 4 <= pauses[2]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/",
        "http://169.254.169.254/latest", "http://2130706433/", "ftp://example.org/",
        "https://user:pass@example.org/",
    ],
)  # fmt: skip
def test_private_and_odd_addresses_are_not_asked(url):
    assert "not asked" in go(url, PATIENCE)


def test_a_public_name_of_a_private_address_gets_no_byte(hook, monkeypatch):
    import socket

    real = socket.getaddrinfo

    def lying(host, *args, **kwargs):
        name = "127.0.0.1" if host in {"hooks.example.org", b"hooks.example.org"} else host
        return real(name, *args, **kwargs)

    for name in (
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "http_proxy",
        "https_proxy",
        "all_proxy",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", lying)
    port = hook.base.rpartition(":")[2]
    assert go(f"http://hooks.example.org:{port}/", LOOPBACK) is None
    hook.got.clear()
    assert "private address" in go(f"http://hooks.example.org:{port}/", PATIENCE)
    assert hook.got == []


def test_a_host_that_is_not_there_is_named_without_the_path():
    settings = replace(LOOPBACK, retries=0)
    assert go("http://127.0.0.1:9/secret", settings) == "127.0.0.1 refused the connection."


def test_the_time_for_all_tries_is_bounded(hook):
    hook.answers = [500]
    problem = go(hook.base, Settings(allow_private=True, retries=50, backoff=5.0), within=0.2)
    assert "within 0.2 s" in problem
