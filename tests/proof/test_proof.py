"""Page now, page later: what proves nothing renews nothing, and what is good is not doubted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.proof.case import Case, encoded
from tests.proof.laws import schedule, with_entry
from tests.proof.results import MOST_DOUBTED, PROVEN, Proven, proof_line
from tests.proof.stage import Played, play
from tests.proof.suite import CASES, FAMILIES, KNOWN


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """Every case after its three runs."""
    found = play(CASES, tmp_path_factory.mktemp("proof"))
    PROVEN.extend(proven(one) for one in found)
    return found


def proven(one: Played) -> Proven:
    case = one.case
    return Proven(case.id, case.good, one.wrong is not None, one.renewed, one.doubted)


def test_every_case_has_an_id_of_its_own_and_a_later_page_of_its_own():
    ids = [case.id for case in CASES]
    assert sorted(set(ids)) == sorted(ids)
    assert set(ids) >= KNOWN
    same = [
        case.id
        for case in CASES
        if case.later == case.first and not case.headers and "nothing at all" not in case.id
    ]
    assert same == []
    alike: dict[object, list[str]] = {}
    for case in CASES:
        whole = case.law.entry, case.first, case.later, tuple(case.headers)
        alike.setdefault(whole, []).append(case.id)
    assert [ids for ids in alike.values() if len(ids) > 1] == []


@pytest.mark.parametrize("family", FAMILIES)
def test_the_page_of_now_proves_the_record(played, family):
    assert {
        one.case.id: one.seen[0].words
        for one in played
        if one.case.family == family and not one.verified
    } == {}


@pytest.mark.parametrize("family", FAMILIES)
def test_no_later_page_is_trusted_that_proves_nothing_and_none_doubted_that_is_good(played, family):
    faults = {one.case.id: one.fault for one in played if one.case.family == family and one.fault}
    new = {name: fault for name, fault in faults.items() if name not in KNOWN}
    mended = sorted(
        name for name in KNOWN if name.partition(":")[0] == family and name not in faults
    )
    assert new == {}
    assert mended == [], "these are right now: take them out of known_wrong.txt"


def test_the_three_numbers(played):
    unknown = [one for one in played if one.case.id not in KNOWN]
    assert [one.case.id for one in unknown if one.wrong] == []
    assert [one.case.id for one in unknown if one.renewed] == []
    good = [one for one in played if one.case.good]
    assert sum(one.doubted for one in good) <= MOST_DOUBTED * len(good)


def test_the_harness_would_see_a_wrong_answer_a_wrong_renewal_and_a_wrong_doubt(tmp_path):
    law = schedule("en", "p")
    listed = encoded(with_entry(law, "Kratom"))
    same = encoded(law.page.replace("Office", "Bureau"))
    planted = [
        Case("planted: stricter where it must not be", law, listed),
        Case("planted: a page that proves it, said to be bad", law, same),
        Case("planted: a page that contradicts it, said to be good", law, listed, good=True),
        Case("planted: a page of now that proves nothing", law, same, now=listed),
        Case("right: stricter by contradiction", law, listed, stricter=True),
        Case("right: nothing happens", law, same, good=True),
    ]
    found = play(planted, tmp_path)
    told = [(one.fault or "right").partition(":")[0] for one in found]
    assert told == [
        "wrong answer",
        "wrongly renewed",
        "wrong answer",
        "the page of now proves nothing",
        "right",
        "right",
    ]
    assert [one.doubted for one in found] == [False, False, True, False, False, False]
    first, *later = found[4].seen
    softer = replace(later[0], answer=tuple(number - 1 for number in first.answer))
    assert replace(found[4], seen=(first, softer, softer)).wrong is not None
    line = proof_line([proven(one) for one in found])
    assert line == (
        "proof harness: 6 cases, 2 wrong answers, 1 wrongly renewed, "
        "1 of 2 good pages wrongly doubted (50.0 %)"
    )
