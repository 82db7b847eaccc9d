"""How versions lie on the disk: one entry a line, older records packed, both as good as the whole."""

import json
import shutil
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regstatus.base.errors import SnapshotError, UsageError
from regstatus.query.lists import events
from regstatus.store.atomic import packed
from regstatus.store.index import entry_of, index_bytes, later_entries, read_file
from regstatus.store.reader import INDEX_FORMAT, Store
from regstatus.store.verify import verify
from tests.support.make import FEDERAL, NOON, publish, record

US, TX = record(FEDERAL), record()
FIRST = datetime(1999, 12, 30, 12, tzinfo=UTC)


def entries(gaps, words=""):
    """Entries whose days follow each other after so many days, 0 being one more on the same day."""
    found, moment, count = [], FIRST, 1
    for number, gap in enumerate(gaps):
        moment += timedelta(days=gap)
        count = 1 if gap or not number else count + 1
        name = f"{moment:%Y.%m.%d}" + (f".{count}" if count > 1 else "")
        found.append({"id": name, "created": f"{moment:%Y-%m-%dT%H:%M:%SZ}", "digest": "0" * 64,
                      "origin": words * (number % 3)})  # fmt: skip
    return found


@given(
    gaps=st.lists(st.integers(0, 3), min_size=1, max_size=40),
    words=st.text(max_size=60),
    asked=st.integers(-2, 130),
)
def test_one_entry_is_found_without_the_others_as_if_all_were_read(
    tmp_path_factory, gaps, words, asked
):
    folder = tmp_path_factory.mktemp("index")
    file, known = folder / "index.json", entries(gaps, words)
    file.write_bytes(index_bytes(known))
    assert json.loads(file.read_bytes()) == {"format": INDEX_FORMAT, "versions": known}
    assert entry_of(str(file), None) == known[-1]
    for number, entry in enumerate(known):
        assert entry_of(str(file), entry["id"]) == entry
        assert later_entries(str(file), entry["id"]) == known[number + 1 :]
    day = f"{FIRST + timedelta(days=asked):%Y-%m-%d}"
    early = [entry for entry in known if entry["created"][:10] <= day]
    assert entry_of(str(file), day) == (early[-1] if early else None)
    assert later_entries(str(file), day) == known[len(early) :]
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: json.dumps(json.loads(data)).encode(),
        lambda data: json.dumps(json.loads(data), indent=1).encode(),
        lambda data: data.replace(b"regstatus-index/1", b"regstatus-index/9"),
        lambda data: index_bytes([]),
    ],
)
def test_an_index_of_another_form_is_left_to_whoever_reads_the_whole(tmp_path, spoil):
    file = tmp_path / "index.json"
    file.write_bytes(spoil(index_bytes(entries([1, 1, 0, 2]))))
    assert entry_of(str(file), None) is None
    assert entry_of(str(file), "2000-01-01") is None
    assert later_entries(str(file), "2000-01-01") is None


@pytest.mark.parametrize("known", ["", "x", "1999.12", "2.x", "2030.01.01", "1999.12.31.2", "٣"])
def test_what_is_no_version_is_not_found(tmp_path, known):
    file = tmp_path / "index.json"
    file.write_bytes(index_bytes(entries([1, 1, 0, 2])))
    assert entry_of(str(file), known) is None
    assert later_entries(str(file), known) is None


@pytest.fixture
def three(tmp_path):
    """Three versions, a day apart."""
    for number, records in enumerate(((US,), (US, TX), (US,))):
        changes = [{"kind": "record_added", "jurisdiction": "US", "number": number}]
        publish(tmp_path, *records, created=NOON + timedelta(days=number), changes=changes)
    return tmp_path


def test_the_newest_version_is_plain_and_older_ones_are_packed(three):
    files = {path.parent.name: path.name for path in three.glob("2*/snapshot.json*")}
    assert files == {
        "2026.11.22": "snapshot.json.gz",
        "2026.11.23": "snapshot.json.gz",
        "2026.11.24": "snapshot.json",
    }
    assert verify(three) == []
    store = Store(three)
    assert store.load("2026.11.23").get("US-TX") == TX
    assert store.load("2026-11-22").get("US-TX") is None
    assert store.load("2026-11-22").digest == store.load().digest


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-9],
        lambda data: data[:40] + b"\x00\x00" + data[42:],
        lambda data: data + b"more",
        lambda data: b"",
        lambda data: packed(zlib.decompress(data, 31).replace(b"unregulated", b"unregulateD", 1)),
    ],
)
def test_a_damaged_packed_version_is_named_and_never_answers(three, spoil):
    file = three / "2026.11.23" / "snapshot.json.gz"
    file.write_bytes(spoil(file.read_bytes()))
    assert [fault for fault in verify(three) if "2026.11.23/snapshot.json" in fault]
    found = Store(three).load("2026.11.23")
    assert found.version == "2026.11.22"
    assert "2026.11.23/snapshot.json" in found.warning
    assert Store(three).load().warning is None


def test_a_bomb_in_place_of_a_packed_version_is_damage(three, monkeypatch):
    monkeypatch.setattr("regstatus.store.index._LARGEST", 1000)
    with pytest.raises(SnapshotError, match=r"snapshot\.json\.gz: damaged"):
        read_file(str(three / "2026.11.23" / "snapshot.json"))


def test_a_damaged_version_is_not_packed_so_that_its_fault_stays_to_be_seen(tmp_path):
    publish(tmp_path, US)
    file = tmp_path / "2026.11.22" / "snapshot.json"
    file.write_bytes(file.read_bytes()[:-5])
    publish(tmp_path, US, TX, created=NOON + timedelta(days=1))
    assert file.exists()
    assert len(verify(tmp_path)) == 1


def test_versions_from_before_packing_are_packed_by_the_next_one(three):
    plain = three / "2026.11.22" / "snapshot.json"
    plain.write_bytes(read_file(str(plain)))
    (three / "2026.11.22" / "snapshot.json.gz").unlink()
    index = three / "index.json"
    index.write_text(json.dumps(json.loads(index.read_bytes()), indent=1), encoding="utf-8")
    assert Store(three).load("2026.11.22").version == "2026.11.22"
    publish(three, US, TX, created=NOON + timedelta(days=3))
    assert not plain.exists()
    assert verify(three) == []
    assert entry_of(str(index), None)["id"] == "2026.11.25"


def test_changes_since_a_version_or_a_day_are_those_of_the_later_versions(three):
    def told(since):
        return {event["version"] for event in events(Store(three), since)}

    first, second, third = "2026.11.22", "2026.11.23", "2026.11.24"
    every = {first, second, third}
    for since, later in {
        None: every, first: {second, third}, "2026-11-23": {third}, "2026-11-24": set(),
        third: set(), "2020-01-01": every, "2026-01-01": every,
    }.items():  # fmt: skip
        assert told(since) == later
    with pytest.raises(UsageError, match="neither a version nor a day"):
        told("2026.11.25")
