"""For each day, past and to come, the strictest that was found stays, whatever comes later."""

from datetime import date, timedelta

import pytest

from regstatus.decide.changes import compare
from regstatus.decide.layer import Layer
from regstatus.fetch.settings import Settings
from regstatus.model.law import Activity, Substance
from regstatus.model.words import Context
from regstatus.pipeline.update import Options, update
from regstatus.query.dataset import Dataset
from regstatus.store import open_store
from regstatus.store.reader import Store
from tests.decide.test_only_people_soften import (
    BANNED,
    FOUND,
    LIST,
    MAIN,
    PAGE,
    attest,
    clock,
    hosts,
    http_date,
    kinds,
    listed,
    texas,
    world,
)
from tests.pipeline.test_update import chapter, schedule
from tests.support.events import events
from tests.support.make import NOON, TEXAS, TODAY, finding, mention, publish, record

__all__ = ["hosts", "world"]

SELL, POSSESS, IMPORT = Activity.SELL, Activity.POSSESS, Activity.IMPORT
NAMED = mention(Substance.LEAF, Context.DEFINED)


def statute(**facts):
    return {"hs-444": finding(**{"age": 18, "cap": 2.0, **facts})}


def says(made, on):
    layer = Layer("US-TX", made, on)
    return str(layer.status("leaf")), layer.minimum_age, layer.cap


@pytest.mark.parametrize(
    "readings",
    [
        [statute(age=21), statute(age=25)],
        [statute(cap=1.0), statute(cap=0.5)],
        [statute(forbids=(SELL,)), statute(forbids=(POSSESS,))],
        [statute(age=21), statute(age=20), statute(age=25), statute()],
        [statute(age=21, cap=1.0), statute(forbids=(SELL,)), statute(age=25, cap=0.5)],
        [statute(forbids=(IMPORT,)), statute(forbids=(POSSESS, IMPORT)), statute()],
    ],
)
def test_a_stricter_reading_leaves_the_days_before_it_what_they_had(readings):
    made, then = None, {}
    for number, found in enumerate(readings):
        day = TODAY + timedelta(days=3 * number)
        made = record(TEXAS, found, made, day)
        then[day] = says(made, day)
        assert {past: says(made, past) for past in then} == then
    assert says(made, TODAY - timedelta(days=1)) == ("regulated", 18, "2%")


def coming(text, day="2026-12-01", **facts):
    """A file with one more period, which says of some facts otherwise than the first with a day."""
    period = (
        text[text.index("[[timeline]]\nfrom =") :]
        .removeprefix("[[timeline]]")
        .split("[[timeline]]")[0]
    )
    lines = []
    for line in period.splitlines():
        name = line.partition(" =")[0]
        lines.append(f"{name} = {facts[name]}" if name in facts else line)
    return (
        f"{text}\n[[timeline]]"
        + "\n".join(lines).replace("from = 2023-09-01", f"from = {day}")
        + "\n"
    )


STRICT = TEXAS.replace('leaf = "regulated"', 'leaf = "sale_prohibited"').replace(
    "shows = { minimum_age = 18", 'shows = { prohibits = ["sell"], minimum_age = 18'
)
LISTED = TEXAS.replace('leaf = "regulated"', 'leaf = "banned"').replace(
    'shows = { leaf = "silent"', 'shows = { leaf = "listed"'
).replace('settles = ["mitragynine"]', 'settles = ["leaf", "mitragynine"]')  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found", "then"),
    [
        (coming(TEXAS, minimum_age=16), statute(), ("regulated", 18, "2%")),
        (coming(TEXAS, seven_oh_cap='"5%"'), statute(), ("regulated", 18, "2%")),
        (coming(TEXAS, minimum_age=16, seven_oh_cap='"3%"'), statute(), ("regulated", 18, "2%")),
        (
            coming(STRICT, leaf='"regulated"'),
            statute(forbids=(SELL,)),
            ("sale_prohibited", 18, "2%"),
        ),
        (coming(LISTED, leaf='"unregulated"'), {"hs-481": listed("leaf")}, ("banned", 18, "2%")),
    ],
)
def test_a_text_that_still_says_the_old_law_is_stricter_than_a_day_that_came(text, found, then):
    before = record(text, found)
    [name] = found
    assert before["contradictions"] == []
    assert before["documents"][name]["verdict"] == "confirms"
    after = record(text, found, before, date(2026, 12, 2))
    assert says(after, date(2026, 12, 2)) == then
    assert after["documents"][name]["verdict"] == "contradicts"
    assert "period" in {item["about"] for item in after["contradictions"]}


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"minimum_age": 25}, statute()),
        ({"seven_oh_cap": '"1%"'}, statute()),
        ({"minimum_age": 21, "seven_oh_cap": '"1%"'}, statute()),
    ],
)
def test_a_text_of_the_old_terms_cannot_prove_stricter_new_ones(facts, found):
    text = coming(TEXAS, **facts)
    after = record(text, found, record(text, found), date(2026, 12, 2))
    assert after["documents"]["hs-444"]["verdict"] == "contradicts"
    assert [item["sets"] for item in after["contradictions"]] == [{}]


@pytest.mark.parametrize(
    ("today", "facts", "found", "then"),
    [
        ({'leaf = "regulated"': 'leaf = "banned"'}, {"leaf": '"regulated"'},
         {"hs-481": listed("leaf")}, ("banned", 18, "2%")),
        ({"minimum_age = 18": "minimum_age = 25"}, {"minimum_age": 16}, statute(age=21),
         ("regulated", 21, "2%")),
        ({'cap = "2%"': 'cap = "0.5%"'}, {"seven_oh_cap": '"4%"'}, statute(cap=0.4),
         ("regulated", 18, "0.4%")),
    ],
)  # fmt: skip
def test_what_a_text_says_against_its_file_counts_on_days_to_come_too(today, facts, found, then):
    text = TEXAS
    for old, new in today.items():
        text = text.replace(old, new)
    made = record(coming(text, **facts), found)
    assert says(made, date(2026, 12, 2)) == then


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"minimum_age": 25}, statute(age=21)),
        ({"seven_oh_cap": '"0.5%"'}, statute(cap=1.0)),
        ({"leaf": '"banned"'}, statute(forbids=(SELL,))),
        ({"leaf": '"banned"'}, {"hs-481": listed("leaf")}),
    ],
)
def test_a_text_that_says_the_same_undoes_nothing_where_the_record_became_the_stricter(
    facts, found
):
    text = coming(TEXAS.replace("reads =", "from = 2020-01-01\nreads ="), **facts)
    made = record(text, found)
    for day in range(10, 14):
        made = record(text, found if day % 2 else {}, made, TODAY + timedelta(days=day))
        assert [item for item in made["contradictions"] if item["undoes"]] == []


def test_each_of_several_bans_that_vanish_at_once_is_told():
    before = record(findings=statute(forbids=(POSSESS, IMPORT)))
    after = record(TEXAS, statute(), before, TODAY + timedelta(days=1))
    undone = {
        item["recorded"].partition(",")[0] for item in after["contradictions"] if item["undoes"]
    }
    assert undone == {"possess is forbidden", "import is forbidden"}


@pytest.mark.parametrize("about", FOUND)
@pytest.mark.parametrize(
    ("first", "second"),
    [("penalties", '"a fine"'), ("labelling", "false"), ("derivatives", '"banned"')],
)
def test_a_timeline_cut_for_another_fact_lets_nothing_go(about, first, second):
    found, later, *_ = FOUND[about]
    cut = coming(TEXAS.replace("instruments =", 'penalties = "none"\ninstruments ='))
    head, _, tail = cut.rpartition("[[timeline]]")
    tail = (
        tail.replace('penalties = "none"', f"penalties = {second}")
        if first == "penalties"
        else tail
    )
    tail = tail.replace("labelling = true", "labelling = false") if first == "labelling" else tail
    tail = tail.replace('"sale_prohibited"', second) if first == "derivatives" else tail
    after = record(
        f"{head}[[timeline]]{tail}", later, record(findings=found), TODAY + timedelta(days=1)
    )
    assert [item["about"] for item in after["contradictions"] if item["sets"]] == [about]


@pytest.mark.parametrize("about", FOUND)
def test_a_review_that_softens_a_day_to_come_alone_is_told(about):
    found, later, *_ = FOUND[about]
    facts = {"leaf": {"leaf": '"banned"'}, "minimum_age": {"minimum_age": 30},
             "seven_oh_cap": {"seven_oh_cap": '"0.1%"'}}[about]  # fmt: skip
    text = coming(coming(TEXAS, "2026-11-20", **facts))
    before = record(text, found, record(text, found, None, date(2026, 11, 10)), TODAY)
    text = text.replace("attested = 2026-06-07", "attested = 2026-11-23")
    after = record(text, later, before, TODAY + timedelta(days=1))
    assert says(before, TODAY) == says(after, TODAY)
    assert says(before, date(2026, 12, 2)) != says(after, date(2026, 12, 2))
    told = [
        c
        for c in compare({"US-TX": before}, {"US-TX": after}, TODAY)
        if c.kind == "restriction_lifted"
    ]
    assert any("2026-12-01" in change.sentence for change in told)


# Pages that are known to be older, by whatever name, address or header they come.


def older(words):
    return chapter().replace(b"</body>", f"<p>{words}</p></body>".encode())


@pytest.mark.parametrize("where", [PAGE, LIST])
@pytest.mark.parametrize("between", [0, 1, 3])
def test_an_older_text_is_no_newer_when_it_is_sent_again_without_its_date(world, where, between):
    name, extra = (
        ("hs-444", older) if where == PAGE else ("hs-481", lambda w: schedule(f"<li>{w}</li>"))
    )
    day = timedelta(days=1)
    world.put(where, extra("Kava"), Last_Modified=http_date(NOON - 2 * day))
    world.run()
    verified = clock(world, name)["verified_at"]
    world.put(where, extra("Khat"), Last_Modified=http_date(NOON - 9 * day))
    for _ in range(between + 1):
        world.run()
    world.put(where, extra("Khat"))
    world.run()
    assert (clock(world, name)["verified_at"], clock(world, name)["failures"]) == (
        verified,
        between + 2,
    )
    attest(world, f"{world.now + day:%Y-%m-%d}")
    world.run()
    assert clock(world, name)["failures"] == 0


@pytest.mark.parametrize("days", [1, 30, 400])
def test_an_address_that_is_taken_back_knows_how_new_it_was(world, days):
    world.put(PAGE, older("one"), Last_Modified=http_date(NOON - timedelta(days=1)))
    world.run()
    text = world.text
    world.put(f"{MAIN}/new.htm", older("two"))
    world.write(text.replace("HS.444.htm", "new.htm"))
    world.run()
    world.write(text)
    world.put(PAGE, older("three"), Last_Modified=http_date(NOON - timedelta(days=1 + days)))
    world.run()
    assert clock(world, "hs-444")["failures"] == 1
    world.put(PAGE, older("four"), Last_Modified=http_date(world.now))
    assert "source_recovered" in kinds(world.run())


@pytest.mark.parametrize("where", [PAGE, LIST])
@pytest.mark.parametrize("seen", [1, 2])
def test_a_document_of_another_name_knows_which_words_were_replaced(world, where, seen):
    name, extra = (
        ("hs-444", older) if where == PAGE else ("hs-481", lambda w: schedule(f"<li>{w}</li>"))
    )
    for words in ("one", "two", "three")[: seen + 1]:
        world.put(where, extra(words))
        world.run()
    world.write(world.text.replace(f'"{name}"', '"again"'))
    world.put(where, extra("one"))
    world.run()
    assert "verified_at" not in clock(world, "again")
    world.put(where, extra("four"))
    world.run()
    assert clock(world, "again")["verdict"] == "confirms"


# What was taken out and is put back.


@pytest.mark.parametrize("late", [BANNED, schedule(), schedule("<li>Khat</li>")])
def test_what_was_found_stands_when_a_withdrawn_file_is_put_back(world, late):
    world.run()
    world.put(LIST, BANNED)
    world.run()
    (world.sources / "tx.toml").unlink()
    world.run()
    assert texas_record(world) is None
    world.put(LIST, late)
    world.write(world.text)
    world.run()
    assert texas(world).status("leaf") == "banned"
    attest(world, f"{world.now:%Y-%m-%d}")
    world.put(LIST, schedule("<li>Kava</li>"))
    world.run()
    assert texas(world).status("leaf") == "regulated"


def texas_record(world):
    return Store(world.store).load().get("US-TX")


@pytest.mark.parametrize("sent", [(b"", 500), (schedule(), 200), (b"<p>Sign in", 403)])
def test_a_document_put_back_is_proven_by_nothing_from_before(world, sent):
    world.run()
    world.put(LIST, BANNED)
    world.run()
    head, _, rest = world.text.partition('[[documents]]\nid = "hs-481"')
    world.write(head + rest[rest.index("[[instruments]]") :])
    world.run()
    world.put(LIST, *sent)
    world.write(world.text)
    world.run()
    found = Dataset(Store(world.store).load()).lookup("US-TX", now=world.now)["freshness"]
    assert (found["state"], found["verified_at"]) == ("unverified", None)


@pytest.mark.parametrize("key", ["from = 2026-12-01", "until = 2026-11-20"])
def test_a_text_that_need_not_say_so_yet_or_any_more_verifies_nothing(world, key):
    world.write(world.text.replace('reads = "schedule"', f'reads = "schedule"\n{key}'))
    world.put(LIST, BANNED)
    world.run()
    assert "verified_at" not in clock(world)
    assert texas(world).status("leaf") == "regulated"


# What is told.


def run(world, **options):
    world.now += timedelta(hours=60)
    how = Settings(delay=0.0, retries=0, routes={MAIN: world.hosts.base})
    told = Options(
        sources=world.sources, snapshots=world.store, settings=how, isolate=False, **options
    )
    return update(told, now=lambda: world.now)


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize("runs", [1, 3])
def test_days_that_came_while_no_version_was_written_stand_in_the_next(world, held, runs):
    text = world.text.replace(
        "minimum_age = 18\nseven", "until = 2026-11-25\nminimum_age = 18\nseven"
    )
    world.write(text)
    world.run()
    if held:
        world.put(LIST, BANNED)
    for _ in range(runs):
        run(world, flip_budget=0)
    world.put(LIST, BANNED)
    run(world, accept=True)
    told = [
        item
        for item in events(open_store(str(world.store)), None)
        if item["kind"] == "restriction_lifted"
    ]
    leaf = [
        item for item in told if item["substance"] == "leaf" and item["law_date"] == "2026-11-25"
    ]
    assert len(leaf) == 1


@pytest.mark.parametrize("end", ["2026-11-25", "2027-03-01", "2040-01-01"])
def test_the_end_of_a_law_that_nothing_follows_is_said(tmp_path, end):
    publish(
        tmp_path,
        record(TEXAS.replace("minimum_age = 18\nseven", f"until = {end}\nminimum_age = 18\nseven")),
    )
    found = Dataset(Store(tmp_path).load()).lookup("US-TX", now=NOON)
    assert (found["status"], found["until"]) == ("regulated", end)
