"""Where there is no RE2 the same is read, by Python's own `re`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from regstatus.pipeline.page_reader.inspection import inspect
from tests.support.pages import ROOT

READ = """
import json, sys
from datetime import date
from pathlib import Path
from regstatus.pipeline.page_reader.inspection import inspect
for name in sys.stdin.read().split("\\n"):
    found = inspect(Path(name).read_bytes(), name=name, on=date(2026, 11, 30))
    print(json.dumps(found, default=str))
"""
PAGES = sorted(
    str(path)
    for path in (ROOT / "tests/examples/pages").rglob("*")
    if path.suffix in {".html", ".xml", ".json", ".pdf"}
)[::6]


@pytest.fixture
def without(tmp_path):
    (tmp_path / "re2.py").write_text("raise ImportError('no wheel')", encoding="utf-8")

    def run(*words, **more):
        return subprocess.run(
            [sys.executable, *words],
            env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
            capture_output=True,
            check=False,
            text=True,
            **more,
        )

    return run


def test_pages_are_read_as_with_it(without):
    done = without("-c", READ, input="\n".join(PAGES))
    assert done.returncode == 0, done.stderr
    for name, line in zip(PAGES, done.stdout.splitlines(), strict=True):
        found = inspect(Path(name).read_bytes(), name=name, on=date(2026, 11, 30))
        assert json.loads(line) == json.loads(json.dumps(found, default=str)), name
    assert len(PAGES) > 15


def test_the_confined_reader_starts_and_every_source_file_is_understood(without):
    page = ROOT / "tests/examples/pages/us-nm/nmac-16-19-20.html"
    done = without("-m", "regstatus", "inspect", str(page), "--json")
    assert json.loads(done.stdout)["readable"], done.stdout
    done = without("-m", "regstatus", "sources", "check", str(ROOT / "sources"))
    assert done.returncode == 0, done.stderr


REFUSED = """
from regstatus.base.patterns import Pattern, PatternError
for text in (r"217(?!x)", r"(a)\\1", "(?<=a)b", "(", "x" * 400):
    try:
        Pattern(text)
        print("taken", text)
    except PatternError as error:
        print("refused", error)
print(Pattern(r"\\w", ignore_case=True).found_in("é"), Pattern("ab(c|$)", ignore_case=True).found_in("AB"))
"""


def test_patterns_that_it_does_not_know_are_refused_without_it_too(without):
    *said, found = without("-c", REFUSED).stdout.splitlines()
    assert [line.split()[0] for line in said] == ["refused"] * 5
    assert "lookahead" in said[0]
    assert "backreference" in said[1]
    assert found == "False True"
