"""A host on loopback that misbehaves in every way that official hosts do, and a few more.

Tests speak to it by official names: `Settings.routes` sends them here, and the
`Host` header tells the server which official host it plays.
"""

import shutil
import socket
import ssl
import struct
import subprocess
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from regstatus.fetch.fetcher import fetch_many
from regstatus.fetch.settings import Settings
from regstatus.model.request import Request

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LAW = (
    "<!doctype html><html><head><title>Title 4, chapter 44</title></head><body><h1>Schedule</h1>"
    + "<p>A person may not sell kratom to a person under twenty-one years of age.</p>" * 30
    + "</body></html>"
).encode()


@dataclass
class Answer:
    """What to send: status, headers, body; or a function that uses the raw connection."""

    body: bytes = b""
    status: int = 200
    headers: dict = field(default_factory=dict)
    raw: object = None


def reset(handler):
    """Close with a reset instead of an answer."""
    linger = struct.pack("ii", 1, 0)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.close_connection = True
    handler.connection.close()


class Hosts:
    """Official hosts, as `answers[host, path]`, and a record of all that was asked.

    Their `Date` is by the clock of the test, not by that of the machine. They take a `pause`, in
    seconds, for each answer: time for an impolite client to come in between.
    """

    law = LAW
    reset = staticmethod(reset)

    def __init__(self):
        self.now = lambda: NOON
        self.answers = {}
        self.asked = []
        self.headers = []
        self.posted = []
        self.together = defaultdict(int)
        self.most_together = defaultdict(int)
        self.most_hosts = 0
        self.pause = 0.0
        self.release = threading.Event()
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # else each answer waits for the client's delayed ACK

            def do_GET(self):
                outer._serve(self)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.posted.append((self.headers["Host"], self.path, body))
                outer._serve(self)

            def date_time_string(self, timestamp=None):
                return format_datetime(outer.now(), usegmt=True)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *args: None
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def put(self, url, body=LAW, status=200, **headers):
        host, _, path = url.partition("/")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[host, "/" + path] = Answer(body, status, named)

    def play(self, url, function):
        """Let a function of (handler) answer, with the socket in its hands."""
        host, _, path = url.partition("/")
        self.answers[host, "/" + path] = Answer(raw=function)

    def paths(self, host):
        return [path for name, path in self.asked if name == host]

    def close(self):
        self.release.set()
        self.server.shutdown()
        self.server.server_close()

    def _serve(self, handler):
        host = handler.headers["Host"]
        with self._lock:
            self.asked.append((host, handler.path))
            self.headers.append(dict(handler.headers))
            self.together[host] += 1
            self.most_together[host] = max(self.most_together[host], self.together[host])
            self.most_hosts = max(self.most_hosts, sum(n > 0 for n in self.together.values()))
        handler.here = True
        try:
            answer = self.answers.get((host, handler.path))
            if answer is None:
                answer = self.answers.get((host, handler.path.partition("?")[0] + "?*"))
            if isinstance(answer, list):
                answer = answer.pop(0) if len(answer) > 1 else answer[0]
            if answer is None:
                answer = Answer(b"nothing here", 404)
            if answer.raw is not None:
                answer.raw(handler)
                return
            handler.send_response(answer.status)
            headers = {"Content-Type": "text/html", "Content-Length": str(len(answer.body))}
            for name, value in (headers | answer.headers).items():
                if value is not None:
                    handler.send_header(name, value)
            time.sleep(self.pause)
            self.leave(handler)
            handler.end_headers()
            handler.wfile.write(answer.body)
            handler.wfile.flush()
        finally:
            self.leave(handler)

    def leave(self, handler):
        """Count a request no longer; before its last byte, for with that the client may ask again."""
        with self._lock:
            self.together[handler.headers["Host"]] -= handler.here
            handler.here = False


class FetchState:
    """Monotonic time that only sleeping moves, and a record of every pause."""

    def __init__(self):
        self.time = 0.0
        self.slept = []

    async def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.time += seconds

    def monotonic(self):
        return self.time


@pytest.fixture
def hosts():
    made = Hosts()
    yield made
    made.close()


@pytest.fixture
def clock():
    return FetchState()


@pytest.fixture
def settings(hosts):
    """Settings that route the given official hosts to the misbehaving one, and never pause."""

    def make(*names, **changes):
        names = names or ("law.example.gov", "www.law.example.gov", "files.example.gov")
        defaults = {"delay": 0.0, "backoff": 0.0, "env": {}}
        return Settings(routes=dict.fromkeys(names, hosts.base), **(defaults | changes))

    return make


@pytest.fixture
def fetch(settings):
    """Fetch one document from the misbehaving host and return its page."""

    def one(url, how=None, **kwargs):
        request = Request(key="test", url=url, **kwargs)
        ((_, page),) = fetch_many([request], how or settings(), now=lambda: NOON)
        return page

    return one


@pytest.fixture
def no_proxies(monkeypatch):
    """No proxy is set; what a test sets is taken back."""
    for name in ("http", "https", "all", "no"):
        monkeypatch.delenv(f"{name}_proxy", raising=False)
        monkeypatch.delenv(f"{name}_proxy".upper(), raising=False)
    return monkeypatch


@pytest.fixture
def now():
    return lambda: NOON


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A self-signed certificate for 127.0.0.1 and localhost: its file and that of its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl program here to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    ask = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    names = ("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
    command = [openssl, *ask.split(), *names, "-keyout", str(key), "-out", str(cert)]
    subprocess.run(command, check=True, capture_output=True)
    return cert, key


@pytest.fixture
def secure_hosts(hosts, certificate):
    """The same host behind TLS with a certificate that nobody vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    hosts.server.socket = context.wrap_socket(
        hosts.server.socket, server_side=True, do_handshake_on_connect=False
    )
    hosts.base = hosts.base.replace("http://", "https://")
    return hosts
