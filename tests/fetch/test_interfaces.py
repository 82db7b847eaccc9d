"""Adapters of official interfaces that need several answers: each wrong answer has its name."""

import base64
import io
import json
import zipfile
from hashlib import sha256
from urllib.parse import quote

import pytest

from regstatus.model.request import Validators
from regstatus.model.words import Format, Outcome

PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"


def as_json(value):
    return json.dumps(value, ensure_ascii=False).encode()


def zipped(files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return made.getvalue()


# --- paged: e-Sbírka ----------------------------------------------------------------------

CZ = "e-sbirka.gov.cz"
CZ_PATH = "/sbr-cache/dokumenty-sbirky/%2Fsb%2F1998%2F167/fragmenty"
NAMED = {"page": "cisloStranky", "pages": "pocetStranek", "items": "seznam"}


def fragments(*ids, pages):
    return {"seznam": [{"id": n, "xhtml": f"§ {n}"} for n in ids], "pocetStranek": pages}


@pytest.fixture
def esbirka(fetch, hosts, settings):
    def serve(*answers, how=None, params=NAMED, **kwargs):
        for number, answer in enumerate(answers):
            body = answer if isinstance(answer, bytes) else as_json(answer)
            hosts.put(f"{CZ}{CZ_PATH}?cisloStranky={number}", body, Content_Type="application/json")
        url = f"https://{CZ}{CZ_PATH}"
        how = how or settings(CZ)
        return fetch(url, how, adapter="paged", format=Format.JSON, params=params, **kwargs)

    return serve


def test_all_pages_of_a_text_are_one_body_in_order(esbirka, hosts):
    page = esbirka(fragments(1, 2, pages=3), fragments(3, pages=3), fragments(4, 5, pages=3))
    assert (page.outcome, page.format, page.made) == (Outcome.OK, Format.JSON, True)
    body = json.loads(page.body)
    assert [item["id"] for item in body["seznam"]] == [1, 2, 3, 4, 5]
    assert body["pocetStranek"] == 1  # what was read is whole
    assert len(hosts.paths(CZ)) == 4  # robots.txt and three pages
    assert page.url == f"https://{CZ}{CZ_PATH}"


def test_a_text_of_one_page_is_asked_for_once(esbirka, hosts):
    page = esbirka(fragments(1, pages=1))
    assert json.loads(page.body) == fragments(1, pages=1)
    assert [path for path in hosts.paths(CZ) if "fragmenty" in path] == [
        f"{CZ_PATH}?cisloStranky=0"
    ]


def test_one_page_that_fails_fails_the_whole(esbirka):
    page = esbirka(fragments(1, pages=3), b"<html><title>Just a moment...</title></html>")
    assert (page.outcome, page.body) == (Outcome.BLOCKED, b"")
    assert esbirka(fragments(1, pages=2), fragments(2, pages=2), b"").outcome is Outcome.OK
    assert esbirka(fragments(1, pages=4), fragments(2, pages=4)).outcome is not Outcome.OK


@pytest.mark.parametrize(
    "second",
    [
        fragments(2, pages=3),
        fragments(2, pages=1),
        fragments(1, pages=2),
        {"seznam": [], "pocetStranek": 2},
        {"seznam": [{"id": 2}]},
        {"seznam": [{"id": 2}], "pocetStranek": "2"},
        {"seznam": {"id": 2}, "pocetStranek": 2},
        [fragments(2, pages=2)],
        b'{"seznam": [{"id": 2}], "pocetSt',
    ],
)
def test_pages_that_do_not_belong_together_are_broken(esbirka, second):
    page = esbirka(fragments(1, pages=2), second)
    assert (page.outcome, page.body) == (Outcome.BROKEN, b"")


@pytest.mark.parametrize("count", [0, -1, True, None, 2.0])
def test_a_first_page_without_a_number_of_pages_is_broken(esbirka, count):
    assert esbirka({"seznam": [{"id": 1}], "pocetStranek": count}).outcome is Outcome.BROKEN


def test_pages_beyond_the_bounds_are_too_large(esbirka, settings):
    assert esbirka(fragments(1, pages=101)).outcome is Outcome.TOO_LARGE
    long = {"seznam": [{"id": 1, "xhtml": "§" * 900}], "pocetStranek": 2}
    other = {"seznam": [{"id": 2, "xhtml": "§" * 900}], "pocetStranek": 2}
    page = esbirka(long, other, how=settings(CZ, max_bytes=3_000))
    assert page.outcome is Outcome.TOO_LARGE


def test_pages_that_are_not_named_are_not_asked_for(esbirka, hosts):
    for name in NAMED:
        params = {key: value for key, value in NAMED.items() if key != name}
        assert esbirka(fragments(1, pages=1), params=params).outcome is Outcome.NO_LINK
    assert esbirka(fragments(1, pages=1), params={**NAMED, "first": "x"}).outcome is Outcome.NO_LINK
    assert hosts.paths(CZ) == []


def test_the_validators_of_one_page_never_vouch_for_the_others(esbirka, hosts):
    url = f"https://{CZ}{CZ_PATH}"
    page = esbirka(
        fragments(1, pages=2),
        fragments(2, pages=2),
        validators=Validators(url=f"{url}?cisloStranky=0", etag='"a"'),
    )
    assert page.outcome is Outcome.OK
    assert not any("If-None-Match" in headers for headers in hosts.headers)


def test_the_least_size_is_for_all_pages_together(esbirka):
    answers = [fragments(1, pages=2), fragments(2, pages=2)]
    assert esbirka(*answers, min_bytes=100).outcome is Outcome.OK
    assert esbirka(*answers, min_bytes=10_000).outcome is Outcome.EMPTY


# --- legislation_gov_au -------------------------------------------------------------------

AU = "api.prod.legislation.gov.au"
AU_SEARCH = f"https://{AU}/v1/titles?$filter=contains(name,'Poisons%20Standard')"
STANDARD = r"Therapeutic Goods \(Poisons Standard—[A-Z][a-z]+ \d{4}\) Instrument \d{4}"
CONTAINER = b"""<?xml version="1.0"?><container version="1.0"
 xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile
 full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
DOCUMENT = "<html><head><title>{0}</title></head><body><p>{0} – {1}</p></body></html>"


def title(number, month="October 2026", **changes):
    name = f"Therapeutic Goods (Poisons Standard—{month}) Instrument 2026"
    entry = {"id": f"F2026L{number}", "name": name, "collection": "LegislativeInstrument"}
    return entry | {"isPrincipal": True, "isInForce": True, "status": "InForce"} | changes


def version(number, start="2026-10-01", **changes):
    found = {"titleId": f"F2026L{number}", "registerId": f"F2026L{number}", "status": "InForce"}
    more = {"start": f"{start}T00:00:00", "hasUnincorporatedAmendments": False}
    return found | more | changes


def epub(*texts, spine=None, **files):
    names = [f"document_{n}/document_{n}.html" for n in range(1, len(texts) + 1)]
    items = "".join(
        f'<item id="d{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(names, 1)
    )
    order = spine or [f"d{n}" for n in range(1, len(texts) + 1)]
    refs = "".join(f'<itemref idref="{name}"/>' for name in order)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
        f'<item id="css" href="style.css" media-type="text/css"/>{items}</manifest>'
        f"<spine>{refs}</spine></package>"
    )
    book = {"mimetype": b"application/epub+zip", "META-INF/container.xml": CONTAINER}
    book["OEBPS/content.opf"] = package.encode()
    for name, text in zip(names, texts, strict=True):
        book[f"OEBPS/{name}"] = text.encode() if isinstance(text, str) else text
    book |= {name.replace("__", "/"): body for name, body in files.items()}
    return zipped({name: body for name, body in book.items() if body is not None})


FIRST = DOCUMENT.format("Part 1", "citation " * 20)
SECOND = DOCUMENT.format("Schedule 9", "MITRAGYNA SPECIOSA. " + "MESCALINE. " * 20)
BOOK = epub(FIRST, SECOND)


def find(number):
    return (
        f"{AU}/v1/documents/find(titleid='F2026L{number}',asatspecification='Latest',type='Primary',"
        "format='Epub',uniqueTypeNumber=0,volumeNumber=0,rectificationVersionNumber=0)"
    )


@pytest.fixture
def register(fetch, hosts, settings):
    def serve(titles, versions=(), books=None, how=None, name=STANDARD, **more):
        body = titles if isinstance(titles, bytes) else as_json({"value": titles} | more)
        kind = {"Content_Type": "application/json"}
        hosts.put(AU_SEARCH.removeprefix("https://"), body, **kind)
        for one in versions:
            call = f"versions/find(titleId='{one['titleId']}',asAtSpecification='Latest')"
            hosts.put(f"{AU}/v1/{call}", as_json(one), **kind)
        for number, book in (books or {}).items():
            hosts.put(find(number), book, Content_Type="application/epub+zip")
        return fetch(
            AU_SEARCH,
            how or settings(AU),
            adapter="legislation_gov_au",
            format=Format.HTML,
            params={"title": name} if name else {},
        )

    return serve


def test_the_newest_edition_in_force_is_read_whole_and_in_order(register):
    old, new = title("00633", "June 2026"), title("01327")
    page = register(
        [old, new],
        [version("00633", "2026-06-01"), version("01327")],
        {"00633": epub(FIRST), "01327": BOOK},
    )
    assert (page.outcome, page.format, page.made) == (Outcome.OK, Format.HTML, True)
    text = page.body.decode()
    assert text.index("Part 1") < text.index("Schedule 9") < text.index("MITRAGYNA SPECIOSA")
    assert "–" in text  # XHTML without a charset of its own is UTF-8
    assert page.url == AU_SEARCH
    assert page.final_url.endswith("rectificationVersionNumber=0)")


def test_reading_order_is_that_of_the_spine_and_not_of_the_archive(register):
    book = epub(SECOND, FIRST, spine=["d2", "d1"])
    page = register([title("01327")], [version("01327")], {"01327": book})
    assert page.body.index(b"Part 1") < page.body.index(b"Schedule 9")


@pytest.mark.parametrize("entity", ["", "&nbsp;"])
def test_xhtml_is_read_as_xml_where_it_can_be(register, entity):
    first = (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        f"<title>x</title></head><body><p>Part 1{entity} {'citation ' * 20}"
        '</p><script type="text/javascript"/><div><a id="t"/>Part 2</div></body></html>'
    )
    first = first if entity else first.replace("<title>x</title>", "<title/>")
    page = register([title("01327")], [version("01327")], {"01327": epub(first, SECOND)})
    text = page.body.decode()
    assert text.index("Part 1") < text.index("Part 2") < text.index("MITRAGYNA SPECIOSA")
    assert "xmlns" not in text


def test_an_edition_that_begins_tomorrow_does_not_count_today(register):
    page = register(
        [title("00633", "June 2026"), title("01400", "December 2026")],
        [version("00633", "2026-06-01"), version("01400", "2026-12-01")],
        {"00633": BOOK},
    )
    assert page.outcome is Outcome.OK
    later = register([title("01400")], [version("01400", "2026-12-01")])
    assert later.outcome is Outcome.NO_LINK
    assert "has come into force" in later.problem


def test_a_book_that_comes_in_base64_is_the_same_book(register, hosts):
    coded = as_json({"format": "Epub", "bytes": base64.b64encode(BOOK).decode()})
    page = register([title("01327")], [version("01327")], {"01327": coded})
    assert page.outcome is Outcome.OK
    assert b"MITRAGYNA SPECIOSA" in page.body


@pytest.mark.parametrize(
    "described", [{"format": "Epub"}, {"bytes": None}, {"bytes": "no base64!"}, {"bytes": ""}]
)
def test_a_book_that_is_only_described_is_a_failure(register, described):
    page = register([title("01327")], [version("01327")], {"01327": as_json(described)})
    assert (page.outcome, page.body) == (Outcome.WRONG_TYPE, b"")


@pytest.mark.parametrize(
    "entry",
    [
        title("01327", status="Repealed", isInForce=False),
        title("01327", isInForce=False),
        title("01327", isPrincipal=False),
        title("01327", name="Poisons Standard Amendment (No. 2) 2026"),
        title("01327", month="Transitional Measures"),
    ],
)
def test_no_edition_in_force_is_no_link(register, entry):
    page = register([entry], [version("01327")], {"01327": BOOK})
    assert page.outcome is Outcome.NO_LINK
    assert register([], [version("01327")], {"01327": BOOK}).outcome is Outcome.NO_LINK


@pytest.mark.parametrize(
    ("titles", "outcome"),
    [
        ({"01327": 1}, Outcome.BROKEN),
        (["F2026L01327"], Outcome.BROKEN),
        ([title("../../x")], Outcome.BROKEN),
        ([title(f"0000{n}") for n in range(6)], Outcome.BROKEN),
        (as_json({"error": {"code": "400", "message": "Bad Request"}}), Outcome.HTTP_ERROR),
        (as_json([1]), Outcome.BROKEN),
    ],
)
def test_a_search_that_answers_in_another_form_is_named(register, titles, outcome):
    assert register(titles).outcome is outcome


def test_a_search_that_is_cut_short_is_a_failure(register):
    page = register([title("01327")], **{"@odata.nextLink": f"https://{AU}/v1/titles?$skip=100"})
    assert page.outcome is Outcome.TOO_LARGE


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"status": "Repealed"}, Outcome.BROKEN),
        ({"start": None}, Outcome.BROKEN),
        ({"start": "soon"}, Outcome.BROKEN),
        ({"hasUnincorporatedAmendments": True}, Outcome.BROKEN),
    ],
)
def test_a_version_that_is_not_the_law_is_a_failure(register, changes, outcome):
    page = register([title("01327")], [version("01327", **changes)], {"01327": BOOK})
    assert (page.outcome, page.body) == (outcome, b"")


def test_a_version_of_another_title_is_broken(register, hosts):
    register([title("01327")], [version("01327")], {"01327": BOOK})
    call = f"{AU}/v1/versions/find(titleId='F2026L01327',asAtSpecification='Latest')"
    hosts.put(call, as_json(version("00633")))
    assert register([title("01327")]).outcome is Outcome.BROKEN
    hosts.put(call, b"", 404)
    assert register([title("01327")]).outcome is Outcome.GONE


@pytest.mark.parametrize(
    ("book", "outcome"),
    [
        (epub(FIRST, SECOND, spine=["d1", "d7"]), Outcome.BROKEN),
        (epub(FIRST, SECOND, **{"OEBPS__document_2__document_2.html": None}), Outcome.NO_LINK),
        (epub(FIRST, SECOND, **{"META-INF__container.xml": None}), Outcome.NO_LINK),
        (epub(FIRST, SECOND, **{"META-INF__container.xml": b"<container/>"}), Outcome.BROKEN),
        (epub(FIRST, SECOND, **{"OEBPS__content.opf": b"<package"}), Outcome.BROKEN),
        (epub(FIRST, SECOND, **{"OEBPS__content.opf": b"<package/>"}), Outcome.BROKEN),
        (epub("<html><body></body></html>", ""), Outcome.EMPTY),
        (zipped({"a.html": FIRST.encode()}), Outcome.NO_LINK),
        (BOOK[: len(BOOK) // 2], Outcome.BROKEN),
    ],
    ids=["spine", "member", "container", "no root", "package", "no spine", "empty", "zip", "half"],
)
def test_a_book_that_is_not_whole_is_a_failure(register, book, outcome):
    page = register([title("01327")], [version("01327")], {"01327": book})
    assert (page.outcome, page.body) == (outcome, b"")


def test_a_book_that_swells_is_too_large(register, settings):
    bombs = ["<html><body><p>" + "x" * 400_000 + "</p></body></html>"] * 4
    page = register(
        [title("01327")], [version("01327")], {"01327": epub(*bombs)}, settings(AU, max_bytes=10**6)
    )
    assert page.outcome is Outcome.TOO_LARGE


def test_a_title_must_be_named_by_a_pattern(register):
    assert register([title("01327")], name=None).outcome is Outcome.NO_LINK
    assert register([title("01327")], name="(").outcome is Outcome.NO_LINK


# --- hkel ---------------------------------------------------------------------------------

HK = "resource.data.one.gov.hk"
HK_LIST = f"https://{HK}/doj/data/hkel_list_c_all_en.json"
HK_ZIP = f"https://{HK}/doj/data/hkel_c_leg_cap_1_cap_300_en.zip"
MEMBER = "cap_134_en_c/cap_134_20260101000000_en_c.xml"
CHAPTER = """<?xml version="1.0"?><ordinance xmlns="http://www.xml.gov.hk/schemas/hklm/1.0"><meta>
<docName>Cap. {0}</docName><docStatus>{1}</docStatus></meta><main><schedule name="sch1">
<num>First Schedule</num><content>Mitragynine</content></schedule></main></ordinance>"""
CAP_134 = CHAPTER.format("134", "In effect").encode()


def chapter(number="134", url=HK_ZIP, **changes):
    day = {"value": "2026-01-01T00:00:00", "isCurrentVersion": "true", "statusCategory": "InEffect"}
    folder, _, file = MEMBER.partition("/")
    place = {"DataResourceUrl": url, "FileLocation": folder, "FileName": file}
    return {"CapNo": number, "Version": [{"VersionDate": day | changes} | place]}


@pytest.fixture
def hong_kong(fetch, hosts, settings):
    def serve(*chapters, files=None, digest=None, manifest=None, params=None, how=None):
        archive = zipped(files if files is not None else {"cap_1/1.xml": b"<a/>", MEMBER: CAP_134})
        resource = {"url": HK_ZIP, "sha256": digest or sha256(archive).hexdigest().upper()}
        body = {"DataSet": [{"DataResource": resource}], "Chapter": list(chapters or [chapter()])}
        hosts.put(HK_LIST.removeprefix("https://"), manifest or as_json(body))
        hosts.put(HK_ZIP.removeprefix("https://"), archive, Content_Type="application/zip")
        params = {"chapter": "134"} if params is None else params
        how = how or settings(HK)
        return fetch(HK_LIST, how, adapter="hkel", format=Format.XML, params=params)

    return serve


def test_a_chapter_is_taken_out_of_the_archive_that_the_manifest_names(hong_kong):
    page = hong_kong(chapter("133"), chapter(), chapter("134A"))
    assert (page.outcome, page.body, page.made) == (Outcome.OK, CAP_134, True)
    assert (page.url, page.final_url) == (HK_LIST, HK_ZIP)


def test_a_chapter_is_found_where_the_archive_leaves_the_prefix_out(hong_kong):
    short = MEMBER.replace("cap_134_", "134_")
    assert hong_kong(files={short: CAP_134}).body == CAP_134


def test_the_file_is_the_one_of_the_current_version(hong_kong):
    old = chapter(isCurrentVersion="false")["Version"][0]
    both = chapter()
    both["Version"] = [old | {"FileName": "old.xml"}, *both["Version"]]
    assert hong_kong(both).body == CAP_134
    single = chapter()
    single["Version"] = single["Version"][0]
    assert hong_kong(single).body == CAP_134


@pytest.mark.parametrize(
    ("one", "outcome"),
    [
        (chapter("133"), Outcome.NO_LINK),
        (chapter(isCurrentVersion="false"), Outcome.NO_LINK),
        (chapter(statusCategory="Repealed"), Outcome.NO_LINK),
        (chapter(statusCategory=None), Outcome.NO_LINK),
        (chapter(value="2027-01-01T00:00:00"), Outcome.NO_LINK),
        (chapter(value=None), Outcome.BROKEN),
        (chapter(url=None), Outcome.BROKEN),
        (chapter(url="https://elsewhere.example/a.zip"), Outcome.MOVED),
    ],
)
def test_a_manifest_without_a_version_in_force_is_named(hong_kong, one, outcome):
    assert hong_kong(one).outcome is outcome


@pytest.mark.parametrize("manifest", [b"[1]", b'{"Chapter": []}', b'{"Chapter": "none"}'])
def test_a_manifest_in_another_form_is_broken(hong_kong, manifest):
    assert hong_kong(manifest=manifest).outcome is Outcome.BROKEN


def test_two_current_versions_are_one_too_many(hong_kong):
    both = chapter()
    both["Version"] *= 2
    assert hong_kong(both).outcome is Outcome.NO_LINK


def test_an_archive_of_another_digest_is_broken(hong_kong):
    assert hong_kong(digest="0" * 64).outcome is Outcome.BROKEN


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (CHAPTER.format("133", "In effect").encode(), Outcome.NO_LINK),
        (CHAPTER.format("134", "Repealed").encode(), Outcome.NO_LINK),
        (b"<ordinance/>", Outcome.NO_LINK),
        (CAP_134[:-20], Outcome.BROKEN),
    ],
)
def test_a_file_that_is_not_the_law_of_the_chapter_is_a_failure(hong_kong, body, outcome):
    assert hong_kong(files={MEMBER: body}).outcome is outcome


def test_an_archive_without_the_chapter_is_no_link(hong_kong):
    assert hong_kong(files={"cap_1/1.xml": b"<a/>"}).outcome is Outcome.NO_LINK


def test_one_chapter_is_unpacked_however_many_there_are(hong_kong, settings):
    bomb = b"<a>" + b" " * 2_000_000 + b"</a>"
    files = {f"cap_{n}/{n}.xml": bomb for n in range(20)} | {MEMBER: CAP_134}
    how = settings(HK, max_bytes=1_000_000)
    assert hong_kong(files=files, how=how).body == CAP_134
    assert hong_kong(files=files | {MEMBER: bomb}, how=how).outcome is Outcome.TOO_LARGE


def test_an_archive_whose_list_alone_would_fill_the_memory_is_too_large(hong_kong, monkeypatch):
    monkeypatch.setattr("regstatus.fetch.hosts.zip_member._DIRECTORY", 2_000)
    files = {f"cap_{n}/{n}.xml": b"" for n in range(100)} | {MEMBER: CAP_134}
    assert hong_kong(files=files).outcome is Outcome.TOO_LARGE


def test_a_chapter_must_be_named(hong_kong, hosts):
    for params in ({}, {"chapter": "../134"}, {"chapter": "Cap. 134"}):
        assert hong_kong(params=params).outcome is Outcome.NO_LINK
    assert hosts.paths(HK) == []


# --- law_go_kr ----------------------------------------------------------------------------

KR = "www.law.go.kr"
DECREE = "마약류 관리에 관한 법률 시행령"
KR_URL = (
    f"https://{KR}/DRF/lawSearch.do?OC={{env:LAW_GO_KR_OC}}&target=law&type=XML&display=100"
    f"&query={quote(DECREE)}"
)
KR_KEY = "a-user-of-the-api"


def found(name=DECREE, serial="276291", stands="현행"):
    return (
        f"<law id='1'><법령일련번호>{serial}</법령일련번호><현행연혁코드>{stands}</현행연혁코드>"
        f"<법령명한글><![CDATA[{name}]]></법령명한글></law>"
    )


ANNEX = """■ 마약류 관리에 관한 법률 시행령 [별표 3] <개정 2026. 3. 10.>
   법 제2조제3호가목에 해당하는 향정신성의약품(제2조제3항 관련)으로서 다음과 같은 것을 말한다.
┌──┬──────────┐
│연번│        품명        │
├──┼──────────┤
│ 1  │메스칼린(Mescaline) │
│ 2  │7-히드록시미트라지닌(7-Hydroxymitra│
│    │gynine)             │
├──┼──────────┤
│ 3  │미트라지닌          │
│    │(Mitragynine)       │
└──┴──────────┘
비고: 위 물질의 염 및 이성체 또는 이성체의 염을 포함하며, 그 밖의 사항은 식품의약품안전처장이 정한다."""


def decree(text=ANNEX, number="0003", branch="00", name=DECREE, day="20260101", kind="별표"):
    return (
        f"<법령><기본정보><법령명_한글><![CDATA[{name}]]></법령명_한글><시행일자>{day}</시행일자>"
        f"</기본정보><별표><별표단위><별표번호>{number}</별표번호><별표가지번호>{branch}"
        f"</별표가지번호><별표구분>{kind}</별표구분><별표내용><![CDATA[{text}]]></별표내용>"
        f"</별표단위></별표></법령>"
    )


@pytest.fixture
def korea(fetch, hosts, settings):
    def serve(listing=None, law=None, env=None, params=None):
        listing = f"<LawSearch><totalCnt>2</totalCnt>{listing or found()}</LawSearch>"
        kind = {"Content_Type": "text/xml"}
        search = KR_URL.removeprefix("https://").replace("{env:LAW_GO_KR_OC}", KR_KEY)
        hosts.put(search, listing.encode(), **kind)
        service = f"OC={KR_KEY}&target=law&type=XML&MST=276291"
        body = law or decree()
        body = body if isinstance(body, bytes) else body.encode()
        hosts.put(f"{KR}/DRF/lawService.do?{service}", body, **kind)
        how = settings(KR, env={"LAW_GO_KR_OC": KR_KEY} if env is None else env)
        params = params or {"law": DECREE, "annex": "3"}
        return fetch(KR_URL, how, adapter="law_go_kr", format=Format.HTML, params=params)

    return serve


def test_the_law_in_force_is_found_by_its_name_and_has_the_annex(korea):
    page = korea(found("마약류 관리에 관한 법률", "1") + found())
    assert (page.outcome, page.format, page.made) == (Outcome.OK, Format.HTML, True)
    text = page.body.decode()
    assert "<h1>마약류 관리에 관한 법률 시행령</h1>\n<h2>별표 3" in text
    assert "[별표 3] &lt;개정 2026. 3. 10.&gt;" in text
    assert KR_KEY not in page.final_url
    assert "{env:LAW_GO_KR_OC}" in page.final_url


def test_a_table_drawn_with_lines_is_a_table_and_its_broken_names_are_whole(korea):
    text = korea().body.decode()
    rows = [line for line in text.splitlines() if line.startswith("<tr>")]
    assert rows == [
        "<tr><td>연번</td><td>품명</td></tr>",
        "<tr><td>1</td><td>메스칼린(Mescaline)</td></tr>",
        "<tr><td>2</td><td>7-히드록시미트라지닌(7-Hydroxymitragynine)</td></tr>",
        "<tr><td>3</td><td>미트라지닌 (Mitragynine)</td></tr>",
    ]
    assert "<pre>비고: 위 물질의 염" in text
    assert "─" not in text


def test_without_a_key_korea_is_skipped_and_says_which_key(korea, hosts):
    page = korea(env={})
    assert page.outcome is Outcome.SKIPPED
    assert "LAW_GO_KR_OC" in page.problem
    assert hosts.paths(KR) == []


@pytest.mark.parametrize(
    ("listing", "outcome"),
    [
        (found("마약류 관리에 관한 법률"), Outcome.NO_LINK),
        (found(stands="연혁"), Outcome.NO_LINK),
        (found() + found(serial="2"), Outcome.NO_LINK),
        (found(serial=""), Outcome.BROKEN),
        (found(serial="1&amp;OC=x"), Outcome.BROKEN),
        ("<totalCnt>0</totalCnt>", Outcome.NO_LINK),
    ],
)
def test_a_list_without_the_law_in_force_is_named(korea, listing, outcome):
    page = korea(listing)
    assert (page.outcome, page.body) == (outcome, b"")


@pytest.mark.parametrize(
    ("law", "outcome"),
    [
        (decree(text=""), Outcome.EMPTY),
        (decree(number="0004"), Outcome.NO_LINK),
        (decree(branch="02"), Outcome.NO_LINK),
        (decree(kind="서식"), Outcome.NO_LINK),
        (decree(name="약사법"), Outcome.NO_LINK),
        (decree(day="20270101"), Outcome.NO_LINK),
        (decree(day=""), Outcome.BROKEN),
        (
            "<Response><result>사용자 정보 검증에 실패하였습니다.</result></Response>",
            Outcome.BROKEN,
        ),
        ('{"result": "사용자 정보 검증에 실패하였습니다."}'.encode(), Outcome.WRONG_TYPE),
        (decree()[:-5], Outcome.BROKEN),
    ],
)
def test_an_answer_without_the_text_of_the_annex_is_a_failure(korea, law, outcome):
    page = korea(law=law)
    assert (page.outcome, page.body) == (outcome, b"")


def test_a_branch_of_an_annex_has_a_number_of_its_own(korea):
    params = {"law": DECREE, "annex": "3-2"}
    assert korea(law=decree(branch="02"), params=params).outcome is Outcome.OK
    assert korea(params=params).outcome is Outcome.NO_LINK
    for annex in ("", "three", "3-x", "0", "00-1"):
        assert korea(params={"law": DECREE, "annex": annex}).outcome is Outcome.NO_LINK


# --- legislation_govt_nz ------------------------------------------------------------------

NZ, NZ_TEXT = "api.legislation.govt.nz", "www.legislation.govt.nz"
WORK = "secondary-legislation_pco-drafted_1984_143"
NZ_URL = f"https://{NZ}/v0/works/{WORK}/versions/?sort=desc"
XML_URL = f"https://{NZ_TEXT}/secondary-legislation/pco-drafted/1984/143/en/2026-07-10.xml"
REGULATION = (
    b"<regulation stage='in-force'><schedule><title>Schedule 1</title></schedule></regulation>"
)


def row(day="2026-07-10", **changes):
    formats = [{"type": "html", "url": "https://x.example/"}, {"type": "xml", "url": XML_URL}]
    found = {"version_id": f"{WORK}_en_{day}", "legislation_status": "in_force", "formats": formats}
    found |= changes
    return {name: value for name, value in found.items() if value is not None}


@pytest.fixture
def new_zealand(fetch, hosts, settings):
    def serve(*rows, answer=None, env=None, hosts_ok=(NZ_TEXT,), work=WORK):
        body = as_json(answer if answer is not None else {"results": list(rows)})
        hosts.put(NZ_URL.removeprefix("https://"), body, Content_Type="application/json")
        hosts.put(XML_URL.removeprefix("https://"), REGULATION, Content_Type="application/xml")
        env = {"NZ_LEGISLATION_API_KEY": "a-key-of-new-zealand"} if env is None else env
        return fetch(
            NZ_URL,
            settings(NZ, NZ_TEXT, env=env),
            adapter="legislation_govt_nz",
            format=Format.XML,
            params={"work": work, "key_env": "NZ_LEGISLATION_API_KEY"},
            allowed_hosts=hosts_ok,
        )

    return serve


def test_the_newest_version_in_force_is_read_where_the_api_says(new_zealand, hosts):
    later = row("2027-01-01", formats=[{"type": "xml", "url": "https://x.example/later.xml"}])
    page = new_zealand(later, row(), row("2025-01-01", formats=[]))
    assert (page.outcome, page.body, page.final_url) == (Outcome.OK, REGULATION, XML_URL)
    sent = [headers["X-Api-Key"] for headers in hosts.headers if "X-Api-Key" in headers]
    assert sent == ["a-key-of-new-zealand"]  # for the API, and not for the host of the text


def test_a_version_without_formats_is_asked_for_by_its_id(new_zealand, hosts):
    detail = f"{NZ}/v0/versions/{WORK}_en_2026-07-10/"
    hosts.put(detail, as_json(row()))
    assert new_zealand(row(formats=None)).body == REGULATION
    hosts.put(detail, as_json(row("2020-01-01")))
    assert new_zealand(row(formats=None)).outcome is Outcome.BROKEN


@pytest.mark.parametrize(
    ("rows", "outcome"),
    [
        ([], Outcome.NO_LINK),
        ([row("2027-01-01")], Outcome.NO_LINK),
        ([row("~2026-01-01")], Outcome.NO_LINK),
        ([row(version_id="act_public_1981_118_en_2026-01-01")], Outcome.NO_LINK),
        ([row(legislation_status="revoked")], Outcome.NO_LINK),
        ([row(formats=[])], Outcome.NO_LINK),
        ([row(formats="xml")], Outcome.NO_LINK),
        ([row(formats=[{"type": "xml", "url": "https://evil.example/a.xml"}])], Outcome.MOVED),
        (["a"], Outcome.BROKEN),
    ],
)
def test_a_work_without_a_text_in_force_is_named(new_zealand, rows, outcome):
    assert new_zealand(*rows).outcome is outcome


def test_a_list_in_another_form_is_broken_and_a_key_is_needed(new_zealand):
    assert new_zealand(answer={"versions": []}).outcome is Outcome.BROKEN
    assert new_zealand(row(), work="../x").outcome is Outcome.NO_LINK
    assert new_zealand(row(), env={}).outcome is Outcome.SKIPPED
    assert new_zealand(row(), hosts_ok=()).outcome is Outcome.MOVED


# --- boletin_oficial ----------------------------------------------------------------------

AR = "www.boletinoficial.gob.ar"
DAY = f"https://{AR}/seccion/primera/20260302"
NOTICE = "/detalleAviso/primera/339000/20260302"
MENU = "<p>" + "Primera sección, avisos del día. " * 10 + "</p>"
LIST = f"""<html><body>{MENU}<a href="/detalleAviso/primera/338999/20260302"><p>PODER EJECUTIVO</p>
<p><small>Decreto 1122/2026</small></p></a><a href="{NOTICE}"><p>ESTUPEFACIENTES</p><p><small>Decreto
122/2026</small></p></a><a href="https://elsewhere.example/">Decreto 9/2026</a></body></html>"""


def button(number="1", identity="7700001"):
    call = f"descargarPDFAnexo(&quot;primera&quot;,&quot;{number}&quot;, &quot;{identity}&quot;, "
    return f'<div onclick="{call}&quot;20260302&quot;, &quot;/pdf/download_anexo&quot;);">A</div>'


BUTTON = button()


@pytest.fixture
def gazette(fetch, hosts, settings):
    def serve(buttons=BUTTON, answer=None, notice=r"Decreto 122/2026", **params):
        hosts.put(f"{AR}/seccion/primera/20260302", LIST.encode())
        hosts.put(f"{AR}{NOTICE}", f"<html><body>{MENU}{buttons}</body></html>".encode())
        if answer is None:
            answer = {"pdfBase64": base64.b64encode(PDF).decode()}
        query = "seccion=primera&nroAnexo=1&idAnexo=7700001&fechaPublicacion=20260302"
        hosts.put(f"{AR}/pdf/download_anexo?{query}", as_json(answer), Content_Type="text/html")
        params |= {"notice": notice} if notice else {}
        return fetch(DAY, settings(AR), adapter="boletin_oficial", format=Format.PDF, params=params)

    return serve


def test_the_annex_of_a_notice_is_what_its_button_asks_for(gazette):
    page = gazette(button("2") + button() + button())
    assert (page.outcome, page.body, page.format) == (Outcome.OK, PDF, Format.PDF)
    assert page.url == DAY
    assert "idAnexo=7700001" in page.final_url
    single = button().replace('onclick="', "onclick='").replace(';">', ";'>")
    assert gazette(single.replace("&quot;", '"')).body == PDF


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"buttons": ""}, Outcome.NO_LINK),
        ({"buttons": button("2")}, Outcome.NO_LINK),
        ({"buttons": button() + button(identity="7700002")}, Outcome.NO_LINK),
        ({"annex": "2"}, Outcome.NO_LINK),
        ({"notice": None}, Outcome.NO_LINK),
        ({"notice": "Decreto 123/2026"}, Outcome.NO_LINK),
        ({"notice": "Decreto 9/2026"}, Outcome.MOVED),
        ({"answer": {"pdf": ""}}, Outcome.BROKEN),
        ({"answer": {"pdfBase64": None}}, Outcome.BROKEN),
        ({"answer": {"pdfBase64": "no base64!"}}, Outcome.BROKEN),
        ({"answer": {"pdfBase64": ""}}, Outcome.EMPTY),
        ({"answer": {"pdfBase64": base64.b64encode(PDF[:20]).decode()}}, Outcome.BROKEN),
        ({"answer": {"pdfBase64": base64.b64encode(b"<html><p>x").decode()}}, Outcome.WRONG_TYPE),
    ],
)
def test_a_gazette_without_the_annex_is_a_failure(gazette, changes, outcome):
    page = gazette(**changes)
    assert (page.outcome, page.body) == (outcome, b"")
