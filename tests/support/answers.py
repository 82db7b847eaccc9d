"""What official interfaces that take several questions answer, made from one example page each.

Only the way to the page is made up here: lists, manifests and archives in the form that the
publishers send. The text is that of `tests/examples/pages`, taken apart as it would come.
"""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Callable
from hashlib import sha256
from html import unescape
from urllib.parse import urlencode, urlsplit

from regstatus.model.document import Document

DAY = "2026-11-20"
Place = tuple[str, str]
Answers = dict[Place, tuple[str, bytes]]
"""Host and path with query, to content type and body; the last is where the text lies."""


def _place(url: str) -> Place:
    parts = urlsplit(url)
    return parts.netloc, parts.path + (f"?{parts.query}" if parts.query else "")


def _json(value: object) -> tuple[str, bytes]:
    return "application/json", json.dumps(value, ensure_ascii=False).encode()


def _zip(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return made.getvalue()


def _paged(document: Document, body: bytes) -> Answers:
    """The text in three pages, or in as many as it has items."""
    params, whole = document.params, json.loads(body)
    items = whole[params["items"]]
    size = max(1, -(-len(items) // 3))
    pages = [items[start : start + size] for start in range(0, len(items), size)]
    found: Answers = {}
    for number, page in enumerate(pages):
        url = f"{document.url}?{urlencode({params['page']: number})}"
        answer = whole | {params["items"]: page, params["pages"]: len(pages)}
        found[_place(url)] = _json(answer)
    return found


def _legislation_gov_au(document: Document, body: bytes) -> Answers:
    """A search with an old and a new edition, and a book whose second document is the text."""
    base, ids = (
        document.url.partition("/titles")[0],
        {"F2026L00633": "June", "F2026L01327": "October"},
    )
    starts = {"F2026L00633": "2026-06-01", "F2026L01327": "2026-10-01"}
    titles = [
        {
            "id": number,
            "name": f"Therapeutic Goods (Poisons Standard—{month} 2026) Instrument 2026",
            "collection": "LegislativeInstrument",
            "isPrincipal": True,
            "isInForce": True,
            "status": "InForce",
        }
        for number, month in ids.items()
    ]
    found = {_place(document.url): _json({"@odata.context": "titles", "value": titles})}
    for number, start in starts.items():
        version = {
            "titleId": number,
            "registerId": number,
            "compilationNumber": "0",
            "start": f"{start}T00:00:00",
            "status": "InForce",
            "isLatest": True,
            "hasUnincorporatedAmendments": False,
        }
        url = f"{base}/versions/find(titleId='{number}',asAtSpecification='Latest')"
        found[_place(url)] = _json(version)
    names = ("document_1/document_1.html", "document_2/document_2.html")
    items = "".join(
        f'<item id="d{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(names, 1)
    )
    book = {
        "META-INF/container.xml": b'<container><rootfiles><rootfile full-path="OEBPS/content.opf"/>'
        b"</rootfiles></container>",
        "OEBPS/content.opf": f"<package><manifest>{items}</manifest><spine>"
        '<itemref idref="d1"/><itemref idref="d2"/></spine></package>'.encode(),
        f"OEBPS/{names[0]}": b"<html><body><p>Cover of an example.</p></body></html>",
        f"OEBPS/{names[1]}": body,
    }
    url = (
        f"{base}/documents/find(titleid='F2026L01327',asatspecification='Latest',type='Primary',"
        "format='Epub',uniqueTypeNumber=0,volumeNumber=0,rectificationVersionNumber=0)"
    )
    return found | {_place(url): ("application/epub+zip", _zip(book))}


def _legislation_govt_nz(document: Document, body: bytes) -> Answers:
    """A list of versions, one of them of a day to come, and the XML on another host."""
    work, (host,) = document.params["work"], document.allowed_hosts
    text = f"https://{host}/replica/2026-07-10.xml"
    rows = [
        {
            "version_id": f"{work}_en_{day}",
            "work_id": work,
            "legislation_status": "in_force",
            "formats": [{"type": "xml", "url": url}],
        }
        for day, url in (("2027-01-01", f"https://{host}/replica/later.xml"), ("2026-07-10", text))
    ]
    listing = _json({"results": rows, "page": 1, "per_page": 20, "total": 2})
    return {_place(document.url): listing, _place(text): ("application/xml", body)}


def _hkel(document: Document, body: bytes) -> Answers:
    """A manifest with two chapters, and the archive that holds both."""
    base = document.url.rpartition("/")[0]
    archive = f"{base}/hkel_c_leg_cap_1_cap_300_en.zip"
    files = {
        f"cap_{number}_en_c/cap_{number}_20260301000000_en_c.xml": text
        for number, text in (("133", b"<ordinance/>"), (document.params["chapter"], body))
    }
    packed = _zip(files)
    chapters = []
    for name in files:
        folder, _, file = name.partition("/")
        day = {"value": "2026-03-01T00:00:00", "isCurrentVersion": "true"}
        version = {
            "VersionDate": day | {"statusCategory": "InEffect", "isPencilMarked": "false"},
            "DataResourceUrl": archive,
            "FileLocation": folder,
            "FileName": file,
        }
        chapters.append({"CapNo": folder.split("_")[1], "Version": [version]})
    resource = {"DataResource": {"url": archive, "sha256": sha256(packed).hexdigest().upper()}}
    manifest = {"UpdatedDateTime": f"{DAY}T01:00:00", "DataSet": [resource], "Chapter": chapters}
    return {
        _place(document.url): _json(manifest),
        _place(archive): ("application/zip", packed),
    }


def _law_go_kr(document: Document, body: bytes) -> Answers:
    """A search, and the law with its annex drawn in lines of text; the key is the placeholder."""
    law, annex = document.params["law"], document.params["annex"]
    text = body.decode().partition("</h2>")[2]
    text = re.sub(r"</td><td>", "│", text)
    text = re.sub(r"<tr><td>(.*?)</td></tr>", r"│\1│", text)
    text = unescape(re.sub(r"<[^<>]*>", "", text))
    heading = re.search(r"<h2>별표 \d+ (.*?)</h2>", body.decode())
    assert heading is not None
    found = (
        f"<LawSearch><totalCnt>1</totalCnt><law id='1'><법령일련번호>270001</법령일련번호><현행연혁코드>"
        f"현행</현행연혁코드><법령명한글><![CDATA[{law}]]></법령명한글></law></LawSearch>"
    )
    answer = (
        f"<법령><기본정보><법령명_한글><![CDATA[{law}]]></법령명_한글><시행일자>20260310</시행일자></기본정보>"
        f"<별표><별표단위><별표번호>{annex.zfill(4)}</별표번호><별표가지번호>00</별표가지번호><별표구분>별표"
        f"</별표구분><별표제목><![CDATA[{heading[1]}]]></별표제목><별표내용><![CDATA[{text}]]></별표내용>"
        f"</별표단위></별표></법령>"
    )
    host, where = _place(document.url)
    key = where.partition("OC=")[2].partition("&")[0]
    service = f"/DRF/lawService.do?OC={key}&target=law&type=XML&MST=270001"
    return {
        (host, where): ("text/xml", found.encode()),
        (host, service): ("text/xml", answer.encode()),
    }


def _boletin_oficial(document: Document, body: bytes) -> Answers:
    """The list of a day, a notice with a button, and the PDF in base64."""
    host, where = _place(document.url)
    day = where.rpartition("/")[2]
    notice = f"/detalleAviso/primera/339001/{day}"
    menu = "Boletín Oficial de la República Argentina. Primera sección, avisos del día. " * 3
    listing = f'<html><body><p>{menu}</p><a href="{notice}">ESTUPEFACIENTES Decreto 122/2026</a>'
    call = f'descargarPDFAnexo("primera","1","7700001","{day}","/pdf/download_anexo")'
    page = f"<html><body><p>{menu}</p><div onclick='{call}'>Anexo 1</div></body></html>"
    query = f"seccion=primera&nroAnexo=1&idAnexo=7700001&fechaPublicacion={day}"
    return {
        (host, where): ("text/html; charset=utf-8", f"{listing}</body></html>".encode()),
        (host, notice): ("text/html; charset=utf-8", page.encode()),
        (host, f"/pdf/download_anexo?{query}"): _json(
            {"pdfBase64": base64.b64encode(body).decode()}
        ),
    }


ANSWERS: dict[str, Callable[[Document, bytes], Answers]] = {
    "paged": _paged,
    "legislation_gov_au": _legislation_gov_au,
    "legislation_govt_nz": _legislation_govt_nz,
    "hkel": _hkel,
    "law_go_kr": _law_go_kr,
    "boletin_oficial": _boletin_oficial,
}
"""By adapter."""
