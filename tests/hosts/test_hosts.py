"""Each host of the table, through real sockets: its good page counts, and nothing else that it sends does."""

from __future__ import annotations

import pytest

from tests.hosts.stage import HOSTS, REAL, Host
from tests.support.make import NOON
from tools.list_hosts import PAGE, page

pytestmark = pytest.mark.usefixtures("pages_read_once")
FIRST = "2026-11-22T12:00:00Z"
GOOD = {"good", "part"}
ANSWERS = [
    pytest.param(name, answer, id=f"{name}: {answer['name']}")
    for name, said in HOSTS.items()
    for answer in said.get("answers", [])
]
REALS = [
    pytest.param(name, real, id=f"{name}: {real['is']}, {real['path']}")
    for name, said in HOSTS.items()
    for real in said.get("real", [])
]
OF_REAL = {
    "not found": ({"gone"}, {"address"}),
    "a shell": ({"empty", "wrong_type", "unreadable"}, {"page"}),
    "a repealed document": ({"unreadable"}, {"doubt", "part"}),
    "another document": ({"unreadable", "gone"}, {"page", "address"}),
}
"""What a run and the doctor call a real document that is not the one that is meant."""


@pytest.fixture
def host(tmp_path, monkeypatch):
    """Play a host; all of a test end with it."""
    played = []
    monkeypatch.setenv("REGSTATUS_CONTACT", "jane@example.org")

    def play(name, **more):
        made = Host(name, tmp_path / str(len(played)), **more)
        played.append(made)
        return made

    yield play
    for one in played:
        one.__exit__()


@pytest.fixture(scope="module")
def stores():
    """The store after a good first run of each host that was played."""
    return {}


@pytest.fixture
def after_a_good_run(host, stores, tmp_path_factory):
    """A host whose document was read once, and is trusted."""

    def play(name):
        if name not in stores:
            first = Host(name, tmp_path_factory.mktemp("good"))
            with first:
                first.run(0)
            stores[name] = first.folder / "store"
        made = host(name, good=stores[name])
        assert made.clock()["outcome"] == "ok"
        return made

    return play


def counts(host):
    """Whether a good page of this host verifies on the day of the tests."""
    return host.document.applies(NOON.date())


def failed(host, outcomes, causes):
    """The document was told to fail under one of these names, and proved nothing by it."""
    before = host.clock()
    host.run()
    after = host.clock()
    assert after["outcome"] in outcomes, after.get("problem")
    assert after["failures"] == 1
    assert after.get("verified_at") == before.get("verified_at")
    assert host.diagnosis().cause in causes, host.diagnosis()


@pytest.mark.parametrize("name", HOSTS)
def test_a_good_page_verifies_and_the_doctor_finds_nothing(host, name):
    played = host(name)
    assert played.diagnosis().cause in GOOD
    played.run(0)
    clock = played.clock()
    assert (clock["outcome"], clock["failures"]) == ("ok", 0)
    assert clock.get("verified_at") == (FIRST if counts(played) else None)


@pytest.mark.parametrize("name", HOSTS)
def test_an_unchanged_page_keeps_what_was_read(after_a_good_run, name):
    played = after_a_good_run(name)
    for validators in (True, False):
        if not validators:  # the host knows none, and writes its frame anew each time
            kind, body = played.good
            coding = played.said.get("encoding", "utf-8")
            frame = body.replace("<head".encode(coding), "<!-- 4711 --><head".encode(coding), 1)
            played.send(200, frame if kind.startswith("text/html") else body)
        run = played.run()
        assert played.clock()["outcome"] in {"ok", "unchanged"}
        assert [str(change.kind) for change in run.changes] == []
        if counts(played):
            assert played.clock()["verified_at"] == f"{played.now:%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("name", HOSTS)
def test_half_a_page_proves_nothing_and_does_no_harm(after_a_good_run, name):
    played = after_a_good_run(name)
    body, before, played.cut = played.good[1], played.clock(), True
    half = body[: len(body) // 2]
    played.send(200, half, Content_Length=str(len(body)))
    failed(played, {"broken"}, {"down"})
    played.send(200, half)  # and as if that were all
    played.run()
    assert played.clock()["outcome"] in {"unreadable", "doubtful", "broken", "empty"}
    assert played.clock().get("verified_at") == before.get("verified_at")
    assert played.diagnosis().cause in {"down", "page", "good"}
    played.sent = None
    run = played.run()
    assert played.clock()["outcome"] in {"ok", "unchanged"}, played.clock().get("problem")
    assert {str(change.kind) for change in run.changes} == {"source_recovered"}


@pytest.mark.parametrize(("name", "answer"), ANSWERS)
def test_what_it_sends_in_place_of_the_document_is_told_by_its_cause(
    after_a_good_run, name, answer
):
    played = after_a_good_run(name)
    headers = dict(answer.get("headers", {}))
    headers.setdefault("Content-Type", answer.get("type", "text/html; charset=utf-8"))
    played.send(answer.get("status", 200), answer.get("body", "").encode(), **headers)
    failed(played, answer["outcome"].split(), answer["cause"].split())


@pytest.mark.parametrize("name", ["gencourt.state.nh.us", "www.flsenate.gov"])
def test_another_official_copy_is_read_where_the_host_refuses(after_a_good_run, name):
    played = after_a_good_run(name)
    played.send(403)
    played.serve_copies()
    played.run()
    assert played.clock()["via_copy"] == played.document.copies[0].url
    assert played.clock()["verified_at"] == f"{played.now:%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("name", [name for name, said in HOSTS.items() if "old" in said])
def test_a_text_that_is_not_of_today_does_not_verify(after_a_good_run, name):
    played = after_a_good_run(name)
    old, body = played.said["old"], played.good[1]
    coding = played.said.get("encoding", "utf-8")
    changed = body.replace(old["find"].encode(coding), old["put"].encode(coding))
    assert changed != body
    played.send(200, changed)
    failed(played, {"doubtful"}, {"doubt"})


@pytest.mark.parametrize("name", [name for name, said in HOSTS.items() if "before" in said])
def test_the_law_before_its_last_change_contradicts_the_record(after_a_good_run, name):
    played = after_a_good_run(name)
    change, coding = played.said["before"], played.said.get("encoding", "utf-8")
    body = played.good[1].replace(change["find"].encode(coding), change["put"].encode(coding))
    assert body != played.good[1]
    played.send(200, body)
    verified = played.clock()["verified_at"]
    run = played.run()
    assert "contradicted" in {str(change.kind) for change in run.changes}
    assert (played.clock()["verdict"], played.clock()["verified_at"]) == ("contradicts", verified)


def test_the_page_of_the_hosts_is_what_the_table_says():
    assert PAGE.read_text("utf-8") == page(HOSTS)


def test_each_host_says_how_an_old_text_is_known_or_why_it_is_not():
    repealed = {
        n for n, said in HOSTS.items() for r in said.get("real", []) if "repealed" in r["is"]
    }
    marked = {name for name, said in HOSTS.items() if said.keys() & {"old", "before"}}
    silent = {name for name, said in HOSTS.items() if "same" in said}
    assert marked | silent | repealed == set(HOSTS)
    assert marked & silent == set()


@pytest.mark.skipif(not REAL.is_dir(), reason=f"the real documents are not here: {REAL}")
@pytest.mark.parametrize(("name", "real"), REALS)
def test_a_real_document_of_the_host_is_what_it_is(host, name, real):
    played = host(name)
    played.put_real((REAL / real["path"]).read_bytes(), real)
    outcomes, causes = OF_REAL.get(real["is"], ({"ok"}, GOOD))
    played.run(0)
    clock = played.clock()
    assert clock["outcome"] in outcomes, clock.get("problem")
    if outcomes == {"ok"}:
        assert clock["verified_at"] == f"{played.now:%Y-%m-%dT%H:%M:%SZ}"
    else:
        assert clock.get("verified_at") is None
    assert played.diagnosis().cause in causes, played.diagnosis()
