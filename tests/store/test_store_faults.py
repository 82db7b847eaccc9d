"""The store under what disks, people and clocks do to it: read-only, rolled back, out of time, huge."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from filelock import FileLock

from regstatus.base.errors import SnapshotError
from regstatus.cli import main
from regstatus.decide.freshness import freshness
from regstatus.model.canonical import digest, snapshot_bytes
from regstatus.query.dataset import Dataset
from regstatus.store import atomic as files
from regstatus.store.ledger import stamp
from regstatus.store.reader import Store, entry_seal, index_bytes
from regstatus.store.verify import verify
from regstatus.store.writer import writing
from tests.faults.kinds import KINDS
from tests.faults.stage import Stage
from tests.fetch.conftest import Hosts
from tests.support.make import FEDERAL, NOON, publish, record

TX, US = record(), record(FEDERAL)


@pytest.fixture
def stage(tmp_path):
    hosts = Hosts()
    yield Stage(KINDS["schedule"], hosts, tmp_path)
    hosts.close()


def everything(folder):
    """Each file of a folder and its bytes, but for the lock."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def refuse(*_, **__):
    raise PermissionError(13, "Permission denied")


def test_a_store_where_no_folder_can_be_is_refused_with_its_name(tmp_path, capsys):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with (
        pytest.raises(SnapshotError, match="file/store: cannot be written"),
        writing(tmp_path / "file" / "store"),
    ):
        pass
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "us.toml").write_text(FEDERAL, encoding="utf-8")
    where = ["--sources", str(tmp_path / "sources"), "--snapshots", str(tmp_path / "file")]
    assert main(["update", *where]) == 6
    assert "cannot be written" in capsys.readouterr().err


def test_a_read_only_store_refuses_a_run_before_anything_is_asked_and_answers(stage, monkeypatch):
    stage.run()
    before, asked = everything(stage.store), len(stage.hosts.asked)
    with monkeypatch.context() as patch:
        patch.setattr(FileLock, "acquire", refuse)
        with pytest.raises(SnapshotError, match="cannot be written: Permission denied"):
            stage.run()
    assert everything(stage.store) == before
    assert len(stage.hosts.asked) == asked
    assert stage.wrong() == ()
    assert stage.run().counts == {"ok": 3}


@pytest.mark.parametrize("step", range(1, 9))
def test_a_store_that_turns_read_only_in_a_run_keeps_its_answers(stage, monkeypatch, step):
    stage.run()
    records, real, reached = stage.records(), files.write, []
    tx = stage.sources / "tx.toml"
    tx.write_text(
        tx.read_text(encoding="utf-8").replace(
            "minimum_age = 18\n", "minimum_age = 18\npenalties = 'x'\n"
        ),
        encoding="utf-8",
    )

    def write(path, data, **how):
        reached.append(path.name)
        if len(reached) >= step:
            refuse()
        real(path, data, **how)

    with monkeypatch.context() as patch:
        patch.setattr(files, "write", write)
        try:
            state = stage.run().state
        except PermissionError:
            state = "failed"
    assert state == "failed"
    assert len(reached) >= step
    assert stage.wrong() == ()
    assert set(stage.records()) == set(records)
    assert Store(stage.store).load().warning is None
    run = stage.run()
    assert run.counts == {"ok": 3}
    assert stage.wrong() == ()
    assert [fault for fault in verify(stage.store) if "a run was killed" not in fault] == []
    assert not list(stage.store.glob(".new-*"))


def rolled_back(path, by=1):
    """Put an older index back, as from a backup of the one file."""
    index = json.loads((path / "index.json").read_bytes())
    index["versions"] = index["versions"][:-by]
    (path / "index.json").write_text(json.dumps(index), encoding="utf-8")


def test_a_rolled_back_index_is_found_and_every_forgotten_version_named(tmp_path):
    publish(tmp_path, US)
    publish(tmp_path, US, TX)
    publish(tmp_path, US, created=NOON + timedelta(days=1))
    assert verify(tmp_path) == []
    rolled_back(tmp_path, by=2)
    faults = verify(tmp_path)
    assert [fault.partition(": a version that")[0] for fault in faults] == [
        str(tmp_path / "2026.11.22.2"),
        str(tmp_path / "2026.11.23"),
    ]
    assert all("rolled back" in fault for fault in faults)
    assert Store(tmp_path).load().version == "2026.11.22"


def test_no_run_builds_on_a_rolled_back_index(stage):
    empty = stage.store.parent / "first"
    stage.run()
    shutil.copytree(stage.store, empty)
    tx = stage.sources / "tx.toml"
    tx.write_text(tx.read_text(encoding="utf-8").replace("testing = false", "testing = true"),
                  encoding="utf-8")  # fmt: skip
    version = stage.run().version
    assert version == "2026.11.24"
    shutil.copy(empty / "index.json", stage.store / "index.json")
    before, asked = everything(stage.store), len(stage.hosts.asked)
    with pytest.raises(SnapshotError, match=rf"does not know {version}.*rolled back"):
        stage.run()
    assert everything(stage.store) == before
    assert len(stage.hosts.asked) == asked
    shutil.rmtree(stage.store / version)  # a person decides that it is not to be
    assert stage.run().version == "2026.11.26"
    assert verify(stage.store) == []


def test_a_version_older_than_the_newest_is_not_published(tmp_path):
    publish(tmp_path, US)
    before = everything(tmp_path)
    with pytest.raises(SnapshotError, match="the clock of this machine is wrong"):
        publish(tmp_path, US, TX, created=NOON - timedelta(seconds=1))
    assert everything(tmp_path) == before
    assert publish(tmp_path, US, TX, created=NOON)["id"] == "2026.11.22.2"


def test_a_clock_that_jumps_back_stops_the_run_before_anything_is_asked_or_written(stage):
    stage.run()
    before, asked = everything(stage.store), len(stage.hosts.asked)
    with pytest.raises(SnapshotError, match="after this run at 2026-10-24"):
        stage.run(hours=-30 * 24)
    assert everything(stage.store) == before
    assert len(stage.hosts.asked) == asked
    stage.now = NOON + timedelta(days=2)
    assert stage.run().counts == {"ok": 3}


def test_what_a_clock_far_ahead_wrote_is_no_proof_and_the_next_true_run_mends_it(stage):
    stage.run()
    true = stage.now
    stage.run(hours=24 * 3650)
    ahead = Store(stage.store).load()
    assert {clock["verified_at"][:4] for clock in ahead.ledger.values()} == {"2036"}
    state = freshness(ahead.get("US-LA"), ahead.ledger, true + timedelta(days=1))
    assert (state["state"], state["verified_at"]) == ("unverified", None)
    assert "a time still to come" in state["reasons"][0]
    stage.now = true
    run = stage.run(due=True)
    assert run.counts == {"ok": 3}, "what was fetched in the future is due now"
    assert {clock["verified_at"] for clock in stage.clocks().values()} == {stamp(stage.now)}
    assert stage.wrong() == ()
    assert verify(stage.store) == []


VERSIONS = 10_000


@pytest.fixture(scope="module")
def long_history(tmp_path_factory):
    """One version a day for 27 years; the index alone, and the files of every thousandth."""
    path = tmp_path_factory.mktemp("long")
    bodies = [snapshot_bytes({item["id"]: item for item in part}) for part in ((US,), (US, TX))]
    first = datetime(1999, 7, 8, 12, tzinfo=UTC)
    versions, parent = [], None
    for number in range(VERSIONS):
        created = first + timedelta(days=number)
        body = bodies[number % 2]
        entry = {
            "id": f"{created:%Y.%m.%d}", "created": stamp(created), "parent": parent,
            "digest": digest(body), "records": 1 + number % 2, "changes": 1, "files": {},
            "origin": None,
        }  # fmt: skip
        entry["seal"] = entry_seal(entry)
        versions.append(entry)
        parent = entry["digest"]
        if number % 1000 in {0, 999}:
            (path / entry["id"]).mkdir()
            (path / entry["id"] / "snapshot.json").write_bytes(body)
    (path / "index.json").write_bytes(index_bytes(versions))
    return path, versions


def test_ten_thousand_versions_answer_now_and_as_known_on_any_day(long_history):
    path, versions = long_history
    store = Store(path)
    assert len(store.versions()) == VERSIONS
    newest = store.load()
    assert newest.version == versions[-1]["id"]
    assert Dataset(newest).lookup("US-TX", now=NOON).status == "regulated"
    for number in range(0, VERSIONS, 1000):
        day = versions[number]["created"][:10]
        assert store.load(day).version == store.load(versions[number]["id"]).version
        assert store.load(day).version == versions[number]["id"]
        assert store.load(day).get("US-TX") is None
    assert store.load(versions[4999]["id"]).get("US-TX") == TX
    assert verify(path) == []


def test_the_ten_thousand_and_first_version_joins_the_chain(long_history, tmp_path):
    path, versions = long_history
    copy = shutil.copytree(path, tmp_path / "copy")
    after = datetime.fromisoformat(versions[-1]["created"]) + timedelta(days=1)
    entry = publish(copy, US, created=after)
    assert entry["parent"] == versions[-1]["digest"]
    assert Store(copy).load().version == entry["id"]
    assert verify(copy) == []
