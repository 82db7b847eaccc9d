"""A list is described once: what may be asked of it and what it shows is the same at every door."""

import csv
import io
import json
from urllib.parse import parse_qsl

import pytest

from regstatus.cli import main, parser
from regstatus.query.listings import LISTS
from regstatus.web.api.openapi import document
from regstatus.web.service.app import application
from regstatus.web.service.library import Library
from tests.support.make import FEDERAL, NOON, TEXAS, publish, record
from tests.web.conftest import running

COMMANDS = {"status": "list", "changes": "changes", "upcoming": "upcoming", "stale": "stale"}
SECOND = {
    "kind": "status_changed", "jurisdiction": "US", "substance": "7-oh", "observed": "2026-11-22",
    "sentence": "United States: 7-oh moved.",
}  # fmt: skip
FIRST = {**SECOND, "jurisdiction": "US-TX", "substance": "leaf", "sentence": "Texas: leaf moved."}
THIRD = {**SECOND, "substance": None, "sentence": "United States: something moved."}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("listed") / "store"
    publish(path, record(TEXAS), record(FEDERAL), changes=[FIRST, SECOND, THIRD])
    return str(path)


@pytest.fixture(scope="module")
def get(store):
    with running(application(Library(store, now=lambda: NOON))) as client:
        yield client


@pytest.mark.parametrize(("name", "command"), COMMANDS.items())
def test_every_parameter_is_an_option_and_those_that_are_served_are_described(name, command):
    below = next(action for action in parser()._actions if action.dest == "command")
    options = {action.dest for action in below.choices[command]._actions}
    asked = document()["paths"][f"/v1/{name}"]["get"]["parameters"]
    assert options >= {item.name for item in LISTS[name].parameters}
    served = {item.name for item in LISTS[name].parameters if item.served}
    assert {item["name"] for item in asked} == {*served, "format"}


def printed(capsys, store, *words):
    main([*words, "--snapshots", store])
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "query",
    [
        "status?on=2026-11-01&country=US&status=banned,regulated",
        "status?on=2026-11-01&level=state&country=all&substance=7-oh",
        "changes?substance=leaf",
        "changes?substance=7oh&jurisdiction=usa",
        "changes?jurisdiction=texas",
        "upcoming?on=2026-01-01",
        "upcoming?on=2020-01-01&jurisdiction=TX",
        "upcoming?jurisdiction=texas",
    ],
)
def test_the_same_question_has_the_same_rows_at_both_doors(get, store, capsys, query):
    name, _, asked = query.partition("?")
    options = [word for key, value in parse_qsl(asked) for word in (f"--{key}", value)]
    served = get(f"/v1/{query}&format=csv").text
    assert served == printed(capsys, store, COMMANDS[name], *options, "--format", "csv")
    assert next(csv.reader(io.StringIO(served))) == list(LISTS[name].names)


def test_each_of_them_leaves_something_out_and_keeps_something(get):
    whole = get("/v1/changes").json["count"]
    queries = ("substance=leaf", "substance=7-oh&jurisdiction=US", "jurisdiction=US-TX")
    assert [get(f"/v1/changes?{query}").json["count"] for query in queries] == [2, 2, 1]
    assert whole == 3
    assert {i["from"] for i in get("/v1/upcoming?on=2020-01-01").json["items"]} > {
        item["from"] for item in get("/v1/upcoming").json["items"]
    }


@pytest.mark.parametrize("command", ["changes", "upcoming"])
def test_a_place_that_nobody_knows_is_told_with_what_was_perhaps_meant(store, capsys, command):
    assert main([command, "--jurisdiction", "Texxas", "--snapshots", store]) == 2
    assert "Texas" in capsys.readouterr().err


@pytest.mark.parametrize("name", LISTS)
def test_a_row_has_a_cell_for_each_column_and_each_column_something_to_say(get, name):
    items = get(f"/v1/{name}").json["items"]
    rows = [*LISTS[name].table(items, {})[1]]
    assert all(len(row) == len(LISTS[name].columns) for row in rows)
    table = list(csv.reader(io.StringIO(get(f"/v1/{name}.csv").text)))
    assert len(table) == len(rows) + 1
    kinds = {"integer": int, "string": str, "date": str, "datetime": str, "boolean": bool}
    for row in json.loads(json.dumps(rows)):
        for column, cell in zip(LISTS[name].columns, row, strict=True):
            assert cell is None or isinstance(cell, kinds[column.type]), (name, column.name)
            assert cell is None or not column.words or cell in column.words
