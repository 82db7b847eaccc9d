"""What one reader may cost the others: long headers, endless ones, and what is remembered for whom."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import json
import socket
import sys
import time

import pytest

from regstatus.web.api.params import takes_gzip
from regstatus.web.service import middleware as gate
from regstatus.web.service import server
from tests.support.make import publish, record


def raw(get, *parts):
    """Send bytes as they are, and read what comes until the service ends the connection."""
    with socket.create_connection(("127.0.0.1", get.port), 30) as wire:
        try:
            for part in parts:
                wire.sendall(part)
        except OSError:
            pass  # it was ended before all was sent
        found = b""
        try:
            while data := wire.recv(65_536):
                found += data
        except OSError:
            pass
        return found


def head(target, *lines):
    return "\r\n".join([f"GET {target} HTTP/1.1", "Host: x", *lines]).encode() + b"\r\n\r\n"


@pytest.fixture
def memory(monkeypatch):
    """The gates that kept an answer, one for each that was kept."""
    seen = []
    keep = gate.ServiceMiddleware._keep

    def watched(self, key, reply):
        keep(self, key, reply)
        seen.append(self)

    monkeypatch.setattr(gate.ServiceMiddleware, "_keep", watched)
    return seen


def test_long_headers_are_refused_and_nothing_of_them_is_kept(get, memory):
    reply = get("/robots.txt", Accept="text/x" + "y" * 20_000)
    assert (reply.status, reply.json["status"]) == (431, 431)
    assert get("/robots.txt", Accept="text/x" + "y" * 10_000).status == 200
    many = {f"X_{number}": "y" * 1_000 for number in range(20)}
    assert get("/robots.txt", **many).status == 431
    assert not [key for gate in memory for key in gate._replies if "y" * 100 in repr(key)]


def test_a_request_without_an_end_is_let_go(get):
    start = b"GET / HTTP/1.1\r\nHost: x\r\nAccept: "
    assert raw(get, start, *[b"y" * 65_536] * 80).startswith(b"HTTP/1.1 431 ")
    # Trailers come after the answer, and are not gathered either.
    chunked = b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: "
    assert b"HTTP/1.1 200" not in raw(get, chunked, *[b"y" * 65_536] * 80)
    assert get("/robots.txt").status == 200


def test_many_requests_in_one_go_are_no_endless_one(get):
    one = head("/robots.txt")
    last = head("/robots.txt", "Connection: close")
    assert raw(get, one * 3_000 + last).count(b"HTTP/1.1 200") == 3_001


def test_an_answer_is_remembered_once_however_it_is_asked_for(tmp_path, serving, memory):
    publish(tmp_path, record())
    with serving(tmp_path) as get:
        for number in range(30):
            date = f"Sun, 01 Nov 2026 00:00:{number:02} GMT"
            assert get("/robots.txt", Accept=f"text/x{number}", Accept_Datetime=date).status == 200
    assert len(memory) == len(memory[0]._replies) == 1


def test_what_is_asked_counts_as_what_is_remembered(get, memory, monkeypatch):
    monkeypatch.setattr(gate, "_KEPT", 200_000)
    for day in range(1, 29):
        spaces = " " * 400  # a name is understood with any number of them
        target = f"/v1/status/Texas{spaces}?on=2026-01-{day:02}".replace(" ", "%20")
        assert get(target).status == 200
    kept = memory[-1]._replies
    held = sum(
        len(reply.body) + sum(len(part) for part in key) + gate._EACH for key, reply in kept.items()
    )
    assert 0 < held <= 200_000
    assert memory[-1]._size == sum(gate._weight(*pair) for pair in kept.items()) <= 200_000


def test_of_a_header_that_is_sent_twice_the_same_one_counts_for_memory_and_answer(
    tmp_path, serving
):
    publish(tmp_path, record())
    csv = head("/v1/stale", "Accept: text/csv", "Accept: application/json", "Connection: close")
    with serving(tmp_path) as get:
        assert b"content-type: text/csv" in raw(get, csv).lower()
        assert get("/v1/stale", Accept="application/json").json["items"]


@pytest.mark.parametrize(
    ("asked", "taken"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("br, gzip;q=0.5", True),
        ("x-gzip", True),
        ("*", True),
        ("gzip;q=0", False),
        ("identity, gzip;q=0", False),
        ("identity, gzip; q=0.000", False),
        ("*;q=0", False),
        ("gzip;q=0, *", False),
        ("notgzip", False),
        ("gzip;q=much", False),
        ("gzip;q=nan", False),
        ("", False),
    ],
)
def test_gzip_is_sent_only_to_those_who_take_it(get, asked, taken):
    assert takes_gzip(asked) is taken
    reply = get("/v1/status", Accept_Encoding=asked)
    assert (reply.headers.get("content-encoding") == "gzip") is taken
    assert (gzip.decompress(reply.body) if taken else reply.body).startswith(b'{"snapshot"')


def half_open(port, number, source="127.0.0.1"):
    """Connections of one client that begin a request and never end it."""
    found = []
    for _ in range(number):
        wire = socket.create_connection(("127.0.0.1", port), 30, source_address=(source, 0))
        wire.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        found.append(wire)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="needs a second address of loopback")
def test_no_client_can_take_all_connections(tmp_path, serving, monkeypatch):
    monkeypatch.setattr(server._Bounded, "most", 20)
    publish(tmp_path, record())
    with serving(tmp_path) as ask:
        wires = half_open(ask.port, 60, "127.0.0.2")
        try:
            closed = 0
            for wire in wires[20:]:
                wire.settimeout(30)
                with contextlib.suppress(ConnectionError):
                    assert wire.recv(1) == b""
                closed += 1
            assert closed == 40
            assert ask("/robots.txt").status == 200
            wires[0].sendall(b"\r\n")
            assert wires[0].recv(15).startswith(b"HTTP/1.1 200")
        finally:
            for wire in wires:
                wire.close()


def test_a_request_whose_head_does_not_come_is_let_go(tmp_path, serving, monkeypatch):
    monkeypatch.setattr(server, "_HEAD", 0.2)
    publish(tmp_path, record())
    with serving(tmp_path) as ask:
        for wire in half_open(ask.port, 3):
            wire.settimeout(60)
            assert wire.recv(1) == b""
            wire.close()
        silent = socket.create_connection(("127.0.0.1", ask.port), 60)
        assert silent.recv(1) == b""
        silent.close()
        # One that only waits between two requests is not.
        monkeypatch.setattr(server, "_HEAD", 2.0)
        kept = http.client.HTTPConnection("127.0.0.1", ask.port, timeout=60)
        kept.connect()
        wire = kept.sock
        for pause in (2.5, 0):
            kept.request("GET", "/robots.txt")
            assert kept.getresponse().read().startswith(b"User-agent")
            assert kept.sock is wire
            time.sleep(pause)
        kept.close()


def test_others_are_answered_while_lists_of_other_days_are_made(get):
    wires = []
    for day in range(10, 22):
        wire = socket.create_connection(("127.0.0.1", get.port), 60)
        target = f"/v1/status?on=2021-03-{day}&substance=7-oh"
        wire.sendall(head(target, "Connection: close"))
        wires.append(wire)
    for _ in range(4):
        assert get("/v1/status/US-AL").status == 200
    wires[-1].settimeout(0)
    with pytest.raises(BlockingIOError):
        wires[-1].recv(1)
    for day, wire in enumerate(wires, 10):
        wire.settimeout(60)
        whole = b""
        while data := wire.recv(65_536):
            whole += data
        body = json.loads(whole.partition(b"\r\n\r\n")[2])
        assert {item["on"] for item in body["items"]} == {f"2021-03-{day}"}
        wire.close()


def test_what_is_left_is_told_and_a_costly_list_counts_for_more(tmp_path, serving):
    publish(tmp_path, record())
    with serving(tmp_path, limit="30/minute") as ask:
        reply = ask("/v1/status/US-TX")
        assert reply.headers["ratelimit-policy"] == '"default";q=30;w=60'
        assert reply.headers["ratelimit"].startswith('"default";r=29;t=')
        assert "r=19;t=" in ask("/v1/status?on=2020-01-01").headers["ratelimit"]
        assert "r=18;t=" in ask("/v1/status").headers["ratelimit"]
        assert ask("/v1/status.csv?substance=7-oh").status == 200
        refused = ask("/v1/status?on=2020-01-02")
        assert (refused.status, refused.headers["content-type"]) == (
            429,
            "application/problem+json",
        )
        for path in ("/healthz", "/metrics"):
            reply = ask(path)
            assert (reply.status, reply.headers.get("ratelimit")) == (200, None)
        while ask("/robots.txt").status == 200:
            pass
        page = ask("/j/US-TX.html", Accept="text/html,*/*;q=0.8")
        assert (page.status, page.headers["content-type"]) == (429, "text/html; charset=utf-8")
        assert "Too many requests" in page.text
        assert int(page.headers["retry-after"]) > 0
