"""The recipe of CONTRIBUTING, followed: one file, `make snapshot`, and the new place answers."""

import re
import runpy
import shutil
import sys

import pytest

from regstatus.store.reader import Store
from regstatus.store.verify import verify
from tests.support.make import FEDERAL, TEXAS
from tests.support.pages import ROOT, Page

SMALLEST = Page("CONTRIBUTING.md").blocks("toml")[0]
TOWN = SMALLEST.replace(
    'jurisdiction = "ZW"',
    'jurisdiction = "US-TX/lima"\nname = "Lima"\nkind = "city"\n'
    'ocd_id = "ocd-division/country:us/state:tx/place:lima"',
)


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A clone with two source files, and what the recipe's command needs."""
    for name in ("README.md", "tools/make_snapshot.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "sources" / "us").mkdir(parents=True)
    (tmp_path / "sources" / "us.toml").write_text(FEDERAL, encoding="utf-8")
    (tmp_path / "sources" / "us" / "tx.toml").write_text(TEXAS, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["make_snapshot.py"])
    snapshot(tmp_path)
    return tmp_path


def snapshot(clone):
    """What `make snapshot` does."""
    runpy.run_path(str(clone / "tools" / "make_snapshot.py"), run_name="__main__")


def known(clone):
    return [record["id"] for record in Store(clone / "snapshots").load().records()]


def counts(clone):
    text = (clone / "README.md").read_text(encoding="utf-8")
    found = re.search(r"(\d+) files of law \(.*?(\d+) localities; (\d+) countries", text, re.DOTALL)
    return [int(number) for number in found.groups()]


@pytest.mark.parametrize(
    ("name", "text", "key", "told"),
    [
        ("zw.toml", SMALLEST, "ZW", [3, 0, 1]),
        ("nl.toml", SMALLEST.replace("ZW", "NL"), "NL", [3, 0, 1]),
        ("us/oh.toml", SMALLEST.replace("ZW", "US-OH"), "US-OH", [3, 0, 0]),
        ("us/lima.toml", TOWN, "US-TX/lima", [3, 1, 0]),
    ],
)
def test_a_new_file_is_all_that_a_new_place_needs(clone, capsys, name, text, key, told):
    assert counts(clone) == [2, 0, 0]
    (clone / "sources" / name).write_text(text, encoding="utf-8")
    snapshot(clone)
    assert key in known(clone)
    assert counts(clone) == told
    capsys.readouterr()
    snapshot(clone)
    assert capsys.readouterr().out.startswith("nothing changed")
    (clone / "sources" / name).unlink()
    snapshot(clone)
    assert key not in known(clone)
    assert Store(clone / "snapshots").load().former[key]["id"] == key
    assert counts(clone) == [2, 0, 0]
    assert verify(clone / "snapshots") == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('summary = "Nothing was read yet."', 'summary = ""', "summary: is empty: write it"),
        ('leaf = "unknown"', 'leaf = "legal"', "leaf"),
        ("[[timeline]]", "[[timeline]", "not valid TOML"),
        ('"third-party reading"', '""', "attested_by: is empty: write it"),
    ],
)
def test_a_faulty_file_stops_the_recipe_in_words(clone, old, new, says):
    assert old in SMALLEST
    (clone / "sources" / "zw.toml").write_text(SMALLEST.replace(old, new), encoding="utf-8")
    with pytest.raises(SystemExit, match=rf"zw\.toml:\d+: .*{re.escape(says)}"):
        snapshot(clone)
    assert "ZW" not in known(clone)
