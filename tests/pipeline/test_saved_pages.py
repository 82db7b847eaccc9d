"""Pages that people saved: matched, judged as a host's are, kept with who brought them, proof for their day."""

import base64
import gzip
import hashlib
import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

import pytest

from regstatus.base.errors import UsageError
from regstatus.cli import main
from regstatus.pipeline.replay import Recording, replay
from regstatus.pipeline.saved_files import read_file, read_folder
from regstatus.pipeline.saved_pages import SavedPages
from regstatus.pipeline.update import Options, update
from regstatus.query.dataset import Dataset
from regstatus.store import warc
from regstatus.store.evidence import Evidence
from regstatus.store.reader import Store
from regstatus.store.verify import verify
from tests.pipeline.test_update import chapter, schedule
from tests.support.make import FEDERAL, NOON, TEXAS

URL = "https://statutes.example.gov/HS.444.htm"
LIST = "https://statutes.example.gov/HS.481.htm"
KEY = "US-TX:hs-444"
SAVED = NOON - timedelta(days=3)
WHEN = "Thu Nov 19 2026 13:00:00 GMT+0100 (CET)"
WALL = b"<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1></body></html>"


def saved_from(body, url=URL):
    """As Chrome writes it."""
    return body.replace(
        b"<!doctype html>",
        b"<!doctype html>\n<!-- saved from url=(%04d)%s -->" % (len(url), url.encode()),
    )


def single_file(body, url=URL):
    """As the extension SingleFile writes it."""
    mark = f"<!--\n Page saved with SingleFile \n url: {url} \n saved date: {WHEN} \n-->"
    return body.replace(b"<!doctype html>", b"<!doctype html>" + mark.encode())


def mhtml(body, url=URL):
    """As Chrome writes it, with a part that is no page."""
    text = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: " + url + "\r\nSubject: HS\r\n"
        "Date: Thu, 19 Nov 2026 12:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----B"\r\n\r\n------B\r\n'
        "Content-Type: text/css\r\nContent-Location: https://a.example.gov/a.css\r\n\r\nb {}\r\n------B\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: "
        + url + "\r\n\r\n"
    )  # fmt: skip
    return text.encode() + body + b"\r\n------B--\r\n"


def web_archive(*pages):
    """A WARC file of answers: address, status, body, when."""
    out = b""
    for url, status, body, when in pages:
        http = (
            f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode() + body
        )
        out += (
            (
                f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
                f"WARC-Date: {when:%Y-%m-%dT%H:%M:%SZ}\r\n"
                f"WARC-Record-ID: <urn:uuid:{uuid5(NAMESPACE_URL, url)}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            ).encode()
            + http
            + b"\r\n\r\n"
        )
    return out


def packed(data, listed="{}"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as wacz:
        wacz.writestr("archive/data.warc.gz", data)
        wacz.writestr("datapackage.json", listed)
    return out.getvalue()


class World:
    def __init__(self, path):
        self.sources, self.store, self.folder = path / "sources", path / "store", path / "saved"
        self.sources.mkdir()
        self.folder.mkdir()
        self.write(TEXAS)
        (self.sources / "us.toml").write_text(FEDERAL, encoding="utf-8")

    def write(self, text):
        (self.sources / "tx.toml").write_text(text, encoding="utf-8")

    def save(self, name, data):
        (self.folder / name).write_bytes(data)
        return self.folder / name

    def run(self, *, by="Jane Roe", at=SAVED, now=NOON, **named):
        files = {
            key.replace("__", ":").replace("_", "-"): read_file(file)[0]
            for key, file in named.items()
        }
        chosen = {page.file for page in files.values()}
        found = [page for page in read_folder(self.folder) if page.file not in chosen]
        self.pages = SavedPages(found, by=by, at=at, named=files)
        options = Options(sources=self.sources, snapshots=self.store, isolate=False, brought=True)
        return update(options, now=lambda: now, pages=self.pages)

    @property
    def clock(self):
        return json.loads((self.store / "ledger.json").read_bytes())["documents"][KEY]

    def answer(self, now=NOON):
        return Dataset(Store(self.store).load()).lookup("US-TX", now=now).to_dict()


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


CAPTURE = "https://web.archive.org/web/{}/" + URL
WOMBAT = (
    b'<head><script>__wm.wombat("%s","20261119120000","https://web.archive.org/")</script>'
    % URL.encode()
)
FORMS = {
    "chrome.html": saved_from(chapter()),
    "single.html": single_file(chapter()),
    "canonical.htm": chapter().replace(
        b"<head>", b'<head><link rel="canonical" href="%s">' % URL.encode()
    ),
    "page.mhtml": mhtml(chapter()),
    "page.mht": mhtml(chapter()),
    "browse.warc.gz": gzip.compress(web_archive((URL, "200 OK", chapter(), SAVED))),
    "browse.wacz": packed(web_archive((URL, "200 OK", chapter(), SAVED))),
    "wide.html": saved_from(chapter()).decode().replace("utf-8", "utf-16").encode("utf-16"),
    "big-endian.html": b"\xfe\xff" + saved_from(chapter()).decode().encode("utf-16-be"),
    "slash.html": saved_from(
        chapter(), URL.upper().replace("/HS.444.HTM", "/HS.444.htm/") + "#444.003"
    ),
    "canonical-http.html": chapter().replace(
        b"<head>", b'<head><link rel="canonical" href="%s">' % URL.replace("https", "http").encode()
    ),
    "capture.html": saved_from(chapter(), CAPTURE.format("20261119120000")),
    "toolbar.html": chapter().replace(b"<head>", WOMBAT),
    "capture.warc": web_archive((CAPTURE.format("20261119120000id_"), "200 OK", chapter(), NOON)),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_page_in_any_form_is_found_by_its_address_and_verifies_for_its_day(world, name):
    world.save(name, FORMS[name])
    run = world.run()
    assert dict(run.counts) == {"ok": 1}
    assert world.pages.used == {KEY}
    assert [*world.pages.unused()] == []
    assert world.clock["verified_at"] == "2026-11-19T12:00:00Z"
    assert "last_fetched" not in world.clock
    assert any(
        "a page saved on 2026-11-19 and brought by Jane Roe" in why
        for why in world.answer()["freshness"]["reasons"]
    )
    capture = Evidence(world.store).captures(KEY)[0][0]
    assert (capture.via, capture.archived_at) == ("brought by Jane Roe", SAVED)
    assert verify(world.store) == []


def test_a_file_without_an_address_is_taken_for_the_document_that_a_person_names(world):
    file = world.save("print.html", chapter())
    run = world.run(US_TX__hs_444=file)
    assert (dict(run.counts), world.pages.used) == ({"ok": 1}, {KEY})
    world.save("other.html", chapter("19"))
    world.run(now=NOON + timedelta(days=1))
    assert {file for file, _ in world.pages.unused()} == {
        str(file),
        str(world.folder / "other.html"),
    }


def test_the_evidence_says_who_brought_it(world, capsys, monkeypatch):
    world.save("page.html", saved_from(chapter()))
    world.run()
    monkeypatch.setattr("regstatus.cli._evidence.now", lambda: NOON, raising=False)
    assert main(["evidence", "US-TX", "--snapshots", str(world.store)]) == 0
    out = capsys.readouterr().out
    assert "  brought by Jane Roe\n" in out
    assert "a page saved on 2026-11-19T12:00:00Z: the words stood there then" in out


def test_a_document_that_no_program_can_fetch_is_verified_by_a_page_that_a_person_brought(world):
    world.write(TEXAS.replace('reads = "statute"\n', 'reads = "statute"\npeople_only = true\n', 1))
    world.save("a.html", saved_from(chapter()))
    world.save("b.html", saved_from(schedule(), LIST))
    run = world.run()
    assert dict(run.counts) == {"ok": 2}
    assert world.answer()["freshness"]["verified_at"] == "2026-11-19T12:00:00Z"


@pytest.mark.parametrize(
    ("body", "at", "outcome", "says"),
    [
        (WALL, SAVED, "blocked", "not the document"),
        (chapter(), NOON + timedelta(days=2), "unreadable", "still to come"),
        (chapter(), None, "unreadable", "--day"),
        (chapter(), NOON - timedelta(days=61), "unreadable", "older than the 60 days"),
        (chapter().replace(b"processor", b"shop"), SAVED, "unreadable", "kratom processor"),
    ],
    ids=["a wall", "a day to come", "no day", "too old", "another text"],
)
def test_what_a_host_could_not_prove_by_it_a_person_cannot_either(world, body, at, outcome, says):
    world.save(
        "page.html",
        saved_from(body)
        if b"doctype" in body
        else b"<!-- saved from url=(0039)%s -->" % URL.encode() + body,
    )
    run = world.run(at=at)
    assert dict(run.counts) == {outcome: 1}
    assert f"of no use: {KEY}" in run.report
    assert says in run.report
    assert "verified_at" not in world.clock
    assert "failures" not in world.clock or world.clock["failures"] == 0
    assert world.answer()["freshness"]["state"] == "unverified"


def test_a_page_that_says_otherwise_contradicts_as_a_hosts_would(world):
    world.save("page.html", saved_from(chapter("21")))
    world.run()
    answer = world.answer()
    assert answer["minimum_age"] == 21
    assert answer["review"]["open"] == 1


def test_an_older_page_takes_nothing_back_that_a_newer_one_said(world):
    world.save("new.html", saved_from(chapter("21")))
    world.run()
    world.save("new.html", saved_from(chapter()))
    run = world.run(at=SAVED - timedelta(days=5), now=NOON + timedelta(hours=1))
    assert dict(run.counts) == {"unreadable": 1}
    assert world.answer()["minimum_age"] == 21


def test_of_two_of_one_address_the_newer_counts_and_of_two_of_one_day_neither(world):
    world.save(
        "b.warc",
        web_archive((URL, "200 OK", chapter("21"), SAVED), (URL, "404 Not Found", b"no", NOON)),
    )
    world.save("a.warc", web_archive((URL, "200 OK", chapter(), SAVED - timedelta(days=9))))
    world.run()
    assert world.answer()["minimum_age"] == 21
    world.save("c.html", saved_from(chapter("20")))
    world.save("d.html", saved_from(chapter("19")))
    world.save("e.html", saved_from(schedule(), LIST))
    world.run(at=SAVED + timedelta(days=1), now=NOON + timedelta(days=1))
    told = dict(world.pages.unused())
    for one, other in (("c.html", "d.html"), ("d.html", "c.html")):
        assert (
            f"{world.folder / other} is of the same address and day, and differs"
            in told[str(world.folder / one)]
        )
    assert world.pages.used == {"US-TX:hs-481"}
    assert world.answer(NOON + timedelta(days=1))["minimum_age"] == 21


def test_the_key_in_an_address_is_matched_and_never_kept(world):
    world.write(
        TEXAS.replace(f'url = "{URL}"', 'url = "https://api.example.gov/444?key={env:TX_KEY}&v=1"')
    )
    world.save("page.html", saved_from(chapter(), "https://api.example.gov/444?key=S3CRET&amp;v=1"))
    world.run()
    assert world.pages.used == {KEY}
    held = b"".join(file.read_bytes() for file in world.store.rglob("*.json"))
    assert b"S3CRET" not in held


def test_a_run_of_brought_pages_is_played_again_the_same(world, tmp_path):
    world.save("page.html", saved_from(chapter()))
    world.run()
    file = tmp_path / "e.warc.gz"
    warc.export(world.store, file, created=NOON)
    options = Options(sources=world.sources, snapshots=tmp_path / "again", isolate=False)
    (done,) = replay(Recording(file), options)
    assert done.same
    assert "1 pages came from elsewhere" in Store(tmp_path / "again").load().origin


ARCHIVED = web_archive((URL, "200 OK", chapter(), SAVED))
CUT = {
    "WARC-Truncated": lambda data: data.replace(
        b"\r\nWARC-Date", b"\r\nWARC-Truncated: length\r\nWARC-Date"
    ),
    "a last part that is missing": lambda data: data[:-400],
    "a range": lambda data: lengthened(data, b"Content-Range: bytes 0-900/5000\r\n"),
    "a length": lambda data: lengthened(data, b"Content-Length: 99999\r\n"),
}


def lengthened(data, line):
    """A record whose answer has another header."""
    old = int(re.search(rb"msgtype=response\r\nContent-Length: (\d+)", data)[1])
    data = data.replace(b"Content-Length: %d" % old, b"Content-Length: %d" % (old + len(line)))
    return data.replace(b"\r\nContent-Type: text/html", b"\r\n" + line + b"Content-Type: text/html")


@pytest.mark.parametrize("how", CUT)
def test_what_the_archive_itself_calls_cut_proves_nothing(world, how):
    world.save("a.warc", CUT[how](ARCHIVED))
    run = world.run()
    assert dict(run.counts) == {"broken": 1}
    assert "verified_at" not in world.clock


def test_a_file_of_many_parts_without_its_end_proves_nothing(world):
    world.save("a.mhtml", mhtml(chapter()).rpartition(b"\r\n------B--")[0])
    assert dict(world.run().counts) == {"broken": 1}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", single_file(chapter()).replace(WHEN.encode(), b"Mon Jan 01 0001 00:00:00 GMT+1400 (X)")),
        ("a.html", single_file(chapter()).replace(WHEN.encode(), b"Fri Dec 31 9999 23:00:00 GMT-1200 (X)")),
        ("a.mhtml", mhtml(chapter()).replace(b"19 Nov 2026 12:00:00 -0000", b"31 Dec 9999 23:00:00 -1200")),
        ("a.warc", re.sub(rb"(WARC-Date: )[^\r]*", rb"\g<1>0001-01-01T00:00:00+14:00", ARCHIVED)),
        ("a.warc", re.sub(rb"WARC-Date: [^\r]*\r\n", b"", ARCHIVED)),
    ],
)  # fmt: skip
def test_a_time_that_cannot_be_is_none(world, name, data):
    world.save(name, data)
    run = world.run(at=None)
    assert "give the day with --day" in run.report
    assert dict(world.run().counts) == {"ok": 1}


def test_an_address_in_a_comment_is_taken_as_it_stands(world):
    there = "https://law.example.gov/view?title=4&section=444"
    world.write(TEXAS.replace(f'url = "{URL}"', f'url = "{there}"'))
    world.save("page.html", saved_from(chapter(), there))
    world.run()
    assert world.pages.used == {KEY}


def test_the_key_is_neither_in_the_page_that_is_kept_nor_in_what_is_said(world):
    address = "https://api.example.gov/444?key={}&v=1"
    world.write(TEXAS.replace(f'url = "{URL}"', f'url = "{address.format("{env:TX_KEY}")}"'))
    world.save("page.html", saved_from(chapter(), address.format("S3CRETKEY")))
    old = single_file(chapter("21"), address.format("0LDERKEY")).replace(b"Nov 19", b"Nov 12")
    world.save("old.html", old)
    world.save("stray.html", saved_from(chapter("20"), "https://api.example.gov/445?key=S3CRETKEY"))
    world.run()
    (capture,) = Evidence(world.store).captures(KEY)[0]
    assert b"KEY&v=1" in (body := Evidence(world.store).body(capture.sha256))
    assert b"S3CRETKEY" not in body
    assert world.answer()["minimum_age"] == 18  # the newer of both
    assert "S3CRETKEY" not in str([*world.pages.unused()])


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.warc", b"WARC/1.1\r\nbroken", "WARC"),
        ("a.wacz", b"no zip", "WACZ"),
        ("a.mhtml", b"no mail", "save it again"),
    ],
)
def test_a_file_that_is_none_is_named(world, name, data, says):
    file = world.save(name, data)
    with pytest.raises(UsageError, match=says) as raised:
        read_file(file)
    assert str(file) in str(raised.value)


def command(world, capsys, *words):
    status = main(
        ["update", "--sources", str(world.sources), "--snapshots", str(world.store), *words]
    )
    out = capsys.readouterr()
    return status, out.out, out.err


def test_the_command_says_what_was_used_and_what_was_not(world, capsys, monkeypatch):
    monkeypatch.setattr("regstatus.cli._update.now", lambda: NOON)
    world.save("page.html", saved_from(chapter()))
    stray = world.save("stray.html", saved_from(chapter(), "https://elsewhere.example.gov/1"))
    words = ("--from-pages", str(world.folder), "--by", "Jane Roe", "--day", "2026-11-20")
    status, out, err = command(world, capsys, *words)
    assert (status, "Pages that people brought: 1 read." in out) == (0, True)
    assert (
        f"{stray}: not used: https://elsewhere.example.gov/1 is on the host of no document" in err
    )
    assert world.clock["verified_at"] == "2026-11-20T00:00:00Z"
    assert "--document" not in err
    status, out, _ = command(
        world, capsys, *words, "--only", "US-TX", "--document", f"{KEY}=page.html"
    )
    assert (status, "older than" in out or "no newer" in out) == (4, False)
    listed = [
        "sources",
        "list",
        "--sources",
        str(world.sources),
        "--snapshots",
        str(world.store),
        "--json",
    ]
    assert main(listed) == 0
    assert json.loads(capsys.readouterr().out)[0]["outcome"] == "brought by people"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--by", "Jane"), "go with --from-pages"),
        (("--from-pages", "."), "say who saved the pages, with --by NAME"),
        (("--from-pages", "nowhere", "--by", "Jane"), "no such folder"),
        (("--from-pages", ".", "--by", "Jane", "--archive"), "leave out"),
        (("--from-pages", ".", "--by", "Jane", "--document", "hs-444"), "write it once"),
        (
            ("--from-pages", ".", "--by", "Jane", "--document", f"{KEY}=none.pdf"),
            "none.pdf: cannot be read",
        ),
        (("--from-pages", ".", "--by", "Jane", "--day", "19.11.2026"), "2026-11-22"),
    ],
)
def test_a_slip_is_told_and_nothing_written(world, capsys, monkeypatch, words, says):
    monkeypatch.chdir(world.folder)
    status, _, err = command(world, capsys, *words)
    assert (status, says in err, world.store.exists()) == (2, True, False)


def test_nothing_of_use_is_an_error_of_its_own(world, capsys):
    world.save("page.html", chapter())
    assert command(world, capsys, "--from-pages", str(world.folder), "--by", "Jane Roe")[0] == 4


def test_a_time_with_a_zone_of_its_own_is_utc_in_the_ledger(world):
    world.save("single.html", single_file(chapter()))
    world.run(at=datetime(2020, 1, 1, tzinfo=UTC))
    assert world.clock["verified_at"] == "2026-11-19T12:00:00Z"


FOREIGN = {
    "a comment": saved_from(chapter(), "https://mirror.example.com/HS.444.htm"),
    "an extension": single_file(chapter(), "https://mirror.example.com/HS.444.htm"),
    "another archive": saved_from(chapter(), f"https://archive.example.org/20261119120000/{URL}"),
    "an archive that names no second": saved_from(chapter(), CAPTURE.format("2026")),
    "another capture": saved_from(chapter(), CAPTURE.format("20261119120000").replace("statutes", "mirror")),
    "a link of the head": chapter().replace(
        b"<head>", b'<head><link rel="canonical" href="https://mirror.example.com/1">'
    ),
    "parts": mhtml(chapter(), "https://mirror.example.com/HS.444.htm"),
    "plain http": saved_from(chapter(), URL.replace("https", "http")),
    "plain http in an archive": web_archive((URL.replace("https", "http"), "200 OK", chapter(), SAVED)),
    "a name and a password": saved_from(chapter(), URL.replace("//", "//statutes@")),
}  # fmt: skip


@pytest.mark.parametrize("how", FOREIGN)
def test_a_file_that_names_another_address_is_of_no_document_whoever_says_so(world, how):
    name = {"parts": "a.mhtml", "plain http in an archive": "a.warc"}.get(how, "a.html")
    file = world.save(name, FOREIGN[how])
    for named in ({}, {"US_TX__hs_444": file}):
        run = world.run(**named)
        ((unused, why),) = world.pages.unused()
        assert (unused, dict(run.counts), world.pages.used) == (str(file), {}, set())
        assert "save" in why
        assert "--document" not in why
    assert "verified_at" not in world.clock


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", saved_from(chapter(), CAPTURE.format("20200101000000"))),
        ("a.html", chapter().replace(b"<head>", WOMBAT.replace(b"20261119", b"20200101"))),
        ("a.warc", web_archive((CAPTURE.format("20200101000000"), "200 OK", chapter(), SAVED))),
        ("a.mhtml", mhtml(chapter(), CAPTURE.format("20200101000000"))),
    ],
)
def test_a_capture_of_an_archive_is_of_its_own_day_whoever_saved_it_when(world, name, data):
    file = world.save(name, data)
    for named in ({}, {"US_TX__hs_444": file}):
        run = world.run(**named)
        assert dict(run.counts) == {"unreadable": 1}
        assert "older than the 60 days" in run.report


def test_an_answer_that_names_the_day_of_its_capture_is_of_that_day(world):
    world.save(
        "a.warc", lengthened(ARCHIVED, b"Memento-Datetime: Sun, 15 Nov 2026 08:00:00 GMT\r\n")
    )
    world.run()
    assert world.clock["verified_at"] == "2026-11-15T08:00:00Z"


def test_a_page_of_an_allowed_host_or_of_another_copy_may_be_named(world):
    there = "https://mirror.example.gov/HS.444.htm"
    file = world.save("a.html", saved_from(chapter(), there))
    sent = f'url = "{URL}"'
    world.write(TEXAS.replace(sent, sent + '\nallowed_hosts = ["*.example.gov"]'))
    assert dict(world.run(US_TX__hs_444=file).counts) == {"ok": 1}
    copy = f'\n[[documents.copies]]\nurl = "{there}"\nurl_basis = "seen"\n'
    world.write(TEXAS.replace("\n[[documents]]", f"{copy}\n[[documents]]", 2).replace(copy, "", 1))
    world.run(US_TX__hs_444=file, now=NOON + timedelta(days=1))
    assert world.pages.used == {KEY}
    assert [*world.pages.unused()] == []


def test_a_file_that_names_no_address_of_the_web_may_be_named(world):
    for url in ("about:internet", "file:///C:/law/HS.444.htm"):
        file = world.save("a.html", saved_from(chapter(), url))
        world.run(US_TX__hs_444=file)
        assert world.pages.used == {KEY}


def digested(data, **headers):
    """A record with digests of its own."""
    lines = "".join(f"WARC-{name}-Digest: {told}\r\n" for name, told in headers.items())
    return data.replace(b"WARC-Record-ID", lines.encode() + b"WARC-Record-ID")


BLOCK = ARCHIVED.split(b"\r\n\r\n", 1)[1].removesuffix(b"\r\n\r\n")
BODY = BLOCK.split(b"\r\n\r\n", 1)[1]
RIGHT = {
    "base 32": {"Block": "sha1:" + base64.b32encode(hashlib.sha1(BLOCK).digest()).decode()},
    "hex": {"Payload": f"sha256:{hashlib.sha256(BODY).hexdigest()}"},
    "both": {
        "Block": f"md5:{hashlib.md5(BLOCK).hexdigest()}",
        "Payload": f"sha1:{hashlib.sha1(BODY).hexdigest()}",
    },
}
WRONG = {
    "base 32": {"Block": "sha1:" + base64.b32encode(hashlib.sha1(BODY).digest()).decode()},
    "hex": {"Payload": f"sha256:{hashlib.sha256(BLOCK).hexdigest()}"},
    "one of both": RIGHT["both"] | {"Block": f"md5:{hashlib.md5(b'').hexdigest()}"},
}


@pytest.mark.parametrize("how", RIGHT)
def test_an_archive_with_the_right_digests_proves(world, how):
    world.save("a.warc", digested(ARCHIVED, **RIGHT[how]))
    assert dict(world.run().counts) == {"ok": 1}


@pytest.mark.parametrize("how", WRONG)
def test_an_archive_with_a_wrong_digest_proves_nothing(world, how):
    world.save("a.warc.gz", gzip.compress(digested(ARCHIVED, **WRONG[how])))
    run = world.run()
    assert dict(run.counts) == {"broken": 1}
    assert "it is damaged: its digest is not the one in the archive" in run.report


@pytest.mark.parametrize("algorithm", ["sha256", "md5"])
def test_a_packed_archive_is_held_to_the_digests_of_its_contents(world, algorithm):
    right = hashlib.new(algorithm, ARCHIVED).hexdigest()
    for told, used in ((right, {KEY}), (right[::-1], set())):
        listed = {"resources": [{"path": "archive/data.warc.gz", "hash": f"{algorithm}:{told}"}]}
        world.save("a.wacz", packed(ARCHIVED, json.dumps(listed)))
        world.run()
        assert world.pages.used == used
    ((_, why),) = world.pages.unused()
    assert why.startswith("it is damaged: the digest of archive/data.warc.gz")


BAD = {
    "no zip.wacz": b"none",
    "cut.warc.gz": gzip.compress(ARCHIVED)[:-40],
    "none.mhtml": b"none",
    "other.mhtml": mhtml(chapter()).replace(
        f"Content-Location: {URL}\r\n\r\n".encode(), b"Content-Location: https://mirror.example.com/1\r\n\r\n"
    ),
    "list.wacz": packed(ARCHIVED, "[]"),
    "zeros.warc.gz": gzip.compress(b"WARC/1.1\r\n" + bytes(60_000_000), 1),
    "coded.warc": lengthened(
        web_archive((URL, "200 OK", gzip.compress(bytes(60_000_000), 1), SAVED)), b"Content-Encoding: gzip\r\n"
    ),
    "longer.warc": ARCHIVED.replace(b"</html>", b"</html><!-- \x1b[31mmore -->"),
}  # fmt: skip


def test_a_file_at_fault_is_named_and_takes_no_other_with_it(world, capsys, monkeypatch):
    monkeypatch.setattr("regstatus.cli._update.now", lambda: NOON)
    for name, data in BAD.items():
        world.save(name, data)
    world.save("good.html", saved_from(chapter()))
    words = ("--from-pages", str(world.folder), "--by", "Jane Roe", "--day", "2026-11-20")
    status, out, err = command(world, capsys, *words)
    assert (status, "Pages that people brought: 1 read." in out) == (3, True)
    for name in BAD:
        assert err.count(str(world.folder / name)) == 1
    assert all(line.startswith("regstatus: ") for line in err.splitlines())
    assert "\x1b" not in err
