"""Bills and proposed rules: what people recorded and what feeds tell, one list, and never law."""

import csv
import io
import json
from datetime import timedelta

import pytest

from regstatus.cli import main
from regstatus.decide.proposals import proposals
from regstatus.query.pending import pending
from regstatus.store.clocks import ANNOUNCED
from regstatus.store.reader import Store
from regstatus.store.verify import verify
from regstatus.web.edition import Edition
from regstatus.web.website import Site
from tests.pipeline.test_update import World
from tests.support.make import FEDERAL, NOON
from tests.support.replica import Replica

FEED = """
[[documents]]
id = "register"
title = "Register"
publisher = "Office"
url = "https://statutes.example.gov/bills.json"
url_basis = "seen"
format = "json"
reads = "feed"
"""


def heard(number, step, day, title="Relating to kratom", state="US"):
    """A bill as LegiScan tells it."""
    return {
        "bill_id": number, "bill_number": number, "state": state, "title": title, "url": None,
        "last_action": step, "last_action_date": day,
    }  # fmt: skip


@pytest.fixture
def world(tmp_path):
    with Replica() as site:
        made = World(tmp_path, site)
        head, first = FEDERAL.split("[[instruments]]", 1)
        made.write("us.toml", head + FEED + "\n[[instruments]]" + first)
        yield made


def tell(world, *bills, hours=24):
    entries = {"summary": {}, **dict(enumerate(bills))}
    body = json.dumps({"status": "OK", "searchresult": entries}).encode()
    world.serve("/bills.json", body, "application/json")
    return world.run(hours=hours)


def record_bill(world, citation, stage):
    """A person writes a bill into the file of the United States, as of June."""
    text = (world.sources / "us.toml").read_text(encoding="utf-8")
    entry = (
        f'citation = "{citation}"\nstage = "{stage}"\nsays = "Would ban it."\nas_of = 2026-06-01\n'
    )
    world.write("us.toml", f"{text}\n[[pending]]\n{entry}")


def listed(world, now=None):
    return pending(Store(world.path).load(), (now or world.now).date().isoformat())


def test_what_people_recorded_is_listed_with_what_it_would_change(world):
    tell(world)
    item = next(one for one in listed(world) if "FR Doc" in one["citation"])
    assert (item["jurisdiction"], item["stage"], item["heard"]) == ("US", "notice of intent", None)
    assert item["substances"] == ["7-oh"]


def test_a_bill_that_a_feed_tells_of_is_listed_and_refreshed_and_is_no_law(world):
    before = world.run() and world.answer("US")["substances"]
    tell(world, heard("HB 77", "introduced", "2026-11-20"))
    tell(
        world,
        heard("HB 77", "passed the House", "2026-11-24"),
        heard("HB 78", "introduced", "2026-11-21"),
    )
    tell(world, heard("HB 77", "introduced", "2026-11-20"))  # an older answer takes nothing back
    found = {one["citation"]: one for one in listed(world)}
    assert (found["US HB 77"]["stage"], found["US HB 77"]["as_of"]) == (
        "passed the House",
        "2026-11-24",
    )
    assert found["US HB 78"]["heard"] == "introduced"
    assert world.answer("US")["substances"] == before
    assert verify(world.path) == []


def test_a_recorded_bill_shows_the_step_that_the_feed_told_last(world):
    record_bill(world, "H. B. 77 (2026)", "introduced")
    tell(
        world,
        heard("HB 77", "signed by the governor", "2026-11-20"),
        heard("HB 770", "introduced", "2026-11-20"),
    )
    found = {one["citation"]: one for one in listed(world)}
    assert (found["H. B. 77 (2026)"]["stage"], found["H. B. 77 (2026)"]["heard"]) == (
        "introduced",
        "signed by the governor",
    )
    assert found["H. B. 77 (2026)"]["heard_on"] == "2026-11-20"
    assert "US HB 77" not in found
    assert "US HB 770" in found


@pytest.mark.parametrize(
    ("name", "citation", "same"),
    [
        ("US 2026-20943", "FR Doc. 2026-20943 (filed 2026-10-09)", True),
        ("2026-2094", "FR Doc. 2026-20943 (filed 2026-10-09)", False),
        ("North Carolina H 468", "House Bill 468 (2025-2026)", False),
        ("NC HB468", "House Bill 468 (2025-2026)", True),
        ("South Carolina H 4641", "H. 4641 (2025-2026)", True),
        ("MD SB820", "2026 HB 1523 / SB 820", True),
        ("MD SB82", "2026 HB 1523 / SB 820", False),
        ("TX 20", "2026 HB 1523 / SB 820", False),
    ],
)
def test_a_document_is_known_by_its_number(name, citation, same):
    one = {**dict.fromkeys(ANNOUNCED), "name": name, "day": "2026-11-01"}
    record = {
        "id": "US", "attested": "2026-06-07",
        "pending": [{"citation": citation, "url": None, "earliest": None, "as_of": "2026-06-01"}],
    }  # fmt: skip
    found = [news for _, news in proposals(record, {"US:f:x": one})]
    assert found == ([one] if same else [None, one])


def test_what_nobody_recorded_makes_its_record_due_after_ninety_days(world):
    tell(world, heard("HB 77", "passed the House", "2026-11-23"))
    world.now += timedelta(days=100)
    reasons = [
        why for why in world.answer("US")["freshness"]["reasons"] if "nobody recorded" in why
    ]
    assert reasons == [
        "US HB 77 (passed the House), which nobody recorded, may be law since 2027-02-21"
    ]
    assert (
        next(one for one in listed(world) if one["citation"] == "US HB 77")["due_since"]
        == "2027-02-21"
    )


def test_a_recall_is_no_proposal_and_one_that_a_person_read_after_is_gone(world):
    tell(world, heard("HB 77", "passed the House", "2026-06-01"))  # before the record was attested
    assert not [one for one in listed(world) if one["citation"] == "US HB 77"]


def test_the_doors_say_the_same(world, capsys, monkeypatch):
    hostile = "Relating to kratom <script>alert(1)</script>\x1b[31m"
    tell(world, heard("HB 77", "introduced", "2026-11-20", hostile))
    monkeypatch.setattr("regstatus.cli._list.now", lambda: world.now)
    monkeypatch.setenv("REGSTATUS_SNAPSHOTS", str(world.path))
    assert main(["pending"]) == 0
    shown = capsys.readouterr().out
    assert "United States (US): US HB 77: NOT LAW" in shown
    assert "\x1b" not in shown
    assert main(["pending", "--json"]) == 0
    items = json.loads(capsys.readouterr().out)
    assert main(["pending", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["citation"] for row in rows] == [item["citation"] for item in items]
    store = Store(world.path)
    site = Site(Edition(store, store.load(), world.now))
    assert json.loads(site.get("v1/pending.json").body)["items"] == items
    page = site.get("pending.html").body.decode()
    assert "US HB 77" in page
    assert "<script>alert" not in page
    assert page.count("not law</span>") == len(items)


def test_what_is_damaged_in_the_ledger_is_told_and_takes_nothing_else(world):
    tell(world, heard("HB 77", "introduced", "2026-11-20"))
    from regstatus.store.atomic import sealed
    from regstatus.store.clocks import read_ledger
    from regstatus.store.proof import read_sealed

    file = world.path / "ledger.json"
    value = read_sealed(file.read_bytes(), "regstatus-ledger/2", str(file))
    value["announced"]["US:register:US HB 77"]["step"] = 7
    file.write_bytes(sealed(value))
    found = read_ledger(str(file))
    assert found.announced == {}
    assert any("US HB 77" in fault for fault in found.faults)
    assert found.doubt is None


def test_a_store_of_an_earlier_release_lists_what_is_recorded(tmp_path):
    from tests.support.make import publish, record

    publish(tmp_path, record(FEDERAL))
    assert pending(Store(tmp_path).load(), NOON.date().isoformat())[0]["heard"] is None


@pytest.mark.parametrize("day", ["2026-11-31", "0000-00-00", "not a day", "20261301", 7])
def test_a_day_that_is_none_ends_no_door_and_the_bill_is_listed(world, day):
    tell(world, heard("HB 77", "introduced", day))
    item = next(one for one in listed(world) if one["citation"] == "US HB 77")
    assert item["heard_on"] is None
    assert world.answer("US")["status"] == "unregulated"
    world.now += timedelta(days=100)
    assert world.answer("US")["freshness"]["reasons"]


def test_the_bill_of_another_state_with_the_same_number_is_no_news_of_this_one(world):
    tell(world, heard("HB 77", "introduced", "2026-11-20", state="CA"))
    tell(world, heard("HB 78", "introduced", "2026-11-20", state="TX"))
    found = {(one["jurisdiction"], one["citation"]) for one in listed(world)}
    assert ("US-TX", "TX HB 78") in found
    assert not [one for one in found if "HB 77" in one[1]]


def test_older_news_refreshes_nothing_newer(world):
    record_bill(world, "HB 77 (2026)", "passed the House")
    tell(world, heard("HB 77", "died in committee", "2025-01-01"))
    item = next(one for one in listed(world) if one["citation"] == "HB 77 (2026)")
    assert (item["stage"], item["heard"]) == ("passed the House", None)


def test_a_step_of_a_day_to_come_is_none_and_holds_no_later_one_back(world):
    record_bill(world, "HB 77 (2026)", "introduced")
    for step, day, shown in (
        ("passed the House", "2026-11-20", "passed the House"),
        ("signed by the governor", "2037-01-01", "passed the House"),
        ("failed in committee", "2026-11-23", "failed in committee"),
    ):
        tell(world, heard("HB 77", step, day), heard("HB 78", step, day))
        found = {one["citation"]: one for one in listed(world)}
        assert (found["HB 77 (2026)"]["heard"], found["US HB 78"]["heard"]) == (shown, shown)
    tell(world, heard("HB 79", "introduced", "2037-01-01"))
    tell(world, heard("HB 79", "passed the House", "2026-11-24"))
    found = {one["citation"]: one for one in listed(world)}
    assert found["US HB 79"]["heard"] == "passed the House"


@pytest.mark.parametrize(
    ("step", "perhaps"),
    [
        ("Signed by Governor; effective immediately", True),
        ("Chaptered by Secretary of State", True),
        ("Enacted as Public Act 104-12", True),
        ("in force", True),
        ("Signed by the Speaker", False),
        ("not shown to be enacted", False),
        ("passed the Senate", False),
    ],
)
@pytest.mark.parametrize("how", ["recorded", "heard", "heard alone"])
def test_one_that_is_said_to_be_law_is_to_be_looked_at_and_is_not_law(
    world, capsys, step, perhaps, how
):
    if how != "heard alone":
        record_bill(world, "HB 77 (2026)", step if how == "recorded" else "introduced")
    bills = [] if how == "recorded" else [heard("HB 77", step, "2026-11-21")]
    tell(world)
    before = world.answer("US")["status"]
    tell(world, *bills)
    (item,) = (one for one in listed(world) if "HB 77" in one["citation"])
    late = how != "heard alone"  # recorded in June: nobody looked for 90 days
    assert (item["due_since"] is not None) is (perhaps or late)
    assert main(["pending", "--snapshots", str(world.path)]) == 0
    shown = next(line for line in capsys.readouterr().out.splitlines() if "HB 77" in line)
    assert shown.endswith("perhaps law by now: look" if perhaps else "NOT LAW")
    answer = world.answer("US")
    assert any("HB 77" in why and "law" in why for why in answer["freshness"]["reasons"]) is perhaps
    assert answer["status"] == before
    store = Store(world.path)
    site = Site(Edition(store, store.load(), world.now))
    assert ("perhaps law by now: look" in site.get("pending.html").body.decode()) is perhaps


def test_an_address_that_is_none_is_not_kept(world):
    tell(world, {**heard("HB 77", "introduced", "2026-11-20"), "url": "javascript:alert(1)"})
    assert next(one for one in listed(world) if one["citation"] == "US HB 77")["url"] is None


def test_a_final_rule_is_no_proposal_and_makes_its_record_due(world):
    rule = {
        "document_number": "2026-2", "type": "Rule", "title": "Scheduling of mitragynine",
        "publication_date": "2026-11-20", "effective_on": "2026-11-23",
    }  # fmt: skip
    body = json.dumps({"count": 1, "results": [rule]}).encode()
    world.serve("/bills.json", body, "application/json")
    world.run()
    assert not [one for one in listed(world) if one["citation"] == "2026-2"]
    reasons = world.answer("US")["freshness"]["reasons"]
    assert [why for why in reasons if "2026-2 (Rule), which nobody recorded, may be law" in why]
