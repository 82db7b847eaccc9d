"""The look-up path stays light: no heavy library is loaded for an answer."""

import json
import subprocess
import sys

import pytest

from regstatus.cli import _lookup, parser
from tests.support.make import FEDERAL, TEXAS, publish, record

HEAVY = (
    "anyio", "apscheduler", "bs4", "dataclasses", "filelock", "h2", "httpx", "inspect", "lxml",
    "platformdirs", "protego", "pydantic", "pypdfium2", "re2", "shtab", "stamina", "typing",
    "duckdb", "ibis", "numpy", "pandas", "pyarrow", "regstatus.assess",
    "regstatus.model.vocabulary",
)  # fmt: skip


def modules(code, *args):
    script = f"{code}\nimport json, sys\nprint('\\n' + json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-I", "-c", script, *args], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("store")
    publish(path, record(TEXAS), record(FEDERAL))
    return str(path)


BARE = modules("pass")
"""What a bare interpreter loads; an editable install may add a few on its own."""


def test_importing_regstatus_loads_nothing_but_itself():
    assert {name for name in modules("import regstatus") - BARE if "regstatus" in name} == {
        "regstatus"
    }
    assert not (modules("import regstatus") - BARE) & set(HEAVY)


@pytest.mark.parametrize(
    "words",
    [
        ["lookup", "US-TX"], ["lookup", "texas", "--json"], ["list"], ["upcoming"], ["stale"],
        ["cite", "US-TX"], ["changes"], ["snapshots", "list"],
    ],
)  # fmt: skip
def test_no_command_that_answers_loads_a_heavy_library(store, words):
    code = f"from regstatus.cli import main\nmain({[*words, '--snapshots', store]!r})"
    loaded = modules(code) - BARE
    assert "regstatus.cli" in loaded
    assert not loaded & set(HEAVY)


def test_the_python_import_answers_without_a_heavy_library(store):
    code = f"import regstatus\nprint(regstatus.lookup('US-TX', snapshots={store!r}).status)"
    assert not (modules(code) - BARE) & set(HEAVY)


PLAIN = (
    ["US-TX"], ["texas", "--json"], ["San", "Diego,", "CA"], ["new", "york", "--json"], [""],
    [], ["--json"], ["--json", "US-TX"], ["US-TX", "--on", "2026-11-22"], ["-h"], ["--", "US-TX"],
    ["US-TX", "--js"], ["US-TX", "--json", "--json"], ["US-TX", "--all", "--json"], ["-1"], ["a", "-"],
)  # fmt: skip


@pytest.mark.parametrize("words", PLAIN)
def test_a_plain_question_is_read_as_the_parser_reads_it(words):
    plain = _lookup.plain(words)
    if plain is not None:
        read = vars(parser().parse_args(["lookup", *words]))
        assert (read.pop("command"), read.pop("run")) == ("lookup", _lookup.run)
        assert vars(plain) == read


def test_the_questions_that_people_type_most_need_no_parser():
    assert [_lookup.plain(words) is not None for words in PLAIN] == [True] * 5 + [False] * 9 + [
        True,
        False,
    ]


def test_a_look_up_by_id_loads_neither_a_parser_nor_the_registry(store):
    code = f"import os\nos.environ['REGSTATUS_SNAPSHOTS'] = {store!r}\nfrom regstatus.cli import main\n"
    loaded = modules(f"{code}main(['lookup', 'US-TX', '--json'])") - BARE
    assert "regstatus.query.lookup" in loaded
    assert not loaded & {"argparse", "hashlib", "locale", "regstatus.catalog.places"}


def test_importing_regstatus_loads_not_even_the_module_of_future_features():
    assert "__future__" not in modules("import regstatus") - BARE
