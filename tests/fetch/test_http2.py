"""HTTP/2 is spoken where a host offers it, and what is wrong with it costs one document at most."""

import socket
import ssl
import threading
from contextlib import suppress

import h2.config
import h2.connection
import h2.events
import h2.exceptions
import pytest
from hyperframe import frame

from regstatus.fetch.fetcher import fetch_many
from regstatus.model.request import Request
from regstatus.model.words import Outcome


@pytest.fixture
def modern_host(certificate):
    """A host that speaks HTTP/2 alone; answers every request with its own path as JSON."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    context.set_alpn_protocols(["h2"])
    listener = socket.create_server(("127.0.0.1", 0))
    asked = []

    def serve():
        try:
            raw, _ = listener.accept()
        except OSError:
            return
        with context.wrap_socket(raw, server_side=True) as wire:
            speech = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
            speech.initiate_connection()
            wire.sendall(speech.data_to_send())
            while data := wire.recv(65_536):
                for event in speech.receive_data(data):
                    if isinstance(event, h2.events.RequestReceived):
                        named = {str(k, "ascii"): str(v, "ascii") for k, v in event.headers}
                        asked.append(named)
                        body = f'{{"path": "{named[":path"]}"}}'.encode()
                        missing = named[":path"] == "/robots.txt"
                        status = "404" if missing else "200"
                        speech.send_headers(event.stream_id, [(":status", status)])
                        speech.send_data(event.stream_id, body, end_stream=True)
                wire.sendall(speech.data_to_send())

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{listener.getsockname()[1]}", asked
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(timeout=10)


def test_http_2_is_spoken_where_the_host_offers_it(fetch, settings, modern_host, certificate):
    base, asked = modern_host
    how = settings(ca_file=certificate[0])
    how.routes["law.example.gov"] = base
    page = fetch("https://law.example.gov/api/doc?a=1", how)
    assert page.outcome is Outcome.OK
    assert page.body == b'{"path": "/api/doc?a=1"}'
    assert [named[":path"] for named in asked] == ["/robots.txt", "/api/doc?a=1"]
    assert asked[1][":authority"] == "law.example.gov"


OK = [(":status", "200"), ("content-type", "application/json")]
GOOD = b'{"law": "' + b"x" * 200 + b'"}'


class Talk:
    """One connection, as a host sees it."""

    def __init__(self, wire, stream=0):
        rules = h2.config.H2Configuration(
            client_side=False, validate_outbound_headers=False, normalize_outbound_headers=False
        )
        self.speech = h2.connection.H2Connection(rules)
        self.wire, self.stream = wire, stream

    def flush(self):
        self.wire.sendall(self.speech.data_to_send())

    def head(self, *headers, end=False):
        self.speech.send_headers(self.stream, list(headers), end_stream=end)

    def body(self, *headers, data=GOOD):
        self.head(*OK, *headers)
        self.speech.send_data(self.stream, data, end_stream=True)

    def half(self):
        self.head(*OK)
        self.speech.send_data(self.stream, GOOD[:50])
        self.flush()

    def goaway(self, code, **more):
        self.speech.close_connection(code, **more)
        self.flush()
        raise ConnectionError

    def reset(self, code):
        self.speech.reset_stream(self.stream, code)

    def raw(self, one):
        self.flush()
        self.wire.sendall(one if isinstance(one, bytes) else one.serialize())


@pytest.fixture
def faulty_host(certificate):
    """A host of both protocols; in HTTP/2 it answers `/bad` as a test says."""
    listener = socket.create_server(("127.0.0.1", 0))
    made = {"asked": [], "fault": None, "offers": ["h2", "http/1.1"], "old": True}

    def serve(raw):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        context.set_alpn_protocols(made["offers"])
        hung_up = suppress(OSError, h2.exceptions.ProtocolError)
        with hung_up, context.wrap_socket(raw, server_side=True) as wire:
            (new if wire.selected_alpn_protocol() == "h2" else old)(wire)

    def old(wire):
        while made["old"] and (data := wire.recv(65_536)):
            path = data.split()[1].decode()
            made["asked"].append(("1.1", path))
            status = 404 if path == "/robots.txt" else 200
            head = "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            wire.sendall((head % (status, len(GOOD))).encode() + GOOD)

    def new(wire):
        talk = Talk(wire)
        talk.speech.initiate_connection()
        talk.flush()
        while data := wire.recv(65_536):
            for event in talk.speech.receive_data(data):
                if not isinstance(event, h2.events.RequestReceived):
                    continue
                path = dict(event.headers)[b":path"].decode()
                made["asked"].append(("2", path))
                talk.stream = event.stream_id
                if path == "/robots.txt":
                    talk.head((":status", "404"), end=True)
                elif path == "/bad":
                    made["fault"](talk)
                else:
                    talk.body()
            talk.flush()

    def accept():
        with suppress(OSError):
            while True:
                raw, _ = listener.accept()
                threading.Thread(target=serve, args=(raw,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    made["base"] = f"https://127.0.0.1:{listener.getsockname()[1]}"
    yield made
    listener.shutdown(
        socket.SHUT_RDWR
    )  # else a thread waits on, at a number that is soon another's
    listener.close()


@pytest.fixture
def around(faulty_host, settings, certificate, now):
    """The pages of one document before the faulty one, of that one, and of one after it."""

    def run(fault, **how):
        faulty_host["fault"] = fault
        waits = fault in (LASTING["silence"], LASTING["a frame without end"])
        patience = 3.0 if waits else 30.0
        chosen = settings(
            ca_file=certificate[0], **({"read_timeout": patience, "retries": 1} | how)
        )
        chosen.routes["law.example.gov"] = faulty_host["base"]
        names = ("before", "bad", "after")
        requests = [Request(key=n, url=f"https://law.example.gov/{n}") for n in names]
        pages = {r.key: page for r, page in fetch_many(requests, chosen, now=now)}
        return [pages[name] for name in names]

    return run


LASTING = {
    "goaway at once": lambda talk: talk.goaway(1),
    "goaway for nothing": lambda talk: talk.goaway(0, last_stream_id=0),
    "goaway in the middle": lambda talk: (talk.half(), talk.goaway(2)),
    "goaway with words": lambda talk: talk.goaway(11, additional_data=b"\x1b[31m calm down"),
    "reset": lambda talk: talk.reset(8),
    "refused": lambda talk: talk.reset(7),
    "reset in the middle": lambda talk: (talk.half(), talk.reset(2)),
    "a status beyond all": lambda talk: talk.head((":status", "99999"), end=True),
    "a status below all": lambda talk: talk.head((":status", "-1"), end=True),
    "no body": lambda talk: talk.head(*OK, end=True),
    "silence": lambda talk: talk.raw(frame.PingFrame(0, opaque_data=b"12345678")),
    "a frame without end": lambda talk: talk.raw(
        b"\xff\xff\xff\x00\x00\x00\x00\x00\x01" + b"x" * 99
    ),
}
"""What is no fault of the protocol itself, or leaves nothing to go by."""

PROTOCOL = {
    "HTTP/1.1 is required": lambda talk: talk.reset(13),
    "a status of letters": lambda talk: talk.head((":status", "abc"), end=True),
    "an empty status": lambda talk: talk.head((":status", ""), end=True),
    "too many headers": lambda talk: talk.body(*((f"x-{n}", "y" * 1000) for n in range(100))),
    "a length of letters": lambda talk: talk.body(("content-length", "abc")),
    "a length that is wrong": lambda talk: talk.body(("content-length", "5")),
    "a length without end": lambda talk: talk.body(("content-length", "9" * 5000)),
    "a push": lambda talk: talk.raw(
        frame.PushPromiseFrame(
            talk.stream, promised_stream_id=2, data=b"\x82", flags=["END_HEADERS"]
        )
    ),
    "data before headers": lambda talk: talk.raw(frame.DataFrame(talk.stream, data=b"abc")),
    "data for another": lambda talk: talk.raw(frame.DataFrame(99, data=b"abc")),
    "damaged compression": lambda talk: talk.raw(
        frame.HeadersFrame(talk.stream, data=b"\xff" * 6, flags=["END_HEADERS"])
    ),
    "settings that are none": lambda talk: talk.raw(frame.SettingsFrame(0, settings={5: 1})),
    "a window of nothing": lambda talk: talk.raw(b"\x00\x00\x04\x08" + bytes(9)),
}
"""What breaks HTTP/2 so that the host's HTTP/1.1 may serve."""


@pytest.mark.parametrize("fault", LASTING)
def test_a_fault_of_http_2_is_a_named_failure_of_its_document_alone(around, fault):
    before, bad, after = around(LASTING[fault])
    # Where the host hangs up before it has heard all, its system may say so first: refused.
    assert bad.outcome in {Outcome.BROKEN, Outcome.TIMEOUT, Outcome.EMPTY, Outcome.REFUSED}
    assert "fault of regstatus" not in bad.problem
    assert bad.problem.isprintable()
    assert [before.body, after.body] == [GOOD, GOOD]


@pytest.mark.parametrize("fault", PROTOCOL)
def test_where_http_2_is_broken_the_document_is_asked_for_by_http_1(around, faulty_host, fault):
    assert [page.body for page in around(PROTOCOL[fault])] == [GOOD] * 3
    assert ("1.1", "/bad") in faulty_host["asked"]
    assert ("2", "/after") in faulty_host["asked"]  # the others still have what the host offers


@pytest.mark.parametrize("fault", PROTOCOL)
def test_a_host_of_http_2_alone_loses_no_other_document(around, faulty_host, fault):
    faulty_host["old"] = False
    before, bad, after = around(PROTOCOL[fault], retries=0)
    assert bad.outcome is Outcome.BROKEN
    assert "fault of regstatus" not in bad.problem
    assert [before.body, after.body] == [GOOD, GOOD]


@pytest.mark.parametrize(
    "play",
    [
        lambda talk: talk.body(("x-lines", "a\r\nb: c"), ("etag", '"a\nb"')),
        lambda talk: talk.body(("X-Upper", "a"), ("connection", "keep-alive")),
        lambda talk: (
            talk.head(*OK), talk.speech.send_data(talk.stream, GOOD),
            talk.head(("x-trailer", "1"), end=True),
        ),
        lambda talk: ([talk.head((":status", "103")) for _ in range(20)], talk.body()),
        lambda talk: (talk.raw(frame.SettingsFrame(0, settings={3: 0, 4: 0})), talk.body()),
    ],
)  # fmt: skip
def test_oddities_that_leave_the_text_whole_are_read(around, play):
    _, odd, after = around(play)
    assert [odd.body, after.body] == [GOOD, GOOD]
    assert all(value.isprintable() for _, value in odd.headers)
