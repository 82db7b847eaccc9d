"""What the search of the pages knows: with it alone a script finds what the registry finds."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from regstatus.catalog.places import Registry, name_key
from regstatus.model.event_kinds import KINDS
from regstatus.model.law import (
    DUTIES,
    Activity,
    FreshnessState,
    Grade,
    Permission,
    Status,
    Substance,
)
from regstatus.model.words import UrlBasis
from regstatus.web import render
from tests.web.spellings import read, spellings


@pytest.fixture(scope="module")
def data(site):
    return json.loads(site.get("data/names.json").body)


def means(data, text):
    """The rule of the script, written once more."""
    key = name_key(text)
    codes = {name_key(row[0]): row[0] for row in data["places"]} | data["codes"]
    if text.isdigit():
        return [codes[text]] if text in codes else []
    found = [codes.get(key)] if text.isascii() else []
    for ident, name, _level, *aliases in data["places"]:
        spelt = {name, *aliases, *([name.partition(" (")[0]] if "/" in ident else [])}
        if key in map(name_key, spelt):
            found.append(ident)
    return [ident for ident in dict.fromkeys([*found, data["short"].get(key)]) if ident]


def test_the_list_holds_every_place_with_its_other_names(data, site):
    assert [row[0] for row in data["places"]] == [place.id for place in site.edition.places]
    rows = {row[0]: row for row in data["places"]}
    assert rows["MM"][1:3] == ["Myanmar", "country"]
    assert "Burma" in rows["MM"]
    assert data["codes"]["gbr"] == "GB"
    assert data["codes"]["840"] == "US"
    assert data["short"]["tenn"] == "US-TN"


def test_the_list_gives_the_readings_of_the_registry(data, whole):
    known = Registry(whole.localities())
    texts = ["UK", "America", "ROC", "Georgia", "Washington", "Korea", "AL", "ČR", "Tenn.", "DR"]
    texts += [place.name for place in known.all()][::7]
    for text in texts:
        assert sorted(means(data, text)) == sorted(p.id for p in known.readings(text)), text


def test_a_name_that_the_registry_asks_back_is_borne_by_several(data):
    assert means(data, "Georgia") == ["GE", "US-GA"]
    assert means(data, "Congo") == ["CD", "CG"]


def test_the_readings_lead_where_the_service_leads(whole, site):
    """One reading is the answer; of several the service takes a code, or asks back."""
    known = Registry(whole.localities())
    for text in spellings(known.all()):
        found = [place.id for place in known.readings(text)]
        said = read(whole, text)
        # A town without its state may be another's, which the service knows and the page does not.
        bare = len(found) == 1 and known.interpret(text).bare_locality
        assert bare or (said == found[0] if said else len(found) != 1), (text, found, said)


def test_the_list_stays_small(site):
    assert len(site.get("data/names.json").body) < 100_000


def test_the_kinds_that_only_runs_have_are_those_of_the_pipeline(site):
    page = site.get("changes.html").body.decode()
    assert page.count("(of a run)") == sum(kind.of_a_run for kind in KINDS.values())
    assert "is not among the changes above" in page


@pytest.mark.parametrize(
    ("table", "known"),
    [
        ("labels", Substance), ("substances", Substance), ("statuses", Status), ("grades", Grade),
        ("freshness", FreshnessState), ("activities", Activity), ("permission_words", Permission),
        ("duties", DUTIES), ("url_bases", UrlBasis),
    ],
)  # fmt: skip
def test_every_word_of_the_law_is_said_to_people(table, known):
    glossary = tomllib.loads(Path(render.__file__).with_name("words.toml").read_text("utf-8"))
    assert set(glossary[table]) == set(map(str, known))
    assert all(glossary[table].values())
