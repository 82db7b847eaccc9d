"""A private host gets no byte: by whatever name, through whatever setting, and not even for robots.txt."""

import socket

import pytest

from regstatus.base.address import is_private
from regstatus.fetch.fetcher import fetch_many
from regstatus.fetch.post import deliver
from regstatus.fetch.settings import Settings
from regstatus.model.request import Request
from regstatus.model.words import Outcome

NO_PROXY = ["", "localhost", "*", "fe80::/10,[::1]", "inside.example.gov, .example.gov"]


@pytest.fixture
def lying(monkeypatch, hosts):
    """A resolver that leads every name under example.gov to the host on loopback."""
    real = socket.getaddrinfo

    def leads(host, *args, **kwargs):
        name = host.decode() if isinstance(host, bytes) else host
        return real("127.0.0.1" if name.endswith("example.gov") else host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", leads)
    return hosts.server.server_port


@pytest.mark.parametrize("past", NO_PROXY)
def test_a_public_name_of_a_private_address_gets_no_byte(fetch, hosts, lying, no_proxies, past):
    no_proxies.setenv("NO_PROXY", past)
    page = fetch(f"http://inside.example.gov:{lying}/doc", Settings(delay=0, retries=0))
    assert page.outcome is Outcome.REFUSED
    assert "inside.example.gov resolves to the private address 127.0.0.1" in page.problem
    assert hosts.asked == []


@pytest.mark.parametrize("past", ["inside.example.gov", ".example.gov:{port}", "*.gov"])
def test_what_no_proxy_names_is_guarded_though_there_is_a_proxy(
    fetch, hosts, lying, no_proxies, past
):
    no_proxies.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    no_proxies.setenv("NO_PROXY", past.format(port=lying))
    page = fetch(f"http://inside.example.gov:{lying}/doc", Settings(delay=0, retries=0))
    assert "private address" in page.problem
    assert hosts.asked == []


@pytest.mark.parametrize("where", ["robots.txt", "a redirect", "a link", "a copy"])
def test_nothing_leads_inside_from_a_host_that_may_be_asked(
    hosts, lying, no_proxies, settings, now, where
):
    inside = f"http://inside.example.gov:{lying}"
    hosts.put(f"inside.example.gov:{lying}/doc")
    link = f'<p>See <a href="{inside}/doc">the act</a>.</p></body>'.encode()
    hosts.put("law.example.gov/doc", hosts.law.replace(b"</body>", link))
    if where == "robots.txt":
        hosts.put("law.example.gov/robots.txt", b"", 301, Location=f"{inside}/robots.txt")
    if where == "a redirect":
        hosts.put("law.example.gov/doc", b"", 302, Location=f"{inside}/doc")
    request = Request(
        key="a",
        url=f"{inside}/doc" if where == "a copy" else "http://law.example.gov/doc",
        adapter="link" if where == "a link" else "page",
        params={"link": "act"},
        allowed_hosts=("inside.example.gov",),
    )
    ((_, page),) = fetch_many([request], settings(retries=0), now=now)
    assert page.outcome is not Outcome.OK
    assert "private address" in page.problem or where == "robots.txt"
    assert not [host for host, _ in hosts.asked if host.startswith("inside")]


def test_a_route_of_the_user_opens_its_host_for_itself_alone(hosts, lying, no_proxies, now):
    hosts.put("law.example.gov/doc")
    hosts.put(f"mirror.example.gov:{lying}/doc")
    how = Settings(
        delay=0,
        retries=0,
        obey_robots=False,
        routes={"law.example.gov": f"http://mirror.example.gov:{lying}"},
    )
    requests = [
        Request(key="routed", url="http://law.example.gov/doc"),
        Request(key="direct", url=f"http://mirror.example.gov:{lying}/doc"),
    ]
    pages = {request.key: page for request, page in fetch_many(requests, how, now=now)}
    assert pages["routed"].outcome is Outcome.OK
    assert pages["direct"].outcome is Outcome.REFUSED


@pytest.mark.parametrize("past", NO_PROXY)
def test_a_message_goes_to_no_private_address_whatever_no_proxy_says(
    hosts, lying, no_proxies, now, past
):
    no_proxies.setenv("no_proxy", past)
    url = f"http://hooks.example.gov:{lying}/x"
    problem = deliver(url, b"{}", dict, Settings(retries=0), now=now)
    assert "private address" in problem
    assert hosts.asked == []


@pytest.mark.parametrize(
    "host",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.9.9.9", "168.63.129.16",
        "169.254.169.254", "172.16.0.1", "192.0.0.192", "192.168.1.1", "198.18.0.1", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "127.1", "2130706433", "0x7f.1",
        "::", "::1", "::127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:7f00:1::1", "fc00::1",
        "fd00:ec2::254", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_no_private_address_is_public_in_any_spelling(host):
    assert is_private(host)


@pytest.mark.parametrize(
    "host", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8", "law.example.gov"]
)
def test_a_public_address_is_public_also_where_there_is_no_ipv4(host):
    assert not is_private(host)
