"""Proxies of the environment: used where they are meant, named where they fail or make no sense."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from regstatus.base.errors import UsageError
from regstatus.fetch.environment import Proxies
from regstatus.fetch.post import deliver
from regstatus.fetch.settings import Settings
from regstatus.model.words import Outcome

URL = "http://law.example.gov/doc"
PROXY = "http://proxy.example.net:3128"
ONCE = Settings(delay=0, retries=0, read_timeout=5, deadline=20)


class Between:
    """A proxy on loopback that remembers what it was asked, and answers as a test says."""

    def __init__(self, answer):
        asked = self.asked = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                answer(self)

            do_CONNECT = do_GET  # noqa: N815

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *args: None
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def between():
    made = []

    def make(answer):
        made.append(Between(answer))
        return made[-1]

    yield make
    for one in made:
        one.server.shutdown()
        one.server.server_close()


def serve(handler, status=200, body=b""):
    handler.wfile.write(b"HTTP/1.0 %d X\r\nContent-Type: text/html\r\n\r\n" % status + body)


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
def test_a_host_is_asked_through_the_proxy_that_a_variable_names(
    fetch, hosts, between, no_proxies, name
):
    proxy = between(lambda handler: serve(handler, body=hosts.law))
    # A value without a scheme, and with spaces around it, is understood.
    no_proxies.setenv(name, f" {proxy.base.removeprefix('http://')} ")
    assert fetch(URL, ONCE).outcome is Outcome.OK
    assert proxy.asked == ["http://law.example.gov/robots.txt", URL]


def test_what_lies_on_this_machine_is_asked_directly(fetch, hosts, no_proxies):
    hosts.put("law.example.gov/doc")
    no_proxies.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert fetch(URL).outcome is Outcome.OK


@pytest.mark.parametrize(
    ("answer", "outcome", "says"),
    [
        (lambda handler: serve(handler, 407), Outcome.REFUSED, "HTTPS_PROXY answers 407"),
        (lambda handler: serve(handler, 502), Outcome.REFUSED, "HTTPS_PROXY answers 502"),
        (lambda handler: handler.wfile.write(b"\x05\xff\r\n\r\n"), Outcome.ROBOTS, "not HTTP"),
        (lambda handler: handler.connection.close(), Outcome.ROBOTS, "reset the connection"),
    ],
)
def test_a_proxy_that_fails_is_named_and_the_run_goes_on(
    fetch, between, no_proxies, answer, outcome, says
):
    no_proxies.setenv("HTTPS_PROXY", between(answer).base)
    page = fetch("https://law.example.gov/doc", ONCE)
    assert page.outcome is outcome
    assert says in page.problem


@pytest.mark.parametrize("reason", ["Proxy Authentication Required", "Log in", ""])
def test_a_proxy_that_wants_a_login_is_told_from_a_host_that_refuses(
    fetch, hosts, between, no_proxies, reason
):
    proxy = between(lambda handler: (handler.send_response(407, reason), handler.end_headers()))
    with no_proxies.context() as within:
        within.setenv("HTTP_PROXY", proxy.base)
        page = fetch(URL, ONCE)
    assert page.outcome is Outcome.REFUSED
    assert page.problem.startswith(
        "law.example.gov was not asked: the proxy of HTTP_PROXY answers 407"
    )
    hosts.put("law.example.gov/doc", b"who are you?", 407)
    assert fetch(URL).outcome is Outcome.BLOCKED


@pytest.mark.parametrize(
    "answer",
    [
        lambda handler: handler.wfile.write(b"\x05\xff\r\n\r\n"),
        lambda handler: handler.connection.close(),
        lambda handler: handler.send_response_only(101) or handler.end_headers(),
        lambda handler: serve(handler, 200, b"no TLS at all"),
    ],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_whatever_breaks_behind_a_proxy_names_the_proxy_too(
    fetch, between, no_proxies, answer, scheme
):
    no_proxies.setenv("ALL_PROXY", between(answer).base.replace("http:", f"{scheme}:"))
    page = fetch("https://law.example.gov/doc", ONCE)
    assert page.problem.endswith(" by the proxy of ALL_PROXY.")


def test_a_proxy_that_cannot_be_reached_is_told_from_the_host(fetch, no_proxies):
    no_proxies.setenv("http_proxy", "http://127.0.0.1:9")
    page = fetch(URL, ONCE)
    assert page.outcome is Outcome.REFUSED
    assert page.problem == (
        "law.example.gov was not asked: the proxy of http_proxy cannot be reached."
    )


@pytest.mark.parametrize("name", ["HTTP_PROXY", "https_proxy", "ALL_PROXY"])
@pytest.mark.parametrize(
    "value",
    [
        "http://us3r:s3cret@proxy:abc", "http://proxy:99999", "http://", "socks4://127.0.0.1:1080",
        "ftp://proxy:21", '"http://proxy:80"', "http://pro xy:80", "http://[::1", "proxy:0",
        "http://ü..x:80",
    ],
)  # fmt: skip
def test_a_value_that_names_no_proxy_is_told_by_its_variable(fetch, no_proxies, name, value):
    no_proxies.setenv(name, value)
    with pytest.raises(UsageError, match=rf"^{name} names no proxy .*write it as http") as told:
        fetch(URL, ONCE)
    assert "\n" not in str(told.value)
    assert "s3cret" not in str(told.value)
    problem = deliver("https://hooks.example.org/x", b"", dict, ONCE, now=lambda: None)
    assert problem.startswith(f"{name} names no proxy")


def test_a_socks_proxy_without_its_library_is_told_with_the_command_that_installs_it(no_proxies):
    def missing(url):
        raise ImportError(url)

    no_proxies.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")
    with pytest.raises(UsageError, match=r"ALL_PROXY .*pip install 'httpx"):
        Proxies({"all": "socks5://127.0.0.1:1080"}, usable=missing)


@pytest.mark.parametrize(
    ("past", "url", "direct"),
    [
        ("*", URL, True),
        ("a.example, *", URL, True),
        ("example.gov", URL, True),
        (".example.gov", URL, True),
        ("*.example.gov", URL, True),
        ("EXAMPLE.gov.", URL, True),
        ("http://law.example.gov/", URL, True),
        ("law.example.gov:80", URL, True),
        ("law.example.gov:8080", URL, False),
        ("ample.gov", URL, False),
        ("www.law.example.gov", URL, False),
        ("10.0.0.0/8", "http://10.1.2.3/hook", True),
        ("10.0.0.0/8", "http://11.1.2.3/hook", False),
        ("10.1.2.3:9000", "http://10.1.2.3:9000/hook", True),
        ("fe80::/10 fd00::/8", "http://[fd00::5]/hook", True),
        ("[fd00::5]", "http://[fd00::5]/hook", True),
        ("[fd00::5]:81", "http://[fd00::5]/hook", False),
        ("", URL, False),
        (" , ,,", URL, False),
        ("[::1", URL, False),
        ("http://[", URL, False),
        ("law.example.gov:port", URL, False),
        ("10.0.0.0/99", "http://10.1.2.3/hook", False),
        ("exämple.gov", URL, False),
    ],
)
def test_no_proxy_covers_names_addresses_networks_and_ports_and_its_slips_cover_nothing(
    past, url, direct
):
    proxies = Proxies({"all": PROXY, "no": past}, usable=str)
    assert (proxies.of(url) is None) is direct


def test_where_no_proxy_covers_everything_no_other_value_is_looked_at(fetch, hosts, no_proxies):
    hosts.put("law.example.gov/doc")
    no_proxies.setenv("ALL_PROXY", "socks4://nowhere:port")
    no_proxies.setenv("NO_PROXY", "localhost,*")
    assert fetch(URL).outcome is Outcome.OK
