"""How a host misbehaves: functions that take the stage, and connections held in the hand."""

from __future__ import annotations

import gzip
import json
import socket
import time
import zlib
from typing import TYPE_CHECKING, Any

from tests.faults import forms
from tests.faults.kinds import HTML, KINDS, NAMES, OTHERS, TITLES, VICTIM, schedule_html
from tests.fetch.conftest import reset

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.stage import Stage

SHORT = 0.6
"""Seconds of patience where the host has none to offer; nothing is measured by them."""
BIG = 300_000_000
_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


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
        handler.wfile.write(_OK + b"Content-Length: %d\r\n\r\n" % len(body) + stage.kind.half)
        handler.wfile.flush()
        reset(handler)

    stage.play(play)


def _hang_up(handler: Any) -> None:
    handler.close_connection = True


def close(stage: Stage) -> None:
    stage.play(_hang_up)


def babble(stage: Stage) -> None:
    _sends(stage, b"220 mail.example.gov ESMTP ready\r\n\r\n")


def _sends(stage: Stage, raw: bytes) -> None:
    def play(handler: Any) -> None:
        handler.wfile.write(raw)
        handler.close_connection = True

    stage.play(play)


def silent(stage: Stage) -> dict[str, Any]:
    stage.play(lambda handler: stage.hosts.release.wait(30))
    return {"read_timeout": SHORT}


def silent_in_headers(stage: Stage) -> dict[str, Any]:
    return _then_silent(stage, _OK)


def silent_in_body(stage: Stage) -> dict[str, Any]:
    return _then_silent(stage, _OK + b"Content-Length: 9000\r\n\r\n" + stage.kind.half)


def _then_silent(stage: Stage, raw: bytes) -> dict[str, Any]:
    def play(handler: Any) -> None:
        handler.wfile.write(raw)
        handler.wfile.flush()
        stage.hosts.release.wait(30)

    stage.play(play)
    return {"read_timeout": SHORT}


def _without_end(stage: Stage, head: bytes, chunk: bytes, pause: float = 0.0) -> Any:
    def play(handler: Any) -> None:
        _hang_up(handler)
        try:
            handler.wfile.write(head)
            while not stage.hosts.release.wait(pause):
                handler.wfile.write(chunk)
        except OSError:
            return

    return play


def drip(stage: Stage) -> dict[str, Any]:
    stage.play(_without_end(stage, _OK + b"Content-Length: 9000\r\n\r\n", b".", 0.02))
    return {"deadline": SHORT}


def endless_headers(stage: Stage) -> None:
    stage.play(_without_end(stage, _OK, b"X-More: " + b"x" * 8000 + b"\r\n"))


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
    _sends(stage, b"HTTP/1.1 999 Request denied\r\nContent-Length: 0\r\n\r\n")


# Bytes.


def charset(codec: str, content_type: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        stage.put(stage.kind.content[1].decode().encode(codec), Content_Type=content_type)

    return play


def gzipped(stage: Stage) -> None:
    stage.put(gzip.compress(stage.kind.content[1]), Content_Encoding="gzip")


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def chunked(stage: Stage) -> None:
    body = stage.kind.content[1]
    parts = b"".join(_chunk(body[at : at + 1]) for at in range(len(body)))
    _sends(stage, _OK + b"Transfer-Encoding: chunked\r\n\r\n" + parts + _chunk(b""))


def chunks_cut_short(stage: Stage) -> None:
    _sends(stage, _OK + b"Transfer-Encoding: chunked\r\n\r\n" + _chunk(stage.kind.half))


def cut_without_length(stage: Stage) -> None:
    _sends(stage, _OK + b"Connection: close\r\n\r\n" + stage.kind.half)


def _with_length(stage: Stage, length: str) -> None:
    _sends(stage, _OK + f"Content-Length: {length}\r\n\r\n".encode() + stage.kind.content[1])


def length_too_long(stage: Stage) -> None:
    _with_length(stage, str(len(stage.kind.content[1]) + 500))


def length_too_short(stage: Stage) -> None:
    _with_length(stage, str(len(stage.kind.half)))


def length_nonsense(stage: Stage) -> None:
    _with_length(stage, "many")


def two_lengths(stage: Stage) -> None:
    _with_length(stage, "10\r\nContent-Length: 20")


def gzip_cut(stage: Stage) -> None:
    stage.put(gzip.compress(stage.kind.content[1])[:-200], Content_Encoding="gzip")


def gzip_damaged(stage: Stage) -> None:
    packed = bytearray(gzip.compress(stage.kind.content[1]))
    packed[len(packed) // 2] ^= 0xFF
    stage.put(bytes(packed), Content_Encoding="gzip")


def no_gzip(stage: Stage) -> None:
    stage.put(Content_Encoding="gzip")


def gzip_bomb(stage: Stage) -> None:
    packer = zlib.compressobj(9, wbits=31)
    million = bytes(1_000_000)
    packed = b"".join(packer.compress(million) for _ in range(50)) + packer.flush()
    stage.put(packed, Content_Encoding="gzip")


def coding(name: str) -> Callable[[Stage], None]:
    return lambda stage: stage.put(Content_Encoding=name)


def big_declared(stage: Stage) -> None:
    _big(stage, _OK + b"Content-Length: %d\r\n\r\n" % BIG, lambda data: data)


def big_chunked(stage: Stage) -> None:
    _big(stage, _OK + b"Transfer-Encoding: chunked\r\n\r\n", _chunk)


def _big(stage: Stage, head: bytes, wrap: Callable[[bytes], bytes]) -> None:
    line = stage.kind.content[1][:1000].ljust(1000) * 100

    def play(handler: Any) -> None:
        _hang_up(handler)
        try:
            handler.wfile.write(head)
            for _ in range(BIG // len(line)):
                handler.wfile.write(wrap(line))
        except OSError:
            return

    stage.play(play)


def endless(stage: Stage) -> None:
    stage.play(_without_end(stage, _OK + b"Connection: close\r\n\r\n", b"<p>law</p>" * 5000))


def deep(stage: Stage) -> None:
    body = stage.kind.content[1].replace(b"<body>", b"<body>" + b"<div>" * 100_000)
    stage.put(body.replace(b"</body>", b"</div>" * 100_000 + b"</body>"))


def deep_alone(stage: Stage) -> None:
    stage.put(b"<html><body>" + b"<div><p>law " * 100_000)


def cut_list(stage: Stage) -> None:
    """A list that stops behind its last control: what follows is not seen to be missing."""
    body = schedule_html([*NAMES, *OTHERS]).encode()
    _sends(stage, _OK + b"Connection: close\r\n\r\n" + body.partition(b"<li>Chloral")[0])


def cut_list_framed(stage: Stage) -> None:
    body = schedule_html([*NAMES, *OTHERS]).encode()
    stage.put(body.partition(b"<li>Chloral")[0])


# robots.txt.


def _robots(stage: Stage, function: Any) -> None:
    stage.hosts.play(f"{VICTIM}/robots.txt", function)


def robots_reset(stage: Stage) -> None:
    _robots(stage, reset)


def robots_silent(stage: Stage) -> dict[str, Any]:
    _robots(stage, lambda handler: stage.hosts.release.wait(30))
    return {"read_timeout": SHORT}


def robots_drip(stage: Stage) -> dict[str, Any]:
    _robots(stage, _without_end(stage, _OK + b"Connection: close\r\n\r\n", b"#", 0.02))
    return {"deadline": SHORT}


def robots_endless(stage: Stage) -> None:
    _robots(stage, _without_end(stage, _OK + b"Connection: close\r\n\r\n", b"# more\n" * 2000))


def robots_endless_forbids(stage: Stage) -> None:
    head = _OK + b"Connection: close\r\n\r\nUser-agent: *\nDisallow: /HS\n"
    _robots(stage, _without_end(stage, head, b"# more\n" * 2000))


# Forms.


def external_entity(stage: Stage) -> None:
    secret = stage.sources.parent / "secret.txt"
    secret.write_text("Heroin Psilocybin", encoding="utf-8")
    stage.put(forms.external(secret.as_uri()))


def external_dtd(stage: Stage) -> None:
    dtd = f'<!DOCTYPE act SYSTEM "{stage.hosts.base}/evil.dtd">'.encode()
    stage.put(stage.kind.content[1].replace(b"?>\n", b"?>\n" + dtd, 1))


def xml_encoding(stage: Stage) -> None:
    stage.put(stage.kind.content[1].replace(b'"UTF-8"', b'"UTF-16"'))


def xml_utf16(stage: Stage) -> None:
    text = stage.kind.content[1].decode().replace("UTF-8", "UTF-16")
    stage.put(text.encode("utf-16"))


def damaged_zip(stage: Stage) -> None:
    body = bytearray(stage.kind.content[1])
    body[60] ^= 0xFF
    stage.put(bytes(body))


def climbing_zip(stage: Stage) -> None:
    inside = KINDS["xml"].content[1]
    stage.put(forms.archive({"../../../../tmp/regstatus-climbed.xml": inside}))


def index(page: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        stage.hosts.put(f"{VICTIM}/index.htm", page.encode(), Content_Type=HTML)

    return play


def titles(entry: dict[str, Any] | None) -> Callable[[Stage], None]:
    kept = TITLES["titles"][:20]
    data: Any = {"titles": [*kept, entry]} if entry else {"titles": "none", "meta": "x" * 50}

    def play(stage: Stage) -> None:
        path = KINDS["ecfr-titles"].path
        stage.hosts.put(VICTIM + path, json.dumps(data).encode())

    return play


def feed_in_a_circle(stage: Stage) -> None:
    stage.put(forms.feed_page(f"https://{VICTIM}/api/v1/documents.json?page=2"))


def wait_until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for what another process does; fails when it never comes."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            raise AssertionError("it never came")
        time.sleep(0.02)
