"""One run, end to end, over real sockets: the four sentences hold whatever a host sends."""

import json
from datetime import timedelta

import pytest

from regstatus.base.errors import Locked, SourceFileError
from regstatus.fetch.settings import Settings
from regstatus.pipeline.update import Options, update
from regstatus.store.reader import Store
from regstatus.store.verify import verify
from regstatus.store.writer import writing
from tests.support.make import FEDERAL, NOON, TEXAS
from tests.support.replica import Replica

HOST = "statutes.example.gov"
CHAPTER = """<!doctype html><html lang="en"><head><title>HS Chapter 444</title></head><body>
<h1>HEALTH AND SAFETY CODE</h1><h2>CHAPTER 444. KRATOM CONSUMER PROTECTION</h2>
<h3>Sec. 444.001. DEFINITIONS.</h3>
<p>In this chapter, "kratom processor" means a person who prepares, packages or sells a kratom
product in this state, and "kratom product" means a food that contains any part of the leaf of
the plant Mitragyna speciosa.</p>
<h3>Sec. 444.003. PREPARATION, DISTRIBUTION, AND SALE.</h3>
<p>(a) A kratom processor may not sell a kratom product to an individual who is younger than
AGE years of age.</p>
<p>(b) A kratom processor may not sell a kratom product that contains a level of
7-hydroxymitragynine in the alkaloid fraction that is greater than CAP percent of the overall
alkaloid composition of the product.</p></body></html>"""
SCHEDULE = """<!doctype html><html lang="en"><head><title>HS Chapter 481</title></head><body>
<h1>CHAPTER 481. TEXAS CONTROLLED SUBSTANCES ACT</h1><h2>Schedule I</h2>
<p>Schedule I consists of the following controlled substances:</p>
<ul><li>Heroin</li><li>Ibogaine</li><li>Mescaline</li><li>Psilocybin</li>EXTRA<li>Psilocyn</li></ul>
</body></html>"""


def chapter(age="18", cap="two"):
    return CHAPTER.replace("AGE", age).replace("CAP", cap).encode()


def schedule(extra=""):
    return SCHEDULE.replace("EXTRA", extra).encode()


class World:
    """A catalogue, a host and a store; `run` plays one scheduled run."""

    def __init__(self, tmp_path, site):
        self.sources, self.path, self.site = tmp_path / "sources", tmp_path / "store", site
        self.sources.mkdir()
        self.write("tx.toml", TEXAS)
        self.write("us.toml", FEDERAL)
        self.serve("/HS.444.htm", chapter())
        self.serve("/HS.481.htm", schedule())
        self.now = NOON

    def write(self, name, text):
        (self.sources / name).write_text(text, encoding="utf-8")

    def serve(self, path, body, kind="text/html; charset=utf-8"):
        self.site.pages[HOST, path] = (kind, body)

    def run(self, hours=24, **options):
        self.now += timedelta(hours=hours)
        settings = Settings(delay=0.0, retries=0, routes={HOST: self.site.address})
        options.setdefault(
            "isolate", False
        )  # tests/pipeline/test_worker.py has the runs that read apart
        return update(
            Options(sources=self.sources, snapshots=self.path, settings=settings, **options),
            now=lambda: self.now,
        )

    def record(self, key="US-TX"):
        return Store(self.path).load().get(key)

    def answer(self, key="US-TX"):
        from regstatus.query.dataset import Dataset

        return Dataset(Store(self.path).load()).lookup(key, now=self.now).to_dict()


@pytest.fixture
def world(tmp_path):
    with Replica() as site:
        yield World(tmp_path, site)


def kinds(run):
    return [str(change.kind) for change in run.changes]


def test_a_run_reads_official_words_verifies_and_leaves_a_report(world):
    run = world.run()
    assert (run.state, run.version, dict(run.counts)) == ("complete", "2026.11.23", {"ok": 2})
    found = world.answer()
    assert found["grade"] == "official_text"
    assert found["layers"][0]["grade"] == "official_text"
    assert any("younger than" in item["quote"] for item in found["evidence"])
    assert found["evidence"][0]["retrieved_at"] == "2026-11-23T12:00:00Z"
    assert len(found["evidence"][0]["sha256"]) == 64
    assert run.report_file.read_text(encoding="utf-8") == run.report
    assert verify(world.path) == []


def test_nothing_new_makes_no_version_but_a_report_and_renews_the_verification(world):
    world.run()
    run = world.run()
    assert run.version is None
    assert dict(run.counts) == {"unchanged": 2}
    assert "Nothing changed" in run.report
    assert [e["id"] for e in Store(world.path).versions()] == ["2026.11.23"]
    assert len(list((world.path / "reports").glob("*.md"))) == 2
    clocks = Store(world.path).load().ledger
    assert clocks["US-TX:hs-444"]["verified_at"] == "2026-11-24T12:00:00Z"


def test_a_lower_cap_in_the_text_is_the_stricter_reading_first_in_the_report(world):
    world.run()
    world.serve("/HS.444.htm", chapter(cap="one"))
    run = world.run()
    assert "contradicted" in kinds(run)
    assert run.report.index("To review first") < run.report.index("percent")
    found = world.answer()
    assert found["seven_oh_cap"] == "1%"
    assert found["review"]["contradictions"][0]["recorded"] == "2%"
    assert "one percent" in found["review"]["contradictions"][0]["quote"]
    assert found["freshness"]["state"] == "unverified"  # the federal layer was never read
    assert any("contradicts" in reason for reason in found["freshness"]["reasons"])
    ledger = Store(world.path).load().ledger["US-TX:hs-444"]
    assert ledger["verified_at"] == "2026-11-23T12:00:00Z"


def test_the_difference_of_the_passage_stands_in_the_report(world):
    world.run()
    world.serve(
        "/HS.444.htm",
        chapter().replace(b"</body>", b"<p>Acts 2021, ch. 4; Acts 2023, ch. 7.</p></body>"),
    )
    run = world.run()
    [change] = [c for c in run.changes if c.kind == "text_changed"]
    assert "the finding is the same" in change.sentence
    assert any(line.startswith("+") and "Acts 2023, ch. 7" in line for line in change.details)
    assert world.answer()["grade"] == "official_text"
    assert run.version is None


def test_a_plant_that_enters_the_schedule_is_banned_at_once_and_reviewed_later(world):
    world.run()
    world.serve("/HS.481.htm", schedule("<li>Mitragyna speciosa (kratom)</li>"))
    world.run()
    assert world.answer()["status"] == "banned"
    world.write("tx.toml", TEXAS.replace("attested = 2026-06-07", "attested = 2026-11-25"))
    world.serve("/HS.481.htm", schedule("<li>Kava</li>"))
    run = world.run()
    assert {"contradiction_resolved", "restriction_lifted"} <= set(kinds(run))
    assert world.answer()["status"] == "regulated"


BROKEN: dict[str, tuple[bytes, str, str]] = {
    "gone": (b"not here", "", "gone"),
    "empty": (b"", "text/html", "empty"),
    "captcha": (
        b"<html><head><title>Just a moment...</title></head><body>Checking your browser"
        b"<script src='/cdn-cgi/challenge-platform/x.js'></script></body></html>",
        "text/html", "blocked",
    ),
    "maintenance": (
        b"<html><head><title>Site under maintenance</title></head><body><h1>Scheduled maintenance"
        b"</h1><p>We will be back soon.</p></body></html>", "text/html", "maintenance",
    ),
    "shell": (
        b"<html><head><title>App</title><script src=a.js></script></head><body><app-root></app-root>"
        b"<noscript>Please enable JavaScript.</noscript></body></html>", "text/html", "empty",
    ),
    "half": (chapter().split(b"kratom processor")[0] * 3 + b"</p>" + b"<p>law</p>" * 200,
             "text/html", "unreadable"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_what_cannot_be_read_changes_no_answer_and_renews_nothing(world, fault):
    world.run()
    before = world.record()
    body, kind, outcome = BROKEN[fault]
    if fault == "gone":
        del world.site.pages[HOST, "/HS.444.htm"]
    else:
        world.serve("/HS.444.htm", body, kind)
    run = world.run()
    assert run.counts == {outcome: 1, "unchanged": 1}
    assert kinds(run) == ["source_failing"]
    assert "Failing now (1)" in run.report
    assert world.record() == before
    clock = Store(world.path).load().ledger["US-TX:hs-444"]
    assert clock["verified_at"] == "2026-11-23T12:00:00Z"
    assert clock["failures"] == 1
    again = world.run()
    assert kinds(again) == [], "a failure is told when it begins, not on every run"
    world.serve("/HS.444.htm", chapter())
    recovered = world.run()
    assert kinds(recovered) == ["source_recovered"]


def test_a_run_in_which_everything_fails_still_reports(world):
    world.site.pages.clear()
    run = world.run()
    assert run.failed == run.asked == 2
    assert world.answer()["grade"] == "secondary"
    assert "never read" in " ".join(world.answer()["freshness"]["reasons"])
    assert run.report_file.exists()


def test_more_flips_than_the_budget_are_held_until_accepted(world):
    world.run()
    world.write("tx.toml", TEXAS.replace('leaf = "regulated"', 'leaf = "banned"'))
    world.serve("/HS.444.htm", chapter(cap="one"))
    held = world.run(flip_budget=0)
    assert (held.state, held.version) == ("held", None)
    assert "Held" in held.report
    assert world.answer()["status"] == "regulated"
    accepted = world.run(flip_budget=0, accept=True)
    assert accepted.version
    assert world.answer()["status"] == "banned"
    assert world.record()["contradictions"], "what the held run read is read again"


def test_a_held_run_verifies_nothing(world):
    world.run()
    before = Store(world.path).load().ledger["US-TX:hs-481"]["verified_at"]
    world.write("tx.toml", TEXAS.replace('leaf = "regulated"', 'leaf = "banned"'))
    world.run(flip_budget=0)
    assert Store(world.path).load().ledger["US-TX:hs-481"]["verified_at"] == before


def test_only_and_due_limit_what_is_asked_for(world):
    assert world.run(only=("US",)).asked == 0
    assert world.run(only=("US-*",)).asked == 2
    assert world.run(hours=1, due=True).asked == 0
    assert world.run(hours=24, due=True).asked == 2


def test_when_a_law_begins_its_documents_are_asked_for_once_whether_due_or_not(world):
    text = TEXAS.replace('url_basis = "', 'check_every = "30d"\nurl_basis = "')
    later = TEXAS[TEXAS.rindex("[[timeline]]") :].replace("2023-09-01", "2026-11-25")
    world.write("tx.toml", text + later.replace("testing = false", "testing = true"))
    assert [world.run(due=True).asked for _ in range(2)] == [2, 0]
    begins = world.run(due=True)
    assert (begins.asked, "effective_date_reached" in kinds(begins)) == (2, True)
    # Else the record would be stale, because of its law, until their turn comes.
    assert "became_stale" not in kinds(begins)
    assert world.run(due=True).asked == 0
    del world.site.pages[HOST, "/HS.444.htm"]
    more = later.replace("2026-11-25", "2026-11-27")
    world.write("tx.toml", text + later.replace("testing = false", "testing = true") + more)
    assert world.run(due=True).counts == {"gone": 1, "unchanged": 1}
    assert world.run(due=True).asked == 0, "a host that fails is asked again in its turn"


def test_a_document_that_its_file_has_no_more_does_not_fail_for_ever(world):
    del world.site.pages[HOST, "/HS.444.htm"]
    assert "## Failing now (1)" in world.run().report
    world.write("tx.toml", TEXAS.replace('"hs-444"', '"chapter-444"'))
    report = world.run().report
    assert "US-TX:chapter-444: gone, 1 in a row" in report
    assert "US-TX:hs-444" not in report


def test_words_that_stand_at_another_address_as_they_were_did_not_change(world):
    world.run()
    world.write("tx.toml", TEXAS.replace("HS.444.htm", "HS.445.htm"))
    assert "source_failing" in kinds(world.run())  # nothing is there yet
    world.serve("/HS.445.htm", chapter())
    found = kinds(world.run())
    assert ("source_recovered" in found, "text_changed" in found) == (True, False)
    world.serve("/HS.445.htm", chapter().replace(b"</body>", b"<p>Acts 2023, ch. 7.</p></body>"))
    assert kinds(world.run()) == ["text_changed"]


def test_a_day_that_comes_between_two_runs_is_told(world):
    later = TEXAS[TEXAS.rindex("[[timeline]]") :].replace("2023-09-01", "2026-11-25")
    world.write("tx.toml", TEXAS + later.replace('"regulated"', '"banned"'))
    world.run()
    assert world.answer()["status"] == "regulated"
    world.run()
    run = world.run()
    assert "effective_date_reached" in kinds(run)
    assert world.answer()["status"] == "banned"
    # The text still says what it had to say of the old law: that confirms nothing of the new.
    assert world.answer()["grade"] == "secondary"
    assert "does not say yet what this document must show now" in run.report


def test_a_record_that_goes_stale_is_told_once(world):
    world.write("us.toml", FEDERAL.replace("earliest = 2026-11-13\n", ""))
    world.run()
    world.site.pages.clear()
    runs = [world.run(hours=24 * 20) for _ in range(5)]
    stale = [run for run in runs if "became_stale" in kinds(run)]
    assert len(stale) == 1


def test_a_feed_raises_leads_once_and_sets_nothing(world):
    feed = """
[[documents]]
id = "register"
title = "Register"
publisher = "Office"
url = "https://statutes.example.gov/api/v1/documents.json"
url_basis = "seen"
format = "json"
reads = "feed"
adapter = "federal_register"
params = { term = "kratom" }
"""
    results = [
        {"document_number": "2026-1", "type": "Proposed Rule", "title": "Placement of kratom"},
        {"document_number": "2026-2", "type": "Rule", "title": "Scheduling of mitragynine",
         "effective_on": "2026-12-01"},
        {"document_number": "2026-3", "type": "Rule", "title": "Fishing"},
    ]  # fmt: skip
    body = json.dumps({"count": 3, "total_pages": 1, "results": results}).encode()
    world.site.feeds[HOST, "kratom"] = body
    head, first = FEDERAL.split("[[instruments]]", 1)
    world.write("us.toml", head + feed + "\n[[instruments]]" + first)
    run = world.run()
    leads = [change for change in run.changes if change.kind == "lead"]
    assert "2026-1" in leads[0].sentence
    assert "not law" in leads[0].sentence
    assert len(leads) == 2
    assert "Leads: announced, not law until read" in run.report
    assert world.answer("US")["status"] == "unregulated"
    assert [c for c in world.run().changes if c.kind == "lead"] == []


def test_a_broken_source_file_stops_the_run_before_anything_is_fetched(world):
    world.write("tx.toml", TEXAS.replace("60d", "x"))
    with pytest.raises(SourceFileError):
        world.run()
    assert world.site.asked == []


def test_two_runs_at_once_are_refused(world):
    with writing(world.path), pytest.raises(Locked):
        world.run()


def test_another_address_starts_its_clock_anew(world):
    world.run()
    world.write("tx.toml", TEXAS.replace("HS.444.htm", "HS.445.htm"))
    world.serve("/HS.445.htm", chapter())
    run = world.run()
    assert "source_moved" in kinds(run)
    assert (HOST, "/HS.445.htm", 200) in world.site.asked


def test_a_changed_reader_asks_for_the_text_again(world):
    world.run()
    world.write(
        "tx.toml", TEXAS.replace('controls = ["kratom processor"]', 'controls = ["kratom product"]')
    )
    world.run()
    asked = [status for _, path, status in world.site.asked if path == "/HS.444.htm"]
    assert asked == [200, 200]


def test_the_origin_of_a_replica_is_kept_with_its_version(world):
    world.run(origin="a replica")
    assert Store(world.path).load().origin == "a replica"
    assert world.answer()["snapshot"]["origin"] == "a replica"


def test_the_same_law_gives_the_same_digest_run_after_run(world, tmp_path):
    world.run()
    first = Store(world.path).versions()[-1]["digest"]
    world.path = tmp_path / "other"
    world.run(hours=24 * 3)
    assert Store(world.path).versions()[-1]["digest"] == first


def test_a_document_that_needs_a_key_is_left_out_and_said_once(world, monkeypatch):
    monkeypatch.delenv("EXAMPLE_KEY", raising=False)
    feed = """
[[documents]]
id = "bills"
title = "Bills"
publisher = "Office"
url = "https://statutes.example.gov/bills?key={env:EXAMPLE_KEY}"
url_basis = "seen"
format = "json"
reads = "feed"
"""
    head, first = FEDERAL.split("[[instruments]]", 1)
    world.write("us.toml", head + feed + "\n[[instruments]]" + first)
    run = world.run()
    [change] = [c for c in run.changes if c.kind == "source_skipped"]
    assert "EXAMPLE_KEY" in change.sentence
    assert run.counts["skipped"] == 1
    assert run.failed == 0
    assert "source_skipped" not in kinds(world.run())
