"""The command line: clear words, documented exit statuses, JSON everywhere, no traceback."""

import csv
import io
import json
import os
import shlex
import subprocess
import sys
import tomllib
from datetime import timedelta

import pytest

from regstatus.base.paths import in_bucket
from regstatus.base.safe import csv_cell, markdown, without_controls
from regstatus.cli import COMMANDS, main, parser
from regstatus.cli._common import columns
from regstatus.query.citing import sentence
from regstatus.query.formats import FORMS
from tests.support.make import FEDERAL, NOON, TEXAS, finding, publish, record

HOSTILE = "\x1b[31mred\x07\u202eevil"


@pytest.fixture
def store(tmp_path, monkeypatch):
    path = tmp_path / "store"
    publish(path, record(FEDERAL))
    change = {
        "kind": "record_added", "jurisdiction": "US-TX", "substance": None, "before": None,
        "after": None, "law_date": None, "sentence": "Texas is now recorded.",
    }  # fmt: skip
    publish(
        path, record(TEXAS), record(FEDERAL), created=NOON + timedelta(days=1), changes=[change]
    )
    monkeypatch.setenv("REGSTATUS_SNAPSHOTS", str(path))
    monkeypatch.setenv("NO_COLOR", "1")
    return path


def run(capsys, *words):
    status = main(list(words))
    out = capsys.readouterr()
    return status, out.out, out.err


def test_lookup_says_status_law_and_how_it_is_known(store, capsys):
    status, out, _ = run(capsys, "lookup", "texas", "--on", "2026-11-22")
    assert status == 0
    assert "Texas (US-TX) on 2026-11-22" in out
    assert "REGULATED · 18+ · derivatives BANNED" in out
    assert "7-OH at most 2%" in out
    assert "Tex. Health & Safety Code ch. 444" in out
    assert "secondary sources" in out
    assert "never · UNVERIFIED" in out
    assert "proposed, not law: 7-OH" in " ".join(out.split())
    assert "not legal advice" in out


def test_lookup_as_json_is_the_contract(store, capsys):
    status, out, _ = run(capsys, "lookup", "US-TX", "--on", "2026-11-22", "--json")
    found = json.loads(out)
    assert status == 0
    assert found["substances"]["derivatives"] == "banned"
    assert found["snapshot"]["version"] == "2026.11.23"


def test_record_time_answers_as_the_records_stood(store, capsys):
    _, out, _ = run(capsys, "lookup", "US-TX", "--as-known-on", "2026-11-22", "--json")
    assert json.loads(out)["status"] == "unknown"
    _, out, _ = run(capsys, "lookup", "US-TX", "--as-known-on", "2026.11.23", "--json")
    assert json.loads(out)["status"] == "regulated"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["lookup", "georgia"], "US-GA"),
        (["lookup", "texsa"], "Texas"),
        (["lookup", "US-TX", "--on", "tomorrow"], "2026-11-22"),
        (["lookup", "US-TX", "--on", "2026-02-30"], "not a day"),
        (["lookup", "US-TX", "--substance", "tea"], "leaf, mitragynine, 7-oh, derivatives"),
        (["lookup", "US-TX", "--as-known-on", "1999-01-01"], "nothing was recorded yet"),
        (["list", "--status", "legal"], "banned"),
        (["list", "--grade", "good"], "official_text"),
        (["list", "--country", "Atlantis"], "No jurisdiction"),
        (["changes", "--since", "soon"], "neither a version nor a day"),
        (["inspect", "no-such-file.html"], "no such file"),
        (["sources", "check", "no-such-file.toml"], "cannot be read"),
        (["sources", "new", "Atlantis"], "No jurisdiction"),
    ],
)
def test_a_users_mistake_is_one_clear_line_and_status_2(store, capsys, words, says):
    status, out, err = run(capsys, *words)
    assert status == 2
    assert says in err
    assert "Traceback" not in err
    assert out == ""


@pytest.mark.parametrize("address", ["gs://b/x", "S3://b/x", "https://example.gov/x", "az://b"])
@pytest.mark.parametrize(
    "words",
    [["lookup", "US-TX"], ["update"], ["snapshots", "verify"], ["evidence", "log"], ["serve"]],
)
def test_an_address_of_another_kind_is_no_folder(capsys, tmp_path, monkeypatch, words, address):
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, *words, "--snapshots", address)
    assert (status, out) == (2, "")
    assert "s3://bucket/prefix" in err
    assert list(tmp_path.iterdir()) == []


def test_what_only_looks_like_an_address_is_a_folder():
    for named in ("C://law", "a/b://c", "./gs://b", "://x", "law"):
        assert not in_bucket(named)
    assert in_bucket("s3://b/x")


@pytest.mark.parametrize("command", ["update", "schedule"])
def test_a_pattern_that_fits_no_place_is_a_mistake(capsys, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    words = ["--only", "US-*", "--only", "NOTHING", "--snapshots", str(tmp_path / "made")]
    status, out, err = run(capsys, command, *words)
    assert (status, out) == (2, "")
    assert "--only NOTHING: no jurisdiction" in err
    assert list(tmp_path.iterdir()) == []


def test_a_closed_standard_output_is_no_traceback(store, monkeypatch):
    monkeypatch.setattr("sys.stdout", None)
    for words in (["lookup", "US-TX"], ["list"], ["snapshots", "list"]):
        assert main(words) == 0
    assert columns() == 100


def test_a_missing_store_is_told_with_the_remedy(capsys, tmp_path):
    status, _, err = run(capsys, "lookup", "US-TX", "--snapshots", str(tmp_path))
    assert status == 6
    assert "regstatus update" in err


def test_a_damaged_version_answers_from_the_one_before_and_says_so(store, capsys):
    (store / "2026.11.23" / "snapshot.json").write_bytes(b"{}")
    status, out, err = run(capsys, "lookup", "US")
    assert status == 0
    assert "2026.11.22" in out
    assert "warning" in err
    assert "2026.11.23" in err


def test_list_filters_and_speaks_four_forms(store, capsys):
    _, out, _ = run(capsys, "list", "--on", "2026-11-22", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["id"], row["leaf"]) for row in rows] == [
        ("US", "unregulated"),
        ("US-TX", "regulated"),
    ]
    _, out, _ = run(capsys, "list", "--format", "ndjson")
    assert [json.loads(line)["jurisdiction"]["id"] for line in out.splitlines()] == ["US", "US-TX"]
    _, out, _ = run(
        capsys,
        "list",
        "--status",
        "banned",
        "--substance",
        "derivatives",
        "--json",
        "--on",
        "2026-11-22",
    )
    assert len(json.loads(out)) == 2
    _, out, _ = run(capsys, "list", "--grade", "official_text", "--json")
    assert json.loads(out) == []
    _, out, _ = run(capsys, "list", "--fresh", "--json")
    assert json.loads(out) == []
    _, out, _ = run(capsys, "list")
    assert out.splitlines()[0].startswith("ID ")


def test_list_of_all_countries_leaves_no_place_on_earth_out(store, capsys):
    _, out, _ = run(capsys, "list", "--country", "all", "--on", "2026-11-22", "--format", "csv")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(out))}
    assert rows["FR"]["status"] == "unknown"
    assert rows["US-TX"]["status"] == "regulated"
    assert {row["freshness"] for row in rows.values()} == {"unverified"}
    _, out, _ = run(capsys, "list", "--country", "france", "--json")
    assert [item["jurisdiction"]["id"] for item in json.loads(out)] == ["FR"]


def test_upcoming_holds_enacted_changes_alone(store, capsys):
    _, out, _ = run(capsys, "upcoming", "--on", "2020-01-01", "--json")
    assert [(item["jurisdiction"], item["from"]) for item in json.loads(out)] == [
        ("US-TX", "2023-09-01"), ("US", "2026-08-26"), ("US", "2028-08-26"),
    ]  # fmt: skip
    assert "20943" not in out


def test_stale_exits_1_if_any_and_says_why(store, capsys):
    status, out, _ = run(capsys, "stale", "--json")
    assert status == 1
    assert {item["id"] for item in json.loads(out)} == {"US", "US-TX"}
    assert any("never fetched" in reason for reason in json.loads(out)[1]["reasons"])


def test_cite_never_claims_more_than_the_grade(store, capsys):
    _, out, _ = run(capsys, "cite", "US-TX", "--on", "2026-11-22")
    assert "On 2026-11-22, kratom leaf is regulated in Texas." in out
    assert "Known from: secondary; never verified against the official text." in out
    assert "regstatus 2026.11.23" in out


@pytest.mark.parametrize("name", ["Ontario", "CA-BC", "Sabah", "Panama"])
def test_cite_says_that_a_place_has_no_record_of_its_own(capsys, name):
    _, out, _ = run(capsys, "cite", name)
    assert "; it has no record of its own." in out
    assert "never verified against" not in out


def test_changes_since_a_version_or_a_day(store, capsys):
    _, out, _ = run(capsys, "changes", "--since", "2026.11.22", "--json")
    assert [event["jurisdiction"] for event in json.loads(out)] == ["US-TX"]
    status, out, _ = run(capsys, "changes", "--since", "2026-11-23", "--fail")
    assert status == 0
    status, _, _ = run(capsys, "changes", "--since", "2026-11-22", "--fail")
    assert status == 1
    (store / "2026.11.23" / "changes.json").write_text("[]", encoding="utf-8")
    status, _, err = run(capsys, "changes")
    assert status == 6
    assert "changes.json" in err


def test_snapshots_list_show_diff_verify(store, capsys):
    _, out, _ = run(capsys, "snapshots", "list", "--json")
    assert [entry["id"] for entry in json.loads(out)] == ["2026.11.22", "2026.11.23"]
    _, out, _ = run(capsys, "snapshots", "show", "2026.11.22", "--json")
    assert set(json.loads(out)["records"]) == {"US"}
    _, out, _ = run(capsys, "snapshots", "show")
    assert "report" in out
    _, out, _ = run(capsys, "snapshots", "diff", "2026.11.22", "2026.11.23")
    assert "record_added  US-TX" in out
    status, out, _ = run(capsys, "snapshots", "verify")
    assert (status, out.strip().endswith("sound")) == (0, True)
    (store / "2026.11.22" / "report.md").unlink()
    status, out, _ = run(capsys, "snapshots", "verify")
    assert status == 1
    assert "report.md" in out


def test_sources_are_checked_listed_and_started(store, capsys, tmp_path):
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "us.toml").write_text(FEDERAL, encoding="utf-8")
    (folder / "tx.toml").write_text(TEXAS, encoding="utf-8")
    _, out, _ = run(capsys, "sources", "check", "--sources", str(folder))
    assert out == f"{folder}: 2 jurisdictions, 2 documents: sound\n"
    _, out, _ = run(capsys, "sources", "list", "--sources", str(folder), "--json")
    assert {item["outcome"] for item in json.loads(out)} == {"never fetched"}
    _, out, _ = run(capsys, "sources", "new", "Ohio")
    assert 'jurisdiction = "US-OH"' in out
    (folder / "tx.toml").write_text(TEXAS.replace("60d", "x"), encoding="utf-8")
    status, _, err = run(capsys, "sources", "check", str(folder / "tx.toml"))
    assert status == 2
    assert "stale_after" in err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TEXAS, "→ regstatus update --only 'US*'"),
        (FEDERAL, "→ no update can prove it: a source file must name a text that settles it"),
        ("ZW", "→ no update can prove it: a source file must name a text that settles it"),
        (TEXAS.replace('reads = "', 'people_only = true\nreads = "'),
         "→ no update can prove it: a person must read that text and attest the record"),
    ],
)  # fmt: skip
def test_the_remedy_that_a_stale_answer_names_can_help(tmp_path, capsys, text, says):
    made = record(FEDERAL if text == "ZW" else text)
    publish(tmp_path, made)
    place = "ZW" if text == "ZW" else made["id"]
    _, out, _ = run(capsys, "lookup", place, "--on", "2026-11-22", "--snapshots", str(tmp_path))
    assert says in out


@pytest.mark.parametrize(
    ("on", "says"),
    [
        (
            "2026-11-21",
            "found 2026-11-22, not reviewed; the stricter reading is used from that day on",
        ),
        ("2026-11-22", "not reviewed; the stricter reading is used"),
        ("2027-05-01", "not reviewed; the stricter reading is used"),
    ],
)
def test_a_contradiction_says_from_which_day_it_governs(tmp_path, capsys, on, says):
    publish(tmp_path, record(findings={"hs-444": finding(age=21, cap=1.0)}))
    _, out, _ = run(capsys, "lookup", "US-TX", "--on", on, "--snapshots", str(tmp_path))
    words = " ".join(out.split())
    assert (
        "on the minimum age, Texas Health and Safety Code, chapter 444 says 21, the record says 18"
        in words
    )
    assert says in words
    assert ("from that day on" in words) == (on < "2026-11-22")
    assert ("18+" in words) == (on < "2026-11-22")


@pytest.mark.parametrize("place", ["US-OH/lima", "US-TX/el-paso-county", "US-PR/ponce"])
def test_a_file_for_a_locality_that_nobody_recorded_is_begun_from_its_id(capsys, tmp_path, place):
    _, out, _ = run(capsys, "sources", "new", place)
    made = {**tomllib.loads(out), "documents": [], "instruments": [], "timeline": []}
    assert (made["jurisdiction"], made["kind"]) == (place, "city")
    assert made["name"].lower() == place.partition("/")[2].replace("-", " ")
    (tmp_path / "new.toml").write_text(out, encoding="utf-8")
    status, _, err = run(capsys, "sources", "check", str(tmp_path / "new.toml"))
    assert status == 2
    assert all(
        f"new.toml:{out.count(chr(10), 0, out.index(key)) + 1}: " in err
        for key in ("ocd_id", "url =")
    )


@pytest.mark.parametrize("name", ["US-ZZ/lima", "US-OH/Lima Town", "US-OH/lima--town", "Limaaa"])
def test_a_locality_of_no_place_is_refused(capsys, name):
    status, out, err = run(capsys, "sources", "new", name)
    assert (status, out) == (2, "")
    assert "No jurisdiction" in err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_that_parses(capsys, name):
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    lines = capsys.readouterr().out.splitlines()
    told = lines[: lines.index("examples:")]
    assert max(map(len, told)) <= 100, "a line is wider than the terminal"
    shown = [line.strip() for line in lines]
    examples = [line for line in shown if line.startswith("regstatus ")]
    assert (end.value.code, bool(examples)) == (0, True)
    for line in examples:
        words = shlex.split(line.partition("|")[0].partition(">")[0])
        assert parser().parse_args(words[1:]).command == name


def test_the_bare_command_shows_help_and_a_wrong_one_is_status_2(capsys):
    assert main([]) == 0
    assert "exit statuses" in capsys.readouterr().out
    with pytest.raises(SystemExit) as error:
        main(["frobnicate"])
    assert error.value.code == 2
    with pytest.raises(SystemExit) as error:
        main(["--version"])
    assert error.value.code == 0


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_completion_knows_the_commands(capsys, shell):
    status, out, _ = run(capsys, "completion", shell)
    assert status == 0
    assert "snapshots" in out


def test_a_reader_that_has_gone_is_no_error(store):
    done = subprocess.run(
        f"{shlex.quote(sys.executable)} -m regstatus snapshots show --json | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "REGSTATUS_SNAPSHOTS": str(store)},
    )
    assert done.stdout.startswith("{")
    assert "Traceback" not in done.stderr


def test_hostile_text_reaches_no_terminal_report_or_spreadsheet():
    assert "\x1b" not in without_controls(HOSTILE)
    assert "\u202e" not in without_controls(HOSTILE)
    assert "<script>" not in markdown("<script>alert(1)</script>")
    assert csv_cell("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    for cell in (" =1+1", "\t@SUM(1)", "\u00a0-2+3", "\uff1d1+1", "\n\uff0b1"):
        assert csv_cell(cell) == f"'{without_controls(cell)}"
    for cell in ("1 = 1", "7-OH", "a@example.org", " a"):
        assert csv_cell(cell) == cell
    out = "".join(FORMS[name].text(("a",), [[HOSTILE], ["=1+1"]], ()) for name in ("table", "csv"))
    assert "\x1b" not in out
    assert "\n=1+1" not in out.partition("a\n")[2]


def test_hostile_text_in_a_record_is_shown_harmless(capsys, tmp_path):
    text = TEXAS.replace("Tex. Health & Safety Code ch. 444 (2023 SB 497)", "\\u001b[2Jx\\u202e")
    publish(tmp_path, record(text), record(FEDERAL))
    for words in (["lookup", "US-TX"], ["cite", "US-TX"], ["list"], ["list", "--format", "csv"]):
        _, out, _ = run(capsys, *words, "--snapshots", str(tmp_path))
        assert "\x1b" not in out
        assert "\u202e" not in out


def test_no_colour_outside_a_terminal(store, capsys, monkeypatch):
    monkeypatch.delenv("NO_COLOR")
    _, out, _ = run(capsys, "lookup", "US-TX")
    assert "\x1b" not in out


def test_a_replica_is_named_wherever_its_answer_is(tmp_path, capsys):
    publish(tmp_path, record(FEDERAL), origin="a replica")
    _, out, _ = run(capsys, "lookup", "US", "--snapshots", str(tmp_path))
    assert "NOT OFFICIAL: a replica" in out
    _, out, _ = run(capsys, "cite", "US", "--snapshots", str(tmp_path))
    assert "Not official: a replica." in out


def test_a_citation_is_one_paragraph(store):
    import regstatus

    assert "\n" not in sentence(regstatus.lookup("US-TX").to_dict())


@pytest.mark.parametrize("command", ["lookup", "cite"])
def test_a_code_that_many_take_for_another_place_is_answered_with_a_hint(command, capsys):
    assert main([command, "AL"]) == 0
    told = capsys.readouterr()
    assert "Albania" in told.out
    assert "for Alabama write US-AL" in told.err


@pytest.mark.parametrize(
    "words",
    [
        "sources check --sources", "sources list --only", "lookup US-TX --snapshots",
        "changes --jurisdiction", "screen orders.csv --to a --product b --output",
        "screen orders.csv --to a --product b --allow-stale", "update --sources",
        "update --keep-evidence", "evidence export --warc", "list --country",
    ],
)  # fmt: skip
def test_an_option_with_an_empty_value_asks_for_nothing_else_instead(words, capsys):
    option = words.split()[-1]
    for ending in ([option, ""], [f"{option}="]):
        status, out, err = run(capsys, *words.split()[:-1], *ending)
        assert (status, out) == (2, "")
        assert f"nothing stands behind {option}; give it a value" in err


def test_a_value_that_ends_in_a_sign_of_equality_is_a_value(capsys):
    status, _, err = run(capsys, "lookup", "US-TX", "--snapshots=/nowhere/a=")
    assert (status, "/nowhere/a=: no snapshots here" in err) == (6, True)


@pytest.mark.parametrize(
    "option", ["--flip-budget 3", "--due", "--workers 2", "--route a.gov=http://127.0.0.1:1/"]
)
def test_an_option_of_a_run_is_refused_where_no_run_will_come(option, capsys):
    assert main(["serve", *option.split()]) == 2
    assert f"{option.split()[0]}: only with --schedule or --cron" in capsys.readouterr().err
