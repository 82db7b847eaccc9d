"""What the README claims in numbers is what the catalogue holds."""

import re
from pathlib import Path

from regstatus.cli import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_counts_of_the_readme_are_those_of_the_catalogue(catalogue):
    ids = [source.jurisdiction for source in catalogue]
    localities = [key for key in ids if "/" in key]
    countries = [key for key in ids if "-" not in key and key not in {"US", "EU", "UN"}]
    told = re.search(
        r"(\d+) files of law \(.*?(\d+) localities; (\d+) countries", README, re.DOTALL
    )
    assert told is not None
    assert [int(number) for number in told.groups()] == [
        len(ids), len(localities), len(countries),
    ]  # fmt: skip
    assert len([key for key in ids if key.startswith("US-") and "/" not in key]) == 56


def test_the_answer_that_the_readme_shows_is_the_one_that_is_given(capsys):
    sample = README.partition("    $ regstatus lookup ")[2].partition("\n\n")[0]
    words, *lines = [line.removeprefix("    ") for line in sample.split("\n")]
    assert main(["lookup", *words.split(), "--snapshots", str(ROOT / "snapshots")]) == 0
    given = capsys.readouterr().out.split("\n")
    assert lines[:4] == given[:4]
    assert [line for line in lines if line not in given] == ["  ..."]
