"""What is told, when, and how often: over real runs and real sockets."""

import json

import jsonschema
import pytest

from regstatus.base.errors import Locked, SnapshotError
from regstatus.model import schemas
from regstatus.model.event_kinds import Level
from regstatus.store.verify import verify
from regstatus.store.writer import report_order
from tests.pipeline.test_update import chapter, schedule
from tests.report.notify.conftest import SECRET, signed

KRATOM = "<li>Mitragyna speciosa (kratom)</li>"


@pytest.fixture
def settled(told):
    """A world whose first runs are over and told."""
    told.step()
    told.step()
    told.hook.got.clear()
    return told


def test_a_change_is_told_once_signed_and_in_the_published_form(settled):
    settled.serve("/HS.481.htm", schedule(KRATOM))
    [sent] = settled.step()
    assert sent.problem is None
    [(path, headers, body)] = settled.hook.got
    assert path == "/in/tok%2Fen%2Bof%20the-path"
    assert signed(headers, body) == int(settled.now.timestamp())
    data = json.loads(body)
    jsonschema.Draft202012Validator(schemas.schemas()["notification"]).validate(data)
    assert headers["Idempotency-Key"] == data["id"] == sent.id
    assert headers["Content-Type"] == "application/json"
    assert data["run"]["version"]
    assert data["changes"][0]["level"] == "high"
    assert data["changes"][0]["kind"] == "contradicted"
    assert "Mitragyna speciosa" in data["text"]
    settled.step()
    assert len(settled.hook.got) == 1


def test_a_run_without_a_change_sends_nothing(settled):
    assert settled.step() == []
    assert settled.step() == []
    assert settled.hook.got == []


def test_a_source_that_fails_for_a_month_is_told_when_it_begins_and_when_it_ends(settled):
    page = settled.site.pages.pop(("statutes.example.gov", "/HS.444.htm"))
    for _ in range(5):
        settled.step()
    settled.site.pages["statutes.example.gov", "/HS.444.htm"] = page
    settled.step()
    settled.step()
    assert settled.hook.kinds() == [["source_failing"], ["source_recovered"]]


def test_a_record_going_stale_is_told_once(settled):
    settled.set(kinds=("became_stale",))
    settled.site.pages.clear()
    for _ in range(6):
        settled.step(hours=24 * 20)
    assert settled.hook.kinds() == [["became_stale"]]


def test_what_is_not_taken_waits_and_goes_out_with_the_next_run_under_the_same_id(settled):
    settled.serve("/HS.444.htm", chapter(cap="one"))
    settled.hook.answers = [503]
    [sent] = settled.step()
    assert "status 503" in sent.problem
    assert "waits for the next run" in str(sent)
    assert len(settled.hook.got) == 3  # with its retries
    assert [item["attempts"] for item in settled.outbox()["pending"]] == [1]
    first = settled.hook.got[0]
    settled.hook.answers = [200]
    settled.hook.got.clear()
    [sent] = settled.step()
    assert sent.problem is None
    [(_, headers, body)] = settled.hook.got
    assert body == first[2]
    assert headers["Idempotency-Key"] == first[1]["Idempotency-Key"]
    assert signed(headers, body) > signed(first[1], first[2])
    assert settled.outbox()["pending"] == []


def test_an_answer_lost_on_the_way_back_gives_a_duplicate_with_the_same_key(settled):
    settled.serve("/HS.444.htm", chapter(cap="one"))
    settled.hook.answers = [None, 200]
    [sent] = settled.step()
    assert sent.problem is None
    assert len({headers["Idempotency-Key"] for _, headers, _ in settled.hook.got}) == 1
    assert len(settled.hook.got) == 2


def test_messages_wait_in_order_and_one_that_fails_keeps_the_later_ones_back(settled):
    settled.hook.answers = [500]
    settled.serve("/HS.444.htm", chapter(cap="one"))
    settled.step()
    settled.serve("/HS.481.htm", schedule(KRATOM))
    settled.step()
    assert [item["attempts"] for item in settled.outbox()["pending"]] == [2, 0]
    settled.hook.answers = [200]
    settled.hook.got.clear()
    assert [sent.problem for sent in settled.step()] == [None, None]
    assert [body["run"]["started"] for body in settled.hook.bodies] == [
        "2026-11-25T12:00:00Z", "2026-11-26T12:00:00Z",
    ]  # fmt: skip


def test_a_run_killed_before_its_delivery_or_made_without_one_is_told_with_the_next(settled):
    settled.serve("/HS.444.htm", chapter(cap="one"))
    settled.run()
    settled.serve("/HS.481.htm", schedule(KRATOM))
    settled.run()
    [sent] = settled.step()
    assert sent.problem is None
    [body] = settled.hook.bodies
    about = {change["document"] for change in body["changes"] if change["kind"] == "contradicted"}
    assert about == {"hs-444", "hs-481"}


def test_a_new_target_is_told_of_nothing_that_was_before_it(told):
    told.run()
    told.serve("/HS.444.htm", chapter(cap="one"))
    told.run()
    assert told.step() == []


def test_a_held_run_is_told_once_and_its_facts_again_when_they_are_published(settled):
    settled.serve("/HS.481.htm", schedule(KRATOM))
    for _ in range(3):
        settled.step(flip_budget=0)
    [held] = settled.hook.bodies
    assert (held["run"]["before"], held["run"]["state"]) == ("complete", "held")
    assert "--accept" in held["text"]
    settled.step(accept=True)
    done = settled.hook.bodies[-1]
    assert (done["run"]["before"], done["run"]["state"]) == ("held", "complete")
    assert "contradicted" in [c["kind"] for c in done["changes"]]
    assert "text_changed" in [c["kind"] for c in held["changes"]]
    assert "text_changed" not in [c["kind"] for c in done["changes"]]
    settled.step()
    assert len(settled.hook.got) == 2


def test_runs_that_break_off_are_told_when_they_begin_to_and_when_they_are_whole_again(settled):
    fault = SnapshotError("ledger.json: damaged")
    for _ in range(3):
        settled.tell(None, fault)
    settled.step()
    settled.step()
    broken, mended = settled.hook.bodies
    assert broken["title"] == "regstatus: the runs fail"
    assert "ledger.json: damaged" in broken["text"]
    assert mended["title"] == "regstatus: the runs are complete again"


def test_a_run_that_found_another_at_work_tells_nothing(settled):
    assert settled.tell(None, Locked("another update is running")) == []
    assert settled.hook.got == []


def test_filters_choose_by_place_substance_kind_and_level(settled):
    settled.set(jurisdictions=("US-CA*",))
    settled.serve("/HS.444.htm", chapter(cap="one"))
    assert settled.step() == []
    settled.set(jurisdictions=("US-*",), minimum=Level.HIGH)
    settled.serve("/HS.481.htm", schedule(KRATOM))
    settled.step()
    [body] = settled.hook.bodies
    assert {change["level"] for change in body["changes"]} == {"high"}
    assert {change["jurisdiction"] for change in body["changes"]} == {"US-TX"}


def test_two_targets_have_each_their_own_mark(settled):
    first = settled.config.targets[0]
    second = first.model_copy(update={"name": "other", "webhook": f"{settled.hook.base}/other"})
    settled.config = settled.config.model_copy(update={"targets": (first, second)})
    settled.serve("/HS.444.htm", chapter(cap="one"))
    settled.step()
    assert [path.split("/")[1] for path, _, _ in settled.hook.got] == ["in", "other"]
    ids = {body["id"] for body in settled.hook.bodies}
    assert len(ids) == 2


def test_what_waits_for_a_target_of_another_file_is_left_alone(settled):
    settled.hook.answers = [500]
    settled.serve("/HS.444.htm", chapter(cap="one"))
    settled.step()
    settled.set(name="other")
    settled.hook.got.clear()
    assert settled.step() == []
    assert [item["target"] for item in settled.outbox()["pending"]] == ["hook"]


def test_a_key_that_is_not_set_or_too_short_is_told_and_the_message_waits(settled):
    settled.serve("/HS.444.htm", chapter(cap="one"))
    settled.env.pop("HOOK_KEY")
    [sent] = settled.step()
    assert "HOOK_KEY is not set" in sent.problem
    settled.env["HOOK_KEY"] = "short"
    [sent] = settled.step()
    assert "shorter than 16" in sent.problem
    settled.env["HOOK_KEY"] = SECRET
    [sent] = settled.step()
    assert sent.problem is None


def test_no_secret_is_in_the_outbox_the_lines_or_the_message(settled):
    settled.serve("/HS.444.htm", chapter(cap="one"))
    settled.hook.answers = [302]
    settled.hook.headers = {"Location": f"{settled.hook.base}/elsewhere"}
    sent = settled.step()
    assert "is not redirected" in sent[0].problem
    shown = " ".join(map(str, sent)) + (settled.path / "notify" / "outbox.json").read_text()
    assert SECRET not in shown
    assert "tok" not in shown
    assert len(settled.hook.got) == 1


def test_a_damaged_outbox_is_set_aside_and_told(settled):
    file = settled.path / "notify" / "outbox.json"
    file.write_text('{"format": "regstatus-outbox/9"}', encoding="utf-8")
    [note] = settled.step()
    assert "set aside" in note.problem
    assert file.with_name("outbox.damaged.json").exists()
    assert settled.step() == []


def test_a_damaged_report_is_told_and_passed_by(settled):
    done = settled.run()
    done.report_file.with_suffix(".json").write_text("{", encoding="utf-8")
    [note] = settled.tell(done)
    assert "cannot be read" in note.problem
    assert settled.step() == []


def test_a_delivery_that_breaks_never_spoils_the_run(settled, monkeypatch):
    from regstatus.report.notify import delivery

    def broken(*args, **kwargs):
        raise ZeroDivisionError("no such thing")

    settled.serve("/HS.444.htm", chapter(cap="one"))
    monkeypatch.setattr(delivery, "send", broken)
    done = settled.run()
    [sent] = settled.tell(done)
    assert "ZeroDivisionError" in sent.problem
    assert verify(settled.path) == []
    monkeypatch.undo()
    assert [one.problem for one in settled.step()] == [None]


@pytest.mark.parametrize("taken", [False, True])
def test_a_kill_in_the_middle_of_a_delivery_loses_nothing(settled, monkeypatch, taken):
    from regstatus.report.notify import delivery

    real = delivery.send

    def killed(*args, **kwargs):
        if taken:
            real(*args, **kwargs)
        raise KeyboardInterrupt

    settled.serve("/HS.444.htm", chapter(cap="one"))
    monkeypatch.setattr(delivery, "send", killed)
    with pytest.raises(KeyboardInterrupt):
        settled.step()
    monkeypatch.undo()
    assert [one.problem for one in settled.step()] == [None]
    assert len(settled.hook.got) == 1 + taken
    assert len({body["id"] for body in settled.hook.bodies}) == 1


def test_an_outbox_that_cannot_be_written_is_told_and_raises_nothing(settled):
    done = settled.run()
    (settled.path / "notify" / "outbox.json").unlink()
    (settled.path / "notify" / "outbox.json").mkdir()
    [sent] = settled.tell(done)
    assert "the delivery broke off" in sent.problem


def test_a_target_that_takes_none_for_long_loses_the_oldest_and_it_is_told(settled, monkeypatch):
    from regstatus.report.notify import outbox

    monkeypatch.setattr(outbox, "KEPT", 2)
    settled.hook.answers = [500]
    lines = []
    for cap in ("one", "three", "four"):
        settled.serve("/HS.444.htm", chapter(cap=cap))
        lines += map(str, settled.step())
    assert len(settled.outbox()["pending"]) == 2
    assert any("gave up" in line for line in lines)


def test_reports_of_one_second_are_in_the_order_of_their_numbers():
    names = ["20261122T120000Z-10", "20261122T120000Z-2", "20261122T120000Z", "20261121T120000Z"]
    assert sorted(names, key=report_order) == names[::-1]
