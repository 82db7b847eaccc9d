"""How a host's connections, redirects and robots.txt misbehave, by the hand of the stage."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

from tests.faults import forms
from tests.faults.kinds import VICTIM
from tests.fetch.conftest import reset

if TYPE_CHECKING:
    from tests.faults.stage import Stage

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def _routed(stage: Stage, base: str) -> dict[str, Any]:
    return {"routes": {**stage.settings.routes, VICTIM: base}}


# Connections.


def closed_port(stage: Stage) -> dict[str, Any]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return _routed(stage, f"http://127.0.0.1:{port}")


def https(stage: Stage) -> dict[str, Any]:
    return _routed(stage, stage.secure or stage.hosts.base.replace("http://", "https://"))


def no_such_name(stage: Stage) -> dict[str, Any]:
    # The stage makes the resolver fail for this name alone.
    routes = dict(stage.settings.routes)
    del routes[VICTIM]
    return {"routes": routes}


def reset_at_once(stage: Stage) -> None:
    stage.play(reset)


def reset_half_way(stage: Stage) -> None:
    body = stage.kind.content[1]

    def play(handler: Any) -> None:
        handler.wfile.write(OK + b"Content-Length: %d\r\n\r\n" % len(body) + stage.kind.half)
        handler.wfile.flush()
        reset(handler)

    stage.play(play)


def hang_up(handler: Any) -> None:
    handler.close_connection = True


def close(stage: Stage) -> None:
    stage.play(hang_up)


def babble(stage: Stage) -> None:
    sends(stage, b"220 mail.example.gov ESMTP ready\r\n\r\n")


def sends(stage: Stage, raw: bytes) -> None:
    def play(handler: Any) -> None:
        handler.wfile.write(raw)
        handler.close_connection = True

    stage.play(play)


def silent(stage: Stage) -> dict[str, Any]:
    stage.play(lambda handler: stage.hosts.release.wait(60))
    return {"read_timeout": stage.patience}


def silent_in_headers(stage: Stage) -> dict[str, Any]:
    return _then_silent(stage, OK)


def silent_in_body(stage: Stage) -> dict[str, Any]:
    return _then_silent(stage, OK + b"Content-Length: 9000\r\n\r\n" + stage.kind.half)


def _then_silent(stage: Stage, raw: bytes) -> dict[str, Any]:
    def play(handler: Any) -> None:
        handler.wfile.write(raw)
        handler.wfile.flush()
        stage.hosts.release.wait(60)

    stage.play(play)
    return {"read_timeout": stage.patience}


def without_end(stage: Stage, head: bytes, chunk: bytes, pause: float = 0.0) -> Any:
    def play(handler: Any) -> None:
        hang_up(handler)
        try:
            handler.wfile.write(head)
            while not stage.hosts.release.wait(pause):
                handler.wfile.write(chunk)
        except OSError:
            return

    return play


def drip(stage: Stage) -> dict[str, Any]:
    stage.play(without_end(stage, OK + b"Content-Length: 9000\r\n\r\n", b".", 0.02))
    return {"deadline": stage.patience}


def endless_headers(stage: Stage) -> None:
    stage.play(without_end(stage, OK, b"X-More: " + b"x" * 8000 + b"\r\n"))


# Redirects.


def circle(stage: Stage) -> None:
    stage.put(b"", 302, Location="/there")
    stage.hosts.put(f"{VICTIM}/there", b"", 302, Location=stage.kind.path)


def chain(stage: Stage) -> None:
    stage.put(b"", 302, Location="/0")
    for number in range(20):
        stage.hosts.put(f"{VICTIM}/{number}", b"", 302, Location=f"/{number + 1}")


def to_login(stage: Stage) -> None:
    stage.put(b"", 302, Location="/account/login?next=HS.444")
    stage.hosts.put(f"{VICTIM}/account/login?next=HS.444", forms.LOGIN.encode())


def status_999(stage: Stage) -> None:
    sends(stage, b"HTTP/1.1 999 Request denied\r\nContent-Length: 0\r\n\r\n")


# robots.txt.


def _robots(stage: Stage, function: Any) -> None:
    stage.hosts.play(f"{VICTIM}/robots.txt", function)


def robots_reset(stage: Stage) -> None:
    _robots(stage, reset)


def robots_silent(stage: Stage) -> dict[str, Any]:
    _robots(stage, lambda handler: stage.hosts.release.wait(60))
    return {"read_timeout": stage.patience}


def robots_drip(stage: Stage) -> dict[str, Any]:
    _robots(stage, without_end(stage, OK + b"Connection: close\r\n\r\n", b"#", 0.02))
    return {"deadline": stage.patience}


def robots_endless(stage: Stage) -> None:
    _robots(stage, without_end(stage, OK + b"Connection: close\r\n\r\n", b"# more\n" * 2000))


def robots_endless_forbids(stage: Stage) -> None:
    head = OK + b"Connection: close\r\n\r\nUser-agent: *\nDisallow: /HS\n"
    _robots(stage, without_end(stage, head, b"# more\n" * 2000))
