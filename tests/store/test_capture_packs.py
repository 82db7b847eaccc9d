"""Packs: the many small captures of a document in one file, with nothing lost, spoilt or hidden by it."""

import gzip
from datetime import timedelta

import pytest

import regstatus.store.atomic as files_module
import regstatus.store.evidence as evidence_module
from regstatus.store.atomic import packed
from regstatus.store.capture import PACK
from regstatus.store.evidence import LOOSE, Evidence
from regstatus.store.verify import verify
from regstatus.store.writer import writing
from tests.store.test_evidence import KEY, Killed, capture, keep, page, tree, vouch
from tests.support.make import FEDERAL, NOON, publish, record

DAYS = LOOSE + 4


@pytest.fixture
def busy(tmp_path):
    """A document that was sent once and vouched for on every day since."""
    publish(tmp_path, record(FEDERAL))
    sent = keep(tmp_path)
    for day in range(1, DAYS):
        vouch(tmp_path, sent, day)
    return tmp_path


def names(path):
    folder = path / "evidence" / "captures" / "US-TX__hs-444"
    return sorted(file.name for file in folder.iterdir())


def sweep(path):
    with writing(path):
        pass


def test_many_captures_go_into_one_file_and_read_the_same(busy):
    evidence = Evidence(busy)
    before = evidence.captures()
    assert len(before[0]) == len(names(busy)) == DAYS
    sweep(busy)
    assert names(busy) == [PACK]
    assert evidence.captures() == before == evidence.captures(KEY)
    assert verify(busy) == []
    vouch(busy, before[0][0].sha256, DAYS)
    sweep(busy)
    assert len(names(busy)) == 2, "a few lie by themselves until there are many again"
    assert len(evidence.captures()[0]) == DAYS + 1


def test_the_same_captures_give_the_same_file_whenever_they_were_packed(busy, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    sent = keep(other)
    for day in range(1, DAYS):
        vouch(other, sent, day)
        if day == DAYS - 2:
            sweep(other)
    evidence = Evidence(other)
    evidence._pack(other / "evidence" / "captures" / "US-TX__hs-444")
    sweep(busy)
    pack = "evidence/captures/US-TX__hs-444/packed.gz"
    assert (other / pack).read_bytes() == (busy / pack).read_bytes()


@pytest.mark.parametrize("step", range(1, DAYS + 6))
def test_a_kill_while_packing_loses_no_capture(busy, step, monkeypatch):
    before = Evidence(busy).captures()
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
        if step <= DAYS + 3:
            with pytest.raises(Killed):
                Evidence(busy).sweep()
        else:
            Evidence(busy).sweep()
    assert Evidence(busy).captures() == before
    assert verify(busy) == []
    sweep(busy)
    assert Evidence(busy).captures() == before
    assert not list(busy.rglob(".new-*"))


def test_a_full_disk_keeps_the_captures_as_they_are(busy, monkeypatch):
    before = tree(busy)
    with monkeypatch.context() as patch:
        patch.setattr("regstatus.store.evidence.put", _full)
        sweep(busy)
    assert tree(busy) == before


def _full(*_, **__):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-6],
        lambda data: b"",
        lambda data: b"no gzip",
        lambda data: packed(gzip.decompress(data)[:-30]),
        lambda data: packed(gzip.decompress(data).replace(b"US-TX:hs-444", b"US-TX:hs-481")),
    ],
)
def test_a_damaged_pack_is_named_and_nothing_is_dropped_or_packed_over_it(busy, spoil):
    sweep(busy)
    pack = busy / "evidence" / "captures" / "US-TX__hs-444" / PACK
    data = pack.read_bytes()
    pack.write_bytes(spoil(data))
    spoilt = pack.read_bytes()
    evidence = Evidence(busy)
    [fault] = [fault for fault in verify(busy) if "packed.gz" in fault]
    assert "damaged" in fault
    keep(busy, b"another body", days=DAYS)
    for day in range(DAYS + 1, 2 * DAYS + 2):
        keep(busy, b"another body", days=day)
    pruned = evidence.prune(NOON + timedelta(days=900), set())
    sweep(busy)
    assert pruned.bodies == ()
    assert pack.read_bytes() == spoilt


def test_what_is_dropped_is_dropped_from_the_pack_and_the_rest_stays(busy):
    sweep(busy)
    evidence = Evidence(busy)
    every = evidence.captures()[0]
    before = NOON + timedelta(days=5)
    would = evidence.prune(before, set(), dry_run=True)
    assert len(would.captures) == 4
    assert evidence.captures()[0] == every
    assert evidence.prune(before, set()) == would
    assert evidence.captures()[0] == [every[0], *every[5:]], (
        "what is vouched for must have been sent"
    )
    assert verify(busy) == []
    assert evidence.prune(before, set()) == ((), (), 0)


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
    assert {"evidence", "captures", "US-TX__hs-444", got.sha256[:2], tmp_path.name} == set(before)


@pytest.mark.parametrize("at", [0, 1, LOOSE // 2, DAYS - 1])
def test_whoever_reads_while_a_run_packs_misses_no_capture(busy, monkeypatch, at):
    before, read = Evidence(busy).captures(), evidence_module.read_captures
    turns = iter(range(3 * DAYS))

    def beside(file):
        if next(turns) == at:
            with monkeypatch.context() as undone:
                undone.setattr(evidence_module, "read_captures", read)
                sweep(busy)
        return read(file)

    monkeypatch.setattr(evidence_module, "read_captures", beside)
    assert Evidence(busy).captures() == before
    assert names(busy) == [PACK]


@pytest.mark.parametrize("days", [1, LOOSE // 2, DAYS - 1])
def test_what_is_dropped_while_it_is_read_is_no_fault(busy, monkeypatch, days):
    read, gone = evidence_module.read_captures, []

    def beside(file):
        if not gone:
            gone.append(file)
            for old in sorted(file.parent.glob("*.json"))[1 : days + 1]:
                old.unlink()
        return read(file)

    monkeypatch.setattr(evidence_module, "read_captures", beside)
    assert Evidence(busy).captures()[1] == []
