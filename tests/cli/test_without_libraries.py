"""With nothing but Python a look-up, the lists and plain exports work; the rest says what it lacks."""

from __future__ import annotations

import subprocess
import sys
import sysconfig

import pytest

from tests.support.make import publish, record

BARE = """
import sys, runpy
class Barred:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in {*sys.stdlib_module_names, "regstatus", "__main__"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Barred())
from regstatus.cli import main
sys.exit(main(sys.argv[1:]))
"""


def run(*words, **more):
    command = [sys.executable, "-c", BARE, *map(str, words)]
    return subprocess.run(command, check=False, capture_output=True, text=True, **more)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bare")
    publish(folder, record())
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ["lookup", "US-TX"], ["lookup", "texas", "--json"], ["lookup", "TX", "--on", "2024-01-01"],
        ["list", "--format", "csv"], ["list"], ["upcoming", "--json"], ["stale"], ["cite", "US-TX"],
        ["changes"], ["snapshots", "list"], ["export", "--format", "csv", "law"],
        ["export", "--format", "ndjson", "lines"], ["export", "--format", "sqlite", "law.sqlite"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_look_up_needs_nothing_but_python(store, tmp_path, words):
    done = run(*words, "--snapshots", store, cwd=tmp_path)
    assert done.returncode in {0, 1 if words == ["stale"] else 0}, done.stderr
    if words[0] == "export":
        assert (tmp_path / words[-1]).exists()
    else:
        assert done.stdout


@pytest.mark.parametrize("words", [["sources", "check"], ["update"], ["completion", "bash"]])
def test_what_needs_a_library_names_it(words, tmp_path):
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert "this needs the library " in done.stderr
    assert "pip install regstatus" in done.stderr
    assert sysconfig.get_path("purelib") not in done.stderr
