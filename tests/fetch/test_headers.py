"""Whatever stands in the headers of an answer, its document is read or fails by name, run after run."""

import gzip
import zlib

import pytest

from regstatus.fetch.fetcher import fetch_many
from regstatus.model.request import Request, Validators
from regstatus.model.words import Outcome

URL = "http://law.example.gov/doc"
PLACE = "law.example.gov/doc"
SENT = "Sun, 22 Nov 2026 12:00:00 GMT"
FAR = "9" * 40


def say(hosts, *lines, body=None, status="HTTP/1.1 200 OK", place=PLACE):
    """Answer with these very bytes as header lines."""
    body = hosts.law if body is None else body

    def raw(handler):
        length = b"Content-Length: %d" % len(body)
        handler.wfile.write(b"\r\n".join([status.encode(), length, *lines, b"", body]))

    hosts.play(place, raw)


@pytest.mark.parametrize(
    "tag",
    [
        'W/"é"'.encode(), 'W/"é"'.encode("latin-1"), '"日本"'.encode(), b'"\xff\xfe"', b"", b'"',
        b'""', b"W/", b'"a b"', b"no-quotes", b'"' + b"x" * 20_000 + b'"',
    ],
)  # fmt: skip
def test_a_document_is_read_again_whatever_tag_it_carries(fetch, hosts, tag):
    say(hosts, b"ETag: " + tag)
    held = Validators.of(fetch(URL))
    again = fetch(URL, validators=held)
    assert (again.outcome, again.body) == (Outcome.OK, hosts.law)
    sent = hosts.headers[-1].get("If-None-Match")
    assert sent in {None, tag.decode("latin-1")}
    assert (sent is None) is (held is None)


@pytest.mark.parametrize("tag", ['W/"ü"', '"a\nb"', '"a\x00"', '"' + "x" * 5000 + '"'])
def test_a_tag_kept_by_an_earlier_version_is_left_out_where_it_cannot_be_sent(fetch, hosts, tag):
    hosts.put(PLACE)
    page = fetch(URL, validators=Validators(etag=tag, last_modified=SENT))
    assert page.outcome is Outcome.OK
    assert "If-None-Match" not in hosts.headers[-1]
    assert hosts.headers[-1]["If-Modified-Since"] == SENT


@pytest.mark.parametrize(
    "date",
    [
        "Mon, 01 Jan 10000 00:00:00 GMT", "Mon, 01 Jan 0000 00:00:00 GMT", f"Mon, 01 Jan {FAR} 00:00:00 GMT",
        f"Mon, 01 Jan 2020 00:00:00 +{FAR}", "Fri, 31 Dec 9999 23:59:59 -0100", "Mon, 32 Foo 2020",
        "0", "-1", "Möntag", "Mon, 01 Jan 2020 00:00:00 -0000",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["Last-Modified", "Date", "Expires", "Memento-Datetime"])
def test_a_date_that_makes_no_sense_does_no_harm(fetch, hosts, name, date):
    say(hosts, f"{name}: {date}".encode(), b"Last-Modified: Mon, 01 Jun 2026 10:00:00 GMT")
    page = fetch(URL)
    assert page.outcome is Outcome.OK
    assert fetch(URL, validators=Validators.of(page)).outcome is Outcome.OK


@pytest.mark.parametrize(
    "wait",
    ["-5", "soon", "1.5", FAR, "٣", "", "Fri, 31 Dec 9999 23:59:59 GMT", f"Mon, 01 Jan {FAR} 00:00:00"],
)  # fmt: skip
def test_a_wait_that_makes_no_sense_is_a_named_failure(fetch, hosts, settings, clock, wait):
    early = b"Date: Mon, 01 Jan 0101 00:00:00 GMT"
    say(hosts, b"Retry-After: " + wait.encode(), early, status="HTTP/1.1 429 Slow down")
    how = settings(retries=1, sleep=clock.sleep, monotonic=clock.monotonic)
    assert fetch(URL, how).outcome is Outcome.RATE_LIMITED


PLAIN = ["UTF-8", "none", "binary", "8bit", "aws-chunked", "text/html", "null",
         "none, UTF-8", "identity, UTF-8", "identity", "", ", ,", "gzip;q=1.0", "ütf"]  # fmt: skip


@pytest.mark.parametrize("coding", PLAIN)
def test_a_plain_body_is_read_where_what_it_claims_is_no_coding(fetch, hosts, coding):
    say(hosts, b"Content-Encoding: " + coding.encode())
    assert fetch(URL).body == hosts.law


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip, gzip", lambda body: gzip.compress(gzip.compress(body))),
        ("deflate, gzip", lambda body: gzip.compress(zlib.compress(body))),
        ("gzip, identity", gzip.compress),
        ("UTF-8, x-gzip", gzip.compress),
        ("GZIP", gzip.compress),
    ],
)
def test_codings_on_top_of_one_another_are_undone_in_order(fetch, hosts, coding, pack):
    hosts.put(PLACE, pack(hosts.law), Content_Encoding=coding)
    assert fetch(URL).body == hosts.law


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("UTF-8", b"\x0b\x02\x80abc\x03" * 99),
        ("none", gzip.compress(b"law " * 500, mtime=0)),
        ("br", b"<html>though it looks plain</html>"),
        ("zstd", b"\x28\xb5\x2f\xfd" * 200),
        (", ".join(["gzip"] * 99), b"<html>law</html>"),
        ("br, gzip", gzip.compress(b"\x0b\x02\x80abc\x03", mtime=0)),
        ("gzip", b"\xde\xad\xbe\xef" * 200),
        ("gzip", b"<html>plain, though it says so</html>"),
        ("x-gzip", b"plain, though it says so"),
        ("deflate", b"<html>plain, though it says so</html>"),
        ("gzip, gzip", gzip.compress(b"<html>packed but once</html>", mtime=0)),
    ],
)
def test_a_body_that_is_packed_in_another_way_is_broken(fetch, hosts, settings, coding, body):
    hosts.put(PLACE, body, Content_Encoding=coding)
    page = fetch(URL, settings(retries=0))
    assert page.outcome is Outcome.BROKEN
    assert page.problem.startswith("The answer of 127.0.0.1 cannot be decoded")


def test_a_bomb_within_a_bomb_is_too_large(fetch, hosts, settings):
    bomb = gzip.compress(gzip.compress(b"\0" * 30_000_000))
    hosts.put(PLACE, bomb, Content_Encoding="gzip, gzip")
    assert fetch(URL, settings(max_bytes=1_000_000)).outcome is Outcome.TOO_LARGE


CHARSETS = [
    "undefined", "null", "none", "utf8mb4", "", '"', "'utf-8", '"utf-8"', "rot13", "hex", "zip",
    "base64", "bz2", "quopri", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "utf-7",
    "mbcs", "oem", "cp037", "cp500", "utf-16", "utf-32", "ucs-2", "aliases", "ü", "x" * 30_000,
]  # fmt: skip


@pytest.mark.parametrize("label", CHARSETS)
def test_a_page_is_judged_whatever_charset_its_header_names(fetch, hosts, label):
    say(hosts, f"Content-Type: text/html; charset={label}".encode())
    page = fetch(URL)
    assert (page.outcome, page.problem) == (Outcome.OK, None)


@pytest.mark.parametrize("label", CHARSETS[:-1])
@pytest.mark.parametrize(
    "declaration", ['<meta charset="{}">', '<?xml version="1.0" encoding="{}"?>']
)
def test_a_page_is_judged_whatever_charset_it_names_itself(fetch, hosts, declaration, label):
    body = declaration.format(label).encode() + hosts.law.replace(b"kratom", b"krat\xf3m")
    hosts.put(PLACE, body)
    assert fetch(URL).outcome is Outcome.OK


@pytest.mark.parametrize(
    "lines",
    [
        [b'Set-Cookie: a="\xc3\xa9"; Path=/'],
        [b"Set-Cookie: k%d=%s" % (n, b"v" * 50) for n in range(500)],
        [b"Set-Cookie: \xff\xfe", b"Set-Cookie: =;;;=", b'Set-Cookie: a="b', b"Set-Cookie:"],
    ],
)  # fmt: skip
def test_cookies_of_any_form_hinder_no_redirect(fetch, hosts, lines):
    say(hosts, b"Location: /next", *lines, body=b"", status="HTTP/1.1 302 Found")
    hosts.put("law.example.gov/next")
    assert fetch(URL).outcome is Outcome.OK


@pytest.mark.parametrize(
    "location",
    [
        b"http://[", b"http://law.example.gov:port/", b"http://law.example.gov:99999/", b"\xff\xfe",
        b"//", b"http://", b"http:///x", b"?" + b"x" * 5000, "/ärger\u2028".encode(), b"mailto:a@b",
        b"http://\xe2\x98\x83..gov/", b"/\x01",
    ],
)  # fmt: skip
def test_a_redirect_to_nonsense_is_a_named_failure(fetch, hosts, settings, location):
    say(hosts, b"Location: " + location, body=b"", status="HTTP/1.1 302 Found")
    page = fetch(URL, settings(retries=0))
    assert page.outcome not in {Outcome.OK, Outcome.UNCHANGED}
    assert page.problem
    assert "fault of regstatus" not in page.problem


@pytest.mark.parametrize(
    "status",
    [
        "HTTP/1.1 200", "HTTP/1.1 200 ", "HTTP/1.0 200 OK", "HTTP/1.1 200 \xe9\xff",
        "HTTP/1.1 999 Odd", "HTTP/1.1 600 Odd", "HTTP/1.1 099 Odd", "HTTP/1.1 2000 OK", "ICY 200 OK",
        "HTTP/9.9 200 OK", "HTTP/1.1 abc OK", "HTTP/1.1  200 OK", "200 OK", "HTTP/1.1 -1 OK",
    ],
)  # fmt: skip
def test_a_status_line_of_any_form_is_read_or_a_named_failure(fetch, hosts, settings, status):
    say(hosts, b"Content-Type: text/html", status=status)
    page = fetch(URL, settings(retries=0))
    assert (page.outcome is Outcome.OK) is (page.status == 200)
    assert "fault of regstatus" not in (page.problem or "")


@pytest.mark.parametrize(
    "lines",
    [
        [b"Content-Type: text/html", b"Content-Type: image/png"],
        [b"Content-Type:"],
        [b"Content-Type: \xff\xfe/\xe9; charset=\xe9"],
        [b"Content-Type: text/html;;;charset==;=" + b";a=b" * 5000],
        [b"X-Folded: a", b"  b", b"\tc"],
        [b"X-Latin: \xe9\xff", b"X-Utf8: \xc3\xa9"],
        [b"X-%d: %d" % (n, n) for n in range(1000)],
        [b'ETag: "a"', b'ETag: "b"', b"Last-Modified: x", b"Last-Modified: y"],
    ],
)  # fmt: skip
def test_headers_of_any_form_leave_the_document_readable(fetch, hosts, lines):
    say(hosts, *lines)
    page = fetch(URL)
    assert page.outcome is Outcome.OK
    assert fetch(URL, validators=Validators.of(page)).outcome is Outcome.OK


@pytest.mark.parametrize(
    "line", [b"No colon here", b"X-Nul: a\x00b", b"Content-Length: x", b"X-Long: " + b"x" * 300_000]
)
def test_headers_that_are_none_are_a_named_failure_of_their_document_alone(
    hosts, settings, now, line
):
    say(hosts, line)
    hosts.put("law.example.gov/other")
    requests = [Request(key=key, url=f"http://law.example.gov/{key}") for key in ("doc", "other")]
    pages = {r.key: page for r, page in fetch_many(requests, settings(retries=0), now=now)}
    assert pages["doc"].outcome is Outcome.BROKEN
    assert pages["other"].outcome is Outcome.OK


def test_a_key_that_no_header_can_carry_is_told_without_the_key(fetch, hosts, settings):
    how = settings(env={"KEY": "sécret\nvalue-of-some-length"})
    page = fetch(URL, how, params={"key_env": "KEY"})
    assert page.outcome is Outcome.HTTP_ERROR
    assert "header" in page.problem
    assert "cret" not in page.problem
    assert PLACE not in {f"{host}{path}" for host, path in hosts.asked}
