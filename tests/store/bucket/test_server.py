"""Against a real S3 server: what is created stays, one of many wins, and two machines share a history."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from regstatus.base.errors import Locked, SnapshotError
from regstatus.store.bucket.clone import verify_remote
from regstatus.store.bucket.head import head_name
from regstatus.store.bucket.mirror import RemoteStore
from regstatus.store.bucket.objects import Bucket

ROOT = Path(__file__).parents[3]


def test_what_is_created_is_never_overwritten(s3):
    bucket = Bucket(s3)
    assert bucket.create("a/b", b"first")
    assert not bucket.create("a/b", b"second")
    assert bucket.get("a/b") == b"first"
    assert bucket.get("a/c") is None
    assert [bucket.holds(name) for name in ("a/b", "a/c")] == [True, False]


def test_of_many_that_create_at_once_exactly_one_has(s3):
    for turn in range(10):
        won, gate = [], threading.Barrier(8)

        def create(mark, name=f"heads/{turn}", won=won, gate=gate):
            gate.wait()
            if Bucket(s3).create(name, mark):
                won.append(mark)

        threads = [threading.Thread(target=create, args=(b"%d" % n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [Bucket(s3).get(f"heads/{turn}")] == won


def test_the_newest_head_stands_first_in_a_list_however_long_it_is(s3):
    bucket = Bucket(s3)
    for number in (1, 2, 9, 10, 11, 100):
        assert bucket.create(head_name(number), b"%d" % number)
    assert [tag == "" for _, tag in bucket.names("heads")] == [False] * 6
    assert next(bucket.names("heads"))[0] == head_name(100)


def test_a_bucket_that_is_not_there_is_said_to_be_so(s3):
    with pytest.raises(SnapshotError, match="there is no such bucket"):
        Bucket("s3://no-such-bucket-here/x").get("heads/1")
    with pytest.raises(SnapshotError, match="there is no such bucket"):
        list(Bucket("s3://no-such-bucket-here/x").names("heads"))


def test_wrong_keys_are_refused_and_never_shown(s3, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong-and-very-secret")
    with pytest.raises(SnapshotError, match="access is refused") as caught:
        Bucket(s3).get("heads/1")
    assert "very-secret" not in str(caught.value)


def test_two_machines_write_one_history_and_read_each_other(s3, machines, tmp_path):
    one, two = machines("one", s3), machines("two", s3)
    assert one.run().version == "2026.11.23"
    two.now, two.cap = one.now, "one"
    assert two.run().version == "2026.11.24"
    assert one.versions() == ["2026.11.23", "2026.11.24"]
    (tmp_path / "copy").mkdir()
    assert verify_remote(s3, tmp_path / "copy") == []


def test_of_two_machines_that_run_at_once_one_publishes_and_the_other_says_so(s3, machines):
    one, two = machines("one", s3), machines("two", s3)
    one.run()
    two.now = one.now

    def meanwhile(requests, settings, *, now):
        two.cap = "one"
        two.run(hours=23)
        one.here()
        yield from one.pages(requests, settings, now=now)

    with pytest.raises(Locked, match="another machine has published meanwhile"):
        one.run(pages=meanwhile)
    assert one.versions() == two.versions() == ["2026.11.23", "2026.11.24"]
    assert RemoteStore(s3).pull().number == 2
    assert one.run().version == "2026.11.25"


def test_the_command_line_answers_from_a_bucket_and_says_who_holds_it(s3, machines):
    one = machines("one", s3)
    one.run()
    env = {**os.environ, "REGSTATUS_CACHE": str(one.folder.with_name("cli"))}

    def regstatus(*words, **more):
        return subprocess.run(
            [sys.executable, "-m", "regstatus", *words, "--snapshots", s3],
            env={**env, **more}, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert "US-TX" in regstatus("lookup", "US-TX", "--json").stdout
    for words in (
        ["list"],
        ["snapshots", "list"],
        ["snapshots", "show"],
        ["changes"],
        ["cite", "US-TX"],
    ):
        done = regstatus(*words)
        assert (done.returncode, done.stderr) == (0, ""), words
    done = regstatus("snapshots", "verify")
    assert (done.returncode, done.stdout) == (0, f"{s3}: sound\n")
    assert "kept: " in regstatus("evidence", "US-TX").stdout
    for missing in (
        {"AWS_ACCESS_KEY_ID": ""},
        {"REGSTATUS_CACHE": str(one.folder / "x"), "AWS_ENDPOINT_URL": "http://127.0.0.1:9"},
    ):
        done = regstatus("lookup", "US-TX", **missing)
        assert done.returncode == 6
        assert done.stderr.startswith("regstatus: s3://")
        assert len(done.stderr.splitlines()) == 1


UPDATER = """
import os, sys
from datetime import timedelta
from pathlib import Path

import pytest

from regstatus.base.errors import Locked
from regstatus.store.bucket.objects import Bucket
from tests.store.bucket.conftest import Machine

name, url, folder, dies = sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
machine = Machine(folder / name, url, folder / "sources", pytest.MonkeyPatch())
made, real = 0, Bucket.create


def create(self, what, data):
    global made
    made += 1
    if made == dies:
        os._exit(9)
    return real(self, what, data)


Bucket.create = create
won = lost = 0
for turn in range(4):
    machine.cap = f"{turn}.{name}"
    seen = machine.now
    try:
        seen = max(entry["created"] for entry in machine.store().versions())
        machine.now = machine.now.fromisoformat(seen)
    except Exception:
        pass
    try:
        machine.run(hours=24)
        won += 1
    except Locked:
        lost += 1
print(won, lost)
"""


def test_four_processes_that_update_at_once_and_one_that_is_killed_leave_one_sound_history(
    s3, sources, tmp_path
):
    script = tmp_path / "updater.py"
    script.write_text(UPDATER, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": os.fspath(ROOT)}
    started = [
        subprocess.Popen(
            [sys.executable, script, str(number), s3, tmp_path, str(9 if number == 3 else 0)],
            env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for number in range(4)
    ]  # fmt: skip
    told = [process.communicate(timeout=200) for process in started]
    assert [process.returncode for process in started] == [0, 0, 0, 9], told
    won, lost = (sum(int(out.split()[at]) for out, _ in told[:3]) for at in (0, 1))
    assert won + lost == 12
    newest = RemoteStore(s3).pull()
    assert newest is not None
    # The one that was killed may have published before it was.
    assert won <= newest.number <= won + 1
    (tmp_path / "copy").mkdir()
    assert verify_remote(s3, tmp_path / "copy") == []
    runs = json.loads((tmp_path / "copy" / "ledger.json").read_bytes())["runs"]
    assert len(runs) == newest.number
    versions = json.loads((tmp_path / "copy" / "index.json").read_bytes())["versions"]
    assert [run["version"] for run in runs if run["version"]] == [v["id"] for v in versions]
