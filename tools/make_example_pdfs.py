"""Make the PDFs of `tests/examples/pages` from the text files beside them.

Each `<document id>.pdf.txt` becomes `<document id>.pdf`: PDF 1.4 written by hand, with
no library and no compression, so that the same text gives the same bytes
everywhere. The text is drawn line by line as it stands; a form feed begins a new
page, and a line `%column` goes on in the right-hand column of the same page.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "tests" / "examples" / "pages"

SIZE = 10
LEADING = 13
LEFT, MIDDLE, TOP = 60, 316, 742
SPACE = 2.78
"""Width of a space of Helvetica at 10 points; spaces at the start of a line become an indent."""


def make_pdf(text: str) -> bytes:
    """Write text as a PDF.

    Args:
        text: Lines, with the marks that the module's docstring names.

    Returns:
        The file's bytes; they depend on nothing but the text.

    Raises:
        ValueError: If the text has more than ninety-odd different characters beyond ASCII.
    """
    codes = _codes(text)
    streams = [_page(page, codes) for page in text.strip("\n").split("\f")]
    first = 6
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(streams)))
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding 4 0 R"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        f"{font}{' /ToUnicode 5 0 R' if codes else ''} >>".encode(),
        _encoding(codes),
        _stream(_to_unicode(codes)) if codes else b"null",
    ]
    for number, stream in enumerate(streams):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (first + 2 * number + 1)
        )
        objects.append(_stream(stream))
    return _file(objects)


def _codes(text: str) -> dict[str, int]:
    """A code for each character that ASCII lacks, in order of appearance."""
    odd = dict.fromkeys(char for char in text if ord(char) > 126)
    if len(odd) > 94:
        raise ValueError(f"{len(odd)} different characters beyond ASCII; one font holds 94")
    return {char: 161 + number for number, char in enumerate(odd)}


def _page(page: str, codes: dict[str, int]) -> bytes:
    return b"BT /F1 %d Tf\n%sET\n" % (SIZE, b"".join(_drawn(page, codes)))


def _drawn(page: str, codes: dict[str, int]) -> Iterator[bytes]:
    x, y = LEFT, TOP
    for line in page.strip("\n").split("\n"):
        if line.strip() == "%column":
            x, y = MIDDLE, TOP
            continue
        words = line.strip()
        if words:
            indent = (len(line) - len(line.lstrip(" "))) * SPACE
            yield b"1 0 0 1 %g %d Tm (%s) Tj\n" % (x + indent, y, _string(words, codes))
        y -= LEADING


def _string(words: str, codes: dict[str, int]) -> bytes:
    out = bytearray()
    for char in words:
        code = codes.get(char, ord(char))
        if char in "()\\":
            out += b"\\"
        out.append(code)
    return bytes(out)


def _encoding(codes: dict[str, int]) -> bytes:
    base = "<< /Type /Encoding /BaseEncoding /WinAnsiEncoding"
    names = " ".join(f"/uni{ord(char):04X}" for char in codes)
    return f"{base}{f' /Differences [161 {names}]' if codes else ''} >>".encode()


def _to_unicode(codes: dict[str, int]) -> bytes:
    """The map by which a reader knows what each character is."""
    plain = "<20> <7E> <0020>"
    rows = "\n".join(f"<{code:02X}> <{ord(char):04X}>" for char, code in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /F1 def /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"1 beginbfrange {plain} endbfrange\n"
        f"{len(codes)} beginbfchar\n{rows}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end\n"
    ).encode()


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%sendstream" % (len(data), data)


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def main() -> int:
    """Make every PDF anew and name those that changed."""
    for source in sorted(PAGES.glob("*/*.pdf.txt")):
        target = source.with_suffix("")
        made = make_pdf(source.read_text("utf-8"))
        if not target.exists() or target.read_bytes() != made:
            target.write_bytes(made)
            print(f"{target.relative_to(ROOT)}: {len(made)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
