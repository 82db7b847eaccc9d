"""The matrix: every fault, the outcomes that are right for it, and the kinds of document it meets.

Three sorts of fault: those that every kind of document meets (`CORE`), those of one page of
law (the statute), and those that only one form of document can have.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.faults import forms, plays, wire
from tests.faults.fault import RIGHT, Fault, body, fault, page, status, to
from tests.faults.kinds import KINDS, Kind
from tests.faults.of_a_form import OF_A_FORM

_DATA = (
    "xml",
    "json",
    "ecfr",
    "ecfr-titles",
    "federal-register",
    "legislation-gov-uk",
    "zip",
    "pdf",
)
_SHORT_DATA = dict.fromkeys(_DATA, "broken")

CORE = (
    fault("refused", "refused", wire.closed_port, "refused"),
    fault("reset half-way", "broken refused", wire.reset_half_way),
    fault("silent before the answer", "timeout", wire.silent, "stopped answering"),
    fault("gone 404", "gone", status(404), "404"),
    fault("error 503", "server_error", status(503), "503"),
    fault("captcha", "blocked", page(forms.CAPTCHA)),
    fault("empty body", "empty", body(lambda _: b"")),
    fault("redirect to another host", "moved", to("https://elsewhere.example.org/x"),
          "another host"),
    fault("half of the document", "unreadable", body(lambda stage: stage.kind.half),
          allowed={**_SHORT_DATA, "link-index": "no_link"}),
    fault("wrong document", "unreadable", body(lambda stage: stage.kind.wrong),
          allowed={"link-index": "no_link", "ecfr-titles": "no_link",
                   "federal-register": "broken"}),
)  # fmt: skip
"""Met by every kind of document."""

ONE = (
    # The connection.
    fault("reset at once", "refused", wire.reset_at_once, "reset"),
    fault("closed without an answer", "refused", wire.close),
    fault("no HTTP", "broken", wire.babble, "not HTTP"),
    fault("name does not resolve", "dns", wire.no_such_name, "could not be resolved"),
    fault("certificate nobody vouches for", "tls", wire.https, "certificate", secure=True),
    fault("plain HTTP on the secure port", "tls", wire.https, "secure connection"),
    fault("silent in the headers", "timeout", wire.silent_in_headers, "stopped answering"),
    fault("silent in the body", "timeout", wire.silent_in_body, "stopped answering"),
    fault("slow drip", "timeout", wire.drip, "did not finish"),
    fault("headers without end", "broken", wire.endless_headers),
    # Redirects.
    fault("redirect to itself", "redirect_loop", lambda stage: to(stage.kind.path)(stage),
          "circle"),
    fault("redirect in a circle", "redirect_loop", wire.circle, "circle"),
    fault("redirects without end", "redirect_loop", wire.chain, "More than 5 redirects"),
    fault("permanent redirect to another host", "moved", to("//new.example.org/x", 301)),
    fault("redirect to http", "moved", to("http://victim.example.gov/HS.444.htm"), "plain http"),
    fault("redirect to the home page", "moved", to("/"), "home page"),
    fault("redirect to a login", "blocked moved", wire.to_login),
    fault("redirect into our own network", "moved", to("http://169.254.169.254/latest/")),
    fault("redirect to a file", "moved", to("file:///etc/passwd"), "not a web address"),
    fault("redirect to nowhere", "http_error moved", page("", 302)),
    fault("page that sends its reader on", "moved", page(forms.REFRESH)),
    # Statuses.
    fault("status 202", "server_error", status(202), "202"),
    fault("status 204", "empty", lambda stage: stage.put(b"", 204), "204"),
    fault("status 206", "broken", lambda stage: stage.put(stage.kind.half, 206), "206"),
    fault("status 304 unasked", "http_error", lambda stage: stage.put(b"", 304), "304"),
    fault("status 400", "http_error", status(400), "400"),
    fault("status 401", "blocked", status(401, WWW_Authenticate="Basic"), "401"),
    fault("status 403", "blocked", status(403), "403"),
    fault("status 410", "gone", status(410), "410"),
    fault("status 429", "rate_limited", status(429), "429"),
    fault("status 429 with a short Retry-After", "rate_limited", status(429, Retry_After="1"),
          "429"),
    fault("status 429 with a long Retry-After", "rate_limited", status(429, Retry_After="86400"),
          "asks to wait until"),
    fault("status 429 with a date", "rate_limited",
          status(429, Retry_After="Fri, 01 Jan 2027 00:00:00 GMT"), "2027-01-01"),
    fault("status 429 with a date of a wrong clock", "rate_limited", plays.wrong_clock,
          "asks to wait until 2026-11-24"),
    fault("status 451", "blocked", status(451), "451"),
    fault("status 500", "server_error", status(500), "500"),
    fault("status 503 with Retry-After", "server_error", status(503, Retry_After="7200"),
          "asks to wait until"),
    fault("status 999", "http_error server_error broken", wire.status_999),
    # Pages that are no law.
    fault("captcha with status 403", "blocked", page(forms.CAPTCHA, 403)),
    fault("captcha with status 503", "blocked", page(forms.CAPTCHA, 503)),
    fault("maintenance", "maintenance", page(forms.MAINTENANCE)),
    fault("maintenance with status 503", "maintenance", page(forms.MAINTENANCE, 503)),
    fault("white space", "empty", body(lambda _: b" \r\n\t" * 400)),
    fault("zero bytes", "empty wrong_type", body(lambda _: bytes(4000))),
    fault("JavaScript shell", "empty", page(forms.SHELL), "script"),
    fault("login page", "blocked", page(forms.LOGIN), "login"),
    fault("not-found page as a success", "gone", page(forms.NOT_FOUND)),
    fault("error page as a success", "server_error", page(forms.ERROR)),
    fault("frame only", "empty", page(forms.FRAME), "frame"),
    fault("another law", "unreadable", page(forms.LONG_OTHER), "controls are missing"),
    fault("another language", "unreadable", page(forms.SPANISH), "controls are missing"),
    fault("repealed", "unreadable", page(forms.REPEALED)),
    fault("search results", "unreadable empty", page(forms.SEARCH)),
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
    fault("content type: plain text", RIGHT, body(lambda s: s.kind.content[1],
                                                   Content_Type="text/plain; charset=utf-8")),
    fault("content type: octets", RIGHT, body(lambda s: s.kind.content[1],
                                               Content_Type="application/octet-stream")),
    fault("content type: PDF", RIGHT, body(lambda s: s.kind.content[1],
                                            Content_Type="application/pdf")),
    fault("content type: missing", RIGHT, body(lambda s: s.kind.content[1], Content_Type=None)),
    fault("content type: nonsense", RIGHT, body(lambda s: s.kind.content[1], Content_Type=";;/")),
    fault("lines end otherwise", RIGHT, body(lambda s: s.kind.content[1].replace(b"\n", b"\r\n"))),
    fault("compressed", RIGHT, plays.gzipped),
    fault("chunks of one byte", RIGHT, plays.chunked),
    fault("a PDF", "wrong_type", body(lambda _: KINDS["pdf"].content[1]), "PDF"),
    fault("a picture", "wrong_type", body(lambda _: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)),
    fault("JSON", "wrong_type", body(lambda _: KINDS["json"].content[1]), "JSON"),
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
    fault("robots: reset", "robots refused", wire.robots_reset),
    fault("robots: silent", "robots timeout", wire.robots_silent),
    fault("robots: dripping without end", "robots", wire.robots_drip, "could not be had"),
    fault("robots: too many requests", "rate_limited", lambda s: s.robots(b"", 429)),
    fault("robots: long without end", RIGHT, wire.robots_endless),
    fault("robots: long, forbids early", "robots", wire.robots_endless_forbids, "forbids"),
    fault("robots: a page", RIGHT, lambda s: s.robots(forms.NOT_FOUND.encode())),
    fault("robots: forbidden", RIGHT, lambda s: s.robots(b"", 403)),
    fault("robots: redirect in a circle", RIGHT,
          lambda s: s.robots(b"", 302, Location="/robots.txt")),
    fault("robots: rubbish", RIGHT, lambda s: s.robots(bytes(range(256)) * 300)),
)  # fmt: skip
"""Met by one page of law."""


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
