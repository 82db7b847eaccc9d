"""WARC and replay: what is kept leaves as a standard archive, and any past run can be played again."""

import gzip
import io
import json
import re
import socket
import zipfile
from datetime import timedelta
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from regstatus.base.errors import SnapshotError, UsageError
from regstatus.cli import main
from regstatus.fetch.settings import Settings
from regstatus.pipeline.replay import Recording, replay
from regstatus.pipeline.update import Options, update
from regstatus.store import warc
from regstatus.store.capture import Capture
from regstatus.store.evidence import Evidence
from regstatus.store.reader import Store
from regstatus.store.verify import verify
from regstatus.store.warc import export
from tests.pipeline.test_update import HOST, World, chapter, schedule
from tests.store.test_evidence import keep, page, vouch
from tests.support.make import FEDERAL, NOON
from tests.support.pages import ROOT
from tests.support.replica import KEYS, Replica, example


@pytest.fixture
def world(tmp_path):
    with Replica() as site:
        yield World(tmp_path, site)


@pytest.fixture
def offline(monkeypatch):
    """Any use of the network is an error."""

    def refuse(*_args, **_kwargs):
        raise AssertionError("the network was asked for")

    def cut():
        monkeypatch.setattr(socket, "socket", refuse)
        monkeypatch.setattr(socket, "create_connection", refuse)
        monkeypatch.setattr(socket, "getaddrinfo", refuse)

    return cut


def again(world, file, tmp_path, **facts):
    options = Options(sources=world.sources, snapshots=tmp_path / "again", isolate=False, **facts)
    return list(replay(Recording(file), options))


def versions(path):
    return [(entry["id"], entry["digest"]) for entry in Store(path).versions()]


def records(file):
    """Every record of a WARC file as warcio reads it, with all digests verified."""
    found = []
    with file.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            body = record.content_stream().read()
            if record.rec_type != "revisit":
                assert record.digest_checker.passed, record.rec_headers
            found.append((record, body))
    return found


def header(record, name):
    return record.rec_headers.get_header(name)


def test_a_live_run_exported_and_replayed_offline_gives_the_same_bytes(world, tmp_path, offline):
    world.run()
    file = tmp_path / "evidence.warc.gz"
    assert export(world.path, file, created=NOON) == (2, ())
    world.site.server.shutdown()
    offline()
    [done] = again(world, file, tmp_path)
    assert (done.run.state, done.same, dict(done.run.counts)) == ("complete", True, {"ok": 2})
    assert versions(tmp_path / "again") == versions(world.path)
    snapshot = Store(tmp_path / "again").load()
    assert snapshot.origin.startswith("replayed from evidence.warc.gz")
    assert verify(tmp_path / "again") == []
    kept = ("url", "final_url", "last_ok", "verified_at", "sha256", "text_sha256", "verdict")
    live = Store(world.path).load().ledger
    for key, clock in snapshot.ledger.items():
        assert {k: clock[k] for k in kept} == {k: live[key][k] for k in kept}


def history(world):
    """Seven runs: a text that changes, a host that vouches, fails, moves on, and comes back."""
    world.run()
    world.run()
    world.serve("/HS.481.htm", schedule("<li>Mitragyna speciosa (kratom)</li>"))
    world.run(hours=30)
    del world.site.pages[HOST, "/HS.444.htm"]
    world.run()
    world.serve("/HS.444.htm", chapter(age="21", cap="one"))
    world.serve("/HS.481.htm", schedule())
    world.run()
    world.run(hours=24 * 20)
    world.serve("/HS.444.htm", chapter())
    world.run()


def test_a_whole_history_is_played_again_version_by_version(world, tmp_path, offline):
    history(world)
    made = versions(world.path)
    assert len(made) >= 4
    file = tmp_path / "history.warc.gz"
    export(world.path, file, created=NOON)
    offline()
    done = again(world, file, tmp_path)
    assert [item.same for item in done] == [True] * 7
    assert versions(tmp_path / "again") == made
    assert [item.recorded["id"] for item in done if item.recorded] == [name for name, _ in made]


def test_what_was_replayed_can_be_exported_and_replayed_once_more(world, tmp_path):
    history(world)
    export(world.path, tmp_path / "a.warc", created=NOON)
    again(world, tmp_path / "a.warc", tmp_path)
    export(tmp_path / "again", tmp_path / "b.warc", created=NOON)

    def captured(file):
        return [capture.to_json() for capture in Recording(file).captures]

    assert captured(tmp_path / "a.warc") == captured(tmp_path / "b.warc")


def test_a_run_that_a_person_accepted_is_accepted_again_and_a_held_one_held(world, tmp_path):
    world.run()
    world.serve("/HS.481.htm", schedule("<li>Mitragyna speciosa (kratom)</li>"))
    assert world.run(flip_budget=0).state == "held"
    assert world.run(flip_budget=0, accept=True).version is not None
    file = tmp_path / "x.warc.gz"
    export(world.path, file, created=NOON)
    done = again(world, file, tmp_path, flip_budget=0)
    assert [(item.run.state, item.same) for item in done] == [
        ("complete", True), ("held", True), ("complete", True),
    ]  # fmt: skip
    assert versions(tmp_path / "again") == versions(world.path)


def test_every_adapter_replays_to_the_same_bytes(catalogue, tmp_path, offline):
    by_adapter = {
        document.adapter: source.jurisdiction
        for source in catalogue
        for document in source.documents
        if example(source.jurisdiction, document) is not None
    }
    assert set(by_adapter) >= {"page", "link", "zip", "ecfr", "federal_register"}
    assert set(by_adapter) >= {"fedlex", "legifrance", "normattiva", "alison"}
    only = tuple(set(by_adapter.values()))
    with Replica(catalogue, only) as site:
        settings = Settings(delay=0.0, retries=0, routes=site.routes, env=KEYS)
        options = Options(
            sources=ROOT / "sources", snapshots=tmp_path / "live", settings=settings, only=only
        )
        update(options, now=lambda: NOON)
    captured = {capture.adapter for capture in Evidence(tmp_path / "live").captures()[0]}
    assert captured == set(by_adapter)
    export(tmp_path / "live", tmp_path / "x.warc.gz", created=NOON)
    records(tmp_path / "x.warc.gz")
    offline()
    options = Options(sources=ROOT / "sources", snapshots=tmp_path / "again", only=only)
    [done] = replay(Recording(tmp_path / "x.warc.gz"), options)
    assert done.same
    assert versions(tmp_path / "again") == versions(tmp_path / "live")


def test_other_source_files_or_a_changed_page_are_told_not_hidden(world, tmp_path):
    world.run()
    file = tmp_path / "x.warc.gz"
    export(world.path, file, created=NOON)
    world.write("us.toml", FEDERAL.replace("third-party reading", "someone else"))
    [done] = again(world, file, tmp_path)
    assert not done.same


def test_documents_that_the_file_lacks_or_that_moved_are_simply_not_asked(world, tmp_path):
    world.run()
    file = tmp_path / "x.warc.gz"
    export(world.path, file, created=NOON)
    text = (world.sources / "tx.toml").read_text(encoding="utf-8")
    world.write("tx.toml", text.replace("HS.444.htm", "HS.445.htm"))
    [done] = again(world, file, tmp_path)
    assert dict(done.run.counts) == {"ok": 1}
    clock = Store(tmp_path / "again").load().ledger["US-TX:hs-444"]
    assert "last_fetched" not in clock


def test_a_folder_with_something_newer_is_refused_and_left_as_it_is(world, tmp_path):
    world.run()
    file = tmp_path / "x.warc.gz"
    export(world.path, file, created=NOON)
    before = (world.path / "ledger.json").read_bytes()
    with pytest.raises(UsageError, match="empty folder"):
        list(replay(Recording(file), Options(sources=world.sources, snapshots=world.path)))
    assert (world.path / "ledger.json").read_bytes() == before


def test_the_file_is_standard_warc_that_warcio_reads_back_with_every_digest(world, tmp_path):
    world.run()
    world.run()
    file = tmp_path / "x.warc.gz"
    export(world.path, file, created=NOON)
    found = records(file)
    assert [record.rec_type for record, _ in found] == [
        "warcinfo", "metadata", *(["response", "metadata"] * 2), *(["revisit", "metadata"] * 2),
    ]  # fmt: skip
    assert {record.rec_headers.protocol for record, _ in found} == {"WARC/1.1"}
    assert len({header(record, "WARC-Record-ID") for record, _ in found}) == len(found)
    info = found[0][1].decode()
    assert "Content-Length is that of the decoded body" in info
    assert "reached elsewhere" in info
    response, body = found[2]
    assert body == chapter()
    assert header(response, "WARC-Target-URI") == f"https://{HOST}/HS.444.htm"
    assert header(response, "WARC-Date") == "2026-11-23T12:00:00Z"
    assert header(response, "WARC-Payload-Digest") == f"sha256:{sha256(body).hexdigest()}"
    assert response.http_headers.get_statuscode() == "200"
    assert response.http_headers.get_header("content-length") == str(len(body))
    metadata, about = found[3]
    assert header(metadata, "WARC-Refers-To") == header(response, "WARC-Record-ID")
    assert json.loads(about)["key"] == "US-TX:hs-444"
    revisit, _ = found[6]
    assert revisit.http_headers.get_statuscode() == "304"
    assert header(revisit, "WARC-Profile").endswith("/server-not-modified")
    assert header(revisit, "WARC-Refers-To") == header(response, "WARC-Record-ID")
    assert header(revisit, "WARC-Refers-To-Target-URI") == header(response, "WARC-Target-URI")
    assert header(revisit, "WARC-Refers-To-Date") == header(response, "WARC-Date")


def test_every_record_is_a_member_of_its_own_so_that_tools_can_seek(world, tmp_path):
    world.run()
    file = tmp_path / "x.warc.gz"
    export(world.path, file, created=NOON)
    with file.open("rb") as stream:
        iterator = ArchiveIterator(stream)
        offsets = [iterator.get_record_offset() for _ in iterator]
    for offset in offsets:
        assert gzip.GzipFile(fileobj=io.BytesIO(file.read_bytes()[offset:])).read(8) == b"WARC/1.1"


def test_headers_that_are_untrue_of_a_decoded_body_or_secret_stay_out(tmp_path):
    headers = (
        ("content-encoding", "gzip"), ("transfer-encoding", "chunked"), ("content-length", "3"),
        ("set-cookie", "a=s3cret"), ("x-odd", "one\r\nWARC/1.1"), ("title", "Größe"),
    )  # fmt: skip
    keep(tmp_path, "Gesetz über".encode(), headers=headers)
    export(tmp_path, tmp_path / "x.warc", created=NOON)
    response, body = records(tmp_path / "x.warc")[2]
    assert body == "Gesetz über".encode()
    sent = dict(response.http_headers.headers)
    assert set(sent) == {"x-odd", "title", "content-length"}
    assert sent["content-length"] == str(len(body))
    assert b"s3cret" not in (tmp_path / "x.warc").read_bytes()
    [capture] = Recording(tmp_path / "x.warc").captures
    assert dict(capture.headers)["title"] == "Größe", "the metadata has them as they were"


def test_a_key_in_an_address_is_a_placeholder_that_is_a_sound_address(tmp_path):
    url = "https://api.example.gov/law?key={env:LAW_KEY}&q=ä b"
    keep(tmp_path, url=url, final_url=url)
    export(tmp_path, tmp_path / "x.warc", created=NOON)
    target = header(records(tmp_path / "x.warc")[2][0], "WARC-Target-URI")
    assert target == "https://api.example.gov/law?key=%7Benv:LAW_KEY%7D&q=%C3%A4%20b"
    assert Recording(tmp_path / "x.warc").captures[0].final_url == url


def test_the_key_itself_is_neither_in_the_archive_nor_in_the_export(world, tmp_path):
    url = f"https://{HOST}/HS.444.htm?key={{env:LAW_KEY}}"
    text = (world.sources / "tx.toml").read_text(encoding="utf-8")
    world.write("tx.toml", text.replace(f"https://{HOST}/HS.444.htm", url))
    world.serve("/HS.444.htm?key=s3cret-key", chapter() + b"<!-- s3cret-key -->")
    settings = Settings(
        delay=0.0, retries=0, routes={HOST: world.site.address}, env={"LAW_KEY": "s3cret-key"}
    )
    options = Options(sources=world.sources, snapshots=world.path, settings=settings)
    assert update(options, now=lambda: NOON).counts == {"ok": 2}
    export(world.path, tmp_path / "x.warc", created=NOON)
    kept = [f.read_bytes() for f in (world.path / "evidence").rglob("*") if f.is_file()]
    kept = [gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data for data in kept]
    for data in (*kept, (tmp_path / "x.warc").read_bytes()):
        assert b"s3cret" not in data


def test_a_body_that_an_adapter_made_is_a_resource_and_replays_all_the_same(world, tmp_path):
    text = (world.sources / "tx.toml").read_text(encoding="utf-8")
    text = text.replace('id = "hs-444"', 'id = "hs-444"\nadapter = "zip"', 1)
    world.write("tx.toml", text)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("law.html", chapter())
    world.serve("/HS.444.htm", packed.getvalue(), "application/zip")
    assert world.run().counts == {"ok": 2}
    world.serve("/HS.444.htm", packed.getvalue() + b"\0", "application/zip")
    world.run()
    file = tmp_path / "x.warc.gz"
    export(world.path, file, created=NOON)
    resources = [(r, body) for r, body in records(file) if r.rec_type == "resource"]
    assert {body for _, body in resources} == {chapter()}
    assert {header(r, "Content-Type") for r, _ in resources} == {"text/html"}
    assert all(item.same for item in again(world, file, tmp_path))
    assert versions(tmp_path / "again") == versions(world.path)


def test_the_same_body_is_written_once(tmp_path):
    big = b"<p>law</p>" * 5000
    for day in range(20):
        keep(tmp_path, big, day)
    export(tmp_path, tmp_path / "x.warc", created=NOON)
    found = records(tmp_path / "x.warc")
    assert [r.rec_type for r, _ in found].count("response") == 1
    profiles = {header(r, "WARC-Profile") for r, _ in found if r.rec_type == "revisit"}
    assert len(profiles) == 1
    assert profiles.pop().endswith("/identical-payload-digest")
    assert (tmp_path / "x.warc").stat().st_size < 2 * len(big)


def test_the_same_evidence_gives_the_same_file(tmp_path):
    vouch(tmp_path, keep(tmp_path), 3)
    export(tmp_path, tmp_path / "x.warc.gz", created=NOON)
    first = (tmp_path / "x.warc.gz").read_bytes()
    export(tmp_path, tmp_path / "x.warc.gz", created=NOON)
    assert (tmp_path / "x.warc.gz").read_bytes() == first


def test_a_vouching_whose_sending_is_not_in_the_file_brings_the_body_itself(tmp_path):
    sha = keep(tmp_path)
    vouch(tmp_path, sha, 3)
    next((tmp_path / "evidence" / "captures").glob("20261122*")).unlink()
    export(tmp_path, tmp_path / "x.warc", created=NOON)
    assert [r.rec_type for r, _ in records(tmp_path / "x.warc")][2:] == ["resource", "metadata"]
    assert Recording(tmp_path / "x.warc").body(sha) == b"the law"


def test_only_what_was_asked_for_is_exported(tmp_path):
    keep(tmp_path, b"1", key="US-TX:a")
    keep(tmp_path, b"2", key="US:b")
    assert export(tmp_path, tmp_path / "x.warc", created=NOON, only=("US-*",)).captures == 1
    assert [c.key for c in Recording(tmp_path / "x.warc").captures] == ["US-TX:a"]
    with pytest.raises(UsageError, match="no evidence"):
        export(tmp_path, tmp_path / "y.warc", created=NOON, only=("GB",))
    assert not (tmp_path / "y.warc").exists()


def test_a_damaged_page_is_left_out_and_named(tmp_path):
    bad = keep(tmp_path, b"1", key="US-TX:a")
    keep(tmp_path, b"2", key="US:b")
    Evidence(tmp_path).body_file(bad).write_bytes(b"?")
    done = export(tmp_path, tmp_path / "x.warc", created=NOON)
    assert done.captures == 1
    assert bad in done.faults[0]
    assert "US-TX:a" in done.faults[0]


def test_an_export_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    keep(tmp_path)
    file = tmp_path / "x.warc"
    file.write_bytes(b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(warc._Writing, "_capture", full)
    with pytest.raises(OSError, match="No space"):
        export(tmp_path, file, created=NOON)
    assert file.read_bytes() == b"old"
    assert not list(tmp_path.glob(".new-*"))


def exported(tmp_path):
    keep(tmp_path, b"the law " * 50)
    keep(tmp_path, b"another", 1, key="US:b")
    export(tmp_path, tmp_path / "x.warc", created=NOON)
    return tmp_path / "x.warc"


def test_a_file_that_is_cut_anywhere_is_refused_or_whole(tmp_path):
    data = exported(tmp_path).read_bytes()
    cut = tmp_path / "cut.warc"
    refused = 0
    for length in range(0, len(data) - 4, 37):
        cut.write_bytes(data[:length])
        with pytest.raises(UsageError):
            Recording(cut)
        refused += 1
    assert refused > 50


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"the law the law", b"the lie the law"), (b'"captures": 2', b'"captures": 3'),
     (b'"outcome": "ok"', b'"outcome": "no"'), (b'"key": "US:b"', b'"key": ["b"]'),
     (b'"sha256": "', b'"sha256": ['), (b"regstatus-recording", b"regstatus-recordinX"),
     (b'"run": "2026', b'"run": "20x6'),
     (b'"final_url": "https://law', b'"final_url": "https://lie')],
)  # fmt: skip
def test_an_altered_file_is_refused(tmp_path, old, new):
    file = exported(tmp_path)
    data = file.read_bytes()
    assert old in data
    file.write_bytes(data.replace(old, new[: len(old)].ljust(len(old))))
    with pytest.raises(UsageError, match=re.escape(str(file))):
        Recording(file)


@pytest.mark.parametrize("name", ["x.warc", "x.warc.gz"])
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_is_refused_or_changes_nothing_that_is_read(tmp_path, name, place, bit):
    sound = tmp_path / name
    if not sound.exists():
        keep(tmp_path, b"the law " * 50)
        keep(tmp_path, b"another", 1, key="US:b")
        export(tmp_path, sound, created=NOON)
    data = bytearray(sound.read_bytes())
    data[int(place * len(data))] ^= 1 << bit
    (tmp_path / f"flipped-{name}").write_bytes(data)
    try:
        recording = Recording(tmp_path / f"flipped-{name}")
    except UsageError:
        return
    assert recording.captures == Recording(sound).captures
    assert recording.versions == Recording(sound).versions
    for capture in recording.captures:
        assert sha256(recording.body(capture.sha256)).hexdigest() == capture.sha256


@pytest.mark.parametrize(
    "data",
    [b"", b"not a warc", b"\x1f\x8b\x08", b"WARC/1.1\r\n\r\n", b"[" * 10_000,
     gzip.compress(b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\nab\r\n\r\n" * 2, mtime=0),
     "WARC/1.1\r\nlist\u2028\u0085\x0c\x1b[31m\n".encode(), bytes(range(256)) * 90],
)  # fmt: skip
def test_what_is_no_warc_of_ours_is_refused_in_one_sentence(tmp_path, data):
    file = tmp_path / "x.warc"
    file.write_bytes(data)
    with pytest.raises(UsageError, match=r"x\.warc") as told:
        Recording(file)
    words = str(told.value)
    assert words.splitlines() == [words]
    assert len(words) < 200 + len(str(file))
    with pytest.raises(UsageError, match="No such file"):
        Recording(tmp_path / "none.warc")


def test_a_deep_metadata_record_is_no_crash(tmp_path):
    file = exported(tmp_path)
    data = file.read_bytes()
    at = data.index(b'{"captures"')
    end = data.index(b"\r\n\r\n", at)
    file.write_bytes(data[:at] + b"[" * (end - at) + data[end:])
    with pytest.raises(UsageError):
        Recording(file)


def test_a_file_altered_after_it_was_opened_is_noticed(tmp_path):
    file = exported(tmp_path)
    recording = Recording(file)
    file.write_bytes(file.read_bytes().replace(b"another", b"ANOTHER"))
    with pytest.raises(SnapshotError, match="altered"):
        recording.body(sha256(b"another").hexdigest())


def test_a_capture_brings_its_page_back_as_it_was():
    got = page(headers=(("etag", '"1"'),), when=NOON + timedelta(microseconds=7), via="http://x/")
    capture = Capture.of(
        got, key="US:a", adapter="page", run=NOON, sha256=got.sha256, text_sha256=None
    )
    again = Capture.from_json(json.dumps(capture.to_json()).encode())
    assert again == capture
    assert again.page(got.body) == got


def test_without_the_library_the_error_names_the_extra(tmp_path, monkeypatch):
    keep(tmp_path)

    def missing(name, *_):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("importlib.import_module", missing)
    with pytest.raises(UsageError, match=r"regstatus\[warc\]"):
        export(tmp_path, tmp_path / "x.warc", created=NOON)


@pytest.fixture
def kept(world, monkeypatch):
    world.run()
    monkeypatch.setenv("REGSTATUS_SNAPSHOTS", str(world.path))
    monkeypatch.setenv("NO_COLOR", "1")
    return world


def test_the_command_shows_words_address_time_digest_and_where_the_page_lies(kept, capsys):
    assert main(["evidence", "US-TX"]) == 0
    out = capsys.readouterr().out
    clock = Store(kept.path).load().ledger["US-TX:hs-444"]
    for words in (
        f"https://{HOST}/HS.444.htm", "retrieved 2026-11-23T12:00:00Z", clock["sha256"],
        "younger than", "CHAPTER 444", str(Evidence(kept.path).body_file(clock["sha256"])),
        "really read from http://127.0.0.1",
    ):  # fmt: skip
        assert words in out
    assert main(["evidence", "texas", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["jurisdiction"] == "US-TX"
    passage = next(item for item in found["evidence"] if item["document"] == "hs-444")
    assert passage["captured_at"] == "2026-11-23T12:00:00Z"
    assert passage["rule"]
    assert passage["place"]
    with gzip.open(passage["kept"]) as file:
        assert sha256(file.read()).hexdigest() == passage["sha256"]


def test_a_damaged_page_is_told_by_the_command_and_by_verify(kept, capsys):
    sha = Store(kept.path).load().ledger["US-TX:hs-444"]["sha256"]
    file = Evidence(kept.path).body_file(sha)
    file.write_bytes(b"?")
    for words in (["evidence", "US-TX"], ["snapshots", "verify"]):
        assert main(words) == 1
        out = capsys.readouterr().out
        assert f"{file}: damaged" in out


def test_a_place_without_kept_pages_still_shows_what_people_recorded(kept, capsys):
    assert main(["evidence", "US"]) == 0
    assert "no words of law are recorded" in capsys.readouterr().out


def test_the_commands_export_and_replay_say_whether_the_records_are_the_same(
    kept, tmp_path, capsys, offline
):
    file, store = str(tmp_path / "x.warc.gz"), str(tmp_path / "again")
    assert main(["evidence", "export", "--warc", file, "--only", "US*"]) == 0
    assert "2 captures" in capsys.readouterr().out
    offline()
    words = ["update", "--replay", file, "--sources", str(kept.sources), "--snapshots", store]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "replayed from x.warc.gz" in out
    assert "replay: the same records as then (2026.11.23)" in out
    assert main(words) == 2
    assert "empty folder" in capsys.readouterr().err
    kept.write("us.toml", FEDERAL.replace("third-party reading", "someone else"))
    assert main([*words[:-1], str(tmp_path / "third"), "--json"]) == 1
    [shown] = json.loads(capsys.readouterr().out)
    assert (shown["same"], shown["recorded_version"]) == (False, "2026.11.23")


def test_the_other_spelling_of_the_options_does_the_same(kept, tmp_path, capsys):
    assert main(["evidence", "--export", str(tmp_path / "x.warc")]) == 0
    assert main(["evidence", "--prune", "1d", "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.partition("\n")[2])["dry_run"] is True


def test_pruning_by_command_keeps_what_is_cited(kept, capsys):
    kept.run()
    assert main(["evidence", "prune", "--older-than", "1d", "--dry-run"]) == 0
    assert "would be dropped" in capsys.readouterr().out
    assert main(["evidence", "prune", "--older-than", "1d"]) == 0
    assert verify(kept.path) == []
    assert main(["evidence", "US-TX"]) == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["evidence"], "evidence NAME"),
        (["evidence", "export"], "--warc"),
        (["evidence", "prune"], "--older-than"),
        (["evidence", "US-TX", "--warc", "x.warc"], "evidence NAME"),
        (["evidence", "export", "--warc", "x", "--older-than", "1d"], "evidence NAME"),
        (["evidence", "prune", "--older-than", "soon"], "not a span"),
        (["evidence", "atlantis"], "No jurisdiction"),
        (["update", "--keep-evidence", "long"], "not a span"),
        (["update", "--replay", "no.warc", "--due"], "offline"),
        (["update", "--replay", "no.warc", "--route", "a=http://b"], "offline"),
        (["update", "--replay", "no.warc"], "No such file"),
    ],
)
def test_a_users_mistake_is_one_clear_line_and_status_2(kept, capsys, words, says):
    assert main(words) == 2
    out = capsys.readouterr()
    assert says in out.err
    assert "Traceback" not in out.err
    assert out.out == ""


def test_replay_never_falls_back_to_a_users_own_folder(kept, monkeypatch, capsys):
    monkeypatch.delenv("REGSTATUS_SNAPSHOTS")
    assert main(["update", "--replay", "x.warc"]) == 2
    assert "name an empty folder" in capsys.readouterr().err


def test_a_store_without_evidence_is_told_with_the_remedy(tmp_path, capsys):
    from tests.support.make import publish, record

    publish(tmp_path, record())
    words = ["evidence", "export", "--warc", "x.warc", "--snapshots", str(tmp_path)]
    assert main(words) == 2
    assert "no evidence is kept here" in capsys.readouterr().err
    assert not (tmp_path / "evidence").exists()
