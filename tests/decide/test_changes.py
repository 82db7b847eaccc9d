"""Changes are typed; «the law moved» is told apart from «we were wrong»."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regstatus.decide.changes import compare, flips, reached
from regstatus.decide.layer import Layer
from regstatus.model.canonical import canonical, snapshot_bytes
from regstatus.model.law import Activity, Substance
from regstatus.model.words import Context, EventKind
from tests.support.make import FEDERAL, TEXAS, TODAY, finding, mention, record

TX = record()
BAN = (
    TEXAS
    + """
[[timeline]]
from = 2026-11-01
leaf = "banned"
mitragynine = "banned"
"7-oh" = "banned"
derivatives = "banned"
grade = "secondary"
instruments = ["sb-497"]
"""
)


def events(before, after, on=TODAY):
    return compare({"US-TX": before}, {"US-TX": after}, on)


def kinds(before, after, on=TODAY):
    return [str(change.kind) for change in events(before, after, on)]


@given(st.sampled_from([TX, record(BAN), record(findings={"hs-444": finding(age=21)})]))
def test_nothing_differs_from_itself(made):
    assert compare({"US-TX": made}, {"US-TX": made}, TODAY) == []


def test_a_law_that_moved_after_our_attestation_is_a_status_change_on_its_day():
    found = [c for c in events(TX, record(BAN)) if c.kind == "status_changed"]
    assert {c.substance for c in found} == {"leaf", "mitragynine", "7-oh", "derivatives"}
    leaf = next(c for c in found if c.substance == "leaf")
    assert (leaf.before, leaf.after, leaf.law_date) == ("regulated", "banned", "2026-11-01")
    assert "regulated to banned" in leaf.sentence


def test_a_past_that_was_rewritten_is_a_correction_not_a_change_of_law():
    wrong = record(TEXAS.replace('leaf = "regulated"', 'leaf = "banned"'))
    change, lifted = [c for c in events(wrong, TX) if c.substance == "leaf"]
    assert (change.kind, lifted.kind) == ("correction", "restriction_lifted")
    assert lifted.law_date is None
    assert change.law_date is None
    assert "did not move" in change.sentence


def test_a_restriction_that_was_lifted_is_told_as_such():
    lifted = BAN.replace('leaf = "banned"', 'leaf = "unregulated"')
    assert "restriction_lifted" in kinds(TX, record(lifted))


def lifted(before, after, on=TODAY):
    return [c for c in events(before, after, on) if c.kind == "restriction_lifted"]


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        ("minimum_age = 18\nseven", "minimum_age = 16\nseven", "minimum age 18", "minimum age 16"),
        ("minimum_age = 18\nseven", "seven", "minimum age 18", "minimum age none"),
        ('cap = "2%"\nduties', 'cap = "3%"\nduties', "7-OH limit 2%", "7-OH limit 3%"),
        ("labelling = true", "labelling = false", "labelling required", "labelling not required"),
        ('grade = "secondary"\nminimum', 'grade = "secondary"\nimport = "yes"\nminimum',
         "import leaf depends", "import leaf yes"),
    ],
)  # fmt: skip
def test_whatever_term_becomes_laxer_is_told_as_lifted(old, new, was, now):
    assert old in TEXAS
    found = {(c.before, c.after) for c in lifted(TX, record(TEXAS.replace(old, new)))}
    assert (was, now) in found
    assert lifted(record(TEXAS.replace(old, new)), TX) == [] or was.startswith("import")


@pytest.mark.parametrize("after", ["unregulated", "age_restricted", "unknown"])
def test_a_laxer_status_is_lifted_whether_the_law_moved_or_the_record_was_wrong(after):
    moved = record(BAN.replace('leaf = "banned"', f'leaf = "{after}"'))
    found = [c for c in lifted(TX, moved) if c.substance == "leaf"]
    assert [(c.before, c.after) for c in found] == [("regulated", after)]
    rewritten = record(TEXAS.replace('leaf = "regulated"', f'leaf = "{after}"'))
    kinds_of_leaf = [c.kind for c in events(TX, rewritten) if c.substance == "leaf"]
    assert kinds_of_leaf == ["correction", "restriction_lifted"]


def test_what_a_ban_takes_the_place_of_was_not_lifted():
    assert lifted(TX, record(BAN)) == []


def test_a_stricter_reading_that_a_person_let_go_is_told_as_lifted():
    odd = record(findings={"hs-444": finding(age=21, cap=1.0)})
    reviewed = TEXAS.replace("attested = 2026-06-07", "attested = 2026-11-22")
    back = record(reviewed, {"hs-444": finding(age=18, cap=2.0)}, odd)
    assert {(c.before, c.after) for c in lifted(odd, back)} == {
        ("minimum age 21", "minimum age 18"), ("7-OH limit 1%", "7-OH limit 2%"),
    }  # fmt: skip
    assert "contradiction_resolved" in kinds(odd, back)


def test_a_timeline_made_laxer_lifts_nothing_while_a_contradiction_stands():
    listed = {"hs-481": finding(mention(Substance.LEAF, Context.LISTED))}
    banned = record(findings=listed)
    again = record(BAN.replace('leaf = "banned"', 'leaf = "unregulated"'), listed, banned)
    assert Layer("US-TX", again, TODAY).status("leaf") == "banned"
    assert [c for c in lifted(banned, again) if c.substance == "leaf"] == []


@pytest.mark.parametrize("end", ["leaf", "mitragynine", "derivatives"])
def test_a_day_that_brings_a_laxer_law_or_the_end_of_one_is_told_as_lifted(end):
    text = BAN.replace("from = 2026-11-01", "from = 2026-11-01\nuntil = 2026-12-01")
    if end != "leaf":
        text += (
            BAN[BAN.rindex("[[timeline]]") :]
            .replace("2026-11-01", "2026-12-01")
            .replace(f'{end} = "banned"', f'{end} = "regulated"')
        )
    found = list(reached({"US-TX": record(text)}, date(2026, 11, 30), date(2026, 12, 1)))
    freed = {c.substance: c.after for c in found if c.kind == "restriction_lifted"}
    assert freed[end] == ("unknown" if end == "leaf" else "regulated")
    assert {c.law_date for c in found} == {"2026-12-01"}
    early = list(reached({"US-TX": record(text)}, date(2026, 11, 29), date(2026, 11, 30)))
    assert early == []


def test_a_new_age_is_a_change_of_terms():
    older = record(TEXAS.replace("minimum_age = 18\nseven", "minimum_age = 21\nseven"))
    [change] = [c for c in events(TX, older) if c.kind == "terms_changed"]
    assert (change.before, change.after) == ("18", "21")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("minimum_age = 18\n", "18"),
        ('seven_oh_cap = "2%"\n', "2%"),
        ("duties = { labelling = true, testing = false }\n", "labelling yes, testing no"),
    ],
)
def test_what_is_no_longer_on_record_is_called_not_recorded_and_never_none(line, what):
    assert TEXAS.count(line) == 1
    for before, after in (
        (TX, record(TEXAS.replace(line, ""))),
        (record(TEXAS.replace(line, "")), TX),
    ):
        [change] = [c for c in events(before, after) if c.kind == "terms_changed"]
        assert {change.before, change.after} == {what, "not recorded"}
        assert " none" not in change.sentence


def test_an_enacted_future_is_announced_and_its_withdrawal_too():
    future = record(BAN.replace("2026-11-01", "2027-01-01"))
    assert "future_change" in kinds(TX, future)
    [gone] = [c for c in events(future, TX) if c.kind == "future_change"]
    assert "no longer expected" in gone.sentence


def test_an_enacted_change_of_terms_alone_is_announced_with_them_and_so_is_another_of_it():
    later = TEXAS[TEXAS.rindex("[[timeline]]") :].replace("2023-09-01", "2027-01-01")
    made = [
        record(TEXAS + later.replace("minimum_age = 18", f"minimum_age = {age}"))
        for age in (21, 25)
    ]
    for before, after, says in ((TX, made[0], "minimum age 21"), (*made, "minimum age 25")):
        [change] = [c for c in events(before, after) if c.kind == "future_change"]
        assert says in change.sentence
    [change] = reached({"US-TX": made[1]}, date(2026, 12, 31), date(2027, 1, 1))
    assert ("minimum age 18" in change.before, "minimum age 25" in change.after) == (True, True)


def test_a_day_that_comes_is_told_once():
    records = {"US-TX": record(BAN.replace("2026-11-01", "2027-01-01"))}
    assert list(reached(records, date(2026, 12, 30), date(2026, 12, 31))) == []
    [change] = reached(records, date(2026, 12, 31), date(2027, 1, 1))
    assert change.kind == "effective_date_reached"
    assert list(reached(records, date(2027, 1, 1), date(2027, 1, 2))) == []


def test_a_contradiction_comes_first_and_its_end_is_told():
    odd = record(findings={"hs-444": finding(age=21, cap=2.0)})
    [change, *_] = events(TX, odd)
    assert change.kind == "contradicted"
    assert "stricter reading: minimum age 21" in change.sentence
    good = record(findings={"hs-444": finding(age=18, cap=2.0)})
    assert "contradiction_resolved" in kinds(odd, good)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ({"hs-444": finding(age=18, cap=1.0)},
         "on the 7-OH limit, Texas Health and Safety Code, chapter 444 says 1%, the record says 2%. "
         "Until it is reviewed, answers take the stricter reading: 7-OH limit 1%."),
        ({"hs-444": finding(age=18, cap=2.0, forbids=(Activity.SELL,))},
         "answers take the stricter reading: kratom leaf sale prohibited."),
        ({"hs-481": finding(mention(Substance.SEVEN_OH, Context.LISTED))},
         "answers take the stricter reading: 7-OH banned."),
        ({"hs-444": finding(age=18, cap=2.0), "hs-481": finding()},
         "went from secondary to official text."),
    ],
)  # fmt: skip
def test_events_are_told_in_the_words_of_people_not_of_the_record(found, says):
    told = [change.sentence for change in events(TX, record(findings=found))]
    assert any(says in sentence for sentence in told), told
    assert not any("_" in sentence or "7-oh" in sentence for sentence in told)


def test_a_status_that_moved_is_told_in_the_words_of_people():
    told = [c.sentence for c in events(TX, record(BAN.replace('"banned"', '"sale_prohibited"')))]
    assert any("7-OH went from regulated to sale prohibited" in sentence for sentence in told)


def test_a_better_grade_is_told():
    good = {"hs-444": finding(age=18, cap=2.0), "hs-481": finding()}
    assert "grade_changed" in kinds(TX, record(findings=good))


def test_other_law_cited_and_another_address_are_told():
    assert "citation_changed" in kinds(TX, record(TEXAS.replace("2023 SB 497", "2023 S.B. 497")))
    assert "source_moved" in kinds(TX, record(TEXAS.replace("HS.481.htm", "HS.4810.htm")))


def test_records_that_come_and_go_are_told():
    us = record(FEDERAL)
    assert [c.kind for c in compare({}, {"US": us}, TODAY)] == ["record_added"]
    [gone] = compare({"US": us}, {}, TODAY)
    assert gone.kind == "record_withdrawn"
    assert "unknown" in gone.sentence


def test_flips_count_jurisdictions_whose_answer_differs_today():
    assert flips({"US-TX": TX}, {"US-TX": record(BAN)}, TODAY) == ["US-TX"]
    assert flips({"US-TX": TX}, {"US-TX": record(BAN)}, date(2026, 10, 1)) == []
    assert flips({}, {"US-TX": TX}, TODAY) == []
    assert flips({"US-TX": TX}, {}, TODAY) == ["US-TX"]


def test_an_event_is_json_with_nulls_for_what_is_absent():
    [change] = compare({}, {"US": record(FEDERAL)}, TODAY)
    data = change.to_dict()
    assert data["substance"] is None
    assert data["kind"] == "record_added"


RICH = record(
    BAN.replace("2026-11-01", "2027-01-01").replace(
        "duties = { labelling = true, testing = false }",
        """duties = { testing = false, labelling = true, packaging = true }
limits = { places = "not near schools", persons = "adults", online = "no" }
export = "no"
cultivate = "limited"
""",
    ).replace('instruments = ["sb-497"]', 'instruments = ["sb-497", "hs-444", "hs-481"]'),
    findings={"hs-444": finding(age=21, cap=1.0)},
)  # fmt: skip


def shuffled(value, draw):
    """The same JSON, its keys in another order at every depth."""
    if isinstance(value, dict):
        keys = draw(st.permutations(list(value)))
        return {key: shuffled(value[key], draw) for key in keys}
    return [shuffled(item, draw) for item in value] if isinstance(value, list) else value


TOUCHED = {
    "attested": "2026-11-20",
    "attested_by": "another reader",
    "stale_after_days": 90,
    "notes": "Nothing of this is law.",
    "adopts_federal": "automatic",
}


@given(st.data(), st.sampled_from([TX, RICH, record(BAN), record(FEDERAL)]))
def test_the_order_in_which_a_record_was_written_is_no_fact(data, made):
    again = shuffled(made, data.draw)
    assert snapshot_bytes({"US-TX": again}) == snapshot_bytes({"US-TX": made})
    key = data.draw(st.sampled_from(sorted(TOUCHED)))
    for before, after in ((made, again), (again, made)):
        assert events(before, {**after, key: TOUCHED[key]}) == []
    # What did change is said in the same words, whichever order the two were written in.
    other = record(BAN.replace("labelling = true", "labelling = false"))
    assert events(made, other) == events(again, shuffled(other, data.draw))
    days = (date(2023, 1, 1), date(2029, 1, 1))
    assert list(reached({"x": made}, *days)) == list(reached({"x": again}, *days))


@pytest.mark.parametrize("key", sorted(TOUCHED))
def test_a_touched_record_with_a_coming_period_announces_nothing(key):
    stored = json.loads(canonical(RICH))
    assert events(stored, {**RICH, key: TOUCHED[key]}) == []


@pytest.mark.parametrize("turn", [1, 2])
def test_laws_that_are_named_in_another_order_are_the_same_laws(turn):
    timeline = [
        {**period, "instruments": period["instruments"][turn:] + period["instruments"][:turn]}
        for period in RICH["timeline"]
    ]
    assert events(RICH, {**RICH, "timeline": timeline}) == []
    fewer = [{**period, "instruments": period["instruments"][:turn]} for period in timeline]
    assert kinds(RICH, {**RICH, "timeline": fewer}) == ["citation_changed"]


@pytest.mark.parametrize("name", ["of_a_later_release", "licence", "labels_in_words"])
def test_a_term_that_has_no_name_of_its_own_is_told_all_the_same(name):
    before, after = record(TEXAS), record(TEXAS)
    after["timeline"][-1][name] = "this and that"
    told = compare({"US-TX": before}, {"US-TX": after}, TODAY)
    assert [change.kind for change in told] == [EventKind.TERMS_CHANGED]
    assert told[0].after == "this and that"
    assert name.replace("_", " ") in told[0].sentence
