"""Proof: whatever becomes of a byte of the store, `verify` names it, and no answer gets softer or fresher."""

import json
import random
import shutil
from contextlib import suppress
from dataclasses import fields
from datetime import timedelta
from itertools import pairwise

import pytest

from regstatus.base.errors import LaterFormat, SnapshotError
from regstatus.cli import main
from regstatus.decide.freshness import freshness
from regstatus.model.law import Status
from regstatus.model.words import Outcome, Verdict
from regstatus.query.dataset import Dataset
from regstatus.query.lists import documents
from regstatus.report.notify.outbox import Mark, outbox
from regstatus.store import clocks
from regstatus.store.atomic import packed, pretty, sealed
from regstatus.store.ledger import FetchState
from regstatus.store.proof import unpacked
from regstatus.store.reader import Store
from regstatus.store.verify import verify
from regstatus.store.writer import writing
from tests.pipeline.test_update import World, chapter, schedule
from tests.support.events import events
from tests.support.make import FEDERAL, NOON, TEXAS, publish, record
from tests.support.replica import Replica

FEW = 3
"""Captures of a document in files of their own: with few, each kind of file is there after a few runs."""

FRESHNESS = ("unverified", "stale", "due", "attested", "fresh")
PLACES = ("US-TX", "US")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A store with versions, texts, reports, pages and captures; and its last moment."""
    with Replica() as site:
        world = World(tmp_path_factory.mktemp("made"), site)
        # All of it is read, so that Texas is fresh, and a flip could only make it less so.
        world.write("us.toml", FEDERAL.replace("2026-10-10", "2026-11-22").replace(
            'attested_by = "third-party reading"', 'attested_by = "A. Person"\nread_officially = true'
        ).split("[[pending]]")[0])  # fmt: skip
        for number in range(FEW + 4):
            world.run(hours=12)
            if number == 0:
                world.serve("/HS.481.htm", schedule("<li>Salvia</li>"))
            if number == FEW:  # a person has looked at what changed
                texas = TEXAS.replace("testing = false", "testing = true")
                world.write("tx.toml", texas.replace("2026-06-07", "2026-11-24"))
        world.serve("/HS.444.htm", chapter() + b"<!-- another day -->")
        world.run(hours=12)
        with outbox(world.path) as box:
            box.marks["people"] = Mark(seen="20261123T000000Z")
            box.save()
        assert verify(world.path) == []
        yield world.path, world.now + timedelta(hours=1)


@pytest.fixture
def store(made, tmp_path):
    return shutil.copytree(made[0], tmp_path / "store")


def files(store):
    return sorted(
        path for path in store.rglob("*")
        if path.is_file() and path.stat().st_size and not path.name.startswith(".")
    )  # fmt: skip


def answers(store, now):
    """What each place is answered; None where the store is refused in words."""
    try:
        dataset = Dataset(Store(store).load())
    except SnapshotError:
        return None
    list(documents(dataset.snapshot))
    with suppress(SnapshotError):
        events(Store(store), None)
    return {key: dataset.lookup(key, now=now) for key in PLACES}


def worse(after, before):
    """Whether an answer of a damaged store is no softer than the true one, or says not to rely on it."""
    if after["freshness"]["state"] in {"stale", "unverified"}:
        return True
    rank = FRESHNESS.index
    return (
        Status(after["status"]).severity >= Status(before["status"]).severity
        and after["minimum_age"] == before["minimum_age"]
        and rank(after["freshness"]["state"]) <= rank(before["freshness"]["state"])
    )


def test_the_example_holds_every_kind_of_file_and_is_proven(made):
    store, now = made
    assert answers(store, now)["US-TX"]["freshness"]["state"] == "attested"
    names = {path.relative_to(store).as_posix() for path in files(store)}
    assert {"index.json", "ledger.json", "texts/US-TX__hs-444.txt"} <= names
    for end in ("snapshot.json", "snapshot.json.gz", "changes.json", "report.md"):
        assert any(name.endswith(end) for name in names), end
    assert sum(name.startswith("evidence/captures/") for name in names) == FEW + 5
    assert sum(name.startswith("reports/") for name in names) == 2 * (FEW + 5)


@pytest.mark.parametrize("seed", range(12))
def test_any_bit_that_flips_is_found_and_softens_and_freshens_nothing(store, made, seed):
    now, chance = made[1], random.Random(seed)
    before = answers(store, now)
    every = files(store)
    ledger = [store / "ledger.json"] * 6
    for file in (*chance.sample(every, 18), *ledger, store / "index.json"):
        whole = file.read_bytes()
        at, bit = chance.randrange(len(whole)), chance.randrange(8)
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
        where = f"{file.relative_to(store)}, byte {at}, bit {bit}"
        try:
            found = answers(store, now)
            assert found is None or all(worse(found[key], before[key]) for key in PLACES), where
            assert any(file.name.removesuffix(".gz") in fault for fault in verify(store)), where
        finally:
            file.write_bytes(whole)
    assert verify(store) == []


def test_every_bit_of_a_clock_and_of_the_seal_counts(store, made):
    file, now = store / "ledger.json", made[1]
    whole = file.read_bytes()
    start = whole.index(b'"verified_at": "') + 16
    for at in (*range(start, start + 20), *range(len(whole) - 80, len(whole))):
        for bit in range(8):
            file.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
            try:
                found = clocks.read_ledger(str(file))
            except LaterFormat:
                continue
            assert "the ledger is missing or damaged" in found.doubt, (at, bit)
        found = answers(store, now)
        assert found is None or found["US-TX"]["freshness"]["state"] == "unverified", at
        assert found is None or "the ledger" in found["US-TX"]["freshness"]["reasons"][0]
        assert any("ledger.json" in fault for fault in verify(store)), at


def test_a_command_on_a_damaged_ledger_answers_and_says_why(store, capsys):
    file = store / "ledger.json"
    file.write_bytes(file.read_bytes().replace(b'"failures": 0', b'"failures": 1', 1))
    for words in (
        ["lookup", "US-TX"],
        ["lookup", "US-TX", "--json"],
        ["list"],
        ["stale"],
        ["cite", "US-TX"],
    ):
        assert main([*words, "--snapshots", str(store)]) in {0, 1, 3}
        said = capsys.readouterr()
        assert "seal does not fit" in said.err
        assert "regstatus snapshots verify" in said.err
    assert main(["snapshots", "verify", "--snapshots", str(store)]) == 1


@pytest.mark.parametrize("size", [0, 1, -1, -80, 0.5])
def test_what_is_cut_short_is_found_and_freshens_nothing(store, made, size):
    before = answers(store, made[1])
    for file in files(store):
        whole = file.read_bytes()
        cut = int(len(whole) * size) if isinstance(size, float) else size
        if not whole[:cut] and size and len(whole) < 2:
            continue
        file.write_bytes(whole[:cut])
        found = answers(store, made[1])
        assert found is None or all(worse(found[key], before[key]) for key in PLACES), file
        assert verify(store), file
        file.write_bytes(whole)


def test_any_file_that_is_deleted_is_missed(store, made):
    before = answers(store, made[1])
    for file in files(store):
        if file.name == "outbox.json":  # whoever removes it tells all again
            continue
        whole = file.read_bytes()
        file.unlink()
        if file.name != "index.json":  # without it there is no store
            found = answers(store, made[1])
            assert found is None or all(worse(found[key], before[key]) for key in PLACES), file
        assert verify(store), file
        file.write_bytes(whole)
    assert verify(store) == []


def test_any_file_that_is_there_twice_is_found_whatever_its_name(store):
    folders = ["texts", "reports", "evidence", *(one["id"] for one in Store(store).versions())]
    every = [file for folder in folders for file in files(store / folder)]
    for number, name in enumerate(("copy of {}", "{}~", "0{}")):
        copies = set()
        for file in every:
            beside = [one for one in file.parent.iterdir() if one.suffix == file.suffix]
            other = next((one for one in beside if one != file), file) if number == 2 else file
            copies.add(file.with_name(name.format(other.name)))
            shutil.copy(file, file.with_name(name.format(other.name)))
        faults = verify(store)
        for copy in copies:
            assert any(copy.name in fault for fault in faults), copy
            copy.unlink()
    assert verify(store) == []


def pairs(store):
    for pattern in (
        "texts/*", "reports/*.json", "reports/*.md", "evidence/??/*.gz", "evidence/captures/*.gz",
        "2*/changes.json", "2*/report.md", "2*/snapshot.json.gz",
    ):  # fmt: skip
        found = sorted(store.glob(pattern))
        yield from pairwise(found)


def test_files_that_changed_places_are_found(store):
    swapped = 0
    for one, two in pairs(store):
        first, second = one.read_bytes(), two.read_bytes()
        if first == second:
            continue
        one.write_bytes(second)
        two.write_bytes(first)
        assert verify(store), (one, two)
        one.write_bytes(first)
        two.write_bytes(second)
        swapped += 1
    assert swapped > 12
    assert verify(store) == []


def test_no_run_builds_on_a_damaged_ledger(store):
    file = store / "ledger.json"
    for spoil in (
        lambda data: data[:-2], lambda data: data.replace(b"ok", b"0k", 1), lambda data: b"{}",
        lambda data: data.replace(b'"seal"', b'"sea1"'),
    ):  # fmt: skip
        whole = file.read_bytes()
        file.write_bytes(spoil(whole))
        with (
            writing(store) as writer,
            pytest.raises(SnapshotError, match=r"damaged.*Move it away.*or restore it"),
        ):
            writer.ledger()
        file.write_bytes(whole)


# Ledgers that are not well-formed


def ledger_with(tmp_path, **changes):
    publish(tmp_path, record(FEDERAL), record())
    clock = {
        "url": "https://statutes.example.gov/HS.444.htm", "verified_at": "2026-11-22T11:00:00Z",
        "last_fetched": "2026-11-22T11:00:00Z", "outcome": "ok", "failures": 0, **changes,
    }  # fmt: skip
    other = {**clock, "url": "https://statutes.example.gov/HS.481.htm"}
    for name in changes:
        other.pop(name, None)
    data = {
        "format": "regstatus-ledger/2",
        "documents": {"US-TX:hs-444": clock, "US-TX:hs-481": other},
    }
    (tmp_path / "ledger.json").write_bytes(sealed(data))
    return Store(tmp_path).load()


@pytest.mark.parametrize("form", ["regstatus-ledger/1", "regstatus-ledger/2"])
def test_a_ledger_without_a_seal_verifies_nothing(tmp_path, form):
    sound = ledger_with(tmp_path)
    assert sound.warning is None
    assert freshness(record(), sound.ledger, NOON)["verified_at"] == "2026-11-22T11:00:00Z"
    file = tmp_path / "ledger.json"
    bare = json.loads(file.read_bytes())
    del bare["seal"]
    file.write_bytes(pretty({**bare, "format": form}))
    bare = Store(tmp_path).load()
    assert "its seal does not fit" in bare.warning
    assert freshness(record(), bare.ledger, NOON)["verified_at"] is None
    [fault] = verify(tmp_path)
    assert "ledger.json: damaged: its seal does not fit" in fault


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("verified_at", "2026-11-31T11:00:00Z"), ("verified_at", "2026-11-22T11:00:00+02:00"),
        ("verified_at", "2026-11-22"), ("verified_at", 20261122), ("verified_at", "²026-11-22T11:00:00Z"),
        ("last_ok", "yesterday"), ("failing_since", ["2026-11-22T11:00:00Z"]), ("failures", -1),
        ("failures", "none"), ("failures", True), ("failures", 1e300), ("http_status", 7),
        ("outcome", "well"), ("outcome", {}), ("verdict", "confirmed"), ("sha256", "00"), ("url", 7),
        ("url", ""), ("text_sha256", "g" * 64), ("copied", ["x"]), ("earlier", {"x": 7}), ("modified", "x"),
        ("former_until", "never"), ("archived_at", {"on": "2026-11-22"}),
    ],
)  # fmt: skip
def test_a_clock_that_is_not_well_formed_was_never_verified_and_says_so(tmp_path, name, value):
    snapshot = ledger_with(tmp_path, **{name: value})
    found = Dataset(snapshot).lookup("US-TX", now=NOON)
    assert (found["freshness"]["state"], found["freshness"]["verified_at"]) == ("unverified", None)
    assert (
        f"its clock in the ledger is damaged ({name}" in found["freshness"]["reasons"][0]
        or not value
    )
    assert "the clock of US-TX:hs-444" in found["snapshot"]["warning"]
    assert any("the clock of US-TX:hs-444" in fault for fault in verify(tmp_path))
    assert any("its clock is damaged" in (item["problem"] or "") for item in documents(snapshot))
    with (
        writing(tmp_path) as writer,
        pytest.raises(SnapshotError, match="the clock of US-TX:hs-444"),
    ):
        writer.ledger()


@pytest.mark.parametrize("documents", [{"US-TX:hs-444": None}, {"US-TX:hs-444": []}, [], 7])
def test_a_ledger_of_another_shape_verifies_nothing(tmp_path, documents):
    publish(tmp_path, record())
    data = {"format": "regstatus-ledger/2", "documents": documents}
    (tmp_path / "ledger.json").write_bytes(sealed(data))
    found = Dataset(Store(tmp_path).load()).lookup("US-TX", now=NOON)
    assert found["freshness"]["state"] == "unverified"
    assert "ledger" in found["snapshot"]["warning"]


def test_a_person_who_read_the_law_does_not_outweigh_what_a_damaged_clock_may_have_said(
    store, made
):
    now = made[1]
    assert answers(store, now)["US"]["freshness"]["state"] == "attested"
    (store / "ledger.json").write_bytes(b"{")
    found = answers(store, now)["US"]["freshness"]
    assert (found["state"], found["verified_at"]) == ("unverified", None)
    (store / "ledger.json").unlink()
    assert answers(store, now)["US"]["freshness"]["state"] == "unverified"


def test_an_older_version_that_answers_for_a_damaged_one_is_never_fresh(store, made):
    newest = Store(store).newest()["id"]
    (store / newest / "snapshot.json").write_bytes(b"{}")
    found = answers(store, made[1])["US-TX"]
    assert found["snapshot"]["version"] != newest
    assert found["freshness"]["state"] == "unverified"
    assert "a newer version is damaged" in found["freshness"]["reasons"][0]


def test_the_outcomes_and_verdicts_of_a_sound_clock_are_those_of_the_model():
    assert set(map(str, Outcome)) == clocks._OUTCOMES
    assert set(map(str, Verdict)) == clocks._VERDICTS


# Formats of a later number


def later(store, file, form):
    data = file.read_bytes()
    if file.suffix == ".gz":
        data = packed(unpacked(data, "").replace(b"/2", f"/{form}".encode()))
    else:
        at = data.index(b'"regstatus-')
        end = data.index(b'"', at + 1)
        kind = data[at:end].partition(b"/")[0]
        data = data[:at] + kind + f"/{form}".encode() + data[end:]
    file.write_bytes(data)


@pytest.mark.parametrize("number", [3, 9, 10, 4711])
def test_a_later_format_is_refused_and_not_called_damaged(store, number, capsys):
    newest = Store(store).newest()["id"]
    for pattern in (
        "index.json", "ledger.json", "notify/outbox.json", f"{newest}/changes.json", "reports/*.json",
        "evidence/captures/*.gz",
    ):  # fmt: skip
        file = min(store.glob(pattern))
        whole = file.read_bytes()
        later(store, file, number)
        faults = [fault for fault in verify(store) if "later release" in fault]
        if "changes" not in pattern:
            assert [fault for fault in faults if str(file) in fault and "Upgrade" in fault], pattern
            assert not [fault for fault in faults if "damaged" in fault], pattern
        if pattern in {"index.json", "ledger.json"}:
            with pytest.raises(LaterFormat, match=f"/{number} was written by a later release"):
                Store(store).load()
            assert main(["lookup", "US-TX", "--snapshots", str(store)]) == 6
            assert "Upgrade regstatus" in capsys.readouterr().err
        file.write_bytes(whole)
    assert verify(store) == []


@pytest.mark.parametrize("name", ["snapshot.json", "changes.json"])
def test_a_version_of_a_later_format_is_refused(tmp_path, name, monkeypatch):
    if name == "snapshot.json":
        monkeypatch.setattr("regstatus.model.canonical.SNAPSHOT_FORMAT", "regstatus-snapshot/2")
    else:
        monkeypatch.setattr("regstatus.store.writer.CHANGES_FORMAT", "regstatus-changes/2")
    publish(tmp_path, record())
    with pytest.raises(LaterFormat, match=r"/2 was written by a later release of regstatus"):
        events(Store(tmp_path), None) if name == "changes.json" else Store(tmp_path).load()
    [fault] = verify(tmp_path)
    assert name in fault
    assert "later release" in fault


@pytest.mark.parametrize(
    "form",
    [
        None, 2, "", "regstatus-ledger", "regstatus-ledger/", "regstatus-ledger/0", ["x"],
        "regstatus-ledger/-3", "regstatus-ledger/٣", "regstatus-index/2", "regstatus-ledger/2.0",
    ],
)  # fmt: skip
def test_a_format_that_is_none_is_damage(store, form):
    data = json.loads((store / "ledger.json").read_bytes())
    data.pop("seal")
    (store / "ledger.json").write_bytes(sealed({**data, "format": form}))
    assert "damaged: not of the form" in Store(store).load().warning


def test_every_field_of_a_clock_is_looked_at():
    known = {field.name for field in fields(FetchState)}
    assert known == set(clocks._CLOCK)


PAGES = ("", "sources.html", "j/US-TX.html", "changes.html", "v1/status/US-TX", "v1/status",
         "v1/sources", "v1/stale", "healthz", "metrics")  # fmt: skip


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:300] + b"\xff" + data[301:],
        lambda data: data.replace(b'"verified_at": "2', b'"verified_at": "3', 1),
        lambda data: sealed(
            {
                "format": "regstatus-ledger/2",
                "runs": [7, {"started": "noon"}],
                "documents": {key: {**clock, "last_fetched": 7, "failures": "many"}
                              for key, clock in json.loads(data)["documents"].items()},
            }
        ),
        lambda data: b"",
    ],
)  # fmt: skip
def test_every_page_of_a_service_answers_over_a_damaged_ledger(store, made, spoil):
    pytest.importorskip("starlette")
    from regstatus.web.service.app import application
    from regstatus.web.service.library import Library
    from tests.web.conftest import running

    file = store / "ledger.json"
    file.write_bytes(spoil(file.read_bytes()))
    with running(application(Library(str(store), now=lambda: made[1]))) as client:
        for page in PAGES:
            reply = client(f"/{page}")
            assert reply.status == 200, (page, reply.status)
        said = client("/v1/status/US-TX").json
    assert said["freshness"]["state"] == "unverified"
    assert "ledger" in said["freshness"]["reasons"][0]
