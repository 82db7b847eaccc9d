"""PDFs whose words stand where a reader of text layers does not look, or that are not whole."""

from __future__ import annotations

import zlib
from dataclasses import replace

from tests.proof.case import PDF, Case, cases, encoded
from tests.proof.laws import (
    act,
    names_of,
    pdf_lines,
    schedule,
    with_entry,
    with_names,
    with_section,
)
from tests.proof.words import LISTS
from tools.make_example_pdfs import _codes, _encoding, _file, _page, _stream, _to_unicode

N = "Mitragyna speciosa (kratom)"


def pdf(
    text: str,
    *,
    catalog: str = "",
    page: str = "",
    more: tuple[bytes, ...] = (),
    stream: bytes = b"",
    empty_pages: int = 0,
    info: str = "",
    compress: bool = False,
    font: str = "Helvetica",
    to_unicode: bool = True,
) -> bytes:
    """A PDF of some lines with further parts.

    Args:
        text: As `make_pdf` takes it.
        catalog: Further keys of the catalogue.
        page: Further keys of the last page; `more[0]` is object `{0}`, and so on.
        more: Further objects.
        stream: Further drawing on the last page.
        empty_pages: Pages that hold nothing but the picture `more[0]`.
        info: Keys of the document's information.
        compress: Whether to deflate the pages, as another producer does.
        font: The name of the font.
        to_unicode: Whether the characters beyond ASCII can be told.
    """
    codes = _codes(text)
    pages = [_page(part, codes) for part in text.strip("\n").split("\f")]
    pages[-1] += stream
    number = len(pages) + empty_pages
    first = 6
    extra = first + 2 * number
    refs = [f"{extra + n} 0 R" for n in range(len(more) + 1)]
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(number))
    named = codes and to_unicode
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog.format(*refs)} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {number} >>".encode(),
        (
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding 4 0 R"
            f"{' /ToUnicode 5 0 R' if named else ''} >>"
        ).encode(),
        _encoding(codes) if to_unicode else b"<< /Type /Encoding /Differences [161 /g1 /g2 /g3] >>",
        _stream(_to_unicode(codes)) if named else b"null",
    ]
    for n in range(number):
        own = page.format(*refs) if n == len(pages) - 1 else ""
        picture = f"/XObject << /P {refs[0]} >>" if n >= len(pages) else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R "
            f">> {picture} >> /Contents {first + 2 * n + 1} 0 R {own} >>".encode()
        )
        drawn = pages[n] if n < len(pages) else b"q 500 0 0 700 50 50 cm /P Do Q\n"
        if compress:
            packed = zlib.compress(drawn)
            objects.append(
                b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream"
                % (len(packed), packed)
            )
        else:
            objects.append(_stream(drawn))
    objects += more
    if info:
        objects.append(f"<< {info} >>".encode())
    made = _file(objects)
    if info:
        made = made.replace(b"/Root 1 0 R", f"/Root 1 0 R /Info {len(objects)} 0 R".encode())
    return made


def _field(name: str, value: str, kind: str = "/FT /Tx", more: str = "") -> bytes:
    return (
        f"<< /Type /Annot /Subtype /Widget {kind} /T ({name}) /V ({value}) "
        f"/Rect [60 40 400 60] {more} >>"
    ).encode()


def _note(kind: str, more: str) -> bytes:
    return f"<< /Type /Annot /Subtype /{kind} /Rect [60 40 400 60] {more} >>".encode()


_ANNOTS = {"page": "/Annots [{0}]"}
_PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray "
    b"/BitsPerComponent 8 /Length 4 >>\nstream\n\x00\xff\xff\x00\nendstream"
)


def _hidden(text: str) -> dict[str, bytes]:
    field = {**_ANNOTS, "catalog": "/AcroForm << /Fields [{0}] >>"}
    utf16 = "\ufeff" + N
    return {
        "text field": pdf(text, **field, more=(_field("row39", N),)),
        "field in UTF-16": pdf(text, **field, more=(
            b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (r) /V <" + utf16.encode("utf-16-be").hex().encode()
            + b"> /Rect [60 40 400 60] >>",)),
        "choice field": pdf(text, **field, more=(_field("row", N, "/FT /Ch", f"/Opt [(Heroin) ({N})]"),)),
        "default of a field": pdf(text, **field, more=(_field("row", "", more=f"/DV ({N})"),)),
        "tip of a field": pdf(text, **field, more=(_field("row", "39", more=f"/TU ({N})"),)),
        "name of a field": pdf(text, **field, more=(_field("kratom", "yes", "/FT /Btn"),)),
        "sticky note": pdf(text, **_ANNOTS, more=(_note("Text", f"/Contents ({N})"),)),
        "free text": pdf(text, **_ANNOTS, more=(_note("FreeText", f"/Contents ({N}) /DA (/F1 10 Tf)"),)),
        "stamp": pdf(text, **_ANNOTS, more=(_note("Stamp", f"/Contents (Added: {N})"),)),
        "highlight's comment": pdf(text, **_ANNOTS, more=(_note("Highlight", f"/Contents (insert {N})"),)),
        "caret's comment": pdf(text, **_ANNOTS, more=(_note("Caret", f"/Contents ({N})"),)),
        "rich text of a note": pdf(text, **_ANNOTS, more=(_note("Text", f"/RC (<p>{N}</p>) /Contents ()"),)),
        "popup": pdf(text, **_ANNOTS, more=(_note("Popup", f"/Contents ({N})"),)),
        "link": pdf(text, **_ANNOTS, more=(_note("Link", "/A << /S /URI /URI (https://x/kratom) >>"),)),
        "bookmark": pdf(text, catalog="/Outlines {0}", more=(
            b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count 1 >>" % (11, 11),
            f"<< /Title ({N}) /Parent 10 0 R >>".encode())),
        "alternative text of a figure": pdf(text, stream=f"/Figure << /Alt ({N}) >> BDC EMC\n".encode()),
        "actual text": pdf(text, stream=(
            f"BT /F1 10 Tf 1 0 0 1 60 90 Tm /Span << /ActualText ({N}) >> BDC (x) Tj EMC ET\n").encode()),
        "invisible letters": pdf(text, stream=f"BT /F1 10 Tf 3 Tr 1 0 0 1 60 90 Tm ({N}) Tj ET\n".encode()),
        "white letters": pdf(text, stream=f"BT 1 1 1 rg /F1 10 Tf 1 0 0 1 60 90 Tm ({N}) Tj ET\n".encode()),
        "letters outside the page": pdf(text, stream=f"BT /F1 10 Tf 1 0 0 1 60 -90 Tm ({N}) Tj ET\n".encode()),
        "tiny letters": pdf(text, stream=f"BT /F1 1 Tf 1 0 0 1 60 90 Tm ({N}) Tj ET\n".encode()),
        "letters set one by one": pdf(text, stream=b"BT /F1 10 Tf 1 0 0 1 60 90 Tm [" + b" ".join(
            f"({c}) -900".encode() for c in "kratom") + b"] TJ ET\n"),
        "turned letters": pdf(text, stream=f"BT /F1 10 Tf 0 1 -1 0 560 90 Tm ({N}) Tj ET\n".encode()),
        "subject of the document": pdf(text, info=f"/Subject (Now with {N})"),
        "keywords of the document": pdf(text, info="/Keywords (heroin, kratom)"),
        "attached file": pdf(text, catalog="/Names << /EmbeddedFiles << /Names [(rows.txt) {0}] >> >>", more=(
            f"<< /Type /Filespec /F (kratom.txt) /Desc ({N}) >>".encode(),)),
        "script": pdf(text, catalog="/OpenAction << /S /JavaScript /JS (app.alert\\('kratom'\\)) >>"),
    }  # fmt: skip


def _all() -> tuple[Case, ...]:
    law = schedule("en", PDF)
    words, names = LISTS["en"], names_of("en")
    first = law.page.partition("\f")[0]
    body = encoded(law.page, PDF)
    hidden = _hidden(law.page)
    rows: list[tuple[str, object, str | bytes]] = [
        (f"hidden: {name}", law, made) for name, made in hidden.items()
    ]
    rows += [
        ("an entry", law, with_entry(law, N)),
        ("an entry hyphenated over two lines", law, with_entry(law, "Mitra-\ngyna speciosa")),
        (
            "an entry over two pages",
            law,
            pdf_lines(words, names).replace("\f", "(38a) Mitragyna\n\fspeciosa\n"),
        ),
        ("an entry in a second column", law, f"{law.page}\n%column\n(39) {N}\n"),
        ("an entry with a ligature font", law, with_entry(law, "kratom".replace("t", "t\u200b"))),
        ("an entry in Cyrillic letters", law, with_entry(law, "крaтoм")),
    ]
    missing = [
        ("a page of pictures at the end", law, pdf(law.page, empty_pages=1, more=(_PICTURE,))),
        ("six pages of pictures", law, pdf(law.page, empty_pages=6, more=(_PICTURE,))),
        ("a page that is now a picture", law, pdf(
            pdf_lines(words, [n for n in names if n in words["controls"]]), empty_pages=1, more=(_PICTURE,))),
        ("cut in the middle", law, body[: len(body) // 2]),
        ("cut before its end", law, body[:-200]),
        ("half its pages", law, first),
        ("half its pages, with all controls", law, with_names(
            law, [n for n in names[:19] if n not in words["controls"]] + list(words["controls"]))),
        ("a cover that names the controls", law, f"{words['title']}\n\n{words['heading']}\n\nThis print "
         f"of 84 pages lists {', '.join(words['controls'])}\nand other substances. Order it from the board.\n"),
        ("glyphs that nobody can tell", law, pdf(
            with_entry(law, "ÀÁÂÃÄÅ ÆÇÈÉÊËÌÍÎ"), to_unicode=False)),
        ("glyphs that nobody can tell, in the middle of a word", law, pdf(
            with_entry(law, "Hydro ÀÁÂ codone"), to_unicode=False)),
        ("glyphs that nobody can tell, at the end", law, pdf(
            with_entry(law, "ÀÁÂÃÄ", len(names)), to_unicode=False)),
        ("glyphs that nobody can tell, on the first page, packed", law, pdf(
            with_entry(law, "ÀÁÂÃÄ", 2), to_unicode=False, compress=True)),
        ("page 1 of 12", law, law.page.replace("\f", "\nPage 1 of 12\n\f")),
        ("a word for what is missing", law, f"{law.page}\n[remaining pages not available]\n"),
        ("an empty file of its kind", law, pdf(" ")),
    ]  # fmt: skip
    statute = act("en", PDF)
    bans = [
        (f"act: {text}", statute, with_section(statute, text))
        for text in ("Kratom is illegal.", "Possession of kratom is a felony.",
                     "A person shall not: (a) sell; (b) possess; or (c) use kratom.")
    ]  # fmt: skip
    notes = [
        ("note: superseded", statute, pdf(statute.page, **_ANNOTS, more=(
            _note("FreeText", "/Contents (SUPERSEDED)"),))),
        ("note: draft, in UTF-16", law, pdf(law.page, **_ANNOTS, more=(
            _note("Stamp", "/Contents <feff" + "Draft".encode("utf-16-be").hex() + ">"),))),
        ("stamp: expired, by its name alone", statute, pdf(statute.page, **_ANNOTS, more=(
            _note("Stamp", "/Name /Expired"),))),
        ("field: repealed", law, pdf(law.page, **_ANNOTS, catalog="/AcroForm << /Fields [{0}] >>", more=(
            _field("stamp", "REPEALED 1 July 2024"),))),
        ("subject of the document: superseded", statute, pdf(statute.page, info="/Subject (Superseded)")),
        ("watermark: repealed", statute, pdf(
            statute.page, stream=b"BT /F1 60 Tf 0.7 0.7 -0.7 0.7 150 200 Tm (REPEALED) Tj ET\n")),
        ("watermark: draft", law, pdf(
            law.page, stream=b"BT /F1 60 Tf 0.7 0.7 -0.7 0.7 150 200 Tm (DRAFT) Tj ET\n")),
        ("header: archived", law, law.page.replace("\n\n", "\nARCHIVED COPY - NOT CURRENT\n\n", 1)),
        ("title of the document: repealed", statute, pdf(statute.page, info="/Title (Chapter 444 [Repealed])")),
        ("title of the document: draft", law, pdf(law.page, info="/Title (Schedule I [DRAFT 3 May 2026])")),
        ("title of the document: archived", law, pdf(law.page, info="/Title (Archived version: Schedule I)")),
        ("title of the document: not in force", statute, pdf(
            statute.page, info="/Title (Chapter 444 \\(not in force\\))")),
    ]  # fmt: skip
    return (
        *cases("PDFs", [*rows, *bans], stricter=True),  # type: ignore[list-item]
        *cases("PDFs", [*missing, *notes]),
    )


CASES = _all()
__all__ = ["CASES", "pdf", "replace"]
