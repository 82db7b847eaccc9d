"""Spoilt things from outside give a result or the documented error, soon; `make fuzz` runs longer."""

import random

import pytest

from tools.fuzz import Fuzz, spoil, spoil_json

SEED = 20261122
CASES = {"extract": 350, "source": 600, "name": 500, "feed": 300, "warc": 200, "store": 40}


@pytest.fixture(scope="module")
def fuzz(tmp_path_factory):
    return Fuzz(SEED, tmp_path_factory.mktemp("fuzz"))


def test_every_target_is_played_here(fuzz):
    assert set(CASES) == set(fuzz.targets)


@pytest.mark.parametrize("target", CASES)
def test_what_is_spoilt_is_read_or_refused(fuzz, target):
    failures = [fuzz.play(target, number) for number in range(CASES[target])]
    told = [f"{one.case} --seed {SEED}\n{one.says}" for one in failures if one]
    assert told == []


def test_a_fault_is_found_and_named(fuzz, monkeypatch):
    monkeypatch.setattr("tools.fuzz.check_text", lambda *_: 1 / 0)
    failure = fuzz.play("source", 0)
    assert failure.case == "source:0"
    assert "ZeroDivisionError" in failure.says
    assert failure.data


def test_a_case_that_takes_too_long_is_a_fault(fuzz, monkeypatch):
    def hang(*_):
        while True:
            pass

    monkeypatch.setattr("tools.fuzz.SLOW", 0.2)
    monkeypatch.setattr("tools.fuzz.check_text", hang)
    assert "took longer than" in fuzz.play("source", 0).says


def test_the_same_seed_spoils_in_the_same_way_and_others_in_others():
    good = b'{"a": [1, 2, {"b": "c"}], "d": "some words"}'
    for way in (spoil, spoil_json):
        made = [way(good, random.Random(n)) for n in range(50)]
        assert made == [way(good, random.Random(n)) for n in range(50)]
        assert len(set(made)) > 15
