"""Where a program reads what is printed, it reads why nothing is: one line of JSON, and no answer."""

import json

import pytest

from regstatus.cli import main
from tests.conftest import ROOT


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.setenv("REGSTATUS_SNAPSHOTS", str(ROOT / "snapshots"))

    def ask(*words):
        status = main([*words])
        out = capsys.readouterr()
        return status, out.out, out.err

    return ask


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["lookup", "Atlantis", "--json"], "No jurisdiction is called"),
        (["lookup", "Georgia", "--json"], "may mean"),
        (["lookup", "US-TX", "--on", "soon", "--json"], "2026-11-22"),
        (["lookup", "--json"], "NAME"),
        (["lookup", "US-TX", "--json", "--colour"], "--colour"),
        (["lookup", "US-TX", "--json", "--substance="], "nothing stands behind --substance"),
        (["list", "--format", "json", "--status", "forbidden"], "sale_prohibited"),
        (["list", "--format=json", "--fields", "colour"], "stricter_within"),
        (["changes", "--since", "never", "--json"], "neither a version nor a day"),
        (["sources", "list", "--json", "--colour"], "--colour"),
        (["cite", "US-TX", "--json", "--snapshots", "/nowhere"], "/nowhere"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_an_error_is_one_line_of_json_and_nothing_is_printed_that_passes_for_an_answer(
    run, words, told
):
    status, out, err = run(*words)
    found = json.loads(err)
    assert (out, err.count("\n")) == ("", 1)
    assert told in found["error"]
    assert found["exit_status"] == status != 0


def test_a_name_that_is_not_understood_comes_with_what_was_perhaps_meant(run):
    told = json.loads(run("lookup", "Georgia", "--json")[2])
    assert any("US-GA" in text for text in told["offered"])
    assert told["statuses"].keys() == {*told["offered"]}


def test_of_several_places_each_that_is_not_understood_has_its_line(run):
    status, out, err = run("lookup", "US-TX", "Atlantis", "US-OH", "--json")
    assert status == 2
    assert [item["jurisdiction"]["id"] for item in json.loads(out)] == ["US-TX", "US-OH"]
    assert "Atlantis" in json.loads(err)["error"]


def test_people_read_words_and_help_is_help(run, capsys):
    assert run("lookup", "Atlantis")[2].startswith("regstatus: No jurisdiction")
    with pytest.raises(SystemExit) as end:
        main(["lookup", "--json", "--help"])
    assert end.value.code == 0
    assert "usage:" in capsys.readouterr().out
