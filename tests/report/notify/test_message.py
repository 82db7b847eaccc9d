"""The words of a message: cleaned, escaped, bounded; and its id."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from regstatus.model.event_kinds import KINDS, Level, told_of
from regstatus.model.words import EventKind
from regstatus.report.notify.config import Target
from regstatus.report.notify.message import FOOT, LONGEST, body_bytes, compose, event_key, sample

TARGET = Target(name="x", apprise="json://localhost")
RUN = {"started": "2026-11-23T12:00:00Z", "state": "complete", "version": "2026.11.23"}


def event(**facts):
    made = {
        "kind": "status_changed", "jurisdiction": "US-TX", "substance": "leaf", "before": "regulated",
        "after": "banned", "law_date": "2026-11-23", "observed": "2026-11-23", "document": None,
        "url": "https://statutes.example.gov/HS_444.htm", "quote": "The words.",
        "sentence": "Texas: leaf went from regulated to banned.", "details": [],
    }  # fmt: skip
    return {**made, **facts}


def made(*events, target=TARGET, **options):
    return compose(target, RUN, "complete", events, **options)


HOSTILE = (
    "<script>alert(1)</script> [click](https://evil.example) ![x](y) **bold** @everyone "
    "<!channel> \x1b[31m \u202egnp.exe line\nbreak\r\n# head | cell `code` \ud800"
)


def test_hostile_words_are_only_words():
    body = made(event(sentence=HOSTILE, quote=HOSTILE, jurisdiction=HOSTILE, details=[HOSTILE]))
    text = body["text"]
    bare = re.sub(r"\\.", "", text)
    for found in ("<", "[", "`code", "**bold", "@everyone", "\x1b", "\u202e", "\n# ", "\r"):
        assert found not in bare, found
    assert "\\<script\\>" in text
    told = json.loads(body_bytes(body))["changes"][0]
    assert "\x1b" not in told["sentence"] + told["details"][0] + body["title"]
    assert text.encode()


@given(st.lists(st.text(max_size=700), max_size=60))
def test_a_text_is_never_too_long_and_counts_what_it_leaves_out(sentences):
    events = [event(sentence=words, document=str(n)) for n, words in enumerate(sentences)]
    body = made(*events)
    if not events:
        assert body is None
        return
    assert len(body["text"]) <= LONGEST
    assert body["text"].endswith(FOOT)
    shown = body["text"].count("- **status\\_changed**")
    left = len(events) - shown
    assert (f"… and {left} more" in body["text"]) == (left > 0)
    assert body_bytes(body).isascii()


def test_json_is_bounded_too_and_counts_what_it_leaves_out():
    body = made(*(event(document=str(n)) for n in range(250)))
    assert (len(body["changes"]), body["more"]) == (200, 50)


def test_the_weightiest_event_comes_first_and_every_kind_has_a_level():
    body = made(event(kind="text_changed"), event(kind="source_failing"), event())
    assert [c["level"] for c in body["changes"]] == ["high", "medium", "low"]
    assert set(KINDS) == set(EventKind)
    assert told_of("of_a_later_release").level is Level.HIGH


def test_what_begins_and_what_ends_are_of_one_level():
    for first, last in (
        ("source_failing", "source_recovered"), ("became_stale", "reverified"),
        ("contradicted", "contradiction_resolved"),
    ):  # fmt: skip
        assert told_of(first).level is told_of(last).level


def test_links_lead_to_the_page_of_the_place():
    [told] = made(event(), base_url="https://me.example/k/")["changes"]
    assert told["link"] == "https://me.example/k/j/US-TX.html"
    [told] = made(event(jurisdiction="US-CA/san-diego"), base_url="https://me.example")["changes"]
    assert told["link"] == "https://me.example/j/US-CA/san-diego.html"
    own = TARGET.model_copy(update={"base_url": "https://own.example"})
    [told] = made(event(), target=own, base_url="https://me.example/k/")["changes"]
    assert told["link"] == "https://own.example/j/US-TX.html"
    assert made(event())["changes"][0]["link"] is None


def test_the_id_hangs_on_what_is_told_and_to_whom_and_on_nothing_else():
    first = made(event())
    assert first["id"] == made(event(sentence="Other words.", observed="2026-11-24"))["id"]
    assert first["id"] != made(event(after="unknown"))["id"]
    other = TARGET.model_copy(update={"name": "y"})
    assert first["id"] != made(event(), target=other)["id"]
    assert len(first["id"]) == 32


def test_the_same_event_of_another_day_is_the_same_event():
    assert event_key(event()) == event_key(event(observed="2027-01-01", sentence="…"))
    assert event_key(event()) != event_key(event(document="hs-444"))


def test_an_event_about_no_substance_is_told_to_whoever_asks_for_one():
    target = Target(name="x", apprise="json://localhost", substances=("7-oh",))
    body = made(event(), event(substance="7-oh"), event(substance=None), target=target)
    assert [c["substance"] for c in body["changes"]] == ["7-oh", None]


def test_a_target_that_asks_for_kinds_hears_of_the_runs_themselves_if_it_names_them():
    failed = {**RUN, "state": "failed", "version": None, "note": "the disk is full"}
    law = Target(name="x", apprise="json://localhost", kinds=("status_changed",))
    assert compose(law, failed, "complete", []) is None
    both = law.model_copy(update={"kinds": ("status_changed", "run")})
    body = compose(both, failed, "complete", [])
    assert body["title"] == "regstatus: the runs fail"
    assert "the disk is full" in body["text"]
    assert compose(both, failed, "failed", []) is None


def test_a_replica_is_never_told_as_official():
    body = compose(TARGET, {**RUN, "origin": "a replica"}, "complete", [event()])
    assert "Not from official hosts: a replica" in body["text"]


def test_a_test_message_invents_no_law():
    body = sample(TARGET, "2026-11-23T12:00:00Z")
    assert (body["test"], body["changes"]) == (True, [])
