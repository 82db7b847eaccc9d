"""HTTP/2 is spoken where a host offers it."""

import socket
import ssl
import threading

import h2.config
import h2.connection
import h2.events
import pytest

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
