"""A person attests an official text with the text itself: it counts for its day, and can be proven again."""

import json
from datetime import date
from hashlib import sha256

import pytest

from regstatus.catalog.sources import load_file
from regstatus.cli import main
from regstatus.decide.attested import places
from regstatus.decide.freshness import freshness
from regstatus.decide.records import decide
from tests.pipeline.test_doubtful import chapter, schedule
from tests.support.make import NOON, TEXAS

ATTEST = ["attest", "US-TX", "--document"]
WHO = ["--day", "2026-10-01", "--by", "Jane Roe"]


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder of sources, a saved page of each document, and a snapshots folder of one's own."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "tx.toml").write_text(TEXAS, encoding="utf-8")
    (tmp_path / "444.html").write_bytes(chapter())
    (tmp_path / "481.html").write_bytes(schedule())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def attest(document, page, *more, agree="all", who=WHO):
    words = [*ATTEST, document, "--page", page, *who, "--sources", "sources", "--snapshots", "own"]
    return main([*words, *(["--agree", agree] if agree else []), *more])


def record(desk):
    source = load_file(desk / "sources" / "tx.toml")
    return decide(source, {}, None, NOON.date())


def test_what_is_attested_moves_the_grade_in_its_period_and_proves_its_day(desk, capsys):
    assert attest("hs-444", "444.html") == 0
    assert attest("hs-481", "481.html", "--at", "a copy", "--kind", "copy") == 0
    found = record(desk)
    before, now = found.timeline
    assert {str(grade) for grade in now.grades.values()} >= {"official_text"}
    assert now.grades["leaf"] == now.grades["7-oh"] == now.grades["mitragynine"] == "official_text"
    assert now.grades["derivatives"] == "secondary"
    assert "official_text" not in before.grades.values()
    clocks = freshness(found.to_json(), {}, NOON)
    assert clocks["verified_at"] == "2026-10-01T00:00:00Z"
    first, second = found.attestations
    assert (first.by, first.day, first.kind) == ("Jane Roe", date(2026, 10, 1), "original")
    assert first.says == {
        "leaf": "named", "mitragynine": "silent", "7-oh": "named", "derivatives": "silent",
        "minimum_age": 18, "seven_oh_cap": "2%",
    }  # fmt: skip
    assert second.at == "a copy"
    told = capsys.readouterr().out
    assert first.quote in told
    assert "named      on record: regulated" in told
    kept = desk / "own" / "attested" / f"{first.sha256}.html"
    assert sha256(kept.read_bytes()).hexdigest() == first.sha256


def test_a_part_of_a_text_is_evidence_and_raises_no_grade(desk):
    assert attest("hs-444", "444.html", "--kind", "excerpt") == 0
    found = record(desk)
    assert "official_text" not in found.timeline[-1].grades.values()
    assert places([found.to_json()]) == []
    assert freshness(found.to_json(), {}, NOON)["verified_at"] is None
    assert [entry.kind for entry in found.attestations] == ["excerpt"]


def test_the_same_file_proves_it_again_and_no_other(desk, capsys):
    attest("hs-444", "444.html")
    check = ["attest", "US-TX", "--check", "--sources", "sources", "--page"]
    assert main([*check, "444.html"]) == 0
    assert "proven again: US-TX:hs-444 on 2026-10-01" in capsys.readouterr().out
    (desk / "other.html").write_bytes(chapter("<p> </p>"))
    assert main([*check, "other.html"]) == 1
    assert "names its digest" in capsys.readouterr().err
    file = desk / "sources" / "tx.toml"
    text = file.read_text("utf-8")
    assert '"minimum_age" = 18' in text
    file.write_text(text.replace('"minimum_age" = 18', '"minimum_age" = 21'), "utf-8")
    assert main([*check, "444.html"]) == 1
    assert main([*check, "absent.html"]) == 2


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (chapter(age=("18 years", "21 years")), "says otherwise than the record"),
        (b"<html><body><p>Please verify that you are human</p></body></html>", "not the document"),
        (chapter().replace(b"kratom processor", b"processor"), "positive controls are missing"),
        (b"", "hs-444"),
    ],
    ids=["another age", "a wall", "another page", "an empty file"],
)
def test_a_text_that_proves_nothing_is_refused_and_nothing_is_written(desk, capsys, page, why):
    (desk / "bad.html").write_bytes(page)
    assert attest("hs-444", "bad.html") == 2
    assert why in capsys.readouterr().err or not page
    assert (desk / "sources" / "tx.toml").read_text("utf-8") == TEXAS
    assert not (desk / "own").exists()


def test_a_doubtful_text_is_refused_in_a_persons_hands_too(desk, capsys):
    (desk / "481.html").write_bytes(
        schedule().replace(b"</body>", b"<p>Page 1 of 7</p><p>Next page</p></body>")
    )
    assert attest("hs-481", "481.html") == 2
    assert "cannot be attested" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (["--day", "2199-01-01", "--by", "Jane Roe"], "still to come"),
        (["--day", "2026-10-01"], "--by is missing"),
        (["--by", "Jane Roe"], "--day is missing"),
        (["--day", "2026-10-01", "--by", " "], "by: "),
        (["--day", "2026-10-01", "--by", "x" * 100_000], "by: "),
        (["--day", "0001-01-01", "--by", "Jane Roe"], "otherwise than the record"),
    ],
)
def test_who_and_which_day_must_be_said(desk, capsys, more, why):
    assert attest("hs-444", "444.html", who=more) == 2
    assert why in capsys.readouterr().err


def test_each_substance_must_be_confirmed(desk, capsys):
    assert attest("hs-444", "444.html", agree="leaf") == 2
    assert "7-oh is not confirmed" in capsys.readouterr().err
    assert (desk / "sources" / "tx.toml").read_text("utf-8") == TEXAS


def test_a_reading_of_the_former_law_is_no_proof_of_the_law_of_today(desk):
    attest("hs-481", "481.html", who=["--day", "2023-08-31", "--by", "Jane Roe"])
    found = record(desk)
    assert "official_text" not in found.timeline[1].grades.values()


def test_two_people_who_read_otherwise_are_a_conflict_and_neither_counts(desk):
    attest("hs-444", "444.html")
    file = desk / "sources" / "tx.toml"
    text = file.read_text("utf-8")
    mine = text[text.index("[[attestations]]") :]
    theirs = mine.replace("Jane Roe", "Max Roe").replace('"minimum_age" = 18', '"minimum_age" = 21')
    file.write_text(f"{text}\n{theirs}", "utf-8")
    found = record(desk)
    assert "official_text" not in found.timeline[1].grades.values()
    assert not found.attestations
    (conflict,) = found.conflicts
    assert ["Jane Roe" in conflict.claims[0], "Max Roe" in conflict.claims[1]] == [True, True]
    assert freshness(found.to_json(), {}, NOON)["verified_at"] is None


def test_the_checker_names_an_attestation_of_no_document(desk, capsys):
    attest("hs-444", "444.html")
    file = desk / "sources" / "tx.toml"
    file.write_text(
        file.read_text("utf-8").replace('document = "hs-444"\nday', 'document = "x"\nday'), "utf-8"
    )
    assert main(["sources", "check", "sources"]) == 2
    assert "no document has the id 'x'" in capsys.readouterr().err


def test_what_is_attested_is_told_as_evidence_with_who_when_and_where(desk):
    attest("hs-444", "444.html", "--at", "repository at a commit", "--kind", "copy")
    from regstatus.decide.layer import Layer
    from regstatus.decide.quotations import quotations

    data = json.loads(json.dumps(record(desk).to_json()))
    said = quotations(Layer("US-TX", data, NOON.date()), {})
    assert [item["rule"] for item in said] == ["attested by Jane Roe for 2026-10-01"]
    assert said[0]["read_at"] == said[0]["copy_at"] == "repository at a commit"
    assert said[0]["url"] == "https://statutes.example.gov/HS.444.htm"


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("A kratom processor may not", True),
        ("a  KRATOM processor … may not", True),
        ("No person may possess kratom", False),
        ("A kratom processor ... shall burn it", False),
    ],
)
def test_what_is_quoted_of_a_document_must_stand_in_the_file_that_proves_it(
    desk, capsys, words, held
):
    quoted = ('document = "hs-444"\n\n', f'document = "hs-444"\nquote = "{words}"\n\n')
    restated(desk, quoted)
    assert attest("hs-444", "444.html") == (0 if held else 2)
    told = capsys.readouterr().err
    assert held or ("does not hold what sb-497 quotes" in told and "quote_from" in told)
    if held:
        file = desk / "sources" / "tx.toml"
        file.write_text(file.read_text("utf-8").replace(words, "Other words"), "utf-8")
    check = ["attest", "US-TX", "--check", "--sources", "sources", "--page", "444.html"]
    assert main(check) == 1


def restated(desk, *changes):
    file = desk / "sources" / "tx.toml"
    text = file.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("key", "day", "proven"),
    [("from", "2026-11-01", True), ("from", "2026-10-01", False), ("until", "2026-10-01", True)],
)
def test_only_the_texts_that_bear_on_the_law_of_its_day_must_be_attested(desk, key, day, proven):
    restated(
        desk,
        ('settles = ["mitragynine"]', f'settles = ["leaf", "mitragynine"]\n{key} = {day}'),
    )
    attest("hs-444", "444.html")
    grade = record(desk).timeline[1].grades["leaf"]
    assert (grade == "official_text") == proven


@pytest.mark.parametrize(("day", "proven"), [("2021-06-01", True), ("2019-06-01", False)])
def test_an_old_text_counts_for_a_period_that_ended_soon_after_it(desk, day, proven):
    restated(desk, ('settles = ["mitragynine"]', 'settles = ["mitragynine"]\nuntil = 2023-09-01'))
    attest("hs-481", "481.html", who=["--day", day, "--by", "Jane Roe"])
    grades = record(desk).timeline[0].grades
    assert (grades["mitragynine"] == "official_text") == proven


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.toml", b'jurisdiction = "US-OK"\n# \xff\n'),
        ("a.toml", "jurisdiction = 'US-OK' # é".encode("utf-16")),
        ("z.toml", b"\x80"),
    ],
)
def test_a_source_file_of_another_place_that_is_no_text_hinders_nobody(desk, name, body):
    (desk / "sources" / name).write_bytes(body)
    assert attest("hs-444", "444.html") == 0


@pytest.mark.parametrize(
    "body", [b'jurisdiction = "US-TX"\n\xff', b'\njurisdiction = "US-TX"\r\n\x80']
)
def test_a_source_file_that_is_no_text_is_told(desk, capsys, body):
    (desk / "sources" / "tx.toml").write_bytes(body)
    assert attest("hs-444", "444.html") == 2
    assert "not UTF-8 text; save the file as UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("place", ['US-TX"\nregstatus: forged', "\x1b[31mUS-TX", "a\nb"])
def test_the_name_of_a_place_without_a_source_file_forges_no_line(desk, capsys, place):
    assert main(["attest", place, "--page", "444.html", "--sources", "sources"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
