"""A small replica of official hosts on loopback, for tests and for `make run`.

It serves the example pages of `tests/examples/pages`, one for each watched
document: pages of our own writing, in the form that the official host sends. It
answers as every official host at once; the client is routed to it and keeps the
official addresses. Nothing that it serves is law.
"""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterable
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from regstatus.model.document import Document
from regstatus.model.source import Source
from regstatus.model.words import Format
from tests.support.answers import ANSWERS

PAGES = Path(__file__).parents[1] / "examples" / "pages"
ORIGIN = "a replica of official hosts on loopback; its pages were written for this project"
DAY = "2026-11-20"
KEYS = {
    "PISTE_CLIENT_ID": "replica-client",
    "PISTE_CLIENT_SECRET": "replica-secret",
    # The replica lies at the address as the source file writes it.
    "LAW_GO_KR_OC": "{env:LAW_GO_KR_OC}",
    "NZ_LEGISLATION_API_KEY": "a-key-of-the-replica",
}
"""An environment with the keys that the interfaces of the replica ask for."""
_TYPES = {
    Format.HTML: "text/html; charset=utf-8",
    Format.XML: "application/xml",
    Format.JSON: "application/json",
    Format.PDF: "application/pdf",
    Format.TEXT: "text/plain; charset=utf-8",
}


_POSTED: dict[str, tuple[str, str, Callable[[Document], str]]] = {
    "legifrance": (
        "api.piste.gouv.fr",
        "/dila/legifrance/lf-engine-app/consult/lawDecree",
        lambda document: document.url.rstrip("/").rpartition("/")[2],
    ),
    "normattiva": (
        "api.normattiva.it",
        "/t/normattiva.api/bff-opendata/v1/api/v1/atto/dettaglio-atto",
        lambda document: document.params["code"],
    ),
    "alison": (
        "alison.legislature.state.al.us",
        "/graphql",
        lambda document: f'"{document.url.rpartition("=")[2]}"',
    ),
}
"""By adapter: the host and path that are posted to, and what a question for a document holds."""


def example(jurisdiction: str, document: Document) -> Path | None:
    """The example page of a document, or None where there is none."""
    folder = PAGES / jurisdiction.lower().replace("/", "+")
    found = sorted(folder.glob(f"{document.id}.{document.format}"))
    return found[0] if found else None


class Replica:
    """Every official host of a catalogue, on one loopback port.

    Args:
        catalog: Whose documents to serve.
        only: Ids of the jurisdictions to serve; all if None.
    """

    def __init__(self, catalog: Iterable[Source] = (), only: tuple[str, ...] | None = None) -> None:
        self.pages: dict[tuple[str, str], tuple[str, bytes]] = {}
        self.feeds: dict[tuple[str, str], bytes] = {}
        self.keys: dict[str, tuple[str, str]] = {}
        self.hosts: set[str] = set()
        self.asked: list[tuple[str, str, int]] = []
        for source in catalog:
            if only is not None and source.jurisdiction not in only:
                continue
            for document in source.documents:
                path = example(source.jurisdiction, document)
                if path is not None:
                    self._add(f"{source.jurisdiction}:{document.id}", document, path)
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer._answer(self, unquote(self.path))

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", "0"))
                outer._answer(self, unquote(self.rfile.read(length).decode()))

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def routes(self) -> dict[str, str]:
        """Where the client must go instead of each official host."""
        return dict.fromkeys(self.hosts, self.address)

    def change(self, key: str, old: str, new: str) -> None:
        """Change the law of the replica: replace words in one document.

        Raises:
            ValueError: If the words are not there.
        """
        place = self.keys[key]
        kind, body = self.pages[place]
        if old.encode() not in body:
            raise ValueError(f"{key} does not say {old!r}")
        self.pages[place] = (kind, body.replace(old.encode(), new.encode()))

    def _add(self, key: str, document: Document, path: Path) -> None:
        body = path.read_bytes()
        parts = urlsplit(document.url)
        host = parts.netloc
        self.hosts.add(host)
        kind = _TYPES[document.format]
        where = parts.path + (f"?{parts.query}" if parts.query else "")
        if document.adapter == "ecfr":
            params = document.params
            titles = {"titles": [{"number": int(params["title"]), "up_to_date_as_of": DAY}]}
            listing = ("application/json", json.dumps(titles).encode())
            self.pages[host, "/api/versioner/v1/titles.json"] = listing
            rest = "&".join(f"{n}={params[n]}" for n in ("part", "section") if n in params)
            where = f"/api/versioner/v1/full/{DAY}/title-{params['title']}.xml?{rest}"
        elif document.adapter == "federal_register":
            self.feeds[host, document.params["term"]] = body
            return
        elif document.adapter == "zip":
            archive = io.BytesIO()
            with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
                file.writestr(document.params.get("member", f"{document.id}.xml"), body)
            kind, body = "application/zip", archive.getvalue()
        elif document.adapter in ANSWERS:
            answers = ANSWERS[document.adapter](document, body)
            self.pages |= answers
            self.hosts |= {name for name, _ in answers}
            self.keys[key] = list(answers)[-1]
            return
        elif document.adapter == "link":
            index = path.with_name(f"{document.id}.index.html").read_bytes()
            self.pages[host, where] = (_TYPES[Format.HTML], index)
            where = f"/replica/{document.id}.{document.format}"
        elif document.adapter == "fedlex":
            language = document.params.get("language", "de")
            version = f"{document.url}/20260101"
            where = f"/filestore/{host}{urlsplit(version).path}/{language}/{path.name}"
            found = {
                "version": version,
                "from": "2026-01-01",
                "status": f"https://{host}/vocabulary/enforcement-status/0",
                "file": f"https://{host}{where}",
            }
            row = {name: {"type": "literal", "value": value} for name, value in found.items()}
            answer = json.dumps({"results": {"bindings": [row]}}).encode()
            self.pages[host, f"/sparqlendpoint {document.url}"] = ("application/json", answer)
        elif document.adapter in _POSTED:
            host, asked, sign = _POSTED[document.adapter]
            where = f"{asked} {sign(document)}"
            self.hosts.add(host)
        self.pages[host, where] = (kind, body)
        self.keys[key] = (host, where)
        if document.adapter == "legifrance":
            self.hosts.add("oauth.piste.gouv.fr")
            granted = json.dumps({"access_token": "replica-token", "token_type": "Bearer"})
            place = ("oauth.piste.gouv.fr", f"/api/oauth/token {KEYS['PISTE_CLIENT_SECRET']}")
            self.pages[place] = ("application/json", granted.encode())

    def _answer(self, handler: BaseHTTPRequestHandler, asked: str) -> None:
        host = handler.headers.get("Host", "")
        kind, body = self._find(host, handler.path, asked)
        tag = f'"{sha256(body).hexdigest()[:16]}"'
        status = 404 if kind == "" else 200
        if status == 200 and handler.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        self.asked.append((host, handler.path, status))
        handler.send_response(status)
        handler.send_header("Content-Type", kind or "text/plain")
        handler.send_header("Content-Length", str(len(body)))
        if status != 404:
            handler.send_header("ETag", tag)
        handler.end_headers()
        if status != 304:
            handler.wfile.write(body)

    def _find(self, host: str, path: str, asked: str) -> tuple[str, bytes]:
        if (host, path) in self.pages:
            return self.pages[host, path]
        # An interface has one address for all; what is asked for stands in the question.
        for (name, place), page in self.pages.items():
            where, _, sign = place.partition(" ")
            if sign and (name, where) == (host, path.partition("?")[0]) and sign in asked:
                return page
        term = parse_qs(urlsplit(path).query).get("conditions[term]", [""])[0]
        if (host, term) in self.feeds:
            return "application/json", self.feeds[host, term]
        if path == "/robots.txt":
            return "text/plain", b"User-agent: *\nDisallow: /private/\n"
        return "", b"not found"
