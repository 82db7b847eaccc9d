"""`regstatus mcp`, asked by the client of the protocol's own SDK: over pipes, and over a socket."""

from __future__ import annotations

import re
import subprocess
import sys

import anyio
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

import regstatus
from tests.support.make import FEDERAL, TEXAS, publish, record

TOOLS = ["lookup", "list", "upcoming", "changes", "evidence", "screen"]
DAY, KNOWN = r"20\d\d-\d\d-\d\d", r"FRESH|ATTESTED|DUE|STALE|UNVERIFIED|nothing is known"


def piped(*words):
    command = ["-m", "regstatus", "mcp", *map(str, words)]
    return stdio_client(StdioServerParameters(command=sys.executable, args=command))


def answers(server, *calls):
    """The tools, and for each call whether it failed and what was said."""

    async def ask():
        async with Client(server) as client:
            tools = (await client.list_tools()).tools
            said = [await client.call_tool(name, given) for name, given in calls]
        return tools, [(one.is_error, one.content[0].text) for one in said]

    return anyio.run(ask)


@pytest.fixture
def store(tmp_path):
    publish(tmp_path, record(TEXAS), record(FEDERAL))
    return tmp_path


def test_its_tools_only_read_and_say_what_they_take(store):
    tools, _ = answers(piped("--snapshots", store))
    assert [tool.name for tool in tools] == TOOLS
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert tool.description
        assert not tool.input_schema["additionalProperties"]
        assert all(field["description"] for field in tool.input_schema["properties"].values())


def test_every_place_is_answered_in_2_kb_with_its_day_and_how_well_it_is_known():
    ids = [answer.id for answer in regstatus.load().answers()]
    tools = [("lookup", "place"), ("evidence", "place"), ("screen", "to")]
    calls = [
        (tool, {key: ident, **({"product": "kratom"} if tool == "screen" else {})})
        for ident in ids
        for tool, key in tools
    ]
    _, said = answers(piped(), *calls)
    assert [(call, text) for call, (failed, text) in zip(calls, said, strict=True) if failed] == []
    for call, (_, text) in zip(calls, said, strict=True):
        assert len(text.encode()) <= 2048, call
        assert re.search(DAY, text), call
        assert re.search(KNOWN, text), call


def test_lists_say_their_day_and_how_well_each_is_known_and_can_be_had_in_parts():
    ids, rows = [answer.id for answer in regstatus.load().answers()], []
    calls = [("list", {"skip": skip}) for skip in range(0, len(ids), 25)]
    _, said = answers(piped(), *calls, ("upcoming", {}), ("changes", {}))
    for _, text in said:
        assert re.search(rf"on {DAY}, snapshot \d", text)
        assert re.search(r"freshness|`lookup` says", text)
        assert len(text.encode()) <= 9_000
    for _, text in said[:-2]:
        rows += [line.split(",")[0] for line in text.splitlines()[2:27]]
    assert [one for one in ids if one not in rows] == []


REFUSED = (
    ("lookup", {"place": "US-TX", "date": "2020-01-01"}, "'date' is no parameter"),
    ("lookup", {"place": "US-TX", "on": "1 May"}, "on: "),
    ("lookup", {}, "Name the state or country"),
    ("lookup", {"place": "Atlantis"}, "Did you mean"),
    ("screen", {"to": "US-TX"}, "product: "),
    ("list", {"skip": "many"}, "skip: give a number"),
    ("list", {"status": "legal"}, "there are banned"),
    ("ask", {}, "there are: lookup"),
)


def test_what_is_not_understood_is_refused_with_a_remedy(store):
    _, said = answers(piped("--snapshots", store), *(call[:2] for call in REFUSED))
    for (tool, given, remedy), (failed, text) in zip(REFUSED, said, strict=True):
        assert failed, (tool, given)
        assert remedy in text


def test_a_store_that_cannot_be_read_answers_nothing_and_names_no_file(tmp_path):
    (tmp_path / "index.json").write_text("{", encoding="utf-8")
    _, [(failed, text)] = answers(piped("--snapshots", tmp_path), ("lookup", {"place": "US-TX"}))
    assert failed
    assert "Nothing is known" in text
    assert str(tmp_path) not in text


def test_it_answers_over_http(store):
    command = ["mcp", "--http", "--port", "0", "--snapshots", str(store)]
    with subprocess.Popen(
        [sys.executable, "-m", "regstatus", *command], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            url = re.search(r"http://\S+", process.stdout.readline())[0]
            assert url.endswith("/mcp")
            given = {"place": "Texas", "on": "2026-11-22", "substance": None}
            tools, [(failed, text)] = answers(url, ("lookup", given))
        finally:
            process.terminate()
    assert [tool.name for tool in tools] == TOOLS
    assert not failed
    assert text.startswith("Texas (US-TX) on 2026-11-22 ·")
    assert "\x1b" not in text


def test_without_the_extra_it_says_how_to_have_it():
    bare = "import sys; sys.modules['mcp'] = None; from regstatus.cli import main; sys.exit(main(['mcp']))"
    done = subprocess.run([sys.executable, "-c", bare], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'regstatus[mcp]'" in done.stderr
