from regstatus.model.words import Outcome

URL = "http://law.example.gov/old/doc"
PLACE = "law.example.gov/old/doc"


def test_a_redirect_on_the_same_host_is_followed(fetch, hosts):
    hosts.put(PLACE, b"", 301, Location="/new/doc?x=1#part")
    hosts.put("law.example.gov/new/doc?x=1")
    page = fetch(URL)
    assert page.outcome is Outcome.OK
    assert page.url == URL
    assert page.final_url == "http://law.example.gov/new/doc?x=1"
    assert page.attempts == 2


def test_the_same_host_with_www_is_the_same_host(fetch, hosts):
    hosts.put(PLACE, b"", 302, Location="http://www.law.example.gov/old/doc")
    hosts.put("www.law.example.gov/old/doc")
    assert fetch(URL).outcome is Outcome.OK


def test_http_may_become_https_on_the_same_host(fetch, hosts):
    hosts.put(PLACE, b"", 308, Location="https://law.example.gov/doc")
    hosts.put("law.example.gov/doc")
    page = fetch(URL)
    assert (page.outcome, page.final_url) == (Outcome.OK, "https://law.example.gov/doc")


def test_https_must_not_become_http(fetch, hosts):
    hosts.put(PLACE, b"", 301, Location="http://law.example.gov/doc")
    hosts.put("law.example.gov/doc")
    page = fetch("https://law.example.gov/old/doc")
    assert page.outcome is Outcome.MOVED
    assert page.final_url == "http://law.example.gov/doc"
    assert "plain http" in page.problem


def test_another_host_is_moved_and_never_asked(fetch, hosts):
    hosts.put(PLACE, b"", 301, Location="http://files.example.gov/doc")
    page = fetch(URL)
    assert page.outcome is Outcome.MOVED
    assert page.final_url == "http://files.example.gov/doc"
    assert "files.example.gov" in page.problem
    assert hosts.paths("files.example.gov") == []


def test_another_host_that_the_source_allows_is_followed_after_its_robots(fetch, hosts):
    hosts.put(PLACE, b"", 301, Location="http://files.example.gov/doc")
    hosts.put("files.example.gov/doc")
    page = fetch(URL, allowed_hosts=("files.example.gov",))
    assert page.outcome is Outcome.OK
    assert hosts.paths("files.example.gov") == ["/robots.txt", "/doc"]


def test_all_hosts_below_a_name_can_be_allowed(fetch, hosts):
    hosts.put(PLACE, b"", 301, Location="http://files.example.gov/doc")
    hosts.put("files.example.gov/doc")
    assert fetch(URL, allowed_hosts=("*.example.gov",)).outcome is Outcome.OK
    assert fetch(URL, allowed_hosts=("*.ample.gov",)).outcome is Outcome.MOVED


def test_a_deep_address_that_lands_on_the_home_page_has_moved(fetch, hosts):
    for home in ("/", "/index.html", "/en/", "/Home", "http://law.example.gov"):
        hosts.put(PLACE, b"", 302, Location=home)
        hosts.put("law.example.gov/")
        page = fetch(URL)
        assert page.outcome is Outcome.MOVED, home
        assert "home page" in page.problem


def test_a_home_page_may_redirect_to_a_home_page(fetch, hosts):
    hosts.put("law.example.gov/", b"", 302, Location="/en/")
    hosts.put("law.example.gov/en/")
    assert fetch("http://law.example.gov/").outcome is Outcome.OK


def test_a_redirect_into_our_own_network_is_never_followed(fetch, hosts):
    for inside in ("http://127.0.0.1:1/doc", "http://169.254.169.254/a", "http://[::1]/doc"):
        hosts.put(PLACE, b"", 302, Location=inside)
        page = fetch(URL)
        assert page.outcome is Outcome.MOVED, inside
        page = fetch(URL, allowed_hosts=("127.0.0.1", "169.254.169.254", "::1"))
        assert page.outcome is Outcome.REFUSED, inside


def test_a_redirect_to_something_else_than_the_web_has_moved(fetch, hosts):
    for place in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://[bad/doc",
        "http://a:b@law.example.gov/",
    ):
        hosts.put(PLACE, b"", 302, Location=place)
        assert fetch(URL).outcome is Outcome.MOVED, place


def test_a_circle_is_a_loop(fetch, hosts):
    hosts.put(PLACE, b"", 302, Location="/b")
    hosts.put("law.example.gov/b", b"", 302, Location="/old/doc")
    page = fetch(URL)
    assert page.outcome is Outcome.REDIRECT_LOOP
    assert page.attempts <= 4


def test_an_address_that_redirects_to_itself_is_a_loop(fetch, hosts):
    hosts.put(PLACE, b"", 302, Location="/old/doc")
    page = fetch(URL)
    assert (page.outcome, page.attempts) == (Outcome.REDIRECT_LOOP, 1)


def test_an_endless_chain_is_a_loop(fetch, hosts, settings):
    for step in range(20):
        hosts.put(f"law.example.gov/{step}", b"", 302, Location=f"/{step + 1}")
    page = fetch("http://law.example.gov/0", settings(max_redirects=5))
    assert (page.outcome, page.attempts) == (Outcome.REDIRECT_LOOP, 6)


def test_a_host_that_wants_its_cookie_back_gets_it_for_this_document_only(fetch, hosts):
    def want_cookie(handler):
        good = "seen=1" in handler.headers.get("Cookie", "")
        body = hosts.law if good else b""
        handler.send_response(200 if good else 302)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(len(body)))
        if not good:
            handler.send_header("Set-Cookie", "seen=1; Path=/")
            handler.send_header("Location", "/old/doc")
        handler.end_headers()
        handler.wfile.write(body)

    hosts.play(PLACE, want_cookie)
    assert fetch(URL).outcome is Outcome.OK
    assert fetch(URL).attempts == 2  # the second document starts without it


def test_a_replica_that_names_itself_in_a_redirect_stands_for_the_official_host(fetch, hosts):
    hosts.put(PLACE, b"", 301, Location=f"{hosts.base}/new")
    hosts.put("law.example.gov/new")
    page = fetch(URL)
    assert (page.outcome, page.final_url) == (Outcome.OK, "http://law.example.gov/new")


def test_a_redirect_status_without_a_place_is_an_error(fetch, hosts):
    hosts.put(PLACE, b"", 302)
    assert fetch(URL).outcome is Outcome.HTTP_ERROR


def test_the_landing_page_after_a_redirect_is_judged_too(fetch, hosts):
    hosts.put(PLACE, b"", 302, Location="/NotFound.aspx?aspxerrorpath=/old/doc")
    hosts.put(
        "law.example.gov/NotFound.aspx?aspxerrorpath=/old/doc", b"<title>Page Not Found</title>"
    )
    assert fetch(URL).outcome is Outcome.GONE
