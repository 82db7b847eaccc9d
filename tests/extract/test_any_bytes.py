"""Whatever a host sends, reading it ends, in a text or in a sentence that says why not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regstatus.base.errors import ReadingError
from regstatus.extract import extract, normalise
from regstatus.extract.extractor import _extract
from regstatus.model.document import Select
from regstatus.model.words import Format

PIECES = [
    b"<p>",
    b"</p>",
    b"<b>",
    b"<table>",
    b"<tr>",
    b"<td colspan=99999999999>",
    b"<ol start=x>",
    b"<li value=9>",
    b"<dl><dt>",
    b"<dd>",
    b"<sup>1</sup>",
    b"<br>",
    b"<pre>\n",
    b"<del>",
    b"&nbsp;",
    b"&#0;",
    b"&#x110000;",
    b"\0",
    b"\xff",
    b"\xe2\x80\x8b",
    b"{",
    b"}",
    b"[",
    b"]",
    b'"a":',
    b"\\u12",
    b"{\\rtf1 ",
    b"\\'zz",
    b"\\u-5?",
    b"| a | b |\n",
    b"# h\n",
    b"---\n",
    b"PK\x03\x04",
    b"<?xml version='1.0'?>",
    b"<!DOCTYPE a [",
    b"<![CDATA[<p>",
    b"]]>",
    b"<a xmlns='u'>",
    b"<r><rPr><strike/></rPr>",
    "/Upphör att gälla U:2026-99-12/".encode(),
    b"[Effective February 31, 2027]",
    b"(a)",
    b"Sec. 5.",
    "§ 5".encode(),
    b"SCHEDULE I",
    b"<iframe src='x'>",
    b"<h1>",
    b"</h1>",
    b"<span class='note'>",
    b"<div style='display:none'>",
    b"<norm><metadaten><enbez>x</enbez>",
    b"<Norma>",
    b"<risdok>",
    b"\xfe\xff",
    b"\xff\xfe",
    "kratom¹".encode(),
    "第一条".encode(),
    b"&x;",
    b"<x:y>",
]


def outcome(body, **more):
    """Read behind the net that `extract` spreads, so that a fault shows."""
    try:
        text = _extract(body, more.get("format"), None, None, more.get("select", Select()))
    except ReadingError as error:
        assert str(error).endswith((".", "?", "!"))  # noqa: PT017  (a sentence for people)
        return None
    assert text.passages or text.problems
    for passage in text.passages:
        assert passage.text
        assert normalise(passage.text) == passage.text
    return text


@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=8)), max_size=40).map(b"".join)
)
def test_pieces_of_markup_in_any_order_are_read_or_refused(body):
    outcome(body)


@given(st.binary(max_size=300), st.sampled_from([f for f in Format if f is not Format.PDF]))
def test_any_bytes_in_any_form_are_read_or_refused(body, form):
    if b"%PDF-" not in body:
        outcome(body, format=form)


@given(st.text(max_size=200), st.sampled_from(["css", "xpath", "pointer"]))
def test_any_selector_is_applied_or_refused(words, kind):
    outcome(b"<html><p>kratom</p></html>", select=Select.model_construct(**{kind: words}))


def test_an_unforeseen_fault_becomes_a_sentence(monkeypatch):
    monkeypatch.setattr("regstatus.extract.extractor.kind", lambda *a, **k: 1 / 0)
    with pytest.raises(ReadingError, match="ZeroDivisionError"):
        extract(b"x")


DEEP = 100_000
LONG = 1_000_000


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>" + b"<div>" * DEEP + b"kratom" + b"</div>" * DEEP + b"<p>after",
        b"<html><body>" + b"<b>kratom " * DEEP,
        b"<html><body>" + b"<table><tr><td>kratom" * (DEEP // 4),
        b"<html><body>" + b"<font><p>kratom" * (DEEP // 4),
        b"<p>kratom" + b"(" * LONG,
        b"<p>kratom" + b"I" * LONG,
        b"<p>kratom " + b"[effective " * DEEP,
        b"kratom " + b"a-\n" * DEEP,
        b"kratom " + b"Sec. " * DEEP,
        b"<p>kratom" + "\u00a0".encode() * LONG,
        b"<p>a\0b</p>" * 1000 + b"kratom",
        b"# kratom\n" + b"**" * LONG + b"[" * DEEP,
        b"<p>kratom" + b"<sup>1</sup>" * (DEEP // 4),
        b"<style>line-through" + b".a " * DEEP + b"</style><p>kratom",
    ],
    ids=range(14),
)
def test_pages_made_to_hurt_are_read_to_their_end(body):
    text = outcome(body)
    assert text is not None
    assert "kratom" in "".join(p.text for p in text.passages)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * DEEP,
        b'{"a":' * DEEP,
        b"<?xml version='1.0'?>" + b"<a>" * DEEP,
        b"<" * LONG,
        b"PK\x03\x04" + b"x" * 100,
        b"\0" * LONG,
        b"{\\rtf1 " + b"{" * LONG,
    ],
    ids=range(7),
)
def test_bodies_without_any_text_are_refused(body):
    assert outcome(body) is None


def test_a_page_too_deep_for_its_structure_keeps_its_words_and_says_so():
    text = outcome(
        b"<html><body>"
        + b"<div>" * DEEP
        + b"mitra<i>gynine</i> <s>old</s>"
        + b"</div>" * DEEP
        + b"<p>end"
    )
    assert [p.text for p in text.passages] == ["mitragynine", "end"]
    assert text.problems == ("nested deeper than 2,000 tags: read without its structure",)
