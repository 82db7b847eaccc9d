"""A host of the catalogue on loopback: its documents as it sends them, and what it sends in their place.

`hosts.toml` has a table for each host. What a host sends goes through real sockets, under its own
name, to a run of the project's own source file.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import tomllib
import zipfile
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from regstatus.fetch.settings import Settings
from regstatus.model.charset import decode
from regstatus.pipeline.diagnosis import check_up
from regstatus.pipeline.options import Options
from regstatus.pipeline.update import update
from tests.support.answers import ANSWERS
from tests.support.make import NOON
from tests.support.pages import ROOT
from tests.support.project import catalogue
from tests.support.replica import KEYS, Replica

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

    from regstatus.model.change import Run
    from regstatus.model.document import Document
    from regstatus.pipeline.diagnosis import Diagnosis

HERE = Path(__file__).parent
HOSTS: dict[str, dict[str, Any]] = tomllib.loads((HERE / "hosts.toml").read_text("utf-8"))
REAL = Path(os.environ.get("REGSTATUS_REALDOCS") or ROOT.parent / "shared" / "realdocs")
"""Where documents of official hosts lie, if they are at hand."""


KEYS_OF_ALL = {**KEYS, "REGSTATUS_IGA_KEY": "a-key"}


class Host(Replica):
    """One host of the table, and the others that the same source file names.

    Attributes:
        said: What the table says of the host.
        sent: Status, headers and body in place of the document; None where it is sent as it is.
    """

    def __init__(self, name: str, folder: Path, good: Path | None = None) -> None:
        self.said = HOSTS[name]
        self.key: str = self.said["document"]
        place, _, ident = self.key.partition(":")
        (source,) = (one for one in catalogue() if one.jurisdiction == place)
        (self.document,) = (one for one in source.documents if one.id == ident)
        super().__init__([source])
        self.sent: tuple[int, dict[str, str], bytes] | None = None
        self.cut = False
        self.now, self.folder = NOON, folder
        where = self.keys[self.key]
        self.kind, self.body = self.pages[where]
        self.kind = self.said.get("type", self.kind)
        if encoding := self.said.get("encoding"):
            self.body = decode(self.body).encode(encoding, "xmlcharrefreplace")
        self.pages[where] = self.good = (self.kind, self.body)
        (file,) = (path for path in ROOT.glob("sources/**/*.toml") if _of(path) == place)
        copy = folder / "sources" / file.relative_to(ROOT / "sources")
        copy.parent.mkdir(parents=True)
        shutil.copy(file, copy)
        if good is not None:
            shutil.copytree(good, folder / "store")

    def serve_copies(self) -> None:
        """Serve the good page at the document's other official addresses, too."""
        for copy in self.document.copies:
            parts = urlsplit(copy.url)
            self.hosts.add(parts.netloc)
            where = parts.path + (f"?{parts.query}" if parts.query else "")
            self.pages[parts.netloc, where] = self.kind, self.body

    def put_real(self, body: bytes, real: dict[str, Any]) -> None:
        """Send a real document of the host; a sibling of the document under its own controls."""
        if answers := ANSWERS.get(self.document.adapter):
            self.pages |= answers(self.document, body)
        else:
            self.pages[self.keys[self.key]] = self.good = (self.good[0], self.packed(body))
        if "status" in real:
            self.send(real["status"], body, Content_Type="text/html; charset=utf-8")
        if "on" in real:
            self.now = datetime.combine(real["on"], time(12), UTC)
        if real.get("controls"):
            (file,) = (self.folder / "sources").rglob("*.toml")
            file.write_text(_sibling(self.key, self.document, real["controls"]), encoding="utf-8")

    def packed(self, body: bytes) -> bytes:
        """A text as the host packs it."""
        if self.document.adapter != "zip":
            return body
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("text.xml", body)
        return made.getvalue()

    def options(self) -> Options:
        """How a run asks here."""
        settings = Settings(delay=0.0, backoff=0.0, retries=0, env=KEYS_OF_ALL, routes=self.routes)
        return Options(
            sources=self.folder / "sources",
            snapshots=self.folder / "store",
            settings=settings,
            isolate=False,
        )

    def run(self, hours: float = 24) -> Run:
        """Play a run."""
        self.now += timedelta(hours=hours)
        return update(self.options(), now=lambda: self.now)

    def clock(self) -> dict[str, Any]:
        """The document's clock in the ledger."""
        ledger = json.loads((self.folder / "store" / "ledger.json").read_bytes())
        found: dict[str, Any] = ledger["documents"][self.key]
        return found

    def diagnosis(self) -> Diagnosis:
        """What the doctor finds at the document's own address."""
        found = check_up(self.options(), now=lambda: self.now).diagnoses
        return next(one for one in found if one.key == self.key)

    def send(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        """Send this where the document lies."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.sent = status, {"Content-Type": self.kind, **named}, body

    def _answer(self, handler: BaseHTTPRequestHandler, asked: str) -> None:
        found = self._find(handler.headers.get("Host", ""), handler.path, asked)
        if self.sent is None or found is not self.good:
            super()._answer(handler, asked)
            return
        status, headers, body = self.sent
        self.asked.append((handler.headers.get("Host", ""), handler.path, status))
        handler.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            handler.send_header(name, value)
        handler.close_connection = self.cut
        handler.end_headers()
        handler.wfile.write(body)


def _sibling(key: str, document: Document, controls: list[str]) -> str:
    """A source file that watches another document of the same host in the same way."""
    way = {
        "id": document.id, "title": "A sibling", "publisher": "The same", "url": document.url,
        "url_basis": "pattern", "format": str(document.format), "reads": str(document.reads),
        "language": document.language, "adapter": document.adapter, "controls": controls,
        "allowed_hosts": list(document.allowed_hosts),
    }  # fmt: skip
    lines = [f"{name} = {json.dumps(value)}" for name, value in way.items()]
    params = ", ".join(f"{json.dumps(k)} = {json.dumps(v)}" for k, v in document.params.items())
    place = key.partition(":")[0]
    return "\n".join(
        (
            f'jurisdiction = "{place}"\nattested = 2020-01-01\nattested_by = "a test"\n',
            "[[documents]]", *lines, f"params = {{ {params} }}",
            '[[timeline]]\nleaf = "unknown"\nmitragynine = "unknown"',
            '"7-oh" = "unknown"\nderivatives = "unknown"\n',
        )
    )  # fmt: skip


def _of(file: Path) -> str:
    found: str = tomllib.loads(file.read_text("utf-8"))["jurisdiction"]
    return found
