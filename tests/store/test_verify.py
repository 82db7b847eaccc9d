"""A store is proven as one: each file against the others, also where a run is at work or was killed in one."""

import json
import shutil
from pathlib import Path

import pytest

from regstatus.base.errors import LaterFormat, SnapshotError
from regstatus.report.notify.outbox import Mark, outbox
from regstatus.store.atomic import sealed
from regstatus.store.verify import verify
from regstatus.store.writer import writing
from tests.pipeline.test_update import World, chapter, schedule
from tests.support.replica import Replica

KEY = "US-TX__hs-444"
OTHER_WORDS = chapter().replace(b"</body>", b"<p>Acts 2021, ch. 4; Acts 2023, ch. 7.</p></body>")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A store whose last two runs found other words, and one as it was before each of them."""
    with Replica() as site:
        world = World(tmp_path_factory.mktemp("made"), site)
        world.run()
        before = [shutil.copytree(world.path, world.path.with_name("first"))]
        world.serve("/HS.481.htm", schedule("<li>Mitragyna speciosa (kratom)</li>"))
        world.run()
        before.append(shutil.copytree(world.path, world.path.with_name("second")))
        world.serve("/HS.444.htm", OTHER_WORDS)
        world.run()
        with outbox(world.path) as box:
            box.marks["people"] = Mark(seen="20261123T120000Z")
            box.save()
        yield world.path, before


@pytest.fixture
def store(made, tmp_path):
    store = shutil.copytree(made[0], tmp_path / "store")
    assert verify(store) == []
    return store


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b" " + data,
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b'"versions"', b' "versions"', 1),
        lambda data: data.replace(b",\n", b",\n\n", 1),
    ],
)
def test_what_was_put_into_the_index_is_found_though_it_reads_the_same(store, spoil):
    file = store / "index.json"
    assert spoil(file.read_bytes()) != file.read_bytes()
    file.write_bytes(spoil(file.read_bytes()))
    [fault] = verify(store)
    assert "index.json: altered" in fault


def test_an_entry_that_names_no_files_is_found(store):
    index = json.loads((store / "index.json").read_bytes())
    for entry in index["versions"]:
        del entry["files"]
    (store / "index.json").write_text(json.dumps(index), encoding="utf-8")
    faults = verify(store)
    for entry in index["versions"]:
        assert any(f"the entry of {entry['id']} was altered" in fault for fault in faults)
        assert any(f"{entry['id']}/changes.json: nothing" in fault for fault in faults)


@pytest.mark.parametrize("age", [0, 1])
@pytest.mark.parametrize("name", ["ledger.json", "index.json", f"texts/{KEY}.txt"])
def test_a_file_from_an_older_copy_is_found(store, made, name, age):
    old = made[1][age] / name
    if old.read_bytes() == (store / name).read_bytes():
        pytest.skip("that run left it as it was")
    shutil.copy(old, store / name)
    assert any(str(store / name) in fault or "index.json" in fault for fault in verify(store))


def test_the_next_run_makes_up_for_a_ledger_from_an_older_copy(tmp_path):
    with Replica() as site:
        world = World(tmp_path, site)
        world.run()
        ledger = world.path / "ledger.json"
        older = ledger.read_bytes()
        for _ in range(3):
            world.run()
            ledger.write_bytes(older)
            [fault] = verify(world.path)
            assert "ledger.json: it does not know of" in fault
            world.run()
            assert verify(world.path) == []


@pytest.mark.parametrize("folder", ["evidence", "evidence/captures", "texts", "reports"])
def test_a_folder_that_is_gone_is_missed(store, folder):
    shutil.rmtree(store / folder)
    assert verify(store)


@pytest.mark.parametrize("what", ["folder", "link"])
@pytest.mark.parametrize(
    "pattern",
    [f"texts/{KEY}.txt", "reports/*.md", "reports/*.json", "evidence/??/*.gz", "ledger.json"],
)
def test_what_cannot_be_read_is_named_and_ends_no_proof(store, pattern, what):
    first = min(store.glob(pattern))
    (store / "2026.11.23" / "report.md").write_bytes(b"")
    first.unlink()
    first.mkdir() if what == "folder" else first.symlink_to(store / "nowhere")
    faults = verify(store)
    assert any(str(first) in fault for fault in faults)
    assert any("2026.11.23/report.md" in fault for fault in faults)


# Pages that were kept, and moved no clock


def held(world):
    world.serve("/HS.481.htm", schedule("<li>Mitragyna speciosa (kratom)</li>"))
    assert world.run(flip_budget=0).state == "held"


def an_older_text(world):
    world.serve("/HS.444.htm", OTHER_WORDS)
    world.run()
    world.serve("/HS.444.htm", chapter())
    assert world.run().counts["unreadable"] == 1


def held_twice(world):
    held(world)
    held(world)


@pytest.mark.parametrize("what", [held, held_twice, an_older_text])
@pytest.mark.parametrize("later", [0, 1])
def test_a_page_that_was_kept_is_missed_also_if_no_answer_rests_on_it(tmp_path, what, later):
    with Replica() as site:
        world = World(tmp_path, site)
        world.run()
        there = set(world.path.glob("evidence/captures/*"))
        what(world)
        kept = set(world.path.glob("evidence/captures/*")) - there
        for _ in range(later):
            world.serve("/HS.444.htm", OTHER_WORDS)
            world.serve("/HS.481.htm", schedule())
            world.run()
        assert verify(world.path) == []
        assert kept
        for file in sorted(kept):
            whole = file.read_bytes()
            file.unlink()
            assert any("no capture of US-TX:" in fault for fault in verify(world.path)), file
            file.write_bytes(whole)


def test_what_pruning_left_is_missed_all_the_same(store, made):
    with writing(store) as writer:
        when = writer.evidence.captures()[0][-1].fetched_at
        assert writer.prune(when, writer.ledger()).captures
    assert verify(store) == []
    for file in sorted(store.glob("evidence/captures/*")):
        whole = file.read_bytes()
        file.unlink()
        assert verify(store), file
        file.write_bytes(whole)


@pytest.mark.parametrize("unchanged", [1, 2, 3])
def test_the_sending_that_a_host_vouched_for_is_missed_also_behind_what_was_pruned(
    tmp_path, unchanged
):
    with Replica() as site:
        world = World(tmp_path, site)
        for _ in range(1 + unchanged):
            world.run()
        with writing(world.path) as writer:
            writer.prune(world.now, writer.ledger())
        assert verify(world.path) == []
        file = min(world.path.glob("evidence/captures/*"))
        file.unlink()
        assert any("vouched for" in fault for fault in verify(world.path))


# Runs that go on, and runs that were killed


class Killed(BaseException):
    pass


@pytest.mark.parametrize("step", range(1, 6))
def test_a_store_whose_run_was_killed_before_all_was_in_place_is_sound(tmp_path, monkeypatch, step):
    with Replica() as site:
        world = World(tmp_path, site)
        world.run()
        world.serve("/HS.481.htm", schedule("<li>Mitragyna speciosa (kratom)</li>"))
        real, moved = Path.replace, []

        def replace(self, target):
            if ".whole" in self.parts:
                moved.append(self)
                if len(moved) == step:
                    raise Killed
            return real(self, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", replace)
            with pytest.raises(Killed):
                world.run()
        assert verify(world.path) == []
        assert not (world.path / ".whole").exists()
        assert world.run().version is None
        assert verify(world.path) == []


@pytest.mark.parametrize("name", ["index.json", "ledger.json", "2026.11.23"])
def test_while_a_run_holds_the_store_nothing_is_touched_and_nothing_is_to_be_removed(
    store, impatient, name
):
    with writing(store):
        (store / ".whole").mkdir()
        (store / name).rename(store / ".whole" / name)
        (store / "2026.11.30").mkdir()
        faults = verify(store)
        assert "another update is running" in faults[0]
        assert not [fault for fault in faults if "remove the folder" in fault]
        assert (store / ".whole" / name).exists()
    (store / "2026.11.30").rmdir()
    assert verify(store) == []


# What a later release wrote is left to it


def as_of_later(file):
    data = json.loads(file.read_bytes())
    del data["seal"]
    data["format"] = data["format"].partition("/")[0] + "/3"
    file.write_bytes(sealed(data))
    return file.read_bytes()


def test_an_outbox_of_a_later_release_stays_as_it_is(store):
    file = store / "notify" / "outbox.json"
    whole = as_of_later(file)
    for _ in range(3):
        with pytest.raises(LaterFormat, match="Upgrade regstatus"), outbox(store):
            pass
    assert file.read_bytes() == whole
    assert [one.name for one in file.parent.glob("[!.]*")] == ["outbox.json"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.replace(b"index/1", b"index/2"),
        lambda data: data.replace(b"index/1", b"index/10"),
        lambda data: data[:-4],
        lambda data: b"",
    ],
)
def test_nothing_is_pruned_where_the_index_cannot_be_read(store, spoil):
    file = store / "index.json"
    file.write_bytes(spoil(file.read_bytes()))
    there = sorted(store.rglob("*.json"))
    with writing(store) as writer:
        ledger, newest = writer.ledger(), writer.evidence.captures()[0][-1]
        with pytest.raises(SnapshotError, match=r"index\.json"):
            writer.prune(newest.fetched_at, ledger)
    assert sorted(store.rglob("*.json")) == there
