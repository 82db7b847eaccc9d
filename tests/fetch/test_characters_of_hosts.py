"""A page's characters are the same at every door of a host: judged, unpacked, parsed, obeyed."""

import io
import json
import zipfile

import pytest

from regstatus.fetch.hosts.epub import merge_epub
from regstatus.fetch.hosts.json_fields import parsed
from regstatus.fetch.page_check.shape import html_stops_short, lost_its_end
from regstatus.model.text import Page
from regstatus.model.words import Outcome
from tests.support.charsets import SENT, UNTOLD, header
from tests.support.judged import judged

ROBOTS = "law.example.gov/robots.txt"
URL = "http://law.example.gov/acts/doc"
UNPACKED = [name for name, sent in SENT.items() if not sent.header]


def declared(sent, words):
    own = f'<meta charset="{sent.own}">' if sent.own else ""
    return (
        f"<html><head>{own}<title>{sent.words}</title></head><body><h1>{words}</h1></body></html>"
    )


@pytest.mark.parametrize("name", SENT)
def test_a_host_s_notice_is_understood_in_every_character_set(name):
    sent = SENT[name]
    body = declared(sent, "404 – Page not found").encode(sent.codec, "replace")
    assert judged(body, content_type=header(sent, "text/html")).outcome is Outcome.GONE


@pytest.mark.parametrize("name", [*SENT, *UNTOLD])
def test_a_law_is_a_page_in_every_character_set(name):
    sent = (SENT | UNTOLD)[name]
    body = declared(sent, sent.words * 9).encode(sent.codec)
    found = judged(body, "html", content_type=header(sent, "text/html"))
    assert (found.outcome, found.format) == (Outcome.OK, "html")


@pytest.mark.parametrize("name", SENT)
def test_a_list_in_json_that_stops_short_is_broken_in_every_character_set(name):
    sent = SENT[name]
    body = f'{{"words": "{sent.words}", "more": ['.encode(sent.codec)
    found = judged(body, "json", content_type=header(sent, "application/json"))
    assert found.outcome is Outcome.BROKEN


@pytest.mark.parametrize("name", SENT)
def test_a_page_without_its_end_is_known_in_every_character_set(name, now):
    sent = SENT[name]
    whole = declared(sent, sent.words)
    cut = whole.removesuffix("</body></html>")
    for text, short in ((whole, False), (cut, True)):
        page = Page(
            url=URL,
            final_url=URL,
            outcome=Outcome.OK,
            headers=(("content-type", header(sent, "text/html")),),
            body=text.encode(sent.codec),
            fetched_at=now(),
        )
        assert html_stops_short(page.utf8()) == short
        assert lost_its_end(page.body) == short


def book(pages):
    file = io.BytesIO()
    items = "".join(
        f'<item id="p{n}" href="{n}.html" media-type="application/xhtml+xml"/>'
        for n in range(len(pages))
    )
    spine = "".join(f'<itemref idref="p{n}"/>' for n in range(len(pages)))
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "META-INF/container.xml", '<container><rootfile full-path="a.opf"/></container>'
        )
        archive.writestr(
            "a.opf",
            '<?xml version="1.0" encoding="utf-16"?>'
            f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for number, page in enumerate(pages):
            archive.writestr(f"{number}.html", page)
    return file.getvalue()


@pytest.mark.parametrize("name", UNPACKED)
@pytest.mark.parametrize("well_formed", [True, False])
def test_the_documents_of_an_epub_are_read_in_their_own_character_set(name, well_formed):
    sent = SENT[name]
    own = f'<?xml version="1.0" encoding="{sent.own}"?>' if sent.own else ""
    end = "</p></body></html>" if well_formed else ""
    page = f"{own}<html><head><title/></head><body><p>{sent.words}{end}".encode(sent.codec)
    merged = merge_epub(book([page, b"<html><body>end</body></html>"]), 100_000).decode()
    assert sent.words in merged


@pytest.mark.parametrize("name", SENT)
def test_an_interface_s_json_is_read_in_every_character_set(name, now):
    sent = SENT[name]
    page = Page(
        url=URL,
        final_url=URL,
        outcome=Outcome.OK,
        headers=(("content-type", header(sent._replace(header=told(sent)), "application/json")),),
        body=json.dumps({"act": sent.words}, ensure_ascii=False).encode(sent.codec),
        fetched_at=now(),
    )
    assert parsed(page) == {"act": sent.words}


def told(sent):
    """The header of a form that cannot declare anything itself."""
    return sent.header if sent.header == "tis-620" else sent.own or sent.header


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_the_rules_for_robots_are_obeyed_in_every_character_set(fetch, hosts, codec):
    rules = "User-agent: *\r\nDisallow: /acts/\r\n# Žádné listiny – пусто\r\n"
    hosts.put(ROBOTS, rules.encode(codec), Content_Type="text/plain; charset=iso-8859-1")
    hosts.put("law.example.gov/acts/doc")
    assert fetch(URL).outcome is Outcome.ROBOTS
