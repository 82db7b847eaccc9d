"""No page ever softens an answer, in any order of pages, documents and runs; only people do."""

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regstatus.decide.layer import Layer
from regstatus.decide.records import decide
from regstatus.model.finding import Cap, Prohibition
from regstatus.model.law import Activity, Status, Substance
from regstatus.model.record import Record
from regstatus.model.words import Context
from regstatus.pipeline.replay import Recording, replay
from regstatus.pipeline.update import Options
from regstatus.query.together import upcoming
from regstatus.store import warc
from regstatus.store.atomic import sealed
from regstatus.store.clocks import read_ledger
from regstatus.store.ledger import Ledger
from regstatus.store.reader import Store
from regstatus.store.verify import verify
from tests.pipeline.test_copies import (
    COPIES,
    HTML,
    KEY,
    MAIN,
    SECOND,
    THIRD,
    World,
    hosts,
    http_date,
)
from tests.pipeline.test_update import chapter, schedule
from tests.support.make import NOON, TEXAS, TODAY, finding, mention, place, record, source

__all__ = ["hosts"]

LEAF = "Mitragyna speciosa (kratom)"
BANNED = schedule(f"<li>{LEAF}</li>")
PAGE = f"{MAIN}/HS.444.htm"
LIST = f"{MAIN}/HS.481.htm"


@pytest.fixture
def world(tmp_path, hosts):
    return World(tmp_path, hosts, copies="")


@pytest.fixture
def copied(tmp_path, hosts):
    return World(tmp_path, hosts, COPIES)


def texas(world):
    return Layer("US-TX", Store(world.store).load().get("US-TX"), world.now.date())


def clock(world, name="hs-481"):
    return json.loads((world.store / "ledger.json").read_bytes())["documents"][f"US-TX:{name}"]


def kinds(run):
    return {str(change.kind) for change in run.changes}


def attest(world, day):
    world.text = world.text.replace("attested = 2026-06-07", f"attested = {day}")
    world.write(world.text)


# An older page: a stale cache, last year's chapter.


@pytest.mark.parametrize(
    ("where", "first", "second", "says"),
    [
        (LIST, schedule(), schedule("<li>Mitragynine</li>"), {"status": "banned"}),
        (PAGE, chapter(), chapter(age="21"), {"minimum_age": 21}),
        (PAGE, chapter(), chapter(cap="one"), {"seven_oh_cap": "1%"}),
        (PAGE, chapter(), chapter(age="25", cap="one"), {"minimum_age": 25, "seven_oh_cap": "1%"}),
    ],
)
def test_the_text_of_last_week_lifts_nothing_that_was_found(world, where, first, second, says):
    world.put(where, first)
    world.run()
    world.put(where, second)
    world.run()
    name = "hs-481" if where == LIST else "hs-444"
    verified = clock(world, name)["verified_at"]

    def answers():
        layer = texas(world)
        return {"status": str(layer.status("mitragynine")), "minimum_age": layer.minimum_age,
                "seven_oh_cap": layer.cap}  # fmt: skip

    assert says.items() <= answers().items()
    world.put(where, first)
    run = world.run()
    assert says.items() <= answers().items()
    assert {"source_failing", "contradicted"} <= kinds(run)
    assert "restriction_lifted" not in kinds(run)
    told = clock(world, name)
    assert (told["failures"], told["verified_at"]) == (1, verified)
    assert "an earlier text" in told["problem"]
    world.put(where, second)
    assert "source_recovered" in kinds(world.run())
    assert says.items() <= answers().items()
    assert verify(world.store) == []


def test_a_text_never_seen_before_that_says_less_contradicts_with_both_sides_quoted(world):
    world.put(PAGE, chapter(age="21"))
    world.run()
    version = Store(world.store).load().version
    world.put(PAGE, chapter(age="19").replace(b"</body>", b"<p>Last year.</p></body>"))
    run = world.run()
    [undone] = [i for i in texas(world).reviews() if i["undoes"]]
    assert (undone["observed"], undone["sets"]) == ("19", {})
    assert "21" in undone["recorded"]
    assert "younger than 19" in " ".join(undone["quote"].split())
    assert "younger than 21" in " ".join(undone["recorded_quote"].split())
    assert texas(world).minimum_age == 21
    assert "contradicted" in kinds(run)
    assert Store(world.store).load().version != version
    assert clock(world, "hs-444")["verdict"] == "contradicts"
    assert "verified_at" not in clock(world, "hs-444")
    world.run()
    assert clock(world, "hs-444")["verdict"] == "contradicts"


def test_neither_of_two_texts_is_taken_for_the_earlier_where_nobody_knows(world):
    world.put(LIST, BANNED)
    world.run()
    world.put(LIST, schedule())
    world.run()
    world.put(LIST, BANNED)
    run = world.run()
    assert "source_failing" not in kinds(run)
    assert texas(world).status("leaf") == "banned"
    world.put(LIST, schedule())
    world.run()
    assert clock(world)["failures"] == 1, "now it is known which is the earlier"


def test_an_earlier_text_verifies_nothing_even_where_it_says_the_same(world):
    world.run()
    world.put(
        PAGE, chapter().replace(b"</body>", b"<p>Acts 2021, ch. 4; Acts 2023, ch. 7.</p></body>")
    )
    world.run()
    verified = clock(world, "hs-444")["verified_at"]
    world.put(PAGE, chapter())
    world.run()
    assert clock(world, "hs-444")["verified_at"] == verified
    assert clock(world, "hs-444")["failures"] == 1
    assert "failing since" in " ".join(world.answer()["freshness"]["reasons"])


@pytest.mark.parametrize("words", [chapter(), chapter().replace(b"food", b"drink")])
@pytest.mark.parametrize("age", [timedelta(hours=5), timedelta(days=2), timedelta(days=900)])
def test_a_page_last_modified_before_one_that_was_read_confirms_nothing(world, words, age):
    newest = NOON - timedelta(days=1)
    world.put(PAGE, chapter(), Last_Modified=http_date(newest))
    world.run()
    verified = clock(world, "hs-444")["verified_at"]
    world.put(PAGE, words, Last_Modified=http_date(newest - age), ETag='"other"')
    world.run()
    assert clock(world, "hs-444")["verified_at"] == verified
    assert "last modified on" in clock(world, "hs-444")["problem"]


@pytest.mark.parametrize("hours", [0, 1, -0.5, 24, 24 * 90])
def test_the_same_words_of_the_same_or_a_later_date_confirm(world, hours):
    first = NOON - timedelta(days=120)
    world.put(PAGE, chapter(), Last_Modified=http_date(first), ETag='"1"')
    world.run()
    for _ in range(3):  # two servers whose files were written minutes apart do not creep back
        world.put(
            PAGE, chapter(), Last_Modified=http_date(first + timedelta(hours=hours)), ETag='"2"'
        )
        world.run()
        assert clock(world, "hs-444")["verified_at"] == f"{world.now:%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("odd", ["yesterday", "Thu, 22 Nov 2029 12:00:00 GMT", "", "0",
                                 "Mon, 01 Jan 0001 00:00:00 +2359"])  # fmt: skip
def test_a_date_that_nobody_can_believe_says_nothing(world, odd):
    world.put(PAGE, chapter(), Last_Modified=odd)
    world.run()
    world.put(PAGE, chapter(), Last_Modified=http_date(NOON - timedelta(days=400)))
    world.run()
    assert clock(world, "hs-444")["failures"] == 0


def test_what_changes_outside_the_words_and_a_failure_in_between_raise_no_doubt(world):
    world.run()
    for menu in (b"<nav>Monday</nav>", b"<nav>Tuesday</nav>", b"<nav>Monday</nav>", b""):
        world.put(PAGE, chapter().replace(b"<body>", b"<body>" + menu))
        world.run()
        assert clock(world, "hs-444")["failures"] == 0
        world.block()
        world.run()


def test_a_host_that_vouches_for_words_that_contradicted_renews_nothing(world):
    world.run()
    world.put(PAGE, chapter(cap="one"), ETag='"b"', Last_Modified=http_date(NOON))
    world.run()
    before = clock(world, "hs-444")
    world.put(PAGE, b"", 304, ETag='"b"')
    run = world.run()
    assert run.counts["unchanged"] == 1
    after = clock(world, "hs-444")
    assert (after["verdict"], after["verified_at"]) == ("contradicts", before["verified_at"])
    assert texas(world).cap == "1%"


def test_a_cache_that_vouches_by_an_older_date_is_no_witness(world):
    world.put(PAGE, chapter(), ETag='"a"', Last_Modified=http_date(NOON))
    world.run()
    verified = clock(world, "hs-444")["verified_at"]
    world.put(PAGE, b"", 304, ETag='"a"', Last_Modified=http_date(NOON - timedelta(days=30)))
    run = world.run()
    assert run.counts["unreadable"] == 1
    assert clock(world, "hs-444")["verified_at"] == verified


@pytest.mark.parametrize("days", [0, 3, 400])
def test_an_archive_that_answers_for_the_host_vouches_for_nothing(world, days):
    world.put(PAGE, chapter(), ETag='"a"')
    world.run()
    verified = clock(world, "hs-444")["verified_at"]
    then = http_date(NOON - timedelta(days=days))
    world.put(PAGE, b"", 304, ETag='"a"', Memento_Datetime=then)
    assert world.run().counts["unreadable"] == 1
    assert clock(world, "hs-444")["verified_at"] == verified
    assert "archive's capture" in clock(world, "hs-444")["problem"]


@pytest.mark.parametrize("tag", ["*", '"a", "b"', '""'])
def test_a_host_whose_tag_fits_any_text_hides_no_new_one(world, tag):
    world.put(PAGE, chapter(), ETag=tag)
    world.run()

    def answer(handler):
        """As RFC 9110 has it: whoever holds anything at all has what fits any text."""
        held = "If-None-Match" in handler.headers
        body = b"" if held else chapter(cap="one")
        handler.send_response(304 if held else 200)
        for name, value in {"ETag": tag, "Content-Type": HTML, "Content-Length": len(body)}.items():
            handler.send_header(name, str(value))
        handler.end_headers()
        handler.wfile.write(body)

    world.hosts.play(PAGE, answer)
    world.run()
    assert texas(world).cap == "1%"


# Copies that nobody keeps up.


def test_a_copy_older_than_the_change_of_the_main_text_is_refused(copied):
    copied.run()
    copied.good(chapter(cap="one"))
    copied.run()
    copied.block()
    copied.put(f"{SECOND}/444.html", chapter(), Last_Modified=http_date(NOON - timedelta(days=9)))
    copied.put(f"{THIRD}/444.txt", b"no", 404, kind="text/plain")
    copied.run()
    assert "an earlier text" in copied.clock["problem"]
    assert "via_copy" not in copied.clock
    assert texas(copied).cap == "1%"


def test_a_copy_of_the_words_that_the_main_address_replaced_is_refused(copied):
    copied.run()
    copied.good(chapter().replace(b"</body>", b"<p>Printed by the office.</p></body>"))
    copied.run()
    verified = copied.clock["verified_at"]
    copied.block()
    copied.put(f"{THIRD}/444.txt", b"no", 404, kind="text/plain")
    copied.run()
    assert copied.clock["verified_at"] == verified
    assert "its words were replaced" in copied.clock["problem"]


def test_a_copy_read_before_the_main_text_changed_is_an_earlier_text_afterwards(copied):
    other = chapter().replace(b"</body>", b"<p>Printed by the register of laws.</p></body>")
    copied.put(f"{SECOND}/444.html", other)
    copied.put(f"{THIRD}/444.txt", b"no", 404, kind="text/plain")
    copied.run()
    copied.block()
    copied.run()
    assert copied.clock["via_copy"] == f"https://{SECOND}/444.html"
    copied.good(chapter(cap="one"))
    copied.run()
    copied.block()
    copied.run()
    assert "via_copy" not in copied.clock
    assert texas(copied).cap == "1%"


def test_a_copy_that_was_changed_after_the_main_text_was_last_seen_unchanged_may_speak(copied):
    copied.run()
    changed = copied.now + timedelta(hours=6)
    new = chapter().replace(b"</body>", b"<p>Printed by the office.</p></body>")
    copied.good(new)
    copied.run()
    copied.block()
    copied.put(f"{SECOND}/444.html", new, Last_Modified=http_date(changed))
    copied.run()
    assert copied.clock["via_copy"] == f"https://{SECOND}/444.html"
    assert copied.clock["verified_at"] == f"{copied.now:%Y-%m-%dT%H:%M:%SZ}"


def test_older_pages_are_played_again_to_the_same_bytes(copied, tmp_path):
    copied.run()
    copied.good(chapter(age="21"))
    copied.run()
    copied.good(chapter())
    copied.put(f"{SECOND}/444.html", chapter(cap="one"))
    copied.run(hours=25)
    assert texas(copied).cap == "1%"
    assert texas(copied).minimum_age == 21
    warc.export(copied.store, tmp_path / "x.warc.gz", created=copied.now)
    again = Options(sources=copied.sources, snapshots=tmp_path / "again", isolate=False)
    done = list(replay(Recording(tmp_path / "x.warc.gz"), again))
    assert [item.same for item in done] == [True] * 3


# What lets go.


def test_a_person_who_attests_after_the_finding_lets_the_ban_and_the_past_go(world):
    world.run()
    world.put(LIST, BANNED)
    world.run()
    world.put(LIST, schedule())
    world.run()
    attest(world, f"{world.now:%Y-%m-%d}")
    run = world.run()
    assert {"contradiction_resolved", "restriction_lifted", "source_recovered"} <= kinds(run)
    assert texas(world).status("leaf") == "regulated"
    assert clock(world)["verified_at"] == f"{world.now:%Y-%m-%dT%H:%M:%SZ}"


def test_an_attestation_of_the_same_day_from_before_the_finding_lets_nothing_go(world):
    world.run()
    attest(world, "2026-11-24")
    world.put(LIST, BANNED)
    world.run()
    [found] = texas(world).reviews()
    assert found["found_on"] == "2026-11-24"
    world.put(LIST, schedule("<li>Kava</li>"))
    world.run()
    assert texas(world).status("leaf") == "banned"


def listed(*names):
    return finding(*(mention(Substance(name), Context.LISTED) for name in names))


FOUND = {
    "leaf": ({"hs-481": listed("leaf")}, {"hs-481": finding()}, 'leaf = "regulated"', 'leaf = "unregulated"'),
    "minimum_age": ({"hs-444": finding(age=21, cap=2.0)}, {"hs-444": finding(age=18, cap=2.0)},
                    "minimum_age = 18\nseven", "minimum_age = 19\nseven"),
    "seven_oh_cap": ({"hs-444": finding(age=18, cap=0.5)}, {"hs-444": finding(age=18, cap=2.0)},
                     'cap = "2%"\nduties', 'cap = "3%"\nduties'),
}  # fmt: skip


@pytest.mark.parametrize("about", FOUND)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title = "Texas Health', 'title = "The Health'),
        ('publisher = "Texas Legislature"', 'publisher = "Texas"'),
        ('reads = "', 'note = "mended"\nreads = "'),
        ('url_basis = "seen"', 'url_basis = "seen"\ncheck_every = "2d"'),
        ("HS.481.htm", "HS.4810.htm"),
        ("HS.444.htm", "HS.4440.htm"),
        (
            'grade = "secondary"',
            'grade = "secondary"\nsummary = "Other words."\npenalties = "none"',
        ),
        ("2023 SB 497", "2023 S.B. 497"),
        ("attested = 2026-06-07", "attested = 2026-11-21"),
        ("attested = 2026-06-07", "attested = 2026-06-01"),
    ],
)
def test_what_does_not_bear_on_it_lets_nothing_go(about, old, new):
    first, later, *_ = FOUND[about]
    assert old in TEXAS
    before = record(findings=first)
    after = record(TEXAS.replace(old, new), later, before, TODAY + timedelta(days=1))
    [kept] = [c for c in after["contradictions"] if c["sets"]]
    assert kept["about"] == about
    assert kept["found_on"] == "2026-11-22"
    assert softened(Layer("US-TX", before, TODAY), Layer("US-TX", after, TODAY)) == []


@pytest.mark.parametrize("about", FOUND)
@pytest.mark.parametrize("how", ["attested", "timeline", "shows", "removed"])
def test_a_person_who_acts_lets_it_go(about, how):
    first, later, old, new = FOUND[about]
    [name] = first
    before = record(findings=first)
    text = {
        "attested": TEXAS.replace("2026-06-07", "2026-11-22"),
        "timeline": TEXAS.replace(old, new),
        "shows": TEXAS.replace("shows = {", 'shows = { derivatives = "silent",').replace(
            'reads = "statute"', 'reads = "statute"\ncomplete = true'
        ).replace('["kratom processor"]', '["kratom processor", "individual"]'),
        "removed": TEXAS.replace(f'id = "{name}"', 'id = "other"').replace(
            'document = "hs-444"', 'document = "other"' if name == "hs-444" else 'document = "hs-444"'
        ),
    }[how]  # fmt: skip
    after = record(text, later, before, TODAY + timedelta(days=1))
    assert [c for c in after["contradictions"] if c["sets"]] == []


def test_a_version_from_before_these_facts_were_kept_is_read_and_its_bans_stand():
    before = record(findings={"hs-481": listed("leaf")})
    for item in before["contradictions"]:
        del item["held"], item["undoes"], item["bearing"]
    assert Layer("US-TX", before, TODAY).reviews()[0]["undoes"] is None
    after = record(findings={"hs-481": finding()}, previous=before)
    assert Layer("US-TX", after, TODAY).status("leaf") == "banned"
    assert all(item["bearing"] for item in after["contradictions"] if item["sets"])


def test_a_ledger_from_before_these_clocks_were_kept_is_read(tmp_path):
    clocks = {KEY: {"url": "https://x.example/", "text_sha256": "a" * 64}}
    data = {"format": "regstatus-ledger/2", "documents": clocks}
    (tmp_path / "ledger.json").write_bytes(sealed(data))
    made = Ledger.of(read_ledger(str(tmp_path / "ledger.json")))
    assert made.clocks[KEY].earlier == made.clocks[KEY].modified == {}
    assert set(made.to_json()["documents"][KEY]) == {"url", "text_sha256", "failures"}


def test_no_later_release_may_move_what_bears_on_a_ban():
    found = {**FOUND["minimum_age"][0], **FOUND["leaf"][0]}
    digests = {
        c["about"]: c["bearing"] for c in record(findings=found)["contradictions"] if c["sets"]
    }
    assert digests == {"leaf": "2d311475b36488ba", "minimum_age": "0f27063ce8a255ff"}


# The strictest of all that is open and of the day's period.


def opened(*items, text=TEXAS):
    """A record with open contradictions, as (about, sets, day)."""
    made = record(text)
    made["contradictions"] = [
        {"document": "hs-444", "about": about, "recorded": "r", "observed": "o", "sets": sets,
         "quote": None, "recorded_quote": None, "found_on": day}
        for about, sets, day in items
    ]  # fmt: skip
    return made


@pytest.mark.parametrize(
    ("items", "says"),
    [
        ([("leaf", {"leaf": "banned"}), ("leaf", {"leaf": "sale_prohibited"})], {"leaf": "banned"}),
        ([("7-oh", {"7-oh": "age_restricted"})], {"7-oh": "regulated"}),
        ([("derivatives", {"derivatives": "regulated"})], {"derivatives": "sale_prohibited"}),
        ([("minimum_age", {"minimum_age": 25}), ("minimum_age", {"minimum_age": 21})], {"age": 25}),
        ([("minimum_age", {"minimum_age": 16})], {"age": 18}),
        ([("c", {"seven_oh_cap": "1%"}), ("c", {"seven_oh_cap": "3%; 4 mg/g"}),
          ("c", {"seven_oh_cap": "2 mg/g"})], {"cap": "1%; 2 mg/g"}),
        ([("c", {"seven_oh_cap": "50 ratio"}), ("c", {"seven_oh_cap": "100 ratio; 5%"})],
         {"cap": "2%; 100 ratio"}),
        ([("leaf", {"leaf": "banned"}), ("leaf", {"leaf": "sale_prohibited"})],
         {"possess": "no", "sell": "no", "import": "no"}),
        ([("leaf", {"import": "no"})], {"import": "no", "leaf": "regulated", "possess": "yes"}),
        ([("leaf", {"possess": "no"}), ("leaf", {"leaf": "sale_prohibited"})],
         {"possess": "no", "leaf": "sale_prohibited"}),
    ],
)  # fmt: skip
def test_of_all_that_is_open_the_strictest_governs_in_any_order(items, says):
    for order in (items, items[::-1]):
        layer = Layer("US-TX", opened(*((*i, "2026-11-01") for i in order)), TODAY)
        found = {
            **layer.substances(), "age": layer.minimum_age,
            "cap": "; ".join(sorted(layer.cap.split("; "), key=len)),
            **{name: str(layer.may(name, "leaf")) for name in ("possess", "sell", "import")},
        }  # fmt: skip
        assert {key: found[key] for key in says} == says


def test_a_status_that_was_found_is_not_softened_by_what_people_recorded_of_the_old_one():
    text = TEXAS.replace(
        'grade = "secondary"\nminimum', 'grade = "secondary"\npossess = "yes"\nsell = "no"\nminimum'
    )
    layer = Layer("US-TX", opened(("leaf", {"leaf": "banned"}, "2026-11-01"), text=text), TODAY)
    assert layer.may("possess", "leaf") == "no"
    laxer = Layer(
        "US-TX", opened(("leaf", {"leaf": "prescription_only"}, "2026-11-01"), text=text), TODAY
    )
    assert laxer.may("sell", "leaf") == "no", "what people recorded as forbidden is not lost"


@pytest.mark.parametrize("activity", [Activity.POSSESS, Activity.SELL, Activity.IMPORT])
def test_a_prohibition_that_was_read_forbids_its_activity_whatever_the_record_departs_in(activity):
    for status in ("banned", "sale_prohibited", "regulated", "unregulated"):
        text = TEXAS.replace('leaf = "regulated"', f'leaf = "{status}"').replace(
            'grade = "secondary"\nminimum',
            'grade = "secondary"\npossess = "yes"\nsell = "limited"\nimport = "yes"\nminimum',
        )
        made = record(text, {"hs-444": finding(age=18, cap=2.0, forbids=(activity,))})
        assert Layer("US-TX", made, TODAY).may(activity, "leaf") == "no", status


COMING = TEXAS + TEXAS[TEXAS.rindex("[[timeline]]") :].replace("2023-09-01", "2027-01-01")


@pytest.mark.parametrize(
    ("coming", "found", "then"),
    [
        ("banned", "sale_prohibited", "banned"),
        ("prescription_only", "sale_prohibited", "sale_prohibited"),
        ("unregulated", "banned", "banned"),
        ("unknown", "prescription_only", "prescription_only"),
    ],
)
def test_for_each_day_to_come_the_stricter_of_its_period_and_of_what_is_open(coming, found, then):
    text = COMING[: COMING.rindex("leaf =")] + COMING[COMING.rindex("leaf =") :].replace(
        'leaf = "regulated"', f'leaf = "{coming}"'
    )
    made = opened(("leaf", {"leaf": found}, "2026-11-01"), text=text)
    layer = Layer("US-TX", made, TODAY)
    assert layer.status("leaf") == found
    assert Layer("US-TX", made, date(2027, 1, 1)).status("leaf") == then
    [item] = upcoming([layer])
    assert (item["status"], item["substances"]["leaf"]) == (then, then)
    assert item["changes"].get("leaf") == (then if then != found else None)
    assert Layer("US-TX", made, date(2026, 10, 1)).status("leaf") == "regulated"


def test_a_day_that_no_period_covers_still_has_what_was_found():
    text = TEXAS.replace("from = 2023-09-01", "from = 2023-09-01\nuntil = 2026-11-10")
    made = opened(("leaf", {"leaf": "banned"}, "2026-11-01"), text=text)
    layer = Layer("US-TX", made, TODAY)
    assert layer.status("leaf") == "banned"
    assert layer.status("7-oh") == "unknown"
    assert layer.grade("leaf") == "secondary"


def test_whatever_shows_a_layer_shows_the_stricter_reading_and_since_when():
    made = opened(
        ("leaf", {"leaf": "sale_prohibited"}, "2026-10-01"),
        ("leaf", {"leaf": "banned"}, "2026-11-10"),
    )
    layer = Layer("US-TX", made, TODAY)
    # The day on which a text was read is only the first one of which it is known.
    assert layer.begun("leaf") == (None, "2026-11-10")
    assert layer.begun("7-oh") == ("2023-09-01", None)
    assert Layer("US-TX", made, date(2026, 11, 9)).begun("leaf") == (None, "2026-10-01")
    assert [(i["from"], i["until"], i["status"]) for i in layer.history()] == [
        ("2012-01-01", "2023-09-01", "unregulated"), ("2023-09-01", "2026-10-01", "regulated"),
        ("2026-10-01", "2026-11-10", "sale_prohibited"), ("2026-11-10", None, "banned"),
    ]  # fmt: skip
    assert layer.summary.startswith("An official text of 2026-10-01 says more than the record")
    assert layer.basis_of("leaf") == "express"


# Any order of anything.

_RANK = {"yes": 0, "depends": 1, "limited": 2, "unknown": 3, "no": 4}


def softened(before, after):
    """In what a layer is laxer than another, told without the code that decides it."""
    found = []
    for name in Substance:
        was, now = before.status(name), after.status(name)
        if now.severity < was.severity:
            found.append(f"{name}: {was} > {now}")
        found += [
            f"{activity} {name}"
            for activity in Activity
            if _RANK[after.may(activity, name)] < _RANK[before.may(activity, name)]
        ]
    if (after.minimum_age or 0) < (before.minimum_age or 0):
        found.append("age")
    if amounts(after.cap).items() ^ amounts(before.cap).items():
        found += [u for u, x in amounts(before.cap).items() if amounts(after.cap).get(u, 1e9) > x]
    return found


def amounts(cap):
    parts = (part.replace("%", " %").split() for part in (cap or "").split(";") if part.strip())
    return {unit: float(amount) for amount, unit in parts}


_statuses = st.sampled_from([str(s) for s in Status])
_days = [date(2026, 1, 1), TODAY, TODAY + timedelta(days=3), date(2027, 1, 1), date(2027, 6, 1)]
_sets = st.one_of(
    st.tuples(st.sampled_from([str(s) for s in Substance]), _statuses).map(lambda i: (i[0], {i[0]: i[1]})),
    st.integers(16, 25).map(lambda years: ("minimum_age", {"minimum_age": years})),
    st.sampled_from(["1%", "3%", "0.5 mg/g", "5%; 1 mg/g"]).map(lambda c: ("cap", {"seven_oh_cap": c})),
    st.tuples(st.sampled_from([str(s) for s in Substance]), st.sampled_from(["possess", "sell", "import"])).map(
        lambda i: (i[0], {i[1]: "no"})
    ),
)  # fmt: skip
_opened = st.lists(
    st.tuples(_sets, st.sampled_from(["2026-01-01", "2026-11-22", "2026-11-25"])), max_size=5
)


@st.composite
def timelines(draw):
    """A source file with one to three further periods, some of them to come, some after a gap."""
    text = TEXAS
    for start in draw(st.sets(st.sampled_from(["2026-02-01", "2026-11-24", "2027-01-01"]))):
        period = TEXAS[TEXAS.rindex("[[timeline]]") :].replace("2023-09-01", start)
        for name in ("leaf", "mitragynine", '"7-oh"', "derivatives"):
            old = "sale_prohibited" if name == "derivatives" else "regulated"
            period = period.replace(f'{name} = "{old}"', f'{name} = "{draw(_statuses)}"')
        text += period
    parts = text.split("[[timeline]]")
    return "[[timeline]]".join([*parts[:3], *sorted(parts[3:], key=lambda p: p[: p.index("leaf")])])


@settings(deadline=None)
@given(timelines(), _opened, _sets, st.sampled_from(_days), st.randoms())
def test_one_more_contradiction_never_softens_and_their_order_says_nothing(
    text, items, more, on, random
):
    flat = [(*sets, day) for sets, day in items]
    before = Layer("US-TX", opened(*flat, text=text), on)
    after = Layer("US-TX", opened(*flat, (*more, "2026-11-22"), text=text), on)
    assert softened(before, after) == []
    random.shuffle(flat)
    again = Layer("US-TX", opened(*flat, text=text), on)
    assert again.says()[:-1] == before.says()[:-1]
    assert amounts(again.cap) == amounts(before.cap)
    assert softened(Layer("US-TX", opened(text=text), on), before) == []


_mentions = st.lists(
    st.builds(mention, st.sampled_from(Substance), st.sampled_from(Context)), max_size=3
)
_caps = st.lists(
    st.tuples(st.sampled_from([0.5, 1.0, 2.0, 5.0]), st.sampled_from(["%", "mg/g"])), max_size=2
)
_forbids = st.lists(
    st.tuples(st.sampled_from([Activity.POSSESS, Activity.SELL, Activity.IMPORT]), st.sampled_from(Substance)),
    max_size=2,
)  # fmt: skip


@st.composite
def findings(draw):
    made = finding(*draw(_mentions), age=draw(st.sampled_from([None, 16, 18, 19, 21, 25])))
    caps = tuple(
        Cap(substance=Substance.SEVEN_OH, amount=a, unit=u, place=place()) for a, u in draw(_caps)
    )
    forbids = tuple(Prohibition(activity=a, substance=s, place=place()) for a, s in draw(_forbids))
    return replace(made, caps=caps, prohibitions=forbids)


_docs = st.dictionaries(st.sampled_from(["hs-444", "hs-481"]), findings(), max_size=2)
_edits = st.sampled_from(
    [("", ""), ("publisher = ", 'note = "x"\npublisher = '), ("HS.444.htm", "HS.4.htm"), ("SB 497", "SB 498")]
)  # fmt: skip
_run = st.tuples(_docs, _docs, st.integers(0, 3), _edits)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(timelines(), st.lists(_run, min_size=2, max_size=6))
def test_no_reading_softens_an_answer_for_any_day_in_any_order(text, runs):
    on, previous, layers = TODAY, None, None
    for found, older, days, (old, new) in runs:
        made = source(text.replace(old, new) if old else text)
        on += timedelta(days=days)
        previous = decide(made, found, previous, on, older)
        data = json.loads(json.dumps(previous.to_json()))
        previous = Record.model_validate(data)
        now = {day: Layer("US-TX", data, day) for day in (on, *_days) if day >= on}
        for day in now if layers else ():
            assert softened(layers.get(day, now[day]), now[day]) == []
            assert softened(Layer("US-TX", {**data, "contradictions": []}, day), now[day]) == []
        layers = {**now, on + timedelta(days=1): Layer("US-TX", data, on + timedelta(days=1))}


@settings(max_examples=25, deadline=None)
@given(st.lists(findings(), min_size=1, max_size=12))
def test_what_is_held_is_bounded_however_many_texts_come(texts):
    made, on = None, TODAY
    for found in texts:
        on += timedelta(days=1)
        made = record(findings={"hs-444": found}, previous=made, on=on)
    assert len(made["contradictions"]) <= 40


_pages = st.lists(
    st.tuples(
        st.sampled_from([PAGE, LIST]),
        st.sampled_from(
            ["good", "18", "19", "21", "one", "three", "listed", "alkaloid", "blocked"]
        ),
        st.sampled_from([None, 0, 10, 400]),
    ),
    min_size=2,
    max_size=5,
)


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_pages)
def test_no_order_of_pages_softens_an_answer_over_real_runs(tmp_path_factory, hosts, pages):
    world = World(tmp_path_factory.mktemp("world"), hosts, COPIES)
    world.run()
    states = [texas(world)]
    for where, what, old in pages:
        bodies = {
            "listed": BANNED,
            "alkaloid": schedule("<li>Mitragynine</li>"),
            "good": schedule(),
        }
        if where == PAGE:
            ages = {"18": chapter(), "19": chapter(age="19"), "21": chapter(age="21")}
            bodies = {**ages, "one": chapter(cap="one"), "three": chapter(cap="three")}
        dated = {} if old is None else {"Last_Modified": http_date(NOON - timedelta(days=old))}
        if what == "blocked":
            world.put(where, b"no", 403)
        else:
            world.put(where, bodies.get(what, chapter() if where == PAGE else schedule()), **dated)
        world.run()
        states.append(texas(world))
    for before, after in pairwise(states):
        assert softened(before, after) == []
