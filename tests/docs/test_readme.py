"""What the README claims in numbers is what the catalogue holds."""

import re
from pathlib import Path

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


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
