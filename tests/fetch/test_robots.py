import pytest

from regstatus.fetch.fetcher import fetch_many
from regstatus.model.request import Request
from regstatus.model.words import Outcome

URL = "http://law.example.gov/acts/doc"
PLACE = "law.example.gov/acts/doc"
ROBOTS = "law.example.gov/robots.txt"


def test_a_forbidden_address_is_not_asked(fetch, hosts):
    hosts.put(ROBOTS, b"User-agent: *\nDisallow: /acts/\n")
    hosts.put(PLACE)
    page = fetch(URL)
    assert page.outcome is Outcome.ROBOTS
    assert "law.example.gov" in page.problem
    assert (page.attempts, hosts.paths("law.example.gov")) == (0, ["/robots.txt"])


def test_the_longest_match_wins(fetch, hosts):
    hosts.put(ROBOTS, b"User-agent: *\nDisallow: /acts/\nAllow: /acts/d*c$\n")
    hosts.put(PLACE)
    assert fetch(URL).outcome is Outcome.OK


def test_rules_for_our_name_come_before_rules_for_all(fetch, hosts):
    hosts.put(ROBOTS, b"User-agent: *\nDisallow:\n\nUser-agent: Regstatus\nDisallow: /acts/\n")
    hosts.put(PLACE)
    assert fetch(URL).outcome is Outcome.ROBOTS


def test_robots_is_read_once_however_many_documents_there_are(hosts, settings, now):
    requests = [Request(key=str(n), url=f"http://law.example.gov/{n}") for n in range(5)]
    list(fetch_many(requests, settings(), now=now))
    assert hosts.paths("law.example.gov").count("/robots.txt") == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_host_without_robots_allows_all(fetch, hosts, status):
    hosts.put(ROBOTS, b"User-agent: *\nDisallow: /\n", status)
    hosts.put(PLACE)
    assert fetch(URL).outcome is Outcome.OK


@pytest.mark.parametrize("status", [500, 503])
def test_a_host_whose_robots_fails_forbids_all(fetch, hosts, status):
    hosts.put(ROBOTS, b"", status)
    hosts.put(PLACE)
    page = fetch(URL)
    assert page.outcome is Outcome.ROBOTS
    assert "could not be had" in page.problem
    # one retry, whatever the settings say for documents
    assert hosts.paths("law.example.gov") == ["/robots.txt", "/robots.txt"]


def test_a_host_whose_robots_is_a_maintenance_page_forbids_all(fetch, hosts):
    hosts.put(ROBOTS, b"<title>Website Maintenance</title>", 503)
    hosts.put(PLACE)
    assert fetch(URL).outcome is Outcome.ROBOTS
    assert "/acts/doc" not in hosts.paths("law.example.gov")


def test_a_host_that_resets_its_robots_forbids_all(fetch, hosts):
    hosts.play(ROBOTS, hosts.reset)
    hosts.put(PLACE)
    assert fetch(URL).outcome is Outcome.ROBOTS


def test_a_host_that_asks_for_fewer_requests_is_left_alone(fetch, hosts):
    hosts.put(ROBOTS, b"", 429)
    hosts.put(PLACE)
    page = fetch(URL)
    assert page.outcome is Outcome.RATE_LIMITED
    assert "/acts/doc" not in hosts.paths("law.example.gov")


def test_a_redirected_robots_counts_also_from_another_host(fetch, hosts):
    hosts.put(ROBOTS, b"", 301, Location="http://files.example.gov/r.txt")
    hosts.put("files.example.gov/r.txt", b"User-agent: *\nDisallow: /acts\n")
    hosts.put(PLACE)
    assert fetch(URL).outcome is Outcome.ROBOTS


def test_robots_that_redirects_for_ever_is_as_good_as_none(fetch, hosts):
    hosts.put(ROBOTS, b"", 301, Location="/robots.txt")
    hosts.put(PLACE)
    assert fetch(URL).outcome is Outcome.OK
    assert hosts.paths("law.example.gov").count("/robots.txt") == 6


def test_robots_that_leads_into_our_own_network_is_as_good_as_none(fetch, hosts):
    hosts.put(ROBOTS, b"", 301, Location="http://169.254.169.254/robots.txt")
    hosts.put(PLACE)
    assert fetch(URL).outcome is Outcome.OK


def test_a_huge_robots_is_read_up_to_its_limit(fetch, hosts):
    rules = b"User-agent: *\nDisallow: /acts/\n" + b"# padding\n" * 100_000 + b"Allow: /acts/\n"
    hosts.put(ROBOTS, rules)
    hosts.put(PLACE)
    assert fetch(URL).outcome is Outcome.ROBOTS


def test_an_html_page_as_robots_forbids_nothing(fetch, hosts):
    hosts.put(ROBOTS, b"<html><title>Not found</title><p>Disallow nothing</p></html>")
    hosts.put(PLACE)
    assert fetch(URL).outcome is Outcome.OK


def test_visiting_hours_are_kept(fetch, hosts):
    hosts.put(PLACE)
    hosts.put(ROBOTS, b"User-agent: *\nVisit-time: 0600-0845\n")  # it is noon
    page = fetch(URL)
    assert page.outcome is Outcome.ROBOTS
    assert "06:00" in page.problem
    hosts.put(ROBOTS, b"User-agent: *\nVisit-time: 1100-1300\n")
    assert fetch(URL).outcome is Outcome.OK


def test_a_host_that_has_given_leave_need_not_be_asked(fetch, hosts, settings):
    hosts.put(ROBOTS, b"User-agent: *\nDisallow: /\n")
    hosts.put(PLACE)
    assert fetch(URL, settings(obey_robots=False)).outcome is Outcome.OK
    assert hosts.paths("law.example.gov") == ["/acts/doc"]
