"""What the doctor finds at misbehaving hosts: each cause told from the others, and new addresses proposed."""

import gc
import gzip
import socket
import ssl
from datetime import timedelta

import pytest

from regstatus.fetch.settings import Settings
from regstatus.model.words import Outcome
from regstatus.pipeline import diagnosis, machine
from regstatus.pipeline.diagnosis import CAUSES, check_up
from regstatus.pipeline.new_address import _registered
from regstatus.pipeline.options import Options
from regstatus.pipeline.update import update
from tests.fetch.conftest import LAW, NOON, Hosts, certificate, reset  # noqa: F401  (a fixture)

HEAD = """
jurisdiction = "US-TX"
attested = 2026-06-07
attested_by = "third-party reading"
"""
TAIL = """
[[timeline]]
leaf = "unknown"
mitragynine = "unknown"
"7-oh" = "unknown"
derivatives = "unknown"
"""
DOCUMENT = """
[[documents]]
id = "{id}"
title = "Title 4, chapter 44: Sale of kratom"
publisher = "Legislature"
url = "{url}"
url_basis = "memory"
reads = "statute"
controls = ["twenty-one years"]
note = "A key is given at https://keys.example.gov."
{more}
"""
URL = "https://law.example.gov/code/title4/ch-44.htm"
WALL = (
    b"<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
)
SHELL = b"<html><body><div id=root></div><script src=a.js></script></body></html>"
MENUS = "".join(f"<li><a href=/{n}>Chamber {n} of the assembly</a></li>" for n in range(12))


def menus(words: str) -> bytes:
    """A page of menus with one line of its own."""
    return (
        f"<html><title>Laws</title><ul>{MENUS}</ul><p>{words}</p><ul>{MENUS}</ul></html>".encode()
    )


LONG = LAW.replace(b"</body>", b"<p>More words of law that go on and on.</p>" * 3000 + b"</body>")


@pytest.fixture
def hosts(monkeypatch):
    for name in ("http", "https", "all"):
        monkeypatch.delenv(f"{name}_proxy", raising=False)
        monkeypatch.delenv(f"{name}_proxy".upper(), raising=False)
    monkeypatch.delenv("REGSTATUS_CONTACT", raising=False)
    made = Hosts()
    yield made
    made.close()


@pytest.fixture
def examine(hosts, tmp_path):
    """Look at documents, each an id with its address or further lines; the whole checkup."""

    def look(*documents, routed=("law.example.gov",), now=lambda: NOON, **settings):
        words = [
            DOCUMENT.format(id=f"doc-{number}", url=url, more=more)
            for number, (url, more) in enumerate(documents)
        ]
        sources = tmp_path / "sources"
        sources.mkdir(exist_ok=True)
        (sources / "us-tx.toml").write_text(HEAD + "".join(words) + TAIL, encoding="utf-8")
        how = {"delay": 0.0, "backoff": 0.0, "env": {}, **settings}
        how.setdefault("routes", dict.fromkeys(routed, hosts.base))
        options = Options(
            sources=sources, snapshots=tmp_path / "store", settings=Settings(**how), isolate=False
        )
        return check_up(options, now=now)

    return look


@pytest.fixture
def diagnose(examine):
    """The one diagnosis of one document."""

    def one(url=URL, more="", **settings):
        (found,) = examine((url, more), **settings).diagnoses
        return found

    return one


def proposed(found):
    return [(one.url, one.found.partition(",")[0]) for one in found.proposals]


def put(hosts, body=LAW, status=200, **headers):
    hosts.put(URL.removeprefix("https://"), body, status, **headers)


def test_every_outcome_has_a_cause_and_every_cause_a_next_step():
    assert diagnosis._OUTCOMES.keys() == {str(outcome) for outcome in Outcome}
    assert {cause for cause, _ in diagnosis._OUTCOMES.values()} <= CAUSES.keys()
    assert all(told["step"] and told["says"] and told["title"] for told in CAUSES.values())


def test_a_good_page_is_good_and_nothing_is_written(hosts, examine, tmp_path):
    put(hosts)
    found = examine((URL, ""))
    assert [(one.cause, one.problem, one.fails_at) for one in found.diagnoses] == [("good", "", "")]
    assert (found.asked, found.fetched, found.wrong) == (1, 1, False)
    assert not (tmp_path / "store").exists()
    assert hosts.paths("law.example.gov") == ["/robots.txt", "/code/title4/ch-44.htm"]


@pytest.mark.parametrize(
    ("answer", "cause", "fails_at"),
    [
        ((b"nothing here", 404), "address", "answer"),
        ((WALL, 403), "blocked", "answer"),
        ((b"<html><body>Down for maintenance</body></html>", 503), "down", "answer"),
        ((b"", 500), "down", "answer"),
        ((b"", 429), "blocked", "answer"),
        ((SHELL, 200), "page", "form"),
        ((LAW.replace(b"twenty-one", b"99"), 200), "page", "controls"),
        ((b"bad", 400), "page", "answer"),
        ((menus("The requested entry could not be found."), 200), "address", "answer"),
        ((menus("Die gesuchte Seite wurde nicht gefunden."), 200), "address", "answer"),
        ((menus("A person may not sell fireworks on Sunday."), 200), "page", "controls"),
        (
            (LAW.replace(b"<h1>", b"<div hidden class=old>Repealed</div><h1>Repealed: "), 200),
            "doubt",
            "controls",
        ),
    ],
)
def test_what_a_host_sends_tells_the_cause(hosts, diagnose, answer, cause, fails_at):
    put(hosts, *answer)
    found = diagnose()
    assert (found.cause, found.fails_at) == (cause, fails_at)
    assert found.problem
    assert CAUSES[cause]["wrong"]


def test_html_in_place_of_a_pdf_is_another_page(hosts, diagnose):
    put(hosts, SHELL)
    found = diagnose(more='format = "pdf"')
    assert (found.cause, found.fails_at) == ("page", "form")
    put(hosts, LAW)
    assert "asked for a PDF, got an HTML page" in diagnose(more='format = "pdf"').problem


def test_a_host_that_hangs_up_is_silent_or_refuses_is_down(hosts, diagnose):
    hosts.play(URL.removeprefix("https://"), reset)
    assert diagnose().cause == "down"
    hosts.play(URL.removeprefix("https://"), lambda _: hosts.release.wait(20))
    assert diagnose(read_timeout=0.2).cause == "down"
    with socket.socket() as shut:
        shut.bind(("127.0.0.1", 0))  # and does not listen
        there = f"http://127.0.0.1:{shut.getsockname()[1]}"
        found = diagnose(routes={"law.example.gov": there})
    assert (found.cause, found.fails_at) == ("down", "connection")


def test_robots_that_forbid_are_told_from_robots_that_cannot_be_had(hosts, diagnose):
    put(hosts)
    hosts.put("law.example.gov/robots.txt", b"User-agent: *\nDisallow: /\n")
    assert (diagnose().cause, hosts.paths("law.example.gov")) == ("robots", ["/robots.txt"])
    hosts.put("law.example.gov/robots.txt", b"", 503)
    assert diagnose().cause == "down"


def test_a_certificate_that_nobody_vouches_for_is_no_wrong_address(hosts, diagnose, certificate):  # noqa: F811
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    hosts.server.socket = context.wrap_socket(
        hosts.server.socket, server_side=True, do_handshake_on_connect=False
    )
    found = diagnose(routes={"law.example.gov": hosts.base.replace("http:", "https:")})
    assert (found.cause, found.fails_at) == ("tls", "tls")


def test_a_name_that_leads_nowhere_is_told_from_no_network_at_all(hosts, examine, monkeypatch):
    def nowhere(host, *args, real=socket.getaddrinfo, **kwargs):
        if host in {"127.0.0.1", b"127.0.0.1"}:
            return real(host, *args, **kwargs)
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    put(hosts)
    lost = [(f"https://{name}.example.gov/a", "") for name in "abc"]
    one_there = examine((URL, ""), *lost)
    assert [one.cause for one in one_there.diagnoses] == ["name"] * 3 + ["good"]
    none_there = examine(*lost, *[(f"https://{n}.example.org/b", "") for n in range(20)])
    assert {one.cause for one in none_there.diagnoses} == {"network"}
    assert (none_there.asked, none_there.fetched) == (12, 0)  # those first tell enough


def test_a_key_that_is_missing_and_what_only_people_may_ask(hosts, examine):
    needs = f"{URL}?key={{env:LAW_KEY}}"
    found = examine((needs, ""), (URL, "people_only = true")).diagnoses
    assert [(one.cause, one.fails_at) for one in found] == [("key", "key"), ("people", "")]
    assert ("LAW_KEY" in found[0].problem, "keys.example.gov" in found[0].note) == (True, True)
    assert hosts.asked == []
    assert not CAUSES["people"]["wrong"]


def test_a_long_page_is_cut_and_says_so(hosts, diagnose):
    put(hosts, LONG)
    found = diagnose()
    assert found.cause == "part"
    assert found.problem == "1 of 1 controls stand in its first 64 kB; not all was read"
    put(hosts, LONG.replace(b"twenty-one", b"99"))
    found = diagnose()
    assert (found.cause, found.fails_at) == ("page", "controls")
    assert found.problem == "0 of 1 controls stand in its first 64 kB; not all was read"
    assert CAUSES["page"]["wrong"]
    put(hosts, b"%PDF-1.7\n" + b"0" * 100_000)
    assert diagnose(more='format = "pdf"').cause == "part"


def test_a_page_with_its_controls_that_we_do_not_read_is_our_own_fault(hosts, diagnose):
    put(hosts)
    found = diagnose(more='select = { css = "main.law" }')
    assert (found.cause, found.fails_at) == ("reader", "controls")


def test_what_was_read_before_is_asked_for_only_if_it_changed(hosts, examine, tmp_path):
    put(hosts, ETag='"1"')
    examine((URL, ""))  # writes the source file
    options = Options(
        sources=tmp_path / "sources",
        snapshots=tmp_path / "store",
        settings=Settings(routes={"law.example.gov": hosts.base}, delay=0.0, env={}),
        isolate=False,
    )
    update(options, now=lambda: NOON)
    before = {file: file.read_bytes() for file in (tmp_path / "store").rglob("*") if file.is_file()}
    put(hosts, b"", 304, ETag='"1"')
    (found,) = examine((URL, "")).diagnoses
    assert (found.cause, hosts.headers[-1]["If-None-Match"]) == ("good", '"1"')
    after = {file: file.read_bytes() for file in (tmp_path / "store").rglob("*") if file.is_file()}
    assert after == before


# New addresses


def test_a_redirect_to_another_address_of_the_publisher_is_proposed(hosts, diagnose):
    put(hosts, b"", 301, Location="https://code.example.gov/2026/ch-44.htm")
    found = diagnose()
    assert found.cause == "address"
    assert proposed(found) == [("https://code.example.gov/2026/ch-44.htm", "redirect")]


def test_a_redirect_on_the_same_host_serves_and_is_told(hosts, diagnose):
    put(hosts, b"", 301, Location="/new/ch-44.htm")
    hosts.put("law.example.gov/new/ch-44.htm")
    found = diagnose()
    assert found.cause == "redirected"
    assert proposed(found) == [("https://law.example.gov/new/ch-44.htm", "redirect")]
    assert not CAUSES["redirected"]["wrong"]


@pytest.mark.parametrize(
    "away",
    [
        "https://example.com/ch-44.htm",
        "https://law.other.gov/ch-44.htm",
        "http://law.example.gov/ch-44.htm",
        "https://user:pass@law.example.gov/ch-44.htm",
        "http://127.0.0.1/ch-44.htm",
        "javascript:alert(1)",
        "https://law.example.gov/",
        "https://[bad/ch-44.htm",
        "https://law.example.gov:22/ch-44.htm",
        "https://law.example.gov/\x1b[31m/ch-44.htm",
        "https://evil.example.com\\.law.example.gov/ch-44.htm",
        "https://evil.example.com%2f.law.example.gov/ch-44.htm",
        "https://evil.example.com;.law.example.gov/ch-44.htm",
        f"{URL}#section-1",
    ],
)
@pytest.mark.parametrize("by", ["redirect", "canonical", "sitemap", "index"])
def test_nothing_is_proposed_that_is_not_the_publishers_or_not_safe(hosts, diagnose, away, by):
    link = f'<a href="{away}">Title 4, chapter 44: Sale of kratom</a>'.encode()
    put(hosts, b"", 404)
    if by == "redirect":
        put(hosts, b"", 301, Location=away)
    elif by == "canonical":
        bad = f'<link rel="canonical" href="{away}"></head>'.encode()
        put(hosts, LAW.replace(b"</head>", bad).replace(b"twenty-one", b"99"))
    elif by == "sitemap":
        hosts.put("law.example.gov/robots.txt", b"Sitemap: https://law.example.gov/map.xml\n")
        hosts.put(
            "law.example.gov/map.xml", f"<urlset><url><loc>{away}</loc></url></urlset>".encode()
        )
    else:
        hosts.put("law.example.gov/code/title4/", LAW.replace(b"</body>", link + b"</body>"))
    assert proposed(diagnose()) == []


def test_the_sitemap_and_the_page_above_name_the_new_address(hosts, diagnose):
    urls = [
        "https://law.example.gov/other/ch-45.htm",
        "https://www.example.gov/laws/2026/CH-44.aspx",
    ]
    page = "".join(f"<url><loc>\n{url}</loc></url>" for url in urls)
    hosts.put("law.example.gov/robots.txt", b"Sitemap: https://law.example.gov/map.xml\n")
    hosts.put("law.example.gov/map.xml", f"<urlset>{page}</urlset>".encode())
    links = (
        b'<a href="../t4/kratom.htm">Chapter 44. Sale of kratom (Title 4)</a>'
        b'<a href="/contact">Contact</a>'
    )
    hosts.put("law.example.gov/code/title4/", LAW.replace(b"</body>", links + b"</body>"))
    assert proposed(diagnose()) == [
        ("https://www.example.gov/laws/2026/CH-44.aspx", "sitemap"),
        ("https://law.example.gov/code/t4/kratom.htm", "page above"),
    ]
    assert len(hosts.paths("law.example.gov")) == 4  # robots, the document, and two more


def test_a_sibling_is_not_the_document(hosts, diagnose):
    hosts.put("law.example.gov/robots.txt", b"Sitemap: https://law.example.gov/map.xml\n")
    page = "".join(f"<loc>https://law.example.gov/x/code.{n}.htm</loc>" for n in (43, 45))
    hosts.put("law.example.gov/map.xml", f"<urlset>{page}</urlset>".encode())
    assert proposed(diagnose("https://law.example.gov/code.44.htm")) == []
    hosts.put("law.example.gov/map.xml", f"<urlset>{page.replace('45', '44')}</urlset>".encode())
    found = proposed(diagnose("https://law.example.gov/code.44.htm"))
    assert found == [("https://law.example.gov/x/code.44.htm", "sitemap")]


def test_a_canonical_link_is_proposed_where_another_page_came(hosts, diagnose):
    link = b'<link href="/code/44" rel="canonical"></head>'
    put(hosts, LAW.replace(b"</head>", link).replace(b"twenty-one", b"99"))
    assert proposed(diagnose()) == [("https://law.example.gov/code/44", "canonical link")]
    put(hosts, LAW.replace(b"</body>", link).replace(b"twenty-one", b"99"))
    assert proposed(diagnose()) == []  # what stands in the text may be anybody's
    put(hosts, LAW.replace(b"</head>", link))
    assert proposed(diagnose()) == []  # of a good page it is the host's own matter


def test_at_most_three_addresses_are_proposed_the_likest_first(hosts, diagnose):
    links = "".join(
        f'<a href="/x{n}/{"ch-44.pdf" if n == 7 else n}">Title 4, chapter 44: Sale of kratom</a>'
        for n in range(9)
    )
    hosts.put("law.example.gov/code/title4/", LAW.replace(b"</body>", f"{links}</body>".encode()))
    found = proposed(diagnose())
    assert (len(found), found[0][0]) == (3, "https://law.example.gov/x7/ch-44.pdf")


def drain(body, sent, **headers):
    """Play a host that sends more than anybody should take."""

    def play(handler):
        handler.send_response(200)
        for name, value in {"Content-Type": "text/html", "Connection": "close", **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.close_connection = True
        for _ in range(50_000_000 // len(body)):
            handler.wfile.write(body)
            sent.append(len(body))

    return play


def test_no_more_than_a_part_is_taken_of_what_never_ends(hosts, diagnose, caplog):
    sent = []
    hosts.play(URL.removeprefix("https://"), drain(LAW, sent))
    assert diagnose().cause == "part"
    put(hosts, b"", 404)
    hosts.put("law.example.gov/robots.txt", b"Sitemap: https://law.example.gov/map.xml\n")
    named = b"<url><loc>https://law.example.gov/new/ch-44.htm</loc></url>" * 20
    hosts.play("law.example.gov/map.xml", drain(named, sent, Content_Type="application/xml"))
    assert proposed(diagnose()) == [("https://law.example.gov/new/ch-44.htm", "sitemap")]
    assert sum(sent) < 20_000_000  # what lies in the buffers of the system was sent, too
    gc.collect()
    assert caplog.records == []


def test_a_bomb_in_gzip_or_in_entities_stays_small(hosts, diagnose):
    put(hosts, gzip.compress(LAW + b" " * 30_000_000), Content_Encoding="gzip")
    assert diagnose().cause == "part"
    put(hosts, gzip.compress(b"<html><body>" + b"0 " * 15_000_000), Content_Encoding="gzip")
    assert diagnose().cause == "page"
    put(hosts, b"", 404)
    hosts.put("law.example.gov/robots.txt", b"Sitemap: https://law.example.gov/map.xml\n")
    entities = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    bomb = b"<!DOCTYPE x [<!ENTITY l0 'ch-44'>%s]><urlset><loc>/&l9;</loc></urlset>" % entities
    hosts.put("law.example.gov/map.xml", bomb, Content_Type="application/xml")
    assert proposed(diagnose()) == []
    spaces = b"<urlset>" + (b"<loc>" + b" " * 5_000) * 90
    hosts.put("law.example.gov/map.xml", spaces, Content_Type="application/xml")
    assert proposed(diagnose()) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a.texas.gov", "texas.gov", True),
        ("www.gov.uk", "www.legislation.gov.uk", False),
        ("ansm.gouv.fr", "legifrance.gouv.fr", False),
        ("a.legislature.state.al.us", "b.state.al.us", True),
        ("www.bfarm.de", "bfarm.de", True),
        ("www.bfarm.de", "doc.bfarm.de", False),
        ("eur-lex.europa.eu", "data.europa.eu", True),
        ("law.nsw.gov.au", "health.nsw.gov.au", True),
        ("one.github.io", "two.github.io", False),
        ("one.s3.amazonaws.com", "two.s3.amazonaws.com", False),
        ("library.municode.com", "other.municode.com", False),
        ("city.lg.jp", "town.lg.jp", False),
        ("law.go.kr", "mfds.go.kr", False),
    ],
)
def test_whose_host_it_is_goes_by_the_name_that_was_registered(one, other, same):
    assert (_registered(one) == _registered(other)) is same


# The machine


def states(found):
    return {check.name: check.state for check in found.machine}


def test_a_wrong_clock_is_told_by_what_hosts_say(hosts, examine):
    put(hosts)
    assert states(examine((URL, "")))["clock"] == "ok"
    ahead = examine((URL, ""), now=lambda: NOON + timedelta(minutes=6))
    assert (states(ahead)["clock"], ahead.wrong) == ("wrong", True)
    put(hosts, Age="360")  # a cache has kept it for six minutes
    hosts.put("law.example.gov/robots.txt", b"")
    assert states(examine((URL, ""), now=lambda: NOON + timedelta(minutes=6)))["clock"] == "ok"


def test_a_proxy_that_cannot_be_used_is_told_and_nobody_is_asked(hosts, examine, monkeypatch):
    put(hosts)
    monkeypatch.setenv("HTTPS_PROXY", "http://me:secret@:0")
    found = examine((URL, ""))
    assert (states(found)["proxy"], found.asked, hosts.asked) == ("wrong", 0, [])
    assert "secret" not in str(found.machine)
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    found = examine(("https://a.example.gov/x", ""))
    assert states(found)["proxy"] == "wrong"
    assert [one.cause for one in found.diagnoses] == ["network"]


def test_the_contact_the_folder_and_the_ledger_are_looked_at(hosts, examine, monkeypatch, tmp_path):
    put(hosts)
    assert states(examine((URL, "")))["contact"] == "note"
    monkeypatch.setenv("REGSTATUS_CONTACT", "nobody")
    assert states(examine((URL, "")))["contact"] == "wrong"
    monkeypatch.setenv("REGSTATUS_CONTACT", "jane@example.org")
    found = examine((URL, ""))
    assert [*states(found).values()] == ["ok"] * 5
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: type("U", (), {"free": 10**8}))
    assert states(examine((URL, "")))["disk"] == "wrong"
    (tmp_path / "store").write_text("in the way", encoding="utf-8")
    found = examine((URL, ""))
    assert "cannot be written" in str(found.machine)
