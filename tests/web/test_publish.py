"""What is published is what is served, byte for byte."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from regstatus.base.errors import Locked, UsageError
from regstatus.cli import main
from regstatus.web.publish import MARK, publish
from regstatus.web.service.library import Library
from regstatus.web.website import Site
from tests.support.child import python
from tests.support.make import TEXAS, record
from tests.support.make import publish as store
from tests.web.few import Few


@pytest.fixture(scope="module")
def tree(site, tmp_path_factory):
    folder = tmp_path_factory.mktemp("published") / "site"
    publish(site, folder)
    return folder


def test_every_published_file_is_what_the_service_answers(tree, get, site):
    files = [
        p for p in tree.rglob("*") if p.is_file() and p.name not in {"_headers", ".nojekyll", MARK}
    ]
    assert {str(p.relative_to(tree)) for p in files} == set(site.paths)
    for path in [*sorted(files)[::13], tree / "index.html", tree / "v1/status.json"]:
        target = f"/{path.relative_to(tree)}"
        reply = get(target)
        assert (reply.status, sha256(reply.body).digest()) == (
            200,
            sha256(path.read_bytes()).digest(),
        ), target


def test_every_place_has_its_page_and_its_answer(tree, whole):
    for key in whole.ids:
        assert (tree / f"j/{key}.html").is_file()
        assert (
            json.loads((tree / f"v1/status/{key}.json").read_bytes())["jurisdiction"]["id"] == key
        )
    assert (tree / "j/ZW.html").is_file()  # a country that nobody has read is shown as that


def test_a_tree_made_again_of_the_same_data_is_the_same(tree, whole):
    from tests.web.conftest import NOON

    again = Site(Library(whole.path, now=lambda: NOON).current())
    pages = [path for path in again.paths if path.endswith(".html")]
    for path in {*pages[::11], *(path for path in pages if "/" not in path)}:
        assert (tree / path).read_bytes() == again.get(path).body, path


def test_an_earlier_tree_is_replaced_and_nothing_of_it_stays(small, tmp_path):
    folder = tmp_path / "site"
    publish(small, folder)
    (folder / "j/OLD.html").write_text("a place that is no more")
    publish(small, folder)
    assert not (folder / "j/OLD.html").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["site"]


def test_a_folder_of_somebody_else_is_never_touched(small, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="choose another"):
        publish(small, tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
    with pytest.raises(UsageError, match="choose another"):
        publish(small, tmp_path / "thesis.txt")


def test_a_tree_that_cannot_be_made_leaves_the_old_one(small, tmp_path, monkeypatch):
    publish(small, tmp_path / "site")
    before = (tmp_path / "site/index.html").read_bytes()

    def broken(_self, path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Site, "get", broken)
    with pytest.raises(OSError, match="No space"):
        publish(small, tmp_path / "site")
    assert (tmp_path / "site/index.html").read_bytes() == before


def test_a_base_address_gives_a_sitemap_and_absolute_feeds(small, tmp_path):
    publish(Few(small.edition, "https://kratom.example.org/"), tmp_path / "site")
    assert "https://kratom.example.org/j/US-TX.html" in (tmp_path / "site/sitemap.xml").read_text()
    assert "https://kratom.example.org/" in (tmp_path / "site/feeds/US-TX.atom").read_text()


def test_the_command_publishes_and_says_what(stores, tmp_path):
    command = [sys.executable, "-m", "regstatus", "publish", str(tmp_path / "site")]
    kept = ["--snapshots", str(stores / "store")]
    done = subprocess.run([*command, *kept], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "version 2026.11.22" in done.stdout


@pytest.mark.parametrize(
    "base",
    ["kratom.example.org", "ftp://kratom.example.org", "http://", "http://[", "https://me:key@example.org",
     "https://example.org:99999", "https://example.org/?a=b", "https://example.org/#top"],
)  # fmt: skip
def test_a_base_that_is_no_address_of_a_site_is_refused(tmp_path, capsys, base):
    assert main(["publish", str(tmp_path / "site"), "--base-url", base]) == 2
    assert "is not an address such as https://" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """Two stores of one place, with another law in the second."""
    path = tmp_path_factory.mktemp("stores")
    store(path / "store", record())
    store(path / "newer", record(TEXAS.replace("minimum_age = 18", "minimum_age = 21")))
    return path


@pytest.fixture(scope="module")
def small(stores):
    return Few(Library(str(stores / "store")).current())


@pytest.fixture(scope="module")
def newer(stores):
    return Few(Library(str(stores / "newer")).current())


def content(folder):
    """Every file, and what it holds."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    "name",
    ["CNAME", ".well-known/security.txt", ".git/HEAD", "ads.txt", "blog/index.html", "j/notes.txt",
     "v1/.htaccess", "v1/status/.secret/key.json", "feeds/.DS_Store"],
)  # fmt: skip
def test_what_its_owner_added_to_a_tree_is_kept(small, newer, tmp_path, name):
    publish(small, tmp_path / "site")
    added = tmp_path / "site" / name
    added.parent.mkdir(parents=True, exist_ok=True)
    added.write_bytes(b"of its owner")
    for made in (newer, small, newer):
        publish(made, tmp_path / "site")
        assert added.read_bytes() == b"of its owner"
    publish(newer, tmp_path / "fresh")
    assert {**content(tmp_path / "fresh"), name: b"of its owner"} == content(tmp_path / "site")


@pytest.mark.parametrize("name", ["robots.txt", "_headers", "favicon.svg"])
def test_a_file_for_hosts_stays_as_its_owner_changed_it_and_a_page_does_not(
    small, newer, tmp_path, name
):
    publish(small, tmp_path / "site")
    (tmp_path / "site" / name).write_text("of its owner")
    (tmp_path / "site/index.html").write_text("kratom is legal everywhere")
    for made in (newer, newer):
        publish(made, tmp_path / "site")
    assert (tmp_path / "site" / name).read_text() == "of its owner"
    assert "legal everywhere" not in (tmp_path / "site/index.html").read_text()
    (tmp_path / "site" / name).unlink()
    publish(newer, tmp_path / "site")
    assert (tmp_path / "site" / name).read_text() != "of its owner"


@pytest.mark.parametrize("inside", ["j", "j/US", "index.html", "v1/status/more"])
def test_a_link_in_the_tree_is_refused_and_what_it_leads_to_is_untouched(
    small, newer, tmp_path, inside
):
    publish(small, tmp_path / "site")
    (tmp_path / "far").mkdir()
    (tmp_path / "far/thesis.html").write_text("years of work")
    link = tmp_path / "site" / inside
    if link.is_dir():
        shutil.rmtree(link)
    link.unlink(missing_ok=True)
    link.symlink_to(tmp_path / "far")
    before = content(tmp_path / "site")
    with pytest.raises(UsageError, match="take it away"):
        publish(newer, tmp_path / "site")
    assert content(tmp_path / "site") == before
    assert (tmp_path / "far/thesis.html").read_text() == "years of work"


def test_a_page_of_theirs_in_the_place_of_a_new_one_of_ours_is_refused(small, newer, tmp_path):
    publish(small, tmp_path / "site")
    (tmp_path / "site/sitemap.xml").write_text("of its owner")
    based = Few(newer.edition, "https://kratom.example.org/")
    with pytest.raises(UsageError, match=r"sitemap\.xml.*needs its place"):
        publish(based, tmp_path / "site")
    assert (tmp_path / "site/sitemap.xml").read_text() == "of its owner"


def test_a_link_to_the_folder_stays_one_and_the_folder_behind_it_is_written(
    small, newer, tmp_path, monkeypatch
):
    (tmp_path / "www").mkdir()
    (tmp_path / "current").symlink_to("www")
    (tmp_path / "twice").symlink_to(tmp_path / "current")
    (tmp_path / "coming").symlink_to("not-there-yet")
    monkeypatch.chdir(tmp_path / "www")
    publish(small, tmp_path / "current")
    inode = (tmp_path / "www").stat().st_ino
    for name in (tmp_path / "twice", Path(), Path("../current"), tmp_path / "www/"):
        publish(newer, name)
        assert (tmp_path / "current").is_symlink()
        assert (tmp_path / "www").stat().st_ino == inode == Path().stat().st_ino
    publish(newer, tmp_path / "coming")
    assert content(tmp_path / "www") == content(tmp_path / "not-there-yet")
    (tmp_path / "round").symlink_to("round")
    with pytest.raises(UsageError, match="leads nowhere"):
        publish(small, tmp_path / "round")


def test_the_folder_of_the_snapshots_is_never_published_into(small, stores, tmp_path):
    before = content(stores)
    (tmp_path / "link").symlink_to(stores / "store")
    for place in ("store", "store/site", "store/evidence/x", tmp_path / "link/site"):
        with pytest.raises(UsageError, match="choose another folder"):
            publish(small, stores / place)
    assert content(stores) == before


def breaking(monkeypatch, name, after):
    """Let the method of paths fail after so many calls; returns what counts them."""
    real, calls = getattr(Path, name), []

    def method(self, *args, **options):
        calls.append(self)
        if len(calls) == after:
            raise OSError(28, "No space left on device")
        return real(self, *args, **options)

    monkeypatch.setattr(Path, name, method)
    return calls


@pytest.mark.parametrize(
    ("name", "after"),
    [("mkdir", 1), ("write_bytes", 1), ("write_bytes", 9), ("rename", 1), ("rename", 2), ("rename", 7),
     ("rename", 20), ("replace", 1)],
)  # fmt: skip
def test_wherever_it_breaks_off_the_old_tree_is_whole_and_the_error_names_the_file(
    small, newer, tmp_path, monkeypatch, name, after
):
    publish(small, tmp_path / "site")
    (tmp_path / "site/CNAME").write_text("law.example.org")
    before = content(tmp_path / "site")
    with monkeypatch.context() as patch:
        breaking(patch, name, after)
        with pytest.raises(OSError, match="No space") as error:
            publish(newer, tmp_path / "site")
    assert content(tmp_path / "site") == before
    if name == "write_bytes":
        assert str(tmp_path / "site") in str(error.value)
    publish(newer, tmp_path / "site")
    assert (tmp_path / "site/CNAME").read_text() == "law.example.org"


@pytest.mark.parametrize(
    ("name", "after"), [("mkdir", 3), ("write_bytes", 1), ("write_bytes", 2), ("rename", 5)]
)
def test_of_a_first_tree_that_cannot_be_made_nothing_stays(
    small, tmp_path, monkeypatch, name, after
):
    (tmp_path / "empty").mkdir()
    for place in ("a/b/site", "empty"):
        with monkeypatch.context() as patch:
            breaking(patch, name, after)
            with contextlib.suppress(OSError):
                publish(small, tmp_path / place)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty"]
    assert list((tmp_path / "empty").iterdir()) == []


KILLED = """
import os, sys
from pathlib import Path
from regstatus.web import publish
from regstatus.web.service.library import Library
from tests.web.few import Few
folder, store, name, after = sys.argv[1:]
real, calls = getattr(Path, name), []
def method(self, *args, **options):
    calls.append(self)
    if len(calls) == int(after):
        os._exit(9)
    return real(self, *args, **options)
setattr(Path, name, method)
publish.publish(Few(Library(store).current()), Path(folder))
"""


@pytest.mark.parametrize(
    ("name", "after"),
    [("write_bytes", 9), ("rename", 9), ("replace", 1)],
)
@pytest.mark.parametrize("first", [True, False])
def test_after_a_kill_the_next_run_leaves_a_whole_tree(
    small, newer, stores, tmp_path, monkeypatch, name, after, first
):
    folder = tmp_path / "site"
    if not first:
        publish(small, folder)
        (folder / "CNAME").write_text("law.example.org")
        (folder / "j/.htaccess").write_text("of its owner")
        if name != "write_bytes":  # the guest is a copy until the swap is done
            before = content(folder)
    words = [str(folder), str(stores / "newer"), name, str(after)]
    done = subprocess.run([*python(KILLED), *words], check=False)
    assert done.returncode == 9
    if not first and name != "write_bytes":
        with monkeypatch.context() as patch:  # what was is put back before anything else
            breaking(patch, "write_bytes", 1)
            with pytest.raises(OSError, match="No space"):
                publish(newer, folder)
        assert content(folder) == before
    publish(newer, folder)
    publish(newer, tmp_path / "fresh")
    kept = {} if first else {"CNAME": b"law.example.org", "j/.htaccess": b"of its owner"}
    assert content(folder) == content(tmp_path / "fresh") | kept


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not locked there")
def test_a_second_run_in_the_same_folder_is_refused_while_a_first_one_writes(
    small, newer, tmp_path, monkeypatch
):
    publish(small, tmp_path / "site")
    real, seen = Site.get, []

    def get(self, path):
        if not seen:
            seen.append(path)
            with pytest.raises(Locked, match="another run"):
                publish(newer, tmp_path / "site")
        return real(self, path)

    monkeypatch.setattr(Site, "get", get)
    publish(small, tmp_path / "site")
    assert seen
    assert b'"minimum_age":18' in (tmp_path / "site/v1/status/US-TX.json").read_bytes().replace(
        b" ", b""
    )


@pytest.mark.parametrize(
    "mark",
    ["", "[]", "{}", '{"holds": ["x"]}', '{"holds": {"../thesis.txt": null, "..": null, "": null}}',
     "[" * 100_000],
)  # fmt: skip
def test_a_mark_that_says_anything_leads_nowhere_else(small, tmp_path, mark):
    (tmp_path / "thesis.txt").write_text("years of work")
    publish(small, tmp_path / "site")
    (tmp_path / "site" / MARK).write_text(mark)
    with contextlib.suppress(UsageError):
        publish(small, tmp_path / "site")
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
    assert (tmp_path / "site/index.html").exists()


COMMAND = """
import sys
from regstatus.cli import main
from regstatus.web import website
from tests.web.few import Few
website.Site = Few
sys.exit(main(sys.argv[1:]))
"""
MOUNTED = """
set -e
mount -t tmpfs tmpfs "$1"
mkdir "$1/mount" "$1/small" "$1/locked"
mount -t tmpfs tmpfs "$1/mount"; mount -t tmpfs -o size=600k tmpfs "$1/small"; mount -t tmpfs tmpfs "$1/locked"
mount -o remount,ro "$1/locked"
say() { "$PYTHON" -c "$COMMAND" publish "$2" 2>"$1/said" >/dev/null || echo "$? $(cat "$1/said")"; }
say "$1" "$1/mount"; say "$1" "$1/mount"; ls "$1/mount/index.html"; ls -A "$1"
echo =; say "$1" "$1/small/a/site"; ls -A "$1/small"
echo =; say "$1" "$1/locked"; say "$1" "$1/locked/site"
"""


def test_a_mount_point_is_filled_and_a_full_or_locked_disk_named_and_left_as_it_was(
    tmp_path, stores
):
    command = ["unshare", "-m", "sh", "-c"]
    (tmp_path / "at").mkdir()
    probe = ['mount -t tmpfs tmpfs "$1"', "sh", str(tmp_path / "at")]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*command, *probe], check=False).returncode
    ):
        pytest.skip("no right to mount here")
    at = tmp_path / "at"
    done = subprocess.run(
        [*command, MOUNTED, "sh", str(at)],
        env={
            **os.environ, "PYTHON": sys.executable, "COMMAND": COMMAND,
            "REGSTATUS_SNAPSHOTS": str(stores / "store"),
        },
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    mount, small_disk, locked = done.split("=\n")
    assert mount.split() == [f"{at}/mount/index.html", "locked", "mount", "said", "small"]
    assert small_disk.startswith(
        f"6 regstatus: [Errno 28] No space left on device: '{at}/small/a/site/"
    )
    assert len(small_disk.splitlines()) == 1
    assert locked.count("6 regstatus: [Errno 30] Read-only file system") == 2
