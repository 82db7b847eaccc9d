"""Nine weeks of daily runs over towns whose law moves and whose hosts fail: the laws of long use."""

from statistics import median

import pytest

from regstatus.cli import main
from regstatus.model.words import EventKind
from tests.support.told import MODELLED
from tests.support.towns import LIMIT, OUTAGE
from tests.support.years import Years

DAYS, DOCUMENTS, SEED = 63, 24, 4
CALM = {"versions", "words"}
"""What may not grow on a day on which nothing is told."""


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    years = Years(tmp_path_factory.mktemp("years"), SEED, DAYS, DOCUMENTS, isolate=False)
    years.runs, years.sizes, years.opened = [], [], []
    for day in range(DAYS):
        with years.opening() as opened:
            years.runs.append(years.play(day))
        years.opened.append(len(opened))
        years.sizes.append(years.disk(block=1))
    yield years
    years.host.close()


def test_every_event_is_told_once_and_nothing_for_nothing(played):
    assert (played.missing, played.unexpected, played.twice) == (set(), set(), [])
    assert {event.kind for event in played.expected} == MODELLED
    assert set(EventKind) > MODELLED


def test_each_target_gets_one_message_for_a_run_with_news_and_each_event_in_one(played):
    assert played.wrong_alerts() == []
    assert 0 < played.alerts["some"] <= played.alerts["all"] < DAYS
    assert 0 < played.events["some"] < played.events["all"]


def test_on_a_day_without_news_no_version_and_no_words_are_kept_and_a_run_opens_no_more_files(
    played,
):
    grown, opened = [], []
    for day in range(1, DAYS):
        before, after = played.sizes[day - 1 : day + 1]
        if not played.runs[day].changes and day not in played.mended:
            assert {kind for kind in CALM if after[kind] != before[kind]} == set()
            asked = sum(played.runs[day].counts.values())
            grown.append((sum(after.values()) - sum(before.values())) / asked)
            opened.append(played.opened[day] / asked)
    assert len(grown) >= 8
    assert median(grown[-4:]) < 1.25 * median(grown[:4])
    assert median(opened[-4:]) < 1.25 * median(opened[:4])
    assert played.sizes[-1]["ledger"] < 1.5 * played.sizes[DAYS // 2]["ledger"]


def test_at_the_end_answers_are_the_law_and_the_store_is_sound(played, capsys):
    assert played.laxer() == []
    assert set(played.states()) <= {"fresh", "due"}
    assert main(["snapshots", "verify", "--snapshots", str(played.store)]) == 0
    assert "sound" in capsys.readouterr().out


def test_the_world_holds_what_it_is_said_to_hold(played):
    towns = played.world.towns
    assert any(law.enacted for town in towns for law in town.laws)
    assert any(not law.enacted for town in towns for law in town.laws[1:])
    assert sum(len(town.walled) for town in towns) == DAYS // 7
    assert [len(town.away) for town in towns if town.away] == [len(OUTAGE)] > [LIMIT]
    assert sum(len(town.moves) for town in towns) == 2
