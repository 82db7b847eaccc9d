"""Lists of captures: one file for a run, with nothing lost, spoilt or hidden by it."""

import gzip
from datetime import timedelta

import pytest

import regstatus.store.atomic as files_module
import regstatus.store.evidence as evidence_module
from regstatus.model.words import Outcome
from regstatus.store.atomic import packed
from regstatus.store.evidence import Evidence
from regstatus.store.verify import verify
from regstatus.store.writer import writing
from tests.store.test_evidence import KEY, Killed, capture, keep, page, vouch
from tests.support.make import FEDERAL, NOON, publish, record

DAYS = 8
OTHER = "US-CA:other"


@pytest.fixture
def busy(tmp_path):
    """A document that was sent once and vouched for on every day since."""
    publish(tmp_path, record(FEDERAL))
    sent = keep(tmp_path)
    for day in range(1, DAYS):
        vouch(tmp_path, sent, day)
    return tmp_path


def lists(path):
    return sorted((path / "evidence" / "captures").iterdir())


def test_all_captures_of_a_run_stand_in_one_file_whatever_their_number_and_order(tmp_path):
    def kept(path, keys):
        evidence = Evidence(path)
        for key in keys:
            evidence.keep(capture(page(), key), b"the law")
        assert evidence.captures() == ([], []), "no answer rests on them yet"
        evidence.flush()
        return lists(path)

    [one] = kept(tmp_path / "a", [KEY, OTHER])
    [two] = kept(tmp_path / "b", [OTHER, KEY])
    assert one.read_bytes() == two.read_bytes()
    found, faults = Evidence(tmp_path / "a").captures()
    assert ([one.key for one in found], faults) == ([OTHER, KEY], [])
    assert [one.key for one in Evidence(tmp_path / "a").captures(KEY)[0]] == [KEY]
    Evidence(tmp_path / "c").flush()
    assert not (tmp_path / "c").exists(), "a run that had nothing leaves no list"


def test_a_run_of_the_same_time_adds_to_what_a_killed_one_left(tmp_path):
    keep(tmp_path)
    keep(tmp_path, key=OTHER)
    keep(tmp_path)
    assert [one.key for one in Evidence(tmp_path).captures()[0]] == [OTHER, KEY]


def test_keeping_takes_as_many_files_after_many_runs_as_after_one(tmp_path, monkeypatch):
    opened, real = [], files_module.Path.open

    def noted(self, *args, **how):
        opened.append(self)
        return real(self, *args, **how)

    monkeypatch.setattr(files_module.Path, "open", noted)
    counts = set()
    sent = keep(tmp_path)
    for day in range(1, 40):
        opened.clear()
        with writing(tmp_path) as writer:
            got = page(b"", NOON + timedelta(days=day), outcome=Outcome.UNCHANGED, status=304)
            writer.evidence.keep(capture(got, KEY, sent), b"")
            writer.evidence.flush()
        counts.add(len(opened))
    assert len(counts) == 1


def test_a_full_disk_writes_no_list_and_keeps_those_that_are_there(busy, monkeypatch):
    before = Evidence(busy).captures()
    evidence = Evidence(busy)
    evidence.keep(capture(page(when=NOON + timedelta(days=99))), b"the law")
    with monkeypatch.context() as patch:
        patch.setattr("regstatus.store.evidence.put", _full)
        with pytest.raises(OSError, match="No space left"):
            evidence.flush()
    evidence.flush()
    assert Evidence(busy).captures() == before
    assert verify(busy) == []


def _full(*_, **__):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-6],
        lambda data: b"",
        lambda data: b"no gzip",
        lambda data: packed(b""),
        lambda data: packed(gzip.decompress(data)[:-30]),
        lambda data: packed(gzip.decompress(data).replace(b"2026", b"2025")),
    ],
)
def test_a_damaged_list_is_named_and_no_body_is_dropped_beside_it(busy, spoil):
    file = lists(busy)[2]
    file.write_bytes(spoil(file.read_bytes()))
    spoilt = file.read_bytes()
    [fault] = [fault for fault in verify(busy) if file.name in fault]
    assert "damaged" in fault
    for day in (DAYS, DAYS + 1):
        keep(busy, b"another body", days=day)
    assert Evidence(busy).prune(NOON + timedelta(days=900), set()).bodies == ()
    assert file.read_bytes() == spoilt


def test_what_is_dropped_leaves_its_list_and_the_rest_stays(busy):
    keep(busy, b"another", days=2, key=OTHER)
    evidence = Evidence(busy)
    every = evidence.captures()[0]
    before = NOON + timedelta(days=5)
    would = evidence.prune(before, set(), dry_run=True)
    assert [one.fetched_at.day - NOON.day for one in would.captures] == [1, 2, 3, 4]
    assert evidence.captures()[0] == every
    assert evidence.prune(before, set()) == would
    assert evidence.captures()[0] == [one for one in every if one not in would.captures], (
        "what is vouched for must have been sent"
    )
    assert len(lists(busy)) == DAYS - 3
    assert verify(busy) == []
    assert evidence.prune(before, set()) == ((), (), 0)


@pytest.mark.parametrize("step", range(1, 7))
def test_a_kill_while_dropping_leaves_whole_lists(busy, step, monkeypatch):
    keep(busy, b"another", days=2, key=OTHER)
    reached = []

    def counted(function):
        def call(*args, **kwargs):
            reached.append(function)
            if len(reached) == step:
                raise Killed
            return function(*args, **kwargs)

        return call

    with monkeypatch.context() as patch:
        patch.setattr(files_module.os, "fsync", counted(files_module.os.fsync))
        for name in ("replace", "unlink"):
            patch.setattr(files_module.Path, name, counted(getattr(files_module.Path, name)))
        with pytest.raises(Killed):
            Evidence(busy).prune(NOON + timedelta(days=5), set())
    with writing(busy) as writer:
        assert verify(busy) == []
        writer.evidence.prune(NOON + timedelta(days=5), set())
    assert len(Evidence(busy).captures()[0]) == DAYS - 3
    assert not list(busy.rglob(".new-*"))


def test_what_was_kept_has_its_name_on_the_disk_before_a_version_rests_on_it(tmp_path, monkeypatch):
    order = []
    synced = "regstatus.store.evidence.sync_folder"
    monkeypatch.setattr(synced, lambda folder: order.append(folder.name))
    with writing(tmp_path) as writer:
        sent = b"the law"
        got = page(sent)
        writer.evidence.keep(capture(got), sent)
        assert order == []
        real = writer.store.exists
        monkeypatch.setattr(type(writer.store), "exists", lambda _: order.append("build") or real())
        writer.publish({}, created=NOON, changes=[], report="# report\n")
    before = order[: order.index("build")]
    assert {"evidence", "captures", got.sha256[:2], tmp_path.name} == set(before)


@pytest.mark.parametrize("days", [1, 3, DAYS - 1])
def test_what_is_dropped_while_it_is_read_is_no_fault(busy, monkeypatch, days):
    read, gone = evidence_module.read_list, []

    def beside(file, key=None):
        if not gone:
            gone.append(file)
            for old in lists(busy)[1 : days + 1]:
                old.unlink()
        return read(file, key)

    monkeypatch.setattr(evidence_module, "read_list", beside)
    assert Evidence(busy).captures()[1] == []
