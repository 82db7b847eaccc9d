"""One line in the table of formats, and every door of lists, tables and orders writes in it."""

import json
import sqlite3
from contextlib import closing

import pytest

from regstatus.cli import main, parser
from regstatus.query.formats import FORMS, Form, forms
from regstatus.query.listings import LISTS, Column
from regstatus.store import open_store
from regstatus.web.api import openapi
from regstatus.web.api.discovery import datapackage
from regstatus.web.edition import Edition
from regstatus.web.service.app import application
from regstatus.web.service.library import Library
from regstatus.web.website import Site
from tests.support.make import FEDERAL, NOON, TEXAS, publish, record
from tests.web.conftest import running

pytestmark = [
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The 'future.infer_string' option is deprecated"),
]


class Bars(Form):
    """Cells between bars, each line ended by one."""

    name, media, lists, files, orders, cells = "bars", "text/x-bars; charset=utf-8", *[True] * 4

    def text(self, columns, rows, items, about=None):
        lines = [columns, *rows]
        return "".join(f"{'|'.join(map(str, line))}|\n" for line in lines)


class Keys(Form):
    """Only the keys of each item."""

    name, media, lists = "keys", "text/x-keys", True

    def text(self, columns, rows, items, about=None):
        return "".join(f"{' '.join(item)}\n" for item in items)


class Silent(Form):
    """For terminals alone: nobody is sent it, and no file is written in it."""

    name, lists = "silent", True

    def text(self, columns, rows, items, about=None):
        return ""


@pytest.fixture(params=[Bars, Keys, Silent])
def form(request, monkeypatch):
    monkeypatch.setitem(FORMS, request.param.name, request.param())
    openapi.document.cache_clear()
    yield FORMS[request.param.name]
    openapi.document.cache_clear()


@pytest.fixture
def store(tmp_path):
    publish(tmp_path / "store", record(TEXAS), record(FEDERAL))
    return str(tmp_path / "store")


def choices(*words):
    """What `--format` of a command takes."""
    found = parser()
    for word in words:
        below = next(action for action in found._actions if action.dest in {"command", "action"})
        found = below.choices[word]
    return next(action.choices for action in found._actions if action.dest == "format")


@pytest.mark.parametrize(
    "words", [["list"], ["upcoming"], ["stale"], ["changes"], ["sources", "list"], ["snapshots", "list"]]
)  # fmt: skip
def test_every_command_that_lists_takes_it(form, words):
    assert form.name in choices(*words)


def test_export_and_screen_take_it_if_it_is_for_them(form):
    assert (form.name in choices("export")) is form.files
    assert (form.name in choices("screen")) is form.orders


@pytest.mark.parametrize("command", ["list", "upcoming", "stale", "changes"])
def test_a_list_is_printed_in_it(form, store, capsys, command):
    assert main([command, "--format", form.name, "--snapshots", store]) in {0, 1}
    out = capsys.readouterr().out
    name = "status" if command == "list" else command
    if form.name == "bars":
        assert out.splitlines()[0] == "|".join(LISTS[name].names) + "|"


def test_the_interface_serves_it_and_describes_it(form, store):
    with running(application(Library(store, now=lambda: NOON))) as get:
        for name in LISTS:
            asked, ended = get(f"/v1/{name}?format={form.name}"), get(f"/v1/{name}.{form.name}")
            assert asked.status == ended.status == (200 if form.media else 400)
            if form.media:
                assert asked.body == ended.body
                assert asked.headers["content-type"] == form.media
        if form.media:
            kind = form.media.partition(";")[0]
            assert get("/v1/stale", Accept=kind).headers["content-type"] == form.media
        described = get("/v1/openapi.json").json
    for name in LISTS:
        asked = {p["name"]: p for p in described["paths"][f"/v1/{name}"]["get"]["parameters"]}
        assert (form.name in asked["format"]["schema"]["enum"]) is bool(form.media)
        sent = described["paths"][f"/v1/{name}"]["get"]["responses"]["200"]["content"]
        if form.media:
            assert form.media.partition(";")[0] in sent


def test_the_published_tree_and_the_data_package_have_it(form, store):
    opened = open_store(store)
    edition = Edition(opened, opened.load(), NOON)
    paths = Site(edition).paths
    assert (f"v1/status.{form.name}" in paths) is bool(form.media)
    told = {item["path"] for item in datapackage(edition)["resources"]}
    assert (f"v1/status.{form.name}" in told) is bool(form.media)


def test_tables_are_exported_and_orders_screened_in_it(form, store, tmp_path, capsys):
    if not form.files:
        return
    law = tmp_path / "law"
    assert main(["export", str(law), "--format", form.name, "--snapshots", store]) == 0
    assert (law / f"status.{form.name}").read_text().startswith("id|name|level|")
    told = json.loads((law / "dictionary.json").read_bytes())
    assert {item["format"] for item in told["resources"]} == {form.name}
    orders = tmp_path / "orders.csv"
    orders.write_text("to,what\nTexas,leaf\n=1+1,7-oh\n", encoding="utf-8")
    out = tmp_path / "screened"
    assert main(["screen", str(orders), "--to", "to", "--product", "what", "--format", form.name,
                 "--output", str(out), "--snapshots", store]) == 0  # fmt: skip
    assert [line.split("|")[0] for line in out.read_text().splitlines()] == ["to", "Texas", "'=1+1"]
    capsys.readouterr()


def test_each_form_of_ours_is_offered_where_it_was():
    assert forms(lambda form: form.lists) == ("table", "json", "csv", "ndjson")
    assert forms(lambda form: form.files) == ("csv", "parquet", "sqlite", "ndjson")
    assert forms(lambda form: form.orders) == ("csv", "parquet", "ndjson")


@pytest.mark.parametrize(
    ("kind", "value"), [("integer", 3), ("boolean", True), ("string", "x"), ("date", "2026-11-22")]
)
def test_a_column_of_any_type_is_a_table_of_sqlite(tmp_path, kind, value):
    columns = (Column("key", required=True), Column("fact", kind, "a fact"))
    rows = {"facts": [{"key": "a", "fact": value}, {"key": "b", "fact": None}]}
    file = tmp_path / "facts.sqlite"
    file.write_bytes(FORMS["sqlite"].whole({"facts": (columns, ("key",), "facts")}, rows))
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("SELECT fact FROM facts ORDER BY key").fetchall() == [
            (value,), (None,)
        ]  # fmt: skip
