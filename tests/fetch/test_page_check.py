"""A page that is no document is named before anyone reads it as law; a document never is."""

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regstatus.model.words import Format, Outcome
from tests.support.judged import judged

REALDOCS = Path(
    os.environ.get("REGSTATUS_REALDOCS", Path(__file__).parents[2].parent / "shared" / "realdocs")
)
LAW = "<p>(a) No person shall sell a kratom product that is adulterated.</p>"


def page(title="", body="", head=""):
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    ).encode()


def judge(body, expected="html", **more):
    return judged(body, expected, **more)


WALLS = {
    "cloudflare": page(
        "Just a moment...",
        "<div>Enable JavaScript and cookies to continue</div>"
        "<script>window._cf_chl_opt={cvId:'3'}</script>",
    ),
    "cloudflare block": page(
        "Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1>"
    ),
    "incapsula": b'<html><head><META NAME="ROBOTS"></head><iframe src="/_Incapsula_Resource?CWUDNSAI=9">'
    b"Request unsuccessful. Incapsula incident ID: 123-456</iframe></html>",
    "incapsula script": b'<html><body><script src="/_Incapsula_Resource?SWJIYLWA=7"></script></body></html>',
    "imperva": page(
        "Pardon Our Interruption",
        "<h1>Pardon Our Interruption</h1><p>As you were browsing"
        " something about your browser made us think you were a bot.</p>",
    ),
    "akamai": page(
        "Access Denied",
        "<h1>Access Denied</h1>You don't have permission to access"
        " this server.<p>Reference #18.2d351ab8.1557333295.a4e16ab",
    ),
    "datadome": b"<html><script>var dd={'rt':'c'}</script><script src='https://ct.captcha-delivery.com/c.js'>"
    b"</script></html>",
    "perimeterx": page(
        "Access to this page has been denied",
        '<div id="px-captcha"></div>Press & Hold to confirm you are a human',
    ),
    "aws": page(
        "",
        "<div id=challenge-container></div>",
        "<script>window.awsWafCookieDomainList=[];window.gokuProps={};</script>"
        '<script src="https://a.token.awswaf.com/b/challenge.js"></script>',
    ),
    "recaptcha": page("Security", '<form><div class="g-recaptcha"></div></form>'),
    "hcaptcha": page("One more step", '<div class="h-captcha" data-sitekey="1"></div>'),
    "human": page("Robot check", "<p>Please verify you are a human by completing the task.</p>"),
    "traffic": page(
        "Sorry", "Our systems have detected unusual traffic from your computer network."
    ),
    "f5": page(
        "Request Rejected",
        "The requested URL was rejected. Please consult with your"
        " administrator. Your support ID is: 1234",
    ),
    "spanish": page("Verificación", "<label>No soy un robot</label>"),
    "a request": page(
        "eCFR :: Request Access", "<h2>Daily Journal</h2><p>Programs must ask first.</p>"
    ),
    "login": page("Subscriber Login", '<form><input name=u><input type="password" name=p></form>'),
    "login in german": page("Anmelden", "<form>Kennwort <input type=password></form>"),
}


@pytest.mark.parametrize("name", WALLS)
@pytest.mark.parametrize("status", [200, 403, 503])
def test_walls_are_blocked_whatever_their_status(name, status):
    assert judge(WALLS[name], status=status).outcome is Outcome.BLOCKED


@pytest.mark.parametrize("expected", ["pdf", "xml", "json", "text", None])
@pytest.mark.parametrize("name", WALLS)
def test_walls_are_blocked_whatever_was_asked_for(name, expected):
    assert judge(WALLS[name], expected).outcome is Outcome.BLOCKED


@pytest.mark.parametrize("title", ["404 - Page Not Found", "Seite nicht gefunden", "Sign in"])
def test_a_form_to_sign_in_among_the_menus_of_a_not_found_page_is_no_wall(title):
    form = "<form>Sign in<input type=password></form>"
    found = judge(page(title, form), status=404)
    assert found.outcome is (Outcome.BLOCKED if title == "Sign in" else Outcome.GONE)


def test_walls_that_say_so_in_a_header_are_blocked():
    assert judge(page("", LAW * 50), cf_mitigated="challenge").outcome is Outcome.BLOCKED
    assert judge(b"", status=202, x_amzn_waf_action="challenge").outcome is Outcome.BLOCKED
    body = b'{"url":"https://geo.captcha-delivery.com/captcha/?x=1"}'
    assert judge(body, "json").outcome is Outcome.BLOCKED


@pytest.mark.parametrize(
    "title",
    [
        "Site Maintenance",
        "Website Maintenance",
        "Scheduled maintenance",
        "We are down for maintenance",
        "This site is temporarily unavailable",
        "Wartungsarbeiten",
        "Site en maintenance",
        "Sitio en mantenimiento",
        "Probíhá údržba systému",
        "Přerušení: odstávka",
        "Przerwa techniczna",
        "Huoltokatko",
        "Pågående underhåll",
        "ปิดปรับปรุงเว็บไซต์",
        "ただいまメンテナンス中です",
    ],
)
@pytest.mark.parametrize("status", [200, 404, 500, 503])
def test_maintenance_pages_are_named_in_many_languages(title, status):
    words = page("Laws", f"<h1>{title}</h1><p>Please come back later.</p>")
    assert judge(words, status=status).outcome is Outcome.MAINTENANCE
    assert judge(page(title, "<p>Sorry.</p>"), status=status).outcome is Outcome.MAINTENANCE


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404 Not Found",
        "Error 404",
        "HTTP Error 404 - File or directory",
        "Page Not Found",
        "Not Found",
        "Statute not found",
        "Section 12-34 not found",
        "The page you requested does not exist",
        "The document you requested cannot be found",
        "The resource you are looking for has been removed or could not be found",
        "This page is no longer available",
        "Seite nicht gefunden",
        "Página no encontrada",
        "Page introuvable",
        "Pagina non trovata",
        "Sidan hittades inte",
        "Siden blev ikke fundet",
        "Stránka nenalezena",
        "Страница не найдена",
        "ไม่พบหน้าที่คุณต้องการ",
        "ページが見つかりません",
    ],
)
def test_not_found_pages_sent_as_a_success_are_gone(title):
    menus = "<ul><li><a>Home</a><li><a>Bills</a><li><a>Members</a></ul>" * 10
    assert judge(page(title, menus)).outcome is Outcome.GONE
    assert judge(page("State of Example", f"<h1>{title}</h1>{menus}")).outcome is Outcome.GONE
    assert judge(page(title, menus), "pdf").outcome is Outcome.GONE


@pytest.mark.parametrize(
    "title", ["Service Unavailable", "500 Internal Server Error", "Runtime Error"]
)
def test_error_pages_sent_as_a_success_are_server_errors(title):
    assert judge(page(title, "<p>Contact the administrator.</p>")).outcome is Outcome.SERVER_ERROR


SHELLS = {
    "react": page(
        "Code",
        "<noscript>You need to enable JavaScript to run this app.</noscript>"
        '<div id="root"></div><script src="/main.js"></script>',
    ),
    "angular": page("Code", "<app-root>Loading...</app-root><script src=main.js></script>"),
    "bundle": page(
        "Code",
        '<div id="app"><p>State Law Library</p></div><script>' + "var a=1;" * 50_000 + "</script>",
    ),
    "waiting": page(
        "Code", "<p>Please wait while the statute is being loaded.</p><script>x()</script>"
    ),
    "frame": page("Code", '<iframe src="/konso/Html/2024"></iframe>'),
    "nothing": page("Code", "<div><div><p></p></div></div>"),
    "blank": b"  \r\n ",
    "bom": b"\xef\xbb\xbf",
    "small text": page("Code", "<p>OK</p>"),
}


@pytest.mark.parametrize("name", SHELLS)
def test_pages_without_text_are_empty(name):
    assert judge(SHELLS[name]).outcome is Outcome.EMPTY


def test_an_empty_page_says_where_its_text_is():
    assert "/konso/Html/2024" in judge(SHELLS["frame"]).problem


def test_a_page_that_sends_its_reader_on_has_moved():
    head = '<meta http-equiv="refresh" content="0; url=https://new.example.gov/Code">'
    found = judge(page("Moved", "<p>Please update your bookmarks.</p>", head))
    assert found.outcome is Outcome.MOVED
    assert "https://new.example.gov/Code" in found.problem


FALSE_FRIENDS = {
    "captcha": page(
        "Ticket sales",
        LAW * 30 + "<p>A person may not use software to defeat a captcha,"
        " or to verify you are human, or say that they are not a robot.</p>",
    ),
    "captcha in the footer": page("§ 12", LAW * 12 + '<form class="g-recaptcha"></form>'),
    "maintenance": page("§ 12.5 Maintenance of records", LAW * 3),
    "maintenance heading": page("Code", "<h1>Sec. 9. Site maintenance fund</h1>" + LAW * 3),
    "not found": page("Code", "<h2>§ 31. Where a record cannot be found</h2>" + LAW * 3),
    "not found in a long page": page("Code", "<h2>Indictment not found</h2>" + LAW * 100),
    "four hundred and four": page("Chapter 246-404 WAC", "<h1>Section 404. Permits</h1>" + LAW * 3),
    "login in the header": page("Gazette", "<form><input type=password></form>" + LAW * 12),
    "guarded host": page(
        "§ 1",
        '<script src="/_Incapsula_Resource?SWJ=7"></script>'
        '<script src="/TSPD/08?type=7"></script>'
        '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>' + LAW * 5,
    ),
    "script and law": page("§ 1", '<div id="root">' + LAW * 5 + "</div><script>x()</script>"),
    "noscript": page(
        "§ 1", "<noscript>Please enable JavaScript for the search.</noscript>" + LAW * 10
    ),
    "access denied": page("§ 7. Access denied to minors", LAW * 14),
    "law of bots": page(
        "§ 17941",
        "<p>It is unlawful for a person to use a bot to communicate with"
        " another in order to mislead.</p>" + LAW * 14,
    ),
    "unavailable": page("§ 3. Where a physician is temporarily unavailable", LAW * 3),
    "system maintenance": page("Sewage system maintenance", LAW * 3),
    "a section numbered 404": page("404 Definitions", "<h1>501 Short title</h1>" + LAW * 3),
    "a page that times out": page(
        "Gazette", LAW * 3, '<meta http-equiv="refresh" content="1200;url=/timeout">'
    ),
    "short section": page("§ 44-1", LAW * 2),
    "a right to ask": page("§ 12 | Who may request access to records", LAW * 3),
}


@pytest.mark.parametrize("name", FALSE_FRIENDS)
def test_law_that_only_speaks_of_such_things_is_law(name):
    found = judge(FALSE_FRIENDS[name])
    assert (found.outcome, found.problem) == (Outcome.OK, None)


def test_a_hundred_kilobytes_of_law_stay_law_whatever_they_name():
    words = "captcha maintenance page not found login password verify you are human access denied "
    assert judge(page("Title 9", f"<p>{words * 1300}</p>")).outcome is Outcome.OK


KINDS = {
    "pdf": b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n",
    "xml": b'<?xml version="1.0"?><act><section>Text of the law</section></act>',
    "json": b'{"text": "Text of the law"}',
    "html": page("§ 1", LAW * 4),
    "text": b"Sec. 1. No person shall sell kratom to a minor.\r\n" * 5,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("expected", [*Format, None])
def test_the_form_is_judged_by_the_bytes_and_not_by_the_label(kind, expected):
    found = judge(KINDS[kind], expected, content_type="text/html")
    if expected in {kind, None} or (expected, kind) == ("text", "json"):
        assert (found.outcome, found.format) == (Outcome.OK, kind)
    else:
        assert found.outcome is Outcome.WRONG_TYPE


@pytest.mark.parametrize(
    "body",
    [
        b"PK\x03\x04\x14\x00",
        b"{\\rtf1\\ansi law}",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\x1f\x8b\x08\x00",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d",
        b"\x00\x01\x02\x03" * 100,
    ],
)
def test_what_we_cannot_read_is_of_the_wrong_type(body):
    for expected in (*Format, None):
        assert judge(body, expected).outcome is Outcome.WRONG_TYPE


def test_xhtml_is_good_as_html_and_as_xml():
    body = b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="x"><body>' + LAW.encode() * 4
    assert judge(body, "html").format is Format.HTML
    assert judge(body, "xml").format is Format.XML


def test_an_xml_file_is_one_without_a_declaration_too():
    assert (
        judge(b"\xef\xbb\xbf  <Legislation><P>Law</P></Legislation>", "xml").outcome is Outcome.OK
    )


def test_utf_16_pages_are_read():
    law = page("§ 1", LAW * 4).decode().encode("utf-16")
    assert judge(law).outcome is Outcome.OK
    wall = page("Attention Required! | Cloudflare", "<p>Blocked.</p>").decode().encode("utf-16")
    assert judge(wall).outcome is Outcome.BLOCKED


def test_notices_are_understood_in_their_own_charset():
    words = page("Technická odstávka", "<p>Omlouváme se.</p>").decode()
    assert judge(
        words.encode("cp1250"), content_type="text/html; charset=windows-1250"
    ).outcome is (Outcome.MAINTENANCE)


def test_a_pdf_without_its_end_is_broken():
    assert judge(b"%PDF-1.7\n1 0 obj\nendobj\n", "pdf").outcome is Outcome.BROKEN


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"results": [{"a": 1}, {"b"', "json"),
        (b'[{"a": 1},', "json"),
        (b'<?xml version="1.0"?><act><section>Text', "xml"),
        (b"<Legislation><P>Text</", "xml"),
    ],
)
def test_data_that_stops_short_is_broken(body, expected):
    assert judge(body, expected, content_type="text/plain").outcome is Outcome.BROKEN


def test_data_nested_beyond_reason_is_left_to_the_extractor():
    assert judge(b"[" * 1900 + b"]" * 1900, "json").outcome is Outcome.OK


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (b"[]", Outcome.EMPTY),
        (b"{}", Outcome.EMPTY),
        (b'{"error": "Section not found"}', Outcome.GONE),
        (b'{"error": {"code": 17}, "message": "quota"}', Outcome.HTTP_ERROR),
        (b'{"errors": ["bad field"]}', Outcome.HTTP_ERROR),
        (b'{"error": null, "results": [1]}', Outcome.OK),
        (b'{"code": null, "message": null, "data": {"a": 1}}', Outcome.OK),
        (b'{"title": "Law", "status": "in force"}', Outcome.OK),
    ],
)
def test_apis_that_say_no_with_a_success_are_understood(body, outcome):
    assert judge(body, "json").outcome is outcome


@given(
    status=st.integers(100, 599),
    body=st.binary(max_size=300)
    | st.text(alphabet="<>/!-abh1 =\"'scriptle", max_size=200).map(str.encode),
    expected=st.sampled_from([*Format, "zip", None]),
    label=st.text(max_size=30),
)
def test_every_answer_gets_a_judgement_and_every_failure_a_sentence(status, body, expected, label):
    found = judge(body, expected, status=status, content_type=label)
    assert (found.problem is None) == (found.outcome is Outcome.OK)
    if found.problem:
        assert found.problem.isprintable()
        assert len(found.problem) <= 400
    if status not in {200, 203}:
        assert found.outcome is not Outcome.OK


def test_a_page_of_a_million_tags_is_judged_all_the_same():
    outcomes = {Outcome.EMPTY, Outcome.OK, Outcome.WRONG_TYPE}
    for piece in (b"<b>", b"<svg>", b"<!--", b"<script", b"<", b"<h1>", b"<iframe ", b"<input "):
        assert judge(piece * (1_000_000 // len(piece))).outcome in outcomes


# What the index calls XML but the host writes as HTML: a source must say `html`.
_HTML_UNDER_XML_NAMES = {"no_lovdata/sample-recent-act.xml", "ua_rada/rada-1103-16-law.xml"}
_NO_LAW = {
    "us_state_shells/GA.html": Outcome.EMPTY,
    "us_state_shells/IN.html": Outcome.EMPTY,
    "us_state_shells/LA.html": Outcome.GONE,
    "us_dc_law_html/404.html": Outcome.GONE,
}
_FORMS = {".htm": "html", ".xhtml": "html", ".jsonc": "json", ".md": "text"}


def test_every_real_document_is_let_through_and_every_real_shell_is_not():
    if not REALDOCS.is_dir():
        pytest.skip(f"realdocs not present: {REALDOCS}")
    with (REALDOCS / "INDEX.tsv").open(encoding="utf-8") as index:
        names = [row["path"] for row in csv.DictReader(index, delimiter="\t")]
    assert len(names) >= 60
    wrong = []
    for name in names:
        file = REALDOCS / name
        form = "html" if name in _HTML_UNDER_XML_NAMES else _FORMS.get(file.suffix, file.suffix[1:])
        for expected in (form, None):
            found = judge(file.read_bytes(), expected, url=name)
            if found.outcome is not _NO_LAW.get(name, Outcome.OK):
                wrong.append((name, expected, found.problem))
    assert wrong == []


def test_a_real_document_cut_down_to_its_menus_never_passes_for_another_form():
    if not REALDOCS.is_dir():
        pytest.skip(f"realdocs not present: {REALDOCS}")
    for file in REALDOCS.glob("*/*.html"):
        assert judge(file.read_bytes(), "pdf", url=file.name).outcome is not Outcome.OK
