"""Faults that only one form of document can have."""

from __future__ import annotations

from tests.faults import forms, plays
from tests.faults.fault import RIGHT, Fault, body, fault, page, status
from tests.faults.kinds import INDEX

_WALL = fault("maintenance", "maintenance", page(forms.MAINTENANCE))
_NOT_THAT = fault("an HTML page", "wrong_type", page(forms.LONG_OTHER))

OF_A_FORM: dict[str, tuple[Fault, ...]] = {
    "schedule": (
        fault("half, all controls before the cut", "broken unreadable", plays.cut_list),
        fault("half, cut at the declared length", "broken unreadable", plays.cut_list_framed),
        fault("another schedule below the heading", "unreadable",
              body(lambda s: s.kind.wrong.replace(b"Schedule IV", b"Schedule I"))),
        fault("the list is empty", "unreadable empty", body(lambda _: forms.EMPTY_LIST.encode())),
        fault("another language", "unreadable", page(forms.SPANISH_LIST)),
        fault("charset: windows-1252, undeclared", RIGHT, plays.charset("cp1252", "text/html")),
        _WALL,
    ),
    "xml": (
        fault("entity bomb", "unreadable broken", body(lambda _: forms.BOMB)),
        fault("quadratic entity bomb", "unreadable broken", body(lambda _: forms.QUADRATIC)),
        fault("external entity", "unreadable broken", plays.external_entity),
        fault("external DTD", f"{RIGHT} unreadable", plays.external_dtd),
        fault("nested 100,000 deep", "unreadable broken", body(lambda _: forms.DEEP_XML)),
        fault("not well formed", "unreadable broken", body(lambda _: forms.TORN_XML)),
        fault("wrong encoding declared", RIGHT, plays.xml_encoding),
        fault("UTF-16", RIGHT, plays.xml_utf16),
        fault("content type: HTML", RIGHT, body(lambda s: s.kind.content[1],
                                                 Content_Type="text/html")),
        fault("another root", "unreadable", body(lambda _: forms.RSS)),
        _WALL,
        _NOT_THAT,
    ),
    "json": (
        fault("a list for an object", "unreadable", body(lambda _: forms.JSON_LIST)),
        fault("names for entries of another shape", "unreadable", body(lambda _: forms.JSON_NULLS)),
        fault("empty object", "empty", body(lambda _: b"{}")),
        fault("empty list", "empty", body(lambda _: b"[]")),
        fault("null", "unreadable empty wrong_type", body(lambda _: b"null")),
        fault("error as a success", "http_error gone",
              body(lambda _: b'{"error": "internal", "code": 7}')),
        fault("not found as a success", "gone",
              body(lambda _: b'{"message": "Not found", "status": 404, "error": "x"}')),
        fault("nested 100,000 deep", "unreadable broken", body(lambda _: forms.DEEP_JSON)),
        fault("a number of a million digits", "unreadable broken", body(lambda _: forms.LONG_NUMBER)),
        fault("text after the end", "unreadable broken",
              body(lambda s: s.kind.content[1] + b"}")),
        fault("content type: HTML", RIGHT, body(lambda s: s.kind.content[1],
                                                 Content_Type="text/html")),
        _WALL,
        _NOT_THAT,
    ),
    "pdf": (
        fault("encrypted", "unreadable", body(lambda _: forms.encrypted()), "locked"),
        fault("corrupt", "unreadable", body(lambda _: forms.CORRUPT_PDF), "damaged"),
        fault("picture of text", "unreadable", body(lambda _: forms.scanned()), "OCR"),
        fault("5,000 pages", "unreadable", body(lambda _: forms.pages(5000)), "5000 pages"),
        fault("no pages", "unreadable", body(lambda _: forms.pages(0))),
        fault("no text", "unreadable", body(lambda _: forms.pages(2)), "no text"),
        fault("pages in a circle", "unreadable", body(lambda _: forms.CIRCULAR_PDF)),
        fault("content type: HTML", RIGHT, body(lambda s: s.kind.content[1],
                                                 Content_Type="text/html")),
        _WALL,
        _NOT_THAT,
    ),
    "zip": (
        fault("damaged", "broken", plays.damaged_zip),
        fault("bomb", "too_large", body(lambda _: forms.zip_bomb()), "larger than"),
        fault("nothing inside", "no_link", body(lambda _: forms.archive({}))),
        fault("other files inside", "no_link", body(lambda _: forms.archive(
            {"a.txt": b"x", "b.txt": b"y"}))),
        fault("two documents inside", "no_link", body(lambda s: forms.archive(
            {"a.xml": b"<a/>", "b.xml": b"<b/>"}))),
        fault("locked with a password", "broken", body(lambda s: forms.locked(s.kind.content[1])),
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
        fault("no count", "broken", body(lambda _: b'{"results": [{"title": "kratom"}]}')),
        fault("results of another shape", "broken",
              body(lambda _: b'{"count": 1, "results": {"a": 1}}')),
        fault("the next page lies elsewhere", "moved", body(lambda _: forms.feed_page(
            "https://elsewhere.example.org/2"))),
        fault("the next page is gone", "gone", body(lambda _: forms.feed_page(
            "https://victim.example.gov/page-2"))),
        fault("the next page is itself", f"{RIGHT} redirect_loop", plays.feed_in_a_circle),
        _WALL,
    ),
    "legislation-gov-uk": (
        fault("still being made", "server_error", status(202), "not ready yet"),
        fault("several choices", "http_error", status(300), "several"),
        _WALL,
    ),
}  # fmt: skip
"""Met by the kinds whose form can have them."""
