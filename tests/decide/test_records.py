"""Two witnesses: the recorded timeline and the text; unreadable changes nothing, the stricter wins."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regstatus.decide.records import in_force
from regstatus.decide.verdicts import judge
from regstatus.model.law import Activity, Grade, Status, Substance
from regstatus.model.record import Period, Record
from regstatus.model.words import Context
from tests.support.make import TEXAS, finding, mention, record, source

GOOD = {"hs-444": finding(age=18, cap=2.0), "hs-481": finding()}


def test_without_a_reading_the_record_says_what_people_recorded_and_its_grade():
    made = record()
    assert made["timeline"][1]["statuses"]["leaf"] == "regulated"
    assert set(made["timeline"][1]["grades"].values()) == {"secondary"}
    assert made["contradictions"] == []


def test_a_confirming_text_raises_the_grade_of_what_rests_on_it_alone():
    grades = record(findings=GOOD)["timeline"][1]["grades"]
    assert grades["leaf"] == grades["7-oh"] == "official_text"
    assert grades["mitragynine"] == "official_text"
    assert grades["derivatives"] == "secondary"
    assert record(findings=GOOD)["timeline"][0]["grades"]["leaf"] == "secondary"


def test_an_unreadable_text_changes_nothing():
    before = record(findings=GOOD)
    after = record(findings={"hs-444": finding(readable=False)}, previous=before)
    assert after == before


def test_what_was_read_stands_until_it_is_read_again():
    before = record(findings=GOOD)
    assert record(previous=before) == before


def test_a_plant_that_enters_a_silent_schedule_is_banned_until_reviewed():
    listed = finding(mention(Substance.LEAF, Context.LISTED, "Mitragyna speciosa"))
    made = record(findings={**GOOD, "hs-481": listed})
    [item] = made["contradictions"]
    assert item["sets"] == {"leaf": "banned"}
    assert item["observed"] == "listed"
    assert "Mitragyna speciosa" in item["quote"]
    assert made["timeline"][1]["statuses"]["leaf"] == "regulated"


def test_a_schedule_that_lists_what_nobody_asked_about_is_heard():
    text = TEXAS.replace('shows = { leaf = "silent", mitragynine', "shows = { mitragynine")
    found = finding(mention(Substance.LEAF, Context.LISTED))
    [item] = record(text, findings={"hs-481": found})["contradictions"]
    assert item["sets"] == {"leaf": "banned"}
    named = finding(mention(Substance.LEAF, Context.MENTIONED))
    assert record(text, findings={"hs-481": named})["contradictions"] == []


def test_a_schedule_may_say_that_its_listing_is_less_than_a_ban():
    text = TEXAS.replace("complete = true", 'complete = true\nlisting = "sale_prohibited"')
    made = record(text, findings={"hs-481": finding(mention(Substance.LEAF, Context.LISTED))})
    assert made["contradictions"][0]["sets"] == {"leaf": "sale_prohibited"}


def test_a_plant_that_leaves_a_schedule_is_never_silently_legal():
    text = TEXAS.replace('leaf = "silent", mitra', 'leaf = "listed", mitra')
    made = record(text, findings={"hs-481": finding()})
    [item] = made["contradictions"]
    assert (item["recorded"], item["observed"], item["sets"]) == ("listed", "silent", {})


@pytest.mark.parametrize(
    ("found", "sets"),
    [(finding(age=21, cap=2.0), {"minimum_age": 21}), (finding(age=16, cap=2.0), {})],
)
def test_of_two_ages_the_higher_governs(found, sets):
    [item] = record(findings={**GOOD, "hs-444": found})["contradictions"]
    assert item["about"] == "minimum_age"
    assert item["sets"] == sets


@pytest.mark.parametrize(("cap", "sets"), [(1.0, {"seven_oh_cap": "1%"}), (3.0, {}), (None, {})])
def test_of_two_caps_the_lower_governs(cap, sets):
    [item] = record(findings={**GOOD, "hs-444": finding(age=18, cap=cap)})["contradictions"]
    assert item["about"] == "seven_oh_cap"
    assert item["sets"] == sets


def test_a_new_outright_prohibition_is_taken_as_the_stricter_reading():
    found = finding(age=18, cap=2.0, forbids=(Activity.POSSESS,))
    made = record(findings={**GOOD, "hs-444": found})
    assert made["contradictions"][0]["sets"] == {"leaf": "banned"}


def test_a_contradiction_keeps_the_day_it_was_first_seen():
    found = {**GOOD, "hs-444": finding(age=21, cap=2.0)}
    before = record(findings=found, on=date(2026, 11, 1))
    after = record(findings=found, previous=before, on=date(2026, 11, 22))
    assert after["contradictions"][0]["found_on"] == "2026-11-01"
    assert after == before


@pytest.mark.parametrize(
    ("recorded", "cap", "sets"),
    [
        ("5%", 3.0, "3%"),
        ("5%", 1.0, "1%"),
        ("10%", 9.5, "9.5%"),
        ("1%", 1.5, None),
        ("4%", 6.0, None),
    ],
)
def test_a_cap_that_is_not_the_expected_one_counts_where_it_is_stricter_than_the_record(
    recorded, cap, sets
):
    text = TEXAS.replace('\nseven_oh_cap = "2%"', f'\nseven_oh_cap = "{recorded}"')
    [item] = record(text, {**GOOD, "hs-444": finding(age=18, cap=cap)})["contradictions"]
    assert item["sets"] == ({"seven_oh_cap": sets} if sets else {})


def test_a_contradiction_takes_back_no_grade_but_earns_none():
    made = record(findings={**GOOD, "hs-444": finding(age=21, cap=2.0)})
    assert made["timeline"][1]["grades"]["leaf"] == "secondary"


def test_a_grade_is_earned_for_the_period_that_was_in_force_at_the_reading():
    text = TEXAS + TEXAS[TEXAS.rindex("[[timeline]]") :].replace("2023-09-01", "2026-12-01")
    before = record(text, findings=GOOD, on=date(2026, 11, 22))
    later = record(text, previous=before, on=date(2026, 12, 2))
    assert later["timeline"][1]["grades"]["leaf"] == "official_text"
    assert later["timeline"][2]["grades"]["leaf"] == "secondary"


NEXT = TEXAS + TEXAS[TEXAS.rindex("[[timeline]]") :].replace("2023-09-01", "2026-12-01").replace(
    '"regulated"', '"banned"'
)


def test_what_a_text_said_of_the_old_law_never_confirms_the_new():
    made = record(NEXT, findings=GOOD, on=date(2026, 12, 2))
    assert made["timeline"][2]["grades"]["leaf"] == "secondary"
    assert [item["about"] for item in made["contradictions"]] == ["period", "period"]
    assert [item["sets"] for item in made["contradictions"]] == [{}, {}]


def test_a_dated_document_speaks_for_its_own_days_alone():
    ends = NEXT.replace('reads = "statute"', 'reads = "statute"\nuntil = 2026-12-01')
    before = record(ends, findings=GOOD, on=date(2026, 11, 30))
    assert before["documents"]["hs-444"]["verdict"] == "confirms"
    after = record(ends, findings=GOOD, on=date(2026, 12, 1))
    assert after["documents"]["hs-444"]["verdict"] is None
    assert after["documents"]["hs-444"]["settles"] == []
    begins = NEXT.replace('reads = "statute"', 'reads = "statute"\nfrom = 2026-12-01')
    early = record(begins, findings={"hs-444": finding()}, on=date(2026, 11, 30))
    assert early["contradictions"] == []
    late = record(begins, findings={**GOOD, "hs-481": finding()}, on=date(2026, 12, 1))
    assert late["documents"]["hs-444"]["verdict"] == "confirms"
    assert late["timeline"][2]["grades"]["leaf"] == "official_text"


def test_what_was_read_before_a_law_began_does_not_contradict_it_where_the_host_fails_that_day():
    begins = NEXT.replace('reads = "statute"', 'reads = "statute"\nfrom = 2026-12-01')
    before = record(begins, findings={"hs-444": finding(age=18)}, on=date(2026, 11, 30))
    then = record(begins, previous=before, on=date(2026, 12, 1))
    assert then["contradictions"] == []
    assert then["documents"]["hs-444"]["verdict"] is None
    assert then["timeline"][2]["grades"]["leaf"] == "secondary"
    read = record(begins, findings={"hs-444": finding(age=18)}, previous=then, on=date(2026, 12, 1))
    assert {item["document"] for item in read["contradictions"]} == {"hs-444"}
    # Once it was read under that law a failure changes nothing.
    failed = record(begins, previous=read, on=date(2026, 12, 2))
    assert failed["contradictions"] == read["contradictions"]


def test_a_moved_address_drops_what_the_old_one_said():
    before = record(findings=GOOD)
    text = TEXAS.replace("HS.444.htm", "HS.445.htm")
    assert record(text, previous=before)["documents"]["hs-444"]["finding"] is None


def test_a_phrase_that_is_gone_contradicts():
    text = TEXAS.replace('seven_oh_cap = "2%" }', 'seven_oh_cap = "2%", duties = ["testing"] }')
    [item] = record(text, findings=GOOD)["contradictions"]
    assert item["about"] == "duty: testing"


_contexts = st.lists(
    st.builds(mention, st.sampled_from(Substance), st.sampled_from(Context)), max_size=6
)


@given(
    _contexts, st.integers(10, 30) | st.none(), st.sampled_from([0.5, 1.0, 2.0, 5.0]) | st.none()
)
def test_no_text_ever_makes_an_answer_more_permissive(mentions, age, cap):
    found = finding(*mentions, age=age, cap=cap)
    made = Record.model_validate(record(findings={"hs-444": found, "hs-481": found}))
    current = in_force(made.timeline, date(2026, 11, 22))
    for item in made.contradictions:
        for key, value in item.sets.items():
            if key in set(Substance):
                recorded = current.statuses[Substance(key)]
                assert Status(value).severity > recorded.severity
            if key == "minimum_age":
                assert value > 18


@given(_contexts)
def test_deciding_twice_on_the_same_text_says_the_same(mentions):
    found = {"hs-481": finding(*mentions)}
    before = record(findings=found)
    assert record(findings=found, previous=before) == before


_days = st.dates(date(2000, 1, 1), date(2030, 1, 1))


@given(st.lists(_days, min_size=1, max_size=6, unique=True), _days)
def test_every_day_has_at_most_one_period_and_gaps_are_none(starts, day):
    starts.sort()
    timeline = tuple(
        Period(from_=a, until=b, statuses={}, grades={}, basis="express")
        for a, b in zip(starts, [*starts[1:], None], strict=True)
    )
    fitting = [p for p in timeline if p.from_ <= day and (p.until is None or day < p.until)]
    assert len(fitting) <= 1
    assert in_force(timeline, day) == (fitting[0] if fitting else None)


def test_a_feed_never_judges():
    text = TEXAS.replace('reads = "schedule"', 'reads = "feed"')
    text = text.replace(
        'shows = { leaf = "silent", mitragynine = "silent", "7-oh" = "silent" }\n', ""
    )
    text = text.replace('settles = ["mitragynine"]\n', "")
    document = source(text).documents[1]
    assert judge(document, finding(mention(Substance.LEAF, Context.LISTED)), None) == ()


def test_grades_are_ranked_from_official_text_to_none():
    assert [g.rank for g in Grade] == [3, 2, 1, 0]
