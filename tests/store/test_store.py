"""The store: immutable versions, proven by digest, written whole or not at all, by one writer."""

import contextlib
import json
import os
import subprocess
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import regstatus.store.atomic as files_module
from regstatus.base import paths as places
from regstatus.base.errors import Locked, SnapshotError, UsageError
from regstatus.model.canonical import canonical, snapshot_bytes
from regstatus.store import open_store
from regstatus.store.reader import Store
from regstatus.store.verify import verify
from regstatus.store.writer import writing
from tests.support.make import FEDERAL, NOON, publish, record

TX, US = record(), record(FEDERAL)

_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(_json)
def test_canonical_form_is_one_spelling_and_keeps_the_value(value):
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text
    assert "\n" not in text


@given(
    st.dictionaries(st.text(min_size=1), st.dictionaries(st.text(), _json, max_size=3), max_size=5)
)
def test_a_snapshot_is_the_same_bytes_in_whatever_order_its_records_come(records):
    shuffled = dict(reversed(list(records.items())))
    assert snapshot_bytes(records) == snapshot_bytes(shuffled)
    assert json.loads(snapshot_bytes(records))["records"] == records


def test_what_was_published_is_read_back_record_by_record(tmp_path):
    entry = publish(tmp_path, TX, US)
    snapshot = Store(tmp_path).load()
    assert (snapshot.version, snapshot.digest) == ("2026.11.22", entry["digest"])
    assert snapshot.ids == ("US", "US-TX")
    assert snapshot.get("US-TX") == TX
    assert snapshot.get("US-ZZ") is None


def test_versions_are_chained_and_numbered_within_a_day(tmp_path):
    first = publish(tmp_path, US)
    second = publish(tmp_path, US, TX)
    third = publish(tmp_path, US, created=NOON + timedelta(days=1))
    assert [first["id"], second["id"], third["id"]] == ["2026.11.22", "2026.11.22.2", "2026.11.23"]
    assert second["parent"] == first["digest"]
    assert third["parent"] == second["digest"]
    assert verify(tmp_path) == []


def test_the_same_law_gives_the_same_digest_whenever_it_is_written(tmp_path):
    first = publish(tmp_path / "a", TX, US)
    second = publish(tmp_path / "b", US, TX, created=NOON + timedelta(days=300))
    assert first["digest"] == second["digest"]


def test_record_time_finds_the_version_known_on_a_day_or_by_its_id(tmp_path):
    publish(tmp_path, US)
    publish(tmp_path, US, TX, created=NOON + timedelta(days=10))
    store = Store(tmp_path)
    assert store.load("2026-11-30").version == "2026.11.22"
    assert store.load("2026-12-02").version == "2026.12.02"
    assert store.load("2026.11.22").version == "2026.11.22"
    with pytest.raises(UsageError, match="nothing was recorded yet"):
        store.load("2020-01-01")
    with pytest.raises(UsageError, match="neither a version nor a day"):
        store.load("yesterday")


@pytest.mark.usefixtures("impatient")
def test_two_updaters_cannot_both_write(tmp_path):
    with (
        writing(tmp_path),
        pytest.raises(Locked, match="another update is running"),
        writing(tmp_path),
    ):
        pass
    with writing(tmp_path):
        pass


def test_a_lock_that_a_killed_run_leaves_to_the_process_it_was_starting_is_waited_for(tmp_path):
    fcntl = pytest.importorskip("fcntl", reason="processes are born otherwise here")
    path = tmp_path / "store"
    path.mkdir()
    with (path / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        # Its child holds the lock on, as one that is between fork and exec does.
        child = subprocess.Popen(["sleep", "0.1"], pass_fds=[held.fileno()])
    with child, writing(path):
        assert (path / ".lock").exists()


def damage(path, how):
    data = path.read_bytes()
    if how == "flipped":
        path.write_bytes(data[:100] + bytes([data[100] ^ 1]) + data[101:])
    elif how == "truncated":
        path.write_bytes(data[:-10])
    else:
        path.unlink()


@pytest.mark.parametrize("how", ["flipped", "truncated", "missing"])
def test_a_damaged_version_is_named_and_the_newest_sound_one_answers(tmp_path, how):
    publish(tmp_path, US)
    publish(tmp_path, US, TX)
    damage(tmp_path / "2026.11.22.2" / "snapshot.json", how)
    [fault] = verify(tmp_path)
    assert "2026.11.22.2" in fault
    assert "snapshot.json" in fault
    snapshot = Store(tmp_path).load()
    assert snapshot.version == "2026.11.22"
    assert "2026.11.22.2" in snapshot.warning


@pytest.mark.parametrize("name", ["changes.json", "report.md"])
def test_every_file_of_a_version_is_proven(tmp_path, name):
    publish(tmp_path, US)
    (tmp_path / "2026.11.22" / name).write_text("{}", encoding="utf-8")
    [fault] = verify(tmp_path)
    assert name in fault


def edit_index(path, change):
    index = json.loads((path / "index.json").read_text(encoding="utf-8"))
    change(index["versions"])
    (path / "index.json").write_text(json.dumps(index), encoding="utf-8")


def test_an_altered_or_cut_index_is_found(tmp_path):
    for _ in range(3):
        publish(tmp_path, US)
    edit_index(tmp_path, lambda versions: versions[1].update(created="2020-01-01T00:00:00Z"))
    assert any("altered" in fault for fault in verify(tmp_path))
    edit_index(tmp_path, lambda versions: versions.pop(0))
    assert any("does not follow" in fault for fault in verify(tmp_path))


def test_a_store_without_a_sound_version_says_so_and_names_every_file(tmp_path):
    publish(tmp_path, US)
    damage(tmp_path / "2026.11.22" / "snapshot.json", "missing")
    with pytest.raises(SnapshotError, match="no sound snapshot"):
        Store(tmp_path).load()
    (tmp_path / "index.json").write_text("{", encoding="utf-8")
    with pytest.raises(SnapshotError, match=r"index\.json: damaged"):
        Store(tmp_path).load()


class Killed(BaseException):
    """Stands for a kill: nothing may catch it."""


STEPS = 12
"""More than the system calls of one publish; the test counts them."""


def publish_killed_at(path, step, monkeypatch):
    """Publish, and be killed at the given writing step; returns the steps that were reached."""
    reached = 0

    def counted(function):
        def call(*args, **kwargs):
            nonlocal reached
            reached += 1
            if reached == step:
                raise Killed
            return function(*args, **kwargs)

        return call

    with monkeypatch.context() as patch:
        for name in ("fsync",):
            patch.setattr(files_module.os, name, counted(getattr(os, name)))
        for name in ("rename", "replace", "mkdir"):
            patch.setattr(files_module.Path, name, counted(getattr(files_module.Path, name)))
        with contextlib.suppress(Killed):
            publish(path, US, TX, created=NOON + timedelta(days=1))
    return reached


@pytest.mark.parametrize("step", range(1, 30))
def test_a_kill_at_any_step_leaves_a_whole_version_and_the_next_run_clean(
    tmp_path, step, monkeypatch
):
    publish(tmp_path, US)
    reached = publish_killed_at(tmp_path, step, monkeypatch)
    assert reached >= min(step, STEPS), "the fault was never injected"
    snapshot = Store(tmp_path).load()
    assert snapshot.warning is None
    assert snapshot.version in {"2026.11.22", "2026.11.23"}
    left = "2026.11.23: a version that index.json does not know: a run was killed"
    assert [fault for fault in verify(tmp_path) if left not in fault] == []
    again = publish(tmp_path, US, TX, created=NOON + timedelta(days=1))
    assert again["id"] in {"2026.11.23", "2026.11.23.2"}
    assert verify(tmp_path) == []
    assert not list(tmp_path.glob(".new-*"))


def test_a_full_disk_leaves_the_old_version_whole(tmp_path, monkeypatch):
    publish(tmp_path, US)

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(files_module.os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            publish(tmp_path, US, TX)
    assert Store(tmp_path).load().version == "2026.11.22"
    assert verify(tmp_path) == []


def test_a_damaged_ledger_makes_records_stale_and_stops_the_next_run_with_its_name(tmp_path):
    publish(tmp_path, US)
    (tmp_path / "ledger.json").write_text("{broken", encoding="utf-8")
    snapshot = Store(tmp_path).load()
    assert snapshot.ledger == {}
    assert "ledger.json" in snapshot.warning
    with writing(tmp_path) as writer, pytest.raises(SnapshotError, match=r"ledger\.json: damaged"):
        writer.ledger()


def test_a_damaged_store_of_ones_own_is_told_and_the_shipped_one_answers(tmp_path, monkeypatch):
    monkeypatch.delenv("REGSTATUS_SNAPSHOTS", raising=False)
    publish(tmp_path / "shipped", US)
    publish(tmp_path / "own", US, TX, created=NOON + timedelta(days=1))
    monkeypatch.setattr(places, "shipped", lambda _: str(tmp_path / "shipped"))
    monkeypatch.setattr(places, "user_snapshots", lambda: str(tmp_path / "own"))
    assert open_store().load().version == "2026.11.23"
    (tmp_path / "own" / "index.json").write_text("{", encoding="utf-8")
    snapshot = open_store().load()
    assert snapshot.version == "2026.11.22"
    assert "own" in snapshot.warning


def test_an_older_store_of_ones_own_does_not_hide_a_newer_shipped_one(tmp_path, monkeypatch):
    monkeypatch.delenv("REGSTATUS_SNAPSHOTS", raising=False)
    publish(tmp_path / "shipped", US, created=NOON + timedelta(days=9))
    publish(tmp_path / "own", US)
    monkeypatch.setattr(places, "shipped", lambda _: str(tmp_path / "shipped"))
    monkeypatch.setattr(places, "user_snapshots", lambda: str(tmp_path / "own"))
    assert open_store().path == str(tmp_path / "shipped")
