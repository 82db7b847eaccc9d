"""Pages and files that are not what was asked for, all of our own writing."""

from __future__ import annotations

import io
import json
import zipfile

from tests.faults.kinds import KINDS, OTHER_STATUTE, schedule_html, zipped

CAPTCHA = """<html><head><title>Just a moment...</title></head><body>Checking your browser
<script src="/cdn-cgi/challenge-platform/x.js"></script></body></html>"""
MAINTENANCE = """<html><head><title>Site under maintenance</title></head><body>
<h1>Scheduled maintenance</h1><p>We will be back soon.</p></body></html>"""
SHELL = """<html><head><title>Statutes</title><script src="main.js"></script></head><body>
<app-root></app-root><noscript>Please enable JavaScript to use this application.</noscript>
</body></html>"""
LOGIN = """<html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1>
<form method="post"><input name="user"><input type="password" name="secret">
<button>Sign in</button></form></body></html>"""
NOT_FOUND = """<html><head><title>Page not found</title></head><body><h1>Page not found</h1>
<p>The page that you asked for does not exist or was moved.</p></body></html>"""
ERROR = """<html><head><title>Internal Server Error</title></head><body>
<h1>An unexpected error occurred</h1><p>Please try again later.</p></body></html>"""
REFRESH = """<html><head><meta http-equiv="refresh" content="0; url=/new/"></head><body>
<p>The code has a new home.</p></body></html>"""
FRAME = """<html><head><title>Code</title></head><body>
<iframe src="/viewer/444"></iframe></body></html>"""
SEARCH = """<html><head><title>Search the code</title></head><body><h1>Search</h1>
<p>Your search for “HS.444” brought no results. Try other words, or browse the titles of the code
by number. You may also ask the library of the legislature by telephone.</p></body></html>"""
LONG_OTHER = OTHER_STATUTE
SPANISH = (
    """<!doctype html><html lang="es"><head><title>Capítulo 444</title></head><body>
<h1>CÓDIGO DE SALUD Y SEGURIDAD</h1><h2>CAPÍTULO 444. PROTECCIÓN DEL CONSUMIDOR</h2>
<p>En este capítulo, «procesador de kratom» significa una persona que prepara, empaca o vende un
producto de kratom en este estado.</p><p>(a) Un procesador no podrá vender un producto de kratom a
una persona menor de 18 años de edad.</p>"""
    + "<p>Los informes se guardan dos años.</p>" * 40
    + ("</body></html>")
)
REPEALED = """<!doctype html><html lang="en"><head><title>HS Chapter 444</title></head><body>
<h1>HEALTH AND SAFETY CODE</h1><h2>CHAPTER 444. [Repealed]</h2>""" + (
    "<p>Repealed by Acts 2027, 90th Leg., ch. 12, sec. 3. See the table of dispositions.</p>" * 9
    + "</body></html>"
)
SPANISH_LIST = schedule_html(["Heroína", "Ibogaína", "Mescalina", "Psilocibina"], "Lista I")
EMPTY_LIST = schedule_html([]).replace("</ul>", "</ul>" + "<p>The list is being renewed.</p>" * 9)

# XML.
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "kratom "}">' for n in range(10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE act [{_LAUGHS}]><act><p>Heroin &l9;</p></act>'.encode()
QUADRATIC = (
    f'<?xml version="1.0"?><!DOCTYPE act [<!ENTITY a "{"kratom " * 15_000}">]>'
    f"<act><p>Heroin {'&a;' * 15_000}</p></act>"
).encode()
DEEP_XML = b"<act>" + b"<p>" * 100_000 + b"Heroin" + b"</p>" * 100_000 + b"</act>"
TORN_XML = KINDS["xml"].content[1].replace(b"<item>", b"<item><b><", 2)
RSS = (
    b'<?xml version="1.0"?><rss><channel><title>News of the legislature</title>'
    + b"<item><title>Hours of the library</title></item>" * 20
    + b"</channel></rss>"
)


def external(uri: str) -> bytes:
    """A schedule that asks the reader to put a file of its own machine in."""
    return (
        f'<?xml version="1.0"?><!DOCTYPE act [<!ENTITY secret SYSTEM "{uri}">]>'
        "<act><title>Controlled Substances Act</title><section><heading>Schedule I</heading>"
        "<p>Schedule I consists of the following controlled substances:</p>"
        "<list><item>&secret;</item></list></section></act>"
    ).encode()


# JSON.
JSON_LIST = json.dumps([{"name": "Heroin"}, {"name": "Psilocybin"}] * 9).encode()
JSON_NULLS = json.dumps({"schedule": {"title": None, "substances": [None, 7, {"n": []}]}}).encode()
DEEP_JSON = b'{"schedule": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
LONG_NUMBER = b'{"schedule": ' + b"9" * 1_000_000 + b"}"


def feed_page(following: str) -> bytes:
    """The first page of a search, with the address of the second."""
    entry = {"document_number": "2026-1", "type": "Rule", "title": "Fishing"}
    return json.dumps({"count": 9, "results": [entry], "next_page_url": following}).encode()


# PDF.
CORRUPT_PDF = b"%PDF-1.7\n" + b"\x93\x02 rubbish " * 400 + b"\n%%EOF\n"


def _pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_LEAF = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] %s >>"


def pages(number: int) -> bytes:
    """A PDF of many empty pages."""
    kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(number))
    root = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, number)
    return _pdf([_CATALOG, root, *[_LEAF % b""] * number])


def scanned() -> bytes:
    """A PDF whose one page is a picture."""
    stream = b"q 600 0 0 700 0 0 cm /I Do Q"
    picture = (
        b"<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Length 64 >>\nstream\n" + bytes(range(64)) + b"\nendstream"
    )
    return _pdf(
        [
            _CATALOG,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            _LEAF % b"/Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
            picture,
        ]
    )


def encrypted() -> bytes:
    """A PDF that opens with a password only: no password fits this key."""
    key = b"<" + b"5a" * 32 + b">"
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -44 /O %s /U %s >>" % (key, key)
    root = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    trailer = b"/Encrypt 4 0 R /ID [<00> <00>]"
    return _pdf([_CATALOG, root, _LEAF % b"", lock], trailer)


CIRCULAR_PDF = _pdf([_CATALOG, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"])

# Archives.


def archive(files: dict[str, bytes]) -> bytes:
    """An archive of these files."""
    return zipped(files)


def zip_bomb() -> bytes:
    """A small archive of one large file."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file,
        file.open("HS.481.xml", "w") as member,
    ):
        for _ in range(20):
            member.write(b"<act>" + bytes(1_000_000))
    return made.getvalue()


def locked(body: bytes) -> bytes:
    """The same archive, with the mark of a password on its file."""
    made = bytearray(body)
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)
