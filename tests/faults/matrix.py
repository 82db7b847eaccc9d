"""The matrix: every fault, the outcomes that are right for it, and the kinds of document it meets.

Three sorts of fault: those that every kind of document meets (`CORE`), those of one page of
law (the statute), and those that only one form of document can have.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.faults import forms, plays
from tests.faults.kinds import INDEX, KINDS, Kind
from tests.faults.stage import Stage

RIGHT = "read"
"""Stands for no failure at all: the document must be read, and read right."""


@dataclass(frozen=True)
class Fault:
    """One way to fail.

    Attributes:
        name: For the ids of cases.
        outcomes: The names that are right for it; `RIGHT` where it must be read all the same.
        play: Makes the host misbehave; what it returns changes the settings of the run.
        says: Words that the sentence in the report must hold.
        allowed: Further right names for some kinds.
        secure: The host is behind TLS with a certificate that nobody vouches for.
    """

    name: str
    outcomes: frozenset[str]
    play: Callable[[Stage], dict[str, Any] | None]
    says: str = ""
    allowed: dict[str, str] = field(default_factory=dict)
    secure: bool = False

    def right_for(self, kind: Kind) -> frozenset[str]:
        """The names that are right where this kind meets the fault."""
        return self.outcomes | set(self.allowed.get(kind.name, "").split())


def fault(name: str, outcomes: str, play: Any, says: str = "", **more: Any) -> Fault:
    """A fault; the outcomes are words."""
    return Fault(name, frozenset(outcomes.split()), play, says, **more)


def _page(text: str, status: int = 200, **headers: str) -> Callable[[Stage], None]:
    """The host sends a page of HTML instead."""

    def play(stage: Stage) -> None:
        sent = {"Content_Type": "text/html; charset=utf-8", **headers}
        stage.put(text.encode(), status, **sent)

    return play


def _status(status: int, **headers: str) -> Callable[[Stage], None]:
    return _page(f"<html><head><title>{status}</title></head><body>{status}</body></html>", status,
                 **headers)  # fmt: skip


def _to(location: str, status: int = 302) -> Callable[[Stage], None]:
    return _page("", status, Location=location)


def _body(make: Callable[[Stage], bytes], **headers: str | None) -> Callable[[Stage], None]:
    return lambda stage: stage.put(make(stage), **headers)


_DATA = ("xml", "json", "ecfr", "ecfr-titles", "federal-register", "legislation-gov-uk", "zip", "pdf")
_SHORT_DATA = dict.fromkeys(_DATA, "broken")
_NOT_HTML = dict.fromkeys(_DATA, "wrong_type")

CORE = (
    fault("refused", "refused", plays.closed_port, "refused"),
    fault("reset half-way", "broken refused", plays.reset_half_way),
    fault("silent before the answer", "timeout", plays.silent, "stopped answering"),
    fault("gone 404", "gone", _status(404), "404"),
    fault("error 503", "server_error", _status(503), "503"),
    fault("captcha", "blocked", _page(forms.CAPTCHA)),
    fault("empty body", "empty", _body(lambda _: b"")),
    fault("redirect to another host", "moved", _to("https://elsewhere.example.org/x"),
          "another host"),
    fault("half of the document", "unreadable", _body(lambda stage: stage.kind.half),
          allowed={**_SHORT_DATA, "link-index": "no_link"}),
    fault("wrong document", "unreadable", _body(lambda stage: stage.kind.wrong),
          allowed={"link-index": "no_link", "ecfr-titles": "no_link",
                   "federal-register": "broken"}),
)  # fmt: skip
"""Met by every kind of document."""

ONE = (
    # The connection.
    fault("reset at once", "refused", plays.reset_at_once, "reset"),
    fault("closed without an answer", "refused", plays.close),
    fault("no HTTP", "broken", plays.babble, "not HTTP"),
    fault("name does not resolve", "dns", plays.no_such_name, "could not be resolved"),
    fault("certificate nobody vouches for", "tls", plays.https, "certificate", secure=True),
    fault("plain HTTP on the secure port", "tls", plays.https, "secure connection"),
    fault("silent in the headers", "timeout", plays.silent_in_headers, "stopped answering"),
    fault("silent in the body", "timeout", plays.silent_in_body, "stopped answering"),
    fault("slow drip", "timeout", plays.drip, "did not finish"),
    fault("headers without end", "broken", plays.endless_headers),
    # Redirects.
    fault("redirect to itself", "redirect_loop", lambda stage: _to(stage.kind.path)(stage),
          "circle"),
    fault("redirect in a circle", "redirect_loop", plays.circle, "circle"),
    fault("redirects without end", "redirect_loop", plays.chain, "More than 5 redirects"),
    fault("permanent redirect to another host", "moved", _to("//new.example.org/x", 301)),
    fault("redirect to http", "moved", _to("http://victim.example.gov/HS.444.htm"), "plain http"),
    fault("redirect to the home page", "moved", _to("/"), "home page"),
    fault("redirect to a login", "blocked moved", plays.to_login),
    fault("redirect into our own network", "moved", _to("http://169.254.169.254/latest/")),
    fault("redirect to a file", "moved", _to("file:///etc/passwd"), "not a web address"),
    fault("redirect to nowhere", "http_error moved", _page("", 302)),
    fault("page that sends its reader on", "moved", _page(forms.REFRESH)),
    # Statuses.
    fault("status 202", "server_error", _status(202), "202"),
    fault("status 204", "empty", lambda stage: stage.put(b"", 204), "204"),
    fault("status 206", "broken", lambda stage: stage.put(stage.kind.half, 206), "206"),
    fault("status 304 unasked", "http_error", lambda stage: stage.put(b"", 304), "304"),
    fault("status 400", "http_error", _status(400), "400"),
    fault("status 401", "blocked", _status(401, WWW_Authenticate="Basic"), "401"),
    fault("status 403", "blocked", _status(403), "403"),
    fault("status 410", "gone", _status(410), "410"),
    fault("status 429", "rate_limited", _status(429), "429"),
    fault("status 429 with a short Retry-After", "rate_limited", _status(429, Retry_After="1"),
          "429"),
    fault("status 429 with a long Retry-After", "rate_limited", _status(429, Retry_After="86400"),
          "asks to wait until"),
    fault("status 429 with a date", "rate_limited",
          _status(429, Retry_After="Fri, 01 Jan 2027 00:00:00 GMT"), "2027-01-01"),
    fault("status 451", "blocked", _status(451), "451"),
    fault("status 500", "server_error", _status(500), "500"),
    fault("status 503 with Retry-After", "server_error", _status(503, Retry_After="7200"),
          "asks to wait until"),
    fault("status 999", "http_error server_error broken", plays.status_999),
    # Pages that are no law.
    fault("captcha with status 403", "blocked", _page(forms.CAPTCHA, 403)),
    fault("captcha with status 503", "blocked", _page(forms.CAPTCHA, 503)),
    fault("maintenance", "maintenance", _page(forms.MAINTENANCE)),
    fault("maintenance with status 503", "maintenance", _page(forms.MAINTENANCE, 503)),
    fault("white space", "empty", _body(lambda _: b" \r\n\t" * 400)),
    fault("zero bytes", "empty wrong_type", _body(lambda _: bytes(4000))),
    fault("JavaScript shell", "empty", _page(forms.SHELL), "script"),
    fault("login page", "blocked", _page(forms.LOGIN), "login"),
    fault("not-found page as a success", "gone", _page(forms.NOT_FOUND)),
    fault("error page as a success", "server_error", _page(forms.ERROR)),
    fault("frame only", "empty", _page(forms.FRAME), "frame"),
    fault("another law", "unreadable", _page(forms.LONG_OTHER), "controls are missing"),
    fault("another language", "unreadable", _page(forms.SPANISH), "controls are missing"),
    fault("repealed", "unreadable", _page(forms.REPEALED)),
    fault("search results", "unreadable empty", _page(forms.SEARCH)),
    # Bytes.
    fault("charset: windows-1252, undeclared", RIGHT, plays.charset("cp1252", "text/html")),
    fault("charset: windows-1252 as UTF-8", RIGHT,
          plays.charset("cp1252", "text/html; charset=utf-8")),
    fault("charset: UTF-8 as windows-1252", RIGHT,
          plays.charset("utf-8", "text/html; charset=windows-1252")),
    fault("charset: UTF-8 as UTF-16", f"{RIGHT} unreadable",
          plays.charset("utf-8", "text/html; charset=utf-16")),
    fault("charset: unknown", RIGHT, plays.charset("utf-8", "text/html; charset=x-none")),
    fault("charset: missing", RIGHT, plays.charset("utf-8", "text/html")),
    fault("charset: UTF-16 with a mark", RIGHT, plays.charset("utf-16", "text/html")),
    fault("charset: UTF-8 with a mark", RIGHT, plays.charset("utf-8-sig", "text/html")),
    fault("content type: plain text", RIGHT, _body(lambda s: s.kind.content[1],
                                                   Content_Type="text/plain; charset=utf-8")),
    fault("content type: octets", RIGHT, _body(lambda s: s.kind.content[1],
                                               Content_Type="application/octet-stream")),
    fault("content type: PDF", RIGHT, _body(lambda s: s.kind.content[1],
                                            Content_Type="application/pdf")),
    fault("content type: missing", RIGHT, _body(lambda s: s.kind.content[1], Content_Type=None)),
    fault("content type: nonsense", RIGHT, _body(lambda s: s.kind.content[1], Content_Type=";;/")),
    fault("lines end otherwise", RIGHT, _body(lambda s: s.kind.content[1].replace(b"\n", b"\r\n"))),
    fault("compressed", RIGHT, plays.gzipped),
    fault("chunks of one byte", RIGHT, plays.chunked),
    fault("a PDF", "wrong_type", _body(lambda _: KINDS["pdf"].content[1]), "PDF"),
    fault("a picture", "wrong_type", _body(lambda _: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)),
    fault("JSON", "wrong_type", _body(lambda _: KINDS["json"].content[1]), "JSON"),
    fault("Content-Length too long", "broken", plays.length_too_long),
    fault("Content-Length too short", "broken unreadable", plays.length_too_short),
    fault("Content-Length nonsense", "broken", plays.length_nonsense),
    fault("two Content-Lengths", "broken", plays.two_lengths),
    fault("chunks cut short", "broken", plays.chunks_cut_short),
    fault("cut without a length", "broken", plays.cut_without_length, "stops before the end"),
    fault("gzip cut short", "broken", plays.gzip_cut),
    fault("gzip damaged", "broken", plays.gzip_damaged),
    fault("not gzip though it says so", "broken", plays.no_gzip),
    fault("gzip bomb", "too_large", plays.gzip_bomb, "larger than"),
    fault("brotli", "broken", plays.coding("br"), "not asked for"),
    fault("zstd", "broken", plays.coding("zstd"), "not asked for"),
    fault("300 MB, declared", "too_large", plays.big_declared, "larger than"),
    fault("300 MB, in chunks", "too_large", plays.big_chunked, "larger than"),
    fault("body without end", "too_large", plays.endless, "larger than"),
    fault("nested 100,000 deep, no law", "unreadable", plays.deep_alone),
    # robots.txt.
    fault("robots: forbids all", "robots", lambda s: s.robots(b"User-agent: *\nDisallow: /\n"),
          "forbids"),
    fault("robots: forbids us", "robots",
          lambda s: s.robots(b"User-agent: regstatus\nDisallow: /HS\n"), "forbids"),
    fault("robots: fails", "robots", lambda s: s.robots(b"oh", 500), "could not be had"),
    fault("robots: reset", "robots refused", plays.robots_reset),
    fault("robots: silent", "robots timeout", plays.robots_silent),
    fault("robots: dripping without end", "robots", plays.robots_drip, "could not be had"),
    fault("robots: too many requests", "rate_limited", lambda s: s.robots(b"", 429)),
    fault("robots: long without end", RIGHT, plays.robots_endless),
    fault("robots: long, forbids early", "robots", plays.robots_endless_forbids, "forbids"),
    fault("robots: a page", RIGHT, lambda s: s.robots(forms.NOT_FOUND.encode())),
    fault("robots: forbidden", RIGHT, lambda s: s.robots(b"", 403)),
    fault("robots: redirect in a circle", RIGHT,
          lambda s: s.robots(b"", 302, Location="/robots.txt")),
    fault("robots: rubbish", RIGHT, lambda s: s.robots(bytes(range(256)) * 300)),
)  # fmt: skip
"""Met by one page of law."""

_WALL = fault("maintenance", "maintenance", _page(forms.MAINTENANCE))
_NOT_THAT = fault("an HTML page", "wrong_type", _page(forms.LONG_OTHER))

OF_A_FORM: dict[str, tuple[Fault, ...]] = {
    "schedule": (
        fault("half, all controls before the cut", "broken unreadable", plays.cut_list),
        fault("half, cut at the declared length", "broken unreadable", plays.cut_list_framed),
        fault("another schedule below the heading", "unreadable",
              _body(lambda s: s.kind.wrong.replace(b"Schedule IV", b"Schedule I"))),
        fault("the list is empty", "unreadable empty", _body(lambda _: forms.EMPTY_LIST.encode())),
        fault("another language", "unreadable", _page(forms.SPANISH_LIST)),
        fault("charset: windows-1252, undeclared", RIGHT, plays.charset("cp1252", "text/html")),
        _WALL,
    ),
    "xml": (
        fault("entity bomb", "unreadable broken", _body(lambda _: forms.BOMB)),
        fault("quadratic entity bomb", "unreadable broken", _body(lambda _: forms.QUADRATIC)),
        fault("external entity", "unreadable broken", plays.external_entity),
        fault("external DTD", f"{RIGHT} unreadable", plays.external_dtd),
        fault("nested 100,000 deep", "unreadable broken", _body(lambda _: forms.DEEP_XML)),
        fault("not well formed", "unreadable broken", _body(lambda _: forms.TORN_XML)),
        fault("wrong encoding declared", RIGHT, plays.xml_encoding),
        fault("UTF-16", RIGHT, plays.xml_utf16),
        fault("content type: HTML", RIGHT, _body(lambda s: s.kind.content[1],
                                                 Content_Type="text/html")),
        fault("another root", "unreadable", _body(lambda _: forms.RSS)),
        _WALL,
        _NOT_THAT,
    ),
    "json": (
        fault("a list for an object", "unreadable", _body(lambda _: forms.JSON_LIST)),
        fault("names for entries of another shape", "unreadable", _body(lambda _: forms.JSON_NULLS)),
        fault("empty object", "empty", _body(lambda _: b"{}")),
        fault("empty list", "empty", _body(lambda _: b"[]")),
        fault("null", "unreadable empty wrong_type", _body(lambda _: b"null")),
        fault("error as a success", "http_error gone",
              _body(lambda _: b'{"error": "internal", "code": 7}')),
        fault("not found as a success", "gone",
              _body(lambda _: b'{"message": "Not found", "status": 404, "error": "x"}')),
        fault("nested 100,000 deep", "unreadable broken", _body(lambda _: forms.DEEP_JSON)),
        fault("a number of a million digits", "unreadable broken", _body(lambda _: forms.LONG_NUMBER)),
        fault("text after the end", "unreadable broken",
              _body(lambda s: s.kind.content[1] + b"}")),
        fault("content type: HTML", RIGHT, _body(lambda s: s.kind.content[1],
                                                 Content_Type="text/html")),
        _WALL,
        _NOT_THAT,
    ),
    "pdf": (
        fault("encrypted", "unreadable", _body(lambda _: forms.encrypted()), "locked"),
        fault("corrupt", "unreadable", _body(lambda _: forms.CORRUPT_PDF), "damaged"),
        fault("picture of text", "unreadable", _body(lambda _: forms.scanned()), "OCR"),
        fault("5,000 pages", "unreadable", _body(lambda _: forms.pages(5000)), "5000 pages"),
        fault("no pages", "unreadable", _body(lambda _: forms.pages(0))),
        fault("no text", "unreadable", _body(lambda _: forms.pages(2)), "no text"),
        fault("pages in a circle", "unreadable", _body(lambda _: forms.CIRCULAR_PDF)),
        fault("content type: HTML", RIGHT, _body(lambda s: s.kind.content[1],
                                                 Content_Type="text/html")),
        _WALL,
        _NOT_THAT,
    ),
    "zip": (
        fault("damaged", "broken", plays.damaged_zip),
        fault("bomb", "too_large", _body(lambda _: forms.zip_bomb()), "larger than"),
        fault("nothing inside", "no_link", _body(lambda _: forms.archive({}))),
        fault("other files inside", "no_link", _body(lambda _: forms.archive(
            {"a.txt": b"x", "b.txt": b"y"}))),
        fault("two documents inside", "no_link", _body(lambda s: forms.archive(
            {"a.xml": b"<a/>", "b.xml": b"<b/>"}))),
        fault("locked with a password", "broken", _body(lambda s: forms.locked(s.kind.content[1])),
              "cannot be opened"),
        fault("names that climb out", f"unreadable {RIGHT}", plays.climbing_zip),
        _WALL,
        _NOT_THAT,
    ),
    "link": (
        fault("a link to another host", "moved", plays.index(INDEX.replace(
            "/htm/HS.444", "https://elsewhere.example.org/HS.444"))),
        fault("a link to a file of ours", "no_link", plays.index(INDEX.replace(
            "/htm/HS.444.htm", "file:///etc/passwd"))),
        fault("a link into our own network", "moved", plays.index(INDEX.replace(
            "/htm/HS.444.htm", "http://127.0.0.1:1/"))),
        fault("a link to the index itself", "unreadable", plays.index(INDEX.replace(
            "/htm/HS.444.htm", "/index.htm"))),
        _WALL,
    ),
    "ecfr": (
        fault("a day that is none", "no_link", plays.titles({"number": 21, "up_to_date_as_of":
                                                             "2026/../../"})),
        fault("no day", "no_link", plays.titles({"number": 21, "up_to_date_as_of": None})),
        fault("titles of another shape", "no_link", plays.titles(None)),
        _WALL,
    ),
    "federal-register": (
        fault("no count", "broken", _body(lambda _: b'{"results": [{"title": "kratom"}]}')),
        fault("results of another shape", "broken",
              _body(lambda _: b'{"count": 1, "results": {"a": 1}}')),
        fault("the next page lies elsewhere", "moved", _body(lambda _: forms.feed_page(
            "https://elsewhere.example.org/2"))),
        fault("the next page is gone", "gone", _body(lambda _: forms.feed_page(
            "https://victim.example.gov/page-2"))),
        fault("the next page is itself", f"{RIGHT} redirect_loop", plays.feed_in_a_circle),
        _WALL,
    ),
    "legislation-gov-uk": (
        fault("still being made", "server_error", _status(202), "not ready yet"),
        fault("several choices", "http_error", _status(300), "several"),
        _WALL,
    ),
}  # fmt: skip
"""Met by the kinds whose form can have them."""


@dataclass(frozen=True)
class Case:
    """One kind of document meets one fault."""

    kind: Kind
    fault: Fault

    @property
    def id(self) -> str:
        """For people."""
        return f"{self.kind.name}: {self.fault.name}"

    @property
    def outcomes(self) -> frozenset[str]:
        """The names that are right."""
        return self.fault.right_for(self.kind)


CASES = (
    *(Case(kind, fault) for kind in KINDS.values() for fault in CORE),
    *(Case(KINDS["statute"], fault) for fault in ONE),
    *(Case(KINDS[name], fault) for name, faults in OF_A_FORM.items() for fault in faults),
)
"""Every case of the suite."""
