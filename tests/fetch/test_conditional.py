from regstatus.fetch import Validators
from regstatus.model.words import Outcome

URL = "http://law.example.gov/doc"
PLACE = "law.example.gov/doc"


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
