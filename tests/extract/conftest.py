"""A writer of small PDFs, so that no binary file need be kept."""

from __future__ import annotations

import pytest


def _object(number: int, content: bytes) -> bytes:
    return b"%d 0 obj\n%s\nendobj\n" % (number, content)


def write_pdf(
    pages: list[list[str]],
    *,
    image: set[int] = frozenset(),
    scan: set[int] = frozenset(),
    drawn: tuple[tuple[int, float, float], ...] = (),
) -> bytes:
    """A PDF of text lines in Helvetica, one list a page.

    Pages in `image` hold a picture alone; in those of `scan` one fills the page below the lines.
    A line is `drawn` on each page by row, how far it reaches, and how far above the foot of the letters.
    """
    objects: dict[int, bytes] = {}
    kids = []
    number = 5
    for index, lines in enumerate(pages):
        page, stream = number, number + 1
        number += 2
        kids.append(b"%d 0 R" % page)
        if index in image:
            content = b"q 300 0 0 300 100 300 cm /Im0 Do Q"
        else:
            shown = b"".join(
                b"1 0 0 1 72 %d Tm (%s) Tj\n"
                % (
                    760 - 14 * row,
                    line.encode("cp1252")
                    .replace(b"\\", rb"\\")
                    .replace(b"(", rb"\(")
                    .replace(b")", rb"\)"),
                )
                for row, line in enumerate(lines)
            )
            below = b"q 612 0 0 792 0 0 cm /Im0 Do Q\n" if index in scan else b""
            ruled = b"".join(
                b" 0.5 w 72 %.1f m %.1f %.1f l S" % (y := 760 - 14 * row + above, 72 + width, y)
                for row, width, above in drawn
            )
            content = below + b"BT /F1 10 Tf\n" + shown + b"ET" + ruled
        objects[page] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> /XObject << /Im0 4 0 R >> >> >>" % stream
        )
        objects[stream] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[2] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    objects[3] = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    objects[4] = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Length 1 >>\nstream\n\x00\nendstream"
    )
    out = b"%PDF-1.4\n"
    places = {}
    for key in sorted(objects):
        places[key] = len(out)
        out += _object(key, objects[key])
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % places[key] for key in sorted(objects))
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )


@pytest.fixture
def make_pdf():
    return write_pdf
