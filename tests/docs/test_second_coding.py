"""The second coding: published numbers follow from it, differences are resolved, facts are met."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime

import pytest

import regstatus
from tests.support.pages import ROOT, tool

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
CODING = tool("second_coding")


def facts():
    with (ROOT / "tests" / "facts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_place():
    found = {}
    for fact in facts():
        found.setdefault(fact["place"], []).append(fact)
    return sorted(found.items())


def held(answer, field):
    if field.startswith("duty:"):
        value = answer["duties"][field.removeprefix("duty:")]
    else:
        value = answer["may"][field] if field in answer["may"] else answer[field]
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_the_page_says_what_follows_from_the_kept_codings():
    assert (ROOT / "docs" / "second-coding.md").read_text(encoding="utf-8") == CODING.page()


def test_the_readme_and_the_pages_tell_its_numbers():
    cells = {
        row.split(" | ")[0][2:]: row[:-2].split(" | ")
        for row in CODING.page().split("\n")
        if " | " in row
    }
    _, compared, agree, *_ = cells["all but since"]
    counted = f"The law of {len(CODING.seconds())} places was coded twice"
    told = f"{agree} of {compared} compared fields agree"
    kappas = [f"{cells[f'status of {name}'][4]} for" for name in ("leaf", "7-oh", "derivatives")]
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    about = (ROOT / "regstatus/web/templates/about.html").read_text(encoding="utf-8")
    assert [
        words
        for words in (counted, told, *kappas, f"{len(facts())} read facts")
        if words not in readme
    ] == []
    assert counted in about
    assert told in about


def test_every_resolution_is_of_a_difference():
    kept = json.loads((ROOT / "docs/second-coding/resolutions.json").read_text(encoding="utf-8"))
    there = {(pair.place, pair.resolved_under) for pair in CODING.compared() if not pair.agrees}
    assert {(place, about) for place, said in kept.items() for about in said} == there


def test_sixty_places_and_all_that_regulate_or_ban_among_the_states_were_coded_twice():
    seconds = CODING.seconds()
    assert len(seconds) >= 60
    assert all(one["coded"] and one["sources"] is not None for one in seconds.values())


@pytest.mark.parametrize(
    ("pairs", "worth"),
    [
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")], 0.0),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15, 0.4),
        ([("a", "a")] * 7, None),
    ],
)
def test_kappa_is_agreement_beyond_chance(pairs, worth):
    assert CODING.kappa(pairs) == (None if worth is None else pytest.approx(worth))


def test_a_fact_that_one_coder_did_not_read_is_not_compared():
    first = {"substances": {"leaf": {"status": "banned", "since": None}}, "duties": {}, "may": {}}
    second = {
        "substances": {
            "leaf": {"status": None, "since_kind": None},
            "7-oh": {"status": "banned", "since_kind": None},
        },
        "minimum_age": None,
        "seven_oh_cap": None,
        "duties": {"labelling": True, "testing": None},
        "may": {"sell": None, "possess": "no"},
    }
    assert CODING.pairs("XX", first, second) == []


def test_at_least_151_facts_are_kept_with_address_and_words():
    kept = facts()
    assert len(kept) >= 151
    assert all(fact["address"] and fact["quotation"] for fact in kept)


@pytest.mark.parametrize(("place", "kept"), by_place())
def test_the_record_meets_each_fact_that_was_read(place, kept):
    for fact in kept:
        answer = regstatus.lookup(
            place,
            on=fact["day"],
            substance=fact["substance"],
            snapshots=ROOT / "snapshots",
            now=NOW,
        ).to_dict()
        assert held(answer, fact["field"]) == fact["value"], fact
