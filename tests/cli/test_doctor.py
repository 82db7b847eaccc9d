"""`regstatus doctor`: what it prints, in three forms, and its exit status."""

import json
import shlex

import pytest

from regstatus.cli import _doctor, main
from tests.fetch.conftest import LAW, NOON, Hosts
from tests.pipeline.test_diagnosis import DOCUMENT, HEAD, TAIL

GOOD = "https://law.example.gov/good.htm"
GONE = "https://law.example.gov/gone.htm"
EVIL = "\x1b[31m@everyone ![x](http://evil.example) `\u202e| <img src=x>"


@pytest.fixture
def doctor(tmp_path, monkeypatch, capsys):
    """Run the command for documents at some addresses; its exit status and what it printed."""
    monkeypatch.setattr(_doctor, "now", lambda: NOON)
    monkeypatch.setenv("REGSTATUS_CONTACT", "jane@example.org")
    monkeypatch.setenv("COLUMNS", "100")
    hosts = Hosts()
    hosts.put("law.example.gov/robots.txt", b"")
    hosts.put(GOOD.removeprefix("https://"))
    sources = tmp_path / "sources"
    sources.mkdir()

    def run(urls, words="", routed="law.example.gov"):
        documents = (
            DOCUMENT.format(id=f"doc-{n}", url=url, more=more) for n, (url, more) in enumerate(urls)
        )
        text = HEAD + "".join(documents) + TAIL
        (sources / "us-tx.toml").write_text(text, encoding="utf-8")
        more = ("--sources", str(sources), "--snapshots", str(tmp_path / "store"), "--delay", "0")
        status = main(["doctor", *more, "--route", f"{routed}={hosts.base}", *shlex.split(words)])
        return status, capsys.readouterr().out

    run.hosts = hosts
    yield run
    hosts.close()


def test_nothing_wrong_is_status_0_and_is_told_in_a_few_lines(doctor, tmp_path):
    status, out = doctor([(GOOD, "")])
    assert status == 0
    assert out.startswith("regstatus doctor, 2026-11-22 12:00 UTC: 1 addresses asked, 1 fetched\n")
    assert f"|{'1':>10} | good" in out.replace("| ", "|", 1)
    assert "doc-0" not in out
    assert not (tmp_path / "store").exists()


def test_a_wrong_address_is_status_1_and_has_its_next_step(doctor):
    links = b'<a href="/new/gone.htm">x</a></body>'
    doctor.hosts.put("law.example.gov/", LAW.replace(b"</body>", links))
    status, out = doctor([(GOOD, ""), (GONE, "")])
    assert status == 1
    assert "- US-TX:doc-1, address from memory, fails at answer" in out
    assert "then `regstatus sources edit US-TX`" in out
    assert (
        "  - try https://law.example.gov/new/gone.htm (page above, https://law.example.gov/)" in out
    )
    assert out.index("wrong address") < out.index("good")


def test_nothing_fetched_at_all_is_status_4(doctor):
    assert doctor([(GONE, "")])[0] == 4


def test_json_has_each_address_and_each_cause(doctor):
    status, out = doctor([(GOOD, ""), (GONE, ""), (GOOD, "people_only = true")], "--json")
    found = json.loads(out)
    assert status == 1
    assert [(one["key"], one["cause"]) for one in found["diagnoses"]] == [
        ("US-TX:doc-1", "address"),
        ("US-TX:doc-2", "people"),
        ("US-TX:doc-0", "good"),
    ]
    assert found["causes"]["address"]["addresses"] == 1
    assert found["causes"]["people"]["wrong"] is False
    assert {check["name"] for check in found["machine"]} == {
        "version", "disk", "proxy", "contact", "clock",
    }  # fmt: skip
    assert (found["asked"], found["fetched"], found["at"]) == (2, 1, "2026-11-22T12:00:00Z")


@pytest.mark.parametrize("form", ["", "--markdown"])
def test_what_hosts_and_files_say_is_made_safe(doctor, form):
    page = f"<html><title>Error 500 {EVIL}</title><h1>Internal Server Error {EVIL}</h1></html>"
    doctor.hosts.put("law.example.gov/evil.htm", page.encode(), 503)
    moved = "https://law.example.gov/moved.htm"
    doctor.hosts.put("law.example.gov/moved.htm", b"", 301, Location="//evil.example/@all`|<b>")
    needs = (f"{GOOD}?k={{env:NOT_SET_HERE}}", "site_words = []")
    _, out = doctor([("https://law.example.gov/evil.htm", ""), (moved, ""), needs], form)
    assert not {*out} & {"\x1b", "\u202e", "\r"}
    if form:
        outside = [line for line in out.splitlines() if "evil" in line]
        assert outside
        for line in outside:
            before, code, after = line.split("`")
            assert "evil" in code
            assert "evil" not in before + after


def test_only_and_both_forms_are_checked(doctor, capsys):
    assert doctor([(GOOD, "")], "--only US-ZZ")[0] == 2
    assert doctor([(GOOD, "")], "--json --markdown")[0] == 2
