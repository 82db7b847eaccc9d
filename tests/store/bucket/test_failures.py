"""Every point at which a run on a bucket can fail, and what readers and the next run then meet."""

from __future__ import annotations

import errno
import json
import random
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from regstatus.base.errors import LaterFormat, Locked, SnapshotError, UsageError
from regstatus.model.canonical import digest
from regstatus.query.dataset import Dataset
from regstatus.report.notify import delivery
from regstatus.report.notify.config import check_text
from regstatus.report.notify.delivery import after_run, enlist
from regstatus.store.atomic import packed
from regstatus.store.bucket import bucket_run
from regstatus.store.bucket import mirror as remote
from regstatus.store.bucket.bucket_run import BucketRun, bring_reports, texts_of
from regstatus.store.bucket.clone import clone_store, verify_remote
from regstatus.store.bucket.head import Head, head_name, object_name
from regstatus.store.bucket.mirror import RemoteStore, open_remote
from regstatus.store.bucket.objects import Bucket
from tests.store.bucket.conftest import URL, Killed

pytestmark = pytest.mark.usefixtures("memory")


@pytest.fixture
def one(machines):
    return machines("one")


@pytest.fixture
def two(machines):
    return machines("two")


def state(machine):
    """All that an answer rests on, as another machine sees it."""
    store = machine.store()
    snapshot = store.load()
    assert snapshot.warning is None
    return snapshot.version, snapshot.digest, snapshot.ledger


def sound(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return verify_remote(URL, folder)


def test_a_run_publishes_versions_clocks_texts_reports_and_evidence(one, two, tmp_path):
    done = one.run()
    assert done.report_file.read_text(encoding="utf-8") == done.report
    assert two.versions() == ["2026.11.23"]
    assert two.store().load().ledger["US-TX:hs-444"]["verified_at"] == "2026-11-23T12:00:00Z"
    folder = tmp_path / "copy"
    assert sound(folder) == []
    kinds = {path.relative_to(folder).parts[0] for path in folder.rglob("*") if path.is_file()}
    assert kinds == {
        "2026.11.23", "evidence", "index.json", "ledger.json", "reports", "texts",
    }  # fmt: skip
    assert len(list(folder.glob("evidence/??/*.gz"))) == 2


def test_nothing_in_the_bucket_is_ever_changed_or_removed(one, two, memory):
    before = {}
    for machine, cap in ((one, "two"), (two, "one"), (one, "one"), (two, "two")):
        machine.now, machine.cap = max(one.now, two.now), cap
        machine.run()
        after = memory()
        assert {name: after.get(name) for name in before} == before
        before = after


def test_the_same_law_gives_the_same_records_in_a_bucket_as_in_a_folder(one, tmp_path):
    one.run()
    from regstatus.pipeline.update import update

    options = replace(one.options(), remote=None, snapshots=tmp_path / "folder")
    update(options, now=lambda: one.now, pages=one.pages)
    from regstatus.store.reader import Store

    assert one.store().load().digest == Store(tmp_path / "folder").load().digest


def test_killed_at_any_write_nothing_is_visible_and_the_next_run_makes_up_for_it(
    one, two, at_write, tmp_path
):
    one.run()
    then = state(two)
    writes, tried = 99, 0
    while tried < writes:
        tried += 1

        def kill(name):
            raise Killed(name)

        patch, _ = at_write(tried, kill)
        one.cap = f"{tried + 2}"
        try:
            one.run(hours=1)
        except Killed:
            assert state(two) == then, tried
        else:
            writes = tried - 1  # a run has no more writes than that
        finally:
            patch.undo()
        if tried < writes:
            assert sound(tmp_path / "copy") == []
    assert writes > 6
    assert state(two) != then
    assert sound(tmp_path / "copy") == []
    assert not list(Path(remote.mirror_of(URL)).glob("run-*/index.json"))


def test_the_head_is_the_last_thing_that_is_written(one, monkeypatch):
    names = []
    real = Bucket.create
    monkeypatch.setattr(
        Bucket, "create", lambda self, name, data: names.append(name) or real(self, name, data)
    )
    one.run()
    assert names[0] == "probe"
    assert names[-1] == head_name(1)
    assert all(name.startswith("objects/") for name in names[2:-1])


def test_the_loser_of_the_swap_is_told_and_loses_nothing_that_it_cannot_find_again(
    one, two, at_write, tmp_path
):
    one.run()
    two.now, two.cap = one.now, "one"

    def swap(name):
        if name == head_name(2) and not swapped:
            swapped.append(name)
            two.run(hours=23)
            one.here()

    swapped = []
    real = Bucket.create
    patch = pytest.MonkeyPatch()
    patch.setattr(
        Bucket, "create", lambda self, name, data: (swap(name), real(self, name, data))[1]
    )
    with pytest.raises(Locked, match="nothing of this run is visible; run it again"):
        one.run()
    patch.undo()
    assert swapped
    assert one.versions() == two.versions() == ["2026.11.23", "2026.11.24"]
    assert [run["started"][:10] for run in ledger(one)["runs"]] == ["2026-11-23", "2026-11-24"]
    assert one.run(hours=25).version == "2026.11.25"
    assert [entry["parent"] for entry in one.store().versions()][1:] == [
        entry["digest"] for entry in one.store().versions()
    ][:-1]
    assert sound(tmp_path / "copy") == []


def ledger(machine):
    return json.loads(Path(machine.store().path, "ledger.json").read_bytes())


def test_a_head_whose_answer_was_lost_on_the_way_is_known_as_ones_own(one, monkeypatch):
    real = Bucket.create

    def lost(self, name, data):
        real(self, name, data)
        if name.startswith("heads/"):
            raise SnapshotError("cannot be reached")
        return True if name != "probe" else real(self, name, data)

    monkeypatch.setattr(Bucket, "create", lost)
    assert one.run().version == "2026.11.23"
    # The library itself repeats a request whose answer was lost; then the object is there already.
    monkeypatch.setattr(
        Bucket,
        "create",
        lambda self, name, data: real(self, name, data) and not name.startswith("heads/"),
    )
    one.cap = "one"
    assert one.run().version == "2026.11.24"
    assert one.versions() == ["2026.11.23", "2026.11.24"]


def test_a_server_that_overwrites_what_was_created_is_refused_before_anything_is_asked(
    one, monkeypatch
):
    monkeypatch.setattr(Bucket, "create", lambda self, name, data: True)
    with pytest.raises(SnapshotError, match="ignores `If-None-Match"):
        one.run()
    assert one.asked == []


def test_a_network_that_fails_in_a_run_leaves_what_was(one, two, at_write):
    one.run()
    then = state(two)

    def down(name):
        raise SnapshotError(f"{URL}: cannot be reached: {name}")

    patch, _ = at_write(4, down)
    one.cap = "one"
    with pytest.raises(SnapshotError, match="cannot be reached"):
        one.run()
    patch.undo()
    assert state(two) == then
    assert one.run(hours=1).version == "2026.11.24"


@pytest.mark.usefixtures("impatient")
def test_a_second_run_on_the_same_machine_stops_before_it_asks_anything(one):
    def within(requests, settings, *, now):
        with pytest.raises(Locked, match="on this machine"):
            one.run(hours=0)
        yield from one.pages(requests, settings, now=now)

    assert one.run(pages=within).version == "2026.11.23"


def down(*_, **__):
    raise SnapshotError(f"{URL}: cannot be reached: refused")


def test_where_the_bucket_cannot_be_asked_the_mirror_answers_and_says_so(one, two, monkeypatch):
    one.run()
    two.store()
    monkeypatch.setattr(Bucket, "names", down)
    monkeypatch.setattr(Bucket, "get", down)
    asked = []
    monkeypatch.setattr(RemoteStore, "pull", lambda self: asked.append(1) or down())
    two.here()
    for _ in range(3):
        snapshot = open_remote(URL).load() if asked else two.store().load()
        assert "cannot be reached: refused; what this machine saw last answers" in snapshot.warning
        assert snapshot.version == "2026.11.23"
    assert len(asked) == 1  # who waits for an answer waits once


def test_where_it_cannot_be_asked_and_was_never_seen_there_is_no_answer(one, monkeypatch):
    monkeypatch.setattr(Bucket, "names", down)
    with pytest.raises(SnapshotError, match="cannot be reached"):
        one.store()


def test_a_run_never_builds_on_the_mirror_alone(one, monkeypatch):
    one.run()
    monkeypatch.setattr(Bucket, "names", down)
    with pytest.raises(SnapshotError, match="cannot be reached"):
        one.run()
    assert len(one.asked) == 2  # of the first run


def test_an_empty_prefix_says_how_to_begin(one):
    with pytest.raises(SnapshotError, match="no snapshots here; run `regstatus update`"):
        one.store()


def test_a_look_up_brings_only_what_is_new(one, two, monkeypatch):
    one.run()
    got = []
    real = Bucket.get
    monkeypatch.setattr(Bucket, "get", lambda self, name: got.append(name) or real(self, name))
    two.store().load()
    assert len(got) == 4  # head, index, ledger, records
    got.clear()
    two.store().load()
    assert got == []
    one.run()  # nothing new but clocks
    got.clear()
    two.store().load()
    assert len(got) == 2  # head, ledger
    got.clear()
    Dataset(two.store().load("2026.11.23")).lookup("US-TX", now=two.now)
    assert got == []


def test_a_damaged_mirror_mends_itself(one, two):
    one.run()
    then = state(two)
    folder = Path(two.store().path)
    files = [path for path in folder.rglob("*") if path.suffix == ".json"]
    assert len(files) == 4
    for file in files:
        file.write_bytes(b"{}")
        assert state(two) == then, file
        file.unlink()
        assert state(two) == then, file


def objects_of(version, one, memory):
    entry = next(e for e in one.store().versions() if e["id"] == version)
    return object_name(entry["files"]["snapshot.json"])


@pytest.mark.parametrize("how", ["missing", "damaged", "another"])
def test_a_newest_version_that_is_not_whole_answers_from_the_one_before_and_says_so(
    one, two, memory, how
):
    one.run()
    one.cap = "one"
    one.run()
    name = objects_of("2026.11.24", one, memory)
    if how == "missing":
        memory.remove(name)
    else:
        memory.spoil(
            name, b"spoilt" if how == "damaged" else memory()[objects_of("2026.11.23", one, memory)]
        )
    snapshot = two.store().load()
    assert snapshot.version == "2026.11.23"
    assert name in snapshot.warning
    assert ("missing" if how == "missing" else "damaged") in snapshot.warning
    two.now = one.now
    with pytest.raises((SnapshotError, OSError), match=r"missing|damaged"):
        two.run()


def test_what_is_missing_or_damaged_is_named_whatever_it_is(one, memory, tmp_path):
    one.run()
    one.cap = "one"
    one.run()
    whole = memory()
    store, spoilt = RemoteStore(URL), 0
    past, now = (
        {*head.files.values(), *texts_of(store, head.files["texts"]).values()}
        for head in (store.head(1), store.head(2))
    )
    past -= now
    for name in whole.keys() - {"probe", *map(object_name, past)}:  # nothing rests on past clocks
        for harm in (memory.remove, memory.spoil):
            harm(name)
            try:
                faults = sound(tmp_path / "copy")
            except SnapshotError as error:
                faults = [str(error)]
            assert any(name in fault for fault in faults) or name.startswith("heads/"), name
            assert faults, name
            memory.spoil(name, whole[name])
            spoilt += 1
    assert spoilt > 20
    assert sound(tmp_path / "copy") == []


@pytest.mark.parametrize("seed", range(3))
def test_any_bit_that_flips_in_a_bucket_is_found_and_makes_no_answer_another(
    one, two, memory, tmp_path, seed
):
    one.run()
    one.cap = "one"
    one.run()
    whole, chance = memory(), random.Random(seed)
    true = Dataset(one.store().load()).lookup("US-TX", now=one.now)
    names = sorted(whole.keys() - {"probe"})
    heads = [name for name in names if name.startswith("heads/")] * 6
    for name in (*chance.sample(names, min(20, len(names))), *heads):
        data = whole[name]
        at, bit = chance.randrange(len(data)), chance.randrange(8)
        memory.spoil(name, data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :])
        where = f"{name}, byte {at}, bit {bit}"
        try:
            faults = sound(tmp_path / "copy")
        except SnapshotError as error:
            faults = [str(error)]
        assert faults, where
        shutil.rmtree(two.folder, ignore_errors=True)  # it has seen nothing yet
        two.here()
        try:
            found = Dataset(two.store().load()).lookup("US-TX", now=one.now)
        except (SnapshotError, OSError):
            found = None
        assert (
            found is None
            or found["freshness"]["state"] in {"stale", "unverified"}
            or found.to_dict() == true.to_dict()
        ), where
        memory.spoil(name, data)
    assert sound(tmp_path / "copy") == []


@pytest.mark.parametrize("number", [3, 12, 2027])
def test_a_head_of_a_later_format_is_refused_and_not_called_damaged(one, memory, number):
    one.run()
    whole = memory()[head_name(1)]
    memory.spoil(head_name(1), whole.replace(b"-head/2", f"-head/{number}".encode()))
    shutil.rmtree(one.folder)
    with pytest.raises(LaterFormat, match=f"head/{number} was written by a later release"):
        one.store()


def test_a_bucket_that_was_rolled_back_is_seen_by_whoever_saw_the_newer_one(one, two, memory):
    one.run()
    one.cap = "one"
    one.run()
    two.store()
    memory.remove(head_name(2))
    assert "it was rolled back" in two.store().load().warning
    with pytest.raises(SnapshotError, match="rolled back"):
        two.run()
    memory.remove(head_name(1))
    assert "it was rolled back" in two.store().load().warning


def test_a_head_that_was_replaced_is_seen(one, two, memory):
    one.run()
    two.store()
    forged = Head(number=1, made="x", files={"ledger.json": digest(b"{}")})
    memory.spoil(head_name(1), forged.to_bytes())
    assert "it was replaced" in two.store().load().warning


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b'{"format":"regstatus-head/1"}', b'{"format":"regstatus-head/2"}',
     Head(number=7).to_bytes(), Head(number=1, files={"index.json": "../../x"}).to_bytes()],
)  # fmt: skip
def test_a_head_of_another_form_is_named(one, memory, data):
    memory.spoil(head_name(1), data)
    with pytest.raises(SnapshotError, match=f"{head_name(1)}: damaged"):
        one.store()


def test_names_of_a_bucket_lead_nowhere_outside_the_folder(one, memory, tmp_path):
    evil = json.dumps({"../../evil": {"sha256": "a" * 64}, "x/../y": {}}).encode()
    memory.spoil(object_name(digest(evil)), packed(evil))
    texts = json.dumps({"../evil.txt": digest(evil)}).encode()
    memory.spoil(object_name(digest(texts)), packed(texts))
    head = Head(
        number=1,
        files={"ledger.json": digest(evil), "texts": digest(texts)},
        added={"captures": digest(evil), "../evil.md": digest(evil), "/evil.md": digest(evil)},
    )
    memory.spoil(head_name(1), head.to_bytes())
    (tmp_path / "in" / "copy").mkdir(parents=True)
    one.here()
    assert any(
        "not what its name says" in fault for fault in clone_store(URL, tmp_path / "in" / "copy")
    )
    with pytest.raises(SnapshotError, match="damaged: it is not what its name says"):
        bring_reports(RemoteStore(URL), 1)
    honest = Head(number=1, files=head.files, added={"captures": digest(evil)})
    memory.spoil(head_name(1), honest.to_bytes())
    faults = clone_store(URL, tmp_path / "in" / "copy")
    assert any("no list of captures" in fault for fault in faults)
    assert list(tmp_path.rglob("*evil*")) == []


def test_what_unpacks_without_end_is_damage(one, memory, monkeypatch):
    monkeypatch.setattr("regstatus.store.proof.LARGEST", 1000)
    bomb = b"0" * 100_000
    memory.spoil(object_name(digest(bomb)), packed(bomb))
    one.here()
    with pytest.raises(SnapshotError, match="damaged"):
        RemoteStore(URL).object(digest(bomb))


def test_missing_credentials_and_addresses_that_are_none_are_told_in_one_line(monkeypatch):
    monkeypatch.undo()
    for name in ("s3://", "s3:///x", "s3://a/../b", "s3://UP CASE/x"):
        with pytest.raises(UsageError, match="is no address of a bucket"):
            Bucket(name)
    for name in remote.os.environ:
        if name.startswith("AWS_"):
            monkeypatch.delenv(name)
    with pytest.raises(SnapshotError, match="no credentials: set AWS_ACCESS_KEY_ID"):
        Bucket("s3://bucket/x")


def test_pruning_is_refused_and_nothing_is_asked(one):
    from datetime import timedelta

    with pytest.raises(UsageError, match="nothing is ever dropped"):
        one.run(keep_evidence=timedelta(days=1))
    assert one.asked == []


def test_what_the_host_vouches_for_needs_no_second_copy_of_the_page(one):
    one.run()
    one.run()
    assert [request.validators is not None for request in one.asked] == [False, False, True, True]


def test_a_mirror_that_cannot_be_written_is_said_to_be_so(one, monkeypatch):
    one.run()

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(remote, "put", full)
    shutil.rmtree(one.folder)
    with pytest.raises(SnapshotError, match="cannot be written: No space left"):
        one.store()


def test_reports_of_other_machines_come_to_whoever_tells_people(one, two):
    one.run()
    two.now = one.now
    done = two.run()
    names = sorted(path.name for path in done.report_file.parent.glob("*.json"))
    assert names == ["20261123T120000Z.json", "20261124T120000Z.json"]


def test_a_service_that_remembers_learns_of_new_versions_and_of_a_bucket_that_is_gone(
    one, two, monkeypatch
):
    from regstatus.query.dataset import opened
    from regstatus.web.service.library import Library

    one.run()
    two.here()
    library = Library(URL, now=lambda: one.now)
    assert opened(URL, None).version == library.current().snapshot.version == "2026.11.23"
    one.cap = "one"
    one.run()
    two.here()
    library._looked = float("-inf")
    assert opened(URL, None).version == library.current().snapshot.version == "2026.11.24"
    monkeypatch.setattr(Bucket, "names", down)
    two.here()
    library._looked = float("-inf")
    assert "what this machine saw last answers" in opened(URL, None).snapshot.warning
    told = library.current().snapshot.warning
    assert told == "the newest records cannot be read at present; answered from 2026.11.24"


def test_a_held_run_publishes_its_clocks_and_report_and_no_version(one, two):
    one.run()
    one.cap = "one"
    done = one.run(flip_budget=-1)
    assert done.state == "held"
    assert two.versions() == ["2026.11.23"]
    assert [run["state"] for run in ledger(two)["runs"]] == ["complete", "held"]


def test_a_schedule_counts_from_the_last_run_of_any_machine(one, two):
    from regstatus.pipeline.schedule import _first_run, trigger_of

    one.run()
    first = _first_run(two.options(), trigger_of("6h", None), one.now)
    assert (first - one.now).total_seconds() == 6 * 3600


def test_the_shipped_pages_are_published_from_a_bucket_as_from_a_folder(one, tmp_path):
    pytest.importorskip("starlette")
    from regstatus.web.api.endpoints import version_file
    from regstatus.web.edition import Edition

    one.run()
    one.cap = "one"
    one.run()
    shutil.rmtree(one.folder)
    store = one.store()
    edition = Edition(store, store.load(), one.now)
    for entry in store.versions():
        for name in entry["files"]:
            assert digest(version_file(edition, entry, name)) == entry["files"][name]


@pytest.mark.parametrize("file", ["snapshot.json", "index.json", "ledger.json", "mirror.json"])
def test_a_mirror_cut_short_never_has_clocks_ahead_of_their_records(one, two, monkeypatch, file):
    one.run()
    two.store()
    one.cap = "one"
    one.run()
    real = remote.put

    def kill(path, data):
        if path.name == file:
            raise Killed
        real(path, data)

    monkeypatch.setattr(remote, "put", kill)
    with pytest.raises(Killed):
        two.store()
    monkeypatch.setattr(remote, "put", real)
    monkeypatch.setattr(Bucket, "names", down)
    two.here()
    snapshot = open_remote(URL).load()
    moved = snapshot.ledger["US-TX:hs-444"]["last_fetched"][:10]
    assert (snapshot.version, moved) in {
        ("2026.11.23", "2026-11-23"),
        ("2026.11.24", "2026-11-23"),
        ("2026.11.24", "2026-11-24"),
    }


@pytest.mark.parametrize("point", ["the head", "a report", "the mirror"])
@pytest.mark.parametrize("new", [False, True])
def test_killed_once_its_head_is_there_a_run_is_told_by_the_next_also_to_a_new_target(
    one, two, monkeypatch, point, new
):
    """Of what another machine did before, a new target hears nothing."""
    sent = []
    monkeypatch.setattr(delivery, "send", lambda _t, body, **_: sent.append(body))
    config = check_text(
        '[[targets]]\nwebhook = "https://hooks.example.org/x"\nsecret_env = "KEY"\n', "notify.toml"
    )

    def told(machine, done):
        after_run(machine.options().snapshots, config, done, now=lambda: machine.now)

    two.run()
    two.cap = "three"
    two.run()
    machine = one if new else two
    machine.now = two.now
    before = two.now
    if not new:
        told(two, two.run())
    sent.clear()
    machine.cap = "one"
    later = machine.now + timedelta(hours=24)
    enlist(config, machine.options().snapshots, later, remote=True)
    where = {
        "the head": (BucketRun, "_create"),
        "a report": (bucket_run, "put"),
        "the mirror": (RemoteStore, "pull"),
    }[point]
    real = getattr(*where)
    reached = []

    def killed(*args, **kwargs):
        found = real(*args, **kwargs)
        reached.append(point)
        if point == "the head" or (point == "a report" and "reports" in str(args[0])):
            raise Killed
        if point == "the mirror" and len(reached) == 2:
            raise Killed
        return found

    with monkeypatch.context() as patch:
        patch.setattr(*where, killed)
        with pytest.raises(Killed):
            machine.run()
    done = machine.run()
    assert done.version is None
    told(machine, done)
    [body] = sent
    assert "contradicted" in {change["kind"] for change in body["changes"]}
    assert all(change["observed"] > before.date().isoformat() for change in body["changes"])
