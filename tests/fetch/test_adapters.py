import io
import json
import zipfile
from urllib.parse import parse_qs, urlsplit

import pytest

from regstatus.fetch.fetcher import fetch_many
from regstatus.model.request import Request, Validators
from regstatus.model.words import Format, Outcome

PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
XML = b'<?xml version="1.0"?><DIV8 N="1308.11"><P>Schedule I</P></DIV8>'
HOST = "law.example.gov"
INDEX = """<html><head><title>Schedules</title></head><body><p>All the editions of the list of
controlled substances, as the board published them over the years, in order.</p>
<a href="/about">About</a> <a href="files/2024-07-01-schedules.pdf">July 2024</a>
<a href="files/2026-03-02-schedules.pdf">March <b>2026</b></a>
<a href="files/2025-01-15-schedules.pdf#page=2">January 2025</a>
<a href="http://elsewhere.example/2027-01-01-schedules.pdf">Mirror</a></body></html>"""


@pytest.fixture
def follow(fetch, hosts):
    hosts.put(f"{HOST}/rules/", INDEX.encode())
    for day in ("2024-07-01", "2025-01-15", "2026-03-02"):
        body = PDF + day.encode()
        hosts.put(f"{HOST}/rules/files/{day}-schedules.pdf", body, Content_Type="application/pdf")

    def one(**params):
        url = f"http://{HOST}/rules/"
        return fetch(url, adapter="link", format=Format.PDF, params=params)

    return one


def test_the_first_matching_link_is_followed(follow):
    page = follow(link=r"schedules\.pdf$")
    assert page.outcome is Outcome.OK
    assert page.url == f"http://{HOST}/rules/"
    assert page.final_url == f"http://{HOST}/rules/files/2024-07-01-schedules.pdf"
    assert page.body == PDF + b"2024-07-01"
    assert page.attempts == 2


def test_the_last_matching_link_can_be_picked(follow):
    assert follow(link=r"files/", pick="last").body.endswith(b"2025-01-15")


def test_the_newest_matching_link_can_be_picked(follow):
    assert follow(link=r"files/.*\.pdf", pick="newest").body.endswith(b"2026-03-02")


def test_the_words_of_a_link_come_before_the_folder_of_its_upload(follow, hosts):
    index = INDEX.replace("March <b>2026</b>", "1 May 2024").replace("January 2025", "1 May 2025")
    hosts.put(f"{HOST}/rules/", index.encode())
    assert follow(link=r"files/", pick="newest").body.endswith(b"2025-01-15")


def test_a_link_may_be_known_by_its_words(follow):
    assert follow(link=r"^march 2026$").body.endswith(b"2026-03-02")


def test_a_link_that_is_not_there_is_no_link_and_names_the_pattern(follow):
    page = follow(link=r"annex-\d+\.pdf")
    assert page.outcome is Outcome.NO_LINK
    assert r"annex-\\d+\\.pdf" in page.problem
    assert page.final_url == f"http://{HOST}/rules/"


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"link": "("},
        {"link": "a" * 301},
        {"link": "pdf", "pick": "best"},
        {"link": "About", "pick": "newest"},
    ],
)
def test_a_link_that_cannot_be_told_is_no_link(follow, params):
    assert follow(**params).outcome is Outcome.NO_LINK


def test_a_link_to_a_host_that_is_not_allowed_has_moved(follow, hosts):
    page = follow(link="Mirror")
    assert page.outcome is Outcome.MOVED
    assert "elsewhere.example" in page.problem


def test_an_index_that_fails_names_its_own_failure(follow, hosts):
    hosts.put(f"{HOST}/rules/", b"<title>Page Not Found</title>")
    page = follow(link="pdf")
    assert page.outcome is Outcome.GONE


def test_the_least_size_is_for_the_document_and_not_for_its_helpers(follow, fetch, hosts):
    params = {"link": "files/"}
    url = f"http://{HOST}/rules/"
    hosts.put(f"{HOST}/rules/files/2024-07-01-schedules.pdf", PDF + b" " * 5000)
    assert fetch(url, adapter="link", params=params, min_bytes=5000).outcome is Outcome.OK
    assert fetch(url, adapter="link", params=params, min_bytes=6000).outcome is Outcome.EMPTY


def test_an_index_with_strange_markup_is_read_all_the_same(follow, hosts):
    strange = "<![foo[x]]><!weird><a href='http://[bad'>x</a><p <a></a></b>"
    hosts.put(f"{HOST}/rules/", INDEX.replace("<p>", strange + "<p>").encode())
    assert follow(link=r"files/", pick="newest").body.endswith(b"2026-03-02")


def test_a_second_link_can_be_followed(follow, hosts, fetch):
    hosts.put(f"{HOST}/", INDEX.replace("/about", "/rules/").encode())
    page = fetch(
        f"http://{HOST}/",
        adapter="link",
        format=Format.PDF,
        params={"link": "/rules/$", "then": r"files/", "pick": "newest"},
    )
    assert page.body.endswith(b"2026-03-02")


def test_the_text_in_a_frame_can_be_followed(fetch, hosts):
    hosts.put(
        f"{HOST}/outer", b"<html><p>" + b"menu " * 40 + b'</p><iframe src="/inner?a=1&amp;b=2">'
    )
    hosts.put(f"{HOST}/inner?a=1&b=2")
    page = fetch(f"http://{HOST}/outer", adapter="link", params={"link": "/inner"})
    assert (page.outcome, page.body) == (Outcome.OK, hosts.law)


def test_validators_are_for_the_linked_document_and_not_for_the_index(follow, hosts, fetch):
    url = f"http://{HOST}/rules/files/2026-03-02-schedules.pdf"
    hosts.put(url.removeprefix("http://"), b"", 304, Content_Length=None)
    page = fetch(
        f"http://{HOST}/rules/",
        adapter="link",
        params={"link": "files/", "pick": "newest"},
        validators=Validators(url=url, etag='"a"'),
    )
    assert page.outcome is Outcome.UNCHANGED
    assert ["If-None-Match" in headers for headers in hosts.headers] == [False, False, True]


TITLES = {
    "titles": [
        {"number": 20, "up_to_date_as_of": "2026-01-01"},
        {"number": 21, "up_to_date_as_of": "2026-11-19"},
    ]
}
ECFR = "www.ecfr.gov"
ECFR_URL = f"https://{ECFR}/current/title-21/part-1308/section-1308.11"


def ecfr(fetch, how, **params):
    params = {"title": "21", "part": "1308", "section": "1308.11"} | params
    return fetch(ECFR_URL, how, adapter="ecfr", format=Format.XML, params=params)


def test_the_ecfr_is_read_as_of_its_newest_day(fetch, hosts, settings):
    hosts.put(f"{ECFR}/api/versioner/v1/titles.json", json.dumps(TITLES).encode())
    path = "/api/versioner/v1/full/2026-11-19/title-21.xml?part=1308&section=1308.11"
    hosts.put(ECFR + path, XML)
    page = ecfr(fetch, settings(ECFR))
    assert (page.outcome, page.body) == (Outcome.OK, XML)
    assert (page.url, page.final_url) == (ECFR_URL, f"https://{ECFR}{path}")


def test_the_ecfr_without_a_day_for_the_title_is_no_link(fetch, hosts, settings):
    hosts.put(f"{ECFR}/api/versioner/v1/titles.json", json.dumps(TITLES).encode())
    assert ecfr(fetch, settings(ECFR), title="35").outcome is Outcome.NO_LINK
    bad = {"titles": [{"number": 21, "up_to_date_as_of": "../../evil"}]}
    hosts.put(f"{ECFR}/api/versioner/v1/titles.json", json.dumps(bad).encode())
    assert ecfr(fetch, settings(ECFR)).outcome is Outcome.NO_LINK
    assert ecfr(fetch, settings(ECFR), title="../x").outcome is Outcome.NO_LINK


def test_the_list_of_titles_is_asked_for_once_a_run(hosts, settings, now):
    hosts.put(f"{ECFR}/api/versioner/v1/titles.json", json.dumps(TITLES).encode())
    requests = []
    for part in ("1308", "73"):
        hosts.put(f"{ECFR}/api/versioner/v1/full/2026-11-19/title-21.xml?part={part}", XML)
        params = {"title": "21", "part": part}
        requests.append(Request(key=part, url=ECFR_URL, adapter="ecfr", params=params))
    pages = [page for _, page in fetch_many(requests, settings(ECFR), now=now)]
    assert [page.outcome for page in pages] == [Outcome.OK] * 2
    assert hosts.paths(ECFR).count("/api/versioner/v1/titles.json") == 1


FR = "www.federalregister.gov"
FR_URL = f"https://{FR}/api/v1/documents.json"


def fr_entry(number):
    return {"document_number": number, "title": "Schedules", "type": "Proposed Rule"}


@pytest.fixture
def register(fetch, hosts, settings):
    """Serve the given answers as the pages of one search, whatever the query."""

    def serve(*answers):
        def answer(handler):
            number = int(parse_qs(urlsplit(handler.path).query).get("page", ["1"])[0])
            body = answers[number - 1]
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        hosts.play(f"{FR}/api/v1/documents.json?*", answer)
        params = {"term": "kratom", "conditions[type][]": "RULE"}
        how = settings(FR)
        return fetch(FR_URL, how, adapter="federal_register", format=Format.JSON, params=params)

    return serve


def test_the_federal_register_is_read_over_its_pages(register, hosts):
    page = register(
        {
            "count": 3,
            "results": [fr_entry("2026-1"), fr_entry("2026-2")],
            "next_page_url": f"{FR_URL}?page=2&x=1",
        },
        {"count": 3, "results": [fr_entry("2026-2"), fr_entry("2026-3")]},
    )
    assert page.outcome is Outcome.OK
    body = json.loads(page.body)
    assert body["count"] == 3
    assert body["complete"] is True
    assert [entry["document_number"] for entry in body["results"]] == ["2026-1", "2026-2", "2026-3"]
    assert page.url == FR_URL
    asked = hosts.paths(FR)[1]
    assert "conditions%5Bterm%5D=kratom" in asked
    assert "conditions%5Btype%5D%5B%5D=RULE" in asked
    for field in ("effective_on", "html_url", "abstract", "action", "agencies", "publication_date"):
        assert f"fields%5B%5D={field}" in asked


def test_a_search_that_finds_nothing_is_an_empty_list_and_no_failure(register):
    page = register({"count": 0, "description": "Documents matching 'kratom'"})
    assert page.outcome is Outcome.OK
    assert json.loads(page.body) == {"complete": True, "count": 0, "results": []}


def test_a_search_longer_than_the_bound_says_that_it_is_cut(register, hosts):
    answers = [
        {
            "count": 900,
            "results": [fr_entry(f"2026-{n}")],
            "next_page_url": f"{FR_URL}?page={n + 2}",
        }
        for n in range(8)
    ]
    page = register(*answers)
    body = json.loads(page.body)
    assert (len(body["results"]), body["complete"]) == (5, False)


def test_half_a_search_is_a_failure_and_no_list(register):
    page = register(
        {"count": 3, "results": [fr_entry("2026-1")], "next_page_url": f"{FR_URL}?page=2"},
        b"<html><title>Just a moment...</title></html>",
    )
    assert (page.outcome, page.body) == (Outcome.BLOCKED, b"")


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ({"count": 1, "results": "none"}, Outcome.BROKEN),
        ({"results": [fr_entry("1")]}, Outcome.BROKEN),
        ([1, 2], Outcome.BROKEN),
        (b'{"count": 3, "resu', Outcome.BROKEN),
        ({"count": 1, "results": [], "next_page_url": "https://evil.example/"}, Outcome.MOVED),
        ({"count": 1, "results": [], "next_page_url": 7}, Outcome.MOVED),
    ],
)
def test_a_register_that_answers_in_another_form_is_named(register, answer, outcome):
    assert register(answer).outcome is outcome


GB = "www.legislation.gov.uk"
GB_URL = f"https://{GB}/ukpga/2016/2/schedule/1"


def test_uk_legislation_is_read_as_data(fetch, hosts, settings):
    hosts.put(
        f"{GB}/ukpga/2016/2/schedule/1/data.xml",
        b"",
        302,
        Location="/ukpga/2016/2/schedule/1/2026-01-01/data.xml",
    )
    hosts.put(
        f"{GB}/ukpga/2016/2/schedule/1/2026-01-01/data.xml", b"<Legislation>Schedule</Legislation>"
    )
    for url in (GB_URL, GB_URL + "/", GB_URL + "/data.xml", GB_URL + "/data.htm"):
        page = fetch(url, settings(GB), adapter="legislation_gov_uk", format=Format.XML)
        assert page.outcome is Outcome.OK
        assert page.url == url
        assert page.final_url == f"https://{GB}/ukpga/2016/2/schedule/1/2026-01-01/data.xml"


def test_uk_legislation_that_is_still_being_made_is_asked_for_again(fetch, hosts, settings):
    hosts.put(f"{GB}/ukpga/2016/2/data.xml", b"being generated", 202)
    page = fetch(
        f"https://{GB}/ukpga/2016/2", settings(GB, retries=2), adapter="legislation_gov_uk"
    )
    assert (page.outcome, page.attempts) == (Outcome.SERVER_ERROR, 3)
    assert "not ready yet" in page.problem


def test_uk_legislation_with_several_choices_follows_the_one_that_is_offered(
    fetch, hosts, settings
):
    hosts.put(
        f"{GB}/ukpga/2016/2/data.xml",
        b"<html>choose",
        300,
        Location="/ukpga/2016/2/enacted/data.xml",
    )
    hosts.put(f"{GB}/ukpga/2016/2/enacted/data.xml", b"<Legislation>Act</Legislation>")
    page = fetch(f"https://{GB}/ukpga/2016/2", settings(GB), adapter="legislation_gov_uk")
    assert page.outcome is Outcome.OK
    hosts.put(f"{GB}/ukpga/2016/2/data.xml", b"<html>choose", 300)
    page = fetch(f"https://{GB}/ukpga/2016/2", settings(GB), adapter="legislation_gov_uk")
    assert page.outcome is Outcome.HTTP_ERROR
    assert "several" in page.problem


def zipped(files, method=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return made.getvalue()


@pytest.fixture
def unzip(fetch, hosts, settings):
    def one(body, how=None, **params):
        hosts.put(f"{HOST}/xml.zip", body, Content_Type="application/zip")
        url = f"http://{HOST}/xml.zip"
        return fetch(url, how, adapter="zip", format=Format.XML, params=params)

    return one


def test_the_only_xml_file_of_an_archive_is_the_document(unzip):
    page = unzip(zipped({"BJNR0.xml": XML, "image.gif": b"GIF89a"}))
    assert (page.outcome, page.body, page.format) == (Outcome.OK, XML, Format.XML)


def test_a_named_file_of_an_archive_is_the_document(unzip):
    page = unzip(zipped({"a.xml": XML, "b.xml": XML + b"<!-- b -->"}), member="b.xml")
    assert page.body.endswith(b"<!-- b -->")


def test_an_archive_without_the_file_is_no_link(unzip):
    assert unzip(zipped({"a.xml": XML, "b.xml": XML})).outcome is Outcome.NO_LINK
    assert unzip(zipped({"a.xml": XML}), member="c.xml").outcome is Outcome.NO_LINK
    assert unzip(zipped({})).outcome is Outcome.NO_LINK


def test_a_zip_bomb_is_too_large(unzip, settings):
    bomb = zipped({"a.xml": b"<a>" + b" " * 20_000_000})
    assert len(bomb) < 100_000
    assert unzip(bomb, settings(max_bytes=1_000_000)).outcome is Outcome.TOO_LARGE


def test_a_damaged_archive_is_broken(unzip):
    good = zipped({"a.xml": XML * 100}, zipfile.ZIP_STORED)
    assert unzip(good[: len(good) // 2]).outcome is Outcome.BROKEN
    assert unzip(good.replace(b"Schedule I<", b"Schedule V<")).outcome is Outcome.BROKEN


def test_an_archive_with_something_else_inside_is_of_the_wrong_type(unzip):
    assert unzip(zipped({"a.xml": PDF})).outcome is Outcome.WRONG_TYPE


def test_an_html_page_instead_of_an_archive_is_judged_as_a_page(unzip, hosts):
    assert unzip(hosts.law).outcome is Outcome.WRONG_TYPE
    assert unzip(b"<title>Seite nicht gefunden</title>").outcome is Outcome.GONE


@pytest.mark.parametrize(
    ("adapter", "params"),
    [
        ("ecfr", {}),
        ("ecfr", {"title": "twenty-one"}),
        ("hkel", {"chapter": "134/../135"}),
        ("law_go_kr", {"law": "마약류 관리에 관한 법률 시행령"}),
        (
            "normattiva",
            {"code": "090G0363", "gazette": "31/10/1990", "number": "309", "year": "1990"},
        ),
        ("paged", {"page": "p", "pages": "n"}),
        ("federal_register", {"per_page": "20"}),
        ("fedlex", {"language": "xx"}),
        ("link", {"link": "pdf", "pick": "best"}),
    ],
)
def test_what_an_adapter_was_not_told_as_it_declares_is_never_asked(fetch, hosts, adapter, params):
    page = fetch(f"http://{HOST}/rules/", adapter=adapter, params=params)
    assert page.outcome is Outcome.NO_LINK
    assert adapter in page.problem or "cannot be it" in page.problem
    assert hosts.asked == []
