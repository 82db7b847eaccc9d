"""An adapter is one file: by it source files are judged, the documentation is written, and pages fetched."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.make import TEXAS

ROOT = Path(__file__).parents[2]
FILE = '''
"""The gazette of Ruritania: an act by its number."""

from regstatus.fetch.failure import BadAnswer
from regstatus.fetch.hosts.adapters import adapter
from regstatus.fetch.hosts.json_fields import json_page, parsed, pick, text
from regstatus.model.adapter_params import Param
from regstatus.model.words import Format, Outcome


@adapter(
    "ruritania",
    use="an act of Ruritania; the address is the gazette's list of acts",
    reads="It reads the act in force",
    params={"act": Param("its number", "[0-9]{1,4}", needed=True), "language": Param(form="ru|de")},
)
async def ruritania(visit):
    """The text of an act."""
    listed = parsed(await visit.get(expect=Format.JSON))
    address = pick(listed, visit.request.params["act"])
    if not address:
        raise BadAnswer("The gazette lists no such act.", Outcome.NO_LINK)
    act = await visit.get(address, expect=Format.JSON, document=True)
    return json_page(visit, {"content": text(pick(parsed(act), "words"), "text")}, act)
'''
FETCH = """
import json, sys
from datetime import UTC, datetime
from regstatus.fetch.fetcher import fetch_many
from regstatus.fetch.settings import Settings
from regstatus.model.request import Request

base, *acts = sys.argv[1:]
settings = Settings(routes={"law.example.gov": base}, delay=0, retries=0, backoff=0)
asked = [Request(key=act, url="http://law.example.gov/acts", adapter="ruritania", params={"act": act})
         for act in acts]
brought = fetch_many(asked, settings, now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
print(json.dumps({ask.key: [page.outcome, page.final_url, page.body.decode()] for ask, page in brought}))
"""
WORDS = "No person shall sell kratom to a person under twenty-one years of age. " * 3


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The package with one file more, and what the documentation is written with."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(
        ROOT / "regstatus", folder / "regstatus", ignore=lambda _, names: {"__pycache__"}
    )
    for name in ("tools/list_adapters.py", "docs/sources.md"):
        (folder / name).parent.mkdir()
        shutil.copy(ROOT / name, folder / name)
    (folder / "regstatus/fetch/hosts/xx_ruritania.py").write_text(FILE, encoding="utf-8")
    return folder


@pytest.fixture
def python(checkout):
    """Run the interpreter there."""

    def run(*args):
        command = [sys.executable, *args]
        return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)

    return run


def test_a_source_file_is_judged_by_what_the_adapter_declares(python, checkout):
    told = {
        '{ act = "12" }': None,
        '{ act = "12", language = "de", key_env = "K" }': None,
        "{}": "the adapter ruritania needs act",
        '{ act = "twelve" }': "documents[1].params.act: 'twelve' cannot be it",
        '{ act = "12", language = "fr" }': "documents[1].params.language: 'fr' cannot be it",
        '{ act = "12", colour = "red" }': "documents[1].params.colour: the adapter ruritania knows no",
    }
    for number, params in enumerate(told):
        lines = f'reads = "schedule"\nadapter = "ruritania"\nparams = {params}'
        text = TEXAS.replace('reads = "schedule"', lines)
        (checkout / f"{number}.toml").write_text(text, encoding="utf-8")
    done = python("-m", "regstatus", "sources", "check", *(f"{n}.toml" for n in range(len(told))))
    assert done.returncode != 0
    for number, says in enumerate(told.values()):
        lines = (done.stdout + done.stderr).splitlines()
        (line,) = (line for line in lines if f"{number}.toml" in line)
        assert (says or "sound") in line


def test_it_brings_the_document_or_a_failure_with_a_name(python, hosts):
    listed = {n: f"http://law.example.gov/acts/{n}" for n in "1234"} | {"5": "http://evil.example/"}
    answers = {"1": {"words": WORDS}, "2": {"words": " "}, "3": {"sense": WORDS}}
    for path, answer in {"": listed, **{f"/{n}": answers[n] for n in answers}}.items():
        hosts.put(
            f"law.example.gov/acts{path}", json.dumps(answer).encode(), Content_Type="text/json"
        )
    done = python("-c", FETCH, hosts.base, *"123456")
    assert done.returncode == 0, done.stderr
    brought = json.loads(done.stdout)
    assert json.loads(brought["1"].pop()) == {"content": WORDS}
    acts = "http://law.example.gov/acts"
    assert brought == {
        "1": ["ok", f"{acts}/1"],
        "2": ["empty", f"{acts}/2", ""],
        "3": ["broken", f"{acts}/3", ""],
        "4": ["gone", f"{acts}/4", ""],
        "5": ["moved", acts, ""],
        "6": ["no_link", acts, ""],
    }


def test_its_line_of_the_documentation_is_written_from_its_declaration(python, checkout):
    done = python("tools/list_adapters.py")
    assert done.returncode == 0, done.stderr
    page = (checkout / "docs/sources.md").read_text(encoding="utf-8")
    use = "an act of Ruritania; the address is the gazette's list of acts"
    assert f"| `ruritania` | {use} | `act`: its number. `language` |" in page
    assert "- `ruritania`: It reads the act in force." in page


def test_every_file_of_a_host_says_in_its_name_whose_it_is():
    general = {"__init__", "adapters", "page", "link", "zip_member", "paged", "epub", "json_fields"}
    named = {path.stem for path in (ROOT / "regstatus/fetch/hosts").glob("*.py")} - general
    assert named - {"web_archive"} == {
        name for name in named if name[2] == "_" and name[:2].isalpha()
    }
