"""Pages of real form that say nothing new: the project's examples and real official documents."""

from __future__ import annotations

import pytest

from tests.proof import examples, realdocs
from tests.proof.results import MOST_DOUBTED, PROVEN, Proven
from tests.proof.stage import play

DOUBTED: dict[str, str] = {}
"""Good pages that are known to be doubted, and why."""


def doubts(found: dict[str, tuple[bool, str, bool]], least: int) -> None:
    """Count pages by name, with whether each was doubted, why, and whether its answer changed."""
    PROVEN.extend(
        Proven(name, good=True, wrong=wrong, renewed=False, doubted=doubted)
        for name, (doubted, _, wrong) in found.items()
    )
    assert len(found) >= least
    assert {name for name, (_, _, wrong) in found.items() if wrong} == set()
    doubted = {name: why for name, (doubted, why, _) in found.items() if doubted}
    assert {name: why for name, why in doubted.items() if name not in DOUBTED} == {}
    assert len(doubted) <= MOST_DOUBTED * len(found)


def test_the_example_pages_renew_unchanged_and_changed_harmlessly(tmp_path):
    watched = examples.play(tmp_path)
    found = {one.key: (one.doubted, one.words, len(set(one.told)) > 1) for one in watched}
    doubts(found, 190)


@pytest.mark.skipif(not realdocs.HERE, reason=f"realdocs not present: {realdocs.ROOT}")
def test_real_documents_renew_unchanged_and_changed_harmlessly(tmp_path):
    played = play(realdocs.cases(), tmp_path)
    assert {one.case.id: one.seen[0].words for one in played if not one.verified} == {}
    found = {one.case.id: (one.doubted, one.seen[-1].words, bool(one.wrong)) for one in played}
    doubts(found, 45)
