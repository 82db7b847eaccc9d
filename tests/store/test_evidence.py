"""Evidence: every page that supports an answer is kept, proven, named if damaged, and never lost."""

import contextlib
import gzip
import hashlib
import json
import os
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regstatus.store.atomic as files_module
from regstatus.base.errors import SnapshotError
from regstatus.model import text
from regstatus.model.words import Outcome
from regstatus.store.atomic import file_name, packed
from regstatus.store.capture import Capture
from regstatus.store.clocks import Clocks
from regstatus.store.evidence import Evidence
from regstatus.store.reader import Store
from regstatus.store.verify import verify
from regstatus.store.writer import writing
from tests.pipeline.test_update import HOST, World, chapter, schedule
from tests.support.make import NOON
from tests.support.pages import Page, codes
from tests.support.replica import Replica

KEY = "US-TX:hs-444"


@pytest.fixture
def world(tmp_path):
    with Replica() as site:
        yield World(tmp_path, site)


def page(body=b"the law", when=NOON, **facts):
    known = {
        "url": "https://law.example.gov/a", "final_url": "https://law.example.gov/a",
        "outcome": Outcome.OK, "status": 200, "body": body, "fetched_at": when, **facts,
    }  # fmt: skip
    return text.Page(**known)


def capture(got, key=KEY, sha256=None):
    return Capture.of(
        got, key=key, adapter="page", run=got.fetched_at, sha256=sha256 or got.sha256,
        text_sha256=None,
    )  # fmt: skip


def keep(path, body=b"the law", days=0, key=KEY, **facts):
    got = page(body, NOON + timedelta(days=days), **facts)
    evidence = Evidence(path)
    evidence.keep(capture(got, key), body)
    evidence.flush()
    return got.sha256


def vouch(path, sha256, days, key=KEY):
    got = page(b"", NOON + timedelta(days=days), outcome=Outcome.UNCHANGED, status=304)
    evidence = Evidence(path)
    evidence.keep(capture(got, key, sha256), b"")
    evidence.flush()


def citing(*digests):
    """A ledger that names bodies."""
    clocks = Clocks()
    clocks.update({digest: {"sha256": digest} for digest in digests})
    return clocks


def tree(path):
    return sorted(str(f.relative_to(path)) for f in (path / "evidence").rglob("*") if f.is_file())


def test_a_run_keeps_each_page_that_it_read_under_its_digest(world):
    world.run()
    clock = Store(world.path).load().ledger[KEY]
    evidence = Evidence(world.path)
    assert evidence.body(clock["sha256"]) == chapter()
    [kept], faults = evidence.captures(KEY)
    assert faults == []
    assert (kept.sha256, kept.text_sha256) == (clock["sha256"], clock["text_sha256"])
    assert (kept.url, kept.status, kept.outcome) == (clock["url"], 200, "ok")
    assert kept.via.startswith("http://127.0.0.1:")
    assert ("content-type", "text/html; charset=utf-8") in kept.headers
    assert kept.fetched_at == kept.run == world.now
    assert verify(world.path) == []


def test_what_could_not_be_read_is_no_evidence(world):
    world.serve("/HS.444.htm", b"<html><body><p>Welcome to our site</p></body></html>" * 20)
    run = world.run()
    assert run.counts == {"ok": 1, "unreadable": 1}
    assert Evidence(world.path).captures(KEY) == ([], [])


def test_a_host_that_vouches_is_remembered_and_no_body_is_written_again(world):
    world.run()
    sha256 = Store(world.path).load().ledger[KEY]["sha256"]
    file = Evidence(world.path).body_file(sha256)
    before = file.stat().st_mtime_ns
    world.run()
    captures, _ = Evidence(world.path).captures(KEY)
    assert [(c.outcome, c.status, c.sha256) for c in captures] == [
        ("ok", 200, sha256), ("unchanged", 304, sha256),
    ]  # fmt: skip
    assert file.stat().st_mtime_ns == before


def test_a_body_that_is_not_held_is_asked_for_again_though_the_host_would_vouch(world):
    world.run()
    clock = Store(world.path).load().ledger[KEY]
    Evidence(world.path).body_file(clock["sha256"]).unlink()
    assert any(clock["sha256"] in fault for fault in verify(world.path))
    assert world.run().counts == {"ok": 1, "unchanged": 1}
    assert verify(world.path) == []


@given(st.binary(min_size=1, max_size=3000))
def test_the_same_body_gives_the_same_file_and_comes_back_whole(tmp_path_factory, body):
    first, second = tmp_path_factory.mktemp("a"), tmp_path_factory.mktemp("b")
    sha256 = keep(first, body)
    assert keep(second, body, days=9) == sha256
    assert Evidence(first).body(sha256) == body
    files = [Evidence(path).body_file(sha256).read_bytes() for path in (first, second)]
    assert files[0] == files[1]
    assert gzip.decompress(files[0]) == body


DAMAGE = {
    "flipped": lambda data: data[:12] + bytes([data[12] ^ 1]) + data[13:],
    "truncated": lambda data: data[:-9],
    "empty": lambda _: b"",
    "another text": lambda _: gzip.compress(b"another law"),
    "not gzip": lambda _: b"the law",
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_page_is_named_never_shown_and_mended_by_the_next_sending(world, how):
    world.run()
    sha256 = Store(world.path).load().ledger[KEY]["sha256"]
    file = Evidence(world.path).body_file(sha256)
    file.write_bytes(DAMAGE[how](file.read_bytes()))
    [fault] = verify(world.path)
    assert str(file) in fault
    with pytest.raises(SnapshotError, match=sha256):
        Evidence(world.path).body(sha256)
    world.run(hours=24 * 15)  # by then the whole text is asked for
    assert verify(world.path) == []


def test_a_bomb_in_the_archive_is_damage(tmp_path, monkeypatch):
    sha256 = keep(tmp_path, b"x" * 1000)
    monkeypatch.setattr("regstatus.store.proof.LARGEST", 100)
    with pytest.raises(SnapshotError, match="digest"):
        Evidence(tmp_path).body(sha256)


@pytest.mark.parametrize("how", ["cut", "foreign", "moved"])
def test_a_damaged_capture_is_named_and_keeps_every_body_from_being_dropped(tmp_path, how):
    keep(tmp_path, b"old")
    keep(tmp_path, b"new", days=9)
    [first, _] = sorted((tmp_path / "evidence" / "captures").iterdir())
    if how == "cut":
        first.write_bytes(first.read_bytes()[:-20])
    elif how == "foreign":
        lines = gzip.decompress(first.read_bytes())
        first.write_bytes(packed(lines.replace(b'"sha256":"', b'"sha256":"../')))
    else:
        first = first.rename(first.with_name("20200101T000000.000000Z.gz"))
    evidence = Evidence(tmp_path)
    assert [fault for fault in evidence.verify(citing()) if str(first) in fault]
    assert evidence.prune(NOON + timedelta(days=99), set()).bodies == ()
    assert first.exists()


def test_verification_of_a_store_without_evidence_says_nothing_of_it(tmp_path):
    assert Evidence(tmp_path).verify(citing("0" * 64)) == []
    assert not (tmp_path / "evidence").exists()


class Killed(BaseException):
    """Stands for a kill: nothing may catch it."""


def counted(reached, step, function):
    def call(*args, **kwargs):
        reached.append(function)
        if len(reached) == step:
            raise Killed
        return function(*args, **kwargs)

    return call


def keep_killed_at(path, step, monkeypatch):
    """Keep a page and be killed at a writing step; returns how many were reached."""
    reached = []
    with monkeypatch.context() as patch:
        patch.setattr(files_module.os, "fsync", counted(reached, step, os.fsync))
        for name in ("replace", "mkdir"):
            real = getattr(files_module.Path, name)
            patch.setattr(files_module.Path, name, counted(reached, step, real))
        with contextlib.suppress(Killed):
            keep(path, b"new", days=1, key="US-CA:other")
    return len(reached)


STEPS = 11
"""Folders, synced names, writes and renames of one page and the list with its capture."""


def test_the_steps_of_keeping_a_page_are_counted(tmp_path, monkeypatch):
    keep(tmp_path, b"old")
    assert keep_killed_at(tmp_path, 99, monkeypatch) == STEPS


@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_a_kill_at_any_step_leaves_whole_files_and_the_next_run_clean(tmp_path, step, monkeypatch):
    old = keep(tmp_path, b"old")
    # What is synced at one time with it goes on.
    assert keep_killed_at(tmp_path, step, monkeypatch) >= step, "the fault was never injected"
    evidence = Evidence(tmp_path)
    assert evidence.verify(citing(old)) == []
    with writing(tmp_path) as writer:
        assert not list(writer.path.rglob(".new-*"))
    new = keep(tmp_path, b"new", days=1, key="US-CA:other")
    assert evidence.verify(citing(old, new)) == []
    assert len(evidence.captures()[0]) == 2


def full(*_args, **_kwargs):
    raise OSError(28, "No space left on device")


def test_a_run_that_cannot_keep_its_evidence_fails_and_no_answer_moves(world, monkeypatch):
    world.run()
    before = (world.record(), Store(world.path).versions(), world.answer()["status"])
    world.serve("/HS.481.htm", schedule("<li>Mitragyna speciosa (kratom)</li>"))
    with monkeypatch.context() as patch:
        patch.setattr("regstatus.store.evidence.put", full)
        run = world.run()
    assert (run.state, run.version) == ("failed", None)
    assert "could not be kept" in run.report
    assert "No space left" in run.report
    assert "Failed" in run.report
    assert run.report_file.read_text(encoding="utf-8") == run.report
    assert (world.record(), Store(world.path).versions(), world.answer()["status"]) == before
    clock = Store(world.path).load().ledger["US-TX:hs-481"]
    assert clock["verified_at"] == "2026-11-23T12:00:00Z"
    again = world.run()
    assert (again.state, again.version) == ("complete", "2026.11.25")
    assert world.answer()["status"] == "banned"
    assert verify(world.path) == []


def test_on_a_disk_that_takes_nothing_the_report_still_reaches_the_caller(world, monkeypatch):
    world.run()
    ledger = (world.path / "ledger.json").read_bytes()
    world.serve("/HS.444.htm", chapter(cap="one"))
    with monkeypatch.context() as patch:
        patch.setattr(files_module.os, "fsync", full)
        run = world.run()
    assert (run.state, run.version, run.report_file) == ("failed", None, None)
    assert "could not be kept" in run.report
    assert (world.path / "ledger.json").read_bytes() == ledger
    assert not list(world.path.rglob(".new-*")), "parts would take the room of the report"
    assert verify(world.path) == []


def test_a_run_that_has_no_room_for_the_words_fails_and_no_answer_moves(world, monkeypatch):
    world.run()
    before = (world.record(), Store(world.path).versions())
    world.serve("/HS.444.htm", chapter(cap="one"))
    with monkeypatch.context() as patch:
        patch.setattr("regstatus.pipeline.spool._Words.put", full)
        run = world.run()
    assert (run.state, run.version) == ("failed", None)
    assert "No space left" in run.report
    assert (world.record(), Store(world.path).versions()) == before
    assert world.run().state == "complete"


def test_a_fault_of_ours_in_keeping_ends_the_run_and_is_not_taken_for_a_full_disk(
    world, monkeypatch
):
    def broken(*_args):
        raise AssertionError("the digest is another")

    monkeypatch.setattr(Evidence, "keep", broken)
    with pytest.raises(AssertionError, match="the digest is another"):
        world.run()
    assert not Store(world.path).exists()


def test_a_first_run_that_cannot_keep_its_evidence_publishes_nothing(world, monkeypatch):
    monkeypatch.setattr("regstatus.store.evidence.put", full)
    assert world.run().state == "failed"
    assert not Store(world.path).exists()


@given(st.text(min_size=1))
def test_no_key_leads_out_of_its_folder(key):
    name = file_name(key)
    assert name not in {"", ".", ".."}
    assert not name.startswith((".", "-/"))
    assert set(name) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+%~")
    assert len(name.encode()) <= 150


KEYS = st.from_regex(
    r"[A-Z]{2}(-[A-Z0-9]{1,3})?(/[a-z0-9-]{1,20})?:[a-z0-9][a-z0-9-]{0,63}", fullmatch=True
)


@given(KEYS, KEYS)
def test_two_documents_of_the_catalogue_never_share_a_file(one, other):
    assert (file_name(one) == file_name(other)) == (one == other)


@pytest.mark.parametrize(
    "key", ["..:..", "../../x:y", "/etc/passwd:x", "..", "a\x00b:c", "C:\\x:y", "x" * 299]
)
def test_a_hostile_key_is_kept_inside_the_archive(tmp_path, key):
    store = tmp_path / "store"
    store.mkdir()
    keep(store, key=key)
    assert [c.key for c in Evidence(store).captures(key)[0]] == [key]
    assert [p.name for p in tmp_path.iterdir()] == ["store"]
    assert all(name.startswith("evidence/") for name in tree(store) if "/" not in name)
    assert len(list((store / "evidence" / "captures").iterdir())) == 1


@pytest.mark.parametrize("digest", ["../../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_a_digest_becomes_part_of_a_path(tmp_path, digest):
    with pytest.raises(SnapshotError, match="no SHA-256"):
        Evidence(tmp_path).body_file(digest)
    assert not Evidence(tmp_path).holds(digest)


def test_headers_that_may_hold_secrets_are_not_kept(tmp_path):
    secret = [
        ("set-cookie", "id=s3cret"), ("authorization", "Bearer s3cret"), ("x-api-key", "s3cret"),
        ("www-authenticate", "s3cret"), ("x-amz-security-token", "s3cret"), ("cookie", "s3cret"),
        ("proxy-authorization", "s3cret"), ("x-session-id", "s3cret"),
    ]  # fmt: skip
    keep(tmp_path, headers=(("etag", '"1"'), *secret, ("date", "x")))
    [kept] = Evidence(tmp_path).captures()[0]
    assert kept.headers == (("etag", '"1"'), ("date", "x"))
    assert "s3cret" not in "".join(
        (tmp_path / n).read_text(errors="replace") for n in tree(tmp_path)
    )


def test_what_is_newest_and_what_the_clocks_cite_is_never_dropped(tmp_path):
    one, two, three = (keep(tmp_path, body, days) for days, body in enumerate([b"1", b"2", b"3"]))
    other = keep(tmp_path, b"other", key="US-CA:b")
    vouch(tmp_path, three, 5)
    evidence = Evidence(tmp_path)
    before, cited = NOON + timedelta(days=400), {two}
    would = evidence.prune(before, cited, dry_run=True)
    assert [evidence.body_file(one)] == list(would.bodies)
    assert len(would.captures) == 1
    assert evidence.holds(one)
    size = sum(f.stat().st_size for f in tmp_path.rglob("*") if f.is_file())
    assert evidence.prune(before, cited) == would
    assert would.size == size - sum(f.stat().st_size for f in tmp_path.rglob("*") if f.is_file())
    assert not evidence.holds(one)
    assert {c.sha256 for c in evidence.captures()[0]} == {two, three, other}
    assert evidence.verify(citing(*cited)) == []
    [gone] = evidence.verify(citing(one))
    assert gone == f"{evidence.body_file(one)}: missing, and the ledger names it"
    assert evidence.prune(before, cited) == ((), (), 0)


def test_a_text_that_came_back_is_the_newest_and_stays(tmp_path):
    one = keep(tmp_path, b"1")
    keep(tmp_path, b"2", days=1)
    assert keep(tmp_path, b"1", days=2) == one
    evidence = Evidence(tmp_path)
    evidence.prune(NOON + timedelta(days=400), set())
    assert [c.sha256 for c in evidence.captures()[0]] == [one]
    assert evidence.verify(citing()) == []


_SENT = st.lists(
    st.tuples(st.sampled_from(["a", "b"]), st.sampled_from([b"1", b"2", b"3"]), st.booleans()),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=50)
@given(_SENT, st.integers(0, 14), st.sets(st.sampled_from([b"1", b"2", b"3"])))
def test_pruning_keeps_a_sound_archive_whatever_was_kept(tmp_path_factory, sent, day, cited):
    path = tmp_path_factory.mktemp("store")
    held = set()
    for number, (document, body, again) in enumerate(sent):
        sha256 = hashlib.sha256(body).hexdigest()
        if again and (document, sha256) in held:
            vouch(path, sha256, number, key=f"US:{document}")
        else:
            keep(path, body, number, key=f"US:{document}")
        held.add((document, sha256))
    named = {hashlib.sha256(b).hexdigest() for b in cited} & {digest for _, digest in held}
    evidence, before = Evidence(path), NOON + timedelta(days=day)
    all_before = evidence.captures()[0]
    evidence.prune(before, named)
    assert evidence.verify(citing(*named)) == []
    left = evidence.captures()[0]
    assert [c for c in all_before if c.fetched_at >= before or c in left] == left
    newest = {c.key: c for c in all_before}
    assert set(newest.values()) <= set(left)
    for c in left:
        assert any(o.outcome == "ok" and (o.key, o.sha256) == (c.key, c.sha256) for o in left), (
            "what is vouched for must have been sent"
        )


def test_an_unused_body_of_a_killed_run_is_dropped_by_the_next_pruning(tmp_path):
    keep(tmp_path)
    orphan = page(b"orphan")
    Evidence(tmp_path).keep(capture(orphan), b"orphan")
    assert Evidence(tmp_path).prune(NOON, set()).bodies == (
        Evidence(tmp_path).body_file(orphan.sha256),
    )


def test_a_run_drops_what_is_older_than_asked(world):
    world.run()
    for days in range(1, 4):
        world.serve("/HS.444.htm", chapter().replace(b"</body>", b"<p>x</p>" * days + b"</body>"))
        world.run(hours=24 * 100, keep_evidence=timedelta(days=150))
    captures, _ = Evidence(world.path).captures(KEY)
    assert len(captures) == 2
    assert verify(world.path) == []


def test_a_feed_is_kept_too_for_a_lead_rests_on_it(world):
    from tests.support.make import FEDERAL

    feed = """
[[documents]]
id = "register"
title = "Register"
publisher = "Office"
url = "https://statutes.example.gov/api/v1/documents.json"
url_basis = "seen"
format = "json"
reads = "feed"
adapter = "federal_register"
params = { term = "kratom" }
"""
    results = [{"document_number": "2026-1", "type": "Notice", "title": "Kratom"}]
    world.site.feeds[HOST, "kratom"] = json.dumps({"count": 1, "results": results}).encode()
    head, first = FEDERAL.split("[[instruments]]", 1)
    world.write("us.toml", head + feed + "\n[[instruments]]" + first)
    world.run()
    [kept], _ = Evidence(world.path).captures("US:register")
    assert kept.made
    assert kept.text_sha256 is None
    assert json.loads(Evidence(world.path).body(kept.sha256))["results"] == results


def test_the_pages_explain_every_field_of_a_capture():
    assert set(Capture.model_fields) <= set(codes(Page("docs/store.md").section("Evidence")))
