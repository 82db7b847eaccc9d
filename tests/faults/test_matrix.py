"""Every kind of document meets every fault, and neither an answer nor a record is the worse for it."""

import json
import socket
import ssl
import threading
from http.server import ThreadingHTTPServer

import pytest

from regstatus.model.law import FreshnessState
from regstatus.store.ledger import stamp
from regstatus.store.verify import verify
from tests.faults import plays
from tests.faults.kinds import KINDS, NAMES, OTHER, VICTIM, schedule_html
from tests.faults.matrix import CASES, CORE, RIGHT
from tests.faults.results import RESULTS, Result, summary
from tests.support.make import NOON

pytestmark = pytest.mark.usefixtures("pages_read_once")


def kept(answers, but=None):
    """Answers without what a run moves though the law stood still: trust, version, times of pages.

    Of the document that met the fault (`but`) nothing may move, so nothing is left out.
    """
    copy = json.loads(json.dumps(answers))
    for answer in copy.values():
        del answer["freshness"], answer["snapshot"]
        for item in answer["evidence"]:
            if f"{item['jurisdiction']}:{item['document']}" != but:
                del item["retrieved_at"], item["sha256"]
    return json.dumps(copy, sort_keys=True)


WORSE = tuple(FreshnessState)


@pytest.fixture
def unresolved(monkeypatch):
    """The resolver of this machine does not know the victim's name; others are left alone."""
    real = socket.getaddrinfo

    def unknown(host, *args, **kwargs):
        if host in {"victim.example.gov", b"victim.example.gov"}:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", unknown)


@pytest.fixture
def secure(request, hosts):
    """The same host behind TLS, on a port of its own, with a certificate that nobody vouches for."""
    if not request.node.callspec.params["case"].fault.secure:
        yield None
        return
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*request.getfixturevalue("certificate"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), hosts.server.RequestHandlerClass)
    server.daemon_threads = True
    server.handle_error = lambda *args: None
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def told_once(run, key, named):
    """The run tells of the failure in one event and one line of its report, and of nothing else."""
    [event] = run.changes
    expected = "source_moved" if named == "moved" else "source_failing"
    assert (str(event.kind), f"{event.jurisdiction}:{event.document}") == (expected, key)
    assert "Failing now (1)" in run.report
    lines = run.report.replace("\\", "").splitlines()
    assert len([line for line in lines if f"{key}: {named}" in line]) == 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_no_fault_changes_an_answer_or_renews_what_it_did_not_prove(
    case, stage, secure, unresolved
):
    stage = stage(case.kind.name)
    stage.secure = secure
    key, first = stage.key, stamp(NOON)
    clocks, records, answers = stage.clocks(), stage.records(), stage.answers()
    index = (stage.store / "index.json").read_bytes()
    assert {clock["verified_at"] for clock in clocks.values()} == {first}, "no good first run"
    assert stage.wrong() == ()

    changes = case.fault.play(stage) or {}
    run = stage.run(**changes)

    wrong, lost = stage.wrong(), stage.lost(records)
    RESULTS.append(Result(case.id, wrong, lost))
    assert (wrong, lost) == ((), ())
    assert (stage.store / "index.json").read_bytes() == index
    clock, later = stage.clocks()[key], stamp(stage.now)
    others = {name: entry for name, entry in stage.clocks().items() if name != key}
    assert {entry["verified_at"] for entry in others.values()} == {later}, "others were disturbed"
    assert {entry["outcome"] for entry in others.values()} == {"ok"}
    assert verify(stage.store) == []

    named = RIGHT if clock["outcome"] == "ok" else clock["outcome"]
    assert named in case.outcomes, clock.get("problem")
    if named == RIGHT:
        assert [str(change.kind) for change in run.changes] == []
        assert run.counts == {"ok": len(clocks)}
        assert clock["verified_at"] == later
        assert clock.get("text_sha256") == clocks[key].get("text_sha256")
        assert kept(stage.answers()) == kept(answers)
        return

    assert kept(stage.answers(), key) == kept(answers, key)
    for place, answer in stage.answers().items():
        before, after = answers[place]["freshness"], answer["freshness"]
        bears = place == "US-TX" and case.kind.document != "register"  # a feed settles nothing
        assert after["verified_at"] == (before["verified_at"] if bears or place == "US" else later)
        assert WORSE.index(after["state"]) >= WORSE.index(before["state"])
    for name in ("verified_at", "last_ok", "text_sha256", "sha256", "verdict"):
        assert clock.get(name) == clocks[key].get(name), name
    assert (clock["failures"], clock["failing_since"]) == (1, later)
    assert case.fault.says in clock["problem"]
    assert run.counts == {named: 1, "ok": len(clocks) - 1}
    told_once(run, key, named)

    stage.mend()
    recovered = stage.run()
    RESULTS.append(Result(case.id, stage.wrong(), stage.lost(records)))
    assert [str(change.kind) for change in recovered.changes] == ["source_recovered"]
    assert recovered.counts == {"ok": len(clocks)}
    clock = stage.clocks()[key]
    assert (clock["failures"], clock["verified_at"]) == (0, stamp(stage.now))
    assert stage.lost(records) == stage.wrong() == ()
    assert kept(stage.answers()) == kept(answers)
    assert (stage.store / "index.json").read_bytes() == index


def test_the_matrix_has_every_kind_against_the_core_and_no_case_twice():
    ids = [case.id for case in CASES]
    assert len(ids) == len(set(ids))
    assert {f"{kind}: {fault.name}" for kind in KINDS for fault in CORE} <= set(ids)


AS_SCHEDULED = (
    "statute: captcha",
    "statute: half of the document",
    "statute: nested 100,000 deep, no law",
    "xml: entity bomb",
    "xml: external entity",
    "json: nested 100,000 deep",
    "pdf: corrupt",
    "pdf: encrypted",
)


@pytest.mark.parametrize("name", AS_SCHEDULED)
def test_a_page_read_in_a_process_of_its_own_fails_by_the_same_name(stage, name):
    case = next(case for case in CASES if case.id == name)
    stage = stage(case.kind.name)
    clocks, records = stage.clocks(), stage.records()
    case.fault.play(stage)
    stage.run(isolate=True)
    clock = stage.clocks()[stage.key]
    assert clock["outcome"] in case.outcomes
    assert case.fault.says in clock["problem"]
    assert clock["verified_at"] == clocks[stage.key]["verified_at"]
    assert {entry["failures"] for entry in stage.clocks().values()} == {0, 1}
    assert (stage.wrong(), stage.lost(records)) == ((), ())


def test_law_nested_100_000_deep_is_read_with_a_note_and_answers_the_same(stage):
    stage = stage("statute")
    answers = stage.answers()
    plays.deep(stage)
    run = stage.run()
    assert run.counts == {"ok": 3}
    assert run.changes == ()
    finding = json.loads(stage.records()["US-TX"])["documents"]["hs-444"]["finding"]
    assert finding["problems"] == ["nested deeper than 2,000 tags: read without its structure"]
    assert kept(stage.answers()) == kept(answers)


@pytest.mark.parametrize("fault", ["gone 404", "captcha", "reset half-way", "wrong document"])
def test_a_page_that_fails_leaves_the_other_pages_of_its_host_alone(stage, fault):
    stage = stage("statute")
    (stage.sources / "tx.toml").write_text(
        (stage.sources / "tx.toml").read_text(encoding="utf-8").replace(OTHER, VICTIM),
        encoding="utf-8",
    )
    stage.hosts.put(f"{VICTIM}/HS.481.htm", KINDS["schedule"].content[1])
    stage.run()
    next(one for one in CORE if one.name == fault).play(stage)
    run = stage.run()
    assert run.failed == 1
    assert stage.clocks()["US-TX:hs-481"]["verified_at"] == stamp(stage.now)
    assert stage.wrong() == ()


def test_a_host_that_asks_for_rest_is_left_alone_and_the_others_are_not(stage):
    stage = stage("statute")
    (stage.sources / "tx.toml").write_text(
        (stage.sources / "tx.toml").read_text(encoding="utf-8").replace(OTHER, VICTIM),
        encoding="utf-8",
    )
    stage.hosts.put(f"{VICTIM}/HS.481.htm", KINDS["schedule"].content[1])
    stage.run()
    asked = len(stage.hosts.paths(VICTIM))
    stage.put(b"", 429, Retry_After="86400")
    run = stage.run()
    assert run.counts == {"rate_limited": 2, "ok": 1}
    assert len(stage.hosts.paths(VICTIM)) == asked + 2  # robots.txt and the one refusal
    assert stage.clocks()["US-LA:hs-481"]["verified_at"] == stamp(stage.now)


def test_a_document_that_fails_week_after_week_is_told_once_and_its_trust_runs_out(stage):
    stage = stage("statute")
    records = stage.records()
    stage.put(b"", 404)
    told = [[str(change.kind) for change in stage.run(hours=168).changes] for _ in range(10)]
    assert told[0] == ["source_failing"]
    assert [week for week in told[1:] if week] == [["became_stale"]]
    assert stage.clocks()["US-TX:hs-444"]["failures"] == 10
    assert stage.clocks()["US-TX:hs-444"]["verified_at"] == stamp(NOON)
    assert (stage.wrong(), stage.lost(records)) == ((), ())


def test_the_suite_would_see_a_wrong_answer_and_a_lost_record(stage):
    stage = stage("schedule")
    records = stage.records()
    stage.put(schedule_html([*NAMES, "Mitragyna speciosa (kratom)"]).encode())
    stage.run()
    assert [place for place in stage.wrong() if "banned" in place]
    assert stage.lost(records) == ("US-TX",)
    (stage.sources / "la.toml").unlink()
    stage.run()
    assert "US-LA" in stage.lost(records)
    seen = [Result("a", ("x",), ()), Result("a", (), ("y",)), Result("b", (), ())]
    assert summary(seen) == "fault suite: 2 cases, 1 wrong answers, 1 lost records"
    assert summary([]) is None
