"""One request at a time for each host, with a pause; many hosts at once; no host asked in vain."""

import threading

from regstatus.fetch.fetcher import fetch_many
from regstatus.fetch.hosts.adapters import ADAPTERS
from regstatus.fetch.settings import user_agent
from regstatus.model.request import Request, Validators
from regstatus.model.words import Outcome

URL = "http://law.example.gov/doc"
PLACE = "law.example.gov/doc"


def test_no_host_ever_sees_two_requests_at_once(hosts, settings, now):
    hosts.pause = 0.02
    names = ("a.example.gov", "b.example.gov")
    requests = []
    for host in names:
        for number in range(6):
            hosts.put(f"{host}/{number}")
            # Documents of one host also reach the other by redirect, and must queue there.
            other = names[1 - names.index(host)]
            hosts.put(f"{host}/to/{number}", b"", 302, Location=f"http://{other}/{number}")
            requests.append(Request(key="k", url=f"http://{host}/to/{number}", allowed_hosts=names))
    pages = [page for _, page in fetch_many(requests, settings(*names), now=now)]
    assert [page.outcome for page in pages] == [Outcome.OK] * 12
    assert set(hosts.most_together.values()) == {1}


def test_a_redirect_to_a_busy_host_waits_for_its_turn(hosts, settings, now):
    names = ("a.example.gov", "b.example.gov")
    redirected, second = threading.Event(), threading.Event()

    def busy(handler):
        redirected.wait(20)  # until the other document is on its way here
        second.wait(0.3)  # time enough for an impolite client to come in between
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 208\r\n\r\n<p>law " + b"x " * 100)
        hosts.leave(handler)
        handler.wfile.write(b"y")

    def point_there(handler):
        handler.wfile.write(
            b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://b.example.gov/2\r\n\r\n"
        )
        redirected.set()

    def come_second(handler):
        second.set()
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 207\r\n\r\n<p>law " + b"x " * 100)

    hosts.play("b.example.gov/1", busy)
    hosts.play("a.example.gov/to", point_there)
    hosts.play("b.example.gov/2", come_second)
    requests = [
        Request(key="1", url="http://b.example.gov/1"),
        Request(key="2", url="http://a.example.gov/to", allowed_hosts=names),
    ]
    pages = [page for _, page in fetch_many(requests, settings(*names, retries=0), now=now)]
    assert [page.outcome for page in pages] == [Outcome.OK] * 2
    assert hosts.most_together["b.example.gov"] == 1


def test_many_hosts_are_asked_at_the_same_time(hosts, settings, now):
    names = [f"h{number}.example.gov" for number in range(4)]
    everyone_is_here = threading.Barrier(len(names), timeout=20)

    def wait_for_the_others(handler):
        everyone_is_here.wait()  # would break if the hosts were asked one after the other
        handler.wfile.write(
            b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + b"<p>law " + b"x" * 1993
        )

    for name in names:
        hosts.play(f"{name}/doc", wait_for_the_others)
    requests = [Request(key=name, url=f"http://{name}/doc") for name in names]
    pages = [page for _, page in fetch_many(requests, settings(*names, retries=0), now=now)]
    assert [page.outcome for page in pages] == [Outcome.OK] * 4


def test_the_number_of_requests_over_all_hosts_is_bounded(hosts, settings, now):
    hosts.pause = 0.02
    names = [f"h{number}.example.gov" for number in range(6)]
    for name in names:
        hosts.put(f"{name}/doc")
    requests = [Request(key=name, url=f"http://{name}/doc") for name in names]
    list(fetch_many(requests, settings(*names, concurrency=2), now=now))
    assert hosts.most_hosts <= 2


def test_requests_to_one_host_keep_their_distance(hosts, settings, clock, now):
    for number in range(3):
        hosts.put(f"law.example.gov/{number}")
    requests = [Request(key=str(n), url=f"http://law.example.gov/{n}") for n in range(3)]
    how = settings(delay=1.0, sleep=clock.sleep, monotonic=clock.monotonic)
    list(fetch_many(requests, how, now=now))
    assert clock.slept == [1.0, 1.0, 1.0]  # between robots.txt and three documents


def test_a_host_and_its_www_share_their_patience(hosts, settings, clock, now):
    hosts.put("law.example.gov/doc")
    hosts.put("www.law.example.gov/doc")
    requests = [Request(key=h, url=f"http://{h}law.example.gov/doc") for h in ("", "www.")]
    how = settings(delay=1.0, obey_robots=False, sleep=clock.sleep, monotonic=clock.monotonic)
    list(fetch_many(requests, how, now=now))
    assert clock.slept == [1.0]


def test_robots_may_ask_for_a_longer_pause(fetch, hosts, settings, clock):
    hosts.put("law.example.gov/robots.txt", b"User-agent: *\nCrawl-delay: 7\n")
    hosts.put(PLACE)
    fetch(URL, settings(delay=1.0, sleep=clock.sleep, monotonic=clock.monotonic))
    assert clock.slept == [7.0]


def test_a_request_rate_is_a_pause_too(fetch, hosts, settings, clock):
    hosts.put("law.example.gov/robots.txt", b"User-agent: *\nRequest-rate: 2/10\n")
    hosts.put(PLACE)
    fetch(URL, settings(delay=1.0, sleep=clock.sleep, monotonic=clock.monotonic))
    assert clock.slept == [5.0]


def test_the_pause_that_robots_can_ask_for_is_capped(fetch, hosts, settings, clock):
    hosts.put("law.example.gov/robots.txt", b"User-agent: *\nCrawl-delay: 86400\n")
    hosts.put(PLACE)
    how = settings(max_delay=30.0, sleep=clock.sleep, monotonic=clock.monotonic)
    fetch(URL, how)
    assert clock.slept == [30.0]


def test_retries_back_off_further_each_time(fetch, hosts, settings, clock):
    hosts.put(PLACE, b"busy", 503)
    fetch(URL, settings(backoff=1.0, sleep=clock.sleep, monotonic=clock.monotonic))
    first, second, third = clock.slept
    assert 1.0 <= first <= 1.5
    assert 2.0 <= second <= 3.0
    assert 4.0 <= third <= 6.0


def test_retry_after_in_seconds_is_waited_for(fetch, hosts, settings, clock):
    hosts.put(PLACE, b"busy", 429, Retry_After="17")
    page = fetch(URL, settings(retries=1, sleep=clock.sleep, monotonic=clock.monotonic))
    assert clock.slept == [17.0]
    assert (page.outcome, page.attempts) == (Outcome.RATE_LIMITED, 2)


def test_retry_after_as_a_date_is_counted_from_the_hosts_own_clock(fetch, hosts, settings, clock):
    def busy(handler):
        handler.wfile.write(
            b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nDate: Wed, 01 Jan 2020 00:00:00 GMT\r\n"
            b"Retry-After: Wed, 01 Jan 2020 00:00:42 GMT\r\n\r\n"
        )

    hosts.play(PLACE, busy)
    fetch(URL, settings(retries=1, sleep=clock.sleep, monotonic=clock.monotonic))
    assert clock.slept == [42.0]


def test_a_retry_after_that_makes_no_sense_is_ignored(fetch, hosts, settings, clock):
    hosts.put(PLACE, b"busy", 429, Retry_After="soon, -5")
    page = fetch(URL, settings(retries=1, sleep=clock.sleep, monotonic=clock.monotonic))
    assert page.attempts == 2
    assert sum(clock.slept) == 0


def test_a_long_retry_after_ends_the_run_for_that_host(hosts, settings, clock, now):
    hosts.put("law.example.gov/0", b"busy", 429, Retry_After="3600")
    requests = [Request(key=str(n), url=f"http://law.example.gov/{n}") for n in range(3)]
    how = settings(sleep=clock.sleep, monotonic=clock.monotonic)
    pages = [page for _, page in fetch_many(requests, how, now=now)]
    assert [page.outcome for page in pages] == [Outcome.RATE_LIMITED] * 3
    assert [page.attempts for page in pages] == [1, 0, 0]
    assert all("2026-11-22 13:00 UTC" in page.problem for page in pages)
    assert hosts.paths("law.example.gov") == ["/robots.txt", "/0"]
    assert clock.slept == []


def test_we_say_who_we_are(fetch, hosts, settings):
    hosts.put(PLACE)
    agent = user_agent({"REGSTATUS_CONTACT": "law@example.org\r\nX-Evil: 1"})
    fetch(URL, settings(user_agent=agent))
    assert {headers["User-Agent"] for headers in hosts.headers} == {agent}
    assert agent.startswith("regstatus/")
    assert "(+law@example.org" in agent
    assert "\n" not in agent
    assert "+https://" in user_agent({})


def test_only_what_we_can_undo_is_asked_for(fetch, hosts):
    hosts.put(PLACE)
    fetch(URL)
    assert {headers["Accept-Encoding"] for headers in hosts.headers} == {"gzip, deflate"}


def test_the_same_document_for_two_sources_is_fetched_once(hosts, settings, now):
    hosts.put(PLACE)
    requests = [Request(key=key, url=URL) for key in ("one", "two")]
    pairs = list(fetch_many(requests, settings(), now=now))
    assert sorted(request.key for request, _ in pairs) == ["one", "two"]
    assert pairs[0][1] is pairs[1][1]
    assert hosts.paths("law.example.gov").count("/doc") == 1


def test_documents_that_differ_in_more_than_their_source_are_fetched_each(hosts, settings, now):
    hosts.put(PLACE)
    requests = [
        Request(key="one", url=URL),
        Request(key="two", url=URL, params={"header.X-Part": "2"}),
        Request(key="three", url=URL, validators=Validators(etag='"a"')),
        Request(key="four", url=URL, min_bytes=10),
    ]
    pairs = list(fetch_many(requests, settings(), now=now))
    assert len({id(page) for _, page in pairs}) == 4
    assert hosts.paths("law.example.gov").count("/doc") == 4


def test_one_host_that_hangs_does_not_hold_up_the_others(hosts, settings, now):
    hosts.play("slow.example.gov/doc", lambda handler: hosts.release.wait(30))
    hosts.put("quick.example.gov/doc")
    requests = [
        Request(key="slow", url="http://slow.example.gov/doc"),
        Request(key="quick", url="http://quick.example.gov/doc"),
    ]
    how = settings("slow.example.gov", "quick.example.gov", retries=0)
    pages = fetch_many(requests, how, now=now)
    request, page = next(pages)
    assert (request.key, page.outcome) == ("quick", Outcome.OK)
    pages.close()  # and leaving early does not wait for the slow one


def test_leaving_the_loop_early_ends_the_fetching(hosts, settings, now):
    for number in range(20):
        hosts.put(f"law.example.gov/{number}")
    requests = [Request(key=str(n), url=f"http://law.example.gov/{n}") for n in range(20)]
    for _ in fetch_many(requests, settings(), now=now):
        break
    assert len(hosts.paths("law.example.gov")) < 21
    assert not [t for t in threading.enumerate() if t.name == "regstatus-fetch"]


def test_nothing_to_fetch_is_no_fault(now):
    assert list(fetch_many([], now=now)) == []


def test_a_fault_of_our_own_is_named_as_ours_and_the_others_go_on(
    hosts, settings, monkeypatch, now, caplog
):
    async def broken(visit):
        raise ZeroDivisionError

    hosts.put(PLACE)
    monkeypatch.setitem(ADAPTERS, "broken", broken)
    requests = [Request(key="bad", url=URL, adapter="broken"), Request(key="good", url=URL)]
    pages = {request.key: page for request, page in fetch_many(requests, settings(), now=now)}
    assert pages["good"].outcome is Outcome.OK
    assert pages["bad"].outcome is Outcome.BROKEN
    assert "regstatus itself" in pages["bad"].problem
    assert "ZeroDivisionError" in caplog.text
