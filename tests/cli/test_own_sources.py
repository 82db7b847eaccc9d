"""A user's own source files, laid over those that ship: copied, edited, told in every answer, and sent."""

import csv
import json
import subprocess
import sys
from datetime import date
from io import StringIO

import pytest

from regstatus.base import paths
from regstatus.base.errors import SourceFileError
from regstatus.catalog.sources import load_catalog
from regstatus.cli import main
from tests.support.make import FEDERAL, NOON, TEXAS

TOWN = """
jurisdiction = "US-TX/austin"
name = "Austin"
kind = "city"
ocd_id = "ocd-division/country:us/state:tx/place:austin"
attested = 2026-06-07
attested_by = "Jane Roe"

[[instruments]]
id = "ord"
citation = "Ordinance 12"
type = "ordinance"
note = "no address found: the town publishes it on paper"

[[timeline]]
from = 2020-01-01
leaf = "banned"
grade = "secondary"
instruments = ["ord"]
"""


PENDING = """
[[pending]]
citation = "HB 1"
stage = "introduced"
says = "Would end the sale of kratom."
substances = ["leaf"]
as_of = 2020-01-01
"""

LATER = """
[[timeline]]
from = 2099-01-01
leaf = "banned"
mitragynine = "banned"
"7-oh" = "banned"
derivatives = "banned"
grade = "secondary"
instruments = ["sb-497"]
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    """What ships is Texas and the United States; nobody has files of their own yet."""
    shipped = tmp_path / "shipped"
    (shipped / "us").mkdir(parents=True)
    (shipped / "us" / "tx.toml").write_text(TEXAS, encoding="utf-8")
    (shipped / "us.toml").write_text(FEDERAL, encoding="utf-8")
    told = {"sources": str(shipped), "snapshots": str(tmp_path / "none")}
    monkeypatch.setattr(paths, "shipped", told.__getitem__)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("REGSTATUS_SNAPSHOTS", str(tmp_path / "store"))
    return tmp_path


def run(capsys, *words):
    status = main(list(words))
    out = capsys.readouterr()
    return status, out.out, out.err


def own(home):
    return home / "config" / "regstatus" / "sources" / "us" / "tx.toml"


def copied(home, capsys):
    assert run(capsys, "sources", "copy", "US-TX")[0] == 0
    own(home).write_text(
        own(home).read_text(encoding="utf-8").replace("minimum_age = 18", "minimum_age = 21"),
        encoding="utf-8",
    )


def test_a_copy_is_read_in_the_place_of_the_one_that_ships_and_every_answer_says_so(home, capsys):
    copied(home, capsys)
    assert run(capsys, "build")[0] == 0
    status, out, _ = run(capsys, "lookup", "US-TX", "--json")
    answer = json.loads(out)
    assert (status, answer["minimum_age"]) == (0, 21)
    said = "US-TX by a source file of one's own, not the project's"
    assert answer["snapshot"]["origin"] == said
    assert f"NOT OFFICIAL: {said}" in run(capsys, "lookup", "US-TX")[1]
    assert f"Not official: {said}." in run(capsys, "cite", "US-TX")[1]
    listed = {
        row["id"]: row
        for row in csv.DictReader(StringIO(run(capsys, "list", "--format", "csv")[1]))
    }
    assert listed["US-TX"]["origin"] == said
    assert listed["US"]["origin"] == said  # it lies inside
    orders = home / "orders.csv"
    orders.write_text("state,product\nTexas,leaf\n", encoding="utf-8")
    words = ("--to", "state", "--product", "product", "--country", "US")
    assert said in run(capsys, "screen", str(orders), *words)[1]
    assert run(capsys, "export", "--format", "csv", str(home / "law"))[0] == 0
    with (home / "law" / "status.csv").open(encoding="utf-8") as file:
        assert {(r["id"], r["origin"]) for r in csv.DictReader(file)} >= {
            ("US-TX", said),
            ("US", said),
        }


def test_lists_tell_which_records_are_by_a_file_of_ones_own(home, capsys):
    copied(home, capsys)
    text = own(home).read_text(encoding="utf-8")
    ended = text.replace("from = 2023-09-01", "from = 2023-09-01\nuntil = 2099-01-01")
    quoted = ended.replace(
        "effective =", 'quote = "kratom processor"\nquote_from = "a copy"\neffective ='
    )
    own(home).write_text(f"{quoted}{PENDING}{LATER}", encoding="utf-8")
    assert run(capsys, "build")[0] == 0
    for name in ("pending", "upcoming", "review", "sources", "stale"):
        words = [name, "list"] if name == "sources" else [name]
        items = json.loads(run(capsys, *words, "--json")[1])
        told = {(i.get("jurisdiction") or i.get("id") or i["key"])[:5]: i["own"] for i in items}
        assert told["US-TX"] == "own", name
        assert told.get("US") is None, name
    assert "US-TX is by a source file of your own" in run(capsys, "pending")[1]
    assert ", by a source file of your own" in run(capsys, "evidence", "US-TX")[1]


def changed(home, capsys, old, new):
    text = own(home).read_text(encoding="utf-8")
    assert old in text
    own(home).write_text(text.replace(old, new), encoding="utf-8")
    assert run(capsys, "build", "--accept")[0] == 0


def test_what_lies_inside_a_place_by_a_file_of_ones_own_is_told_of_the_place(home, capsys):
    own(home).parent.mkdir(parents=True)
    own(home).with_name("tx-austin.toml").write_text(TOWN, encoding="utf-8")
    (home / "shipped" / "us" / "tx-dallas.toml").write_text(
        TOWN.replace("austin", "dallas").replace("Austin", "Dallas"), encoding="utf-8"
    )
    assert run(capsys, "build")[0] == 0
    answer = json.loads(run(capsys, "lookup", "US-TX", "--json")[1])
    assert {one["id"] for one in answer["stricter_within"]} == {"US-TX/austin", "US-TX/dallas"}
    said = "US-TX/austin by a source file of one's own, not the project's"
    assert answer["snapshot"]["origin"] == said
    other = TOWN.replace("austin", "dallas").replace("Austin", "Dallas")
    for old, new in (("banned", "unknown"), ('grade = "secondary"', 'grade = "none"')):
        other = other.replace(old, new)
    own(home).with_name("tx-dallas.toml").write_text(other, encoding="utf-8")
    assert run(capsys, "build", "--accept")[0] == 0
    answer = json.loads(run(capsys, "lookup", "US-TX", "--json")[1])
    assert [one["id"] for one in answer["stricter_within"]] == ["US-TX/austin"]
    assert answer["snapshot"]["origin"] == said.replace("austin", "austin, US-TX/dallas")


def test_a_comparison_of_places_says_which_are_not_the_projects(home, capsys):
    copied(home, capsys)
    run(capsys, "build")
    out = run(capsys, "lookup", "US-TX", "US")[1]
    assert out.count("NOT OFFICIAL: US-TX by a source file of one's own") == 1


def test_an_edit_of_ones_own_is_neither_a_move_of_the_law_nor_the_projects_correction(home, capsys):
    run(capsys, "build")
    assert run(capsys, "sources", "copy", "US-TX")[0] == 0
    changed(home, capsys, 'leaf = "regulated"', 'leaf = "banned"')
    own(home).unlink()
    assert run(capsys, "build", "--accept")[0] == 0
    told = [e for e in json.loads(run(capsys, "changes", "--json")[1]) if e["substance"] == "leaf"]
    assert told
    assert not any("did not move" in event["sentence"] for event in told)
    assert {event["kind"] for event in told} <= {"correction", "restriction_lifted"}
    ends = {event["sentence"].rsplit(". ", 1)[-1] for event in told}
    assert ends == {
        "By a source file of one's own, not the project's.",
        "It is by the project's source file again, no more by one's own.",
    }


def test_nothing_is_fetched_and_nothing_verified_by_a_build(home, capsys):
    assert run(capsys, "build")[0] == 0
    answer = json.loads(run(capsys, "lookup", "US-TX", "--json")[1])
    assert answer["freshness"]["state"] == "unverified"
    assert answer["snapshot"]["origin"] is None
    assert run(capsys, "build", "--json")[0] == 0  # and again: the same law is no new version
    assert len(json.loads(run(capsys, "snapshots", "list", "--json")[1])) == 1


def test_the_flip_budget_holds_a_build_until_a_person_accepts(home, capsys):
    run(capsys, "build")
    copied(home, capsys)
    text = own(home).read_text(encoding="utf-8")
    own(home).write_text(
        text.replace('leaf = "regulated"', 'leaf = "unregulated"'), encoding="utf-8"
    )
    assert run(capsys, "build", "--flip-budget", "0")[0] == 5
    assert run(capsys, "build", "--flip-budget", "0", "--accept")[0] == 0


def test_a_copy_of_an_older_file_is_due_and_the_answer_says_why(home, capsys):
    copied(home, capsys)
    shipped = home / "shipped" / "us" / "tx.toml"
    shipped.write_text(f"# newer law\n{TEXAS}", encoding="utf-8")
    run(capsys, "build")
    reasons = json.loads(run(capsys, "lookup", "US-TX", "--json")[1])["freshness"]["reasons"]
    assert any("not made of the one that ships now" in reason for reason in reasons)
    assert "not made of the file that ships now" in run(capsys, "sources", "diff")[2]


def test_a_file_that_was_never_copied_is_behind_where_one_ships(home):
    own(home).parent.mkdir(parents=True)
    own(home).write_text(TEXAS, encoding="utf-8")
    found = load_catalog(home / "shipped", own(home).parents[1], on=NOON.date())
    assert [(source.jurisdiction, source.own) for source in found] == [
        ("US", None),
        ("US-TX", "behind"),
    ]


def test_a_new_place_is_added_below_one_that_ships(home, capsys):
    own(home).parent.mkdir(parents=True)
    own(home).with_name("austin.toml").write_text(TOWN, encoding="utf-8")
    run(capsys, "build")
    answer = json.loads(run(capsys, "lookup", "US-TX/austin", "--json")[1])
    assert answer["status"] == "banned"
    assert answer["snapshot"]["origin"].startswith("US-TX/austin by")


def test_a_place_whose_layer_above_is_ones_own_says_so(home, capsys):
    copied(home, capsys)
    (home / "shipped" / "us" / "austin.toml").write_text(TOWN, encoding="utf-8")
    run(capsys, "build")
    answer = json.loads(run(capsys, "lookup", "US-TX/austin", "--json")[1])
    assert answer["snapshot"]["origin"].startswith("US-TX by")


def test_the_patch_applies_to_the_projects_folder(home, capsys):
    copied(home, capsys)
    own(home).with_name("austin.toml").write_text(TOWN.rstrip(), encoding="utf-8")
    status, patch, _ = run(capsys, "sources", "diff")
    assert (status, "sha256" in patch) == (1, False)
    packed = run(capsys, "sources", "pack")[1]
    assert packed.startswith("Mend the source files of US-TX/austin, US-TX\n")
    assert packed.endswith(patch)
    project = home / "project"
    (project / "sources" / "us").mkdir(parents=True)
    (project / "sources" / "us" / "tx.toml").write_text(TEXAS, encoding="utf-8")
    subprocess.run(["git", "apply"], input=packed.encode(), cwd=project, check=True)
    assert "minimum_age = 21" in (project / "sources" / "us" / "tx.toml").read_text(
        encoding="utf-8"
    )
    assert (project / "sources" / "us" / "austin.toml").read_text(encoding="utf-8") == TOWN


def test_edit_copies_first_and_checks_what_the_editor_left(home, capsys, monkeypatch):
    script = home / "editor.py"
    script.write_text(
        "import sys, pathlib\nf = pathlib.Path(sys.argv[1])\n"
        "f.write_text(f.read_text().replace('attested = ', 'attested = x', 1))\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    status, _, err = run(capsys, "sources", "edit", "US-TX")
    assert (status, "tx.toml:" in err) == (2, True)
    monkeypatch.delenv("VISUAL")
    monkeypatch.delenv("EDITOR", raising=False)
    assert "set EDITOR" in run(capsys, "sources", "edit", "US-TX")[2]
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert "no-such-editor: cannot be started" in run(capsys, "sources", "edit", "US-TX")[2]


def test_show_says_whose_file_it_is(home, capsys):
    assert run(capsys, "sources", "show", "US-TX")[1:] == (
        TEXAS, f"regstatus: {home / 'shipped' / 'us' / 'tx.toml'}: the one that ships\n"
    )  # fmt: skip
    copied(home, capsys)
    assert "your own" in run(capsys, "sources", "show", "US-TX")[2]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("copy", "US-ZZ"), "no source file"),
        (("copy", "../../etc"), "no source file"),
        (("show", "US-ZZ"), "no source file"),
        (("diff", "US-TX"), "no source file"),
        (("pack",), "nothing to send"),
    ],
)
def test_what_there_is_not_is_told(home, capsys, words, says):
    status, out, err = run(capsys, "sources", *words)
    assert (status, out) == (2, "")
    assert says in err


def test_a_copy_is_never_written_over(home, capsys):
    copied(home, capsys)
    before = own(home).read_bytes()
    status, _, err = run(capsys, "sources", "copy", "US-TX")
    assert (status, "there already" in err, own(home).read_bytes()) == (2, True, before)


def test_a_fault_in_an_own_file_stops_a_run_and_names_the_line(home, capsys):
    copied(home, capsys)
    text = own(home).read_text(encoding="utf-8")
    own(home).write_text(text.replace('leaf = "regulated"', 'leaf = "fine"', 1), encoding="utf-8")
    status, _, err = run(capsys, "build")
    assert (status, f"{own(home)}:" in err) == (2, True)
    with pytest.raises(SourceFileError):
        load_catalog(home / "shipped", own(home).parents[1], on=date(2026, 11, 30))


def test_a_named_folder_of_sources_has_nothing_laid_over_it(home, capsys):
    copied(home, capsys)
    run(capsys, "build", "--sources", str(home / "shipped"))
    assert json.loads(run(capsys, "lookup", "US-TX", "--json")[1])["minimum_age"] == 18


@pytest.mark.parametrize(
    "line", ["jurisdiction = US-TX", '"jurisdiction" = "US-TX"', "# nothing yet"]
)
def test_work_that_is_begun_is_never_written_over(home, capsys, monkeypatch, line):
    own(home).parent.mkdir(parents=True)
    own(home).write_text(f"# my work\n{line}\n", encoding="utf-8")
    monkeypatch.setenv("EDITOR", "true")
    for words in (("copy", "US-TX"), ("edit", "US-TX")):
        assert run(capsys, "sources", *words)[0] == 2
        assert own(home).read_text(encoding="utf-8").startswith("# my work")


def test_files_behind_a_link_and_in_capitals_are_found_as_runs_find_them(home, capsys):
    there = home / "dotfiles"
    there.mkdir()
    (there / "TX.TOML").write_text(
        TEXAS.replace("minimum_age = 18", "minimum_age = 21"), encoding="utf-8"
    )
    own(home).parents[1].mkdir(parents=True)
    own(home).parent.symlink_to(there)
    status, patch, _ = run(capsys, "sources", "diff")
    assert (status, "a/sources/us/tx.toml" in patch) == (1, True)
    assert "there already" in run(capsys, "sources", "copy", "US-TX")[2]


def test_a_file_at_another_place_mends_the_one_that_ships(home, capsys):
    own(home).parent.mkdir(parents=True)
    mended = TEXAS.replace("minimum_age = 18", "minimum_age = 21")
    own(home).with_name("texas law.toml").write_bytes(b"\xef\xbb\xbf" + mended.encode())
    patch = run(capsys, "sources", "diff")[1]
    assert ("+++ b/sources/us/tx.toml" in patch, "new file" in patch, "\ufeff" in patch) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize("name", [".#tx.toml", "dead.toml"])
def test_what_an_editor_leaves_stands_in_nobodys_way(home, capsys, name):
    copied(home, capsys)
    own(home).with_name(name).symlink_to("nowhere")
    assert run(capsys, "sources", "show", "US-TX")[0] == 0
    assert run(capsys, "sources", "copy", "US")[0] == 0


def test_a_file_that_is_no_text_is_named_with_its_line(home, capsys):
    copied(home, capsys)
    own(home).write_bytes(own(home).read_bytes() + b"# caf\xe9\n")
    for words in (("diff",), ("pack",), ("check",)):
        status, _, err = run(capsys, "sources", *words)
        assert (status, "not UTF-8 text" in err) == (2, True)


def test_a_folder_that_is_none_is_named(home, capsys):
    folder = own(home).parents[1]
    folder.parent.mkdir(parents=True)
    folder.write_text("no folder", encoding="utf-8")
    status, _, err = run(capsys, "build")
    assert (status, f"{folder}: is no folder" in err) == (2, True)
