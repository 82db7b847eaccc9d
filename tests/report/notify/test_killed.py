"""Told or not at all: whenever a run is killed, what it published is in a report, and told to all."""

import json
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from regstatus.pipeline.update import Options
from regstatus.report.notify.delivery import after_run, enlist
from regstatus.report.notify.message import event_key
from regstatus.store import atomic as files
from regstatus.store.reader import Store
from regstatus.store.verify import verify
from tests.pipeline.test_update import HOST, chapter, schedule

pytestmark = pytest.mark.usefixtures("pages_read_once")


class Killed(BaseException):
    """Stands for a kill: nothing may catch it."""


def killed_at(step, monkeypatch, act):
    """Do something, and be killed at its given step to the disk; whether it came so far."""
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
        patch.setattr(files.os, "fsync", counted(os.fsync))
        for name in ("rename", "replace", "mkdir", "unlink"):
            patch.setattr(Path, name, counted(getattr(Path, name)))
        patch.setattr(shutil, "rmtree", counted(shutil.rmtree))
        try:
            act()
        except Killed:
            return True
    return False


def reports(path):
    """Every event of every report."""
    told = []
    for file in sorted((path / "reports").glob("*.json")):
        assert file.with_suffix(".md").exists()
        told += json.loads(file.read_bytes())["changes"]
    return told


def published(path):
    """Every change of every version."""
    return [
        change
        for entry in Store(path).versions()
        for change in json.loads((path / entry["id"] / "changes.json").read_bytes())["changes"]
    ]


def keys(events):
    return Counter(event_key(event) for event in events)


def a_ban(told):
    told.serve("/HS.481.htm", schedule("<li>Mitragyna speciosa (kratom)</li>"))


def a_stricter_cap(told):
    told.serve("/HS.444.htm", chapter(cap="one"))


def other_words(told):
    told.serve("/HS.444.htm", chapter().replace(b"</body>", b"<p>(c) It stores.</p></body>"))


def a_page_that_is_gone(told):
    del told.site.pages[HOST, "/HS.444.htm"]


def a_file_that_records_another_law(told):
    text = (told.sources / "tx.toml").read_text(encoding="utf-8")
    told.write("tx.toml", text.replace("minimum_age = 18\nseven", "minimum_age = 21\nseven"))


CASES = [
    a_ban, a_stricter_cap, other_words, a_page_that_is_gone, a_file_that_records_another_law,
]  # fmt: skip


@pytest.mark.parametrize("what_comes", CASES)
def test_killed_at_any_step_a_run_is_told_whole_once_or_not_at_all(
    told, tmp_path, monkeypatch, what_comes
):
    told.step()
    told.step()
    good, moment = tmp_path / "good", told.now
    shutil.copytree(told.path, good)
    before = keys(reports(good))
    what_comes(told)
    step = 0
    while True:
        step += 1
        shutil.rmtree(told.path)
        shutil.copytree(good, told.path)
        told.now = moment
        told.hook.got.clear()
        killed = killed_at(step, monkeypatch, told.step)
        told.step()
        news = keys(reports(told.path)) - before
        assert news, f"nothing was told of what came, killed at step {step}"
        assert set(news.values()) == {1}, f"told twice in reports, killed at step {step}"
        assert keys(published(told.path)) - keys(reports(told.path)) == Counter()
        heard = {body["id"]: body for body in told.hook.bodies}
        assert keys(event for body in heard.values() for event in body["changes"]) == news
        assert [fault for fault in verify(told.path) if "a run was killed" not in fault] == []
        assert not list(told.path.glob(".[nw]*"))
        if not killed:
            break
    assert step > 20, "the kill was never injected where it matters"


def test_a_kill_while_what_is_whole_is_moved_is_made_up_for_by_whoever_writes_next(
    told, monkeypatch
):
    """Also when the next is itself killed, again and again, and when it finds nothing new."""
    told.step()
    told.step()
    a_ban(told)
    real, moved = Path.replace, []

    def replace(self, target):
        if self.parent.name == ".whole":
            moved.append(self.name)
            if len(moved) == 2:
                raise Killed
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        with pytest.raises(Killed):
            told.step()
        for _ in range(3):
            moved[:] = [""]
            with pytest.raises(Killed):
                told.step()
    done = told.run()
    assert done.version is None
    assert "contradicted" in [event["kind"] for event in reports(told.path)]
    told.hook.got.clear()
    told.step()
    assert "contradicted" in told.hook.kinds()[0]


@pytest.mark.parametrize("runs_before", [1, 2, 3])
def test_a_target_is_told_of_the_run_it_was_new_with_though_that_was_killed(told, runs_before):
    for _ in range(runs_before):
        told.run()
    a_ban(told)
    options = Options(sources=told.sources, snapshots=told.path)
    enlist(told.config, options.snapshots, told.now)
    told.run()  # and killed before it could tell
    enlist(told.config, options.snapshots, told.now)
    told.step()
    [body] = told.hook.bodies
    assert "hs-481" in {change["document"] for change in body["changes"]}


@pytest.mark.parametrize("file", ["store", "store/notify", "store/notify/.lock/x"])
def test_an_outbox_that_cannot_be_held_breaks_off_no_run(told, tmp_path, file):
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_bytes(b"")
    assert enlist(told.config, tmp_path / "store", told.now) == []
    [one] = after_run(tmp_path / "store", told.config, None, OSError("no"), now=lambda: told.now)
    assert "the delivery broke off" in one.problem


def test_where_the_disk_is_full_at_the_end_nothing_is_published_and_the_next_run_tells_all(
    told, monkeypatch
):
    told.step()
    told.step()
    a_ban(told)
    told.hook.got.clear()
    real, step = files.write, 0
    before = sorted(told.path.rglob("*"))

    while True:
        step += 1
        left = step

        def write(path, data, **how):
            nonlocal left
            left -= ".new-whole" in str(path)
            if left == 0 and ".new-whole" in str(path):
                raise OSError(28, "No space left on device", str(path))
            real(path, data, **how)

        with monkeypatch.context() as patch:
            patch.setattr("regstatus.store.atomic.write", write)
            try:
                told.run()
            except OSError:
                assert [f for f in sorted(told.path.rglob("*")) if "evidence" not in str(f)] == [
                    f for f in before if "evidence" not in str(f)
                ]
                continue
        break
    assert step > 5
    told.step()
    kinds = [kind for message in told.hook.kinds() for kind in message]
    assert kinds.count("contradicted") == len(
        [event for event in published(told.path) if event["kind"] == "contradicted"]
    )
    assert "contradicted" in kinds


def test_reports_stand_in_the_order_of_the_runs_though_a_clock_jumps_back(told):
    told.step()
    told.step()
    told.run(hours=24 * 365)  # a clock far ahead, and no version: the next run is not refused
    told.step(hours=-24 * 365)
    told.hook.got.clear()
    a_ban(told)
    told.step()
    assert "contradicted" in told.hook.kinds()[0]
