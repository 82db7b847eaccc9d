"""What is hostile stays in its place: paths in their folder, keys nowhere, requests at known hosts."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regstatus.base.errors import ReadingError, SnapshotError, SourceFileError
from regstatus.catalog.sources import check_text
from regstatus.cli import main
from regstatus.extract import extract
from regstatus.fetch.settings import Settings
from regstatus.pipeline.update import Options, update
from regstatus.store.atomic import file_name
from regstatus.store.reader import Store
from regstatus.store.warc import export
from tests.pipeline.test_update import HOST, World, chapter
from tests.support.make import NOON, TEXAS, publish, record
from tests.support.replica import Replica

NAMES = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from(["..", ".", "/", "\\", ":", "\0", "~", "C:", "con", "a", "-"])).map(
        "".join
    ),
)


@pytest.fixture
def world(tmp_path):
    with Replica() as site:
        yield World(tmp_path, site)


@given(NAMES)
def test_the_file_of_any_key_lies_in_its_folder(key):
    name = file_name(key)
    folder = Path("/a/b")
    assert (folder / name).parent == folder
    assert name not in {"", ".", ".."}
    assert not set(name) & set('/\\:\0*?"<>|\n')
    assert len(name.encode()) < 200


@given(NAMES, NAMES)
def test_two_keys_never_share_a_file(one, other):
    # `/` and `:` have short forms, which an id cannot hold itself.
    if not set("+_") & set(one + other):
        assert (file_name(one) == file_name(other)) == (one == other)


@pytest.mark.parametrize(
    "name", ["../x", "..", ".x", "a/b", "a\\b", "/etc/x", "a.b", "a\n", "", "a" * 65, "A", "é"]
)
@pytest.mark.parametrize("table", ["documents", "instruments"])
def test_an_id_of_a_source_file_is_no_path(table, name):
    first = {"documents": 'id = "hs-481"', "instruments": 'id = "sb-497"'}[table]
    with pytest.raises(SourceFileError):
        check_text(TEXAS.replace(first, f"id = {json.dumps(name)}"), "x.toml")


@pytest.mark.parametrize("name", ["US-TX/../../x", "US-TX/..", "../US", "US-TX/a/b", "US-TX/a\n"])
def test_a_jurisdiction_of_a_source_file_is_no_path(name):
    with pytest.raises(SourceFileError):
        check_text(TEXAS.replace('"US-TX"', json.dumps(name)), "x.toml")


@pytest.mark.parametrize("name", ["../elsewhere", "/etc", "..", "a/../../b", "", 7, None])
def test_an_index_that_names_a_version_elsewhere_is_damaged(tmp_path, name):
    publish(tmp_path / "store", record())
    index = tmp_path / "store" / "index.json"
    data = json.loads(index.read_bytes())
    data["versions"][0]["id"] = name
    index.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(SnapshotError, match=r"index\.json: damaged"):
        Store(tmp_path / "store").load()


def test_an_archive_is_read_in_memory_and_its_names_are_only_names(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../escaped.html", b"<html><body><p>kratom is named here</p></body>")
        archive.writestr("/abs.css", b"p {}")
    assert "kratom" in extract(packed.getvalue()).passages[0].text
    assert list(tmp_path.rglob("*")) == []
    assert not (tmp_path.parent.parent / "escaped.html").exists()


def test_an_archive_within_an_archive_bomb_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("law.html", b"<p>" + b" " * (80 * 1024 * 1024))
    with pytest.raises(ReadingError, match="larger"):
        extract(packed.getvalue())


def everything(folder):
    """The bytes of every file, unpacked where it is packed."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            yield path, gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
            yield path, str(path).encode()


@pytest.mark.parametrize("status", ["good", "gone"])
def test_a_key_is_in_nothing_that_a_run_writes_or_prints(
    world, tmp_path, monkeypatch, capsys, caplog, status
):
    key = "s3cr3t-k3y-4711"
    caplog.set_level("DEBUG")
    monkeypatch.setenv("LAW_KEY", key)
    url = f"https://{HOST}/HS.444.htm?key={{env:LAW_KEY}}"
    text = (world.sources / "tx.toml").read_text(encoding="utf-8")
    text = text.replace(f"https://{HOST}/HS.444.htm", url)
    text = text.replace('id = "hs-481"', 'id = "hs-481"\nparams = { key_env = "LAW_KEY" }')
    world.write("tx.toml", text)
    if status == "good":
        world.serve(f"/HS.444.htm?key={key}", chapter() + f"<!-- {key} -->".encode())
    words = ["--sources", str(world.sources), "--snapshots", str(world.path), "--delay", "0"]
    code = main(["update", *words, "--route", f"{HOST}={world.site.address}"])
    assert code == (0 if status == "good" else 3)
    assert main(["evidence", "US-TX", "--snapshots", str(world.path)]) in {0, 1}
    assert main(["lookup", "US-TX", "--json", "--snapshots", str(world.path)]) in {0, 1}
    # The key did go out, so its absence below says something.
    assert any(key in path for _, path, _ in world.site.asked)
    export(world.path, tmp_path / "x.warc.gz", created=NOON)
    shown = capsys.readouterr()
    assert key not in shown.out + shown.err + caplog.text
    seen = 0
    for path, data in everything(tmp_path):
        assert key.encode() not in data, path
        seen += 1
    assert seen > 20


def test_a_run_asks_no_host_but_those_of_its_catalogue(tmp_path, world):
    elsewhere = "https://evil.example.net/x"
    page = chapter().replace(
        b"</body>",
        f"""<img src="{elsewhere}.png"><iframe src="{elsewhere}"></iframe>
        <script src="{elsewhere}.js"></script><link rel="stylesheet" href="{elsewhere}.css">
        <meta http-equiv="refresh" content="0; url={elsewhere}"><base href="{elsewhere}">
        <object data="{elsewhere}"></object><a href="{elsewhere}">law</a></body>""".encode(),
    )
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE a SYSTEM "{elsewhere}.dtd" [<!ENTITY e SYSTEM '
        f'"{elsewhere}">]><?xml-stylesheet href="{elsewhere}.xsl"?><a xmlns:xi="http://www.w3.org/'
        f'2001/XInclude">&e;<xi:include href="{elsewhere}"/></a>'
    )
    world.serve("/HS.444.htm", page)
    world.serve("/HS.481.htm", xml.encode(), "application/xml")
    # Whatever is asked of any host comes here and is written down with its name.
    hosts = {HOST, "evil.example.net", "www.w3.org"}
    options = Options(
        sources=world.sources,
        snapshots=world.path,
        settings=Settings(delay=0.0, retries=0, routes=dict.fromkeys(hosts, world.site.address)),
    )
    run = update(options, now=lambda: NOON)
    assert run.asked == 2
    assert {host for host, _, _ in world.site.asked} == {HOST}


def test_the_whole_catalogue_asks_only_the_hosts_that_it_names(catalogue, tmp_path):
    named = set()
    for source in catalogue:
        for document in source.documents:
            named |= {urlsplit(document.url).netloc, *document.allowed_hosts}
    places = ("US-TX", "US-KY", "US-CO", "DE")
    with Replica(catalogue, places) as site:
        options = Options(
            sources=Path(__file__).parents[2] / "sources",
            snapshots=tmp_path,
            only=places,
            settings=Settings(delay=0.0, retries=0, routes=site.routes),
            isolate=False,
        )
        update(options, now=lambda: NOON)
        asked = {host for host, _, _ in site.asked}
    assert len(asked) >= len(places)
    assert asked <= named
