"""A citation for a reference manager says how well it is known, and breaks no file."""

from __future__ import annotations

import json
import re

import pytest

import regstatus
from regstatus.cli import main
from regstatus.query.citing import bibtex, csl, sentence
from tests.support.make import FEDERAL, TEXAS, publish, record


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cited")
    publish(folder, record(TEXAS), record(FEDERAL))
    return regstatus.lookup("US-TX", on="2026-11-22", snapshots=folder).to_dict()


def test_the_answer_is_a_data_set_of_its_version_and_day_and_each_law_stands_behind_it(answer):
    first, *laws = csl(answer, "https://example.org/")
    assert (first["type"], first["version"]) == ("dataset", answer["snapshot"]["version"])
    assert first["title"].endswith("in Texas on 2026-11-22: regulated (secondary, unverified)")
    assert first["note"] == sentence(answer)
    assert first["URL"] == "https://example.org/j/US-TX.html?on=2026-11-22"
    assert [law["number"] for law in laws] == [law["text"] for law in answer["citations"]]
    assert {law["type"] for law in laws} <= {"legislation", "regulation", "document"}
    assert "URL" not in csl(answer)[0]


def entries(text):
    return re.findall(r"@misc\{([^,{}]+),\n((?:  \w+ = \{.*\},\n)+)\}\n", text)


def test_bibtex_has_the_same_items_and_outside_text_ends_no_entry(answer):
    spoilt = json.loads(json.dumps(answer))
    spoilt["citations"][0].update(
        title="a } @misc{x,\n y = \\input{z} % $1 & #2 ~^_", url="https://e.org/}{\\"
    )
    for one in (answer, spoilt):
        found = entries(bibtex(one))
        assert "".join(f"@misc{{{key},\n{fields}}}\n" for key, fields in found) == bibtex(one)
        assert [key for key, _ in found] == [item["id"] for item in csl(one)]
    title = re.search(r"  title = \{(a .*)\},", bibtex(spoilt))[1]
    assert not re.search(r"(?<!\\)[%$&#_^~]", title.replace("{}", ""))
    assert r"\textbackslash{}input\{z\}" in title
    assert "url = {https://e.org/%7D%7B%5C}" in bibtex(spoilt)


def test_the_command_line_prints_both(capsys):
    assert main(["cite", "US-TX", "--format", "csl"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert main(["cite", "US-TX", "--format", "bibtex"]) == 0
    assert [key for key, _ in entries(capsys.readouterr().out)] == [item["id"] for item in said]
