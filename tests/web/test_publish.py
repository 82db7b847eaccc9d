"""What is published is what is served, byte for byte."""

import json
import subprocess
import sys
from hashlib import sha256

import pytest

from regstatus.base.errors import UsageError
from regstatus.web.publish import MARK, publish
from regstatus.web.service.library import Library
from regstatus.web.website import Site
from tests.support.make import publish as store
from tests.support.make import record


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
    for path in [*sorted(files)[::7], tree / "index.html", tree / "v1/status.json"]:
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


def test_two_trees_of_the_same_data_are_the_same(tree, whole, tmp_path):
    from tests.web.conftest import NOON

    again = Site(Library(whole.path, now=lambda: NOON).current())
    publish(again, tmp_path / "site")
    for path in tree.rglob("*.html"):
        assert path.read_bytes() == (tmp_path / "site" / path.relative_to(tree)).read_bytes()


def test_an_earlier_tree_is_replaced_and_nothing_of_it_stays(site, tmp_path):
    folder = tmp_path / "site"
    publish(site, folder)
    (folder / "j/OLD.html").write_text("a place that is no more")
    publish(site, folder)
    assert not (folder / "j/OLD.html").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["site"]


def test_a_folder_of_somebody_else_is_never_touched(site, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="choose another"):
        publish(site, tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
    with pytest.raises(UsageError, match="choose another"):
        publish(site, tmp_path / "thesis.txt")


def test_a_tree_that_cannot_be_made_leaves_the_old_one(tmp_path, monkeypatch):
    store(tmp_path / "store", record())
    made = Site(Library(str(tmp_path / "store")).current())
    publish(made, tmp_path / "site")
    before = (tmp_path / "site/index.html").read_bytes()

    def broken(_self, path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Site, "get", broken)
    with pytest.raises(OSError, match="No space"):
        publish(made, tmp_path / "site")
    assert (tmp_path / "site/index.html").read_bytes() == before


def test_a_base_address_gives_a_sitemap_and_absolute_feeds(whole, tmp_path):
    made = Site(Library(whole.path).current(), "https://kratom.example.org/")
    publish(made, tmp_path / "site")
    assert "https://kratom.example.org/j/US-TX.html" in (tmp_path / "site/sitemap.xml").read_text()
    assert "https://kratom.example.org/" in (tmp_path / "site/feeds/all.atom").read_text()


def test_the_command_publishes_and_says_what(whole, tmp_path):
    command = [sys.executable, "-m", "regstatus", "publish", str(tmp_path / "site")]
    done = subprocess.run(
        [*command, "--snapshots", whole.path], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "version 2026.11.22" in done.stdout
    wrong = subprocess.run(
        [*command, "--base-url", "kratom.example.org"], capture_output=True, text=True, check=False
    )
    assert wrong.returncode == 2
    assert "https://" in wrong.stderr
