"""The contract of `regstatus inspect --json` and its rendering for the terminal."""

import json
from datetime import date

import pytest

from regstatus.assess import assess
from regstatus.model.law import DUTIES
from regstatus.model.text import Passage, Text
from regstatus.model.words import Format
from regstatus.pipeline.page_reader.inspection import describe, inspect, render

DAY = date(2026, 7, 1)
KEYS = {
    *("readable", "problems", "format", "title", "language", "terms", "schedule", "minimum_age"),
    *("seven_oh_cap", "caps", "duties", "prohibitions", "passages", "text_sha256"),
}
TERM_KEYS = {"substance", "term", "heading_path", "quote", "context", "schedule", "anchor", "rule"}


def described(*passages, title=None):
    text = Text(tuple(passages), Format.HTML, title=title, language="en")
    return describe(text, assess(text, on=DAY))


def test_the_contract_has_every_key_also_when_nothing_is_found():
    result = described()
    assert set(result) >= KEYS
    assert result["readable"] is False
    assert set(result["duties"]) == set(DUTIES)
    assert set(result["duties"].values()) == {None}
    json.dumps(result)


def test_a_listed_term_is_shown_as_written_with_its_place():
    result = described(
        Passage("(mk) Mitragynine.", headings=("961.14 Schedule I", "Stimulants"), anchor="mk")
    )
    (term,) = result["terms"]
    assert set(term) == TERM_KEYS
    assert term["term"] == "Mitragynine"
    assert term["context"] == "listed"
    assert term["schedule"] == result["schedule"] == "I"
    assert term["heading_path"] == ["961.14 Schedule I", "Stimulants"]
    assert term["anchor"] == "mk"
    assert term["quote"] == "(mk) Mitragynine."


def test_ages_caps_and_duties_are_plain_values():
    result = described(
        Passage("A retailer shall not sell kratom to a person under 21 years of age."),
        Passage("No kratom product shall contain more than 0.5 mg 7-hydroxymitragynine per gram."),
        Passage("Every kratom product must bear a label."),
    )
    assert result["minimum_age"] == 21
    assert result["seven_oh_cap"] == "0.5 mg/g"
    assert result["caps"][0]["unit"] == "mg/g"
    assert result["duties"]["labelling"]["quote"].startswith("Every kratom product")
    assert result["duties"]["testing"] is None
    assert result["prohibitions"] == []


def test_the_rendering_says_what_was_read():
    shown = render(described(Passage("Mitragynine", headings=("Schedule I",)), title="List"))
    assert "listed (I): Mitragynine = mitragynine" in shown
    assert "readable     yes" in shown


def test_the_rendering_never_steers_the_terminal():
    shown = render(
        described(
            Passage("Mitragynine \x1b[2J\x07 \u202egnihton", headings=("Schedule I \x1b]0;x\x07",)),
            title="A\x1b[31m",
        )
    )
    assert not any(ord(c) < 32 and c != "\n" for c in shown)
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_an_unreadable_document_says_so_and_never_raises():
    pytest.importorskip("regstatus.extract.blocks")
    for body in (b"", b"\x00\xff\xfe garbage", b"%PDF-1.4 broken", b"{", b"<html></html>"):
        result = inspect(body, name="page", on=DAY)
        assert result["readable"] is False
        assert result["problems"]
        assert "NO" in render(result)
