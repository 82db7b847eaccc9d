"""How versions lie on the disk: one entry a line, older records packed, both as good as the whole."""

import json
import shutil
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regstatus.base.errors import SnapshotError, UsageError
from regstatus.store.atomic import packed
from regstatus.store.reader import INDEX_FORMAT, Store, index_bytes, read_file
from regstatus.store.verify import verify
from tests.support.events import events
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
    assert list(Store(folder).find()) == known[::-1]
    for number, entry in enumerate(known):
        assert next(Store(folder).find(entry["id"])) == entry
        assert Store(folder).since(entry["id"]) == known[number + 1 :]
    day = f"{FIRST + timedelta(days=asked):%Y-%m-%d}"
    early = [entry for entry in known if entry["created"][:10] <= day]
    if early:
        assert next(Store(folder).find(day)) == early[-1]
    else:
        with pytest.raises(UsageError, match=f"nothing was recorded yet on {day}"):
            next(Store(folder).find(day))
    assert Store(folder).since(day) == known[len(early) :]
    shutil.rmtree(folder)


@pytest.mark.parametrize("indent", [None, 1, "\t"])
def test_an_index_in_another_spelling_answers_the_same(tmp_path, indent):
    known = entries([1, 1, 0, 2])
    index = json.loads(index_bytes(known))
    (tmp_path / "index.json").write_text(json.dumps(index, indent=indent), encoding="utf-8")
    assert list(Store(tmp_path).find()) == known[::-1]
    assert Store(tmp_path).since("1999-12-31") == known[1:]
    assert next(Store(tmp_path).find("2000.01.01.2")) == known[2]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda data: b"", "damaged"),
        (lambda data: data[:-1], None),
        (lambda data: data[: len(data) // 2], "damaged"),
        (lambda data: data.replace(b"regstatus-index/1", b"regstatus-index/9"), "later release"),
        (lambda data: index_bytes([]), "names no version"),
        (lambda data: data.replace(b'"digest"', b'"digits"'), "damaged: an entry is no version"),
        (lambda data: data.replace(b'"created"', b"created"), "damaged"),
        (lambda data: data.replace(b'"digest"', b'"files":[7],"digest"'), "an entry is no version"),
        (lambda data: data.replace(b'"digest"', b'"files":7,"digest"'), "an entry is no version"),
        (lambda data: data.replace(b'"digest"', b'"files":"x","digest"'), "an entry is no version"),
    ],
)
def test_an_index_that_is_damaged_or_empty_says_so(tmp_path, spoil, why):
    (tmp_path / "index.json").write_bytes(spoil(index_bytes(entries([1, 1, 0, 2]))))
    with pytest.raises(SnapshotError, match=rf"index\.json: .*{why or 'seal does not fit'}"):
        Store(tmp_path).newest()


def test_an_entry_that_is_damaged_hides_none_that_is_newer(tmp_path):
    known = entries([1, 1, 2])
    spoilt = index_bytes(known).replace(b'"created":"1999-12-31', b'created":"1999-12-31')
    (tmp_path / "index.json").write_bytes(spoilt)
    assert next(Store(tmp_path).find()) == known[-1]
    with pytest.raises(SnapshotError, match=r"index\.json: damaged"):
        Store(tmp_path).versions()
    [fault] = verify(tmp_path)
    assert "index.json: damaged" in fault


@pytest.mark.parametrize("known", ["", "x", "1999.12", "2.x", "2030.01.01", "1999.12.31.2", "٣"])
def test_what_is_no_version_is_not_found(tmp_path, known):
    (tmp_path / "index.json").write_bytes(index_bytes(entries([1, 1, 0, 2])))
    for ask in (Store(tmp_path).since, lambda name: next(Store(tmp_path).find(name))):
        with pytest.raises(UsageError, match="neither a version nor a day"):
            ask(known)


def test_of_a_store_without_versions_nothing_is_known_on_any_day(tmp_path):
    (tmp_path / "index.json").write_bytes(index_bytes([]))
    for known in (None, "2026-11-22"):
        with pytest.raises(SnapshotError, match="no sound snapshot"):
            Store(tmp_path).load(known)


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
    monkeypatch.setattr("regstatus.store.proof.LARGEST", 1000)
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
    assert Store(three).newest()["id"] == "2026.11.25"
    assert index.read_bytes() == index_bytes(Store(three).versions())


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
