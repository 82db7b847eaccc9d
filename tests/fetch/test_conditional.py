import pytest

from regstatus.model.request import Validators
from regstatus.model.words import Outcome
from tests.fetch.conftest import Hosts

URL = "http://law.example.gov/doc"
PLACE = "law.example.gov/doc"
PAST = "Mon, 01 Jun 2026 10:00:00 GMT"


def last_headers(hosts):
    return hosts.headers[-1]


def test_validators_are_sent_and_304_is_unchanged(fetch, hosts):
    hosts.put(PLACE, b"", 304, Content_Length=None, ETag='"a1"')
    held = Validators(etag='"a1"', last_modified="Mon, 01 Jun 2026 10:00:00 GMT")
    page = fetch(URL, validators=held)
    assert (page.outcome, page.problem, page.body) == (Outcome.UNCHANGED, None, b"")
    assert last_headers(hosts)["If-None-Match"] == '"a1"'
    assert last_headers(hosts)["If-Modified-Since"] == "Mon, 01 Jun 2026 10:00:00 GMT"


def test_a_304_that_nobody_asked_for_proves_nothing(fetch, hosts):
    hosts.put(PLACE, b"", 304, Content_Length=None)
    page = fetch(URL)
    assert page.outcome is Outcome.HTTP_ERROR
    assert "304" in page.problem


def test_validators_of_another_address_are_not_sent(fetch, hosts):
    hosts.put(PLACE, b"", 302, Location="/doc-2027.html")
    hosts.put("law.example.gov/doc-2027.html", b"", 304, Content_Length=None)
    held = Validators(url="http://law.example.gov/doc-2026.html", etag='"a1"')
    page = fetch(URL, validators=held)
    assert page.outcome is Outcome.HTTP_ERROR  # not `unchanged`: it is another document
    assert not any("If-None-Match" in headers for headers in hosts.headers)


def test_validators_follow_a_redirect_to_the_address_that_gave_them(fetch, hosts):
    hosts.put(PLACE, b"", 302, Location="/real")
    hosts.put("law.example.gov/real", b"", 304, Content_Length=None)
    held = Validators(url="http://law.example.gov/real", etag='"a1"')
    assert fetch(URL, validators=held).outcome is Outcome.UNCHANGED


def test_a_page_gives_the_validators_for_next_time(fetch, hosts):
    hosts.put(
        PLACE,
        ETag='W/"b"',
        Last_Modified="Mon, 01 Jun 2026 10:00:00 GMT",
        Date="Sun, 22 Nov 2026 12:00:00 GMT",
    )
    expected = Validators(url=URL, etag='W/"b"', last_modified="Mon, 01 Jun 2026 10:00:00 GMT")
    assert Validators.of(fetch(URL)) == expected


def test_a_page_made_on_the_fly_gives_no_date_to_trust(fetch, hosts):
    # The stdlib server sends its own Date first; a Last-Modified in the future of it is fresher.
    hosts.put(PLACE, Last_Modified="Fri, 01 Jan 2100 10:00:00 GMT")
    assert Validators.of(fetch(URL)) is None


def test_a_page_without_validators_gives_none(fetch, hosts):
    hosts.put(PLACE)
    assert Validators.of(fetch(URL)) is None


def test_a_date_that_is_no_date_is_left_out(fetch, hosts):
    hosts.put(PLACE, Last_Modified="last Tuesday")
    assert Validators.of(fetch(URL)) is None


FITS_ANY = ["*", "W/*", '""', 'W/""', '"a", "b"', '"a", *', "a,b", 'W/"a", W/"b"']
"""What a host would find again in whatever it holds (RFC 9110, 13.1.2), or names nothing."""


@pytest.mark.parametrize("tag", FITS_ANY)
def test_a_tag_that_would_fit_any_text_is_never_sent_back(fetch, hosts, tag):
    hosts.put(PLACE, ETag=tag)
    assert Validators.of(fetch(URL)) is None
    hosts.put(PLACE, b"", 304, Content_Length=None)
    # A ledger of an earlier release may hold it.
    assert fetch(URL, validators=Validators(etag=tag)).outcome is Outcome.HTTP_ERROR
    assert "If-None-Match" not in last_headers(hosts)


@pytest.mark.parametrize("tag", ['"a"', 'W/"a"', "a-1:0", '"a,b"', '"*"', 'W/"1 2"'])
def test_a_tag_that_names_one_text_is_sent_back_as_it_came(fetch, hosts, tag):
    hosts.put(PLACE, ETag=tag)
    page = fetch(URL, validators=Validators.of(fetch(URL)))
    assert page.outcome is Outcome.OK
    assert last_headers(hosts)["If-None-Match"] == tag


def vouching(tag):
    """A host that says «not modified», and of which text, to whoever asks with a condition."""

    def answer(handler):
        asked = {*handler.headers} & {"If-None-Match", "If-Modified-Since"}
        handler.send_response(304 if asked else 200)
        handler.send_header("Content-Length", "0" if asked else str(len(Hosts.law)))
        handler.send_header("Content-Type", "text/html")
        if tag:
            handler.send_header("ETag", tag)
        handler.end_headers()
        if not asked:
            handler.wfile.write(Hosts.law)

    return answer


@pytest.mark.parametrize("tag", ['"b"', 'W/"b"', "b", '"A"', '"a-2"', '"a", "b"', "*"])
def test_not_modified_of_another_text_brings_that_text_whole(fetch, hosts, tag):
    hosts.play(PLACE, vouching(tag))
    page = fetch(URL, validators=Validators(etag='"a"', last_modified=PAST))
    assert (page.outcome, page.body) == (Outcome.OK, hosts.law)


@pytest.mark.parametrize("tag", [None, '"a"', 'W/"a"', "a", '"a-gzip"', 'W/"a;gzip"', '"a-br"'])
@pytest.mark.parametrize("held", ['"a"', 'W/"a"', '"a-gzip"'])
def test_not_modified_of_the_same_text_is_believed_however_it_was_packed(fetch, hosts, tag, held):
    hosts.play(PLACE, vouching(tag))
    assert fetch(URL, validators=Validators(etag=held)).outcome is Outcome.UNCHANGED


def test_where_only_a_date_was_asked_about_a_tag_of_the_answer_is_no_doubt(fetch, hosts):
    hosts.play(PLACE, vouching('"b"'))
    assert fetch(URL, validators=Validators(last_modified=PAST)).outcome is Outcome.UNCHANGED
