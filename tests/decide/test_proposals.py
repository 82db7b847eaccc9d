"""A proposal that may be law by now, or was not looked at for long, makes its record due, at every door."""

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest

from regstatus.catalog.sources import load_catalog
from regstatus.cli import main
from regstatus.decide.freshness import freshness
from regstatus.decide.records import decide
from regstatus.query.dataset import Dataset
from regstatus.store.reader import Store
from regstatus.web.service.app import application
from regstatus.web.service.library import Library
from tests.conftest import ROOT
from tests.support.make import FEDERAL, NOON, publish, record
from tests.web.conftest import running

READ = FEDERAL.replace('third-party reading"', 'A. Reader"\nread_officially = true').replace(
    "attested = 2026-10-10", "attested = 2026-11-20"
)
DAY = "earliest = 2026-11-13\n"


def at(day):
    return datetime.combine(date.fromisoformat(day), time(12), UTC)


def state(text, day):
    found = freshness(record(text, on=date(2026, 11, 20)), {}, at(day))
    return found["state"], [why for why in found["reasons"] if "2026-20943" in why]


@pytest.mark.parametrize("earliest", ["2026-11-21", "2026-11-29", "2026-12-02"])
def test_one_whose_earliest_day_has_passed_makes_a_fresh_record_due(earliest):
    text = READ.replace("2026-11-13", earliest)
    eve = (date.fromisoformat(earliest) - timedelta(days=1)).isoformat()
    assert state(text, eve) == ("attested", [])
    then, (why,) = state(text, earliest)
    assert then == "due"
    assert f"could have become law since {earliest}; not looked at since 2026-10-10" in why


@pytest.mark.parametrize("as_of", ["2026-08-24", "2026-08-30", "2026-09-05"])
def test_one_without_a_day_makes_it_due_90_days_after_anybody_looked(as_of):
    text = READ.replace(DAY, "").replace("as_of = 2026-10-10", f"as_of = {as_of}")
    turn = date.fromisoformat(as_of) + timedelta(days=90)
    assert state(text, (turn - timedelta(days=1)).isoformat()) == ("attested", [])
    then, (why,) = state(text, turn.isoformat())
    assert then == "due"
    assert why.startswith("pending ")
    assert why.endswith("without a day, not looked at for 90 days")


@pytest.mark.parametrize("change", [(DAY, DAY), (DAY, "earliest = 2026-11-14\n"), (DAY, "")])
def test_every_door_says_so(tmp_path, capsys, change):
    text = READ.replace(*change).replace("as_of = 2026-10-10", "as_of = 2026-07-01")
    publish(tmp_path, record(text))
    places = ("--snapshots", str(tmp_path), "--json")
    main(["lookup", "US", *places])
    told = [json.loads(capsys.readouterr().out)["freshness"]]
    main(["stale", "--due", *places])
    told += json.loads(capsys.readouterr().out)
    told.append(Dataset(Store(tmp_path).load()).lookup("US", now=NOON).to_dict()["freshness"])
    with running(application(Library(str(tmp_path), now=lambda: NOON))) as get:
        told.append(get("/v1/status/US").json["freshness"])
        told += get("/v1/stale").json["items"]
    assert len(told) == 5
    assert [one["state"] for one in told[2:]] == ["due"] * 3
    for one in told:
        assert any("FR Doc. 2026-20943" in why for why in one["reasons"]), one
    main(["review", *places])
    (item,) = (one for one in json.loads(capsys.readouterr().out) if one["kind"] == "passed")
    assert "since 2026-" in item["other"]


@pytest.mark.parametrize("earliest", ["2026-10-09", "2026-06-04", "2024-01-01"])
def test_a_day_before_the_one_on_which_it_was_pending_is_refused(tmp_path, capsys, earliest):
    file = tmp_path / "us.toml"
    file.write_text(FEDERAL.replace("2026-11-13", earliest), encoding="utf-8")
    assert main(["sources", "check", str(file)]) == 2
    assert f"pending[0].earliest: {earliest} lies before as_of" in capsys.readouterr().err


def test_every_proposal_that_ships_warns_from_its_day_on():
    seen = 0
    for source in load_catalog(ROOT / "sources", closely=True):
        made = decide(source, {}, None, date(2026, 11, 22)).to_json()
        for item in made["pending"]:
            turn = date.fromisoformat(item["as_of"]) + timedelta(days=90)
            turn = date.fromisoformat(item["earliest"]) if item["earliest"] else turn
            for days in (-1, 0, 1, 400):
                day = (turn + timedelta(days=days)).isoformat()
                told = freshness(made, {}, at(day))["reasons"]
                what = f"{item['citation']} ({item['stage']})"
                assert any(what in why for why in told) is (days >= 0), (source.jurisdiction, day)
            seen += 1
    assert seen > 30
