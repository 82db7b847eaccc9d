"""What is fresh enough, by grade and age: one rule for lists and orders; what is in doubt never is."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from regstatus import load
from regstatus.base.errors import UsageError
from regstatus.cli import main
from regstatus.decide.fresh_enough import is_enough, read_ages
from regstatus.query.listings import items
from regstatus.query.lists import View
from regstatus.store import open_store
from tests.support.make import publish, record

# Ibis calls DuckDB 2 by older names; that is theirs to mend.
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
RULE = "official_text:2y,official_notice:1y,secondary:90d"

PLACE = """
jurisdiction = "{id}"
attested = {day}
attested_by = "a person"
read_officially = {read}
stale_after = "60d"

[[timeline]]
leaf = "unregulated"
mitragynine = "unregulated"
"7-oh" = "unregulated"
derivatives = "unknown"
grade = "{grade}"
basis = "silence"
"""
BILL = """
[[pending]]
citation = "HB 12"
stage = "passed the House"
says = "Would put it in Schedule I."
substances = ["{of}"]
earliest = {day}
as_of = 2026-01-01
"""
DISPUTE = """
[[conflicts]]
about = "Whether it is law"
claims = ["A tracker: it is.", "An agency: it is not."]
held = "Neither."
"""
CHANGE = """
[[timeline]]
from = {day}
leaf = "unregulated"
mitragynine = "unregulated"
"7-oh" = "unknown"
derivatives = "unknown"
grade = "{grade}"
basis = "silence"
"""


def place(grade="secondary", days=10, key="US-WY", more=""):
    day = (NOON - timedelta(days=days)).date().isoformat()
    text = PLACE.format(id=key, day=day, grade=grade, read=str(grade == "official_text").lower())
    return record(text + more.format(day="2026-11-20", of="leaf", grade=grade))


def asked(capsys, monkeypatch, folder, rule, substance="leaf"):
    """What the list keeps, and the verdict and reason of an order to Wyoming."""
    for module in ("_list", "_screen"):
        monkeypatch.setattr(f"regstatus.cli.{module}.now", lambda: NOON)
    rest = ["--fresh-enough", rule, "--snapshots", str(folder)]
    assert main(["list", "--substance", substance, "--json", *rest]) == 0
    kept = [item["jurisdiction"]["id"] for item in json.loads(capsys.readouterr().out)]
    orders = folder / "orders.csv"
    orders.write_text(f"to,of\nUS-WY,{substance}\n")
    words = ["screen", str(orders), "--to", "to", "--product", "of", "--from", "US"]
    assert main([*words, *rest]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    return "US-WY" in kept, row["regstatus_verdict"], row["regstatus_reason"]


@pytest.mark.parametrize(
    ("grade", "days", "counts"),
    [
        ("secondary", 90, True), ("secondary", 91, False),
        ("official_notice", 365, True), ("official_notice", 366, False),
        ("official_text", 730, True), ("official_text", 731, False),
    ],
)  # fmt: skip
def test_each_grade_counts_for_its_age_and_no_longer(
    tmp_path, capsys, monkeypatch, grade, days, counts
):
    publish(tmp_path, place(grade, days), place("official_text", 1, "US"))
    kept, verdict, reason = asked(capsys, monkeypatch, tmp_path, RULE)
    # The weakest grade of both layers counts, and so does the oldest reading.
    assert (kept, verdict) == (counts, "ship" if counts else "ask")
    assert reason.endswith(f" Grade {grade}, {days} days old.")
    assert ("Not fresh enough. " in reason) != counts


@pytest.mark.parametrize(
    ("rule", "grade", "counts"),
    [
        ("secondary:90d", "official_text", True),
        ("secondary:90d,official_text:1d", "official_text", True),
        ("official_notice:90d", "secondary", False),
        ("official_text:9999y", "official_notice", False),
        ("OFFICIAL-NOTICE:12w", "official_notice", True),
        (" secondary : 1y , official_text:1y", "secondary", True),
    ],
)
def test_what_is_known_better_counts_as_long_and_what_is_known_worse_does_not(
    tmp_path, capsys, monkeypatch, rule, grade, counts
):
    publish(tmp_path, place(grade, 80), place(grade, 80, "US"))
    kept, verdict, _ = asked(capsys, monkeypatch, tmp_path, rule)
    assert (kept, verdict) == (counts, "ship" if counts else "ask")


def test_an_old_reading_of_the_layer_above_is_an_old_reading(tmp_path, capsys, monkeypatch):
    for days, verdict in ((5, "ship"), (90, "ship"), (91, "ask"), (400, "ask")):
        publish(tmp_path / str(days), place(days=1), place(days=days, key="US"))
        told = asked(capsys, monkeypatch, tmp_path / str(days), RULE)
        assert told[:2] == (verdict == "ship", verdict)
        assert told[2].endswith(f"{days} days old.")


@pytest.mark.parametrize("above", [False, True])
@pytest.mark.parametrize("more", [BILL, DISPUTE, CHANGE])
def test_what_something_speaks_against_never_counts(tmp_path, capsys, monkeypatch, more, above):
    sound, doubted = ("US-WY", "US") if above else ("US", "US-WY")
    publish(tmp_path, place(key=sound), place(key=doubted, more=more))
    kept, verdict, reason = asked(capsys, monkeypatch, tmp_path, "secondary:9y")
    assert (kept, verdict) == (False, "ask")
    assert "Not fresh enough: from 2026-11-" in reason
    assert asked(capsys, monkeypatch, tmp_path, "official_text:1d")[1] == "ask"


@pytest.mark.parametrize("of", ["leaf", "mitragynine", "7-oh"])
def test_what_is_about_another_substance_does_not_speak_against_this_one(
    tmp_path, capsys, monkeypatch, of
):
    bill = BILL.replace("{of}", of)
    dispute = f'{DISPUTE}substances = ["{of}"]\n'
    publish(tmp_path, place(more=bill), place(key="US", more=dispute))
    for name in ("leaf", "mitragynine", "7-oh"):
        kept, verdict, _ = asked(capsys, monkeypatch, tmp_path, "secondary:1y", name)
        assert (kept, verdict) == (name != of, "ask" if name == of else "ship")


@pytest.mark.parametrize(
    ("clock", "counts"),
    [
        ({}, True),
        ({"failures": 1, "failing_since": "2026-11-20T00:00:00Z", "problem": "gone"}, False),
        ({"text_changed_at": "2026-11-20T00:00:00Z"}, False),
        ({"via_copy": "https://copy.example.gov/", "last_ok": "2026-10-10T00:00:00Z"}, False),
    ],
)
def test_the_age_asked_for_decides_and_what_is_due_for_another_reason_never_counts(clock, counts):
    from regstatus.decide.freshness import freshness
    from tests.decide.test_freshness import TX, clocks

    found = freshness(TX, clocks(40, 40, **clock), NOON, substance="leaf")
    assert found["state"] == "due"
    assert is_enough("official_text", found, read_ages("official_text:1y"), NOON.date()) == counts
    assert not is_enough("official_text", found, read_ages("official_text:39d"), NOON.date())


@pytest.mark.parametrize(
    "text",
    ["", "90d", "secondary", "none:90d", "unknown:1y", "secondary:90", "secondary:6m", "secondary:-1d",
     "secondary:1d,", "secondary:1d,secondary:2d", "secondary:99999d", "secondary:\u0663d"],
)  # fmt: skip
def test_what_is_no_grade_with_an_age_is_refused_at_every_door(capsys, tmp_path, text):
    with pytest.raises(UsageError, match="official_text:2y,secondary:90d"):
        read_ages(text)
    if text:
        assert main(["list", "--fresh-enough", text]) == 2
        assert "official_text:2y,secondary:90d" in capsys.readouterr().err


def test_two_measures_at_once_are_refused(tmp_path, capsys):
    (tmp_path / "o.csv").write_text("to,of\nUS-WY,leaf\n")
    words = ["screen", str(tmp_path / "o.csv"), "--to", "to", "--product", "of"]
    assert main([*words, "--allow-stale", "9d", "--fresh-enough", "secondary:9d"]) == 2
    assert "give one" in capsys.readouterr().err


def test_of_our_own_records_none_counts_that_is_older_disputed_or_worse_known():
    view = View(open_store(None), load, NOON, everywhere=False)
    every = items(view, "status", {})
    sizes = []
    for rule in ("official_text:1d", RULE, "secondary:1y", "secondary:9999y"):
        ages = read_ages(rule)
        kept = items(view, "status", {"fresh_enough": rule})
        sizes.append(len(kept))
        assert all(item in every for item in kept)
        for item in kept:
            key, fresh = item["jurisdiction"]["id"], item["freshness"]
            own = load().snapshot.get(key)
            age = (NOON.date() - datetime.fromisoformat(fresh["as_of"]).date()).days
            assert age <= ages[item["grade"]], key
            assert not own["contradictions"], key
            assert all(entry.get("substances") for entry in own["conflicts"]), key
    assert sizes == sorted(sizes)
    assert 0 < sizes[-1] < len(every)
