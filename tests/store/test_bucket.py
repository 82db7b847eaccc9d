"""Buckets: a server that is none, or that refuses, is told in one sentence."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from regstatus.base.errors import SnapshotError
from regstatus.store.bucket.objects import Bucket

pytest.importorskip("obstore")
URL = "s3://bucket/prefix"


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    for name in ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SKIP_SIGNATURE", "true")


@pytest.mark.parametrize("name", ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"])
@pytest.mark.parametrize(
    "endpoint",
    [
        "localhost:9000", "notaurl", "http://", "http://h:9 ", " http://h", "http://h:abc",
        "http://:9000", "http://a b", "http://[::1", "http://h:99999", "http://%zz", "ftp://h",
    ],
)  # fmt: skip
def test_an_endpoint_that_is_none_is_told_before_anything_is_asked(monkeypatch, name, endpoint):
    monkeypatch.setenv(name, endpoint)
    with pytest.raises(SnapshotError, match=f"{name} is .*http://host:port"):
        Bucket(URL, patient=False)


@pytest.mark.parametrize(
    "endpoint",
    ["http://127.0.0.1:9000", "https://s3.example.org/", "http://[::1]:9", "https://h/p"],
)
def test_an_endpoint_with_a_host_is_taken(monkeypatch, endpoint):
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    assert Bucket(URL, patient=False).url == URL


@pytest.fixture
def server(monkeypatch):
    """A server that gives each question one status and body, which a test sets."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(made.status)
            self.send_header("Content-Length", str(len(made.body)))
            self.end_headers()
            self.wfile.write(made.body)

        def do_PUT(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_):
            pass

    made = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{made.server_port}")
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize(
    ("body", "word"), [(b"", None), (b"<Error><Code>AccessDenied</Code></Error>", "AccessDenied")]
)
def test_a_refusal_is_told_as_one_whatever_was_asked(server, status, body, word):
    server.status, server.body = status, body
    bucket = Bucket(URL, patient=False)
    for ask in (
        lambda: list(bucket.names("heads")),
        lambda: bucket.get("x"),
        lambda: bucket.create("x", b"data"),
    ):
        with pytest.raises(SnapshotError) as caught:
            ask()
        assert f"{URL}: access is refused ({word or status}); see that" in str(caught.value)


def test_what_is_no_refusal_is_not_called_one(server):
    server.status, server.body = 404, b"<Error><Code>NoSuchBucket</Code></Error>"
    with pytest.raises(SnapshotError, match="there is no such bucket"):
        list(Bucket(URL, patient=False).names("heads"))
