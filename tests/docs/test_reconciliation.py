"""The independent count: our side of the comparison is what the records say."""

import re
from pathlib import Path

from tests.support.make import NOON

PAGE = (Path(__file__).parents[2] / "docs" / "reconciliation.md").read_text(encoding="utf-8")


def own_statuses(whole):
    from regstatus.query.dataset import Dataset

    for answer in Dataset(whole).answers(on="2026-01-31", now=NOON):
        if answer.id.startswith("US-") and "/" not in answer.id:
            yield answer.id, answer.to_dict()["layers"][0]["substances"]


def test_the_page_names_each_state_that_restricted_kratom_in_january_2026(whole):
    told = {}
    for line in PAGE.partition("## Why")[0].splitlines():
        for place in re.findall(r"US-[A-Z]{2}", line):
            told[place] = line.split("|")[1].strip()
    found = {}
    for place, statuses in own_statuses(whole):
        if set(statuses.values()) - {"unregulated", "unknown"}:
            leaf = statuses["leaf"]
            found[place] = leaf if leaf != "unregulated" else "unregulated, an alkaloid restricted"
    assert told == found
    assert f"**{len(found)}** states" in PAGE
