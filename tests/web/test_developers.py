"""The page for developers: its examples run, its tables are whole, and its promise is kept."""

import json
import re
import shutil
import subprocess
import sys

import pytest

from regstatus.base.version import SCHEMA
from regstatus.query.listings import LISTS
from regstatus.web.api.openapi import document
from regstatus.web.api.problems import PROBLEMS
from tests.conftest import ROOT
from tests.support.pages import Page, codes

PAGE = Page("docs/api.md")
SITE = "https://kratom.example.org/"
SHELL = [line for block in PAGE.blocks("sh") for line in re.split(r"\n(?=curl)", block.strip())]
PROMISED = json.loads((ROOT / "tests/web/v1.json").read_text("utf-8"))
"""What `/v1` had when its promise was made; a later version adds to it."""


def run(get, words, folder):
    text = [word.replace(SITE, get.url()) for word in words]
    done = subprocess.run(text, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("line", SHELL, ids=lambda line: line[-40:])
@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl here")
def test_every_line_of_the_shell_is_answered(get, tmp_path, line):
    out = run(get, ["sh", "-c", line], tmp_path)
    kept = [path.read_bytes() for path in tmp_path.iterdir()]
    assert kept or json.loads(out)
    assert all(len(data) > 1_000 for data in kept)


def expected(get):
    """What both programs print, from the whole answers."""
    said = (
        get("/v1/status/US-TX").json,
        get("/v1/status/US-AL").json,
        get("/v1/status/Georgia").json,
    )
    state = [item["freshness"]["state"] for item in said[:2]]
    rows = [
        f"{item['status']}, but the record is {item['freshness']['state']}" for item in said[:2]
    ]
    assert {*state} <= {"stale", "unverified"}
    return [f"1 ask: {rows[0]}", f"2 ask: {rows[1]}", f"3 ask: {said[2]['detail']}"]


def test_the_program_in_python_runs(get, tmp_path):
    (program,) = PAGE.blocks("python")
    assert run(get, [sys.executable, "-c", program], tmp_path).splitlines() == expected(get)


def test_the_program_in_javascript_runs(get, tmp_path):
    from playwright._impl._driver import compute_driver_executable

    (program,) = PAGE.blocks("js")
    (tmp_path / "program.mjs").write_text(program.replace(SITE, get.url()), "utf-8")
    node = str(compute_driver_executable()[0])
    assert run(get, [node, "program.mjs"], tmp_path).splitlines() == expected(get)


def test_the_page_tells_every_kind_of_problem_with_its_status():
    told = {}
    for names, statuses, _ in PAGE.table("When it is refused", "Problem"):
        numbers = [int(number) for number in statuses.split(", ")]
        kinds = codes(names)
        told |= dict(zip(kinds, numbers if len(numbers) > 1 else numbers * len(kinds), strict=True))
    assert told == {kind: what["status"] for kind, what in PROBLEMS.items()}


def test_the_newest_line_of_its_changelog_is_the_version_that_answers_tell():
    rows = PAGE.table("What changed in `/v1`", "Version")
    assert rows[0][0] == SCHEMA
    assert [row[0] for row in rows] == sorted({row[0] for row in rows}, reverse=True)


def form():
    """The addresses with their parameters, the types with their keys, the lists with their columns."""
    told = document()
    operations = {f"{m} {at}": one for at, item in told["paths"].items() for m, one in item.items()}
    schemas = told["components"]["schemas"]
    return {
        "parameters": {
            at: [p["name"] for p in one["parameters"]] for at, one in operations.items()
        },
        "keys": {
            name: [*one["properties"]] for name, one in schemas.items() if "properties" in one
        },
        "words": {name: one["enum"] for name, one in schemas.items() if "enum" in one},
        "columns": {name: [*listing.names] for name, listing in LISTS.items()},
        "problems": {"kinds": [*PROBLEMS]},
    }


@pytest.mark.parametrize(
    ("what", "name"), [(what, name) for what in PROMISED for name in PROMISED[what]]
)
def test_nothing_that_was_promised_is_taken_away(what, name):
    assert {*PROMISED[what][name]} <= {*form()[what].get(name, ())}


def test_no_question_needs_more_than_it_did():
    for item in document()["paths"].values():
        for one in item.values():
            asked = [each for each in one["parameters"] if each["in"] == "query"]
            assert not [each["name"] for each in asked if each.get("required")]
