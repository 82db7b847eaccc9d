"""Every way in which a host can fail has a name, and each is met here over a real socket."""

import gzip
import socket
import zlib

import pytest

from regstatus.model.words import Format, Outcome

URL = "http://law.example.gov/doc"
PLACE = "law.example.gov/doc"


def test_a_good_page_comes_with_its_bytes_and_where_they_came_from(fetch, hosts, now):
    hosts.put(PLACE, ETag='"a1"')
    page = fetch(URL, format=Format.HTML)
    assert (page.outcome, page.problem, page.status) == (Outcome.OK, None, 200)
    assert page.body == hosts.law
    assert page.url == page.final_url == URL
    assert page.via == f"{hosts.base}/doc"
    assert page.header("etag") == '"a1"'
    assert page.format is Format.HTML
    assert page.fetched_at == now()
    assert page.attempts == 1


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (204, Outcome.EMPTY),
        (206, Outcome.BROKEN),
        (300, Outcome.HTTP_ERROR),
        (400, Outcome.HTTP_ERROR),
        (401, Outcome.BLOCKED),
        (403, Outcome.BLOCKED),
        (404, Outcome.GONE),
        (410, Outcome.GONE),
        (418, Outcome.HTTP_ERROR),
        (451, Outcome.BLOCKED),
        (501, Outcome.SERVER_ERROR),
    ],
)
def test_a_status_that_cannot_pass_is_named_at_once(fetch, hosts, settings, status, outcome):
    hosts.put(PLACE, b"" if status == 204 else b"sorry", status)
    page = fetch(URL, settings(obey_robots=False))
    assert page.outcome is outcome
    assert str(status) in page.problem
    assert page.body == b""
    assert len(hosts.paths("law.example.gov")) == page.attempts


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (202, Outcome.SERVER_ERROR),
        (408, Outcome.TIMEOUT),
        (429, Outcome.RATE_LIMITED),
        (500, Outcome.SERVER_ERROR),
        (502, Outcome.SERVER_ERROR),
        (503, Outcome.SERVER_ERROR),
        (504, Outcome.SERVER_ERROR),
    ],
)
def test_a_status_that_may_pass_is_retried_and_then_named(fetch, hosts, settings, status, outcome):
    hosts.put(PLACE, b"sorry", status)
    page = fetch(URL, settings(retries=2))
    assert page.outcome is outcome
    assert page.status == status
    assert page.attempts == 3
    assert hosts.paths("law.example.gov") == ["/robots.txt", "/doc", "/doc", "/doc"]


def test_a_failure_that_passes_ends_in_the_document(fetch, hosts):
    hosts.put(PLACE, b"busy", 503)
    busy = hosts.answers["law.example.gov", "/doc"]
    hosts.put(PLACE)
    good = hosts.answers["law.example.gov", "/doc"]
    hosts.answers["law.example.gov", "/doc"] = [busy, busy, good]
    page = fetch(URL)
    assert page.outcome is Outcome.OK
    assert page.attempts == 3


def test_an_empty_body_is_empty(fetch, hosts):
    hosts.put(PLACE, b"")
    assert fetch(URL).outcome is Outcome.EMPTY


def test_a_body_below_the_least_size_is_empty(fetch, hosts):
    hosts.put(PLACE)
    assert fetch(URL, min_bytes=10**6).outcome is Outcome.EMPTY


def test_a_captcha_with_status_200_is_blocked_and_not_retried(fetch, hosts):
    hosts.put(
        PLACE,
        b"<html><head><title>Just a moment...</title></head>"
        b"<body><script>window._cf_chl_opt={}</script></body></html>",
    )
    page = fetch(URL, format=Format.HTML)
    assert page.outcome is Outcome.BLOCKED
    assert "Cloudflare" in page.problem
    assert page.attempts == 1


def test_a_challenge_with_status_503_is_blocked_and_not_retried(fetch, hosts):
    hosts.put(PLACE, b"<title>Just a moment...</title>", 503)
    page = fetch(URL)
    assert (page.outcome, page.attempts) == (Outcome.BLOCKED, 1)


def test_a_maintenance_page_with_status_500_is_maintenance(fetch, hosts):
    hosts.put(PLACE, b"<html><title>Website Maintenance</title><h1>Back soon</h1></html>", 500)
    page = fetch(URL)
    assert (page.outcome, page.attempts) == (Outcome.MAINTENANCE, 1)


def test_a_page_where_a_pdf_should_be_is_of_the_wrong_type(fetch, hosts):
    hosts.put(PLACE)
    page = fetch(URL, format=Format.PDF)
    assert page.outcome is Outcome.WRONG_TYPE
    assert "PDF" in page.problem


def test_a_declared_length_over_the_limit_is_too_large(fetch, hosts, settings):
    hosts.put(PLACE)
    page = fetch(URL, settings(max_bytes=100))
    assert (page.outcome, page.attempts) == (Outcome.TOO_LARGE, 1)


def test_a_body_that_grows_over_the_limit_is_too_large(fetch, hosts, settings):
    sent = []

    def pour(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        try:
            for _ in range(10_000):
                handler.wfile.write(b"x" * 65_536)
                sent.append(65_536)
        finally:
            handler.close_connection = True

    hosts.play(PLACE, pour)
    page = fetch(URL, settings(max_bytes=500_000))
    assert page.outcome is Outcome.TOO_LARGE
    assert sum(sent) < 100_000_000  # hung up long before the end


def test_a_gzip_bomb_is_too_large(fetch, hosts, settings):
    bomb = gzip.compress(b"\0" * 50_000_000)
    hosts.put(PLACE, bomb, Content_Encoding="gzip")
    page = fetch(URL, settings(max_bytes=1_000_000))
    assert len(bomb) < 1_000_000
    assert (page.outcome, page.attempts) == (Outcome.TOO_LARGE, 1)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "bare deflate"])
def test_compressed_pages_are_read(fetch, hosts, coding):
    squeeze = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(hosts.law),
        "deflate": zlib.compress(hosts.law),
        "bare deflate": squeeze.compress(hosts.law) + squeeze.flush(),
    }[coding]
    hosts.put(PLACE, packed, Content_Encoding=coding.split()[-1])
    assert fetch(URL).body == hosts.law


def test_truncated_gzip_is_broken_after_retries(fetch, hosts, settings):
    hosts.put(PLACE, gzip.compress(hosts.law)[:-12], Content_Encoding="gzip")
    page = fetch(URL, settings(retries=1))
    assert (page.outcome, page.attempts) == (Outcome.BROKEN, 2)
    assert "before the end" in page.problem


def test_a_coding_that_was_not_asked_for_is_broken(fetch, hosts, settings):
    hosts.put(PLACE, b"\x0b\x02\x80abc\x03", Content_Encoding="br")
    page = fetch(URL, settings(retries=0))
    assert page.outcome is Outcome.BROKEN
    assert "br" in page.problem


def test_a_body_shorter_than_promised_is_broken_after_retries(fetch, hosts, settings):
    def stop_short(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<html>only this")
        handler.close_connection = True

    hosts.play(PLACE, stop_short)
    page = fetch(URL, settings(retries=1))
    assert (page.outcome, page.attempts) == (Outcome.BROKEN, 2)


@pytest.mark.parametrize(
    "spell", [bytes, lambda page: page.replace(b"<html", b"<HTML"), lambda page: page + b"</body>",
              lambda page: b"<!-- " + b"x" * 9000 + b" -->" + page],
)  # fmt: skip
def test_a_page_that_stops_short_without_saying_its_length_is_broken(fetch, hosts, settings, spell):
    def stop_short(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n" + spell(hosts.law[:-14]))
        handler.close_connection = True

    hosts.play(PLACE, stop_short)
    assert fetch(URL, settings(retries=0)).outcome is Outcome.BROKEN


def test_a_page_that_ends_well_without_saying_its_length_is_read(fetch, hosts, settings):
    def end_well(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n" + hosts.law)
        handler.close_connection = True

    hosts.play(PLACE, end_well)
    assert fetch(URL, settings(retries=0)).body == hosts.law


def test_a_connection_cut_in_the_middle_is_broken(fetch, hosts, settings):
    def cut(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n<html>")
        handler.wfile.flush()
        hosts.reset(handler)

    hosts.play(PLACE, cut)
    assert fetch(URL, settings(retries=0)).outcome in {Outcome.BROKEN, Outcome.REFUSED}


def test_an_answer_that_is_not_http_is_broken(fetch, hosts, settings):
    def babble(handler):
        handler.wfile.write(b"\x00\x01 hello there, this is a mail server\r\n\r\n")
        handler.close_connection = True

    hosts.play(PLACE, babble)
    assert fetch(URL, settings(retries=0)).outcome is Outcome.BROKEN


def test_silence_is_a_timeout_after_retries(fetch, hosts, settings):
    hosts.play(PLACE, lambda handler: hosts.release.wait(30))
    page = fetch(URL, settings(read_timeout=0.2, retries=1, obey_robots=False))
    assert (page.outcome, page.attempts) == (Outcome.TIMEOUT, 2)


def test_a_slow_drip_meets_the_deadline_and_is_not_asked_again(fetch, hosts, settings):
    def drip(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
        while not hosts.release.wait(0.02):
            try:
                handler.wfile.write(b".")
            except OSError:
                return

    hosts.play(PLACE, drip)
    page = fetch(URL, settings(deadline=0.4, obey_robots=False))
    assert (page.outcome, page.attempts) == (Outcome.TIMEOUT, 1)
    assert "0.4 s" in page.problem


def test_a_reset_connection_is_refused_after_retries(fetch, hosts, settings):
    hosts.play(PLACE, hosts.reset)
    page = fetch(URL, settings(retries=1))
    assert (page.outcome, page.attempts) == (Outcome.REFUSED, 2)


def test_a_closed_port_is_refused(fetch, settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    how = settings(retries=0)
    how.routes["law.example.gov"] = f"http://127.0.0.1:{port}"
    page = fetch(URL, how)
    assert page.outcome is Outcome.REFUSED
    assert "refused" in page.problem


def test_a_name_that_does_not_exist_is_dns(fetch, settings, monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    page = fetch("https://no-such-host.example.gov/doc", settings())
    assert page.outcome is Outcome.DNS
    assert "no-such-host.example.gov" in page.problem
    assert page.attempts == 0  # not even robots.txt could be asked for


def test_a_certificate_that_nobody_vouches_for_is_tls(fetch, secure_hosts, settings):
    page = fetch("https://law.example.gov/doc", settings())
    assert page.outcome is Outcome.TLS
    assert "certificate" in page.problem
    assert secure_hosts.asked == []


def test_a_certificate_of_a_trusted_authority_is_accepted(
    fetch, secure_hosts, settings, certificate
):
    secure_hosts.put(PLACE)
    page = fetch("https://law.example.gov/doc", settings(ca_file=certificate[0]))
    assert page.outcome is Outcome.OK


def test_plain_http_on_a_secure_port_is_tls(fetch, hosts, settings):
    how = settings()
    how.routes["law.example.gov"] = hosts.base.replace("http://", "https://")
    page = fetch("https://law.example.gov/doc", how)
    assert page.outcome is Outcome.TLS


def test_an_unknown_adapter_is_skipped_with_the_names_of_the_others(fetch, hosts):
    page = fetch(URL, adapter="telepathy")
    assert page.outcome is Outcome.SKIPPED
    assert "federal_register" in page.problem
    assert hosts.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://law.example.gov/doc",
        "file:///etc/passwd",
        "law.example.gov/doc",
        "http://user:secret@law.example.gov/doc",
        "http://127.0.0.1/doc",
        "http://2130706433/doc",
        "http://[::ffff:10.0.0.1]/doc",
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost:8080/",
    ],
)
def test_an_address_that_must_not_be_asked_is_refused(fetch, hosts, url):
    page = fetch(url)
    assert page.outcome is Outcome.REFUSED
    assert "secret" not in page.problem
    assert hosts.asked == []


def test_what_a_host_says_is_shown_without_control_characters(fetch, hosts):
    hosts.put(PLACE, b"<title>Page not found \x1b[31m\x07 \xe2\x80\xae evil</title>" + b"x" * 300)
    page = fetch(URL)
    assert page.outcome is Outcome.GONE
    assert page.problem.isprintable()
    assert len(page.problem) <= 400
