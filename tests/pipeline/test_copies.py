"""When the official host will not answer: other official copies, then an archive, over real sockets."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from regstatus.base.errors import SourceFileError
from regstatus.cli import main
from regstatus.fetch.settings import Settings
from regstatus.pipeline.replay import Recording, replay
from regstatus.pipeline.update import Options, update
from regstatus.store import warc
from regstatus.store.evidence import Evidence
from regstatus.store.reader import Store
from regstatus.store.verify import verify
from tests.fetch.conftest import Hosts
from tests.pipeline.test_update import chapter, schedule
from tests.support.make import FEDERAL, NOON, TEXAS, source

MAIN, SECOND, THIRD = "statutes.example.gov", "register.example.gov", "gazette.example.gov"
ARCHIVE = "web.archive.org"
GATE = f"https://{ARCHIVE}/web/"
OFFICIAL = f"https://{MAIN}/HS.444.htm"
KEY = "US-TX:hs-444"
HTML = "text/html; charset=utf-8"
WALL = (
    b"<!doctype html><html><head><title>Just a moment...</title></head><body>"
    b"<h1>Checking your browser</h1><p>Please solve the captcha to continue.</p></body></html>"
)
COPIES = f"""copies = [
  {{ url = "https://{SECOND}/444.html", url_basis = "seen", publisher = "Secretary of State" }},
  {{ url = "https://{THIRD}/444.txt", url_basis = "seen", format = "text", note = "plain text" }},
]
"""
PLAIN = b"""HEALTH AND SAFETY CODE

CHAPTER 444. KRATOM CONSUMER PROTECTION

Sec. 444.003. PREPARATION, DISTRIBUTION, AND SALE.

(a) A kratom processor may not sell a kratom product to an individual who is younger
than 18 years of age.

(b) A kratom processor may not sell a kratom product that contains a level of
7-hydroxymitragynine in the alkaloid fraction that is greater than two percent of the
overall alkaloid composition of the product.
"""


def http_date(moment):
    return f"{moment:%a, %d %b %Y %H:%M:%S} GMT"


class World:
    """Three official hosts and an archive on loopback, a catalogue and a store."""

    def __init__(self, path, hosts, copies=COPIES):
        self.sources, self.store, self.hosts = path / "sources", path / "store", hosts
        self.sources.mkdir()
        self.text = TEXAS.replace('reads = "statute"\n', 'reads = "statute"\n' + copies, 1)
        self.write(self.text)
        (self.sources / "us.toml").write_text(FEDERAL, encoding="utf-8")
        self.good()
        self.put(f"{MAIN}/HS.481.htm", schedule())
        self.put(f"{SECOND}/444.html", chapter())
        self.put(f"{THIRD}/444.txt", PLAIN, kind="text/plain")
        self.now = NOON

    def write(self, text):
        (self.sources / "tx.toml").write_text(text, encoding="utf-8")

    def put(self, where, body=b"", status=200, kind=HTML, **headers):
        self.hosts.put(where, body, status, Content_Type=kind, **headers)

    def good(self, body=None):
        self.put(f"{MAIN}/HS.444.htm", body or chapter())

    def block(self):
        self.put(f"{MAIN}/HS.444.htm", WALL, 403)

    def archive(self, when, body=None, status=200, original=OFFICIAL, **headers):
        """The archive keeps one capture of the official address."""
        name = f"{when:%Y%m%d%H%M%S}"
        self.put(
            f"{ARCHIVE}/web/{OFFICIAL}", b"", 302,
            Location=f"{GATE}{name}/{original}", Vary="accept-datetime",
        )  # fmt: skip
        headers.setdefault("Memento_Datetime", http_date(when))
        headers.setdefault(
            "Link",
            f'<{original}>; rel="original", <{GATE}timemap/link/{original}>; rel="timemap"; '
            'type="application/link-format"',
        )
        kept = {key: value for key, value in headers.items() if value is not None}
        self.put(
            f"{ARCHIVE}/web/{name}id_/{original}", chapter() if body is None else body, status,
            **kept,
        )  # fmt: skip

    def run(self, hours=24, *, archive=False, isolate=False, **changes):
        self.now += timedelta(hours=hours)
        settings = Settings(
            delay=0.0,
            backoff=0.0,
            retries=0,
            routes=dict.fromkeys((MAIN, SECOND, THIRD, ARCHIVE), self.hosts.base),
            timegate=GATE if archive else None,
        )
        self.hosts.asked.clear()
        self.hosts.headers.clear()
        options = Options(
            sources=self.sources,
            snapshots=self.store,
            settings=replace(settings, **changes),
            isolate=isolate,  # tests/pipeline/test_worker.py has most of the runs that read apart
        )
        return update(options, now=lambda: self.now)

    @property
    def clock(self):
        return json.loads((self.store / "ledger.json").read_bytes())["documents"][KEY]

    def answer(self):
        from regstatus.query.dataset import Dataset

        return Dataset(Store(self.store).load()).lookup("US-TX", now=self.now).to_dict()

    def asked(self):
        """The documents that were asked for, without the schedule and the robots files."""
        return [
            host + path
            for host, path in self.hosts.asked
            if path not in {"/robots.txt", "/HS.481.htm"}
        ]


@pytest.fixture
def hosts():
    made = Hosts()
    yield made
    made.close()


@pytest.fixture
def world(tmp_path, hosts):
    return World(tmp_path, hosts)


@pytest.fixture
def alone(tmp_path, hosts):
    """A world whose document names no copies."""
    return World(tmp_path, hosts, copies="")


def evidence(world):
    return [i for i in world.answer()["evidence"] if i["document"] == "hs-444"]


def test_a_copy_is_asked_only_where_the_main_address_fails(world):
    assert world.run().counts == {"ok": 2}
    assert world.asked() == [f"{MAIN}/HS.444.htm"]
    assert "via_copy" not in world.clock
    assert evidence(world)[0]["url"] == OFFICIAL


def test_copies_are_asked_in_order_and_the_first_that_reads_is_enough(world):
    world.block()
    run = world.run()
    assert world.asked() == [f"{MAIN}/HS.444.htm", f"{SECOND}/444.html"]
    assert run.counts == {"blocked": 1, "ok": 1}
    world.put(f"{SECOND}/444.html", b"nothing here", 404)
    world.run()
    assert world.asked() == [f"{MAIN}/HS.444.htm", f"{SECOND}/444.html", f"{THIRD}/444.txt"]
    assert world.clock["via_copy"] == f"https://{THIRD}/444.txt"
    assert f"The copy at https://{SECOND}/444.html was no help" in world.clock["problem"]


def test_a_copy_verifies_and_the_main_address_goes_on_failing(world):
    world.run()
    world.block()
    for failures in (1, 2):
        run = world.run()
        clock = world.clock
        assert (clock["outcome"], clock["failures"]) == ("blocked", failures)
        assert clock["verified_at"] == clock["last_ok"] == f"{world.now:%Y-%m-%dT%H:%M:%SZ}"
        assert "archived_at" not in clock
    assert [line for line in run.report.splitlines() if KEY in line and SECOND in line]
    found = world.answer()
    layer = [r for r in found["freshness"]["reasons"] if "US-TX" in r or "copy" in r]
    assert any("read from another official copy on 2026-11-25" in reason for reason in layer)
    assert any("failing since 2026-11-24" in reason for reason in found["freshness"]["reasons"])
    assert found["grade"] == "official_text"
    assert {item["url"] for item in evidence(world)} == {f"https://{SECOND}/444.html"}
    assert verify(world.store) == []
    digest = evidence(world)[0]["sha256"]
    assert Evidence(world.store).body(digest) == chapter()


def test_what_rests_on_a_copy_is_due_at_best(world):
    from regstatus.decide.freshness import freshness

    world.block()
    world.run()
    snapshot = Store(world.store).load()
    fresh = freshness(snapshot.get("US-TX"), snapshot.ledger, world.now)
    assert fresh["state"] == "due"
    assert fresh["verified_at"] == f"{world.now:%Y-%m-%dT%H:%M:%SZ}"


def test_the_report_tells_the_failure_once_and_where_the_text_was_read(world):
    world.run()
    world.block()
    run = world.run()
    [failing] = [c for c in run.changes if c.kind == "source_failing"]
    assert f"read from another official copy on 2026-11-24, https://{SECOND}/444.html" in (
        failing.sentence
    )
    assert not [c for c in run.changes if c.kind == "text_changed"]
    assert not [c for c in world.run().changes if c.kind == "source_failing"]


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [(403, WALL, "blocked"), (404, b"no", "gone"), (500, b"no", "server_error"), (200, b"", "empty"),
     (200, b"<html><body>" + b"<p>Another law of the state altogether.</p>" * 40
      + b"</body></html>", "unreadable")],
)  # fmt: skip
def test_every_failure_of_the_main_address_leads_to_the_copy(world, status, body, outcome):
    world.put(f"{MAIN}/HS.444.htm", body, status)
    assert world.run().counts == {outcome: 1, "ok": 1}
    assert world.clock["outcome"] == outcome
    assert world.clock["via_copy"] == f"https://{SECOND}/444.html"


def test_a_copy_that_is_another_text_is_refused_by_the_same_controls(world):
    world.run()
    world.block()
    other = chapter().replace(b"kratom processor", b"tobacco trader")
    world.put(f"{SECOND}/444.html", other)
    world.put(f"{THIRD}/444.txt", PLAIN[:40] * 9, kind="text/plain")
    before = world.clock["verified_at"]
    world.run()
    clock = world.clock
    assert (clock["verified_at"], clock["failures"]) == (before, 1)
    assert "via_copy" not in clock
    assert clock["problem"].count("was no help") == 2
    assert world.answer()["seven_oh_cap"] == "2%"


def test_a_copy_can_contradict_and_the_stricter_reading_is_taken(world):
    world.run()
    world.block()
    world.put(f"{SECOND}/444.html", chapter(cap="one"))
    before = world.clock["verified_at"]
    run = world.run()
    assert "contradicted" in [str(change.kind) for change in run.changes]
    assert world.answer()["seven_oh_cap"] == "1%"
    clock = world.clock
    assert (clock["verdict"], clock["verified_at"]) == ("contradicts", before)


def test_a_main_address_that_is_back_must_send_its_whole_text(world):
    tag = '"1"'
    world.put(f"{MAIN}/HS.444.htm", chapter(), ETag=tag)
    world.run()
    assert world.clock["etag"] == tag
    words = world.clock["text_sha256"]
    world.block()
    world.put(f"{SECOND}/444.html", chapter().replace(b"</body>", b"<p>Footer.</p></body>"))
    world.run()
    assert "etag" not in world.clock
    world.put(f"{MAIN}/HS.444.htm", chapter(), ETag=tag)
    run = world.run()
    assert [h for h in world.hosts.headers if "If-None-Match" in h] == []
    assert run.counts == {"ok": 2}
    clock = world.clock
    assert (clock["failures"], clock["text_sha256"]) == (0, words)
    assert "via_copy" not in clock
    kinds = [str(change.kind) for change in run.changes]
    assert "source_recovered" in kinds
    assert "text_changed" not in kinds
    assert evidence(world)[0]["url"] == OFFICIAL


def test_a_run_that_is_held_takes_nothing_from_a_copy(world):
    world.run()
    world.block()
    world.put(f"{SECOND}/444.html", chapter(cap="one"))
    before = world.clock
    world.now += timedelta(hours=24)
    settings = Settings(
        delay=0.0, backoff=0.0, retries=0,
        routes=dict.fromkeys((MAIN, SECOND, THIRD), world.hosts.base),
    )  # fmt: skip
    listed = schedule("<li>Mitragynine</li>")
    world.put(f"{MAIN}/HS.481.htm", listed)
    run = update(
        Options(
            sources=world.sources,
            snapshots=world.store,
            settings=settings,
            flip_budget=0,
            isolate=False,
        ),
        now=lambda: world.now,
    )
    assert run.state == "held"
    assert world.clock["failures"] == 1
    assert world.clock["verified_at"] == before["verified_at"]
    assert "via_copy" not in world.clock


def test_a_copy_may_lead_by_a_link_and_cut_its_own_passage(tmp_path, hosts):
    copies = (
        f'copies = [{{ url = "https://{SECOND}/index.html", url_basis = "seen", adapter = "link", '
        "params = { link = 'chapter 444' }, select = { css = \"#law\" } }]\n"
    )
    world = World(tmp_path, hosts, copies)
    world.block()
    index = b"<html><body>" + b"<p>Chapters of the code of the state.</p>" * 9
    world.put(f"{SECOND}/index.html", index + b'<a href="/c/444">Chapter 444</a></body></html>')
    page = chapter().replace(b"<body>", b'<body><p>News</p><div id="law">')
    world.put(f"{SECOND}/c/444", page.replace(b"</body>", b"</div></body>"))
    world.run()
    assert world.clock["via_copy"] == f"https://{SECOND}/c/444"


def test_a_copy_on_a_private_address_is_refused_before_anything_is_asked(tmp_path, hosts):
    copies = f'copies = [{{ url = "{hosts.base}/444.html", url_basis = "seen" }}]\n'
    world = World(tmp_path, hosts, copies)
    world.put(f"{hosts.base.removeprefix('http://')}/444.html", chapter())
    world.block()
    with pytest.raises(SourceFileError, match=r"copies\[0\]\.url: .*private or local address"):
        world.run()
    assert world.asked() == []


def test_a_copy_that_redirects_to_another_host_is_not_followed(world):
    world.block()
    world.put(f"{SECOND}/444.html", b"", 302, Location="https://elsewhere.example.com/444.html")
    world.put(f"{THIRD}/444.txt", b"", 302, Location="https://127.0.0.1:9/444.txt")
    world.run()
    assert world.clock["problem"].count("redirected to another host") == 2
    assert "via_copy" not in world.clock


def test_a_host_is_paused_for_and_its_robots_file_asked_once_over_all_rounds(tmp_path, hosts):
    copies = f'copies = [{{ url = "https://{MAIN}/copy.html", url_basis = "seen" }}]\n'
    world = World(tmp_path, hosts, copies)
    world.block()
    world.put(f"{MAIN}/copy.html", chapter())
    clock, slept = [0.0], []

    async def sleep(seconds):
        slept.append(seconds)
        clock[0] += seconds

    world.run(delay=5.0, sleep=sleep, monotonic=lambda: clock[0])
    paths = hosts.paths(MAIN)
    assert paths.count("/robots.txt") == 1
    assert sorted(paths) == ["/HS.444.htm", "/HS.481.htm", "/copy.html", "/robots.txt"]
    assert slept == [5.0, 5.0, 5.0]
    assert hosts.most_together[MAIN] == 1


def test_a_host_that_asks_to_be_left_alone_is_not_asked_for_the_copy_either(tmp_path, hosts):
    copies = f'copies = [{{ url = "https://{MAIN}/copy.html", url_basis = "seen" }}]\n'
    world = World(tmp_path, hosts, copies)
    world.put(f"{MAIN}/HS.444.htm", b"slow down", 429, Retry_After="9000")
    world.put(f"{MAIN}/copy.html", chapter())
    world.run()
    assert f"{MAIN}/copy.html" not in world.asked()
    assert "via_copy" not in world.clock


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (f"https://{SECOND}/444.html", OFFICIAL, "other addresses"),
        (f"https://{THIRD}/444.txt", f"https://{SECOND}/444.html", "other addresses"),
        ('publisher = "Secretary of State"', 'adapter = "memento"', "no official publication"),
        ('publisher = "Secretary of State"', 'controls = ["x"]', "unknown key"),
        ('reads = "statute"', 'reads = "statute"\npeople_only = true', "has no copies"),
        ('publisher = "Secretary of State"', 'adapter = "link", params = { link = "(" }', "link"),
    ],
)
def test_a_slip_in_copies_is_told_with_its_place(world, old, new, says):
    with pytest.raises(SourceFileError, match=says):
        source(world.text.replace(old, new, 1))


# The archive.


def test_no_archive_is_asked_unless_the_user_says_so(alone):
    alone.archive(NOON - timedelta(days=2))
    alone.block()
    alone.run()
    assert alone.asked() == [f"{MAIN}/HS.444.htm"]


def test_an_archive_is_asked_last_and_verifies_for_its_own_date_alone(world):
    when = NOON - timedelta(days=3, hours=2)
    world.archive(when)
    world.block()
    world.put(f"{SECOND}/444.html", b"no", 404)
    world.put(f"{THIRD}/444.txt", b"no", 503, kind="text/plain")
    world.run(archive=True)
    name = f"{when:%Y%m%d%H%M%S}"
    assert world.asked() == [
        f"{MAIN}/HS.444.htm", f"{SECOND}/444.html", f"{THIRD}/444.txt",
        f"{ARCHIVE}/web/{OFFICIAL}", f"{ARCHIVE}/web/{name}id_/{OFFICIAL}",
    ]  # fmt: skip
    clock = world.clock
    assert clock["verified_at"] == clock["archived_at"] == f"{when:%Y-%m-%dT%H:%M:%SZ}"
    assert clock["last_ok"] == f"{world.now:%Y-%m-%dT%H:%M:%SZ}"
    assert (clock["outcome"], clock["failures"]) == ("blocked", 1)
    capture = f"{GATE}{name}id_/{OFFICIAL}"
    found = world.answer()
    assert {item["url"] for item in evidence(world)} == {capture}
    assert {item["archived_at"] for item in evidence(world)} == {clock["archived_at"]}
    assert any(
        f"verified by an archived capture of {when:%Y-%m-%d} at {capture}" in reason
        for reason in found["freshness"]["reasons"]
    )
    assert found["grade"] == "official_text"
    [sent] = [h for h in world.hosts.headers if "id_" not in str(h) and "Accept-Datetime" in h][:1]
    assert sent["Accept-Datetime"] == http_date(world.now)


def test_a_capture_no_newer_than_the_present_verification_changes_nothing(alone):
    alone.run()
    before, record = alone.clock, Store(alone.store).load().get("US-TX")
    alone.block()
    alone.archive(NOON, chapter(cap="one"))
    run = alone.run(archive=True)
    clock = alone.clock
    for name in ("verified_at", "last_ok", "sha256", "verdict"):
        assert clock[name] == before[name]
    assert "via_copy" not in clock
    assert "is of 2026-11-22, and the text is known as of 2026-11-23" in clock["problem"]
    assert run.version is None
    assert Store(alone.store).load().get("US-TX") == record


def test_a_capture_older_than_a_contradiction_cannot_undo_it(alone):
    alone.run()
    alone.good(chapter(cap="one"))
    alone.run(hours=24 * 5)
    alone.block()
    alone.archive(NOON + timedelta(days=4))
    alone.run(archive=True)
    assert alone.answer()["seven_oh_cap"] == "1%"
    assert alone.clock["verdict"] == "contradicts"


def test_newer_captures_move_the_verification_and_never_back(alone):
    alone.block()
    verified = []
    for days in (1, 4, 2):
        alone.archive(NOON - timedelta(days=10 - days))
        alone.run(archive=True)
        verified.append(alone.clock["verified_at"][:10])
    assert verified == ["2026-11-13", "2026-11-16", "2026-11-16"]


def test_a_capture_can_contradict_with_the_day_of_the_run(alone):
    alone.archive(NOON - timedelta(days=2), chapter(cap="one"))
    alone.block()
    run = alone.run(archive=True)
    assert "verified_at" not in alone.clock
    found = alone.answer()
    assert found["seven_oh_cap"] == "1%"
    [item] = found["review"]["contradictions"]
    assert item["found_on"] == f"{alone.now:%Y-%m-%d}"
    assert any("read in an archived capture" in r for r in found["freshness"]["reasons"])
    assert run.version


@pytest.mark.parametrize(
    ("days", "facts", "says"),
    [
        (2, {"Memento_Datetime": None}, "does not say when"),
        (2, {"Memento_Datetime": "soon"}, "does not say when"),
        (2, {"Memento_Datetime": "Thu, 22 Nov 2029 12:00:00 GMT"}, "a day to come"),
        (2, {"Link": None}, "of which address"),
        (2, {"Link": f'<{OFFICIAL}>; rel="timemap"'}, "of which address"),
        (2, {"original": "https://elsewhere.example.com/444"}, "another host"),
        (2, {"original": f"https://{MAIN}/"}, "home page"),
        (2, {"body": WALL}, "bot wall|captcha|challenge"),
        (2, {"body": b"gone", "status": 404}, "not there"),
        (2, {"body": b"<html><body>" + b"<p>Another law altogether.</p>" * 40
             + b"</body></html>"}, "no help"),
        (90, {}, "older than the 60 days"),
    ],
)  # fmt: skip
def test_a_capture_that_proves_nothing_is_refused_and_told(alone, days, facts, says):
    import re

    alone.archive(NOON - timedelta(days=days), **facts)
    alone.block()
    alone.run(archive=True)
    clock = alone.clock
    assert clock["outcome"] == "blocked"
    assert "An archived capture was no help" in clock["problem"]
    assert re.search(says, clock["problem"]), clock["problem"]
    assert not {"verified_at", "via_copy", "archived_at", "sha256"} & set(clock)
    assert Evidence(alone.store).captures(KEY) == ([], [])


def test_a_capture_older_than_the_law_of_today_says_nothing_of_it(alone):
    alone.write(
        alone.text.replace("from = 2023-09-01", "from = 2026-11-15").replace(
            "until = 2023-09-01", "until = 2026-11-15"
        )
    )
    alone.archive(NOON - timedelta(days=9), chapter(age="21"))
    alone.block()
    alone.run(archive=True)
    assert "older than the law of today, which began on 2026-11-15" in alone.clock["problem"]
    assert alone.answer()["minimum_age"] == 18


def test_a_capture_older_than_a_persons_reading_of_the_text_is_left_aside(alone):
    alone.write(
        alone.text.replace(
            "attested = 2026-06-07\n", "attested = 2026-11-21\nread_officially = true\n"
        )
    )
    alone.archive(NOON - timedelta(days=2), chapter(cap="one"))
    alone.block()
    alone.run(archive=True)
    assert "a person read the text on 2026-11-21" in alone.clock["problem"]
    assert alone.answer()["seven_oh_cap"] == "2%"


def test_an_archive_that_sends_us_away_is_not_followed(alone):
    alone.put(f"{ARCHIVE}/web/{OFFICIAL}", b"", 302, Location="https://elsewhere.example.com/web/x")
    alone.block()
    alone.run(archive=True)
    assert "redirected to another host" in alone.clock["problem"]


def test_an_archive_on_a_private_address_is_not_asked(alone):
    alone.block()
    alone.run(archive=True, timegate="http://127.0.0.1:9/web/")
    assert "private or local address" in alone.clock["problem"]


def test_a_capture_behind_the_main_address_or_a_copy_does_not_pass_for_today(world):
    world.put(f"{MAIN}/HS.444.htm", chapter(), Memento_Datetime=http_date(NOON))
    world.put(f"{SECOND}/444.html", chapter(), Memento_Datetime=http_date(NOON))
    world.run()
    assert world.clock["outcome"] == "unreadable"
    assert world.clock["via_copy"] == f"https://{THIRD}/444.txt"


def test_an_archive_is_never_given_an_address_with_a_key(alone):
    url = f"{OFFICIAL}?key={{env:LAW_KEY}}"
    alone.write(alone.text.replace(OFFICIAL, url))
    alone.run(archive=True, env={"LAW_KEY": "s3cret-key"})
    assert [host for host, _ in alone.hosts.asked if host == ARCHIVE] == []
    assert "was no help" not in alone.clock["problem"]


def test_the_archive_adapter_itself_refuses_an_address_with_a_key(hosts):
    from regstatus.fetch.fetcher import fetch_many
    from regstatus.fetch.hosts.web_archive import memento_request

    asked = memento_request("x", f"{OFFICIAL}?key={{env:LAW_KEY}}", timegate=GATE, at=NOON)
    settings = Settings(env={"LAW_KEY": "s3cret-key"}, routes={ARCHIVE: hosts.base})
    [(_, page)] = fetch_many([asked], settings, now=lambda: NOON)
    assert page.outcome == "skipped"
    assert hosts.asked == []


def test_runs_with_copies_and_captures_replay_to_the_same_bytes(world, tmp_path):
    world.run()
    world.block()
    world.run()
    world.put(f"{SECOND}/444.html", b"no", 404)
    world.put(f"{THIRD}/444.txt", b"no", 404, kind="text/plain")
    world.archive(world.now + timedelta(hours=3), chapter(cap="one"))
    world.run(archive=True)
    world.good()
    world.run()
    captures, faults = Evidence(world.store).captures(KEY)
    assert faults == []
    assert [c.archived_at is not None for c in captures] == [False, False, True, False]
    file = tmp_path / "all.warc.gz"
    warc.export(world.store, file, created=world.now)
    again = tmp_path / "again"
    world.hosts.asked.clear()
    done = list(
        replay(Recording(file), Options(sources=world.sources, snapshots=again, isolate=False))
    )
    assert [item.same for item in done] == [True] * 4
    assert world.hosts.asked == []
    old, new = Store(world.store).versions(), Store(again).versions()
    assert [e["digest"] for e in old] == [e["digest"] for e in new]
    assert len(old) == 3
    clocks = [
        json.loads((store / "ledger.json").read_bytes())["documents"][KEY]
        for store in (world.store, again)
    ]
    for name in ("verified_at", "sha256", "verdict"):
        assert clocks[0][name] == clocks[1][name]


def test_the_option_and_the_environment_turn_the_archive_on(monkeypatch):
    from regstatus.cli import parser
    from regstatus.cli._runs import options_from

    def timegate(*words):
        return options_from(parser().parse_args(["update", *words])).settings.timegate

    monkeypatch.delenv("REGSTATUS_TIMEGATE", raising=False)
    assert timegate() is None
    assert timegate("--archive") == GATE
    own = "https://archive.example.org/timegate/"
    monkeypatch.setenv("REGSTATUS_TIMEGATE", own)
    assert timegate() == own


def test_a_timegate_that_is_no_address_is_one_clear_line(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("REGSTATUS_TIMEGATE", "archive")
    assert main(["update", "--snapshots", str(tmp_path)]) == 2
    assert "REGSTATUS_TIMEGATE takes the address" in capsys.readouterr().err


def test_the_commands_say_from_where_the_words_were_read(alone, monkeypatch, capsys):
    alone.archive(NOON - timedelta(days=2))
    alone.block()
    alone.run(archive=True)
    monkeypatch.setenv("REGSTATUS_SNAPSHOTS", str(alone.store))
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["evidence", "US-TX"]) == 0
    out = capsys.readouterr().out
    assert "an archive's capture of 2026-11-20T12:00:00Z" in out
    assert f"{GATE}20261120120000id_/{OFFICIAL}" in out
    assert main(["cite", "US-TX"]) == 0
    assert "as it stood on 2026-11-20" in capsys.readouterr().out


def test_copies_and_captures_are_read_in_the_process_apart_as_well(world):
    world.block()
    world.run(isolate=True)
    assert world.clock["via_copy"] == f"https://{SECOND}/444.html"
    world.put(f"{SECOND}/444.html", b"no", 404)
    world.put(f"{THIRD}/444.txt", b"no", 404, kind="text/plain")
    world.archive(world.now + timedelta(hours=1))
    world.run(archive=True, isolate=True)
    assert world.clock["archived_at"] == "2026-11-23T13:00:00Z"


def test_each_shipped_copy_confirms_all_that_its_document_expects():
    from pathlib import Path

    from regstatus.catalog.sources import load_catalog
    from regstatus.decide.verdicts import judge
    from regstatus.model.text import Page
    from regstatus.model.words import Outcome
    from regstatus.pipeline.page_reader.read_page import read_page
    from tests.support.replica import example

    read = []
    for entry in load_catalog(Path(__file__).parents[2] / "sources"):
        by_address = {document.url: document for document in entry.documents}
        for document in entry.documents:
            for copy in document.copies:
                there = document.at(copy)
                # A copy that is no document of its own has the text in the same form.
                file = example(entry.jurisdiction, by_address.get(copy.url, there))
                assert file is not None, f"{entry.jurisdiction}: {copy.url}"
                page = Page(
                    url=there.url, final_url=there.url, outcome=Outcome.OK,
                    body=file.read_bytes(), fetched_at=NOON,
                )  # fmt: skip
                found = read_page(there, page, NOON.date())
                assert found.problem is None
                assert judge(there, found.finding, None) == ()
                read.append(entry.jurisdiction)
    assert {"SE", "US-AL", "US-IL"} <= set(read)
