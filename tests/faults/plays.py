"""How a host's bytes and files misbehave, by the hand of the stage."""

from __future__ import annotations

import gzip
import json
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.faults import forms
from tests.faults.kinds import HTML, KINDS, NAMES, OTHERS, TITLES, VICTIM, schedule_html
from tests.faults.wire import OK, hang_up, sends, without_end

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.stage import Stage

BIG = 300_000_000


def wrong_clock(stage: Stage) -> None:
    """The host's clock went wrong years ago; it asks for a day's rest by it."""
    stage.hosts.now = lambda: datetime(2019, 12, 31, 12, tzinfo=UTC)
    stage.put(b"", 429, Retry_After="Wed, 01 Jan 2020 12:00:00 GMT")


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
    sends(stage, OK + b"Transfer-Encoding: chunked\r\n\r\n" + parts + _chunk(b""))


def chunks_cut_short(stage: Stage) -> None:
    sends(stage, OK + b"Transfer-Encoding: chunked\r\n\r\n" + _chunk(stage.kind.half))


def cut_without_length(stage: Stage) -> None:
    sends(stage, OK + b"Connection: close\r\n\r\n" + stage.kind.half)


def _with_length(stage: Stage, length: str) -> None:
    sends(stage, OK + f"Content-Length: {length}\r\n\r\n".encode() + stage.kind.content[1])


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
    _big(stage, OK + b"Content-Length: %d\r\n\r\n" % BIG, lambda data: data)


def big_chunked(stage: Stage) -> None:
    _big(stage, OK + b"Transfer-Encoding: chunked\r\n\r\n", _chunk)


def _big(stage: Stage, head: bytes, wrap: Callable[[bytes], bytes]) -> None:
    line = stage.kind.content[1][:1000].ljust(1000) * 100

    def play(handler: Any) -> None:
        hang_up(handler)
        try:
            handler.wfile.write(head)
            for _ in range(BIG // len(line)):
                handler.wfile.write(wrap(line))
        except OSError:
            return

    stage.play(play)


def endless(stage: Stage) -> None:
    stage.play(without_end(stage, OK + b"Connection: close\r\n\r\n", b"<p>law</p>" * 5000))


def deep(stage: Stage) -> None:
    body = stage.kind.content[1].replace(b"<body>", b"<body>" + b"<div>" * 100_000)
    stage.put(body.replace(b"</body>", b"</div>" * 100_000 + b"</body>"))


def deep_alone(stage: Stage) -> None:
    stage.put(b"<html><body>" + b"<div>" * 99_000 + b"<div><p>law " * 1_000)


def cut_list(stage: Stage) -> None:
    """A list that stops behind its last control: what follows is not seen to be missing."""
    body = schedule_html([*NAMES, *OTHERS]).encode()
    sends(stage, OK + b"Connection: close\r\n\r\n" + body.partition(b"<li>Chloral")[0])


def cut_list_framed(stage: Stage) -> None:
    body = schedule_html([*NAMES, *OTHERS]).encode()
    stage.put(body.partition(b"<li>Chloral")[0])


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
