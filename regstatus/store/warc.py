"""The kept pages as one standard archive file, WARC/1.1 (ISO 28500:2017).

What ordinary replay tools need stands in `response`, `resource` and `revisit`
records. What we need to play a run again stands beside each in a `metadata`
record, which those tools pass by.
"""

import fnmatch
import json
import re
from datetime import datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from regstatus.base.errors import UsageError
from regstatus.base.version import __version__
from regstatus.model.media import TYPES
from regstatus.model.words import Format, Outcome
from regstatus.store.atomic import output_file, placing
from regstatus.store.capture import Capture
from regstatus.store.evidence import Evidence
from regstatus.store.reader import Store

RECORDING_FORMAT = "regstatus-recording/1"
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/"
_DECODED = (
    "Bodies are kept decoded, so Content-Encoding and Transfer-Encoding are left out of the HTTP "
    "headers and Content-Length is that of the decoded body. Headers that may hold secrets are left "
    "out. Header names are in lower case, and every answer is written as HTTP/1.1. A body that was "
    "made out of several answers, or taken out of an archive, is a resource record."
)
_NOT_OF_A_DECODED_BODY = frozenset({"content-encoding", "transfer-encoding", "content-length"})


class Exported(NamedTuple):
    """How many captures were written; a sentence for each that could not be, naming the file."""

    captures: int
    faults: tuple[str, ...]


def warcio(part: str) -> ModuleType:
    """A module of the library that knows the format; only this function loads it.

    Raises:
        UsageError: If it is not installed; the text names the extra.
    """
    from importlib import import_module

    try:
        return import_module(f"warcio.{part}")
    except ModuleNotFoundError:
        raise UsageError(
            "WARC files need the library warcio, which is an extra: pip install 'regstatus[warc]'"
        ) from None


def export(store: Path, target: Path, *, created: datetime, only: tuple[str, ...] = ()) -> Exported:
    """Write the evidence of a store as a WARC file, in one step; `.gz` in its name compresses it.

    An old file is replaced. `only` are patterns of jurisdiction ids; empty for all.

    Raises:
        UsageError: If there is nothing to write, or warcio is not installed.
        OSError: If it cannot be written.
    """
    statusandheaders, warcwriter = warcio("statusandheaders"), warcio("warcwriter")
    place = output_file(target)
    evidence = Evidence(store)
    captures, damaged = evidence.captures()
    if only:
        place_of = {c.key: c.key.partition(":")[0] for c in captures}
        captures = [
            c for c in captures if any(fnmatch.fnmatchcase(place_of[c.key], p) for p in only)
        ]
    bodies = {capture.sha256 for capture in captures}
    bad = {digest: fault for digest in bodies if (fault := evidence.fault(digest))}
    faults = [*damaged, *(f"{bad[c.sha256]} ({c.key})" for c in captures if c.sha256 in bad)]
    captures = [capture for capture in captures if capture.sha256 not in bad]
    if not captures:
        raise UsageError("; ".join([f"{store}: no evidence is kept here to export", *faults]))
    versions = [
        {name: entry.get(name) for name in ("id", "created", "digest", "origin")}
        for entry in (Store(store).versions() if Store(store).exists() else ())
    ]
    with placing(place) as part, part.open("wb") as out:
        writer = warcwriter.WARCWriter(
            out, gzip=target.name.endswith(".gz"), warc_version="WARC/1.1"
        )
        writer._create_digester = lambda: warcwriter.Digester("sha256")  # noqa: SLF001
        _Writing(writer, statusandheaders.StatusAndHeaders, evidence).all(
            target.name, created, captures, versions
        )
    return Exported(len(captures), tuple(faults))


class _Writing:
    """The writing of one file, and what it holds already."""

    def __init__(self, writer: Any, headers: Any, evidence: Evidence) -> None:
        self._writer, self._headers, self._evidence = writer, headers, evidence
        self._written: dict[tuple[str, str], Capture] = {}
        self._latest: dict[tuple[str, str], Capture] = {}

    def all(
        self, name: str, created: datetime, captures: list[Capture], versions: list[dict[str, Any]]
    ) -> None:
        info = {
            "software": f"regstatus/{__version__} (warcio)",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "description": f"Official texts of law, kept as evidence. {_DECODED}",
        }
        if any(capture.via for capture in captures):
            info["description"] += " Some hosts were reached elsewhere: see `via` in the metadata."
        block = "".join(f"{key}: {value}\r\n" for key, value in info.items()).encode()
        first, again = (_id(name, created.isoformat(), *part) for part in ((), ("recording",)))
        about = {"WARC-Record-ID": first, "WARC-Date": _date(created)}
        fields = "application/warc-fields"
        self._record("", "warcinfo", {**about, "WARC-Filename": name}, block, fields)
        recording = {"format": RECORDING_FORMAT, "captures": len(captures), "versions": versions}
        about |= {"WARC-Record-ID": again, "WARC-Refers-To": first}
        self._record("", "metadata", about, _json(recording), "application/json")
        for capture in captures:
            self._capture(capture)

    def _capture(self, capture: Capture) -> None:
        uri, this = _uri(capture.final_url), _record_id(capture)
        about = {"WARC-Record-ID": this, "WARC-Date": _date(capture.fetched_at)}
        self._write(capture, uri, {**about, "WARC-Payload-Digest": f"sha256:{capture.sha256}"})
        about |= dict.fromkeys(("WARC-Refers-To", "WARC-Concurrent-To"), this)
        about["WARC-Record-ID"] = _record_id(capture, "metadata")
        self._record(uri, "metadata", about, _json(capture.to_json()), "application/json")

    def _write(self, capture: Capture, uri: str, headers: dict[str, str]) -> None:
        """The answer itself; where its body is in the file already, a record that refers to it."""
        same = self._written.get((capture.sha256, capture.final_url))
        profile = "identical-payload-digest"
        if capture.outcome is Outcome.UNCHANGED:
            same = self._latest.get((capture.key, capture.sha256), same)
            profile = "server-not-modified"
        else:
            self._latest[capture.key, capture.sha256] = capture
        http = capture.status is not None and not capture.made
        if same is not None and http:
            headers["WARC-Profile"] = _REVISIT + profile
            headers["WARC-Refers-To"] = _record_id(same)
            headers["WARC-Refers-To-Target-URI"] = _uri(same.final_url)
            headers["WARC-Refers-To-Date"] = _date(same.fetched_at)
            self._record(uri, "revisit", headers, b"", "", http=self._http(capture, 0))
            return
        body = self._evidence.body(capture.sha256)
        self._written[capture.sha256, capture.final_url] = capture
        if http and capture.outcome is Outcome.OK:
            self._record(uri, "response", headers, body, "", http=self._http(capture, len(body)))
        else:
            self._record(uri, "resource", headers, body, TYPES[capture.form or Format.TEXT][0])

    def _http(self, capture: Capture, length: int) -> Any:
        status = capture.status or 200
        reason = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Unnamed"
        kept = [
            (name, re.sub(r"[\r\n\0]+", " ", value))
            for name, value in capture.headers
            if name not in _NOT_OF_A_DECODED_BODY
        ]
        if length:
            kept.append(("content-length", str(length)))
        return self._headers(f"{status} {reason}", kept, protocol="HTTP/1.1")

    def _record(
        self,
        uri: str,
        kind: str,
        headers: dict[str, str],
        block: bytes,
        form: str,
        http: Any = None,
    ) -> None:
        record = self._writer.create_warc_record(
            uri, kind, BytesIO(block), len(block), form, headers, http_headers=http
        )
        self._writer.write_record(record)


def _uri(address: str) -> str:
    """An address as RFC 3986 allows it: the braces that stand for a key are escaped."""
    return quote(address, safe="%/:?#[]@!$&'()*+,;=~-._")


def _id(*parts: str) -> str:
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, ' '.join(('regstatus', *parts)))}>"


def _record_id(capture: Capture, part: str = "answer") -> str:
    return _id(capture.key, _date(capture.fetched_at), capture.sha256, str(capture.outcome), part)


def _date(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
