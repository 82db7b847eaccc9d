"""A real service over a real socket, and a client that shows what went over the wire."""

from __future__ import annotations

import http.client
import json
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)


class Client:
    def __init__(self, port):
        self.port = port

    def __call__(self, target, method="GET", body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, target, body, named)
            answer = connection.getresponse()
            read = answer.read()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, read)
        finally:
            connection.close()

    def url(self, target=""):
        return f"http://127.0.0.1:{self.port}/{target}"


@contextmanager
def running(app):
    import uvicorn

    from regstatus.web.service.server import config

    server = uvicorn.Server(config(app, host="127.0.0.1", port=0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    try:
        yield Client(server.servers[0].sockets[0].getsockname()[1])
    finally:
        # A client that keeps its connection would be waited for.
        server.should_exit = server.force_exit = True
        thread.join(30)


@pytest.fixture(scope="session")
def serving():
    """Start a service over a folder of versions; further arguments are the application's."""

    @contextmanager
    def start(folder, now=lambda: NOON, **options):
        from regstatus.web.service.app import application
        from regstatus.web.service.library import Library

        with running(application(Library(str(folder), now=now), **options)) as client:
            yield client

    return start


@pytest.fixture(scope="session")
def get(whole, serving):
    """A client of a service over the whole catalogue."""
    with serving(whole.path, limit=None) as client:
        yield client


@pytest.fixture(scope="session")
def site(whole):
    """The site of the whole catalogue, as it would be published."""
    from regstatus.web.service.library import Library
    from regstatus.web.website import Site

    return Site(Library(whole.path, now=lambda: NOON).current())
